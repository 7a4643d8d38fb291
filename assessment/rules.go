package assessment

import (
	"maps"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Rule is one number of the rules of figures, with the day from which it holds and where it comes from.
type Rule struct {
	Name    string
	Title   pack.Text
	Measure string // as the pack writes it; "" is a pure number
	Value   float64
	From    period.Date
	Source  pack.Source
}

// Share returns a percentage as a share: 0.85 of 85.
func (r Rule) Share() float64 { return r.Value / 100 }

// Names of the switches of the pack assessment.
const (
	AbsentCounted = "assessment_absent_counted"
	FinalGrade    = "assessment_final_grade"
)

// Rules are the numbers behind figures that are in force on a day: lines, bands, weights, least numbers. Those of pack
// assessment stand in fields; whatever else the pack declares is found by its name.
type Rules struct {
	Day period.Date

	Excellent, Good, Pass, Low Rule // lines in percent of full marks; below Low a mark is low

	GroupShare                                                      Rule // percent in the high and in the low group
	Easy, Hard, SelectionLow, SelectionHigh                         Rule // facility: mean by full marks
	DiscriminationExcellent, DiscriminationGood, DiscriminationFair Rule
	AlphaLeast, AlphaHigh                                           Rule
	NearWidth                                                       Rule // marks
	EffectPupils                                                    Rule // fewer linked pupils: 样本不足
	SmallCount                                                      Rule // smaller groups are hidden; of pack publication
	Confidence                                                      Rule // percent
	CeilingShare                                                    Rule // percent at full marks or at zero
	LinkedShare                                                     Rule // percent
	WeightMean, WeightExcellent, WeightPass, WeightLow              Rule // of the composite of mean and three rates

	values   []pack.Parameter
	regions  []string
	switches map[string]bool
}

// PackName is the pack that holds the numbers.
const PackName = "assessment"

// smallCount is the parameter of pack publication that says which groups are hidden.
const smallCount = "publication_small_count"

// RulesOf returns the rules in force on a day in a unit; regions are the codes of the unit and of those above it, nearest
// first. A number that no pack gives for the day is a fault, all of them at once.
func RulesOf(set *pack.Set, day period.Date, regions ...string) (Rules, error) {
	scope := set.Closure(PackName)
	if scope == nil {
		return Rules{}, fault.New("assessment.rules_no_pack", message.Args{"pack": PackName})
	}
	return rulesOf(Rules{Day: day, values: scope.Parameters(), regions: regions, switches: scope.Defaults()})
}

// With returns the rules with switches set otherwise.
func (r Rules) With(switches map[string]bool) (Rules, error) {
	changed := maps.Clone(r.switches)
	maps.Copy(changed, switches)
	return rulesOf(Rules{Day: r.Day, values: r.values, regions: r.regions, switches: changed})
}

// On tells whether a switch is on.
func (r Rules) On(name string) bool { return r.switches[name] }

// Find returns a number of the pack by the name of its parameter, for a stage; "" is every stage.
func (r Rules) Find(name string, stage unit.Stage) (Rule, bool) {
	for i := range r.values {
		if r.values[i].Name == name {
			return r.rule(&r.values[i], stage)
		}
	}
	return Rule{}, false
}

// All returns every number of pack assessment that is in force for every stage, and the smallest count that is shown, in
// the order of the packs: what a page prints below its figures.
func (r Rules) All() []Rule {
	var all []Rule
	for i := range r.values {
		p := &r.values[i]
		if !strings.HasPrefix(p.Name, PackName+"_") && p.Name != smallCount {
			continue
		}
		if rule, found := r.rule(p, ""); found {
			all = append(all, rule)
		}
	}
	return all
}

func (r Rules) rule(p *pack.Parameter, stage unit.Stage) (Rule, bool) {
	number, dated, found := pack.ResolveFor(stage, p.Values, r.Day, r.regions, r.switches)
	return Rule{Name: p.Name, Title: p.Title, Measure: p.Measure, Value: number, From: dated.From, Source: dated.Source}, found
}

// fields says which parameter fills which field.
func (r *Rules) fields() map[string]*Rule {
	return map[string]*Rule{
		"assessment_excellent_line": &r.Excellent, "assessment_good_line": &r.Good, "assessment_pass_line": &r.Pass, "assessment_low_line": &r.Low,
		"assessment_group_share": &r.GroupShare,
		"assessment_easy":        &r.Easy, "assessment_hard": &r.Hard,
		"assessment_selection_low": &r.SelectionLow, "assessment_selection_high": &r.SelectionHigh,
		"assessment_discrimination_excellent": &r.DiscriminationExcellent, "assessment_discrimination_good": &r.DiscriminationGood,
		"assessment_discrimination_fair": &r.DiscriminationFair,
		"assessment_alpha_least":         &r.AlphaLeast, "assessment_alpha_high": &r.AlphaHigh,
		"assessment_near_width": &r.NearWidth, "assessment_effect_pupils": &r.EffectPupils, smallCount: &r.SmallCount,
		"assessment_confidence": &r.Confidence, "assessment_ceiling_share": &r.CeilingShare, "assessment_linked_share": &r.LinkedShare,
		"assessment_weight_mean": &r.WeightMean, "assessment_weight_excellent": &r.WeightExcellent,
		"assessment_weight_pass": &r.WeightPass, "assessment_weight_low": &r.WeightLow,
	}
}

func rulesOf(r Rules) (Rules, error) {
	var faults fault.List
	fields := r.fields()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		rule, found := r.Find(name, "")
		if !found {
			faults = append(faults, fault.New("assessment.rules_no_value", message.Args{"name": name, "day": r.Day}))
			continue
		}
		*fields[name] = rule
	}
	if faults != nil {
		return Rules{}, faults
	}
	return r, nil
}
