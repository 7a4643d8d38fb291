package duty

import (
	"context"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
)

// Registers and columns of the pack of plans that this package reads and writes. See docs/plan-pack.md.
const (
	registerTask      = "plan_task"
	registerMilestone = "plan_milestone"
	registerYearly    = "yearly_item"
	registerPowers    = "power_item"
	registerDuties    = "duty_item"

	columnPlan  = "plan_id"
	columnTrack = "track"
)

// Task is the living row of a node: how it stands as it is carried out.
type Task struct {
	Row        string
	Number     string
	State      message.Pair
	Final      bool
	Due        period.Date
	DaysLate   int
	Words      string // how it stands, in the words of whoever leads
	Changed    period.Date
	Lead       string
	Milestones []Mark
}

// Mark is a milestone on the road map with how it stands.
type Mark struct {
	Milestone
	Row  string // of the living milestone; "" as long as there is none
	Done bool
	Late bool
}

// tasks returns the living row of each node of a plan. Rows that were cancelled do not count where there is another one.
func (d *Desk) tasks(ctx context.Context, plan string, day period.Date) (map[target.Track]Task, error) {
	tasks := map[target.Track]Task{}
	r, known := d.living(registerTask)
	if !known {
		return tasks, nil
	}
	marks, err := d.marks(ctx, day)
	if err != nil {
		return nil, err
	}
	is := register.TextCell(plan)
	for row, err := range d.store.RegisterEach(ctx, r, register.Query{Filters: []register.Filter{{Column: columnPlan, Is: &is}}}) {
		if err != nil {
			return nil, err
		}
		track := target.Track(register.TextOf(r, row, columnTrack))
		one := taskOf(r, row, day)
		one.Milestones = marks[record.Ref{Register: registerTask, Row: row.ID}.String()]
		if before, there := tasks[track]; !there || before.Final && !one.Final {
			tasks[track] = one
		}
	}
	return tasks, nil
}

func taskOf(r *pack.Register, row register.Row, day period.Date) Task {
	one := Task{Row: row.ID, Number: register.TextOf(r, row, "plan_task_number"), Due: register.DateOf(r, row, "task_due"),
		Words: register.TextOf(r, row, "progress_words"), Changed: period.DayAt(row.Origin.At), Lead: register.TextOf(r, row, pack.ColumnLead)}
	if state := r.Life.State(register.TextOf(r, row, pack.ColumnState)); state != nil {
		one.State, one.Final = state.Title, state.Final
		if state.Running() && !one.Due.IsZero() && one.Due.Before(day) {
			one.DaysLate = period.Calendar{}.Between(one.Due, day, period.CalendarDays)
		}
	}
	return one
}

// marks returns the living milestones by the task whose part they are.
func (d *Desk) marks(ctx context.Context, day period.Date) (map[string][]Mark, error) {
	marks := map[string][]Mark{}
	r, known := d.living(registerMilestone)
	if !known {
		return marks, nil
	}
	for row, err := range d.store.RegisterEach(ctx, r, register.Query{Sort: "milestone_due"}) {
		if err != nil {
			return nil, err
		}
		state := r.Life.State(register.TextOf(r, row, pack.ColumnState))
		if state == nil || state.Final && register.TextOf(r, row, "milestone_result") == "" {
			continue // dropped
		}
		one := Mark{Row: row.ID, Done: state.Final, Milestone: Milestone{Name: register.TextOf(r, row, "milestone_title"), Due: register.DateOf(r, row, "milestone_due")}}
		one.Late = !state.Final && one.Due.Before(day)
		part := register.TextOf(r, row, pack.ColumnPart)
		marks[part] = append(marks[part], one)
	}
	return marks, nil
}

// living returns a living register of the pack of plans.
func (d *Desk) living(name string) (*pack.Register, bool) {
	if d.records == nil {
		return nil, false
	}
	return d.records.Register(name)
}

// plain returns a register of the pack of plans whose rows do not live.
func (d *Desk) plain(name string) (*pack.Register, bool) {
	if d.records == nil {
		return nil, false
	}
	return d.records.Scope().Register(name)
}
