package item

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Agreement is how two markers of the same answers agree. Scripts with one mark missing are left out and counted.
type Agreement struct {
	N          int      `json:"n"`
	LeftOut    int      `json:"left_out"`
	Tolerance  float64  `json:"tolerance"`
	Exact      float64  `json:"exact"`  // share of equal marks
	Within     float64  `json:"within"` // share of marks that differ by at most the tolerance
	Mean       float64  `json:"mean_difference"`
	MeanSize   float64  `json:"mean_absolute_difference"`
	Most       float64  `json:"largest_difference"`
	R          *float64 `json:"r"`
	Kappa      *float64 `json:"kappa_quadratic"`
	ICC        *float64 `json:"icc"`        // single marks, absolute agreement, scripts and markers random
	ErrorOfOne *float64 `json:"sem_single"` // standard error of one mark, from differences
}

// Agree compares two marks of each script; not a number means missing. Kappa is Cohen's with quadratic weights, which does not
// depend on categories that nobody used.
//
// Shapes: len(first) == len(second). Errors: a fault where fewer than two scripts have both marks.
func Agree(first, second []float64, tolerance float64) (Agreement, *fault.Fault) {
	out := Agreement{Tolerance: tolerance}
	var a, b []float64
	for p, x := range first {
		if y := second[p]; x == x && y == y {
			a, b = append(a, x), append(b, y)
		}
	}
	out.N, out.LeftOut = len(a), len(first)-len(a)
	if out.N < 2 {
		return out, fault.New("item.few_scripts", message.Args{"count": out.N})
	}
	n := float64(out.N)
	var meanA, meanB float64
	for p := range a {
		meanA, meanB = meanA+a[p]/n, meanB+b[p]/n
	}
	var saa, sbb, sab, squares float64
	for p, x := range a {
		d := x - b[p]
		size := math.Abs(d)
		if size == 0 {
			out.Exact += 1 / n
		}
		if size <= tolerance+1e-9 {
			out.Within += 1 / n
		}
		out.Mean, out.MeanSize, out.Most = out.Mean+d/n, out.MeanSize+size/n, max(out.Most, size)
		squares += d * d
		saa, sbb, sab = saa+(x-meanA)*(x-meanA), sbb+(b[p]-meanB)*(b[p]-meanB), sab+(x-meanA)*(b[p]-meanB)
	}
	gap := meanA - meanB
	out.R = some(sab / math.Sqrt(saa*sbb))
	out.Kappa = some(1 - squares/(saa+sbb+n*gap*gap))
	rows, marker := (saa+sbb+2*sab)/2/(n-1), n*gap*gap/2
	rest := (squares/2 - marker) / (n - 1)
	out.ICC = some((rows - rest) / (rows + rest + 2*(marker-rest)/n))
	out.ErrorOfOne = some(math.Sqrt(max(squares-n*gap*gap, 0) / (n - 1) / 2))
	return out, nil
}
