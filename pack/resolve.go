package pack

import (
	"slices"
	"strings"

	"jiaoheng/period"
	"jiaoheng/unit"
)

func compareNames(a, b string) int { return strings.Compare(a, b) }

// Resolve returns the value in force on a day in a unit. regions are the codes of the unit and of all units above it,
// nearest first; switches are those that are on.
//
// The value of the nearest region wins, then one that asks for a switch, then the latest From, then the last entry: what a
// region or a bureau set for itself stands until it ends it, whatever comes for everybody later. It returns false before
// the first value came into force and after the last one ended.
func Resolve(values []Dated, on period.Date, regions []string, switches map[string]bool) (Dated, bool) {
	return resolve(values, Dated.validity, on, regions, switches)
}

// ResolveFor is Resolve among the values that have a number for the stage; "" takes only numbers for every stage. A value
// that raises one stage leaves the others as they were.
func ResolveFor(stage unit.Stage, values []Dated, on period.Date, regions []string, switches map[string]bool) (float64, Dated, bool) {
	var fitting []Dated
	for _, d := range values {
		if _, known := d.Value(stage); known {
			fitting = append(fitting, d)
		}
	}
	d, found := Resolve(fitting, on, regions, switches)
	number, _ := d.Value(stage)
	return number, d, found
}

// ResolveLimits is Resolve for the numbers of a KofN.
func ResolveLimits(values []Limits, on period.Date, regions []string, switches map[string]bool) (Limits, bool) {
	return resolve(values, Limits.validity, on, regions, switches)
}

// ResolveQuota returns the least numbers in force on a day in a unit: the value of the nearest region wins, then the latest
// From. It returns false before the first value came into force and after the last one ended.
func ResolveQuota(values []QuotaValue, on period.Date, regions []string) (QuotaValue, bool) {
	return resolve(values, func(v QuotaValue) validity { return validity{v.From, v.Until, v.Region, ""} }, on, regions, nil)
}

// validity says when and where a dated value counts.
type validity struct {
	from, until    period.Date
	region, option string
}

func (d Dated) validity() validity  { return validity{d.From, d.Until, d.Region, d.Switch} }
func (l Limits) validity() validity { return validity{l.From, l.Until, l.Region, l.Switch} }

func resolve[T any](values []T, of func(T) validity, on period.Date, regions []string, switches map[string]bool) (T, bool) {
	var best T
	var held validity
	found := false
	for _, value := range values {
		v := of(value)
		if !v.counts(on, regions, switches) {
			continue
		}
		if !found || v.beats(held, regions) {
			best, held, found = value, v, true
		}
	}
	return best, found
}

// counts tells whether the value is in force.
func (v validity) counts(on period.Date, regions []string, switches map[string]bool) bool {
	switch {
	case on.Before(v.from), !v.until.IsZero() && !on.Before(v.until):
		return false
	case v.region != "" && !slices.Contains(regions, v.region):
		return false
	}
	return v.option == "" || switches[v.option]
}

// beats tells whether v goes before w; of two that are alike the later entry does.
func (v validity) beats(w validity, regions []string) bool {
	near := func(v validity) int {
		if at := slices.Index(regions, v.region); v.region != "" && at >= 0 {
			return at
		}
		return len(regions)
	}
	if a, b := near(v), near(w); a != b {
		return a < b
	}
	if (v.option != "") != (w.option != "") {
		return v.option != ""
	}
	return !v.from.Before(w.from)
}
