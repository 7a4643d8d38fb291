package target

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/period"
	"jiaoheng/plan"
)

var (
	aboveParentWords = regexp.MustCompile(`(高于|超过|优于|好于|超出|达到|不低于).{0,18}(平均|均值)`)
	riseWords        = regexp.MustCompile(`只增不减|逐年(提高|上升|增长|增加|提升)`)
	fallWords        = regexp.MustCompile(`只减不增|逐年(降低|下降|减少)`)
	loweredWords     = regexp.MustCompile(`(控制在|降低到|降低至|降到|降至|下降到|下降至|减少到|减少至|压缩到|压减到)`)
	deadlineForm     = regexp.MustCompile(`^(?:\d{4}[-—–])?(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$`)
)

// GoalOf returns what a version of a plan says that its own unit is to reach by a target: the direction from the comparator, or
// from the words where there is no number; the last day from the deadline, or else the end of the plan; the baseline where the
// text names one. Targets of the same name, scope and measure with earlier deadlines are the slices on the way.
func GoalOf(node plan.Node, content plan.Content) Goal {
	goal := Goal{Direction: directionOf(node), Value: numberOf(node.Field("value")), Most: numberOf(node.Field("value_max")), Unit: measureOf(node),
		Baseline: numberOf(node.Field("baseline")), Deadline: DeadlineOf(node.Field("deadline"), content), Each: each(node)}
	if year, err := strconv.Atoi(node.Field("baseline_year")); err == nil {
		goal.BaselineYear = year
	}
	if goal.Value.Is {
		goal.Slices = slicesOf(node, content, goal)
	}
	return goal
}

func numberOf(text string) Known {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Known{}
	}
	return Sure(number)
}

// measureOf writes the measure as indicators do: 人/百名学生.
func measureOf(node plan.Node) string {
	measure, per := node.Field("unit"), node.Field("per")
	if per == "" || strings.Contains(measure, "/") {
		return measure
	}
	return measure + "/" + per
}

// eachWords are those of figures that are told for each of something, or as a mean.
var eachWords = regexp.MustCompile(`每|均|标准`)

// each tells whether the figure of a node is an amount for each of something.
func each(node plan.Node) bool {
	return node.Field("per") != "" || eachWords.MatchString(node.Field("name"))
}

func directionOf(node plan.Node) Direction {
	words := node.Field("name") + node.Field("verbal")
	if !numberOf(node.Field("value")).Is {
		words += node.Sentence
		switch {
		case aboveParentWords.MatchString(words):
			return AboveParent
		case riseWords.MatchString(words):
			return Rise
		case fallWords.MatchString(words):
			return Fall
		}
		return ByDate
	}
	switch node.Field("comparator") {
	case "<=":
		return AtMost
	case "range":
		return Within
	case "increase":
		return Increase
	case "decrease":
		return Decrease
	case "=":
		if baseline, value := numberOf(node.Field("baseline")), numberOf(node.Field("value")); baseline.Is && baseline.Number > value.Number || loweredWords.MatchString(words) {
			return AtMost
		}
	}
	return AtLeast
}

// DeadlineOf returns the last day of a deadline as plans write it: 2027, 2027-06, 2027-06-30; the end of the plan where it
// names no day, such as 每年. It is zero where the plan has no end.
func DeadlineOf(text string, content plan.Content) period.Date {
	parts := deadlineForm.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		if content.To == 0 {
			return period.Date{}
		}
		return period.Date{Year: content.To, Month: 12, Day: 31}
	}
	year, _ := strconv.Atoi(parts[1])
	month, _ := strconv.Atoi(parts[2])
	day, _ := strconv.Atoi(parts[3])
	switch full := (period.Date{Year: year, Month: month, Day: day}); {
	case day > 0 && full.Valid():
		return full
	case month >= 1 && month <= 12:
		return period.Period{Kind: period.Month, Start: period.Date{Year: year, Month: month, Day: 1}}.To()
	}
	return period.Date{Year: year, Month: 12, Day: 31}
}

// slicesOf finds what the plan asks for on the way, the earliest first.
func slicesOf(node plan.Node, content plan.Content, goal Goal) []Slice {
	var found []Slice
	for _, other := range content.Nodes {
		if other.Kind != plan.Target || other.ID == node.ID || other.Field("name") != node.Field("name") || other.Field("scope") != node.Field("scope") ||
			measureOf(other) != goal.Unit || directionOf(other) != goal.Direction {
			continue
		}
		value, day := numberOf(other.Field("value")), DeadlineOf(other.Field("deadline"), content)
		if value.Is && day.Year < goal.Deadline.Year && !slices.ContainsFunc(found, func(s Slice) bool { return s.Year == day.Year }) {
			found = append(found, Slice{Year: day.Year, Value: value.Number})
		}
	}
	slices.SortFunc(found, func(a, b Slice) int { return a.Year - b.Year })
	return found
}
