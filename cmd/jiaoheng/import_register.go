package main

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/web"
)

// importRegisterCommand takes rows of a register from a table: read all, report every fault, store all or nothing, or
// the good rows when that is asked for.
type importRegisterCommand struct {
	storeFlags
	Name       string `arg:"" help:"Name of the register; pack doc lists them."`
	File       string `arg:"" help:"The table: .xlsx or .csv (also .csv.gz); - for a .csv on standard input."`
	Period     string `placeholder:"P" help:"The period of the rows: 2024, 2023-2024, 2023-2024/1 or 2024-03."`
	DryRun     bool   `help:"Check and report; store nothing."`
	AcceptGood bool   `help:"Store the rows without fault although others have one; the exit code still tells of the others."`
	JSON       bool   `name:"json" help:"Print one JSON document."`
}

// importedRows is the answer as JSON.
type importedRows struct {
	imported
	Register string         `json:"register"`
	Period   string         `json:"period"`
	Faults   []importedCell `json:"faults"`
	Warnings []importedCell `json:"warnings"`
}

// importedCell is one fault with the cell that it was found in.
type importedCell struct {
	importedFault
	Cell   string `json:"cell,omitempty"` // such as C5
	Remedy string `json:"remedy,omitempty"`
}

// Run reads the table and stores its rows as one action of the operator.
func (c *importRegisterCommand) Run(e *environment) error {
	told, err := c.run(e)
	if c.JSON && !told && fault.Of(err) != nil {
		if failed := e.sayJSON(importedRows{Register: c.Name, Period: c.Period, Faults: cellsOf(e.language, fault.Of(err)), Warnings: []importedCell{}}); failed != nil {
			return failed
		}
	}
	return err
}

// run returns true when it has answered.
func (c *importRegisterCommand) run(e *environment) (told bool, err error) {
	scope, r, err := findRegister(c.Data, c.Name)
	if err != nil {
		return false, err
	}
	p, err := readPeriod(c.Period)
	if err != nil {
		return false, err
	}
	name, rows, err := readTable(c.File, e.in)
	if err != nil {
		return false, err
	}
	s, err := c.open(e)
	if err != nil {
		return false, err
	}
	defer s.Close()
	if len(rows) >= largeRegion {
		fmt.Fprintln(e.err, message.Text(e.language, "command.import_busy", message.Args{"rows": len(rows)}))
	}
	report, err := c.read(e, s, scope, r, p, rows, name)
	if err != nil {
		return false, err
	}
	changes, stored, err := c.store(e, s, r, report)
	if faults := fault.Of(err); faults != nil {
		report.Faults.Add(faults...)
		changes, stored = register.Changes{}, false
	} else if err != nil {
		return false, err
	}
	return true, c.answer(e, name, report, changes, stored)
}

func (c *importRegisterCommand) read(e *environment, s *store.Store, scope *pack.Scope, r *pack.Register, p period.Period, rows [][]string, name string) (register.Report, error) {
	tree, err := s.Tree(e.context)
	if err != nil {
		return register.Report{}, err
	}
	if err := s.RegistersOpen(e.context, r); err != nil {
		return register.Report{}, err
	}
	check, err := register.Checker(register.Ask{Scope: scope, Tree: tree}, r, p)
	if err != nil {
		return register.Report{}, err
	}
	return register.Read(rows, register.Request{Register: r, Period: p, Today: s.Today(), Tree: tree, Check: check,
		Origin: register.Origin{Kind: "file", File: name, At: s.Now()}})
}

// store stores the batch, or compares it only.
func (c *importRegisterCommand) store(e *environment, s *store.Store, r *pack.Register, report register.Report) (changes register.Changes, stored bool, err error) {
	if len(report.Faults) > 0 && !c.AcceptGood || len(report.Batch.Rows) == 0 {
		return changes, false, nil
	}
	if r.Living() {
		return c.storeLiving(e, s, r, report)
	}
	if c.DryRun {
		changes, err = s.RegisterCompare(e.context, r, report.Batch)
		return changes, false, err
	}
	err = action.Do(e.context, s, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact},
		Do: func(ctx context.Context, _ action.Tx) error {
			var err error
			changes, err = s.RegisterUpsert(ctx, r, report.Batch)
			return err
		}})
	return changes, err == nil, err
}

// storeLiving is store for rows with a state: new ones get their number and the first state, the others change only where
// their state lets them.
func (c *importRegisterCommand) storeLiving(e *environment, s *store.Store, r *pack.Register, report register.Report) (changes register.Changes, stored bool, err error) {
	set, err := loadPacks(c.Data)
	if err != nil {
		return changes, false, err
	}
	desk := web.Records(set, s)
	if r, known := desk.Register(r.Name); known {
		if c.DryRun {
			changes, err = desk.Compare(e.context, action.TheProgram(), r, report.Batch)
			return changes, false, err
		}
		changes, err = desk.Import(e.context, action.TheProgram(), access.Thing{Class: access.Record}, r, report.Batch, "")
	}
	return changes, err == nil, err
}

func (c *importRegisterCommand) answer(e *environment, name string, report register.Report, changes register.Changes, stored bool) error {
	if c.JSON {
		answer := importedRows{Register: c.Name, Period: c.Period, Faults: cellsOf(e.language, report.Faults), Warnings: cellsOf(e.language, report.Warnings),
			imported: imported{Rows: report.Rows, Accepted: report.Accepted, Refused: report.Refused, Inserted: changes.Inserted, Updated: changes.Updated,
				Unchanged: changes.Unchanged, Stored: stored}}
		if err := e.sayJSON(answer); err != nil {
			return err
		}
	}
	for _, f := range append(append(fault.List{}, report.Warnings...), report.Faults...) {
		f.Place.File = name
	}
	for _, warning := range report.Warnings {
		fmt.Fprintln(e.err, warning.Text(e.language))
	}
	args := message.Args{"rows": report.Rows, "accepted": report.Accepted, "refused": report.Refused, "inserted": changes.Inserted, "updated": changes.Updated, "unchanged": changes.Unchanged}
	switch {
	case len(report.Faults) > 0 && stored:
		fmt.Fprintln(e.err, message.Text(e.language, "register.import_part", args))
	case len(report.Faults) > 0:
		fmt.Fprintln(e.err, message.Text(e.language, "register.import_refused", args))
	case c.JSON:
	case c.DryRun:
		e.say("register.import_dry", args)
	default:
		e.say("register.import_done", args)
	}
	return report.Faults.Err()
}

// namedCell is how package register names a column: heading and letter.
var namedCell = regexp.MustCompile(`^(.*)（([A-Z]+)）$`)

// letters is the name of a column without heading.
var letters = regexp.MustCompile(`^[A-Z]{1,3}$`)

func cellsOf(language message.Language, faults fault.List) []importedCell {
	cells := []importedCell{}
	for _, f := range faults {
		cell := importedCell{importedFault: importedFault{Row: f.Place.Row, Column: f.Place.Column, Code: f.Code, Message: f.Reason(language)}, Remedy: f.Remedy(language)}
		if parts := namedCell.FindStringSubmatch(f.Place.Column); parts != nil {
			cell.Column, cell.Cell = parts[1], parts[2]+strconv.Itoa(f.Place.Row)
		} else if letters.MatchString(f.Place.Column) {
			cell.Cell = f.Place.Column + strconv.Itoa(f.Place.Row)
		}
		cells = append(cells, cell)
	}
	return cells
}
