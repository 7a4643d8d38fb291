package record

import (
	"context"
	"slices"

	"jiaoheng/lifecycle"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
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
	capped bool            // there are more than count
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

// wanted are the rows that the address names, from its first page on.
func (q listQuery) wanted() wanted {
	want := wanted{filters: q.Filters(), only: q.only, sort: q.Sort, descending: q.Descending}
	if want.sort == "" { // what is due first
		want.sort = pack.ColumnDue
	}
	return want
}

func (p *Pages) fits(ctx context.Context, s scene, row register.Row, only string) bool {
	state := stateOf(s.register, row)
	if state == nil {
		return only == onlyAll
	}
	switch only {
	case onlyOpen:
		return !state.Final
	case onlyLate:
		return isLate(s.register, row, p.store.Today())
	case onlyMine:
		stand := lifecycle.Stand{Unit: row.Unit, UnitPlace: person.At(shell.From(ctx).Tree, row.Unit), Lead: kept(s.register, row, pack.ColumnLead),
			Owner: kept(s.register, row, pack.ColumnOwner), Maker: kept(s.register, row, pack.ColumnMaker), Subject: s.register.Subject}
		return !state.Final && lifecycle.AnyFits(state.Waits, shell.From(ctx).Actor.Post, stand)
	case onlySilent:
		return p.isSilent(s, row)
	}
	return true
}

func (p *Pages) isSilent(s scene, row register.Row) bool {
	state := stateOf(s.register, row)
	return state != nil && !state.Final && state.Silent > 0 && daysBetween(moved(s.register, row), p.store.Today()) > state.Silent
}

func moved(of *pack.Register, row register.Row) period.Date {
	since, _ := period.ParseDate(kept(of, row, pack.ColumnSince))
	if at := period.DateOf(row.Origin.At); since.Before(at) {
		return at
	}
	return since
}

func (p *Pages) find(ctx context.Context, s scene, want wanted) (found, error) {
	query := s.query()
	query.Filters = append(slices.Clone(query.Filters), want.filters...)
	query.Sort, query.Descending = want.sort, want.descending
	one := found{silent: map[string]bool{}}
	for row, err := range p.store.RegisterEach(ctx, s.register, query) {
		if err != nil {
			return one, err
		}
		if !p.fits(ctx, s, row, want.only) {
			continue
		}
		if one.count++; one.count > want.offset && (want.limit == 0 || len(one.rows) < want.limit) {
			one.rows = append(one.rows, row)
			one.silent[row.ID] = p.isSilent(s, row)
		}
	}
	return one, nil
}

func (p *Pages) eachFound(ctx context.Context, s scene, want wanted, do func(rows []register.Row) error) error {
	one, err := p.find(ctx, s, want)
	if err != nil {
		return err
	}
	return do(one.rows)
}

func (p *Pages) tallyOf(ctx context.Context, s scene) (tally, error) {
	units, err := p.countUnits(ctx, s)
	all := tally{states: map[string]int{}}
	for _, one := range units {
		all = all.plus(one.tally)
	}
	return all, err
}

func (p *Pages) countUnits(ctx context.Context, s scene) (map[string]unitTally, error) {
	units := map[string]unitTally{}
	for row, err := range p.store.RegisterEach(ctx, s.register, s.query()) {
		if err != nil {
			return nil, err
		}
		one, known := units[row.Unit]
		if !known {
			one.states = map[string]int{}
		}
		one.states[kept(s.register, row, pack.ColumnState)]++
		for only, n := range map[string]*int{onlyAll: &one.all, onlyOpen: &one.open, onlyLate: &one.late, onlyMine: &one.mine, onlySilent: &one.silent} {
			if p.fits(ctx, s, row, only) {
				*n++
			}
		}
		if p.fits(ctx, s, row, onlyOpen) {
			at := moved(s.register, row)
			if one.last.Before(at) {
				one.last = at
			}
			if one.oldest.IsZero() || at.Before(one.oldest) {
				one.oldest = at
			}
		}
		units[row.Unit] = one
	}
	return units, nil
}
