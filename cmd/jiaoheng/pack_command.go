package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"

	"jiaoheng"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// packCommand gathers the commands for packs, one file each.
type packCommand struct {
	List  packListCommand  `cmd:"" help:"List the packs."`
	Check packCheckCommand `cmd:"" help:"Check packs and tell every fault with file, line and column."`
	Test  packTestCommand  `cmd:"" help:"Run the tests of packs."`
	Doc   packDocCommand   `cmd:"" help:"Describe a pack: registers, indicators, thresholds with dates and clauses."`
}

// packFlags are the flags of every command that reads packs.
type packFlags struct {
	Data string `placeholder:"DIR" help:"Folder of the data; its folder packs may hold local packs."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

// files returns the packs of the program and the local ones of the data folder, nil without one.
func (f packFlags) files() (program, local fs.FS, err error) {
	if f.Data == "" {
		return jiaoheng.Packs, nil, nil
	}
	if info, failed := os.Stat(f.Data); failed != nil || !info.IsDir() {
		return nil, nil, fault.At(fault.Place{File: f.Data}, "command.data_empty", nil)
	}
	return jiaoheng.Packs, os.DirFS(f.Data), nil
}

// say prints one line of the catalogue on standard output.
func (e *environment) say(key string, args message.Args) {
	fmt.Fprintln(e.out, message.Text(e.language, key, args))
}

// sayJSON prints one JSON document on standard output.
func (e *environment) sayJSON(value any) error {
	encoder := json.NewEncoder(e.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(value)
}
