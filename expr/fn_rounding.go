package expr

import "math"

// roundingFunctions work on single numbers.
var roundingFunctions = map[string]function{
	"abs":      {usage: "abs(x)", least: 1, most: 1, takes: Numeric, row: func(x []float64) (float64, reason) { return math.Abs(x[0]), present }},
	"floor":    {usage: "floor(x)", least: 1, most: 1, takes: Numeric, row: func(x []float64) (float64, reason) { return math.Floor(clean(x[0])), present }},
	"ceil":     {usage: "ceil(x)", least: 1, most: 1, takes: Numeric, row: func(x []float64) (float64, reason) { return math.Ceil(clean(x[0])), present }},
	"round":    {usage: "round(x, digits)", least: 1, most: 2, takes: Numeric, counts: firstAlone, row: round},
	"greatest": {usage: "greatest(x, y, …)", least: 1, most: -1, takes: Numeric, row: greatest},
	"least":    {usage: "least(x, y, …)", least: 1, most: -1, takes: Numeric, row: least},
}

// arithmeticError is the relative error of binary arithmetic that rounding takes out first: 0.29 * 100 is 29, not a little less.
const arithmeticError = 1e-12

// clean returns the whole number that x means, when x differs from one only by the error of arithmetic.
func clean(x float64) float64 {
	if whole := math.Round(x); math.Abs(x-whole) <= arithmeticError*math.Abs(x) {
		return whole
	}
	return x
}

// round rounds half away from zero to a number of decimals; a half is one within the error of arithmetic, so that
// 1.005 becomes 1.01 as on paper.
func round(args []float64) (float64, reason) {
	x, digits := args[0], 0.0
	if len(args) == 2 {
		digits = args[1]
	}
	scale := math.Pow(10, math.Abs(digits))
	scaled := x * scale
	if digits < 0 {
		scaled = x / scale
	}
	size := math.Abs(scaled)
	if math.IsInf(size, 0) || size >= 1<<52 {
		return x, present // there are no decimals to round
	}
	rounded := math.Copysign(math.Floor(size+0.5+arithmeticError*size), x)
	if size >= 1e11 {
		rounded = math.Round(scaled) // the error of arithmetic would be as large as what is rounded
	}
	if digits < 0 {
		return finite(rounded * scale)
	}
	return rounded / scale, present
}

func greatest(args []float64) (float64, reason) {
	best := args[0]
	for _, x := range args[1:] {
		best = max(best, x)
	}
	return best, present
}

func least(args []float64) (float64, reason) {
	best := args[0]
	for _, x := range args[1:] {
		best = min(best, x)
	}
	return best, present
}
