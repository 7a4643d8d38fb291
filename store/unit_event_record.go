package store

import (
	"context"
	"errors"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/unit"
)

// Recorded says what recording events did, or would do: the outcome of each in order of their days, and the posts that move.
type Recorded struct {
	Outcomes []unit.Outcome
	Posts    []PostMove
}

// errPreview ends the transaction of a preview, so that nothing of it stays.
var errPreview = errors.New("store: preview")

// UnitEventsRecord records events and carries them out, all in one action or none: the units change, and the people at a unit that
// ends follow it. Faults name the places that placeOf gives. With dryRun everything is tried and nothing is stored.
func (s *Store) UnitEventsRecord(ctx context.Context, actor action.Actor, events []unit.Event, dryRun bool, placeOf func(i int) fault.Place) (Recorded, error) {
	var done Recorded
	write := action.Write{Name: "unit.action.event", Thing: access.Thing{Class: access.Structure}, Do: func(ctx context.Context, tx action.Tx) error {
		history, err := s.History(ctx)
		if err != nil {
			return err
		}
		events, faults := withIDs(events, tx), fault.List(nil)
		done.Outcomes, faults = history.ApplyAll(events, placeOf)
		if len(faults) > 0 {
			return faults
		}
		for _, outcome := range done.Outcomes {
			moves, err := s.recordEvent(ctx, tx, outcome)
			if err != nil {
				return err
			}
			done.Posts = append(done.Posts, moves...)
		}
		if dryRun {
			return errPreview
		}
		return nil
	}}
	if len(events) == 0 {
		return done, nil
	}
	if len(events) == 1 {
		write.Reason = events[0].Reason
	}
	err := action.Do(ctx, s, actor, write)
	if dryRun && errors.Is(err, errPreview) {
		err = nil
	}
	return done, err
}

func withIDs(events []unit.Event, tx action.Tx) []unit.Event {
	named := make([]unit.Event, len(events))
	for i, e := range events {
		e.ID = tx.NewID()
		named[i] = e
	}
	return named
}

// recordEvent writes one outcome: units, posts, the event itself.
func (s *Store) recordEvent(ctx context.Context, tx action.Tx, outcome unit.Outcome) ([]PostMove, error) {
	created := make([]unitRow, len(outcome.Created))
	for i, u := range outcome.Created {
		created[i] = toUnitRow(u)
	}
	if err := insertRows(ctx, s, created...); err != nil {
		return nil, err
	}
	if err := s.changeUnits(ctx, outcome.Changed); err != nil {
		return nil, err
	}
	moves, err := s.movePosts(ctx, tx, outcome)
	if err != nil {
		return nil, err
	}
	number, err := tx.Next(ctx, "unit_event")
	if err != nil {
		return nil, err
	}
	row, err := newUnitEventRow(outcome.Event, moves, number, tx.Now())
	if err != nil {
		return nil, err
	}
	return moves, insertRows(ctx, s, row)
}

// changeUnits writes units that stand already.
func (s *Store) changeUnits(ctx context.Context, units []unit.Unit) error {
	for _, u := range units {
		old, err := findRow[unitRow](ctx, s, u.Code)
		if err != nil {
			return err
		}
		row := toUnitRow(u)
		row.Version = old.Version
		if err := updateRow(ctx, s, row); err != nil {
			return err
		}
	}
	return nil
}

// UnitEventUndo takes back the latest event of its units: units and posts stand again as they did before. The event stays on
// record with the reason.
func (s *Store) UnitEventUndo(ctx context.Context, actor action.Actor, id, reason string) error {
	return action.Do(ctx, s, actor, action.Write{
		Name: "unit.action.undo", Thing: access.Thing{Class: access.Structure}, Reason: reason,
		Check: func(context.Context) error { return checkUndoReason(reason).Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			history, err := s.History(ctx)
			if err != nil {
				return err
			}
			undoing, faults := history.Undo(id)
			if len(faults) > 0 {
				return faults
			}
			row, err := findRow[unitEventRow](ctx, s, id)
			if err != nil {
				return err
			}
			if err := s.returnPosts(ctx, row); err != nil {
				return err
			}
			if err := s.noPostsAt(ctx, undoing); err != nil {
				return err
			}
			if err := s.noRowsAt(ctx, undoing); err != nil {
				return err
			}
			if err := s.changeUnits(ctx, undoing.Restored); err != nil {
				return err
			}
			if err := deleteRows[unitRow](ctx, s, undoing.Removed...); err != nil {
				return err
			}
			row.Undone, row.UndoReason = tx.Now().UnixMilli(), reason
			return updateRow(ctx, s, row)
		},
	})
}

func checkUndoReason(reason string) fault.List {
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		return fault.List{fault.At(fault.Place{Column: unit.FieldEventReason}, "unit.undo_reason_missing", nil)}
	case n > unit.MaxEventReason:
		return fault.List{fault.At(fault.Place{Column: unit.FieldEventReason}, "unit.event_reason_long", message.Args{"length": n, "limit": unit.MaxEventReason})}
	}
	return nil
}
