package round

import (
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Difference is one line of two outcomes side by side. A line that only one of them has is there with Before or After nil.
type Difference struct {
	Code     string
	Name     string
	Title    pack.Text
	Unit     string
	UnitName string
	Section  string
	Stage    unit.Stage
	Before   *Line
	After    *Line
	Change   measure.Value // after − before; missing when either has no number
	Turned   bool          // the verdict is another one
}

type lineKey struct {
	name, unit, section string
	stage               unit.Stage
}

// Compare lays two outcomes side by side, such as this year and last, or before and after a what-if: every line of either,
// in the order of the first, then those that only the second has. Differs tells which of them changed.
func Compare(before, after *Outcome) []Difference {
	later := map[lineKey]*Line{}
	second := after.Lines()
	for k := range second {
		later[keyOf(second[k])] = &second[k]
	}
	var all []Difference
	first := before.Lines()
	seen := map[lineKey]bool{}
	for k := range first {
		key := keyOf(first[k])
		seen[key] = true
		all = append(all, difference(&first[k], later[key]))
	}
	for k := range second {
		if !seen[keyOf(second[k])] {
			all = append(all, difference(nil, &second[k]))
		}
	}
	return all
}

func keyOf(l Line) lineKey { return lineKey{l.Name, l.Unit, l.Section, l.Stage} }

func difference(before, after *Line) Difference {
	one := before
	if one == nil {
		one = after
	}
	d := Difference{Code: one.Code, Name: one.Name, Title: one.Title, Unit: one.Unit, UnitName: one.UnitName, Section: one.Section, Stage: one.Stage,
		Before: before, After: after, Change: measure.MissingFor(one.Name)}
	if before == nil || after == nil {
		d.Turned = one.Verdict != standard.Not
		return d
	}
	d.Turned = before.Verdict != after.Verdict
	x, hadNumber := before.Value.Number()
	y, hasNumber := after.Value.Number()
	if before.HasValue && hadNumber && hasNumber {
		d.Change = measure.Of(y - x)
	}
	return d
}

// Differs tells whether value, verdict, threshold or shortfall changed.
func (d Difference) Differs() bool {
	if d.Before == nil || d.After == nil {
		return true
	}
	return d.Turned || !d.Before.Value.Equal(d.After.Value) || !d.Before.Threshold.Equal(d.After.Threshold) ||
		d.Before.Lacks != d.After.Lacks || !d.Before.Shortfall.Amount.Equal(d.After.Shortfall.Amount)
}
