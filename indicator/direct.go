package indicator

import (
	"math"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
)

// direct returns some rows of the column of an item that one formula alone reads, without making the column. It does so in
// the plain case only: everybody who must report did. Else it returns nil, and the column is made with all its reasons.
func (r *Run) direct(reference expr.Reference, from reader, rows []int32) *frame.Column {
	n := r.Rules.names[reference.Name]
	if n.sort != itemName || reference.Shift != expr.Now || from.at.shift > MaxShift || r.Rules.uses[reference.Name] > 1 || len(from.undecided) > 0 {
		return nil
	}
	if _, made := r.columns[columnKey{reference.Name, from.at}]; made {
		return nil
	}
	found := r.raw(n.item, from.at.shift)
	if found.column == nil || len(found.column.Reasons) > 0 || found.column.Otherwise.Kind != measure.None {
		return nil
	}
	members := r.membersOf(found.kinds, from.at)
	if len(members.doubt) > 0 || !r.addUp(found, members) {
		return nil
	}
	held := r.spare.taken
	part := r.spare.take(len(rows))
	clear(part.Present)
	if !r.pick(found, members, rows, part) {
		r.spare.taken = held
		return nil
	}
	return part
}

// addUp adds up an item along the line of the units that take part; it returns false when one of them is silent.
func (r *Run) addUp(found *raw, members *Members) bool {
	line, above := members.lineIn(r), found.kinds.above()
	t, kind := r.tally.ready(len(line.rows)), r.Space.kind
	for k := len(line.rows) - 1; k >= 0; k-- {
		row, own := int(line.rows[k]), &t[k]
		if kind[row]&above == 0 && members.Counted.Get(row) {
			switch {
			case found.column.Present.Get(row):
				own.add(found.column.Numbers[row], 0, found.how)
				own.counts++
			case !found.optional && (found.expected == nil || found.expected.Get(row)):
				return false
			}
		}
		if p := line.over[k]; p >= 0 && own.counts > 0 {
			t[p].add(own.high, own.low, found.how)
			t[p].counts += own.counts
		}
	}
	return true
}

// pick writes the cells and totals of some rows; it returns false when a total has no value.
func (r *Run) pick(found *raw, members *Members, rows []int32, part *frame.Column) bool {
	line, above := members.lineIn(r), found.kinds.above()
	k := 0
	for n, at := range rows {
		for k < len(line.rows) && line.rows[k] < at {
			k++
		}
		row, number, present := int(at), 0.0, false
		switch on := k < len(line.rows) && line.rows[k] == at; {
		case on && r.Space.kind[row]&above != 0:
			t := &r.tally[k]
			number, present = t.high+t.low+0, t.counts > 0
			if found.how == agreed && t.low != 0 || math.IsInf(number, 0) || math.IsNaN(number) {
				return false
			}
		case on && members.Counted.Get(row) && found.column.Present.Get(row):
			number, present = found.column.Numbers[row], true
		}
		part.Numbers[n] = number
		if present {
			part.Present.Set(n)
		} else if why, known := members.why[row]; known {
			setReason(part, n, why)
		}
	}
	return true
}
