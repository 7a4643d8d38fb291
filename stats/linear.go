package stats

import "math"

// cholesky turns the lower triangle of a symmetric matrix into its factor in place; false where it is not positive.
func cholesky(a []float64, n int) bool {
	for i := range n {
		for j := range i + 1 {
			sum := a[i*n+j] - dot(a[i*n:i*n+j], a[j*n:j*n+j])
			if i != j {
				a[i*n+j] = sum / a[j*n+j]
				continue
			}
			if sum <= 0 {
				return false
			}
			a[i*n+i] = math.Sqrt(sum)
		}
	}
	return true
}

// forward solves L x = b in place.
func forward(lower []float64, n int, b []float64) {
	for i := range n {
		b[i] = (b[i] - dot(lower[i*n:i*n+i], b[:i])) / lower[i*n+i]
	}
}

// backward returns the solution of Lᵗ x = b.
func backward(lower []float64, n int, b []float64) []float64 {
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		sum := b[i]
		for j := i + 1; j < n; j++ {
			sum -= lower[j*n+i] * x[j]
		}
		x[i] = sum / lower[i*n+i]
	}
	return x
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, value := range a {
		sum += value * b[i]
	}
	return sum
}

// unitLength divides a vector by its length, which it returns; a vector of length 0 stays.
func unitLength(a []float64) float64 {
	length := math.Sqrt(dot(a, a))
	if length > 0 {
		for i := range a {
			a[i] /= length
		}
	}
	return length
}
