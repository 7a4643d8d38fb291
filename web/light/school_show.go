package light

import (
	"net/http"

	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of the comparison with schools that have the same value.
const (
	sameLines = 6
	sameCells = 2_000 // cells that are looked at
)

// schoolView is what the page of a school shows.
type schoolView struct {
	plans   []shell.Chip
	counts  target.Counts
	silent  int // days
	targets shell.Table
	same    []sameLine
	tasks   shell.Table
	dates   []dateLine
	rows    []rowCount
}

// sameLine is another school with the same value and another light.
type sameLine struct{ name, address, text string }

// School shows one school: its own targets with baseline, goal and reason, its tasks, what is open, what comes next.
func (p *Pages) School(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, number, err := unitOf(r, func(kind unit.Kind) bool { return kind == unit.School || kind == unit.Kindergarten })
	if err != nil {
		return err
	}
	view, err := p.board.View(ctx)
	if err != nil {
		return err
	}
	chosen, chips := choosePlan(r, view, func(one *target.PlanBoard) bool { return one.Counts(number, nil).Targets() > 0 })
	s := schoolView{plans: chips}
	tasks, err := p.tasksOf(ctx, u.Code)
	if err != nil {
		return err
	}
	s.tasks = taskTable(ctx, tasks)
	if s.rows, err = p.openRows(ctx, u.Code); err != nil {
		return err
	}
	with := scene{language: shell.From(ctx).Language}
	if chosen != nil {
		if with, err = p.sceneOf(ctx, standing{view: view, plan: chosen, number: number}); err != nil {
			return err
		}
		s.counts = chosen.Counts(number, nil)
		s.dates = with.nextDates(u.Code, tasks)
		s.same = with.sameValue(func(n int) bool { return shell.MayLook(ctx, n) })
	}
	s.targets, s.silent = with.schoolTargets(chosen != nil)
	page := shell.Page{Title: u.Name, Lead: shell.Text(ctx, "light.school.lead"), Word: "plan", Styles: []string{"light.css"}, Source: shell.Text(ctx, "home.cockpit.source")}
	if chosen != nil {
		page.Trail = []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}, {Label: chosen.Plan.Title, Address: planAddress(chosen.Plan.ID) + "/tree"}}
	}
	return shell.Render(w, r, http.StatusOK, page, schoolPage(s))
}

// schoolTargets is the table of the school's own targets, and for how long the school has been silent about one of them.
func (s scene) schoolTargets(planned bool) (shell.Table, int) {
	head := func(word string) string { return message.Text(s.language, "light.school."+word, nil) }
	table := shell.Table{Caption: head("targets"), Columns: []shell.Column{{Title: head("target")}, {Title: head("light"), Align: shell.Short}, {Title: head("value"), Align: shell.Figures},
		{Title: head("goal"), Align: shell.Figures}, {Title: head("baseline"), Align: shell.Figures}, {Title: head("reason")}, {Title: head("why")}},
		Empty: shell.EmptyState(shell.Empty{Icon: "target", Title: head("targets_none"), Text: head("targets_none_why")})}
	silent := 0
	if !planned {
		return table, silent
	}
	code := s.view.Tree.At(s.number).Code
	for t, one := range s.plan.Targets() {
		if s.plan.Light(t, s.number) == target.NoTarget {
			continue
		}
		cell := s.plan.Cell(t, s.number)
		if cell.Silence.Silent {
			silent = max(silent, cell.Silence.Days)
		}
		reason := cell.Reason
		if reason == "" {
			reason = head("no_reason")
		}
		at := ""
		if cell.Judgement.Value.Is {
			at = cell.Judgement.Latest.Period.Text(s.language)
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Name(), Address: shell.TargetAddress(s.plan.Plan.ID, one.Track, code), Written: true}, {Body: shell.Light(cell.Judgement.Light)},
			{Text: shell.TargetFigure(cell.Judgement.Value, cell.Goal.Unit), Note: at}, {Text: target.GoalText(s.language, cell.Goal)}, {Text: baselineText(s.language, cell.Goal)},
			{Body: reasonText(reason, cell.Reason != "")}, {Body: whyText(cell.Judgement.Why(s.language))}})
	}
	return table, silent
}

// sameValue finds schools with the same value and another light, and says why. Each pair is told once for a target.
func (s scene) sameValue(seen func(number int) bool) []sameLine {
	var lines []sameLine
	looked := 0
	for t, one := range s.plan.Targets() {
		own := s.plan.Light(t, s.number)
		if own == target.NoTarget || own == target.NoData {
			continue
		}
		mine := s.plan.Cell(t, s.number)
		for _, n := range target.Below(s.view.Tree, s.plan.Home) {
			other := s.plan.Light(t, n)
			if n == s.number || other == own || other == target.NoTarget || other == target.NoData || !seen(n) {
				continue
			}
			if looked++; looked > sameCells || len(lines) == sameLines {
				return lines
			}
			theirs := s.plan.Cell(t, n)
			if !mine.Judgement.Value.Is || figure(mine) != figure(theirs) {
				continue
			}
			lines = append(lines, sameLine{name: one.Name(), address: shell.TargetAddress(s.plan.Plan.ID, one.Track, s.view.Tree.At(n).Code), text: s.sameText(mine, theirs, n)})
			break
		}
	}
	return lines
}

func figure(c target.Cell) string { return shell.TargetFigure(c.Judgement.Value, c.Goal.Unit) }

// sameText says why two schools with the same value have different lights: their goals differ, and here is why.
func (s scene) sameText(mine, theirs target.Cell, other int) string {
	reason := mine.Reason
	if reason == "" {
		reason = theirs.Reason
	}
	if reason != "" {
		reason = message.Text(s.language, "light.school.same_reason", message.Args{"reason": reason})
	}
	return message.Text(s.language, "light.school.same_text", message.Args{"other": s.view.Tree.At(other).Name, "value": figure(mine),
		"light": mine.Judgement.Light.Text(s.language), "other_light": theirs.Judgement.Light.Text(s.language), "baseline": known(baselineText(s.language, mine.Goal)), "goal": target.GoalText(s.language, mine.Goal),
		"other_baseline": known(baselineText(s.language, theirs.Goal)), "other_goal": target.GoalText(s.language, theirs.Goal), "reason": reason})
}

// known is a text, or a dash for none.
func known(text string) string {
	if text == "" {
		return "—"
	}
	return text
}
