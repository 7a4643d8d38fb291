package duty

import (
	"context"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// CloseYear closes the yearly work under a plan and keeps how it stood.
//
// Errors: one fault for each orphan, all of them at once; duty.year_closed when it is closed already; duty.year_running while the
// year is not over.
func (d *Desk) CloseYear(ctx context.Context, actor action.Actor, plan string, year int) (Year, error) {
	var made Year
	err := action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.close_year", Thing: thing,
		Do: func(ctx context.Context, tx action.Tx) error {
			w, err := d.Work(ctx, plan, year)
			if err != nil {
				return err
			}
			if w.Shut() {
				return fault.New("duty.year_closed", message.Args{"year": year})
			}
			if faults := w.faults(d.store.Today().Year); faults != nil {
				return faults
			}
			made = Year{ID: tx.NewID(), Plan: plan, Year: year, Number: 1, State: Closed, By: actor.Post.Person, At: tx.Now(), Content: w.content(), Version: 1}
			if w.Closing != nil {
				made.Number = w.Closing.Number + 1
			}
			return d.store.DutyYearInsert(ctx, made)
		}})
	return made, err
}

// faults tells every orphan that stands against closing the year.
func (w YearWork) faults(today int) fault.List {
	var faults fault.List
	if w.Year > today {
		faults.Add(fault.New("duty.year_running", message.Args{"year": w.Year}))
	}
	for _, item := range w.Orphans {
		faults.Add(fault.New("duty.orphan_item", message.Args{"number": item.Number, "item": short(item.Words)}))
	}
	for _, line := range w.Idle {
		faults.Add(fault.New("duty.orphan_node", message.Args{"node": short(line.Node.Name())}))
	}
	return faults
}

// content is how the year stands.
func (w YearWork) content() YearContent {
	var c YearContent
	for _, item := range w.Items {
		one := YearItem{Row: item.Row, Title: item.Words, Unit: item.Unit}
		if item.Node != nil {
			one.Node = item.Node.Track
		} else if item.Settlement != nil {
			one.Reason = item.Settlement.Reason
		}
		c.Items = append(c.Items, one)
	}
	for _, e := range w.Excused {
		c.Nodes = append(c.Nodes, YearNode{Node: e.Line.Node.Track, Name: e.Line.Node.Name(), Reason: e.Settlement.Reason})
	}
	return c
}

// AskReopen asks for a closed year to be opened again, with a reason.
func (d *Desk) AskReopen(ctx context.Context, actor action.Actor, plan string, year int, reason string) error {
	reason = strings.TrimSpace(reason)
	write := action.Write{Name: "duty.action.ask_reopen", Thing: thing, Reason: reason, Check: func(context.Context) error {
		if reason == "" || long(reason, MaxReason) {
			return fault.List{fault.At(fault.Place{Column: FieldReason}, "duty.reopen_reason", message.Args{"limit": MaxReason})}
		}
		return nil
	}}
	return d.turnYear(ctx, actor, plan, year, Closed, write, func(one *Year, tx action.Tx) error {
		one.State, one.Reason, one.AskedBy, one.AskedAt = Reopening, reason, actor.Post.Person, tx.Now()
		return nil
	})
}

// Reopen opens a closed year again. Whoever asked for it cannot approve it.
func (d *Desk) Reopen(ctx context.Context, actor action.Actor, plan string, year int) error {
	write := action.Write{Name: "duty.action.reopen", Operation: access.Approve, Thing: thing}
	return d.turnYear(ctx, actor, plan, year, Reopening, write, func(one *Year, tx action.Tx) error {
		if one.AskedBy == actor.Post.Person {
			return fault.New("duty.second_person", nil)
		}
		one.State, one.ApprovedBy, one.ApprovedAt = Reopened, actor.Post.Person, tx.Now()
		return nil
	})
}

// turnYear changes the last closing of a year where no other write can come between.
func (d *Desk) turnYear(ctx context.Context, actor action.Actor, plan string, year int, from YearState, write action.Write, do func(one *Year, tx action.Tx) error) error {
	write.Do = func(ctx context.Context, tx action.Tx) error {
		years, err := d.store.DutyYears(ctx, plan)
		if err != nil {
			return err
		}
		var last Year
		for _, y := range years {
			if y.Year == year && y.Number > last.Number {
				last = y
			}
		}
		if last.State != from {
			return fault.New("duty.year_state", message.Args{"year": year})
		}
		if err := do(&last, tx); err != nil {
			return err
		}
		return d.store.DutyYearUpdate(ctx, last)
	}
	return action.Do(ctx, d.store, actor, write)
}
