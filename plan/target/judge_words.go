package target

import (
	"strconv"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
)

// Rule is one line of the rule of the lights: which comparison decided.
type Rule uint8

// The lines of the rule. See docs/lights.md.
const (
	NoRule           Rule = iota
	NoReading             // nothing was ever measured
	NoValue               // what was to be measured was not reported
	NoParent              // the figure of the unit above is missing
	NoBaseline            // an increase or decrease from an unknown baseline
	NoGoal                // the plan states no value to reach
	NoDeadline            // nothing says until when
	OneValue              // only one value: a step back cannot be seen
	TooLittle             // neither a path nor enough values for a projection
	Done                  // done
	Undone                // not done on the day after
	NotDue                // not done, its day is still to come
	GoalMet               // the value meets the goal
	DeadlinePassed        // the deadline is over and the goal not met
	SteppedBack           // a figure that must not stepped back
	NeverBack             // no step back until the deadline
	NoStepBack            // no step back so far
	StepBackExpected      // none so far, but the whole interval lies behind the latest value
	OnPath                // on the path, and the middle of the projection meets the goal
	OnPathUncertain       // on the path, the middle misses, the interval reaches
	OnPathMisses          // on the path, the whole interval misses
	UnderPathReaches      // under the path, the interval reaches
	UnderPathMisses       // under the path, the whole interval misses
	OnPathOnly            // too few values for a projection: on the path
	UnderPathOnly         // too few values for a projection: under the path
	ProjectedOnly         // no path: the middle of the projection meets the goal
	UncertainOnly         // no path: the interval reaches
	MissesOnly            // no path: the whole interval misses
)

var ruleKeys = [...]string{NoRule: "target.rule.none", NoReading: "target.rule.no_reading", NoValue: "target.rule.no_value", NoParent: "target.rule.no_parent", NoBaseline: "target.rule.no_baseline",
	NoGoal: "target.rule.no_goal", NoDeadline: "target.rule.no_deadline", OneValue: "target.rule.one_value", TooLittle: "target.rule.too_little",
	Done: "target.rule.done", Undone: "target.rule.undone", NotDue: "target.rule.not_due", GoalMet: "target.rule.goal_met",
	DeadlinePassed: "target.rule.deadline_passed", SteppedBack: "target.rule.stepped_back", NeverBack: "target.rule.never_back",
	NoStepBack: "target.rule.no_step_back", StepBackExpected: "target.rule.step_back_expected", OnPath: "target.rule.on_path",
	OnPathUncertain: "target.rule.on_path_uncertain", OnPathMisses: "target.rule.on_path_misses", UnderPathReaches: "target.rule.under_path_reaches",
	UnderPathMisses: "target.rule.under_path_misses", OnPathOnly: "target.rule.on_path_only", UnderPathOnly: "target.rule.under_path_only",
	ProjectedOnly: "target.rule.projected_only", UncertainOnly: "target.rule.uncertain_only", MissesOnly: "target.rule.misses_only"}

// Key is the key of the catalogue that says the line in words, to be filled with Judgement.Args.
func (r Rule) Key() string { return ruleKeys[r] }

// Why says in words which line of the rule decided, with its figures.
func (j Judgement) Why(language message.Language) string {
	return message.Text(language, j.Rule.Key(), j.Args(language))
}

// Args are the figures that the words of a rule name.
func (j Judgement) Args(language message.Language) message.Args {
	reason := ""
	if !j.Reason.Known() {
		reason = j.reasonText(language)
	}
	return message.Args{"value": j.figure(j.Value), "goal": GoalText(language, j.Goal), "expected": j.figure(j.Expected),
		"allowed": j.figure(Sure(j.Allowed)), "gap": j.figure(j.Gap), "needed": j.figure(j.Needed), "projection": j.figure(j.Projection),
		"low": j.figure(Sure(j.Low)), "high": j.figure(Sure(j.High)), "level": FigureText(j.rules.Interval*100) + "%",
		"deadline": j.Goal.Deadline.Text(language), "period": j.Latest.Period.Text(language), "reason": reason}
}

// reasonText says why there is no value, with the names of items as people know them.
func (j Judgement) reasonText(language message.Language) string {
	why := j.Reason.Reason()
	if why.Kind != measure.Missing || j.titled == nil {
		return j.Reason.Text(language)
	}
	names := make([]string, len(why.Names))
	for k, name := range why.Names {
		names[k] = j.titled(language, name)
	}
	return measure.MissingFor(names...).Text(language)
}

func (j Judgement) figure(known Known) string {
	if !known.Is {
		return "—"
	}
	return FigureText(known.Number) + j.measured()
}

// measured is the measure behind a figure: a share of what is done is always told in per cent.
func (j Judgement) measured() string {
	switch {
	case j.Goal.Unit == "" || j.Goal.Unit == "%":
		return j.Goal.Unit
	}
	return " " + j.Goal.Unit
}

// FigureText writes a figure with at most two decimals.
func FigureText(number float64) string {
	text := strconv.FormatFloat(number, 'f', 2, 64)
	text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

// directionKeys name the directions with the figures of their goal.
var directionKeys = map[Direction]string{AtLeast: "target.goal.at_least", AtMost: "target.goal.at_most", Within: "target.goal.range",
	Increase: "target.goal.increase", Decrease: "target.goal.decrease", Rise: "target.goal.only_rise", Fall: "target.goal.only_fall",
	ByDate: "target.goal.by_date", AboveParent: "target.goal.above_parent"}

// GoalText says a goal in words, such as 不低于 95%.
func GoalText(language message.Language, goal Goal) string {
	key, known := directionKeys[goal.Direction]
	if !known {
		return ""
	}
	unit := goal.Unit
	if unit != "" && unit != "%" {
		unit = " " + unit
	}
	say := func(known Known) string {
		if !known.Is {
			return "—"
		}
		return FigureText(known.Number) + unit
	}
	text := message.Text(language, key, message.Args{"value": say(goal.Value), "most": say(goal.Most), "deadline": goal.Deadline.Text(language)})
	switch {
	case goal.Value.Is && goal.Direction == Rise:
		text += message.Text(language, "target.goal.only_rise_to", message.Args{"value": say(goal.Value)})
	case goal.Value.Is && goal.Direction == Fall:
		text += message.Text(language, "target.goal.only_fall_to", message.Args{"value": say(goal.Value)})
	}
	return text
}
