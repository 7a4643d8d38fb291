package mixed

import "math"

// classes serve the commonest model, one effect of one factor, such as (1 | school): levels with the same Z_i'Z_i (schools with
// equally many pupils) enter the deviance only through the sum of their squares Z_i'[X y], so that an evaluation costs as much as
// there are distinct sizes, not schools.
type classes struct {
	a       []float64 // Z_i'Z_i of each class
	count   []float64
	squares []float64 // of each class the lower triangle of Σ r r', r = Z_i'[X y], nv × nv
	slope   []float64 // work: derivative of S by λ²
}

// newClasses returns nil when the model is another.
func newClasses(p *problem) *classes {
	if len(p.factors) != 1 || p.factors[0].q != 1 {
		return nil
	}
	f, nv := &p.factors[0], p.nv
	c := &classes{slope: make([]float64, nv*nv)}
	of := map[uint64]int{}
	for i, a := range f.zz {
		k, known := of[math.Float64bits(a)]
		if !known {
			k = len(c.a)
			of[math.Float64bits(a)] = k
			c.a, c.count = append(c.a, a), append(c.count, 0)
			c.squares = append(c.squares, make([]float64, nv*nv)...)
		}
		c.count[k]++
		squares := c.squares[k*nv*nv : (k+1)*nv*nv]
		r := f.zv[i*nv : (i+1)*nv]
		for x, v := range r {
			to := squares[x*nv : x*nv+x+1]
			for y := range to {
				to[y] += float64(v * r[y])
			}
		}
	}
	return c
}

// deviance returns the deviance at λ and its derivative. With t = λ²a + 1: S = [X y]'[X y] - Σ λ²/t r r', its derivative by λ² is
// -Σ 1/t² r r', and that of log|M| is Σ a/t.
func (c *classes) deviance(e *evaluator, lambda float64) (value, derivative float64) {
	nv, square := e.nv, lambda*lambda
	copy(e.l, e.square)
	clear(c.slope)
	for k, a := range c.a {
		t := square*a + 1
		value += c.count[k] * math.Log(t)
		derivative += c.count[k] * a / t
		whole, part := square/t, 1/(t*t)
		squares := c.squares[k*nv*nv : (k+1)*nv*nv]
		for i := range nv {
			for j := range i + 1 {
				s := squares[i*nv+j]
				e.l[i*nv+j] -= float64(whole * s)
				c.slope[i*nv+j] -= float64(part * s)
			}
		}
	}
	if !choleskySmall(e.l, nv) {
		return math.Inf(1), 0
	}
	for i := range nv { // L⁻¹ (dS) L'⁻¹ holds tr(Sxx⁻¹ dSxx) and d log r² on its diagonal
		for j := range i {
			c.slope[j*nv+i] = c.slope[i*nv+j]
		}
	}
	solveLower(e.l, c.slope, nv, nv)
	for i := range nv {
		for j := range i {
			c.slope[i*nv+j], c.slope[j*nv+i] = c.slope[j*nv+i], c.slope[i*nv+j]
		}
	}
	solveLower(e.l, c.slope, nv, nv)
	if e.reml {
		for i := range nv - 1 {
			value += 2 * math.Log(e.l[i*nv+i])
			derivative += c.slope[i*nv+i]
		}
	}
	r := e.l[nv*nv-1]
	derivative += e.df * c.slope[nv*nv-1]
	return value + e.df*(1+math.Log(2*math.Pi*r*r/e.df)), 2 * lambda * derivative
}
