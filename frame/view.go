package frame

import (
	"math"

	"jiaoheng/measure"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// View is a frame at one moment. Items and periods go by their position in the layout, units by their preorder number.
type View struct {
	shape   *shape
	columns []*cells
}

// Coverage says how much of what must be reported stands behind a figure.
type Coverage struct{ Reported, Expected int }

// Complete tells whether everybody who must report has done so.
func (c Coverage) Complete() bool { return c.Reported == c.Expected }

// Total is a sum with the coverage without which it says nothing.
//
// Sum is the sum of what was reported: missing under the item's name when nobody reported and somebody should have,
// Invalid(NothingToCount) when nobody needs to report, Invalid(TooLarge) beyond the range of numbers.
type Total struct {
	Sum measure.Value
	Coverage
	item string
}

// Whole returns the sum for a verdict: missing under the item's name as long as anybody is silent.
func (t Total) Whole() measure.Value {
	if t.Sum.Known() && !t.Complete() {
		return measure.MissingFor(t.item)
	}
	return t.Sum
}

// Tree is the snapshot of the region.
func (v *View) Tree() *unit.Tree { return v.shape.tree }

// Rollup is the order in which this tree is added up, for columns that are computed from those of the frame.
func (v *View) Rollup() *Rollup { return v.shape.rollup }

// Item returns the position of the item.
func (v *View) Item(name string) (int, bool) {
	i, known := v.shape.item[name]
	return i, known
}

// Period returns the position of the period.
func (v *View) Period(p period.Period) (int, bool) {
	i, known := v.shape.period[p]
	return i, known
}

// Items returns the items in their order.
func (v *View) Items() []Item { return append([]Item(nil), v.shape.items...) }

// Periods returns the periods in their order.
func (v *View) Periods() []period.Period { return append([]period.Period(nil), v.shape.periods...) }

// Column returns the cells of an item in a period. It must not be written to.
func (v *View) Column(item, period int) *Column { return v.columns[v.shape.at(item, period)].column }

// Expected returns a bit for each unit that must report the item in the period. It must not be written to.
func (v *View) Expected(item, period int) Bitmap {
	return v.shape.expected[v.shape.at(item, period)].units
}

// Value returns what the unit itself reported.
func (v *View) Value(unit, item, period int) measure.Value {
	return v.Column(item, period).Get(unit, v.shape.items[item].Name)
}

// Coverage returns how many units of the subtree reported the item, and how many must.
func (v *View) Coverage(unit, item, period int) Coverage {
	k, inner := v.shape.rollup.Ordinal(unit)
	if inner {
		at := v.shape.at(item, period)
		return Coverage{int(v.columns[at].totals.Counts[k]), int(v.shape.expected[at].counts[k])}
	}
	return Coverage{v.Column(item, period).Present.Count(unit, unit+1), v.Expected(item, period).Count(unit, unit+1)}
}

// Total returns the total of the subtree of a unit, in constant time. Its last bits depend on the order of addition that
// Rollup fixes; see Published.
func (v *View) Total(unit, item, period int) Total {
	c := v.columns[v.shape.at(item, period)]
	sum := c.column.Numbers[unit]
	if k, inner := v.shape.rollup.Ordinal(unit); inner {
		sum = c.totals.Sums[k]
	}
	return v.total(sum, v.Coverage(unit, item, period), item)
}

// Published returns the total of the subtree by compensated summation: it is the exact sum rounded, but for an error in
// the second order of 2⁻⁵³, whatever the shape of the tree. It reads every cell of the subtree.
func (v *View) Published(unit, item, period int) Total {
	below := v.shape.tree.Subtree(unit)
	sum := Sum(v.Column(item, period).Numbers[below.From:below.To])
	return v.total(sum, v.Coverage(unit, item, period), item)
}

func (v *View) total(sum float64, coverage Coverage, item int) Total {
	name := v.shape.items[item].Name
	t := Total{Sum: measure.Of(sum), Coverage: coverage, item: name}
	switch {
	case coverage.Expected == 0:
		t.Sum = measure.InvalidBecause(measure.NothingToCount)
	case coverage.Reported == 0:
		t.Sum = measure.MissingFor(name)
	}
	return t
}

// Sum adds up numbers with Neumaier's compensation. An overflow gives an infinite sum or NaN.
//
// Source: A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974).
func Sum(numbers []float64) float64 {
	sum, lost := 0.0, 0.0
	for _, x := range numbers {
		next := sum + x
		if math.Abs(sum) >= math.Abs(x) {
			lost += sum - next + x
		} else {
			lost += x - next + sum
		}
		sum = next
	}
	return sum + lost
}
