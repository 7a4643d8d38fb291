package demo

import (
	"context"

	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

// The tasks of the plan that are told of, by their names in the plan.
const (
	KindergartenTask = "新建公办幼儿园3所"
	LayoutTask       = "编制全县中小学布局专项规划"
	ClusterTask      = "组建6个城乡教育共同体"
	MoneyTask        = "三年统筹安排资金2.3亿元"
	HomeworkTask     = "严格落实作业公示制度"
	CareTask         = "完善课后服务经费保障机制"
	PostsTask        = "县教育局会同县委编办建立教职工编制周转机制"
	YoungTask        = "实施乡村教师“青苗计划”"
)

// unled are nodes for which nobody answers yet: the report of gaps shows them.
var unled = map[string]bool{"健全普通高中招生指标分配办法": true, "对发现的问题下达整改通知书": true, "青苗计划": true}

// tellDuties confirms who leads what, from the words of the plan where they name somebody, else the bureau; of the tasks that
// are carried out also the timetable. One change waits for a second person.
func tellDuties(t *tale) {
	m := t.motion
	open, err := plan.NewDesks(t.store, func(context.Context, string) string { return "" }).Open(t.ctx, m.outline.Version.Draft)
	t.fail(err, "text of the plan")
	if t.err != nil {
		return
	}
	var drafts []duty.Draft
	for _, one := range duty.Suggest(m.outline, open.Clean.Text, m.tree, nil, t.today) {
		if unled[one.Node.Field("name")] {
			continue
		}
		draft := one.Draft()
		if draft.Lead == "" || m.isSchool(draft.Lead) && one.Node.Kind != plan.Task {
			draft.Lead, draft.Helpers = BureauCode, nil
		}
		t.timetable(one.Node, &draft)
		drafts = append(drafts, draft)
	}
	_, err = m.duties.Confirm(t.ctx, t.actor("office"), m.plan(), drafts)
	t.fail(err, "duties")
	changed := duty.Draft{Node: m.track(plan.Task, PostsTask), Lead: "RSJ", Helpers: []string{BureauCode}, Reason: "编制周转涉及岗位总量，拟改由人社部门牵头。"}
	if t.err == nil {
		_, err = m.duties.Propose(t.ctx, t.actor("office"), m.plan(), changed)
		t.fail(err, "change of a duty")
	}
}

func (m motion) isSchool(code string) bool {
	u, known := m.tree.Find(code)
	return known && (u.Kind == unit.School || u.Kind == unit.Kindergarten)
}

// timetable gives the tasks that are told of their lead, days and milestones. Days are counted from today, so that one is always
// late and one always ahead.
func (t *tale) timetable(node duty.Node, draft *duty.Draft) {
	if node.Kind != plan.Task {
		return
	}
	day := func(daysAgo int) period.Date { return t.today.AddDays(-daysAgo) }
	switch node.Field("name") {
	case KindergartenTask:
		draft.Lead, draft.Helpers = BureauCode, []string{"ZRJ", "ZJJ"}
		draft.Due, draft.Money = day(-120), target.Sure(5200)
		draft.Deliverables = []string{"竣工验收备案表", "学位核定文件"}
		draft.Milestones = []duty.Milestone{{Name: "完成选址和用地手续", Due: day(150)}, {Name: "主体工程封顶", Due: day(25)}, {Name: "竣工验收并开园", Due: day(-110)}}
	case LayoutTask:
		draft.Lead, draft.Helpers, draft.Due = BureauCode, []string{"ZRJ"}, day(90)
		draft.Deliverables = []string{"布局专项规划文本", "县政府批复"}
	case ClusterTask:
		draft.Lead, draft.Helpers, draft.Due = BureauCode, nil, day(60)
	case MoneyTask:
		draft.Lead, draft.Helpers, draft.Due, draft.Money = "CZJ", []string{BureauCode}, day(-200), target.Sure(23000)
		draft.Milestones = []duty.Milestone{{Name: "下达本年度资金", Due: day(-30)}}
	case HomeworkTask:
		draft.Lead, draft.Helpers, draft.Due = BureauCode, nil, day(-60)
	case CareTask:
		draft.Lead, draft.Helpers, draft.Due = "CZJ", []string{BureauCode}, day(14)
	case YoungTask:
		draft.Lead, draft.Helpers, draft.Due = BureauCode, []string{"RSJ"}, day(-20)
	}
}

// tellPlanTasks brings tasks of the plan into every step: one closed, one held to account, one to be appraised, one to be
// inspected, one overdue, one whose lead is silent.
func tellPlanTasks(t *tale) {
	t.at(200)
	layout, cluster, building := t.issue(LayoutTask, "bureau", 200), t.issue(ClusterTask, "bureau", 180), t.issue(KindergartenTask, "bureau", 175)
	young, money := t.issue(YoungTask, "bureau", 100), t.issue(MoneyTask, "finance", 80)
	t.issue(CareTask, "finance", 75) // signed and never heard of again: silent and overdue
	t.at(10).draft(HomeworkTask)

	t.at(120).do("bureau", layout, "update", record{"progress_words": "已完成人口预测和学位缺口测算，规划文本形成征求意见稿。"}, told{})
	t.reportTask(layout, 100, "bureau", "规划文本已经县政府常务会议审定，按“初中进城、小学进镇”完成撤并和新建安排。")
	t.carryOn(layout, 95, "done", "规划已批复，选址与国土空间规划衔接。", 88)
	t.at(80).do("leader", layout, "close", nil, told{})

	t.reportTask(cluster, 58, "bureau", "已组建四个共同体，两个乡镇因管理体制未定没有组建。")
	t.carryOn(cluster, 50, "undone", "六个应建共同体只有四个挂牌，其中一个没有联合教研记录。", 45)
	t.at(40).do("leader", cluster, "hold", record{"account_grounds": "应于期限内组建六个，实建四个，且未按要求报告原因。"}, told{})

	t.at(120).do("office", building, "measure", record{"stored_value": 1, "stored_on": t.daysAgo(121)}, told{})
	t.at(20).do("bureau", building, "update", record{"progress_words": "一所已开园，一所主体封顶，一所因征地推迟。"}, told{})
	t.milestones(building)

	t.at(30).do("office", young, "measure", record{"stored_value": 41, "stored_on": t.daysAgo(31)}, told{})
	t.at(12).do("bureau", young, "report_difference", record{"report_words": "六十名培养对象全部确定，完成第一阶段跟岗。", "stated_value": 60, "difference_kind": "later",
		"difference_words": "第二批十九人于上周确定，名册尚未录入系统。"}, told{file: "培养对象名单"})

	t.at(35).do("finance", money, "update", record{"progress_words": "本年度资金八千万元已列入预算，下达六千二百万元。"}, told{})
	t.clock(9, 4)
}

// issue makes the living row of a task from its duty, hands it out and has the lead sign.
func (t *tale) issue(name, account string, daysAgo int) row {
	task := t.at(daysAgo).draft(name)
	lead := BureauCode
	if account == "finance" {
		lead = "CZJ"
	}
	u, _ := t.motion.tree.Find(lead)
	t.at(daysAgo).do("office", task, "issue", nil, told{lead: u.Name})
	t.at(daysAgo-2).do(account, task, "sign", nil, told{})
	return task
}

// draft makes the living row of a task.
func (t *tale) draft(name string) row {
	if t.err != nil {
		return row{}
	}
	made, err := t.motion.duties.Issue(t.ctx, t.actor("office"), t.motion.plan(), t.motion.track(plan.Task, name))
	t.fail(err, "task", name)
	return row{"plan_task", made.ID}
}

// reportTask hands in the narrative of a task with a file.
func (t *tale) reportTask(task row, daysAgo int, account, words string) {
	t.at(daysAgo).do(account, task, "report", record{"report_words": words}, told{file: words})
}

// carryOn inspects what was reported and appraises it.
func (t *tale) carryOn(task row, daysAgo int, outcome, seen string, appraised int) {
	t.at(daysAgo).do("inspector", task, "inspect", record{"inspect_outcome": outcome, "inspect_words": seen}, told{file: seen})
	score, words := 88, "任务按期完成，成果质量较好。"
	if outcome == "undone" {
		score, words = 52, "完成三分之二，逾期且质量不高。"
	}
	t.at(appraised).do("office", task, "appraise", record{"score": score, "appraise_words": words}, told{})
}

// milestones finishes the first milestone of a task; the second one stays overdue.
func (t *tale) milestones(task row) {
	r, _ := t.desk.Register("plan_task")
	if t.err != nil {
		return
	}
	parts, err := t.desk.Parts(t.ctx, r, task.id)
	t.fail(err, "milestones")
	for _, one := range parts {
		if len(one.Rows) == 0 || t.err != nil {
			continue
		}
		first := row{one.Register.Name, one.Rows[0].ID}
		t.at(145).do("bureau", first, "finish", record{"milestone_result": "三所选址全部完成，用地手续办结。"}, told{file: "用地批复"})
		t.at(140).do("office", first, "confirm", nil, told{})
	}
}
