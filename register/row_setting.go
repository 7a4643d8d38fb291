package register

import (
	"strings"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// NoValue is the reason of a parameter that has no value on the day, in the region or for the stage.
const NoValue = "register.row.no_value"

// switchHead begins the name of a switch in formulas.
const switchHead = "switch."

// NamesOf returns what formulas of registers of a scope may name besides columns, and its tables.
func NamesOf(scope *pack.Scope) Names {
	items := scope.RowItems(&pack.Register{})
	return Names{Items: items, Table: func(name string) *pack.Table {
		table, _ := scope.Table(name)
		return table
	}}
}

// Setting says how parameters and switches hold for units.
type Setting struct {
	Scope    *pack.Scope
	Tree     *unit.Tree // nil: no unit has a stage or a region
	Day      period.Date
	Switches map[string]bool // those that differ from their defaults may stand alone
}

// Value returns a parameter as it holds on the day for the unit, its region and its stage, or a switch as 1 or 0. It is
// what Given.Value wants.
//
// Missing: a parameter without a value in force is Invalid(NoValue). A name that is no parameter and no switch is missing.
func (s Setting) Value(name, code string) measure.Value {
	if option, is := strings.CutPrefix(name, switchHead); is {
		return s.option(name, option)
	}
	parameter, known := s.Scope.Parameter(name)
	if !known {
		return measure.MissingFor(name)
	}
	stage, regions := s.place(code)
	number, _, found := pack.ResolveFor(stage, parameter.Values, s.Day, regions, s.switches())
	if !found {
		return measure.InvalidBecause(NoValue)
	}
	return measure.Of(number)
}

// switches returns all switches, those that nobody set with their defaults.
func (s Setting) switches() map[string]bool {
	all := s.Scope.Defaults()
	for name, on := range s.Switches {
		all[name] = on
	}
	return all
}

func (s Setting) option(name, option string) measure.Value {
	on, known := s.switches()[option]
	switch {
	case !known:
		return measure.MissingFor(name)
	case on:
		return measure.Of(1)
	}
	return measure.Of(0)
}

// place returns the stage of a unit that has one and the codes of the unit and of all above it.
func (s Setting) place(code string) (unit.Stage, []string) {
	if s.Tree == nil {
		return "", []string{code}
	}
	number, known := s.Tree.Number(code)
	if !known {
		return "", []string{code}
	}
	var stage unit.Stage
	if stages := s.Tree.At(number).Stages; len(stages) == 1 {
		stage = stages[0]
	}
	var regions []string
	for at := number; at >= 0; at = s.Tree.Parent(at) {
		regions = append(regions, s.Tree.At(at).Code)
	}
	return stage, regions
}
