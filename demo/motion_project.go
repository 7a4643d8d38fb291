package demo

import (
	"context"
	"fmt"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/plan"
	"jiaoheng/register"
)

// annexRow is a project of an annex table as the demo tells of it.
type annexRow struct {
	title, annex, box, measure, owner string
	planned, spent                    int // 万元
	done                              string
}

// tellProjects enters the projects of the annex tables: some closed, some under way, one overdue, one whose measure is not in the
// plan.
func tellProjects(t *tale) {
	for i, one := range []annexRow{
		{"枫坞镇中心幼儿园改扩建", "学前教育学位建设计划表", "专栏1学前教育学位建设工程", "乡镇中心幼儿园改扩建项目", "枫坞镇人民政府", 620, 620, "closed"},
		{"白芷镇中心幼儿园改扩建", "学前教育学位建设计划表", "专栏1学前教育学位建设工程", "乡镇中心幼儿园改扩建项目", "白芷镇人民政府", 380, 365, "accepted"},
		{"鹤汀镇中心幼儿园改扩建", "学前教育学位建设计划表", "专栏1学前教育学位建设工程", "乡镇中心幼儿园改扩建项目", "鹤汀镇人民政府", 410, 150, "late"},
		{"县第四幼儿园新建", "学前教育学位建设计划表", "专栏1学前教育学位建设工程", "公办幼儿园新建项目", "县教育局", 2600, 1240, "building"},
		{"县第五幼儿园新建", "学前教育学位建设计划表", "专栏1学前教育学位建设工程", "公办幼儿园新建项目", "县教育局", 2600, 0, "proposed"},
		{"县城北高级中学改扩建", "高中学位建设计划表", "", "（三）实施普通高中提质行动", "县教育局", 9800, 3900, "building"},
		{"县级产教融合实训基地", "职业教育项目计划表", "", "实施职业教育赋能行动", "县中等职业技术学校", 1500, 420, "building"},
		{"多媒体教室更新（第一批）", "信息化建设计划表", "专栏2教育数字化工程", "多媒体教室更新项目", "县教育局", 430, 430, "closed"},
		{"村小同步课堂设备", "信息化建设计划表", "专栏2教育数字化工程", "村小同步课堂项目", "县教育局", 140, 96, "finished"},
		{"乡镇教师周转房维修", "教师安居计划表", "", "实施乡村教师安居工程", "县教育局", 300, 80, "building"},
	} {
		t.project(i, one)
	}
}

// project enters one project and brings it to where it stands.
func (t *tale) project(number int, one annexRow) {
	ends := t.daysAgo(-180 - 30*number)
	switch one.done {
	case "closed", "accepted", "finished":
		ends = t.daysAgo(15)
	case "late":
		ends = t.daysAgo(18)
	}
	made := t.at(260).make("office", "project", "澄源县", record{"title": one.title, "annex": one.annex, "box": one.box, "measure": one.measure, "owner_office": one.owner,
		"money_planned": one.planned, "ends_on": ends})
	if one.done == "proposed" {
		return
	}
	t.at(250-number).do("office", made, "approve", record{"approval": fmt.Sprintf("澄发改审〔2025〕%d号", 20+number), "money_planned": one.planned, "starts_on": t.daysAgo(245)}, told{})
	if one.spent > 0 {
		t.at(60).do("office", made, "spend", record{"money_spent": one.spent}, told{})
	}
	if one.done == "building" || one.done == "late" {
		return
	}
	t.at(20).do("office", made, "finish", record{"project_result": "按设计完成全部建设内容。"}, told{file: "竣工报告"})
	if one.done == "finished" {
		return
	}
	t.at(16).do("basic", made, "accept", nil, told{note: "现场核验，工程量与设计一致。", file: "验收意见"})
	if one.done == "closed" {
		t.at(10).do("leader", made, "close", nil, told{})
	}
}

// tellYearlyItems enters the yearly work of the offices: most tied to the plan, some to nothing yet.
func tellYearlyItems(t *tale) {
	m := t.motion
	items := []struct {
		words, office, node string
		kind                plan.Kind
		done                bool
	}{
		{"开工建设县第四幼儿园，完成县第五幼儿园前期工作", "基建办公室", KindergartenTask, plan.Task, false},
		{"城乡教育共同体扩面，新增两个并建立联合教研制度", "基础教育办公室", ClusterTask, plan.Task, false},
		{"招聘紧缺学科教师六十名", "人事办公室", "三年招聘紧缺学科教师180名", plan.Task, true},
		{"落实教育投入两个只增不减，年度资金按季下达", "财务办公室", "落实教育投入“两个只增不减”要求", plan.Task, false},
		{"抽查作业公示，每学期不少于两轮", "基础教育办公室", HomeworkTask, plan.Task, true},
		{"开展“青苗计划”第一批培养", "人事办公室", YoungTask, plan.Task, true},
		{"组织中小学生艺术节", "基础教育办公室", "", "", false},
		{"建设校园文化长廊", "办公室", "", "", false},
	}
	f := &facts{scope: m.set.Everything(), rows: map[string][]register.Row{}}
	for i, one := range items {
		values := record{"yearly_number": fmt.Sprint(i + 1), "yearly_words": one.words, "office": one.office, "due_on": fmt.Sprintf("%d-12-20", t.today.Year), "yearly_done": one.done}
		if one.done {
			values["yearly_result"] = "已按要求完成。"
		}
		if one.node != "" {
			values["plan_id"], values["track"] = m.plan(), string(m.track(one.kind, one.node))
		}
		f.add("yearly_item", CountyCode, calendarYear(t.today.Year), values)
	}
	t.fail(t.keep(f), "yearly items")
}

// tellLists enters powers and duties of the bureau; one of each belongs to no node, one has no office.
func tellLists(t *tale) {
	m := t.motion
	f := &facts{scope: m.set.Everything(), rows: map[string][]register.Row{}}
	layout, fees := string(m.track(plan.Task, LayoutTask)), string(m.track(plan.Task, "县教育局每学期对民办幼儿园收费情况开展一次检查"))
	for i, one := range []struct{ name, kind, basis, office, node string }{
		{"民办学校、幼儿园设立审批", "licence", "《中华人民共和国民办教育促进法》第十二条", "行政审批办公室", layout},
		{"校车使用许可", "licence", "《校车安全管理条例》第十五条", "安全管理办公室", ""},
		{"对民办幼儿园收费的检查", "check", "《中华人民共和国民办教育促进法》第三十八条", "财务办公室", fees},
		{"教师资格认定", "confirmation", "《教师资格条例》第十三条", "", ""},
	} {
		f.add("power_item", CountyCode, schoolYearNone, listed(m, record{"power_number": fmt.Sprintf("权%02d", i+1), "power_name": one.name, "power_kind": one.kind, "legal_basis": one.basis, "office": one.office}, one.node))
	}
	for i, one := range []struct{ name, words, basis, office, node string }{
		{"合理规划学校布局", "编制并组织实施学校布局规划，保障适龄儿童就近入学。", "《中华人民共和国义务教育法》第十五条", "规划办公室", layout},
		{"保障教育经费", "落实财政教育投入，专款专用。", "《中华人民共和国教育法》第五十六条", "财务办公室", string(m.track(plan.Task, MoneyTask))},
		{"教育督导", "对学校实施素质教育的情况进行督导。", "《教育督导条例》第二条", "督导办公室", ""},
	} {
		f.add("duty_item", CountyCode, schoolYearNone, listed(m, record{"duty_number": fmt.Sprintf("责%02d", i+1), "duty_name": one.name, "duty_words": one.words, "legal_basis": one.basis, "office": one.office}, one.node))
	}
	t.fail(t.keep(f), "lists")
}

func listed(m motion, values record, node string) record {
	if node != "" {
		values["plan_id"], values["track"] = m.plan(), node
	}
	if values["office"] == "" {
		delete(values, "office")
	}
	return values
}

// keep stores plain rows in one action.
func (t *tale) keep(f *facts) error {
	write := f.write(t.store.Store)
	return action.Do(t.ctx, t.store, t.actor("office"), action.Write{Name: "demo.action.facts", Thing: access.Thing{Class: access.Fact, Unit: t.motion.where},
		Do: func(ctx context.Context, tx action.Tx) error { return write(ctx, tx) }})
}
