package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"path/filepath"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web"
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
	kept := func([]register.Row) (func(register.Row, *pack.Column) string, error) { return nil, nil }
	if r.Living() {
		if kept, err = c.names(e, s, tree, r); err != nil {
			return nil, err
		}
	}
	var lines [][]string
	var some []register.Row
	write := func() error {
		text, err := kept(some)
		for _, row := range some {
			lines = append(lines, form.CellsWith(tree, row, e.language, text))
		}
		some = some[:0]
		return err
	}
	for row, err := range s.RegisterEach(e.context, r, query) {
		if err != nil {
			return nil, err
		}
		if some = append(some, row); len(some) == record.MaxPage {
			if err := write(); err != nil {
				return nil, err
			}
		}
	}
	return lines, write()
}

// names returns what writes the columns that the lifecycle keeps of some rows: names in place of ids, as the pages do. The
// operator sees every row.
func (c *exportRegisterCommand) names(e *environment, s *store.Store, tree *unit.Tree, r *pack.Register) (func([]register.Row) (func(register.Row, *pack.Column) string, error), error) {
	set, err := loadPacks(c.Data)
	if err != nil {
		return nil, err
	}
	desk, names := web.Records(set, s), record.Names{Persons: map[string]string{}}
	return func(rows []register.Row) (func(register.Row, *pack.Column) string, error) {
		var err error
		if names.Rows, err = desk.NamesOf(e.context, r, rows, func(*pack.Register, register.Row) bool { return true }); err != nil {
			return nil, err
		}
		for _, id := range record.PersonsOf(r, rows) {
			if _, known := names.Persons[id]; known {
				continue
			}
			one, err := s.Person(e.context, id)
			if err != nil && !errors.Is(err, person.ErrNotFound) {
				return nil, err
			}
			names.Persons[id] = one.Name
		}
		return func(row register.Row, column *pack.Column) string {
			return record.KeptText(tree, r, row, column, names, e.language)
		}, nil
	}, nil
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
