package irt

import (
	"cmp"
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats"
)

// MaxPlausible is the most plausible values a person gets.
const MaxPlausible = 50

// GroupMean is what the conditioning found of a group.
type GroupMean struct {
	Group string  `json:"group"`
	N     float64 `json:"n"`
	Mean  float64 `json:"mean"`
}

// Plausible are draws from the posterior distributions of the persons.
type Plausible struct {
	Seed      uint64      `json:"seed"`
	Values    []numbers   `json:"values"` // of each draw, the value of each row; null for a row without an answer
	Groups    []GroupMean `json:"groups,omitempty"`
	WithinSD  float64     `json:"within_sd"` // standard deviation of the ability within groups, or of all
	Passes    int         `json:"passes"`    // of the latent regression
	Converged bool        `json:"converged"`
}

// Limits of the latent regression: it ends when no mean moves by more than regressionTolerance.
const (
	regressionTolerance = 1e-8
	regressionPasses    = 500
)

// Plausible draws so many values for each row. With groups, the prior of a person has the mean of the own group and a common
// standard deviation within groups, estimated by maximum likelihood with the item parameters held (latent regression on the
// groups), so that differences of groups do not shrink; a blank group counts as a group of its own. Without groups the prior is
// that of the model.
//
// The draw inverts the posterior distribution over the nodes, taken as even within the cell around a node. The same seed gives
// the same values for the same rows in the same order.
func (r *Result) Plausible(count int, seed uint64, groups Groups) (Plausible, error) {
	if count < 1 || count > MaxPlausible {
		return Plausible{}, fault.New("irt.bad_plausible", message.Args{"count": count, "limit": MaxPlausible})
	}
	out := Plausible{Seed: seed, WithinSD: r.AbilitySD, Converged: true}
	d := r.fitted.divide(groups)
	if len(d) > 1 {
		out.Converged = r.fitted.regress(d, &out)
		for i := range out.Groups {
			out.Groups[i].Mean *= r.scale()
		}
		out.WithinSD *= r.scale()
	}
	for range count {
		values := make(numbers, len(r.fitted.prepared.pattern))
		for row := range values {
			values[row] = math.NaN()
		}
		out.Values = append(out.Values, values)
	}
	stream := stats.NewStream(seed)
	seeds := make([]uint64, len(r.fitted.prepared.pattern))
	for row := range seeds {
		seeds[row] = stream.Uint64()
	}
	for _, g := range d {
		r.draw(g, seeds, out.Values)
	}
	return out, nil
}

// division is one group of persons: their patterns, and for each the rows that show it.
type division struct {
	name   string
	rows   *rowSet
	of     [][]int32
	weight []float64 // prior weights of the nodes
	mean   float64
}

// divide cuts the patterns by groups.
func (f *fitting) divide(groups Groups) []*division {
	all := f.prepared.rows
	width := len(all.groups)
	byGroup := make([]*division, len(groups.Names)+1)
	last := make([]int32, len(groups.Names)+1)
	rows := make([]int32, 0, len(f.prepared.pattern))
	for row, pattern := range f.prepared.pattern {
		if pattern >= 0 {
			rows = append(rows, int32(row))
		}
	}
	slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(f.prepared.pattern[a], f.prepared.pattern[b]) })
	for _, row := range rows {
		group, pattern := 0, f.prepared.pattern[row]
		if groups.Of != nil {
			group = int(groups.Of[row]) + 1
		}
		d := byGroup[group]
		if d == nil {
			d = &division{rows: &rowSet{items: all.items, groups: all.groups}, weight: f.nodes.weight}
			if group > 0 {
				d.name = groups.Names[group-1]
			}
			byGroup[group], last[group] = d, -1
		}
		if last[group] != pattern {
			last[group] = pattern
			d.rows.codes = append(d.rows.codes, all.codes[int(pattern)*width:(int(pattern)+1)*width]...)
			d.rows.weight = append(d.rows.weight, 0)
			d.of = append(d.of, nil)
		}
		at := len(d.of) - 1
		d.of[at] = append(d.of[at], row)
		d.rows.weight[at] += f.prepared.weightOf(int(row))
	}
	byGroup = slices.DeleteFunc(byGroup, func(d *division) bool { return d == nil })
	for _, d := range byGroup {
		d.rows.shared = sharedGroups(d.rows.codes, width)
	}
	return byGroup
}

// regress finds the means of the groups and the standard deviation within them by the EM algorithm.
func (f *fitting) regress(groups []*division, out *Plausible) bool {
	spread, converged := 1.0, false
	for out.Passes = 0; out.Passes < regressionPasses && !converged; out.Passes++ {
		moved, square, persons := 0.0, 0.0, 0.0
		for _, g := range groups {
			g.weight = shifted(f.nodes.node, g.mean, spread)
			n, first, second := 0.0, 0.0, 0.0
			f.eachPosterior(g.rows, g.weight, func(row int, posterior []float64) {
				m, s := 0.0, 0.0
				for q, p := range posterior {
					m += p * f.nodes.node[q]
					s += p * f.nodes.node[q] * f.nodes.node[q]
				}
				w := g.rows.weight[row]
				n, first, second = n+w, first+w*m, second+w*s
			})
			mean := first / n
			moved = max(moved, math.Abs(mean-g.mean))
			g.mean = mean
			square += second - n*mean*mean
			persons += n
		}
		next := math.Sqrt(max(0, square/persons))
		moved = max(moved, math.Abs(next-spread))
		spread, converged = max(next, 1e-3), moved < regressionTolerance
	}
	out.WithinSD = spread
	for _, g := range groups {
		g.weight = shifted(f.nodes.node, g.mean, spread)
		n := 0.0
		for _, w := range g.rows.weight {
			n += w
		}
		out.Groups = append(out.Groups, GroupMean{g.name, n, g.mean})
	}
	return converged
}

// shifted are the weights of nodes for a normal distribution.
func shifted(nodes []float64, mean, sd float64) []float64 {
	weight, sum := make([]float64, len(nodes)), 0.0
	for q, node := range nodes {
		z := (node - mean) / sd
		weight[q] = math.Exp(-z * z / 2)
		sum += weight[q]
	}
	for q := range weight {
		weight[q] /= sum
	}
	return weight
}

// draw draws the values of the rows of a group; the seed of a row is its own, so that groups do not change the numbers of others.
func (r *Result) draw(g *division, seeds []uint64, values []numbers) {
	nodes := r.fitted.nodes
	step := nodes.node[1] - nodes.node[0]
	r.fitted.eachPosterior(g.rows, g.weight, func(pattern int, posterior []float64) {
		for _, row := range g.of[pattern] {
			stream := stats.NewStream(seeds[row])
			for draw := range values {
				left, q := stream.Float64(), 0
				for q < len(posterior)-1 && left > posterior[q] {
					left -= posterior[q]
					q++
				}
				within := min(1, left/max(posterior[q], math.SmallestNonzeroFloat64))
				values[draw][row] = (nodes.node[q] + step*(within-0.5)) * r.scale()
			}
		}
	})
}
