package irt

// missingSlices is into how many slices the work on the missing information is cut; the sums are taken in their order.
const missingSlices = 2

// negligible is the posterior weight below which a node does not count in the missing information.
const negligible = 1e-11

// missingInformation is what not knowing the ability takes from the information (Louis 1982): over all patterns, the covariance
// under the posterior of the gradient of the complete log-likelihood. It is a matrix of the items' own parameters, upper triangle.
//
// Method: the second moments of two items need only the expected numbers of persons with a pair of answers at a node, so a
// pattern costs one addition for each node and pair of answers that are not the most frequent ones; the means are one gradient a pattern.
func missingInformation(l *layout, c *curves, s *rowSet, weight []float64) []float64 {
	t := tablesOf(s, c, l.top, weight)
	count := len(weight)
	posterior := make([]float64, s.len()*count)
	inParallel(missingSlices, func(slice int) {
		newWalk(s, t, false).rows(s.len()*slice/missingSlices, s.len()*(slice+1)/missingSlices, func(row int, p []float64) {
			copy(posterior[row*count:(row+1)*count], p)
		})
	})
	answers := newCoded(l, s)
	parts := make([][]float64, 2*missingSlices)
	inParallel(2*missingSlices, func(slice int) {
		out := make([]float64, l.own*l.own)
		if half := slice / 2; slice%2 == 0 {
			for q := half; q < count; q += missingSlices {
				pairMoments(l, c, s, answers, posterior, count, q, out)
			}
		} else {
			meanMoments(l, c, s, posterior, count, s.len()*half/missingSlices, s.len()*(half+1)/missingSlices, out)
		}
		parts[slice] = out
	})
	for _, part := range parts[1:] {
		for i, value := range part {
			parts[0][i] += value
		}
	}
	return parts[0]
}

// coded are the answers of patterns as needed to count pairs: of each item the most frequent answer, a missing one included, is
// the base, and only other answers are counted; the rest follows from their sums.
type coded struct {
	first   []int   // where the answers of each item begin; the missing one comes last
	width   int     // of all
	base    []int   // of each item
	answers []int32 // of all patterns, those that are not the base
	start   []int   // where those of each pattern begin
}

func newCoded(l *layout, s *rowSet) *coded {
	c := &coded{start: make([]int, 1, s.len()+1)}
	for _, top := range l.top {
		c.first = append(c.first, c.width)
		c.width += top + 2
	}
	often := make([]int, c.width)
	at := func(item int, category byte) int {
		if category == Missing {
			return c.first[item] + l.top[item] + 1
		}
		return c.first[item] + int(category)
	}
	for row := range s.len() {
		for item, category := range s.scores[row*s.items : (row+1)*s.items] {
			often[at(item, category)]++
		}
	}
	for item, top := range l.top {
		base := 0
		for k := range top + 2 {
			if often[c.first[item]+k] > often[c.first[item]+base] {
				base = k
			}
		}
		c.base = append(c.base, base)
	}
	for row := range s.len() {
		for item, category := range s.scores[row*s.items : (row+1)*s.items] {
			if answer := at(item, category); answer != c.first[item]+c.base[item] {
				c.answers = append(c.answers, int32(answer))
			}
		}
		c.start = append(c.start, len(c.answers))
	}
	return c
}

// pairMoments adds the second moments at one node.
func pairMoments(l *layout, c *curves, s *rowSet, a *coded, posterior []float64, count, q int, out []float64) {
	pairs := make([]float64, a.width*a.width)
	total := 0.0
	for row := range s.len() {
		share := posterior[row*count+q]
		if share < negligible {
			continue
		}
		share *= s.weight[row]
		total += share
		answers := a.answers[a.start[row]:a.start[row+1]]
		for i, u := range answers {
			line := pairs[int(u)*a.width : int(u)*a.width+a.width]
			for _, v := range answers[i:] {
				line[v] += share
			}
		}
	}
	base, apart, sums := gradients(l, c, a, pairs, count, q)
	for i := range l.top {
		for j := i; j < s.items; j++ {
			foldPair(l, a, pairs, apart, i, j, out)
			for p := range l.place[i] {
				line := out[(l.offset[i]+p)*l.own : (l.offset[i]+p+1)*l.own]
				bi, si := base[l.offset[i]+p], sums[l.offset[i]+p]
				for r := range l.place[j] {
					if bj, sj := base[l.offset[j]+r], sums[l.offset[j]+r]; i != j || r >= p {
						line[l.offset[j]+r] += total*bi*bj + bi*sj + si*bj
					}
				}
			}
		}
	}
}

// gradients returns at a node the gradient of each item's base answer, how far that of every other answer is from it, and the
// sums of the latter over the patterns.
func gradients(l *layout, c *curves, a *coded, pairs []float64, count, q int) (base []float64, apart [][]float64, sums []float64) {
	base, sums, apart = make([]float64, l.own), make([]float64, l.own), make([][]float64, a.width)
	for item, top := range l.top {
		n := len(l.place[item])
		of := func(k, i int) float64 {
			if k > top {
				return 0
			}
			return c.first[item][(k*n+i)*count+q]
		}
		for k := range top + 2 {
			answer := a.first[item] + k
			apart[answer] = make([]float64, n)
			for i := range n {
				base[l.offset[item]+i] = of(a.base[item], i)
				apart[answer][i] = of(k, i) - of(a.base[item], i)
				sums[l.offset[item]+i] += pairs[answer*a.width+answer] * apart[answer][i]
			}
		}
	}
	return base, apart, sums
}

// foldPair turns the numbers of pairs of answers to two items into moments of their gradients.
func foldPair(l *layout, a *coded, pairs []float64, apart [][]float64, i, j int, out []float64) {
	for u := a.first[i]; u < a.first[i]+l.top[i]+2; u++ {
		for r := range l.place[j] {
			sum := 0.0
			for v := a.first[j]; v < a.first[j]+l.top[j]+2; v++ {
				sum += pairs[u*a.width+v] * apart[v][r]
			}
			if sum == 0 {
				continue
			}
			for p := range l.place[i] {
				if i != j || r >= p {
					out[(l.offset[i]+p)*l.own+l.offset[j]+r] += sum * apart[u][p]
				}
			}
		}
	}
}

// meanMoments takes off the products of the means for the patterns [from, to).
func meanMoments(l *layout, c *curves, s *rowSet, posterior []float64, count, from, to int, out []float64) {
	mean := make([]float64, l.own)
	for row := from; row < to; row++ {
		p := posterior[row*count : (row+1)*count]
		low, high := 0, count
		for low < high && p[low] < negligible {
			low++
		}
		for low < high && p[high-1] < negligible {
			high--
		}
		clear(mean)
		for item, category := range s.scores[row*s.items : (row+1)*s.items] {
			if category == Missing {
				continue
			}
			n := len(l.place[item])
			for i := range n {
				at := (int(category)*n + i) * count
				mean[l.offset[item]+i] = dot(p[low:high], c.first[item][at+low:at+high])
			}
		}
		for i, m := range mean {
			if m == 0 {
				continue
			}
			m *= s.weight[row]
			line := out[i*l.own : (i+1)*l.own]
			for j := i; j < l.own; j++ {
				line[j] -= m * mean[j]
			}
		}
	}
}
