package todo

import (
	"cmp"
	"context"
	"slices"
	"time"

	"jiaoheng/access"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Tally sums rows that wait.
type Tally struct {
	Key  string    // code of a unit; "" of rows without a lead
	Open int       // rows about which something is still to be done
	Late int       // of these, those whose deadline has passed
	Last time.Time // when one of them changed last
}

// Standing is how one office, school or register stands.
type Standing struct {
	Tally
	Register *pack.Register // of the sums by register
	Idle     int            // calendar days since anything changed
}

// Overview is what a leader sees in two minutes: what is late, where, and where nothing moves.
type Overview struct {
	Open, Late int
	Registers  []Standing
	Offices    []Standing // by the unit that leads
	Units      []Standing // by the unit whose rows they are, the latest first
}

// MayOverview tells whether the post sees how others stand: whoever leads or audits the region.
func MayOverview(post access.Post) bool {
	return post.Role == access.BureauLeader || post.Role == access.Auditor || post.Role == access.BureauOffice || post.Role == access.TownCentreSchool
}

// Over sums what waits below the unit of the post.
func (d *Desk) Over(ctx context.Context, tree *unit.Tree, post access.Post) (Overview, error) {
	var all Overview
	today := d.store.Today()
	offices, units := map[string]Tally{}, map[string]Tally{}
	for _, r := range d.rows.Registers() {
		if !maySeeAny(post, r) {
			continue
		}
		open := openStates(r)
		if len(open) == 0 {
			continue
		}
		byUnit, err := d.store.TodoTally(ctx, r, open, post.Unit.Code, "unit", today)
		if err != nil {
			return all, err
		}
		byLead, err := d.store.TodoTally(ctx, r, open, post.Unit.Code, pack.ColumnLead, today)
		if err != nil {
			return all, err
		}
		sum := Tally{Key: r.Name}
		for _, t := range byUnit {
			sum = add(sum, t)
			units[t.Key] = add(units[t.Key], t)
		}
		for _, t := range byLead {
			offices[t.Key] = add(offices[t.Key], t)
		}
		if sum.Open > 0 {
			all.Registers = append(all.Registers, Standing{Tally: sum, Register: r, Idle: idle(sum, today)})
			all.Open, all.Late = all.Open+sum.Open, all.Late+sum.Late
		}
	}
	all.Offices, all.Units = standings(offices, today, tree), standings(units, today, tree)
	return all, nil
}

// openStates are the states of a register in which something is still to be done.
func openStates(r *pack.Register) []string {
	var open []string
	for _, s := range r.Life.States {
		if s.Open() {
			open = append(open, s.Name)
		}
	}
	return open
}

func add(a, b Tally) Tally {
	a.Open, a.Late = a.Open+b.Open, a.Late+b.Late
	if b.Last.After(a.Last) {
		a.Last = b.Last
	}
	return a
}

func idle(t Tally, today period.Date) int {
	return period.Calendar{}.Between(period.DayAt(t.Last), today, period.CalendarDays)
}

// standings sorts sums: the most late first, then those where nothing moved for the longest time, then in the order of the
// tree.
func standings(sums map[string]Tally, today period.Date, tree *unit.Tree) []Standing {
	var all []Standing
	for key, t := range sums {
		t.Key = key
		all = append(all, Standing{Tally: t, Idle: idle(t, today)})
	}
	place := func(code string) int {
		n, known := tree.Number(code)
		if !known {
			return tree.Len()
		}
		return n
	}
	slices.SortFunc(all, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(b.Late, a.Late), cmp.Compare(b.Idle, a.Idle), cmp.Compare(place(a.Key), place(b.Key)), cmp.Compare(a.Key, b.Key))
	})
	return all
}
