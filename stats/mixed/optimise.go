package mixed

import (
	"math"
	"slices"
)

// search minimises a function of θ that gives its value and its derivatives.
type search struct {
	objective   func(theta []float64) (value float64, gradient []float64)
	evaluations int
	iterations  int
	free        []bool // parameters that move; the others stay where they are
	flat        bool   // the deviance does not curve in some direction: the data do not tell all parameters apart
}

type point struct {
	theta, gradient []float64
	value           float64
}

func (s *search) at(theta []float64) point {
	s.evaluations++
	value, gradient := s.objective(theta)
	p := point{theta: slices.Clone(theta), value: value}
	if math.IsInf(value, 1) || math.IsNaN(value) {
		p.value = math.Inf(1)
		return p
	}
	p.gradient = gradient
	for i, free := range s.free {
		if !free {
			p.gradient[i] = 0
		}
	}
	return p
}

// objective is the deviance and its gradient, by classes of levels where the model allows.
func (e *evaluator) objective(theta []float64) (float64, []float64) {
	if e.class != nil {
		value, slope := e.class.deviance(e, theta[0])
		return value, []float64{slope}
	}
	value := e.deviance(theta)
	if math.IsInf(value, 1) || math.IsNaN(value) {
		return value, nil
	}
	return value, e.gradient()
}

// noise is how much rounding may move a deviance.
func noise(value float64) float64 { return 1e-13 * (100 + math.Abs(value)) }

const maxIterations = 300

// runaway is the standard deviation of effects, in residual standard deviations, at which a search is given up: the groups then explain
// everything, and the likelihood has no maximum.
const runaway = 1e6

// descend follows the method of Broyden, Fletcher, Goldfarb and Shanno from p until the decrease that it still expects is below
// tolerance. It returns the point reached and the last expected decrease.
func (s *search) descend(p point, tolerance float64) (point, float64) {
	return s.descendFrom(p, tolerance, nil)
}

// descendFrom is descend with a first guess of the inverse Hessian; nil stands for none.
func (s *search) descendFrom(p point, tolerance float64, h []float64) (point, float64) {
	n := len(p.theta)
	fresh := h == nil
	if fresh {
		h = identity(n, 1)
	}
	expected := math.Inf(1)
	for range maxIterations {
		if slices.ContainsFunc(p.theta, func(x float64) bool { return math.Abs(x) > runaway }) {
			return p, expected
		}
		direction := make([]float64, n)
		for i := range n {
			for j := range n {
				direction[i] -= float64(h[i*n+j] * p.gradient[j])
			}
		}
		slope := inProduct(direction, p.gradient)
		if slope >= 0 {
			if fresh {
				return p, 0
			}
			h, fresh = identity(n, 1), true
			continue
		}
		if !fresh {
			if expected = -slope; expected < tolerance {
				return p, expected
			}
		} else if -slope < 1e-24 {
			return p, -slope
		}
		length := math.Sqrt(inProduct(direction, direction))
		step := 1.0
		if fresh {
			step = min(1, 0.3/length)
		} else if limit := 1 + math.Sqrt(inProduct(p.theta, p.theta)); length > limit {
			step = limit / length
		}
		next, moved := s.lineSearch(p, direction, slope, step)
		if !moved {
			if fresh {
				return p, expected
			}
			h, fresh = identity(n, 1), true
			continue
		}
		s.iterations++
		h, fresh = update(h, p, next, fresh), false
		p = next
	}
	return p, expected
}

// lineSearch goes along a direction until the deviance falls enough and the slope is flat enough.
func (s *search) lineSearch(p point, direction []float64, slope, step float64) (point, bool) {
	low, high := 0.0, math.Inf(1)
	lowValue, lowSlope := p.value, slope
	best, found := p, false
	theta := make([]float64, len(p.theta))
	for range 25 {
		for i := range theta {
			theta[i] = p.theta[i] + step*direction[i]
		}
		next := s.at(theta)
		allowed := p.value + 1e-4*step*slope + noise(p.value)
		if next.value > allowed {
			high = step
			step = between(low, high, lowValue, lowSlope, next.value)
			continue
		}
		best, found = next, true
		there := inProduct(next.gradient, direction)
		switch {
		case math.Abs(there) <= -0.5*slope:
			return next, true
		case there < 0:
			low, lowValue, lowSlope = step, next.value, there
			if math.IsInf(high, 1) {
				step *= 3
			} else {
				step = (low + high) / 2
			}
		default: // went past a minimum by the slope; the secant rule tells where it lies
			high = step
			step = low + (step-low)*clamp(lowSlope/(lowSlope-there), 0.1, 0.9)
		}
		if high-low < 1e-10*high {
			break
		}
	}
	return best, found
}

// between is the minimum of the parabola through value and slope at low and the value at high, kept inside.
func between(low, high, value, slope, valueHigh float64) float64 {
	width := high - low
	if math.IsInf(valueHigh, 1) {
		return low + 0.2*width
	}
	t := -slope * width / (2 * ((valueHigh-value)/width - slope))
	return low + clamp(t, 0.1*width, 0.6*width)
}

func clamp(x, low, high float64) float64 {
	if !(x > low) {
		return low
	}
	return min(x, high)
}

// update improves the inverse Hessian by what the step from p to next showed.
func update(h []float64, p, next point, fresh bool) []float64 {
	n := len(p.theta)
	step, change := make([]float64, n), make([]float64, n)
	for i := range n {
		step[i], change[i] = next.theta[i]-p.theta[i], next.gradient[i]-p.gradient[i]
	}
	sy, yy := inProduct(step, change), inProduct(change, change)
	if !(sy > 1e-12*math.Sqrt(yy*inProduct(step, step))) {
		return h
	}
	if fresh {
		h = identity(n, sy/yy)
	}
	hy := make([]float64, n)
	for i := range n {
		for j := range n {
			hy[i] += float64(h[i*n+j] * change[j])
		}
	}
	factor := (1 + inProduct(change, hy)/sy) / sy
	for i := range n {
		for j := range n {
			h[i*n+j] += float64(factor*step[i]*step[j]) - float64((hy[i]*step[j]+step[i]*hy[j])/sy)
		}
	}
	return h
}

func identity(n int, scale float64) []float64 {
	h := make([]float64, n*n)
	for i := range n {
		h[i*n+i] = scale
	}
	return h
}

func inProduct(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

// flatness is the share of the largest curvature below which another counts as none.
const flatness = 1e-8

// polish takes Newton steps on the gradient alone, the Hessian from differences, until the gradient stops falling.
func (s *search) polish(p point, rounds int) point {
	n := len(p.theta)
	for range rounds {
		hessian := make([]float64, n*n)
		for j := range n {
			if !s.free[j] {
				hessian[j*n+j] = 1
				continue
			}
			h := 1e-4 * (0.1 + math.Abs(p.theta[j]))
			theta := slices.Clone(p.theta)
			theta[j] += h
			up := s.at(theta)
			theta[j] -= 2 * h
			down := s.at(theta)
			if up.gradient == nil || down.gradient == nil {
				return p
			}
			for i := range n {
				hessian[i*n+j] = (up.gradient[i] - down.gradient[i]) / (2 * h)
			}
		}
		for i := range n {
			for j := range i {
				v := (hessian[i*n+j] + hessian[j*n+i]) / 2
				hessian[i*n+j], hessian[j*n+i] = v, v
			}
		}
		most := 0.0
		for i := range n {
			most = max(most, math.Abs(hessian[i*n+i]))
		}
		positive := choleskySmall(hessian, n)
		for i := range n {
			s.flat = s.flat || s.free[i] && hessian[i*n+i]*hessian[i*n+i] < flatness*most
		}
		if !positive {
			s.flat = true
			return p
		}
		step := slices.Clone(p.gradient)
		solveLower(hessian, step, n, 1)
		solveUpper(hessian, step, n, 1)
		theta := slices.Clone(p.theta)
		for i := range theta {
			theta[i] -= step[i]
		}
		next := s.at(theta)
		if next.gradient == nil || steepest(next.gradient) >= steepest(p.gradient) || next.value > p.value+10*noise(p.value) {
			return p
		}
		s.iterations++
		p = next
	}
	return p
}

func steepest(gradient []float64) float64 {
	most := 0.0
	for _, g := range gradient {
		most = max(most, math.Abs(g))
	}
	return most
}
