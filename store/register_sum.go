package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/pack"
	"jiaoheng/register"
)

// RegisterUnits tells for each unit that has rows which the query names how many there are, and when the last of them was reported.
func (s *Store) RegisterUnits(ctx context.Context, r *pack.Register, query register.Query) (map[string]register.Reports, error) {
	q, err := s.registerQuery(ctx, r, query)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Unit    string
		Rows    int
		Changed int64
	}
	err = q.ColumnExpr("facts.unit as unit, count(*) as rows, max(facts.origin_at) as changed").GroupExpr("facts.unit").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("store: units of %s: %w", r.Name, err)
	}
	units := make(map[string]register.Reports, len(rows))
	for _, row := range rows {
		units[row.Unit] = register.Reports{Rows: row.Rows, Last: time.UnixMilli(row.Changed).UTC()}
	}
	return units, nil
}

// RegisterTotals adds up columns of the rows that the query names, whatever its page. A column without any known cell
// has no total.
//
// Errors: a fault for a column that is personal, computed or no number; else what the database returns.
func (s *Store) RegisterTotals(ctx context.Context, r *pack.Register, query register.Query, columns ...string) (map[string]float64, error) {
	totals := map[string]float64{}
	if len(columns) == 0 {
		return totals, nil
	}
	q, err := s.registerQuery(ctx, r, query)
	if err != nil {
		return nil, err
	}
	sums := make([]*float64, len(columns))
	into := make([]any, len(columns))
	for i, name := range columns {
		c, faults := plainColumn(r, name)
		if faults == nil && !c.Type.Numeric() {
			faults = unfit(r, name)
		}
		if faults != nil {
			return nil, faults
		}
		q, into[i] = q.ColumnExpr("sum(?)", bun.Ident("facts."+registerColumn(c))), &sums[i]
	}
	if err := q.Scan(ctx, into...); err != nil {
		return nil, fmt.Errorf("store: totals of %s: %w", r.Name, err)
	}
	for i, name := range columns {
		if sums[i] != nil {
			totals[name] = *sums[i]
		}
	}
	return totals, nil
}
