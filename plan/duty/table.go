package duty

import (
	"context"
	"slices"

	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

// Standing says how far the division of labour of a node has come.
type Standing string

// Standings. From Issued on the living row says more.
const (
	Unled    Standing = "unled"    // nobody leads it
	Led      Standing = "led"      // it has a lead, and nothing is carried out yet
	Issued   Standing = "issued"   // it is being carried out
	Finished Standing = "finished" // its task is closed
)

// Standings returns every standing in the order of a page.
func Standings() []Standing { return []Standing{Unled, Led, Issued, Finished} }

// Line is a node with who leads it and how it stands.
type Line struct {
	Node     Node
	Duty     Duty // the zero Duty when nobody leads it
	Proposed *Duty
	Task     *Task
	Standing Standing
	Start    period.Date // as agreed, else the beginning of the plan
	Due      period.Date // of the task as it runs, else as agreed, else as the plan says
	Marks    []Mark      // milestones in the order of their days
	DaysLate int
	Same     *target.Named // the target that it is, counted there
}

// Late tells whether the line or one of its milestones is over its day.
func (l Line) Late() bool {
	return l.DaysLate > 0 || slices.ContainsFunc(l.Marks, func(m Mark) bool { return m.Late })
}

// Units returns the codes of those who lead and take part.
func (l Line) Units() []string {
	if l.Duty.Lead == "" {
		return nil
	}
	return append([]string{l.Duty.Lead}, l.Duty.Helpers...)
}

// Table is the division of labour of a plan: a line for each node that wants a lead, in the order of the text.
type Table struct {
	Outline *Outline
	Tree    *unit.Tree
	Home    string // code of the unit whose plan it is
	Day     period.Date
	Lines   []Line
}

// Table returns the division of labour as it stands now.
func (d *Desk) Table(ctx context.Context, id string) (*Table, error) {
	outline, err := d.Outline(ctx, id)
	if err != nil {
		return nil, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return nil, err
	}
	all, err := d.store.Duties(ctx, id)
	if err != nil {
		return nil, err
	}
	ties, err := d.store.Ties(ctx)
	if err != nil {
		return nil, err
	}
	day := d.store.Today()
	tasks, err := d.tasks(ctx, id, day)
	if err != nil {
		return nil, err
	}
	held, proposed := InForce(all, d.store.Now()), map[target.Track]*Duty{}
	for i := range all {
		if all[i].State == target.Proposed {
			proposed[all[i].Node] = &all[i]
		}
	}
	same := target.Canonical(Sames(ties))
	t := &Table{Outline: outline, Tree: tree, Home: target.Home(tree, outline.Plan), Day: day}
	for _, node := range outline.Work() {
		line := Line{Node: node, Duty: held[node.Track], Proposed: proposed[node.Track]}
		if task, there := tasks[node.Track]; there {
			line.Task = &task
		}
		if one, there := same[target.Named{Plan: id, Target: node.Track}]; there {
			line.Same = &one
		}
		line.fill(outline.Version.Content, day)
		t.Lines = append(t.Lines, line)
	}
	return t, nil
}

// fill works out where the line stands on the day.
func (l *Line) fill(content plan.Content, day period.Date) {
	l.Standing = Unled
	if l.Duty.Lead != "" {
		l.Standing = Led
	}
	if l.Start = l.Duty.Start; l.Start.IsZero() && content.From > 0 {
		l.Start = period.Date{Year: content.From, Month: 1, Day: 1}
	}
	if l.Due = l.Duty.Due; l.Due.IsZero() {
		l.Due = target.DeadlineOf(l.Node.Field("deadline"), content)
	}
	for _, m := range l.Duty.Milestones {
		l.Marks = append(l.Marks, Mark{Milestone: m, Late: m.Due.Before(day)})
	}
	if l.Task == nil {
		// A target is not late by the calendar: whether it was reached in time is told by its light.
		if l.Node.Kind != plan.Target && !l.Due.IsZero() && l.Due.Before(day) {
			l.DaysLate = period.Calendar{}.Between(l.Due, day, period.CalendarDays)
		}
		l.sortMarks()
		return
	}
	l.Standing = Issued
	if !l.Task.Due.IsZero() {
		l.Due = l.Task.Due
	}
	l.DaysLate = l.Task.DaysLate
	if l.Task.Final {
		l.Standing = Finished
	}
	if len(l.Task.Milestones) > 0 {
		l.Marks = slices.Clone(l.Task.Milestones)
	}
	if l.Task.Final {
		for i := range l.Marks {
			l.Marks[i].Late = false
		}
	}
	l.sortMarks()
}

func (l *Line) sortMarks() {
	slices.SortStableFunc(l.Marks, func(a, b Mark) int {
		switch {
		case a.Due.Before(b.Due):
			return -1
		case b.Due.Before(a.Due):
			return 1
		}
		return 0
	})
}

// Filter narrows a table. Zero parts do not narrow.
type Filter struct {
	Unit     string // code: who leads or takes part
	Leads    bool   // only what the unit leads
	Below    bool   // the units below it too
	Stage    plan.Stage
	Kind     plan.Kind
	Standing Standing
	Late     bool
}

// Only returns the lines that the filter leaves, in the order of the text.
func (t *Table) Only(f Filter) []Line {
	var lines []Line
	for _, line := range t.Lines {
		if f.Stage != "" && line.Node.Stage != f.Stage || f.Kind != "" && line.Node.Kind != f.Kind ||
			f.Standing != "" && line.Standing != f.Standing || f.Late && !line.Late() || f.Unit != "" && !t.concerns(line, f) {
			continue
		}
		lines = append(lines, line)
	}
	return lines
}

func (t *Table) concerns(line Line, f Filter) bool {
	units := line.Units()
	if f.Leads && len(units) > 0 {
		units = units[:1]
	}
	within := t.Tree.SubtreeOf(f.Unit)
	return slices.ContainsFunc(units, func(code string) bool {
		n, known := t.Tree.Number(code)
		return code == f.Unit || f.Below && known && within.Contains(n)
	})
}

// Carriers returns the codes of the units that lead or take part, in the order of the tree.
func (t *Table) Carriers() []string {
	seen := map[string]bool{}
	var codes []string
	for _, line := range t.Lines {
		for _, code := range line.Units() {
			if !seen[code] {
				seen[code] = true
				codes = append(codes, code)
			}
		}
	}
	slices.SortFunc(codes, func(a, b string) int {
		x, _ := t.Tree.Number(a)
		y, _ := t.Tree.Number(b)
		return x - y
	})
	return codes
}

// Name returns what people call a unit.
func (t *Table) Name(code string) string { return nameOf(t.Tree, code) }
