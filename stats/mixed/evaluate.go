package mixed

import "math"

// evaluator computes the profiled deviance and its gradient for parameters θ; it owns all working space.
//
// With M = Λ'Z'ZΛ + I, factored while the levels are eliminated, and S = [X y]'[X y] less what the random effects take of it:
//
//	ML:   log|M| + N (1 + log(2π r²/N))
//	REML: log|M| + log|Sxx| + (N-p) (1 + log(2π r²/(N-p)))
//
// where r² is what Cholesky's method leaves of y'y in S. Constants of the scales of X and y are added by Fit.
type evaluator struct {
	*problem
	reml   bool
	theta  []float64
	class  *classes    // nil unless the model has one effect only
	lambda [][]float64 // of each factor, q × q lower triangular
	al     [][]float64 // work
	logDet float64
	df     float64

	d, b []float64 // of each node: diagonal block (then its Cholesky factor), right-hand sides (then half-solved)
	dAt  []int     // place of each node in d; b at nvAt
	bAt  []int
	c    [][]float64 // of each step: dim × width, half-solved couplings
	s    [][]float64 // of each component: size × size
	u    []float64   // solutions, as b
	inv  []float64   // diagonal blocks of M⁻¹, as d
	cinv [][]float64 // of each step: M⁻¹ between it and what it is coupled with
	l    []float64   // Cholesky factor of S, nv × nv
	work []float64
	far  []float64
}

func newEvaluator(p *problem, reml bool) *evaluator {
	e := &evaluator{problem: p, reml: reml, df: float64(p.rows), class: newClasses(p)}
	if reml {
		e.df -= float64(p.nv - 1)
	}
	count := 0
	for _, t := range p.terms {
		count += t.q * (t.q + 1) / 2
	}
	e.theta = make([]float64, count)
	for _, f := range p.factors {
		e.lambda, e.al = append(e.lambda, make([]float64, f.q*f.q)), append(e.al, make([]float64, f.q*f.q))
	}
	nodes := len(p.order.dim)
	e.dAt, e.bAt = make([]int, nodes), make([]int, nodes)
	dAt, bAt := 0, 0
	for i, q := range p.order.dim {
		e.dAt[i], e.bAt[i] = dAt, bAt
		dAt, bAt = dAt+q*q, bAt+q*p.nv
	}
	e.d, e.inv, e.b, e.u = make([]float64, dAt), make([]float64, dAt), make([]float64, bAt), make([]float64, bAt)
	total, widest := 0, 0
	for i := range p.order.steps {
		s := &p.order.steps[i]
		total += p.order.dim[s.node] * s.width
		widest = max(widest, s.width)
	}
	all, allInv := make([]float64, total), make([]float64, total)
	for i := range p.order.steps {
		s := &p.order.steps[i]
		size := p.order.dim[s.node] * s.width
		e.c, e.cinv = append(e.c, all[:size]), append(e.cinv, allInv[:size])
		all, allInv = all[size:], allInv[size:]
	}
	for _, c := range p.order.comps {
		e.s = append(e.s, make([]float64, c.size*c.size))
	}
	q := 0
	for _, f := range p.factors {
		q = max(q, f.q)
	}
	e.l, e.work = make([]float64, p.nv*p.nv), make([]float64, (q+p.nv)*(q+p.nv)+q*widest)
	return e
}

// setTheta writes θ into the factors Λ.
func (e *evaluator) setTheta(theta []float64) {
	copy(e.theta, theta)
	for _, t := range e.terms {
		f, at := e.factors[t.factor], t.theta
		for j := range t.q {
			for i := j; i < t.q; i++ {
				e.lambda[t.factor][(t.at+i)*f.q+t.at+j] = theta[at]
				at++
			}
		}
	}
}

// deviance eliminates all random effects and returns the profiled deviance; it is +Inf where numbers fail.
func (e *evaluator) deviance(theta []float64) float64 {
	e.setTheta(theta)
	e.logDet = 0
	copy(e.l, e.square)
	e.start()
	for k := range e.order.steps {
		if !e.eliminate(k) {
			return math.Inf(1)
		}
	}
	for k := range e.order.comps {
		if !e.solveComponent(k) {
			return math.Inf(1)
		}
	}
	for i := range e.nv { // the upper triangle was not kept
		for j := i + 1; j < e.nv; j++ {
			e.l[i*e.nv+j] = 0
		}
	}
	if !choleskySmall(e.l, e.nv) {
		return math.Inf(1)
	}
	out := e.logDet
	if e.reml {
		for i := range e.nv - 1 {
			out += 2 * math.Log(e.l[i*e.nv+i])
		}
	}
	r := e.l[e.nv*e.nv-1]
	return out + e.df*(1+math.Log(2*math.Pi*r*r/e.df))
}

// start sets diagonal blocks to Λ'Z'ZΛ + I, right-hand sides to Λ'Z'[X y] and couplings to Λ'Z'ZΛ.
func (e *evaluator) start() {
	for f := range e.factors {
		x, lambda := &e.factors[f], e.lambda[f]
		q, nv := x.q, e.nv
		for i := range x.n {
			node := x.node + i
			d := e.d[e.dAt[node] : e.dAt[node]+q*q]
			leftRight(lambda, x.zz[i*q*q:(i+1)*q*q], lambda, d, e.work, q, q)
			for k := range q {
				d[k*q+k]++
			}
			leftOnly(lambda, x.zv[i*q*nv:(i+1)*q*nv], e.b[e.bAt[node]:e.bAt[node]+q*nv], q, nv)
		}
	}
	for k := range e.order.steps {
		e.startStep(k)
	}
	for k := range e.s {
		clear(e.s[k])
	}
	for _, at := range e.order.direct {
		c := &e.pairs[at]
		qf, qg := e.factors[c.f].q, e.factors[c.g].q
		leftRight(e.lambda[c.f], c.block, e.lambda[c.g], e.work[:qf*qg], e.work[qf*qg:], qf, qg)
		a, b := e.factors[c.f].node+c.i, e.factors[c.g].node+c.j
		s, size := e.s[e.order.comp[a]], e.order.comps[e.order.comp[a]].size
		oa, ob := e.order.offset[a], e.order.offset[b]
		for i := range qf {
			for j := range qg {
				if oa >= ob {
					s[(oa+i)*size+ob+j] += e.work[i*qg+j]
				} else {
					s[(ob+j)*size+oa+i] += e.work[i*qg+j]
				}
			}
		}
	}
}

// startStep sets the couplings of a step; each block is stored q × dim(other) within rows of the step's width.
func (e *evaluator) startStep(k int) {
	s, c := &e.order.steps[k], e.c[k]
	clear(c)
	f := e.order.factor[s.node]
	q := e.factors[f].q
	for x, b := range s.near {
		if s.own[x] < 0 {
			continue
		}
		pair := &e.pairs[s.own[x]]
		g := e.order.factor[b]
		w, at := e.factors[g].q, int(s.start[x])
		block := e.work[:q*w]
		if pair.f == f {
			leftRight(e.lambda[f], pair.block, e.lambda[g], block, e.work[q*w:], q, w)
			for i := range q {
				copy(c[i*s.width+at:i*s.width+at+w], block[i*w:(i+1)*w])
			}
			continue
		}
		leftRight(e.lambda[g], pair.block, e.lambda[f], block, e.work[q*w:], w, q)
		for i := range q {
			for j := range w {
				c[i*s.width+at+j] = block[j*q+i]
			}
		}
	}
}

// eliminate takes one node out: half-solves its couplings and right-hand sides and takes their products off what is left.
func (e *evaluator) eliminate(k int) bool {
	s, c := &e.order.steps[k], e.c[k]
	q, nv, width := e.order.dim[s.node], e.nv, s.width
	d, b := e.d[e.dAt[s.node]:e.dAt[s.node]+q*q], e.b[e.bAt[s.node]:e.bAt[s.node]+q*nv]
	if !choleskySmall(d, q) {
		return false
	}
	for i := range q {
		e.logDet += 2 * math.Log(d[i*q+i])
	}
	solveLower(d, c, q, width)
	solveLower(d, b, q, nv)
	takeSquare(e.l, b, q, nv)
	fill := 0
	for x, a := range s.near {
		qa, at := e.order.dim[a], int(s.start[x])
		takeProduct(e.b[e.bAt[a]:e.bAt[a]+qa*nv], nv, c[at:], width, b, nv, q, qa, nv)
		if s.flat != nil {
			k := e.order.comp[a]
			row, v := e.s[k][int(s.flat[x])*e.order.comps[k].size:], c[x]
			for y, at := range s.flat[:x+1] {
				row[at] -= float64(v * c[y])
			}
			continue
		}
		if e.order.step[a] < 0 {
			e.takeDense(s, x, c, q)
			continue
		}
		takeProduct(e.d[e.dAt[a]:e.dAt[a]+qa*qa], qa, c[at:], width, c[at:], width, q, qa, qa)
		other := e.order.step[a]
		for y := x + 1; y < len(s.near); y++ {
			to := int(e.order.steps[other].start[s.fill[fill]])
			fill++
			takeProduct(e.c[other][to:], e.order.steps[other].width, c[at:], width, c[s.start[y]:], width, q, qa, e.order.dim[s.near[y]])
		}
	}
	return true
}

// takeDense takes the products of block x of a step with itself and the blocks before it off the component.
func (e *evaluator) takeDense(s *step, x int, c []float64, q int) {
	a := s.near[x]
	k := e.order.comp[a]
	size, oa, qa := e.order.comps[k].size, e.order.offset[a], e.order.dim[a]
	dense := e.s[k]
	for y := x; y >= 0; y-- {
		b := s.near[y]
		if e.order.step[b] >= 0 {
			return
		}
		ob, qb := e.order.offset[b], e.order.dim[b]
		takeProduct(dense[oa*size+ob:], size, c[s.start[x]:], s.width, c[s.start[y]:], s.width, q, qa, qb)
	}
}

// solveComponent factors what hangs together and half-solves its right-hand sides.
func (e *evaluator) solveComponent(k int) bool {
	c, s := &e.order.comps[k], e.s[k]
	for _, node := range c.nodes {
		q, o := e.order.dim[node], e.order.offset[node]
		for i := range q {
			for j := range i + 1 {
				s[(o+i)*c.size+o+j] += e.d[e.dAt[node]+i*q+j]
			}
		}
	}
	if !choleskyLarge(s, c.size) {
		return false
	}
	for i := range c.size {
		e.logDet += 2 * math.Log(s[i*c.size+i])
	}
	b := e.componentRows(k)
	solveLower(s, b, c.size, e.nv)
	takeSquare(e.l, b, c.size, e.nv)
	for _, node := range c.nodes {
		q, o := e.order.dim[node], e.order.offset[node]
		copy(e.b[e.bAt[node]:e.bAt[node]+q*e.nv], b[o*e.nv:])
	}
	return true
}

// componentRows collects the right-hand sides of the nodes of a component, size × nv.
func (e *evaluator) componentRows(k int) []float64 {
	c := &e.order.comps[k]
	if len(e.far) < c.size*e.nv {
		e.far = make([]float64, c.size*e.nv)
	}
	b := e.far[:c.size*e.nv]
	for _, node := range c.nodes {
		q, o := e.order.dim[node], e.order.offset[node]
		copy(b[o*e.nv:(o+q)*e.nv], e.b[e.bAt[node]:])
	}
	return b
}
