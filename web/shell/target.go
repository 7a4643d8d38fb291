package shell

import (
	"context"
	"net/url"
	"strings"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

// PlanAddress is the page of an adopted plan.
func PlanAddress(plan string) string { return "/plan/adopted/" + url.PathEscape(plan) }

// WordsAddress is the paragraph that a node of a plan was read from.
func WordsAddress(plan, node string) string {
	return PlanAddress(plan) + "/node/" + url.PathEscape(node)
}

// TargetAddress is the page of a target in a unit; in the plan's own unit when code is "".
func TargetAddress(plan string, track target.Track, code string) string {
	address := "/target/" + url.PathEscape(plan) + "/" + url.PathEscape(string(track))
	if code != "" {
		address += "?unit=" + url.QueryEscape(code)
	}
	return address
}

// UnitPage is the page of a unit that has targets or leads them: that of a school, else that of an office. Sections stand for
// their school.
func UnitPage(u unit.Unit) string {
	switch u.Kind {
	case unit.Section:
		return "/school/" + url.PathEscape(u.Parent)
	case unit.School, unit.Kindergarten:
		return "/school/" + url.PathEscape(u.Code)
	}
	return "/office/" + url.PathEscape(u.Code)
}

// MayLook tells whether the present post may see how a unit stands with its targets: the units below its own, and those above.
func MayLook(ctx context.Context, number int) bool {
	view := From(ctx)
	if view.Tree == nil || number < 0 || number >= view.Tree.Len() || !plan.MaySee(view.Actor.Post) {
		return false
	}
	own, known := view.Tree.Number(view.Actor.Post.Unit.Code)
	if !known {
		return true // a post over the whole system
	}
	return view.Tree.Subtree(own).Contains(number) || view.Tree.Subtree(number).Contains(own)
}

// TargetFigure writes a figure of a target with its measure: 93.4%, 12 所; "" when it is unknown.
func TargetFigure(known target.Known, measure string) string {
	if !known.Is {
		return ""
	}
	text := Number(known.Number, 2)
	if measure == "" || measure == "%" {
		return text + measure
	}
	return text + " " + measure
}

// GapFigure writes a difference between two figures of a target: of shares in percentage points, since 5% of 95% is something
// else.
func GapFigure(language message.Language, known target.Known, measure string) string {
	if !known.Is {
		return ""
	}
	if strings.TrimSpace(measure) == "%" {
		return message.Text(language, "shell.points", message.Args{"value": Number(known.Number, 2)})
	}
	return TargetFigure(known, measure)
}
