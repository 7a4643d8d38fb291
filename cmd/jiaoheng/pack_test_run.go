package main

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest"
)

// packTestCommand runs the tests of all packs, of one by its name, of a folder that is being written, or one file.
type packTestCommand struct {
	packFlags
	Pack string `arg:"" optional:"" help:"Name of a pack, a file .itest, or the folder of a pack that is being written; without it all tests run."`
}

// testedLine is a line of a test as JSON.
type testedLine struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Case     string `json:"case"`
	What     string `json:"what"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Expected string `json:"expected"`
	Found    string `json:"found"`
	Message  string `json:"message"`
}

// Run prints every line that fails and how many passed; it returns the exit code of a fault when one failed.
func (c *packTestCommand) Run(e *environment) error {
	files, err := c.run()
	if err != nil {
		return err
	}
	passed, failed := 0, 0
	lines := []testedLine{}
	for _, f := range files {
		for _, wrong := range f.Faults {
			failed++
			lines = append(lines, testedLine{File: wrong.Place.File, Line: wrong.Place.Line, Column: wrong.Place.Offset, What: "read", Message: wrong.Text(e.language)})
		}
		for _, r := range f.Results {
			if r.Passed {
				passed++
				continue
			}
			failed++
			lines = append(lines, testedLine{r.Place.File, r.Place.Line, r.Place.Offset, r.Case, r.What, r.Name, r.Unit, r.Wanted, r.Found, r.Text(e.language)})
		}
	}
	if c.JSON {
		if err := e.sayJSON(map[string]any{"passed": passed, "failed": failed, "failures": lines}); err != nil {
			return err
		}
	} else {
		for _, line := range lines {
			e.say("packtest.told", message.Args{"text": line.Message})
		}
		e.say("packtest.summary", message.Args{"passed": passed, "failed": failed})
	}
	if failed > 0 {
		return errNotVerified
	}
	return nil
}

// run finds and runs the tests that were asked for.
func (c *packTestCommand) run() ([]packtest.FileResult, error) {
	program, local, err := c.files()
	if err != nil {
		return nil, err
	}
	info, failed := os.Stat(c.Pack)
	isFile := c.Pack != "" && strings.HasSuffix(c.Pack, packtest.Extension)
	if c.Pack != "" && failed == nil && info.IsDir() && !isFile {
		return c.runFolder()
	}
	set, faults := pack.Load(program, local)
	if faults != nil {
		return nil, faults
	}
	if isFile {
		return c.runFile(set)
	}
	var files []packtest.FileResult
	for _, p := range set.Packs {
		if c.Pack == "" || c.Pack == p.Name {
			files = append(files, packtest.RunPack(set, p.Name)...)
		}
	}
	if _, known := set.Pack(c.Pack); c.Pack != "" && !known {
		return nil, unknownPack(set, c.Pack)
	}
	if len(files) == 0 {
		return nil, fault.New("packtest.no_tests", message.Args{"name": c.Pack})
	}
	return files, nil
}

// runFile runs one file with the packs of the program and of the data folder.
func (c *packTestCommand) runFile(set *pack.Set) ([]packtest.FileResult, error) {
	data, err := os.ReadFile(c.Pack)
	if err != nil {
		return nil, fault.New("packtest.file_not_found", message.Args{"name": c.Pack})
	}
	name := filepath.ToSlash(c.Pack)
	absolute, err := filepath.Abs(c.Pack)
	if err != nil {
		absolute = c.Pack
	}
	return []packtest.FileResult{packtest.RunFile(packtest.ScopeFor(set, absolute), name, data)}, nil
}

// runFolder runs the tests of a pack that is being written, together with the packs of the program.
func (c *packTestCommand) runFolder() ([]packtest.FileResult, error) {
	check := packCheckCommand{packFlags: c.packFlags}
	set, faults := check.checkFolder(c.Pack)
	if faults != nil {
		return nil, faults
	}
	absolute, err := filepath.Abs(c.Pack)
	if err != nil {
		absolute = c.Pack
	}
	name := filepath.Base(absolute)
	files := packtest.RunPack(set, name)
	if len(files) == 0 {
		return nil, fault.New("packtest.no_tests", message.Args{"name": path.Base(name)})
	}
	return files, nil
}
