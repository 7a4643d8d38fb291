package light

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of the page of one unit.
const (
	unitDates  = 10
	unitSilent = 10
)

// dateLine is a day that comes, or that has passed with something left to do.
type dateLine struct {
	name, address, day string
	date               period.Date
	late               bool
}

// silentUnit is a unit that has written nothing for too long.
type silentUnit struct {
	name, address string
	days          int
}

// scoreLine is the score of an appraisal.
type scoreLine struct{ name, address, score string }

// rowCount is how many rows of a register are open.
type rowCount struct {
	name, address string
	open, late    int
}

// unitOf reads the unit of the address.
//
// Errors: shell.NotFound when there is none that fits, shell.NoRight when the post may not see how it stands.
func unitOf(r *http.Request, fits func(kind unit.Kind) bool) (unit.Unit, int, error) {
	ctx := r.Context()
	view := shell.From(ctx)
	if !plan.MaySee(view.Actor.Post) || view.Tree == nil {
		return unit.Unit{}, 0, shell.NoRight
	}
	number, known := view.Tree.Number(r.PathValue("unit"))
	if !known || !fits(view.Tree.At(number).Kind) {
		return unit.Unit{}, 0, shell.NotFound
	}
	u := view.Tree.At(number)
	// What an office leads is part of the plan, which everybody with a post may read.
	if u.Kind != unit.Office && !shell.MayLook(ctx, number) {
		return u, number, shell.NoRight
	}
	return u, number, nil
}

// choosePlan returns the plan of the address, else the newest one of which the unit has something.
func choosePlan(r *http.Request, view *target.View, has func(p *target.PlanBoard) bool) (*target.PlanBoard, []shell.Chip) {
	asked := r.URL.Query().Get("plan")
	var chosen *target.PlanBoard
	var chips []shell.Chip
	for _, p := range slices.Backward(view.Plans()) {
		if !has(p) && p.Plan.ID != asked {
			continue
		}
		if chosen == nil || p.Plan.ID == asked {
			chosen = p
		}
		chips = append(chips, shell.Chip{Label: p.Plan.Title, Address: r.URL.Path + "?plan=" + url.QueryEscape(p.Plan.ID)})
	}
	if chosen == nil && len(view.Plans()) > 0 {
		chosen = view.Plans()[len(view.Plans())-1]
	}
	for n := range chips {
		chips[n].Current = chosen != nil && chips[n].Label == chosen.Plan.Title
	}
	return chosen, chips
}

// taskTable shows living rows of tasks.
func taskTable(ctx context.Context, rows []tracked) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "light.task."+word) }
	table := shell.Table{Caption: shell.Text(ctx, "light.tasks"), Columns: []shell.Column{{Title: head("name")}, {Title: head("state"), Align: shell.Short}, {Title: head("due"), Align: shell.Short}},
		Empty: shell.EmptyState(shell.Empty{Icon: "list-check", Title: head("none"), Text: head("none_why")})}
	for _, one := range rows {
		due := ""
		if !one.due.IsZero() {
			due = one.due.Text(shell.From(ctx).Language)
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.heading, Address: "/record/" + taskRegister + "/row/" + url.PathEscape(one.id), Written: true},
			{Body: shell.StatusWord(one.condition, one.state)}, {Text: due}})
	}
	return table
}

// tasksOf are the living tasks that a unit leads or that are its own.
func (p *Pages) tasksOf(ctx context.Context, code string) ([]tracked, error) {
	rows, err := p.taskRows(ctx, register.Filter{Column: pack.ColumnLead, In: []string{code}})
	if err != nil {
		return nil, err
	}
	own, err := p.taskRowsOf(ctx, register.Query{Unit: code})
	for _, one := range own {
		if one.lead != code {
			rows = append(rows, one)
		}
	}
	slices.SortStableFunc(rows, func(a, b tracked) int {
		if a.open != b.open {
			return cmp.Compare(flag(b.open), flag(a.open))
		}
		return cmp.Compare(dayKey(a.due), dayKey(b.due))
	})
	return rows, err
}

func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}

// dayKey orders days; no day stands last.
func dayKey(day period.Date) string {
	if day.IsZero() {
		return "9"
	}
	return day.String()
}

// nextDates are the days of tasks and milestones that a unit leads: what has passed and is still open, then the nearest.
func (s scene) nextDates(code string, tasks []tracked) []dateLine {
	var dates []dateLine
	for _, one := range tasks {
		if one.open && !one.due.IsZero() {
			dates = append(dates, dateLine{name: one.heading, address: "/record/" + taskRegister + "/row/" + url.PathEscape(one.id), date: one.due, late: one.late})
		}
	}
	for track, held := range s.duties {
		if held.Lead != code {
			continue
		}
		for _, stone := range held.Milestones {
			if !stone.Due.Before(s.view.Day) {
				dates = append(dates, dateLine{name: stone.Name, address: "/duty/" + url.PathEscape(s.plan.Plan.ID) + "#" + url.QueryEscape(string(track)), date: stone.Due})
			}
		}
	}
	slices.SortFunc(dates, func(a, b dateLine) int {
		return cmp.Or(cmp.Compare(dayKey(a.date), dayKey(b.date)), cmp.Compare(a.name, b.name), cmp.Compare(a.address, b.address))
	})
	for n := range dates {
		dates[n].day = dates[n].date.Text(s.language)
	}
	return dates[:min(len(dates), unitDates)]
}

// openRows counts what is still to be done about a unit in every register that lives.
func (p *Pages) openRows(ctx context.Context, code string) ([]rowCount, error) {
	post := shell.From(ctx).Actor.Post
	var all []rowCount
	for _, r := range p.records.Registers() {
		if r.Name == taskRegister {
			continue
		}
		query := record.Query{Open: true, Seen: &post, Query: register.Query{Under: code}}
		open, err := p.records.Count(ctx, r, query)
		if err != nil {
			return nil, err
		}
		if open == 0 {
			continue
		}
		query.Overdue = true
		late, err := p.records.Count(ctx, r, query)
		if err != nil {
			return nil, err
		}
		all = append(all, rowCount{name: r.Title.In(shell.From(ctx).Language), address: "/record/" + r.Name + "?unit=" + url.QueryEscape(code), open: open, late: late})
	}
	slices.SortStableFunc(all, func(a, b rowCount) int { return cmp.Compare(b.late, a.late) })
	return all, nil
}
