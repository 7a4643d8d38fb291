package home

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxShown is how many drafts and plans the page lists.
const maxShown = 8

// stand is where the work stands.
type stand struct {
	units, schools, kindergartens int
	drafts                        []plan.Draft // under review
	plans                         []plan.Plan
	kinds                         map[plan.Kind]int // items of the versions in force
}

// showSteps shows where the work on the plan stands: what a county does before its first plan is adopted.
func showSteps(w http.ResponseWriter, r *http.Request, source Source, ways templ.Component) error {
	ctx := r.Context()
	now, err := read(ctx, source)
	if err != nil {
		return err
	}
	page := shell.Page{Title: shell.Text(ctx, "home.title"), Lead: shell.Text(ctx, "home.lead"), Word: "home", Source: shell.Text(ctx, "home.source"), Actions: ways}
	return shell.Render(w, r, http.StatusOK, page, stepsPage(now))
}

func read(ctx context.Context, source Source) (stand, error) {
	now := stand{kinds: map[plan.Kind]int{}}
	countUnits(shell.From(ctx).Tree, &now)
	if !shell.May(ctx, access.See, access.Plan) {
		return now, nil
	}
	drafts, err := source.PlanDrafts(ctx)
	if err != nil {
		return now, err
	}
	for _, draft := range drafts {
		if draft.State == plan.Reviewing {
			now.drafts = append(now.drafts, draft)
		}
	}
	if now.plans, err = source.Plans(ctx); err != nil {
		return now, err
	}
	for _, one := range now.plans {
		version, err := source.PlanVersion(ctx, one.ID, one.Versions)
		if err != nil {
			return now, err
		}
		for _, node := range version.Content.Nodes {
			now.kinds[node.Kind]++
		}
	}
	return now, nil
}

func countUnits(tree *unit.Tree, now *stand) {
	if tree == nil {
		return
	}
	for n := range tree.Len() {
		switch tree.At(n).Kind {
		case unit.Section:
			continue
		case unit.School:
			now.schools++
		case unit.Kindergarten:
			now.kindergartens++
		}
		now.units++
	}
}

func figures(ctx context.Context, now stand) []shell.Figure {
	text := func(word string) string { return shell.Text(ctx, "home.count."+word) }
	shown := []shell.Figure{{Label: text("units"), Value: shell.Count(now.units), Unit: text("units_unit"), Note: shell.Text(ctx, "home.count.units_note",
		message.Args{"schools": shell.Count(now.schools), "kindergartens": shell.Count(now.kindergartens)})}}
	if shell.May(ctx, access.See, access.Structure) {
		shown[0].Address = "/admin/unit"
	}
	if !shell.May(ctx, access.See, access.Plan) {
		return shown
	}
	return append(shown,
		shell.Figure{Label: text("plans"), Value: shell.Count(len(now.plans)), Unit: text("plans_unit"), Address: "/plan"},
		shell.Figure{Label: text("targets"), Value: shell.Count(now.kinds[plan.Target]), Unit: text("items_unit")},
		shell.Figure{Label: text("tasks"), Value: shell.Count(now.kinds[plan.Task]), Unit: text("items_unit")},
		shell.Figure{Label: text("drafts"), Value: shell.Count(len(now.drafts)), Unit: text("drafts_unit")},
	)
}

func draftTable(ctx context.Context, now stand) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "home.drafts."+word) }
	table := shell.Table{Caption: head("title"), Columns: []shell.Column{{Title: head("name")}, {Title: head("progress")}, {Title: head("changed"), Align: shell.Short}},
		Empty: shell.EmptyState(shell.Empty{Icon: "clipboard-check", Title: head("empty"), Text: head("empty_why")})}
	for _, draft := range now.drafts[:min(len(now.drafts), maxShown)] {
		table.Rows = append(table.Rows, []shell.Cell{{Text: draft.Title, Note: draft.File, Address: "/plan/draft/" + draft.ID},
			{Body: reviewed(draft.Progress)}, {Text: shell.Moment(ctx, draft.Changed)}})
	}
	return table
}

func planTable(ctx context.Context, now stand) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "home.plans."+word) }
	table := shell.Table{Caption: head("title"), Columns: []shell.Column{{Title: head("name")}, {Title: head("years"), Align: shell.Short}, {Title: head("version"), Align: shell.Short},
		{Title: head("changed"), Align: shell.Short}}, Empty: shell.EmptyState(noPlan(ctx, now))}
	for _, one := range now.plans[:min(len(now.plans), maxShown)] {
		years := ""
		if one.From > 0 {
			years = strconv.Itoa(one.From) + "—" + strconv.Itoa(one.To)
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Title, Note: one.Region, Address: "/plan/adopted/" + one.ID}, {Text: years},
			{Text: shell.Text(ctx, "home.plans.version_number", message.Args{"number": one.Versions})}, {Text: shell.Date(ctx, one.Changed)}})
	}
	return table
}

func noPlan(ctx context.Context, now stand) shell.Empty {
	empty := shell.Empty{Icon: "target-arrow", Title: shell.Text(ctx, "home.plans.empty"), Text: shell.Text(ctx, "home.plans.empty_why")}
	if len(now.drafts) > 0 {
		return empty
	}
	if shell.May(ctx, access.Change, access.Plan) {
		empty.Next = []shell.Button{{Label: shell.Text(ctx, "home.import"), Icon: "upload", Kind: "primary", Address: "/plan/import"}}
	} else {
		empty.Ask = shell.Text(ctx, "home.plans.empty_ask")
	}
	return empty
}

// step is one step of the work and how far it is.
type step struct {
	word, reached, address string
	done                   bool
}

// steps are the steps of the work in their order; the first that is not done comes next.
func steps(ctx context.Context, now stand) []step {
	all := []step{
		{word: "units", done: now.units > 0, address: "/admin/unit"},
		{word: "import", done: len(now.drafts)+len(now.plans) > 0, address: "/plan/import"},
		{word: "review", done: len(now.plans) > 0 && len(now.drafts) == 0, address: "/plan"},
		{word: "adopt", done: len(now.plans) > 0, address: "/plan"},
	}
	if !shell.May(ctx, access.Change, access.Plan) {
		all[1].address = ""
	}
	all[0].reached = shell.Text(ctx, "home.step.units_reached", message.Args{"count": shell.Count(now.units)})
	all[2].reached = shell.Text(ctx, "home.step.review_reached", message.Args{"count": shell.Count(len(now.drafts))})
	all[3].reached = shell.Text(ctx, "home.step.adopt_reached", message.Args{"count": shell.Count(len(now.plans))})
	return all
}

// next is the number of the first step that is not done, or the number of steps.
func next(all []step) int {
	for number, one := range all {
		if !one.done {
			return number
		}
	}
	return len(all)
}
