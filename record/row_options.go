package record

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// MoveMany causes an event of many rows, each as an action of its own; move says what comes with it. What fails for one row
// does not keep the others back.
func (d *Desk) MoveMany(ctx context.Context, actor action.Actor, r *pack.Register, event string, rows []Target, move Move) ([]Result, error) {
	declared := r.EventOf(event)
	if declared == nil || !declared.Bulk {
		return nil, fault.New("record.not_bulk", message.Args{"event": event})
	}
	if len(rows) > MaxBulk {
		return nil, fault.New("record.bulk_many", message.Args{"limit": MaxBulk, "rows": len(rows)})
	}
	results := make([]Result, len(rows))
	for i, target := range rows {
		results[i].Target = target
		if results[i].Err = ctx.Err(); results[i].Err != nil {
			continue
		}
		one := move
		one.Register, one.Event, one.Row, one.Version = r.Name, event, target.Row, target.Version
		results[i].Moved, results[i].Err = d.Move(ctx, actor, one)
	}
	return results, nil
}

// Options returns the events that somebody in the post may cause now, in the order of the lifecycle, with what speaks
// against each whatever is given with it.
func (d *Desk) Options(ctx context.Context, post access.Post, r *pack.Register, row register.Row) ([]Option, error) {
	s, err := d.stage(ctx, r, row, d.store.Today())
	if err != nil {
		return nil, err
	}
	if s.last, err = d.store.RecordLast(ctx, Ref{r.Name, row.ID}); err != nil {
		return nil, err
	}
	life, stand := s.life(), s.stand()
	var options []Option
	for _, event := range r.Life.MayCause(life, post, stand) {
		if !mayAct(post, thingOf(stand, post, event.By...)) {
			continue
		}
		option := Option{Event: event, Asks: columnsOf(r, event.Asks), Takes: columnsOf(r, event.Takes)}
		if option.Blocked, err = d.blocked(ctx, s, event, post); err != nil {
			return nil, err
		}
		options = append(options, option)
	}
	return options, nil
}

// blocked returns what speaks against an event whatever is given with it. Guards over columns that come with the event are
// left out: they may hold once it is given.
func (d *Desk) blocked(ctx context.Context, s *scene, event *lifecycle.Event, post access.Post) (fault.List, error) {
	bare := *event
	bare.Asks, bare.Note, bare.Attach, bare.Gives, bare.To, bare.Extend = nil, false, 0, lifecycle.GivesNothing, "", nil
	bare.Guards = slices.DeleteFunc(slices.Clone(event.Guards), func(g lifecycle.Guard) bool {
		return g.Holds != nil && slices.ContainsFunc(slices.Concat(event.Asks, event.Takes), func(column string) bool { return reads(g.Holds, column) })
	})
	machine := lifecycle.Machine{Register: s.register.Name, States: s.register.Life.States, Events: []*lifecycle.Event{&bare}}
	var failed error
	_, faults := machine.Move(s.life(), s.stand(), lifecycle.Move{Event: event.Name, Post: post, Day: s.day,
		ClosedParts: func(part string) bool {
			closed, err := d.closedParts(ctx, s.register, s.row.ID, part)
			failed = err
			return closed
		}}, s.calendar)
	return faults, failed
}

// reads tells whether a formula reads a column, or one of its options.
func reads(formula *expr.Written, column string) bool {
	return slices.ContainsFunc(formula.Ready.References(), func(reference expr.Reference) bool {
		return reference.Name == column || strings.HasPrefix(reference.Name, column+".")
	})
}

func columnsOf(r *pack.Register, names []string) []*pack.Column {
	var columns []*pack.Column
	for _, name := range names {
		if n := r.At(name); n >= 0 {
			columns = append(columns, r.Columns[n])
		}
	}
	return columns
}
