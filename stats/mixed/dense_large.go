package mixed

import "math"

// panel is how many columns are factored or inverted at a time.
const panel = 64

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
			for i := j + 1; i < to; i++ {
				a[i*n+j] = (a[i*n+j] - dot(a[i*n+from:i*n+j], a[j*n+from:j*n+j])) / a[j*n+j]
			}
		}
		for i := to; i < n; i++ {
			solveRow(a[i*n+from:i*n+to], a[from*n+from:], n)
		}
		for i := to; i < n; i += panel {
			rows := min(panel, n-i)
			takeRows(a[i*n+to:], n, a[i*n+from:], n, a[to*n+from:], n, rows, i+rows-to, to-from)
		}
	}
	return true
}

// solveRow replaces a row x by the solution z of z L' = x, L lower triangular in rows of w.
func solveRow(x, l []float64, w int) {
	for j := range x {
		x[j] = (x[j] - dot(x[:j], l[j*w:j*w+j])) / l[j*w+j]
	}
}

// takeRows takes the products of the rows of a (m rows of aw) with the rows of b (n rows of bw), k long, off c (m rows of cw).
// Every element is one sum in the order of k, so that the way of going through the rows does not show in the digits.
func takeRows(c []float64, cw int, a []float64, aw int, b []float64, bw int, m, n, k int) {
	if k > 0 && m > 0 && n > 0 {
		if wideProducts && m >= 4 && n >= 8 && k >= 8 {
			takeWide(c, cw, a, aw, b, bw, m, n, k)
		} else {
			takePlain(c, cw, a, aw, b, bw, m, n, k)
		}
	}
}

// takeWide packs rows of a by fours and rows of b by eights, zeros filling the last, for products4x8.
func takeWide(c []float64, cw int, a []float64, aw int, b []float64, bw int, m, n, k int) {
	left := make([]float64, (m+3)/4*4*k)
	for i := range m {
		to := left[i/4*4*k+i%4:]
		for x, v := range a[i*aw : i*aw+k] {
			to[4*x] = v
		}
	}
	right := make([]float64, 8*k)
	var sums [32]float64
	for j := 0; j < n; j += 8 {
		columns := min(8, n-j)
		if columns < 8 {
			clear(right)
		}
		for y := range columns {
			for x, v := range b[(j+y)*bw : (j+y)*bw+k] {
				right[8*x+y] = v
			}
		}
		for i := 0; i < m; i += 4 {
			products4x8(k, &left[i*k], &right[0], &sums[0])
			for r := range min(4, m-i) {
				to := c[(i+r)*cw+j : (i+r)*cw+j+columns]
				for y := range to {
					to[y] -= sums[8*r+y]
				}
			}
		}
	}
}

// takePlain is takeRows in plain Go.
func takePlain(c []float64, cw int, a []float64, aw int, b []float64, bw int, m, n, k int) {
	for j := 0; j < n; j += 4 {
		if j+4 > n {
			for ; j < n; j++ {
				for i := range m {
					c[i*cw+j] -= dot(a[i*aw:i*aw+k], b[j*bw:j*bw+k])
				}
			}
			return
		}
		p, q, s, t := b[j*bw:j*bw+k], b[(j+1)*bw:(j+1)*bw+k], b[(j+2)*bw:(j+2)*bw+k], b[(j+3)*bw:(j+3)*bw+k]
		i := 0
		for ; i+1 < m; i += 2 {
			r := dots(a[i*aw:i*aw+k], a[(i+1)*aw:(i+1)*aw+k], p, q, s, t)
			for x := range 4 {
				c[i*cw+j+x] -= r[x]
				c[(i+1)*cw+j+x] -= r[4+x]
			}
		}
		if i < m {
			row := a[i*aw : i*aw+k]
			r := dots(row, row, p, q, s, t)
			for x := range 4 {
				c[i*cw+j+x] -= r[x]
			}
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

// invertLarge replaces a Cholesky factor L (lower triangle of a, n × n) by the full symmetric inverse of LL'.
func invertLarge(a []float64, n int) {
	u := make([]float64, n*n) // L'⁻¹: row j holds column j of L⁻¹, zeros before place j
	for from := 0; from < n; from += panel {
		to := min(from+panel, n)
		for j := from; j < to; j++ {
			u[j*n+j] = 1
		}
		for j := 0; j < from; j += panel { // columns from to to of rows j…: less what the columns before make
			takeRows(u[j*n+from:], n, u[j*n+j:], n, a[from*n+j:], n, panel, to-from, from-j)
		}
		for j := range to {
			solveRow(u[j*n+from:j*n+to], a[from*n+from:], n)
		}
	}
	clear(a)
	for from := 0; from < n; from += panel {
		to := min(from+panel, n)
		takeRows(a[from*n:], n, u[from*n+from:], n, u[from:], n, to-from, to, n-from)
	}
	for i := range n {
		for j := range i + 1 {
			v := -a[i*n+j]
			a[i*n+j], a[j*n+i] = v, v
		}
	}
}
