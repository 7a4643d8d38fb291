package record

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// keptOrders is how many orders an image keeps; one of a million rows takes 4 MB.
const keptOrders = 8

// keptOrder is every row of an image in one order. It is corrected when rows change.
type keptOrder struct {
	name       string
	descending bool
	rows       []int32
	used       int64
}

// few is the share of all rows below which the rows of a set are sorted, instead of being looked for in an order of all.
const few = 256

// first returns the rows of a page of a set, which holds count rows, by number.
func (m *image) first(set rowSet, count int, query Query) ([]int32, error) {
	if !m.sorts(query.Sort) {
		return nil, unfitColumn(m.register, query.Sort)
	}
	from, until := min(max(query.Offset, 0), count), min(max(query.Offset, 0)+max(query.Limit, 0), count)
	if from >= until {
		return nil, nil
	}
	var order []int32
	if count >= len(m.ids)/few {
		order = m.ordered(query.Sort, query.Descending)
	}
	if order == nil {
		return topOf(set, m.order(query.Sort, query.Descending), until)[from:], nil
	}
	rows := make([]int32, 0, until-from)
	at := 0
	for _, i := range order {
		if !set.has(i) {
			continue
		}
		if at++; at > from {
			rows = append(rows, i)
		}
		if at == until {
			break
		}
	}
	return rows, nil
}

// topOf returns the first rows of a set in an order.
func topOf(set rowSet, less func(a, b int32) bool, most int) []int32 {
	top := &topRows{less: less, most: most}
	set.each(top.offer)
	slices.SortFunc(top.rows, func(a, b int32) int { return sign(less(a, b), less(b, a)) })
	return top.rows
}

// ordered returns every row in an order, nil for the columns of texts: to sort a million of them takes too long. The lock of
// the image is held for reading, and so long the order stays as it is.
func (m *image) ordered(name string, descending bool) []int32 {
	c := m.column(name)
	if c != nil && c.texts.size != nil {
		return nil
	}
	m.keeping.Lock()
	defer m.keeping.Unlock()
	m.uses++
	for _, one := range m.orders {
		if one.name == name && one.descending == descending {
			one.used = m.uses
			return one.rows
		}
	}
	rows := m.sortedBy(c, descending)
	if len(m.orders) >= keptOrders {
		slices.SortFunc(m.orders, func(a, b *keptOrder) int { return -cmp.Compare(a.used, b.used) })
		m.orders = m.orders[:keptOrders-1]
	}
	m.orders = append(m.orders, &keptOrder{name: name, descending: descending, rows: rows, used: m.uses})
	return rows
}

// sortedBy sorts every row by a column, nil for that of units. Rows of a unit are kept in the order of their ids, so
// that columns with few values need no comparing.
func (m *image) sortedBy(c *imageColumn, descending bool) []int32 {
	rows := make([]int32, 0, len(m.ids))
	for _, u := range m.unitsInOrder() {
		rows = append(rows, m.rowsOf[u]...)
	}
	switch {
	case c == nil:
		if descending {
			slices.Reverse(rows)
		}
		return rows
	case c.days != nil:
		return byValue(rows, descending, func(i int32) int32 { return c.days[i] })
	case c.options != nil:
		return byValue(rows, descending, func(i int32) int32 { return int32(c.options[i]) })
	}
	place := make([]int32, len(rows)) // of each row by its number, so that equal cells need one more comparison only
	for n, i := range rows {
		place[i] = int32(n)
	}
	compare := c.comparison(descending)
	slices.SortFunc(rows, func(a, b int32) int {
		if order := compare(a, b); order != 0 {
			return order
		}
		return cmp.Compare(place[a], place[b])
	})
	return rows
}

// unitsInOrder returns the units by their codes.
func (m *image) unitsInOrder() []int32 {
	units := make([]int32, len(m.units))
	for u := range units {
		units[u] = int32(u)
	}
	slices.SortFunc(units, func(a, b int32) int { return strings.Compare(m.units[a], m.units[b]) })
	return units
}

// byValue sorts rows by whole numbers of which there are few, 0 last; rows of one number stay in their order.
func byValue(rows []int32, descending bool, value func(i int32) int32) []int32 {
	counts := map[int32]int{}
	for _, i := range rows {
		counts[value(i)]++
	}
	values := make([]int32, 0, len(counts))
	for one := range counts {
		values = append(values, one)
	}
	slices.SortFunc(values, func(a, b int32) int {
		if a == 0 || b == 0 {
			return cmp.Compare(b2i(a == 0), b2i(b == 0))
		}
		if descending {
			return cmp.Compare(b, a)
		}
		return cmp.Compare(a, b)
	})
	next, from := make(map[int32]*int, len(values)), 0
	for _, one := range values {
		at := from
		next[one], from = &at, from+counts[one]
	}
	sorted := make([]int32, len(rows))
	for _, i := range rows {
		at := next[value(i)]
		sorted[*at] = i
		*at++
	}
	return sorted
}

// reorder puts rows that were written where they now belong in every order that is kept. The lock of the image is held for
// writing.
func (m *image) reorder(written []int32) {
	if len(m.orders) == 0 || len(written) == 0 {
		return
	}
	moved := newRowSet(len(m.ids))
	for _, i := range written {
		moved.put(i, true)
	}
	for _, one := range m.orders {
		less := m.order(one.name, one.descending)
		rest := slices.DeleteFunc(one.rows, moved.has)
		var come []int32
		moved.each(func(i int32) { come = append(come, i) })
		slices.SortFunc(come, func(a, b int32) int { return sign(less(a, b), less(b, a)) })
		rows, from := make([]int32, 0, len(m.ids)+len(m.ids)/64), 0
		for _, i := range come {
			to := from + sort.Search(len(rest)-from, func(k int) bool { return less(i, rest[from+k]) })
			rows = append(append(rows, rest[from:to]...), i)
			from = to
		}
		one.rows = append(rows, rest[from:]...)
	}
}

// filed enters a row with its unit. While everything is read the rows of a unit stand in any order; see file.
func (m *image) filed(at, unit int32, reading bool) {
	rows := m.rowsOf[unit]
	if reading {
		m.rowsOf[unit] = append(rows, at)
		return
	}
	n, _ := slices.BinarySearchFunc(rows, at, m.byID)
	m.rowsOf[unit] = slices.Insert(rows, n, at)
}

// unfiled takes a row from its unit.
func (m *image) unfiled(at, unit int32) {
	rows := m.rowsOf[unit]
	if n, found := slices.BinarySearchFunc(rows, at, m.byID); found {
		m.rowsOf[unit] = slices.Delete(rows, n, n+1)
	}
}

// file sorts the rows of every unit by id.
func (m *image) file() {
	for _, rows := range m.rowsOf {
		slices.SortFunc(rows, m.byID)
	}
}

func (m *image) byID(a, b int32) int { return strings.Compare(m.ids[a], m.ids[b]) }
