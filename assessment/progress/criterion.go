package progress

import "math"

// model is the two-level model as sums: exit = X b + Z u + e, with u of each school normal with covariance s² L L', and e normal with
// variance s². theta are the elements of L: one for a random intercept, three for intercept and slope (l11, l21, l22).
type model struct {
	k       int // columns, the last is the exit score
	p       int // of X
	q       int // of Z: 1, or 2 with the slope
	z       [2]int
	n       float64
	schools []Moment
	full    [][]float64 // of each school: all products as a square, row by row
	total   []float64   // the same for all schools together
	extra   float64     // variance that the error of the entry score adds to a pupil's share in the mean of the school
}

// newModel prepares moments whose columns are independent. slope is the column that has a random slope, -1 for none.
func newModel(m Moments, slope int) *model {
	k := len(m.Columns)
	out := &model{k: k, p: k - 1, q: 1, schools: m.Schools, n: float64(m.Pupils()), total: square(k, m.total())}
	if slope > 0 {
		out.q, out.z[1] = 2, slope
	}
	for _, one := range m.Schools {
		out.full = append(out.full, square(k, one.Sums))
	}
	return out
}

func square(k int, sums []float64) []float64 {
	out := make([]float64, k*k)
	for i := range k {
		for j := range k {
			out[i*k+j] = sums[at(k, i, j)]
		}
	}
	return out
}

// point is the model at one theta: everything that follows once the proportions of the variances are given.
type point struct {
	theta    []float64
	deviance float64   // restricted, -2 log likelihood
	fixed    []float64 // b
	cover    []float64 // of b: p × p
	sigma2   float64
	failed   bool // X'V⁻¹X is not positive here
}

// schoolAt is what the criterion needs of one school at a theta: B = L'Z'V, the factor of T = L'Z'Z L + 1, and R = factor⁻¹ B.
type schoolAt struct {
	c11, c21, c22 float64
	r             []float64 // q × k
}

// reduce fills one school at theta.
func (m *model) reduce(theta []float64, full []float64, out *schoolAt) {
	k := m.k
	first := full[m.z[0]*k : m.z[0]*k+k]
	if m.q == 1 {
		l := theta[0]
		out.c11 = math.Sqrt(l*l*first[0] + 1)
		for c, x := range first {
			out.r[c] = l * x / out.c11
		}
		return
	}
	l11, l21, l22 := theta[0], theta[1], theta[2]
	second := full[m.z[1]*k : m.z[1]*k+k]
	b1, b2 := out.r[:k], out.r[k:2*k]
	for c := range k {
		b1[c], b2[c] = l11*first[c]+l21*second[c], l22*second[c]
	}
	t11 := b1[m.z[0]]*l11 + b1[m.z[1]]*l21 + 1
	t12 := b1[m.z[1]] * l22
	t22 := b2[m.z[1]]*l22 + 1
	out.c11 = math.Sqrt(t11)
	out.c21 = t12 / out.c11
	out.c22 = math.Sqrt(t22 - out.c21*out.c21)
	for c := range k {
		b1[c] /= out.c11
		b2[c] = (b2[c] - out.c21*b1[c]) / out.c22
	}
}

// at is the model at theta.
func (m *model) at(theta []float64) point {
	k := m.k
	a := append([]float64(nil), m.total...)
	one := schoolAt{r: make([]float64, m.q*k)}
	logs := 0.0
	for j := range m.full {
		m.reduce(theta, m.full[j], &one)
		logs += math.Log(one.c11)
		if m.q == 2 {
			logs += math.Log(one.c22)
		}
		for row := range m.q {
			r := one.r[row*k : row*k+k]
			for i, x := range r {
				for c := i; c < k; c++ {
					a[i*k+c] -= x * r[c]
				}
			}
		}
	}
	return m.solve(theta, a, logs)
}

// solve finishes a point: the factor of the reduced products gives b, what is left, and the restricted deviance.
func (m *model) solve(theta, a []float64, logs float64) point {
	k, p := m.k, m.p
	out := point{theta: append([]float64(nil), theta...), deviance: math.Inf(1), failed: true}
	for i := range k { // upper factor in place: a = U'U
		for j := i; j < k; j++ {
			sum := a[i*k+j]
			for h := range i {
				sum -= a[h*k+i] * a[h*k+j]
			}
			if i != j {
				a[i*k+j] = sum / a[i*k+i]
				continue
			}
			if sum <= 0 {
				return out
			}
			a[i*k+i] = math.Sqrt(sum)
		}
	}
	rest, freedom := a[p*k+p]*a[p*k+p], m.n-float64(p)
	if freedom <= 0 {
		return out
	}
	out.failed, out.sigma2 = false, rest/freedom
	out.deviance = 2*logs + freedom*(1+math.Log(2*math.Pi*rest/freedom))
	for i := range p {
		out.deviance += 2 * math.Log(a[i*k+i])
	}
	out.fixed, out.cover = make([]float64, p), make([]float64, p*p)
	inverse := make([]float64, p*p) // of U
	for c := range p {
		inverse[c*p+c] = 1 / a[c*k+c]
		for i := c - 1; i >= 0; i-- {
			sum := 0.0
			for h := i + 1; h <= c; h++ {
				sum += a[i*k+h] * inverse[h*p+c]
			}
			inverse[i*p+c] = -sum / a[i*k+i]
		}
	}
	for i := range p {
		for c := i; c < p; c++ {
			out.fixed[i] += inverse[i*p+c] * a[c*k+p]
			for d := range p {
				if d <= c {
					out.cover[i*p+d] += inverse[i*p+c] * inverse[d*p+c] * out.sigma2
				}
			}
		}
	}
	return out
}

// effect is the prediction of one school at a theta, for a pupil whose entry score lies h above the centre: the best linear
// unbiased one, its conditional variance with b taken as known, and the variance of its error with b estimated.
type effect struct{ value, conditional, variance float64 }

// effects predicts every school at a point.
func (m *model) effects(pt point, h float64) []effect {
	k, p := m.k, m.p
	out := make([]effect, len(m.full))
	one := schoolAt{r: make([]float64, m.q*k)}
	g, pull := make([]float64, m.q), make([]float64, p)
	for j := range m.full {
		m.reduce(pt.theta, m.full[j], &one)
		// g' = c' L C⁻ᵀ, so that the effect is g'(R_y - R_x b).
		if m.q == 1 {
			g[0] = pt.theta[0] / one.c11
		} else {
			w1, w2 := pt.theta[0]+h*pt.theta[1], h*pt.theta[2] // c'L
			g[0] = w1 / one.c11
			g[1] = (w2 - one.c21*g[0]) / one.c22
		}
		var e effect
		clear(pull)
		for row, weight := range g {
			r := one.r[row*k : row*k+k]
			rest := r[p]
			for c := range p {
				rest -= r[c] * pt.fixed[c]
				pull[c] += weight * r[c]
			}
			e.value += weight * rest
			e.conditional += weight * weight * pt.sigma2
		}
		e.variance = e.conditional + pull[0]*pull[0]*m.extra/float64(m.schools[j].N)
		for a := range p {
			for b := range p {
				e.variance += pull[a] * pull[b] * pt.cover[a*p+b]
			}
		}
		out[j] = e
	}
	return out
}
