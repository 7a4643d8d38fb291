package pack

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/measure"
	"jiaoheng/unit"
)

// UnitFlags are the conditions of a unit that formulas may name behind UnitHead; a section has those of its school.
var UnitFlags = []string{"public", "private", "urban", "town", "rural", "has_preschool", "has_primary", "has_junior", "has_senior"}

// UnitOpened is, behind UnitHead, the year in which the unit was opened; missing when it is not known.
const UnitOpened = "opened_year"

// UnitHead begins the names of what is known of the unit itself: with UnitFlags and UnitOpened.
const UnitHead = "unit" + "."

// rank orders the kinds of units from the root to the leaves.
var rank = map[unit.Kind]int{unit.Province: 6, unit.City: 5, unit.County: 4, unit.Township: 3,
	unit.School: 2, unit.Kindergarten: 2, unit.Office: 2, unit.Training: 2, unit.Section: 1}

// reaches tells whether a unit of a kind has facts of another kind, as its own or as those of units below it.
func reaches(from, to unit.Kind) bool {
	return from == to || rank[from] >= 3 && rank[from] > rank[to] || from == unit.School && to == unit.Section
}

func someReach(from, to []unit.Kind) bool {
	return slices.ContainsFunc(from, func(f unit.Kind) bool {
		return slices.ContainsFunc(to, func(t unit.Kind) bool { return reaches(f, t) })
	})
}

// ItemsFor returns everything that a formula of units of these kinds may name: items and indicators of the units
// themselves and of those below them, parameters, switches, what is known of the unit, and items of its school and county.
func (s *Scope) ItemsFor(kinds []unit.Kind) expr.Items {
	all := s.facts(kinds)
	for _, i := range s.indicators {
		if someReach(kinds, i.Of) {
			m := i.Measure
			all[i.Name] = expr.Item{Type: s.types[i.Name], Measure: &m}
			if s.types[i.Name] == expr.Logical {
				all[i.Name] = expr.Item{Type: expr.Logical}
			}
		}
	}
	return all
}

// facts is ItemsFor without indicators: what the condition of a population may name.
func (s *Scope) facts(kinds []unit.Kind) expr.Items {
	all := s.constants()
	below := slices.ContainsFunc(kinds, func(k unit.Kind) bool { return rank[k] < rank[unit.County] })
	for _, item := range s.itemList {
		of := item.Register.Of
		if someReach(kinds, of) {
			all[item.Name] = item.item()
		}
		if slices.Contains(kinds, unit.Section) && slices.Contains(of, unit.School) {
			all["school."+item.Name] = item.item()
		}
		if below && slices.Contains(of, unit.County) {
			all["county."+item.Name] = item.item()
		}
	}
	if slices.ContainsFunc(kinds, func(k unit.Kind) bool { return rank[k] <= 2 }) {
		for _, name := range UnitFlags {
			all[UnitHead+name] = expr.Item{Type: expr.Logical}
		}
		all[UnitHead+UnitOpened] = expr.Item{Type: expr.Numeric}
	}
	return all
}

func (i *ScopeItem) item() expr.Item {
	if i.Type == expr.Logical {
		return expr.Item{Type: expr.Logical}
	}
	return expr.Item{Type: i.Type, Measure: &i.Measure}
}

// constants returns parameters and switches. The caller may add to them.
func (s *Scope) constants() expr.Items {
	return maps.Clone(s.fixed)
}

// fix gathers parameters and switches once.
func (s *Scope) fix() {
	s.fixed = expr.Items{}
	for name, p := range s.parameters {
		var m measure.Measure
		if p.Measure != "" {
			m, _ = measure.Parse(p.Measure)
		}
		s.fixed[name] = expr.Item{Type: expr.Numeric, Measure: &m}
	}
	for name := range s.switches {
		s.fixed["switch."+name] = expr.Item{Type: expr.Logical}
	}
}

// RowItems returns what a formula over rows of a register may name: the columns of the row, parameters and switches, and of
// a register whose rows live the states and the clock of the row. Columns that are named only limit it to these.
func (s *Scope) RowItems(r *Register, only ...string) expr.Items {
	all := s.constants()
	for _, c := range r.Columns {
		if len(only) == 0 || slices.Contains(only, c.Name) {
			addColumn(all, c)
		}
	}
	if len(only) == 0 && r.Living() {
		maps.Copy(all, clockItems())
	}
	return all
}

// reportedItems is RowItems for what is computed from what people report: columns and checks, which know no state.
func (s *Scope) reportedItems(r *Register) expr.Items {
	all := s.constants()
	for _, c := range r.Columns {
		if !c.Kept {
			addColumn(all, c)
		}
	}
	return all
}

// lifeItems is RowItems for the formulas of a lifecycle, which know the state and the clock of the row as they are before
// the event.
func (s *Scope) lifeItems(r *Register) expr.Items { return s.RowItems(r) }

func addColumn(all expr.Items, c *Column) {
	switch {
	case c.Type == Flag:
		all[c.Name] = expr.Item{Type: expr.Logical}
	case c.Type == Choice:
		for _, option := range c.Choices {
			all[c.Name+"."+option.Name] = expr.Item{Type: expr.Logical}
		}
	case c.Type.Numeric():
		all[c.Name] = expr.Item{Type: expr.Numeric, Measure: &c.Measure}
	}
}

// clockItems returns the names of the clock of a row: RowOverdue, RowDaysOpen and RowDaysLate.
func clockItems() expr.Items {
	return expr.Items{RowOverdue: {Type: expr.Logical}, RowDaysOpen: {Type: expr.Numeric, Measure: &days}, RowDaysLate: {Type: expr.Numeric, Measure: &days}}
}

// days is the measure of numbers of days.
var days = func() measure.Measure {
	m, err := measure.Parse("天")
	if err != nil {
		panic(err)
	}
	return m
}()
