package round

import (
	"errors"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// keepView is the form that freezes a round.
type keepView struct {
	*asked
	form shell.Form
}

// mayKeep tells whether the present post may freeze rounds of a unit.
func (a *asked) mayKeep() bool {
	view := shell.From(a.ctx)
	return access.May(view.Actor.Post, access.Approve, access.Thing{Class: access.Fact, Unit: unitAt(view.Tree, a.standing.Number)})
}

// KeepForm asks for a name and a reason.
func (p *Pages) KeepForm(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	if !a.mayKeep() {
		return shell.NoRight
	}
	return a.keepForm(w, r, http.StatusOK, shell.Form{})
}

func (a *asked) keepForm(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	page := a.page(a.text("round.keep.title"))
	page.Lead, page.Trail, page.Wide = a.text("round.keep.lead"), a.trail(), false
	return shell.Render(w, r, status, page, keepPage(keepView{asked: a, form: form}))
}

// suggested is a name to begin with.
func (v keepView) suggested() string {
	name := v.text("round.keep.suggested", message.Args{"unit": v.standing.Unit.Name, "period": v.standing.Period.Text(v.language), "pack": packTitle(v.ctx, v.pack)})
	if runes := []rune(name); len(runes) > round.MaxName {
		name = string(runes[:round.MaxName])
	}
	return name
}

// Keep freezes the round that the address asks for.
func (p *Pages) Keep(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	if !a.mayKeep() {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	kept, err := round.Keep(a.ctx, p.store, shell.From(a.ctx).Actor, unitAt(shell.From(a.ctx).Tree, a.standing.Number), a.outcome,
		r.PostForm.Get(round.FieldName), r.PostForm.Get(round.FieldReason))
	if faults := fault.Of(err); len(faults) > 0 {
		return a.keepForm(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/round/kept/"+kept.ID, "round.keep.done", message.Args{"name": kept.Name})
	return nil
}

// found turns an absent round into the page that says so.
func found(err error) error {
	if errors.Is(err, round.ErrNotFound) {
		return shell.NotFound
	}
	return err
}
