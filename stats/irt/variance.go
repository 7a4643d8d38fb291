package irt

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// variances returns the diagonal of the inverse of an information over the parameters that are not held, NaN for those that are;
// nil when it is not positive definite.
func variances(information []float64, count int, held []bool) []float64 {
	var free []int
	for place := range count {
		if !held[place] {
			free = append(free, place)
		}
	}
	matrix := mat.NewSymDense(len(free), nil)
	for i, a := range free {
		for j := i; j < len(free); j++ {
			matrix.SetSym(i, j, information[a*count+free[j]])
		}
	}
	var factor mat.Cholesky
	var inverse mat.SymDense
	if !factor.Factorize(matrix) || factor.Cond() > 1e14 || factor.InverseTo(&inverse) != nil {
		return nil
	}
	out := make([]float64, count)
	for place := range out {
		out[place] = math.NaN()
	}
	for i, a := range free {
		out[a] = inverse.At(i, i)
	}
	return out
}
