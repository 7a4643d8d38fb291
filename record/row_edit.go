package record

import (
	"context"
	"errors"
	"slices"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// Stale tells that somebody else came first: What is what others did to the row since it was read, the newest first.
type Stale struct {
	Version int64 // of the row as it stands
	What    []Entry
}

// Error says that somebody else came first.
func (s *Stale) Error() string { return fault.New("action.stale", nil).Error() }

// Unwrap is the fault action.stale.
func (s *Stale) Unwrap() error { return fault.New("action.stale", nil) }

// outdated is the error inside an action that the row has another version than was read.
type outdated struct{ read, stands int64 }

// Error is never shown: the desk makes a *Stale of it.
func (outdated) Error() string { return "record: outdated" }

// stale makes of outdated what is told: the action has ended, so that what others did can be read.
func (d *Desk) stale(ctx context.Context, r *pack.Register, id string, err error) error {
	var old outdated
	if !errors.As(err, &old) {
		return err
	}
	entries, failed := d.Timeline(ctx, r, id)
	if failed != nil {
		return failed
	}
	stale := &Stale{Version: old.stands}
	for _, e := range entries {
		if e.Version > old.read {
			stale.What = append(stale.What, e)
		}
	}
	return stale
}

// lock reads a row for writing and refuses it when it has another version than was read.
func (w *writing) lock(ctx context.Context, r *pack.Register, id string, version int64) (register.Row, error) {
	row, err := w.desk.store.RegisterLock(ctx, r, id)
	if err != nil {
		return row, err
	}
	if version > 0 && row.Version != version {
		return row, outdated{version, row.Version}
	}
	row.Cells = slices.Clone(row.Cells)
	return row, nil
}

// Edit changes cells that the state of the row lets the post change.
func (d *Desk) Edit(ctx context.Context, actor action.Actor, change Change) (register.Row, error) {
	r, err := d.find(change.Register)
	if err != nil {
		return register.Row{}, err
	}
	before, err := d.store.RegisterRow(ctx, r, change.Row, true)
	if err != nil {
		return register.Row{}, err
	}
	columns := d.MayEdit(actor.Post, r, before)
	state := r.Life.State(register.TextOf(r, before, pack.ColumnState))
	if len(columns) == 0 || state == nil {
		return register.Row{}, action.Refused("record.action.edit")
	}
	var named []lifecycle.Who
	for _, e := range state.Edit {
		named = append(named, e.By...)
	}
	thing := thingOf(standOf(d.units(), r, before), actor.Post, named...)
	var row register.Row
	err = action.Do(ctx, d.store, actor, action.Write{Name: "record.action.edit", Operation: baseRight(actor.Post, thing), Thing: thing, Reason: change.Reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			row, err = d.writing(tx, actor).edit(ctx, r, change)
			return err
		}})
	if err != nil {
		return register.Row{}, d.stale(ctx, r, change.Row, err)
	}
	register.Mask(r, &row)
	return row, nil
}

func (w *writing) edit(ctx context.Context, r *pack.Register, change Change) (register.Row, error) {
	row, err := w.lock(ctx, r, change.Row, change.Version)
	if err != nil {
		return row, err
	}
	columns := w.desk.MayEdit(w.actor.Post, r, row) // asked again: the row may have moved since
	s, err := w.desk.stage(ctx, r, row, w.day)
	if err != nil {
		return row, err
	}
	faults := write(r, &row, change.Cells, func(c *pack.Column) bool { return slices.Contains(columns, c) })
	lacks := register.Lacking(r, row)
	faults.Add(lacks...)
	if faults != nil {
		return row, faults
	}
	s.set(row)
	if err := w.count(ctx, s); err != nil {
		return row, err
	}
	if faults := s.check(); faults != nil {
		return row, faults
	}
	s.followDate(change.Cells)
	return w.save(ctx, s)
}

// followDate moves the deadline when it is the day that a column holds and the column was changed.
func (s *scene) followDate(cells map[string]register.Cell) {
	state := s.register.Life.State(s.text(pack.ColumnState))
	if state == nil || state.Due == nil || state.Due.On == "" || state.Final {
		return
	}
	if _, changed := cells[state.Due.On]; !changed {
		return
	}
	row := s.row
	register.Put(s.register, &row, pack.ColumnDue, register.DateCell(register.DateOf(s.register, row, state.Due.On)))
	s.set(row)
}

// save stores the row of the scene and returns it as it stands; a row that did not change keeps its version.
func (w *writing) save(ctx context.Context, s *scene) (register.Row, error) {
	row := s.row
	row.Origin = w.origin()
	changes, err := w.desk.store.RegisterUpsert(ctx, s.register, register.Batch{Rows: []register.Row{row}})
	if err != nil {
		return row, err
	}
	if len(changes.Rows) == 1 {
		return changes.Rows[0], nil
	}
	return row, nil
}

// missing is the fault that a row is not there.
func missing(r *pack.Register) error {
	return fault.New("record.row_gone", message.Args{"register": r.Title})
}
