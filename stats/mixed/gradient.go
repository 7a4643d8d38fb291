package mixed

// gradient returns the derivatives of the deviance after a call of deviance.
//
// For factor f with G = Σ_i Z_i'V⁻¹Z_i over its levels, V = I + ZΛΛ'Z', and h_i = Z_i'V⁻¹ of what S leaves of [X y], the derivative
// by Λ_f is 2 (GΛ - Σ_i h_i h_i'Λ), columns of h scaled by the Cholesky factor of S and weighted 1 for X (REML; 0 for ML) and N-p
// (ML: N) for y. GΛ is the diagonal of Z'ZΛM⁻¹, which needs M⁻¹ only where levels meet in a cell: no division by Λ, so that
// the derivative is exact at the boundary, too.
func (e *evaluator) gradient() []float64 {
	e.solve()
	e.invert()
	slopes := make([][]float64, len(e.factors))
	for f, x := range e.factors {
		slopes[f] = make([]float64, x.q*x.q)
	}
	residuals := e.residuals()
	for f := range e.factors {
		e.ownSlopes(f, slopes[f], residuals)
	}
	for at := range e.pairs {
		e.pairSlopes(&e.pairs[at], slopes)
	}
	out := make([]float64, len(e.theta))
	for _, t := range e.terms {
		q, at := e.factors[t.factor].q, t.theta
		for j := range t.q {
			for i := j; i < t.q; i++ {
				out[at] = 2 * slopes[t.factor][(t.at+i)*q+t.at+j]
				at++
			}
		}
	}
	return out
}

// solve completes the half-solved right-hand sides: u = M⁻¹Λ'Z'[X y].
func (e *evaluator) solve() {
	copy(e.u, e.b)
	for k := range e.order.comps {
		c := &e.order.comps[k]
		rows := e.componentRows(k)
		solveUpper(e.s[k], rows, c.size, e.nv)
		for _, node := range c.nodes {
			q, o := e.order.dim[node], e.order.offset[node]
			copy(e.u[e.bAt[node]:e.bAt[node]+q*e.nv], rows[o*e.nv:])
		}
	}
	for k := len(e.order.steps) - 1; k >= 0; k-- {
		s, c := &e.order.steps[k], e.c[k]
		q := e.order.dim[s.node]
		u := e.u[e.bAt[s.node] : e.bAt[s.node]+q*e.nv]
		for x, b := range s.near {
			other := e.u[e.bAt[b]:]
			for i := range q {
				for j := range e.order.dim[b] {
					v := c[i*s.width+int(s.start[x])+j]
					for n, y := range other[j*e.nv : (j+1)*e.nv] {
						u[i*e.nv+n] -= float64(v * y)
					}
				}
			}
		}
		solveUpper(e.d[e.dAt[s.node]:], u, q, e.nv)
	}
}

// invert computes M⁻¹ within nodes and between a node and what it was coupled with when it was eliminated. Components lose their
// Cholesky factors to their inverses.
func (e *evaluator) invert() {
	for k := range e.order.comps {
		c := &e.order.comps[k]
		invertLarge(e.s[k], c.size)
		for _, node := range c.nodes {
			q, o := e.order.dim[node], e.order.offset[node]
			for i := range q {
				copy(e.inv[e.dAt[node]+i*q:e.dAt[node]+(i+1)*q], e.s[k][(o+i)*c.size+o:])
			}
		}
	}
	for k := len(e.order.steps) - 1; k >= 0; k-- {
		e.invertStep(k)
	}
}

func (e *evaluator) invertStep(k int) {
	s := &e.order.steps[k]
	q := e.order.dim[s.node]
	factor := e.d[e.dAt[s.node] : e.dAt[s.node]+q*q]
	half, inv := e.c[k], e.cinv[k]
	solveUpper(factor, half, q, s.width) // D⁻¹ times the coupling
	clear(inv)
	if s.flat != nil {
		k := e.order.comp[s.near[0]]
		size := e.order.comps[k].size
		for x, at := range s.flat {
			row, v := e.s[k][int(at)*size:(int(at)+1)*size], half[x]
			for y, other := range s.flat {
				inv[y] -= float64(v * row[other])
			}
		}
		e.invertOwn(s, factor, half, inv, q)
		return
	}
	fill := 0
	for x, a := range s.near {
		qa, atA := e.order.dim[a], int(s.start[x])
		if e.order.step[a] < 0 {
			e.invertDense(s, x, half, inv, q)
			continue
		}
		takeBlock(inv[atA:], s.width, half[atA:], s.width, e.inv[e.dAt[a]:], qa, false, q, qa, qa)
		other := e.order.step[a]
		for y := x + 1; y < len(s.near); y++ {
			b := s.near[y]
			from, width := e.cinv[other][e.order.steps[other].start[s.fill[fill]]:], e.order.steps[other].width
			fill++
			qb, atB := e.order.dim[b], int(s.start[y])
			takeBlock(inv[atB:], s.width, half[atA:], s.width, from, width, false, q, qa, qb)
			takeBlock(inv[atA:], s.width, half[atB:], s.width, from, width, true, q, qb, qa)
		}
	}
	e.invertOwn(s, factor, half, inv, q)
}

// invertOwn computes the diagonal block of M⁻¹ of a step once those with its couplings are known.
func (e *evaluator) invertOwn(s *step, factor, half, inv []float64, q int) {
	diagonal := e.inv[e.dAt[s.node] : e.dAt[s.node]+q*q]
	for i := range q {
		for j := range q {
			diagonal[i*q+j] = 0
		}
		diagonal[i*q+i] = 1
	}
	solveLower(factor, diagonal, q, q)
	solveUpper(factor, diagonal, q, q)
	for i := range q {
		for j := range q {
			sum := 0.0
			for n := range s.width {
				sum += float64(inv[i*s.width+n] * half[j*s.width+n])
			}
			diagonal[i*q+j] -= sum
		}
	}
}

// invertDense handles the couplings of a step with the nodes of a component: those from x on against block x.
func (e *evaluator) invertDense(s *step, x int, half, inv []float64, q int) {
	a := s.near[x]
	k := e.order.comp[a]
	size, oa, qa := e.order.comps[k].size, e.order.offset[a], e.order.dim[a]
	for y := range s.near {
		b := s.near[y]
		if e.order.step[b] >= 0 {
			continue
		}
		ob, qb := e.order.offset[b], e.order.dim[b]
		takeBlock(inv[s.start[y]:], s.width, half[s.start[x]:], s.width, e.s[k][oa*size+ob:], size, false, q, qa, qb)
	}
}

// takeBlock takes a·b (or a·b' when turned) off c: a is q × wa, c is q × wb.
func takeBlock(c []float64, cw int, a []float64, aw int, b []float64, bw int, turned bool, q, wa, wb int) {
	for i := range q {
		for k := range wa {
			v := a[i*aw+k]
			if v == 0 {
				continue
			}
			for j := range wb {
				x := 0.0
				if turned {
					x = b[j*bw+k]
				} else {
					x = b[k*bw+j]
				}
				c[i*cw+j] -= float64(v * x)
			}
		}
	}
}

// residuals returns Z_i'V⁻¹[X y] of every node, placed as b.
func (e *evaluator) residuals() []float64 {
	nv := e.nv
	out, moved := make([]float64, len(e.b)), make([]float64, len(e.b)) // moved: Λu
	for f := range e.factors {
		x, lambda := &e.factors[f], e.lambda[f]
		for i := range x.n {
			at := e.bAt[x.node+i]
			copy(out[at:at+x.q*nv], x.zv[i*x.q*nv:])
			for r := range x.q {
				for c := range r + 1 {
					if v := lambda[r*x.q+c]; v != 0 {
						for n := range nv {
							moved[at+r*nv+n] += float64(v * e.u[at+c*nv+n])
						}
					}
				}
			}
			takeBlock(out[at:], nv, x.zz[i*x.q*x.q:], x.q, moved[at:], nv, false, x.q, x.q, nv)
		}
	}
	for k := range e.pairs {
		c := &e.pairs[k]
		qf, qg := e.factors[c.f].q, e.factors[c.g].q
		a, b := e.bAt[e.factors[c.f].node+c.i], e.bAt[e.factors[c.g].node+c.j]
		takeBlock(out[a:], nv, c.block, qg, moved[b:], nv, false, qf, qg, nv)
		takeProduct(out[b:], nv, c.block, qg, moved[a:], nv, qf, qg, nv)
	}
	return out
}

// ownSlopes adds what the levels of a factor contribute by themselves.
func (e *evaluator) ownSlopes(f int, slopes, residuals []float64) {
	x, lambda, nv := &e.factors[f], e.lambda[f], e.nv
	q := x.q
	squares, half, row := make([]float64, q*q), make([]float64, q*q), make([]float64, q*nv)
	for i := range x.n {
		node := x.node + i
		inner(lambda, e.inv[e.dAt[node]:e.dAt[node]+q*q], half, q, q)
		addProduct(slopes, q, x.zz[i*q*q:(i+1)*q*q], half, q, q, q)
		copy(row, residuals[e.bAt[node]:e.bAt[node]+q*nv])
		for r := range q {
			solveLower(e.l, row[r*nv:(r+1)*nv], nv, 1)
		}
		for n := range nv {
			weight := e.df
			if n < nv-1 {
				if !e.reml {
					continue
				}
				weight = 1
			}
			for r := range q {
				v := weight * row[r*nv+n]
				for c := range q {
					squares[r*q+c] += float64(v * row[c*nv+n])
				}
			}
		}
	}
	inner2 := make([]float64, q*q)
	for r := range q {
		for c := range q {
			for k := c; k < q; k++ {
				inner2[r*q+c] += float64(squares[r*q+k] * lambda[k*q+c])
			}
		}
	}
	for k := range slopes {
		slopes[k] -= inner2[k]
	}
}

// pairSlopes adds what two levels contribute that meet in cells.
func (e *evaluator) pairSlopes(c *pair, slopes [][]float64) {
	qf, qg := e.factors[c.f].q, e.factors[c.g].q
	a, b := e.factors[c.f].node+c.i, e.factors[c.g].node+c.j
	block, half := e.work[:qf*qg], e.work[qf*qg:]
	e.inverseBlock(a, b, block)
	// Z_a'Z_b Λ_g (M⁻¹)_ba
	half = half[:qg*qf]
	for i := range qg {
		for j := range qf {
			sum := 0.0
			for k := range i + 1 {
				sum += float64(e.lambda[c.g][i*qg+k] * block[j*qg+k])
			}
			half[i*qf+j] = sum
		}
	}
	addProduct(slopes[c.f], qf, c.block, half, qf, qg, qf)
	// Z_b'Z_a Λ_f (M⁻¹)_ab
	inner(e.lambda[c.f], block, half, qf, qg)
	for k := range qf {
		for i := range qg {
			v := c.block[k*qg+i]
			for j := range qg {
				slopes[c.g][i*qg+j] += float64(v * half[k*qg+j])
			}
		}
	}
}

// inverseBlock copies the block of M⁻¹ between two nodes that meet in a cell.
func (e *evaluator) inverseBlock(a, b int, block []float64) {
	qa, qb := e.order.dim[a], e.order.dim[b]
	sa, sb := e.order.step[a], e.order.step[b]
	switch {
	case sa < 0 && sb < 0:
		k := e.order.comp[a]
		size := e.order.comps[k].size
		for i := range qa {
			copy(block[i*qb:(i+1)*qb], e.s[k][(e.order.offset[a]+i)*size+e.order.offset[b]:])
		}
	case sb < 0 || sa >= 0 && sa < sb:
		s := &e.order.steps[sa]
		from := e.cinv[sa][s.start[e.order.place(s, int32(b))]:]
		for i := range qa {
			copy(block[i*qb:(i+1)*qb], from[i*s.width:])
		}
	default:
		s := &e.order.steps[sb]
		from := e.cinv[sb][s.start[e.order.place(s, int32(a))]:]
		for i := range qa {
			for j := range qb {
				block[i*qb+j] = from[j*s.width+i]
			}
		}
	}
}

// inner sets out = L a for lower triangular L (p × p), a p × q.
func inner(l, a, out []float64, p, q int) {
	for i := range p {
		for j := range q {
			sum := 0.0
			for k := range i + 1 {
				sum += float64(l[i*p+k] * a[k*q+j])
			}
			out[i*q+j] = sum
		}
	}
}

// addProduct adds a·b to c: a is p × k, b is k × q, c has rows of cw.
func addProduct(c []float64, cw int, a, b []float64, p, k, q int) {
	for i := range p {
		for m := range k {
			v := a[i*k+m]
			for j := range q {
				c[i*cw+j] += float64(v * b[m*q+j])
			}
		}
	}
}
