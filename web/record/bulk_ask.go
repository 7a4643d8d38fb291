package record

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// maxBulkBody is the largest body of a form that names rows.
const maxBulkBody = 1 << 20

// bulkView is what the page shows that asks what to do to many rows.
type bulkView struct {
	scene
	event   *lifecycle.Event
	fields  []*pack.Column // asked for, then taken
	targets []record.Target
	back    string // the parts of the list that it was asked from
	form    shell.Form
	leads   []shell.Option
}

// Bulk asks for what an event needs, or does it to the chosen rows.
func (p *Pages) Bulk(w http.ResponseWriter, r *http.Request) error {
	s, err := p.openRows(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, faults, err := p.bulkView(r, s)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return faults
	}
	if r.PostForm.Get("do") == "" {
		return p.bulkAsk(w, r, http.StatusOK, view)
	}
	move, faults := bulkMove(r, view)
	if len(faults) > 0 {
		view.form = shell.Form{Values: r.PostForm, Faults: faults}
		return p.bulkAsk(w, r, http.StatusUnprocessableEntity, view)
	}
	return p.bulkDo(w, r, view, move)
}

// bulkView reads which event is meant for which rows: those that were ticked, or all that the list holds.
func (p *Pages) bulkView(r *http.Request, s scene) (bulkView, fault.List, error) {
	view := bulkView{scene: s, back: listParts(r.PostForm.Get("back")), event: s.register.Life.Event(r.PostForm.Get("event"))}
	if view.event == nil || !view.event.Bulk {
		return view, fault.List{fault.New("record.bulk.no_event", nil)}, nil
	}
	for _, name := range append(slices.Clone(view.event.Asks), view.event.Takes...) {
		if c, known := registerpages.ColumnOf(s.register, name); known {
			view.fields = append(view.fields, c)
		}
	}
	var err error
	if r.PostForm.Get("whole") != "" {
		view.targets, err = p.targetsOf(r, s, view)
	} else {
		view.targets = ticked(r.PostForm["row"])
	}
	switch {
	case err != nil:
		return view, nil, err
	case len(view.targets) == 0:
		return view, fault.List{fault.New("record.bulk.none", nil)}, nil
	case len(view.targets) > record.MaxBulk:
		return view, fault.List{fault.New("record.bulk.many", message.Args{"limit": shell.Count(record.MaxBulk)})}, nil
	}
	if view.event.Gives == lifecycle.GivesLead {
		view.leads = bulkLeads(r.Context())
	}
	return view, nil, nil
}

// targetsOf are the rows that the list holds in whose state the event may happen, one more than may be moved at once.
func (p *Pages) targetsOf(r *http.Request, s scene, view bulkView) ([]record.Target, error) {
	from, err := url.Parse("/?" + view.back)
	if err != nil {
		return nil, nil
	}
	q := readList(&http.Request{URL: from}, s.register)
	want := q.wanted()
	want.filters = append(want.filters, register.Filter{Column: pack.ColumnState, In: view.event.From})
	var targets []record.Target
	err = p.eachFound(r.Context(), s, want, func(rows []register.Row) error {
		for _, row := range rows {
			targets = append(targets, record.Target{Row: row.ID, Version: row.Version})
		}
		if len(targets) > record.MaxBulk {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return targets, err
}

// errEnough ends a walk over rows.
var errEnough = errors.New("enough rows")

// targetText carries a row and the version that was seen through a form.
func targetText(row register.Row) string { return strconv.FormatInt(row.Version, 10) + ":" + row.ID }

func ticked(values []string) []record.Target {
	var targets []record.Target
	for _, value := range values {
		version, id, _ := strings.Cut(value, ":")
		number, err := strconv.ParseInt(version, 10, 64)
		if err == nil && id != "" && !slices.ContainsFunc(targets, func(t record.Target) bool { return t.Row == id }) {
			targets = append(targets, record.Target{Row: id, Version: number})
		}
	}
	return targets
}

// bulkMove reads what the event asks for.
func bulkMove(r *http.Request, view bulkView) (record.Move, fault.List) {
	move := record.Move{Register: view.register.Name, Event: view.event.Name, Cells: map[string]register.Cell{}, Note: strings.TrimSpace(r.PostForm.Get("note")), Lead: r.PostForm.Get("lead")}
	var faults fault.List
	for _, c := range view.fields {
		text := strings.TrimSpace(r.PostForm.Get(registerpages.FieldPrefix + c.Name))
		asked := slices.Contains(view.event.Asks, c.Name)
		if text == "" {
			if asked {
				faults.Add(fault.At(fault.Place{Column: registerpages.FieldPrefix + c.Name}, "record.bulk.field_missing", message.Args{"column": c.Title}))
			}
			continue
		}
		cell, err := register.ReadCell(text, c)
		if err != nil {
			faults.Add(registerpages.FieldFault("", c, err))
			continue
		}
		move.Cells[c.Name] = cell
	}
	if view.event.Note && move.Note == "" {
		faults.Add(fault.At(fault.Place{Column: "note"}, "record.bulk.note_missing", nil))
	}
	if view.event.Gives == lifecycle.GivesLead && move.Lead == "" {
		faults.Add(fault.At(fault.Place{Column: "lead"}, "record.bulk.lead_missing", nil))
	}
	return move, faults
}

func (p *Pages) bulkAsk(w http.ResponseWriter, r *http.Request, status int, view bulkView) error {
	ctx := r.Context()
	language := shell.From(ctx).Language
	page := shell.Page{Title: shell.Text(ctx, "record.bulk.title", message.Args{"event": view.event.Title.In(language), "count": shell.Count(len(view.targets))}),
		Lead: view.register.Title.In(language), Word: "register", Trail: trail(ctx, toList(ctx, view.register)), Styles: []string{"register.css", "record.css"}}
	return shell.Render(w, r, status, page, bulkForm(view))
}

// bulkField is the field of a column of the event. A choice that the rows have already is not offered: they differ.
func bulkField(ctx context.Context, view bulkView, c *pack.Column) shell.Field {
	field := registerpages.FieldOf(ctx, c, register.Cell{}, false)
	field.Required = slices.Contains(view.event.Asks, c.Name)
	return field.From(ctx, view.form)
}

// bulkEvents are the events that can be done to many rows at once, by somebody who acts in the present post. What is given to a
// person is given row by row.
func bulkEvents(ctx context.Context, s scene) []*lifecycle.Event {
	var events []*lifecycle.Event
	post := shell.From(ctx).Actor.Post
	for _, e := range s.register.Life.Events {
		if e.Bulk && e.Attach == 0 && e.Gives != lifecycle.GivesOwner && slices.ContainsFunc(e.By, func(who lifecycle.Who) bool { return who.Role == "" || who.Role == post.Role }) {
			events = append(events, e)
		}
	}
	return events
}
