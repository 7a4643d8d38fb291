package shell

import (
	"context"
	"net/url"

	"github.com/a-h/templ"
)

// planView is one view of an adopted plan: its word, and its address in two parts around the id of the plan.
type planView struct{ word, before, after string }

// planViews are the views of an adopted plan, in the order of the work.
var planViews = []planView{
	{"content", "/plan/adopted/", ""},
	{"tree", "/plan/adopted/", "/tree"},
	{"bind", "/plan/adopted/", "/bind"},
	{"box", "/plan/adopted/", "/box"},
	{"split", "/plan/adopted/", "/split"},
	{"amend", "/plan/adopted/", "/amend"},
	{"lookback", "/plan/adopted/", "/lookback"},
	{"duty", "/duty/", ""},
}

// PlanTabs shows the views of an adopted plan: what it says, and how it is shared out, owned and measured. current is the word of
// the view that is shown, such as tree.
func PlanTabs(ctx context.Context, plan, current string) templ.Component {
	var tabs []Tab
	for _, one := range planViews {
		tabs = append(tabs, Tab{Label: Text(ctx, "shell.plan."+one.word), Address: one.before + url.PathEscape(plan) + one.after, Current: one.word == current})
	}
	return Tabs(Text(ctx, "shell.plan.views"), tabs)
}
