package light

import (
	"net/url"
	"slices"
	"strconv"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// How much of the matrix stands on one screen, in one table on paper and on one page for paper.
const (
	wallRows    = 12
	wallColumns = 24
	paperColumn = 30
	printCells  = 20_000
)

// wallGroupings are what the rows of the wall chart can be.
var wallGroupings = []string{"target", "stage", "office"}

// wallColumn is a unit.
type wallColumn struct {
	at                   int // among the cells of a row
	number               int
	name, short, address string
	counts               target.Counts
}

// wallRow is a target, or the targets of a stage or of a lead together.
type wallRow struct {
	name, language, address string
	own                     target.Light // of the unit of the chart
	cells                   []target.Light
	counts                  target.Counts // of the cells of its targets
	targets                 []int
}

// count is how many cells of the row have a light; "" in a row without cells.
func (r wallRow) count(light target.Light) string {
	if r.counts.Targets() == 0 {
		return ""
	}
	return strconv.Itoa(r.counts[light])
}

// wallView is what the wall chart shows.
type wallView struct {
	plan        plan.Plan
	code        string // of the unit
	unit, day   string
	by, paper   string
	page, pages int
	next        string // address of the screen after this one, "" for a single one
	columns     []wallColumn
	rows        []wallRow
	counts, own target.Counts
}

func (w wallView) address(by string, page int) string {
	values := url.Values{"unit": {w.code}, "by": {by}}
	if page > 1 {
		values.Set("page", strconv.Itoa(page))
	}
	return planAddress(w.plan.ID) + "/wall?" + values.Encode()
}

func (w wallView) printAddress(paper string) string { return w.address(w.by, 1) + "&paper=" + paper }

// printPager leads through the pages for paper.
func (w wallView) printPager() shell.Pages {
	pages := shell.Pages{Page: w.page, Of: w.pages}
	if w.page > 1 {
		pages.Before = w.address(w.by, w.page-1) + "&paper=" + w.paper
	}
	if w.page < w.pages {
		pages.After = w.address(w.by, w.page+1) + "&paper=" + w.paper
	}
	return pages
}

// chunks are the columns in runs that fit on a sheet of paper.
func (w wallView) chunks() [][]wallColumn {
	if len(w.columns) == 0 {
		return [][]wallColumn{nil}
	}
	return slices.Collect(slices.Chunk(w.columns, paperColumn))
}

// matrix fills in the rows and columns of the chart and its counts, every cell of the plan below a unit.
func (s scene) matrix(by string, seen func(number int) bool) wallView {
	w := wallView{plan: s.plan.Plan, code: s.view.Tree.At(s.number).Code, unit: s.view.Tree.At(s.number).Name, by: by, day: s.view.Day.Text(s.language)}
	for _, n := range target.Below(s.view.Tree, w.code) {
		if seen(n) {
			u := s.view.Tree.At(n)
			w.columns = append(w.columns, wallColumn{at: len(w.columns), number: n, name: u.Name, short: short(u.Name, s.view.Tree.At(s.plan.HomeNumber()).Name), address: s.columnAddress(u)})
		}
	}
	w.columns = slices.DeleteFunc(w.columns, func(c wallColumn) bool { return s.plan.Counts(c.number, nil).Targets() == 0 })
	for n := range w.columns {
		w.columns[n].at = n
	}
	w.rows = s.wallRows(by)
	for r := range w.rows {
		row := &w.rows[r]
		row.cells = make([]target.Light, len(w.columns))
		for c := range w.columns {
			var cell target.Counts
			for _, t := range row.targets {
				light := s.plan.Light(t, w.columns[c].number)
				cell[light]++
				if light != target.NoTarget {
					row.counts[light]++
					w.columns[c].counts[light]++
					w.counts[light]++
				}
			}
			row.cells[c] = target.Together(cell, s.view.Rules).Light
		}
		var own target.Counts
		for _, t := range row.targets {
			own[s.plan.Light(t, s.number)]++
		}
		row.own = target.Together(own, s.view.Rules).Light
	}
	w.own = s.plan.Counts(s.number, nil)
	w.own[target.NoTarget] = 0
	return w
}

// columnAddress is the page behind the head of a column: a school, or the chart of the region.
func (s scene) columnAddress(u unit.Unit) string {
	if u.Kind == unit.School || u.Kind == unit.Kindergarten {
		return shell.UnitPage(u) + "?plan=" + url.QueryEscape(s.plan.Plan.ID)
	}
	return planAddress(s.plan.Plan.ID) + "/wall?unit=" + url.QueryEscape(u.Code)
}

// wallRows are the rows without their cells.
func (s scene) wallRows(by string) []wallRow {
	var rows []wallRow
	at := map[string]int{}
	add := func(key string, t int, row wallRow) {
		n, known := at[key]
		if !known {
			n = len(rows)
			at[key] = n
			rows = append(rows, row)
		}
		rows[n].targets = append(rows[n].targets, t)
	}
	id := s.plan.Plan.ID
	for t, one := range s.plan.Targets() {
		switch by {
		case "stage":
			add(string(one.Stage), t, wallRow{name: plan.StageName(s.language, one.Stage), address: planAddress(id) + "/tree?stage=" + url.QueryEscape(string(one.Stage))})
		case "office":
			lead := one.Lead
			if lead == "" {
				add("", t, wallRow{name: message.Text(s.language, "light.wall.no_lead", nil), address: planAddress(id) + "/tree"})
				continue
			}
			name, address := leadName(s.view.Tree, lead)
			add(lead, t, wallRow{name: name, language: "zh-CN", address: address})
		default:
			add(string(one.Track), t, wallRow{name: one.Name(), language: "zh-CN", address: shell.TargetAddress(id, one.Track, "")})
		}
	}
	return rows
}
