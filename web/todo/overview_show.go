package todo

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"jiaoheng/message"
	"jiaoheng/todo"
	"jiaoheng/web/shell"
)

// overviewUnits is how many units the overview names, those with the most late rows first.
const overviewUnits = 20

// overviewView is what the overview shows.
type overviewView struct {
	tabs      []shell.Tab
	open      int
	figures   []shell.Figure
	offices   shell.Table
	registers shell.Table
	units     shell.Table
}

// Overview shows whoever leads a region where work is late and where nothing moves.
func (p Pages) Overview(w http.ResponseWriter, r *http.Request) error {
	ctx, view := r.Context(), shell.From(r.Context())
	if !todo.MayOverview(view.Actor.Post) {
		return shell.NoRight
	}
	over, err := p.Desk.Over(ctx, view.Tree, view.Actor.Post)
	if err != nil {
		return err
	}
	rows := shell.Text(ctx, "todo.overview.rows")
	shown := overviewView{open: over.Open, figures: []shell.Figure{{Label: shell.Text(ctx, "todo.overview.open"), Value: shell.Count(over.Open), Unit: rows},
		{Label: shell.Text(ctx, "todo.overview.late"), Value: shell.Count(over.Late), Unit: rows}}}
	name := func(s todo.Standing) string { return unitName(ctx, s.Key) }
	shown.offices = standingTable(ctx, "offices", over.Offices, name)
	shown.registers = standingTable(ctx, "registers", over.Registers, func(s todo.Standing) string { return s.Register.Title.In(view.Language) })
	for n, s := range over.Registers {
		shown.registers.Rows[n][0].Address = "/record/" + s.Register.Name
	}
	shown.units = standingTable(ctx, "units", over.Units[:min(len(over.Units), overviewUnits)], name)
	for n := range shown.units.Rows {
		shown.units.Rows[n][0].Address = "/register?" + shell.UnitPart + "=" + url.QueryEscape(over.Units[n].Key)
	}
	if len(over.Units) > overviewUnits {
		shown.units.Count = shell.Text(ctx, "todo.overview.units_more", message.Args{"shown": overviewUnits, "count": shell.Count(len(over.Units))})
	}
	if shown.tabs, err = p.tabs(ctx, "todo.overview."); err != nil {
		return err
	}
	return shell.Render(w, r, http.StatusOK, frameOf(ctx, "todo.overview."), overviewShow(shown))
}

func unitName(ctx context.Context, code string) string {
	if u, known := shell.From(ctx).Tree.Find(code); known {
		return u.Name
	}
	return shell.Text(ctx, "todo.overview.no_lead")
}

func standingTable(ctx context.Context, word string, all []todo.Standing, name func(todo.Standing) string) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "todo.overview."+word) }
	table := shell.Table{Caption: head(word), Columns: []shell.Column{{Title: head("name")}, {Title: head("late"), Align: shell.Figures},
		{Title: head("open"), Align: shell.Figures}, {Title: head("moved")}}}
	for _, s := range all {
		late := shell.Cell{Text: "0"}
		if s.Late > 0 {
			late = shell.Cell{Body: shell.StatusWord(shell.Overdue, shell.Count(s.Late))}
		}
		moved := head("moved_today")
		if s.Idle > 0 {
			moved = shell.Text(ctx, "todo.overview.idle", message.Args{"days": strconv.Itoa(s.Idle)})
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: name(s)}, late, {Text: shell.Count(s.Open)}, {Text: moved, Note: shell.Date(ctx, s.Last)}})
	}
	return table
}
