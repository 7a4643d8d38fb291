package mixed

import "math"

// Products are rounded before they are added (float64(a*b)), so that no machine fuses them and digits are the same everywhere.

// choleskySmall replaces the lower triangle of a by its Cholesky factor; false when a is not positive definite.
func choleskySmall(a []float64, n int) bool {
	for j := range n {
		d := a[j*n+j]
		for k := range j {
			d -= float64(a[j*n+k] * a[j*n+k])
		}
		if !(d > 0) || math.IsInf(d, 0) {
			return false
		}
		d = math.Sqrt(d)
		a[j*n+j] = d
		for i := j + 1; i < n; i++ {
			v := a[i*n+j]
			for k := range j {
				v -= float64(a[i*n+k] * a[j*n+k])
			}
			a[i*n+j] = v / d
		}
	}
	return true
}

// solveLower replaces b (n × w) by L⁻¹b.
func solveLower(l, b []float64, n, w int) {
	for i := range n {
		row := b[i*w : (i+1)*w]
		for k := range i {
			if v := l[i*n+k]; v != 0 {
				for j, x := range b[k*w : (k+1)*w] {
					row[j] -= float64(v * x)
				}
			}
		}
		d := l[i*n+i]
		for j := range row {
			row[j] /= d
		}
	}
}

// solveUpper replaces b (n × w) by L'⁻¹b.
func solveUpper(l, b []float64, n, w int) {
	for i := n - 1; i >= 0; i-- {
		row := b[i*w : (i+1)*w]
		d := l[i*n+i]
		for j := range row {
			row[j] /= d
		}
		for k := range i {
			if v := l[i*n+k]; v != 0 {
				other := b[k*w : (k+1)*w]
				for j, x := range row {
					other[j] -= float64(v * x)
				}
			}
		}
	}
}

// takeSquare takes b'b (b is q × w) off the lower triangle of a (w × w).
func takeSquare(a, b []float64, q, w int) {
	for k := range q {
		row := b[k*w : (k+1)*w]
		for i, v := range row {
			if v == 0 {
				continue
			}
			to := a[i*w : i*w+i+1]
			for j := range to {
				to[j] -= float64(v * row[j])
			}
		}
	}
}

// takeProduct takes a'b off c: a is q × wa in rows of aw, b is q × wb in rows of bw, c is wa × wb in rows of cw.
func takeProduct(c []float64, cw int, a []float64, aw int, b []float64, bw int, q, wa, wb int) {
	for k := range q {
		row := b[k*bw : k*bw+wb]
		for i := range wa {
			v := a[k*aw+i]
			if v == 0 {
				continue
			}
			to := c[i*cw : i*cw+wb]
			for j, x := range row {
				to[j] -= float64(v * x)
			}
		}
	}
}

// leftRight sets out = L'aR for lower triangular L (p × p) and R (q × q), a p × q; work has p × q places.
func leftRight(l, a, r, out, work []float64, p, q int) {
	for i := range p {
		for j := range q {
			sum := 0.0
			for k := j; k < q; k++ {
				sum += float64(a[i*q+k] * r[k*q+j])
			}
			work[i*q+j] = sum
		}
	}
	leftOnly(l, work, out, p, q)
}

// leftOnly sets out = L'a for lower triangular L (p × p), a p × q.
func leftOnly(l, a, out []float64, p, q int) {
	for i := range p {
		for j := range q {
			sum := 0.0
			for k := i; k < p; k++ {
				sum += float64(l[k*p+i] * a[k*q+j])
			}
			out[i*q+j] = sum
		}
	}
}
