package main

import (
	"jiaoheng/message"
	"jiaoheng/pack"
)

// packListCommand lists the packs with what each holds.
type packListCommand struct{ packFlags }

// packListed is a pack in the answer as JSON.
type packListed struct {
	Pack       string   `json:"pack"`
	Version    string   `json:"version"`
	Name       string   `json:"name"`
	English    string   `json:"english"`
	Uses       []string `json:"uses"`
	Extends    string   `json:"extends,omitempty"`
	Registers  int      `json:"registers"`
	Indicators int      `json:"indicators"`
	Standards  int      `json:"standards"`
	Digest     string   `json:"digest,omitempty"`
}

// Run prints a line or an entry for each pack.
func (c *packListCommand) Run(e *environment) error {
	program, local, err := c.files()
	if err != nil {
		return err
	}
	set, faults := pack.Load(program, local)
	if faults != nil {
		return faults
	}
	listed := []packListed{}
	for _, p := range set.Packs {
		listed = append(listed, packListed{p.Name, p.Version, p.Title.Chinese, p.Title.English, append([]string{}, p.Uses...), p.Extends,
			len(p.Registers), len(p.Indicators), len(p.Standards), set.Digest(p.Name)})
	}
	if c.JSON {
		return e.sayJSON(map[string]any{"packs": listed})
	}
	for i, p := range set.Packs {
		key := "pack.listed"
		if p.Extends != "" {
			key = "pack.listed_extension"
		}
		e.say(key, message.Args{"pack": p.Name, "version": p.Version, "name": p.Title.In(e.language), "extends": p.Extends,
			"registers": listed[i].Registers, "indicators": listed[i].Indicators, "standards": listed[i].Standards})
	}
	return nil
}
