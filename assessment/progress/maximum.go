package progress

import "math"

// maximum is theta where the restricted likelihood is largest: golden section for one parameter, Nelder and Mead's simplex from
// three starts for three. It serves the integration over theta; the estimates that are shown are those of package stats/mixed.
func (m *model) maximum() point {
	if m.q == 1 {
		return m.largestOnLine()
	}
	intercept := *m
	intercept.q = 1
	base := max(intercept.largestOnLine().theta[0], 0.05)
	scale := m.slopeScale()
	var best point
	for n, start := range [][]float64{{base, 0, 0.3 * base / scale}, {base, 0.3 * base / scale, 0.1 * base / scale}, {base, -0.3 * base / scale, base / scale}} {
		found := m.simplex(start, []float64{base / 2, base / 2 / scale, base / 2 / scale})
		if n == 0 || found.deviance < best.deviance {
			best = found
		}
	}
	return best
}

// slopeScale is the standard deviation of the column with the random slope, so that steps have a size.
func (m *model) slopeScale() float64 {
	c := m.z[1]
	mean := m.total[c] / m.n
	return max(math.Sqrt(max(0, m.total[c*m.k+c]/m.n-mean*mean)), 1e-12)
}

// largestOnLine looks at theta = 0 and along a grid, and goes into the best stretch by golden section.
func (m *model) largestOnLine() point {
	best, place := m.at([]float64{0}), 0
	grid := lineGrid()
	for n, theta := range grid[1:] {
		if found := m.at([]float64{theta}); found.deviance < best.deviance {
			best, place = found, n+1
		}
	}
	low, high := grid[max(0, place-1)], grid[min(len(grid)-1, place+1)]
	const golden = 0.6180339887498949
	a, b := m.at([]float64{high - golden*(high-low)}), m.at([]float64{low + golden*(high-low)})
	for range 60 {
		if a.deviance < b.deviance {
			high, b = b.theta[0], a
			a = m.at([]float64{high - golden*(high-low)})
		} else {
			low, a = a.theta[0], b
			b = m.at([]float64{low + golden*(high-low)})
		}
	}
	for _, found := range []point{a, b} {
		if found.deviance < best.deviance {
			best = found
		}
	}
	return best
}

// lineGrid are values of theta from 0 to 6, closer where counties lie: a share between schools of 0 to 97 %.
func lineGrid() []float64 {
	grid := make([]float64, 0, 41)
	for n := range 41 {
		x := float64(n) / 40
		grid = append(grid, 0.3*x+5.7*x*x*x)
	}
	return grid
}

// folded brings theta into the region where it is counted once: diagonal elements of L are not negative.
func folded(theta []float64) []float64 {
	out := append([]float64(nil), theta...)
	if out[0] < 0 {
		out[0], out[1] = -out[0], -out[1]
	}
	out[2] = math.Abs(out[2])
	return out
}

// simplex is Nelder and Mead's search from a start with steps.
func (m *model) simplex(start, steps []float64) point {
	corners := []point{m.at(folded(start))}
	for n, step := range steps {
		moved := append([]float64(nil), start...)
		moved[n] += step
		corners = append(corners, m.at(folded(moved)))
	}
	for range 200 {
		sortPoints(corners)
		if worst, best := corners[3], corners[0]; worst.deviance-best.deviance < 1e-9 {
			break
		}
		middle := make([]float64, 3)
		for _, c := range corners[:3] {
			for i := range middle {
				middle[i] += c.theta[i] / 3
			}
		}
		try := func(factor float64) point {
			moved := make([]float64, 3)
			for i := range moved {
				moved[i] = middle[i] + factor*(corners[3].theta[i]-middle[i])
			}
			return m.at(folded(moved))
		}
		switch mirrored := try(-1); {
		case mirrored.deviance < corners[0].deviance:
			if far := try(-2); far.deviance < mirrored.deviance {
				mirrored = far
			}
			corners[3] = mirrored
		case mirrored.deviance < corners[2].deviance:
			corners[3] = mirrored
		default:
			if near := try(0.5); near.deviance < corners[3].deviance {
				corners[3] = near
				break
			}
			for n := 1; n < 4; n++ {
				moved := make([]float64, 3)
				for i := range moved {
					moved[i] = (corners[n].theta[i] + corners[0].theta[i]) / 2
				}
				corners[n] = m.at(folded(moved))
			}
		}
	}
	sortPoints(corners)
	return corners[0]
}

func sortPoints(points []point) {
	for i := range points {
		for j := i; j > 0 && points[j].deviance < points[j-1].deviance; j-- {
			points[j], points[j-1] = points[j-1], points[j]
		}
	}
}
