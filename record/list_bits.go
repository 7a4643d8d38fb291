package record

import (
	"encoding/json"
	"fmt"
	"math/bits"

	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// keptSets is how many sets an image keeps; a set of a million rows takes 125 KB.
const keptSets = 96

// rowSet is a set of rows of an image, one bit for each.
type rowSet []uint64

func newRowSet(rows int) rowSet { return make(rowSet, (rows+63)/64) }

func (s rowSet) has(i int32) bool { return s[i>>6]&(1<<(i&63)) != 0 }

// put adds a row or takes it away.
func (s rowSet) put(i int32, in bool) {
	if in {
		s[i>>6] |= 1 << (i & 63)
	} else {
		s[i>>6] &^= 1 << (i & 63)
	}
}

func (s rowSet) count() int {
	count := 0
	for _, word := range s {
		count += bits.OnesCount64(word)
	}
	return count
}

// each calls do for every row of the set in the order of their numbers.
func (s rowSet) each(do func(i int32)) {
	for at, word := range s {
		for ; word != 0; word &= word - 1 {
			do(int32(at<<6 + bits.TrailingZeros64(word)))
		}
	}
}

// and returns the rows that are in both sets.
func (s rowSet) and(other rowSet) rowSet {
	both := make(rowSet, len(s))
	for at := range s {
		both[at] = s[at] & other[at]
	}
	return both
}

// both counts the rows that are in both sets.
func (s rowSet) both(other rowSet) int {
	count := 0
	for at := range s {
		count += bits.OnesCount64(s[at] & other[at])
	}
	return count
}

// condition is one thing that a query asks of rows.
type condition struct {
	key   string // equal keys ask the same until the image is read anew; "" when the answer must not be kept
	holds func(i int) bool
	of    *unit.Tree // by which the answer was worked out, where it depends on units
}

// keptSet is the set of the rows for which a condition holds. It is corrected when rows change.
type keptSet struct {
	condition
	rows rowSet
	used int64
}

// setOf returns the rows for which a condition holds. The lock of the image is held for reading, and so long the set stays
// as it is; nobody writes to it.
func (m *image) setOf(c condition) rowSet {
	if c.key == "" {
		return m.walked(c)
	}
	m.keeping.Lock()
	defer m.keeping.Unlock()
	m.uses++
	if kept := m.sets[c.key]; kept != nil {
		kept.used = m.uses
		return kept.rows
	}
	rows := m.walked(c)
	if len(m.sets) >= keptSets {
		oldest := ""
		for key, one := range m.sets {
			if oldest == "" || one.used < m.sets[oldest].used {
				oldest = key
			}
		}
		delete(m.sets, oldest)
	}
	m.sets[c.key] = &keptSet{condition: c, rows: rows, used: m.uses}
	return rows
}

// walked asks every row.
func (m *image) walked(c condition) rowSet {
	rows := newRowSet(len(m.ids))
	for i := range m.ids {
		if c.holds(i) {
			rows[i>>6] |= 1 << (i & 63)
		}
	}
	return rows
}

// correct brings what is kept in line with a row that was written. The lock of the image is held for writing.
func (m *image) correct(at int32) {
	for _, one := range m.sets {
		for len(one.rows)*64 <= int(at) {
			one.rows = append(one.rows, 0)
		}
		one.rows.put(at, one.holds(int(at)))
	}
}

// chosen returns the rows that the query names; nobody writes to the set.
func (m *image) chosen(query Query) (rowSet, error) {
	conditions, asked, err := m.conditions(query)
	if err != nil {
		return nil, err
	}
	if asked != nil {
		if rows := m.rowsOfUnits(asked); rows != nil {
			return m.among(rows, conditions), nil
		}
		conditions = append(conditions, m.inUnits(query.Query, asked))
	}
	var set rowSet
	for _, c := range conditions {
		if c.key == "" {
			continue
		}
		if one := m.setOf(c); set == nil {
			set = one
		} else {
			set = set.and(one)
		}
	}
	for _, c := range conditions {
		switch {
		case c.key != "":
		case set == nil:
			set = m.setOf(c)
		default:
			var all []int32
			set.each(func(i int32) { all = append(all, i) })
			set = m.among(all, []condition{c})
		}
	}
	if set == nil {
		set = m.setOf(condition{key: "all", holds: func(int) bool { return true }})
	}
	return set, nil
}

// among returns those of some rows for which every condition holds.
func (m *image) among(rows []int32, conditions []condition) rowSet {
	set := newRowSet(len(m.ids))
next:
	for _, i := range rows {
		for _, c := range conditions {
			if !c.holds(int(i)) {
				continue next
			}
		}
		set.put(i, true)
	}
	return set
}

// rowsOfUnits returns the rows of the units when they are few; nil when it is better to look at all.
func (m *image) rowsOfUnits(asked []bool) []int32 {
	count := 0
	for u, one := range asked {
		if one {
			count += len(m.rowsOf[u])
		}
	}
	if count > len(m.ids)/32+64 {
		return nil
	}
	rows := make([]int32, 0, count)
	for u, one := range asked {
		if one {
			rows = append(rows, m.rowsOf[u]...)
		}
	}
	return rows
}

// inUnits asks for the rows of the units. Units that come later make other keys.
func (m *image) inUnits(query register.Query, asked []bool) condition {
	tree := m.desk.units()
	return condition{key: fmt.Sprintf("unit %q %q %q %p %d", query.Unit, query.Units, query.Under, tree, len(m.units)), of: tree,
		holds: func(i int) bool { u := m.unit[i]; return int(u) < len(asked) && asked[u] }}
}

// keyOf is the key of what a filter asks; none when it cannot be written down.
func keyOf(f register.Filter) string {
	text, err := json.Marshal(f)
	if err != nil {
		return ""
	}
	return "where " + string(text)
}

// ofState asks for the rows of a state by its number, 0 for rows whose state the lifecycle does not know.
func (m *image) ofState(n int) condition {
	states := m.column(pack.ColumnState)
	return condition{key: fmt.Sprintf("state %d", n), holds: func(i int) bool { return int(states.options[i]) == n }}
}
