package oracle

import (
	"slices"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// World is everything that values are computed from.
type World struct {
	Packs    []*pack.Pack // with every pack that they use
	Units    []unit.Unit
	Merges   []Merge
	Rows     map[string][]register.Row // by register
	Facts    map[Fact]measure.Value    // items that were given directly
	Switches map[string]bool           // those that are not named stand as they are declared
	Numbers  map[string]float64        // parameters that were set by hand
}

// Fact names an item of a unit in a period.
type Fact struct {
	Unit, Item string
	Period     period.Period
}

// Merge says that a school went over into another on a day; its sections go to those of the same stage.
type Merge struct {
	From, Into string
	On         period.Date
}

// unit returns a unit by its code.
func (w *World) unit(code string) (unit.Unit, bool) {
	for _, u := range w.Units {
		if u.Code == code {
			return u, true
		}
	}
	return unit.Unit{}, false
}

// chain returns the unit and all units above it, nearest first.
func (w *World) chain(code string) []unit.Unit {
	var chain []unit.Unit
	for u, known := w.unit(code); known; u, known = w.unit(u.Parent) {
		chain = append(chain, u)
	}
	return chain
}

// under returns the unit and all units below it in the order in which people list them: a unit, then what is below it, and
// brothers by their codes.
func (w *World) under(code string) []unit.Unit {
	u, known := w.unit(code)
	if !known {
		return nil
	}
	found := []unit.Unit{u}
	var children []string
	for _, child := range w.Units {
		if child.Parent == code && child.Code != code {
			children = append(children, child.Code)
		}
	}
	slices.Sort(children)
	for _, child := range children {
		found = append(found, w.under(child)...)
	}
	return found
}

// nearest returns the unit of a kind at or above another.
func (w *World) nearest(code string, kind unit.Kind) (unit.Unit, bool) {
	for _, u := range w.chain(code) {
		if u.Kind == kind {
			return u, true
		}
	}
	return unit.Unit{}, false
}

// before returns the units that went over into a unit after one day and until another, through several mergers too.
func (w *World) before(code string, after, until period.Date) []string {
	var found []string
	u, _ := w.unit(code)
	for _, m := range w.Merges {
		if !after.Before(m.On) || until.Before(m.On) {
			continue
		}
		origin := ""
		if m.Into == code {
			origin = m.From
		} else if u.Kind == unit.Section && m.Into == u.Parent {
			for _, other := range w.Units {
				if other.Kind == unit.Section && other.Parent == m.From && slices.Equal(other.Stages, u.Stages) {
					origin = other.Code
				}
			}
		}
		if origin != "" && !slices.Contains(found, origin) {
			found = append(found, origin)
			found = append(found, w.before(origin, after, until)...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// day is the day of a period on which units and rules are looked at: the first of a school year and of a term, else the last.
func day(p period.Period) period.Date {
	switch p.Kind {
	case period.SchoolYear, period.Term:
		return p.From()
	}
	return p.To()
}

// belongs returns the period of a kind that stands for p in registers of that kind.
func belongs(p period.Period, kind period.Kind) period.Period {
	if kind == 0 || p.Kind == kind {
		return p
	}
	text := ""
	first, last := p.From(), p.To()
	switch kind {
	case period.Year:
		return period.Period{Kind: kind, Start: period.Date{Year: first.Year, Month: 1, Day: 1}}
	case period.SchoolYear:
		if p.Kind == period.Year {
			return period.SchoolYearOf(last)
		}
		return period.SchoolYearOf(first)
	case period.Term:
		at := first
		if p.Kind == period.Year {
			at = last
		}
		text = period.SchoolYearOf(at).String() + "/1"
		if at.Month >= 2 && at.Month < period.SchoolYearStart {
			text = period.SchoolYearOf(at).String() + "/2"
		}
	case period.Month:
		text = last.String()[:7]
	case period.Day:
		text = last.String()
	}
	found, _ := period.Parse(text)
	return found
}
