package target

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// listView is the targets of a plan as one unit shares them out.
type listView struct {
	plan    plan.Plan
	unit    string // code
	name    string
	may     bool // propose
	approve bool
	rows    []listRow
	units   []shell.Option // whose sheets the person may look at
}

// listRow is one target: what the unit is to reach, and how far the split has come.
type listRow struct {
	sheet   target.Sheet
	given   bool // the unit has a goal to share out
	address string
}

// state says how far the split of a row has come.
func (r listRow) state() string {
	switch {
	case !r.given:
		return "none"
	case r.sheet.Proposed != nil:
		return "waiting"
	case r.sheet.InForce == nil:
		return "open"
	case len(r.sheet.Stale) > 0:
		return "stale"
	}
	return "done"
}

// List shows every target of a plan with the state of its split by a unit.
func (p *Splits) List(w http.ResponseWriter, r *http.Request) error {
	view, err := p.list(r)
	if err != nil {
		return err
	}
	return p.showList(w, r, http.StatusOK, view, nil)
}

func (p *Splits) showList(w http.ResponseWriter, r *http.Request, status int, view listView, faults fault.List) error {
	ctx := r.Context()
	page := shell.Page{Title: shell.Text(ctx, "target.split.list"), Lead: shell.Text(ctx, "target.split.list_lead", message.Args{"unit": view.name}), Word: "plan", Wide: true,
		Trail: planTrail(ctx, view.plan), Styles: []string{"plan.css", "target-split.css"}}
	return shell.Render(w, r, status, page, splitList(view, shell.Form{Faults: faults}))
}

func (p *Splits) list(r *http.Request) (listView, error) {
	ctx := r.Context()
	shown := shell.From(ctx)
	if !plan.MaySee(shown.Actor.Post) || shown.Tree == nil {
		return listView{}, shell.NoRight
	}
	tracked, err := p.plans.Tracked(ctx, r.PathValue("plan"))
	if err != nil {
		return listView{}, found(err)
	}
	view := listView{plan: tracked.Plan, unit: p.unitOf(r, tracked.Plan)}
	u, known := shown.Tree.Find(view.unit)
	if !known {
		return listView{}, shell.NotFound
	}
	view.name = u.Name
	at := person.At(shown.Tree, view.unit)
	view.may, view.approve = target.MaySplit(shown.Actor.Post, access.Change, at), target.MaySplit(shown.Actor.Post, access.Approve, at)
	sheets, err := p.splitting.Sheets(ctx, shown.Tree, tracked.Plan.ID, view.unit, period.DayAt(shown.Now))
	if err != nil {
		return listView{}, found(err)
	}
	for _, one := range sheets {
		where := target.Where{Plan: tracked.Plan.ID, Target: one.Target, Parent: view.unit}
		view.rows = append(view.rows, listRow{sheet: one, given: one.Goal.Direction != "", address: targetAddress(where, "split")})
	}
	view.units = unitOptions(ctx, target.Home(shown.Tree, tracked.Plan))
	return view, nil
}

// unitOptions are the plan's own unit and the units below that have units below themselves.
func unitOptions(ctx context.Context, home string) []shell.Option {
	tree := shell.From(ctx).Tree
	own, _ := tree.Find(home)
	options := []shell.Option{{Value: home, Label: own.Name}}
	for _, n := range target.Below(tree, home) {
		if one := tree.At(n); len(target.Below(tree, one.Code)) > 0 {
			options = append(options, shell.Option{Value: one.Code, Label: one.Name})
		}
	}
	return options
}

// ListDo proposes the goal of the unit for every unit below, or approves what waits, for the targets that were ticked.
func (p *Splits) ListDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, err := p.list(r)
	if err != nil {
		return err
	}
	act := r.PostForm.Get("act")
	if act == "approve" && !view.approve || act != "approve" && !view.may {
		return shell.NoRight
	}
	ctx := r.Context()
	ticked := map[string]bool{}
	for _, track := range r.PostForm["target"] {
		ticked[track] = true
	}
	var faults fault.List
	done := 0
	for _, row := range view.rows {
		if !ticked[string(row.sheet.Target)] || !row.given {
			continue
		}
		err := p.doRow(ctx, row, act)
		if list := fault.Of(err); len(list) > 0 {
			faults.Add(fault.New("target.split.row_wrong", message.Args{"target": nodeName(row.sheet.Node), "reason": strings.TrimSpace(list[0].Reason(shell.From(ctx).Language))}))
			continue
		}
		if err != nil {
			return err
		}
		done++
	}
	if len(ticked) == 0 {
		faults.Add(fault.New("target.split.nothing_ticked", nil))
	}
	if len(faults) > 0 {
		if view, err = p.list(r); err != nil {
			return err
		}
		return p.showList(w, r, http.StatusUnprocessableEntity, view, append(doneFaults(done), faults...))
	}
	shell.Redirect(w, r, planAddress(view.plan.ID, "split")+"?unit="+view.unit, "target.split.list_done", message.Args{"count": done})
	return nil
}

// doneFaults says beside the faults what was done all the same: each target stands for itself.
func doneFaults(done int) fault.List {
	if done == 0 {
		return nil
	}
	return fault.List{fault.New("target.split.partly", message.Args{"count": done})}
}

func (p *Splits) doRow(ctx context.Context, row listRow, act string) error {
	shown := shell.From(ctx)
	if act == "approve" {
		if row.sheet.Proposed == nil {
			return fault.List{fault.New("target.split.none_waits", nil)}
		}
		_, err := p.splitting.ApproveSplit(ctx, shown.Actor, shown.Tree, row.sheet.Proposed.ID)
		return err
	}
	if target.Additive(row.sheet.Goal) {
		return fault.List{fault.New("target.split.counted_by_hand", nil)}
	}
	var codes []string
	for _, u := range row.sheet.Below {
		if target.Concerns(u, row.sheet.Node.Stage) {
			codes = append(codes, u.Code)
		}
	}
	where := target.Where{Plan: row.sheet.Plan.ID, Target: row.sheet.Target, Parent: row.sheet.Parent.Code}
	latest, year, err := p.latestOf(ctx, where)
	if err != nil {
		return err
	}
	// A unit that is beyond the goal already keeps its baseline out of the sheet: nobody is asked to fall back to it.
	for code, value := range latest {
		goal := row.sheet.Goal
		if goal.Value.Is && (goal.Direction == target.AtLeast && value > goal.Value.Number || goal.Direction == target.AtMost && value < goal.Value.Number) {
			delete(latest, code)
		}
	}
	shares := target.Suggest(row.sheet.Goal, codes, nil, target.Filling{Goal: target.FillSame, Latest: latest, LatestYear: year})
	split := target.Split{Plan: where.Plan, Target: where.Target, Parent: where.Parent, Shares: shares}
	if row.sheet.InForce != nil {
		split.Reason = shell.Text(ctx, "target.split.again_reason", message.Args{"number": row.sheet.Version.Number})
	}
	_, err = p.splitting.ProposeSplit(ctx, shown.Actor, shown.Tree, split, false)
	return err
}
