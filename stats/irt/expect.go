package irt

import (
	"math"
	"runtime"
	"sync"
)

// blocksMost is into how many blocks of patterns the work is cut at most, blockLeast how many patterns a block has at least.
// The cut depends on nothing but the number of patterns, and sums are taken in the order of the blocks.
const (
	blocksMost = 16
	blockLeast = 4096
)

// tables are the likelihoods of every code of every group at every node; the prior weights stand in those of the first group.
type tables struct {
	nodes int
	group [][]float64 // [code*nodes+q]
}

// tablesOf multiplies the curves of the items of each group.
func tablesOf(s *rowSet, c *curves, top []int, weight []float64) *tables {
	count := len(weight)
	t := &tables{nodes: count}
	for g, group := range s.groups {
		table := make([]float64, group.codes*count)
		for q := range count {
			table[q] = 1
			if g == 0 {
				table[q] = weight[q]
			}
		}
		for i, item := range seq(group.from, group.to) {
			stride := group.stride[i]
			answers := group.codes / stride
			if i+1 < len(group.stride) {
				answers = group.stride[i+1] / stride
			}
			for digit := answers - 1; digit >= 0; digit-- {
				to := table[digit*stride*count : (digit+1)*stride*count]
				from := table[:stride*count]
				if digit > top[item] { // the missing answer
					copy(to, from)
					continue
				}
				curve := c.probability[item][digit*count : (digit+1)*count]
				for code := range stride {
					multiply(to[code*count:(code+1)*count], from[code*count:(code+1)*count], curve)
				}
			}
		}
		t.group = append(t.group, table)
	}
	return t
}

func seq(from, to int) []int {
	list := make([]int, to-from)
	for i := range list {
		list[i] = from + i
	}
	return list
}

func multiply(to, a, b []float64) {
	a, b = a[:len(to)], b[:len(to)]
	for i := range to {
		to[i] = a[i] * b[i]
	}
}

// expectation is what one pass over the patterns gives.
type expectation struct {
	logLik float64
	counts [][]float64 // item: expected number of persons with answer k at node q, [k*nodes+q]
}

// expect passes over the patterns once.
func expect(s *rowSet, c *curves, top []int, weight []float64) expectation {
	t := tablesOf(s, c, top, weight)
	blocks := max(1, min(blocksMost, s.len()/blockLeast))
	parts := make([]expectation, blocks)
	inParallel(blocks, func(b int) {
		w := newWalk(s, t, true)
		w.rows(s.len()*b/blocks, s.len()*(b+1)/blocks, nil)
		parts[b] = w.fold(top)
	})
	out := parts[0]
	for _, part := range parts[1:] {
		out.logLik += part.logLik
		for item := range out.counts {
			for i, value := range part.counts[item] {
				out.counts[item][i] += value
			}
		}
	}
	return out
}

// inParallel calls do for 0 … count−1 on all processors.
func inParallel(count int, do func(int)) {
	workers := min(count, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for i := range count {
			do(i)
		}
		return
	}
	var wait sync.WaitGroup
	next := make(chan int)
	for range workers {
		wait.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range count {
		next <- i
	}
	close(next)
	wait.Wait()
}

// walk goes over patterns in their order. The product over the shared leading groups is kept as long as these are the same, and
// the posterior weights of such patterns are summed before they go into the tables of the shared groups.
type walk struct {
	s         *rowSet
	t         *tables
	shared    int
	counts    [][]float64 // as tables.group; nil: nothing is counted
	prefix    []float64
	sum       []float64
	posterior []float64
	prefixAt  int // the pattern whose shared groups prefix belongs to, −1: none
	logLik    float64
	lost      float64 // what rounding took from logLik (Neumaier)
}

func newWalk(s *rowSet, t *tables, counting bool) *walk {
	w := &walk{s: s, t: t, shared: min(s.shared, len(s.groups)-1), prefixAt: -1}
	w.prefix, w.sum, w.posterior = make([]float64, t.nodes), make([]float64, t.nodes), make([]float64, t.nodes)
	if counting {
		for _, table := range t.group {
			w.counts = append(w.counts, make([]float64, len(table)))
		}
	}
	return w
}

// rows goes over the patterns [from, to); each, when not nil, gets every pattern with its posterior weights, which sum to 1.
func (w *walk) rows(from, to int, each func(row int, posterior []float64)) {
	width, count := len(w.s.groups), w.t.nodes
	for row := from; row < to; row++ {
		codes := w.s.codes[row*width : (row+1)*width]
		if w.shared > 0 {
			w.follow(row, codes)
		}
		likelihood := w.product(codes)
		if !(likelihood > leastLikelihood) {
			likelihood = 1
			w.add(w.s.weight[row] * w.carefully(codes))
		} else {
			w.add(w.s.weight[row] * math.Log(likelihood))
		}
		if each != nil {
			for q := range w.posterior {
				w.posterior[q] /= likelihood
			}
			each(row, w.posterior)
			continue
		}
		scale := w.s.weight[row] / likelihood
		posterior := w.posterior
		for q := range posterior {
			posterior[q] *= scale
		}
		if w.shared > 0 {
			addTo(w.sum, posterior)
		}
		for g := w.shared; g < width; g++ {
			addTo(w.counts[g][int(codes[g])*count:(int(codes[g])+1)*count], posterior)
		}
	}
	w.flush()
}

func addTo(to, from []float64) {
	from = from[:len(to)]
	for q := range to {
		to[q] += from[q]
	}
}

// add sums the log-likelihood with care.
func (w *walk) add(value float64) {
	sum := w.logLik + value
	if math.Abs(w.logLik) >= math.Abs(value) {
		w.lost += (w.logLik - sum) + value
	} else {
		w.lost += (value - sum) + w.logLik
	}
	w.logLik = sum
}

// follow keeps prefix the product over the shared groups of a pattern.
func (w *walk) follow(row int, codes []byte) {
	width := len(codes)
	if w.prefixAt >= 0 && string(codes[:w.shared]) == string(w.s.codes[w.prefixAt*width:w.prefixAt*width+w.shared]) {
		return
	}
	w.flush()
	w.prefixAt = row
	copy(w.prefix, w.line(0, codes))
	for g := 1; g < w.shared; g++ {
		multiply(w.prefix, w.prefix, w.line(g, codes))
	}
}

// flush puts the summed posterior weights into the tables of the shared groups.
func (w *walk) flush() {
	if w.prefixAt < 0 || w.counts == nil {
		return
	}
	width, count := len(w.s.groups), w.t.nodes
	for g := range w.shared {
		code := int(w.s.codes[w.prefixAt*width+g])
		addTo(w.counts[g][code*count:(code+1)*count], w.sum)
	}
	clear(w.sum)
}

func (w *walk) line(g int, codes []byte) []float64 {
	code, count := int(codes[g]), w.t.nodes
	return w.t.group[g][code*count : (code+1)*count]
}

// leastLikelihood is below what the product of a pattern is taken again with care, for it may have lost nodes to underflow.
const leastLikelihood = 1e-200

// product puts prior × likelihood of a pattern into posterior and returns its sum.
func (w *walk) product(codes []byte) float64 {
	posterior := w.posterior
	g := w.shared
	var first []float64
	if g > 0 {
		first = w.prefix[:len(posterior)]
	} else {
		first = w.line(0, codes)[:len(posterior)]
		g = 1
	}
	left := len(codes) - g
	if left == 0 {
		copy(posterior, first)
	}
	for ; left > 3; left -= 2 { // leave two or three for the last pass, which sums
		a, b := w.line(g, codes)[:len(posterior)], w.line(g+1, codes)[:len(posterior)]
		for q := range posterior {
			posterior[q] = first[q] * a[q] * b[q]
		}
		first, g = posterior, g+2
	}
	sum := 0.0
	switch left {
	case 0:
		for _, value := range posterior {
			sum += value
		}
	case 1:
		a := w.line(g, codes)[:len(posterior)]
		for q := range posterior {
			value := first[q] * a[q]
			posterior[q] = value
			sum += value
		}
	case 2:
		a, b := w.line(g, codes)[:len(posterior)], w.line(g+1, codes)[:len(posterior)]
		for q := range posterior {
			value := first[q] * a[q] * b[q]
			posterior[q] = value
			sum += value
		}
	case 3:
		a, b, c := w.line(g, codes)[:len(posterior)], w.line(g+1, codes)[:len(posterior)], w.line(g+2, codes)[:len(posterior)]
		for q := range posterior {
			value := first[q] * a[q] * b[q] * c[q]
			posterior[q] = value
			sum += value
		}
	}
	return sum
}

// carefully computes posterior for a very unlikely pattern, rescaling after each group, and returns the log-likelihood.
func (w *walk) carefully(codes []byte) float64 {
	log := 0.0
	copy(w.posterior, w.line(0, codes))
	for g := 1; g <= len(codes); g++ {
		most := 0.0
		for _, value := range w.posterior {
			most = max(most, value)
		}
		if most == 0 {
			return math.Inf(-1)
		}
		log += math.Log(most)
		for q := range w.posterior {
			w.posterior[q] /= most
		}
		if g < len(codes) {
			multiply(w.posterior, w.posterior, w.line(g, codes))
		}
	}
	sum := 0.0
	for _, value := range w.posterior {
		sum += value
	}
	for q := range w.posterior {
		w.posterior[q] /= sum
	}
	return log + math.Log(sum)
}

// fold brings the counts of codes down to counts of answers, item by item from the last of each group.
func (w *walk) fold(top []int) expectation {
	count := w.t.nodes
	out := expectation{logLik: w.logLik + w.lost, counts: make([][]float64, w.s.items)}
	for g, group := range w.s.groups {
		table, codes := w.counts[g], group.codes
		for i := len(group.stride) - 1; i >= 0; i-- {
			item, stride := group.from+i, group.stride[i]
			r := make([]float64, (top[item]+1)*count)
			for digit := range codes / stride {
				part := table[digit*stride*count : (digit+1)*stride*count]
				if digit <= top[item] {
					to := r[digit*count : (digit+1)*count]
					for code := range stride {
						addTo(to, part[code*count:(code+1)*count])
					}
				}
				if digit > 0 {
					addTo(table[:stride*count], part)
				}
			}
			codes = stride
			out.counts[item] = r
		}
	}
	return out
}
