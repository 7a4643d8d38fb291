package target

import (
	"math"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/stats"
)

// Rules are the conventions of the lights; a pack states them as dated parameters (see RulesOf).
type Rules struct {
	Tolerance  float64 // share of the distance between baseline and goal by which a value may lie under the path
	Interval   float64 // level of the interval of the projection, 0.8 for 80 %
	SilentDays int     // from how many days without a word on a unit is called silent
	RiskShare  float64 // share of the targets at risk or late from which a whole is at risk
	LateShare  float64 // share of late targets from which a whole is late
}

// Judgement is how a target stands in a unit, and why.
type Judgement struct {
	Light      Light
	Rule       Rule          // the line of the rule that decided
	Goal       Goal          // as judged
	Day        period.Date   // on which it was judged
	Latest     Reading       // the last reading with a number; its period is zero when there is none
	Value      Known         // the number of the latest reading
	Reason     measure.Value // why there is no value; a number when there is one
	Expected   Known         // where the path stands at the moment of the latest reading
	Allowed    float64       // how far the value may lie under the path
	Gap        Known         // what lacks to the goal, 0 when it is reached
	Needed     Known         // what must be gained in each year that is left
	Projection Known         // the middle of what is expected at the deadline
	Low, High  float64       // the ends of its interval
	bounds     bounds
	parent     float64 // latest figure of the unit above, 0 for goals that do not look at it
	rules      Rules
	projector  projector
	titled     func(language message.Language, name string) string // what people call an item that was not reported
}

// bounds are the values with which a goal is met, both ends included unless Strict.
type bounds struct {
	low, high       float64
	hasLow, hasHigh bool
	strict          bool // the low end itself does not meet the goal: to be above the average of the parent
}

func (b bounds) met(value float64) bool {
	if b.hasLow {
		order := measure.Compare(value, b.low)
		if order < 0 || order == 0 && b.strict {
			return false
		}
	}
	return !b.hasHigh || measure.Compare(value, b.high) <= 0
}

// reaches tells whether some value between two ends meets the goal.
func (b bounds) reaches(low, high float64) bool {
	if b.hasLow && (measure.Compare(high, b.low) < 0 || b.strict && measure.Compare(high, b.low) == 0) {
		return false
	}
	return !b.hasHigh || measure.Compare(low, b.high) <= 0
}

// goalFor is the end of the bounds that a value has to reach.
func (b bounds) goalFor(value float64) float64 {
	if b.hasLow && (!b.hasHigh || value < b.low) {
		return b.low
	}
	if b.hasHigh && (!b.hasLow || value > b.high) {
		return b.high
	}
	return value
}

// Ends returns the lowest and the highest value with which the goal is met, as far as the goal says.
func (j Judgement) Ends() (low, high Known) {
	return Known{j.bounds.low, j.bounds.hasLow}, Known{j.bounds.high, j.bounds.hasHigh}
}

// Moment is the instant, in years, at which a period's value holds: the end of Day of a month, a term and a day, and for a
// year and for the school year that belongs to it the end of the year, so that both lie on one path.
func Moment(p period.Period) float64 {
	switch p.Kind {
	case period.Year, period.SchoolYear:
		return float64(p.Start.Year + 1)
	case period.Month:
		return DayEnd(p.To())
	}
	return DayEnd(p.From())
}

// DayEnd is the end of a day in years: that of 31 December 2024 is 2025.
func DayEnd(day period.Date) float64 {
	first := period.Date{Year: day.Year, Month: 1, Day: 1}
	next := period.Date{Year: day.Year + 1, Month: 1, Day: 1}
	return float64(day.Year) + day.AddDays(1).Time().Sub(first.Time()).Hours()/next.Time().Sub(first.Time()).Hours()
}

// Judge tells how a target stands on a day by what was measured of it. The rule stands in docs/lights.md; the first line that
// fits decides, and Rule says which it was.
//
// Missing: without a value, without what the goal is measured against (baseline, parent's figure) and without both a path and
// enough values for a projection the light is NoData, with the reason. A missing value is never taken for zero.
func Judge(goal Goal, series Series, day period.Date, rules Rules) Judgement {
	return judge(goal, series, day, rules, stats.Project)
}

// projector is stats.Project, or something that answers the same sooner.
type projector func(points []stats.Point, at, level float64, limits stats.Bounds) (stats.Projection, bool)

func judge(goal Goal, series Series, day period.Date, rules Rules, project projector) Judgement {
	j := Judgement{Goal: goal, Day: day, rules: rules, projector: project}
	points, ok := j.read(series)
	if !ok {
		j.bounds, _ = aimOf(goal, j.parent) // a page draws the path even without values
		return j
	}
	switch goal.Direction {
	case ByDate:
		j.judgeDone()
		return j
	case Rise, Fall:
		if !j.judgeSteps(points) {
			return j
		}
	}
	if !j.aim() {
		return j
	}
	j.judgeAim(points)
	return j
}

func (j *Judgement) decide(light Light, rule Rule) { j.Light, j.Rule = light, rule }

// read takes the numbers of a series and the latest of them; it returns false, with the light, when there is none. For a goal
// above the unit above it takes the differences to that unit, moved so that the last one is the latest value: the goal then is
// the latest figure of the unit above.
func (j *Judgement) read(series Series) ([]stats.Point, bool) {
	points := make([]stats.Point, 0, len(series))
	above := j.Goal.Direction == AboveParent
	for _, reading := range series {
		number, known := reading.Value.Number()
		if !known {
			continue
		}
		if above {
			parent, told := reading.Parent.Number()
			if !told {
				continue
			}
			number, j.parent = number-parent, parent
		}
		j.Latest = reading
		points = append(points, stats.Point{At: reading.At, Value: number})
	}
	if len(points) == 0 || above && j.parentSilent(series) {
		j.noValue(series)
		return nil, false
	}
	for k := range points {
		points[k].Value += j.parent
	}
	number, _ := j.Latest.Value.Number()
	j.Value = Sure(number)
	return points, true
}

// parentSilent tells whether the last value is known and what it must be compared with is not.
func (j *Judgement) parentSilent(series Series) bool {
	for k := len(series) - 1; k >= 0; k-- {
		if series[k].Value.Known() {
			return !series[k].Parent.Known()
		}
	}
	return false
}

// noValue says why nothing can be judged.
func (j *Judgement) noValue(series Series) {
	j.Value = Known{}
	if j.Goal.Direction == AboveParent && j.parentSilent(series) {
		for _, reading := range series {
			if reading.Value.Known() {
				j.Latest, j.Reason = reading, reading.Parent
			}
		}
		number, _ := j.Latest.Value.Number()
		j.Value = Sure(number)
		j.decide(NoData, NoParent)
		return
	}
	if len(series) == 0 {
		j.decide(NoData, NoReading)
		return
	}
	j.decide(NoData, NoValue)
	j.Reason = series[len(series)-1].Value
}

// judgeDone judges a thing that is to be done by a day: a share of 100 %, or what the goal says, or simply more than nothing.
func (j *Judgement) judgeDone() {
	whole := 1.0
	if j.Goal.Unit == "%" {
		whole = 100
	}
	if j.Goal.Value.Is {
		whole = j.Goal.Value.Number
	}
	j.bounds = bounds{low: whole, hasLow: true}
	j.Gap = Sure(max(0, whole-j.Value.Number))
	switch {
	case j.bounds.met(j.Value.Number):
		j.Gap = Sure(0)
		j.decide(Reached, Done)
	case j.Goal.Deadline.IsZero():
		j.decide(NoData, NoDeadline)
	case j.past():
		j.decide(Late, Undone)
	default:
		j.decide(Normal, NotDue)
	}
}

// past tells whether the deadline is over: it is from the day after on.
func (j *Judgement) past() bool { return !j.Goal.Deadline.IsZero() && j.Goal.Deadline.Before(j.Day) }

// judgeSteps judges a figure that must never step back. It returns true when that holds and there is a value to reach besides.
func (j *Judgement) judgeSteps(points []stats.Point) bool {
	sign := 1.0
	if j.Goal.Direction == Fall {
		sign = -1
	}
	if j.Goal.Baseline.Is && (j.Goal.BaselineYear == 0 || points[0].At > float64(j.Goal.BaselineYear+1)) {
		points = append([]stats.Point{{At: float64(j.Goal.BaselineYear + 1), Value: j.Goal.Baseline.Number}}, points...)
	}
	last := len(points) - 1
	j.Gap = Sure(0)
	for k := 1; k <= last; k++ {
		if measure.Compare(sign*points[k].Value, sign*points[k-1].Value) < 0 {
			if !j.Expected.Is {
				j.Expected = Sure(points[k-1].Value)
			}
			j.Gap = Sure(max(j.Gap.Number, sign*(points[k-1].Value-points[last].Value)))
		}
	}
	switch {
	case j.Expected.Is:
		j.decide(Late, SteppedBack)
	case last == 0:
		j.decide(NoData, OneValue)
	case j.Goal.Value.Is:
		return true
	case j.past():
		j.decide(Reached, NeverBack)
	default:
		j.judgeNextStep(points, sign)
	}
	return false
}

// judgeNextStep looks whether a figure without a step back so far is expected to take one.
func (j *Judgement) judgeNextStep(points []stats.Point, sign float64) {
	j.decide(Normal, NoStepBack)
	latest := j.Value.Number
	if sign > 0 {
		j.bounds = bounds{low: latest, hasLow: true}
	} else {
		j.bounds = bounds{high: latest, hasHigh: true}
	}
	if j.project(points) && !j.bounds.reaches(j.Low, j.High) {
		j.decide(AtRisk, StepBackExpected)
	}
}

// aim finds the values with which the goal is met; it returns false, with the light, when the goal does not say.
func (j *Judgement) aim() bool {
	var rule Rule
	if j.bounds, rule = aimOf(j.Goal, j.parent); rule != NoRule {
		j.decide(NoData, rule)
	}
	return rule == NoRule
}

// aimOf returns the values with which a goal is met, or why nobody can tell.
func aimOf(goal Goal, parent float64) (bounds, Rule) {
	value := goal.Value.Number
	switch goal.Direction {
	case AboveParent:
		return bounds{low: parent + value, hasLow: true, strict: value == 0}, NoRule
	case Within:
		if !goal.Value.Is && !goal.Most.Is {
			return bounds{}, NoGoal
		}
		return bounds{low: value, hasLow: goal.Value.Is, high: goal.Most.Number, hasHigh: goal.Most.Is}, NoRule
	case Increase, Decrease:
		if !goal.Baseline.Is {
			return bounds{}, NoBaseline
		}
	}
	if !goal.Value.Is {
		return bounds{}, NoGoal
	}
	switch goal.Direction {
	case AtMost, Fall:
		return bounds{high: value, hasHigh: true}, NoRule
	case Decrease:
		return bounds{high: goal.Baseline.Number - value, hasHigh: true}, NoRule
	case Increase:
		return bounds{low: goal.Baseline.Number + value, hasLow: true}, NoRule
	}
	return bounds{low: value, hasLow: true}, NoRule
}

// judgeAim judges a value against the goal, the path and the projection.
func (j *Judgement) judgeAim(points []stats.Point) {
	value := j.Value.Number
	if j.bounds.met(value) {
		j.Gap = Sure(0)
		j.decide(Reached, GoalMet)
		return
	}
	j.Gap = Sure(math.Abs(j.bounds.goalFor(value) - value))
	if j.Goal.Deadline.IsZero() {
		j.decide(NoData, NoDeadline)
		return
	}
	if j.past() {
		j.decide(Late, DeadlinePassed)
		return
	}
	if left := DayEnd(j.Goal.Deadline) - j.Latest.At; left > 0 {
		j.Needed = Sure(j.Gap.Number / max(left, 1.0/12))
	}
	on, hasPath := j.onPath()
	projected := j.project(points)
	middle, reached := projected && j.bounds.met(j.Projection.Number), projected && j.bounds.reaches(j.Low, j.High)
	switch {
	case !hasPath && !projected:
		j.decide(NoData, TooLittle)
	case !projected && on:
		j.decide(Normal, OnPathOnly)
	case !projected:
		j.decide(Late, UnderPathOnly)
	case !hasPath && middle:
		j.decide(Normal, ProjectedOnly)
	case !hasPath && reached:
		j.decide(AtRisk, UncertainOnly)
	case !hasPath:
		j.decide(Late, MissesOnly)
	case on && middle:
		j.decide(Normal, OnPath)
	case on && reached:
		j.decide(AtRisk, OnPathUncertain)
	case on:
		j.decide(AtRisk, OnPathMisses)
	case reached:
		j.decide(AtRisk, UnderPathReaches)
	default:
		j.decide(Late, UnderPathMisses)
	}
}

// project says what is expected at the deadline; false when there are too few values or the deadline is no later than the last.
func (j *Judgement) project(points []stats.Point) bool {
	if j.Goal.Deadline.IsZero() {
		return false
	}
	at := DayEnd(j.Goal.Deadline)
	if at <= j.Latest.At {
		return false
	}
	projection, ok := j.projector(points, at, j.rules.Interval, j.limits(points))
	if !ok {
		return false
	}
	j.Projection, j.Low, j.High = Sure(projection.Middle), projection.Low, projection.High
	return true
}

// limits are the values that a figure can take: no figure but a difference lies below zero, and none in per cent over 100
// unless it already did, as gross enrolment does.
func (j *Judgement) limits(points []stats.Point) stats.Bounds {
	if j.Goal.Direction == AboveParent {
		return stats.Bounds{}
	}
	limits := stats.Bounds{HasLow: true, High: 100, HasHigh: j.Goal.Unit == "%" && !(j.bounds.hasLow && j.bounds.low > 100)}
	for _, point := range points {
		limits.HasLow = limits.HasLow && point.Value >= 0
		limits.HasHigh = limits.HasHigh && point.Value <= 100
	}
	return limits
}
