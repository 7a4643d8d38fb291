package report

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// listing is what an address asks the list of reports for, and what was found.
type listing struct {
	kind    report.Kind
	plan    string
	plans   []plan.Plan
	reports []report.File
	compose bool
}

// List shows the reports that may be seen, by kind and plan.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.See, access.Plan) {
		return shell.NoRight
	}
	plans, err := p.store.Plans(ctx)
	if err != nil {
		return err
	}
	found := listing{kind: report.Kind(r.URL.Query().Get("kind")), plan: r.URL.Query().Get("plan"), plans: plans, compose: mayComposeSome(ctx) && len(plans) > 0}
	if !slices.Contains(everyKind(), found.kind) {
		found.kind = ""
	}
	if !slices.ContainsFunc(plans, func(one plan.Plan) bool { return one.ID == found.plan }) {
		found.plan = ""
	}
	all, err := p.store.Reports(ctx, report.Query{Kind: found.kind, Plan: found.plan})
	if err != nil {
		return err
	}
	for _, one := range all {
		seen, err := p.sees(ctx, one)
		if err != nil {
			return err
		}
		if seen {
			found.reports = append(found.reports, one)
		}
	}
	frame := page(ctx, text(ctx, "title"))
	frame.Trail, frame.Lead = nil, text(ctx, "lead")
	return shell.Render(w, r, http.StatusOK, frame, reportList(p, found))
}

func everyKind() []report.Kind { return append(report.Kinds(), report.Lookback, report.Taskbook) }

// sees tells whether a listed report may be seen; what is asked in a draft stands only in its content.
func (p *Pages) sees(ctx context.Context, one report.File) (bool, error) {
	unit := place(ctx, one.Report.Unit)
	if report.MaySee(post(ctx), unit, one) || one.State != report.Draft {
		return report.MaySee(post(ctx), unit, one), nil
	}
	whole, err := p.store.Report(ctx, one.ID)
	return err == nil && report.MaySee(post(ctx), unit, whole), err
}

func (l listing) address(kind report.Kind, plan string) string {
	values := url.Values{}
	if kind != "" {
		values.Set("kind", string(kind))
	}
	if plan != "" {
		values.Set("plan", plan)
	}
	if len(values) == 0 {
		return "/report"
	}
	return "/report?" + values.Encode()
}

func (l listing) kindChips(ctx context.Context) []shell.Chip {
	chips := []shell.Chip{{Label: text(ctx, "every_kind"), Current: l.kind == "", Address: l.address("", l.plan)}}
	for _, kind := range everyKind() {
		chips = append(chips, shell.Chip{Label: shell.Text(ctx, kind.Key()), Current: l.kind == kind, Address: l.address(kind, l.plan)})
	}
	return chips
}

func (l listing) planChips(ctx context.Context) []shell.Chip {
	chips := []shell.Chip{{Label: text(ctx, "every_plan"), Current: l.plan == "", Address: l.address(l.kind, "")}}
	for _, one := range l.plans {
		chips = append(chips, shell.Chip{Label: one.Title, Current: l.plan == one.ID, Address: l.address(l.kind, one.ID)})
	}
	return chips
}

// composePlan is the plan for which the buttons of the list compose: the one that is chosen, else the last one.
func (l listing) composePlan() plan.Plan {
	for _, one := range l.plans {
		if one.ID == l.plan {
			return one
		}
	}
	return l.plans[0]
}

func composeAddress(kind report.Kind, plan, unit, day string) string {
	values := url.Values{"kind": {string(kind)}, "plan": {plan}}
	if unit != "" {
		values.Set("unit", unit)
	}
	if day != "" {
		values.Set("day", day)
	}
	return "/report/new?" + values.Encode()
}

func (l listing) table(ctx context.Context, p *Pages) shell.Table {
	table := shell.Table{Caption: text(ctx, "title"), Count: text(ctx, "count", message.Args{"count": shell.Count(len(l.reports))})}
	for _, word := range []string{"name", "kind", "unit", "period", "state", "number", "signed"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, one := range l.reports {
		number, signed, note := "—", "—", ""
		if one.State != report.Draft {
			number = shell.Text(ctx, "report.number."+string(one.Report.Kind), message.Args{"year": one.Year, "number": one.Number})
			signed, note = p.nameOf(ctx, one.Signer), shell.Moment(ctx, one.SignedAt)
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Title, Address: "/report/" + one.ID, Written: true}, {Text: shell.Text(ctx, one.Report.Kind.Key())},
			{Text: unitName(ctx, one.Report.Unit), Written: true}, {Text: one.Report.Period, Written: true}, {Body: shell.StatusWord(condition(one.State), shell.Text(ctx, "report.state."+string(one.State)))},
			{Text: number, Written: true}, {Text: signed, Note: note}})
	}
	return table
}

func unitName(ctx context.Context, code string) string {
	if tree := shell.From(ctx).Tree; tree != nil {
		if one, known := tree.Find(code); known {
			return one.Name
		}
	}
	return code
}

func condition(state report.State) shell.Condition {
	switch state {
	case report.Filed:
		return shell.Fixed
	case report.Withdrawn:
		return shell.Stopped
	}
	return shell.Waiting
}
