package draw

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/action"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/web/shell"
)

// turn is one step of a draw as a form asks for it.
type turn func(ctx context.Context, actor action.Actor, id string, version int64) (ceremony.Draw, error)

// turns are the steps that ask for nothing but to be done.
func (p *Pages) turns(r *http.Request) map[string]turn {
	reason := strings.TrimSpace(r.PostFormValue("reason"))
	return map[string]turn{
		"fix":        p.desk.Fix,
		"announce":   p.desk.Announce,
		"open":       p.desk.OpenWitness,
		"close":      p.desk.CloseWitness,
		"end_reveal": p.desk.EndReveal,
		"seed": func(ctx context.Context, actor action.Actor, id string, version int64) (ceremony.Draw, error) {
			return p.desk.EnterValues(ctx, actor, id, version, valuesSent(r))
		},
		"reject": func(ctx context.Context, actor action.Actor, id string, version int64) (ceremony.Draw, error) {
			return p.desk.Reject(ctx, actor, id, version, reason)
		},
		"confirm": p.confirm,
		"run": func(ctx context.Context, actor action.Actor, id string, _ int64) (ceremony.Draw, error) {
			return ceremony.Draw{ID: id}, p.compute(ctx, actor, id)
		},
		"propose": p.desk.Propose,
		"publish": p.desk.Publish,
		"withdraw": func(ctx context.Context, actor action.Actor, id string, version int64) (ceremony.Draw, error) {
			return p.desk.Withdraw(ctx, actor, id, version, reason)
		},
		"again": func(ctx context.Context, actor action.Actor, id string, _ int64) (ceremony.Draw, error) {
			return p.desk.Again(ctx, actor, id)
		},
	}
}

// valuesSent are the values of the sources in their order.
func valuesSent(r *http.Request) []string {
	var values []string
	for n := range ceremony.MaxSources {
		values = append(values, strings.TrimSpace(r.PostFormValue(ceremony.ValueField(n))))
	}
	return values
}

// confirm fixes the seed and computes the draw.
func (p *Pages) confirm(ctx context.Context, actor action.Actor, id string, version int64) (ceremony.Draw, error) {
	d, err := p.desk.Confirm(ctx, actor, id, version)
	if err != nil {
		return d, err
	}
	return d, p.compute(ctx, actor, id)
}

func (p *Pages) compute(ctx context.Context, actor action.Actor, id string) error {
	_, err := p.runs.begin(ctx, id, func(ctx context.Context) error {
		_, err := p.desk.Run(ctx, actor, id)
		return err
	})
	return err
}

// Turn does one step of a draw and leads back to its page; faults stand on the page beside the form.
func (p *Pages) Turn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.one(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	name := r.PathValue("step")
	if name == "verify" {
		return p.verify(w, r, d)
	}
	do, known := p.turns(r)[name]
	if !known {
		return shell.NotFound
	}
	done, err := do(ctx, actorOf(ctx), d.ID, versionOf(r))
	if faults := fault.Of(err); len(faults) > 0 && found(err) != shell.NotFound {
		return p.show(w, r, http.StatusUnprocessableEntity, showView{turn: name, form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, address(done.ID, ""), "draw.page.done."+name, nil)
	return nil
}

// verify repeats the draw from its proof and shows what came out.
func (p *Pages) verify(w http.ResponseWriter, r *http.Request, d ceremony.Draw) error {
	faults, err := p.desk.Verify(r.Context(), actorOf(r.Context()), d.ID)
	if err != nil {
		return found(err)
	}
	if len(faults) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, showView{turn: "verify", form: shell.Form{Faults: faults}})
	}
	shell.Redirect(w, r, address(d.ID, ""), "draw.page.done.verify", nil)
	return nil
}
