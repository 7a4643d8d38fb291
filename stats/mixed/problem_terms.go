package mixed

import (
	"cmp"
	"slices"
	"sort"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// layTerms orders the random terms as lme4 does (by the number of levels, the longest first; where that changes anything, terms of
// equally many levels are reversed), collects them by grouping factor and numbers their parameters.
func (p *problem) layTerms(moments [][]float64) error {
	d := p.sums.Design
	levels := make([]problemFactor, len(d.Groups))
	for g := range d.Groups {
		levels[g] = p.levelsOf(g)
	}
	var faults fault.List
	order := make([]int, len(d.Terms))
	count := func(i int) int { return levels[d.Terms[i].Group].n }
	for i, t := range d.Terms {
		order[i] = i
		faults.Add(p.checkTerm(t, levels[t.Group].n)...)
	}
	if err := faults.Err(); err != nil {
		return err
	}
	if !slices.IsSortedFunc(order, func(a, b int) int { return cmp.Compare(count(b), count(a)) }) {
		sort.SliceStable(order, func(i, j int) bool { return count(order[i]) < count(order[j]) })
		slices.Reverse(order)
	}
	theta := 0
	for _, i := range order {
		t := d.Terms[i]
		f := slices.IndexFunc(p.factors, func(f problemFactor) bool { return f.group == t.Group })
		if f < 0 {
			f = len(p.factors)
			p.factors = append(p.factors, levels[t.Group])
		}
		b, err := newBasis(moments, p.sums.Centre, t.Effects, false)
		if err != nil {
			return err
		}
		q := len(t.Effects)
		p.terms = append(p.terms, problemTerm{design: i, factor: f, at: p.factors[f].q, q: q, theta: theta, basis: b})
		p.factors[f].q += q
		theta += q * (q + 1) / 2
	}
	n := len(moments)
	for f := range p.factors {
		q := p.factors[f].q
		p.factors[f].into = make([]float64, n*q)
	}
	for _, t := range p.terms {
		f := &p.factors[t.factor]
		for i := range n {
			copy(f.into[i*f.q+t.at:i*f.q+t.at+t.q], t.basis.into[i*t.q:(i+1)*t.q])
		}
	}
	return nil
}

func (p *problem) checkTerm(t Term, levels int) fault.List {
	var faults fault.List
	group := p.sums.Design.Groups[t.Group].Name
	switch {
	case levels < 2:
		faults.Add(fault.New("mixed.group_one", message.Args{"group": group, "levels": levels}))
	case int64(levels) >= p.rows:
		faults.Add(fault.New("mixed.group_rows", message.Args{"group": group, "levels": levels, "rows": p.rows}))
	case int64(levels*len(t.Effects)) >= p.rows:
		faults.Add(fault.New("mixed.effects_many", message.Args{"group": group, "effects": levels * len(t.Effects), "rows": p.rows}))
	}
	return faults
}

// levelsOf numbers the levels of a group that have rows, in the order of the levels of its keys.
func (p *problem) levelsOf(group int) problemFactor {
	s, keys := p.sums, p.sums.Design.Groups[group].Keys
	f := problemFactor{group: group, cell: make([]int32, len(p.cells))}
	order := make([]int, len(p.cells))
	for i := range order {
		order[i] = i
	}
	compare := func(a, b int) int {
		la, _, _ := s.Cell(p.cells[a])
		lb, _, _ := s.Cell(p.cells[b])
		for _, k := range keys {
			if c := cmp.Compare(p.ranks[k][la[k]], p.ranks[k][lb[k]]); c != 0 {
				return c
			}
		}
		return 0
	}
	slices.SortStableFunc(order, compare)
	for i, at := range order {
		if i == 0 || compare(order[i-1], at) != 0 {
			levels, _, _ := s.Cell(p.cells[at])
			f.levels = append(f.levels, s.levelName(group, levels))
		}
		f.cell[at] = int32(len(f.levels) - 1)
	}
	f.n = len(f.levels)
	return f
}

// fill sums the blocks Z'Z and Z'[X y] over the cells.
func (p *problem) fill(into []float64) {
	n := len(p.sums.Design.Columns) + 1
	right := make([][]float64, len(p.factors)) // M Z of the cell, for every factor
	for f := range p.factors {
		x := &p.factors[f]
		x.zz, x.zv = make([]float64, x.n*x.q*x.q), make([]float64, x.n*x.q*p.nv)
		right[f] = make([]float64, n*x.q)
	}
	places := map[uint64]int{}
	dense := make([]float64, n*n)
	for c, cell := range p.cells {
		p.unpack(cell, dense, n)
		for f := range p.factors {
			x := &p.factors[f]
			timesSparse(dense, x.into, right[f], n, x.q)
			i := int(x.cell[c])
			addTransposed(x.into, right[f], x.zz[i*x.q*x.q:(i+1)*x.q*x.q], n, x.q, x.q)
			addTransposed(right[f], into, x.zv[i*x.q*p.nv:(i+1)*x.q*p.nv], n, x.q, p.nv)
			for g := range f {
				p.addPair(places, g, f, int(p.factors[g].cell[c]), i, right[f], n)
			}
		}
	}
}

func (p *problem) unpack(cell int, dense []float64, n int) {
	at := 0
	for i := range n {
		for j := range i + 1 {
			x := p.sums.moment(cell, at)
			dense[i*n+j], dense[j*n+i] = x, x
			at++
		}
	}
}

func (p *problem) addPair(places map[uint64]int, g, f, j, i int, right []float64, n int) {
	a, b := &p.factors[g], &p.factors[f]
	key := uint64(g*len(p.factors)+f)<<56 | uint64(j)<<28 | uint64(i)
	at, known := places[key]
	if !known {
		at = len(p.pairs)
		places[key] = at
		p.pairs = append(p.pairs, pair{f: g, g: f, i: j, j: i, block: make([]float64, a.q*b.q)})
	}
	addTransposed(a.into, right, p.pairs[at].block, n, a.q, b.q)
}

// timesSparse sets out = M a for a of q columns, skipping zeros of a.
func timesSparse(m, a, out []float64, n, q int) {
	clear(out)
	for k := range n {
		for j := range q {
			v := a[k*q+j]
			if v == 0 {
				continue
			}
			for i := range n {
				out[i*q+j] += float64(m[k*n+i] * v)
			}
		}
	}
}

// addTransposed adds a' b to out, a of ca columns and b of cb columns.
func addTransposed(a, b, out []float64, n, ca, cb int) {
	for k := range n {
		for i := range ca {
			v := a[k*ca+i]
			if v == 0 {
				continue
			}
			for j, w := range b[k*cb : (k+1)*cb] {
				out[i*cb+j] += float64(v * w)
			}
		}
	}
}
