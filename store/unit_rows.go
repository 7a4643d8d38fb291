package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// UnitRows says how many rows of registers stand under units.
type UnitRows struct {
	All   int
	After int // rows of periods that begin on the day or later
}

// UnitRows counts the rows of registers of units, and those of periods that begin on the day or later.
func (s *Store) UnitRows(ctx context.Context, codes []string, day period.Date) (UnitRows, error) {
	var found UnitRows
	if len(codes) == 0 {
		return found, nil
	}
	db := s.reads(ctx)
	names, err := s.tableNames(ctx, db)
	if err != nil {
		return found, fmt.Errorf("store: tables of registers: %w", err)
	}
	for _, name := range names {
		if !strings.HasPrefix(name, "register_") {
			continue
		}
		var all, after int
		row := db.QueryRowContext(ctx, `select count(*), coalesce(sum(case when period_start >= ? then 1 else 0 end), 0) from ? where unit in (?)`,
			day.String(), bun.Ident(name), bun.In(codes))
		if err := row.Scan(&all, &after); err != nil {
			return found, fmt.Errorf("store: rows of units in %s: %w", name, err)
		}
		found.All, found.After = found.All+all, found.After+after
	}
	return found, nil
}

// noRowsAt refuses to undo an opening after which rows were reported.
func (s *Store) noRowsAt(ctx context.Context, undoing unit.Undoing) error {
	rows, err := s.UnitRows(ctx, undoing.Removed, undoing.Event.On)
	if err != nil || rows.All == 0 {
		return err
	}
	return fault.New("unit.undo_rows", message.Args{"code": strings.Join(undoing.Removed, " "), "count": rows.All})
}
