package duty

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// tableView is what the table and the road map show.
type tableView struct {
	Table  *duty.Table
	Tabs   []shell.Tab
	Filter duty.Filter
	Lines  []duty.Line
	Query  url.Values
	Here   string // address of the page without its filter
}

// pageRows is how many nodes one page shows.
const pageRows = 500

// look reads the filter of the address.
func (p *Pages) look(r *http.Request, here string) (tableView, error) {
	table, err := p.open(r)
	if err != nil {
		return tableView{}, err
	}
	view := tableView{Table: table, Query: url.Values{}, Here: here}
	f := duty.Filter{Unit: only(r, "office"), Leads: only(r, "leads") != "", Below: true, Stage: plan.Stage(only(r, "stage")), Kind: plan.Kind(only(r, "kind")),
		Standing: duty.Standing(only(r, "state")), Late: only(r, "late") != ""}
	if _, known := table.Tree.Find(f.Unit); !known {
		f.Unit = ""
	}
	if !slices.Contains(plan.Stages(), f.Stage) {
		f.Stage = ""
	}
	if !duty.NeedsLead(f.Kind) {
		f.Kind = ""
	}
	if !slices.Contains(duty.Standings(), f.Standing) {
		f.Standing = ""
	}
	view.Filter, view.Lines = f, table.Only(f)
	for name, value := range map[string]string{"office": f.Unit, "stage": string(f.Stage), "kind": string(f.Kind), "state": string(f.Standing)} {
		if value != "" {
			view.Query.Set(name, value)
		}
	}
	if f.Late {
		view.Query.Set("late", "yes")
	}
	if f.Leads {
		view.Query.Set("leads", "yes")
	}
	return view, nil
}

// with is the address of the page with one part of the filter changed; an empty value takes it off.
func (v tableView) with(name, value string) string {
	query := url.Values{}
	for key := range v.Query {
		query.Set(key, v.Query.Get(key))
	}
	query.Del(name)
	if value != "" {
		query.Set(name, value)
	}
	if len(query) == 0 {
		return v.Here
	}
	return v.Here + "?" + query.Encode()
}

// Table shows who leads what, by when, and how it stands.
func (p *Pages) Table(w http.ResponseWriter, r *http.Request) error {
	view, err := p.look(r, address(r.PathValue("plan")))
	if err != nil {
		return err
	}
	ctx := r.Context()
	view.Tabs = p.tabs(ctx, view.Table.Outline, "")
	page := frame(ctx, view.Table.Outline, text(ctx, "title"))
	page.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: strings.Replace(view.with("", ""), address(view.Table.Outline.Plan.ID), address(view.Table.Outline.Plan.ID, "xlsx"), 1)})
	return shell.Render(w, r, http.StatusOK, page, tablePage(view))
}

// figures are the sums above the table.
func (v tableView) figures(ctx context.Context) []shell.Figure {
	counts := map[duty.Standing]int{}
	late := 0
	for _, line := range v.Table.Lines {
		counts[line.Standing]++
		if line.Late() {
			late++
		}
	}
	figures := []shell.Figure{{Label: text(ctx, "all"), Value: shell.Count(len(v.Table.Lines)), Address: v.with("state", "")}}
	for _, standing := range duty.Standings() {
		figures = append(figures, shell.Figure{Label: text(ctx, "standing."+string(standing)), Value: shell.Count(counts[standing]), Address: v.Here + "?state=" + string(standing)})
	}
	return append(figures, shell.Figure{Label: text(ctx, "late"), Value: shell.Count(late), Address: v.Here + "?late=yes"})
}

// fields are the parts of the filter as a form.
func (v tableView) fields(ctx context.Context) []shell.Field {
	language := shell.From(ctx).Language
	offices := []shell.Option{{Label: text(ctx, "every_office")}}
	for _, code := range v.Table.Carriers() {
		offices = append(offices, shell.Option{Value: code, Label: v.Table.Name(code)})
	}
	stages := []shell.Option{{Label: text(ctx, "every_stage")}}
	for _, stage := range plan.Stages() {
		stages = append(stages, shell.Option{Value: string(stage), Label: plan.StageName(language, stage)})
	}
	kinds := []shell.Option{{Label: text(ctx, "every_kind")}}
	for _, kind := range plan.Kinds() {
		if duty.NeedsLead(kind) {
			kinds = append(kinds, shell.Option{Value: string(kind), Label: plan.KindName(language, kind)})
		}
	}
	states := []shell.Option{{Label: text(ctx, "every_state")}}
	for _, standing := range duty.Standings() {
		states = append(states, shell.Option{Value: string(standing), Label: text(ctx, "standing."+string(standing))})
	}
	return []shell.Field{
		{Name: "office", Kind: "select", Label: text(ctx, "office"), Options: offices, Value: v.Filter.Unit},
		{Name: "stage", Kind: "select", Label: text(ctx, "stage"), Options: stages, Value: string(v.Filter.Stage)},
		{Name: "kind", Kind: "select", Label: text(ctx, "kind"), Options: kinds, Value: string(v.Filter.Kind)},
		{Name: "state", Kind: "select", Label: text(ctx, "state"), Options: states, Value: string(v.Filter.Standing)},
		{Name: "late", Kind: "check", Label: text(ctx, "late_only"), Value: "yes", Checked: v.Filter.Late},
	}
}

// rows is the table of the lines.
func (v tableView) rows(ctx context.Context) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: text(ctx, "title"), Count: text(ctx, "count", message.Args{"count": len(v.Lines), "of": len(v.Table.Lines)}),
		Empty: shell.EmptyState(v.empty(ctx))}
	for _, word := range []string{"node", "kind", "lead", "helpers", "due", "marks", "state"} {
		column := shell.Column{Title: text(ctx, "column."+word)}
		if word == "kind" || word == "due" {
			column.Align = shell.Short
		}
		table.Columns = append(table.Columns, column)
	}
	for _, line := range v.Lines[:min(len(v.Lines), pageRows)] {
		table.Rows = append(table.Rows, []shell.Cell{
			{Text: line.Node.Name(), Note: duty.GoalText(language, line.Node), Address: nodeAddress(v.Table.Outline.Plan.ID, line.Node.Track), Written: true},
			{Text: plan.KindName(language, line.Node.Kind), Note: plan.StageName(language, line.Node.Stage)},
			{Body: leadCell(v.Table, line)}, {Text: v.helpers(line), Written: true}, {Text: dayOf(ctx, line)}, {Body: marksCell(line.Marks)}, {Body: standingCell(line)}})
	}
	return table
}

func (v tableView) empty(ctx context.Context) shell.Empty {
	if len(v.Table.Lines) == 0 {
		return shell.Empty{Icon: "clipboard-check", Title: text(ctx, "empty"), Text: text(ctx, "empty_why"), Next: []shell.Button{{Label: text(ctx, "to_plan"), Address: "/plan/adopted/" + v.Table.Outline.Plan.ID}}}
	}
	return shell.Empty{Icon: "filter", Title: text(ctx, "none_left"), Text: text(ctx, "none_left_why"), Next: []shell.Button{{Label: text(ctx, "show_all"), Address: v.Here}}}
}

func (v tableView) helpers(line duty.Line) string {
	var names []string
	for _, code := range line.Duty.Helpers {
		names = append(names, v.Table.Name(code))
	}
	return strings.Join(names, "、")
}

func dayOf(ctx context.Context, line duty.Line) string {
	if line.Due.IsZero() {
		return text(ctx, "no_day")
	}
	return line.Due.Text(shell.From(ctx).Language)
}

// conditionOf is the sign of a line.
func conditionOf(line duty.Line) shell.Condition {
	switch {
	case line.Late():
		return shell.Overdue
	case line.Standing == duty.Unled:
		return shell.Unreported
	case line.Standing == duty.Finished:
		return shell.Fixed
	case line.Standing == duty.Issued:
		return shell.OnCourse
	}
	return shell.Waiting
}

// standingWord says how a line stands: the state of its task where there is one.
func standingWord(ctx context.Context, line duty.Line) string {
	word := text(ctx, "standing."+string(line.Standing))
	if line.Task != nil {
		word = line.Task.State.In(shell.From(ctx).Language)
	}
	switch {
	case line.DaysLate > 0:
		return text(ctx, "late_days", message.Args{"days": line.DaysLate})
	case line.Late():
		return text(ctx, "mark_late")
	}
	return word
}

// Export sends the lines that the filter leaves as a workbook.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	view, err := p.look(r, address(r.PathValue("plan")))
	if err != nil {
		return err
	}
	ctx := r.Context()
	language := shell.From(ctx).Language
	table := xlsx.Table{Name: text(ctx, "title")}
	for _, head := range append(duty.Heads(language), text(ctx, "column.state"), text(ctx, "column.days_late"), text(ctx, "column.money"), text(ctx, "column.number")) {
		table.Columns = append(table.Columns, xlsx.TableColumn{Heading: head, Wide: head == text(ctx, "column.node")})
	}
	table.Columns[0].Number, table.Columns[len(table.Columns)-3].Number, table.Columns[len(table.Columns)-2].Number = true, true, true
	for i, line := range view.Lines {
		row := append(view.Table.Cells(language, i+1, line), standingWord(ctx, line), "", "", "")
		last := len(row)
		if line.DaysLate > 0 {
			row[last-3] = shell.Count(line.DaysLate)
		}
		if line.Duty.Money.Is {
			row[last-2] = plan.FormatNumber(line.Duty.Money.Number)
		}
		if line.Task != nil {
			row[last-1] = line.Task.Number
		}
		table.Rows = append(table.Rows, row)
	}
	var out bytes.Buffer
	if err := xlsx.WriteTable(&out, table); err != nil {
		return err
	}
	return send(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", text(ctx, "title")+"-"+view.Table.Outline.Version.Content.Title+".xlsx", out.Bytes())
}

// send hands out a file.
func send(w http.ResponseWriter, kind, name string, data []byte) error {
	name = strings.Map(func(letter rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, letter) || letter < ' ' {
			return -1
		}
		return letter
	}, name)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(data)
	return err
}

// unitName returns what people call a unit, "" for none.
func unitName(tree *unit.Tree, code string) string {
	u, _ := tree.Find(code)
	return u.Name
}

// nothing shows nothing.
var nothing = templ.NopComponent
