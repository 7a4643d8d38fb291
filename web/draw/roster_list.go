package draw

import (
	"context"
	"net/http"
	"strconv"

	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// rosterView is the list of those behind the lines of a draw.
type rosterView struct {
	d      ceremony.Draw
	rows   []ceremony.Masked
	got    map[string]string // by who: what the draw gave
	pages  shell.Pages
	count  int
	form   shell.Form
	opened int // number of the person that was opened
	seen   ceremony.Person
	asked  int // number whose form has faults
	result bool
}

// Roster lists those behind the lines with masked names, inside the unit that runs the draw.
func (p *Pages) Roster(w http.ResponseWriter, r *http.Request) error {
	return p.roster(w, r, http.StatusOK, rosterView{})
}

func (p *Pages) roster(w http.ResponseWriter, r *http.Request, status int, v rosterView) error {
	ctx := r.Context()
	d, err := p.one(r)
	if err != nil {
		return err
	}
	all, err := p.desk.Roster(ctx, actorOf(ctx), d.ID)
	if err != nil {
		return err
	}
	if v.got, err = p.resultOf(ctx, d); err != nil {
		return err
	}
	v.d, v.count, v.pages = d, len(all), shell.PagesOf(r, len(all), pageSize)
	start := (v.pages.Page - 1) * pageSize
	v.rows = all[start:min(start+pageSize, len(all))]
	frame := drawPage(ctx, d, text(ctx, "roster"))
	return shell.Render(w, r, status, frame, roster(v))
}

// resultOf is what the draw gave to each line, by the second field of the line.
func (p *Pages) resultOf(ctx context.Context, d ceremony.Draw) (map[string]string, error) {
	if !d.Finished() {
		return nil, nil
	}
	proof, err := p.desk.Proof(ctx, actorOf(ctx), d.ID)
	if err != nil {
		return nil, err
	}
	return givenTo(ctx, d.Kind, proof.Result), nil
}

// RosterOpen opens one person. The look stands in the chain.
func (p *Pages) RosterOpen(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return err
	}
	number, _ := strconv.Atoi(r.PathValue("number"))
	seen, err := p.desk.Look(ctx, actorOf(ctx), r.PathValue("draw"), number, r.PostForm.Get("reason"))
	if faults := fault.Of(err); len(faults) > 0 && faults[0].Place.Column == ceremony.FieldReason {
		return p.roster(w, r, http.StatusUnprocessableEntity, rosterView{asked: number, form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return found(err)
	}
	return p.roster(w, r, http.StatusOK, rosterView{opened: number, seen: seen})
}

func rosterTable(ctx context.Context, v rosterView) shell.Table {
	table := shell.Table{Caption: text(ctx, "roster"), Columns: []shell.Column{{Title: text(ctx, "column.number"), Align: shell.Short}, {Title: text(ctx, "column.person")}, {Title: text(ctx, "column.who")}},
		Count: text(ctx, "roster_count", message.Args{"count": shell.Count(v.count)})}
	if v.got != nil {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column.result")})
	}
	for _, one := range v.rows {
		row := []shell.Cell{{Text: strconv.Itoa(one.Number)}, {Body: rosterName(v, one)}, {Body: hash(one.Who)}}
		if v.got != nil {
			row = append(row, shell.Cell{Text: v.got[one.Who]})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// openReason is the field for the reason of a look.
func openReason(ctx context.Context, v rosterView, number int) shell.Field {
	field := shell.Field{Name: ceremony.FieldReason, Key: "reason-" + strconv.Itoa(number), Label: text(ctx, "reason"), Required: true, Limit: ceremony.MaxReason, Autocomplete: "off"}
	if v.asked == number {
		return field.From(ctx, v.form)
	}
	return field
}
