package record

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Limits of the form of a new row.
const (
	maxUnitOptions = 60   // units that a list to choose from holds; of more, one types the name
	maxUnitNames   = 1000 // names that are offered while one types
	maxFound       = 20   // units that are shown when a name fits several
)

// Names of the fields that are no columns.
const (
	unitField  = "of"
	leadField  = "lead"
	ownerField = "owner"
	filesField = "files"
	noteField  = "note"
)

// newView is what the form of a new row shows.
type newView struct {
	register *pack.Register
	part     record.Ref  // the row of which the new one is a part
	whole    string      // what that row is about
	unit     unit.Unit   // zero: to be chosen
	units    []unit.Unit // those of which rows may be made
	found    []unit.Unit // those that the typed name fits
	cells    []register.Cell
	form     shell.Form
	done     *doneRow // the row that was made before
	leads    []shell.Option
	owners   []shell.Option
}

// doneRow is the row that somebody has just made.
type doneRow struct {
	heading string
	serial  string
	address string
}

// New asks for a new row.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openNew(r)
	if err != nil {
		return err
	}
	if id := r.URL.Query().Get("done"); id != "" {
		view.done = p.doneRow(r.Context(), view.register, id)
	}
	return p.newPage(w, r, http.StatusOK, view)
}

// openNew reads of which register, unit and whole a new row is to be.
//
// Errors: shell.NotFound; the refusal of refuseNew for whoever may make none.
func (p *Pages) openNew(r *http.Request) (newView, error) {
	ctx := r.Context()
	of, known := p.records.Register(r.PathValue("register"))
	if !known {
		return newView{}, shell.NotFound
	}
	view := newView{register: of}
	tree, post := shell.From(ctx).Tree, shell.From(ctx).Actor.Post
	if tree == nil {
		return view, shell.NoRight
	}
	if part := r.URL.Query().Get("part"); part != "" {
		whole, err := p.wholeOf(ctx, of, part)
		if err != nil {
			return view, err
		}
		view.part, view.whole = record.Ref{Register: of.PartOf, Row: whole.ID}, record.HeadingOf(mustRegister(p.records, of.PartOf), whole)
		view.unit, _ = tree.Find(whole.Unit)
		view.units = []unit.Unit{view.unit}
		if !p.records.MayCreate(post, of, whole.Unit) {
			return view, refused{register: of}
		}
	} else {
		view.units = p.records.UnitsFor(post, of, "", tree.Len())
	}
	if len(view.units) == 0 {
		return view, refused{register: of}
	}
	if asked := r.URL.Query().Get(unitField); asked != "" || len(view.units) == 1 {
		at := slices.IndexFunc(view.units, func(u unit.Unit) bool { return u.Code == asked || len(view.units) == 1 })
		if at >= 0 {
			view.unit = view.units[at]
		}
	}
	return view, p.prefill(ctx, &view)
}

func mustRegister(d *record.Desk, name string) *pack.Register {
	r, _ := d.Register(name)
	return r
}

// wholeOf returns the row of which a part is to be made.
func (p *Pages) wholeOf(ctx context.Context, of *pack.Register, part string) (register.Row, error) {
	name, id, _ := strings.Cut(part, "/")
	whole, known := p.records.Register(of.PartOf)
	if !known || name != of.PartOf || id == "" {
		return register.Row{}, shell.NotFound
	}
	row, err := p.records.Find(ctx, whole, id)
	if err != nil {
		return row, absent(err)
	}
	if !p.records.MaySee(shell.From(ctx).Actor.Post, whole, row) {
		return row, refused{register: whole, sees: true}
	}
	return row, nil
}

func (p *Pages) doneRow(ctx context.Context, of *pack.Register, id string) *doneRow {
	row, err := p.records.Find(ctx, of, id)
	if err != nil || !p.records.MaySee(shell.From(ctx).Actor.Post, of, row) {
		return nil
	}
	return &doneRow{heading: record.HeadingOf(of, row), serial: serialOf(ctx, of, row), address: shell.Here(ctx, address(of, "row", row.ID))}
}

// serialOf is the number under which a row is known, "" when its register gives none.
func serialOf(ctx context.Context, of *pack.Register, row register.Row) string {
	if of.Serial == nil {
		return ""
	}
	for n, c := range of.Columns {
		if c.Name == of.Serial.Column {
			return registerpages.CellText(ctx, row.Cells[n], c)
		}
	}
	return ""
}

// askedLater tells whether an event gives a column its value, so that the form of a new row need not ask for it.
func askedLater(of *pack.Register, c *pack.Column) bool {
	return slices.ContainsFunc(of.Life.Events, func(e *lifecycle.Event) bool {
		return slices.Contains(e.Asks, c.Name) || slices.Contains(e.Takes, c.Name) ||
			slices.ContainsFunc(e.Set, func(s lifecycle.Set) bool { return s.Column == c.Name })
	})
}

// prefill reads what the form begins with.
func (p *Pages) prefill(ctx context.Context, view *newView) error {
	defaults, err := p.records.Defaults(ctx, view.register, view.unit.Code)
	if err != nil {
		return err
	}
	view.cells = make([]register.Cell, len(view.register.Columns))
	for n, c := range view.register.Columns {
		view.cells[n] = defaults[c.Name]
	}
	if names(view.register.Life, lifecycle.Lead) && !gives(view.register.Life, lifecycle.GivesLead) {
		view.leads = leadOptions(ctx, "")
	}
	if names(view.register.Life, lifecycle.Owner) && !gives(view.register.Life, lifecycle.GivesOwner) {
		view.owners, err = p.ownerOptions(ctx, "", view.unit.Code)
	}
	return err
}

// newColumns are the numbers of the columns of the form: those that must be filled, and the others.
func newColumns(of *pack.Register) (first, rest []int) {
	for n, c := range of.Columns {
		switch {
		case !of.Written(c):
		case c.Required || slices.Contains(of.Key, c.Name) || c.Name == of.Heading:
			first = append(first, n)
		case !askedLater(of, c):
			rest = append(rest, n)
		}
	}
	return first, rest
}

// newField is the field of a column in the form of a new row.
func newField(ctx context.Context, view newView, n int) shell.Field {
	c := view.register.Columns[n]
	f := registerpages.FieldOf(ctx, c, view.cells[n], false)
	f.Required = c.Required || slices.Contains(view.register.Key, c.Name)
	return shaped(ctx, c, f).From(ctx, view.form)
}

// shaped makes the field of a text that may be long an area, tells how long it may be, and asks to choose where there is a choice.
func shaped(ctx context.Context, c *pack.Column, f shell.Field) shell.Field {
	if len(f.Options) > 0 {
		f.Options = slices.Clone(f.Options)
		f.Options[0].Label = shell.Text(ctx, "record.row.choose")
	}
	if c.Type != pack.Line {
		return f
	}
	f.Limit = c.Length
	if c.Length > 100 || c.Length == 0 {
		f.Kind, f.Rows = "area", 2
	}
	return f
}

// gives tells whether an event of a lifecycle gives rows away, so that it need not be done when they are made.
func gives(m *lifecycle.Machine, gift lifecycle.Gift) bool {
	return slices.ContainsFunc(m.Events, func(e *lifecycle.Event) bool { return e.Gives == gift })
}

// restOpen tells whether the folded fields are shown: something was typed there or is wrong there.
func restOpen(view newView, rest []int) bool {
	return slices.ContainsFunc(rest, func(n int) bool {
		name := registerpages.FieldPrefix + view.register.Columns[n].Name
		return view.form.Values.Get(name) != "" || slices.ContainsFunc(view.form.Faults, func(one *fault.Fault) bool { return one.Place.Column == name })
	})
}

// unitOptions is the list of units to choose from.
func unitOptions(ctx context.Context, view newView) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "record.new.choose_unit")}}
	for _, u := range view.units {
		options = append(options, shell.Option{Value: u.Code, Label: unitLabel(ctx, u)})
	}
	return options
}

// unitLabel is the name of a unit; of a section with its stage.
func unitLabel(ctx context.Context, u unit.Unit) string {
	if u.Kind == unit.Section && len(u.Stages) == 1 {
		return u.Name + "（" + shell.Text(ctx, "unit.stage."+string(u.Stages[0])) + "）"
	}
	return u.Name
}

// newAction is where the form is sent.
func newAction(ctx context.Context, view newView) string {
	values := url.Values{}
	if view.part.Row != "" {
		values.Set("part", view.part.String())
	} else if view.unit.Code != "" {
		values.Set(unitField, view.unit.Code)
	}
	path := address(view.register, "new")
	if len(values) > 0 {
		path += "?" + values.Encode()
	}
	return shell.Here(ctx, path)
}

func (p *Pages) newPage(w http.ResponseWriter, r *http.Request, status int, view newView) error {
	ctx := r.Context()
	language := shell.From(ctx).Language
	back := []shell.Link{toList(ctx, view.register)}
	if view.part.Row != "" {
		whole := mustRegister(p.records, view.part.Register)
		back = []shell.Link{toList(ctx, whole), {Label: view.whole, Address: shell.Here(ctx, address(whole, "row", view.part.Row))}}
	}
	page := shell.Page{Title: shell.Text(ctx, "record.new.title", message.Args{"register": view.register.Title.In(language)}), Word: "register", Trail: trail(ctx, back...),
		Styles: []string{"record-row.css"}, Scripts: []string{"record-draft.js"}, Source: shell.Text(ctx, "record.row.source")}
	page.Lead = shell.Text(ctx, "record.new.lead", message.Args{"state": view.register.Life.States[0].Title.In(language)})
	return shell.Render(w, r, status, page, newPage(view))
}
