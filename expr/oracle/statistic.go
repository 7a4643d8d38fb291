package oracle

import (
	"math"
	"sort"

	"jiaoheng/expr"
	"jiaoheng/measure"
)

// statistic computes over the leaves below row when one item is given, over the arguments otherwise.
func statistic(n *expr.Node, facts Facts, row int) measure.Value {
	items, fraction := n.Args, 0.5
	if n.Text == "percentile" {
		fraction, items = n.Args[0].Number, n.Args[1:]
	}
	var values, weights []measure.Value
	switch {
	case n.Text == "cv":
		for _, leaf := range facts.Leaves(row) {
			values = append(values, Evaluate(items[0], facts, leaf))
			weights = append(weights, Evaluate(items[1], facts, leaf))
		}
	case len(items) == 1:
		for _, leaf := range facts.Leaves(row) {
			values = append(values, Evaluate(items[0], facts, leaf))
		}
	default:
		for _, item := range items {
			values = append(values, Evaluate(item, facts, row))
		}
	}
	if n.Text == "count" && !logical(items[0], facts) {
		reported := 0.0
		for _, v := range values {
			if v.Known() {
				reported++
			}
		}
		return measure.Of(reported)
	}
	var all []measure.Value
	for i, v := range values {
		all = append(all, v)
		if weights != nil {
			all = append(all, weights[i])
		}
	}
	if lacking, lacks := measure.Join(all...); lacks {
		return lacking
	}
	return described(n.Text, numbers(values), numbers(weights), fraction)
}

// logical tells whether a checked tree gives a condition.
func logical(n *expr.Node, facts Facts) bool {
	switch n.Kind {
	case expr.Truth:
		return true
	case expr.Name:
		return facts.Logical(n.Text)
	case expr.Operator:
		switch n.Text {
		case expr.Not, expr.And, expr.Or, expr.Equal, expr.NotEqual, expr.Less, expr.LessOrEqual, expr.Greater, expr.GreaterOrEqual:
			return true
		}
	case expr.Call:
		switch n.Text {
		case "is_null":
			return true
		case "if":
			return logical(n.Args[1], facts)
		case "first_non_null", "prev", "same_term_last_year":
			return logical(n.Args[0], facts)
		}
	}
	return false
}

func described(name string, x, w []float64, fraction float64) measure.Value {
	n := float64(len(x))
	if name == "count" {
		return measure.Of(total(x))
	}
	if n == 0 {
		return measure.InvalidBecause(measure.NothingToCount)
	}
	if name == "cv" {
		return weighted(x, w)
	}
	if name == "min" || name == "max" || name == "median" || name == "percentile" {
		return ordered(name, x, fraction)
	}
	sum := total(x)
	average := sum / n
	if name == "sum" || !measure.Of(sum).Known() {
		return measure.Of(sum)
	}
	var squares []float64
	for _, v := range x {
		squares = append(squares, (v-average)*(v-average))
	}
	if (name == "variance" || name == "stddev_samp" || name == "cv_sample") && n < 2 {
		return measure.InvalidBecause(measure.SmallSample)
	}
	switch name {
	case "mean", "share":
		return measure.Of(average)
	case "variance":
		return measure.Of(total(squares) / (n - 1))
	case "stddev_samp":
		return measure.Of(math.Sqrt(total(squares) / (n - 1)))
	case "stddev_pop":
		return measure.Of(math.Sqrt(total(squares) / n))
	case "cv_sample":
		return divided(math.Sqrt(total(squares)/(n-1)), average)
	}
	return divided(math.Sqrt(total(squares)/n), average)
}

func total(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum
}

// ordered reads off the ordered values.
func ordered(name string, x []float64, fraction float64) measure.Value {
	sorted := append([]float64{}, x...)
	sort.Float64s(sorted)
	switch name {
	case "min":
		return measure.Of(sorted[0])
	case "max":
		return measure.Of(sorted[len(sorted)-1])
	}
	place := fraction * float64(len(sorted)-1)
	before := 0
	for float64(before+1) <= place {
		before++
	}
	result := sorted[before]
	if before+1 < len(sorted) {
		result += (place - float64(before)) * (sorted[before+1] - sorted[before])
	}
	return measure.Of(result)
}

// weighted is the difference coefficient with weights.
func weighted(x, w []float64) measure.Value {
	var products []float64
	for i := range x {
		if w[i] < 0 {
			return measure.InvalidBecause(measure.OutsideDomain)
		}
		products = append(products, w[i]*x[i])
	}
	if total(w) == 0 {
		return measure.InvalidBecause(measure.DivisionByZero)
	}
	average := total(products) / total(w)
	for i := range x {
		products[i] = w[i] * (x[i] - average) * (x[i] - average)
	}
	return divided(math.Sqrt(total(products)/total(w)), average)
}
