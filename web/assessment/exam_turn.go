package assessment

import (
	"context"
	"net/http"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/web/shell"
)

// turn does one step of an exam and leads back to its page; faults stand on the page beside the form.
func (p *Pages) turn(w http.ResponseWriter, r *http.Request, name string, do func(ctx context.Context, actor action.Actor, exam, reason string) error) error {
	ctx := r.Context()
	e, err := p.held(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	err = do(ctx, actorOf(ctx), e.ID, r.PostForm.Get("reason"))
	if faults := fault.Of(err); len(faults) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, name, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(e.ID, ""), "assessment.page.done."+name, nil)
	return nil
}

// Close ends the import of marks.
func (p *Pages) Close(w http.ResponseWriter, r *http.Request) error {
	return p.turn(w, r, "close", func(ctx context.Context, actor action.Actor, exam, _ string) error {
		return p.desk.Close(ctx, actor, exam)
	})
}

// Reopen opens an exam again.
func (p *Pages) Reopen(w http.ResponseWriter, r *http.Request) error {
	return p.turn(w, r, "reopen", p.desk.Reopen)
}

// Withdraw takes an exam out of all figures.
func (p *Pages) Withdraw(w http.ResponseWriter, r *http.Request) error {
	return p.turn(w, r, "withdraw", p.desk.Withdraw)
}

// ImportWithdraw takes an import out as a whole.
func (p *Pages) ImportWithdraw(w http.ResponseWriter, r *http.Request) error {
	return p.turn(w, r, "batch", func(ctx context.Context, actor action.Actor, exam, reason string) error {
		return p.desk.WithdrawImport(ctx, actor, exam, r.PathValue("batch"), reason)
	})
}
