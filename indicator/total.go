package indicator

import (
	"math"

	"jiaoheng/frame"
	"jiaoheng/measure"
)

// tally is the memory in which totals are added up, one for each row.
type tally []sum

// sum is held as two numbers, so that what rounding takes is kept.
type sum struct {
	high, low     float64
	lacks, counts int32
}

// ready clears the rows of a line. The parent of a row of a line is on it too, but for units that stand in odd places.
func (t *tally) ready(n int, line []int32) {
	if len(*t) < n {
		*t = make(tally, n)
		return
	}
	for _, row := range line {
		(*t)[row] = sum{}
	}
}

// extended returns a column with the own cells of the units that take part in a scene and, for the units above, totals.
//
// Missing: a total has no value when a counted unit that must report is silent, with the reasons of all of them joined;
// silence of an optional register does not count. A unit that the population leaves out has its reason.
func (r *Run) extended(name string, found *raw, at scene) *frame.Column {
	s := r.Space
	members := r.membersOf(found.kinds, at)
	out := frame.NewColumn(s.n)
	if found.column != nil {
		for row := range members.Counted.Each(0, s.n) {
			if found.column.Present.Get(row) {
				out.Numbers[row] = found.column.Numbers[row]
				out.Present.Set(row)
			}
		}
		for row, why := range found.column.Reasons {
			if members.Counted.Get(row) {
				setReason(out, row, why)
			}
		}
	}
	for row, why := range members.why {
		setReason(out, row, why)
	}
	r.totals(name, found, members, out)
	return out
}

// totals adds up a column for every unit above those that have the item.
func (r *Run) totals(name string, found *raw, members *Members, out *frame.Column) {
	s, above := r.Space, found.kinds.above()
	line := s.line(found.kinds)
	r.tally.ready(s.n, line)
	t := r.tally
	for k := len(line) - 1; k >= 0; k-- {
		row := int(line[k])
		own := &t[row]
		if s.kind[row]&above != 0 {
			if own.lacks+own.counts > 0 && members.counted[s.end[row]] > members.counted[row] {
				r.total(name, found, members, out, row)
			}
		} else if members.Counted.Get(row) {
			switch {
			case out.Present.Get(row):
				own.add(out.Numbers[row], 0, found.how)
				own.counts++
			case !found.optional && (found.expected == nil || found.expected.Get(row)) || out.Reasons != nil && hasReason(out, row):
				own.lacks++
			}
		}
		if own.counts+own.lacks == 0 {
			continue
		}
		if p := s.over(row, above|found.kinds); p >= 0 {
			if own.counts > 0 {
				t[p].add(own.high, own.low, found.how)
			}
			t[p].lacks += own.lacks
			t[p].counts += own.counts
		}
	}
}

// over returns the nearest row above whose unit is of one of the kinds, or -1.
func (s *Space) over(row int, kinds kindSet) int {
	p := int(s.parent[row])
	for p >= 0 && s.kind[p]&kinds == 0 {
		p = int(s.parent[p])
	}
	return p
}

func hasReason(column *frame.Column, row int) bool {
	_, has := column.Reasons[row]
	return has
}

// add takes a number into a sum. What rounding takes is found by Knuth's two-sum, which asks for no comparison.
func (t *sum) add(high, low float64, how how) {
	switch {
	case how == added:
		sum := t.high + high
		part := sum - t.high
		t.low += (t.high - (sum - part)) + (high - part) + low
		t.high = sum
	case t.counts == 0:
		t.high, t.low = high, low
	case how == largest:
		t.high = max(t.high, high)
	case how == smallest:
		t.high = min(t.high, high)
	case how == agreed && (t.high != high || low != 0):
		t.low = 1 // they do not agree
	}
}

// total writes the total of a row.
func (r *Run) total(name string, found *raw, members *Members, out *frame.Column, row int) {
	t := &r.tally[row]
	sum := t.high + t.low
	switch {
	case t.lacks > 0 && found.column == nil:
		setReason(out, row, measure.Reason{Kind: measure.Missing, Names: []string{name}})
	case t.lacks > 0 && len(out.Reasons) == 0:
		return // absent without a reason is missing under the name
	case t.lacks > 0:
		setReason(out, row, r.lackingOf(name, found, members, out, row))
	case found.how == agreed && t.low != 0:
		setReason(out, row, measure.Reason{Kind: measure.Invalid, Names: []string{Mixed}})
	case math.IsInf(sum, 0) || math.IsNaN(sum):
		setReason(out, row, measure.Reason{Kind: measure.Invalid, Names: []string{measure.TooLarge}})
	default:
		out.Numbers[row] = sum + 0
		out.Present.Set(row)
	}
}

// lackingOf joins the reasons of the counted units below that must report.
func (r *Run) lackingOf(name string, found *raw, members *Members, out *frame.Column, row int) measure.Reason {
	must := members
	if found.expected != nil || found.optional {
		must = &Members{Counted: frame.NewBitmap(r.Space.n)}
		if !found.optional {
			must.Counted = members.Counted.And(found.expected)
		}
		for below := range members.Counted.Each(row, r.Space.end[row]) {
			if hasReason(out, below) {
				must.Counted.Set(below)
			}
		}
	}
	return r.lacking(out, must, row, name)
}
