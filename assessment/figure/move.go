package figure

import (
	"cmp"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/stats/scale"
	"jiaoheng/unit"
)

// Moved is how the pupils of a school moved between two exams: mid-ranks among all linked pupils, standard scores, percentile
// ranks, and bands of equal numbers. All of these favour schools whose pupils began low (regression to the mean); they stand
// beside a value-added model, never for it.
type Moved struct {
	Unit       string   `json:"unit"` // of the later exam
	Linked     int      `json:"linked"`
	Ranks      *float64 `json:"ranks"`      // mean places gained: mean rank at entry − mean rank at exit
	Z          *float64 `json:"z"`          // mean Z at exit − mean Z at entry
	Percentile *float64 `json:"percentile"` // mean percentile rank at exit − at entry
	Up         int      `json:"up"`         // pupils in a higher band than before
	Same       int      `json:"same"`
	Down       int      `json:"down"`
	Hidden     bool     `json:"hidden"`
}

// Move compares two exams by the totals of pupils that both hold under the same key. Ranks and bands count among linked pupils only.
func Move(entry, exit assessment.Sheet, rules assessment.Rules, tree *unit.Tree, sight assessment.Sight) []Moved {
	before := map[string]int{}
	for p, pupil := range entry.Pupils {
		before[pupil.Key] = p
	}
	var first, last []float64
	var units []string
	for p, pupil := range exit.Pupils {
		q, linked := before[pupil.Key]
		if !linked || entry.Exam.Identity != exit.Exam.Identity {
			continue
		}
		x, hasX := entry.Total(q)
		y, hasY := exit.Total(p)
		if hasX && hasY {
			first, last, units = append(first, x), append(last, y), append(units, pupil.Unit)
		}
	}
	bands := 1.0
	if rule, known := rules.Find("assessment_movement_bands", ""); known {
		bands = rule.Value
	}
	from, to := placesOf(first, bands), placesOf(last, bands)
	of := map[string]*Moved{}
	sums := map[string]*[3]float64{}
	n := float64(len(first))
	for k, code := range units {
		if of[code] == nil {
			of[code], sums[code] = &Moved{Unit: code}, &[3]float64{}
		}
		one, sum := of[code], sums[code]
		one.Linked++
		sum[0] += (to[k].rank - from[k].rank) * n / 100
		sum[1] += to[k].z - from[k].z
		sum[2] += to[k].rank - from[k].rank
		switch {
		case to[k].band > from[k].band:
			one.Up++
		case to[k].band < from[k].band:
			one.Down++
		default:
			one.Same++
		}
	}
	var all []Moved
	for code, one := range of {
		switch {
		case !sight.May(code):
			continue
		case sight.Hides(one.Linked) && code != sight.Own:
			all = append(all, Moved{Unit: code, Hidden: true})
			continue
		}
		count := float64(one.Linked)
		one.Ranks, one.Z, one.Percentile = some(sums[code][0]/count), some(sums[code][1]/count), some(sums[code][2]/count)
		all = append(all, *one)
	}
	slices.SortFunc(all, func(a, b Moved) int {
		return cmp.Or(cmp.Compare(order(tree, a.Unit), order(tree, b.Unit)), cmp.Compare(a.Unit, b.Unit))
	})
	return all
}

// standing is where a pupil stands among all: percentile by mid-rank, Z, band of equal numbers (0 is the lowest).
type standing struct {
	rank, z float64
	band    int
}

func placesOf(values []float64, bands float64) []standing {
	marks, _ := scale.Tally(values)
	ranks := scale.PercentileRanks(marks)
	z, ok := scale.Standard(marks, 0, 1)
	of := map[float64]standing{}
	for k, m := range marks {
		one := standing{rank: ranks[k], band: min(int(ranks[k]*bands/100), int(bands)-1)}
		if ok {
			one.z = z[k]
		}
		of[m.Raw] = one
	}
	all := make([]standing, len(values))
	for k, v := range values {
		all[k] = of[v+0]
	}
	return all
}
