package plan

import (
	"net/http"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// adoptView is what the page of an adoption shows.
type adoptView struct {
	plan.Opened
	Adoptable plan.Adoptable
	Adoption  plan.Adoption
	Form      shell.Form
	Revises   string // title of the plan that it revises
	Changes   plan.Comparison
	Number    int // of the version it becomes
}

// AdoptForm shows what would be adopted, what stands against it and what is not reviewed.
func (p *Pages) AdoptForm(w http.ResponseWriter, r *http.Request) error {
	return p.adoptForm(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) adoptForm(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if !plan.MayAdopt(actorOf(r).Post) {
		return shell.NoRight
	}
	if open.Draft.State != plan.Reviewing {
		http.Redirect(w, r, draftAddress(open.Draft.ID), http.StatusSeeOther)
		return nil
	}
	view := adoptView{Opened: open, Adoption: plan.Adoption{}.Defaults(open.Desk), Form: form, Number: 1}
	view.Adoptable = open.Desk.Adoptable(view.Adoption)
	if open.Draft.Plan != "" {
		of, last, err := p.desks.Version(ctx, open.Draft.Plan, 0)
		if err != nil {
			return found(err)
		}
		view.Revises, view.Number = of.Title, of.Versions+1
		view.Changes = open.Desk.Preview(last.Content, view.Adoption)
	}
	page := shell.Page{Title: shell.Text(ctx, "plan.adopt.title"), Lead: open.Draft.Title, Word: "plan", Styles: []string{"plan.css"},
		Trail: trail(ctx, shell.Link{Label: shell.Text(ctx, "plan.desk.title"), Address: draftAddress(open.Draft.ID)})}
	return shell.Render(w, r, status, page, adoptPage(view))
}

// Adopt fixes the draft as a version.
func (p *Pages) Adopt(w http.ResponseWriter, r *http.Request) error {
	if !plan.MayAdopt(actorOf(r).Post) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return fault.List{fault.New("plan.import_broken", nil)}
	}
	adoption := plan.Adoption{Title: r.PostForm.Get("name"), Region: r.PostForm.Get("region"), From: r.PostForm.Get("from"), To: r.PostForm.Get("to"),
		Head: number(r.PostForm.Get("head")), Unreviewed: r.PostForm.Has("unreviewed")}
	made, version, err := p.desks.Adopt(r.Context(), actorOf(r), r.PathValue("draft"), adoption)
	if faults := fault.Of(err); faults != nil {
		return p.adoptForm(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, planAddress(made.ID), "plan.adopt.done", message.Args{"number": version.Number})
	return nil
}

// DiscardForm asks why a draft is set aside.
func (p *Pages) DiscardForm(w http.ResponseWriter, r *http.Request) error {
	return p.discardForm(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) discardForm(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	if !plan.MayReview(actorOf(r).Post) {
		return shell.NoRight
	}
	ctx := r.Context()
	page := shell.Page{Title: shell.Text(ctx, "plan.discard.title"), Lead: open.Draft.Title, Word: "plan", Styles: []string{"plan.css"},
		Trail: trail(ctx, shell.Link{Label: shell.Text(ctx, "plan.desk.title"), Address: draftAddress(open.Draft.ID)})}
	return shell.Render(w, r, status, page, discardPage(open, form))
}

// Discard sets a draft aside.
func (p *Pages) Discard(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.List{fault.New("plan.import_broken", nil)}
	}
	err := p.desks.Discard(r.Context(), actorOf(r), r.PathValue("draft"), r.PostForm.Get("reason"))
	if faults := fault.Of(err); faults != nil {
		return p.discardForm(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, "/plan", "plan.discard.done", nil)
	return nil
}
