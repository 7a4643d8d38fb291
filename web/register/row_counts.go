package register

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// single tells whether the present post sees the rows of a unit one by one: above the school nobody does where a register has
// personal columns, save the posts that its declaration names.
func (p *Pages) single(ctx context.Context, of *pack.Register, code string) bool {
	return p.records.Single(shell.From(ctx).Actor.Post, of, code)
}

// SingleUnder tells whether the present post sees the rows of a unit, given by its number, and of all below it one by one.
func SingleUnder(ctx context.Context, records *record.Desk, of *pack.Register, number int) bool {
	view := shell.From(ctx)
	below := view.Tree.Subtree(number)
	for n := below.From; record.HasPersonal(of) && n < below.To; n++ {
		if u := view.Tree.At(n); register.Keeps(of, u) && !records.Single(view.Actor.Post, of, u.Code) {
			return false
		}
	}
	return true
}

// countsView is what is shown of rows that may not be seen one by one: how many each unit has.
type countsView struct {
	scene
	counted []counted
	total   int
}

type counted struct {
	code string
	register.Reports
}

// countsShow shows how many rows the units have.
func (p *Pages) countsShow(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	units, err := p.store.RegisterUnits(ctx, s.register, s.query())
	if err != nil {
		return err
	}
	view := countsView{scene: s}
	for _, code := range slices.Sorted(maps.Keys(units)) {
		view.counted = append(view.counted, counted{code, units[code]})
		view.total += units[code].Rows
	}
	page := shell.Page{Title: s.register.Title.In(shell.From(ctx).Language), Lead: reporters(ctx, s.register), Word: "register", Trail: trail(ctx), Wide: true,
		Styles: []string{"register.css"}, Source: shell.Text(ctx, "register.page.source")}
	return shell.Render(w, r, http.StatusOK, page, rowsCounts(view))
}

func countsTable(ctx context.Context, view countsView) shell.Table {
	table := shell.Table{Caption: view.register.Title.In(shell.From(ctx).Language),
		Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.unit")}, {Title: shell.Text(ctx, "register.page.counts_rows"), Align: shell.Figures},
			{Title: shell.Text(ctx, "register.page.counts_last"), Align: shell.Short}},
		Count: shell.Text(ctx, "register.page.counts_units", message.Args{"count": shell.Count(len(view.counted))})}
	for _, one := range view.counted {
		table.Rows = append(table.Rows, []shell.Cell{{Text: UnitName(ctx, one.code), Note: UnitNote(ctx, one.code)}, {Text: shell.Count(one.Rows)}, {Text: shell.Date(ctx, one.Last)}})
	}
	table.Total = []shell.Cell{{Text: shell.Text(ctx, "register.page.total")}, {Text: shell.Count(view.total)}, {}}
	return table
}
