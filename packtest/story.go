package packtest

import (
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Fact is an item of a unit that a test gives directly, instead of the rows that it would be computed from.
type Fact struct {
	Unit, Item string
	Period     period.Period
	Value      measure.Value
}

// Story is what a case makes up, as the program would hold it.
type Story struct {
	Scope    *pack.Scope
	Units    []unit.Unit // after every merger
	Events   []unit.Event
	Rows     map[string][]register.Row // by register
	Facts    []Fact
	Switches map[string]bool
	place    map[string]fault.Place // of the rows, by their ids
	codes    map[string]string      // of the ids of units, sections apart
	sections map[string]string      // of the ids of sections
}

// defaultCounty is the county of units that name none.
const defaultCounty = "C"

// Code returns the code of the unit that an id of the case names. kinds are those that the rule is made for: a section
// and its school may have one id.
func (s *Story) Code(id string, stage unit.Stage, kinds []unit.Kind) (string, bool) {
	section, isSection := s.sections[id]
	code, isOther := s.codes[id]
	if isSection && stage != "" {
		if u := s.unit(section); u.Stages[0] != stage {
			isSection = false
		}
	}
	if isSection && (!isOther || slices.Contains(kinds, unit.Section)) {
		return section, true
	}
	if isOther {
		return code, true
	}
	return section, isSection
}

func (s *Story) unit(code string) unit.Unit {
	at := slices.IndexFunc(s.Units, func(u unit.Unit) bool { return u.Code == code })
	if at < 0 {
		return unit.Unit{}
	}
	return s.Units[at]
}

// teller makes the story of a case and gathers what is wrong with it.
type teller struct {
	scope  *pack.Scope
	story  *Story
	units  map[string]*unit.Unit // by code
	row    map[rowKey]int        // of registers with one row for a unit and a period
	faults fault.List
}

type rowKey struct {
	register, unit string
	period         period.Period
}

func (t *teller) fault(at fault.Place, code string, args message.Args) {
	t.faults.Add(fault.At(at, code, args))
}

// Tell makes the units and rows of a case. Every fault is reported, at the word that is wrong.
func Tell(c *Case, scope *pack.Scope) (*Story, fault.List) {
	t := &teller{scope: scope, units: map[string]*unit.Unit{}, row: map[rowKey]int{}}
	t.story = &Story{Scope: scope, Rows: map[string][]register.Row{}, Switches: scope.Defaults(), place: map[string]fault.Place{}, codes: map[string]string{}, sections: map[string]string{}}
	for _, w := range c.Switches {
		if _, known := scope.Switch(w.Name); !known {
			t.fault(w.Place, "packtest.unknown_switch", message.Args{"name": w.Name})
			continue
		}
		t.story.Switches[w.Name] = w.On
	}
	for _, code := range c.Codes {
		t.story.codes[code.Unit] = code.Code
	}
	for _, load := range c.Loads {
		if load.Kind != "" {
			t.makeUnits(load)
		}
	}
	t.inherit()
	for _, load := range c.Loads {
		if load.Kind != "" {
			t.report(load)
		} else {
			t.rows(load)
		}
	}
	for _, code := range c.Codes {
		if t.units[code.Code] == nil {
			t.fault(code.Place, "packtest.unknown_unit", message.Args{"id": code.Unit})
		}
	}
	t.finish(c)
	return t.story, t.faults
}

// finish puts the units in order and carries out the mergers.
func (t *teller) finish(c *Case) {
	for _, u := range t.units {
		t.story.Units = append(t.story.Units, *u)
	}
	slices.SortFunc(t.story.Units, func(a, b unit.Unit) int { return strings.Compare(a.Code, b.Code) })
	for _, m := range c.Merges {
		from, known := t.school(m.From)
		into, alsoKnown := t.school(m.Into)
		if !known || !alsoKnown {
			t.fault(m.Place, "packtest.unknown_unit", message.Args{"id": map[bool]string{true: m.Into, false: m.From}[known]})
			continue
		}
		t.merge(m, from, into)
	}
}

// school returns the code of the school that an id names: itself, or the one of a section.
func (t *teller) school(id string) (string, bool) {
	if code, known := t.story.codes[id]; known && t.units[code] != nil {
		return code, true
	}
	section, known := t.story.sections[id]
	if !known {
		return "", false
	}
	return t.units[section].Parent, true
}

// merge carries out one merger as the program does.
func (t *teller) merge(m Merge, from, into string) {
	history := unit.NewHistory(t.story.Units, t.story.Events)
	outcome, faults := history.Apply(unit.Event{Kind: unit.Merge, On: m.On, From: []string{from}, Into: []string{into}})
	for _, f := range faults {
		t.fault(m.Place, f.Code, f.Args)
	}
	if faults != nil {
		return
	}
	t.story.Events = append(t.story.Events, outcome.Event)
	for _, changed := range outcome.Changed {
		at := slices.IndexFunc(t.story.Units, func(u unit.Unit) bool { return u.Code == changed.Code })
		t.story.Units[at] = changed
	}
	t.story.Units = append(t.story.Units, outcome.Created...)
}
