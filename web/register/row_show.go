package register

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// FieldPrefix stands before the names of columns in forms.
const FieldPrefix = "c-"

// rowView is what the page of one row shows.
type rowView struct {
	scene
	row      register.Row
	form     shell.Form
	fresh    bool // a new row
	deleted  bool
	opened   bool // personal cells are shown
	conflict bool // somebody changed the row meanwhile; row is what stands now
	write    bool
	mayOpen  bool
	versions []rowVersion
	files    []columnFiles
	units    []shell.Option // of a new row
}

// rowVersion is one version of the history with what changed in it.
type rowVersion struct {
	register.Version
	who     string
	changes []cellChange
	current bool
}

type cellChange struct {
	column        *pack.Column
	before, after string
}

// openRow returns the row of the address, also one that was taken away, for somebody who may see it.
func (p *Pages) openRow(r *http.Request) (rowView, error) {
	ctx, of := r.Context(), r.PathValue("register")
	one, known := p.desk.Scope().Register(of)
	if !known || one.Living() {
		return rowView{}, shell.NotFound
	}
	if !shell.MayStand(ctx, access.Fact) {
		return rowView{}, shell.NoRight
	}
	id := r.PathValue("row")
	row, err := p.store.RegisterRow(ctx, one, id, true)
	deleted := errors.Is(err, register.ErrNotFound)
	if err != nil && !deleted {
		return rowView{}, err
	}
	history, err := p.store.RegisterHistory(ctx, one, id, true)
	if err != nil {
		return rowView{}, found(err)
	}
	if deleted {
		row = history[0].Row
	}
	if !may(ctx, access.See, access.Fact, row.Unit) || !p.single(ctx, one, row.Unit) {
		return rowView{}, shell.NoRight
	}
	if !row.Period.IsZero() {
		query := r.URL.Query()
		query.Set(shell.PeriodPart, row.Period.String())
		r.URL.RawQuery = query.Encode()
	}
	s, err := p.open(r)
	if err != nil {
		return rowView{}, err
	}
	view := rowView{scene: s, row: row, deleted: deleted, write: p.mayWrite(ctx, one, row.Unit), mayOpen: hasPersonal(one) && !deleted && may(ctx, access.Open, access.Personal, row.Unit)}
	view.versions = p.versions(ctx, one, history, deleted)
	if view.files, err = p.filesOf(ctx, one, id); err != nil {
		return view, err
	}
	return view, nil
}

// shown fills in the computed cells and hides the personal ones, unless they were opened.
func (p *Pages) shown(ctx context.Context, view *rowView) error {
	s := view.scene
	s.period = view.row.Period
	open := slices.Clone(view.row.Cells)
	rows, err := p.computed(ctx, s, []register.Row{view.row})
	if err != nil {
		return err
	}
	view.row = rows[0]
	view.row.Cells = slices.Clone(view.row.Cells)
	for n, c := range view.register.Columns {
		if view.opened && c.Personal && register.Stored(c) {
			view.row.Cells[n] = open[n]
		}
	}
	return nil
}

// versions tells what changed in each version, by the real cells; personal ones are shown masked.
func (p *Pages) versions(ctx context.Context, of *pack.Register, history []register.Version, deleted bool) []rowVersion {
	versions := make([]rowVersion, len(history))
	for i, one := range history {
		v := rowVersion{Version: one, who: p.nameOf(ctx, one.Person), current: i == 0 && !deleted}
		if v.who == "" {
			v.who = shell.Text(ctx, "register.page.program")
		}
		var before register.Row
		if i+1 < len(history) && !history[i+1].Deleted {
			before = history[i+1].Row
		}
		for n, c := range of.Columns {
			var old, now register.Cell
			if n < len(before.Cells) {
				old = before.Cells[n]
			}
			if n < len(one.Row.Cells) {
				now = one.Row.Cells[n]
			}
			if register.Stored(c) && old != now && !one.Deleted {
				v.changes = append(v.changes, cellChange{column: c, before: maskedText(ctx, old, c), after: maskedText(ctx, now, c)})
			}
		}
		versions[i] = v
	}
	return versions
}

func maskedText(ctx context.Context, cell register.Cell, c *pack.Column) string {
	if !cell.Known {
		return shell.Text(ctx, "register.page.unreported")
	}
	if c.Personal {
		return register.Masked(cell, c)
	}
	return CellText(ctx, cell, c)
}

// RowShow shows one row: a form for whoever may write it, and its history.
func (p *Pages) RowShow(w http.ResponseWriter, r *http.Request) error {
	if p.toRecord(w, r, "row", r.PathValue("row")) {
		return nil
	}
	view, err := p.openRow(r)
	if err != nil {
		return err
	}
	return p.rowPage(w, r, http.StatusOK, view)
}

func (p *Pages) rowPage(w http.ResponseWriter, r *http.Request, status int, view rowView) error {
	ctx := r.Context()
	if err := p.shown(ctx, &view); err != nil {
		return err
	}
	page := shell.Page{Title: UnitName(ctx, view.row.Unit), Lead: rowLead(ctx, view), Word: "register", Trail: trail(ctx, toRegister(ctx, view.register)),
		Styles: []string{"plan.css", "register.css"}, Source: shell.Text(ctx, "register.page.source")}
	if view.fresh {
		page.Title = shell.Text(ctx, "register.page.new_title", message.Args{"register": view.register.Title.In(shell.From(ctx).Language)})
		page.Lead = importLead(ctx, view.scene)
	}
	return shell.Render(w, r, status, page, rowPage(view))
}

// rowLead names the register, the period and the key of a row.
func rowLead(ctx context.Context, view rowView) string {
	parts := []string{view.register.Title.In(shell.From(ctx).Language)}
	if !view.row.Period.IsZero() {
		parts = append(parts, view.row.Period.Text(shell.From(ctx).Language))
	}
	for n, c := range view.register.Columns {
		if slices.Contains(view.register.Key, c.Name) {
			parts = append(parts, maskedLead(ctx, view, n, c))
		}
	}
	return strings.Join(parts, " · ")
}

func maskedLead(ctx context.Context, view rowView, n int, c *pack.Column) string {
	if view.opened || !c.Personal {
		return CellText(ctx, view.row.Cells[n], c)
	}
	return view.row.Cells[n].Text // masked by now
}

// RowOpen shows a row with its personal cells. The look is an action with a reason.
func (p *Pages) RowOpen(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openRow(r)
	if err != nil {
		return err
	}
	if !view.mayOpen {
		return shell.NoRight
	}
	reason := strings.TrimSpace(r.FormValue("reason"))
	err = action.Do(r.Context(), p.store, actorOf(r), action.Write{Name: "register.action.open", Operation: access.Open, Thing: thing(r.Context(), access.Personal, view.row.Unit), Reason: reason,
		Check: func(context.Context) error { return reasonGiven(reason) },
		Do:    func(context.Context, action.Tx) error { return nil }})
	if faults := fault.Of(err); faults != nil {
		view.form.Faults = faults
		return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	view.opened = true
	return p.rowPage(w, r, http.StatusOK, view)
}

func reasonGiven(reason string) error {
	if reason == "" {
		return fault.List{fault.At(fault.Place{Column: "reason"}, "register.page.reason_missing", nil)}
	}
	return nil
}

// fieldOf is the field of a column in the form of a row.
func fieldOf(ctx context.Context, view rowView, n int) shell.Field {
	c, cell := view.register.Columns[n], register.Cell{}
	if n < len(view.row.Cells) {
		cell = view.row.Cells[n]
	}
	f := FieldOf(ctx, c, cell, c.Personal && !view.opened)
	f.Required = f.Required || slices.Contains(view.register.Key, c.Name)
	f = f.From(ctx, view.form)
	if view.conflict && f.Value != register.CellText(cell, c, shell.From(ctx).Language) && !c.Personal && (f.Kind != "select" || f.Value != selectValue(cell, c)) {
		f.Help = shell.Text(ctx, "register.page.stands_now", message.Args{"value": maskedText(ctx, cell, c)})
	}
	return f
}

// editable are the numbers of the columns that the form of a row offers: not computed, not found by persons with an attachment, and
// of a row that stands not its key.
func editable(view rowView) []int {
	var numbers []int
	for n, c := range view.register.Columns {
		if register.Stored(c) && !c.Attach && (view.fresh || !slices.Contains(view.register.Key, c.Name)) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// rowFacts are the cells of a row that are not in its form.
func rowFacts(ctx context.Context, view rowView) []shell.Fact {
	offered := editable(view)
	var facts []shell.Fact
	for n, c := range view.register.Columns {
		if view.write && !view.deleted && slices.Contains(offered, n) || view.fresh {
			continue
		}
		fact := shell.Fact{Name: register.Heading(c, shell.From(ctx).Language), Text: shell.Text(ctx, "register.page.unreported")}
		if cell := view.row.Cells[n]; cell.Known {
			fact.Text = CellText(ctx, cell, c)
		} else if !register.Stored(c) {
			fact.Text = shell.Text(ctx, "register.page.uncomputed")
		}
		if c.Attach {
			fact.Body = findingFact(view, c, fact.Text)
		}
		facts = append(facts, fact)
	}
	return facts
}
