package standard

import (
	"slices"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// member is one standard of a k of n, ready for one stage.
type member struct {
	standard  *pack.Standard
	indicator *pack.Indicator
	stage     unit.Stage
	verdicts  []Verdict
	values    *frame.Column
}

// membersOf returns the standards that a k of n counts.
func (j *Judge) membersOf(s *pack.Standard, stage unit.Stage) []member {
	var members []member
	for _, name := range s.KofN.Of {
		part, known := j.scope.Standard(name)
		i, measured := j.scope.Indicator(name)
		if !known || !measured {
			continue
		}
		of := stage
		switch {
		case len(part.Stages) == 0:
			of = ""
		case stage != "" && !slices.Contains(part.Stages, stage):
			continue // it says nothing of the stage
		}
		members = append(members, member{part, i, of, j.Verdicts(part, of), j.run.Column(i, of)})
	}
	return members
}

// Limits returns the numbers of a k of n in force for the unit of a row.
func (j *Judge) Limits(s *pack.Standard, row int) (pack.Limits, bool) {
	var above []string
	if regional(s.KofN) {
		above = j.run.Space.Above(row)
	}
	return pack.ResolveLimits(s.KofN.Values, j.day, above, j.run.Switches)
}

func regional(k *pack.KofN) bool {
	return slices.ContainsFunc(k.Values, func(v pack.Limits) bool { return v.Region != "" })
}

// kOfN judges each own unit.
func (j *Judge) kOfN(s *pack.Standard, stage unit.Stage, verdicts []Verdict) {
	members := j.membersOf(s, stage)
	limits, inForce := j.Limits(s, 0)
	everywhere := !regional(s.KofN)
	own := j.run.Members(s.Of, stage, s.Population)
	for row := range own.Counted.Each(0, len(verdicts)) {
		if !everywhere {
			limits, inForce = j.Limits(s, row)
		}
		verdicts[row] = j.count(members, row, limits, inForce)
		if _, undecided := own.Why(row); undecided && verdicts[row] != Not {
			verdicts[row] = Unknown // whether the unit counts is not known
		}
	}
}

// count judges one unit by how many standards it meets.
func (j *Judge) count(members []member, row int, limits pack.Limits, inForce bool) Verdict {
	failed, unknown, below, judged := 0, 0, 0, 0
	for _, m := range members {
		switch m.verdicts[row] {
		case Not:
			continue
		case Unknown:
			unknown++
		case Fail:
			failed++
			if !j.reachesFloor(m, row, limits.Floor) {
				below++
			}
		}
		judged++
	}
	switch {
	case judged == 0:
		return Not
	case !inForce:
		return Unknown
	case below > 0 || judged-failed < limits.AtLeast:
		return Fail
	case unknown > 0:
		return Unknown
	}
	return Pass
}

// reachesFloor tells whether a value that misses its threshold reaches the floor.
func (j *Judge) reachesFloor(m member, row int, floor float64) bool {
	threshold, _, _ := j.Threshold(m.standard, m.stage, row)
	value := m.values.Numbers[row]
	return measure.Compare(value, floorOf(m.standard.Comparator, threshold, floor))*sign(m.standard.Comparator) >= 0
}

// floorOf returns the number that the others must reach. It is never rounded.
func floorOf(c pack.Comparator, threshold, floor float64) float64 {
	if sign(c) < 0 && floor > 0 {
		return threshold / floor
	}
	return threshold * floor
}

// sign is 1 where more is better, -1 where less is.
func sign(c pack.Comparator) int {
	if c == pack.AtMost || c == pack.Below {
		return -1
	}
	return 1
}
