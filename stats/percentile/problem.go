package percentile

import (
	"math"
	"slices"

	"jiaoheng/stats"
)

// problem is the rows to fit, sorted and collapsed: groups share their priors, entries of a group their outcome. Entry i has a weight, the
// number of pupils; raw is its outcome, y the same moved by so little that no two places are equal by accident.
type problem struct {
	terms   int
	x       []float64 // groups × terms
	first   []int32   // entries of group g are first[g] to first[g+1]-1
	group   []int32   // of each entry
	raw, y  []float64
	weight  []float64
	entryOf []int32 // of each complete row
	dropped int     // columns that followed from others
}

// apart is how far equal values are moved, as a share of the spread of the outcome.
const apart = 1e-8

// newProblem sorts complete rows by priors and outcome, and makes the design of each group.
func newProblem(outcome []float64, priors [][]float64, knots []Knots) *problem {
	n := len(outcome)
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	before := func(a, b int32) int {
		for _, prior := range priors {
			if c := compare(prior[a], prior[b]); c != 0 {
				return c
			}
		}
		return compare(outcome[a], outcome[b])
	}
	slices.SortFunc(order, before)
	p := &problem{entryOf: make([]int32, n)}
	var heads []int32 // a row of each group
	for at, i := range order {
		sameGroup := at > 0
		for _, prior := range priors {
			sameGroup = sameGroup && prior[i] == prior[order[at-1]]
		}
		if !sameGroup {
			heads = append(heads, i)
			p.first = append(p.first, int32(len(p.raw)))
		}
		if !sameGroup || outcome[i] != outcome[order[at-1]] {
			p.raw, p.weight = append(p.raw, outcome[i]), append(p.weight, 0)
			p.group = append(p.group, int32(len(heads)-1))
		}
		p.weight[len(p.weight)-1]++
		p.entryOf[i] = int32(len(p.raw) - 1)
	}
	p.first = append(p.first, int32(len(p.raw)))
	full := designOf(heads, priors, knots)
	p.keepIndependent(full, len(heads))
	stream, spread := stats.NewStream(1), slices.Max(p.raw)-slices.Min(p.raw)
	for _, value := range p.raw {
		p.y = append(p.y, value+apart*spread*(stream.Float64()-0.5))
	}
	return p
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// designOf has a column per B-spline: all of the first prior, which hold the constant, and all but the first of the others.
func designOf(heads []int32, priors [][]float64, knots []Knots) [][]float64 {
	var columns [][]float64
	for k, prior := range priors {
		width := len(knots[k].Knots) + order
		block, values := make([][]float64, width), make([]float64, width)
		for c := range block {
			block[c] = make([]float64, len(heads))
		}
		for g, i := range heads {
			knots[k].basis(prior[i], values)
			for c, value := range values {
				block[c][g] = value
			}
		}
		if k > 0 {
			block = block[1:]
		}
		columns = append(columns, block...)
	}
	return columns
}

// keepIndependent leaves out columns that follow from those before.
func (p *problem) keepIndependent(columns [][]float64, groups int) {
	var kept, unit [][]float64
	for _, column := range columns {
		left := slices.Clone(column)
		size := norm(left)
		for range 2 {
			for _, other := range unit {
				share := 0.0
				for i, value := range left {
					share += value * other[i]
				}
				for i := range left {
					left[i] -= share * other[i]
				}
			}
		}
		if rest := norm(left); size > 0 && rest > 1e-9*size {
			for i := range left {
				left[i] /= rest
			}
			kept, unit = append(kept, column), append(unit, left)
		}
	}
	p.terms, p.dropped = len(kept), len(columns)-len(kept)
	p.x = make([]float64, groups*p.terms)
	for k, column := range kept {
		for g, value := range column {
			p.x[g*p.terms+k] = value
		}
	}
}

func norm(a []float64) float64 {
	sum := 0.0
	for _, value := range a {
		sum += value * value
	}
	return math.Sqrt(sum)
}

func (p *problem) row(entry int32) []float64 {
	at := int(p.group[entry]) * p.terms
	return p.x[at : at+p.terms]
}
