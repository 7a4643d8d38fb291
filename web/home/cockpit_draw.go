package home

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/todo"
	"jiaoheng/web/shell"
)

// scope is of which targets of which plan in which unit a cockpit speaks.
type scope struct {
	plan   *target.PlanBoard
	number int
	lead   string // only what this unit leads; "" everything
}

// fits tells whether a target is one of them.
func (s scope) fits(t target.TargetInfo) bool { return s.lead == "" || t.Lead == s.lead }

// scopeOf chooses for the present post: of another department, and of a post at an office, what that unit leads; of a unit with
// targets of its own those; else those of the plan's own unit.
func scopeOf(r *http.Request, view *target.View) scope {
	post := shell.From(r.Context()).Actor.Post
	asked := r.URL.Query().Get("plan")
	var best scope
	score := -1
	for _, p := range view.Plans() {
		one, points := scope{plan: p, number: max(p.HomeNumber(), 0)}, 0
		own, known := view.Tree.Number(post.Unit.Code)
		switch {
		case slices.ContainsFunc(p.Targets(), func(t target.TargetInfo) bool { return t.Lead == post.Unit.Code }) && post.Role == access.OtherDepartment:
			one.lead, points = post.Unit.Code, 3
		case known && p.Counts(own, nil).Targets() > 0:
			one.number, points = own, 2
		case shell.MayLook(r.Context(), one.number):
			points = 1
		default:
			continue
		}
		if p.Plan.ID == asked {
			points += 10
		}
		if points >= score {
			best, score = one, points
		}
	}
	return best
}

// cockpit gathers the screen of the present post.
func (p *Page) cockpit(r *http.Request, view *target.View) (cockpit, error) {
	ctx := r.Context()
	s := scopeOf(r, view)
	if s.plan == nil {
		return cockpit{}, shell.NotFound
	}
	c := p.drawnFor(ctx, view, s)
	for _, one := range view.Plans() {
		c.plans = append(c.plans, shell.Chip{Label: one.Plan.Title, Address: "/?plan=" + url.QueryEscape(one.Plan.ID), Current: one == s.plan})
	}
	now, err := p.visits.of(ctx, view, view.Tree.At(s.number).Code)
	if err != nil {
		return c, err
	}
	if !now.first {
		c.since = now.before.At
		changed := p.turnedFor(ctx, view, s, now.before)
		c.turned, c.turnedAll, c.decided, c.decidedAll = changed.lines, changed.all, changed.decided, changed.decidedAll
	}
	c.pulse, err = p.pulses.of(ctx, shell.From(ctx).Actor.Post, dayOf(c.since))
	return c, err
}

// drawn is what was drawn from a view for one scope.
type drawn struct {
	view    *target.View
	cockpit cockpit
	turned  map[string]turnedSince // by person
}

// turnedSince is what changed since a look.
type turnedSince struct {
	look       int64 // its moment
	lines      []turnedLine
	all        int
	decided    []decisionLine
	decidedAll int
}

// maxDrawn is how many cockpits are kept.
const maxDrawn = 2_000

func (s scope) key(language message.Language) string {
	return s.plan.Plan.ID + "/" + s.plan.Home + "/" + s.lead + "/" + string(language)
}

// drawnFor returns the parts that follow from the view alone. They are drawn once and kept until the view changes.
func (p *Page) drawnFor(ctx context.Context, view *target.View, s scope) cockpit {
	key := s.key(shell.From(ctx).Language) + "/" + view.Tree.At(s.number).Code + mark(ctx)
	p.lock.Lock()
	kept, known := p.drawn[key]
	p.lock.Unlock()
	if known && kept.view == view {
		return kept.cockpit
	}
	made := draw(ctx, view, s)
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.drawn == nil || len(p.drawn) >= maxDrawn {
		p.drawn = map[string]drawn{}
	}
	p.drawn[key] = drawn{view: view, cockpit: made, turned: map[string]turnedSince{}}
	return made
}

// mark tells apart posts that may see different units: silent ones below are named only to those who may.
func mark(ctx context.Context) string {
	post := shell.From(ctx).Actor.Post
	return "/" + post.Unit.Code + "/" + string(post.Role)
}

func draw(ctx context.Context, view *target.View, s scope) cockpit {
	language := shell.From(ctx).Language
	c := cockpit{plan: s.plan.Plan, unit: view.Tree.At(s.number).Name, led: s.lead != ""}
	if u, known := view.Tree.Find(s.lead); known {
		c.unit = u.Name
	}
	tree := shell.PlanAddress(s.plan.Plan.ID) + "/tree?"
	address := func(light, stage string) string {
		values := map[string]string{"light": light, "stage": stage, "lead": s.lead}
		if s.number != s.plan.HomeNumber() {
			values["unit"] = view.Tree.At(s.number).Code
		}
		return tree + queryOf(values)
	}
	counts := s.plan.Counts(s.number, s.fits)
	c.targets, c.more, c.silentAddress, c.dueAddress = counts.Targets(), address("off", ""), address("silent", ""), "/todo"
	if todo.MayOverview(shell.From(ctx).Actor.Post) {
		c.dueAddress = "/todo/overview"
	}
	for _, light := range target.Lights() {
		c.lights = append(c.lights, lightCount{light, counts[light], address(lightNames[light], "")})
	}
	c.off, c.offAll = offLines(ctx, view, s)
	c.silent, c.silentAll, c.silence = silentLines(ctx, view, s)
	for _, stage := range plan.Stages() {
		of := s.plan.Counts(s.number, func(t target.TargetInfo) bool { return t.Stage == stage && s.fits(t) })
		if of.Targets() > 0 {
			c.stages = append(c.stages, stageLine{plan.StageName(language, stage), address("", string(stage)), of})
		}
	}
	return c
}

// lightNames are the lights as addresses name them.
var lightNames = [...]string{target.NoTarget: "", target.Reached: "reached", target.Normal: "normal", target.AtRisk: "at_risk", target.Late: "late", target.NoData: "no_data"}

// off is a target that is off its track, with how far.
type off struct {
	t     int
	cell  target.Cell
	share float64 // of the distance between baseline and goal that lacks
}

// offLines are the targets that are behind or at risk, the worst first: behind before at risk, then by the share of the way
// that lacks.
func offLines(ctx context.Context, view *target.View, s scope) ([]offLine, int) {
	var all []off
	for t, one := range s.plan.Targets() {
		if light := s.plan.Light(t, s.number); s.fits(one) && (light == target.Late || light == target.AtRisk) {
			cell := s.plan.Cell(t, s.number)
			all = append(all, off{t, cell, lacking(cell)})
		}
	}
	slices.SortStableFunc(all, func(a, b off) int {
		return cmp.Or(cmp.Compare(b.cell.Judgement.Light, a.cell.Judgement.Light), cmp.Compare(b.share, a.share))
	})
	var lines []offLine
	for _, one := range all[:min(len(all), offRows)] {
		lines = append(lines, offLineOf(ctx, view, s, one))
	}
	return lines, len(all)
}

// lacking is the share of the way from the baseline to the goal that lacks; without a baseline that of the goal.
func lacking(cell target.Cell) float64 {
	j := cell.Judgement
	if !j.Gap.Is {
		return 0
	}
	way := 0.0
	if j.Goal.Baseline.Is && j.Goal.Value.Is {
		way = abs(j.Goal.Value.Number - j.Goal.Baseline.Number)
	}
	if way == 0 && j.Goal.Value.Is {
		way = abs(j.Goal.Value.Number)
	}
	if way == 0 {
		return 1
	}
	return j.Gap.Number / way
}

func abs(number float64) float64 { return max(number, -number) }

func offLineOf(ctx context.Context, view *target.View, s scope, one off) offLine {
	language := shell.From(ctx).Language
	info, j, measure := s.plan.Targets()[one.t], one.cell.Judgement, one.cell.Goal.Unit
	id, code := s.plan.Plan.ID, ""
	if s.number != s.plan.HomeNumber() {
		code = view.Tree.At(s.number).Code
	}
	line := offLine{light: j.Light, name: info.Name(), address: shell.TargetAddress(id, info.Track, code), words: shell.WordsAddress(id, info.Node.ID),
		value: shell.TargetFigure(j.Value, measure), goal: target.GoalText(language, one.cell.Goal)}
	if j.Value.Is {
		line.at = j.Latest.Period.Text(language)
	}
	if j.Gap.Is && j.Gap.Number > 0 {
		line.gap = shell.GapFigure(language, j.Gap, measure)
	}
	if j.Needed.Is {
		line.needed = shell.GapFigure(language, j.Needed, measure)
	}
	if one.cell.Silence.Silent {
		line.silent = one.cell.Silence.Days
	}
	if lead, known := view.Tree.Find(info.Lead); known {
		line.lead, line.leadAddress = lead.Name, shell.UnitPage(lead)
	} else if line.lead, _ = plan.Owners(info.Node.Field("responsible")); line.lead == "" {
		line.lead = shell.Text(ctx, "home.off.no_lead")
	}
	late, risk := 0, 0
	for _, n := range s.plan.Below(one.t, s.number) {
		if !shell.MayLook(ctx, n) {
			continue
		}
		switch s.plan.Light(one.t, n) {
		case target.Late:
			late++
		case target.AtRisk:
			risk++
		}
	}
	if late+risk > 0 {
		line.below = shell.Text(ctx, "home.off.below", message.Args{"late": shell.Count(late), "risk": shell.Count(risk)})
		line.belowAddress = line.address
	}
	return line
}

// silentLines are the units that should write what the targets are measured by and have not for too long, the longest first;
// with how many there are, and of how many targets.
func silentLines(ctx context.Context, view *target.View, s scope) (lines []silentLine, units, targets int) {
	type silent struct{ days, targets int }
	found := map[int]*silent{}
	for t, one := range s.plan.Targets() {
		if !s.fits(one) || s.plan.Light(t, s.number) == target.NoTarget {
			continue
		}
		any := false
		for _, silence := range s.plan.Silent(t, s.number) {
			if !shell.MayLook(ctx, silence.Unit) {
				continue
			}
			any = true
			if found[silence.Unit] == nil {
				found[silence.Unit] = &silent{}
			}
			found[silence.Unit].days = max(found[silence.Unit].days, silence.Days)
			found[silence.Unit].targets++
		}
		if any {
			targets++
		}
	}
	var numbers []int
	for n := range found {
		numbers = append(numbers, n)
	}
	slices.SortFunc(numbers, func(a, b int) int {
		return cmp.Or(cmp.Compare(found[b].days, found[a].days), cmp.Compare(found[b].targets, found[a].targets), cmp.Compare(a, b))
	})
	for _, n := range numbers[:min(len(numbers), silentRows)] {
		u := view.Tree.At(n)
		lines = append(lines, silentLine{unit: u.Name, address: shell.UnitPage(u), days: found[n].days, targets: found[n].targets})
	}
	return lines, len(numbers), targets
}

// turnedFor are the lights that turned since a look, for the worse first, and what was decided; kept as long as the view and the look are the same.
func (p *Page) turnedFor(ctx context.Context, view *target.View, s scope, look target.Look) turnedSince {
	key := s.key(shell.From(ctx).Language) + "/" + view.Tree.At(s.number).Code + mark(ctx)
	person, at := shell.From(ctx).Actor.Post.Person, look.At.UnixNano()
	p.lock.Lock()
	kept, known := p.drawn[key].turned[person]
	p.lock.Unlock()
	if known && kept.look == at {
		return kept
	}
	var lines []turnedLine
	for _, one := range view.Since(look) {
		info := one.Plan.Targets()[one.Target]
		if one.Plan != s.plan || !s.fits(info) || !shell.MayLook(ctx, one.Unit) {
			continue
		}
		u := view.Tree.At(one.Unit)
		line := turnedLine{name: info.Name(), before: one.Before, after: one.After, address: shell.TargetAddress(one.Plan.Plan.ID, info.Track, u.Code)}
		if one.Unit != s.number {
			line.unit = u.Name
		}
		lines = append(lines, line)
	}
	slices.SortStableFunc(lines, func(a, b turnedLine) int { return cmp.Compare(order(a), order(b)) })
	made := turnedSince{look: at, all: len(lines), lines: lines[:min(len(lines), turnRows)]}
	made.decided, made.decidedAll = decisionsSince(ctx, view, s, look.At)
	p.lock.Lock()
	defer p.lock.Unlock()
	if held, known := p.drawn[key]; known && held.view == view && len(held.turned) < maxDrawn {
		held.turned[person] = made
	}
	return made
}

// order puts those that turned to the worse first, of the unit itself before those below it; what had no light before comes last.
func order(l turnedLine) int {
	n := 0
	if l.unit != "" {
		n = 1
	}
	switch {
	case l.before == target.NoTarget || l.after == target.NoTarget:
		return n + 4
	case !l.worse():
		return n + 2
	}
	return n
}

// decisionsSince are the decisions about the plan that were approved after a moment, the newest first.
func decisionsSince(ctx context.Context, view *target.View, s scope, since time.Time) (lines []decisionLine, all int) {
	add := func(key string, t int, d target.Decision, address string) {
		if d.State != target.Approved || !d.ApprovedAt.After(since) {
			return
		}
		lines = append(lines, decisionLine{name: s.plan.Targets()[t].Name(), what: shell.Text(ctx, key), address: address, at: d.ApprovedAt})
	}
	for t, one := range s.plan.Targets() {
		if !s.fits(one) {
			continue
		}
		for _, split := range s.plan.SplitsOf(t) {
			if n, known := view.Tree.Number(split.Parent); known && shell.MayLook(ctx, n) {
				add("home.since.split", t, split.Decision, shell.TargetAddress(s.plan.Plan.ID, one.Track, ""))
			}
		}
		if one.Binding != nil {
			add("home.since.binding", t, one.Binding.Decision, shell.TargetAddress(s.plan.Plan.ID, one.Track, ""))
		}
	}
	if s.plan.Plan.Versions > 1 && s.plan.Plan.Changed.After(since) {
		lines = append(lines, decisionLine{name: s.plan.Plan.Title, what: shell.Text(ctx, "home.since.version", message.Args{"number": s.plan.Plan.Versions}),
			address: shell.PlanAddress(s.plan.Plan.ID), at: s.plan.Plan.Changed})
	}
	slices.SortStableFunc(lines, func(a, b decisionLine) int { return b.at.Compare(a.at) })
	return lines[:min(len(lines), decisionRows)], len(lines)
}
