package expr

import (
	"math"
	"slices"
)

// statistic is computed over the values of several arguments or of the leaves below a unit, in their order.
// It may reorder values. weights is nil where the function has none; parameter is the fraction of a percentile.
type statistic func(values, weights []float64, parameter float64) (float64, reason)

// statisticFunctions describe values by one of them, or by their sum.
var statisticFunctions = map[string]function{
	"sum":        {usage: "sum(x) / sum(x, y, …)", least: 1, most: -1, takes: Numeric, over: sum},
	"mean":       {usage: "mean(x) / mean(x, y, …)", least: 1, most: -1, takes: Numeric, over: mean},
	"min":        {usage: "min(x) / min(x, y, …)", least: 1, most: -1, takes: Numeric, over: minimum},
	"max":        {usage: "max(x) / max(x, y, …)", least: 1, most: -1, takes: Numeric, over: maximum},
	"median":     {usage: "median(x) / median(x, y, …)", least: 1, most: -1, takes: Numeric, over: median},
	"percentile": {usage: "percentile(fraction, x) / percentile(fraction, x, y, …)", least: 2, most: -1, takes: Numeric, counts: afterFirst, over: percentile},
	"count":      {usage: "count(x) / count(x, y, …)", least: 1, most: -1, result: Numeric, counts: nothingAtAll, over: countTrue},
	"share":      {usage: "share(condition) / share(condition, condition, …)", least: 1, most: -1, takes: Logical, result: Numeric, counts: nothing, over: mean},
}

func sum(values, _ []float64, _ float64) (float64, reason) {
	if len(values) == 0 {
		return 0, nothingToCount
	}
	total := 0.0
	for _, x := range values {
		total += x
	}
	return finite(total)
}

func mean(values, _ []float64, _ float64) (float64, reason) {
	total, why := sum(values, nil, 0)
	if why != present {
		return 0, why
	}
	return total / float64(len(values)), present
}

func minimum(values, _ []float64, _ float64) (float64, reason) {
	if len(values) == 0 {
		return 0, nothingToCount
	}
	return slices.Min(values), present
}

func maximum(values, _ []float64, _ float64) (float64, reason) {
	if len(values) == 0 {
		return 0, nothingToCount
	}
	return slices.Max(values), present
}

func median(values, _ []float64, _ float64) (float64, reason) { return percentile(values, nil, 0.5) }

// percentile lies at fraction × (n - 1) between the ordered values, with a straight line between two of them.
func percentile(values, _ []float64, fraction float64) (float64, reason) {
	if len(values) == 0 {
		return 0, nothingToCount
	}
	slices.Sort(values)
	at := fraction * float64(len(values)-1)
	below := math.Floor(at)
	low, high := values[int(below)], values[min(int(below)+1, len(values)-1)]
	return finite(low + (at-below)*(high-low))
}

// countTrue counts conditions that hold. Of numbers, count tells how many there are: see countPresent.
func countTrue(values, _ []float64, _ float64) (float64, reason) {
	n := 0.0
	for _, x := range values {
		n += x
	}
	return n, present
}
