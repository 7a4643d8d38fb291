package main

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

type exportCommand struct {
	Register exportRegisterCommand `cmd:"" help:"Give out the rows of a register."`
}

// exportRegisterCommand writes the rows of a register as a table that an import takes back. Personal columns are masked.
type exportRegisterCommand struct {
	storeFlags
	Name   string `arg:"" help:"Name of the register; pack doc lists them."`
	File   string `arg:"" help:"The file to write: .xlsx or .csv; - for a .csv on standard output."`
	Period string `placeholder:"P" help:"The period of the rows: 2024, 2023-2024, 2023-2024/1 or 2024-03."`
	Unit   string `placeholder:"CODE" help:"Only this unit and those below it."`
}

// Run reads the rows and writes the file.
func (c *exportRegisterCommand) Run(e *environment) error {
	_, r, err := findRegister(c.Data, c.Name)
	if err != nil {
		return err
	}
	p, err := readPeriod(c.Period)
	if err != nil {
		return err
	}
	if faults := register.CheckPeriod(r, p); faults != nil {
		return faults
	}
	extension := strings.ToLower(filepath.Ext(c.File))
	if c.File == "-" {
		extension = ".csv"
	}
	if extension != ".csv" && extension != ".xlsx" {
		return fault.New("register.file_kind", message.Args{"file": c.File, "kinds": ".xlsx / .csv"})
	}
	form := register.FormOf(r, false)
	rows, err := c.rows(e, r, form, register.Query{Period: p, Under: c.Unit})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if extension == ".csv" {
		err = writeCSV(&out, form, e.language, rows)
	} else {
		err = xlsx.WriteRegister(&out, xlsx.RegisterSheet{Register: r, Form: form, Language: e.language, Rows: rows})
	}
	if err != nil {
		return err
	}
	if err := writeOutput(c.File, out.Bytes(), e.out); err != nil {
		return err
	}
	if c.File != "-" {
		e.say("register.export_done", message.Args{"rows": len(rows), "file": c.File})
	}
	return nil
}

func (c *exportRegisterCommand) rows(e *environment, r *pack.Register, form register.Form, query register.Query) ([][]string, error) {
	s, err := c.openExisting(e)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	tree, err := s.Tree(e.context)
	if err != nil {
		return nil, err
	}
	if _, known := tree.Number(c.Unit); c.Unit != "" && !known {
		return nil, fault.New("register.unit_unknown", message.Args{"code": c.Unit})
	}
	if err := s.RegistersOpen(e.context, r); err != nil {
		return nil, err
	}
	var rows [][]string
	for row, err := range s.RegisterEach(e.context, r, query) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, form.Cells(tree, row, e.language))
	}
	return rows, nil
}

// writeCSV writes a table with the mark by which spreadsheets know UTF-8. Texts that a spreadsheet would run as formulas get
// a quote in front, which an import takes off again.
func writeCSV(to *bytes.Buffer, form register.Form, language message.Language, rows [][]string) error {
	to.WriteString("\ufeff")
	writer := csv.NewWriter(to)
	columns := form.Columns(language)
	head := make([]string, len(columns))
	for i, column := range columns {
		head[i] = column.Heading
	}
	if err := writer.Write(head); err != nil {
		return err
	}
	for _, row := range rows {
		for i, text := range row {
			if column := columns[i].Column; text != "" && (column == nil || !column.Type.Numeric()) && strings.Contains(register.FormulaSigns, text[:1]) {
				row[i] = "'" + text
			}
		}
		if err := writer.Write(row); err != nil {
			return err
		}
	}
	writer.Flush()
	return writer.Error()
}
