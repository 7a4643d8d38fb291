package duty

import (
	"context"
	"net/http"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/web/shell"
)

// yearView is the yearly work under a plan.
type yearView struct {
	Work   duty.YearWork
	Table  *duty.Table
	Tabs   []shell.Tab
	Years  []shell.Tab
	Nodes  []shell.Option
	Form   shell.Form
	nameOf personName
}

// yearFor is the year that is shown when none is named: this one, where the plan runs in it.
func yearFor(ctx context.Context, o *duty.Outline) string {
	year := min(max(shell.From(ctx).Now.Year(), o.Plan.From), o.Plan.To)
	return strconv.Itoa(year)
}

func (p *Pages) openYear(r *http.Request) (yearView, error) {
	table, err := p.open(r)
	if err != nil {
		return yearView{}, err
	}
	ctx := r.Context()
	year, err := strconv.Atoi(r.PathValue("year"))
	if err != nil {
		return yearView{}, shell.NotFound
	}
	view := yearView{Table: table, Tabs: p.tabs(ctx, table.Outline, "year"), Nodes: nodeOptions(ctx, table.Outline), nameOf: p.nameOf}
	for _, one := range table.Outline.Years() {
		view.Years = append(view.Years, shell.Tab{Label: strconv.Itoa(one), Address: address(table.Outline.Plan.ID, "year", strconv.Itoa(one)), Current: one == year})
	}
	if view.Work, err = p.desk.Work(ctx, table.Outline.Plan.ID, year); err != nil {
		if fault.Of(err) != nil {
			return view, shell.NotFound
		}
		return view, err
	}
	return view, nil
}

// Year shows the yearly items of the departments, which of them belong to no node, and which nodes nobody works at.
func (p *Pages) Year(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openYear(r)
	if err != nil {
		return err
	}
	return p.showYear(w, r, view, http.StatusOK)
}

func (p *Pages) showYear(w http.ResponseWriter, r *http.Request, view yearView, status int) error {
	ctx := r.Context()
	page := frame(ctx, view.Table.Outline, text(ctx, "year.title", message.Args{"year": view.Work.Year}))
	return shell.Render(w, r, status, page, yearPage(view))
}

// YearClose closes the year; every orphan is a reason against it.
func (p *Pages) YearClose(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openYear(r)
	if err != nil {
		return err
	}
	_, err = p.desk.CloseYear(r.Context(), actorOf(r), view.Table.Outline.Plan.ID, view.Work.Year)
	return p.turned(w, r, view, err, "duty.page.year.closed")
}

// YearAsk asks for a closed year to be opened again.
func (p *Pages) YearAsk(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openYear(r)
	if err != nil {
		return err
	}
	err = p.desk.AskReopen(r.Context(), actorOf(r), view.Table.Outline.Plan.ID, view.Work.Year, only(r, duty.FieldReason))
	return p.turned(w, r, view, err, "duty.page.year.asked")
}

// YearReopen opens a closed year again, as the second person.
func (p *Pages) YearReopen(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openYear(r)
	if err != nil {
		return err
	}
	err = p.desk.Reopen(r.Context(), actorOf(r), view.Table.Outline.Plan.ID, view.Work.Year)
	return p.turned(w, r, view, err, "duty.page.year.reopened")
}

// turned leads back to the year, or shows it with what stands against the step.
func (p *Pages) turned(w http.ResponseWriter, r *http.Request, view yearView, err error, done string) error {
	if list := fault.Of(err); list != nil {
		view.Form = shell.Form{Values: r.PostForm, Faults: list}
		return p.showYear(w, r, view, http.StatusUnprocessableEntity)
	}
	return p.answer(w, r, err, address(view.Table.Outline.Plan.ID, "year", strconv.Itoa(view.Work.Year)), done)
}

func (v yearView) figures(ctx context.Context) []shell.Figure {
	return []shell.Figure{{Label: text(ctx, "year.items"), Value: shell.Count(len(v.Work.Items))},
		{Label: text(ctx, "year.orphans"), Value: shell.Count(len(v.Work.Orphans)), Address: "#orphans"},
		{Label: text(ctx, "year.idle"), Value: shell.Count(len(v.Work.Idle)), Address: "#idle"},
		{Label: text(ctx, "year.excused"), Value: shell.Count(len(v.Work.Excused)), Address: "#excused"}}
}

// orphans is the list of yearly items that belong to no node.
func (v yearView) orphans(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "year.orphans"), Columns: []shell.Column{{Title: text(ctx, "column.item")}, {Title: text(ctx, "column.office")}, {Title: text(ctx, "column.likely")}}}
	if v.mayDecide(ctx) {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column.pick")})
	}
	for _, item := range v.Work.Orphans[:min(len(v.Work.Orphans), pageRows)] {
		likely := shell.Cell{Text: text(ctx, "year.no_likely")}
		if item.Likely != nil {
			likely = shell.Cell{Body: likelyCell(item)}
		}
		row := []shell.Cell{{Text: item.Words, Note: item.Number, Written: true}, {Text: v.Table.Name(item.Unit), Note: item.Office, Written: true}, likely}
		if v.mayDecide(ctx) {
			row = append(row, shell.Cell{Body: pick("subject", item.Row, item.Likely != nil, item.Words)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (v yearView) mayDecide(ctx context.Context) bool { return mayChange(ctx) && !v.Work.Shut() }

// idle is the list of nodes that run in the year and have no yearly item.
func (v yearView) idle(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "year.idle"), Columns: []shell.Column{{Title: text(ctx, "column.node")}, {Title: text(ctx, "column.kind")}, {Title: text(ctx, "column.lead")}}}
	if v.mayDecide(ctx) {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column.pick")})
	}
	for _, line := range v.Work.Idle[:min(len(v.Work.Idle), pageRows)] {
		row := []shell.Cell{{Text: line.Node.Name(), Address: nodeAddress(v.Table.Outline.Plan.ID, line.Node.Track), Written: true},
			{Text: plan.KindName(shell.From(ctx).Language, line.Node.Kind)}, {Body: leadCell(v.Table, line)}}
		if v.mayDecide(ctx) {
			row = append(row, shell.Cell{Body: pick("subject", string(line.Node.Track), false, line.Node.Name())})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// items is the list of yearly items with the nodes to which they belong.
func (v yearView) items(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "year.items"), Count: text(ctx, "year.count", message.Args{"count": len(v.Work.Items)})}
	for _, word := range []string{"item", "office", "node", "result", "act"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, item := range v.Work.Items[:min(len(v.Work.Items), pageRows)] {
		if item.Orphan() {
			continue
		}
		node := shell.Cell{}
		if item.Node != nil {
			node = shell.Cell{Text: item.Node.Name(), Address: nodeAddress(v.Table.Outline.Plan.ID, item.Node.Track), Written: true}
		} else if item.Settlement != nil {
			node = shell.Cell{Text: decisionText(ctx, *item.Settlement, ""), Written: true}
		}
		done := text(ctx, "year.not_done")
		if item.Done {
			done = text(ctx, "year.done")
		}
		row := []shell.Cell{{Text: item.Words, Note: item.Number, Written: true}, {Text: v.Table.Name(item.Unit), Note: item.Office, Written: true}, node, {Text: done, Note: item.Result, Written: item.Result != ""}, {}}
		if item.Settlement != nil && v.mayDecide(ctx) {
			row[4] = shell.Cell{Body: unsettle(v.Table.Outline.Plan.ID, *item.Settlement)}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// excused is the list of nodes for which a reason was given.
func (v yearView) excused(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "year.excused")}
	for _, word := range []string{"node", "reason", "by", "act"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, one := range v.Work.Excused {
		act := shell.Cell{}
		if v.mayDecide(ctx) {
			act = shell.Cell{Body: unsettle(v.Table.Outline.Plan.ID, one.Settlement)}
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Line.Node.Name(), Address: nodeAddress(v.Table.Outline.Plan.ID, one.Line.Node.Track), Written: true},
			{Text: one.Settlement.Reason, Written: true}, {Text: v.nameOf(ctx, one.Settlement.By), Note: shell.Moment(ctx, one.Settlement.At)}, act})
	}
	return table
}
