package register

import (
	"math"
	"strconv"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
)

// sums gathers rows into groups.
type sums struct {
	kind    pack.AggregateKind
	number  []float64
	lost    []float64 // what the addition rounded off, see frame.Sum
	counted []int
	why     *joined
}

func newSums(kind pack.AggregateKind, groups int) *sums {
	return &sums{kind: kind, number: make([]float64, groups), lost: make([]float64, groups), counted: make([]int, groups), why: newJoined(groups)}
}

func (s *sums) add(group int, x float64) {
	first := s.counted[group] == 0
	s.counted[group]++
	number := s.number[group]
	switch s.kind {
	case pack.LeastOf:
		if first || x < number {
			s.number[group] = x
		}
	case pack.MostOf:
		if first || x > number {
			s.number[group] = x
		}
	default:
		next := number + x
		if math.Abs(number) >= math.Abs(x) {
			s.lost[group] += number - next + x
		} else {
			s.lost[group] += x - next + number
		}
		s.number[group] = next
	}
}

// value returns the number of a group, or why it has none.
func (s *sums) value(group int) measure.Value {
	if why := s.why.value(group); !why.Known() {
		return why
	}
	if s.counted[group] == 0 && (s.kind == pack.LeastOf || s.kind == pack.MostOf) {
		return measure.InvalidBecause(measure.NothingToCount)
	}
	return measure.Of(s.number[group] + s.lost[group])
}

// joined gathers, for each group, why it has no value. Rows mostly lack the same things, so each reason is joined to a
// group once.
type joined struct {
	number map[string]int
	seen   []uint64 // of each group, the first 64 reasons
	values []measure.Value
}

func newJoined(groups int) *joined {
	return &joined{number: map[string]int{}, seen: make([]uint64, groups), values: make([]measure.Value, groups)}
}

func (j *joined) add(group int, why measure.Reason) {
	if j.values[group].Reason().Kind == measure.Invalid {
		return
	}
	key := strconv.Itoa(int(why.Kind)) + strings.Join(why.Names, "\x00")
	n, known := j.number[key]
	if !known {
		n = len(j.number)
		j.number[key] = n
	}
	if n < 64 {
		if j.seen[group]>>n&1 == 1 {
			return
		}
		j.seen[group] |= 1 << n
	}
	j.values[group], _ = measure.Join(j.values[group], why.Value())
}

// value is a number when nothing was joined to the group.
func (j *joined) value(group int) measure.Value { return j.values[group] }

// over is what an aggregate runs on: rows, or groups of rows.
type over struct {
	source  expr.Source
	shape   expr.Shape
	groupOf []int // of each row; -1: the row is not looked at
	groups  int
}

// run computes the aggregate of each group. include tells which rows lie in the time; nil: all.
//
// Missing: a group is missing as long as a row of it lacks something of condition or number; a row that Where leaves out
// need not be complete.
func (a *aggregate) run(o over, include []bool, late *joined) *sums {
	s := newSums(a.declared.Kind, o.groups)
	if late != nil {
		s.why = late
	}
	n := len(o.groupOf)
	of, where := a.column(a.of, o, n), a.column(a.where, o, n)
	for i, group := range o.groupOf {
		if group < 0 || include != nil && !include[i] {
			continue
		}
		if where != nil {
			if !where.Present.Get(i) {
				s.why.add(group, where.Get(i, nameOf(a.where)).Reason())
				continue
			}
			if where.Numbers[i] == 0 {
				continue
			}
		}
		switch {
		case of == nil:
			s.add(group, 1)
		case !of.Present.Get(i):
			s.why.add(group, of.Get(i, nameOf(a.of)).Reason())
		default:
			s.add(group, of.Numbers[i])
		}
	}
	return s
}

// column runs a formula over all rows. One that only names a column is that column, which must not be written to.
func (a *aggregate) column(formula *expr.Formula, o over, n int) *frame.Column {
	if formula == nil {
		return nil
	}
	if name := nameOf(formula); name != "" {
		if column := o.source.Column(formula.References()[0]); column != nil {
			return column
		}
	}
	out := frame.NewColumn(n)
	formula.Run(o.source, o.shape, 0, n, out)
	return out
}

// nameOf returns the name that a formula consists of, or "".
func nameOf(formula *expr.Formula) string {
	if tree := formula.Tree(); tree.Kind == expr.Name {
		return tree.Text
	}
	return ""
}
