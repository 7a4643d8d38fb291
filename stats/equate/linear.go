package equate

import "math"

// line is the slope and intercept of identity, mean and linear equating with the means and deviations of a population.
func line(kind Type, x, y Form, s Synthetic) (slope, intercept float64) {
	slope = (y.high() - y.low()) / (x.high() - x.low())
	switch kind {
	case Identity:
		return slope, y.low() - slope*x.low()
	case Linear:
		slope = s.SDY / s.SDX
		if math.IsNaN(slope) || math.IsInf(slope, 0) { // a form on which all scores are the same says nothing of the slope
			slope = 1
		}
	}
	return slope, s.MeanY - slope*s.MeanX
}

func along(scores []float64, slope, intercept float64) []Point {
	out := make([]Point, len(scores))
	for i, score := range scores {
		out[i] = Point{Scale: score, Equated: slope*score + intercept}
	}
	return out
}

// linearErrors sets the standard errors of linear equating of groups alike: with z the standard score,
// Var = var(Y) (1/nx + 1/ny + (skew x/nx + skew y/ny) z + ((kurt x-1)/(4nx) + (kurt y-1)/(4ny)) z²).
func linearErrors(points []Point, x, y Form) {
	nx, ny := total(x.Counts), total(y.Counts)
	meanX, sdX, varX, varY := x.mean(), x.sd(), x.variance(), y.variance()
	if varX == 0 || varY == 0 {
		return
	}
	skew := x.moment(meanX, 3)/math.Pow(varX, 1.5)/nx + y.moment(y.mean(), 3)/math.Pow(varY, 1.5)/ny
	kurt := (x.moment(meanX, 4)/(varX*varX)-1)/(4*nx) + (y.moment(y.mean(), 4)/(varY*varY)-1)/(4*ny)
	for i := range points {
		z := (points[i].Scale - meanX) / sdX
		se := math.Sqrt(max(varY*(1/nx+1/ny+skew*z+kurt*z*z), 0))
		points[i].SE = &se
	}
}

// arc is simplified circle-arc equating: the line of identity, and on it an arc of a circle that is 0 at both ends of the scale and takes
// the middle point to where it belongs.
func arc(x, y Form, middleX, middleY float64) []Point {
	slope, intercept := line(Identity, x, y, Synthetic{})
	points := along(x.Scores, slope, intercept)
	low, high, rise := x.low(), x.high(), middleY-(slope*middleX+intercept)
	if rise == 0 || middleX <= low || middleX >= high {
		return points
	}
	centreX := (low + high) / 2
	// The centre is as far from (low, 0) as from (middleX, rise).
	centreY := (rise*rise + (middleX-low)*(middleX-high)) / (2 * rise)
	radius := math.Hypot(low-centreX, centreY)
	for i, score := range x.Scores {
		height := math.Sqrt(max(radius*radius-(score-centreX)*(score-centreX), 0))
		points[i].Equated += centreY + math.Copysign(height, rise)
	}
	return points
}
