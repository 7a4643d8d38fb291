package frame

import (
	"iter"

	"jiaoheng/measure"
)

// Silent yields, in preorder, the units of the subtree that must report the item in the period and gave no number.
// Value says whether such a unit gave a reason instead.
func (v *View) Silent(unit, item, period int) iter.Seq[int] {
	below := v.shape.tree.Subtree(unit)
	silent := v.Expected(item, period).Without(v.Column(item, period).Present)
	return silent.Each(below.From, below.To)
}

// Extremes are the smallest and the largest value that units of a subtree reported, the first units that have them, and
// the coverage. Without any value both are missing or invalid as in Total, and the units are -1.
type Extremes struct {
	Min, Max        measure.Value
	Lowest, Highest int
	Coverage
}

// Extremes returns the extremes of the item over the subtree.
func (v *View) Extremes(unit, item, period int) Extremes {
	below := v.shape.tree.Subtree(unit)
	column := v.Column(item, period)
	e := Extremes{Lowest: -1, Highest: -1, Coverage: v.Coverage(unit, item, period)}
	for n := range column.Present.Each(below.From, below.To) {
		if e.Lowest < 0 || column.Numbers[n] < column.Numbers[e.Lowest] {
			e.Lowest = n
		}
		if e.Highest < 0 || column.Numbers[n] > column.Numbers[e.Highest] {
			e.Highest = n
		}
	}
	if e.Lowest < 0 {
		e.Min = v.total(0, e.Coverage, item).Sum
		e.Max = e.Min
		return e
	}
	e.Min, e.Max = measure.Of(column.Numbers[e.Lowest]), measure.Of(column.Numbers[e.Highest])
	return e
}

// Ratio is total over total, never a mean of ratios, with both totals and so with both coverages.
type Ratio struct {
	Value                  measure.Value
	Numerator, Denominator Total
	whole                  measure.Value
}

// Ratio returns the total of one item divided by the total of another over the subtree.
//
// Missing: where both items are the duty of the same units, only units that reported both take part, so that a unit
// silent on one side does not bend the ratio; both coverages count these pairs. Items of different duties are divided
// as they stand. Value is missing under the items' names when a side has no report; a denominator of 0 gives
// Invalid(分母为零). Whole gives the ratio for a verdict.
func (v *View) Ratio(unit, numerator, denominator, period int) Ratio {
	r := Ratio{Numerator: v.Total(unit, numerator, period), Denominator: v.Total(unit, denominator, period)}
	r.whole = divide(r.Numerator.Whole(), r.Denominator.Whole())
	if v.shape.items[numerator].Duty == v.shape.items[denominator].Duty {
		below := v.shape.tree.Subtree(unit)
		above, under := v.Column(numerator, period), v.Column(denominator, period)
		pairs := 0
		top, bottom := 0.0, 0.0
		for n := range above.Present.And(under.Present).Each(below.From, below.To) {
			pairs++
			top += above.Numbers[n]
			bottom += under.Numbers[n]
		}
		coverage := Coverage{pairs, r.Numerator.Expected}
		r.Numerator, r.Denominator = v.total(top, coverage, numerator), v.total(bottom, coverage, denominator)
	}
	r.Value = divide(r.Numerator.Sum, r.Denominator.Sum)
	return r
}

// Whole returns the ratio for a verdict: missing under the names of the items for which anybody is silent.
func (r Ratio) Whole() measure.Value { return r.whole }

func divide(numerator, denominator measure.Value) measure.Value {
	if reason, lacking := measure.Join(numerator, denominator); lacking {
		return reason
	}
	top, _ := numerator.Number()
	bottom, _ := denominator.Number()
	if bottom == 0 {
		return measure.InvalidBecause(measure.DivisionByZero)
	}
	return measure.Of(top / bottom)
}
