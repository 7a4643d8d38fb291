package oracle

import (
	"fmt"
	"math"
	"math/big"

	"jiaoheng/expr"
	"jiaoheng/measure"
)

func call(n *expr.Node, facts Facts, row int) measure.Value {
	switch n.Text {
	case "if":
		condition := Evaluate(n.Args[0], facts, row)
		if !condition.Known() {
			return condition
		}
		if condition.Equal(measure.Of(1)) {
			return Evaluate(n.Args[1], facts, row)
		}
		return Evaluate(n.Args[2], facts, row)
	case "prev", "same_term_last_year", "growth":
		return earlier(n, facts, row)
	case "count", "share", "cv", "sum", "mean", "min", "max", "median", "percentile", "variance", "stddev_pop", "stddev_samp",
		"cv_unweighted", "cv_sample":
		return statistic(n, facts, row)
	}
	var values []measure.Value
	for _, arg := range n.Args {
		values = append(values, Evaluate(arg, facts, row))
	}
	switch n.Text {
	case "is_null":
		return truth(!values[0].Known())
	case "first_non_null":
		for _, v := range values {
			if v.Known() {
				return v
			}
		}
	}
	if lacking, lacks := measure.Join(values...); lacks {
		return lacking
	}
	return scalar(n.Text, numbers(values))
}

// numbers takes the numbers out of values that all have one.
func numbers(values []measure.Value) []float64 {
	var all []float64
	for _, v := range values {
		number, known := v.Number()
		if !known {
			panic("oracle: no number")
		}
		all = append(all, number)
	}
	return all
}

func earlier(n *expr.Node, facts Facts, row int) measure.Value {
	name := n.Args[0].Text
	switch n.Text {
	case "prev":
		return facts.Value(expr.Reference{Name: name, Shift: expr.Previous}, row)
	case "same_term_last_year":
		return facts.Value(expr.Reference{Name: name, Shift: expr.SameTermLastYear}, row)
	}
	now, before := facts.Value(expr.Reference{Name: name}, row), facts.Value(expr.Reference{Name: name, Shift: expr.Previous}, row)
	if lacking, lacks := measure.Join(now, before); lacks {
		return lacking
	}
	pair := numbers([]measure.Value{now, before})
	if pair[1] < 0 {
		return measure.InvalidBecause(measure.OutsideDomain)
	}
	return divided(pair[0]-pair[1], pair[1])
}

func scalar(name string, x []float64) measure.Value {
	switch name {
	case "abs":
		if x[0] < 0 {
			return measure.Of(-x[0])
		}
		return measure.Of(x[0])
	case "floor":
		return measure.Of(math.Floor(settled(x[0])))
	case "ceil":
		return measure.Of(-math.Floor(-settled(x[0])))
	case "round":
		return rounded(x)
	case "greatest", "least":
		best := x[0]
		for _, y := range x {
			if name == "greatest" && y > best || name == "least" && y < best {
				best = y
			}
		}
		return measure.Of(best)
	case "sqrt":
		return domain(x[0] >= 0, math.Sqrt(x[0]))
	case "exp":
		return measure.Of(math.Exp(x[0]))
	case "log10":
		return domain(x[0] > 0, math.Log10(x[0]))
	case "log":
		if len(x) == 1 {
			return domain(x[0] > 0, math.Log(x[0]))
		}
		return logarithm(x[0], x[1])
	}
	panic(fmt.Sprintf("oracle: function %s", name))
}

func domain(inside bool, x float64) measure.Value {
	if !inside {
		return measure.InvalidBecause(measure.OutsideDomain)
	}
	return measure.Of(x)
}

// logarithm is ln x / ln base; the bases 2 and 10 have functions of their own that are exact at whole powers.
func logarithm(x, base float64) measure.Value {
	result := math.Log(x) / math.Log(base)
	if base == 2 {
		result = math.Log2(x)
	}
	if base == 10 {
		result = math.Log10(x)
	}
	return domain(x > 0 && base > 0 && base != 1, result)
}

// settled is x, or the whole number that lies within a million-millionth of it.
func settled(x float64) float64 {
	below := math.Floor(x)
	for _, whole := range []float64{below, below + 1} {
		if math.Abs(x-whole) <= 1e-12*math.Abs(x) {
			return whole
		}
	}
	return x
}

// rounded rounds half away from zero in decimal arithmetic of 200 bits.
func rounded(x []float64) measure.Value {
	digits := 0
	if len(x) == 2 {
		digits = int(x[1])
	}
	if x[0] == 0 {
		return measure.Of(0)
	}
	exact := func(v float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(v) }
	scale := exact(math.Pow(10, math.Abs(float64(digits))))
	scaled := exact(math.Abs(x[0]))
	if digits >= 0 {
		scaled.Mul(scaled, scale)
	} else {
		scaled.Quo(scaled, scale)
	}
	if scaled.Cmp(exact(1<<52)) >= 0 {
		return measure.Of(x[0])
	}
	if scaled.Cmp(exact(1e11)) < 0 {
		scaled.Add(scaled, new(big.Float).Mul(scaled, exact(1e-12)))
	}
	whole, _ := scaled.Add(scaled, exact(0.5)).Int(nil)
	result := new(big.Float).SetPrec(200).SetInt(whole)
	if digits >= 0 {
		result.Quo(result, scale)
	} else {
		result.Mul(result, scale)
	}
	number, _ := result.Float64()
	return measure.Of(math.Copysign(number, x[0]))
}
