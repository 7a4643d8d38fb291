package record

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// listView is what the list of the rows of a living register shows.
type listView struct {
	scene
	query registerpages.RowQuery
	form  shell.Form
	rows  []register.Row
	more  bool // there are rows after this page
}

// List shows the rows of a living register.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return err
	}
	view := listView{scene: s, query: registerpages.ReadQuery(r, s.register, address(s.register), firstColumns(s.register))}
	status := http.StatusOK
	if len(view.query.Faults) > 0 {
		view.form, status = shell.Form{Faults: view.query.Faults}, http.StatusUnprocessableEntity
	}
	query := view.query.Narrow(s.query())
	query.Limit, query.Offset = registerpages.PageRows+1, (view.query.Page-1)*registerpages.PageRows
	if view.rows, err = p.store.RegisterRows(ctx, s.register, query); err != nil {
		return err
	}
	if view.more = len(view.rows) > registerpages.PageRows; view.more {
		view.rows = view.rows[:registerpages.PageRows]
	}
	page := shell.Page{Title: s.register.Title.In(shell.From(ctx).Language), Word: "register", Trail: trail(ctx), Wide: true, Styles: []string{"register.css"},
		Source: shell.Text(ctx, "register.page.source")}
	return shell.Render(w, r, status, page, recordList(view))
}

// firstColumns are those that are shown when nobody chose: what numbers a row, its state, deadline, lead and owner.
func firstColumns(of *pack.Register) []*pack.Column {
	var first []*pack.Column
	for _, c := range of.Columns {
		kept := slices.Contains([]string{pack.ColumnState, pack.ColumnDue, pack.ColumnLead, pack.ColumnOwner}, c.Name)
		if c.Kept && kept || of.Serial != nil && of.Serial.Column == c.Name {
			first = append(first, c)
		}
	}
	return first
}

// headingOf is what a row is about: the cell of its heading column, else its key, else its number.
func headingOf(ctx context.Context, of *pack.Register, row register.Row) string {
	for _, name := range append([]string{of.Heading}, of.Key...) {
		for n, c := range of.Columns {
			if c.Name == name && !c.Personal && row.Cells[n].Known {
				return registerpages.CellText(ctx, row.Cells[n], c)
			}
		}
	}
	return row.ID
}

func listTable(ctx context.Context, view listView) shell.Table {
	language := shell.From(ctx).Language
	sort, order := view.query.Sorted(ctx, "unit")
	table := shell.Table{Caption: view.register.Title.In(language), Columns: []shell.Column{
		{Title: shell.Text(ctx, "record.list.heading")}, {Title: shell.Text(ctx, "register.page.unit"), Sort: sort, Order: order}},
		Count: shell.Text(ctx, "record.list.count", message.Args{"count": shell.Count(len(view.rows))})}
	for _, c := range view.query.Columns {
		column := shell.Column{Title: c.Title.In(language), Unit: registerpages.MeasureOf(ctx, c), Align: registerpages.AlignOf(c)}
		if registerpages.Sortable(c) {
			column.Sort, column.Order = view.query.Sorted(ctx, c.Name)
		}
		table.Columns = append(table.Columns, column)
	}
	for _, row := range view.rows {
		cells := []shell.Cell{{Text: headingOf(ctx, view.register, row), Address: shell.Here(ctx, address(view.register, "row", row.ID))},
			{Text: registerpages.UnitName(ctx, row.Unit), Note: registerpages.UnitNote(ctx, row.Unit)}}
		for _, c := range view.query.Columns {
			cells = append(cells, shell.Cell{Text: registerpages.CellText(ctx, row.Cells[slices.Index(view.register.Columns, c)], c)})
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}
