package progress

// Certificate shows that an estimate is one: where the likelihood is largest, how steep it still is there, and whether that is at
// the bound where schools do not differ at all.
type Certificate struct {
	Theta       []float64 `json:"theta"`       // standard deviations between schools relative to that of pupils
	Gradient    []float64 `json:"gradient"`    // of the deviance, by differences
	Boundary    bool      `json:"boundary"`    // the likelihood is largest where schools do not differ
	Starts      int       `json:"starts"`      // from which the search began
	Uncertainty int       `json:"uncertainty"` // values of theta over which the intervals were integrated
}

// certify looks at the deviance around the best point.
func (m *model) certify(best point) Certificate {
	out := Certificate{Theta: best.theta, Boundary: best.theta[0] < 1e-4, Starts: 1, Uncertainty: nodes}
	if m.q == 2 {
		out.Starts, out.Uncertainty = 3, kept
	}
	for n, x := range best.theta {
		h := 1e-4 * max(1, x)
		up, down := append([]float64(nil), best.theta...), append([]float64(nil), best.theta...)
		up[n], down[n] = x+h, x-h
		if n != 1 && x < h { // at the bound: to the right only
			down[n], h = x, h/2
		}
		out.Gradient = append(out.Gradient, (m.at(up).deviance-m.at(down).deviance)/(2*h))
	}
	return out
}
