package light

import (
	"net/http"
	"slices"
	"strconv"

	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// Wall shows the wall chart: on the wall screen, or with paper= as it is printed.
func (p *Pages) Wall(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return err
	}
	by := r.URL.Query().Get("by")
	if !slices.Contains(wallGroupings, by) {
		by = wallGroupings[0]
	}
	chart := scene{standing: s, language: shell.From(ctx).Language}.matrix(by, func(number int) bool { return shell.MayLook(ctx, number) })
	chart.page = 1
	if asked, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil {
		chart.page = asked
	}
	if paper := r.URL.Query().Get("paper"); paper == "a3" || paper == "a4" {
		chart.paper = paper
		chart.cutForPaper()
		args := message.Args{"plan": chart.plan.Title, "day": chart.day}
		page := shell.Page{Title: wallTitle(ctx), Lead: chart.plan.Title, Word: "plan", Wide: true, Styles: []string{"wall.css"}, Source: shell.Text(ctx, "light.tree.source", args),
			Trail: []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}, {Label: chart.plan.Title, Address: planAddress(chart.plan.ID)}}}
		return shell.Render(w, r, http.StatusOK, page, wallPrint(chart))
	}
	chart.cutForScreen()
	page := shell.Page{Title: wallTitle(ctx), Word: "plan", Screen: true, Styles: []string{"wall.css"}, Scripts: []string{"wall.js"}}
	return shell.Render(w, r, http.StatusOK, page, wallPage(chart))
}

// cutForScreen leaves the rows and columns of one screen; screens go down the rows first, then to the next units.
func (w *wallView) cutForScreen() {
	down, across := max(1, (len(w.rows)+wallRows-1)/wallRows), max(1, (len(w.columns)+wallColumns-1)/wallColumns)
	w.pages = down * across
	w.page = min(max(w.page, 1), w.pages)
	if w.pages > 1 {
		w.next = w.address(w.by, w.page%w.pages+1)
	}
	row, column := (w.page-1)%down*wallRows, (w.page-1)/down*wallColumns
	w.rows = w.rows[row:min(row+wallRows, len(w.rows))]
	w.columns = w.columns[column:min(column+wallColumns, len(w.columns))]
}

// cutForPaper leaves the rows of one page.
func (w *wallView) cutForPaper() {
	rows := max(1, printCells/max(1, len(w.columns)))
	w.pages = max(1, (len(w.rows)+rows-1)/rows)
	w.page = min(max(w.page, 1), w.pages)
	from := (w.page - 1) * rows
	w.rows = w.rows[from:min(from+rows, len(w.rows))]
}
