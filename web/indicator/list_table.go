package indicator

import (
	"context"
	"net/url"
	"strconv"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// listChips makes the filters. Each counts what it would show with the other filters as they are.
func listChips(ctx context.Context, packs []*pack.Pack, all []entry, view *listView) {
	asked := view.filter
	count := func(f filter) int {
		n := 0
		for _, e := range all {
			if f.finds(e) && f.shows(e) {
				n++
			}
		}
		return n
	}
	chip := func(label string, f filter, current bool) shell.Chip {
		return shell.Chip{Label: label, Count: shell.Count(count(f)), Address: f.address(ctx, 1), Current: current}
	}
	row := func(values []string, label func(string) string, at func(*filter) *string) []shell.Chip {
		var chips []shell.Chip
		for _, value := range append([]string{""}, values...) {
			f := asked
			*at(&f) = value
			current := *at(&asked) == value
			word := shell.Text(ctx, "indicator.all")
			if value != "" {
				word = label(value)
			}
			if one := chip(word, f, current); value == "" || current || one.Count != "0" {
				chips = append(chips, one)
			}
		}
		return chips
	}
	titles, names := map[string]string{}, []string{}
	for _, one := range packs {
		titles[one.Name] = one.Title.In(shell.From(ctx).Language)
		names = append(names, one.Name)
	}
	view.packs = row(names, func(name string) string { return titles[name] }, func(f *filter) *string { return &f.pack })
	var stages []string
	for _, stage := range unit.Stages() {
		stages = append(stages, string(stage))
	}
	view.stages = row(stages, func(name string) string { return stageText(ctx, unit.Stage(name)) }, func(f *filter) *string { return &f.stage })
	view.ways = row([]string{string(pack.Up), string(pack.Down), string(pack.Neutral)},
		func(name string) string { return shell.Text(ctx, "indicator.direction."+name) }, func(f *filter) *string { return &f.direction })
	view.states = row([]string{stateMet, stateUnmet, stateUnknown, stateNone, stateIdle},
		func(name string) string { return shell.Text(ctx, "indicator.state."+name) }, func(f *filter) *string { return &f.state })
}

// cut puts one page of the rows found into the table.
func (v *listView) cut(ctx context.Context, asked string, found []entry) {
	last := max(1, (len(found)+pageRows-1)/pageRows)
	number, err := strconv.Atoi(asked)
	if err != nil || number < 1 {
		number = 1
	}
	number = min(number, last)
	from := (number - 1) * pageRows
	to := min(from+pageRows, len(found))
	v.pages = shell.Pages{Page: number, Of: last}
	if number > 1 {
		v.pages.Before = v.filter.address(ctx, number-1)
	}
	if number < last {
		v.pages.After = v.filter.address(ctx, number+1)
	}
	v.table = listTable(ctx, found[from:to])
	v.table.Count = shell.Text(ctx, "indicator.list.count", message.Args{"shown": shell.Count(to - from), "count": shell.Count(len(found))})
	v.table.Empty = shell.EmptyState(shell.Empty{Icon: "search", Title: shell.Text(ctx, "indicator.list.none"), Text: shell.Text(ctx, "indicator.list.none_why"),
		Next: []shell.Button{{Label: shell.Text(ctx, "indicator.list.again"), Address: shell.Here(ctx, "/indicator")}}})
}

// showAddress is the page of an indicator for a stage, in the standing unit and period.
func showAddress(ctx context.Context, name string, stage unit.Stage) string {
	address := "/indicator/" + url.PathEscape(name)
	if stage != "" {
		address += "?stage=" + string(stage)
	}
	return shell.Here(ctx, address)
}

func listTable(ctx context.Context, rows []entry) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "indicator.column."+word) }
	table := shell.Table{Caption: shell.Text(ctx, "indicator.list.title"),
		Columns: []shell.Column{{Title: head("name")}, {Title: head("code"), Align: shell.Short}, {Title: head("stage"), Align: shell.Short},
			{Title: head("value"), Align: shell.Figures}, {Title: head("change"), Align: shell.Figures}, {Title: head("threshold"), Align: shell.Figures},
			{Title: head("state"), Align: shell.Short}, {Title: head("coverage"), Align: shell.Figures}, {Title: head("source")}}}
	language := shell.From(ctx).Language
	for _, e := range rows {
		i := e.indicator
		name := shell.Cell{Text: i.Title.In(language), Note: e.pack.Title.In(language), Address: showAddress(ctx, i.Name, e.stage)}
		cells := []shell.Cell{name, {Body: coded(i.Code)}, {Text: stageText(ctx, e.stage)}, {}, {}, {}, {Text: shell.Text(ctx, "indicator.state.idle")}, {}, {Body: cited(sourceText(i.Source))}}
		if e.speaks {
			value := shell.Cell{Body: valueLink(valueView{text: lineText(ctx, e.line, i.Decimals), measure: shell.MeasureText(shell.From(ctx).Language, i.Measure),
				why: lackText(ctx, e.outcome, e.line.Value), address: lineAddress(ctx, i.Name, e.stage, e.line.Unit), known: e.line.Value.Known(), small: true})}
			cells[3], cells[4] = value, shell.Cell{Text: e.changeText()}
			cells[5], cells[6] = shell.Cell{Text: thresholdText(ctx, e.line)}, verdictCell(ctx, e.line)
			cells[7] = shell.Cell{Text: coverageText(e.line.Coverage)}
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// changeText is the change on the year before; conditions have none.
func (e entry) changeText() string {
	if e.line.Logical {
		return ""
	}
	return changeText(e.line.Value, e.then, e.indicator.Decimals)
}

// lineAddress is the side panel that explains a figure.
func lineAddress(ctx context.Context, name string, stage unit.Stage, code string) string {
	query := url.Values{"name": {name}}
	if stage != "" {
		query.Set("stage", string(stage))
	}
	address := "/round/line?" + query.Encode()
	if standing := shell.From(ctx).Standing; standing != nil {
		return shell.There(address, code, standing.Period)
	}
	return address
}
