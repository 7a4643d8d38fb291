package indicator

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// pivotView is what the page of the pivot shows.
type pivotView struct {
	*pivot
	packs   []choiceGroup
	times   []shell.Option
	levels  []shell.Option
	table   shell.Table
	files   []shell.Button
	nothing shell.Empty
}

// choiceGroup is the indicators of one pack that can be chosen.
type choiceGroup struct {
	title   string
	chosen  int
	options []choice
}

// choice is one indicator that can be chosen.
type choice struct{ name, code, title string }

// Pivot shows several indicators in several periods for the units below the standing one.
func (p *Pages) Pivot(w http.ResponseWriter, r *http.Request) error {
	ctx, query := r.Context(), r.URL.Query()
	v, err := p.pivotFor(r)
	if err != nil {
		return err
	}
	if form := query.Get("as"); form != "" {
		return send(w, r, form, v.sheet(ctx))
	}
	view := pivotView{pivot: v, packs: p.choices(ctx, v.names), levels: v.levelOptions(ctx),
		nothing: shell.Empty{Icon: "table", Title: shell.Text(ctx, "indicator.pivot.empty"), Text: shell.Text(ctx, "indicator.pivot.empty_why")}}
	if view.times, err = p.times(ctx, v); err != nil {
		return err
	}
	if len(v.columns) > 0 {
		view.table = v.table(ctx)
		view.files = fileButtons(ctx, v.address())
	} else if len(v.names) > 0 {
		view.nothing.Title, view.nothing.Text = shell.Text(ctx, "indicator.show.nothing"), shell.Text(ctx, "indicator.pivot.nothing_why")
	}
	page := shell.Page{Title: shell.Text(ctx, "indicator.pivot.open"), Lead: shell.Text(ctx, "indicator.pivot.lead"), Word: "indicator", Wide: true, Styles: []string{"indicator.css"},
		Trail: []shell.Link{{Label: shell.Text(ctx, "indicator.list.title"), Address: shell.Here(ctx, "/indicator")}}, Source: shell.Text(ctx, "indicator.source")}
	return shell.Render(w, r, http.StatusOK, page, pivotPage(view))
}

func (p *Pages) pivotFor(r *http.Request) (*pivot, error) {
	standing, err := p.stand(r, period.SchoolYear)
	if err != nil {
		return nil, err
	}
	ask, err := p.pivotAskOf(r.URL.Query(), standing)
	if err != nil {
		return nil, err
	}
	return p.pivotOf(r.Context(), standing, ask)
}

// choices are all indicators by pack.
func (p *Pages) choices(ctx context.Context, chosen []string) []choiceGroup {
	language := shell.From(ctx).Language
	var groups []choiceGroup
	for _, one := range p.desk.Scope().Packs {
		group := choiceGroup{title: one.Title.In(language)}
		for _, i := range one.Indicators {
			option := choice{name: i.Name, code: i.Code, title: i.Title.In(language)}
			if slices.Contains(chosen, i.Name) {
				group.chosen++
			}
			group.options = append(group.options, option)
		}
		if len(group.options) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// timeKinds are the kinds of periods that can be chosen, in this order.
var timeKinds = []period.Kind{period.SchoolYear, period.Year, period.Term, period.Month}

// times are the periods that can be chosen: school years, years, terms and months of which there are facts.
func (p *Pages) times(ctx context.Context, v *pivot) ([]shell.Option, error) {
	all := slices.Clone(v.periods)
	for _, kind := range timeKinds {
		some, err := p.desk.Periods(ctx, kind)
		if err != nil {
			return nil, err
		}
		for _, one := range some {
			if !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b period.Period) int {
		if rank := slices.Index(timeKinds, a.Kind) - slices.Index(timeKinds, b.Kind); rank != 0 {
			return rank
		}
		return strings.Compare(b.String(), a.String())
	})
	options := make([]shell.Option, len(all))
	for k, one := range all {
		options[k] = shell.Option{Value: one.String(), Label: one.Text(shell.From(ctx).Language)}
	}
	return options, nil
}

func (v *pivot) levelOptions(ctx context.Context) []shell.Option {
	options := []shell.Option{{Value: "", Label: shell.Text(ctx, "indicator.level.next")}}
	for _, kind := range []unit.Kind{unit.City, unit.County, unit.Township, unit.School} {
		options = append(options, shell.Option{Value: string(kind), Label: shell.Text(ctx, "indicator.level."+string(kind))})
	}
	return options
}

// holds tells whether a period is among those that are shown.
func (v *pivot) holds(text string) bool {
	return slices.ContainsFunc(v.periods, func(p period.Period) bool { return p.String() == text })
}

// address is that of the pivot.
func (v *pivot) address() string {
	query := url.Values{"name": v.names}
	for _, one := range v.periods {
		query.Add("at", one.String())
	}
	if v.level != "" {
		query.Set("level", v.level)
	}
	return shell.There("/indicator/pivot?"+query.Encode(), v.standing.Unit.Code, v.standing.Period)
}

func (v *pivot) table(ctx context.Context) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: shell.Text(ctx, "indicator.pivot.open"), Columns: []shell.Column{{Title: shell.Text(ctx, "indicator.column.unit")}},
		Count: shell.Text(ctx, "indicator.show.count", message.Args{"count": shell.Count(len(v.rows))})}
	for place := range v.total.figures {
		column, at := v.column(place)
		table.Columns = append(table.Columns, shell.Column{Title: column.title, Unit: strings.TrimSpace(at.Text(language) + " " + shell.MeasureText(shell.From(ctx).Language, column.indicator.Measure)), Align: shell.Figures})
	}
	for _, row := range v.rows {
		table.Rows = append(table.Rows, v.cells(ctx, row))
	}
	table.Total = v.cells(ctx, v.total)
	return table
}

func (v *pivot) cells(ctx context.Context, row pivotRow) []shell.Cell {
	cells := make([]shell.Cell, 1, len(row.figures)+1)
	cells[0].Text = row.name
	for place, figure := range row.figures {
		column, _ := v.column(place)
		cell := shell.Cell{}
		if figure.Speaks {
			cell.Text = valueText(ctx, figure.Value, column.logical, column.indicator.Decimals)
		}
		cells = append(cells, cell)
	}
	return cells
}

// sheet is the pivot as a file.
func (v *pivot) sheet(ctx context.Context) xlsx.FigureTable {
	title := shell.Text(ctx, "indicator.pivot.open")
	table := xlsx.FigureTable{Name: title, Title: title, About: aboutText(ctx, v.standing), Note: shell.Text(ctx, "indicator.source"), Language: shell.From(ctx).Language,
		Columns: []xlsx.FigureColumn{{Head: shell.Text(ctx, "indicator.column.unit"), Width: 32}}}
	for place := range v.total.figures {
		column, at := v.column(place)
		head := strings.TrimSpace(column.title + " " + at.Text(table.Language) + " " + shell.MeasureText(shell.From(ctx).Language, column.indicator.Measure))
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: head, Width: float64(min(24, max(12, utf8.RuneCountInString(head)/2)))})
	}
	rows := v.rows
	if len(v.columns) > 0 {
		rows = append(rows[:len(rows):len(rows)], v.total)
	}
	for _, row := range rows {
		cells := []xlsx.FigureCell{textCell(row.name)}
		for place, figure := range row.figures {
			column, _ := v.column(place)
			cell := xlsx.FigureCell{}
			if figure.Speaks {
				cell = figureCell(ctx, figure.Value, column.logical, column.indicator.Decimals)
			}
			cells = append(cells, cell)
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// PivotJSON answers with a pivot for programs: the values of each row stand indicator by indicator, within each period by
// period; null where there is none.
func (p *Pages) PivotJSON(w http.ResponseWriter, r *http.Request) error {
	v, err := p.pivotFor(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(v.json())
	return err
}

func (v *pivot) json() []byte {
	out := make([]byte, 0, 1024+(len(v.rows)+1)*(len(v.total.figures)*20+80))
	out = append(out, `{"unit":`...)
	out = quoted(out, v.standing.Unit.Code)
	out = append(out, `,"periods":[`...)
	for k, one := range v.periods {
		out = quoted(comma(out, k), one.String())
	}
	out = append(out, `],"columns":[`...)
	for k, column := range v.columns {
		out = append(comma(out, k), `{"name":`...)
		out = quoted(out, column.indicator.Name)
		out = append(out, `,"stage":`...)
		out = quoted(out, string(column.stage))
		out = append(out, `,"title":`...)
		out = append(quoted(out, column.title), '}')
	}
	out = append(out, `],"rows":[`...)
	for k, row := range v.rows {
		out = rowJSON(comma(out, k), row)
	}
	out = append(out, ']')
	if len(v.columns) > 0 {
		out = rowJSON(append(out, `,"total":`...), v.total)
	}
	return append(out, '}', '\n')
}

func rowJSON(out []byte, row pivotRow) []byte {
	out = quoted(append(out, `{"unit":`...), row.code)
	out = quoted(append(out, `,"name":`...), row.name)
	out = append(out, `,"values":[`...)
	for k, figure := range row.figures {
		out = comma(out, k)
		if n, known := figure.Value.Number(); known && figure.Speaks {
			out = strconv.AppendFloat(out, n, 'g', -1, 64)
		} else {
			out = append(out, "null"...)
		}
	}
	return append(out, ']', '}')
}

func comma(out []byte, k int) []byte {
	if k > 0 {
		return append(out, ',')
	}
	return out
}
