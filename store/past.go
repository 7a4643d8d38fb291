package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"jiaoheng/audit"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/unit"
)

var (
	_ round.Store       = (*Past)(nil)
	_ target.BoardStore = (*Past)(nil)
)

// Past reads the store as it stood at an instant: the versions of rows that the audit chain names last by then. What was written
// later is not there, and what was taken away later is. Indicators and rules are those of the packs of today.
//
// Every table is read from its present rows and, for the rows that were written since, from the versions that were kept; so the
// near past is as fast as the present, and the far past costs what has changed since.
type Past struct {
	store    *Store
	at       time.Time
	sequence int64 // of the last entry of the chain by then
}

// AsOf returns the store as it stood at an instant.
func (s *Store) AsOf(ctx context.Context, at time.Time) (*Past, error) {
	p := &Past{store: s, at: at}
	err := s.reads(ctx).NewRaw(`select coalesce(max(sequence), 0) from audit_entry where time <= ?`, at.UnixMilli()).Scan(ctx, &p.sequence)
	if err != nil {
		return nil, fmt.Errorf("store: the chain at %s: %w", at, err)
	}
	return p, nil
}

// Today is the day of the instant on the clocks of China.
func (p *Past) Today() period.Date { return period.DayAt(p.at) }

// Head returns the end of the chain at the instant, as far as a board asks for it.
func (p *Past) Head(context.Context) (audit.Head, error) {
	return audit.Head{Sequence: p.sequence}, nil
}

// Changed tells that nothing changes any more.
func (p *Past) Changed(context.Context, []*pack.Register, int64) (round.Changed, error) {
	return round.Changed{Sequence: p.sequence}, nil
}

// BoardChanged tells that nothing changes any more.
func (p *Past) BoardChanged(context.Context, int64) (target.BoardChanged, error) {
	return target.BoardChanged{Sequence: p.sequence}, nil
}

// stood is what the chain says of rows at the instant: their version, noRow where there was no such row.
type stood map[string]int64

const noRow int64 = -1

// since returns for every row of a table that was written after the instant which version stood then.
func (p *Past) since(ctx context.Context, table string) (stood, error) {
	var ids []string
	err := p.store.reads(ctx).NewRaw(`select distinct row_id from audit_row where sequence > ? and table_name = ?`, p.sequence, table).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("store: rows of %s written since: %w", table, err)
	}
	then := make(stood, len(ids))
	for part := range slices.Chunk(ids, 500) {
		for _, id := range part {
			then[id] = noRow
		}
		var writes []auditRow
		err := p.store.reads(ctx).NewSelect().Model(&writes).Column("row_id", "version", "operation").Where("table_name = ?", table).Where("row_id in (?)", bun.In(part)).
			Where("sequence <= ?", p.sequence).Order("sequence", "position").Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("store: rows of %s as they stood: %w", table, err)
		}
		for _, write := range writes {
			then[write.RowID] = write.Version
			if write.Operation == audit.Deleted {
				then[write.RowID] = noRow
			}
		}
	}
	return then, nil
}

// contents returns what the rows held that were written since, by id.
func (p *Past) contents(ctx context.Context, table string, then stood) (map[string]map[string]any, error) {
	var ids []string
	for id, version := range then {
		if version != noRow {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	found := make(map[string]map[string]any, len(ids))
	for part := range slices.Chunk(ids, 500) {
		var kept []rowVersion
		err := p.store.reads(ctx).NewSelect().Model(&kept).Where("table_name = ?", table).Where("row_id in (?)", bun.In(part)).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("store: versions of %s: %w", table, err)
		}
		for _, one := range kept {
			if one.RowVersion != then[one.RowID] {
				continue
			}
			var values map[string]any
			if err := json.Unmarshal([]byte(one.Content), &values); err != nil {
				return nil, fmt.Errorf("store: version of %s %s: %w", table, one.RowID, err)
			}
			found[one.RowID] = values
		}
		for _, id := range part {
			if found[id] == nil {
				return nil, fmt.Errorf("store: version %d of %s %s was not kept", then[id], table, id)
			}
		}
	}
	return found, nil
}

// RegisterEach walks the rows of a register as they stood, by unit and period.
func (p *Past) RegisterEach(ctx context.Context, r *pack.Register, query register.Query) iter.Seq2[register.Row, error] {
	return func(yield func(register.Row, error) bool) {
		older, then, err := p.older(ctx, r, query)
		if err != nil {
			yield(register.Row{}, err)
			return
		}
		for row, err := range p.store.RegisterEach(ctx, r, query) {
			if err != nil {
				yield(register.Row{}, err)
				return
			}
			if _, written := then[row.ID]; written {
				continue
			}
			for len(older) > 0 && byUnit(older[0], row) < 0 {
				if !yield(older[0], nil) {
					return
				}
				older = older[1:]
			}
			if !yield(row, nil) {
				return
			}
		}
		for _, row := range older {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// byUnit is the order of rows where no other is asked for.
func byUnit(a, b register.Row) int {
	return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Period.Start.String(), b.Period.Start.String()), cmp.Compare(a.Period.String(), b.Period.String()), cmp.Compare(a.ID, b.ID))
}

// older returns, in order, the rows that were written since as they stood, and which rows those are.
func (p *Past) older(ctx context.Context, r *pack.Register, query register.Query) ([]register.Row, stood, error) {
	if query.Sort != "" || query.Descending || query.Under != "" || query.Filters != nil {
		return nil, nil, fmt.Errorf("store: rows of %s as they stood are read by unit and period only", r.Name)
	}
	table := registerTable(r)
	then, err := p.since(ctx, table)
	if err != nil {
		return nil, nil, err
	}
	contents, err := p.contents(ctx, table, then)
	if err != nil {
		return nil, nil, err
	}
	var rows []register.Row
	for _, values := range contents {
		row, err := p.store.registerRow(r, values)
		if err != nil {
			return nil, nil, err
		}
		if !query.Period.IsZero() && row.Period != query.Period || query.Periods != nil && !row.Period.IsZero() && !slices.Contains(query.Periods, row.Period) ||
			query.Unit != "" && row.Unit != query.Unit || query.Units != nil && !slices.Contains(query.Units, row.Unit) {
			continue
		}
		if !query.Personal {
			register.Mask(r, &row)
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, byUnit)
	return rows, then, nil
}

// RegisterReported returns every unit and period that had a row.
func (p *Past) RegisterReported(ctx context.Context, r *pack.Register) ([]register.Reported, error) {
	seen := map[register.Reported]bool{}
	var reported []register.Reported
	for row, err := range p.RegisterEach(ctx, r, register.Query{}) {
		if err != nil {
			return nil, err
		}
		if one := (register.Reported{Unit: row.Unit, Period: row.Period}); !seen[one] {
			seen[one] = true
			reported = append(reported, one)
		}
	}
	return reported, nil
}

// RegisterUnits tells for each unit that had rows how many, and when the last of them was reported.
func (p *Past) RegisterUnits(ctx context.Context, r *pack.Register, query register.Query) (map[string]register.Reports, error) {
	units := map[string]register.Reports{}
	for row, err := range p.RegisterEach(ctx, r, query) {
		if err != nil {
			return nil, err
		}
		one := units[row.Unit]
		one.Rows++
		if row.Origin.At.After(one.Last) {
			one.Last = row.Origin.At
		}
		units[row.Unit] = one
	}
	return units, nil
}

// rowsThen reads the rows of a table as they stood, in order of their ids.
func rowsThen[T any](ctx context.Context, p *Past) ([]T, error) {
	table := tableOf[T](p.store)
	then, err := p.since(ctx, table.Name)
	if err != nil {
		return nil, err
	}
	contents, err := p.contents(ctx, table.Name, then)
	if err != nil {
		return nil, err
	}
	var rows, all []T
	if err := p.store.reads(ctx).NewSelect().Model(&rows).Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: %s as it stood: %w", table.Name, err)
	}
	for i := range rows {
		if _, written := then[idOf(table, &rows[i])]; !written {
			all = append(all, rows[i])
		}
	}
	for _, values := range contents {
		var row T
		if err := fillRow(table, reflect.ValueOf(&row).Elem(), values); err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	slices.SortFunc(all, func(a, b T) int { return cmp.Compare(idOf(table, &a), idOf(table, &b)) })
	return all, nil
}

// fillRow writes the values of a kept version, which JSON made of texts and numbers, into a row.
func fillRow(table *schema.Table, row reflect.Value, values map[string]any) error {
	for name, value := range values {
		field := table.FieldMap[name]
		if field == nil || value == nil {
			continue
		}
		into := field.Value(row)
		switch v := value.(type) {
		case string:
			if into.Kind() == reflect.String {
				into.SetString(v)
				continue
			}
		case float64:
			if into.CanInt() {
				into.SetInt(int64(v))
				continue
			}
			if into.CanFloat() {
				into.SetFloat(v)
				continue
			}
		}
		return fmt.Errorf("store: version of %s: column %s holds %T", table.Name, name, value)
	}
	return nil
}

// Units returns every unit as it stood, in order of code.
func (p *Past) Units(ctx context.Context) ([]unit.Unit, error) {
	rows, err := rowsThen[unitRow](ctx, p)
	if err != nil {
		return nil, err
	}
	units := make([]unit.Unit, len(rows))
	for i, row := range rows {
		units[i] = row.unit()
	}
	return units, nil
}

// History returns the history of every unit as it was known.
func (p *Past) History(ctx context.Context) (*unit.History, error) {
	units, err := p.Units(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := rowsThen[unitEventRow](ctx, p)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b unitEventRow) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Number, b.Number)) })
	events := make([]unit.Event, len(rows))
	for i, row := range rows {
		if events[i], err = row.event(); err != nil {
			return nil, err
		}
	}
	return unit.NewHistory(units, events), nil
}

// Plans returns the plans that had been adopted, as their last version of then says.
func (p *Past) Plans(ctx context.Context) ([]plan.Plan, error) {
	plans, err := p.store.Plans(ctx)
	if err != nil {
		return nil, err
	}
	var then []plan.Plan
	for _, one := range plans {
		versions, err := p.store.PlanVersions(ctx, one.ID)
		if err != nil {
			return nil, err
		}
		one.Versions = 0
		for _, version := range versions {
			if !version.At.After(p.at) {
				one.Versions, one.Changed = version.Number, version.At
			}
		}
		if one.Versions == 0 {
			continue
		}
		last, err := p.store.PlanVersion(ctx, one.ID, one.Versions)
		if err != nil {
			return nil, err
		}
		one.Title, one.Region, one.From, one.To = last.Content.Title, last.Content.Region, last.Content.From, last.Content.To
		then = append(then, one)
	}
	return then, nil
}

// PlanVersion returns one version; versions never change.
func (p *Past) PlanVersion(ctx context.Context, id string, number int) (plan.Version, error) {
	return p.store.PlanVersion(ctx, id, number)
}

// SplitsInForce returns the splits that held.
func (p *Past) SplitsInForce(ctx context.Context, planID string) ([]target.Split, error) {
	return p.store.SplitsOn(ctx, planID, p.at)
}

// Bindings returns every binding that had been proposed, as far as it had come.
func (p *Past) Bindings(ctx context.Context, planID string) ([]target.Binding, error) {
	all, err := p.store.Bindings(ctx, planID)
	var then []target.Binding
	for _, one := range all {
		if one.At.After(p.at) {
			continue
		}
		if one.ApprovedAt.After(p.at) {
			one.State, one.ApprovedBy, one.ApprovedAt = target.Proposed, "", time.Time{}
		}
		then = append(then, one)
	}
	return then, err
}
