package publication

import (
	"container/heap"
	"slices"
)

// MaxSearch is the most cells of a table, totals included, for which Hide searches for a set that is proved least.
const MaxSearch = 36

// Totals returns counts with a last column of sums of the rows and a last row of sums of the columns.
//
// Shapes: every row has the same length; else it panics (programmer error).
func Totals(counts [][]int) [][]int {
	columns := len(counts[0])
	all, last := make([][]int, 0, len(counts)+1), make([]int, columns+1)
	for _, row := range counts {
		if len(row) != columns {
			panic("publication: rows of different length")
		}
		sum := 0
		full := slices.Clone(row)
		for j, n := range row {
			sum += n
			last[j] += n
		}
		last[columns] += sum
		all = append(all, append(full, sum))
	}
	return append(all, last)
}

// Hide tells which cells of a table with its totals (see Totals) must not be told: those of 1 to small-1, and the fewest further ones
// so that no hidden cell can be computed from what is shown. Zeros are told. Counts are at least 0.
func Hide(full [][]int, small int) [][]bool {
	g := newGraph(full)
	for i, row := range full {
		for j, n := range row {
			g.hidden[i][j] = n > 0 && n < small
		}
	}
	primary := g.copyHidden()
	g.protect()
	g.showNeedless(primary)
	if len(full)*len(full[0]) <= MaxSearch {
		g.searchFewer(primary)
	}
	return g.hidden
}

// graph has a node for each row and each column; a cell is an edge. With totals counted negative every node sums to zero, so
// what else fits the shown cells differs along cycles of hidden cells.
type graph struct {
	full          [][]int
	hidden        [][]bool
	rows, columns int
}

func newGraph(full [][]int) *graph {
	g := &graph{full: full, rows: len(full), columns: len(full[0])}
	g.hidden = make([][]bool, g.rows)
	for i := range g.hidden {
		g.hidden[i] = make([]bool, g.columns)
	}
	return g
}

func (g *graph) copyHidden() [][]bool {
	same := make([][]bool, g.rows)
	for i := range same {
		same[i] = slices.Clone(g.hidden[i])
	}
	return same
}

// negative tells whether a cell counts negative: a total, save the total of totals.
func (g *graph) negative(i, j int) bool { return (i == g.rows-1) != (j == g.columns-1) }

// moves tells whether a cell may move by one along its edge, from its row to its column or back. A hidden number is known to be at
// least 1, as zeros are told: so 1 cannot fall.
func (g *graph) moves(i, j int, toColumn bool) bool {
	rises := toColumn != g.negative(i, j)
	return g.full[i][j] > 0 && (rises || g.full[i][j] >= 2)
}

// cost is what an edge costs: nothing when the cell is hidden already; else one cell, and a little more for a total and for larger numbers.
func (g *graph) cost(i, j int) int {
	if g.hidden[i][j] {
		return 0
	}
	cost := 1_000_000 + min(g.full[i][j], 100_000)
	if i == g.rows-1 || j == g.columns-1 {
		cost += 200_000
	}
	return cost
}

// protect gives every hidden cell a cycle, hiding the cells it leads through.
func (g *graph) protect() {
	for again := true; again; {
		again = false
		for i := range g.full {
			for j := range g.full[i] {
				if g.hidden[i][j] && !g.safe(i, j) {
					g.hideCycle(i, j)
					again = true
				}
			}
		}
	}
}

// safe tells whether a hidden cell has another value that fits.
func (g *graph) safe(i, j int) bool {
	for _, toColumn := range []bool{true, false} {
		if path, _ := g.path(i, j, toColumn, true); path != nil {
			return true
		}
	}
	return false
}

// hideCycle hides the cheapest cycle through a cell; where there is none, everything that is not zero: then every number may be
// larger by one together with its totals.
func (g *graph) hideCycle(i, j int) {
	best, least := []int(nil), 0
	for _, toColumn := range []bool{true, false} {
		if path, cost := g.path(i, j, toColumn, false); path != nil && (best == nil || cost < least) {
			best, least = path, cost
		}
	}
	if best == nil {
		for a := range g.full {
			for b := range g.full[a] {
				g.hidden[a][b] = g.full[a][b] > 0
			}
		}
		return
	}
	for _, cell := range best {
		g.hidden[cell/g.columns][cell%g.columns] = true
	}
}

// showNeedless shows cells again, the largest first, without which all hidden ones are safe still.
func (g *graph) showNeedless(primary [][]bool) {
	var further []int
	for i := range g.full {
		for j := range g.full[i] {
			if g.hidden[i][j] && !primary[i][j] {
				further = append(further, i*g.columns+j)
			}
		}
	}
	slices.SortFunc(further, func(a, b int) int {
		return g.full[b/g.columns][b%g.columns] - g.full[a/g.columns][a%g.columns]
	})
	for _, cell := range further {
		g.hidden[cell/g.columns][cell%g.columns] = false
		if !g.allSafe() {
			g.hidden[cell/g.columns][cell%g.columns] = true
		}
	}
}

func (g *graph) allSafe() bool {
	for i := range g.full {
		for j := range g.full[i] {
			if g.hidden[i][j] && !g.safe(i, j) {
				return false
			}
		}
	}
	return true
}

// maxTries bounds the search for fewer cells.
const maxTries = 20_000

// searchFewer tries every set of fewer further cells, the smallest sets first.
func (g *graph) searchFewer(primary [][]bool) {
	var free []int
	found := 0
	for i := range g.full {
		for j := range g.full[i] {
			if !primary[i][j] && g.full[i][j] > 0 {
				free = append(free, i*g.columns+j)
			}
			if g.hidden[i][j] && !primary[i][j] {
				found++
			}
		}
	}
	kept := g.hidden
	tries := 0
	for size := range found {
		g.hidden = primary
		if set := g.choose(free, size, &tries); set != nil {
			g.hidden = set
			return
		}
	}
	g.hidden = kept
}

// choose hides size of the free cells on top of what is hidden so that all are safe; nil when no choice does.
func (g *graph) choose(free []int, size int, tries *int) [][]bool {
	if size == 0 {
		if *tries++; *tries > maxTries || !g.allSafe() {
			return nil
		}
		return g.copyHidden()
	}
	for n := 0; n+size <= len(free) && *tries <= maxTries; n++ {
		i, j := free[n]/g.columns, free[n]%g.columns
		g.hidden[i][j] = true
		set := g.choose(free[n+1:], size-1, tries)
		g.hidden[i][j] = false
		if set != nil {
			return set
		}
	}
	return nil
}

// path finds the cheapest way back from where a cell leads when it moves one way, not through the cell itself. With onlyHidden it
// uses hidden cells alone. It returns the cells of the way and its cost; nil when there is none.
func (g *graph) path(i, j int, toColumn, onlyHidden bool) ([]int, int) {
	if !g.moves(i, j, toColumn) {
		return nil, 0
	}
	from, to := g.rows+j, i
	if !toColumn {
		from, to = i, g.rows+j
	}
	const far = int(^uint(0) >> 2)
	cost, by := make([]int, g.rows+g.columns), make([]int, g.rows+g.columns)
	for n := range cost {
		cost[n], by[n] = far, -1
	}
	cost[from] = 0
	line := &queue{{from, 0}}
	for line.Len() > 0 {
		at := heap.Pop(line).(reached)
		if at.cost > cost[at.node] {
			continue
		}
		if at.node == to {
			break
		}
		g.leave(at, i, j, onlyHidden, func(node, cell, all int) {
			if all < cost[node] {
				cost[node], by[node] = all, cell
				heap.Push(line, reached{node, all})
			}
		})
	}
	if cost[to] == far {
		return nil, 0
	}
	way := []int{}
	for node := to; node != from; {
		cell := by[node]
		way = append(way, cell)
		if row, column := cell/g.columns, g.rows+cell%g.columns; node == row {
			node = column
		} else {
			node = row
		}
	}
	return way, cost[to]
}

// leave visits every node that can be reached from one by a cell that may move that way.
func (g *graph) leave(at reached, i, j int, onlyHidden bool, visit func(node, cell, cost int)) {
	try := func(a, b int, toColumn bool, node int) {
		if (a != i || b != j) && (g.hidden[a][b] || !onlyHidden) && g.moves(a, b, toColumn) {
			visit(node, a*g.columns+b, at.cost+g.cost(a, b))
		}
	}
	if at.node < g.rows {
		for b := range g.columns {
			try(at.node, b, true, g.rows+b)
		}
		return
	}
	for a := range g.rows {
		try(a, at.node-g.rows, false, a)
	}
}

type reached struct{ node, cost int }

// queue is a heap of nodes, the cheapest first.
type queue []reached

// Len is part of heap.Interface.
func (q queue) Len() int { return len(q) }

// Less is part of heap.Interface.
func (q queue) Less(a, b int) bool { return q[a].cost < q[b].cost }

// Swap is part of heap.Interface.
func (q queue) Swap(a, b int) { q[a], q[b] = q[b], q[a] }

// Push is part of heap.Interface.
func (q *queue) Push(one any) { *q = append(*q, one.(reached)) }

// Pop is part of heap.Interface.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
