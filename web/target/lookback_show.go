package target

import (
	"net/http"
	"net/url"
	"strings"

	"jiaoheng/export/docx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// lookbackView is what the page of a look-back shows.
type lookbackView struct {
	plan   plan.Plan
	day    period.Date
	form   shell.Form
	unit   string
	units  []shell.Option
	report *report.Report
	before bool // the plan had not been adopted by that day
	file   string
}

// LookBack rebuilds what was known of a plan on a day in the past and who had decided what: as a page, or as a file (as=docx).
func (p *Splits) LookBack(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	shown := shell.From(ctx)
	if !plan.MaySeeDrafts(shown.Actor.Post) || shown.Tree == nil {
		return shell.NoRight
	}
	tracked, err := p.plans.Tracked(ctx, r.PathValue("plan"))
	if err != nil {
		return found(err)
	}
	query := r.URL.Query()
	today := period.DayAt(shown.Now)
	view := lookbackView{plan: tracked.Plan, form: shell.Form{Values: query}, unit: target.Home(shown.Tree, tracked.Plan), day: today}
	if code := query.Get("unit"); code != "" {
		if _, known := shown.Tree.Find(code); !known {
			return shell.NotFound
		}
		view.unit = code
	}
	status := http.StatusOK
	if text := strings.TrimSpace(query.Get("day")); text != "" {
		day, ok := period.ParseDate(text)
		switch {
		case !ok:
			view.form.Faults.Add(fault.At(fault.Place{Column: "day"}, "target.back.day_wrong", message.Args{"day": text}))
		case today.Before(day):
			view.form.Faults.Add(fault.At(fault.Place{Column: "day"}, "target.back.day_future", message.Args{"day": day.String()}))
		default:
			view.day = day
		}
		if len(view.form.Faults) > 0 {
			return p.showBack(w, r, http.StatusUnprocessableEntity, view)
		}
		past, adopted, err := p.lookBack(ctx, tracked.Plan.ID, view.unit, view.day)
		if err != nil {
			return found(err)
		}
		if view.before = !adopted; adopted {
			made := report.LookBack(past)
			view.report = &made
		}
	}
	if query.Get("as") == "docx" && view.report != nil {
		return sendBack(w, *view.report)
	}
	view.file = planAddress(tracked.Plan.ID, "lookback") + "?" + url.Values{"day": {view.day.String()}, "unit": {view.unit}, "as": {"docx"}}.Encode()
	return p.showBack(w, r, status, view)
}

func sendBack(w http.ResponseWriter, content report.Report) error {
	data, err := docx.WriteReport(content)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(content.Title+".docx"))
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(data)
	return err
}

func (p *Splits) showBack(w http.ResponseWriter, r *http.Request, status int, view lookbackView) error {
	ctx := r.Context()
	view.units = append(unitOptions(ctx, target.Home(shell.From(ctx).Tree, view.plan)), schoolOptions(ctx, view)...)
	page := shell.Page{Title: shell.Text(ctx, "target.back.title"), Lead: shell.Text(ctx, "target.back.lead"), Word: "plan", Wide: true,
		Trail: planTrail(ctx, view.plan), Styles: []string{"plan.css", "target-split.css"}, Source: shell.Text(ctx, "target.back.source")}
	return shell.Render(w, r, status, page, lookbackPage(view))
}
