package irt

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Tolerances and bounds of the climb to the maximum.
const (
	stepTolerance = 1e-9 // the climb ends when a full step moves no parameter by more (relative to 1 + its size)
	stepsMost     = 200
	dampLeast     = 1e-6
	dampMost      = 1e8
	slopeMove     = 1.0 // the farthest one step moves a slope or a logit of c,
	interceptMove = 2.5 // and a step intercept
)

// problem is one fit: patterns, model, nodes.
type problem struct {
	l       *layout
	rows    *rowSet
	nodes   quadrature
	prior   Beta
	sampled *rowSet // patterns that the missing information of the steps is taken from
}

// state is a place on the way with what is known there.
type state struct {
	all      []float64
	curves   *curves
	counts   [][]float64
	logLik   float64
	value    float64 // logLik and prior
	gradient []float64
}

// visit evaluates the marginal likelihood at a place; nil where it is not defined.
func (p *problem) visit(all []float64) *state {
	c := curvesAt(p.l, all, p.nodes.node)
	if !c.possible {
		return nil
	}
	e := expect(p.rows, c, p.l.top, p.nodes.weight)
	if math.IsNaN(e.logLik) || math.IsInf(e.logLik, 0) {
		return nil
	}
	at := &state{all: all, curves: c, counts: e.counts, logLik: e.logLik}
	at.gradient = gradientOf(p.l, c, e.counts, len(p.nodes.node))
	at.value = e.logLik + p.l.addPrior(p.prior, all, at.gradient, nil)
	for _, g := range at.gradient {
		if math.IsNaN(g) {
			return nil
		}
	}
	return at
}

// information returns the expected complete and the observed information at a place, the missing part taken from a set of
// patterns that stands for all.
func (p *problem) information(at *state, from *rowSet) (damp, observed []float64) {
	expected, own := complete(p.l, at.all, p.nodes.node, at.counts)
	for i, value := range missingInformation(p.l, at.curves, from, p.nodes.weight) {
		own[i] -= value
	}
	damp, observed = p.l.gatherMatrix(expected), p.l.gatherMatrix(own)
	p.l.addPrior(p.prior, at.all, nil, observed)
	p.l.addPrior(p.prior, at.all, nil, damp)
	return damp, observed
}

// climb walks from a start to a maximum.
//
// A step solves (information + damping × complete information) step = gradient over the parameters that are not held at a bound.
// A step that does not rise is taken again with more damping, which ends in small steps of the EM algorithm, so the walk never
// falls. It has arrived when a step without damping moves nothing; lasting tells whether the information is renewed at every
// step or kept once steps are short, which pays when it costs more than a pass.
func (p *problem) climb(at *state, tolerance float64) (end *state, steps int, arrived bool, held []bool) {
	damping := 0.0
	var damp, observed []float64
	held = make([]bool, p.l.count)
	last := math.Inf(1)
	for steps < stepsMost {
		if observed == nil || last > keepBelow || p.sampled == p.rows {
			damp, observed = p.information(at, p.sampled)
		}
		p.holdBounds(at, held)
		step := p.step(at, damp, observed, damping, held)
		if step == nil {
			if damping = max(10*damping, 1e-3); damping > dampMost {
				return at, steps, false, held
			}
			continue
		}
		size := p.shorten(at, step, held)
		next := p.visit(moved(at.all, step))
		steps++
		noise := 1e-13 * math.Abs(at.value)
		if next == nil || next.value < at.value-noise {
			if size < tolerance*1e-2 {
				return at, steps, true, held
			}
			if damping = max(10*damping, 1e-3); damping > dampMost {
				return at, steps, false, held
			}
			last = math.Inf(1)
			continue
		}
		at = next
		if size < tolerance && damping == 0 {
			return at, steps, true, held
		}
		if damping /= 10; damping < dampLeast {
			damping = 0
		}
		last = size
	}
	return at, steps, false, held
}

// keepBelow is how long a step must be for an information from a sample to be taken anew.
const keepBelow = 0.05

func moved(all, step []float64) []float64 {
	next := make([]float64, len(all))
	for i := range all {
		next[i] = all[i] + step[i]
	}
	return next
}

// bound returns how far from 0 a parameter may go.
func (l *layout) bound(place int) float64 {
	switch {
	case place < l.slopes:
		return math.Inf(1)
	case place < l.guess:
		return MaxSlope
	}
	return maxGuess
}

// holdBounds holds the parameters that stand at a bound and are driven outward, and lets the others go.
func (p *problem) holdBounds(at *state, held []bool) {
	for place := p.l.slopes; place < p.l.count; place++ {
		value, bound := at.all[place], p.l.bound(place)
		held[place] = math.Abs(value) >= bound && value*at.gradient[place] >= 0
	}
}

// step solves for the step of the parameters that are not held; nil when the matrix is not positive definite.
func (p *problem) step(at *state, damp, observed []float64, damping float64, held []bool) []float64 {
	var free []int
	for place := range p.l.count {
		if !held[place] {
			free = append(free, place)
		}
	}
	n := len(free)
	matrix, right := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	for i, a := range free {
		right.SetVec(i, at.gradient[a])
		for j := i; j < n; j++ {
			b := a*p.l.count + free[j]
			matrix.SetSym(i, j, observed[b]+damping*damp[b])
		}
	}
	var factor mat.Cholesky
	var solved mat.VecDense
	if !factor.Factorize(matrix) || factor.SolveVecTo(&solved, right) != nil {
		return nil
	}
	step := make([]float64, p.l.count)
	for i, a := range free {
		step[a] = solved.AtVec(i)
		if math.IsNaN(step[a]) {
			return nil
		}
	}
	return step
}

// shorten cuts a step that goes too far at once, stops parameters at their bounds, and returns the size of the step.
func (p *problem) shorten(at *state, step []float64, held []bool) float64 {
	factor := 1.0
	for place, move := range step {
		most := interceptMove
		if place >= p.l.slopes {
			most = slopeMove
		}
		most *= max(1, math.Abs(at.all[place])/4)
		factor = min(factor, most/max(most, math.Abs(move)))
	}
	size := 0.0
	for place := range step {
		step[place] *= factor
		bound := p.l.bound(place)
		step[place] = max(-bound-at.all[place], min(bound-at.all[place], step[place]))
		size = max(size, math.Abs(step[place])/(1+math.Abs(at.all[place])))
	}
	return size
}
