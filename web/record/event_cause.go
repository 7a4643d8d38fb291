package record

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// EventCause does one event of a row. What was typed stays in the form when something is wrong, and when somebody else came
// first: then the page tells what changed meanwhile.
func (p *Pages) EventCause(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	event := o.register.EventOf(r.PathValue("event"))
	if event == nil {
		return shell.NotFound
	}
	form := event.Name
	files, err := registerpages.Prepared(r, p.preparer, form+"-"+filesField, record.MaxFiles)
	faults := fault.Of(err)
	if err != nil && faults == nil {
		return err
	}
	get := func(name string) string { return legible(r.PostFormValue(form + "-" + name)) }
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	move := record.Move{Register: o.register.Name, Row: o.row.ID, Event: event.Name, Version: max(version, 1), Cells: map[string]register.Cell{}, Note: get(noteField),
		Lead: get(leadField), Owner: get(ownerField), Files: files}
	for _, c := range o.register.Columns {
		field := registerpages.FieldPrefix + c.Name
		if !slices.Contains(event.Asks, c.Name) && !slices.Contains(event.Takes, c.Name) || !r.PostForm.Has(form+"-"+field) { // what was not sent stays as it is
			continue
		}
		read, wrong := register.ReadCell(get(field), c)
		if wrong != nil {
			faults.Add(registerpages.FieldFault(form+"-", c, wrong))
			continue
		}
		move.Cells[c.Name] = read
	}
	if event.Grave && get(sureField) == "" {
		faults.Add(fault.At(fault.Place{Column: form + "-" + sureField}, "record.event.not_sure", message.Args{"event": event.Title}))
	}
	view := rowView{opened: o, sent: form}
	if len(faults) == 0 {
		moved, err := p.records.Move(ctx, actorOf(r), move)
		if err == nil {
			key, args := movedText(shell.From(ctx).Language, o, moved)
			shell.Redirect(w, r, rowAddress(ctx, o.register, o.row.ID)+doneMark(ctx, form), key, args)
			return nil
		}
		if again, known := p.wentStale(r, &view, err); known {
			return p.answer(w, r, again, view)
		}
		if faults = placed(o.register, form+"-", fault.Of(err)); faults == nil {
			return err
		}
	}
	view.form = shell.Form{Values: r.PostForm, Faults: faults}
	return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
}

// answer shows a page again after somebody else came first.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, again error, view rowView) error {
	if again != nil {
		return again
	}
	return p.rowPage(w, r, http.StatusConflict, view)
}

// wentStale tells whether err says that somebody else came first. The view then holds the row as it stands, what others did, and
// what was typed.
func (p *Pages) wentStale(r *http.Request, view *rowView, err error) (again error, known bool) {
	var stale *record.Stale
	if !errors.As(err, &stale) {
		return nil, false
	}
	values := r.PostForm
	opened, again := p.openRow(r)
	if again != nil {
		return again, true
	}
	view.opened, view.stale = opened, stale
	view.form = shell.Form{Values: values}
	return nil, true
}

// movedText is what is told after an event, in the language of who did it.
func movedText(language message.Language, o opened, moved record.Moved) (string, message.Args) {
	args := message.Args{"state": o.state.Title.In(language)}
	if state := o.register.Life.State(register.TextOf(o.register, moved.Row, pack.ColumnState)); state != nil {
		args["state"] = state.Title.In(language)
	}
	if moved.Number != "" {
		args["number"] = moved.Number
		return "record.event.done_letter", args
	}
	return "record.event.done", args
}
