package record

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// doneMark tells the page which form was just stored, so that the browser forgets what it kept of it.
func doneMark(ctx context.Context, form string) string {
	mark := "done=" + form
	if strings.Contains(shell.Here(ctx, "/"), "?") {
		return "&" + mark
	}
	return "?" + mark
}

// RowEdit changes the columns that the state of the row lets the reader change.
func (p *Pages) RowEdit(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	columns := p.records.MayEdit(o.post, o.register, o.row)
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	switch {
	case len(columns) == 0 && version > 0 && version < o.row.Version:
		return p.editedLate(w, r, o, version)
	case len(columns) == 0:
		return shell.NoRight
	}
	change := record.Change{Register: o.register.Name, Row: o.row.ID, Version: max(version, 1), Cells: map[string]register.Cell{}, Reason: strings.TrimSpace(r.PostFormValue(editForm + "-reason"))}
	var faults fault.List
	for _, c := range columns {
		name := editForm + "-" + registerpages.FieldPrefix + c.Name
		if !r.PostForm.Has(name) {
			continue
		}
		read, wrong := register.ReadCell(legible(r.PostFormValue(name)), c)
		if wrong != nil {
			faults.Add(registerpages.FieldFault(editForm+"-", c, wrong))
			continue
		}
		change.Cells[c.Name] = read
	}
	view := rowView{opened: o, sent: editForm}
	if len(faults) == 0 {
		_, err := p.records.Edit(ctx, actorOf(r), change)
		if err == nil {
			shell.Redirect(w, r, rowAddress(ctx, o.register, o.row.ID)+doneMark(ctx, editForm), "record.row.edited", nil)
			return nil
		}
		if again, known := p.wentStale(r, &view, err); known {
			return p.answer(w, r, again, view)
		}
		if faults = placed(o.register, editForm+"-", fault.Of(err)); faults == nil {
			return err
		}
	}
	view.form = shell.Form{Values: r.PostForm, Faults: faults}
	return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
}

// editedLate answers whose row moved on while they typed, to where nothing can be edited by them: what they typed is shown.
func (p *Pages) editedLate(w http.ResponseWriter, r *http.Request, o opened, version int64) error {
	entries, err := p.records.Timeline(r.Context(), o.register, o.row.ID)
	if err != nil {
		return err
	}
	stale := &record.Stale{Version: o.row.Version}
	for _, one := range entries {
		if one.Version > version {
			stale.What = append(stale.What, one)
		}
	}
	return p.rowPage(w, r, http.StatusConflict, rowView{opened: o, sent: editForm, stale: stale, form: shell.Form{Values: r.PostForm}})
}

// RowOpen shows the personal columns of a row once. The look is an action with a reason; the next time they are masked again.
func (p *Pages) RowOpen(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	view := rowView{opened: o, sent: lookForm}
	row, err := p.records.Look(r.Context(), actorOf(r), o.register, o.row.ID, strings.TrimSpace(r.PostFormValue(lookForm+"-reason")))
	if faults := fault.Of(err); len(faults) > 0 && faults[0].Code != "action.refused" {
		view.form = shell.Form{Values: r.PostForm, Faults: placed(o.register, lookForm+"-", faults)}
		return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	view.row, view.looked = row, true
	return p.rowPage(w, r, http.StatusOK, view)
}
