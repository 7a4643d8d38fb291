package register

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// rowsView is what the list of rows shows.
type rowsView struct {
	scene
	query    RowQuery
	form     shell.Form
	count    int
	rows     []register.Row
	totals   map[string]float64
	summed   bool
	coverage coverage
	write    bool
}

// Rows shows the rows of a register for the standing unit and period.
func (p *Pages) Rows(w http.ResponseWriter, r *http.Request) error {
	if p.toRecord(w, r) {
		return nil
	}
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return err
	}
	if !SingleUnder(ctx, p.records, s.register, s.Number) {
		return p.countsShow(w, r, s)
	}
	view := rowsView{scene: s, query: ReadQuery(r, s.register, address(s.register), firstColumns(s.register)), write: p.mayWrite(ctx, s.register, s.Unit.Code)}
	status := http.StatusOK
	next, faults := view.query.Asked(r)
	if next != "" {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return nil
	}
	if len(faults) > 0 {
		view.form, status = shell.Form{Values: r.URL.Query(), Faults: faults}, http.StatusUnprocessableEntity
	}
	if err := p.load(ctx, &view); err != nil {
		return err
	}
	return shell.Render(w, r, status, p.rowsPage(ctx, view), rowsList(view))
}

func (p *Pages) rowsPage(ctx context.Context, view rowsView) shell.Page {
	language := shell.From(ctx).Language
	page := shell.Page{Title: view.register.Title.In(language), Lead: reporters(ctx, view.register), Word: "register", Trail: trail(ctx), Wide: true,
		Styles: []string{"register.css"}, Source: shell.Text(ctx, "register.page.source")}
	page.Actions = rowsActions(view)
	return page
}

// load reads the page of rows, their number and their totals.
func (p *Pages) load(ctx context.Context, view *rowsView) error {
	query := view.query.Narrow(view.scene.query())
	var err error
	if view.count, err = p.store.RegisterCount(ctx, view.register, query); err != nil {
		return err
	}
	view.query.Page = min(view.query.Page, PagesOf(view.count))
	query.Limit, query.Offset = PageRows, (view.query.Page-1)*PageRows
	if view.rows, err = p.page(ctx, view.scene, query); err != nil {
		return err
	}
	if view.summed = view.count <= sumRows; view.summed && view.count > 0 {
		if view.totals, err = p.store.RegisterTotals(ctx, view.register, query, addable(view.query.Columns)...); err != nil {
			return err
		}
	}
	view.coverage, err = p.cover(ctx, view.register, view.period, view.Number)
	return err
}

// page reads rows with their computed cells; personal ones are masked. Computed cells may rest on masked ones, so these
// are read open and hidden afterwards.
func (p *Pages) page(ctx context.Context, s scene, query register.Query) ([]register.Row, error) {
	query.Personal = true
	rows, err := p.store.RegisterRows(ctx, s.register, query)
	if err != nil {
		return nil, err
	}
	return p.computed(ctx, s, rows)
}

func (p *Pages) computed(ctx context.Context, s scene, rows []register.Row) ([]register.Row, error) {
	if slices.ContainsFunc(s.register.Columns, func(c *pack.Column) bool { return !register.Stored(c) }) {
		var err error
		if rows, err = register.Computed(p.ask(ctx), s.register, s.period, rows); err != nil {
			return nil, err
		}
	}
	for i := range rows {
		register.Mask(s.register, &rows[i])
	}
	return rows, nil
}

// addable are the columns whose cells add up to something.
func addable(columns []*pack.Column) []string {
	var names []string
	for _, c := range columns {
		if Sortable(c) && (c.Type == pack.Count || c.Type == pack.Money) {
			names = append(names, c.Name)
		}
	}
	return names
}

func rowsTable(ctx context.Context, view rowsView) shell.Table {
	language := shell.From(ctx).Language
	sort, order := view.query.Sorted(ctx, "unit")
	table := shell.Table{Caption: view.register.Title.In(language), Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.unit"), Sort: sort, Order: order}},
		Count: shell.Text(ctx, "register.page.count", message.Args{"count": shell.Count(view.count)}), Empty: rowsEmpty(view)}
	for _, c := range view.query.Columns {
		table.Columns = append(table.Columns, view.query.Head(ctx, c))
	}
	for _, row := range view.rows {
		cells := []shell.Cell{{Text: UnitName(ctx, row.Unit), Address: shell.Here(ctx, address(view.register, "row", row.ID)), Note: UnitNote(ctx, row.Unit)}}
		for _, c := range view.query.Columns {
			cell := row.Cells[slices.Index(view.register.Columns, c)]
			if !cell.Known {
				cells = append(cells, shell.Cell{Body: UnknownCell(c)})
				continue
			}
			if c.Type == pack.Line {
				cells = append(cells, shell.Cell{Body: WrittenCell(cell.Text)})
				continue
			}
			cells = append(cells, shell.Cell{Text: CellText(ctx, cell, c)})
		}
		table.Rows = append(table.Rows, cells)
	}
	if len(view.totals) > 0 {
		table.Total = totalRow(ctx, view)
	}
	return table
}

func totalRow(ctx context.Context, view rowsView) []shell.Cell {
	total := []shell.Cell{{Text: shell.Text(ctx, "register.page.total"), Note: coverageText(ctx, view.register, view.coverage)}}
	for _, c := range view.query.Columns {
		sum, known := view.totals[c.Name]
		if !known {
			total = append(total, shell.Cell{})
			continue
		}
		total = append(total, shell.Cell{Text: figure(sum, false)})
	}
	return total
}

// Chips are the filters that are on; each address takes one off.
func (q RowQuery) Chips(ctx context.Context) []shell.Chip {
	var chips []shell.Chip
	for _, one := range q.conditions {
		chips = append(chips, shell.Chip{Label: one.text(ctx), Current: true, Remove: true, Address: q.Here(ctx, func(values url.Values) {
			kept := slices.DeleteFunc(slices.Clone(values[WherePart]), func(part string) bool { return part == one.part() })
			values[WherePart] = kept
			values.Del(PagePart)
		})})
	}
	return chips
}

// filterColumns are the columns that the form for filters offers.
func filterColumns(ctx context.Context, of *pack.Register) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "register.page.choose_column")}}
	for _, c := range of.Columns {
		if Sortable(c) {
			options = append(options, shell.Option{Value: c.Name, Label: c.Title.In(shell.From(ctx).Language)})
		}
	}
	return options
}

func filterTests(ctx context.Context) []shell.Option {
	var options []shell.Option
	for _, test := range tests {
		options = append(options, shell.Option{Value: test, Label: shell.Text(ctx, "register.page.test."+test)})
	}
	return options
}

// KeptParts are the parts of the address that a form of the page carries on; without those that the form chooses.
func KeptParts(ctx context.Context, q RowQuery, without ...string) []shell.Option {
	values := q.Values()
	if standing := shell.From(ctx).Standing; standing != nil {
		values.Set(shell.UnitPart, standing.Unit.Code)
		values.Set(shell.PeriodPart, standing.Period.String())
	}
	values.Del(PagePart)
	for _, name := range without {
		values.Del(name)
	}
	var parts []shell.Option
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			parts = append(parts, shell.Option{Label: name, Value: value})
		}
	}
	return parts
}

// emptySteps are what somebody who may write does about a register without rows.
func emptySteps(ctx context.Context, view rowsView) []shell.Button {
	if !takesRows(view.register) {
		return []shell.Button{{Label: shell.Text(ctx, "register.page.findings"), Icon: "clipboard-check", Kind: "primary", Address: shell.Here(ctx, "/register/finding")}}
	}
	return []shell.Button{{Label: shell.Text(ctx, "register.page.template"), Icon: "download", Kind: "primary", Address: shell.Here(ctx, address(view.register, "template"))},
		{Label: shell.Text(ctx, "register.page.new"), Icon: "plus", Address: shell.Here(ctx, address(view.register, "new"))}}
}

// takesRows tells whether a register has columns that a form offers: not only findings, which have pages of their own.
func takesRows(of *pack.Register) bool {
	return slices.ContainsFunc(of.Columns, func(c *pack.Column) bool { return register.Stored(c) && !c.Attach })
}
