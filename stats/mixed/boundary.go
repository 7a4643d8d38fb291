package mixed

import (
	"math"
	"slices"
)

// zeroVariance is the relative variance (against the residual variance, effects scaled to unit mean square) below which a variance
// is tried as zero.
const zeroVariance = 1e-6

// find runs the search from several starts and settles what lies on the boundary. The parameters of objective are θ and those that
// rest gives starting values of. Afterwards the caller evaluates once more, for what the effects need.
func (e *evaluator) find(objective func([]float64) (float64, []float64), rest []float64) (point, Certificate) {
	s := &search{objective: objective, free: make([]bool, len(e.theta)+len(rest))}
	var cert Certificate
	for i := range s.free {
		s.free[i] = true
	}
	var best point
	starts, guess := e.starts()
	tolerance := 1e-13
	if len(starts) == 1 {
		tolerance = 1e-11
	}
	for k, start := range starts {
		p := s.at(append(start, rest...))
		if p.gradient == nil {
			continue
		}
		if len(starts) > 1 {
			p, _ = s.descend(p, 1e-3)
		}
		cert.Starts++
		switch {
		case k == 0 || best.theta == nil || p.value < best.value-0.05:
			best, cert.Agreed = p, 1
		case p.value < best.value+0.05:
			cert.Agreed++
			if p.value < best.value {
				best = p
			}
		}
	}
	if best.theta == nil {
		return best, cert
	}
	expected := 0.0
	for range 8 { // each round either settles or leaves a boundary that proved false
		best, expected = s.descendFrom(best, tolerance, guess)
		guess = nil
		best = e.settle(s, best)
		left, escaped := e.escape(s, best)
		if !escaped {
			break
		}
		best = left
		for i := range s.free {
			s.free[i] = true
		}
	}
	if e.cheap() {
		best = s.polish(best, 3)
	}
	cert.Flat = s.flat
	cert.Gradient, cert.Iterations, cert.Evaluations = steepest(best.gradient), s.iterations, s.evaluations
	cert.Converged = expected < 1e-7 || cert.Gradient < 1e-5*math.Sqrt(e.df)
	return best, cert
}

// cheap tells whether an evaluation costs so little that starts and certainty need not be spared.
func (e *evaluator) cheap() bool { return e.cost() < 3e6 }

// cost is the rough number of multiplications of an evaluation with gradient.
func (e *evaluator) cost() float64 {
	total := 0.0
	if e.class != nil {
		return float64(len(e.class.a) * 2 * e.nv * e.nv)
	}
	for k := range e.order.steps {
		s := &e.order.steps[k]
		q, w, nv := float64(e.order.dim[s.node]), float64(s.width), float64(e.nv)
		total += 3*q*w*w + 4*q*w*nv + 2*q*nv*nv + 6*q*q*nv
	}
	for _, c := range e.order.comps {
		n := float64(c.size)
		total += n * n * n
	}
	return total
}

// starts are the points from which the search begins, the more an evaluation costs the fewer, and, where there is one start only, a
// guess of the inverse Hessian there.
func (e *evaluator) starts() (starts [][]float64, guess []float64) {
	start := func(scale func(term int) float64) []float64 {
		theta := make([]float64, len(e.theta))
		for k, t := range e.terms {
			at := t.theta
			for j := range t.q {
				theta[at] = scale(k) / (1 + float64(j))
				at += t.q - j
			}
		}
		return theta
	}
	if !e.cheap() {
		alone, curvature := e.alone()
		out := [][]float64{start(func(k int) float64 { return alone[k] })}
		if e.cost() < 1e7 {
			return append(out, start(func(k int) float64 { return []float64{1.5, 0.1}[k%2] })), nil
		}
		if len(e.terms) != len(e.theta) {
			return out, nil
		}
		guess = identity(len(e.theta), 1)
		for k, c := range curvature {
			guess[k*len(e.theta)+k] = 1 / c
		}
		return out, guess
	}
	out := [][]float64{start(func(int) float64 { return 0.4 })}
	return append(out, start(func(k int) float64 { return []float64{1.5, 0.1}[k%2] }), start(func(k int) float64 { return []float64{0.1, 1.5}[k%2] }),
		start(func(int) float64 { return 2.5 })), nil
}

// alone fits the first effect of every term as if it were the only one of the model, which costs next to nothing (see classes): a
// start near the solution, with the curvature there.
func (e *evaluator) alone() (theta, curvature []float64) {
	for _, t := range e.terms {
		f := &e.factors[t.factor]
		one := problemFactor{n: f.n, q: 1, zz: make([]float64, f.n), zv: make([]float64, f.n*e.nv)}
		for i := range f.n {
			one.zz[i] = f.zz[i*f.q*f.q+t.at*f.q+t.at]
			copy(one.zv[i*e.nv:(i+1)*e.nv], f.zv[(i*f.q+t.at)*e.nv:])
		}
		c := newClasses(&problem{factors: []problemFactor{one}, nv: e.nv})
		s := &search{free: []bool{true}, objective: func(theta []float64) (float64, []float64) {
			value, slope := c.deviance(e, theta[0])
			return value, []float64{slope}
		}}
		p, _ := s.descend(s.at([]float64{0.4}), 1e-4)
		at := clamp(math.Abs(p.theta[0]), 0.02, 5)
		_, up := c.deviance(e, at*1.001)
		_, down := c.deviance(e, at*0.999)
		theta, curvature = append(theta, at), append(curvature, max((up-down)/(0.002*at), 1))
	}
	return theta, curvature
}

// settle tries variances that came out as nearly nothing as exactly nothing and keeps that where the deviance agrees.
func (e *evaluator) settle(s *search, p point) point {
	p = e.turn(p)
	theta := slices.Clone(p.theta)
	changed := false
	for _, t := range e.terms {
		l := lowerOf(theta[t.theta:], t.q)
		zero := false
		for j := range t.q {
			if v := l[j*t.q+j]; v*v < zeroVariance {
				l[j*t.q+j] = 0
				zero = true
			}
		}
		if !zero {
			continue
		}
		changed = true
		canonical := choleskyFlat(squareLower(l, t.q), t.q)
		at := t.theta
		for j := range t.q {
			for i := j; i < t.q; i++ {
				theta[at] = canonical[i*t.q+j]
				s.free[at] = canonical[j*t.q+j] != 0
				at++
			}
		}
	}
	if !changed {
		return p
	}
	next := s.at(theta)
	if next.gradient != nil {
		next, _ = s.descend(next, 1e-13)
	}
	if next.gradient == nil || next.value > p.value+1e-7+noise(p.value) {
		for i := range s.free {
			s.free[i] = true
		}
		return p
	}
	return e.turn(next)
}

// turn makes the diagonal of every Λ positive: the sign of a column means nothing to the model.
func (e *evaluator) turn(p point) point {
	for _, t := range e.terms {
		at := t.theta
		for j := range t.q {
			if p.theta[at] < 0 {
				for i := range t.q - j {
					p.theta[at+i], p.gradient[at+i] = -p.theta[at+i], -p.gradient[at+i]
				}
			}
			at += t.q - j
		}
	}
	return p
}

// escape looks from a boundary into the inside: where the deviance falls there, the boundary is false.
func (e *evaluator) escape(s *search, p point) (point, bool) {
	fixed := s.free
	defer func() { s.free = fixed }()
	s.free = make([]bool, len(fixed))
	for i := range s.free {
		s.free[i] = true
	}
	best := p
	for _, t := range e.terms {
		at := t.theta
		for j := range t.q {
			if !fixed[at] {
				for _, size := range []float64{0.003, 0.05, 0.3} {
					theta := slices.Clone(p.theta)
					theta[at] = size
					if next := s.at(theta); next.gradient != nil && next.value < best.value-1e-8-10*noise(p.value) {
						best = next
					}
				}
			}
			at += t.q - j
		}
	}
	return best, best.value < p.value
}

// lowerOf unpacks the parameters of a term into its lower triangular factor, q × q.
func lowerOf(theta []float64, q int) []float64 {
	l := make([]float64, q*q)
	at := 0
	for j := range q {
		for i := j; i < q; i++ {
			l[i*q+j] = theta[at]
			at++
		}
	}
	return l
}

// squareLower is LL'.
func squareLower(l []float64, q int) []float64 {
	out := make([]float64, q*q)
	for i := range q {
		for j := range q {
			for k := range min(i, j) + 1 {
				out[i*q+j] += float64(l[i*q+k] * l[j*q+k])
			}
		}
	}
	return out
}

// choleskyFlat is the Cholesky factor of a positive semidefinite matrix; a pivot that is nothing gives a column of zeros.
func choleskyFlat(a []float64, q int) []float64 {
	l := make([]float64, q*q)
	most := 0.0
	for i := range q {
		most = max(most, a[i*q+i])
	}
	for j := range q {
		d := a[j*q+j]
		for k := range j {
			d -= float64(l[j*q+k] * l[j*q+k])
		}
		if d <= 1e-13*a[j*q+j] || d <= 1e-15*most || d <= 0 {
			continue
		}
		l[j*q+j] = math.Sqrt(d)
		for i := j + 1; i < q; i++ {
			v := a[i*q+j]
			for k := range j {
				v -= float64(l[i*q+k] * l[j*q+k])
			}
			l[i*q+j] = v / l[j*q+j]
		}
	}
	return l
}
