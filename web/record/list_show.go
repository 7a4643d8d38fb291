package record

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Limits of a list of living rows.
const (
	countCap = 10_000                            // rows that can be paged through
	maxPages = countCap / registerpages.PageRows // pages that can be turned to
)

// listView is what the list of the rows of a living register shows.
type listView struct {
	scene
	query    listQuery
	form     shell.Form
	today    period.Date
	tally    tally
	rows     []register.Row
	silent   map[string]bool // ids of the rows that have not moved for long
	people   persons
	count    int
	capped   bool // there are more rows than count
	bulk     []*lifecycle.Event
	views    []savedView
	undo     url.Values // of a view that was just taken away
	create   bool
	mayShare bool // save views for everyone at the unit of the post
}

// List shows the rows of a living register.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return err
	}
	if s.counts {
		return p.countsShow(w, r, s)
	}
	view := listView{scene: s, query: readList(r, s.register), today: p.store.Today(), undo: r.URL.Query()}
	if view.views, err = p.viewsOf(ctx, s); err != nil {
		return err
	}
	if first := firstView(view.views); first != "" && listParts(r.URL.RawQuery) == "" {
		http.Redirect(w, r, viewAddress(ctx, s, first), http.StatusSeeOther)
		return nil
	}
	next, faults := p.askedOfList(r, view)
	if next != "" {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return nil
	}
	status := http.StatusOK
	if len(faults) > 0 {
		view.form, status = shell.Form{Values: r.URL.Query(), Faults: faults}, http.StatusUnprocessableEntity
	}
	if err := p.loadList(ctx, &view); err != nil {
		return err
	}
	return shell.Render(w, r, status, p.listPage(ctx, view), recordList(view))
}

// askedOfList returns where the forms of the list lead: those of every list, and that for the days of the deadline.
func (p *Pages) askedOfList(r *http.Request, view listView) (string, fault.List) {
	values := r.URL.Query()
	if !values.Has("due_from") && !values.Has("due_until") {
		next, faults := view.query.Asked(r)
		return next, faults
	}
	var more []registerpages.Condition
	var faults fault.List
	for _, one := range []struct{ field, test string }{{"due_from", "since"}, {"due_until", "until"}} {
		value := values.Get(one.field)
		if value == "" {
			continue
		}
		condition, err := registerpages.ReadCondition(view.register, pack.ColumnDue, one.test, value)
		if err != nil {
			err.Place.Column = one.field
			faults.Add(err)
			continue
		}
		more = append(more, condition)
	}
	if len(faults) > 0 {
		return "", faults
	}
	return view.query.With(r.Context(), more...), nil
}

func (p *Pages) listPage(ctx context.Context, view listView) shell.Page {
	return shell.Page{Title: view.register.Title.In(shell.From(ctx).Language), Lead: view.tally.lead(ctx), Word: "register", Trail: trail(ctx), Wide: true,
		Styles: []string{"register.css", "record.css"}, Scripts: []string{"record-list.js"}, Source: shell.Text(ctx, "register.page.source"), Actions: listActions(view)}
}

// loadList reads what the list shows.
func (p *Pages) loadList(ctx context.Context, view *listView) error {
	var err error
	if view.tally, err = p.tallyOf(ctx, view.scene); err != nil {
		return err
	}
	one, err := p.findPage(ctx, view, min(view.query.Page, maxPages))
	if last := registerpages.PagesOf(one.count); err == nil && view.query.Page > last { // rows went since the address was made
		one, err = p.findPage(ctx, view, last)
	}
	if err != nil {
		return err
	}
	view.rows, view.count, view.silent, view.capped = one.rows, one.count, one.silent, one.count > countCap
	if !view.query.Chosen() {
		view.query.Columns = slices.DeleteFunc(slices.Clone(view.query.Columns), func(c *pack.Column) bool { return view.unused(c) })
	}
	view.people = p.namesOf(ctx, view.register, view.rows)
	view.bulk, view.create = bulkEvents(ctx, view.scene), p.mayCreate(ctx, view.scene)
	post := shell.From(ctx).Actor.Post
	view.mayShare = post.Unit.Code != "" && access.May(post, access.Change, viewThing(post, true))
	return nil
}

// findPage reads one page of the list and turns the view to it.
func (p *Pages) findPage(ctx context.Context, view *listView, page int) (found, error) {
	view.query.Page = page
	want := view.query.wanted()
	want.limit, want.offset = registerpages.PageRows, (page-1)*registerpages.PageRows
	return p.find(ctx, view.scene, want)
}

// unused tells whether a column that nobody chose is empty in every row of the page: who leads, where nothing is led.
func (view *listView) unused(c *pack.Column) bool {
	if c.Name != pack.ColumnLead && c.Name != pack.ColumnOwner {
		return false
	}
	return !slices.ContainsFunc(view.rows, func(row register.Row) bool { return register.TextOf(view.register, row, c.Name) != "" })
}

// countText says how many rows the list holds.
func (view listView) countText(ctx context.Context) string {
	return shell.Text(ctx, "record.list.count", message.Args{"count": shell.Count(view.count)})
}

// waysOf are the ways in which the rows of a register are looked at.
func waysOf(ctx context.Context, s scene, current string) []shell.Tab {
	tabs := []shell.Tab{{Label: shell.Text(ctx, "record.way.list"), Address: shell.Here(ctx, address(s.register)), Current: current == "list"}}
	if !s.own && !s.counts { // the board shows rows one by one
		tabs = append(tabs, shell.Tab{Label: shell.Text(ctx, "record.way.board"), Address: shell.Here(ctx, address(s.register, "board")), Current: current == "board"})
	}
	if !s.own {
		tabs = append(tabs, shell.Tab{Label: shell.Text(ctx, "record.way.map"), Address: shell.Here(ctx, address(s.register, "map")), Current: current == "map"},
			shell.Tab{Label: shell.Text(ctx, "record.way.silent"), Address: shell.Here(ctx, address(s.register, "silent")), Current: current == "silent"})
	}
	return append(tabs, shell.Tab{Label: shell.Text(ctx, "record.way.rules"), Address: shell.Here(ctx, address(s.register, "rules")), Current: current == "rules"})
}

// onlyChips are the choices of onlyPart with their counts.
func onlyChips(ctx context.Context, view listView) []shell.Chip {
	counts := map[string]string{onlyOpen: shell.Count(view.tally.open), onlyLate: shell.Count(view.tally.late), onlyMine: shell.Count(view.tally.mine),
		onlySilent: shell.Count(view.tally.silent), onlyAll: shell.Count(view.tally.all)}
	var chips []shell.Chip
	for _, one := range onlys {
		chips = append(chips, shell.Chip{Label: shell.Text(ctx, "record.only."+one), Count: counts[one], Current: view.query.only == one,
			Address: view.query.Here(ctx, func(values url.Values) {
				values.Set(onlyPart, one)
				values.Del(registerpages.PagePart)
			})})
	}
	return chips
}

// filterText says behind the folded filters of a phone which rows are shown.
func filterText(ctx context.Context, view listView) string {
	shown := []string{shell.Text(ctx, "record.only."+view.query.only)}
	for _, chip := range view.query.Chips(ctx) {
		shown = append(shown, chip.Label)
	}
	return shell.Text(ctx, "record.list.fold", message.Args{"shown": strings.Join(shown, shell.Text(ctx, "record.words.and"))})
}

// stateChips are the states with their counts; each address shows the rows of one state, or all again.
func stateChips(ctx context.Context, view listView) []shell.Chip {
	var chips []shell.Chip
	for _, state := range view.register.Life.States {
		part := pack.ColumnState + ":is:" + state.Name
		chosen := view.query.Has(part)
		chips = append(chips, shell.Chip{Label: state.Title.In(shell.From(ctx).Language), Count: shell.Count(view.tally.states[state.Name]), Current: chosen,
			Address: view.query.Here(ctx, func(values url.Values) {
				values.Del(registerpages.PagePart)
				values.Del(onlyPart)
				registerpages.Without(values, pack.ColumnState)
				if !chosen {
					values.Add(registerpages.WherePart, part)
				}
			})})
	}
	return chips
}

// firstSteps are what somebody who may make rows does about a register without any.
func (view listView) firstSteps(ctx context.Context) []shell.Button {
	if !view.create {
		return []shell.Button{{Label: shell.Text(ctx, "record.way.rules"), Icon: "book-2", Address: shell.Here(ctx, address(view.register, "rules"))}}
	}
	return []shell.Button{{Label: shell.Text(ctx, "record.list.new"), Icon: "plus", Kind: "primary", Address: shell.Here(ctx, address(view.register, "new"))},
		{Label: shell.Text(ctx, "register.page.import"), Icon: "file-import", Address: shell.Here(ctx, "/register/"+url.PathEscape(view.register.Name)+"/import")}}
}

// mayCreate tells whether the present post may make rows of some unit below the standing one.
func (p *Pages) mayCreate(ctx context.Context, s scene) bool {
	view := shell.From(ctx)
	if !shell.May(ctx, access.Change, access.Record) {
		return false
	}
	below := view.Tree.Subtree(s.Number)
	for n := below.From; n < below.To; n++ {
		if p.records.MayCreate(view.Actor.Post, s.register, view.Tree.At(n).Code) {
			return true
		}
	}
	return false
}
