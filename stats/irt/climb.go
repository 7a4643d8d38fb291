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
// falls. An information from a sample is taken anew at every long step; when steps are short it is kept and mended by what the
// gradients of all patterns have shown (L-BFGS), and taken from more patterns when that does not suffice. The walk has arrived
// when a step moves nothing.
func (p *problem) climb(at *state, tolerance float64) (end *state, steps int, arrived bool, held []bool) {
	w := &way{p: p, at: at, held: make([]bool, p.l.count), last: math.Inf(1)}
	for w.steps < stepsMost && !w.arrived && w.damping <= dampMost {
		w.next(tolerance)
	}
	return w.at, w.steps, w.arrived, w.held
}

// way is a climb under way.
type way struct {
	p              *problem
	at             *state
	steps, kept    int // steps in all, and since the information was taken
	arrived        bool
	damping        float64
	known          *state // where the information was taken
	damp, observed []float64
	held           []bool
	last           float64 // size of the last step that rose
	pairs          []pair
}

// next takes one step or refuses it.
func (w *way) next(tolerance float64) {
	p := w.p
	exact := p.sampled == p.rows
	if w.known != w.at && (w.known == nil || exact || w.last > keepBelow || w.kept >= keepMost) {
		if w.kept >= keepMost && !exact {
			p.sampled = p.rows.sample(4 * p.sampled.len())
		}
		w.damp, w.observed = p.information(w.at, p.sampled)
		for i, g := range w.at.gradient { // a damping of 1 keeps every parameter from moving by more than about 1
			w.damp[i*p.l.count+i] += math.Abs(g)
		}
		w.known, w.pairs, w.kept = w.at, nil, 0
	}
	if p.holdBounds(w.at, w.held) {
		w.pairs = nil
	}
	step := p.step(w.at, w.damp, w.observed, w.damping, w.held, w.pairs)
	if step == nil {
		w.refuse()
		return
	}
	size := p.shorten(w.at, step)
	to := p.visit(moved(w.at.all, step))
	w.steps++
	w.kept++
	if to == nil || to.value < w.at.value-1e-13*math.Abs(w.at.value) {
		w.arrived = size < tolerance*1e-2
		w.refuse()
		return
	}
	if !exact {
		w.pairs = append(w.pairs, pairOf(w.at, to, w.held))
	}
	w.at, w.last = to, size
	w.arrived = size < tolerance && w.damping <= 1e-3
	if w.damping /= 10; w.damping < dampLeast {
		w.damping = 0
	}
}

// refuse damps the next step more.
func (w *way) refuse() {
	w.damping = max(10*w.damping, 1e-3)
	w.last, w.pairs = math.Inf(1), nil
}

// pair is a step and by how much the gradient fell over it.
type pair struct {
	step, fall []float64
	product    float64
}

func pairOf(from, to *state, held []bool) pair {
	out := pair{step: make([]float64, len(held)), fall: make([]float64, len(held))}
	for i := range held {
		if !held[i] {
			out.step[i], out.fall[i] = to.all[i]-from.all[i], from.gradient[i]-to.gradient[i]
		}
	}
	out.product = dot(out.step, out.fall)
	return out
}

// keepMost is how many steps an information from a sample serves.
const keepMost = 25

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

// holdBounds holds the parameters that stand at a bound and are driven outward, lets the others go, and tells of a change.
func (p *problem) holdBounds(at *state, held []bool) (changed bool) {
	for place := p.l.slopes; place < p.l.count; place++ {
		value, bound := at.all[place], p.l.bound(place)
		hold := math.Abs(value) >= bound && value*at.gradient[place] >= 0
		changed = changed || hold != held[place]
		held[place] = hold
	}
	return changed
}

// step solves for the step of the parameters that are not held; nil when the matrix is not positive definite. Pairs mend the
// matrix by the two loops of L-BFGS.
func (p *problem) step(at *state, damp, observed []float64, damping float64, held []bool, pairs []pair) []float64 {
	var free []int
	direction := make([]float64, p.l.count)
	for place := range p.l.count {
		if !held[place] {
			free = append(free, place)
			direction[place] = at.gradient[place]
		}
	}
	n := len(free)
	matrix := mat.NewSymDense(n, nil)
	for i, a := range free {
		for j := i; j < n; j++ {
			b := a*p.l.count + free[j]
			matrix.SetSym(i, j, observed[b]+damping*damp[b])
		}
	}
	var factor mat.Cholesky
	if !factor.Factorize(matrix) {
		return nil
	}
	share := make([]float64, len(pairs))
	for i := len(pairs) - 1; i >= 0; i-- {
		if pairs[i].product > 0 {
			share[i] = dot(pairs[i].step, direction) / pairs[i].product
			addScaled(direction, pairs[i].fall, -share[i])
		}
	}
	right := mat.NewVecDense(n, nil)
	for i, a := range free {
		right.SetVec(i, direction[a])
	}
	var solved mat.VecDense
	if factor.SolveVecTo(&solved, right) != nil {
		return nil
	}
	for i, a := range free {
		direction[a] = solved.AtVec(i)
		if math.IsNaN(direction[a]) {
			return nil
		}
	}
	for i, pair := range pairs {
		if pair.product > 0 {
			addScaled(direction, pair.step, share[i]-dot(pair.fall, direction)/pair.product)
		}
	}
	return direction
}

func addScaled(to, from []float64, scale float64) {
	for i := range to {
		to[i] += scale * from[i]
	}
}

// shorten cuts a step that goes too far at once, stops parameters at their bounds, and returns the size of the step.
func (p *problem) shorten(at *state, step []float64) float64 {
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
