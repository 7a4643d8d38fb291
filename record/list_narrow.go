package record

import (
	"bytes"
	"math"
	"slices"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// conditions returns what the query asks of rows, and apart from it of which units they may be (nil: of all).
func (m *image) conditions(query Query) ([]condition, []bool, error) {
	var all []condition
	for _, f := range query.Filters {
		c := m.column(f.Column)
		if c == nil {
			return nil, nil, unfitColumn(m.register, f.Column)
		}
		if len(m.ids) > 0 {
			all = append(all, condition{key: keyOf(f), holds: every(c.conditions(f))})
		}
	}
	if len(m.ids) == 0 {
		return all, nil, nil
	}
	if query.Open {
		all = append(all, condition{key: "open", holds: m.clocks(Query{Open: true})})
	}
	if query.Overdue {
		all = append(all, condition{key: "overdue " + m.desk.store.Today().String(), holds: m.clocks(Query{Overdue: true})})
	}
	if query.Silent { // follows the clock, so it is asked anew
		all = append(all, condition{holds: m.clocks(Query{Silent: true})})
	}
	if query.Waits != nil {
		all = append(all, condition{holds: m.waitsOf(*query.Waits)})
	}
	if query.Seen != nil {
		all = append(all, condition{holds: m.seen(*query.Seen)})
	}
	asked := m.unitsOf(query.Query)
	if !slices.Contains(asked, false) {
		asked = nil
	}
	return all, asked, nil
}

// every joins conditions.
func every(all []func(i int) bool) func(i int) bool {
	if len(all) == 1 {
		return all[0]
	}
	return func(i int) bool {
		for _, one := range all {
			if !one(i) {
				return false
			}
		}
		return true
	}
}

// unitsOf tells of each unit of the image whether its rows are asked for; nil: those of all.
func (m *image) unitsOf(query register.Query) []bool {
	if query.Unit == "" && query.Units == nil && query.Under == "" {
		return nil
	}
	tree := m.desk.units()
	below := tree.SubtreeOf(query.Under)
	asked := make([]bool, len(m.units))
	for u, code := range m.units {
		n, known := tree.Number(code)
		asked[u] = (query.Unit == "" || code == query.Unit) && (query.Units == nil || slices.Contains(query.Units, code)) &&
			(query.Under == "" || known && below.Contains(n))
	}
	return asked
}

// clocks tells which rows are open, overdue or silent, as the query asks.
func (m *image) clocks(query Query) func(i int) bool {
	today, states, due := m.desk.store.Today(), m.column(pack.ColumnState), m.column(pack.ColumnDue)
	type clock struct {
		known, open, runs bool
		silent            int64
	}
	clocks := make([]clock, len(m.register.Life.States)+1)
	for n, state := range m.register.Life.States {
		clocks[n+1] = clock{known: true, open: state.Open(), runs: state.Running(), silent: silentSince(m.desk.store.Now(), state.Silent)}
	}
	return func(i int) bool {
		c := clocks[states.options[i]]
		return (!query.Open || c.open) && (!query.Overdue || c.runs && overdueOn(due.days[i], today)) &&
			(!query.Silent || c.silent > 0 && c.open && m.changed[i] < c.silent)
	}
}

// conditions returns what a filter asks of the rows.
func (c *imageColumn) conditions(f register.Filter) []func(i int) bool {
	var all []func(i int) bool
	if f.Is != nil {
		all = append(all, c.is(*f.Is))
	}
	if f.Least != nil && c.numbers != nil {
		all = append(all, func(i int) bool { return c.numbers[i] >= *f.Least })
	}
	if f.Most != nil && c.numbers != nil {
		all = append(all, func(i int) bool { return c.numbers[i] <= *f.Most })
	}
	if from := dayOf(f.From); f.From != "" && c.days != nil {
		all = append(all, func(i int) bool { return c.days[i] >= from && c.days[i] > 0 })
	}
	if until := dayOf(f.Until); f.Until != "" && c.days != nil {
		all = append(all, func(i int) bool { return c.days[i] <= until && c.days[i] > 0 })
	}
	if f.In != nil {
		all = append(all, c.oneOf(f.In))
	}
	if f.Contains != "" && c.texts.size != nil {
		wanted := []byte(f.Contains)
		all = append(all, func(i int) bool { return bytes.Contains(c.texts.get(i), wanted) })
	}
	return all
}

// is tells which rows have a cell; an unknown one asks for rows where it is empty.
func (c *imageColumn) is(cell register.Cell) func(i int) bool {
	switch {
	case c.numbers != nil && !cell.Known:
		return func(i int) bool { return math.IsNaN(c.numbers[i]) }
	case c.numbers != nil:
		return func(i int) bool { return c.numbers[i] == cell.Number }
	case c.options != nil:
		wanted := c.option[cell.Text]
		return func(i int) bool { return c.options[i] == wanted && (wanted > 0 || !cell.Known) }
	case c.days != nil:
		wanted := dayOf(cell.Text)
		return func(i int) bool { return c.days[i] == wanted && (wanted > 0 || !cell.Known) }
	case !cell.Known:
		return func(i int) bool { return c.texts.size[i] < 0 }
	}
	wanted := []byte(cell.Text)
	return func(i int) bool { return c.texts.size[i] >= 0 && bytes.Equal(c.texts.get(i), wanted) }
}

// oneOf tells which rows have one of some texts.
func (c *imageColumn) oneOf(names []string) func(i int) bool {
	if c.options != nil {
		wanted := make([]bool, len(c.declared.Choices)+1)
		for _, name := range names {
			if n := c.option[name]; n > 0 {
				wanted[n] = true
			}
		}
		return func(i int) bool { return wanted[c.options[i]] }
	}
	if c.texts.size != nil {
		return func(i int) bool { return c.texts.size[i] >= 0 && slices.Contains(names, string(c.texts.get(i))) }
	}
	var days []int32
	for _, name := range names {
		if _, ok := period.ParseDate(name); ok {
			days = append(days, dayOf(name))
		}
	}
	return func(i int) bool { return c.days != nil && slices.Contains(days, c.days[i]) }
}
