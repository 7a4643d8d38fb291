package demo

import (
	"context"
	"fmt"
	"testing"

	"jiaoheng"
	"jiaoheng/appraisal"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	records "jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/store"
)

// checkMotion holds what the demo tells about the plan in motion.
func checkMotion(t *testing.T, s *store.Store) {
	ctx := context.Background()
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	plans, err := s.Plans(ctx)
	if err != nil || len(plans) == 0 {
		t.Fatal(plans, err)
	}
	view, err := target.NewBoard(s, round.NewDesk(set, s)).View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	board, _ := view.Plan(plans[0].ID)
	home := board.HomeNumber()
	lights := map[string]target.Light{}
	for i, one := range board.Targets() {
		lights[one.Node.Field("name")] = board.Light(i, home)
	}
	for name, want := range map[string]target.Light{"高中阶段毛入学率": target.Late, "普惠性幼儿园覆盖率": target.Reached, "学生体质健康合格率": target.NoData,
		AverageTarget: target.Reached, "新增普惠性学位数": target.NoData} {
		if lights[name] != want {
			t.Errorf("%s: got %s, want %s", name, lights[name].Text(message.Chinese), want.Text(message.Chinese))
		}
	}
	t.Run("two schools with the same value stand differently", func(t *testing.T) { checkUnlike(t, view, board) })
	look, there, err := s.TargetLook(ctx, personOf(t, s, "leader"))
	if turned := view.Since(look); err != nil || !there || len(turned) == 0 {
		t.Errorf("the leader last looked: %v, %d lights turned, %v", there, len(turned), err)
	}
	t.Run("rows", func(t *testing.T) { checkTasks(t, s, set) })
	t.Run("appraisal", func(t *testing.T) {
		runs, err := s.AppraisalRuns(ctx, 10)
		if err != nil || len(runs) != 1 {
			t.Fatal(len(runs), err)
		}
		cases, err := s.AppraisalCases(ctx, runs[0].ID)
		states := map[appraisal.State]int{}
		for _, one := range cases {
			states[one.State]++
		}
		if err != nil || states[appraisal.Self] != 2 || states[appraisal.Talking] != 1 {
			t.Errorf("cases stand in %v, %v", states, err)
		}
	})
	t.Run("gaps", func(t *testing.T) { checkGaps(t, s, plans[0].ID) })
}

// checkUnlike finds two schools of the same latest value with different lights, each by its own goal.
func checkUnlike(t *testing.T, view *target.View, board *target.PlanBoard) {
	found := false
	for i, one := range board.Targets() {
		if name := one.Node.Field("name"); name != ArtsTarget && name != BackboneTarget {
			continue
		}
		seen := map[string]target.Light{}
		for n := range view.Tree.Len() {
			cell := board.Cell(i, n)
			if n == board.HomeNumber() || !cell.Judgement.Value.Is || cell.Judgement.Light == target.NoTarget {
				continue
			}
			shown := fmt.Sprintf("%s %.2f", one.Track, cell.Judgement.Value.Number)
			if before, known := seen[shown]; known && before != cell.Judgement.Light {
				found = true
			}
			seen[shown] = cell.Judgement.Light
		}
	}
	if !found {
		t.Error("no two schools with the same value stand differently")
	}
}

// checkTasks counts tasks of the plan by their state, what is late, and projects.
func checkTasks(t *testing.T, s *store.Store, set *pack.Set) {
	states := map[string]int{}
	for _, name := range []string{"plan_task", "project", "consequence"} {
		r, _ := set.Everything().Register(name)
		rows, err := s.RegisterRows(context.Background(), r, register.Query{})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			state := register.TextOf(r, row, pack.ColumnState)
			states[name+" "+state]++
			if due := register.DateOf(r, row, pack.ColumnDue); r.Life.State(state).DaysLate(due, s.Today()) > 0 {
				states[name+" late"]++
			}
			if name == "consequence" && row.Unit == BureauCode {
				states["consequence of the bureau"]++
			}
		}
	}
	for what, want := range map[string]int{"plan_task closed": 1, "plan_task held": 1, "plan_task reported": 1, "plan_task running": 3, "plan_task drafted": 1,
		"consequence of the bureau": 1, "project closed": 2, "project accepted": 1, "project finished": 1, "project proposed": 1, "project building": 5} {
		if states[what] != want {
			t.Errorf("%s: got %d, want %d of %v", what, states[what], want, states)
		}
	}
	if states["plan_task late"] == 0 || states["project late"] == 0 {
		t.Errorf("nothing is late: %v", states)
	}
}

// checkGaps holds that the report of gaps has something to tell: nodes without a lead, yearly items without a node, a project
// without a measure.
func checkGaps(t *testing.T, s *store.Store, plan string) {
	ctx := context.Background()
	set, _ := pack.Load(jiaoheng.Packs, nil)
	desk := duty.New(s, records.New(set, s, func(context.Context) (period.Calendar, error) { return period.Calendar{}, nil }, nil, nil))
	table, err := desk.Table(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	led, free := 0, 0
	for _, line := range table.Lines {
		if line.Duty.Lead == "" {
			free++
		} else {
			led++
		}
	}
	if led < 40 || free != len(unled) {
		t.Errorf("%d nodes have a lead, %d have none, want %d without", led, free, len(unled))
	}
	work, err := desk.Work(ctx, plan, s.Today().Year)
	if err != nil || len(work.Orphans) != 2 || len(work.Idle) == 0 {
		t.Errorf("yearly work: %d orphans, %d nodes without an item, %v", len(work.Orphans), len(work.Idle), err)
	}
	r, _ := set.Everything().Register(duty.ProjectRegister)
	rows, err := s.RegisterRows(ctx, r, register.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var projects []duty.Project
	for _, row := range rows {
		projects = append(projects, duty.ProjectOf(r, row, s.Today()))
	}
	made := duty.GatherProjects(table.Outline, projects)
	if len(made.Boxes) != 2 || len(made.Open) != 1 || made.Total.Count != 10 || made.Total.Spent != 7301 {
		t.Errorf("projects: %d boxes, %d open, %d in all, %v spent", len(made.Boxes), len(made.Open), made.Total.Count, made.Total.Spent)
	}
}

func personOf(t *testing.T, s *store.Store, account string) string {
	t.Helper()
	one, err := s.AccountByLogin(context.Background(), account)
	if err != nil {
		t.Fatal(err)
	}
	return one.Person
}
