package main

import (
	"fmt"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/unit"
)

type importCommand struct {
	Holidays   importHolidaysCommand   `cmd:"" help:"Take in public holidays and days worked instead."`
	Register   importRegisterCommand   `cmd:"" help:"Take in rows of a register."`
	Units      importUnitsCommand      `cmd:"" help:"Take in the units of a region."`
	UnitEvents importUnitEventsCommand `cmd:"" help:"Take in dated changes of units: mergers, splits, renamings and the like."`
}

// importUnitsCommand takes units from a table: read all, report every fault, store all or nothing.
type importUnitsCommand struct {
	storeFlags
	File   string `arg:"" help:"The table: .xlsx or .csv (also .csv.gz); - for a .csv on standard input."`
	DryRun bool   `help:"Check and report; store nothing."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// imported is the answer of an import as JSON.
type imported struct {
	Rows      int             `json:"rows"`
	Accepted  int             `json:"accepted"`
	Refused   int             `json:"refused"`
	Inserted  int             `json:"inserted"`
	Updated   int             `json:"updated"`
	Unchanged int             `json:"unchanged"`
	Stored    bool            `json:"stored"`
	Faults    []importedFault `json:"faults"`
}

type importedFault struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// tellImport answers an import whose rows were read: every fault, or in words what was stored or would be.
func tellImport(e *environment, asJSON bool, name string, answer imported, faults fault.List, words string) error {
	for _, f := range faults {
		f.Place.File = name
		answer.Faults = append(answer.Faults, importedFault{Row: f.Place.Row, Column: f.Place.Column, Code: f.Code, Message: f.Reason(e.language)})
	}
	if asJSON {
		if err := e.sayJSON(answer); err != nil {
			return err
		}
	}
	args := message.Args{"rows": answer.Rows, "refused": answer.Refused, "inserted": answer.Inserted, "updated": answer.Updated, "unchanged": answer.Unchanged}
	if len(faults) > 0 {
		fmt.Fprintln(e.err, message.Text(e.language, "command.import_refused", args))
		return faults
	}
	if !asJSON {
		fmt.Fprintln(e.out, message.Text(e.language, words, args))
	}
	return nil
}

// tellRefusal answers with JSON for an import that did not come to its rows, such as one of a file that cannot be read.
func tellRefusal(e *environment, answer any, into *imported, err error) error {
	for _, f := range fault.Of(err) {
		into.Faults = append(into.Faults, importedFault{Row: f.Place.Row, Column: f.Place.Column, Code: f.Code, Message: f.Reason(e.language)})
	}
	if len(into.Faults) == 0 {
		return err
	}
	if failed := e.sayJSON(answer); failed != nil {
		return failed
	}
	return err
}

// Run reads the table and, when no row is refused, stores it as one action of the operator.
func (c *importUnitsCommand) Run(e *environment) error {
	told, err := c.run(e)
	if c.JSON && !told {
		answer := imported{Faults: []importedFault{}}
		return tellRefusal(e, &answer, &answer, err)
	}
	return err
}

// run returns true when it has answered.
func (c *importUnitsCommand) run(e *environment) (told bool, err error) {
	name, rows, err := readTable(c.File, e.in)
	if err != nil {
		return false, err
	}
	s, err := c.open(e)
	if err != nil {
		return false, err
	}
	defer s.Close()
	stored, err := s.Units(e.context)
	if err != nil {
		return false, err
	}
	known := make(map[string]unit.Kind, len(stored))
	for _, u := range stored {
		known[u.Code] = u.Kind
	}
	if len(rows) >= largeRegion {
		fmt.Fprintln(e.err, message.Text(e.language, "command.import_busy", message.Args{"rows": len(rows)}))
	}
	report := unit.ReadTable(rows, known)
	answer := imported{Rows: report.Rows, Accepted: report.Accepted, Refused: report.Refused, Faults: []importedFault{}}
	if len(report.Faults) == 0 {
		changes, err := s.UnitsImport(e.context, action.TheProgram(), report.Units, c.DryRun)
		if faults := fault.Of(err); faults != nil {
			report.Faults = faults
		} else if err != nil {
			return false, err
		} else {
			answer.Inserted, answer.Updated, answer.Unchanged, answer.Stored = changes.Inserted, changes.Updated, changes.Unchanged, !c.DryRun
		}
	}
	words := "command.import_done"
	if c.DryRun {
		words = "command.import_dry"
	}
	return true, tellImport(e, c.JSON, name, answer, report.Faults, words)
}
