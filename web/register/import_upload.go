package register

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// patience is how long an answer waits for the work to end before it shows how far it is.
const patience = time.Second

const maxFileName = 100 // characters

// importView is what the page that asks for a file shows.
type importView struct {
	scene
	form shell.Form
}

// ImportForm asks for a file.
func (p *Pages) ImportForm(w http.ResponseWriter, r *http.Request) error {
	s, err := p.openImport(r)
	if err != nil {
		return err
	}
	return p.importForm(w, r, http.StatusOK, importView{scene: s})
}

// openImport returns the scene for somebody who may write rows below its unit.
func (p *Pages) openImport(r *http.Request) (scene, error) {
	s, err := p.openFiles(r)
	if err != nil {
		return s, err
	}
	ctx, may := r.Context(), p.mayWrite(r.Context(), s.register, s.Unit.Code)
	if s.register.Living() && !may { // rows are made of units below, one by one
		may = len(p.writable(ctx, s)) > 0
	}
	if !may {
		err = shell.NoRight
	}
	return s, err
}

func (p *Pages) importForm(w http.ResponseWriter, r *http.Request, status int, view importView) error {
	ctx := r.Context()
	page := shell.Page{Title: shell.Text(ctx, "register.page.import_title", message.Args{"register": view.register.Title.In(shell.From(ctx).Language)}),
		Lead: importLead(ctx, view.scene), Word: "register", Trail: trail(ctx, toRegister(ctx, view.register)), Styles: []string{"plan.css", "register.css"}, Scripts: []string{"plan-import.js"}}
	return shell.Render(w, r, status, page, importForm(view))
}

func importLead(ctx context.Context, s scene) string {
	if s.period.IsZero() {
		return s.Unit.Name
	}
	return s.Unit.Name + " · " + s.period.Text(shell.From(ctx).Language)
}

// Import takes a file and looks through it; nothing of it is stored.
func (p *Pages) Import(w http.ResponseWriter, r *http.Request) error {
	s, err := p.openImport(r)
	if err != nil {
		return err
	}
	name, data, err := uploaded(r)
	if err == nil {
		err = p.receive(w, r, s, name, data)
	}
	if faults := fault.Of(err); faults != nil {
		return p.importForm(w, r, http.StatusUnprocessableEntity, importView{scene: s, form: shell.Form{Faults: faults}})
	}
	return err
}

// uploaded reads the file of the form.
func uploaded(r *http.Request) (string, []byte, error) {
	wrong := func(code string) error {
		return fault.List{fault.At(fault.Place{Column: "file"}, code, message.Args{"limit": maxUpload >> 20})}
	}
	if err := r.ParseMultipartForm(4 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return "", nil, wrong("register.page.file_large")
		}
		return "", nil, wrong("register.page.file_broken")
	}
	file, header, err := r.FormFile("file")
	if err != nil {
		return "", nil, wrong("register.page.file_missing")
	}
	defer file.Close()
	defer r.MultipartForm.RemoveAll()
	data, err := io.ReadAll(file)
	switch {
	case err != nil:
		return "", nil, wrong("register.page.file_broken")
	case len(data) > maxUpload:
		return "", nil, wrong("register.page.file_large")
	}
	return fileName(header.Filename), data, nil
}

// fileName is a name without folders and invisible characters.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > maxFileName {
		name = string(runes[:maxFileName])
	}
	return name
}

func (p *Pages) receive(w http.ResponseWriter, r *http.Request, s scene, name string, data []byte) error {
	ctx := r.Context()
	one := &hold{by: actorOf(r).Post.Person, register: s.register, unit: s.Unit.Code, period: s.period, file: name, began: shell.From(ctx).Now, data: data}
	p.holds.add(one)
	request, err := p.request(r, s, name)
	if err == nil {
		err = p.holds.work(one.id, func(ctx context.Context, at func(step int)) error {
			report, changes, err := p.look(ctx, request, name, data, at)
			p.holds.change(one.id, func(one *hold) { one.report, one.changes = report, changes })
			return err
		})
	}
	if err != nil {
		p.holds.forget(one.id)
		return err
	}
	await(ctx, one.done)
	shell.Redirect(w, r, shell.Here(ctx, address(s.register, "import", one.id)), "", nil)
	return nil
}

func await(ctx context.Context, done <-chan struct{}) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// request is what a file is read with, and who handed it over.
type request struct {
	register.Request
	actor action.Actor
}

// request is what a file is read with: rows of units that the person may not write are refused by name.
func (p *Pages) request(r *http.Request, s scene, file string) (request, error) {
	ctx := r.Context()
	check, err := register.Checker(p.ask(ctx), s.register, s.period)
	if err != nil {
		return request{}, err
	}
	view := shell.From(ctx)
	below := view.Tree.Subtree(s.Number)
	return request{actor: actorOf(r), Request: register.Request{Register: s.register, Period: s.period, Today: p.store.Today(), Tree: view.Tree, Check: check,
		Origin: register.Origin{Kind: "file", File: file, Person: view.Actor.Post.Person, At: view.Now},
		May: func(u unit.Unit) bool {
			n, known := view.Tree.Number(u.Code)
			return known && below.From <= n && n < below.To && p.mayWrite(ctx, s.register, u.Code)
		}}}, nil
}

// look reads a file and compares it with what is stored. The report comes back without its rows.
func (p *Pages) look(ctx context.Context, request request, name string, data []byte, at func(step int)) (register.Report, register.Changes, error) {
	report, err := p.rowsOf(ctx, request, name, data, at)
	if err != nil {
		return report, register.Changes{}, err
	}
	at(2)
	changes, err := p.compare(ctx, request, &report)
	report.Batch, changes.Rows = register.Batch{}, nil
	return report, changes, err
}

// rowsOf reads the rows of a file.
func (p *Pages) rowsOf(ctx context.Context, request request, name string, data []byte, at func(step int)) (register.Report, error) {
	at(0)
	table, err := intake.ReadTable(name, data)
	if err != nil {
		return register.Report{}, err
	}
	if err := ctx.Err(); err != nil {
		return register.Report{}, err
	}
	at(1)
	report, err := register.Read(table, request.Request)
	if err == nil {
		err = ctx.Err()
	}
	return report, err
}

// compare tells what the batch would change. Rows that cannot be stored as they are become faults of the report.
func (p *Pages) compare(ctx context.Context, request request, report *register.Report) (register.Changes, error) {
	compare := func() (register.Changes, error) {
		if request.Register.Living() {
			return p.records.Compare(ctx, request.actor, request.Register, report.Batch)
		}
		return p.store.RegisterCompare(ctx, request.Register, report.Batch)
	}
	changes, err := compare()
	faults := fault.Of(err)
	if faults == nil {
		return changes, err
	}
	bad := map[int]bool{}
	for _, one := range faults {
		bad[one.Place.Row] = true
	}
	report.Faults.Add(faults...)
	report.Batch.Rows = slices.DeleteFunc(report.Batch.Rows, func(row register.Row) bool { return bad[row.Origin.Row] })
	report.Refused += report.Accepted - len(report.Batch.Rows)
	report.Accepted = len(report.Batch.Rows)
	if bad[0] { // a fault of no row: nothing can be stored
		report.Refused, report.Accepted, report.Batch.Rows = report.Rows, 0, nil
	}
	return compare()
}

// keep stores the rows of a file that have no fault, as one action.
func (p *Pages) keep(ctx context.Context, actor action.Actor, where access.Thing, request request, one hold, at func(step int)) (register.Changes, error) {
	report, err := p.rowsOf(ctx, request, one.file, one.data, at)
	if err != nil {
		return register.Changes{}, err
	}
	at(2)
	if _, err := p.compare(ctx, request, &report); err != nil {
		return register.Changes{}, err
	}
	if report.Accepted != one.report.Accepted {
		return register.Changes{}, fault.List{fault.New("register.page.import_moved", message.Args{"before": one.report.Accepted, "now": report.Accepted})}
	}
	at(3)
	var changes register.Changes
	if request.Register.Living() {
		changes, err = p.records.Import(ctx, actor, where, request.Register, report.Batch, one.file)
		changes.Rows = nil
		return changes, err
	}
	err = action.Do(ctx, p.store, actor, action.Write{Name: "register.action.import", Thing: where, Reason: one.file, Do: func(ctx context.Context, _ action.Tx) (err error) {
		changes, err = p.store.RegisterUpsert(ctx, request.Register, report.Batch)
		changes.Rows = nil
		return err
	}})
	return changes, err
}
