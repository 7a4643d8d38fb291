package frame

import (
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// lanes is how many columns are added up side by side: their chains of additions do not wait for each other.
const lanes = 4

// Column adds up one column for every inner unit.
//
// Shapes: column has one cell for each unit of the tree and totals one element for each inner unit; others panic.
// Missing: an absent cell adds 0 to the sum and to the count.
// Overflow: a sum beyond the range of numbers is infinite or NaN here; View.Total turns it into a reason.
func (r *Rollup) Column(column *Column, totals Totals) {
	r.check(column, totals)
	for k := range r.inner {
		r.one(k, column, totals)
	}
}

// Columns adds up many columns for every inner unit, on as many processors as the program may use. Each column is added
// up by one goroutine in the fixed order, so the result does not depend on their number.
func (r *Rollup) Columns(columns []*Column, totals []Totals) {
	if len(columns) != len(totals) {
		panic("frame: columns and totals differ in number")
	}
	for i := range columns {
		r.check(columns[i], totals[i])
	}
	groups := (len(columns) + lanes - 1) / lanes
	var next atomic.Int64
	work := func() {
		for g := int(next.Add(1)) - 1; g < groups; g = int(next.Add(1)) - 1 {
			from, to := g*lanes, min(g*lanes+lanes, len(columns))
			r.group(columns[from:to], totals[from:to])
		}
	}
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), groups) - 1 {
		wait.Go(work)
	}
	work()
	wait.Wait()
}

func (r *Rollup) check(column *Column, totals Totals) {
	if column.Len() != len(r.ordinal) || len(totals.Sums) != len(r.inner) || len(totals.Counts) != len(r.inner) {
		panic("frame: a column or its totals do not fit the tree")
	}
}

// group adds up at most lanes columns.
func (r *Rollup) group(columns []*Column, totals []Totals) {
	if len(columns) < lanes {
		for i, column := range columns {
			r.Column(column, totals[i])
		}
		return
	}
	r.sums((*[lanes]*Column)(columns), (*[lanes]Totals)(totals))
	r.counts((*[lanes]*Column)(columns), (*[lanes]Totals)(totals))
}

// sums adds up the numbers of four columns. It is one's chain of additions, four times side by side.
func (r *Rollup) sums(columns *[lanes]*Column, totals *[lanes]Totals) {
	for k := range r.inner {
		var a, b, c, d float64
		for _, s := range r.segments[r.starts[k]:r.starts[k+1]] {
			as, bs, cs, ds := columns[0].Numbers, columns[1].Numbers, columns[2].Numbers, columns[3].Numbers
			if s.inner {
				as, bs, cs, ds = totals[0].Sums, totals[1].Sums, totals[2].Sums, totals[3].Sums
			}
			as = as[s.from:s.to]
			bs, cs, ds = bs[s.from:s.to][:len(as)], cs[s.from:s.to][:len(as)], ds[s.from:s.to][:len(as)]
			for i, x := range as {
				a += x
				b += bs[i]
				c += cs[i]
				d += ds[i]
			}
		}
		totals[0].Sums[k], totals[1].Sums[k], totals[2].Sums[k], totals[3].Sums[k] = a, b, c, d
	}
}

// counts counts the present cells of four columns; the masks of a slice within one word are made once for all.
func (r *Rollup) counts(columns *[lanes]*Column, totals *[lanes]Totals) {
	as, bs, cs, ds := columns[0].Present, columns[1].Present, columns[2].Present, columns[3].Present
	for k := range r.inner {
		if s := r.segments[r.starts[k]]; r.starts[k+1]-r.starts[k] == 1 && s.from>>6 == (s.to-1)>>6 {
			word, mask := s.from>>6, ^uint64(0)<<(s.from&63)&(^uint64(0)>>(63-(s.to-1)&63))
			totals[0].Counts[k] = int32(bits.OnesCount64(as[word] & mask))
			totals[1].Counts[k] = int32(bits.OnesCount64(bs[word] & mask))
			totals[2].Counts[k] = int32(bits.OnesCount64(cs[word] & mask))
			totals[3].Counts[k] = int32(bits.OnesCount64(ds[word] & mask))
			continue
		}
		for i := range lanes {
			totals[i].Counts[k] = r.count(k, columns[i].Present, totals[i].Counts)
		}
	}
}

// one computes the total of inner unit k, the totals below it being right.
func (r *Rollup) one(k int, column *Column, totals Totals) {
	sum := 0.0
	for _, s := range r.segments[r.starts[k]:r.starts[k+1]] {
		from := column.Numbers
		if s.inner {
			from = totals.Sums
		}
		for _, x := range from[s.from:s.to] {
			sum += x
		}
	}
	totals.Sums[k] = sum
	totals.Counts[k] = r.count(k, column.Present, totals.Counts)
}

func (r *Rollup) count(k int, present Bitmap, counts []int32) int32 {
	n := int32(0)
	for _, s := range r.segments[r.starts[k]:r.starts[k+1]] {
		if !s.inner {
			n += int32(present.Count(int(s.from), int(s.to)))
			continue
		}
		for _, below := range counts[s.from:s.to] {
			n += below
		}
	}
	return n
}

// Ancestors computes again the totals of unit n and of every unit above it, after cell n has changed.
func (r *Rollup) Ancestors(n int, column *Column, totals Totals) {
	for ; n >= 0; n = r.tree.Parent(n) {
		if k := r.ordinal[n]; k >= 0 {
			r.one(int(k), column, totals)
		}
	}
}
