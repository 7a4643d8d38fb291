package main

import (
	"jiaoheng/action"
	"jiaoheng/calendar"
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
	words := "calendar.import_done"
	if c.DryRun {
		words = "calendar.import_dry"
	}
	return true, tellImport(e, c.JSON, name, answer, table.Faults, words)
}
