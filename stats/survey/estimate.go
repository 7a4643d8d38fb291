package survey

import (
	"math"

	"jiaoheng/stats"
)

// Estimate is a figure with its standard error. Rows and Weight are those it rests on.
type Estimate struct {
	Value   float64 `json:"est"`
	SE      float64 `json:"se"`
	Rows    int     `json:"n"`
	Weight  float64 `json:"weight"`
	Freedom float64 `json:"df"`
}

// Interval is the estimate with so many standard errors on both sides as Student's distribution asks for a level such as 0.95.
// Without degrees of freedom (everything taken whole) it is the estimate alone.
func (e Estimate) Interval(level float64) (low, high float64) {
	if e.Freedom <= 0 || e.SE == 0 {
		return e.Value, e.Value
	}
	reach := e.SE * stats.StudentQuantile(0.5+level/2, e.Freedom)
	return e.Value - reach, e.Value + reach
}

// Domain says which rows an estimate is of; nil: all. A row outside, or with a missing value, stands for nobody but keeps its place in
// the design.
type Domain func(row int) bool

// weighted returns the weight of each row of a domain, 0 outside, and the sum and count.
func (s *Sample) inside(in Domain) (weights []float64, sum float64, rows int) {
	weights = make([]float64, len(s.weights))
	for i, w := range s.weights {
		if in == nil || in(i) {
			weights[i] = w
			sum += w
			if w > 0 {
				rows++
			}
		}
	}
	return weights, sum, rows
}

func weightedMean(weights, y []float64) float64 {
	sum, all := 0.0, 0.0
	for i, w := range weights {
		if w != 0 {
			sum += w * y[i]
			all += w
		}
	}
	return sum / all
}

// estimate closes one: influence(i) is that of row i, asked for inside only.
func (s *Sample) estimate(value float64, weights []float64, sum float64, rows int, influence func(row int) float64) Estimate {
	u := make([]float64, len(weights))
	for i, w := range weights {
		if w != 0 {
			u[i] = influence(i)
		}
	}
	return Estimate{Value: value, SE: s.error(u), Rows: rows, Weight: sum, Freedom: s.Freedom()}
}

// Mean is Σwy/Σw over a domain. Value is not a number where the domain is empty; callers look at Rows.
func (s *Sample) Mean(y []float64, in Domain) Estimate {
	weights, sum, rows := s.inside(in)
	mean := weightedMean(weights, y)
	return s.estimate(mean, weights, sum, rows, func(i int) float64 { return (y[i] - mean) / sum })
}

// Total is Σwy over a domain.
func (s *Sample) Total(y []float64, in Domain) Estimate {
	weights, sum, rows := s.inside(in)
	total := 0.0
	for i, w := range weights {
		if w != 0 {
			total += w * y[i]
		}
	}
	return s.estimate(total, weights, sum, rows, func(i int) float64 { return y[i] })
}

// Ratio is Σwy/Σwx over a domain.
func (s *Sample) Ratio(y, x []float64, in Domain) Estimate {
	weights, sum, rows := s.inside(in)
	above, below := 0.0, 0.0
	for i, w := range weights {
		if w != 0 {
			above += w * y[i]
			below += w * x[i]
		}
	}
	ratio := above / below
	return s.estimate(ratio, weights, sum, rows, func(i int) float64 { return (y[i] - ratio*x[i]) / below })
}

// Share is the weighted share of the rows of a domain for which hit holds.
func (s *Sample) Share(hit Domain, in Domain) Estimate {
	one := func(i int) float64 {
		if hit(i) {
			return 1
		}
		return 0
	}
	weights, sum, rows := s.inside(in)
	share := 0.0
	for i, w := range weights {
		if w != 0 {
			share += w * one(i) / sum
		}
	}
	return s.estimate(share, weights, sum, rows, func(i int) float64 { return (one(i) - share) / sum })
}

// Difference is the mean of one domain less that of another, which may overlap: their covariance counts.
func (s *Sample) Difference(y []float64, a, b Domain) Estimate {
	weightsA, sumA, rows := s.inside(a)
	weightsB, sumB, _ := s.inside(b)
	meanA, meanB := weightedMean(weightsA, y), weightedMean(weightsB, y)
	u := make([]float64, len(y))
	for i := range u {
		if weightsA[i] != 0 {
			u[i] = (y[i] - meanA) / sumA
		}
		if weightsB[i] != 0 {
			u[i] -= (y[i] - meanB) / sumB
		}
	}
	return Estimate{Value: meanA - meanB, SE: s.error(u), Rows: rows, Weight: sumA, Freedom: s.Freedom()}
}

// Variance is the variance of y in the population, Σw(y-mean)²/Σw · n/(n-1) for n rows.
func (s *Sample) Variance(y []float64, in Domain) Estimate {
	weights, sum, rows := s.inside(in)
	mean, scale := weightedMean(weights, y), float64(rows)/float64(rows-1)
	variance := scale * squares(weights, y, mean) / sum
	return s.estimate(variance, weights, sum, rows, func(i int) float64 {
		return (scale*(y[i]-mean)*(y[i]-mean) - variance) / sum
	})
}

// SD is its root.
func (s *Sample) SD(y []float64, in Domain) Estimate {
	out := s.Variance(y, in)
	out.Value = math.Sqrt(out.Value)
	out.SE /= 2 * out.Value
	return out
}

func squares(weights, y []float64, mean float64) float64 {
	sum := 0.0
	for i, w := range weights {
		if w != 0 {
			sum += w * (y[i] - mean) * (y[i] - mean)
		}
	}
	return sum
}

// DesignEffect of a mean: its variance over that of a simple random sample of as many rows without replacement.
func (s *Sample) DesignEffect(y []float64, in Domain) float64 {
	mean, variance := s.Mean(y, in), s.Variance(y, in)
	n := float64(mean.Rows)
	return mean.SE * mean.SE / (variance.Value / n * (mean.Weight - n) / mean.Weight)
}
