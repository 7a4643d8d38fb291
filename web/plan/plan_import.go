package plan

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// patience is how long the answer to an upload waits for the import to end: most are done by then, and the
// person sees the report at once instead of a page that only says that it works.
const patience = 1500 * time.Millisecond

// importView is what the import page shows.
type importView struct {
	Form  shell.Form
	Plans []plan.Plan
}

// ImportForm asks for a document.
func (p *Pages) ImportForm(w http.ResponseWriter, r *http.Request) error {
	form := shell.Form{}
	if of := r.URL.Query().Get("plan"); of != "" {
		form.Values = r.URL.Query()
	}
	return p.importForm(w, r, http.StatusOK, form)
}

func (p *Pages) importForm(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	if !plan.MayReview(actorOf(r).Post) {
		return shell.NoRight
	}
	plans, err := p.desks.Plans(ctx)
	if err != nil {
		return err
	}
	page := shell.Page{Title: shell.Text(ctx, "plan.import.title"), Lead: shell.Text(ctx, "plan.import.lead"), Word: "plan", Trail: trail(ctx),
		Styles: []string{"plan.css"}, Scripts: []string{"plan-import.js"}}
	return shell.Render(w, r, status, page, importPage(importView{Form: form, Plans: plans}))
}

// Import takes a document and starts to read it.
func (p *Pages) Import(w http.ResponseWriter, r *http.Request) error {
	if !plan.MayReview(actorOf(r).Post) {
		return shell.NoRight
	}
	handed, err := handedOver(r)
	if err != nil {
		return p.importRefused(w, r, err)
	}
	started, err := p.runs.start(p.desks, actorOf(r), handed, shell.From(r.Context()).Now)
	if err != nil {
		return p.importRefused(w, r, err)
	}
	select {
	case <-started.done:
	case <-time.After(patience):
	case <-r.Context().Done():
	}
	shell.Redirect(w, r, "/plan/import/"+started.id, "", nil)
	return nil
}

// importRefused shows the form again with every fault.
func (p *Pages) importRefused(w http.ResponseWriter, r *http.Request, err error) error {
	faults := fault.Of(err)
	if faults == nil {
		return err
	}
	return p.importForm(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.Form, Faults: faults})
}

// handedOver reads the file or the pasted text of the form.
func handedOver(r *http.Request) (plan.Handed, error) {
	if err := r.ParseMultipartForm(4 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			return plan.Handed{}, fault.List{fault.At(fault.Place{Column: "file"}, "plan.import_large", message.Args{"max": plan.MaxOriginal >> 20})}
		}
		return plan.Handed{}, fault.List{fault.New("plan.import_broken", nil)}
	}
	handed := plan.Handed{Plan: strings.ToValidUTF8(strings.ReplaceAll(r.FormValue("plan"), "\x00", ""), "")}
	pasted := r.FormValue("text")
	file, header, err := r.FormFile("file")
	switch {
	case err == nil:
		defer file.Close()
		handed.File = plan.FileName(header.Filename)
		if handed.Data, err = io.ReadAll(file); err != nil {
			return plan.Handed{}, fault.List{fault.New("plan.import_broken", nil)}
		}
	case strings.TrimSpace(pasted) != "":
		handed.File, handed.Data = shell.Text(r.Context(), "plan.import.pasted")+".txt", []byte(strings.ReplaceAll(pasted, "\r\n", "\n"))
	default:
		return plan.Handed{}, fault.List{fault.At(fault.Place{Column: "file"}, "plan.import_nothing", nil)}
	}
	if len(handed.Data) > plan.MaxOriginal {
		return plan.Handed{}, fault.List{fault.At(fault.Place{Column: "file"}, "plan.import_large", message.Args{"max": plan.MaxOriginal >> 20})}
	}
	return handed, nil
}

// ImportProgress shows how far an import is. One that ended well leads to its report, one that failed says why.
func (p *Pages) ImportProgress(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	one, ok := p.runs.look(r.PathValue("run"), actorOf(r).Post.Person)
	switch {
	case !ok:
		return shell.NotFound
	case one.ended && r.Header.Get("HX-Request") == "true":
		shell.Redirect(w, r, "/plan/import/"+one.id, "", nil) // the whole page, whatever came of it
		return nil
	case one.ended && one.err == nil:
		shell.Redirect(w, r, draftAddress(one.draft)+"/report", "", nil)
		return nil
	case one.ended && errors.Is(one.err, context.Canceled):
		shell.Redirect(w, r, "/plan/import", "plan.import.cancelled", nil)
		return nil
	case one.ended && errors.Is(one.err, context.DeadlineExceeded):
		return p.importRefused(w, r, fault.List{fault.New("plan.import_slow", message.Args{"minutes": int(maxRun.Minutes())})})
	case one.ended && fault.Of(one.err) == nil:
		return found(one.err)
	case one.ended:
		return shell.Render(w, r, http.StatusUnprocessableEntity, shell.Page{Title: shell.Text(ctx, "plan.import.refused"), Word: "plan",
			Trail: trail(ctx, shell.Link{Label: shell.Text(ctx, "plan.import.title"), Address: "/plan/import"}), Styles: []string{"plan.css"}},
			importFaults(one.file, fault.Of(one.err)))
	}
	if r.Header.Get("HX-Request") == "true" {
		return shell.RenderPart(w, r, http.StatusOK, importStages(one))
	}
	w.Header().Set("Refresh", "2") // for readers without scripts
	page := shell.Page{Title: shell.Text(ctx, "plan.import.running"), Word: "plan", Trail: trail(ctx), Styles: []string{"plan.css"}}
	return shell.Render(w, r, http.StatusOK, page, importProgress(one))
}

// ImportCancel ends an import; nothing of it is stored.
func (p *Pages) ImportCancel(w http.ResponseWriter, r *http.Request) error {
	one, ok := p.runs.look(r.PathValue("run"), actorOf(r).Post.Person)
	if !ok {
		return shell.NotFound
	}
	one.cancel()
	select {
	case <-one.done:
	case <-time.After(patience):
	}
	shell.Redirect(w, r, "/plan/import/"+one.id, "", nil)
	return nil
}
