package record

import (
	"context"
	"slices"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// wanted says which rows of a scene a page wants.
type wanted struct {
	filters    []register.Filter
	only       string
	sort       string
	descending bool
	limit      int
	offset     int
}

// found is a page of rows, and how many there are.
type found struct {
	rows   []register.Row
	count  int
	silent map[string]bool // ids of rows that have not moved for long
}

// tally is how many rows of a scene there are.
type tally struct {
	states                        map[string]int
	all, open, late, mine, silent int
}

// unitTally is the tally of one unit, and when its open rows moved.
type unitTally struct {
	tally
	last   period.Date // of any open row
	oldest period.Date // of the open row that has been still the longest
}

// wanted are the rows that the address names, from its first page on: where no order is chosen, what is due first.
func (q listQuery) wanted() wanted {
	want := wanted{filters: q.Filters(), only: q.only, sort: q.Sort, descending: q.Descending}
	if want.sort == "" {
		want.sort = pack.ColumnDue
	}
	return want
}

// ask is what the desk of living rows is asked for a page.
func (s scene) ask(ctx context.Context, want wanted) record.Query {
	post := shell.From(ctx).Actor.Post
	query := record.Query{Open: want.only == onlyOpen, Overdue: want.only == onlyLate, Silent: want.only == onlySilent}
	if want.only == onlyMine {
		query.Waits = &post
	}
	if s.own {
		query.Seen = &post
	} else if s.Number > 0 {
		query.Under = s.Unit.Code
	}
	query.Filters, query.Sort, query.Descending, query.Limit, query.Offset = want.filters, want.sort, want.descending, want.limit, want.offset
	return query
}

// find returns a page of the rows of a scene.
func (p *Pages) find(ctx context.Context, s scene, want wanted) (found, error) {
	list, err := p.records.List(ctx, s.register, s.ask(ctx, want))
	if err != nil {
		return found{}, err
	}
	one := found{count: list.Count, silent: map[string]bool{}}
	if one.rows, err = p.computed(ctx, s, list.Rows); err != nil {
		return one, err
	}
	for _, row := range one.rows {
		one.silent[row.ID] = p.records.IsSilent(s.register, row)
	}
	return one, nil
}

// eachFound walks every row of a scene, whatever the page.
func (p *Pages) eachFound(ctx context.Context, s scene, want wanted, do func(rows []register.Row) error) error {
	return p.records.Each(ctx, s.register, s.ask(ctx, want), func(rows []register.Row) error {
		rows, err := p.computed(ctx, s, rows)
		if err != nil {
			return err
		}
		return do(rows)
	})
}

// computed fills the columns that are computed from others. Personal cells are masked before and after.
func (p *Pages) computed(ctx context.Context, s scene, rows []register.Row) ([]register.Row, error) {
	if len(rows) == 0 || !slices.ContainsFunc(s.register.Columns, func(c *pack.Column) bool { return !register.Stored(c) }) {
		return rows, nil
	}
	return register.Computed(register.Ask{Scope: p.desk.Scope(), Tree: shell.From(ctx).Tree}, s.register, period.Period{}, rows)
}

// tallyOf counts the rows of a scene.
func (p *Pages) tallyOf(ctx context.Context, s scene) (tally, error) {
	if s.own {
		return p.ownTally(ctx, s)
	}
	all := tally{states: map[string]int{}}
	err := p.eachUnit(ctx, s, func(_ string, one record.Summary) { all.add(tallied(one)) })
	return all, err
}

// ownTally counts the rows that the post sees because it leads them or was given them.
func (p *Pages) ownTally(ctx context.Context, s scene) (tally, error) {
	var all tally
	var err error
	if all.states, err = p.records.Tally(ctx, s.register, s.ask(ctx, wanted{only: onlyAll})); err != nil {
		return all, err
	}
	for only, n := range map[string]*int{onlyAll: &all.all, onlyOpen: &all.open, onlyLate: &all.late, onlyMine: &all.mine, onlySilent: &all.silent} {
		if *n, err = p.records.Count(ctx, s.register, s.ask(ctx, wanted{only: only})); err != nil {
			return all, err
		}
	}
	return all, nil
}

// countUnits counts the rows of the units below the standing one.
func (p *Pages) countUnits(ctx context.Context, s scene) (map[string]unitTally, error) {
	units := map[string]unitTally{}
	err := p.eachUnit(ctx, s, func(code string, one record.Summary) {
		units[code] = unitTally{tally: tallied(one), last: one.Last, oldest: one.Still}
	})
	return units, err
}

// eachUnit calls do for the units below the standing one that have rows.
func (p *Pages) eachUnit(ctx context.Context, s scene, do func(code string, one record.Summary)) error {
	view := shell.From(ctx)
	counts, err := p.records.Summaries(ctx, s.register, view.Actor.Post)
	if err != nil {
		return err
	}
	below := view.Tree.Subtree(s.Number)
	for code, one := range counts {
		if n, known := view.Tree.Number(code); s.Number == 0 || known && below.Contains(n) {
			do(code, one)
		}
	}
	return nil
}

func tallied(one record.Summary) tally {
	return tally{states: one.States, all: one.All, open: one.Open, late: one.Overdue, mine: one.Waiting, silent: one.Silent}
}

// add counts another tally in.
func (t *tally) add(other tally) {
	t.all, t.open, t.late, t.mine, t.silent = t.all+other.all, t.open+other.open, t.late+other.late, t.mine+other.mine, t.silent+other.silent
	if t.states == nil {
		t.states = map[string]int{}
	}
	for state, n := range other.states {
		t.states[state] += n
	}
}
