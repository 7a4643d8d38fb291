package mixed

import (
	"math"
	"testing"

	"jiaoheng/stats"
)

func TestLargeMatricesAreFactoredAndInverted(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 63, 64, 65, 129, 200} {
		stream := stats.NewStream(uint64(n))
		a := make([]float64, n*n)
		for i := range n {
			for j := range i {
				a[i*n+j] = stream.Normal() / float64(n)
				a[j*n+i] = a[i*n+j]
			}
			a[i*n+i] = 2 + stream.Float64()
		}
		small, large := append([]float64{}, a...), append([]float64{}, a...)
		if !choleskySmall(small, n) || !choleskyLarge(large, n) {
			t.Fatalf("%d: not positive definite", n)
		}
		for i := range n {
			for j := range i + 1 {
				if math.Abs(small[i*n+j]-large[i*n+j]) > 1e-13 {
					t.Fatalf("%d: factor differs at %d %d", n, i, j)
				}
			}
		}
		invertLarge(large, n)
		for i := range n {
			for j := range n {
				want := 0.0
				if i == j {
					want = 1
				}
				if got := dot(a[i*n:(i+1)*n], large[j*n:(j+1)*n]); math.Abs(got-want) > 1e-13 {
					t.Fatalf("%d: product with the inverse at %d %d is %g", n, i, j, got)
				}
			}
		}
	}
	if choleskyLarge([]float64{1, 2, 2, 1}, 2) || choleskyLarge([]float64{math.NaN()}, 1) {
		t.Error("a matrix that is not positive definite has no factor")
	}
}

// The wide way and the plain way give the same digits.
func TestWideProductsAreThePlainOnes(t *testing.T) {
	if !wideProducts {
		return
	}
	for _, size := range [][3]int{{4, 8, 8}, {5, 9, 11}, {64, 200, 64}, {7, 23, 130}} {
		m, n, k := size[0], size[1], size[2]
		stream := stats.NewStream(uint64(m))
		a, b, c := make([]float64, m*k), make([]float64, n*k), make([]float64, m*n)
		for _, list := range [][]float64{a, b, c} {
			for i := range list {
				list[i] = stream.Normal()
			}
		}
		d := append([]float64{}, c...)
		takeWide(c, n, a, k, b, k, m, n, k)
		takePlain(d, n, a, k, b, k, m, n, k)
		for i := range c {
			if c[i] != d[i] {
				t.Fatalf("%v: place %d is %v one way and %v the other", size, i, c[i], d[i])
			}
		}
	}
}
