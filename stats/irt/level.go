package irt

import (
	"cmp"
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

func sortMap(items []MapItem) {
	slices.SortStableFunc(items, func(a, b MapItem) int { return cmp.Compare(a.Difficulty, b.Difficulty) })
}

// Level is an interval of abilities with the persons in it.
type Level struct {
	From    *float64 `json:"from"`    // nil: no lower end
	To      *float64 `json:"to"`      // nil: no upper end; the end belongs to the next level
	Share   float64  `json:"share"`   // of the persons, by their posterior distributions
	ByMean  float64  `json:"by_mean"` // share of the persons whose mean ability lies in it
	Persons float64  `json:"persons"` // those persons
}

// MaxCuts is the most cut points that are taken.
const MaxCuts = 20

// Levels returns the share of the persons in each level between rising cut points on the scale of the abilities.
//
// Share adds up the posterior distributions of the persons; a level by means alone is too full in the middle, for means shrink
// to the centre. Within the cell around a node the posterior is taken as even.
// Errors: a fault when cuts do not rise or are too many.
func (r *Result) Levels(cuts []float64) ([]Level, error) {
	for i, c := range cuts {
		if math.IsNaN(c) || math.IsInf(c, 0) || i > 0 && !(c > cuts[i-1]) {
			return nil, fault.New("irt.bad_cuts", nil)
		}
	}
	if len(cuts) > MaxCuts {
		return nil, fault.New("irt.many_cuts", message.Args{"count": len(cuts), "limit": MaxCuts})
	}
	f := r.fitted
	total := make([]float64, len(f.nodes.node))
	f.eachPosterior(f.prepared.rows, f.nodes.weight, func(row int, posterior []float64) {
		for q, p := range posterior {
			total[q] += f.prepared.rows.weight[row] * p
		}
	})
	levels := make([]Level, len(cuts)+1)
	below := 0.0
	for i := range levels {
		reached := 1.0
		if i > 0 {
			levels[i].From = &cuts[i-1]
		}
		if i < len(cuts) {
			levels[i].To = &cuts[i]
			reached = f.nodes.below(total, cuts[i]/r.scale()) / r.Persons
		}
		levels[i].Share = reached - below
		below = reached
	}
	for pattern, weight := range f.prepared.rows.weight {
		at, exact := slices.BinarySearch(cuts, r.patternEAP[pattern])
		if exact {
			at++
		}
		levels[at].Persons += weight
	}
	for i := range levels {
		levels[i].ByMean = levels[i].Persons / r.Persons
	}
	return levels, nil
}

// below is the mass below a point, the mass of a node being spread evenly over its cell.
func (q quadrature) below(mass []float64, point float64) float64 {
	half := (q.node[1] - q.node[0]) / 2
	sum := 0.0
	for i, node := range q.node {
		sum += mass[i] * max(0, min(1, (point-node+half)/(2*half)))
	}
	return sum
}

// eachPosterior goes over patterns in their order, with other prior weights of the nodes.
func (f *fitting) eachPosterior(s *rowSet, weight []float64, each func(row int, posterior []float64)) {
	t := tablesOf(s, f.end.curves, f.l.top, weight)
	newWalk(s, t, false).rows(0, s.len(), each)
}
