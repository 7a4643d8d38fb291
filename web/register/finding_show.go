package register

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

const (
	maxFiles       = 5 // attachments that one form takes
	maxFindingBody = maxFiles*attachment.MaxBytes + 512<<10
)

// columnFiles are the attachments of one finding.
type columnFiles struct {
	column *pack.Column
	files  []attachment.Attachment
}

// ownerTable and ownerRow say to which finding an attachment belongs.
func ownerTable(of *pack.Register) string             { return "register:" + of.Name }
func ownerRow(row string, column *pack.Column) string { return row + "|" + column.Name }
func created(file attachment.Attachment) time.Time    { return time.UnixMilli(file.Created) }
func fileAddress(ctx context.Context, of *pack.Register, row, file string) string {
	return shell.Here(ctx, address(of, "row", row, "file", file))
}

// filesOf returns the attachments of the findings of a row.
func (p *Pages) filesOf(ctx context.Context, of *pack.Register, row string) ([]columnFiles, error) {
	var all []columnFiles
	for _, c := range of.Columns {
		if !c.Attach {
			continue
		}
		files, err := p.store.AttachmentsOf(ctx, attachment.Owner{Table: ownerTable(of), Row: ownerRow(row, c)})
		if err != nil {
			return nil, err
		}
		if len(files) > 0 {
			all = append(all, columnFiles{column: c, files: files})
		}
	}
	return all, nil
}

// findingView is what the page of one finding shows.
type findingView struct {
	scene
	finding  finding
	stands   bool // the row stands
	form     shell.Form
	write    bool
	files    columnFiles
	versions []rowVersion
}

// openFinding returns the finding of the address.
func (p *Pages) openFinding(r *http.Request) (findingView, error) {
	s, err := p.open(r)
	if err != nil {
		return findingView{}, err
	}
	ctx := r.Context()
	at := slices.IndexFunc(s.register.Columns, func(c *pack.Column) bool { return c.Attach && c.Name == r.PathValue("column") })
	if at < 0 || !register.Keeps(s.register, s.Unit) || len(s.register.Key) > 0 {
		return findingView{}, shell.NotFound
	}
	column := s.register.Columns[at]
	view := findingView{scene: s, write: p.mayWrite(ctx, s.register, s.Unit.Code), finding: finding{register: s.register, column: column, period: s.period, unit: s.Unit}}
	view.files.column = column
	rows, err := p.store.RegisterRows(ctx, s.register, register.Query{Period: s.period, Unit: s.Unit.Code, Limit: 1})
	if err != nil || len(rows) == 0 {
		return view, err
	}
	view.stands, view.finding.row, view.finding.cell = true, rows[0], rows[0].Cells[at]
	files, err := p.filesOf(ctx, s.register, rows[0].ID)
	if err != nil {
		return view, err
	}
	for _, one := range files {
		if one.column == column {
			view.files = one
		}
	}
	view.finding.files = len(view.files.files)
	history, err := p.store.RegisterHistory(ctx, s.register, rows[0].ID, false)
	if err != nil {
		return view, err
	}
	for _, one := range p.versions(ctx, s.register, history, false) {
		if slices.ContainsFunc(one.changes, func(change cellChange) bool { return change.column == column }) {
			view.versions = append(view.versions, one)
		}
	}
	return view, nil
}

// FindingShow shows one requirement: what was found, by whom, with which attachments.
func (p *Pages) FindingShow(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openFinding(r)
	if err != nil {
		return err
	}
	return p.findingPage(w, r, http.StatusOK, view)
}

func (p *Pages) findingPage(w http.ResponseWriter, r *http.Request, status int, view findingView) error {
	ctx := r.Context()
	page := shell.Page{Title: view.finding.column.Title.In(shell.From(ctx).Language), Lead: importLead(ctx, view.scene), Word: "register", Styles: []string{"register.css"},
		Trail: trail(ctx, shell.Link{Label: shell.Text(ctx, "register.page.findings"), Address: shell.Here(ctx, "/register/finding")}), Source: shell.Text(ctx, "register.page.source")}
	return shell.Render(w, r, status, page, findingPage(view))
}

// FindingSave stores what a person found, with the attachments. A finding without any attachment is refused: it would not hold.
func (p *Pages) FindingSave(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openFinding(r)
	if err != nil {
		return err
	}
	if !view.write {
		return shell.NoRight
	}
	ctx := r.Context()
	files, err := Prepared(r, p.preparer, "file", maxFiles)
	faults := fault.Of(err)
	if err != nil && faults == nil {
		return err
	}
	verdict, remark := r.PostFormValue("verdict"), strings.TrimSpace(r.PostFormValue("remark"))
	faults.Add(p.findingFaults(view, verdict, remark, len(files))...)
	if len(faults) == 0 {
		err := p.find(ctx, actorOf(r), view, verdict == findingMet, remark, files)
		if faults = fault.Of(err); faults == nil && err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		view.form = shell.Form{Values: r.PostForm, Faults: faults}
		return p.findingPage(w, r, http.StatusUnprocessableEntity, view)
	}
	shell.Redirect(w, r, findingAddress(ctx, view.register, view.finding.column, view.Unit.Code), "register.page.finding_saved", nil)
	return nil
}

func (p *Pages) findingFaults(view findingView, verdict, remark string, files int) fault.List {
	var faults fault.List
	at := func(field, code string, args message.Args) {
		faults.Add(fault.At(fault.Place{Column: field}, code, args))
	}
	if verdict != findingMet && verdict != findingUnmet {
		at("verdict", "register.page.verdict_missing", nil)
	}
	if len([]rune(remark)) > action.MaxReason {
		at("remark", "register.page.remark_long", message.Args{"limit": action.MaxReason})
	}
	if files == 0 && len(view.files.files) == 0 {
		at("file", "register.page.evidence_missing", nil)
	}
	if !view.period.IsZero() && p.store.Today().Before(view.period.From()) {
		faults.Add(fault.New("register.period_future", message.Args{"period": view.period, "begins": view.period.From()}))
	}
	if !view.stands && slices.ContainsFunc(view.register.Columns, func(c *pack.Column) bool { return c.Required && c != view.finding.column }) {
		faults.Add(fault.New("register.page.finding_early", message.Args{"register": view.register.Title}))
	}
	return faults
}

// find stores the finding and its attachments as one action.
func (p *Pages) find(ctx context.Context, actor action.Actor, view findingView, met bool, remark string, files []attachment.Prepared) error {
	of, column := view.register, view.finding.column
	row := register.Row{Unit: view.Unit.Code, Period: view.period, Cells: make([]register.Cell, len(of.Columns)), Origin: p.formOrigin(ctx)}
	given := make([]bool, len(of.Columns))
	at := slices.Index(of.Columns, column)
	given[at], row.Cells[at] = true, register.Cell{Known: true, Number: map[bool]float64{true: 1}[met]}
	return action.Do(ctx, p.store, actor, action.Write{Name: "register.action.find", Thing: thing(ctx, access.Fact, view.Unit.Code), Reason: remark,
		Do: func(ctx context.Context, tx action.Tx) error {
			changes, err := p.store.RegisterUpsert(ctx, of, register.Batch{Rows: []register.Row{row}, Given: given})
			if err != nil {
				return err
			}
			id := view.finding.row.ID
			if len(changes.Rows) > 0 {
				id = changes.Rows[0].ID
			}
			for _, file := range files {
				if _, err := file.Put(ctx, p.store, tx, actor, attachment.Owner{Table: ownerTable(of), Row: ownerRow(id, column)}, view.Unit.Code, false); err != nil {
					return err
				}
			}
			return nil
		}})
}

// File gives out an attachment of a finding to whoever may see the row.
func (p *Pages) File(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	of, known := p.desk.Scope().Register(r.PathValue("register"))
	if !known {
		return shell.NotFound
	}
	file, err := p.store.Attachment(ctx, r.PathValue("file"))
	if err != nil {
		if !shell.MayStand(ctx, access.Fact) {
			return shell.NoRight
		}
		return found(err)
	}
	row, _, _ := strings.Cut(file.Owner.Row, "|")
	if file.Owner.Table != ownerTable(of) || row != r.PathValue("row") {
		return shell.NotFound
	}
	if !may(ctx, access.See, access.Fact, file.Unit) {
		return shell.NoRight
	}
	data, err := p.store.AttachmentData(ctx, file.ID)
	if err != nil {
		return err
	}
	return GiveOut(w, file.Name, file.Kind.MediaType(), data)
}
