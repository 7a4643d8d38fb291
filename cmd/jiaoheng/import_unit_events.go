package main

import (
	"fmt"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// importUnitEventsCommand records dated changes of units from a table: read all, report every fault, record all or none.
type importUnitEventsCommand struct {
	storeFlags
	File   string `arg:"" help:"The table: .xlsx or .csv (also .csv.gz); - for a .csv on standard input."`
	DryRun bool   `help:"Check and report; store nothing."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
}

// importedEvents is the answer as JSON. Inserted and Updated count units, sections included; Posts counts the posts that follow
// a unit that ends.
type importedEvents struct {
	imported
	Posts int `json:"posts"`
}

// Run reads the table and, when no row is refused, carries the events out as one action of the operator.
func (c *importUnitEventsCommand) Run(e *environment) error {
	told, err := c.run(e)
	if c.JSON && !told {
		answer := importedEvents{imported: imported{Faults: []importedFault{}}}
		return tellRefusal(e, &answer, &answer.imported, err)
	}
	return err
}

// run returns true when it has answered.
func (c *importUnitEventsCommand) run(e *environment) (told bool, err error) {
	name, rows, err := readTable(c.File, e.in)
	if err != nil {
		return false, err
	}
	s, err := c.open(e)
	if err != nil {
		return false, err
	}
	defer s.Close()
	table := unit.ReadEvents(rows)
	// With rows that cannot be read the others are only tried, so that every fault is told at once.
	recorded, err := s.UnitEventsRecord(e.context, action.TheProgram(), table.Events, c.DryRun || len(table.Faults) > 0, table.Place)
	faults := fault.Of(err)
	if err != nil && faults == nil {
		return false, err
	}
	return true, c.answer(e, name, table, recorded, faults)
}

func (c *importUnitEventsCommand) answer(e *environment, name string, table unit.EventTable, recorded store.Recorded, more fault.List) error {
	faults := append(table.Faults, more...)
	answer := importedEvents{imported: imported{Rows: table.Read, Stored: !c.DryRun && len(faults) == 0, Faults: []importedFault{}}, Posts: len(recorded.Posts)}
	refused := map[int]bool{}
	for _, f := range faults {
		f.Place.File, f.Place.Column = name, unit.EventColumn(f.Place.Column)
		refused[f.Place.Row] = true
		answer.Faults = append(answer.Faults, importedFault{Row: f.Place.Row, Column: f.Place.Column, Code: f.Code, Message: f.Reason(e.language)})
	}
	answer.Refused = min(len(refused), table.Read)
	answer.Accepted = table.Read - answer.Refused
	answer.Inserted, answer.Updated = countUnits(recorded.Outcomes)
	if len(faults) > 0 {
		answer.Inserted, answer.Updated, answer.Posts = 0, 0, 0
	}
	if c.JSON {
		if err := e.sayJSON(answer); err != nil {
			return err
		}
	}
	done := message.Args{"rows": answer.Rows, "inserted": answer.Inserted, "updated": answer.Updated, "posts": answer.Posts}
	switch {
	case len(faults) > 0:
		fmt.Fprintln(e.err, message.Text(e.language, "command.import_refused", message.Args{"rows": answer.Rows, "refused": answer.Refused}))
		return faults
	case c.JSON:
	case c.DryRun:
		fmt.Fprintln(e.out, message.Text(e.language, "unit.events_dry", done))
	default:
		fmt.Fprintln(e.out, message.Text(e.language, "unit.events_done", done))
	}
	return nil
}

// countUnits counts the units that came to be and the others that changed, each once however often it changed.
func countUnits(outcomes []unit.Outcome) (created, changed int) {
	seen := map[string]bool{}
	for _, outcome := range outcomes {
		for _, u := range outcome.Created {
			seen[u.Code] = true
			created++
		}
		for _, u := range outcome.Changed {
			if !seen[u.Code] {
				seen[u.Code] = true
				changed++
			}
		}
	}
	return created, changed
}
