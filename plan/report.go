package plan

import (
	"cmp"
	"maps"
	"slices"
	"unicode/utf8"

	"jiaoheng/document"
	"jiaoheng/plan/reading"
)

// Report tells what the reader did to a document and what it is not sure of.
type Report struct {
	Rules     []RuleReport // the most frequent first
	Repairs   int
	Counts    map[Kind]int
	Uncertain []Item // open items below UncertainBelow, the least certain first
	Unclaimed []Item // numbers that no item speaks for
}

// RuleReport is what one rule of repair did, with a few different samples.
type RuleReport struct {
	Rule    string
	Count   int
	Samples []document.Repair
}

// Limits of the samples of a report.
const (
	maxSamples     = 5
	maxSampleRunes = 60
)

// NewReport sums up a reading. The items are those that Items made of it.
func NewReport(read reading.Draft, items []Item) Report {
	report := Report{Repairs: len(read.Repairs), Counts: map[Kind]int{}}
	rules := map[string]*RuleReport{}
	seen := map[string]bool{}
	for _, repair := range read.Repairs {
		rule := rules[repair.Rule]
		if rule == nil {
			rule = &RuleReport{Rule: repair.Rule}
			rules[repair.Rule] = rule
		}
		rule.Count++
		sample := repair.Rule + "\x00" + repair.Before + "\x00" + repair.After
		if len(rule.Samples) < maxSamples && !seen[sample] {
			seen[sample] = true
			repair.Before, repair.After = shorten(repair.Before), shorten(repair.After)
			rule.Samples = append(rule.Samples, repair)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		report.Rules = append(report.Rules, *rules[name])
	}
	slices.SortStableFunc(report.Rules, func(a, b RuleReport) int { return b.Count - a.Count })
	for _, item := range items {
		report.Counts[item.Kind]++
		switch {
		case item.Kind == Number:
			report.Unclaimed = append(report.Unclaimed, item)
		case item.Kind != Document && item.Confidence < UncertainBelow:
			report.Uncertain = append(report.Uncertain, item)
		}
	}
	slices.SortStableFunc(report.Uncertain, func(a, b Item) int { return cmp.Compare(a.Confidence, b.Confidence) })
	return report
}

func shorten(text string) string {
	if utf8.RuneCountInString(text) <= maxSampleRunes {
		return text
	}
	return string([]rune(text)[:maxSampleRunes]) + "…"
}
