package whatif

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// Save answers POST /whatif/saved: the changes of the form under a name, as a new what-if.
func (p *Pages) Save(w http.ResponseWriter, r *http.Request) error {
	return p.save(w, r, round.WhatIf{})
}

// Change answers POST /whatif/saved/{id}: the changes of the form in place of those that were kept.
func (p *Pages) Change(w http.ResponseWriter, r *http.Request) error {
	one, err := p.own(r)
	if err != nil {
		return err
	}
	return p.save(w, r, one)
}

func (p *Pages) save(w http.ResponseWriter, r *http.Request, one round.WhatIf) error {
	ctx := r.Context()
	if !round.MayKeepWhatIfs(shell.From(ctx).Actor.Post) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.open(r, r.PostForm)
	if err != nil {
		return err
	}
	answer, err := p.evaluate(ctx, &d)
	if err != nil {
		return err
	}
	one.Name, one.Remark = r.PostForm.Get("name"), r.PostForm.Get("remark")
	one.Pack, one.Unit, one.Period = d.Pack.Name, d.Standing.Unit.Code, d.Standing.Period.String()
	one.Changes, one.Digest = changesOf(d.List), digestOf(answer.Before)
	if len(d.Faults) == 0 {
		stored, err := round.SaveWhatIf(ctx, p.store, shell.From(ctx).Actor, one)
		if err == nil {
			d.Saved = stored
			shell.Redirect(w, r, d.address("/whatif", d.List), "whatif.saved_as", message.Args{"name": stored.Name})
			return nil
		}
		if d.SaveFaults = fault.Of(err); len(d.SaveFaults) == 0 {
			return err
		}
	}
	d.Form = shell.Form{Values: r.PostForm}
	return shell.Render(w, r, http.StatusUnprocessableEntity, p.page(r, &d), showPage(&d, answer, nil))
}

// own returns the what-if of the address when it belongs to the person.
func (p *Pages) own(r *http.Request) (round.WhatIf, error) {
	ctx := r.Context()
	if !round.MayKeepWhatIfs(shell.From(ctx).Actor.Post) {
		return round.WhatIf{}, shell.NoRight
	}
	one, err := p.saved(ctx, r.PathValue("id"))
	if err == nil && one.Owner != shell.From(ctx).Actor.Post.Person {
		return one, shell.NoRight
	}
	return one, err
}

// Share answers POST /whatif/saved/{id}/share: with on=yes the bureau may read it, else no longer.
func (p *Pages) Share(w http.ResponseWriter, r *http.Request) error {
	one, err := p.own(r)
	if err != nil {
		return err
	}
	on, key := r.PostFormValue("on") == "yes", "whatif.shared"
	if !on {
		key = "whatif.unshared"
	}
	return p.done(w, r, key, one, round.ShareWhatIf(r.Context(), p.store, shell.From(r.Context()).Actor, one, on))
}

// Delete answers POST /whatif/saved/{id}/delete.
func (p *Pages) Delete(w http.ResponseWriter, r *http.Request) error {
	one, err := p.own(r)
	if err != nil {
		return err
	}
	return p.done(w, r, "whatif.deleted", one, round.DeleteWhatIf(r.Context(), p.store, shell.From(r.Context()).Actor, one))
}

// Copy answers POST /whatif/saved/{id}/copy: a what-if that one may read becomes one of one's own.
func (p *Pages) Copy(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !round.MayKeepWhatIfs(shell.From(ctx).Actor.Post) {
		return shell.NoRight
	}
	one, err := p.saved(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	one.ID, one.Shared = "", false
	one.Name = cut(text(ctx, "whatif.copy_name", message.Args{"name": one.Name}), round.MaxWhatIfName)
	_, err = round.SaveWhatIf(ctx, p.store, shell.From(ctx).Actor, one)
	return p.done(w, r, "whatif.copied", one, err)
}

// cut keeps a name within its limit.
func cut(name string, limit int) string {
	if runes := []rune(name); len(runes) > limit {
		return string(runes[:limit])
	}
	return name
}

// done leads back to the list after a write.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, key string, one round.WhatIf, err error) error {
	if errors.Is(err, round.ErrNoWhatIf) {
		return shell.NotFound
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/whatif/saved", key, message.Args{"name": one.Name})
	return nil
}

// Open answers GET /whatif/saved/{id}: it leads to the desk with the changes that are kept.
func (p *Pages) Open(w http.ResponseWriter, r *http.Request) error {
	one, err := p.saved(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	d, err := p.deskOf(r, one)
	if err != nil {
		return err
	}
	return lead(w, r, d.address("/whatif", d.List))
}

// mayKeep tells whether the present post may save what-ifs.
func mayKeep(ctx context.Context) bool {
	return round.MayKeepWhatIfs(shell.From(ctx).Actor.Post) && shell.MayStand(ctx, access.Fact)
}
