package stats

import (
	"math"
	"slices"
	"sort"
)

// MinPoints is the least number of values from which a series can be projected, MaxPoints the most; of a longer one the last
// values count.
const (
	MinPoints = 3
	MaxPoints = 40
)

const maxSize = 1e100

// Point is a value at a moment, in years.
type Point struct{ At, Value float64 }

// Bounds are the ends of what a figure can be, such as 0 and 100 for a share in percent.
type Bounds struct {
	Low, High       float64
	HasLow, HasHigh bool
}

func (b Bounds) cut(x float64) float64 {
	if b.HasLow {
		x = max(x, b.Low)
	}
	if b.HasHigh {
		x = min(x, b.High)
	}
	return x
}

// Projection is where a series is expected to stand: its middle (median) and the interval around it.
type Projection struct{ Middle, Low, High float64 }

// Project projects a series to a moment. level is the share of cases in which the value is to lie in the interval, such as 0.8.
// Points need no order; two at one moment, numbers that are none, a level outside 0 and 1, a moment not after the last point or
// fewer than MinPoints points give false.
func Project(points []Point, at, level float64, bounds Bounds) (Projection, bool) {
	points = slices.Clone(points)
	sort.SliceStable(points, func(i, j int) bool { return points[i].At < points[j].At })
	points = points[max(0, len(points)-MaxPoints):]
	moments, values := make([]float64, len(points)), make([]float64, len(points))
	for n, point := range points {
		moments[n], values[n] = point.At, point.Value
	}
	projector, ok := NewProjector(moments, at, level)
	if !ok {
		return Projection{}, false
	}
	return projector.Project(values, bounds)
}

// A Projector projects many series that were measured at the same moments to the same moment. It may be used by many at once.
type Projector struct {
	length   int
	level    float64
	student  *student
	mixtures []mixture
}

// mixture is one mixture of the three kinds of noise, made ready for the moments.
type mixture struct {
	prior     float64   // logarithm of everything in its weight that the values do not change
	middle    []float64 // times the values: the expected value
	remainder []float64 // lower triangle, row by row, of the matrix whose quadratic form is the sum of squares
	spread    float64   // the variance of the prediction in units of that of the noise
}

// noise is how much a mixture has of each kind, as variances, by how much all of it fades from year to year, and how much the
// mixture counts beforehand.
type noise struct{ year, wander, turn, fade, weight float64 }

// NewProjector returns a projector for values at the moments, which must rise, to a later moment.
func NewProjector(moments []float64, at, level float64) (*Projector, bool) {
	n := len(moments)
	if n < MinPoints || n > MaxPoints || !(level > 0 && level < 1) || !(math.Abs(at) <= maxSize) {
		return nil, false
	}
	for i, moment := range moments {
		if !(math.Abs(moment) <= maxSize) || i > 0 && moment <= moments[i-1] {
			return nil, false
		}
	}
	if at <= moments[n-1] {
		return nil, false
	}
	p := &Projector{length: n, level: level, student: studentOf(n - 2)}
	for _, one := range gridArray {
		if made, ok := mixtureOf(one, moments, at); ok {
			p.mixtures = append(p.mixtures, made)
		}
	}
	return p, len(p.mixtures) > 0
}

// covariance is that of two moments counted from the first, up to the scale of the noise: a level that wanders has that of a random walk, a
// drift that changes that of an integrated one.
func (o noise) covariance(s, t float64) float64 {
	least, most := min(s, t), max(s, t)
	value := o.wander*least + o.turn*least*least*(3*most-least)/6
	if s == t {
		value += o.year
	}
	if o.fade != 0 {
		value *= math.Exp(-o.fade * (s + t) / 2)
	}
	return value
}

// mixtureOf solves the generalised least squares of a mixture: with V = L Lᵗ the whitened design is made orthonormal, so that
// everything that follows is linear or quadratic in the values.
func mixtureOf(one noise, moments []float64, at float64) (mixture, bool) {
	n, first := len(moments), moments[0]
	step := (moments[n-1] - first) / float64(n-1) // noise is that of a usual step
	time := func(i int) float64 { return (moments[i] - first) / step }
	ahead := (at - first) / step
	lower := make([]float64, n*n)
	for i := range n {
		for j := range i + 1 {
			lower[i*n+j] = one.covariance(time(i), time(j))
		}
	}
	if !cholesky(lower, n) {
		return mixture{}, false
	}
	level, drift, future := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		level[i], drift[i] = 1, time(i)
		future[i] = one.covariance(time(i), ahead)
	}
	forward(lower, n, level)
	forward(lower, n, drift)
	forward(lower, n, future)
	scaleLevel := unitLength(level)
	along := dot(level, drift)
	for i := range drift {
		drift[i] -= along * level[i]
	}
	scaleDrift := unitLength(drift)
	if scaleLevel == 0 || scaleDrift == 0 {
		return mixture{}, false
	}
	// The design of the moment ahead in the orthonormal basis, less what the past already tells of it.
	firstPart := 1/scaleLevel - dot(future, level)
	secondPart := (ahead-along/scaleLevel)/scaleDrift - dot(future, drift)
	weights := make([]float64, n) // on the whitened values
	for i := range n {
		weights[i] = future[i] + firstPart*level[i] + secondPart*drift[i]
	}
	made := mixture{spread: one.covariance(ahead, ahead) - dot(future, future) + firstPart*firstPart + secondPart*secondPart}
	made.prior = math.Log(one.weight) - math.Log(scaleLevel) - math.Log(scaleDrift)
	for i := range n {
		made.prior -= math.Log(lower[i*n+i])
	}
	made.middle = backward(lower, n, weights)
	made.remainder = remainder(lower, n, level, drift)
	return made, made.spread > 0
}

// remainder is L⁻ᵗ (I − q₁q₁ᵗ − q₂q₂ᵗ) L⁻¹ as a lower triangle whose entries off the diagonal count twice.
func remainder(lower []float64, n int, level, drift []float64) []float64 {
	inverse := make([]float64, n*n) // column j is L⁻¹ eⱼ
	for j := range n {
		unit := make([]float64, n)
		unit[j] = 1
		forward(lower, n, unit)
		a, b := dot(unit, level), dot(unit, drift)
		for i := range n {
			inverse[j*n+i] = unit[i] - a*level[i] - b*drift[i]
		}
	}
	triangle := make([]float64, 0, n*(n+1)/2)
	for i := range n {
		for j := range i + 1 {
			value := dot(inverse[i*n:i*n+n], inverse[j*n:j*n+n])
			if i != j {
				value *= 2
			}
			triangle = append(triangle, value)
		}
	}
	return triangle
}

// Project projects one series. Shapes: as many values as the projector has moments, else false; so are numbers that are none, or
// beyond maxSize, whose squares would be none.
func (p *Projector) Project(values []float64, bounds Bounds) (Projection, bool) {
	if len(values) != p.length || slices.ContainsFunc(values, func(x float64) bool { return !(math.Abs(x) <= maxSize) }) {
		return Projection{}, false
	}
	var room [2 * len(gridArray)]component
	parts := p.components(room[:0], values, nil)
	if curve := curveOf(values, bounds); curve != nil {
		parts = p.components(parts, values, curve)
	}
	parts = shares(parts)
	tail := (1 - p.level) / 2
	low, middle, high := p.student.quantile(parts, tail), p.student.quantile(parts, 0.5), p.student.quantile(parts, 1-tail)
	low, high = bounds.cut(min(low, high)), bounds.cut(max(low, high)) // at a bound the two may meet within what is exact
	return Projection{Middle: min(max(middle, low), high), Low: low, High: high}, true
}

// components appends what each mixture predicts, on the scale of the values or on that of the curve, with the logarithm of its weight.
func (p *Projector) components(parts []component, values []float64, along *curve) []component {
	var kept [MaxPoints]float64 // less the last value: sums of squares keep their digits
	n, largest, jacobian := p.length, 0.0, 0.0
	for i, value := range values {
		kept[i] = value
		if along != nil {
			kept[i] = along.to(value)
			jacobian += math.Log(along.steepness(value))
		}
		largest = max(largest, math.Abs(kept[i]))
	}
	origin := kept[n-1]
	for i := range n {
		kept[i] -= origin
	}
	least := 1e-18 * max(largest*largest, 1e-200)
	freedom := float64(n - 2)
	for k := range p.mixtures {
		m := &p.mixtures[k]
		squares := max(m.quadratic(kept[:n]), least)
		parts = append(parts, component{middle: origin + dot(m.middle, kept[:n]), scale: math.Sqrt(m.spread * squares / freedom),
			weight: m.prior - freedom/2*math.Log(squares) + jacobian, along: along})
	}
	return parts
}

// shares turns logarithms of weights into shares, and drops components that change nothing.
func shares(parts []component) []component {
	best, total, sum := math.Inf(-1), 0.0, 0.0
	for _, part := range parts {
		best = max(best, part.weight)
	}
	for k := range parts {
		parts[k].weight = math.Exp(parts[k].weight - best)
		total += parts[k].weight
	}
	few := parts[:0]
	for _, part := range parts {
		if part.weight > total*1e-4 {
			few = append(few, part)
			sum += part.weight
		}
	}
	for k := range few {
		few[k].weight /= sum
	}
	return few
}

// curve is the logit between two bounds: what grows towards a bound slows down before it, and goes straight on this scale.
type curve struct{ low, high float64 }

// curveOf returns the curve between the bounds; nil where there are not two, or a value lies so near to one that the curve would make
// much of a difference that no figure shows.
func curveOf(values []float64, bounds Bounds) *curve {
	if !bounds.HasLow || !bounds.HasHigh {
		return nil
	}
	margin := (bounds.High - bounds.Low) / 1000
	for _, value := range values {
		if value < bounds.Low+margin || value > bounds.High-margin {
			return nil
		}
	}
	return &curve{low: bounds.Low, high: bounds.High}
}

func (c *curve) to(x float64) float64 { return math.Log((x - c.low) / (c.high - x)) }

func (c *curve) steepness(x float64) float64 { return (c.high - c.low) / ((x - c.low) * (c.high - x)) }

func (m *mixture) quadratic(values []float64) float64 {
	sum, at := 0.0, 0
	for i, value := range values {
		row := 0.0
		for j := range i + 1 {
			row += m.remainder[at] * values[j]
			at++
		}
		sum += row * value
	}
	return sum
}
