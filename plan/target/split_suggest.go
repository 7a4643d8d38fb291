package target

import (
	"cmp"
	"math"
	"slices"
)

// FillGoal is the rule by which goals of a sheet are filled.
type FillGoal string

// Rules of filling: every unit the goal of the parent; of a number of things a part by weight, such as pupils; every unit its
// own baseline moved as far as the parent moves, in the share of what is left to 100 or to the goal; or goals left as they are.
const (
	FillSame  FillGoal = "same"
	FillShare FillGoal = "share"
	FillGap   FillGoal = "gap"
	FillKeep  FillGoal = "keep"
)

// FillGoals returns every rule in the order of a form.
func FillGoals() []FillGoal { return []FillGoal{FillSame, FillShare, FillGap, FillKeep} }

// Filling is what to fill a sheet with.
type Filling struct {
	Goal FillGoal
	// Latest is the latest measured value of each unit, by code, and the year it holds for; where there is one it becomes the baseline.
	Latest     map[string]float64
	LatestYear int
	// Weight is how much of the whole a unit is given under FillShare; a unit without one is given nothing.
	Weight map[string]float64
}

// Suggest returns the sheet filled by a rule for these units, in their order. Shares that stand already keep their reason, and
// what the rule does not speak of. Nothing is stored: a person looks at the sheet and hands it in.
func Suggest(parent Goal, units []string, stand []Share, fill Filling) []Share {
	known := map[string]Share{}
	for _, share := range stand {
		known[share.Unit] = share
	}
	parts := map[string]float64{}
	if fill.Goal == FillShare && parent.Value.Is {
		parts = apportion(parent.Value.Number, units, fill.Weight)
	}
	shares := make([]Share, 0, len(units))
	for _, code := range units {
		share, ok := known[code]
		if !ok {
			share = Share{Unit: code, Goal: Goal{Direction: parent.Direction, Unit: parent.Unit, Deadline: parent.Deadline}}
		}
		if latest, measured := fill.Latest[code]; measured {
			share.Goal.Baseline, share.Goal.BaselineYear = Sure(rounded(latest)), fill.LatestYear
		}
		fillGoal(&share, parent, fill.Goal, parts)
		shares = append(shares, share)
	}
	return shares
}

func fillGoal(share *Share, parent Goal, rule FillGoal, parts map[string]float64) {
	switch rule {
	case FillSame:
		share.Goal.Direction, share.Goal.Value, share.Goal.Most = parent.Direction, parent.Value, parent.Most
		share.Goal.Deadline, share.Goal.Slices = parent.Deadline, slices.Clone(parent.Slices)
	case FillShare:
		if part, given := parts[share.Unit]; given {
			share.Goal.Direction, share.Goal.Value, share.Goal.Slices = parent.Direction, Sure(part), nil
		}
	case FillGap:
		if value, ok := closeGap(share.Goal.Baseline, parent); ok {
			share.Goal.Direction, share.Goal.Value, share.Goal.Slices = parent.Direction, Sure(value), nil
		}
	}
}

// closeGap lets a unit close the same part of its distance to the best as the parent does: a rate of 80 closes half of what is
// left to 100 where the parent goes from 90 to 95, and so comes to 90. The best is 100 for rates that rise, and 0 for rates that
// fall. It is told by one digit more than the goal of the parent has, and never asks for less than the unit has already.
func closeGap(baseline Known, parent Goal) (float64, bool) {
	if !baseline.Is || !parent.Baseline.Is || !parent.Value.Is || parent.Unit != "%" {
		return 0, false
	}
	best := 100.0
	switch parent.Direction {
	case AtMost:
		best = 0
	case AtLeast:
	default:
		return 0, false
	}
	left := best - parent.Baseline.Number
	if left == 0 {
		return 0, false
	}
	part := (parent.Value.Number - parent.Baseline.Number) / left
	if part < 0 || part > 1 {
		return 0, false
	}
	return math.Round((baseline.Number+part*(best-baseline.Number))*100) / 100, true
}

// apportion shares a whole by weight so that the parts add up exactly: whole numbers for a whole number, hundredths otherwise;
// the largest remainders are rounded up, among equal ones the earlier unit.
func apportion(whole float64, units []string, weight map[string]float64) map[string]float64 {
	total := 0.0
	for _, code := range units {
		total += max(weight[code], 0)
	}
	parts := map[string]float64{}
	if total <= 0 || whole < 0 || whole > MaxFigure {
		return parts
	}
	step := 1.0
	if whole != math.Trunc(whole) {
		step = 0.01
	}
	type rest struct {
		code string
		over float64
	}
	left := math.Round(whole / step)
	var rests []rest
	for _, code := range units {
		if weight[code] <= 0 {
			continue
		}
		exact := math.Round(whole/step) * weight[code] / total
		parts[code] = math.Floor(exact)
		left -= parts[code]
		rests = append(rests, rest{code, exact - parts[code]})
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return cmp.Compare(b.over, a.over) })
	for i := 0; left > 0 && len(rests) > 0; i, left = i+1, left-1 {
		parts[rests[i%len(rests)].code]++
	}
	for code := range parts {
		parts[code] = rounded(parts[code] * step)
	}
	return parts
}
