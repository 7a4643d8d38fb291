package main

import (
	"bytes"
	"path/filepath"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// templateCommand makes an empty form of a register, with the codes and names of units when one is named.
type templateCommand struct {
	storeFlags
	Name   string `arg:"" help:"Name of the register; pack doc lists them."`
	File   string `arg:"" help:"The file to write: .xlsx; - for standard output."`
	Unit   string `placeholder:"CODE" help:"Fill in the codes and names of the units below this one that report the register; needs --data."`
	Period string `placeholder:"P" help:"With --unit: only units that exist in this period."`
}

// Run writes the form.
func (c *templateCommand) Run(e *environment) error {
	_, r, err := findRegister(c.Data, c.Name)
	if err != nil {
		return err
	}
	if c.File != "-" && !strings.EqualFold(filepath.Ext(c.File), ".xlsx") {
		return fault.New("register.file_kind", message.Args{"file": c.File, "kinds": ".xlsx"})
	}
	form := register.FormOf(r, true)
	rows, err := c.units(e, r, form)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := xlsx.WriteRegister(&out, xlsx.RegisterSheet{Register: r, Form: form, Language: e.language, Rows: rows}); err != nil {
		return err
	}
	if err := writeOutput(c.File, out.Bytes(), e.out); err != nil {
		return err
	}
	if c.File != "-" {
		e.say("register.template_done", message.Args{"file": c.File, "columns": len(form.Columns(e.language)), "rows": len(rows)})
	}
	return nil
}

// units returns the rows that are filled in beforehand.
func (c *templateCommand) units(e *environment, r *pack.Register, form register.Form) ([][]string, error) {
	p, err := readPeriod(c.Period)
	if err != nil || c.Unit == "" {
		return nil, err
	}
	s, err := c.openExisting(e)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	tree, err := s.Tree(e.context)
	if err != nil {
		return nil, err
	}
	if _, known := tree.Number(c.Unit); !known {
		return nil, fault.New("register.unit_unknown", message.Args{"code": c.Unit})
	}
	var rows [][]string
	for _, code := range register.UnitsToReport(r, tree, c.Unit, p) {
		rows = append(rows, form.UnitCells(tree, code, e.language))
	}
	return rows, nil
}
