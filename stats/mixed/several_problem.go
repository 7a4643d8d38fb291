package mixed

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// severalProblem is a model of several responses in the form in which it is solved.
//
// Stacked, response k of a pupil has coefficients b_k and effects u_k of its own; the residuals of a pupil vary together by
// σ² CC', C lower triangular with C_11 = 1. With P the inverse of CC' among the responses that are there (zero elsewhere), every block
// is a sum over patterns of P times moments: Z'R⁻¹Z holds P_kl Σ z z', X'R⁻¹y holds Σ_l P_kl Σ x y_l. So a new C costs one pass over the
// cells, and nothing of the pupils is needed but their moments by pattern.
type severalProblem struct {
	*problem
	subjects int
	x        int // columns of X for one response
	cells    []severalCell
	scales   []float64   // of each response
	offsets  [][]float64 // coefficients taken out of each response
	observed []float64
	phi      []float64
	reml     bool
}

// severalCell holds the moments of the internal columns [X | Z of each factor | responses] of one cell and pattern.
type severalCell struct {
	pattern uint32
	rows    float64
	moments []float64 // n × n
	levels  []int     // of each factor
	pairs   []int     // of each pair of factors, in the order (0,1), (0,2), (1,2), …
}

func newSeveralProblem(s *SeveralSums, reml bool) (*severalProblem, error) {
	if err := s.checkTogether(); err != nil {
		return nil, err
	}
	all := NewSums(s.Design, s.Centre)
	for _, pattern := range s.patterns() {
		if err := all.Merge(s.sums[pattern]); err != nil {
			return nil, err
		}
	}
	p := &problem{sums: all, scale: 1}
	p.rankLevels()
	total := totalOf(all, p.cells)
	p.total = total[0][0]
	p.rows = all.Rows()
	var err error
	if p.fixed, err = newBasis(total, s.Centre, s.Design.Fixed, true); err != nil {
		return nil, err
	}
	x := len(p.fixed.kept)
	if p.rows <= int64(x) {
		return nil, fault.New("mixed.rows_few", message.Args{"rows": p.rows, "columns": x})
	}
	if err := p.layTerms(total); err != nil {
		return nil, err
	}
	k := s.Design.Responses
	out := &severalProblem{problem: p, subjects: k, x: x, observed: s.observed(), reml: reml}
	into, err := out.columns(s)
	if err != nil {
		return nil, err
	}
	theta := 0
	for i := range p.terms { // from here on every effect counts once for each response
		t := &p.terms[i]
		t.at, t.q, t.theta = t.at*k, t.q*k, theta
		theta += t.q * (t.q + 1) / 2
	}
	out.takeCells(s, into)
	p.rows = 0
	for f := range p.factors {
		p.factors[f].q *= k
		p.factors[f].zz, p.factors[f].zv = nil, nil
	}
	p.nv = x*k + 1
	for _, n := range out.observed {
		p.rows += int64(n)
	}
	out.makeBlocks()
	return out, p.order.lay(p)
}

func totalOf(s *Sums, cells []int) [][]float64 {
	total := make([]float64, s.size)
	for _, cell := range cells {
		for i := range total {
			total[i] += s.moment(cell, i)
		}
	}
	return squareOf(total, len(s.Design.Columns)+1)
}

// columns returns the internal columns [X | Z of each factor | responses] from those of the sums. Each response is what its
// least-squares fit on X leaves, over the pupils that have it, at unit scale.
func (p *severalProblem) columns(s *SeveralSums) ([]float64, error) {
	m := len(s.Design.Columns) + 1
	n := p.x + p.subjects
	for f := range p.factors {
		n += p.factors[f].q
	}
	into := make([]float64, m*n)
	at := p.x
	for i := range m {
		copy(into[i*n:], p.fixed.into[i*p.x:(i+1)*p.x])
	}
	for f := range p.factors {
		q := p.factors[f].q
		for i := range m {
			copy(into[i*n+at:], p.factors[f].into[i*q:(i+1)*q])
		}
		at += q
	}
	for k := range p.subjects {
		part := NewSums(s.Design, s.Centre)
		for _, pattern := range s.patterns() {
			if pattern>>k&1 == 1 {
				if err := part.Merge(s.sums[pattern]); err != nil {
					return nil, err
				}
			}
		}
		one := &problem{sums: part}
		one.rankLevels()
		moments := totalOf(part, one.cells)
		y, offset, scale, err := p.leftOver(moments, m-p.subjects+k)
		if err != nil {
			return nil, err
		}
		p.scales, p.offsets = append(p.scales, scale), append(p.offsets, offset)
		for i := range m {
			into[i*n+at+k] = y[i] / scale
		}
	}
	return into, nil
}

// leftOver is response column of moments less its least-squares fit on X, with the coefficients and the scale.
func (p *severalProblem) leftOver(moments [][]float64, column int) (y, offset []float64, scale float64, err error) {
	m := len(moments)
	y, offset = make([]float64, m), make([]float64, p.x)
	y[column] = 1
	if !p.fixed.constant {
		y[0] = p.sums.Centre[column-1]
	}
	gram := sandwich(p.fixed.into, moments, p.fixed.into, p.x, p.x)
	if !choleskySmall(gram, p.x) {
		return nil, nil, 0, fault.New("mixed.rows_few", message.Args{"rows": int64(moments[0][0]), "columns": p.x})
	}
	product := make([]float64, m)
	for range 2 {
		multiply(moments, y, product)
		b := make([]float64, p.x)
		for j := range b {
			for i := range m {
				b[j] += float64(p.fixed.into[i*p.x+j] * product[i])
			}
		}
		solveLower(gram, b, p.x, 1)
		solveUpper(gram, b, p.x, 1)
		for j, v := range b {
			offset[j] += v
			for i := range m {
				y[i] -= float64(v * p.fixed.into[i*p.x+j])
			}
		}
	}
	left := form(moments, y, y)
	if !(left > 1e-14*moments[column][column]) {
		return nil, nil, 0, fault.New("mixed.exact_fit", message.Args{"response": p.sums.Design.Columns[column-1].Name})
	}
	return y, offset, math.Sqrt(left / moments[0][0]), nil
}

// takeCells brings the moments of every cell and pattern to the internal columns.
func (p *severalProblem) takeCells(s *SeveralSums, into []float64) {
	m := len(s.Design.Columns) + 1
	n := len(into) / m
	place := map[int]int{}
	for i, cell := range p.problem.cells {
		place[cell] = i
	}
	for _, pattern := range s.patterns() {
		sums := s.sums[pattern]
		one := &problem{sums: sums}
		one.rankLevels()
		codes := make([]int32, len(s.Design.Keys))
		dense := make([]float64, m*m)
		for _, cell := range one.cells {
			levels, rows, _ := sums.Cell(cell)
			for k, code := range levels {
				codes[k] = p.sums.Level(k, sums.Levels[k][code])
			}
			one.unpack(cell, dense, m)
			square := make([][]float64, m)
			for i := range square {
				square[i] = dense[i*m : (i+1)*m]
			}
			c := severalCell{pattern: pattern, rows: float64(rows), moments: sandwich(into, square, into, n, n)}
			at := place[p.sums.cellOf(codes)]
			for f := range p.factors {
				c.levels = append(c.levels, int(p.factors[f].cell[at]))
			}
			p.cells = append(p.cells, c)
		}
	}
}

// makeBlocks reserves all blocks and finds the pairs of levels that meet.
func (p *severalProblem) makeBlocks() {
	p.square = make([]float64, p.nv*p.nv)
	for f := range p.factors {
		x := &p.factors[f]
		x.zz, x.zv = make([]float64, x.n*x.q*x.q), make([]float64, x.n*x.q*p.nv)
	}
	places := map[uint64]int{}
	for c := range p.cells {
		cell := &p.cells[c]
		for f := range p.factors {
			for g := range f {
				key := uint64(g*len(p.factors)+f)<<56 | uint64(cell.levels[g])<<28 | uint64(cell.levels[f])
				at, known := places[key]
				if !known {
					at = len(p.pairs)
					places[key] = at
					p.pairs = append(p.pairs, pair{f: g, g: f, i: cell.levels[g], j: cell.levels[f], block: make([]float64, p.factors[g].q*p.factors[f].q)})
				}
				cell.pairs = append(cell.pairs, at)
			}
		}
	}
}

// cOf writes φ out as C: the diagonal below the first element by logarithms, the rest as it is.
func (p *severalProblem) cOf(phi []float64) []float64 {
	k := p.subjects
	c := make([]float64, k*k)
	c[0] = 1
	at := 0
	for i := 1; i < k; i++ {
		for j := range i {
			c[i*k+j] = phi[at]
			at++
		}
		c[i*k+i] = math.Exp(phi[at])
		at++
	}
	return c
}

// fill sums all blocks for φ and returns Σ log|CC'| over the pupils, each among the responses that it has.
func (p *severalProblem) fill(phi []float64) float64 {
	p.phi = append(p.phi[:0], phi...)
	clear(p.square)
	for f := range p.factors {
		clear(p.factors[f].zz)
		clear(p.factors[f].zv)
	}
	for i := range p.pairs {
		clear(p.pairs[i].block)
	}
	k := p.subjects
	full := squareLower(p.cOf(phi), k)
	inverse, log := map[uint32][]float64{}, map[uint32]float64{}
	total := 0.0
	for c := range p.cells {
		cell := &p.cells[c]
		if inverse[cell.pattern] == nil {
			inverse[cell.pattern], log[cell.pattern] = inverseAmong(full, k, cell.pattern)
		}
		total += cell.rows * log[cell.pattern]
		p.fillCell(cell, inverse[cell.pattern])
	}
	return total
}

// inverseAmong inverts the rows and columns of a that a pattern names and returns zeros elsewhere, with the logarithm of the determinant.
func inverseAmong(a []float64, k int, pattern uint32) ([]float64, float64) {
	var at []int
	for i := range k {
		if pattern>>i&1 == 1 {
			at = append(at, i)
		}
	}
	n := len(at)
	part, unit := make([]float64, n*n), make([]float64, n*n)
	for i := range n {
		unit[i*n+i] = 1
		for j := range n {
			part[i*n+j] = a[at[i]*k+at[j]]
		}
	}
	out, log := make([]float64, k*k), 0.0
	if !choleskySmall(part, n) {
		return out, math.Inf(1)
	}
	solveLower(part, unit, n, n)
	solveUpper(part, unit, n, n)
	for i := range n {
		log += 2 * math.Log(part[i*n+i])
		for j := range n {
			out[at[i]*k+at[j]] = unit[i*n+j]
		}
	}
	return out, log
}

// fillCell adds one cell to all blocks.
func (p *severalProblem) fillCell(cell *severalCell, weight []float64) {
	k, n := p.subjects, p.x+p.subjects
	for f := range p.factors {
		n += p.factors[f].q / k
	}
	y := n - k
	p.spread(p.square, p.nv, cell.moments, n, 0, p.x, 0, p.x, weight)
	p.spreadResponse(p.square, p.nv, cell.moments, n, 0, p.x, y, weight)
	for i := range p.nv - 1 { // the last row is the last column
		p.square[(p.nv-1)*p.nv+i] = p.square[i*p.nv+p.nv-1]
	}
	for i := range k {
		for j := range k {
			p.square[p.nv*p.nv-1] += weight[i*k+j] * cell.moments[(y+i)*n+y+j]
		}
	}
	at, pairs := p.x, 0
	starts := make([]int, len(p.factors))
	for f := range p.factors {
		x := &p.factors[f]
		starts[f] = at
		q := x.q / k
		level := cell.levels[f]
		p.spread(x.zz[level*x.q*x.q:], x.q, cell.moments, n, at, q, at, q, weight)
		p.spread(x.zv[level*x.q*p.nv:], p.nv, cell.moments, n, at, q, 0, p.x, weight)
		p.spreadResponse(x.zv[level*x.q*p.nv:], p.nv, cell.moments, n, at, q, y, weight)
		for g := range f {
			p.spread(p.pairs[cell.pairs[pairs]].block, x.q, cell.moments, n, starts[g], p.factors[g].q/k, at, q, weight)
			pairs++
		}
		at += q
	}
}

// spread adds P ⊗ moments of columns a… and b… : place (i, k), (j, l) gets P_kl × moment (a+i, b+j).
func (p *severalProblem) spread(out []float64, width int, moments []float64, n, a, qa, b, qb int, weight []float64) {
	k := p.subjects
	for i := range qa {
		for j := range qb {
			v := moments[(a+i)*n+b+j]
			for r := range k {
				for c := range k {
					out[(i*k+r)*width+j*k+c] += float64(weight[r*k+c] * v)
				}
			}
		}
	}
}

// spreadResponse adds the column of the responses: place (i, k) gets Σ_l P_kl × moment (a+i, y_l).
func (p *severalProblem) spreadResponse(out []float64, width int, moments []float64, n, a, qa, y int, weight []float64) {
	k := p.subjects
	for i := range qa {
		for r := range k {
			for c := range k {
				out[(i*k+r)*width+width-1] += float64(weight[r*k+c] * moments[(a+i)*n+y+c])
			}
		}
	}
}
