package target

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Limits of a split.
const (
	MaxShares = 5000
	MaxReason = 500  // characters of a reason
	MaxFigure = 1e12 // of a figure, either way
	MaxSlices = 30
)

// counted are measures in which shares add up to the whole: numbers of things, of people and of money.
var counted = []string{"所", "个", "人", "名", "座", "间", "栋", "台", "套", "张", "项", "条", "辆", "件", "册", "门", "次", "人次", "人数", "班", "个班", "类", "种", "片", "支", "家", "处", "对",
	"元", "万元", "亿元", "平方米", "万平方米", "亩", "公里", "万人", "万册", "万人次", "万个", "学位", "个学位"}

// Additive tells whether the goals of the units below add up to the goal of the unit above: a number of things, of which each
// unit is given a part, and not a rate, a level or an amount for each of something.
func Additive(goal Goal) bool {
	return goal.Value.Is && !goal.Each && goal.Direction != ByDate && goal.Direction != AboveParent && slices.Contains(counted, strings.TrimSpace(goal.Unit))
}

// Sum is what the shares make together; Diff is that less the figure of the parent. Shares without a figure count as nothing.
type Sum struct {
	Total float64
	Diff  float64
}

// SumOf adds up the goals of shares, rounded to what plans write.
func SumOf(shares []Share, parent Goal) Sum {
	var sum Sum
	for _, share := range shares {
		if share.Goal.Value.Is {
			sum.Total += share.Goal.Value.Number
		}
	}
	sum.Total = rounded(sum.Total)
	sum.Diff = rounded(sum.Total - parent.Value.Number)
	return sum
}

// Figure writes a number as plans do: no exponent, no more digits than it has.
func Figure(number float64) string { return strconv.FormatFloat(rounded(number), 'f', -1, 64) }

func rounded(number float64) float64 { return math.Round(number*1e6) / 1e6 }

// Check tells everything that is wrong with a split of a target of which the parent is to reach this goal; children are the
// codes of the units that it may share out to. Warnings may be confirmed by the person, faults not. The place of a fault of a
// share is its line, from 1, and the field.
func Check(split Split, parent Goal, children []string) (faults, warnings fault.List) {
	if len(split.Shares) == 0 {
		faults.Add(fault.New("target.split_empty", nil))
	}
	if len(split.Shares) > MaxShares {
		faults.Add(fault.New("target.split_many", message.Args{"limit": MaxShares, "count": len(split.Shares)}))
		return faults, nil
	}
	if utf8.RuneCountInString(split.Reason) > MaxReason {
		faults.Add(fault.At(fault.Place{Column: "reason"}, "target.reason_long", message.Args{"limit": MaxReason}))
	}
	known, seen := map[string]bool{}, map[string]bool{}
	for _, code := range children {
		known[code] = true
	}
	for i, share := range split.Shares {
		line := lineFaults{row: i + 1, list: &faults}
		if !known[share.Unit] {
			line.add("unit", "target.share_not_below", message.Args{"unit": share.Unit})
		}
		if seen[share.Unit] {
			line.add("unit", "target.share_twice", message.Args{"unit": share.Unit})
		}
		seen[share.Unit] = true
		checkShare(share, parent, line)
	}
	if sum := SumOf(split.Shares, parent); len(faults) == 0 && Additive(parent) && sum.Diff != 0 {
		key := "target.sum_more"
		if sum.Diff < 0 {
			key = "target.sum_less"
		}
		warnings.Add(fault.New(key, message.Args{"sum": Figure(sum.Total), "goal": Figure(parent.Value.Number), "difference": Figure(math.Abs(sum.Diff)), "measure": parent.Unit}))
	}
	return faults, warnings
}

// lineFaults adds faults of one line of a sheet.
type lineFaults struct {
	row  int
	list *fault.List
}

func (l lineFaults) add(column, code string, args message.Args) {
	l.list.Add(fault.At(fault.Place{Row: l.row, Column: column}, code, args))
}

func checkShare(share Share, parent Goal, line lineFaults) {
	goal := share.Goal
	if !slices.Contains(Directions(), goal.Direction) {
		line.add("direction", "target.direction_unknown", message.Args{"direction": string(goal.Direction)})
		return
	}
	if goal.Unit != parent.Unit {
		line.add("measure", "target.measure_other", message.Args{"measure": goal.Unit, "parent": parent.Unit})
	}
	checkFigures(goal, parent, line)
	switch {
	case !goal.Deadline.IsZero() && !goal.Deadline.Valid():
		line.add("deadline", "target.deadline_wrong", message.Args{"day": goal.Deadline.String()})
	case !parent.Deadline.IsZero() && parent.Deadline.Before(goal.Deadline):
		line.add("deadline", "target.deadline_late", message.Args{"day": goal.Deadline.String(), "parent": parent.Deadline.String()})
	}
	if utf8.RuneCountInString(share.Reason) > MaxReason {
		line.add("reason", "target.reason_long", message.Args{"limit": MaxReason})
	}
	if strings.TrimSpace(share.Reason) == "" && !Additive(parent) && Differs(goal, parent) {
		line.add("reason", "target.reason_missing", nil)
	}
}

func checkFigures(goal, parent Goal, line lineFaults) {
	for _, figure := range []struct {
		column string
		value  Known
	}{{"goal", goal.Value}, {"most", goal.Most}, {"baseline", goal.Baseline}} {
		if figure.value.Is && (math.IsNaN(figure.value.Number) || math.Abs(figure.value.Number) > MaxFigure) {
			line.add(figure.column, "target.figure_wrong", message.Args{"limit": Figure(MaxFigure)})
			return
		}
	}
	if len(goal.Slices) > MaxSlices {
		line.add("goal", "target.slices_many", message.Args{"limit": MaxSlices})
	}
	if needsFigure(goal.Direction) && !goal.Value.Is {
		line.add("goal", "target.goal_missing", nil)
		return
	}
	if goal.Direction == Within && (!goal.Most.Is || goal.Most.Number < goal.Value.Number) {
		line.add("most", "target.range_wrong", nil)
	}
	if !goal.Value.Is || !goal.Baseline.Is {
		return
	}
	args := message.Args{"goal": Figure(goal.Value.Number), "baseline": Figure(goal.Baseline.Number)}
	switch {
	case goal.Direction == AtLeast && goal.Value.Number < goal.Baseline.Number && !Additive(parent):
		line.add("goal", "target.goal_below_baseline", args)
	case goal.Direction == AtMost && goal.Value.Number > goal.Baseline.Number && goal.Value.Number > parent.Value.Number:
		line.add("goal", "target.goal_above_baseline", args)
	}
}

func needsFigure(direction Direction) bool {
	return direction == AtLeast || direction == AtMost || direction == Within || direction == Increase || direction == Decrease
}

// Differs tells whether a unit is to reach something else than the unit above: another figure, another direction or an earlier day.
// Baselines always differ and are no difference.
func Differs(goal, parent Goal) bool {
	deadline := goal.Deadline
	if deadline == (period.Date{}) {
		deadline = parent.Deadline
	}
	return goal.Direction != parent.Direction || goal.Value != parent.Value || goal.Most != parent.Most || deadline != parent.Deadline
}
