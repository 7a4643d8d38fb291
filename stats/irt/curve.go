package irt

import "math"

// Kind is the form of the model of one item.
type Kind int

// The forms: steps by adjacent categories, steps by cumulated categories, one step with guessing.
const (
	Adjacent Kind = iota
	Cumulative
	Guessed
)

// point is an item at one ability: for each category k its probability, and the first and second derivatives of the logarithm of
// the probability with respect to the parameters of the item (step intercepts, slope, logit of c).
//
// Shapes: probability[k], first[k*n+i], second[(k*n+i)*n+j], where n is the number of parameters.
type point struct {
	probability, first, second []float64
	scratch                    []float64
	possible                   bool // false when the parameters make no distribution
}

func newPoint(top, n int) *point {
	return &point{probability: make([]float64, top+1), first: make([]float64, (top+1)*n), second: make([]float64, (top+1)*n*n), scratch: make([]float64, 4*(top+2))}
}

// parametersOf is how many parameters an item has.
func parametersOf(kind Kind, top int) int {
	if kind == Guessed {
		return 3
	}
	return top + 1
}

// at computes the item at an ability.
func (p *point) at(kind Kind, ability float64, beta []float64) {
	p.possible = true
	switch kind {
	case Adjacent:
		p.adjacent(ability, beta)
	case Cumulative:
		p.cumulative(ability, beta)
	case Guessed:
		p.guessed(ability, beta)
	}
}

// adjacent is the generalised partial credit model: P(k) ∝ exp(kaθ + d_1 + … + d_k), an exponential family, so the second
// derivatives are the same for every category: minus the covariance of the statistics 1(X ≥ i) and θX.
func (p *point) adjacent(ability float64, beta []float64) {
	top := len(p.probability) - 1
	n := top + 1
	slope := beta[top]
	psi, most := p.scratch[:top+1], 0.0
	psi[0] = 0
	for k := 1; k <= top; k++ {
		psi[k] = psi[k-1] + slope*ability + beta[k-1]
		most = max(most, psi[k])
	}
	sum := 0.0
	for k := range psi {
		p.probability[k] = math.Exp(psi[k] - most)
		sum += p.probability[k]
	}
	mean, square := 0.0, 0.0
	for k := range p.probability {
		p.probability[k] /= sum
		mean += float64(k) * p.probability[k]
		square += float64(k) * float64(k) * p.probability[k]
	}
	atLeast, scoreAbove := p.scratch[top+2:2*top+4], p.scratch[2*top+4:3*top+6] // P(X ≥ k), E[X; X ≥ k]
	atLeast[top+1], scoreAbove[top+1] = 0, 0
	for k := top; k >= 1; k-- {
		atLeast[k] = atLeast[k+1] + p.probability[k]
		scoreAbove[k] = scoreAbove[k+1] + float64(k)*p.probability[k]
	}
	for k := 0; k <= top; k++ {
		for i := 1; i <= top; i++ {
			p.first[k*n+i-1] = -atLeast[i]
			if k >= i {
				p.first[k*n+i-1]++
			}
		}
		p.first[k*n+top] = ability * (float64(k) - mean)
	}
	second := p.second[:n*n]
	for i := 1; i <= top; i++ {
		for j := 1; j <= top; j++ {
			second[(i-1)*n+j-1] = atLeast[i]*atLeast[j] - atLeast[max(i, j)]
		}
		cross := ability * (mean*atLeast[i] - scoreAbove[i])
		second[(i-1)*n+top], second[top*n+i-1] = cross, cross
	}
	second[top*n+top] = ability * ability * (mean*mean - square)
	for k := 1; k <= top; k++ {
		copy(p.second[k*n*n:(k+1)*n*n], second)
	}
}

// Beyond these a probability would be 0 in the arithmetic, and its logarithm no number.
const (
	farthest   = 690
	leastShare = 1e-300
)

// logistic returns 1/(1+exp(−x)) and 1/(1+exp(x)), both without loss and never 0.
func logistic(x float64) (above, below float64) {
	x = max(-farthest, min(farthest, x))
	if x >= 0 {
		e := math.Exp(-x)
		return 1 / (1 + e), e / (1 + e)
	}
	e := math.Exp(x)
	return e / (1 + e), 1 / (1 + e)
}

// cumulative is the graded response model: P(k) = F(aθ+d_k) − F(aθ+d_{k+1}); intercepts that do not fall are impossible.
func (p *point) cumulative(ability float64, beta []float64) {
	top := len(p.probability) - 1
	n := top + 1
	slope := beta[top]
	above, below := p.scratch[:top+2], p.scratch[top+2:2*top+4] // P(X ≥ k), P(X < k)
	above[0], below[0], above[top+1], below[top+1] = 1, 0, 0, 1
	for k := 1; k <= top; k++ {
		above[k], below[k] = logistic(slope*ability + beta[k-1])
		if k > 1 && !(beta[k-1] < beta[k-2]) {
			p.possible = false
			return
		}
	}
	clear(p.first)
	clear(p.second)
	for k := 0; k <= top; k++ {
		share := above[k] - above[k+1]
		if above[k+1] > 0.5 {
			share = below[k+1] - below[k]
		}
		share = max(share, leastShare)
		p.probability[k] = share
		p.stepDerivative(k, k, 1, above, below, ability)
		p.stepDerivative(k, k+1, -1, above, below, ability)
		if k >= 1 && k < top { // both steps are there: their cross derivative
			cross := above[k] * below[k] / share * (above[k+1] * below[k+1] / share)
			second := p.second[k*n*n : (k+1)*n*n]
			second[(k-1)*n+k] += cross
			second[k*n+k-1] += cross
			second[(k-1)*n+top] += cross * ability
			second[top*n+k-1] += cross * ability
			second[k*n+top] += cross * ability
			second[top*n+k] += cross * ability
			second[top*n+top] += 2 * cross * ability * ability
		}
	}
}

// stepDerivative adds what the step of a category (sign +1 for its lower, −1 for its upper step) gives to its derivatives.
func (p *point) stepDerivative(k, step int, sign float64, above, below []float64, ability float64) {
	top := len(p.probability) - 1
	if step == 0 || step == top+1 {
		return
	}
	n := top + 1
	density := above[step] * below[step] / p.probability[k]
	first := sign * density
	second := sign*density*(below[step]-above[step]) - density*density
	p.first[k*n+step-1] += first
	p.first[k*n+top] += first * ability
	h := p.second[k*n*n : (k+1)*n*n]
	h[(step-1)*n+step-1] += second
	h[(step-1)*n+top] += second * ability
	h[top*n+step-1] += second * ability
	h[top*n+top] += second * ability * ability
}

// guessed is the binary model with a lower asymptote c; its third parameter is the logit of c.
func (p *point) guessed(ability float64, beta []float64) {
	above, below := logistic(beta[1]*ability + beta[0])
	c, rest := logistic(beta[2])
	right, wrong := c+rest*above, rest*below
	p.probability[0], p.probability[1] = wrong, right
	f, spread := above*below, c*rest
	g := [3]float64{rest * f, rest * f * ability, below * spread}
	curved, mixed := rest*f*(below-above), -f*spread
	h := [3][3]float64{
		{curved, curved * ability, mixed},
		{curved * ability, curved * ability * ability, mixed * ability},
		{mixed, mixed * ability, below * spread * (rest - c)},
	}
	for i := range 3 {
		p.first[i], p.first[3+i] = -g[i]/wrong, g[i]/right
		for j := range 3 {
			p.second[i*3+j] = -h[i][j]/wrong - g[i]/wrong*(g[j]/wrong)
			p.second[9+i*3+j] = h[i][j]/right - g[i]/right*(g[j]/right)
		}
	}
}
