package progress

import (
	"jiaoheng/assessment"
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
	English string  `json:"english"`
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
	Company Rule `json:"company"` // fewest schools for which the company of other pupils is taken into account
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
	{"assessment_company_schools", 8, 1000, func(r *Rules) *Rule { return &r.Company }},
	{"assessment_rank_draws", 100, 20_000, func(r *Rules) *Rule { return &r.Draws }},
}

// RulesOf are the numbers in force on a day; regions are the codes of the owner and of the units above it, the nearest first. It
// also names the packs that set them, with their versions.
//
// Errors: a fault.List that names every parameter that no pack sets, or sets to a number that makes no sense.
func RulesOf(set *pack.Set, day period.Date, regions ...string) (Rules, []string, error) {
	var rules Rules
	found, err := assessment.RulesOf(set, day, regions...)
	if err != nil {
		return rules, nil, err
	}
	var faults fault.List
	for _, one := range parameters {
		rule, known := found.Find(one.name, "")
		if !known || rule.Value < one.low || rule.Value > one.high {
			faults.Add(fault.New("progress.rule_unknown", message.Args{"name": one.name, "day": day.String(), "low": one.low, "high": one.high}))
			continue
		}
		*one.place(&rules) = Rule{Name: one.name, Value: rule.Value, Title: rule.Title.In(message.Chinese), English: rule.Title.In(message.English), From: rule.From.String(),
			Source: rule.Source.Document, Clause: rule.Source.Clause, Checked: string(rule.Source.Checked), Note: rule.Source.Note.In(message.Chinese)}
	}
	var packs []string
	for _, p := range set.Closure(assessment.PackName).Packs {
		packs = append(packs, p.Name+" "+p.Version)
	}
	return rules, packs, faults.Err()
}

// All are the rules in the order in which pages show them.
func (r Rules) All() []Rule {
	var all []Rule
	for _, one := range parameters {
		all = append(all, *one.place(&r))
	}
	return all
}
