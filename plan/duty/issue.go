package duty

import (
	"context"
	"strings"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
)

// PlanEnd is the kind of an end of a link that is a node of an adopted plan; its address is the id of the plan and that of the
// node.
const PlanEnd = "plan"

// Issue makes the living row of a task, a project or a mechanism from its duty, with its milestones, once for each node. When it
// was broken off before every milestone stood, asking again makes those that lack.
//
// Errors: duty.issue_* when the node has no lead in force, is no task, or has a row already; what the register refuses.
func (d *Desk) Issue(ctx context.Context, actor action.Actor, id string, track target.Track) (register.Row, error) {
	d.issuing.Lock()
	defer d.issuing.Unlock()
	table, err := d.Table(ctx, id)
	if err != nil {
		return register.Row{}, err
	}
	line, known := table.find(track)
	r, declared := d.living(registerTask)
	switch {
	case !known:
		return register.Row{}, fault.New("duty.node_gone", message.Args{"track": string(track)})
	case !declared:
		return register.Row{}, fault.New("duty.issue_register", nil)
	case line.Node.Kind == plan.Target:
		return register.Row{}, fault.New("duty.issue_target", message.Args{"node": short(line.Node.Name())})
	case line.Duty.Lead == "":
		return register.Row{}, fault.New("duty.issue_unled", message.Args{"node": short(line.Node.Name())})
	case line.Task != nil && len(line.Task.Milestones) >= len(line.Duty.Milestones):
		return register.Row{}, fault.New("duty.issue_twice", message.Args{"node": short(line.Node.Name()), "number": line.Task.Number})
	}
	row := register.Row{}
	if line.Task != nil {
		row.ID = line.Task.Row
	} else if row, err = d.makeTask(ctx, actor, r, table, line); err != nil {
		return row, err
	}
	return row, d.makeMilestones(ctx, actor, table, line, record.Ref{Register: registerTask, Row: row.ID})
}

// find returns the line of a track.
func (t *Table) find(track target.Track) (Line, bool) {
	for _, line := range t.Lines {
		if line.Node.Track == track {
			return line, true
		}
	}
	return Line{}, false
}

// Find returns the line of a track, false when the version in force has no node of it that wants a lead.
func (t *Table) Find(track target.Track) (Line, bool) { return t.find(track) }

// titleLimit and wordsLimit are the lengths of the columns of plan_task.
const (
	titleLimit = 60
	wordsLimit = 2000
)

func (d *Desk) makeTask(ctx context.Context, actor action.Actor, r *pack.Register, table *Table, line Line) (register.Row, error) {
	helpers := make([]string, len(line.Duty.Helpers))
	for i, code := range line.Duty.Helpers {
		helpers[i] = table.Name(code)
	}
	requirement := line.Node.Sentence
	if requirement == "" {
		requirement = line.Node.Name()
	}
	cells := map[string]register.Cell{
		"title":        register.TextCell(cut(line.Node.Name(), titleLimit)),
		"requirement":  register.TextCell(cut(requirement, wordsLimit)),
		columnPlan:     register.TextCell(table.Outline.Plan.ID),
		columnTrack:    register.TextCell(string(line.Node.Track)),
		"co_leads":     register.TextCell(cut(strings.Join(helpers, "、"), 500)),
		"deliverables": register.TextCell(cut(strings.Join(line.Duty.Deliverables, "；"), 1000)),
		"task_due":     register.DateCell(line.Due),
	}
	row, err := d.records.Create(ctx, actor, record.Draft{Register: r.Name, Unit: table.Home, Cells: cells, Lead: line.Duty.Lead})
	if err != nil {
		return row, err
	}
	return row, d.records.Link(ctx, actor, record.Ref{Register: r.Name, Row: row.ID}, record.Ref{Register: PlanEnd, Row: table.Outline.Plan.ID + "/" + line.Node.ID}, "")
}

// makeMilestones makes the living milestones of a task that do not stand yet.
func (d *Desk) makeMilestones(ctx context.Context, actor action.Actor, table *Table, line Line, task record.Ref) error {
	if _, declared := d.living(registerMilestone); !declared {
		return nil
	}
	stand := map[Milestone]bool{}
	if line.Task != nil {
		for _, m := range line.Task.Milestones {
			stand[m.Milestone] = true
		}
	}
	for _, m := range line.Duty.Milestones {
		name := cut(m.Name, titleLimit)
		if stand[Milestone{Name: name, Due: m.Due}] {
			continue
		}
		cells := map[string]register.Cell{"milestone_title": register.TextCell(name), "milestone_due": register.DateCell(m.Due)}
		if _, err := d.records.Create(ctx, actor, record.Draft{Register: registerMilestone, Unit: table.Home, Cells: cells, Lead: line.Duty.Lead, Part: task}); err != nil {
			return err
		}
	}
	return nil
}

// cut shortens a text to so many characters.
func cut(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
