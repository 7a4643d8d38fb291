package duty

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// nodeView is one node with its duty, every version of it, and the form to change it.
type nodeView struct {
	Table    *duty.Table
	Tabs     []shell.Tab
	Line     duty.Line
	Versions []duty.Duty
	Units    []string // names that may be typed
	Projects []project
	Form     shell.Form
	nameOf   func(ctx context.Context, id string) string
}

// project is a living row of the register of projects that may be tied to the node.
type project struct {
	Row, Title string
	Tied       bool
}

// openNode returns the node of the address.
func (p *Pages) openNode(r *http.Request) (nodeView, error) {
	table, err := p.open(r)
	if err != nil {
		return nodeView{}, err
	}
	ctx := r.Context()
	line, known := table.Find(target.Track(r.PathValue("track")))
	if !known {
		return nodeView{}, shell.NotFound
	}
	view := nodeView{Table: table, Line: line, Tabs: p.tabs(ctx, table.Outline, ""), Units: carriers(table), nameOf: p.nameOf}
	if view.Versions, err = p.store.DutyVersions(ctx, table.Outline.Plan.ID, line.Node.Track); err != nil {
		return view, err
	}
	slices.Reverse(view.Versions)
	view.Projects, err = p.projects(ctx, table.Outline.Plan.ID, line)
	return view, err
}

// carriers returns the names of the units that may carry a duty, in the order of the tree.
func carriers(table *duty.Table) []string {
	within := table.Tree.SubtreeOf(table.Home)
	var names []string
	for n := within.From; n < within.To; n++ {
		if u := table.Tree.At(n); u.OpenOn(table.Day) && u.Kind != "section" {
			names = append(names, u.Name)
		}
	}
	return names
}

// projects returns the projects of the plan, those of the node first.
func (p *Pages) projects(ctx context.Context, id string, line duty.Line) ([]project, error) {
	r, known := p.records.Register("project")
	if !known {
		return nil, nil
	}
	is := register.TextCell(id)
	rows, err := p.store.RegisterRows(ctx, r, register.Query{Filters: []register.Filter{{Column: "plan_id", Is: &is}}, Sort: "title"})
	if err != nil {
		return nil, err
	}
	var projects []project
	for _, row := range rows {
		ref := record.Ref{Register: r.Name, Row: row.ID}
		if track := register.TextOf(r, row, "track"); track != string(line.Node.Track) && !slices.Contains(line.Duty.Projects, ref) {
			continue
		}
		if state := r.Life.State(register.TextOf(r, row, pack.ColumnState)); state != nil {
			projects = append(projects, project{Row: row.ID, Title: record.HeadingOf(r, row) + " · " + state.Title.In(shell.From(ctx).Language), Tied: slices.Contains(line.Duty.Projects, ref)})
		}
	}
	return projects, nil
}

// Node shows who leads one node with every version, and the form to confirm or change it.
func (p *Pages) Node(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openNode(r)
	if err != nil {
		return err
	}
	return p.showNode(w, r, view, http.StatusOK)
}

func (p *Pages) showNode(w http.ResponseWriter, r *http.Request, view nodeView, status int) error {
	ctx := r.Context()
	page := frame(ctx, view.Table.Outline, view.Line.Node.Name())
	page.Trail = append(page.Trail, shell.Link{Label: text(ctx, "title"), Address: address(view.Table.Outline.Plan.ID)})
	page.Wide = false
	return shell.Render(w, r, status, page, nodePage(view))
}

// fields are the parts of the form.
func (v nodeView) fields(ctx context.Context) []shell.Field {
	d := v.Line.Duty
	if d.Lead == "" && d.Due.IsZero() {
		d.Due = v.Line.Due
	}
	var helpers, marks []string
	for _, code := range d.Helpers {
		helpers = append(helpers, v.Table.Name(code))
	}
	for _, m := range d.Milestones {
		marks = append(marks, m.Due.String()+" "+m.Name)
	}
	money := ""
	if d.Money.Is {
		money = plan.FormatNumber(d.Money.Number)
	}
	lead := unitName(v.Table.Tree, d.Lead)
	fields := []shell.Field{
		{Name: duty.FieldLead, Label: text(ctx, "column.lead"), Help: text(ctx, "lead_help"), Required: true, Value: lead, Limit: 80, Autocomplete: "off"},
		{Name: duty.FieldHelpers, Label: text(ctx, "column.helpers"), Help: text(ctx, "helpers_help"), Value: strings.Join(helpers, "、"), Limit: 2000, Autocomplete: "off"},
		{Name: duty.FieldStart, Kind: "date", Label: text(ctx, "start"), Value: dateText(d.Start)},
		{Name: duty.FieldDue, Kind: "date", Label: text(ctx, "column.due"), Value: dateText(d.Due)},
		{Name: duty.FieldMoney, Kind: "number", Label: text(ctx, "money"), Unit: text(ctx, "money_unit"), Value: money, Limit: 20},
		{Name: duty.FieldDeliverables, Kind: "area", Label: text(ctx, "deliverables"), Help: text(ctx, "deliverables_help"), Value: strings.Join(d.Deliverables, "\n"), Limit: 4000},
		{Name: duty.FieldMilestones, Kind: "area", Label: text(ctx, "column.marks"), Help: text(ctx, "marks_help"), Value: strings.Join(marks, "\n"), Limit: 6000},
	}
	if v.Line.Duty.Lead != "" {
		fields = append(fields, shell.Field{Name: duty.FieldReason, Label: text(ctx, "reason"), Help: text(ctx, "reason_help"), Required: true, Limit: duty.MaxReason})
	}
	for i := range fields {
		fields[i] = fields[i].From(ctx, v.Form)
	}
	return fields
}

func dateText(day period.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

// readDraft reads the form. Faults of what cannot be read come back with it.
func (p *Pages) readDraft(r *http.Request, view nodeView) (duty.Draft, fault.List) {
	var faults fault.List
	names := duty.NewNames(view.Table.Tree, view.Table.Home, view.Table.Day)
	draft := duty.Draft{Node: view.Line.Node.Track, Reason: only(r, duty.FieldReason)}
	find := func(field, name string) string {
		code, known := names.Find(name)
		if !known {
			faults.Add(fault.At(fault.Place{Column: field}, "duty.unit_unnamed", message.Args{"name": name}))
		}
		return code
	}
	if lead := only(r, duty.FieldLead); lead != "" {
		draft.Lead = find(duty.FieldLead, lead)
	} else {
		faults.Add(fault.At(fault.Place{Column: duty.FieldLead}, "duty.lead_missing", nil))
	}
	for _, name := range duty.SplitNames(r.FormValue(duty.FieldHelpers)) {
		if code := find(duty.FieldHelpers, name); code != "" {
			draft.Helpers = append(draft.Helpers, code)
		}
	}
	for field, day := range map[string]*period.Date{duty.FieldStart: &draft.Start, duty.FieldDue: &draft.Due} {
		if typed := only(r, field); typed != "" {
			var valid bool
			if *day, valid = period.ParseDate(typed); !valid {
				faults.Add(fault.At(fault.Place{Column: field}, "duty.day_wrong", message.Args{"day": typed}))
			}
		}
	}
	if typed := strings.NewReplacer(",", "", "，", "").Replace(only(r, duty.FieldMoney)); typed != "" {
		number, err := strconv.ParseFloat(typed, 64)
		if err != nil {
			faults.Add(fault.At(fault.Place{Column: duty.FieldMoney}, "duty.money_out", message.Args{"limit": duty.MaxMoney}))
		}
		draft.Money = target.Sure(number)
	}
	for _, line := range linesOf(r.FormValue(duty.FieldDeliverables)) {
		draft.Deliverables = append(draft.Deliverables, line)
	}
	for _, line := range linesOf(r.FormValue(duty.FieldMilestones)) {
		draft.Milestones = append(draft.Milestones, milestoneOf(line))
	}
	for _, row := range r.Form["project"] {
		if slices.ContainsFunc(view.Projects, func(p project) bool { return p.Row == row }) {
			draft.Projects = append(draft.Projects, record.Ref{Register: "project", Row: row})
		}
	}
	return draft, faults
}

func linesOf(text string) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// milestoneOf reads a line such as 2025-06-30 完成选址. One without a day comes back without a day, which is refused later.
func milestoneOf(line string) duty.Milestone {
	at := strings.IndexAny(line, " 　\t")
	if at < 0 {
		return duty.Milestone{Name: line}
	}
	day, valid := period.ParseDate(line[:at])
	if !valid {
		return duty.Milestone{Name: line}
	}
	return duty.Milestone{Name: strings.Trim(line[at:], " 　\t"), Due: day}
}

// NodeSave confirms the first duty of a node, or proposes another one.
func (p *Pages) NodeSave(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openNode(r)
	if err != nil {
		return err
	}
	ctx, actor := r.Context(), actorOf(r)
	if !duty.MayChange(actor.Post) {
		return shell.NoRight
	}
	id := view.Table.Outline.Plan.ID
	draft, faults := p.readDraft(r, view)
	if err = faults.Err(); err == nil {
		done := "duty.page.confirmed"
		if view.Line.Duty.Lead == "" {
			_, err = p.desk.Confirm(ctx, actor, id, []duty.Draft{draft})
		} else {
			done = "duty.page.proposed"
			_, err = p.desk.Propose(ctx, actor, id, draft)
		}
		if err == nil {
			shell.Redirect(w, r, nodeAddress(id, draft.Node), done, message.Args{"count": 1})
			return nil
		}
	}
	if fault.Of(err) == nil {
		return err
	}
	view.Form = shell.Form{Values: r.PostForm, Faults: fault.Of(err)}
	return p.showNode(w, r, view, http.StatusUnprocessableEntity)
}

// proposed returns the change of the node of the address that waits for a second person.
func (p *Pages) proposed(r *http.Request) (duty.Duty, error) {
	versions, err := p.store.DutyVersions(r.Context(), r.PathValue("plan"), target.Track(r.PathValue("track")))
	if err != nil {
		return duty.Duty{}, err
	}
	at := slices.IndexFunc(versions, func(d duty.Duty) bool { return d.State == target.Proposed })
	if at < 0 {
		return duty.Duty{}, shell.NotFound
	}
	return versions[at], nil
}

// Approve lets a proposed duty hold.
func (p *Pages) Approve(w http.ResponseWriter, r *http.Request) error {
	one, err := p.proposed(r)
	if err == nil {
		_, err = p.desk.Approve(r.Context(), actorOf(r), one.ID)
	}
	return p.answer(w, r, err, nodeAddress(one.Plan, one.Node), "duty.page.approved")
}

// Withdraw takes a proposal back.
func (p *Pages) Withdraw(w http.ResponseWriter, r *http.Request) error {
	one, err := p.proposed(r)
	if err == nil {
		_, err = p.desk.Withdraw(r.Context(), actorOf(r), one.ID)
	}
	return p.answer(w, r, err, nodeAddress(one.Plan, one.Node), "duty.page.withdrawn")
}

// Issue makes the living row of the node.
func (p *Pages) Issue(w http.ResponseWriter, r *http.Request) error {
	row, err := p.desk.Issue(r.Context(), actorOf(r), r.PathValue("plan"), target.Track(r.PathValue("track")))
	return p.answer(w, r, err, "/record/plan_task/row/"+row.ID, "duty.page.issued")
}

// answer leads on after a write, or returns what went wrong.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, err error, to, done string) error {
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, to, done, nil)
	return nil
}

// versions is the table of every duty of the node, the newest first.
func (v nodeView) versions(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "versions")}
	for _, word := range []string{"version", "lead", "helpers", "due", "reason", "by", "approved", "act"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, d := range v.Versions {
		var helpers []string
		for _, code := range d.Helpers {
			helpers = append(helpers, v.Table.Name(code))
		}
		approved := shell.Cell{}
		if d.State == target.Approved {
			approved = shell.Cell{Text: v.nameOf(ctx, d.ApprovedBy), Note: shell.Moment(ctx, d.ApprovedAt)}
			if d.ApprovedBy == "" {
				approved.Text = text(ctx, "first")
			}
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: text(ctx, "version", message.Args{"number": d.Number}), Note: text(ctx, "state."+string(d.State))},
			{Text: v.Table.Name(d.Lead)}, {Text: strings.Join(helpers, "、"), Written: true}, {Text: dateOrNone(ctx, d.Due)}, {Text: d.Reason, Written: true},
			{Text: v.nameOf(ctx, d.By), Note: shell.Moment(ctx, d.At)}, approved, {Body: actsCell(v, d)}})
	}
	return table
}

func dateOrNone(ctx context.Context, day period.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Text(shell.From(ctx).Language)
}
