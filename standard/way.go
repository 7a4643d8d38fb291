package standard

import (
	"slices"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// MaxWays is how many ways are told at most.
const MaxWays = 40

// Step is one thing to lift on a way: a standard, to its threshold or only to the floor.
type Step struct {
	Standard  *pack.Standard
	Stage     unit.Stage
	ToFloor   bool
	Shortfall Shortfall // what is enough on this way
	Full      Shortfall // what would reach the threshold itself
}

// Way is one way in which a unit that fails a k of n would pass: every step of it.
type Way struct {
	Steps []Step
	Cost  measure.Value // missing when a step has no cost
}

// Ways returns the ways in which a unit passes a k of n that it fails, none of them with a step that is not needed: as many
// standards as are lacking are lifted to their thresholds, and each other that is below its floor is lifted to the floor.
// Ways with a cost come first, the cheapest first, then those with the fewest steps. It is nil when a value is unknown.
func (j *Judge) Ways(s *pack.Standard, stage unit.Stage, row int) []Way {
	if s.KofN == nil || j.Verdicts(s, stage)[row] != Fail || !j.run.Space.Own(s.Of).Get(row) {
		return nil
	}
	limits, inForce := j.Limits(s, row)
	if !inForce {
		return nil
	}
	met := 0
	var missed []member
	for _, m := range j.membersOf(s, stage) {
		switch m.verdicts[row] {
		case Pass:
			met++
		case Unknown:
			return nil
		case Fail:
			missed = append(missed, m)
		}
	}
	var ways []Way
	chosen := make([]bool, len(missed))
	var choose func(from, left int)
	choose = func(from, left int) {
		if len(ways) >= MaxWays {
			return
		}
		if left == 0 {
			ways = append(ways, j.way(missed, chosen, row, limits.Floor))
			return
		}
		for k := from; k+left <= len(missed); k++ {
			chosen[k] = true
			choose(k+1, left-1)
			chosen[k] = false
		}
	}
	choose(0, max(0, limits.AtLeast-met))
	slices.SortStableFunc(ways, compareWays)
	return ways
}

// way makes the steps: those chosen to the threshold, the others to the floor where they are below it.
func (j *Judge) way(missed []member, chosen []bool, row int, floor float64) Way {
	var w Way
	total, complete := 0.0, true
	for k, m := range missed {
		if !chosen[k] && j.reachesFloor(m, row, floor) {
			continue
		}
		full, told := j.lack(m.standard, m.indicator, m.stage, row, 1)
		if !told {
			continue
		}
		step := Step{Standard: m.standard, Stage: m.stage, ToFloor: !chosen[k], Shortfall: full, Full: full}
		if step.ToFloor {
			step.Shortfall, _ = j.lack(m.standard, m.indicator, m.stage, row, floor)
		}
		cost, known := step.Shortfall.Cost.Number()
		total += cost
		complete = complete && known
		w.Steps = append(w.Steps, step)
	}
	w.Cost = measure.MissingFor("cost")
	if complete {
		w.Cost = measure.Of(total)
	}
	return w
}

func compareWays(a, b Way) int {
	x, hasX := a.Cost.Number()
	y, hasY := b.Cost.Number()
	switch {
	case hasX && hasY && x != y:
		return measure.Compare(x, y)
	case hasX != hasY && hasX:
		return -1
	case hasX != hasY:
		return 1
	}
	return len(a.Steps) - len(b.Steps)
}
