package indicator

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of the catalogue.
const (
	maxText  = 50 // characters that are searched for; what is longer is cut
	pageRows = 100
)

// States by which the catalogue is filtered.
const (
	stateMet     = "met"
	stateUnmet   = "unmet"
	stateUnknown = "unknown"
	stateNone    = "none"
	stateIdle    = "idle" // says nothing about the unit
)

// entry is one row of the catalogue: an indicator for a stage.
type entry struct {
	indicator *pack.Indicator
	pack      *pack.Pack
	stage     unit.Stage
	line      round.Line
	speaks    bool
	then      measure.Value // the year before
	outcome   *round.Outcome
}

func (e entry) state() string {
	switch {
	case !e.speaks:
		return stateIdle
	case e.line.Comparator == "" || e.line.NotInForce:
		return stateNone
	}
	switch e.line.Verdict {
	case standard.Pass:
		return stateMet
	case standard.Fail:
		return stateUnmet
	case standard.Unknown:
		return stateUnknown
	}
	return stateIdle
}

// filter is what the address of the catalogue asks for.
type filter struct {
	text, pack, stage, direction, state string
}

func filterOf(query url.Values) filter {
	text := strings.Join(strings.Fields(query.Get("text")), " ")
	if letters := []rune(text); len(letters) > maxText {
		text = string(letters[:maxText])
	}
	return filter{text, query.Get("pack"), query.Get("stage"), query.Get("direction"), query.Get("state")}
}

// address is that of the catalogue with this filter.
func (f filter) address(ctx context.Context, page int) string {
	query := url.Values{}
	for name, value := range map[string]string{"text": f.text, "pack": f.pack, "stage": f.stage, "direction": f.direction, "state": f.state} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if page > 1 {
		query.Set("page", strconv.Itoa(page))
	}
	return shell.Here(ctx, "/indicator?"+query.Encode())
}

// finds tells whether an entry holds every word that is searched for, and is of the pack, stage and direction.
func (f filter) finds(e entry) bool {
	if f.pack != "" && f.pack != e.pack.Name || f.stage != "" && f.stage != string(e.stage) || f.direction != "" && f.direction != string(e.indicator.Direction) {
		return false
	}
	i := e.indicator
	all := strings.ToLower(strings.Join([]string{i.Code, i.Name, i.Title.Chinese, i.Title.English}, " "))
	for _, word := range strings.Fields(strings.ToLower(f.text)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

// shows tells whether an entry is of the state that is asked for. What says nothing about the unit is shown on request.
func (f filter) shows(e entry) bool {
	if f.state == "" {
		return e.state() != stateIdle
	}
	return e.state() == f.state
}

// listView is what the catalogue shows.
type listView struct {
	filter   filter
	empty    *shell.Empty
	packs    []shell.Chip
	stages   []shell.Chip
	ways     []shell.Chip
	states   []shell.Chip
	table    shell.Table
	pages    shell.Pages
	standing shell.Standing
	files    []shell.Button
}

// List shows every indicator of every pack with its value for the standing unit and period.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	standing, err := p.stand(r, period.SchoolYear)
	if err != nil {
		return err
	}
	asked := filterOf(r.URL.Query())
	all, err := p.entries(ctx, standing.Unit.Code, standing.Period)
	if err != nil {
		return err
	}
	var found []entry
	for _, e := range all {
		if asked.finds(e) && asked.shows(e) {
			found = append(found, e)
		}
	}
	if form := r.URL.Query().Get("as"); form != "" {
		return send(w, r, form, listSheet(ctx, standing, found))
	}
	view := listView{filter: asked, standing: standing, files: fileButtons(ctx, asked.address(ctx, 1))}
	if len(standing.Periods) == 0 {
		view.empty = noFacts(ctx)
	}
	listChips(ctx, p.desk.Scope().Packs, all, &view)
	view.cut(ctx, r.URL.Query().Get("page"), found)
	page := shell.Page{Title: shell.Text(ctx, "indicator.list.title"), Word: "indicator", Wide: true, Styles: []string{"indicator.css"},
		Lead:    shell.Text(ctx, "indicator.list.lead", message.Args{"unit": standing.Unit.Name, "period": standing.Period.Text(shell.From(ctx).Language)}),
		Actions: shell.Press(shell.Button{Label: shell.Text(ctx, "indicator.pivot.open"), Icon: "table", Address: shell.Here(ctx, "/indicator/pivot")}),
		Source:  shell.Text(ctx, "indicator.source")}
	return shell.Render(w, r, http.StatusOK, page, listPage(view))
}

// entries returns every indicator with its stages, as they stand in the unit and period.
func (p *Pages) entries(ctx context.Context, code string, at period.Period) ([]entry, error) {
	var all []entry
	for _, one := range p.desk.Scope().Packs {
		if len(one.Indicators) == 0 {
			continue
		}
		outcomes, err := p.look(ctx, one.Name, at, before(at))
		if err != nil {
			return nil, err
		}
		for _, i := range one.Indicators {
			all = append(all, entriesOf(one, i, code, outcomes[0], outcomes[1])...)
		}
	}
	return all, nil
}

// entriesOf returns the rows of one indicator: one for each stage of which it says something, one when it says nothing.
func entriesOf(from *pack.Pack, i *pack.Indicator, code string, now, then *round.Outcome) []entry {
	var rows []entry
	for _, stage := range stagesOf(i) {
		line, speaks := now.LineOf(i, stage, code)
		if !speaks {
			continue
		}
		e := entry{indicator: i, pack: from, stage: stage, line: line, speaks: true, outcome: now, then: measure.MissingFor(i.Name)}
		if row, known := then.Space().Row(code); known {
			if figure := then.FiguresOf(i, stage, []int{row})[0]; figure.Speaks {
				e.then = figure.Value
			}
		}
		rows = append(rows, e)
	}
	if len(rows) == 0 {
		rows = append(rows, entry{indicator: i, pack: from, outcome: now, then: measure.MissingFor(i.Name)})
	}
	return rows
}

// noFacts is shown while no register has a row.
func noFacts(ctx context.Context) *shell.Empty {
	return &shell.Empty{Icon: "database", Title: shell.Text(ctx, "indicator.empty"), Text: shell.Text(ctx, "indicator.empty_why"),
		Ask: shell.Text(ctx, "indicator.empty_ask")}
}
