package register

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// maxUnits is the most units that the form of a new row offers.
const maxUnits = 1000

// readForm reads the fields of a row into it. All that is wrong is told at once.
func readForm(r *http.Request, view *rowView) fault.List {
	var faults fault.List
	view.row.Cells = slices.Clone(view.row.Cells)
	for _, n := range editable(*view) {
		c := view.register.Columns[n]
		cell, wrong := register.ReadCell(r.PostFormValue(FieldPrefix+c.Name), c)
		if wrong == nil && !cell.Known && (c.Required || slices.Contains(view.register.Key, c.Name)) {
			wrong = register.Unfilled(c)
		}
		if wrong != nil {
			faults.Add(FieldFault("", c, wrong))
			continue
		}
		view.row.Cells[n] = cell
	}
	return faults
}

// given tells which columns the form says something about.
func given(view rowView) []bool {
	given := make([]bool, len(view.register.Columns))
	for _, n := range editable(view) {
		given[n] = true
	}
	return given
}

// checks runs the checks of the register over a row.
func (p *Pages) checks(ctx context.Context, of *pack.Register, row register.Row) (fault.List, error) {
	check, err := register.Checker(p.ask(ctx), of, row.Period)
	if err != nil {
		return nil, err
	}
	var faults fault.List
	err = check([]register.Row{row}, func(_, number int) {
		if one := of.Checks[number]; !one.Warn {
			faults.Add(fault.New("register.check_failed", message.Args{"say": one.Say}))
		}
	})
	return faults, err
}

// RowSave stores the form of a row. Nothing typed is lost when something is wrong, also when somebody else changed the row meanwhile.
func (p *Pages) RowSave(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openRow(r)
	if err != nil {
		return err
	}
	if !view.write {
		return shell.NoRight
	}
	if view.deleted {
		return shell.NotFound
	}
	stands := view.row
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	faults := readForm(r, &view)
	ctx := r.Context()
	if len(faults) == 0 {
		if faults, err = p.checks(ctx, view.register, view.row); err != nil {
			return err
		}
	}
	if len(faults) == 0 {
		row := view.row
		row.Version, row.Origin = max(version, 1), p.formOrigin(ctx)
		faults, err = p.upsert(ctx, actorOf(r), "register.action.edit", "", view.register, register.Batch{Rows: []register.Row{row}, Given: given(view)})
		if err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		view.row, view.form = stands, shell.Form{Values: r.PostForm, Faults: faults}
		view.conflict = version != stands.Version
		return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
	}
	shell.Redirect(w, r, shell.Here(ctx, address(view.register, "row", view.row.ID)), "register.page.saved", nil)
	return nil
}

func (p *Pages) formOrigin(ctx context.Context) register.Origin {
	view := shell.From(ctx)
	return register.Origin{Kind: "form", Person: view.Actor.Post.Person, At: view.Now}
}

// upsert stores one row as one action. A batch that asks for a new row is refused when there is one.
func (p *Pages) upsert(ctx context.Context, actor action.Actor, name, reason string, of *pack.Register, batch register.Batch) (fault.List, error) {
	row := batch.Rows[0]
	err := action.Do(ctx, p.store, actor, action.Write{Name: name, Thing: thing(ctx, access.Fact, row.Unit), Reason: reason, Do: func(ctx context.Context, _ action.Tx) error {
		changes, err := p.store.RegisterUpsert(ctx, of, batch)
		if err == nil && row.Version == 0 && changes.Inserted == 0 {
			return fault.List{fault.New("register.page.row_there", nil)}
		}
		return err
	}})
	if faults := fault.Of(err); faults != nil {
		for _, one := range faults {
			one.Place.Row = 0
		}
		return faults, nil
	}
	return nil, err
}

// New asks for a new row.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	if p.toRecord(w, r, "new") {
		return nil
	}
	view, err := p.openNew(r)
	if err != nil {
		return err
	}
	view.form.Values = r.URL.Query()
	return p.rowPage(w, r, http.StatusOK, view)
}

func (p *Pages) openNew(r *http.Request) (rowView, error) {
	s, err := p.openImport(r)
	if err != nil {
		return rowView{}, err
	}
	ctx := r.Context()
	view := rowView{scene: s, fresh: true, write: true, row: register.Row{Unit: s.Unit.Code, Period: s.period, Cells: make([]register.Cell, len(s.register.Columns))}}
	codes := p.writable(ctx, s)
	if len(codes) == 0 || !takesRows(s.register) || s.register.Living() {
		return view, shell.NotFound
	}
	for _, code := range codes[:min(len(codes), maxUnits)] {
		view.units = append(view.units, shell.Option{Value: code, Label: UnitName(ctx, code) + "（" + UnitNote(ctx, code) + "）"})
	}
	return view, nil
}

// Create stores a new row.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openNew(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	faults := readForm(r, &view)
	code := r.PostFormValue("of")
	if !slices.Contains(p.writable(ctx, view.scene), code) {
		faults.Add(fault.At(fault.Place{Column: "of"}, "register.page.unit_unfit", nil))
	}
	if in := view.period; !in.IsZero() && p.store.Today().Before(in.From()) {
		faults.Add(fault.New("register.period_future", message.Args{"period": in, "begins": in.From()}))
	}
	view.row.Unit = code
	if len(faults) == 0 {
		if faults, err = p.checks(ctx, view.register, view.row); err != nil {
			return err
		}
	}
	if len(faults) == 0 {
		row := view.row
		row.Origin = p.formOrigin(ctx)
		faults, err = p.upsert(ctx, actorOf(r), "register.action.create", "", view.register, register.Batch{Rows: []register.Row{row}, Given: given(view)})
		if err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		view.form = shell.Form{Values: r.PostForm, Faults: faults}
		view.row.Unit = view.Unit.Code
		return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
	}
	shell.Redirect(w, r, shell.Here(ctx, address(view.register)), "register.page.created", message.Args{"unit": UnitName(ctx, code)})
	return nil
}

// RowDelete takes a row away. What it held stays in its history.
func (p *Pages) RowDelete(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openRow(r)
	if err != nil {
		return err
	}
	if !view.write {
		return shell.NoRight
	}
	if view.deleted {
		return shell.NotFound
	}
	ctx, reason := r.Context(), strings.TrimSpace(r.PostFormValue("reason"))
	err = action.Do(ctx, p.store, actorOf(r), action.Write{Name: "register.action.delete", Thing: thing(ctx, access.Fact, view.row.Unit), Reason: reason,
		Check: func(context.Context) error { return reasonGiven(reason) },
		Do: func(ctx context.Context, _ action.Tx) error {
			return p.store.RegisterDelete(ctx, view.register, view.row.ID)
		}})
	if faults := fault.Of(err); faults != nil {
		view.form = shell.Form{Faults: faults}
		return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, shell.Here(ctx, address(view.register, "row", view.row.ID)), "register.page.deleted", nil)
	return nil
}

// RowRestore makes an older version the present one again; it becomes a new version.
func (p *Pages) RowRestore(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openRow(r)
	if err != nil {
		return err
	}
	if !view.write {
		return shell.NoRight
	}
	ctx, reason := r.Context(), strings.TrimSpace(r.PostFormValue("reason"))
	faults := fault.Of(reasonGiven(reason))
	at := slices.IndexFunc(view.versions, func(v rowVersion) bool {
		return strconv.FormatInt(v.Row.Version, 10) == r.PostFormValue("version") && (!v.Deleted || view.deleted)
	})
	if at < 0 {
		return shell.NotFound
	}
	if len(faults) == 0 {
		row := view.versions[at].Row
		row.ID, row.Origin, row.Version = view.row.ID, p.formOrigin(ctx), view.row.Version
		if view.deleted {
			row.Version = 0
		}
		if faults, err = p.upsert(ctx, actorOf(r), "register.action.restore", reason, view.register, register.Batch{Rows: []register.Row{row}}); err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		view.form = shell.Form{Faults: faults}
		return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
	}
	shell.Redirect(w, r, shell.Here(ctx, address(view.register, "row", view.row.ID)), "register.page.restored", nil)
	return nil
}

// rowAction is where the form of a row is sent.
func rowAction(ctx context.Context, view rowView) string {
	if view.fresh {
		return shell.Here(ctx, address(view.register, "new"))
	}
	return shell.Here(ctx, address(view.register, "row", view.row.ID))
}
