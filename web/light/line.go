package light

import (
	"context"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// taskRegister is the living register of the tasks of plans.
const taskRegister = "plan_task"

// taskRow is the living row of a task of a plan.
type taskRow struct {
	id, heading string
	unit, lead  string
	state       string
	condition   shell.Condition
	due         period.Date
	late, open  bool
	words       string // how it stands, as written
}

// scene is what the lines of one plan are written from.
type scene struct {
	standing
	language message.Language
	targets  map[target.Track]int // by track, the number on the board
	duties   map[target.Track]duty.Duty
	tasks    map[target.Track]taskRow
}

// sceneOf gathers what stands beside the lights: duties in force and the living rows of tasks.
func (p *Pages) sceneOf(ctx context.Context, s standing) (scene, error) {
	made := scene{standing: s, language: shell.From(ctx).Language, targets: map[target.Track]int{}, tasks: map[target.Track]taskRow{}}
	for t, one := range s.plan.Targets() {
		made.targets[one.Track] = t
	}
	var err error
	if made.duties, err = p.duties.DutiesInForce(ctx, s.plan.Plan.ID); err != nil {
		return made, err
	}
	rows, err := p.taskRows(ctx, register.Filter{Column: "plan_id", Contains: s.plan.Plan.ID})
	for _, one := range rows {
		made.tasks[one.track] = one.taskRow
	}
	return made, err
}

// tracked is the living row of a task and the node it carries out.
type tracked struct {
	taskRow
	plan  string
	track target.Track
}

// taskRows reads living rows of tasks of plans that the present post may see.
func (p *Pages) taskRows(ctx context.Context, filters ...register.Filter) ([]tracked, error) {
	return p.taskRowsOf(ctx, register.Query{Filters: filters})
}

func (p *Pages) taskRowsOf(ctx context.Context, asked register.Query) ([]tracked, error) {
	r, known := p.records.Register(taskRegister)
	if !known {
		return nil, nil
	}
	post, day := shell.From(ctx).Actor.Post, period.DayAt(shell.From(ctx).Now)
	asked.Sort, asked.Limit = pack.ColumnDue, record.MaxPage
	var rows []tracked
	for {
		asked.Offset = len(rows)
		list, err := p.records.List(ctx, r, record.Query{Seen: &post, Query: asked})
		if err != nil || len(list.Rows) == 0 {
			return rows, err
		}
		for _, row := range list.Rows {
			rows = append(rows, trackedOf(ctx, r, row, day))
		}
		if len(rows) >= list.Count {
			return rows, nil
		}
	}
}

func trackedOf(ctx context.Context, r *pack.Register, row register.Row, day period.Date) tracked {
	one := tracked{plan: register.TextOf(r, row, "plan_id"), track: target.Track(register.TextOf(r, row, "track"))}
	one.id, one.heading, one.unit, one.lead = row.ID, record.HeadingOf(r, row), row.Unit, register.TextOf(r, row, pack.ColumnLead)
	one.due, one.condition = register.DateOf(r, row, pack.ColumnDue), shell.Waiting
	one.words = register.TextOf(r, row, "progress_words")
	state := r.Life.State(register.TextOf(r, row, pack.ColumnState))
	if state == nil {
		return one
	}
	one.state, one.open = state.Title.In(shell.From(ctx).Language), !state.Final
	one.late = state.Running() && !one.due.IsZero() && one.due.Before(day)
	switch {
	case state.Final:
		one.condition = shell.Fixed
	case one.late:
		one.condition = shell.Overdue
	}
	return one
}

// line writes one node of the plan.
func (s scene) line(node duty.Node) leafLine {
	id := s.plan.Plan.ID
	l := leafLine{node: node.ID, kind: node.Kind, stage: node.Stage, name: node.Name(), sentence: node.Sentence, path: node.Path, track: string(node.Track),
		words: shell.WordsAddress(id, node.ID), address: shell.WordsAddress(id, node.ID), due: plan.DeadlineText(s.language, node.Fields)}
	if held, known := s.duties[node.Track]; known {
		l.leadCode = held.Lead
		l.lead, l.leadAddress = leadName(s.view.Tree, held.Lead)
		if !held.Due.IsZero() {
			l.due = held.Due.Text(s.language)
		}
	} else {
		l.lead, _ = plan.Owners(node.Field("responsible"))
	}
	if t, known := s.targets[node.Track]; known {
		s.judged(&l, t, s.number)
		return l
	}
	if row, known := s.tasks[node.Track]; known {
		l.state, l.condition, l.address = row.state, row.condition, "/record/"+taskRegister+"/row/"+row.id
		if !row.due.IsZero() {
			l.due = row.due.Text(s.language)
		}
	}
	return l
}

// judged fills in how a target stands in a unit.
func (s scene) judged(l *leafLine, t, number int) {
	cell, one := s.plan.Cell(t, number), s.plan.Targets()[t]
	code := ""
	if number != s.plan.HomeNumber() {
		code = s.view.Tree.At(number).Code
	}
	j := cell.Judgement
	l.address, l.light = shell.TargetAddress(s.plan.Plan.ID, one.Track, code), j.Light
	if l.light == target.NoTarget {
		return
	}
	l.goal, l.baseline = target.GoalText(s.language, cell.Goal), baselineText(s.language, cell.Goal)
	l.value = shell.TargetFigure(j.Value, cell.Goal.Unit)
	if j.Value.Is {
		l.at = j.Latest.Period.Text(s.language)
	}
	if j.Gap.Is && j.Gap.Number > 0 {
		l.gap = s.points(j.Gap, cell.Goal.Unit)
	}
	if j.Needed.Is && j.Gap.Number > 0 {
		l.needed = s.points(j.Needed, cell.Goal.Unit)
	}
	l.why = j.Why(s.language)
	if cell.Silence.Silent {
		l.silent = cell.Silence.Days
	}
	if !cell.Goal.Deadline.IsZero() {
		l.due = cell.Goal.Deadline.Text(s.language)
	}
}

func (s scene) points(known target.Known, measure string) string {
	return shell.GapFigure(s.language, known, measure)
}

// baselineText is where a goal starts, with its year.
func baselineText(language message.Language, goal target.Goal) string {
	text := shell.TargetFigure(goal.Baseline, goal.Unit)
	if text != "" && goal.BaselineYear != 0 {
		year := period.Period{Kind: period.Year, Start: period.Date{Year: goal.BaselineYear, Month: 1, Day: 1}}
		text = message.Text(language, "plan.value.of_year", message.Args{"value": text, "year": year.Text(language)})
	}
	return text
}

// leadName is the name and the page of a unit that leads, the code where it is no more.
func leadName(tree *unit.Tree, code string) (name, address string) {
	u, known := tree.Find(code)
	if !known {
		return code, ""
	}
	return u.Name, shell.UnitPage(u)
}
