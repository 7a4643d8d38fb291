package ceremony

import (
	"context"

	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxTables and MaxRows bound what is handed over for one draw.
const (
	MaxTables = 6
	MaxRows   = 200_000
)

// Frozen is what a kind makes of what was handed over and the choices of its form.
type Frozen struct {
	Setup  any // the choices, and nothing personal
	Rules  []draw.Rule
	Lines  []string
	Secret draw.Secret
	Roster []Person
	Labels []Label
}

// Restate changes what a draw says about title, place, time and sources. List and rules stay.
func (d *Desk) Restate(ctx context.Context, actor action.Actor, id string, version int64, draft Draft) (Draw, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Draw{}, err
	}
	draft = tidy(draft)
	return d.turn(ctx, actor, change{step: StepReplace, id: id, version: version, from: []State{Prepared},
		check: func(one Draw) fault.List {
			draft.Kind, draft.Unit = one.Kind, one.Unit
			return checkDraft(tree, draft)
		},
		do: func(_ context.Context, _ action.Tx, one *Draw) error {
			one.Title, one.Place, one.Held, one.Sources = draft.Title, draft.Place, draft.Held, draft.Sources
			return nil
		}})
}

// HandOver stores tables in place of those of the same names. What was frozen from the old ones is frozen no longer.
func (d *Desk) HandOver(ctx context.Context, actor action.Actor, id string, version int64, tables []Table) (Draw, error) {
	return d.turn(ctx, actor, change{step: StepReplace, id: id, version: version, from: []State{Prepared},
		check: func(Draw) fault.List { return checkTables(tables) },
		do: func(ctx context.Context, _ action.Tx, one *Draw) error {
			kept, err := part[[]Table](ctx, d.store, id, PartTables)
			if err != nil {
				return err
			}
			one.Frozen, one.Lines = false, 0
			return put(ctx, d.store, id, PartTables, replaced(kept, tables))
		}})
}

func checkTables(tables []Table) fault.List {
	var faults fault.List
	if len(tables) == 0 || len(tables) > MaxTables {
		faults.Add(fault.New("draw.event.tables_wanted", message.Args{"limit": MaxTables}))
	}
	for _, table := range tables {
		if len(table.Rows) < 2 || len(table.Rows) > MaxRows+1 {
			faults.Add(fault.At(fault.Place{File: table.File}, "draw.event.table_rows", message.Args{"rows": max(0, len(table.Rows)-1), "limit": MaxRows}))
		}
	}
	return faults
}

// replaced puts the new tables in place of the old ones of their names.
func replaced(old, fresh []Table) []Table {
	var all []Table
	named := map[string]bool{}
	for _, table := range fresh {
		named[table.Name] = true
	}
	for _, table := range old {
		if !named[table.Name] {
			all = append(all, table)
		}
	}
	return append(all, fresh...)
}

// Freeze stores what a kind made of the tables. It can be frozen again until the announcement is fixed.
func (d *Desk) Freeze(ctx context.Context, actor action.Actor, id string, version int64, made Frozen) (Draw, error) {
	return d.turn(ctx, actor, change{step: StepReplace, id: id, version: version, from: []State{Prepared},
		do: func(ctx context.Context, _ action.Tx, one *Draw) error {
			return d.freeze(ctx, one, made)
		}})
}
