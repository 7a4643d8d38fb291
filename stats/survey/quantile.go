package survey

import (
	"math"
	"sort"

	"jiaoheng/stats"
)

// Quantile is the lowest value that at least the share p of a domain does not exceed. Its standard error is that of the share, taken to
// the scale of the values (Woodruff 1952): an interval of shares of 95 % is read off as values and halved.
func (s *Sample) Quantile(y []float64, p float64, in Domain) Estimate {
	weights, sum, rows := s.inside(in)
	order := make([]int, 0, rows)
	for i, w := range weights {
		if w > 0 {
			order = append(order, i)
		}
	}
	sort.Slice(order, func(a, b int) bool { return y[order[a]] < y[order[b]] })
	value := quantileOf(order, y, weights, sum, p)
	share := s.Share(func(i int) bool { return y[i] <= value }, in)
	out := Estimate{Value: value, Rows: rows, Weight: sum, Freedom: s.Freedom()}
	reach := 1.959963984540054
	if out.Freedom > 0 {
		reach = stats.StudentQuantile(0.975, out.Freedom)
	}
	low := quantileOf(order, y, weights, sum, max(p-reach*share.SE, 0))
	high := quantileOf(order, y, weights, sum, min(p+reach*share.SE, 1))
	out.SE = (high - low) / (2 * reach)
	return out
}

// quantileOf walks up the ordered values until the share is reached, but for rounding.
func quantileOf(order []int, y, weights []float64, sum, p float64) float64 {
	below := 0.0
	for _, i := range order {
		below += weights[i]
		if below/sum >= p-1e-12 {
			return y[i]
		}
	}
	if len(order) == 0 {
		return math.NaN()
	}
	return y[order[len(order)-1]]
}
