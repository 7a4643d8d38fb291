package progress

import (
	"math"
	"slices"
	"sort"

	"jiaoheng/assessment"
	"jiaoheng/stats"
)

// mark is what a wave says of one pupil.
type mark struct {
	unit, track, group string
	goes               string // the school that admitted the pupil, where the entrance exam tells it
	loose              bool   // known by name only
	score, full        float64
	known              bool // there is a score: every subject that the pupil takes has a mark
}

// wave is one exam by pupil. Pupils without a number cannot be found again; they are counted by school only.
type wave struct {
	by       map[string]mark
	nameless map[string]int // by school, those with a score
	twice    int            // keys that stand more than once; none of their rows counts
}

// marksOf reads a wave. A subject that a pupil does not take counts nothing; one absence or one mark that does not count leaves the
// pupil without a score, for a total over fewer subjects would say something else.
func marksOf(sheet assessment.Sheet, subjects []string) wave {
	var chosen []int
	for s, one := range sheet.Exam.Subjects {
		if len(subjects) == 0 && one.Total || slices.Contains(subjects, one.Code) {
			chosen = append(chosen, s)
		}
	}
	out := wave{by: map[string]mark{}, nameless: map[string]int{}}
	double := map[string]bool{}
	for p, pupil := range sheet.Pupils {
		one := mark{unit: pupil.Unit, goes: pupil.Goes, loose: pupil.Loose, track: pupil.Track, group: pupil.Group}
		good := true
		for _, s := range chosen {
			switch sheet.Status[s][p] {
			case assessment.NotTaken:
			case assessment.Present:
				one.score, one.full, one.known = one.score+sheet.Marks[s][p], one.full+sheet.Exam.Subjects[s].Full, true
			default:
				good = false
			}
		}
		one.known = one.known && good
		if pupil.Key == "" {
			if one.known {
				out.nameless[pupil.Unit]++
			}
			continue
		}
		if _, before := out.by[pupil.Key]; before {
			double[pupil.Key] = true
		}
		out.by[pupil.Key] = one
	}
	for key := range double {
		delete(out.by, key)
	}
	out.twice = len(double)
	return out
}

// pupil is one pupil over the waves of a cohort.
type pupil struct {
	key   string
	marks [3]mark // entry, middle, exit
	in    [3]bool // stands in the exam, with a score or not
}

// Places of the waves in a pupil.
const (
	atEntry = iota
	atMiddle
	atExit
)

var placeOf = map[Role]int{RoleEntry: atEntry, RoleMiddle: atMiddle, RoleExit: atExit}

// cohort is what was gathered of one cohort.
type cohort struct {
	name      string
	waves     [3]*wave
	elsewhere [3]bool
	pupils    []pupil // in order of their keys: the order of rows in a file changes no digit
}

func cohortOf(study Study, name string, sheet func(exam string) assessment.Sheet) cohort {
	c := cohort{name: name}
	keys := map[string]bool{}
	for role, place := range placeOf {
		w, given := study.Wave(name, role)
		if !given {
			continue
		}
		read := marksOf(sheet(w.Exam), w.Subjects)
		c.waves[place], c.elsewhere[place] = &read, w.Elsewhere
		for key := range read.by {
			keys[key] = true
		}
	}
	sorted := make([]string, 0, len(keys))
	for key := range keys {
		sorted = append(sorted, key)
	}
	sort.Strings(sorted)
	for _, key := range sorted {
		one := pupil{key: key}
		for place, w := range c.waves {
			if w != nil {
				one.marks[place], one.in[place] = w.by[key], has(w.by, key)
			}
		}
		c.pupils = append(c.pupils, one)
	}
	return c
}

func has(by map[string]mark, key string) bool { _, in := by[key]; return in }

// throughout tells whether a pupil sat every exam of the cohort with a score, and at one school all that were sat at schools of
// the study.
func (c cohort) throughout(one pupil) bool {
	for place, w := range c.waves {
		if w == nil {
			continue
		}
		if !one.marks[place].known || !c.elsewhere[place] && one.marks[place].unit != one.marks[atExit].unit {
			return false
		}
	}
	return true
}

// linked are the pupils of a phase: with a score at both ends, and throughout where the study asks for that.
func (c cohort) linked(population Population, from, to int, track string) []pupil {
	var all []pupil
	for _, one := range c.pupils {
		if one.marks[from].known && one.marks[to].known && (track == "" || one.marks[to].track == track) && (population == Linked || c.throughout(one)) {
			all = append(all, one)
		}
	}
	return all
}

// ceiling is the share of scores at full marks, in per cent.
func ceiling(all []pupil, place int) float64 {
	full := 0
	for _, one := range all {
		if m := one.marks[place]; m.score >= m.full-1e-9 {
			full++
		}
	}
	return 100 * float64(full) / float64(max(1, len(all)))
}

// scoresOf are the scores of a wave.
func scoresOf(all []pupil, place int) []float64 {
	scores := make([]float64, len(all))
	for n, one := range all {
		scores[n] = one.marks[place].score
	}
	return scores
}

// midRanks are the places of numbers from 1, the smallest first; equal ones share the mean of their places.
func midRanks(x []float64) []float64 {
	order := make([]int, len(x))
	for n := range order {
		order[n] = n
	}
	sort.SliceStable(order, func(a, b int) bool { return x[order[a]] < x[order[b]] })
	ranks := make([]float64, len(x))
	for from := 0; from < len(order); {
		until := from
		for until < len(order) && x[order[until]] == x[order[from]] {
			until++
		}
		for _, n := range order[from:until] {
			ranks[n] = float64(from+until+1) / 2
		}
		from = until
	}
	return ranks
}

// normalScores puts in place of scores the normal scores of their ranks, with the mean and the standard deviation of the scores, so
// that what follows is still told in points.
func normalScores(x []float64) []float64 {
	mean, deviation := meanDeviation(x)
	out := midRanks(x)
	for n, rank := range out {
		out[n] = mean + deviation*stats.NormalQuantile((rank-0.5)/float64(len(x)))
	}
	return out
}

// meanDeviation are the mean and the standard deviation, by n-1.
func meanDeviation(x []float64) (float64, float64) {
	if len(x) == 0 {
		return 0, 0
	}
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	mean, square := sum/float64(len(x)), 0.0
	for _, v := range x {
		square += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(square / float64(max(1, len(x)-1)))
}
