package irt

import (
	"math"

	"jiaoheng/stats"
)

// ItemFit is how well the model of an item fits: S-X² of Orlando and Thissen (2000), for ordered items as Kang and Chen (2008).
type ItemFit struct {
	Item    string   `json:"item"`
	SX2     *float64 `json:"s_x2"` // nil: too few persons or cells
	Freedom int      `json:"df"`
	P       *float64 `json:"p"`
	RMSEA   *float64 `json:"rmsea"`
	Persons float64  `json:"n"`
}

// leastExpected is the expected number below which cells are put together.
const leastExpected = 1

// ItemFits computes S-X² of every item over the persons who answered all items.
//
// Persons are grouped by their sum of scores; in each group the observed shares of the answers to an item are compared with those
// that the model expects there (Lord and Wingersky 1984). Cells with less than one expected person are put together: neighbouring
// answers within a group, and groups with the next where that leaves less than two cells. Degrees of freedom are cells − groups − parameters of the item; a common
// slope counts for none.
func (r *Result) ItemFits() []ItemFit {
	f := r.fitted
	observed, persons := f.scoreTables()
	fits := make([]ItemFit, len(r.Items))
	inParallel(len(fits), func(item int) {
		fits[item] = ItemFit{Item: r.Items[item], Persons: persons}
		if persons > 0 {
			expected := f.scoreShares(item)
			f.fillFit(&fits[item], item, observed[item], expected)
		}
	})
	return fits
}

// scoreTables counts, of persons with all answers, the answers to each item in each group of sums.
func (f *fitting) scoreTables() (tables [][]float64, persons float64) {
	most := 0
	for _, top := range f.l.top {
		most += top
	}
	for _, top := range f.l.top {
		tables = append(tables, make([]float64, (most+1)*(top+1)))
	}
	s := f.prepared.rows
	for row, weight := range s.weight {
		scores := s.scores[row*s.items : (row+1)*s.items]
		sum, whole := 0, true
		for _, category := range scores {
			whole = whole && category != Missing
			sum += int(category)
		}
		if !whole {
			continue
		}
		persons += weight
		for item, category := range scores {
			tables[item][sum*(f.l.top[item]+1)+int(category)] += weight
		}
	}
	return tables, persons
}

// scoreShares returns the share of persons with each sum and answer to an item that the model expects: [sum*(top+1)+answer].
func (f *fitting) scoreShares(item int) []float64 {
	count, most := len(f.nodes.node), 0
	for _, top := range f.l.top {
		most += top
	}
	rest, next := make([]float64, (most+1)*count), make([]float64, (most+1)*count) // [sum*count+q]
	for q := range count {
		rest[q] = f.nodes.weight[q]
	}
	reached := 0
	for other, top := range f.l.top {
		if other == item {
			continue
		}
		clear(next[:(reached+top+1)*count])
		for sum := range reached + 1 {
			for k := range top + 1 {
				to := next[(sum+k)*count : (sum+k+1)*count]
				from := rest[sum*count : (sum+1)*count]
				curve := f.end.curves.probability[other][k*count : (k+1)*count]
				for q := range to {
					to[q] += from[q] * curve[q]
				}
			}
		}
		rest, next = next, rest
		reached += top
	}
	top := f.l.top[item]
	shares := make([]float64, (most+1)*(top+1))
	for sum := range reached + 1 {
		for k := range top + 1 {
			shares[(sum+k)*(top+1)+k] = dot(rest[sum*count:(sum+1)*count], f.end.curves.probability[item][k*count:(k+1)*count])
		}
	}
	return shares
}

// fillFit compares observed and expected answers.
func (f *fitting) fillFit(fit *ItemFit, item int, observed, shares []float64) {
	width := f.l.top[item] + 1
	groups := scoreGroups(observed, shares, width)
	statistic, cells := 0.0, 0
	for _, g := range groups {
		s, c := groupStatistic(g.observed, g.expected)
		if c >= 2 {
			statistic, cells = statistic+s, cells+c-1
		}
	}
	own := width
	if f.l.common {
		own--
	}
	if f.l.kind[item] == Guessed {
		own++
	}
	fit.Freedom = cells - own
	if fit.Freedom < 1 {
		fit.Freedom = 0
		return
	}
	p := stats.ChiSquaredAbove(statistic, float64(fit.Freedom))
	rmsea := math.Sqrt(max(0, statistic-float64(fit.Freedom)) / (float64(fit.Freedom) * max(1, fit.Persons-1)))
	fit.SX2, fit.P, fit.RMSEA = &statistic, &p, &rmsea
}

type scoreGroup struct{ observed, expected []float64 }

// scoreGroups makes groups of sums with observed and expected numbers of each answer; sums that leave
// but one answer possible do not count, and sums are put with the next until two cells have persons enough.
func scoreGroups(observed, shares []float64, width int) []scoreGroup {
	var groups []scoreGroup
	var open scoreGroup
	for at := 0; at < len(observed); at += width {
		persons, share, possible := 0.0, 0.0, 0
		for k := range width {
			persons += observed[at+k]
			share += shares[at+k]
			if shares[at+k] > 0 {
				possible++
			}
		}
		if persons == 0 || possible < 2 {
			continue
		}
		if open.observed == nil {
			open = scoreGroup{make([]float64, width), make([]float64, width)}
		}
		for k := range width {
			open.observed[k] += observed[at+k]
			open.expected[k] += persons * shares[at+k] / share
		}
		if _, cells := groupStatistic(open.observed, open.expected); cells >= 2 {
			groups, open = append(groups, open), scoreGroup{}
		}
	}
	if open.observed != nil {
		if len(groups) == 0 {
			return []scoreGroup{open}
		}
		last := groups[len(groups)-1]
		addTo(last.observed, open.observed)
		addTo(last.expected, open.expected)
	}
	return groups
}

// groupStatistic is χ² over the answers of a group; answers with too few expected persons are put with their neighbours.
func groupStatistic(observed, expected []float64) (statistic float64, cells int) {
	var o, e float64
	var os, es []float64
	for k := range observed {
		o, e = o+observed[k], e+expected[k]
		if e >= leastExpected {
			os, es, o, e = append(os, o), append(es, e), 0, 0
		}
	}
	if e > 0 && len(es) > 0 {
		os[len(os)-1] += o
		es[len(es)-1] += e
	}
	for i := range os {
		statistic += (os[i] - es[i]) * (os[i] - es[i]) / es[i]
	}
	return statistic, len(os)
}
