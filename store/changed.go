package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
	"jiaoheng/pack"
	"jiaoheng/round"
)

// mostChanged is how many changed rows are told one by one; beyond it the caller reads everything again.
const mostChanged = 5_000

// Changed tells what was written after an entry of the chain, by whatever program: the rows of registers by the units whose
// they are, and whether units changed. Of a row that is gone nobody can tell the unit: then Everything is true.
func (s *Store) Changed(ctx context.Context, registers []*pack.Register, after int64) (round.Changed, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return round.Changed{}, err
	}
	changed := round.Changed{Sequence: head.Sequence, Rows: map[string][]string{}}
	if head.Sequence == after {
		return changed, nil
	}
	var rows []auditRow
	err = s.reads(ctx).NewSelect().Model(&rows).Column("table_name", "row_id", "operation").Where("sequence > ? and sequence <= ?", after, head.Sequence).
		Where("table_name in ('unit', 'unit_event') or table_name like 'register_%'").Limit(mostChanged + 1).Scan(ctx)
	if err != nil {
		return changed, fmt.Errorf("store: changed rows: %w", err)
	}
	changed.Everything = len(rows) > mostChanged
	ids := map[string][]string{}
	for _, row := range rows {
		switch {
		case !strings.HasPrefix(row.Table, "register_") || row.Operation == audit.Deleted:
			changed.Everything = true
		default:
			ids[row.Table] = append(ids[row.Table], row.RowID)
		}
	}
	if changed.Everything {
		return changed, nil
	}
	for _, r := range registers {
		if changed.Rows[r.Name], err = s.unitsOfRows(ctx, registerTable(r), ids[registerTable(r)]); err != nil {
			return changed, err
		}
		if len(changed.Rows[r.Name]) == 0 {
			delete(changed.Rows, r.Name)
		}
	}
	return changed, nil
}

// unitsOfRows returns the units of rows of a register, each once.
func (s *Store) unitsOfRows(ctx context.Context, table string, ids []string) ([]string, error) {
	var units []string
	for part := range slices.Chunk(ids, 500) {
		var some []string
		err := s.reads(ctx).NewRaw(`select distinct unit from ? where id in (?)`, bun.Ident(table), bun.In(part)).Scan(ctx, &some)
		if err != nil {
			return nil, fmt.Errorf("store: units of changed rows of %s: %w", table, err)
		}
		units = append(units, some...)
	}
	slices.Sort(units)
	return slices.Compact(units), nil
}
