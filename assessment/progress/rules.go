package progress

import (
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// Rule is a number that a pack sets, with where it says so.
type Rule struct {
	Name    string  `json:"name"` // of the parameter
	Value   float64 `json:"value"`
	Title   string  `json:"title"`
	From    string  `json:"from"`
	Source  string  `json:"source"`
	Clause  string  `json:"clause"`
	Checked string  `json:"checked"`
	Note    string  `json:"note,omitempty"`
}

// Rules are the numbers of the pack assessment that a study needs, on the day of the exit exam.
type Rules struct {
	Least   Rule `json:"least"`   // fewest linked pupils of a school that is judged
	Level   Rule `json:"level"`   // of the intervals, in per cent
	Ceiling Rule `json:"ceiling"` // share of pupils with full marks from which ranks take the place of scores, in per cent
	Linked  Rule `json:"linked"`  // share of linked pupils below which a warning is given, in per cent
	Bands   Rule `json:"bands"`   // bands of equal numbers of pupils by which movement is counted
	Draws   Rule `json:"draws"`   // simulated for the rank intervals
}

// parameters are the names of the rules with the values that make sense.
var parameters = []struct {
	name      string
	low, high float64
	place     func(r *Rules) *Rule
}{
	{"assessment_effect_pupils", 2, 1000, func(r *Rules) *Rule { return &r.Least }},
	{"assessment_confidence", 50, 99.9, func(r *Rules) *Rule { return &r.Level }},
	{"assessment_ceiling_share", 0, 100, func(r *Rules) *Rule { return &r.Ceiling }},
	{"assessment_linked_share", 0, 100, func(r *Rules) *Rule { return &r.Linked }},
	{"assessment_movement_bands", 2, 20, func(r *Rules) *Rule { return &r.Bands }},
	{"assessment_rank_draws", 100, 20_000, func(r *Rules) *Rule { return &r.Draws }},
}

// RulesOf are the numbers in force on a day in a region (codes from the unit up to the root).
//
// Errors: a fault.List that names every parameter that no pack sets, or sets to a number that makes no sense.
func RulesOf(set *pack.Set, day period.Date, regions []string) (Rules, error) {
	var rules Rules
	var faults fault.List
	for _, one := range parameters {
		parameter, known := set.Everything().Parameter(one.name)
		var dated pack.Dated
		value := 0.0
		if known {
			value, dated, known = pack.ResolveFor("", parameter.Values, day, regions, nil)
		}
		if !known || value < one.low || value > one.high {
			faults.Add(fault.New("progress.rule_unknown", message.Args{"name": one.name, "day": day.String(), "low": one.low, "high": one.high}))
			continue
		}
		*one.place(&rules) = Rule{Name: one.name, Value: value, Title: parameter.Title.In(message.Chinese), From: dated.From.String(), Source: dated.Source.Document,
			Clause: dated.Source.Clause, Checked: string(dated.Source.Checked), Note: dated.Source.Note.In(message.Chinese)}
	}
	return rules, faults.Err()
}

// All are the rules in the order in which pages show them.
func (r Rules) All() []Rule {
	var all []Rule
	for _, one := range parameters {
		all = append(all, *one.place(&r))
	}
	return all
}
