package target

import (
	"math"
	"sort"

	"jiaoheng/stats"
)

// Step is one corner of the path from the baseline to the goal.
type Step struct{ At, Value float64 }

// Path returns the corners of the path that a value is expected to follow: baseline, the slices of the years, the goal at the
// deadline; straight lines between them. It is empty when neither a dated baseline nor a slice is known, and for goals that
// have no value of their own to reach. Goal is as judged, see Judgement.Goal.
func (j Judgement) Path() []Step {
	goal := j.Goal
	if _, rule := aimOf(goal, 0); rule != NoRule || goal.Direction == ByDate || goal.Direction == AboveParent || goal.Deadline.IsZero() {
		return nil
	}
	var steps []Step
	end := DayEnd(goal.Deadline)
	if goal.Baseline.Is && goal.BaselineYear != 0 && float64(goal.BaselineYear+1) < end {
		steps = append(steps, Step{float64(goal.BaselineYear + 1), goal.Baseline.Number})
	}
	for _, slice := range goal.Slices {
		if at := float64(slice.Year + 1); at < end {
			steps = append(steps, Step{at, slice.Value})
		}
	}
	sort.SliceStable(steps, func(a, b int) bool { return steps[a].At < steps[b].At })
	if len(steps) == 0 {
		return nil
	}
	return append(steps, Step{end, j.bounds.goalFor(steps[len(steps)-1].Value)})
}

// On returns where a path stands at a moment: before its first corner that of the corner, after its last one that of the last.
func On(path []Step, at float64) Known {
	if len(path) == 0 {
		return Known{}
	}
	for k, step := range path {
		if at > step.At {
			continue
		}
		if k == 0 || at == step.At {
			return Sure(step.Value)
		}
		before := path[k-1]
		return Sure(before.Value + (step.Value-before.Value)*(at-before.At)/(step.At-before.At))
	}
	return Sure(path[len(path)-1].Value)
}

// onPath tells whether the latest value is where it is expected, within the tolerance, and whether there is a path at all.
func (j *Judgement) onPath() (on, has bool) {
	if j.Goal.Direction == AboveParent { // there is no way to it: whoever is not above is behind
		j.Expected = Sure(j.bounds.low)
		return false, true
	}
	path := j.Path()
	j.Expected = On(path, j.Latest.At)
	if !j.Expected.Is {
		return false, false
	}
	first, last := path[0].Value, path[len(path)-1].Value
	distance := last - first
	if distance < 0 {
		distance = -distance
	}
	j.Allowed = j.rules.Tolerance * distance
	need, value := j.Expected.Number, j.Value.Number
	rising := j.bounds.hasLow && (!j.bounds.hasHigh || value < j.bounds.low)
	if rising {
		return bounds{low: need - j.Allowed, hasLow: true}.met(value), true
	}
	return bounds{high: need + j.Allowed, hasHigh: true}.met(value), true
}

// Projected is what is expected at a moment on the way to the deadline.
type Projected struct{ At, Middle, Low, High float64 }

// Course returns what is expected at the end of each year from the latest value to the deadline, for a drawing; empty where
// nothing was projected.
func (j Judgement) Course(series Series) []Projected {
	if !j.Projection.Is {
		return nil
	}
	reader := Judgement{Goal: j.Goal}
	points, ok := reader.read(series)
	if !ok {
		return nil
	}
	end := DayEnd(j.Goal.Deadline)
	var course []Projected
	for at := math.Floor(j.Latest.At) + 1; at < end; at++ {
		if one, known := stats.Project(points, at, j.rules.Interval, j.limits(points)); known {
			course = append(course, Projected{at, one.Middle, one.Low, one.High})
		}
	}
	return append(course, Projected{end, j.Projection.Number, j.Low, j.High})
}
