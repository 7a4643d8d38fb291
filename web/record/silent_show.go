package record

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// still is a unit with open rows that have not moved for longer than their states allow.
type still struct {
	unit  unit.Unit
	count unitTally
}

// silentView is what the page shows that names the units that do not move.
type silentView struct {
	scene
	today  period.Date
	tally  tally
	units  []still
	others int // units with open rows that all move
}

// Silent names the units whose open rows have not moved for long, those with the longest silence first.
func (p *Pages) Silent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openWide(r)
	if err != nil {
		return err
	}
	counts, err := p.countUnits(ctx, s)
	if err != nil {
		return err
	}
	view := silentView{scene: s, today: p.store.Today()}
	tree, below := shell.From(ctx).Tree, shell.From(ctx).Tree.Subtree(s.Number)
	for n := below.From; n < below.To; n++ {
		one := still{unit: tree.At(n), count: counts[tree.At(n).Code]}
		view.tally.add(one.count.tally)
		switch {
		case one.count.silent > 0:
			view.units = append(view.units, one)
		case one.count.open > 0:
			view.others++
		}
	}
	slices.SortStableFunc(view.units, func(a, b still) int {
		return cmp.Or(cmp.Compare(a.count.oldest.String(), b.count.oldest.String()), cmp.Compare(b.count.silent, a.count.silent))
	})
	page := shell.Page{Title: shell.Text(ctx, "record.silent.title", message.Args{"register": s.register.Title.In(shell.From(ctx).Language)}), Lead: view.tally.lead(ctx),
		Word: "register", Trail: trail(ctx, toList(ctx, s.register)), Styles: []string{"register.css", "record.css"}, Source: shell.Text(ctx, "register.page.source")}
	return shell.Render(w, r, http.StatusOK, page, recordSilent(view))
}

func silentTable(ctx context.Context, view silentView) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "record.silent.name"), Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.unit")},
		{Title: shell.Text(ctx, "record.only.open"), Align: shell.Figures}, {Title: shell.Text(ctx, "record.only.silent"), Align: shell.Figures},
		{Title: shell.Text(ctx, "record.silent.oldest")}, {Title: shell.Text(ctx, "record.silent.last")}},
		Count: shell.Text(ctx, "record.silent.count", message.Args{"count": shell.Count(len(view.units)), "others": shell.Count(view.others)})}
	language := shell.From(ctx).Language
	for _, one := range view.units {
		table.Rows = append(table.Rows, []shell.Cell{
			{Text: one.unit.Name, Note: registerpages.UnitNote(ctx, one.unit.Code), Address: shell.There(address(view.register)+"?"+onlyPart+"="+onlySilent, one.unit.Code, view.Period)},
			{Text: shell.Count(one.count.open)}, {Text: shell.Count(one.count.silent)},
			{Text: shell.Text(ctx, "record.silent.days", message.Args{"days": shell.Count(period.Calendar{}.Between(one.count.oldest, view.today, period.CalendarDays))}), Note: one.count.oldest.Text(language)},
			{Text: one.count.last.Text(language)},
		})
	}
	return table
}

// silentRule says after how many days rows of which states count as still.
func silentRule(ctx context.Context, of *pack.Register) string {
	var states []string
	for _, state := range of.Life.States {
		if state.Silent > 0 {
			states = append(states, shell.Text(ctx, "record.silent.rule_state", message.Args{"state": state.Title, "days": shell.Count(state.Silent)}))
		}
	}
	if len(states) == 0 {
		return shell.Text(ctx, "record.silent.no_rule")
	}
	return shell.Text(ctx, "record.silent.rule", message.Args{"states": strings.Join(states, shell.Text(ctx, "register.page.and"))})
}
