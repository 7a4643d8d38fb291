package store

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/audit"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

var _ register.Store = (*Store)(nil)

// registerQuery makes the query of rows without order and page.
func (s *Store) registerQuery(ctx context.Context, r *pack.Register, query register.Query) (*bun.SelectQuery, error) {
	q := s.reads(ctx).NewSelect().TableExpr("? as facts", bun.Ident(registerTable(r)))
	if !query.Period.IsZero() {
		q = q.Where("facts.period = ?", query.Period.String())
	}
	if query.Periods != nil {
		names := []string{""}
		for _, p := range query.Periods {
			names = append(names, p.String())
		}
		q = q.Where("facts.period in (?)", bun.In(names))
	}
	if query.Unit != "" {
		q = q.Where("facts.unit = ?", query.Unit)
	}
	if query.Units != nil {
		q = q.Where("facts.unit in (?)", bun.In(append([]string{""}, query.Units...)))
	}
	if query.Under != "" {
		q = q.Where(`facts.unit in (with recursive below(id) as (select id from unit where id = ? union all select unit.id from unit join below on unit.parent = below.id)
			select id from below)`, query.Under)
	}
	for _, f := range query.Filters {
		c, faults := plainColumn(r, f.Column)
		if faults != nil {
			return nil, faults
		}
		name := bun.Ident("facts." + registerColumn(c))
		switch {
		case f.Is != nil && !f.Is.Known:
			q = q.Where("? is null", name)
		case f.Is != nil:
			value, err := s.storedCell(*f.Is, c)
			if err != nil {
				return nil, err
			}
			q = q.Where("? = ?", name, value)
		}
		if f.Least != nil {
			q = q.Where("? >= ?", name, *f.Least)
		}
		if f.Most != nil {
			q = q.Where("? <= ?", name, *f.Most)
		}
		if f.From != "" {
			q = q.Where("? >= ?", name, f.From)
		}
		if f.Until != "" {
			q = q.Where("? <= ?", name, f.Until)
		}
		if f.In != nil {
			q = q.Where("? in (?)", name, bun.In(append([]string{""}, f.In...)))
		}
		if f.Contains != "" {
			escaped := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(f.Contains)
			q = q.Where(`? like ? escape '\'`, name, "%"+escaped+"%")
		}
	}
	return q, nil
}

// plainColumn finds a column by which rows can be narrowed or sorted: not personal, not computed.
func plainColumn(r *pack.Register, name string) (*pack.Column, fault.List) {
	for _, c := range r.Columns {
		if c.Name == name && register.Stored(c) && !c.Personal {
			return c, nil
		}
	}
	return nil, unfit(r, name)
}

func unfit(r *pack.Register, column string) fault.List {
	return fault.List{fault.New("register.column_unfit", message.Args{"column": column, "register": r.Title})}
}

// ordered sorts by the column of the query, then by unit, period and id, so that pages never overlap.
func ordered(q *bun.SelectQuery, r *pack.Register, query register.Query) (*bun.SelectQuery, error) {
	direction := "asc"
	if query.Descending {
		direction = "desc"
	}
	switch query.Sort {
	case "", "unit":
		return q.OrderExpr("facts.unit " + direction).OrderExpr("facts.period_start, facts.period, facts.id"), nil
	case "period":
		return q.OrderExpr("facts.period_start " + direction).OrderExpr("facts.period, facts.unit, facts.id"), nil
	}
	c, faults := plainColumn(r, query.Sort)
	if faults != nil {
		return nil, faults
	}
	name := bun.Ident("facts." + registerColumn(c))
	// Empty cells stand last either way; the two databases differ in where they put NULL by themselves.
	return q.OrderExpr("case when ? is null then 1 else 0 end", name).OrderExpr("? "+direction, name).OrderExpr("facts.unit, facts.period_start, facts.id"), nil
}

// RegisterRows returns a page of rows.
func (s *Store) RegisterRows(ctx context.Context, r *pack.Register, query register.Query) ([]register.Row, error) {
	if query.Limit <= 0 || query.Limit > register.MaxPage {
		query.Limit = register.MaxPage
	}
	var rows []register.Row
	for row, err := range s.registerEach(ctx, r, query) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// RegisterEach walks every row.
func (s *Store) RegisterEach(ctx context.Context, r *pack.Register, query register.Query) iter.Seq2[register.Row, error] {
	query.Limit, query.Offset = 0, 0
	return s.registerEach(ctx, r, query)
}

func (s *Store) registerEach(ctx context.Context, r *pack.Register, query register.Query) iter.Seq2[register.Row, error] {
	return func(yield func(register.Row, error) bool) {
		q, err := s.registerQuery(ctx, r, query)
		if err == nil {
			q, err = ordered(q.ColumnExpr("facts.*"), r, query)
		}
		if err != nil {
			yield(register.Row{}, err)
			return
		}
		if query.Limit > 0 {
			q = q.Limit(int64(query.Limit)).Offset(int64(query.Offset))
		}
		rows, err := q.Rows(ctx)
		if err != nil {
			yield(register.Row{}, fmt.Errorf("store: rows of %s: %w", r.Name, err))
			return
		}
		defer rows.Close()
		for stored, err := range eachStored(rows) {
			if err != nil {
				yield(register.Row{}, fmt.Errorf("store: rows of %s: %w", r.Name, err))
				return
			}
			row, err := s.registerRow(r, columnMap(stored.columns))
			if err == nil && !query.Personal {
				register.Mask(r, &row)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// RegisterCount counts rows.
func (s *Store) RegisterCount(ctx context.Context, r *pack.Register, query register.Query) (int, error) {
	q, err := s.registerQuery(ctx, r, query)
	if err != nil {
		return 0, err
	}
	var count int
	if err := q.ColumnExpr("count(*)").Scan(ctx, &count); err != nil {
		return 0, fmt.Errorf("store: rows of %s: %w", r.Name, err)
	}
	return count, nil
}

// RegisterReported returns every unit and period that has a row.
func (s *Store) RegisterReported(ctx context.Context, r *pack.Register) ([]register.Reported, error) {
	var rows []struct{ Unit, Period string }
	err := s.reads(ctx).NewRaw(`select distinct unit, period from ? order by unit, period`, bun.Ident(registerTable(r))).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("store: units of %s: %w", r.Name, err)
	}
	reported := make([]register.Reported, len(rows))
	for i, row := range rows {
		reported[i].Unit = row.Unit
		if row.Period != "" {
			reported[i].Period, _ = period.Parse(row.Period)
		}
	}
	return reported, nil
}

// RegisterRow returns a row by id.
func (s *Store) RegisterRow(ctx context.Context, r *pack.Register, id string, personal bool) (register.Row, error) {
	rows, err := s.rowsByID(ctx, r, []string{id})
	if err != nil {
		return register.Row{}, err
	}
	row, found := rows[id]
	if !found {
		return register.Row{}, register.ErrNotFound
	}
	if !personal {
		register.Mask(r, &row)
	}
	return row, nil
}

// historyRow is one write of a row in the chain with the action that wrote it.
type historyRow struct {
	Version                      int64
	Operation                    string
	Time                         int64
	Person, Post, Action, Reason string
}

// RegisterHistory returns every version of a row, the newest first.
func (s *Store) RegisterHistory(ctx context.Context, r *pack.Register, id string, personal bool) ([]register.Version, error) {
	table := registerTable(r)
	var writes []historyRow
	err := s.reads(ctx).NewRaw(`select r.version, r.operation, e.time, e.person, e.post, e.action, e.reason from audit_row as r
		join audit_entry as e on e.sequence = r.sequence where r.table_name = ? and r.row_id = ? order by r.sequence desc, r.position desc`, table, id).Scan(ctx, &writes)
	if err != nil {
		return nil, fmt.Errorf("store: history of %s: %w", id, err)
	}
	if len(writes) == 0 {
		return nil, register.ErrNotFound
	}
	contents, err := s.versionsOf(ctx, r, id)
	if err != nil {
		return nil, err
	}
	versions := make([]register.Version, len(writes))
	for i, w := range writes {
		row := contents[w.Version]
		if !personal {
			row.Cells = append([]register.Cell(nil), row.Cells...)
			register.Mask(r, &row)
		}
		reason, err := s.Keys().Open(purposeReason, w.Reason)
		if err != nil {
			return nil, fmt.Errorf("store: reason: %w", err)
		}
		versions[i] = register.Version{Row: row, Deleted: w.Operation == audit.Deleted, Person: w.Person, Post: w.Post, Action: w.Action,
			Reason: reason, At: time.UnixMilli(w.Time).UTC()}
	}
	return versions, nil
}

// versionsOf returns what every version of a row held.
func (s *Store) versionsOf(ctx context.Context, r *pack.Register, id string) (map[int64]register.Row, error) {
	var kept []rowVersion
	err := s.reads(ctx).NewSelect().Model(&kept).Where("table_name = ? and row_id = ?", registerTable(r), id).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: versions of %s: %w", id, err)
	}
	contents := make(map[int64]register.Row, len(kept)+1)
	for _, k := range kept {
		var values map[string]any
		if err := json.Unmarshal([]byte(k.Content), &values); err != nil {
			return nil, fmt.Errorf("store: version of %s: %w", id, err)
		}
		if contents[k.RowVersion], err = s.registerRow(r, values); err != nil {
			return nil, err
		}
	}
	current, err := s.rowsByID(ctx, r, []string{id})
	if row, stands := current[id]; stands {
		contents[row.Version] = row
	}
	return contents, err
}
