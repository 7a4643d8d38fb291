package light

import (
	"cmp"
	"net/http"
	"slices"

	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// officeView is what the page of an office shows.
type officeView struct {
	plans   []shell.Chip
	counts  target.Counts
	rolled  string
	targets shell.Table
	tasks   shell.Table
	yearly  shell.Table
	dates   []dateLine
	silent  []silentUnit
	scores  []scoreLine
}

// Office shows what one unit leads: targets, tasks, dates, and who is silent behind them.
func (p *Pages) Office(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, _, err := unitOf(r, func(kind unit.Kind) bool {
		return kind != unit.Section && kind != unit.School && kind != unit.Kindergarten
	})
	if err != nil {
		return err
	}
	view, err := p.board.View(ctx)
	if err != nil {
		return err
	}
	leads := func(one target.TargetInfo) bool { return one.Lead == u.Code }
	chosen, chips := choosePlan(r, view, func(one *target.PlanBoard) bool { return slices.ContainsFunc(one.Targets(), leads) })
	o := officeView{plans: chips}
	tasks, err := p.tasksOf(ctx, u.Code)
	if err != nil {
		return err
	}
	o.tasks = taskTable(ctx, tasks)
	with := scene{language: shell.From(ctx).Language}
	if chosen != nil {
		number := chosen.HomeNumber()
		if with, err = p.sceneOf(ctx, standing{view: view, plan: chosen, number: number}); err != nil {
			return err
		}
		rolled := chosen.Rollup(number, leads)
		o.counts, o.rolled = rolled.Counts, rolled.Rule(with.language)
		o.dates = with.nextDates(u.Code, tasks)
		o.silent = with.silentBehind(leads, func(n int) bool { return shell.MayLook(ctx, n) })
	}
	o.targets = with.officeTargets(chosen != nil, leads)
	page := shell.Page{Title: u.Name, Lead: shell.Text(ctx, "light.office.lead"), Word: "plan", Styles: []string{"light.css"}, Source: shell.Text(ctx, "home.cockpit.source")}
	if chosen != nil {
		page.Trail = []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}, {Label: chosen.Plan.Title, Address: planAddress(chosen.Plan.ID) + "/tree"}}
	}
	return shell.Render(w, r, http.StatusOK, page, officePage(o))
}

// officeTargets is the table of the targets that fit, as the plan's own unit stands.
func (s scene) officeTargets(planned bool, fits func(target.TargetInfo) bool) shell.Table {
	head := func(word string) string { return message.Text(s.language, "light.sheet."+word, nil) }
	table := shell.Table{Caption: message.Text(s.language, "light.office.targets", nil), Columns: []shell.Column{{Title: head("name")}, {Title: head("light"), Align: shell.Short}, {Title: head("value"), Align: shell.Figures},
		{Title: head("goal"), Align: shell.Figures}, {Title: head("gap"), Align: shell.Figures}, {Title: head("needed"), Align: shell.Figures}, {Title: head("due"), Align: shell.Short}},
		Empty: shell.EmptyState(shell.Empty{Icon: "target", Title: message.Text(s.language, "light.office.targets_none", nil), Text: message.Text(s.language, "light.office.targets_none_why", nil)})}
	if !planned {
		return table
	}
	var lines []leafLine
	for t, one := range s.plan.Targets() {
		if fits(one) {
			line := leafLine{name: one.Name()}
			s.judged(&line, t, s.number)
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, func(a, b leafLine) int { return cmp.Compare(urgency(b.light), urgency(a.light)) })
	for _, l := range lines {
		table.Rows = append(table.Rows, []shell.Cell{{Text: l.name, Address: l.address, Written: true}, {Body: leafState(l)}, {Text: l.value, Note: l.at}, {Text: l.goal}, {Text: l.gap}, {Text: l.needed}, {Text: l.due}})
	}
	return table
}

// urgency orders lights for somebody who has little time: behind first, then at risk, without data, on course, reached.
func urgency(light target.Light) int {
	return [...]int{target.NoTarget: 0, target.Reached: 1, target.Normal: 2, target.NoData: 3, target.AtRisk: 4, target.Late: 5}[light]
}

// silentBehind names the units that should write what the targets that fit are measured by and are silent, the longest first.
func (s scene) silentBehind(fits func(target.TargetInfo) bool, seen func(number int) bool) []silentUnit {
	days := map[int]int{}
	for t, one := range s.plan.Targets() {
		if !fits(one) {
			continue
		}
		for _, silence := range s.plan.Silent(t, s.number) {
			if seen(silence.Unit) {
				days[silence.Unit] = max(days[silence.Unit], silence.Days)
			}
		}
	}
	var units []int
	for n := range days {
		units = append(units, n)
	}
	slices.SortFunc(units, func(a, b int) int { return cmp.Or(cmp.Compare(days[b], days[a]), cmp.Compare(a, b)) })
	var lines []silentUnit
	for _, n := range units[:min(len(units), unitSilent)] {
		u := s.view.Tree.At(n)
		lines = append(lines, silentUnit{name: u.Name, address: shell.UnitPage(u), days: days[n]})
	}
	return lines
}
