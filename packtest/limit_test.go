package packtest

import (
	"path"
	"slices"
	"testing"

	"jiaoheng"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Every standard with a threshold is shown, in the tests beside its pack, at the limit itself: the number that is named
// passes at_least, at_most and exactly, and fails above and below; for every stage that has a number of its own. Every k of n with a floor is shown to pass with a value
// that misses its threshold and stands exactly on the floor.
func TestEveryThresholdIsShownAtItsLimit(t *testing.T) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	for _, p := range set.Packs {
		shown := map[standard.Cell]bool{}
		for _, f := range p.Files {
			if path.Ext(f.Name) == Extension {
				noteLimits(t, scopeOf(set, p.Name), f, shown)
			}
		}
		for _, s := range p.Standards {
			compares := s.Comparator != "" && s.Comparator != pack.Holds
			if (compares || s.KofN != nil) && !slices.ContainsFunc(standard.Stages(s), func(stage unit.Stage) bool {
				return shown[standard.Cell{Standard: s.Name, Stage: stage}]
			}) {
				t.Errorf("%s: no test shows %s at its limit", p.Name, s.Name)
			}
			for _, stage := range s.Stages {
				if hasOwn(s, stage) && !shown[standard.Cell{Standard: s.Name, Stage: stage}] {
					t.Errorf("%s: no test shows %s at its limit of the stage %s", p.Name, s.Name, stage)
				}
			}
		}
	}
}

// hasOwn tells whether a standard has a threshold for one stage alone.
func hasOwn(s *pack.Standard, stage unit.Stage) bool {
	return slices.ContainsFunc(s.Thresholds, func(d pack.Dated) bool { _, has := d.ByStage[stage]; return has })
}

// noteLimits notes the standards that a file shows at their limits.
func noteLimits(t *testing.T, scope *pack.Scope, f pack.File, shown map[standard.Cell]bool) {
	t.Helper()
	file, faults := Read(f.Name, f.Bytes)
	if faults != nil {
		t.Fatal(faults.Text(message.English))
	}
	for _, c := range file.Cases {
		story, faults := Tell(c, scope)
		var periods []period.Period
		for _, e := range c.Expected {
			if e.What == Judge {
				periods = append(periods, e.Period)
			}
		}
		if faults != nil || len(periods) == 0 {
			continue
		}
		engine, err := newFast(story, periods)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		for _, e := range c.Expected {
			if s, known := scope.Standard(e.Name); known && e.What == Judge {
				showLimits(&runner{story: story, now: c}, engine, s, e, shown)
			}
		}
	}
}

// showLimits notes the stages for which a table judges a unit at the limit of a standard.
func showLimits(r *runner, engine *fast, s *pack.Standard, e *Expected, shown map[standard.Cell]bool) {
	rule, _ := ruleOf(r.story.Scope, e)
	for _, line := range e.Lines {
		code, stage, why := r.unitOf(line, rule)
		if why != nil {
			continue
		}
		at, verdict := false, line.Wants[0].Text
		switch {
		case s.KofN != nil:
			at = verdict == Pass && onTheFloor(engine, s, code, stage, e.Period)
		case s.Comparator == pack.Above || s.Comparator == pack.Below:
			at = verdict == Fail && atTimes(engine, s, code, stage, e.Period, 1)
		default:
			at = verdict == Pass && atTimes(engine, s, code, stage, e.Period, 1)
		}
		if at {
			shown[standard.Cell{Standard: s.Name, Stage: stage}] = true
		}
	}
}

// atTimes tells whether the value of a unit is so many times the threshold.
func atTimes(engine *fast, s *pack.Standard, code string, stage unit.Stage, p period.Period, times float64) bool {
	threshold, _, inForce := engine.at(p).judge.Threshold(s, stage, engine.row(code))
	number, known := engine.value(s.Name, code, stage, p).Number()
	return inForce && known && measure.Compare(number, threshold*times) == 0
}

// onTheFloor tells whether one of the standards of a k of n is missed by a unit whose value stands on the floor.
func onTheFloor(engine *fast, s *pack.Standard, code string, stage unit.Stage, p period.Period) bool {
	limits, inForce := engine.at(p).judge.Limits(s, engine.row(code))
	if !inForce || limits.Floor == 0 || limits.Floor == 1 {
		return inForce // without a floor, or with all of the threshold as the floor, there is nothing between
	}
	for _, name := range s.KofN.Of {
		member, _ := engine.story.Scope.Standard(name)
		times := limits.Floor
		if member.Comparator == pack.AtMost || member.Comparator == pack.Below {
			times = 1 / limits.Floor
		}
		of := stage
		if len(member.Stages) == 0 {
			of = ""
		}
		if atTimes(engine, member, code, of, p, times) {
			return true
		}
	}
	return false
}
