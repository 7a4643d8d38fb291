package record

import (
	"context"
	"net/http"

	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// countsView is what whoever may not see rows one by one sees of a register with personal columns.
type countsView struct {
	scene
	tally  tally
	places []site
}

// countsShow shows how many rows the units have in each state.
func (p *Pages) countsShow(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	view := countsView{scene: s}
	var err error
	if view.tally, view.places, err = p.placesOf(ctx, s); err != nil {
		return err
	}
	page := shell.Page{Title: s.register.Title.In(shell.From(ctx).Language), Lead: view.tally.lead(ctx), Word: "register", Trail: trail(ctx), Wide: true,
		Styles: []string{"register.css", "record.css"}, Source: shell.Text(ctx, "register.page.source"), Actions: publishAction(s)}
	return shell.Render(w, r, http.StatusOK, page, recordCounts(view))
}

func countsTable(ctx context.Context, view countsView) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: shell.Text(ctx, "record.counts.name"), Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.unit")}}}
	total := []shell.Cell{{Text: shell.Text(ctx, "register.page.total")}}
	figure := func(t tally, n int) string {
		if n < len(view.register.Life.States) {
			return shell.Count(t.states[view.register.Life.States[n].Name])
		}
		return shell.Count([]int{t.open, t.late, t.silent, t.all}[n-len(view.register.Life.States)])
	}
	for _, state := range view.register.Life.States {
		table.Columns = append(table.Columns, shell.Column{Title: state.Title.In(language), Align: shell.Figures})
	}
	for _, only := range []string{onlyOpen, onlyLate, onlySilent, onlyAll} {
		table.Columns = append(table.Columns, shell.Column{Title: shell.Text(ctx, "record.only."+only), Align: shell.Figures})
	}
	for n := range len(table.Columns) - 1 {
		total = append(total, shell.Cell{Text: figure(view.tally, n)})
	}
	for _, one := range view.places {
		cells := []shell.Cell{{Text: one.unit.Name, Note: registerpages.UnitNote(ctx, one.unit.Code), Address: shell.There(address(view.register), one.unit.Code, view.Period)}}
		for n := range len(table.Columns) - 1 {
			cells = append(cells, shell.Cell{Text: figure(one.count, n)})
		}
		table.Rows = append(table.Rows, cells)
	}
	table.Total = total
	return table
}
