package target

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// shownFaults is how many faults of a sheet the page lists; the lines themselves are marked all.
const shownFaults = 40

// splitView is what the page of a sheet shows.
type splitView struct {
	scene
	lines    []line
	others   int // units that the target does not concern, not listed
	editing  bool
	year     string
	reason   string
	confirm  bool // warnings stand, which the person may confirm
	faults   []string
	warnings []string
	notice   string // what filling or a file did
	sum      *target.Sum
	names    map[string]string // of persons
	shown    *target.Split     // an older sheet that is looked at
}

// Show shows the sheet of a target: what holds, what waits for approval, and the form of a new one.
func (p *Splits) Show(w http.ResponseWriter, r *http.Request) error {
	s, err := p.open(r)
	if errors.Is(err, target.ErrNoGoal) {
		return p.showNothing(w, r, s)
	}
	if err != nil {
		return err
	}
	view := p.viewOf(s, r.URL.Query().Get("all") != "")
	if number, err := strconv.Atoi(r.URL.Query().Get("number")); err == nil {
		for i := range s.Versions {
			if s.Versions[i].Number == number {
				view.shown = &s.Versions[i]
			}
		}
		if view.shown == nil {
			return shell.NotFound
		}
	}
	switch {
	case view.shown != nil:
		view.fill(view.shown.Shares)
	case s.Proposed != nil:
		view.fill(s.Proposed.Shares)
	default:
		view.editing = s.may
		view.fill(p.first(s))
	}
	return p.show(w, r, http.StatusOK, view)
}

// first is what a new sheet begins with: what holds, or the goal of the parent for every unit concerned.
func (p *Splits) first(s scene) []target.Share {
	if s.InForce != nil {
		return s.InForce.Shares
	}
	if !s.may {
		return nil
	}
	var codes []string
	for _, u := range s.Below {
		if target.Concerns(u, s.Node.Stage) {
			codes = append(codes, u.Code)
		}
	}
	rule := target.FillSame
	if target.Additive(s.Goal) {
		rule = target.FillKeep
	}
	return target.Suggest(s.Goal, codes, nil, target.Filling{Goal: rule})
}

// viewOf lists the units that the target concerns and those that were given a share; all lists every unit below.
func (p *Splits) viewOf(s scene, all bool) splitView {
	view := splitView{scene: s}
	given := map[string]bool{}
	for _, version := range s.Versions {
		for _, share := range version.Shares {
			given[share.Unit] = true
		}
	}
	for _, u := range s.Below {
		if all || given[u.Code] || target.Concerns(u, s.Node.Stage) {
			view.lines = append(view.lines, line{Unit: u})
		} else {
			view.others++
		}
	}
	return view
}

func (v *splitView) units() []unit.Unit {
	units := make([]unit.Unit, len(v.lines))
	for i, one := range v.lines {
		units[i] = one.Unit
	}
	return units
}

// fill writes shares into the lines.
func (v *splitView) fill(shares []target.Share) {
	v.lines = linesOf(v.units(), shares, v.InForce)
	if i := slices.IndexFunc(shares, func(s target.Share) bool { return s.Goal.BaselineYear != 0 }); i >= 0 {
		v.year = strconv.Itoa(shares[i].Goal.BaselineYear)
	}
	v.add(shares)
}

// add tells what shares make together.
func (v *splitView) add(shares []target.Share) {
	if target.Additive(v.Goal) {
		sum := target.SumOf(shares, v.Goal)
		v.sum = &sum
	}
}

// wrong puts what is wrong with a sheet into the page.
func (v *splitView) wrong(ctx context.Context, faults, warnings fault.List, shares []target.Share) {
	mark(v.lines, faults)
	names := map[string]string{}
	for _, u := range v.Below {
		names[u.Code] = u.Name
	}
	language := shell.From(ctx).Language
	v.faults = faultLines(language, faults, shares, names, shownFaults)
	v.warnings = faultLines(language, warnings, shares, names, shownFaults)
	v.confirm = len(warnings) > 0
}

func (p *Splits) show(w http.ResponseWriter, r *http.Request, status int, view splitView) error {
	ctx := r.Context()
	view.names = map[string]string{}
	for _, version := range view.Versions {
		for _, id := range []string{version.By, version.ApprovedBy} {
			if id != "" && view.names[id] == "" {
				view.names[id] = p.nameOf(ctx, id)
			}
		}
	}
	if len(view.Stale) > 0 && view.InForce != nil && view.faults == nil {
		names := map[string]string{}
		for _, u := range view.Below {
			names[u.Code] = u.Name
		}
		view.warnings = append(view.warnings, faultLines(shell.From(ctx).Language, view.Stale, view.InForce.Shares, names, 5)...)
	}
	page := shell.Page{Title: shell.Text(ctx, "target.split.title", message.Args{"unit": view.Parent.Name}), Lead: nodeName(view.Node), Word: "plan", Wide: true,
		Trail:  planTrail(ctx, view.Plan, shell.Link{Label: shell.Text(ctx, "target.split.list"), Address: planAddress(view.Plan.ID, "split") + "?unit=" + view.Parent.Code}),
		Styles: []string{"plan.css", "target-split.css"}, Actions: splitActions(view), Source: shell.Text(ctx, "plan.show.source", message.Args{"title": view.Plan.Title, "number": view.Version.Number})}
	return shell.Render(w, r, status, page, splitPage(view))
}

// showNothing says that the unit was given nothing to share out.
func (p *Splits) showNothing(w http.ResponseWriter, r *http.Request, s scene) error {
	ctx := r.Context()
	tracked, err := p.plans.Tracked(ctx, s.where.Plan)
	if err != nil {
		return found(err)
	}
	u, _ := shell.From(ctx).Tree.Find(s.where.Parent)
	page := shell.Page{Title: shell.Text(ctx, "target.split.title", message.Args{"unit": u.Name}), Word: "plan", Trail: planTrail(ctx, tracked.Plan)}
	return shell.Render(w, r, http.StatusOK, page, splitNothing(u.Name, planAddress(tracked.Plan.ID)))
}

func nodeName(node plan.Node) string { return node.Item().Name() }
