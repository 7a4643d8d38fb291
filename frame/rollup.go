package frame

import "jiaoheng/unit"

// Rollup is the fixed order in which a tree is added up. It knows the inner units (those with units below them) and,
// for each, the slices that make up its total: its own cell, the cells of the leaves directly below, and the totals of
// the inner units directly below, in preorder of the children.
//
// The order depends on the tree alone, so a total has the same bits whether it was computed with every other total, alone
// after a changed row, on one processor or on many. Each addition takes part in as many roundings as the unit has
// children on each level, which keeps the relative error of a sum of n non-negative numbers below (fan-out × depth) × 2⁻⁵³.
type Rollup struct {
	tree     *unit.Tree
	inner    []int32 // unit number of each inner unit, deepest level first, in preorder within a level
	ordinal  []int32 // position in inner of each unit, or -1 for a leaf
	starts   []int32 // segments of inner unit k are segments[starts[k]:starts[k+1]]
	segments []segment
}

// segment is a slice [from, to) of cells, or of totals when inner is set.
type segment struct {
	from, to int32
	inner    bool
}

// Totals are the sums and the counts of present cells of one column for every inner unit of a Rollup.
//
// Shapes: one element for each inner unit; Ordinal gives its place.
type Totals struct {
	Sums   []float64
	Counts []int32
}

// NewRollup returns the order of adding up the tree.
func NewRollup(tree *unit.Tree) *Rollup {
	r := &Rollup{tree: tree, ordinal: make([]int32, tree.Len())}
	var levels [][]int32
	for n := range tree.Len() {
		r.ordinal[n] = -1
		if below := tree.Subtree(n); below.To-below.From == 1 {
			continue
		}
		depth := tree.Depth(n)
		for len(levels) <= depth {
			levels = append(levels, nil)
		}
		levels[depth] = append(levels[depth], int32(n))
	}
	for depth := len(levels) - 1; depth >= 0; depth-- {
		for _, n := range levels[depth] {
			r.ordinal[n] = int32(len(r.inner))
			r.inner = append(r.inner, n)
			r.starts = append(r.starts, int32(len(r.segments)))
			r.cut(int(n))
		}
	}
	r.starts = append(r.starts, int32(len(r.segments)))
	return r
}

// cut appends the segments of inner unit n. Neighbours that lie next to each other become one segment.
func (r *Rollup) cut(n int) {
	first := len(r.segments)
	add := func(from int, inner bool) {
		if last := len(r.segments) - 1; last >= first && r.segments[last].inner == inner && r.segments[last].to == int32(from) {
			r.segments[last].to++
			return
		}
		r.segments = append(r.segments, segment{int32(from), int32(from) + 1, inner})
	}
	add(n, false)
	for _, child := range r.tree.Children(n) {
		if k := r.ordinal[child]; k >= 0 {
			add(int(k), true)
		} else {
			add(child, false)
		}
	}
}

// Inner is the number of inner units.
func (r *Rollup) Inner() int { return len(r.inner) }

// Ordinal returns the place of unit n in Totals, and false when nothing stands below it.
func (r *Rollup) Ordinal(n int) (int, bool) {
	k := r.ordinal[n]
	return int(k), k >= 0
}

// NewTotals returns totals that are all zero.
func (r *Rollup) NewTotals() Totals {
	return Totals{make([]float64, len(r.inner)), make([]int32, len(r.inner))}
}
