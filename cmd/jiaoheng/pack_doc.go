package main

import (
	"fmt"

	"jiaoheng/pack"
)

// packDocCommand describes one pack.
type packDocCommand struct {
	packFlags
	Pack string `arg:"" help:"Name of the pack."`
}

// Run prints the description as text or as JSON.
func (c *packDocCommand) Run(e *environment) error {
	program, local, err := c.files()
	if err != nil {
		return err
	}
	set, faults := pack.Load(program, local)
	if faults != nil {
		return faults
	}
	description, known := pack.Describe(set, c.Pack, e.language)
	if !known {
		return unknownPack(set, c.Pack)
	}
	if c.JSON {
		return e.sayJSON(description)
	}
	fmt.Fprint(e.out, description.Text(e.language))
	return nil
}
