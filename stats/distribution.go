package stats

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// NormalQuantile is the quantile p of the standard normal distribution: -Inf at 0, +Inf at 1, not a number outside.
func NormalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// StudentQuantile is the quantile p of Student's distribution with so many degrees of freedom, which need not be whole.
func StudentQuantile(p, freedom float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: freedom}.Quantile(p)
}

// ChiSquaredAbove is the chance that a chi-squared variable with so many degrees of freedom exceeds x.
func ChiSquaredAbove(x, freedom float64) float64 {
	if x <= 0 {
		return 1
	}
	return distuv.ChiSquared{K: freedom}.Survival(x)
}
