package main

import (
	"fmt"
	"math"

	"jiaoheng/assessment/progress"
	"jiaoheng/stats"
)

// kind is one kind of county: how it is made and how it is evaluated. Pupils' own variance is 1 throughout.
type kind struct {
	Name     string
	Schools  int
	From, To int     // pupils of a school, uneven: even on the scale of logarithms
	Between  float64 // standard deviation of true effects
	Slope    float64 // of true slopes
	Company  float64 // what one point of the school's mean entry adds to each pupil
	Error    float64 // variance of the error of the entry score; that of the true one is 1
	Skew     bool    // the scores of pupils and the effects of schools have a long tail
	Half     bool    // every second school has no effect of its own
	Spec     progress.Spec
}

// kinds are the counties that are tried.
func kinds() []kind {
	plain := progress.Spec{Level: 0.95, Least: 0}
	slope, company, corrected := plain, plain, plain
	slope.Slope, company.Composition, corrected.Reliability = true, true, 0.8
	both := company
	both.Reliability = 0.8
	var all []kind
	for _, schools := range []int{20, 60, 300} {
		all = append(all,
			kind{Name: "plain", Between: 0.35, Spec: plain},
			kind{Name: "little between schools", Between: 0.1, Spec: plain},
			kind{Name: "company of other pupils, adjusted (type B)", Between: 0.3, Company: 0.4, Spec: company},
			kind{Name: "error in the entry score, corrected", Between: 0.3, Error: 0.25, Spec: corrected},
			kind{Name: "error and company, both", Between: 0.3, Company: 0.4, Error: 0.25, Spec: both},
			kind{Name: "long tails", Between: 0.35, Skew: true, Spec: plain},
			kind{Name: "slopes differ", Between: 0.3, Slope: 0.15, Spec: slope},
			kind{Name: "half of the schools without an effect", Between: 0.4, Half: true, Spec: plain},
			kind{Name: "no school with an effect", Spec: plain},
			kind{Name: "no effect, slopes and company asked for", Spec: progress.Spec{Level: 0.95, Slope: true, Composition: true}},
			kind{Name: "schools of 10 to 30 pupils", From: 10, To: 30, Between: 0.3, Spec: plain})
		for n := len(all) - 11; n < len(all); n++ {
			all[n].Schools = schools
			if all[n].From == 0 {
				all[n].From, all[n].To = 10, 300
			}
		}
	}
	return all
}

// long is a draw with mean 0, variance 1 and a long tail to the right: an exponential one less its mean.
func long(s *stats.Stream) float64 { return -math.Log(s.Float64()) - 1 }

// invent makes one county and returns its moments and the true effects of its schools, in the order of the moments.
func (k kind) invent(s *stats.Stream) (progress.Moments, []float64) {
	noise := s.Normal
	if k.Skew {
		noise = func() float64 { return long(s) }
	}
	var units []string
	var rows [][]float64
	truth := make([]float64, k.Schools)
	for j := range k.Schools {
		effect, slope, mean := k.Between*noise(), k.Slope*s.Normal(), 0.5*s.Normal()
		if k.Half && j%2 == 0 {
			effect = 0
		}
		n := int(math.Round(float64(k.From) * math.Pow(float64(k.To)/float64(k.From), s.Float64())))
		truth[j] = effect
		from, sum := len(rows), 0.0
		for range n {
			entry := mean + math.Sqrt(0.75)*s.Normal() // variance 1 in all, a quarter of it between schools
			sum += entry
			exit := 0.7*entry + effect + slope*entry + noise()
			units = append(units, fmt.Sprintf("S%03d", j))
			rows = append(rows, []float64{1, entry + math.Sqrt(k.Error)*s.Normal(), exit})
		}
		for i := from; i < len(rows); i++ {
			rows[i][2] += k.Company * sum / float64(n)
		}
	}
	return progress.Gather([]string{progress.One, progress.Entry, progress.Exit}, []float64{0, 0, 0}, units, rows), truth
}

// count is what was counted over many counties of one kind.
type count struct {
	intervals, covered, small, smallCovered int
	none, flagged                           int // schools without an effect, and those of them that were called different
	wrong                                   int // called above with a negative effect, or below with a positive one
	failed                                  error
}

// trial evaluates counties of a kind.
func trial(k kind, counties int, seed uint64) count {
	var c count
	s := stats.NewStream(seed)
	for range counties {
		moments, truth := k.invent(s)
		estimate, err := progress.Evaluate(moments, k.Spec)
		if err != nil {
			c.failed = err
			return c
		}
		for j, school := range estimate.Schools {
			c.add(truth[j], school)
		}
	}
	return c
}

func (c *count) add(truth float64, school progress.Effect) {
	holds, called := truth >= school.Low && truth <= school.High, school.Low > 0 || school.High < 0
	c.intervals++
	c.covered += one(holds)
	if school.N < 30 {
		c.small++
		c.smallCovered += one(holds)
	}
	if truth == 0 {
		c.none++
		c.flagged += one(called)
	} else {
		c.wrong += one(school.Low > 0 && truth < 0 || school.High < 0 && truth > 0)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// share is part of whole in per cent.
func share(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) }

// met tells whether the bars are met: 93 to 97 of 100 intervals hold, at most 6 of 100 schools without an effect are flagged. Where
// no school has an effect, an interval that is too wide does no harm: there only the flags count.
func (c count) met(k kind) bool {
	covered := share(c.covered, c.intervals)
	return c.failed == nil && covered >= 93 && (covered <= 97 || k.Between == 0) && share(c.flagged, c.none) <= 6
}

// flags is the share of schools without an effect that were flagged, in words where there are none.
func (c count) flags() string {
	if c.none == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", share(c.flagged, c.none))
}
