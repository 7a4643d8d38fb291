package main

import (
	"fmt"

	"jiaoheng/draw/lists"
	"jiaoheng/fault"
)

// drawRFC3797Command picks numbers by the method of RFC 3797.
type drawRFC3797Command struct {
	Count  int      `required:"" placeholder:"N" help:"How many stand on the published list, numbered from 1."`
	Pick   int      `required:"" placeholder:"K" help:"How many are picked."`
	Key    string   `placeholder:"STRING" help:"The key string, such as 9319./2.5.8.10.12./"`
	Source []string `sep:"none" placeholder:"NUMBERS" help:"Instead of the key: the numbers that one source gave, such as '2 5 12 8 10'; once for each source, in their order."`
	JSON   bool     `name:"json" help:"Print one JSON document with every hash."`
}

// Run prints the picked numbers, one a line, in the order in which they were picked.
func (c *drawRFC3797Command) Run(e *environment) error {
	if (c.Key == "") == (len(c.Source) == 0) {
		return fault.New("lists.rfc_key_or_sources", nil)
	}
	key := c.Key
	if key == "" {
		var err error
		if key, err = lists.Key3797(c.Source); err != nil {
			return err
		}
	}
	picks, err := lists.Select3797(key, c.Count, c.Pick)
	if err != nil {
		return err
	}
	if c.JSON {
		return e.sayJSON(map[string]any{"key": key, "count": c.Count, "picks": picks})
	}
	for _, pick := range picks {
		fmt.Fprintln(e.out, pick.Number)
	}
	return nil
}
