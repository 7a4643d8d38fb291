package oracle

import (
	"fmt"
	"math"

	"jiaoheng/expr"
	"jiaoheng/measure"
)

// Facts are what a formula is computed from.
type Facts interface {
	// Value returns what is known of an item in a row; the reason names the item as it should be told.
	Value(reference expr.Reference, row int) measure.Value
	// Leaves returns the rows below row over which statistics run, row itself among them when it is one.
	Leaves(row int) []int
	// Logical tells whether an item holds conditions.
	Logical(name string) bool
}

// Evaluate returns the value of a checked tree for one row; a condition that holds is 1.
func Evaluate(n *expr.Node, facts Facts, row int) measure.Value {
	switch n.Kind {
	case expr.Number, expr.Truth:
		return measure.Of(n.Number)
	case expr.Name:
		return facts.Value(expr.Reference{Name: n.Text}, row)
	case expr.Call:
		return call(n, facts, row)
	}
	var operands []measure.Value
	for _, arg := range n.Args {
		operands = append(operands, Evaluate(arg, facts, row))
	}
	if n.Text == expr.And || n.Text == expr.Or {
		return decide(n.Text, operands[0], operands[1])
	}
	if lacking, lacks := measure.Join(operands...); lacks {
		return lacking
	}
	x, _ := operands[0].Number()
	if len(operands) == 1 {
		if n.Text == expr.Not {
			return truth(x == 0)
		}
		return measure.Of(-x)
	}
	y, _ := operands[1].Number()
	return binary(n.Text, x, y)
}

// decide is the three-valued and, or: false and anything is false, true or anything is true.
func decide(operator string, a, b measure.Value) measure.Value {
	deciding := measure.Of(0)
	if operator == expr.Or {
		deciding = measure.Of(1)
	}
	if a.Equal(deciding) || b.Equal(deciding) {
		return deciding
	}
	if lacking, lacks := measure.Join(a, b); lacks {
		return lacking
	}
	return a
}

func truth(holds bool) measure.Value {
	if holds {
		return measure.Of(1)
	}
	return measure.Of(0)
}

func binary(operator string, x, y float64) measure.Value {
	equal := measure.Compare(x, y) == 0
	switch operator {
	case expr.Add:
		return measure.Of(x + y)
	case expr.Subtract:
		return measure.Of(x - y)
	case expr.Multiply:
		return measure.Of(x * y)
	case expr.Divide:
		return divided(x, y)
	case expr.Modulo:
		if y == 0 {
			return measure.InvalidBecause(measure.DivisionByZero)
		}
		return measure.Of(math.Mod(x, y))
	case expr.Power:
		return raised(x, y)
	case expr.Equal:
		return truth(equal)
	case expr.NotEqual:
		return truth(!equal)
	case expr.Less:
		return truth(x < y && !equal)
	case expr.LessOrEqual:
		return truth(x < y || equal)
	case expr.Greater:
		return truth(x > y && !equal)
	case expr.GreaterOrEqual:
		return truth(x > y || equal)
	}
	panic(fmt.Sprintf("oracle: operator %s", operator))
}

func divided(x, y float64) measure.Value {
	if y == 0 {
		return measure.InvalidBecause(measure.DivisionByZero)
	}
	return measure.Of(x / y)
}

func raised(x, y float64) measure.Value {
	result := math.Pow(x, y)
	switch {
	case x == 0 && y < 0:
		return measure.InvalidBecause(measure.DivisionByZero)
	case math.IsNaN(result):
		return measure.InvalidBecause(measure.OutsideDomain)
	}
	return measure.Of(result)
}
