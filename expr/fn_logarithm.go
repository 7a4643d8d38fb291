package expr

import "math"

// logarithmFunctions take pure numbers, sqrt excepted.
var logarithmFunctions = map[string]function{
	"log":   {usage: "log(x, base)", least: 1, most: 2, takes: Numeric, counts: onlyPure, row: logarithm},
	"log10": {usage: "log10(x)", least: 1, most: 1, takes: Numeric, counts: onlyPure, row: logarithm10},
	"exp":   {usage: "exp(x)", least: 1, most: 1, takes: Numeric, counts: onlyPure, row: func(x []float64) (float64, reason) { return finite(math.Exp(x[0])) }},
	"sqrt":  {usage: "sqrt(x)", least: 1, most: 1, takes: Numeric, counts: rooted, row: root},
}

// logarithm returns the natural logarithm of x, or that to a base above 0 other than 1.
func logarithm(args []float64) (float64, reason) {
	if args[0] <= 0 {
		return 0, outsideDomain
	}
	if len(args) == 1 {
		return math.Log(args[0]), present
	}
	if args[1] <= 0 || args[1] == 1 {
		return 0, outsideDomain
	}
	switch args[1] {
	case 2:
		return math.Log2(args[0]), present
	case 10:
		return math.Log10(args[0]), present
	}
	return finite(math.Log(args[0]) / math.Log(args[1]))
}

func logarithm10(args []float64) (float64, reason) {
	if args[0] <= 0 {
		return 0, outsideDomain
	}
	return math.Log10(args[0]), present
}

func root(args []float64) (float64, reason) {
	if args[0] < 0 {
		return 0, outsideDomain
	}
	return math.Sqrt(args[0]), present
}

// power returns x to the power y.
func power(x, y float64) (float64, reason) {
	if x == 0 && y < 0 {
		return 0, divisionByZero
	}
	if x < 0 && y != math.Trunc(y) {
		return 0, outsideDomain
	}
	return finite(math.Pow(x, y))
}

// modulo returns what is left of x after dividing by y; it has the sign of x.
func modulo(x, y float64) (float64, reason) {
	if y == 0 {
		return 0, divisionByZero
	}
	return math.Mod(x, y), present
}

// finite turns what is beyond the range of numbers into its reason.
func finite(x float64) (float64, reason) {
	if x-x != 0 {
		return 0, tooLarge
	}
	return x, present
}
