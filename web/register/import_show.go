package register

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// shownFaults is how many faults the page lists; the file lists all.
const shownFaults = 200

// reportView is what the page about a file shows.
type reportView struct {
	scene
	hold
	form shell.Form
}

// openHold returns the file of the address. One that was forgotten leads back to the form.
func (p *Pages) openHold(w http.ResponseWriter, r *http.Request) (reportView, bool, error) {
	s, err := p.openImport(r)
	if err != nil {
		return reportView{}, false, err
	}
	one, known := p.holds.look(r.PathValue("run"), actorOf(r).Post.Person, s.register, shell.From(r.Context()).Now)
	if !known || one.unit != s.Unit.Code || one.period != s.period {
		shell.Redirect(w, r, shell.Here(r.Context(), address(s.register, "import")), "register.page.import_expired", nil)
		return reportView{}, false, nil
	}
	return reportView{scene: s, hold: one}, true, nil
}

// ImportShow shows how far the work on a file is, and then what was found in it.
func (p *Pages) ImportShow(w http.ResponseWriter, r *http.Request) error {
	view, ok, err := p.openHold(w, r)
	if !ok {
		return err
	}
	ctx, htmx := r.Context(), r.Header.Get("HX-Request") == "true"
	here := shell.Here(ctx, address(view.scene.register, "import", view.id))
	switch {
	case view.working && htmx:
		return shell.RenderPart(w, r, http.StatusOK, importStep(view))
	case view.working:
		w.Header().Set("Refresh", "2") // for readers without scripts
		return shell.Render(w, r, http.StatusOK, p.reportPage(ctx, view), importWorking(view))
	case htmx:
		shell.Redirect(w, r, here, "", nil) // the whole page, whatever came of it
		return nil
	case view.stored:
		shell.Redirect(w, r, shell.Here(ctx, address(view.scene.register)), "register.page.import_done", message.Args{"inserted": view.changes.Inserted,
			"updated": view.changes.Updated, "unchanged": view.changes.Unchanged})
		return nil
	}
	return p.importAnswer(w, r, view)
}

// importAnswer shows the report, or why there is none.
func (p *Pages) importAnswer(w http.ResponseWriter, r *http.Request, view reportView) error {
	status := http.StatusOK
	switch faults := fault.Of(view.err); {
	case errors.Is(view.err, context.DeadlineExceeded):
		view.form.Faults = fault.List{fault.New("register.page.import_slow", message.Args{"minutes": int(maxRun.Minutes())})}
	case errors.Is(view.err, context.Canceled):
		view.form.Faults = fault.List{fault.New("register.page.import_cancelled", nil)}
	case faults != nil:
		view.form.Faults = faults
	case view.err != nil:
		return view.err
	}
	if len(view.form.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return shell.Render(w, r, status, p.reportPage(r.Context(), view), importReport(view))
}

func (p *Pages) reportPage(ctx context.Context, view reportView) shell.Page {
	title := shell.Text(ctx, "register.page.import_title", message.Args{"register": view.scene.register.Title.In(shell.From(ctx).Language)})
	page := shell.Page{Title: shell.Text(ctx, "register.page.import_report"), Lead: view.file + " · " + importLead(ctx, view.scene), Word: "register", Styles: []string{"plan.css", "register.css"},
		Trail: trail(ctx, toRegister(ctx, view.scene.register), shell.Link{Label: title, Address: shell.Here(ctx, address(view.scene.register, "import"))})}
	return page
}

// ImportConfirm stores the rows of a file: all, when none has a fault, or those without fault, when that is asked for.
func (p *Pages) ImportConfirm(w http.ResponseWriter, r *http.Request) error {
	view, ok, err := p.openHold(w, r)
	if !ok {
		return err
	}
	ctx, s := r.Context(), view.scene
	here := shell.Here(ctx, address(s.register, "import", view.id))
	wanted := map[bool]string{true: "good", false: "all"}[len(view.report.Faults) > 0]
	if view.working || view.stored || view.err != nil || view.report.Accepted == 0 || r.FormValue("accept") != wanted {
		shell.Redirect(w, r, here, "", nil)
		return nil
	}
	request, err := p.request(r, s, view.file)
	if err != nil {
		return err
	}
	actor, where := actorOf(r), thing(ctx, classOf(s.register), s.Unit.Code)
	if s.register.Living() {
		where.Subject = s.register.Subject
	}
	err = p.holds.work(view.id, func(ctx context.Context, at func(step int)) error {
		changes, err := p.keep(ctx, actor, where, request, view.hold, at)
		if err == nil {
			p.holds.change(view.id, func(one *hold) { one.stored, one.changes, one.data = true, changes, nil })
		}
		return err
	})
	if err != nil {
		view.form.Faults = fault.Of(err)
		return p.importAnswer(w, r, view)
	}
	if one, known := p.holds.look(view.id, actor.Post.Person, s.register, shell.From(ctx).Now); known {
		await(ctx, one.done)
	}
	shell.Redirect(w, r, here, "", nil)
	return nil
}

// ImportCancel ends the work on a file and forgets it.
func (p *Pages) ImportCancel(w http.ResponseWriter, r *http.Request) error {
	view, ok, err := p.openHold(w, r)
	if !ok {
		return err
	}
	if view.working {
		view.cancel()
		await(r.Context(), view.done)
	}
	if one, known := p.holds.look(view.id, view.by, view.scene.register, shell.From(r.Context()).Now); known && !one.working && !one.stored {
		p.holds.forget(view.id)
	}
	shell.Redirect(w, r, shell.Here(r.Context(), address(view.scene.register)), "register.page.import_dropped", nil)
	return nil
}

// ImportFaults gives out the table as it was handed over, with the faults of each row beside it.
func (p *Pages) ImportFaults(w http.ResponseWriter, r *http.Request) error {
	view, ok, err := p.openHold(w, r)
	if !ok {
		return err
	}
	ctx := r.Context()
	if view.data == nil {
		return shell.NotFound
	}
	rows, err := intake.ReadTable(view.file, view.data)
	if err != nil {
		return err
	}
	texts := map[int][]string{}
	for _, one := range slices.Concat(view.report.Faults, view.report.Warnings) {
		texts[one.Place.Row] = append(texts[one.Place.Row], faultLine(ctx, one))
	}
	table := xlsx.Table{Name: shell.Text(ctx, "register.page.fault_sheet"), Columns: []xlsx.TableColumn{{Heading: shell.Text(ctx, "register.page.fault_row"), Number: true},
		{Heading: shell.Text(ctx, "register.page.fault_what"), Wide: true}}}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	for i := range width {
		table.Columns = append(table.Columns, xlsx.TableColumn{Heading: shell.Text(ctx, "register.page.fault_column", message.Args{"letter": columnLetter(i)})})
	}
	if len(texts[0]) > 0 {
		table.Rows = append(table.Rows, []string{"", strings.Join(texts[0], "\n")})
	}
	for i, row := range rows {
		if i < 10 || len(texts[i+1]) > 0 {
			table.Rows = append(table.Rows, append([]string{strconv.Itoa(i + 1), strings.Join(texts[i+1], "\n")}, row...))
		}
	}
	for _, row := range slices.Sorted(maps.Keys(texts)) {
		if row > len(rows) {
			table.Rows = append(table.Rows, []string{strconv.Itoa(row), strings.Join(texts[row], "\n")})
		}
	}
	var out bytes.Buffer
	if err := xlsx.WriteTable(&out, table); err != nil {
		return err
	}
	name := strings.TrimSuffix(view.file, ".xlsx")
	return GiveOut(w, shell.Text(ctx, "register.page.fault_file", message.Args{"file": name})+".xlsx", WorkbookType, out.Bytes())
}

// columnLetter returns A for 0, B for 1, AA for 26.
func columnLetter(at int) string {
	name := ""
	for at++; at > 0; at = (at - 1) / 26 {
		name = string(rune('A'+(at-1)%26)) + name
	}
	return name
}

// faultLine is a fault without the number of its row: column, reason, remedy.
func faultLine(ctx context.Context, one *fault.Fault) string {
	language := shell.From(ctx).Language
	text := one.Reason(language)
	if one.Place.Column != "" {
		text = one.Place.Column + shell.Text(ctx, "shell.form.colon") + text
	}
	if remedy := one.Remedy(language); remedy != "" {
		text += shell.Text(ctx, "shell.form.then") + remedy
	}
	return text
}

func faultTable(ctx context.Context, faults fault.List, caption string) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: caption, Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.fault_row"), Align: shell.Short},
		{Title: shell.Text(ctx, "register.page.fault_where")}, {Title: shell.Text(ctx, "register.page.fault_what")}, {Title: shell.Text(ctx, "register.page.fault_do")}}}
	for _, one := range faults[:min(len(faults), shownFaults)] {
		row := shell.Text(ctx, "register.page.fault_whole")
		if one.Place.Row > 0 {
			row = shell.Text(ctx, "register.page.fault_row_at", message.Args{"row": one.Place.Row})
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: row}, {Text: one.Place.Column}, {Body: plain(one.Reason(language))}, {Body: plain(one.Remedy(language))}})
	}
	if len(faults) > shownFaults {
		table.Count = shell.Text(ctx, "register.page.fault_more", message.Args{"shown": shownFaults, "count": shell.Count(len(faults))})
	}
	return table
}

func importFigures(ctx context.Context, view reportView) []shell.Figure {
	figures := []shell.Figure{}
	for _, one := range []struct {
		key   string
		count int
	}{{"rows", view.report.Rows}, {"accepted", view.report.Accepted}, {"refused", view.report.Refused}, {"inserted", view.changes.Inserted},
		{"updated", view.changes.Updated}, {"unchanged", view.changes.Unchanged}} {
		figures = append(figures, shell.Figure{Label: shell.Text(ctx, "register.page.import_figure."+one.key), Value: shell.Count(one.count), Unit: shell.Text(ctx, "register.page.import_unit")})
	}
	return figures
}
