package report

import (
	"context"
	"net/http"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// doing does something to a report and leads back to it; what is refused is told on its page.
func (p *Pages) doing(w http.ResponseWriter, r *http.Request, may func(post access.Post, unit access.Unit) bool, notice string, do func(ctx context.Context, one report.File) (message.Args, error)) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	if !may(post(r.Context()), place(r.Context(), one.Report.Unit)) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	args, err := do(r.Context(), one)
	if faults := fault.Of(err); len(faults) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, one, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/report/"+one.ID, notice, args)
	return nil
}

// version is the version of the report that the person saw.
func version(r *http.Request) int64 {
	number, _ := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	return max(number, -1)
}

// Sign signs, numbers and files a draft.
func (p *Pages) Sign(w http.ResponseWriter, r *http.Request) error {
	return p.doing(w, r, report.MaySign, "report.page.signed", func(ctx context.Context, one report.File) (message.Args, error) {
		return nil, report.Sign(ctx, p.store, shell.From(ctx).Actor, place(ctx, one.Report.Unit), one.ID, version(r))
	})
}

// Withdraw takes a filed report back.
func (p *Pages) Withdraw(w http.ResponseWriter, r *http.Request) error {
	return p.doing(w, r, report.MaySign, "report.page.withdrawn", func(ctx context.Context, one report.File) (message.Args, error) {
		return nil, report.Withdraw(ctx, p.store, shell.From(ctx).Actor, place(ctx, one.Report.Unit), one.ID, version(r), r.PostForm.Get(report.FieldReason))
	})
}

// Publish prepares a publication of a filed report.
func (p *Pages) Publish(w http.ResponseWriter, r *http.Request) error {
	return p.doing(w, r, report.MayCompose, "report.page.published", func(ctx context.Context, one report.File) (message.Args, error) {
		_, err := report.Publish(ctx, p.store, p.store, shell.From(ctx).Actor, place(ctx, one.Report.Unit), one.ID)
		return nil, err
	})
}

// Propose makes an amendment of the plan from one proposal of a mid-term evaluation. A second person approves it.
func (p *Pages) Propose(w http.ResponseWriter, r *http.Request) error {
	return p.doing(w, r, report.MayCompose, "report.page.proposed", func(ctx context.Context, one report.File) (message.Args, error) {
		view, err := p.desk.Board.View(ctx)
		if err != nil {
			return nil, err
		}
		for _, proposal := range one.Report.Proposals {
			if string(proposal.Target) != r.PostForm.Get("target") {
				continue
			}
			board, known := view.Plan(one.Report.Plan)
			if !known {
				break
			}
			n, known := board.Find(proposal.Target)
			if !known || one.Report.Unit != board.Home {
				break
			}
			change := plan.AmendmentChange{Node: board.Targets()[n].Node.ID, Fields: map[string]string{"value": strconv.FormatFloat(proposal.Proposed.Number, 'f', -1, 64)}}
			made, err := p.plans.Propose(ctx, shell.From(ctx).Actor, one.Report.Plan, plan.Amendment{Changes: []plan.AmendmentChange{change}, Reason: shortened(one.Title + "：" + proposal.Reason)})
			return message.Args{"number": made.Number, "target": proposal.Name}, err
		}
		return nil, fault.New("report.page.no_proposal", nil)
	})
}

// shortened keeps a reason within what an amendment takes.
func shortened(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), plan.MaxAmendmentReason)])
}
