package indicator

import (
	"math"

	"jiaoheng/frame"
	"jiaoheng/measure"
)

// tally is the memory in which totals are added up. A sum is held as two numbers, so that what rounding takes is kept.
type tally struct {
	high, low     []float64
	lacks, counts []int32
}

// ready clears the rows of a line. The parent of a row of a line is on it too, but for units that stand in odd places.
func (t *tally) ready(n int, line []int32) {
	if len(t.high) < n {
		t.high, t.low, t.lacks, t.counts = make([]float64, n), make([]float64, n), make([]int32, n), make([]int32, n)
		return
	}
	for _, row := range line {
		t.high[row], t.low[row], t.lacks[row], t.counts[row] = 0, 0, 0, 0
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
	s, t, above := r.Space, &r.tally, found.kinds.above()
	line := s.line(found.kinds)
	t.ready(s.n, line)
	for k := len(line) - 1; k >= 0; k-- {
		row := int(line[k])
		if s.kind[row]&above != 0 {
			if members.counted[s.end[row]] > members.counted[row] && t.lacks[row]+t.counts[row] > 0 {
				r.total(name, found, members, out, row)
			}
		} else if members.Counted.Get(row) {
			switch {
			case out.Present.Get(row):
				t.add(row, out.Numbers[row], 0, found.how)
				t.counts[row]++
			case !found.optional && (found.expected == nil || found.expected.Get(row)) || out.Reasons != nil && hasReason(out, row):
				t.lacks[row]++
			}
		}
		if p := s.over(row, above|found.kinds); p >= 0 && t.counts[row]+t.lacks[row] > 0 {
			if t.counts[row] > 0 {
				t.add(p, t.high[row], t.low[row], found.how)
			}
			t.lacks[p] += t.lacks[row]
			t.counts[p] += t.counts[row]
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

// add takes a number into the sum of a row.
func (t *tally) add(row int, high, low float64, how how) {
	switch {
	case how == added:
		sum := t.high[row] + high
		if math.Abs(t.high[row]) >= math.Abs(high) {
			t.low[row] += t.high[row] - sum + high
		} else {
			t.low[row] += high - sum + t.high[row]
		}
		t.low[row] += low
		t.high[row] = sum
	case t.counts[row] == 0:
		t.high[row], t.low[row] = high, low
	case how == largest:
		t.high[row] = max(t.high[row], high)
	case how == smallest:
		t.high[row] = min(t.high[row], high)
	case how == agreed && (t.high[row] != high || low != 0):
		t.low[row] = 1 // they do not agree
	}
}

// total writes the total of a row.
func (r *Run) total(name string, found *raw, members *Members, out *frame.Column, row int) {
	t := &r.tally
	sum := t.high[row] + t.low[row]
	switch {
	case t.lacks[row] > 0 && found.column == nil:
		setReason(out, row, measure.Reason{Kind: measure.Missing, Names: []string{name}})
	case t.lacks[row] > 0 && len(out.Reasons) == 0:
		return // absent without a reason is missing under the name
	case t.lacks[row] > 0:
		setReason(out, row, r.lackingOf(name, found, members, out, row))
	case found.how == agreed && t.low[row] != 0:
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
	if found.expected != nil {
		must = &Members{Counted: members.Counted.And(found.expected)}
		for below := range members.Counted.Each(row, r.Space.end[row]) {
			if hasReason(out, below) {
				must.Counted.Set(below)
			}
		}
	}
	return r.lacking(out, must, row, name)
}
