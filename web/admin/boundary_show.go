package admin

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxSource is the longest name of a source of boundaries, in characters.
const maxSource = 80

// BoundaryStore keeps the shapes of units.
type BoundaryStore interface {
	Boundaries(ctx context.Context) (unit.Boundaries, error)
	BoundariesReplace(ctx context.Context, actor action.Actor, all unit.Boundaries) error
}

// Boundaries are the pages about the map.
type Boundaries struct{ Store BoundaryStore }

// Show shows the map as it is, and asks for a file.
func (b Boundaries) Show(w http.ResponseWriter, r *http.Request) error {
	if !shell.May(r.Context(), access.See, access.Structure) {
		return shell.NoRight
	}
	return b.show(w, r, http.StatusOK, shell.Form{})
}

func (b Boundaries) show(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	stored, err := b.Store.Boundaries(ctx)
	if err != nil {
		return err
	}
	frame := shell.ChartFiles(page(ctx, "boundaries"))
	frame.Lead = shell.Text(ctx, "admin.boundaries.lead")
	return shell.Render(w, r, status, frame, boundaryShow(boundaryMap(ctx, stored), len(stored.Areas), form))
}

// boundaryMap shows every area that is known in one class, with its code.
func boundaryMap(ctx context.Context, stored unit.Boundaries) shell.AreaMap {
	tree := shell.From(ctx).Tree
	m := shell.AreaMap{ID: "boundaries", Shapes: stored, Sentence: shell.Text(ctx, "admin.boundaries.count", message.Args{"count": len(stored.Areas)}),
		Classes: []string{shell.Text(ctx, "admin.boundaries.known")},
		Table: shell.Table{Caption: shell.Text(ctx, "admin.boundaries.title"), Columns: []shell.Column{{Title: shell.Text(ctx, "admin.boundaries.unit")},
			{Title: shell.Text(ctx, "admin.boundaries.code"), Align: shell.Short}}}}
	for _, area := range stored.Areas {
		one, _ := tree.Find(area.Code)
		m.Areas = append(m.Areas, shell.MapArea{Code: area.Code, Name: one.Name, Class: 0})
		m.Table.Rows = append(m.Table.Rows, []shell.Cell{{Text: one.Name}, {Text: area.Code}})
	}
	return m
}

// Replace takes a file of boundaries. Nothing is stored when there is a fault.
func (b Boundaries) Replace(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Change, access.Structure) {
		return shell.NoRight
	}
	if err := r.ParseMultipartForm(4 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return err
	}
	all, faults := boundariesOf(r)
	if len(faults) > 0 {
		return b.show(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.Form, Faults: faults})
	}
	if err := b.Store.BoundariesReplace(ctx, shell.From(ctx).Actor, all); err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/boundary", "admin.boundaries.stored", message.Args{"count": len(all.Areas)})
	return nil
}

// boundariesOf reads the form with every fault.
func boundariesOf(r *http.Request) (unit.Boundaries, fault.List) {
	var faults fault.List
	at := func(field string) fault.Place { return fault.Place{Column: field} }
	all := unit.Boundaries{Source: strings.TrimSpace(r.FormValue("source"))}
	if length := utf8.RuneCountInString(all.Source); length == 0 || length > maxSource {
		faults.Add(fault.At(at("source"), "unit.boundary_source", nil))
	}
	var ok bool
	if all.Dated, ok = period.ParseDate(r.FormValue("dated")); !ok {
		faults.Add(fault.At(at("dated"), "unit.boundary_date", nil))
	}
	file, _, err := r.FormFile("file")
	if err != nil {
		faults.Add(fault.At(at("file"), "unit.boundary_file", nil))
		return all, faults
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, unit.MaxBoundaryBytes+1))
	if err != nil {
		faults.Add(fault.At(at("file"), "unit.boundary_file", nil))
		return all, faults
	}
	areas, found := unit.ReadBoundaries(data, shell.From(r.Context()).Tree)
	all.Areas = areas
	return all, append(faults, found...)
}

// Clear takes the boundaries away: maps are schematic again.
func (b Boundaries) Clear(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Change, access.Structure) {
		return shell.NoRight
	}
	if err := b.Store.BoundariesReplace(ctx, shell.From(ctx).Actor, unit.Boundaries{}); err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/boundary", "admin.boundaries.cleared", nil)
	return nil
}
