package indicator

import (
	"maps"
	"math"
	"math/bits"

	"jiaoheng/frame"
	"jiaoheng/measure"
)

// tally is the memory in which totals are added up, one for each row of a line.
type tally []sum

// sum is held as two numbers, so that what rounding takes is kept.
type sum struct {
	high, low     float64
	lacks, counts int32
}

// ready returns n cleared sums.
func (t *tally) ready(n int) tally {
	if len(*t) < n {
		*t = make(tally, n)
		return *t
	}
	clear((*t)[:n])
	return (*t)[:n]
}

// extended returns a column with the own cells of the units that take part in a scene and, for the units above, totals.
//
// Missing: a total has no value when a counted unit that must report is silent, with the reasons of all of them joined;
// silence of an optional register does not count. A unit that the population leaves out has its reason.
func (r *Run) extended(name string, found *raw, at scene) *frame.Column {
	members := r.membersOf(found.kinds, at)
	out := draft{Column: r.newColumn()}
	if found.column != nil {
		copyCells(found.column, members.Counted, out.Column)
		for row, why := range found.column.Reasons {
			if members.Counted.Get(row) {
				setReason(out.Column, row, why)
			}
		}
	}
	if out.Reasons == nil && len(members.why) > 0 {
		out.Reasons, out.borrowed = members.why, true
	} else {
		for row, why := range members.why {
			setReason(out.Column, row, why)
		}
	}
	if len(members.why) > 0 {
		for row := range members.why {
			out.Numbers[row] = 0
			out.Present.Clear(row)
		}
	}
	r.totals(name, found, members, &out)
	return out.Column
}

// copyCells copies the present cells of the rows of a set.
func copyCells(from *frame.Column, rows frame.Bitmap, to *frame.Column) {
	for w, word := range rows {
		word &= from.Present[w]
		to.Present[w] = word
		for ; word != 0; word &= word - 1 {
			row := w<<6 + bits.TrailingZeros64(word)
			to.Numbers[row] = from.Numbers[row]
		}
	}
}

// draft is a column that is being made. Its reasons may be borrowed from elsewhere until one is written.
type draft struct {
	*frame.Column
	borrowed bool
}

func (d *draft) setReason(row int, why measure.Reason) {
	if d.borrowed {
		d.Reasons, d.borrowed = maps.Clone(d.Reasons), false
	}
	setReason(d.Column, row, why)
}

// totals adds up a column for every unit above those that have the item.
func (r *Run) totals(name string, found *raw, members *Members, out *draft) {
	above, line := found.kinds.above(), members.lineIn(r)
	t := r.tally.ready(len(line.rows))
	for k := len(line.rows) - 1; k >= 0; k-- {
		row := int(line.rows[k])
		own := &t[k]
		if r.Space.kind[row]&above != 0 {
			if own.lacks+own.counts > 0 {
				r.total(name, found, members, out, row, own)
			}
		} else if members.Counted.Get(row) {
			switch {
			case out.Present.Get(row):
				own.add(out.Numbers[row], 0, found.how)
				own.counts++
			case !found.optional && (found.expected == nil || found.expected.Get(row)) || len(out.Reasons) > 0 && hasReason(out.Column, row):
				own.lacks++
			}
		}
		if own.counts+own.lacks == 0 {
			continue
		}
		if p := line.over[k]; p >= 0 {
			if own.counts > 0 {
				t[p].add(own.high, own.low, found.how)
			}
			t[p].lacks += own.lacks
			t[p].counts += own.counts
		}
	}
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
func (r *Run) total(name string, found *raw, members *Members, out *draft, row int, t *sum) {
	sum := t.high + t.low
	switch {
	case t.lacks > 0 && found.column == nil:
		out.setReason(row, measure.Reason{Kind: measure.Missing, Names: []string{name}})
	case t.lacks > 0 && len(out.Reasons) == 0:
		return // absent without a reason is missing under the name
	case t.lacks > 0:
		out.setReason(row, r.lackingOf(name, found, members, out.Column, row))
	case found.how == agreed && t.low != 0:
		out.setReason(row, measure.Reason{Kind: measure.Invalid, Names: []string{Mixed}})
	case math.IsInf(sum, 0) || math.IsNaN(sum):
		out.setReason(row, measure.Reason{Kind: measure.Invalid, Names: []string{measure.TooLarge}})
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
