package pack

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/measure"
	"jiaoheng/message"
)

// register checks the columns, checks and items of a register against each other.
func (l *linker) register(s *Scope, r *Register) {
	l.source(s, r.Source)
	for _, name := range r.Key {
		if c := r.column(name); c == nil {
			l.named(r.Place, "pack.unknown_column", message.Args{"name": name, "register": r.Name})
		} else if c.Computed() {
			l.fault(c.Place, "pack.key_computed", message.Args{"name": name})
		}
	}
	l.registerKeys(s, r)
	row := s.reportedItems(r)
	for _, c := range r.Columns {
		l.source(s, c.Source)
		l.columnKeys(s, r, c, row)
		switch c.Type {
		case Flag:
			l.formula(c.Formula, row, expr.Wanted{Type: expr.Logical})
		case Choice:
			l.formula(c.Formula, row, expr.Wanted{Type: expr.Numeric}, countTo(len(c.Choices))...)
		default:
			l.formula(c.Formula, row, expr.Wanted{Type: expr.Numeric, Measure: &c.Measure})
		}
		if c.Lookup != nil {
			l.lookup(s, r, c)
		}
	}
	l.columnCircles(r)
	for _, check := range r.Checks {
		l.plausible(check.That, row)
	}
	row = s.RowItems(r)
	for _, item := range r.Items {
		l.source(s, item.Source)
		l.item(s, r, item, row)
	}
}

// countTo returns the numbers of choices: the formula of a choice gives the number of the option, from 1.
func countTo(n int) []float64 {
	var all []float64
	for i := range n {
		all = append(all, float64(i+1))
	}
	return all
}

// plausible checks the formula of a check. What a register takes to be plausible is no rule: any number may stand there.
func (l *linker) plausible(f *Formula, items expr.Items) {
	if f == nil {
		return
	}
	ready, faults := expr.Load(f.Place, f.Text, items, expr.Wanted{Type: expr.Logical})
	l.faults.Add(faults...)
	f.Ready = ready
}

// columnCircles reports columns that are computed from each other.
func (l *linker) columnCircles(r *Register) {
	var names []string
	for _, c := range r.Columns {
		names = append(names, c.Name)
	}
	next := func(name string) []string {
		c := r.column(name)
		switch {
		case c == nil:
			return nil
		case c.Lookup != nil:
			return []string{c.Lookup.Value}
		case c.Formula != nil && c.Formula.Ready != nil:
			var all []string
			for _, reference := range c.Formula.Ready.References() {
				all = append(all, reference.Name)
			}
			return all
		}
		return nil
	}
	for _, circle := range circles(names, next) {
		l.fault(r.column(circle[0]).Place, "pack.column_circle", message.Args{"names": arrows(circle)})
	}
}

// lookup checks that the table exists, that the value is a number of the row and that the row has the columns of the table.
func (l *linker) lookup(s *Scope, r *Register, c *Column) {
	if value := r.column(c.Lookup.Value); value == nil {
		l.named(c.Lookup.Place, "pack.unknown_column", message.Args{"name": c.Lookup.Value, "register": r.Name})
	} else if !value.Type.Numeric() {
		l.named(c.Lookup.Place, "pack.lookup_value", message.Args{"name": c.Lookup.Value})
	}
	table, known := s.tables[c.Lookup.Table]
	if !known {
		l.unknown(c.Lookup.Place, "pack.unknown_table", c.Lookup.Table, slices.Sorted(maps.Keys(s.tables)))
		return
	}
	for at, name := range table.By {
		column := r.column(name)
		if column == nil || column.Type != Choice {
			l.fault(c.Lookup.Place, "pack.lookup_by", message.Args{"name": name, "table": table.Name})
			continue
		}
		for _, row := range table.Rows {
			if at < len(row.By) && !slices.ContainsFunc(column.Choices, func(o Option) bool { return o.Name == row.By[at] }) {
				l.fault(row.Place, "pack.row_choice", message.Args{"value": row.By[at], "column": name, "register": r.Name})
			}
		}
	}
}

// item checks an item that is computed from rows, or from groups of rows.
func (l *linker) item(s *Scope, r *Register, item *Item, row expr.Items) {
	if len(item.Per) == 0 {
		l.aggregate(r, &item.Aggregate, row, &item.Measure)
		return
	}
	for _, name := range item.Per {
		if r.column(name) == nil {
			l.named(item.Place, "pack.unknown_column", message.Args{"name": name, "register": r.Name})
		}
	}
	group := s.RowItems(r, item.Per...)
	for _, a := range item.Let {
		if _, taken := group[a.Name]; taken {
			l.fault(a.Place, "pack.let_taken", message.Args{"name": a.Name})
		}
		group[a.Name] = l.aggregate(r, a, row, nil)
	}
	if item.Dated != "" {
		l.fault(item.Place, "pack.dated_group", nil)
	}
	l.aggregate(r, &item.Aggregate, group, &item.Measure)
}

// aggregate checks one aggregate over rows and returns what it gives. declared is what it must count, nil when it is not said.
func (l *linker) aggregate(r *Register, a *Aggregate, items expr.Items, declared *measure.Measure) expr.Item {
	wanted := expr.Wanted{Type: expr.Numeric, Measure: declared}
	if a.Kind == CountOf {
		wanted = expr.Wanted{Type: expr.Logical}
	}
	l.formula(a.Of, items, wanted)
	l.formula(a.Where, items, expr.Wanted{Type: expr.Logical})
	if a.Years != nil {
		l.formula(a.Years, items, expr.Wanted{Type: expr.Numeric})
	}
	if a.Dated != "" {
		if c := r.column(a.Dated); c == nil || c.Type != Date {
			l.named(a.Place, "pack.dated_column", message.Args{"name": a.Dated, "register": r.Name})
		}
	}
	result := expr.Item{Type: expr.Numeric}
	if a.Kind != CountOf && a.Of != nil && a.Of.Ready != nil {
		result.Measure = a.Of.Ready.Measure()
	}
	return result
}
