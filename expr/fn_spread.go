package expr

import "math"

// spreadFunctions tell how far values lie apart.
var spreadFunctions = map[string]function{
	"stddev_pop":    {usage: "stddev_pop(x) / stddev_pop(x, y, …)", least: 1, most: -1, takes: Numeric, over: deviationOfAll},
	"stddev_samp":   {usage: "stddev_samp(x) / stddev_samp(x, y, …)", least: 1, most: -1, takes: Numeric, over: deviationOfSample},
	"variance":      {usage: "variance(x) / variance(x, y, …)", least: 1, most: -1, takes: Numeric, counts: squared, over: variance},
	"cv":            {usage: "cv(x, weight)", least: 2, most: 2, takes: Numeric, counts: weighted, over: weightedVariation},
	"cv_unweighted": {usage: "cv_unweighted(x) / cv_unweighted(x, y, …)", least: 1, most: -1, takes: Numeric, counts: nothing, over: variation},
	"cv_sample":     {usage: "cv_sample(x) / cv_sample(x, y, …)", least: 1, most: -1, takes: Numeric, counts: nothing, over: variationOfSample},
}

// squares returns the mean and the sum of squared distances from it.
func squares(values []float64) (average, total float64, why reason) {
	average, why = mean(values, nil, 0)
	for _, x := range values {
		total += (x - average) * (x - average)
	}
	return average, total, why
}

// variance divides by n - 1, as of a sample.
func variance(values, _ []float64, _ float64) (float64, reason) {
	_, total, why := squares(values)
	switch {
	case why != present:
		return 0, why
	case len(values) < 2:
		return 0, smallSample
	}
	return finite(total / float64(len(values)-1))
}

func deviationOfSample(values, _ []float64, _ float64) (float64, reason) {
	square, why := variance(values, nil, 0)
	return math.Sqrt(square), why
}

func deviationOfAll(values, _ []float64, _ float64) (float64, reason) {
	_, total, why := squares(values)
	if why != present {
		return 0, why
	}
	return finite(math.Sqrt(total / float64(len(values))))
}

// weightedVariation is the published difference coefficient of schools: S / M with M = Σ(w·x)/Σw and
// S = √(Σ(w·(x−M)²)/Σw), where w is the number of pupils. The mean is that of the totals, not of the ratios.
// Source: 教督〔2017〕6号.
func weightedVariation(values, weights []float64, _ float64) (float64, reason) {
	if len(values) == 0 {
		return 0, nothingToCount
	}
	total, weight := 0.0, 0.0
	for i, x := range values {
		if weights[i] < 0 {
			return 0, outsideDomain
		}
		total += weights[i] * x
		weight += weights[i]
	}
	if weight == 0 {
		return 0, divisionByZero
	}
	average, squared := total/weight, 0.0
	for i, x := range values {
		squared += weights[i] * (x - average) * (x - average)
	}
	return ratio(math.Sqrt(squared/weight), average)
}

func variation(values, _ []float64, _ float64) (float64, reason) {
	average, total, why := squares(values)
	if why != present {
		return 0, why
	}
	return ratio(math.Sqrt(total/float64(len(values))), average)
}

func variationOfSample(values, _ []float64, _ float64) (float64, reason) {
	average, total, why := squares(values)
	switch {
	case why != present:
		return 0, why
	case len(values) < 2:
		return 0, smallSample
	}
	return ratio(math.Sqrt(total/float64(len(values)-1)), average)
}

// ratio divides where the divisor may be zero.
func ratio(x, y float64) (float64, reason) {
	if y == 0 {
		return 0, divisionByZero
	}
	return finite(x / y)
}
