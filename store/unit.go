package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// unitRow is one unit as stored; its id is the code.
type unitRow struct {
	bun.BaseModel `bun:"table:unit"`
	ID            string `bun:"id,pk"`
	Name          string `bun:"name"`
	Kind          string `bun:"kind"`
	Parent        string `bun:"parent"`
	Stages        string `bun:"stages"` // separated by spaces
	Ownership     string `bun:"ownership"`
	Setting       string `bun:"setting"`
	Opened        string `bun:"opened"`
	Closed        string `bun:"closed"`
	Version       int64  `bun:"version"`
}

// Units returns every unit in order of code.
func (s *Store) Units(ctx context.Context) ([]unit.Unit, error) {
	rows, err := s.unitRows(ctx)
	if err != nil {
		return nil, err
	}
	units := make([]unit.Unit, len(rows))
	for i, row := range rows {
		units[i] = row.unit()
	}
	return units, nil
}

func (s *Store) unitRows(ctx context.Context) ([]unitRow, error) {
	var rows []unitRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: units: %w", err)
	}
	return rows, nil
}

// Changes says what an import of units did, or would do.
type Changes struct {
	Inserted, Updated, Unchanged int
}

// UnitsImport stores units in one action: new ones are inserted, changed ones get a new version, equal ones are left
// alone, units not named stay as they are. With dryRun nothing is stored. The whole tree is checked first, so that a
// fault leaves everything as it was.
func (s *Store) UnitsImport(ctx context.Context, actor action.Actor, units []unit.Unit, dryRun bool) (Changes, error) {
	var changes Changes
	work := func(ctx context.Context, write bool) error {
		stored, err := s.unitRows(ctx)
		if err != nil {
			return err
		}
		inserts, updates, unchanged := splitUnits(stored, units)
		if _, err := unit.Build(mergedUnits(stored, units)); err != nil {
			return err
		}
		if err := s.againstEvents(ctx, stored, updates); err != nil {
			return err
		}
		changes = Changes{Inserted: len(inserts), Updated: len(updates), Unchanged: unchanged}
		if !write {
			return nil
		}
		if err := insertRows(ctx, s, inserts...); err != nil {
			return err
		}
		for _, row := range updates {
			if err := updateRow(ctx, s, row); err != nil {
				return err
			}
		}
		return nil
	}
	if dryRun {
		err := work(ctx, false)
		return changes, err
	}
	err := action.Do(ctx, s, actor, action.Write{
		Name:  "unit.action.import",
		Thing: access.Thing{Class: access.Structure},
		Do:    func(ctx context.Context, _ action.Tx) error { return work(ctx, true) },
	})
	return changes, err
}

// againstEvents finds units of which an import tells otherwise what a recorded event ordered: an older table would let a merged school
// rise again, or bring back a name that it gave up.
func (s *Store) againstEvents(ctx context.Context, stored, updates []unitRow) error {
	events, err := s.UnitEvents(ctx)
	if err != nil || len(events) == 0 {
		return err
	}
	before := make(map[string]unitRow, len(stored))
	for _, row := range stored {
		before[row.ID] = row
	}
	history := unit.NewHistory(mergedUnits(stored, nil), events)
	var faults fault.List
	for _, row := range updates {
		was, recorded := before[row.ID], history.Recorded(row.ID)
		if recorded.Closed && was.Closed != row.Closed {
			faults.Add(fault.New("unit.import_against_event", message.Args{"name": was.Name, "date": was.Closed}))
		}
		for _, part := range []struct {
			code    string
			differs bool
		}{
			{"unit.import_against_name", recorded.Name && was.Name != row.Name},
			{"unit.import_against_parent", recorded.Parent && was.Parent != row.Parent},
			{"unit.import_against_stages", recorded.Stages && was.Stages != row.Stages},
		} {
			if part.differs && row.Kind != string(unit.Section) {
				faults.Add(fault.New(part.code, message.Args{"name": was.Name}))
			}
		}
	}
	return faults.Err()
}

// splitUnits tells new units from changed and from equal ones.
func splitUnits(stored []unitRow, units []unit.Unit) (inserts, updates []unitRow, unchanged int) {
	at := make(map[string]unitRow, len(stored))
	for _, row := range stored {
		at[row.ID] = row
	}
	for _, u := range units {
		row := toUnitRow(u)
		old, known := at[row.ID]
		row.Version = old.Version
		switch {
		case !known:
			inserts = append(inserts, row)
		case row == old:
			unchanged++
		default:
			updates = append(updates, row)
		}
	}
	return inserts, updates, unchanged
}

func mergedUnits(stored []unitRow, units []unit.Unit) []unit.Unit {
	named := make(map[string]bool, len(units))
	for _, u := range units {
		named[u.Code] = true
	}
	merged := slices.Clone(units)
	for _, row := range stored {
		if !named[row.ID] {
			merged = append(merged, row.unit())
		}
	}
	return merged
}

func toUnitRow(u unit.Unit) unitRow {
	stages := make([]string, len(u.Stages))
	for i, stage := range u.Stages {
		stages[i] = string(stage)
	}
	return unitRow{ID: u.Code, Name: u.Name, Kind: string(u.Kind), Parent: u.Parent, Stages: strings.Join(stages, " "),
		Ownership: string(u.Ownership), Setting: string(u.Setting), Opened: u.Opened.String(), Closed: u.Closed.String()}
}

func (row unitRow) unit() unit.Unit {
	u := unit.Unit{Code: row.ID, Name: row.Name, Kind: unit.Kind(row.Kind), Parent: row.Parent, Ownership: unit.Ownership(row.Ownership), Setting: unit.Setting(row.Setting)}
	for _, stage := range strings.Fields(row.Stages) {
		u.Stages = append(u.Stages, unit.Stage(stage))
	}
	u.Opened, _ = period.ParseDate(row.Opened)
	u.Closed, _ = period.ParseDate(row.Closed)
	return u
}
