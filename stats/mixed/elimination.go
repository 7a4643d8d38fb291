package mixed

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxDense is how many effects may remain that hang together after the longest factors are eliminated level by level.
const MaxDense = 6000

// elimination is the order in which levels (nodes) are eliminated, found once from what couples with what.
//
// Levels of one factor never share a row, so the longest factor goes first, level by level. What couples with an eliminated level
// then couples among itself. As long as some further factor has no two coupled levels, it goes the same way: nested factors all do.
// The rest falls into connected components, each solved densely.
type elimination struct {
	sequence []int // factors eliminated level by level, in this order
	dim      []int // of each node
	factor   []int
	level    []int
	steps    []step
	comps    []component
	comp     []int // of each node, -1 for those eliminated by steps
	offset   []int // of each node within its component
	step     []int // of each node, -1 for those in components
	direct   []int // pairs with both nodes in components
}

// step eliminates one node.
type step struct {
	node  int
	near  []int32 // nodes coupled with it that come later: steps first in their order, then those of components
	own   []int32 // for each of near: its pair, or -1 where the coupling came by elimination
	start []int32 // for each of near: first column of its block
	width int
	fill  []int32 // for steps a in near: for each b after a in near, place of b in the near of a
	flat  []int32 // offsets of near within their component, when all are single effects of one component; else nil
}

type component struct {
	size  int
	nodes []int32
}

// lay finds the order.
func (e *elimination) lay(p *problem) error {
	nodes := 0
	for f := range p.factors {
		p.factors[f].node = nodes
		nodes += p.factors[f].n
	}
	e.dim, e.factor, e.level = make([]int, nodes), make([]int, nodes), make([]int, nodes)
	e.comp, e.offset, e.step = make([]int, nodes), make([]int, nodes), make([]int, nodes)
	for f, x := range p.factors {
		for i := range x.n {
			e.dim[x.node+i], e.factor[x.node+i], e.level[x.node+i] = x.q, f, i
			e.comp[x.node+i], e.step[x.node+i] = -1, -1
		}
	}
	near := make([][]int32, nodes)
	for _, c := range p.pairs {
		a, b := p.factors[c.f].node+c.i, p.factors[c.g].node+c.j
		near[a], near[b] = append(near[a], int32(b)), append(near[b], int32(a))
	}
	e.eliminate(p, near)
	for s := range e.steps {
		e.layStep(&e.steps[s])
	}
	e.findPairs(p)
	return e.components(p)
}

// eliminate chooses the factors that go level by level and notes for each of their nodes what it is coupled with by then.
func (e *elimination) eliminate(p *problem, near [][]int32) {
	left := make([]int, len(p.factors))
	for f := range left {
		left[f] = f
	}
	slices.SortStableFunc(left, func(a, b int) int { return p.factors[b].n - p.factors[a].n })
	coupled := make([]bool, len(p.factors))
	for {
		at := slices.IndexFunc(left, func(f int) bool { return !coupled[f] })
		if at < 0 {
			return
		}
		f := left[at]
		left = slices.Delete(left, at, at+1)
		e.sequence = append(e.sequence, f)
		for i := range p.factors[f].n {
			node := p.factors[f].node + i
			later := slices.DeleteFunc(near[node], func(b int32) bool { return e.step[b] >= 0 })
			slices.Sort(later)
			later = slices.Compact(later)
			e.step[node] = len(e.steps)
			e.steps = append(e.steps, step{node: node, near: later})
			for k, b := range later {
				if k > 0 && e.factor[b] == e.factor[later[k-1]] {
					coupled[e.factor[b]] = true
				}
			}
		}
		e.spread(p, f, left, coupled, near)
	}
}

// spread couples what the nodes of factor f were coupled with, as far as a further factor may still be eliminated by levels.
func (e *elimination) spread(p *problem, f int, left []int, coupled []bool, near [][]int32) {
	open := make([]bool, len(coupled))
	any := false
	for _, g := range left {
		open[g] = !coupled[g]
		any = any || open[g]
	}
	if !any {
		return
	}
	for i := range p.factors[f].n {
		later := e.steps[e.step[p.factors[f].node+i]].near
		for _, a := range later {
			if open[e.factor[a]] {
				for _, b := range later {
					if a != b {
						near[a] = append(near[a], b)
					}
				}
			}
		}
	}
	for a := range near {
		if open[e.factor[a]] && e.step[a] < 0 && len(near[a]) > 64 {
			slices.Sort(near[a])
			near[a] = slices.Compact(near[a])
		}
	}
}

// layStep orders what a node is coupled with and finds the places that its elimination changes.
func (e *elimination) layStep(s *step) {
	rank := func(b int32) int {
		if e.step[b] >= 0 {
			return e.step[b]
		}
		return len(e.steps) + int(b)
	}
	slices.SortFunc(s.near, func(a, b int32) int { return rank(a) - rank(b) })
	s.start, s.own = make([]int32, len(s.near)), make([]int32, len(s.near))
	for k, b := range s.near {
		s.start[k], s.own[k] = int32(s.width), -1
		s.width += e.dim[b]
	}
}

// findPairs gives every pair to the node that is eliminated first, and finds the places of couplings among those that come later.
func (e *elimination) findPairs(p *problem) {
	for at, c := range p.pairs {
		a, b := p.factors[c.f].node+c.i, p.factors[c.g].node+c.j
		if e.step[a] < 0 && e.step[b] < 0 {
			e.direct = append(e.direct, at)
			continue
		}
		if e.step[a] < 0 || e.step[b] >= 0 && e.step[b] < e.step[a] {
			a, b = b, a
		}
		s := &e.steps[e.step[a]]
		s.own[e.place(s, int32(b))] = int32(at)
	}
	for k := range e.steps {
		s := &e.steps[k]
		for x, a := range s.near {
			if e.step[a] < 0 {
				break
			}
			other := &e.steps[e.step[a]]
			for _, b := range s.near[x+1:] {
				s.fill = append(s.fill, int32(e.place(other, b)))
			}
		}
	}
}

// place finds b among what a step is coupled with.
func (e *elimination) place(s *step, b int32) int {
	rank := func(x int32) int {
		if e.step[x] >= 0 {
			return e.step[x]
		}
		return len(e.steps) + int(x)
	}
	at, found := slices.BinarySearchFunc(s.near, b, func(x, y int32) int { return rank(x) - rank(y) })
	if !found {
		panic("mixed: a coupling was not foreseen")
	}
	return at
}

// components joins the nodes that remain into connected components.
func (e *elimination) components(p *problem) error {
	parent := make([]int32, len(e.dim))
	for i := range parent {
		parent[i] = int32(i)
	}
	var root func(i int32) int32
	root = func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	join := func(a, b int32) {
		if ra, rb := root(a), root(b); ra != rb {
			parent[max(ra, rb)] = min(ra, rb)
		}
	}
	for _, at := range e.direct {
		c := p.pairs[at]
		join(int32(p.factors[c.f].node+c.i), int32(p.factors[c.g].node+c.j))
	}
	for k := range e.steps {
		var last int32 = -1
		for _, b := range e.steps[k].near {
			if e.step[b] < 0 {
				if last >= 0 {
					join(last, b)
				}
				last = b
			}
		}
	}
	of := map[int32]int{}
	for node := range e.dim {
		if e.step[node] >= 0 {
			continue
		}
		r := root(int32(node))
		k, known := of[r]
		if !known {
			k = len(e.comps)
			of[r] = k
			e.comps = append(e.comps, component{})
		}
		c := &e.comps[k]
		e.comp[node], e.offset[node] = k, c.size
		c.size += e.dim[node]
		c.nodes = append(c.nodes, int32(node))
		if c.size > MaxDense {
			return fault.New("mixed.dense_large", message.Args{"limit": MaxDense})
		}
	}
	for k := range e.steps {
		e.flatten(&e.steps[k])
	}
	return nil
}

// flatten marks a step that couples only with single effects of a component.
func (e *elimination) flatten(s *step) {
	if e.dim[s.node] != 1 || len(s.near) == 0 {
		return
	}
	flat := make([]int32, len(s.near))
	for x, b := range s.near {
		if e.step[b] >= 0 || e.dim[b] != 1 {
			return
		}
		flat[x] = int32(e.offset[b])
	}
	s.flat = flat
}
