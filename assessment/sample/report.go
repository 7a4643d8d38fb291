package sample

import (
	"math"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/period"
	"jiaoheng/publication"
	"jiaoheng/stats"
	"jiaoheng/stats/survey"
)

// Figure is an estimate with its interval; a hidden one has no numbers.
type Figure struct {
	Value, SE, Low, High float64
	Pupils               int
	Hidden               bool
}

// Standing is how a group stands against the whole.
type Standing string

// The standings.
const (
	Above   Standing = "above"
	Below   Standing = "below"
	Alike   Standing = "alike" // no significant difference
	Unknown Standing = ""      // hidden, or not to be compared
)

// Group is the figures of the whole, a county or a school.
type Group struct {
	Code     string
	Pupils   int // who sat
	Schools  int
	Hidden   bool // too few pupils
	Partial  bool // a school of which not every pupil was to sit: no figures of its own
	Mean     Figure
	Levels   []Figure // shares, from the lowest level up; nil: not for this viewer
	Apart    Figure   // mean less that of the whole
	Standing Standing
}

// Level is one level: from Least up to the next.
type Level struct {
	Name  string // "" is what lies below the lowest cut
	Least float64
}

// Ask is what figures are asked for.
type Ask struct {
	Subject    string // "" is the total
	Confidence float64
	Least      int                        // smaller groups are hidden
	County     func(school string) string // code of the county of a school
}

// Report is the figures of one exam in one subject.
type Report struct {
	Exam     assessment.Exam
	Subject  string
	Levels   []Level
	Strata   int
	Whole    Group
	Between  survey.Between // of the variance between schools
	NoShare  bool           // too few schools or pupils for it
	Counties []Group
	Schools  []Group
}

// Point is one exam of a trend.
type Point struct {
	Exam  string
	Name  string
	Held  period.Date
	Whole Group
	Same  bool // the levels are cut alike: shares may be compared
}

// LevelsOf are the levels of a subject by the cuts of an exam, the lowest without a name; nil without cuts.
func LevelsOf(exam assessment.Exam, subject string) []Level {
	var out []Level
	for _, cut := range exam.Cuts {
		if cut.Subject == subject && cut.Track == "" {
			out = append(out, Level{cut.Name, cut.Least})
		}
	}
	if out == nil {
		return nil
	}
	slices.SortFunc(out, func(a, b Level) int {
		switch {
		case a.Least < b.Least:
			return -1
		case a.Least > b.Least:
			return 1
		}
		return 0
	})
	return append([]Level{{Least: math.Inf(-1)}}, out...)
}

// Of computes the report of an exam whose marks and table agree.
func Of(sheet assessment.Sheet, frame Frame, ask Ask) (Report, error) {
	out := Report{Exam: sheet.Exam, Subject: ask.Subject, Levels: LevelsOf(sheet.Exam, ask.Subject)}
	m, err := newMarked(sheet, frame, ask.Subject)
	if err != nil {
		return out, err
	}
	out.Strata = m.design.Strata()
	out.Whole = out.group(m, ask, sheet.Exam.Owner, nil)
	counties := map[string][]int32{}
	for k, code := range m.codes {
		county := ask.County(code)
		counties[county] = append(counties[county], int32(k))
	}
	for county, schools := range counties {
		if county == "" || county == sheet.Exam.Owner {
			continue
		}
		out.Counties = append(out.Counties, out.group(m, ask, county, schools))
	}
	slices.SortFunc(out.Counties, func(a, b Group) int { return compareText(a.Code, b.Code) })
	out.schools(m, frame, ask)
	between, err := survey.BetweenGroups(m.marks, m.design.Weights(), m.units, func(p int) bool { return m.sat[p] }, ask.Confidence)
	out.Between, out.NoShare = between, err != nil || out.Whole.Hidden
	return out, nil
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// group computes the figures of some schools, of all for nil.
func (r Report) group(m *marked, ask Ask, code string, schools []int32) Group {
	in := func(p int) bool { return m.sat[p] && (schools == nil || slices.Contains(schools, m.units[p])) }
	out := Group{Code: code, Schools: len(schools)}
	if schools == nil {
		out.Schools = len(m.codes)
	}
	out.Mean = figureOf(m.design.Mean(m.marks, in), ask)
	out.Pupils = out.Mean.Pupils
	if out.Hidden = out.Pupils < ask.Least; out.Hidden {
		return Group{Code: code, Schools: out.Schools, Hidden: true}
	}
	out.Levels = r.shares(m, ask, in)
	if schools != nil {
		out.Apart = figureOf(m.design.Difference(m.marks, in, func(p int) bool { return m.sat[p] }), ask)
		out.Standing = standingOf(out.Apart)
	}
	return out
}

func figureOf(e survey.Estimate, ask Ask) Figure {
	low, high := e.Interval(ask.Confidence)
	return Figure{Value: e.Value, SE: e.SE, Low: low, High: high, Pupils: e.Rows}
}

// standingOf reads a difference: significant where its interval leaves out 0. Without an error it is what it is.
func standingOf(apart Figure) Standing {
	switch {
	case apart.Low > 0:
		return Above
	case apart.High < 0:
		return Below
	}
	return Alike
}

// shares of the levels. A level with a few pupils is hidden, and what would tell it, as in publications: the sum is known.
func (r Report) shares(m *marked, ask Ask, in survey.Domain) []Figure {
	out := make([]Figure, len(r.Levels))
	counts := make([]int, len(r.Levels))
	for k, level := range r.Levels {
		top := math.Inf(1)
		if k+1 < len(r.Levels) {
			top = r.Levels[k+1].Least
		}
		count := 0
		for p := range m.marks {
			if in(p) && m.marks[p] >= level.Least && m.marks[p] < top {
				count++
			}
		}
		out[k] = figureOf(m.design.Share(func(p int) bool { return m.marks[p] >= level.Least && m.marks[p] < top }, in), ask)
		out[k].Low, out[k].High, out[k].Pupils = max(out[k].Low, 0), min(out[k].High, 1), count
		counts[k] = count
	}
	for k, hidden := range publication.Hide(publication.Totals([][]int{counts}), max(ask.Least, 1))[0][:len(out)] {
		if hidden {
			out[k] = Figure{Hidden: true}
		}
	}
	return out
}

// schools computes the figures of schools where every pupil was to sit. Pupils of a school are taken as those it might have had: the
// error of a mean is that of its pupils, and the difference from the whole counts both.
func (r *Report) schools(m *marked, frame Frame, ask Ask) {
	enrolled := map[string]int{}
	for _, stratum := range frame.Strata {
		for _, school := range stratum.Drawn {
			enrolled[school.Code] = school.Enrolled
		}
	}
	for k, code := range m.codes {
		listed, n, sum := 0, 0, 0.0
		for p := range m.marks {
			if m.units[p] != int32(k) {
				continue
			}
			listed++
			if m.sat[p] {
				n++
				sum += m.marks[p]
			}
		}
		group := Group{Code: code, Schools: 1, Pupils: n}
		switch whole := r.Exam.Design != assessment.Sample || enrolled[code] > 0 && listed >= enrolled[code]; {
		case !whole:
			group = Group{Code: code, Schools: 1, Partial: true}
		case n < ask.Least || n < 2:
			group = Group{Code: code, Schools: 1, Hidden: true}
		default:
			group.Mean, group.Apart = r.schoolMean(m, int32(k), sum/float64(n), n, ask)
			group.Standing = standingOf(group.Apart)
			group.Levels = r.shares(m, ask, func(p int) bool { return m.sat[p] && m.units[p] == int32(k) })
			for i := range group.Levels { // the school sat whole: its shares have no sampling error
				group.Levels[i].SE, group.Levels[i].Low, group.Levels[i].High = 0, group.Levels[i].Value, group.Levels[i].Value
			}
		}
		r.Schools = append(r.Schools, group)
	}
}

func (r *Report) schoolMean(m *marked, school int32, mean float64, n int, ask Ask) (Figure, Figure) {
	squares := 0.0
	for p, mark := range m.marks {
		if m.sat[p] && m.units[p] == school {
			squares += (mark - mean) * (mark - mean)
		}
	}
	se := math.Sqrt(squares / float64(n-1) / float64(n))
	reach := stats.StudentQuantile(0.5+ask.Confidence/2, float64(n-1))
	own := Figure{Value: mean, SE: se, Low: mean - reach*se, High: mean + reach*se, Pupils: n}
	apart := Figure{Value: mean - r.Whole.Mean.Value, SE: math.Hypot(se, r.Whole.Mean.SE), Pupils: n}
	apart.Low, apart.High = apart.Value-reach*apart.SE, apart.Value+reach*apart.SE
	return own, apart
}
