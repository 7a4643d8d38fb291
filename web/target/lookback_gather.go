package target

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/report"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// endOf is the last instant of a day in China, as far as now.
func endOf(day period.Date, now time.Time) time.Time {
	next := day.AddDays(1)
	end := time.Date(next.Year, time.Month(next.Month), next.Day, 0, 0, 0, 0, period.Beijing).Add(-time.Millisecond)
	if end.After(now) {
		return now
	}
	return end
}

// gathered is a look-back in the making.
type gathered struct {
	ctx       context.Context
	pages     *Splits
	at        time.Time
	tracked   *plan.Tracked
	number    int // of the version then
	then, now *target.PlanBoard
	view      *target.View // then
	nowView   *target.View
	past      report.Past
	decisions []dated
	later     []dated
}

// dated is a decision with the moment from which it held.
type dated struct {
	at time.Time
	report.PastDecision
}

// lookBack rebuilds what was known of a plan in a unit at the end of a day. The second result is false where the plan had not been
// adopted by then.
func (p *Splits) lookBack(ctx context.Context, planID, code string, day period.Date) (report.Past, bool, error) {
	g := gathered{ctx: ctx, pages: p, at: endOf(day, shell.From(ctx).Now)}
	var err error
	if g.tracked, err = p.plans.Tracked(ctx, planID); err != nil {
		return report.Past{}, false, err
	}
	for _, version := range g.tracked.Versions {
		if !version.At.After(g.at) {
			g.number = version.Number
		}
	}
	if g.number == 0 {
		return report.Past{}, false, nil
	}
	if err := g.boards(planID); err != nil {
		return report.Past{}, false, err
	}
	version := g.tracked.Versions[g.number-1]
	u, _ := shell.From(ctx).Tree.Find(code)
	g.past = report.Past{Day: day, Unit: code, UnitName: u.Name, Plan: planID, PlanName: version.Content.Title, Version: g.number, AdoptedBy: g.name(version.By),
		AdoptedAt: moment(version.At), Hash: version.Hash, Entries: g.view.Sequence()}
	g.targets(code)
	for _, step := range []func(planID string) error{g.versions, g.splits, g.bindings, g.duties} {
		if err := step(planID); err != nil {
			return report.Past{}, false, err
		}
	}
	g.past.Decisions, g.past.Later = inOrder(g.decisions), inOrder(g.later)
	return g.past, true, nil
}

// boards builds the board of the day from what was stored by then, and takes that of today.
func (g *gathered) boards(planID string) error {
	past, err := g.pages.store.AsOf(g.ctx, g.at)
	if err != nil {
		return err
	}
	if g.view, err = target.NewBoard(past, round.NewDesk(g.pages.desk.Set(), past)).Fresh(g.ctx); err != nil {
		return err
	}
	g.then, _ = g.view.Plan(planID)
	if g.nowView, err = g.pages.board.View(g.ctx); err != nil {
		return err
	}
	g.now, _ = g.nowView.Plan(planID)
	return nil
}

func inOrder(all []dated) []report.PastDecision {
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(a.at.UnixMilli(), b.at.UnixMilli()) })
	sorted := make([]report.PastDecision, len(all))
	for i, one := range all {
		sorted[i] = one.PastDecision
	}
	return sorted
}

func (g *gathered) name(person string) string {
	if person == "" {
		return said("target.back.program")
	}
	return g.pages.nameOf(g.ctx, person)
}

// moment writes an instant as officials do, on the clock of China.
func moment(at time.Time) string {
	if at.IsZero() {
		return "—"
	}
	return period.DayAt(at).Text(message.Chinese) + at.In(period.Beijing).Format(" 15:04")
}

// unitName is what a unit is called.
func (g *gathered) unitName(code string) string {
	if u, known := shell.From(g.ctx).Tree.Find(code); known {
		return u.Name
	}
	return code
}

// nodeName is what a track was called then, or is called where it is newer.
func (g *gathered) nodeName(track target.Track) string {
	if node, there := g.tracked.NodeIn(g.number, string(track)); there {
		return nodeName(node)
	}
	if node, there := g.tracked.Node(string(track)); there {
		return nodeName(node)
	}
	return string(track)
}

// decided notes a decision: among those that held by the day where it held by then, else among the later ones.
func (g *gathered) decided(kind, about string, d target.Decision) {
	if d.State != target.Approved {
		return
	}
	one := dated{d.ApprovedAt, report.PastDecision{Kind: said("target.back.kind." + kind), About: about, Reason: d.Reason, By: g.name(d.By), At: moment(d.At),
		Second: "—", SecondAt: moment(d.ApprovedAt)}}
	if d.ApprovedBy != "" {
		one.Second = g.name(d.ApprovedBy)
	}
	if d.ApprovedAt.After(g.at) {
		g.later = append(g.later, one)
	} else {
		g.decisions = append(g.decisions, one)
	}
}

// said is a text in Chinese: a look-back is an official document.
func said(key string, pairs ...any) string {
	args := message.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return message.Text(message.Chinese, key, args)
}

// versions notes how each version came about: by a document, or by an amendment.
func (g *gathered) versions(planID string) error {
	amendments, err := g.pages.plans.Amendments(g.ctx, planID)
	if err != nil {
		return err
	}
	made := map[int]plan.Amendment{}
	for _, one := range amendments {
		made[one.Made] = one
	}
	for _, version := range g.tracked.Versions {
		amendment, amended := made[version.Number]
		if !amended {
			g.decided("version", said("target.back.version", "number", version.Number), target.Decision{State: target.Approved, By: version.By, At: version.At, ApprovedBy: version.By, ApprovedAt: version.At})
			continue
		}
		var words []string
		for _, change := range amendment.Changes {
			for _, text := range changeWordsIn(message.Chinese, change) {
				words = append(words, g.changedName(amendment, change)+" "+text)
			}
		}
		g.decided("amendment", said("target.back.amendment", "number", version.Number, "changes", strings.Join(words, "；")), target.Decision{State: target.Approved, Reason: amendment.Reason,
			By: amendment.By, At: amendment.At, ApprovedBy: amendment.ApprovedBy, ApprovedAt: amendment.ApprovedAt})
	}
	return nil
}

func (g *gathered) changedName(amendment plan.Amendment, change plan.AmendmentChange) string {
	return amendView{plan: g.tracked}.name(amendment, change)
}

// splits notes the splits that held on the day and those approved since.
func (g *gathered) splits(planID string) error {
	held, err := g.pages.store.SplitsOn(g.ctx, planID, g.at)
	if err != nil {
		return err
	}
	now, err := g.pages.store.SplitsInForce(g.ctx, planID)
	if err != nil {
		return err
	}
	for _, one := range now {
		if one.ApprovedAt.After(g.at) {
			held = append(held, one)
		}
	}
	for _, one := range held {
		g.decided("split", said("target.back.split", "unit", g.unitName(one.Parent), "target", g.nodeName(one.Target), "number", one.Number, "count", len(one.Shares)), one.Decision)
	}
	return nil
}

// bindings notes what measured each target on the day, and what has been bound since.
func (g *gathered) bindings(planID string) error {
	all, err := g.pages.store.Bindings(g.ctx, planID)
	if err != nil {
		return err
	}
	held, err := target.BindingsOn(g.ctx, g.pages.store, planID, g.at)
	if err != nil {
		return err
	}
	for _, one := range all {
		if before, holds := held[one.Target]; one.ApprovedAt.After(g.at) || holds && before.ID == one.ID {
			g.decided("binding", said("target.back.binding", "target", g.nodeName(one.Target), "source", one.SourceText(message.Chinese, g.sourceTitle(one))), one.Decision)
		}
	}
	return nil
}

// sourceTitle is what people call that which measures.
func (g *gathered) sourceTitle(b target.Binding) string {
	scope := g.pages.desk.Scope()
	if i, known := scope.Indicator(b.Name); known && b.Kind == target.FromIndicator {
		return i.Title.Chinese
	}
	if item, known := scope.Item(b.Name); known && b.Kind == target.FromRegister {
		return item.Title.Chinese
	}
	return b.Name
}

// duties notes who led what on the day, and the changes since.
func (g *gathered) duties(planID string) error {
	all, err := g.pages.store.Duties(g.ctx, planID)
	if err != nil {
		return err
	}
	held := duty.InForce(all, g.at)
	for _, one := range all {
		before, holds := held[one.Node]
		if holds = holds && before.ID == one.ID; !holds && !one.ApprovedAt.After(g.at) {
			continue
		}
		g.decided("duty", said("target.back.duty", "node", g.nodeName(one.Node), "lead", g.unitName(one.Lead)), one.Decision)
		if !holds {
			continue
		}
		var helpers []string
		for _, code := range one.Helpers {
			helpers = append(helpers, g.unitName(code))
		}
		due := "—"
		if !one.Due.IsZero() {
			due = one.Due.Text(message.Chinese)
		}
		g.past.Duties = append(g.past.Duties, report.PastDuty{Node: g.nodeName(one.Node), Lead: g.unitName(one.Lead), Helpers: strings.Join(helpers, "、"), Due: due, By: g.name(one.By), At: moment(one.ApprovedAt)})
	}
	return nil
}

// targets tells goal, value and light of every target of the unit then and now.
func (g *gathered) targets(code string) {
	if g.then == nil {
		return
	}
	n, known := g.view.Tree.Number(code)
	if !known {
		return
	}
	for t, info := range g.then.Targets() {
		cell := g.then.Cell(t, n)
		if !cell.Given {
			continue
		}
		one := report.PastTarget{Name: info.Name(), Goal: target.GoalText(message.Chinese, cell.Goal), Baseline: baselineText(cell.Goal), Source: "—", Light: g.then.Light(t, n).Text(message.Chinese)}
		if info.Binding != nil {
			one.Source = info.Binding.SourceText(message.Chinese, g.sourceTitle(*info.Binding))
		}
		one.Value, one.Period = valueText(cell)
		one.NowGoal, one.NowValue, one.NowBaseline = said("target.back.gone"), "—", "—"
		if nowN, there := g.nowView.Tree.Number(code); there && g.now != nil {
			if nowT, there := g.now.Find(info.Track); there {
				today := g.now.Cell(nowT, nowN)
				if today.Given {
					one.NowGoal, one.NowBaseline = target.GoalText(message.Chinese, today.Goal), baselineText(today.Goal)
				}
				one.NowValue = valueOf(today, cell)
			}
		}
		g.past.Targets = append(g.past.Targets, one)
	}
}

func baselineText(goal target.Goal) string {
	if !goal.Baseline.Is {
		return "—"
	}
	text := target.Figure(goal.Baseline.Number) + goal.Unit
	if goal.BaselineYear > 0 {
		return said("target.split.baseline_of", "value", text, "year", goal.BaselineYear)
	}
	return text
}

// valueText is the newest value that was known, and the period it holds for.
func valueText(cell target.Cell) (value, of string) {
	for _, reading := range slices.Backward(cell.Series) {
		if number, known := reading.Value.Number(); known {
			return target.FigureText(number) + cell.Goal.Unit, reading.Period.Text(message.Chinese)
		}
	}
	return "—", "—"
}

// valueOf is what is told today of the period whose value was the newest then.
func valueOf(today, then target.Cell) string {
	_, of := valueText(then)
	for _, reading := range today.Series {
		if number, known := reading.Value.Number(); known && reading.Period.Text(message.Chinese) == of {
			return target.FigureText(number) + then.Goal.Unit
		}
	}
	if of == "—" {
		value, _ := valueText(today)
		return value
	}
	return "—"
}
