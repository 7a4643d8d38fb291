package irt

import "math"

// abilities computes the mean and the standard deviation of the posterior of every pattern, in units of the nodes.
func abilities(s *rowSet, c *curves, top []int, nodes quadrature) (mean, sd []float64) {
	t := tablesOf(s, c, top, nodes.weight)
	mean, sd = make([]float64, s.len()), make([]float64, s.len())
	blocks := max(1, min(blocksMost, s.len()/blockLeast))
	inParallel(blocks, func(b int) {
		newWalk(s, t, false).rows(s.len()*b/blocks, s.len()*(b+1)/blocks, func(row int, posterior []float64) {
			first, second := 0.0, 0.0
			for q, p := range posterior {
				weighted := p * nodes.node[q]
				first += weighted
				second += weighted * nodes.node[q]
			}
			mean[row], sd[row] = first, math.Sqrt(max(0, second-first*first))
		})
	})
	return mean, sd
}
