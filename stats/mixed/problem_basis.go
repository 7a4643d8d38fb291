package mixed

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// basis replaces columns C of the design by columns K = C A, where K'K is the sum of weights times the identity.
type basis struct {
	kept     []int     // columns that are not linear combinations of earlier ones
	dropped  []int     //
	constant bool      // the first column is the constant
	into     []float64 // (m+1) × r: K from the columns of the sums
	a        []float64 // r × r, upper triangular: K = C[kept] A
	logDet   float64   // of A
}

// collinear are the bounds below which a column counts as a combination of earlier ones: the length that is left of it against its
// own length (as lme4 and R's qr have it, 1e-7), and against its length about the mean (rounding).
const (
	collinearWhole   = 1e-14
	collinearCentred = 3e-13
)

// newBasis orthogonalises columns one after the other. With drop, collinear columns are left out as R does; otherwise, where one is
// collinear, the columns are only scaled.
func newBasis(moments [][]float64, centre []float64, effects []Effect, drop bool) (basis, error) {
	n, q := len(moments), len(effects)
	var b basis
	b.constant = q > 0 && effects[0].Column < 0
	raw, back := make([][]float64, 0, q), make([][]float64, 0, q) // kept columns: from the sums, and from C
	for j, e := range effects {
		column, from := make([]float64, n), make([]float64, q)
		from[j] = 1
		if e.Column < 0 {
			column[0] = 1
		} else {
			column[e.Column+1] = 1
			if b.constant {
				from[0] = -centre[e.Column]
			} else {
				column[0] = centre[e.Column]
			}
		}
		length := form(moments, column, column)
		whole := length
		if e.Column >= 0 && b.constant {
			c := centre[e.Column]
			whole = length + 2*c*moments[0][e.Column+1] + c*c*moments[0][0]
		}
		if b.constant && j > 0 { // about the mean
			shift := moments[0][e.Column+1] / moments[0][0]
			column[0], from[0] = -shift, from[0]-shift
			length = form(moments, column, column)
		}
		for pass := 0; pass < 2; pass++ {
			for k := range raw {
				project := form(moments, raw[k], column) / moments[0][0]
				subtract(column, raw[k], project)
				subtract(from, back[k], project)
			}
		}
		left := form(moments, column, column)
		if !(left > collinearWhole*whole && left > collinearCentred*length) || left <= 0 {
			if !drop {
				return scaledOnly(moments, centre, effects)
			}
			b.dropped = append(b.dropped, j)
			continue
		}
		unit := math.Sqrt(moments[0][0] / left)
		for i := range column {
			column[i] *= unit
		}
		for i := range from {
			from[i] *= unit
		}
		b.kept = append(b.kept, j)
		b.logDet += math.Log(unit)
		raw, back = append(raw, column), append(back, from)
	}
	b.pack(raw, back, n)
	return b, nil
}

func (b *basis) pack(raw, back [][]float64, n int) {
	r := len(raw)
	b.into, b.a = make([]float64, n*r), make([]float64, r*r)
	for k := range raw {
		for i := range n {
			b.into[i*r+k] = raw[k][i]
		}
		for i, j := range b.kept {
			b.a[i*r+k] = back[k][j]
		}
	}
}

// scaledOnly serves random terms whose columns hang together: each is brought to unit length and kept.
func scaledOnly(moments [][]float64, centre []float64, effects []Effect) (basis, error) {
	n := len(moments)
	b := basis{constant: effects[0].Column < 0}
	var raw, back [][]float64
	for j, e := range effects {
		column, from := make([]float64, n), make([]float64, len(effects))
		column[0], from[j] = 1, 1
		if e.Column >= 0 {
			column[0], column[e.Column+1] = centre[e.Column], 1
		}
		left := form(moments, column, column)
		if !(left > 0) {
			return b, fault.New("mixed.effect_zero", message.Args{"effect": e.Name})
		}
		unit := math.Sqrt(moments[0][0] / left)
		for i := range column {
			column[i] *= unit
		}
		from[j] = unit
		b.kept = append(b.kept, j)
		b.logDet += math.Log(unit)
		raw, back = append(raw, column), append(back, from)
	}
	b.pack(raw, back, n)
	return b, nil
}

// form is x'My.
func form(moments [][]float64, x, y []float64) float64 {
	sum := 0.0
	for i, a := range x {
		if a == 0 {
			continue
		}
		inner := 0.0
		for j, b := range y {
			inner += float64(moments[i][j] * b)
		}
		sum += float64(a * inner)
	}
	return sum
}

func subtract(x, y []float64, factor float64) {
	for i := range x {
		x[i] -= float64(factor * y[i])
	}
}
