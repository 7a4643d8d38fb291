package main

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// packCheckCommand loads all packs and tells the faults of all, of one by its name, or of a folder that is being written.
type packCheckCommand struct {
	packFlags
	Pack string `arg:"" optional:"" help:"Name of a pack, or the folder of one that is being written; without it all packs are checked."`
}

// packFault is a fault as JSON.
type packFault struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

// Run prints that all is well, or every fault.
func (c *packCheckCommand) Run(e *environment) error {
	program, local, err := c.files()
	if err != nil {
		return err
	}
	var set *pack.Set
	var faults fault.List
	if info, failed := os.Stat(c.Pack); c.Pack != "" && failed == nil && info.IsDir() {
		set, faults = c.checkFolder(c.Pack)
	} else {
		set, faults = pack.Load(program, local)
		faults = c.ofPack(faults)
		if set != nil && c.Pack != "" {
			if _, known := set.Pack(c.Pack); !known {
				return unknownPack(set, c.Pack)
			}
		}
	}
	return c.answer(e, set, faults)
}

// checkFolder checks the pack of a folder together with those of the program; faults name files as the folder was given.
func (c *packCheckCommand) checkFolder(folder string) (*pack.Set, fault.List) {
	program, local, err := c.files()
	if err != nil {
		return nil, fault.Of(err)
	}
	absolute, err := filepath.Abs(folder)
	if err != nil {
		absolute = folder
	}
	name := filepath.Base(absolute)
	set, faults := pack.LoadWith(program, local, name, os.DirFS(folder))
	for _, f := range faults {
		if rest, inside := strings.CutPrefix(f.Place.File, name); inside && (rest == "" || rest[0] == '/') {
			f.Place.File = path.Join(filepath.ToSlash(folder), rest)
		}
	}
	return set, faults
}

// ofPack keeps the faults of the pack that was asked for. Where only others have faults, all stay: they may be the cause.
func (c *packCheckCommand) ofPack(faults fault.List) fault.List {
	var own fault.List
	for _, f := range faults {
		if strings.HasPrefix(f.Place.File, path.Join(pack.Root, c.Pack)+"/") {
			own.Add(f)
		}
	}
	if c.Pack == "" || own == nil {
		return faults
	}
	return own
}

func unknownPack(set *pack.Set, name string) error {
	var names []string
	for _, p := range set.Packs {
		names = append(names, p.Name)
	}
	return fault.New("pack.no_such_pack", message.Args{"name": name, "names": strings.Join(names, " ")})
}

func (c *packCheckCommand) answer(e *environment, set *pack.Set, faults fault.List) error {
	told := []packFault{}
	for _, f := range faults {
		told = append(told, packFault{f.Place.File, f.Place.Line, f.Place.Offset, f.Code, f.Reason(e.language), f.Remedy(e.language)})
	}
	counts := message.Args{"packs": 0, "registers": 0, "indicators": 0, "standards": 0}
	if set != nil {
		all := set.Everything()
		counts = message.Args{"packs": len(set.Packs), "registers": len(all.Registers()), "indicators": len(all.Indicators()), "standards": len(all.Standards())}
	}
	switch {
	case c.JSON:
		if err := e.sayJSON(map[string]any{"valid": len(faults) == 0, "packs": counts["packs"], "registers": counts["registers"],
			"indicators": counts["indicators"], "standards": counts["standards"], "faults": told}); err != nil {
			return err
		}
	case faults == nil:
		e.say("pack.checked", counts)
	}
	return faults.Err()
}
