package report

import (
	"net/http"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// maxUnits is how many units the form offers in a list; beyond it asks for a code.
const maxUnits = 300

// composeView is the form that asks for a report, and what it would be.
type composeView struct {
	ask     report.Ask
	day     string
	plans   []plan.Plan
	units   []shell.Option
	preview *report.Report
	working bool
	form    shell.Form
}

// New asks which report is wanted and shows it before it is kept.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !mayComposeSome(ctx) {
		return shell.NoRight
	}
	v, err := p.asked(r, r.URL.Query().Get)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if v.ask.Kind != "" {
		unit := v.ask.Unit
		if _, known := shell.From(ctx).Tree.Find(unit); known && !report.MayCompose(post(ctx), place(ctx, unit)) {
			return shell.NoRight // of a unit that is not there the desk says so
		}
		key := strings.Join([]string{shell.From(ctx).Actor.Account, string(v.ask.Kind), v.ask.Plan, unit, v.ask.Day.String()}, "|")
		one, ended, err := p.compose(ctx, key, v.ask)
		if faults := fault.Of(err); len(faults) > 0 {
			v.form, status = shell.Form{Values: r.URL.Query(), Faults: faults}, http.StatusUnprocessableEntity
		} else if err != nil {
			return err
		}
		if one != nil && !report.MayCompose(post(ctx), place(ctx, one.Unit)) {
			return shell.NoRight
		}
		v.preview, v.working = one, !ended
	}
	frame := page(ctx, text(ctx, "compose"))
	frame.Lead = text(ctx, "compose_lead")
	if v.working {
		w.Header().Set("Refresh", "1") // the same address joins the work that goes on
	}
	return shell.Render(w, r, status, frame, reportCompose(v))
}

// asked reads what is asked for; the day is today and the plan the only one where nothing is said.
func (p *Pages) asked(r *http.Request, get func(string) string) (composeView, error) {
	ctx := r.Context()
	plans, err := p.store.Plans(ctx)
	if err != nil {
		return composeView{}, err
	}
	v := composeView{plans: plans, day: strings.TrimSpace(get(report.FieldDay))}
	v.ask = report.Ask{Kind: report.Kind(get(report.FieldKind)), Plan: get(report.FieldPlan), Unit: strings.TrimSpace(get(report.FieldUnit))}
	if v.day == "" {
		v.day = period.DayAt(shell.From(ctx).Now).String()
	}
	v.ask.Day, _ = period.ParseDate(v.day)
	if v.ask.Plan == "" && len(plans) > 0 {
		v.ask.Plan = plans[0].ID
	}
	tree := shell.From(ctx).Tree
	for _, one := range plans {
		if one.ID != v.ask.Plan || tree == nil {
			continue
		}
		home := target.Home(tree, one)
		if own := post(ctx).Unit.Code; v.ask.Unit == "" && !report.MayCompose(post(ctx), place(ctx, home)) {
			v.ask.Unit = own
		}
		v.units = append(v.units, shell.Option{Value: home, Label: unitName(ctx, home)})
		for _, n := range target.Below(tree, home) {
			if code := tree.At(n).Code; report.MayCompose(post(ctx), place(ctx, code)) {
				v.units = append(v.units, shell.Option{Value: code, Label: tree.At(n).Name})
			}
		}
	}
	return v, nil
}

// Create keeps a report as a draft.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !mayComposeSome(ctx) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	v, err := p.asked(r, r.PostForm.Get)
	if err != nil {
		return err
	}
	one, err := p.desk.Compose(ctx, v.ask)
	var filed report.File
	if err == nil {
		filed, err = report.FileDraft(ctx, p.store, shell.From(ctx).Actor, place(ctx, one.Unit), *one)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		v.form = shell.Form{Values: r.PostForm, Faults: faults}
		return shell.Render(w, r, http.StatusUnprocessableEntity, page(ctx, text(ctx, "compose")), reportCompose(v))
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/report/"+filed.ID, "report.page.kept", message.Args{"count": len(filed.Report.Narratives())})
	return nil
}
