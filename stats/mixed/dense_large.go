package mixed

import "math"

// panel is how many columns are factored at a time.
const panel = 48

// choleskyLarge replaces the lower triangle of a (n × n) by its Cholesky factor; false when a is not positive definite.
func choleskyLarge(a []float64, n int) bool {
	for from := 0; from < n; from += panel {
		to := min(from+panel, n)
		for j := from; j < to; j++ {
			d := a[j*n+j] - dot(a[j*n+from:j*n+j], a[j*n+from:j*n+j])
			if !(d > 0) || math.IsInf(d, 0) {
				return false
			}
			a[j*n+j] = math.Sqrt(d)
			for i := j + 1; i < n; i++ {
				a[i*n+j] = (a[i*n+j] - dot(a[i*n+from:i*n+j], a[j*n+from:j*n+j])) / a[j*n+j]
			}
		}
		takePanel(a, n, from, to)
	}
	return true
}

// takePanel takes the product of columns from to to with themselves off the triangle below and right of them.
func takePanel(a []float64, n, from, to int) {
	w := to - from
	for i := to; i < n; i += 2 {
		if i+1 == n {
			for j := to; j <= i; j++ {
				a[i*n+j] -= dot(a[i*n+from:i*n+to], a[j*n+from:j*n+to])
			}
			break
		}
		x, y := a[i*n+from:i*n+from+w], a[(i+1)*n+from:(i+1)*n+from+w]
		j := to
		for ; j+3 <= i; j += 4 {
			r := dots(x, y, a[j*n+from:j*n+from+w], a[(j+1)*n+from:(j+1)*n+from+w], a[(j+2)*n+from:(j+2)*n+from+w], a[(j+3)*n+from:(j+3)*n+from+w])
			for k := range 4 {
				a[i*n+j+k] -= r[k]
				a[(i+1)*n+j+k] -= r[4+k]
			}
		}
		for ; j <= i+1; j++ {
			b := a[j*n+from : j*n+to]
			if j <= i {
				a[i*n+j] -= dot(x, b)
			}
			a[(i+1)*n+j] -= dot(y, b)
		}
	}
}

func dot(x, y []float64) float64 {
	y = y[:len(x)]
	sum := 0.0
	for i, v := range x {
		sum += float64(v * y[i])
	}
	return sum
}

// dots returns the products of x and y with four rows.
func dots(x, y, a, b, c, d []float64) (r [8]float64) {
	n := len(x)
	y, a, b, c, d = y[:n], a[:n], b[:n], c[:n], d[:n]
	var xa, xb, xc, xd, ya, yb, yc, yd float64
	for i, u := range x {
		v, p, q, s, t := y[i], a[i], b[i], c[i], d[i]
		xa += float64(u * p)
		xb += float64(u * q)
		xc += float64(u * s)
		xd += float64(u * t)
		ya += float64(v * p)
		yb += float64(v * q)
		yc += float64(v * s)
		yd += float64(v * t)
	}
	return [8]float64{xa, xb, xc, xd, ya, yb, yc, yd}
}

// invertLarge replaces a Cholesky factor (lower triangle of a, n × n) by the full symmetric inverse of its square.
func invertLarge(a []float64, n int) {
	u := make([]float64, n*n) // row i holds column i of the inverse factor, from place i on
	for i := range n {
		u[i*n+i] = 1 / a[i*n+i]
	}
	for j := range n { // u[j][i] = -(Σ_{j≤k<i} l[i][k] u[j][k]) / l[i][i]
		row := u[j*n : (j+1)*n]
		for i := j + 1; i < n; i++ {
			row[i] = -dot(a[i*n+j:i*n+i], row[j:i]) / a[i*n+i]
		}
	}
	for i := 0; i < n; i++ {
		j := 0
		for ; j <= i; j++ {
			v := dot(u[i*n+i:(i+1)*n], u[j*n+i:(j+1)*n])
			a[i*n+j], a[j*n+i] = v, v
		}
	}
}
