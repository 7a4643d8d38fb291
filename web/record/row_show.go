package record

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/attachment"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Names of the forms of a row, as they stand before the names of their fields.
const (
	editForm    = "edit"
	commentForm = "comment"
	linkForm    = "link"
	lookForm    = "look"
	fileForm    = "file"
)

// rowView is what the page of one row shows.
type rowView struct {
	opened
	book     rulebook
	heading  string
	serial   string
	form     shell.Form // what was sent and is wrong
	sent     string     // the form that was sent; "" none
	done     string     // the form whose content was just stored
	stale    *record.Stale
	looked   bool // personal cells are open
	mayLook  bool
	mayWrite bool // comments, links and files

	path     []pathStep
	due      dueWords
	waits    []waiting
	options  []optionView
	editable []*pack.Column
	facts    []shell.Fact
	empty    []string // titles of columns without a value
	standing []shell.Fact
	parts    []partsView
	links    []linkView
	found    []record.Tie // rows that a typed text fits, to choose from
	files    []fileView
	letters  []letterView
	comments []entryView
	entries  []entryView
	cells    []cellHistory
}

// RowShow answers for one row what it is, where it stands, who must do what until when, and what the reader can do now.
func (p *Pages) RowShow(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	return p.rowPage(w, r, http.StatusOK, rowView{opened: o, done: r.URL.Query().Get("done")})
}

// rowPage fills a view in and shows it.
func (p *Pages) rowPage(w http.ResponseWriter, r *http.Request, status int, view rowView) error {
	ctx := r.Context()
	if err := p.load(ctx, &view); err != nil {
		return err
	}
	page := shell.Page{Title: view.heading, Lead: rowLead(ctx, view), Word: "register", Trail: trail(ctx, toList(ctx, view.register)), Styles: []string{"record-row.css"},
		Scripts: []string{"record-draft.js"}, Source: shell.Text(ctx, "record.row.source"),
		Actions: shell.Press(shell.Button{Label: shell.Text(ctx, "record.row.read_rules"), Icon: "list-details", Address: shell.Here(ctx, address(view.register, "rules"))})}
	return shell.Render(w, r, status, page, rowPage(view))
}

// rowLead names the register, the number and the unit of a row.
func rowLead(ctx context.Context, view rowView) string {
	parts := []string{view.register.Title.In(shell.From(ctx).Language)}
	if view.serial != "" {
		parts = append(parts, view.serial)
	}
	return strings.Join(append(parts, registerpages.UnitName(ctx, view.row.Unit)), " · ")
}

// load reads everything that the page shows.
func (p *Pages) load(ctx context.Context, view *rowView) error {
	of, id := view.register, view.row.ID
	root := shell.From(ctx).Tree.At(0)
	if u, known := shell.From(ctx).Tree.Find(view.row.Unit); known {
		root = u
	}
	view.book = p.book(ctx, of, root)
	view.heading, view.serial = record.HeadingOf(of, view.row), serialOf(ctx, of, view.row)
	thing := thingOf(ctx, of, view.row.Unit)
	thing.Class = access.Personal
	view.mayLook = record.HasPersonal(of) && access.May(view.post, access.Open, thing)
	entries, err := p.records.Timeline(ctx, of, id)
	if err != nil {
		return err
	}
	view.editable = p.records.MayEdit(view.post, of, view.row)
	if err := p.loadOptions(ctx, view); err != nil {
		return err
	}
	view.mayWrite = p.mayWrite(ctx, *view)
	if err := p.loadFacts(ctx, view); err != nil {
		return err
	}
	view.path = pathOf(*view, entries)
	if view.due, err = p.dueOf(ctx, *view); err != nil {
		return err
	}
	if view.waits, err = p.waitsOf(ctx, *view); err != nil {
		return err
	}
	view.standing = p.standingFacts(ctx, *view)
	if err := p.loadRelated(ctx, view); err != nil {
		return err
	}
	if err := p.loadFiles(ctx, view); err != nil {
		return err
	}
	p.loadEntries(ctx, view, entries)
	return nil
}

// mayWrite tells whether the post may comment on the row, tie it to others and hand in files.
func (p *Pages) mayWrite(ctx context.Context, view rowView) bool {
	thing := thingOf(ctx, view.register, view.row.Unit)
	thing.Lead, thing.Owner = register.TextOf(view.register, view.row, pack.ColumnLead), register.TextOf(view.register, view.row, pack.ColumnOwner)
	if register.TextOf(view.register, view.row, pack.ColumnMaker) == view.post.Person {
		thing.Owner = view.post.Person
	}
	return access.May(view.post, access.Change, thing) || access.May(view.post, access.Approve, thing)
}

// partsView are the sub-rows of a row in one register.
type partsView struct {
	register *pack.Register
	rows     []partRow
	more     bool
	create   string // address of the form of a new one; ""
}

type partRow struct {
	heading, serial, address string
	state                    *lifecycle.State
	due                      dueWords
}

// linkView is a row of another register to which this one is tied.
type linkView struct {
	record.Tie
	title   string // of its register
	address string
	state   *lifecycle.State
}

func (p *Pages) loadRelated(ctx context.Context, view *rowView) error {
	parts, err := p.records.Parts(ctx, view.register, view.row.ID)
	if err != nil {
		return err
	}
	for _, one := range parts {
		shown := partsView{register: one.Register, more: one.More}
		for _, row := range one.Rows {
			if !p.records.MaySee(view.post, one.Register, row) {
				continue
			}
			part := opened{register: one.Register, row: row, state: one.Register.Life.State(register.TextOf(one.Register, row, pack.ColumnState)), post: view.post}
			due, err := p.dueOf(ctx, rowView{opened: part})
			if err != nil {
				return err
			}
			shown.rows = append(shown.rows, partRow{heading: record.HeadingOf(one.Register, row), serial: serialOf(ctx, one.Register, row),
				address: rowAddress(ctx, one.Register, row.ID), state: part.state, due: due})
		}
		if !view.state.Final && p.records.MayCreate(view.post, one.Register, view.row.Unit) {
			shown.create = shell.Here(ctx, address(one.Register, "new")+"?part="+url.QueryEscape(record.Ref{Register: view.register.Name, Row: view.row.ID}.String()))
		}
		view.parts = append(view.parts, shown)
	}
	ties, err := p.records.Links(ctx, view.register, view.row.ID)
	if err != nil {
		return err
	}
	for _, tie := range ties {
		view.links = append(view.links, p.linkOf(ctx, view.post, tie))
	}
	return nil
}

// linkOf tells where a tie leads. A row that the post may not see is named by its register alone.
func (p *Pages) linkOf(ctx context.Context, post access.Post, tie record.Tie) linkView {
	link := linkView{Tie: tie}
	if tie.Other.Register == PlanEnd {
		link.title = shell.Text(ctx, "record.row.plan_end")
		if tie.Known && shell.May(ctx, access.See, access.Plan) {
			link.address = planAddress(tie.Other.Row)
		}
		return link
	}
	of, living := p.records.Register(tie.Other.Register)
	if !living {
		if plain, known := p.desk.Scope().Register(tie.Other.Register); known {
			link.title = plain.Title.In(shell.From(ctx).Language)
		}
		return link
	}
	link.title = of.Title.In(shell.From(ctx).Language)
	row, err := p.records.Find(ctx, of, tie.Other.Row)
	if err != nil || !p.records.MaySee(post, of, row) {
		link.Name = ""
		return link
	}
	link.address, link.state = rowAddress(ctx, of, row.ID), of.Life.State(tie.State)
	return link
}

// fileView is a file of the row.
type fileView struct {
	attachment.Attachment
	who     string
	address string
	small   string // address of a small picture; "" of what is no photo
	locked  bool   // the post may not open it
}

func (p *Pages) loadFiles(ctx context.Context, view *rowView) error {
	files, err := p.store.AttachmentsOf(ctx, record.FilesOf(view.register, view.row.ID))
	if err != nil {
		return err
	}
	for _, file := range files {
		one := fileView{Attachment: file, who: p.personName(ctx, file.Person), locked: !mayOpenFile(ctx, *view, file)}
		if !one.locked {
			one.address = rowAddress(ctx, view.register, view.row.ID, "file", file.ID)
			if file.Kind.IsPhoto() {
				one.small = rowAddress(ctx, view.register, view.row.ID, "file", file.ID, "small")
			}
		}
		view.files = append(view.files, one)
	}
	return nil
}

// mayOpenFile tells whether the post may open a file: a personal one takes the right to open personal data, or to have handed it in.
func mayOpenFile(ctx context.Context, view rowView, file attachment.Attachment) bool {
	if !file.Personal || file.Person == view.post.Person {
		return true
	}
	thing := thingOf(ctx, view.register, view.row.Unit)
	thing.Class = access.Personal
	return access.May(view.post, access.Open, thing)
}

// personName is the name of a person, the program where there is none.
func (p *Pages) personName(ctx context.Context, id string) string {
	if name := p.nameOf(ctx, id); name != "" {
		return name
	}
	return shell.Text(ctx, "record.row.program")
}

// names tells whether a lifecycle names people by a relation anywhere.
func names(m *lifecycle.Machine, relation lifecycle.Relation) bool {
	by := func(all []lifecycle.Who) bool {
		return slices.ContainsFunc(all, func(w lifecycle.Who) bool { return w.Relation == relation })
	}
	return slices.ContainsFunc(m.States, func(s *lifecycle.State) bool { return by(s.Waits) }) ||
		slices.ContainsFunc(m.Events, func(e *lifecycle.Event) bool { return by(e.By) })
}

// leadOptions are the offices and departments that may lead a row.
func leadOptions(ctx context.Context, chosen string) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "record.row.lead_none")}}
	tree := shell.From(ctx).Tree
	for n := range tree.Len() {
		if u := tree.At(n); isOffice(u) || u.Code == chosen {
			options = append(options, shell.Option{Value: u.Code, Label: u.Name})
		}
	}
	return options
}

// maxOwners is the most persons that a list to choose from holds.
const maxOwners = 200

// ownerOptions are the persons with a post today at the unit of the row, at its lead, or at the unit of whoever asks.
func (p *Pages) ownerOptions(ctx context.Context, lead string, units ...string) ([]shell.Option, error) {
	options := []shell.Option{{Label: shell.Text(ctx, "record.row.owner_none")}}
	today := p.store.Today().String()
	for _, code := range append([]string{lead, shell.From(ctx).Actor.Post.Unit.Code}, units...) {
		if code == "" {
			continue
		}
		posts, err := p.store.PostsAt(ctx, code)
		if err != nil {
			return nil, err
		}
		for _, post := range posts {
			if !post.On(today) || len(options) > maxOwners || slices.ContainsFunc(options, func(o shell.Option) bool { return o.Value == post.Person }) {
				continue
			}
			options = append(options, shell.Option{Value: post.Person, Label: shell.Text(ctx, "record.row.person_at", message.Args{"name": p.personName(ctx, post.Person), "post": p.postText(ctx, post)})})
		}
	}
	return options, nil
}

// postText is the role and unit of a post.
func (p *Pages) postText(ctx context.Context, post person.Post) string {
	role := post.Role.Text(shell.From(ctx).Language)
	if post.Unit == "" {
		return role
	}
	return registerpages.UnitName(ctx, post.Unit) + " " + role
}

// loadFacts reads the fields of the row: those with a value as facts, explained where people do not write them.
func (p *Pages) loadFacts(ctx context.Context, view *rowView) error {
	of, row := view.register, view.row
	computed, err := register.Computed(register.Ask{Scope: p.desk.Scope(), Tree: shell.From(ctx).Tree, Today: p.store.Today()}, of, row.Period, []register.Row{row})
	if err != nil {
		return err
	}
	shown := slices.Clone(computed[0].Cells)
	for n, c := range of.Columns {
		if view.looked && c.Personal {
			shown[n] = row.Cells[n]
		}
		if c.Kept || c.Name == of.Heading || of.Serial != nil && of.Serial.Column == c.Name {
			continue
		}
		if !shown[n].Known {
			view.empty = append(view.empty, c.Title.In(view.book.language))
			continue
		}
		view.facts = append(view.facts, shell.Fact{Name: c.Title.In(view.book.language), Text: valueText(ctx, c, shown[n]), Note: view.book.explained(c)})
	}
	return nil
}

// valueText is a cell with what it counts.
func valueText(ctx context.Context, c *pack.Column, cell register.Cell) string {
	value := registerpages.CellText(ctx, cell, c)
	if counts := registerpages.MeasureOf(ctx, c); counts != "" && cell.Text == "" {
		return value + " " + counts
	}
	return value
}

// explained tells how a column comes by its value where people do not write it.
func (b rulebook) explained(c *pack.Column) string {
	switch {
	case c.Formula != nil:
		return b.text("record.row.computed", message.Args{"formula": b.formula(c.Formula)})
	case c.Lookup != nil:
		return b.text("record.row.looked_up")
	case c.Counts != nil:
		title := c.Counts.Register
		if r, known := b.scope.Register(title); known {
			title = r.Title.In(b.language)
		}
		var same []string
		for _, name := range c.Counts.Same {
			if name == "unit" {
				same = append(same, b.text("record.mark.unit"))
			} else {
				same = append(same, b.column(name))
			}
		}
		months := b.text("record.row.always")
		if c.Counts.Months != nil {
			months = b.text("record.row.months", message.Args{"months": b.amount(c.Counts.Months)})
		}
		return b.text("record.row.counted", message.Args{"register": title, "same": strings.Join(same, b.text("record.words.and")), "months": months})
	}
	return ""
}
