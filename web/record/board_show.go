package record

import (
	"context"
	"net/http"
	"net/url"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// boardCards is how many rows of a state the board shows; the others stand in the list.
const boardCards = 10

// boardView is what the board of a living register shows.
type boardView struct {
	scene
	today   period.Date
	tally   tally
	columns []boardColumn // of the states in which rows stand
	bare    []string      // the states in which none stands
	people  persons
}

// boardColumn is one state with its first rows.
type boardColumn struct {
	state  *lifecycle.State
	count  int
	rows   []register.Row
	silent map[string]bool
}

// Board shows the rows of a living register by their states, those with the nearest deadline first.
func (p *Pages) Board(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openRows(r)
	if err != nil {
		return err
	}
	view := boardView{scene: s, today: p.store.Today(), people: persons{}}
	if view.tally, err = p.tallyOf(ctx, s); err != nil {
		return err
	}
	for _, state := range s.register.Life.States {
		column := boardColumn{state: state, count: view.tally.states[state.Name]}
		if column.count == 0 {
			view.bare = append(view.bare, state.Title.In(shell.From(ctx).Language))
			continue
		}
		want := wanted{only: onlyAll, limit: boardCards, sort: pack.ColumnDue,
			filters: []register.Filter{{Column: pack.ColumnState, Is: &register.Cell{Known: true, Text: state.Name}}}}
		if state.Final {
			want.sort, want.descending = pack.ColumnSince, true
		}
		one, err := p.find(ctx, s, want)
		if err != nil {
			return err
		}
		column.rows, column.silent = one.rows, one.silent
		for id, name := range p.namesOf(ctx, s.register, one.rows) {
			view.people[id] = name
		}
		view.columns = append(view.columns, column)
	}
	page := shell.Page{Title: shell.Text(ctx, "record.board.title", message.Args{"register": s.register.Title.In(shell.From(ctx).Language)}),
		Lead: view.tally.lead(ctx), Word: "register", Trail: trail(ctx, toList(ctx, s.register)), Wide: true,
		Styles: []string{"register.css", "record.css"}, Source: shell.Text(ctx, "register.page.source")}
	return shell.Render(w, r, http.StatusOK, page, recordBoard(view))
}

// stateAddress is the list of the rows of one state.
func stateAddress(ctx context.Context, of *pack.Register, state string) string {
	values := url.Values{registerpages.WherePart: {pack.ColumnState + ":is:" + state}}
	return shell.Here(ctx, address(of)+"?"+values.Encode())
}
