package percentile

import (
	"math"
	"slices"
)

// Knots of the spline of one prior.
type Knots struct {
	Knots      []float64 `json:"knots"`
	Boundaries []float64 `json:"boundaries"`
}

// knotShares are where the knots lie; boundaries lie a tenth of the range beyond.
var knotShares = []float64{0.2, 0.4, 0.6, 0.8}

const widened = 0.1

// knotsOf finds the knots of a prior; those that fall together or on the ends of the range count once or not at all.
func knotsOf(prior []float64) Knots {
	sorted := slices.Clone(prior)
	slices.Sort(sorted)
	low, high := sorted[0], sorted[len(sorted)-1]
	reach := widened * (high - low)
	out := Knots{Boundaries: []float64{low - reach, high + reach}}
	for _, share := range knotShares {
		out.Knots = append(out.Knots, quantile(sorted, share))
	}
	out.Knots = slices.Compact(out.Knots)
	return out
}

// quantile of sorted values, type 7: linear between order statistics at 1 + (n-1)p.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(math.Floor(at + 4*2.220446049250313e-16))
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	rest := at - float64(i)
	if math.Abs(rest) < 1e-12 {
		return sorted[i]
	}
	return sorted[i] + rest*(sorted[i+1]-sorted[i])
}

const order = 4 // of a cubic spline

// basis writes the B-splines at a value into out, which has len(Knots)+order places (Cox and de Boor).
func (k Knots) basis(value float64, out []float64) {
	clear(out)
	low, high := k.Boundaries[0], k.Boundaries[1]
	full := make([]float64, 0, len(k.Knots)+2*order)
	for range order {
		full = append(full, low)
	}
	full = append(full, k.Knots...)
	for range order {
		full = append(full, high)
	}
	span := order - 1
	for span < len(full)-order-1 && value >= full[span+1] {
		span++
	}
	out[span] = 1
	for degree := 1; degree < order; degree++ {
		for i := span - degree; i <= span; i++ {
			left, right := 0.0, 0.0
			if gap := full[i+degree] - full[i]; gap > 0 {
				left = (value - full[i]) / gap * out[i]
			}
			if i+1 < len(out) {
				if gap := full[i+degree+1] - full[i+1]; gap > 0 {
					right = (full[i+degree+1] - value) / gap * out[i+1]
				}
			}
			out[i] = left + right
		}
	}
}
