package register

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Day returns the day of a period on which units and parameters are looked at: of a school year and a term the first one,
// the day of the yearly statistics; of every other period the last one.
func Day(p period.Period) period.Date {
	if p.Kind == period.SchoolYear || p.Kind == period.Term {
		return p.From()
	}
	return p.To()
}

// Keeps tells whether units of this kind and these stages report the register.
func Keeps(register *pack.Register, u unit.Unit) bool {
	if !slices.Contains(register.Of, u.Kind) {
		return false
	}
	return len(register.Stages) == 0 || !u.Kind.Teaches() ||
		slices.ContainsFunc(u.Stages, func(stage unit.Stage) bool { return slices.Contains(register.Stages, stage) })
}

// dutyName names the duty to report the items of a register that are made for periods of one kind.
func dutyName(register *pack.Register, every period.Kind) string {
	return register.Name + "/" + strconv.Itoa(int(every))
}

// must tells whether a unit must report under a duty for a period: it keeps the register and stood on the day of the period,
// or it did report. Of an optional register without key only those who reported are asked for, since the others are
// not silent; of an optional one with a key everybody has its counts, 0 where there is no row.
func (f *Facts) must(duty string, u unit.Unit, p period.Period) bool {
	name, every, _ := strings.Cut(duty, "/")
	register, known := f.ask.Scope.Register(name)
	if !known || every != strconv.Itoa(int(p.Kind)) || !Keeps(register, u) {
		return false
	}
	if f.reported[name][Reported{u.Code, p}] {
		return true
	}
	return u.OpenOn(Day(p)) && (!register.Optional || len(register.Key) > 0)
}

// givenIn returns what rows are computed with in a period.
func (a Ask) givenIn(p period.Period) Given {
	return Given{Period: p, Day: DayOf(p, a.Today), Value: a.given(p)}
}

// given returns parameters and switches as they hold for a unit in a period.
func (a Ask) given(p period.Period) func(name, code string) measure.Value {
	known := map[string]measure.Value{}
	return func(name, code string) measure.Value {
		if option, isSwitch := strings.CutPrefix(name, "switch."); isSwitch {
			if a.Switches[option] {
				return measure.Of(1)
			}
			return measure.Of(0)
		}
		parameter, declared := a.Scope.Parameter(name)
		if !declared {
			return measure.MissingFor(name)
		}
		stage := a.stageOf(code)
		key := name + "/" + string(stage)
		regional := slices.ContainsFunc(parameter.Values, func(d pack.Dated) bool { return d.Region != "" })
		if value, done := known[key]; done && !regional {
			return value
		}
		value := measure.MissingFor(name)
		if number, _, found := pack.ResolveFor(stage, parameter.Values, Day(p), a.regionsOf(code), a.Switches); found {
			value = measure.Of(number)
		}
		known[key] = value
		return value
	}
}

// stageOf returns the stage of a unit that has exactly one.
func (a Ask) stageOf(code string) unit.Stage {
	if u, known := a.Tree.Find(code); known && len(u.Stages) == 1 {
		return u.Stages[0]
	}
	return ""
}

// regionsOf returns the codes of a unit and of all units above it, nearest first.
func (a Ask) regionsOf(code string) []string {
	var codes []string
	n, known := a.Tree.Number(code)
	for known && n >= 0 {
		codes = append(codes, a.Tree.At(n).Code)
		n = a.Tree.Parent(n)
	}
	return codes
}
