package assessment

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// pageSize is how many exams one page of the list shows.
const pageSize = 50

// listView is the list as it was asked for.
type listView struct {
	all    []assessment.Listed // that the viewer may see, narrowed
	any    bool                // there is one at all
	kind   string
	state  string
	text   string
	query  string // of the address, to export what is shown
	kinds  []shell.Chip
	states []shell.Chip
	table  shell.Table
	pages  shell.Pages
	holds  bool
}

// List shows the exams of which the present post may know.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.listView(r)
	if err != nil {
		return err
	}
	start := (v.pages.Page - 1) * pageSize
	shown := v.all[min(start, len(v.all)):min(start+pageSize, len(v.all))]
	v.table = shell.Table{Caption: text(ctx, "title"), Columns: p.listColumns(ctx)}
	for n := range shown {
		if err := p.desk.Count(ctx, &shown[n]); err != nil {
			return err
		}
		v.table.Rows = append(v.table.Rows, listRow(ctx, shown[n]))
	}
	v.table.Count = text(ctx, "list_count", message.Args{"count": shell.Count(len(v.all))})
	frame := page(ctx, text(ctx, "title"))
	frame.Trail, frame.Lead = nil, text(ctx, "lead")
	frame.Actions = listActions(v)
	return shell.Render(w, r, http.StatusOK, frame, list(v))
}

// listView reads what is asked for.
func (p *Pages) listView(r *http.Request) (listView, error) {
	ctx, query := r.Context(), r.URL.Query()
	if !mayOpen(ctx) {
		return listView{}, shell.NoRight
	}
	v := listView{kind: query.Get("kind"), state: query.Get("state"), text: strings.TrimSpace(query.Get("text")), query: query.Encode(), holds: ownerOf(ctx) != ""}
	all, err := p.desk.List(ctx, actorOf(ctx))
	if err != nil {
		return v, err
	}
	v.any = len(all) > 0
	v.chips(ctx, all)
	v.all = slices.DeleteFunc(all, func(one assessment.Listed) bool {
		return v.kind != "" && string(one.Kind) != v.kind || v.state != "" && string(one.State) != v.state ||
			v.text != "" && !strings.Contains(strings.ToLower(one.Name), strings.ToLower(v.text))
	})
	v.pages = shell.PagesOf(r, len(v.all), pageSize)
	return v, nil
}

// chips are the kinds and states that occur, with how many exams each has.
func (v *listView) chips(ctx context.Context, all []assessment.Listed) {
	count := map[string]int{}
	for _, one := range all {
		count["kind="+string(one.Kind)]++
		count["state="+string(one.State)]++
	}
	at := func(kind, state string) string {
		query := url.Values{}
		for name, value := range map[string]string{"kind": kind, "state": state, "text": v.text} {
			if value != "" {
				query.Set(name, value)
			}
		}
		return "/assessment?" + query.Encode()
	}
	for _, kind := range assessment.Kinds() {
		if n := count["kind="+string(kind)]; n > 0 {
			v.kinds = append(v.kinds, chip(kindText(ctx, kind), n, string(kind) == v.kind, at(string(kind), v.state), at("", v.state)))
		}
	}
	for _, state := range []assessment.State{assessment.Open, assessment.Closed, assessment.Withdrawn} {
		if n := count["state="+string(state)]; n > 0 {
			v.states = append(v.states, chip(stateText(ctx, state), n, string(state) == v.state, at(v.kind, string(state)), at(v.kind, "")))
		}
	}
}

func chip(label string, count int, current bool, on, off string) shell.Chip {
	if current {
		return shell.Chip{Label: label, Count: shell.Count(count), Address: off, Current: true, Remove: true}
	}
	return shell.Chip{Label: label, Count: shell.Count(count), Address: on}
}

func (p *Pages) listColumns(ctx context.Context) []shell.Column {
	return []shell.Column{{Title: text(ctx, "column.name")}, {Title: text(ctx, "column.kind"), Align: shell.Short}, {Title: text(ctx, "column.held"), Align: shell.Short},
		{Title: text(ctx, "column.owner")}, {Title: text(ctx, "column.subjects")}, {Title: text(ctx, "column.pupils"), Align: shell.Figures}, {Title: text(ctx, "column.state"), Align: shell.Short}}
}

func listRow(ctx context.Context, one assessment.Listed) []shell.Cell {
	return []shell.Cell{{Text: one.Name, Address: address(one.ID, ""), Written: true}, {Text: kindText(ctx, one.Kind)}, {Text: one.Held.Text(shell.From(ctx).Language)},
		{Text: unitName(ctx, one.Owner), Written: true}, {Text: subjectsText(ctx, one.Exam), Written: true}, {Text: pupilsText(ctx, one)},
		{Body: shell.StatusWord(condition(one.State), stateText(ctx, one.State))}}
}

// subjectsText names up to four subjects and counts the others.
func subjectsText(ctx context.Context, e assessment.Exam) string {
	var names []string
	for _, s := range e.Subjects[:min(len(e.Subjects), 4)] {
		names = append(names, s.Name)
	}
	joined := strings.Join(names, "、")
	if len(e.Subjects) > 4 {
		return text(ctx, "subjects_more", message.Args{"subjects": joined, "count": len(e.Subjects)})
	}
	return joined
}

// pupilsText is how many pupils the viewer may look at; a small group of others is not told.
func pupilsText(ctx context.Context, one assessment.Listed) string {
	switch {
	case one.Pupils == 0 && one.Imports == 0:
		return text(ctx, "no_marks")
	case !one.Sight.Holder && one.Sight.Own == "" && one.Pupils > 0 && one.Sight.Hides(one.Pupils):
		return text(ctx, "few", message.Args{"least": one.Sight.Least})
	}
	return shell.Count(one.Pupils)
}

// Export gives out the list as it is shown.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.listView(r)
	if err != nil {
		return err
	}
	table := xlsx.Table{Name: text(ctx, "title")}
	for n, column := range p.listColumns(ctx) {
		table.Columns = append(table.Columns, xlsx.TableColumn{Heading: column.Title, Wide: n == 0})
	}
	for n := range v.all {
		one := &v.all[n]
		if err := p.desk.Count(ctx, one); err != nil {
			return err
		}
		table.Rows = append(table.Rows, []string{one.Name, kindText(ctx, one.Kind), one.Held.String(), unitName(ctx, one.Owner), subjectsText(ctx, one.Exam),
			pupilsText(ctx, *one), stateText(ctx, one.State)})
	}
	return giveOut(w, text(ctx, "title"), table)
}

func giveOut(w http.ResponseWriter, name string, table xlsx.Table) error {
	var out bytes.Buffer
	if err := xlsx.WriteTable(&out, table); err != nil {
		return err
	}
	return register.GiveOut(w, name+".xlsx", register.WorkbookType, out.Bytes())
}
