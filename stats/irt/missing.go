package irt

// missingSlices is into how many slices the work on the missing information is cut; the sums are taken in their order.
const missingSlices = 2

// negligible is the posterior weight below which a node does not count in the missing information.
const negligible = 1e-12

// missingInformation is what not knowing the ability takes from the information (Louis 1982): over all patterns, the covariance
// under the posterior of the gradient of the complete log-likelihood. It is a matrix of the items' own parameters, upper triangle.
//
// Method: the second moments of two items need only the expected numbers of persons with a pair of answers at a node, so a
// pattern costs one addition for each pair of items and node; the means are one gradient a pattern.
func missingInformation(l *layout, c *curves, s *rowSet, weight []float64) []float64 {
	t := tablesOf(s, c, l.top, weight)
	count := len(weight)
	posterior := make([]float64, s.len()*count)
	inParallel(missingSlices, func(slice int) {
		newWalk(s, t, false).rows(s.len()*slice/missingSlices, s.len()*(slice+1)/missingSlices, func(row int, p []float64) {
			copy(posterior[row*count:(row+1)*count], p)
		})
	})
	parts := make([][]float64, 2*missingSlices)
	inParallel(2*missingSlices, func(slice int) {
		out := make([]float64, l.own*l.own)
		if half := slice / 2; slice%2 == 0 {
			for q := half; q < count; q += missingSlices {
				pairMoments(l, c, s, posterior, count, q, out)
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

// pairMoments adds the second moments at one node.
func pairMoments(l *layout, c *curves, s *rowSet, posterior []float64, count, q int, out []float64) {
	first, width := make([]int, s.items), 0 // where the answers of each item begin
	for item, top := range l.top {
		first[item] = width
		width += top + 1
	}
	pairs := make([]float64, width*width)
	answers := make([]int, 0, s.items)
	for row := range s.len() {
		share := posterior[row*count+q]
		if share < negligible {
			continue
		}
		share *= s.weight[row]
		answers = answers[:0]
		for item, category := range s.scores[row*s.items : (row+1)*s.items] {
			if category != Missing {
				answers = append(answers, first[item]+int(category))
			}
		}
		for i, a := range answers {
			line := pairs[a*width : (a+1)*width]
			for _, b := range answers[i:] {
				line[b] += share
			}
		}
	}
	for i := range l.top {
		for j := i; j < s.items; j++ {
			foldPair(l, c, pairs, width, first, count, q, i, j, out)
		}
	}
}

// foldPair turns the numbers of pairs of answers to two items into moments of their gradients.
func foldPair(l *layout, c *curves, pairs []float64, width int, first []int, count, q, i, j int, out []float64) {
	ni, nj := len(l.place[i]), len(l.place[j])
	for u := range l.top[i] + 1 {
		line := pairs[(first[i]+u)*width+first[j] : (first[i]+u)*width+first[j]+l.top[j]+1]
		for b := range nj {
			sum := 0.0
			for v, persons := range line {
				sum += persons * c.first[j][(v*nj+b)*count+q]
			}
			if sum == 0 {
				continue
			}
			for a := range ni {
				if i == j && b < a {
					continue
				}
				out[(l.offset[i]+a)*l.own+l.offset[j]+b] += sum * c.first[i][(u*ni+a)*count+q]
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
