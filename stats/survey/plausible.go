package survey

import "math"

// Plausible is figures from several plausible values of the same ability by Rubin's rules.
type Plausible struct {
	Values       []float64   `json:"est"`
	Sampling     []float64   `json:"sampling_var"`   // mean over the plausible values
	Imputation   []float64   `json:"imputation_var"` // variance between them
	SE           []float64   `json:"se"`
	Each         [][]float64 `json:"per_pv"` // by figure, by plausible value
	SamplingOne  []float64   `json:"sampling_var_first_pv"`
	SEOne        []float64   `json:"se_first_pv_rule"` // sampling variance of the first alone
	Inflation    float64     `json:"inflation"`        // 1 + 1/M
	Plausibility int         `json:"plausible_values"`
}

// Combine computes a statistic for each plausible value, of which there are several, with all replicates:
// V = mean of the sampling variances + (1+1/M) times the variance between plausible values.
func (r *Replicates) Combine(plausible [][]float64, statistic func(values, weights []float64) []float64) Plausible {
	var out Plausible
	count := float64(len(plausible))
	for m, values := range plausible {
		figures := r.Estimate(func(weights []float64) []float64 { return statistic(values, weights) })
		if m == 0 {
			q := len(figures.Values)
			out.Values, out.Sampling, out.Imputation = make([]float64, q), make([]float64, q), make([]float64, q)
			out.SE, out.SEOne, out.SamplingOne, out.Each = make([]float64, q), make([]float64, q), make([]float64, q), make([][]float64, q)
		}
		for k, value := range figures.Values {
			out.Values[k] += value / count
			out.Sampling[k] += figures.Covariance[k][k] / count
			out.Each[k] = append(out.Each[k], value)
			if m == 0 {
				out.SamplingOne[k] = figures.Covariance[k][k]
			}
		}
	}
	out.Plausibility, out.Inflation = len(plausible), 1+1/count
	for k, each := range out.Each {
		for _, value := range each {
			if count > 1 {
				out.Imputation[k] += (value - out.Values[k]) * (value - out.Values[k]) / (count - 1)
			}
		}
		out.SE[k] = math.Sqrt(out.Sampling[k] + out.Inflation*out.Imputation[k])
		out.SEOne[k] = math.Sqrt(out.SamplingOne[k] + out.Inflation*out.Imputation[k])
	}
	return out
}

// MeanOf is the weighted mean, as a statistic of plausible values.
func MeanOf(values, weights []float64) []float64 { return []float64{weightedMean(weights, values)} }

// SDOf is the weighted standard deviation, with the sum of the weights below.
func SDOf(values, weights []float64) []float64 {
	mean, sum := weightedMean(weights, values), 0.0
	for _, w := range weights {
		sum += w
	}
	return []float64{math.Sqrt(squares(weights, values, mean) / sum)}
}

// RegressionOf is the coefficients of a weighted regression on columns, as a statistic of plausible values. Columns that depend on each
// other in some replicate give no numbers.
func RegressionOf(columns [][]float64) func(values, weights []float64) []float64 {
	return func(values, weights []float64) []float64 {
		beta, _, err := leastSquares(weights, values, columns)
		if err != nil {
			beta = make([]float64, len(columns))
			for k := range beta {
				beta[k] = math.NaN()
			}
		}
		return beta
	}
}
