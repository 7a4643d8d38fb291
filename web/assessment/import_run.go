package assessment

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// shownFaults is how many faults the page lists.
const shownFaults = 300

// importView is the form of an import, or what was found in a file.
type importView struct {
	hold
	exam assessment.Exam
	tabs []shell.Tab
	form shell.Form
}

// ImportForm asks for a file.
func (p *Pages) ImportForm(w http.ResponseWriter, r *http.Request) error {
	e, err := p.held(r)
	if err != nil {
		return err
	}
	return p.importForm(w, r, http.StatusOK, importView{exam: e})
}

func (p *Pages) importForm(w http.ResponseWriter, r *http.Request, status int, v importView) error {
	ctx := r.Context()
	v.tabs = tabsOf(ctx, v.exam, assessment.Sight{Holder: true}, "/import")
	frame := examPage(ctx, v.exam, text(ctx, "import"))
	frame.Styles, frame.Scripts = append(frame.Styles, "plan.css"), []string{"plan-import.js"}
	return shell.Render(w, r, status, frame, importForm(v))
}

// Import takes a file and looks through it; nothing of it is stored.
func (p *Pages) Import(w http.ResponseWriter, r *http.Request) error {
	e, err := p.held(r)
	if err != nil {
		return err
	}
	name, data, err := uploaded(r, maxUpload)
	if err == nil {
		err = p.receive(w, r, e, name, data)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.importForm(w, r, http.StatusUnprocessableEntity, importView{exam: e, form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	return err
}

func (p *Pages) receive(w http.ResponseWriter, r *http.Request, e assessment.Exam, name string, data []byte) error {
	ctx, actor := r.Context(), actorOf(r.Context())
	one := &hold{by: actor.Post.Person, exam: e.ID, data: data, began: shell.From(ctx).Now, source: assessment.Source{File: name, Scope: assessment.WholeSubject,
		Blank: assessment.Blank(r.FormValue("blank")), Minus: r.FormValue("minus") != "", Tail: r.FormValue("tail") != "", Subject: r.FormValue("paper")}}
	if r.FormValue("scope") == string(assessment.ItsSchools) {
		one.source.Scope = assessment.ItsSchools
	}
	p.holds.add(one)
	err := p.holds.work(one.id, func(ctx context.Context) error {
		source, err := p.sourceOf(one.id, one.source, data)
		if err != nil {
			return err
		}
		found, err := p.desk.Check(ctx, actor, e.ID, source)
		p.holds.change(one.id, func(one *hold) { one.found = found })
		return err
	})
	if err != nil {
		p.holds.forget(one.id)
		return err
	}
	await(ctx, one.done)
	shell.Redirect(w, r, address(e.ID, "/import/"+one.id), "", nil)
	return nil
}

// sourceOf reads the rows of a file.
func (p *Pages) sourceOf(id string, source assessment.Source, data []byte) (assessment.Source, error) {
	p.holds.change(id, func(one *hold) { one.step = 0 })
	rows, err := readTable(source.File, data)
	source.Rows = rows
	p.holds.change(id, func(one *hold) { one.step = 1 })
	return source, err
}

// openHold returns the file of the address. One that was forgotten leads back to the form.
func (p *Pages) openHold(w http.ResponseWriter, r *http.Request) (importView, bool, error) {
	ctx := r.Context()
	e, err := p.held(r)
	if err != nil {
		return importView{}, false, err
	}
	one, known := p.holds.look(r.PathValue("run"), actorOf(ctx).Post.Person, e.ID, shell.From(ctx).Now)
	if !known {
		shell.Redirect(w, r, address(e.ID, "/import"), "assessment.page.import_expired", nil)
		return importView{}, false, nil
	}
	return importView{hold: one, exam: e, tabs: tabsOf(ctx, e, assessment.Sight{Holder: true}, "/import")}, true, nil
}

// ImportShow shows how far the work on a file is, and then what was found in it.
func (p *Pages) ImportShow(w http.ResponseWriter, r *http.Request) error {
	v, ok, err := p.openHold(w, r)
	if !ok {
		return err
	}
	ctx, htmx := r.Context(), r.Header.Get("HX-Request") == "true"
	switch {
	case v.working && htmx:
		return shell.RenderPart(w, r, http.StatusOK, importStep(v))
	case v.working:
		w.Header().Set("Refresh", "2") // for readers without scripts
		return shell.Render(w, r, http.StatusOK, examPage(ctx, v.exam, text(ctx, "import_report")), importWorking(v))
	case htmx:
		shell.Redirect(w, r, address(v.exam.ID, "/import/"+v.id), "", nil)
		return nil
	case v.stored:
		shell.Redirect(w, r, address(v.exam.ID, ""), "assessment.page.import_done", message.Args{"pupils": v.found.Pupils})
		return nil
	}
	return p.importAnswer(w, r, v)
}

// importAnswer shows what was found, or why nothing was.
func (p *Pages) importAnswer(w http.ResponseWriter, r *http.Request, v importView) error {
	status := http.StatusOK
	switch faults := fault.Of(v.err); {
	case errors.Is(v.err, context.DeadlineExceeded):
		v.form.Faults = fault.List{fault.New("assessment.import_slow", message.Args{"minutes": int(maxRun.Minutes())})}
	case errors.Is(v.err, context.Canceled):
		v.form.Faults = fault.List{fault.New("assessment.import_expired", nil)}
	case faults != nil:
		v.form.Faults = append(v.form.Faults, faults...)
	case v.err != nil:
		return v.err
	}
	if len(v.form.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return shell.Render(w, r, status, examPage(r.Context(), v.exam, text(r.Context(), "import_report")), importReport(v))
}

// ImportConfirm stores a file without faults.
func (p *Pages) ImportConfirm(w http.ResponseWriter, r *http.Request) error {
	v, ok, err := p.openHold(w, r)
	if !ok {
		return err
	}
	ctx, actor := r.Context(), actorOf(r.Context())
	here := address(v.exam.ID, "/import/"+v.id)
	if v.working || v.stored || v.err != nil || len(v.found.Faults) > 0 || v.found.Pupils == 0 {
		shell.Redirect(w, r, here, "", nil)
		return nil
	}
	err = p.holds.work(v.id, func(ctx context.Context) error {
		source, err := p.sourceOf(v.id, v.source, v.data)
		if err != nil {
			return err
		}
		p.holds.change(v.id, func(one *hold) { one.step = 2 })
		_, err = p.desk.Import(ctx, actor, v.exam.ID, source, func(done, total int) {
			p.holds.change(v.id, func(one *hold) { one.at, one.of = done, total })
		})
		if err == nil {
			p.holds.change(v.id, func(one *hold) { one.stored, one.data = true, nil })
		}
		return err
	})
	if err != nil {
		v.form.Faults = fault.Of(err)
		return p.importAnswer(w, r, v)
	}
	if one, known := p.holds.look(v.id, actor.Post.Person, v.exam.ID, shell.From(ctx).Now); known {
		await(ctx, one.done)
	}
	shell.Redirect(w, r, here, "", nil)
	return nil
}

// ImportCancel ends the work on a file and forgets it.
func (p *Pages) ImportCancel(w http.ResponseWriter, r *http.Request) error {
	v, ok, err := p.openHold(w, r)
	if !ok {
		return err
	}
	if v.working {
		v.cancel()
		await(r.Context(), v.done)
	}
	p.holds.forget(v.id)
	shell.Redirect(w, r, address(v.exam.ID, ""), "assessment.page.import_dropped", nil)
	return nil
}
