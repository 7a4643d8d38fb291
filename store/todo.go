package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/todo"
)

var _ todo.Store = (*Store)(nil)

// TodoChanged tells whether rows, posts, units or notices were written between two entries of the chain.
func (s *Store) TodoChanged(ctx context.Context, after, until int64) (bool, error) {
	var found int
	err := s.reads(ctx).NewRaw(`select count(*) from (select 1 from audit_row where sequence > ? and sequence <= ?
		and (table_name in ('unit', 'unit_event', 'post', 'notice') or table_name like 'register_%') limit 1) as changed`, after, until).Scan(ctx, &found)
	if err != nil {
		return false, fmt.Errorf("store: changed rows: %w", err)
	}
	return found > 0, nil
}

// TodoTally sums the rows of a register by lead or unit.
func (s *Store) TodoTally(ctx context.Context, r *pack.Register, states []string, under, by string, today period.Date) ([]todo.Tally, error) {
	key := "unit"
	if by != key {
		c, faults := plainColumn(r, by)
		if faults != nil {
			return nil, faults
		}
		key = registerColumn(c)
	}
	due, faults := plainColumn(r, pack.ColumnDue)
	if faults != nil {
		return nil, faults
	}
	state, faults := plainColumn(r, pack.ColumnState)
	if faults != nil {
		return nil, faults
	}
	var running []string // while a row is paused its clock stands still, and it is not late
	for _, one := range r.Life.States {
		if one.Running() {
			running = append(running, one.Name)
		}
	}
	q, err := s.registerQuery(ctx, r, register.Query{Under: under, Filters: []register.Filter{{Column: pack.ColumnState, In: states}}})
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Key  string `bun:"key"`
		Open int    `bun:"open"`
		Late int    `bun:"late"`
		Last int64  `bun:"last"`
	}
	err = q.ColumnExpr("coalesce(?, '') as key", bun.Ident("facts."+key)).ColumnExpr("count(*) as open").
		ColumnExpr("sum(case when ? < ? and ? in (?) then 1 else 0 end) as late", bun.Ident("facts."+registerColumn(due)), today.String(),
			bun.Ident("facts."+registerColumn(state)), bun.In(running)).
		ColumnExpr("max(facts.origin_at) as last").GroupExpr("1").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("store: sums of %s: %w", r.Name, err)
	}
	all := make([]todo.Tally, len(rows))
	for i, row := range rows {
		all[i] = todo.Tally{Key: row.Key, Open: row.Open, Late: row.Late, Last: instant(row.Last)}
	}
	return all, nil
}
