package main

import (
	"fmt"

	"jiaoheng/action"
	"jiaoheng/calendar"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// importHolidaysCommand takes days off, and days worked instead, from a table: read all, report every fault, store all or
// nothing.
type importHolidaysCommand struct {
	storeFlags
	File   string `arg:"" help:"The table: .xlsx or .csv (also .csv.gz); - for a .csv on standard input."`
	DryRun bool   `help:"Check and report; store nothing."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// Run reads the table and, when no row is refused, stores it as one action of the operator.
func (c *importHolidaysCommand) Run(e *environment) error {
	told, err := c.run(e)
	if c.JSON && !told {
		answer := imported{Faults: []importedFault{}}
		return tellRefusal(e, &answer, &answer, err)
	}
	return err
}

// run returns true when it has answered.
func (c *importHolidaysCommand) run(e *environment) (told bool, err error) {
	name, rows, err := readTable(c.File, e.in)
	if err != nil {
		return false, err
	}
	s, err := c.open(e)
	if err != nil {
		return false, err
	}
	defer s.Close()
	table := calendar.ReadTable(rows)
	answer := imported{Rows: table.Read, Accepted: len(table.Days), Refused: table.Read - len(table.Days), Faults: []importedFault{}}
	if len(table.Faults) == 0 {
		changes, err := calendar.Import(e.context, s, action.TheProgram(), table.Days, c.DryRun)
		if err != nil {
			return false, err
		}
		answer.Inserted, answer.Updated, answer.Unchanged, answer.Stored = changes.Inserted, changes.Updated, changes.Unchanged, !c.DryRun
	}
	return true, c.answer(e, name, answer, table.Faults)
}

func (c *importHolidaysCommand) answer(e *environment, name string, answer imported, faults fault.List) error {
	for _, f := range faults {
		f.Place.File = name
		answer.Faults = append(answer.Faults, importedFault{Row: f.Place.Row, Column: f.Place.Column, Code: f.Code, Message: f.Reason(e.language)})
	}
	if c.JSON {
		if err := e.sayJSON(answer); err != nil {
			return err
		}
	}
	args := message.Args{"rows": answer.Rows, "refused": answer.Refused, "inserted": answer.Inserted, "updated": answer.Updated, "unchanged": answer.Unchanged}
	switch {
	case len(faults) > 0:
		fmt.Fprintln(e.err, message.Text(e.language, "command.import_refused", args))
		return faults
	case c.JSON:
	case c.DryRun:
		fmt.Fprintln(e.out, message.Text(e.language, "calendar.import_dry", args))
	default:
		fmt.Fprintln(e.out, message.Text(e.language, "calendar.import_done", args))
	}
	return nil
}
