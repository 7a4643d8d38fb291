package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// RegisterLock reads a row with open personal cells and keeps others from changing it until the action ends. On SQLite there
// is only one action that writes.
func (s *Store) RegisterLock(ctx context.Context, r *pack.Register, id string) (register.Row, error) {
	t := s.writing(ctx)
	if err := t.lockRow(ctx, registerTable(r), id); err != nil {
		return register.Row{}, err
	}
	return s.RegisterRow(ctx, r, id, true)
}

// RegisterLatest returns the row of a unit that was written last.
func (s *Store) RegisterLatest(ctx context.Context, r *pack.Register, unitCode string) (register.Row, error) {
	q := s.reads(ctx).NewSelect().TableExpr("? as facts", bun.Ident(registerTable(r))).ColumnExpr("facts.*").Where("facts.unit = ?", unitCode)
	rows, err := q.OrderExpr("facts.origin_at desc, facts.id desc").Limit(1).Rows(ctx)
	if err != nil {
		return register.Row{}, fmt.Errorf("store: latest row of %s: %w", r.Name, err)
	}
	defer rows.Close()
	for stored, err := range eachStored(rows) {
		if err != nil {
			return register.Row{}, fmt.Errorf("store: latest row of %s: %w", r.Name, err)
		}
		row, err := s.registerRow(r, columnMap(stored.columns))
		register.Mask(r, &row)
		return row, err
	}
	return register.Row{}, nil
}

// UnitsChanged tells whether units were written between two entries of the chain.
func (s *Store) UnitsChanged(ctx context.Context, after, until int64) (bool, error) {
	var found int
	err := s.reads(ctx).NewRaw(`select count(*) from (select 1 from audit_row where sequence > ? and sequence <= ?
		and table_name in ('unit', 'unit_event') limit 1) as written`, after, until).Scan(ctx, &found)
	if err != nil {
		return false, fmt.Errorf("store: changed units: %w", err)
	}
	return found > 0, nil
}

// RegisterByID returns rows by id, personal cells masked.
func (s *Store) RegisterByID(ctx context.Context, r *pack.Register, ids []string) (map[string]register.Row, error) {
	all := make(map[string]register.Row, len(ids))
	for part := range slices.Chunk(ids, compareRows) {
		rows, err := s.rowsByID(ctx, r, part)
		if err != nil {
			return nil, err
		}
		for id, row := range rows {
			register.Mask(r, &row)
			all[id] = row
		}
	}
	return all, nil
}

// RegisterCells reads some stored columns of rows. See record.Store.
func (s *Store) RegisterCells(ctx context.Context, r *pack.Register, columns, ids []string, yield func(row register.Row) error) error {
	declared := make([]*pack.Column, len(columns))
	for i, name := range columns {
		c, faults := plainColumn(r, name)
		if faults != nil {
			return faults
		}
		declared[i] = c
	}
	if ids == nil {
		return s.cellsWhere(ctx, r, declared, nil, yield)
	}
	for part := range slices.Chunk(ids, compareRows) {
		if err := s.cellsWhere(ctx, r, declared, part, yield); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) cellsWhere(ctx context.Context, r *pack.Register, columns []*pack.Column, ids []string, yield func(row register.Row) error) error {
	q := s.reads(ctx).NewSelect().TableExpr("? as facts", bun.Ident(registerTable(r))).Column("facts.id", "facts.unit", "facts.version", "facts.origin_at")
	for _, c := range columns {
		q = q.Column("facts." + registerColumn(c))
	}
	if ids != nil {
		q = q.Where("facts.id in (?)", bun.In(ids))
	}
	rows, err := q.Rows(ctx)
	if err != nil {
		return fmt.Errorf("store: cells of %s: %w", r.Name, err)
	}
	defer rows.Close()
	values := make([]any, len(columns))
	var row register.Row
	var changed int64
	targets := []any{&row.ID, &row.Unit, &row.Version, &changed}
	for i := range values {
		targets = append(targets, &values[i])
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return fmt.Errorf("store: cells of %s: %w", r.Name, err)
		}
		row.Origin.At = time.UnixMilli(changed).UTC()
		row.Cells = make([]register.Cell, len(columns))
		for i, c := range columns {
			if row.Cells[i], err = s.cellOf(values[i], c); err != nil {
				return err
			}
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// mostNamed is how many changed rows are named; beyond it every row is read again. A table that is taken in at once is never
// longer.
const mostNamed = register.MaxRows

// RegisterChanged returns which rows were written after an entry of the chain. See record.Store.
func (s *Store) RegisterChanged(ctx context.Context, r *pack.Register, after, until int64) (ids []string, whole bool, err error) {
	var rows []auditRow
	err = s.reads(ctx).NewSelect().Model(&rows).Column("row_id", "operation").Where("sequence > ? and sequence <= ?", after, until).
		Where("table_name = ?", registerTable(r)).Limit(mostNamed + 1).Scan(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("store: changed rows of %s: %w", r.Name, err)
	}
	if len(rows) > mostNamed {
		return nil, true, nil
	}
	for _, row := range rows {
		whole = whole || row.Operation == audit.Deleted
		ids = append(ids, row.RowID)
	}
	slices.Sort(ids)
	return slices.Compact(ids), whole, nil
}
