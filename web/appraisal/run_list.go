package appraisal

import (
	"context"
	"net/http"

	"jiaoheng/appraisal"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// listView is what waits for the present post, and the runs or the own results below.
type listView struct {
	waiting shell.Table
	runs    shell.Table
	own     shell.Table
	holds   bool
}

// List shows what waits for the present post, the runs that it holds or scores, and what was said of its own unit.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !mayWork(ctx) {
		return shell.NoRight
	}
	post := actorOf(ctx).Post
	runs, err := p.store.AppraisalRuns(ctx, appraisal.MaxRuns)
	if err != nil {
		return err
	}
	v := listView{holds: appraisal.MayHold(post), waiting: p.table(ctx, "waiting", "unit", "run", "what"), runs: p.table(ctx, "runs", "run", "sheet", "period", "cases", "open"),
		own: p.table(ctx, "own", "run", "unit", "period", "state", "card")}
	for _, run := range runs {
		if err := p.listRun(ctx, run, &v); err != nil {
			return err
		}
	}
	frame := page(ctx, text(ctx, "title"))
	frame.Trail, frame.Lead = nil, text(ctx, "lead")
	if v.holds {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "new"), Icon: "plus", Kind: "primary", Address: "/appraisal/new"})
	}
	return shell.Render(w, r, http.StatusOK, frame, runList(v))
}

func (p *Pages) table(ctx context.Context, name string, columns ...string) shell.Table {
	table := shell.Table{Caption: text(ctx, name)}
	for _, column := range columns {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+column)})
	}
	return table
}

// listRun adds what a run says to the present post.
func (p *Pages) listRun(ctx context.Context, run appraisal.Run, v *listView) error {
	post, tree := actorOf(ctx).Post, shell.From(ctx).Tree
	cases, err := p.store.AppraisalCases(ctx, run.ID)
	if err != nil {
		return err
	}
	ids := make([]string, len(cases))
	for k, one := range cases {
		ids[k] = one.ID
	}
	marks, err := p.store.AppraisalMarks(ctx, ids...)
	if err != nil {
		return err
	}
	byCase := map[string][]appraisal.Mark{}
	for _, mark := range marks {
		byCase[mark.Case] = append(byCase[mark.Case], mark)
	}
	seen, open := 0, 0
	for _, one := range cases {
		own := appraisal.IsOf(post, one)
		if !appraisal.MaySee(tree, post, run, one) {
			continue
		}
		if what := appraisal.Waits(post, run, one, byCase[one.ID], today(ctx)); what != "" && len(v.waiting.Rows) < maxWaiting {
			v.waiting.Rows = append(v.waiting.Rows, []shell.Cell{{Text: p.who(ctx, one), Address: stepLink(what, one.ID), Written: true}, {Text: run.Name, Written: true}, {Text: shell.Text(ctx, what)}})
		}
		if own {
			cell, err := p.presentCard(ctx, run, one)
			if err != nil {
				return err
			}
			v.own.Rows = append(v.own.Rows, []shell.Cell{{Text: run.Name, Address: caseLink(one.ID), Written: true}, {Text: p.who(ctx, one), Written: true}, {Text: run.Period.Text(shell.From(ctx).Language)},
				{Body: shell.StatusWord(condition(one.State), stateText(ctx, one.State))}, cell})
			continue
		}
		if seen++; one.State != appraisal.Final {
			open++
		}
	}
	if seen == 0 {
		return nil
	}
	sheet, err := p.desk.Sheet(run.Sheet)
	if err != nil {
		return err
	}
	v.runs.Rows = append(v.runs.Rows, []shell.Cell{{Text: run.Name, Address: "/appraisal/run/" + run.ID, Written: true}, {Text: inLanguage(ctx, sheet.Title)},
		{Text: run.Period.Text(shell.From(ctx).Language)}, {Text: shell.Count(seen)}, {Text: shell.Count(open)}})
	v.runs.Count = text(ctx, "runs_count", message.Args{"count": len(v.runs.Rows)})
	return nil
}

// maxWaiting is how many cases that wait are listed.
const maxWaiting = 200

// stepLink is the page on which a step is done.
func stepLink(what, id string) string {
	switch what {
	case "appraisal.action.self_done":
		return caseLink(id) + "/self"
	case "appraisal.action.check_done":
		return caseLink(id) + "/check"
	case "appraisal.action.talk":
		return caseLink(id) + "/talk"
	}
	return caseLink(id)
}

// presentCard is the card of a case as it stands today.
func (p *Pages) presentCard(ctx context.Context, run appraisal.Run, one appraisal.Case) (shell.Cell, error) {
	history, err := p.store.AppraisalCards(ctx, one.ID)
	if err != nil || len(history) == 0 {
		return shell.Cell{Text: text(ctx, "no_card")}, err
	}
	sheet, err := p.desk.Sheet(run.Sheet)
	if err != nil {
		return shell.Cell{}, err
	}
	present := sheet.Card(appraisal.Present(history).Card)
	if present == nil {
		return shell.Cell{Text: appraisal.Present(history).Card}, nil
	}
	return shell.Cell{Body: card(present.Colour, inLanguage(ctx, present.Title))}, nil
}
