package draw

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/draw/ceremony"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// pageSize is how many draws one page of the list shows.
const pageSize = 50

type listView struct {
	any    bool
	runs   bool // the present post may prepare a draw
	text   string
	kind   string
	state  string
	kinds  []shell.Chip
	states []shell.Chip
	table  shell.Table
	pages  shell.Pages
}

// List shows the draws that the present post may see, with what is to be done next.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx, query := r.Context(), r.URL.Query()
	if !MaySee(ctx) {
		return shell.NoRight
	}
	v := listView{text: strings.TrimSpace(query.Get("text")), kind: query.Get("kind"), state: query.Get("state"), runs: len(kindsOf(ctx)) > 0}
	all, err := p.desk.List(ctx, actorOf(ctx), ceremony.Query{})
	if err != nil {
		return err
	}
	v.any = len(all) > 0
	v.chips(ctx, all)
	all = slices.DeleteFunc(all, func(d ceremony.Draw) bool {
		return v.kind != "" && d.Kind != v.kind || v.state != "" && string(d.State) != v.state ||
			v.text != "" && !strings.Contains(strings.ToLower(d.Title), strings.ToLower(v.text))
	})
	v.pages = shell.PagesOf(r, len(all), pageSize)
	start := (v.pages.Page - 1) * pageSize
	v.table = shell.Table{Caption: text(ctx, "title"), Count: text(ctx, "list_count", message.Args{"count": shell.Count(len(all))})}
	for _, column := range []string{"title", "kind", "unit", "held", "state", "next"} {
		v.table.Columns = append(v.table.Columns, shell.Column{Title: text(ctx, "column."+column)})
	}
	for _, d := range all[min(start, len(all)):min(start+pageSize, len(all))] {
		v.table.Rows = append(v.table.Rows, []shell.Cell{{Text: d.Title, Address: address(d.ID, ""), Written: true}, {Text: kindText(ctx, d.Kind)},
			{Text: unitName(ctx, d.Unit), Written: true}, {Text: shell.Moment(ctx, d.Held)},
			{Body: shell.StatusWord(condition(d.State), stateText(ctx, d.State))}, {Text: nextText(ctx, d)}})
	}
	frame := page(ctx, text(ctx, "title"))
	frame.Trail, frame.Lead, frame.Actions = nil, text(ctx, "lead"), listActions(v)
	return shell.Render(w, r, http.StatusOK, frame, list(v))
}

// kindsOf are the kinds that the present post may prepare from the list. Pairs and vacancies begin at the draw that they continue.
func kindsOf(ctx context.Context) []string {
	var kinds []string
	for _, kind := range []string{ceremony.Classes, ceremony.Lists} {
		if shell.May(ctx, access.Change, access.Draw) && len(places(ctx, kind)) > 0 {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// nextText says what is to be done next with a draw, and by whom.
func nextText(ctx context.Context, d ceremony.Draw) string {
	switch {
	case d.State == ceremony.Prepared && !d.Frozen:
		return text(ctx, "next.roster")
	case d.State == ceremony.Announced && d.Witnessed() == 0:
		return text(ctx, "next.ready")
	}
	return text(ctx, "next."+string(d.State))
}

// chips are the kinds and states that occur, with how many draws each has.
func (v *listView) chips(ctx context.Context, all []ceremony.Draw) {
	count := map[string]int{}
	for _, d := range all {
		count["kind="+d.Kind]++
		count["state="+string(d.State)]++
	}
	at := func(kind, state string) string {
		query := url.Values{}
		for name, value := range map[string]string{"kind": kind, "state": state, "text": v.text} {
			if value != "" {
				query.Set(name, value)
			}
		}
		return "/draw?" + query.Encode()
	}
	chip := func(label string, n int, current bool, on, off string) shell.Chip {
		if current {
			return shell.Chip{Label: label, Count: shell.Count(n), Address: off, Current: true, Remove: true}
		}
		return shell.Chip{Label: label, Count: shell.Count(n), Address: on}
	}
	for _, kind := range ceremony.Kinds() {
		if n := count["kind="+kind]; n > 0 {
			v.kinds = append(v.kinds, chip(kindText(ctx, kind), n, kind == v.kind, at(kind, v.state), at("", v.state)))
		}
	}
	for _, state := range ceremony.States() {
		if n := count["state="+string(state)]; n > 0 {
			v.states = append(v.states, chip(stateText(ctx, state), n, string(state) == v.state, at(v.kind, string(state)), at(v.kind, "")))
		}
	}
}
