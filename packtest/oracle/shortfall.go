package oracle

import (
	"math"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Shortfall returns what a unit lacks to a threshold, and of the units above the sum over the counted ones that fail. It
// returns false where nothing is lacking or the rule has no numbers.
func (w *World) Shortfall(name, code string, stage unit.Stage, p period.Period) (float64, bool) {
	s, known := w.standard(name)
	i, isIndicator := w.indicator(name)
	if !known || !isIndicator || s.KofN != nil || s.All != nil || s.Comparator == pack.Holds {
		return 0, false
	}
	var amounts []float64
	for _, u := range w.under(code) {
		if !slices.Contains(i.Of, u.Kind) {
			continue
		}
		v := w.judge(s, u, stage, p)
		if v.State == Fail {
			amounts = append(amounts, w.lack(s, i, u, stage, p, v))
		}
	}
	if len(amounts) == 0 {
		return 0, false
	}
	total, _ := exactSum(amounts).Number()
	return total, true
}

// lack returns what one unit lacks.
func (w *World) lack(s *pack.Standard, i *pack.Indicator, u unit.Unit, stage unit.Stage, p period.Period, v Verdict) float64 {
	value, _ := v.value.Number()
	amount := math.Abs(v.limit - value)
	above, below, factor := w.ratio(i, u, stage, p)
	way := s.Shortfall.Lack
	if way == "" && s.Comparator == pack.AtLeast {
		way = pack.LackNumerator
	}
	counts, isRatio := "value", factor != 0
	switch {
	case isRatio && way == pack.LackNumerator:
		amount, counts = math.Abs(v.limit*below/factor-above), "above"
	case isRatio && way == pack.LackDenominator && v.limit != 0:
		amount, counts = math.Abs(factor*above/v.limit-below), "below"
	}
	if !s.Shortfall.Whole && (s.Shortfall.Lack != "" || !w.wholeOnly(i, counts)) {
		return amount
	}
	return next(amount, s.Comparator == pack.Above || s.Comparator == pack.Below)
}

// next is the next whole number, but for the error of arithmetic; one more where the threshold itself is not enough.
func next(amount float64, strict bool) float64 {
	whole := math.Floor(amount + 0.5)
	if math.Abs(amount-whole) > 1e-9*math.Max(1, math.Abs(amount)) {
		return math.Ceil(amount)
	}
	if strict {
		whole++
	}
	return whole
}

// ratio returns numerator, denominator and the constant factor of a formula that divides; a factor of 0 says that it does
// not, or that a side has no number.
func (w *World) ratio(i *pack.Indicator, u unit.Unit, stage unit.Stage, p period.Period) (float64, float64, float64) {
	if i.Formula == nil || i.Cells != nil {
		return 0, 0, 0
	}
	above, below, factor := divided(i.Formula.Ready.Tree())
	if below == nil {
		return 0, 0, 0
	}
	v := view{world: w, scene: scene{period: p, stage: stage, population: i.Population}}
	v.leaves = deepest(v.kinds(i))
	x, known := v.evaluate(above, u).Number()
	y, alsoKnown := v.evaluate(below, u).Number()
	if !known || !alsoKnown {
		return 0, 0, 0
	}
	return x, y, factor
}

// divided takes a quotient apart: factor × above / below; below is nil where the formula is none.
func divided(n *expr.Node) (above, below *expr.Node, factor float64) {
	core, factor := stripped(n)
	if core.Kind != expr.Operator || core.Text != expr.Divide {
		return core, nil, factor
	}
	left, over := stripped(core.Args[0])
	right, under := stripped(core.Args[1])
	if left.Kind == expr.Operator && left.Text == expr.Divide {
		left, over = core.Args[0], 1
	}
	if right.Kind == expr.Operator && right.Text == expr.Divide {
		right, under = core.Args[1], 1
	}
	return left, right, factor * over / under
}

// stripped takes numbers off that a formula is multiplied or divided by.
func stripped(n *expr.Node) (*expr.Node, float64) {
	if n.Kind != expr.Operator || len(n.Args) != 2 {
		return n, 1
	}
	left, right := n.Args[0], n.Args[1]
	switch {
	case n.Text == expr.Multiply && left.Kind == expr.Number:
		core, factor := stripped(right)
		return core, factor * left.Number
	case n.Text == expr.Multiply && right.Kind == expr.Number:
		core, factor := stripped(left)
		return core, factor * right.Number
	case n.Text == expr.Divide && right.Kind == expr.Number && right.Number != 0:
		core, factor := stripped(left)
		return core, factor / right.Number
	}
	return n, 1
}

// wholeOnly tells whether only whole ones exist of what is lacking: people, rooms, classes, schools, machines, books. What a
// rule that says nothing of its shortfall lacks is told by the first item of that side.
func (w *World) wholeOnly(i *pack.Indicator, side string) bool {
	counts := i.Measure
	if side != "value" {
		above, below, _ := divided(i.Formula.Ready.Tree())
		tree := above
		if side == "below" {
			tree = below
		}
		for _, name := range namesIn(tree) {
			s, known := w.source(name)
			switch {
			case !known:
				if other, isIndicator := w.indicator(name); isIndicator {
					counts = other.Measure
				}
			case s.item != nil:
				counts = s.item.Measure
			default:
				counts = s.register.Columns[s.column].Measure
			}
			break
		}
	}
	for _, base := range []string{"人", "学生", "间", "班", "所", "台", "册"} {
		if one, err := measure.Parse(base); err == nil && counts.SameDimension(one) {
			return true
		}
	}
	return false
}
