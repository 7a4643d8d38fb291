package target

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// Propose fills the sheet by a rule, checks it, or puts it before a second person: act says which. Filling and checking store nothing.
func (p *Splits) Propose(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	s, err := p.open(r)
	if err != nil {
		return err
	}
	if !s.may {
		return shell.NoRight
	}
	ctx := r.Context()
	view := p.viewOf(s, r.PostForm.Get("all") != "")
	view.editing, view.year, view.reason = true, strings.TrimSpace(r.PostForm.Get("year")), strings.TrimSpace(r.PostForm.Get("reason"))
	view.lines = readForm(r.PostForm, view.units(), s.InForce)
	shares, faults := sharesOf(view.lines, s.Goal, view.year)
	act := r.PostForm.Get("act")
	if act == "fill" {
		return p.filled(w, r, view, shares)
	}
	split := target.Split{Plan: s.where.Plan, Target: s.where.Target, Parent: s.where.Parent, Shares: shares, Decision: target.Decision{Reason: view.reason}}
	checked, warnings := target.Check(split, s.Goal, s.Codes())
	faults = append(faults, checked...)
	view.add(shares)
	if act == "check" || len(faults) > 0 || len(warnings) > 0 && r.PostForm.Get("confirmed") == "" {
		view.wrong(ctx, faults, warnings, shares)
		status := http.StatusOK
		if act != "check" {
			status = http.StatusUnprocessableEntity
		} else if len(faults)+len(warnings) == 0 {
			view.notice = shell.Text(ctx, "target.split.checked", message.Args{"count": len(shares)})
		}
		return p.show(w, r, status, view)
	}
	made, err := p.splitting.ProposeSplit(ctx, shell.From(ctx).Actor, shell.From(ctx).Tree, split, true)
	if list := fault.Of(err); len(list) > 0 {
		view.wrong(ctx, list, nil, shares)
		return p.show(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, targetAddress(s.where, "split"), "target.split.proposed", message.Args{"number": made.Number})
	return nil
}

// filled shows the sheet filled by the rule that was chosen.
func (p *Splits) filled(w http.ResponseWriter, r *http.Request, view splitView, stand []target.Share) error {
	ctx := r.Context()
	fill := target.Filling{Goal: target.FillGoal(r.PostForm.Get("rule"))}
	var codes []string
	for _, one := range view.lines {
		if one.In {
			codes = append(codes, one.Unit.Code)
		}
	}
	if r.PostForm.Get("baseline") == "latest" || r.PostForm.Get("weight") == "latest" {
		latest, year, err := p.latestOf(ctx, view.where)
		if err != nil {
			return err
		}
		if r.PostForm.Get("baseline") == "latest" {
			fill.Latest, fill.LatestYear = latest, year
		}
		fill.Weight = latest
	}
	if r.PostForm.Get("weight") != "latest" {
		fill.Weight = map[string]float64{}
		for _, code := range codes {
			fill.Weight[code] = 1
		}
	}
	shares := target.Suggest(view.Goal, codes, stand, fill)
	year := view.year
	view.fill(shares)
	if view.year == "" {
		view.year = year
	}
	measured := 0
	for _, code := range codes {
		if _, ok := fill.Latest[code]; ok {
			measured++
		}
	}
	view.notice = shell.Text(ctx, "target.split.filled", message.Args{"count": len(codes), "measured": measured})
	return p.show(w, r, http.StatusOK, view)
}

// latestOf returns the newest measured value of the target in each unit, by code, and the year it holds for.
func (p *Splits) latestOf(ctx context.Context, where target.Where) (map[string]float64, int, error) {
	view, err := p.board.View(ctx)
	if err != nil {
		return nil, 0, err
	}
	values, year := map[string]float64{}, 0
	of, known := view.Plan(where.Plan)
	if !known {
		return values, 0, nil
	}
	t, known := of.Find(where.Target)
	if !known {
		return values, 0, nil
	}
	for _, n := range target.Below(view.Tree, where.Parent) {
		for _, reading := range slices.Backward(of.Cell(t, n).Series) {
			if number, known := reading.Value.Number(); known {
				values[view.Tree.At(n).Code] = number
				year = max(year, reading.Period.To().Year)
				break
			}
		}
	}
	return values, year, nil
}

// Approve makes a proposed sheet hold.
func (p *Splits) Approve(w http.ResponseWriter, r *http.Request) error {
	return p.decide(w, r, "target.split.approved", p.splitting.ApproveSplit)
}

// Withdraw takes a proposed sheet back.
func (p *Splits) Withdraw(w http.ResponseWriter, r *http.Request) error {
	return p.decide(w, r, "target.split.withdrawn", p.splitting.WithdrawSplit)
}

func (p *Splits) decide(w http.ResponseWriter, r *http.Request, done string, do decision) error {
	ctx := r.Context()
	one, err := p.store.Split(ctx, r.PostFormValue("id"))
	if err != nil {
		return found(err)
	}
	where := target.Where{Plan: one.Plan, Target: one.Target, Parent: one.Parent}
	if one.Plan != r.PathValue("plan") || string(one.Target) != r.PathValue("track") {
		return shell.NotFound
	}
	made, err := do(ctx, shell.From(ctx).Actor, shell.From(ctx).Tree, one.ID)
	if errors.Is(err, target.ErrNoGoal) {
		return fault.List{fault.New("target.split_moved", nil)}
	}
	if err != nil {
		return found(err)
	}
	shell.Redirect(w, r, targetAddress(where, "split"), done, message.Args{"number": made.Number})
	return nil
}
