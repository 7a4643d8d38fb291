package oracle

import (
	"slices"

	"jiaoheng/expr/oracle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// notCounted is the reason of a unit that a population leaves out.
const notCounted = "indicator.not_counted"

// scene is how names are read: in which period, how many periods before it, for which stage, among which population.
type scene struct {
	period     period.Period
	back       int
	stage      unit.Stage
	population string
}

// at returns the period that is looked at.
func (s scene) at() period.Period {
	p := s.period
	for range s.back {
		p = p.Previous()
	}
	return p
}

// standing is how a unit stands to what is counted.
type standing int

const (
	absent    standing = iota // not there, of another stage, or nothing that the population speaks of
	leftOut                   // the population leaves it out
	undecided                 // whether it counts cannot be told
	counted
)

// gone tells whether a unit went over into another since the period that is looked at, and joined whether others went
// over into it.
func (w *World) gone(u unit.Unit, s scene) (gone, joined bool) {
	if s.back == 0 || len(w.Merges) == 0 {
		return false, false
	}
	after, until := day(s.at()), day(s.period)
	for _, other := range w.Units {
		gone = gone || slices.Contains(w.before(other.Code, after, until), u.Code)
	}
	return gone, len(w.before(u.Code, after, until)) > 0
}

// isOpen tells whether a unit exists in the period that is looked at. What went over since then counts for its successor.
func (w *World) isOpen(u unit.Unit, s scene) bool {
	gone, joined := w.gone(u, s)
	return !gone && (joined || u.OpenOn(day(s.at())))
}

func teaches(u unit.Unit, stage unit.Stage) bool {
	switch {
	case stage == "":
		return true
	case u.Kind == unit.Kindergarten:
		return stage == unit.Preschool
	case u.Kind == unit.School || u.Kind == unit.Section:
		return slices.Contains(u.Stages, stage)
	}
	return true
}

// stand tells how a unit stands among units of some kinds, and why where it has no say.
func (w *World) stand(u unit.Unit, kinds []unit.Kind, s scene) (standing, measure.Value) {
	if !slices.Contains(kinds, u.Kind) || !w.isOpen(u, s) || !teaches(u, s.stage) {
		return absent, measure.Value{}
	}
	population, known := w.population(s.population)
	if !known {
		return counted, measure.Value{}
	}
	if slices.Contains(population.Of, u.Kind) {
		return w.asked(population, u, s)
	}
	if above(u.Kind, population.Of) {
		return w.standByBelow(population, u, s)
	}
	for _, higher := range w.chain(u.Code) {
		if slices.Contains(population.Of, higher.Kind) {
			return w.asked(population, higher, s)
		}
	}
	return counted, measure.Value{}
}

// standByBelow lets a school count as long as one of its sections does. Regions always count.
func (w *World) standByBelow(population pack.Population, u unit.Unit, s scene) (standing, measure.Value) {
	if u.Kind != unit.School {
		return counted, measure.Value{}
	}
	best := absent
	for _, section := range w.under(u.Code)[1:] {
		if !slices.Contains(population.Of, section.Kind) || !teaches(section, s.stage) {
			continue
		}
		switch stands, _ := w.asked(population, section, s); {
		case stands >= undecided:
			return counted, measure.Value{}
		case stands == leftOut:
			best = leftOut
		}
	}
	if best == leftOut {
		return leftOut, measure.InvalidBecause(notCounted)
	}
	return absent, measure.Value{}
}

// asked puts the condition of a population to a unit of its kind.
func (w *World) asked(population pack.Population, u unit.Unit, s scene) (standing, measure.Value) {
	fits := len(population.Stages) == 0
	for _, stage := range population.Stages {
		fits = fits || teaches(u, stage)
	}
	if !fits || !w.isOpen(u, s) {
		return absent, measure.Value{}
	}
	if population.Where == nil {
		return counted, measure.Value{}
	}
	v := view{world: w, scene: scene{period: s.period, back: s.back}, leaves: deepest(population.Of)}
	answer := oracle.Evaluate(population.Where.Ready.Tree(), v.of(u), w.number(u.Code))
	switch {
	case !answer.Known():
		return undecided, answer
	case answer.Equal(measure.Of(0)):
		return leftOut, measure.InvalidBecause(notCounted)
	}
	return counted, measure.Value{}
}

// number returns the place of a unit in Units, by which the formulas know it.
func (w *World) number(code string) int {
	return slices.IndexFunc(w.Units, func(u unit.Unit) bool { return u.Code == code })
}

// depth orders kinds: what stands above others has the lower number.
func depth(kind unit.Kind) int {
	return map[unit.Kind]int{unit.Province: 1, unit.City: 2, unit.County: 3, unit.Township: 4, unit.School: 5, unit.Kindergarten: 5,
		unit.Office: 5, unit.Training: 5, unit.Section: 6}[kind]
}

// deepest returns the kinds that stand lowest.
func deepest(kinds []unit.Kind) []unit.Kind {
	lowest := 0
	for _, kind := range kinds {
		lowest = max(lowest, depth(kind))
	}
	var found []unit.Kind
	for _, kind := range kinds {
		if depth(kind) == lowest {
			found = append(found, kind)
		}
	}
	return found
}

// above tells whether units of a kind hold units of one of kinds, and are none of them.
func above(kind unit.Kind, kinds []unit.Kind) bool {
	if slices.Contains(kinds, kind) || len(kinds) == 0 {
		return false
	}
	holds := kind == unit.Province || kind == unit.City || kind == unit.County || kind == unit.Township || kind == unit.School
	return holds && depth(kind) < depth(deepest(kinds)[0])
}
