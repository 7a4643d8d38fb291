package record

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// maxFilesBody is the largest form with files, in bytes.
const maxFilesBody = 5*attachment.MaxBytes + 512<<10

// Create makes a row of the form. All that is wrong is told at once, and nothing typed is lost.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openNew(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	files, err := registerpages.Prepared(r, p.preparer, filesField, record.MaxFiles)
	faults := fault.Of(err)
	if err != nil && faults == nil {
		return err
	}
	draft, wrong := readDraft(ctx, r.PostForm, &view)
	draft.Files = files
	faults.Add(wrong...)
	if len(faults) == 0 {
		row, err := p.records.Create(ctx, actorOf(r), draft)
		if faults = placed(view.register, "", fault.Of(err)); faults == nil && err != nil {
			return err
		}
		if faults == nil {
			shell.Redirect(w, r, doneAddress(ctx, view, row), "", nil)
			return nil
		}
	}
	view.form = shell.Form{Values: r.PostForm, Faults: faults}
	return p.newPage(w, r, http.StatusUnprocessableEntity, view)
}

// doneAddress is the form again, for the next row, with the one that was made named at its top.
func doneAddress(ctx context.Context, view newView, row register.Row) string {
	values := url.Values{"done": {row.ID}}
	if view.part.Row != "" {
		values.Set("part", view.part.String())
	} else {
		values.Set(unitField, row.Unit)
	}
	return shell.Here(ctx, address(view.register, "new")+"?"+values.Encode())
}

// readDraft reads the fields of a new row.
func readDraft(ctx context.Context, values url.Values, view *newView) (record.Draft, fault.List) {
	var faults fault.List
	draft := record.Draft{Register: view.register.Name, Part: view.part, Cells: map[string]register.Cell{}, Lead: values.Get(leadField), Owner: values.Get(ownerField)}
	switch {
	case view.part.Row != "" || len(view.units) == 1:
		draft.Unit = view.unit.Code
	default:
		one, wrong := chosenUnit(ctx, values.Get(unitField), view)
		if wrong != nil {
			faults.Add(wrong)
		}
		draft.Unit = one.Code
	}
	first, rest := newColumns(view.register)
	for _, n := range slices.Concat(first, rest) {
		c := view.register.Columns[n]
		cell, wrong := register.ReadCell(legible(values.Get(registerpages.FieldPrefix+c.Name)), c)
		if wrong == nil && !cell.Known && (c.Required || slices.Contains(view.register.Key, c.Name)) {
			wrong = register.Unfilled(c)
		}
		if wrong != nil {
			faults.Add(registerpages.FieldFault("", c, wrong))
			continue
		}
		draft.Cells[c.Name] = cell
	}
	return draft, faults
}

// chosenUnit finds the unit that was chosen or typed: by its code, its name, or a part of the name that fits one alone.
func chosenUnit(ctx context.Context, typed string, view *newView) (unit.Unit, *fault.Fault) {
	typed = strings.TrimSpace(typed)
	wrong := func(code string, args message.Args) *fault.Fault {
		return fault.At(fault.Place{Column: unitField}, code, args)
	}
	if typed == "" {
		return unit.Unit{}, wrong("record.new.unit_missing", nil)
	}
	for _, u := range view.units {
		if u.Code == typed || unitLabel(ctx, u) == typed || unitChoice(ctx, u) == typed {
			return u, nil
		}
	}
	var fits []unit.Unit
	for _, u := range view.units {
		if strings.Contains(u.Name, typed) {
			fits = append(fits, u)
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) == 0:
		return unit.Unit{}, wrong("record.new.unit_unknown", message.Args{"text": typed})
	}
	view.found = fits[:min(len(fits), maxFound)]
	return unit.Unit{}, wrong("record.new.unit_many", message.Args{"text": typed, "count": len(fits)})
}

// unitChoice is a unit as it is offered while one types: its name with its code.
func unitChoice(ctx context.Context, u unit.Unit) string { return unitLabel(ctx, u) + " " + u.Code }
