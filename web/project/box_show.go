package project

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/web/shell"
)

// boxView is what the page shows: the projects of a plan in one of three orders.
type boxView struct {
	outline   *duty.Outline
	by        string
	portfolio duty.Portfolio
	groups    []duty.ProjectGroup
	editable  map[string]bool
	whole     bool
	light     func(target.Track) target.Light
	states    map[string]message.Pair
	form      shell.Form
}

// orders are the ways to gather projects, as the address names them.
var orders = []string{"box", "measure", "annex"}

// Show shows the projects of a plan by box, by measure or by annex table, and those that belong to no measure yet.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	outline, err := p.outline(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	view := boxView{outline: outline, by: r.URL.Query().Get("by"), states: p.states(), form: form, light: func(target.Track) target.Light { return target.NoTarget }}
	if p.lights != nil {
		if view.light, err = p.lights(ctx, outline.Plan.ID); err != nil {
			return err
		}
	}
	projects, editable, whole, err := p.rows(ctx)
	if err != nil {
		return err
	}
	view.editable, view.whole, view.portfolio = editable, whole, duty.GatherProjects(outline, projects)
	switch view.by {
	case "measure":
		view.groups = view.portfolio.Measures
	case "annex":
		view.groups = view.portfolio.Annexes
	default:
		view.by, view.groups = orders[0], view.portfolio.Boxes
	}
	page := shell.Page{Title: shell.Text(ctx, "project.title"), Lead: shell.Text(ctx, "project.lead", message.Args{"plan": outline.Plan.Title}), Word: "plan", Styles: []string{"project.css"},
		Trail: []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}, {Label: outline.Plan.Title, Address: "/plan/adopted/" + outline.Plan.ID}}, Actions: boxActions(),
		Source: shell.Text(ctx, "project.source")}
	return shell.Render(w, r, status, page, boxPage(view))
}

// states names the states of projects.
func (p *Pages) states() map[string]message.Pair {
	names := map[string]message.Pair{}
	if r, known := p.records.Register(duty.ProjectRegister); known {
		for _, state := range r.Life.States {
			names[state.Name] = state.Title
		}
	}
	return names
}

// figuresOf are what all projects come to.
func figuresOf(ctx context.Context, total duty.ProjectGroup) []shell.Figure {
	return []shell.Figure{
		{Label: shell.Text(ctx, "project.count"), Value: shell.Count(total.Count), Unit: shell.Text(ctx, "project.unit")},
		{Label: shell.Text(ctx, "project.finished"), Value: shell.Count(total.Finished), Unit: shell.Text(ctx, "project.unit"), Note: shareText(ctx, float64(total.Finished), float64(total.Count))},
		{Label: shell.Text(ctx, "project.overdue"), Value: shell.Count(total.Overdue), Unit: shell.Text(ctx, "project.unit")},
		{Label: shell.Text(ctx, "project.planned"), Value: shell.Number(total.Planned, 2), Unit: shell.Text(ctx, "project.money")},
		{Label: shell.Text(ctx, "project.spent"), Value: shell.Number(total.Spent, 2), Unit: shell.Text(ctx, "project.money"), Note: shareText(ctx, total.Spent, total.Planned)},
	}
}

// shareText says which part of the whole a part is, "" of nothing.
func shareText(ctx context.Context, part, whole float64) string {
	if whole <= 0 {
		return ""
	}
	return shell.Text(ctx, "project.share", message.Args{"share": shell.Number(100*part/whole, 1)})
}

// sumLine says what a group comes to.
func sumLine(ctx context.Context, group duty.ProjectGroup) string {
	if len(group.Projects) == 0 {
		return shell.Text(ctx, "project.group_none")
	}
	line := shell.Text(ctx, "project.group_sum", message.Args{"count": shell.Count(group.Count), "finished": shell.Count(group.Finished), "overdue": shell.Count(group.Overdue),
		"planned": shell.Number(group.Planned, 2), "spent": shell.Number(group.Spent, 2)})
	if share := shareText(ctx, group.Spent, group.Planned); share != "" {
		line += shell.Text(ctx, "project.group_share", message.Args{"share": share})
	}
	return line
}

// tableOf lists the projects of a group.
func tableOf(ctx context.Context, view boxView, group duty.ProjectGroup) shell.Table {
	table := shell.Table{Caption: group.Name, Columns: []shell.Column{{Title: shell.Text(ctx, "project.name")}, {Title: shell.Text(ctx, "project.owner")},
		{Title: shell.Text(ctx, "project.state"), Align: shell.Short}, {Title: shell.Text(ctx, "project.due"), Align: shell.Short},
		{Title: shell.Text(ctx, "project.planned"), Unit: shell.Text(ctx, "project.money"), Align: shell.Figures},
		{Title: shell.Text(ctx, "project.spent"), Unit: shell.Text(ctx, "project.money"), Align: shell.Figures}}}
	for _, one := range group.Projects {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Title, Written: true, Address: projectAddress(one)}, {Text: one.Owner, Written: true},
			{Body: stateOf(view, one)}, {Text: dayText(ctx, one)}, {Text: moneyText(one.Planned)}, {Text: moneyText(one.Spent)}})
	}
	return table
}

func projectAddress(one duty.Project) string {
	return "/record/" + duty.ProjectRegister + "/row/" + one.Row
}

func dayText(ctx context.Context, one duty.Project) string {
	if one.Due.IsZero() {
		return ""
	}
	return one.Due.Text(shell.From(ctx).Language)
}

func moneyText(known target.Known) string {
	if !known.Is {
		return ""
	}
	return shell.Number(known.Number, 2)
}

// conditionOf is the sign with which the state of a project is shown.
func conditionOf(one duty.Project) shell.Condition {
	switch {
	case one.Stopped:
		return shell.Stopped
	case one.Finished:
		return shell.Fixed
	case one.Overdue:
		return shell.Overdue
	}
	return shell.Waiting
}

// measuresOf are the nodes to which a project can be tied: headings, tasks and projects, in the order of the text.
// The first option is none, so that nothing is tied by oversight.
func measuresOf(ctx context.Context, o *duty.Outline) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "project.tie_choose")}}
	for _, node := range o.Nodes {
		heading := node.Kind == plan.Heading && node.Field("level") != "0" // level 0 is the title of the document
		if heading || node.Kind == plan.Task || node.Kind == plan.Project {
			options = append(options, shell.Option{Value: string(node.Track), Label: shorten(node.Name())})
		}
	}
	return options
}

const longestOption = 40 // characters

func shorten(name string) string {
	if runes := []rune(name); len(runes) > longestOption {
		return string(runes[:longestOption]) + "…"
	}
	return name
}

// openWords are the projects without a measure that use the same words for it.
type openWords struct {
	words    string
	projects []duty.OpenProject
	tieable  bool // the post may tie one of them
}

// openByWords gathers the projects without a measure by their words, in the order in which they come.
func openByWords(view boxView) []openWords {
	var groups []openWords
	for _, one := range view.portfolio.Open {
		at := slices.IndexFunc(groups, func(g openWords) bool { return g.words == one.Measure })
		if at < 0 {
			at, groups = len(groups), append(groups, openWords{words: one.Measure})
		}
		groups[at].projects = append(groups[at].projects, one)
		groups[at].tieable = groups[at].tieable || view.editable[one.Row]
	}
	return groups
}

// whyOpen says why it is not clear where a project belongs.
func whyOpen(ctx context.Context, one duty.OpenProject) string {
	switch {
	case one.Track != "":
		return shell.Text(ctx, "project.open_gone")
	case one.Measure == "":
		return shell.Text(ctx, "project.open_no_words")
	case len(one.Candidates) == 0:
		return shell.Text(ctx, "project.open_none", message.Args{"words": one.Measure})
	}
	return shell.Text(ctx, "project.open_several", message.Args{"words": one.Measure, "count": shell.Count(len(one.Candidates))})
}

// changeOf writes the tie into a row.
func changeOf(o *duty.Outline, one duty.Project, node duty.Node) record.Change {
	return record.Change{Register: duty.ProjectRegister, Row: one.Row, Version: one.Version, Cells: tieCells(o.Plan.ID, node)}
}

// orderTabs leads to the three orders.
func orderTabs(ctx context.Context, view boxView) []shell.Tab {
	var tabs []shell.Tab
	for _, by := range orders {
		tabs = append(tabs, shell.Tab{Label: shell.Text(ctx, "project.by."+by), Address: address(view.outline.Plan.ID) + "?by=" + by, Current: view.by == by})
	}
	return tabs
}
