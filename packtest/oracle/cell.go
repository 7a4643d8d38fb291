package oracle

import (
	"slices"

	"jiaoheng/expr"
	"jiaoheng/expr/oracle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// cellFacts are what the formula of an indicator by cells may name: the aggregates of the cell, and what the unit has.
type cellFacts struct {
	group groupFacts
	view  view
	unit  unit.Unit
}

// Leaves of a cell are none.
func (f cellFacts) Leaves(int) []int { return nil }

// Logical tells whether a name holds conditions.
func (f cellFacts) Logical(name string) bool { return f.group.Logical(name) && f.view.Logical(name) }

// Value returns an aggregate of the cell, or a parameter or switch as it holds for the unit.
func (f cellFacts) Value(reference expr.Reference, row int) measure.Value {
	if slices.ContainsFunc(f.group.let, func(a *pack.Aggregate) bool { return a.Name == reference.Name }) {
		return f.group.Value(reference, row)
	}
	return f.view.named(reference.Name, f.unit)
}

func evaluateCell(i *pack.Indicator, f cellFacts) measure.Value {
	return oracle.Evaluate(i.Formula.Ready.Tree(), f, 0)
}
