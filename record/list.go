package record

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"math"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// Query names rows of a living register. Zero parts do not narrow.
type Query struct {
	register.Query
	Open    bool         // something is still to be done, see lifecycle.State.Open
	Overdue bool         // the deadline has passed, the clock runs
	Silent  bool         // nobody changed it for longer than its state allows
	Waits   *access.Post // somebody in the post has to act
	Seen    *access.Post // somebody in the post may look at it
}

// List is one page of rows with how many there are in all.
type List struct {
	Rows  []register.Row
	Count int
}

// List returns a page of the rows that the query names, personal cells masked, and counts them all. Limit is MaxPage unless
// it is smaller. Rows without a value in the column of the order stand last.
//
// Errors: a fault for a column that is personal, computed or unknown.
func (d *Desk) List(ctx context.Context, r *pack.Register, query Query) (List, error) {
	if query.Limit <= 0 || query.Limit > MaxPage {
		query.Limit = MaxPage
	}
	m, err := d.imageOf(ctx, r)
	if err != nil {
		return List{}, err
	}
	ids, count, err := m.page(query)
	m.lock.RUnlock()
	if err != nil {
		return List{}, err
	}
	rows, err := d.rowsInOrder(ctx, r, ids)
	return List{Rows: rows, Count: count}, err
}

// First returns the first rows that the query names, personal cells masked; Limit is register.MaxPage unless it is smaller.
func (d *Desk) First(ctx context.Context, r *pack.Register, query register.Query) ([]register.Row, error) {
	if query.Limit <= 0 || query.Limit > register.MaxPage {
		query.Limit = register.MaxPage
	}
	m, err := d.imageOf(ctx, r)
	if err != nil {
		return nil, err
	}
	ids, _, err := m.page(Query{Query: query})
	m.lock.RUnlock()
	if err != nil {
		return nil, err
	}
	return d.rowsInOrder(ctx, r, ids)
}

func (d *Desk) rowsInOrder(ctx context.Context, r *pack.Register, ids []string) ([]register.Row, error) {
	found, err := d.store.RegisterByID(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]register.Row, 0, len(ids))
	for _, id := range ids {
		if row, stands := found[id]; stands {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// page returns the ids of a page and how many rows there are.
func (m *image) page(query Query) ([]string, int, error) {
	set, err := m.chosen(query)
	if err != nil {
		return nil, 0, err
	}
	count := set.count()
	rows, err := m.first(set, count, query)
	return m.idsOf(rows), count, err
}

func (m *image) idsOf(rows []int32) []string {
	ids := make([]string, len(rows))
	for n, i := range rows {
		ids[n] = m.ids[i]
	}
	return ids
}

func sign(less, more bool) int {
	switch {
	case less:
		return -1
	case more:
		return 1
	}
	return 0
}

// topRows keeps the first rows of an order: a heap whose root is the last of them.
type topRows struct {
	less func(a, b int32) bool
	most int
	rows []int32
}

// Len is how many rows are kept.
func (t *topRows) Len() int { return len(t.rows) }

// Less tells whether a row stands nearer to the root: the later one of the order does.
func (t *topRows) Less(a, b int) bool { return t.less(t.rows[b], t.rows[a]) }

// Swap exchanges two rows.
func (t *topRows) Swap(a, b int) { t.rows[a], t.rows[b] = t.rows[b], t.rows[a] }

// Push adds a row, as package heap asks for.
func (t *topRows) Push(row any) { t.rows = append(t.rows, row.(int32)) }

// Pop is never needed: the root is replaced.
func (t *topRows) Pop() any {
	panic("record: the first rows of an order are replaced, never taken out")
}

func (t *topRows) offer(row int32) {
	switch {
	case t.most == 0:
	case len(t.rows) < t.most:
		heap.Push(t, row)
	case t.less(row, t.rows[0]):
		t.rows[0] = row
		heap.Fix(t, 0)
	}
}

// Tally counts the rows that the query names by state; page and order do not matter.
func (d *Desk) Tally(ctx context.Context, r *pack.Register, query Query) (map[string]int, error) {
	m, err := d.imageOf(ctx, r)
	if err != nil {
		return nil, err
	}
	defer m.lock.RUnlock()
	set, err := m.chosen(query)
	if err != nil {
		return nil, err
	}
	tally := map[string]int{}
	for n, state := range m.register.Life.States {
		tally[state.Name] = 0
		if len(m.ids) > 0 {
			tally[state.Name] = set.both(m.setOf(m.ofState(n + 1)))
		}
	}
	return tally, nil
}

// Count counts the rows that the query names.
func (d *Desk) Count(ctx context.Context, r *pack.Register, query Query) (int, error) {
	tally, err := d.Tally(ctx, r, query)
	count := 0
	for _, one := range tally {
		count += one
	}
	return count, err
}

// sorts tells whether rows can be sorted by a column.
func (m *image) sorts(name string) bool {
	return name == "" || name == "unit" || name == "period" || m.column(name) != nil
}

// order returns which of two rows comes first: by the column, then by unit and id. Rows without a value stand last.
func (m *image) order(name string, descending bool) func(a, b int32) bool {
	byUnit := func(a, b int32) int {
		if x, y := m.unit[a], m.unit[b]; x != y {
			return strings.Compare(m.units[x], m.units[y])
		}
		return strings.Compare(m.ids[a], m.ids[b])
	}
	c := m.column(name)
	switch {
	case c == nil && descending:
		return func(a, b int32) bool { return byUnit(b, a) < 0 }
	case c == nil:
		return func(a, b int32) bool { return byUnit(a, b) < 0 }
	}
	compare := c.comparison(descending)
	return func(a, b int32) bool {
		if order := compare(a, b); order != 0 {
			return order < 0
		}
		return byUnit(a, b) < 0
	}
}

// comparison compares the cells of two rows, empty ones last either way.
func (c *imageColumn) comparison(descending bool) func(a, b int32) int {
	turn := 1
	if descending {
		turn = -1
	}
	last := func(a, b bool) int { return cmp.Compare(b2i(a), b2i(b)) }
	switch {
	case c.numbers != nil:
		return func(a, b int32) int {
			x, y := c.numbers[a], c.numbers[b]
			if math.IsNaN(x) || math.IsNaN(y) {
				return last(math.IsNaN(x), math.IsNaN(y))
			}
			return turn * cmp.Compare(x, y)
		}
	case c.options != nil:
		return func(a, b int32) int {
			x, y := c.options[a], c.options[b]
			if x == 0 || y == 0 {
				return last(x == 0, y == 0)
			}
			return turn * cmp.Compare(x, y)
		}
	case c.days != nil:
		return func(a, b int32) int {
			x, y := c.days[a], c.days[b]
			if x == 0 || y == 0 {
				return last(x == 0, y == 0)
			}
			return turn * cmp.Compare(x, y)
		}
	}
	return func(a, b int32) int {
		if x, y := c.texts.size[a] < 0, c.texts.size[b] < 0; x || y {
			return last(x, y)
		}
		return turn * bytes.Compare(c.texts.get(int(a)), c.texts.get(int(b)))
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func unfitColumn(r *pack.Register, name string) fault.List {
	return fault.List{fault.New("register.column_unfit", message.Args{"column": name, "register": r.Title})}
}

// silentSince returns the time before which a row of the state must have changed to count as silent, 0 for never.
func silentSince(now time.Time, days int) int64 {
	if days <= 0 {
		return 0
	}
	return now.AddDate(0, 0, -days).UnixMilli()
}

// overdueOn tells whether a deadline has passed on a day.
func overdueOn(due int32, today period.Date) bool { return due > 0 && due < numberOf(today) }
