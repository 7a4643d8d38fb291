package target_test

import (
	"math"
	"strings"
	"testing"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan/target"
)

// rules are those of the tests; the packs state their own.
var rules = target.Rules{Tolerance: 0.1, Interval: 0.8, SilentDays: 400, RiskShare: 0.2, LateShare: 0.2}

// years makes a series of yearly values from a first year on; NaN is a year that was not reported.
func years(from int, values ...float64) target.Series {
	var series target.Series
	for k, value := range values {
		p := period.Period{Kind: period.Year, Start: period.Date{Year: from + k, Month: 1, Day: 1}}
		reading := target.Reading{Period: p, At: target.Moment(p), Value: measure.Of(value)}
		if math.IsNaN(value) {
			reading.Value = measure.MissingFor("在园幼儿")
		}
		series = append(series, reading)
	}
	return series
}

// beside puts the values of the unit above beside those of a series; NaN is one that is not known.
func beside(series target.Series, parents ...float64) target.Series {
	for k, value := range parents {
		series[k].Parent = measure.Of(value)
		if math.IsNaN(value) {
			series[k].Parent = measure.MissingFor("上级平均水平")
		}
	}
	return series
}

func date(text string) period.Date {
	day, ok := period.ParseDate(text)
	if !ok {
		panic(text)
	}
	return day
}

// goalOf is a goal from 80 at the end of 2020 to 95 at the end of 2025 in per cent.
func goalOf(direction target.Direction, value float64) target.Goal {
	return target.Goal{Direction: direction, Value: target.Sure(value), Unit: "%", Baseline: target.Sure(80), BaselineYear: 2020, Deadline: date("2025-12-31")}
}

func without(goal target.Goal, change func(goal *target.Goal)) target.Goal {
	change(&goal)
	return goal
}

func noBaseline(goal *target.Goal) { goal.Baseline, goal.BaselineYear = target.Known{}, 0 }

func TestJudge(t *testing.T) {
	nan := math.NaN()
	early := "2023-06-01"
	cases := []struct {
		name   string
		goal   target.Goal
		series target.Series
		day    string
		light  target.Light
		rule   target.Rule
	}{
		{"nothing measured", goalOf(target.AtLeast, 95), nil, early, target.NoData, target.NoReading},
		{"nothing reported", goalOf(target.AtLeast, 95), years(2021, nan, nan), early, target.NoData, target.NoValue},
		{"reached before its time", goalOf(target.AtLeast, 95), years(2021, 84, 95), early, target.Reached, target.GoalMet},
		{"at most, reached", goalOf(target.AtMost, 60), years(2021, 70, 60), early, target.Reached, target.GoalMet},
		{"inside the range", without(goalOf(target.Within, 70), func(g *target.Goal) { g.Most = target.Sure(90) }), years(2021, 80), early, target.Reached, target.GoalMet},
		{"above the range", without(goalOf(target.Within, 50), func(g *target.Goal) { g.Most = target.Sure(70) }), years(2022, 80), early, target.Late, target.UnderPathOnly},
		{"coming down to the range", without(goalOf(target.Within, 50), func(g *target.Goal) { g.Most = target.Sure(70) }), years(2021, 78, 76), early, target.Normal, target.OnPathOnly},
		{"increased enough", goalOf(target.Increase, 5), years(2021, 85), early, target.Reached, target.GoalMet},
		{"decreased enough", goalOf(target.Decrease, 5), years(2021, 75), early, target.Reached, target.GoalMet},
		{"decreasing on the path", goalOf(target.Decrease, 5), years(2021, 79), early, target.Normal, target.OnPathOnly},
		{"increase from nowhere", without(goalOf(target.Increase, 5), noBaseline), years(2021, 85), early, target.NoData, target.NoBaseline},
		{"no value to reach", without(goalOf(target.AtLeast, 0), func(g *target.Goal) { g.Value = target.Known{} }), years(2021, 85), early, target.NoData, target.NoGoal},
		{"no deadline", without(goalOf(target.AtLeast, 95), func(g *target.Goal) { g.Deadline = period.Date{} }), years(2021, 85), early, target.NoData, target.NoDeadline},
		{"last day", goalOf(target.AtLeast, 95), years(2021, 83, 86, 89, 92), "2025-12-31", target.Normal, target.OnPath},
		{"day after, missed", goalOf(target.AtLeast, 95), years(2021, 83, 86, 89, 92, 94.9), "2026-01-01", target.Late, target.DeadlinePassed},
		{"day after, reached", goalOf(target.AtLeast, 95), years(2021, 83, 86, 89, 92, 95), "2026-01-01", target.Reached, target.GoalMet},
		{"on the path, too few values", goalOf(target.AtLeast, 95), years(2021, 83, 86), early, target.Normal, target.OnPathOnly},
		{"tolerance: 1.5 under 86", goalOf(target.AtLeast, 95), years(2021, 83, 84.5), early, target.Normal, target.OnPathOnly},
		{"more than the tolerance under", goalOf(target.AtLeast, 95), years(2021, 83, 84.49), early, target.Late, target.UnderPathOnly},
		{"on the path, at rest", goalOf(target.AtLeast, 95), years(2016, 89.6, 89.5, 89.5, 89.4, 89.5, 89.5, 89.5, 89.5), "2024-06-01", target.AtRisk, target.OnPathMisses},
		{"under the path, at rest", goalOf(target.AtLeast, 95), years(2016, 80.1, 80, 80, 79.9, 80, 80, 80, 80), "2024-06-01", target.Late, target.UnderPathMisses},
		{"no baseline, rising", without(goalOf(target.AtLeast, 95), noBaseline), years(2019, 82, 84.5, 85.5, 88.5, 89.5, 92), "2025-06-01", target.AtRisk, target.UncertainOnly},
		{"no baseline, rising fast", without(goalOf(target.AtLeast, 95), noBaseline), years(2019, 69, 74, 79, 84, 89, 94), "2025-06-01", target.Normal, target.ProjectedOnly},
		{"no baseline, at rest", without(goalOf(target.AtLeast, 95), noBaseline), years(2019, 82, 82, 82.1, 82, 81.9, 82), "2025-06-01", target.Late, target.MissesOnly},
		{"no baseline, two values", without(goalOf(target.AtLeast, 95), noBaseline), years(2021, 83, 86), early, target.NoData, target.TooLittle},
		{"a baseline without its year is no path", without(goalOf(target.AtLeast, 95), func(g *target.Goal) { g.BaselineYear = 0 }), years(2021, 83, 86), early, target.NoData, target.TooLittle},
		{"slices ask for more early", without(goalOf(target.AtLeast, 95), func(g *target.Goal) { g.Slices = []target.Slice{{Year: 2022, Value: 92}} }), years(2021, 83, 86), early, target.Late, target.UnderPathOnly},
		{"a gap in the series is no zero", goalOf(target.AtLeast, 95), years(2021, 83, nan, 89), "2024-06-01", target.Normal, target.OnPathOnly},

		{"only rise, rising", without(goalOf(target.Rise, 0), func(g *target.Goal) { g.Value = target.Known{} }), years(2021, 81, 82, 82), early, target.Normal, target.NoStepBack},
		{"only rise, once back", without(goalOf(target.Rise, 0), func(g *target.Goal) { g.Value = target.Known{} }), years(2021, 81, 80.9, 85), early, target.Late, target.SteppedBack},
		{"only rise, under the baseline", without(goalOf(target.Rise, 0), func(g *target.Goal) { g.Value = target.Known{} }), years(2021, 79.9), early, target.Late, target.SteppedBack},
		{"only rise, at the end", without(goalOf(target.Rise, 0), func(g *target.Goal) { g.Value = target.Known{} }), years(2021, 81, 82, 83, 84, 85), "2026-01-01", target.Reached, target.NeverBack},
		{"only rise, one value", without(without(goalOf(target.Rise, 0), noBaseline), func(g *target.Goal) { g.Value = target.Known{} }), years(2021, 81), early, target.NoData, target.OneValue},
		{"only rise to 82, there", goalOf(target.Rise, 82), years(2021, 81, 82), early, target.Reached, target.GoalMet},
		{"only fall, risen", without(goalOf(target.Fall, 0), func(g *target.Goal) { g.Value = target.Known{} }), years(2021, 79, 79.5), early, target.Late, target.SteppedBack},

		{"milestone, all done", goalOf(target.ByDate, 100), years(2021, 60, 100), early, target.Reached, target.Done},
		{"milestone, last day", goalOf(target.ByDate, 100), years(2021, 60, 99), "2025-12-31", target.Normal, target.NotDue},
		{"milestone, day after", goalOf(target.ByDate, 100), years(2021, 60, 99), "2026-01-01", target.Late, target.Undone},
		{"milestone of one unit, done", target.Goal{Direction: target.ByDate, Deadline: date("2025-12-31")}, years(2021, 1), early, target.Reached, target.Done},

		{"above the parent", target.Goal{Direction: target.AboveParent, Deadline: date("2025-12-31")}, beside(years(2021, 80, 83), 81, 82), early, target.Reached, target.GoalMet},
		{"equal to the parent is not above", target.Goal{Direction: target.AboveParent, Deadline: date("2025-12-31")}, beside(years(2021, 82), 82), "2026-01-01", target.Late, target.DeadlinePassed},
		{"under the parent, two values", target.Goal{Direction: target.AboveParent, Deadline: date("2025-12-31")}, beside(years(2021, 80, 81), 81, 82), early, target.Late, target.UnderPathOnly},
		{"under the parent, catching up", target.Goal{Direction: target.AboveParent, Deadline: date("2025-12-31")}, beside(years(2020, 74, 77, 79.5), 80, 81, 82), early, target.AtRisk, target.UnderPathReaches},
		{"parent's figure missing", target.Goal{Direction: target.AboveParent, Deadline: date("2025-12-31")}, beside(years(2021, 80, 83), 81, nan), early, target.NoData, target.NoParent},
		{"parent's figure never told", target.Goal{Direction: target.AboveParent, Deadline: date("2025-12-31")}, beside(years(2021, 83), nan), early, target.NoData, target.NoParent},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			checkJudgement(t, target.Judge(c.goal, c.series, date(c.day), rules), c.light, c.rule)
		})
	}
}

func checkJudgement(t *testing.T, j target.Judgement, light target.Light, rule target.Rule) {
	t.Helper()
	if j.Light != light || j.Rule != rule {
		t.Errorf("%s by %s, want %s by %s: %s", j.Light.Key(), j.Rule.Key(), light.Key(), rule.Key(), j.Why(message.English))
	}
	for _, language := range []message.Language{message.Chinese, message.English} {
		if words := j.Why(language); strings.ContainsAny(words, "{}") || words == "" {
			t.Errorf("why in %s: %q", language, words)
		}
	}
}

func TestJudgementTellsFigures(t *testing.T) {
	j := target.Judge(goalOf(target.AtLeast, 95), years(2021, 83, 84.5), date("2023-06-01"), rules)
	for _, c := range []struct {
		name      string
		got, want target.Known
	}{{"value", j.Value, target.Sure(84.5)}, {"expected", j.Expected, target.Sure(86)}, {"gap", j.Gap, target.Sure(10.5)}, {"needed per year", j.Needed, target.Sure(3.5)}} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	if want := "实际值 84.5%（2022年）在路径上（应为 86%，容许偏差 1.5%）；历年数值不足三个，暂不推算。"; j.Why(message.Chinese) != want {
		t.Errorf("why: %s, want %s", j.Why(message.Chinese), want)
	}
	silent := target.Judge(goalOf(target.AtLeast, 95), years(2021, math.NaN()), date("2023-06-01"), rules)
	if silent.Value.Is || silent.Gap.Is || !strings.Contains(silent.Why(message.Chinese), "在园幼儿") {
		t.Errorf("a missing value has no figures and says what is missing: %+v, %s", silent, silent.Why(message.Chinese))
	}
}

func TestPathIsDrawnWithoutValues(t *testing.T) {
	if path := target.Judge(goalOf(target.AtLeast, 95), nil, date("2023-06-01"), rules).Path(); len(path) != 2 || path[0] != (target.Step{At: 2021, Value: 80}) || path[1] != (target.Step{At: 2026, Value: 95}) {
		t.Errorf("path: %v", path)
	}
	rise := without(goalOf(target.Rise, 0), func(g *target.Goal) { g.Value = target.Known{} })
	if path := target.Judge(rise, years(2021, 81, 82), date("2023-06-01"), rules).Path(); path != nil {
		t.Errorf("a figure that only must not fall has no path: %v", path)
	}
}

func TestTwoSchoolsWithTheSameValue(t *testing.T) {
	low, high := goalOf(target.AtLeast, 85), goalOf(target.AtLeast, 95)
	series := years(2021, 83, 85)
	if a, b := target.Judge(low, series, date("2026-01-01"), rules), target.Judge(high, series, date("2026-01-01"), rules); a.Light != target.Reached || b.Light != target.Late {
		t.Errorf("each is judged by its own goal: %s, %s", a.Light.Key(), b.Light.Key())
	}
}

func TestMoment(t *testing.T) {
	for _, c := range []struct {
		period string
		want   float64
	}{{"2024", 2025}, {"2024-2025", 2025}, {"2024-12", 2025}, {"2024-12-31", 2025}, {"2023-12-31", 2024}} {
		p, ok := period.Parse(c.period)
		if got := target.Moment(p); !ok || got != c.want {
			t.Errorf("%s: %v, want %v", c.period, got, c.want)
		}
	}
}
