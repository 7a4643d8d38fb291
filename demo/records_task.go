package demo

// SilentTask is the task of the demo that nobody has said anything about for more than a month.
const SilentTask = "落实课后服务财政补助"

// tellTasks tells of meetings, their decisions and the tasks that follow.
func tellTasks(t *tale) {
	spring := t.meeting(130, "县政府常务会议（春季教育专题）", "standing", "研究学位保障和教师住房")
	built := t.decide(128, spring, "乡村教师周转房维修", "完成五个乡镇周转房维修，秋季开学前投入使用。", 60, "澄源县财政局")
	t.minutes(spring, 127, "会议听取教育工作汇报，议定一项事项。")
	t.carry(built, 125, "finance", "五个乡镇周转房维修完成并验收。", 70)
	money := t.meeting(66, "课后服务经费专题会议", "special", "研究课后服务经费来源和拨付")
	silent := t.decide(64, money, SilentTask, "将课后服务财政补助列入年度预算并拨付到校。", -20, "澄源县财政局")
	t.minutes(money, 63, "会议议定课后服务补助列入年度预算。")
	t.at(62).do("office", silent, "issue", nil, told{lead: "澄源县财政局"})
	t.at(61).do("finance", silent, "sign", nil, told{})

	second := t.meeting(40, "局长办公会议（秋季学期）", "bureau", "研究体育美术教师补充和校门口隔离设施")
	moving := t.decide(37, second, "补充乡村体育美术教师", "走教与招聘结合，补足乡村学校体育、美术教师。", -45, "澄源县")
	t.minutes(second, 37, "会议议定一项事项，交基础教育办公室牵头。")
	t.at(36).do("office", moving, "issue", nil, told{lead: "澄源县"})
	t.at(35).do("basic", moving, "sign", nil, told{})
	t.at(35).do("basic", moving, "hand_over", nil, told{owner: t.actor("basic").Post.Person})
	t.at(12).do("basic", moving, "update", record{"progress": 40, "progress_words": "已落实走教教师八名，招聘公告已发布。"}, told{})
	t.at(20).make("office", "meeting", "澄源县", record{"meeting_title": "县政府常务会议（秋季教育专题）", "meeting_kind": "standing",
		"planned_on": t.daysAgo(-15), "agenda": "研究教育经费保障和教师待遇落实"})

	late := t.at(70).make("office", "task", "澄源县", record{"task_title": "校门口硬质隔离设施建设", "task_kind": "instruction",
		"task_text": "完成剩余六所学校校门隔离设施。", "opened_on": t.daysAgo(70), "task_due": t.daysAgo(16)})
	t.at(70).do("office", late, "issue", nil, told{lead: "澄源县财政局"})
	t.at(69).do("finance", late, "sign", nil, told{})
	t.at(25).do("finance", late, "update", record{"progress": 65, "progress_words": "四所完成，两所因管线迁改未开工。"}, told{})
	t.clock(15, 11)
}

// meeting plans and holds a meeting.
func (t *tale) meeting(daysAgo int, title, kind, agenda string) row {
	m := t.at(daysAgo+20).make("office", "meeting", "澄源县", record{"meeting_title": title, "meeting_kind": kind, "planned_on": t.daysAgo(daysAgo), "agenda": agenda})
	t.at(daysAgo).do("office", m, "hold", record{"held_on": t.daysAgo(daysAgo)}, told{})
	return m
}

// minutes writes the minutes of a meeting, which then is closed.
func (t *tale) minutes(meeting row, daysAgo int, words string) {
	t.at(daysAgo).do("office", meeting, "write", record{"minutes": words}, told{file: words})
}

// decide records a decision, hands it out and returns the task that it opens.
func (t *tale) decide(daysAgo int, meeting row, title, text string, dueDaysAgo int, lead string) row {
	due := t.daysAgo(dueDaysAgo)
	d := t.at(daysAgo).part("office", "decision", "澄源县", meeting, record{"decision_title": title, "decision_text": text,
		"decided_on": t.daysAgo(daysAgo), "decision_due": due})
	task := row{"task", ""}
	for _, one := range t.do("office", d, "assign", nil, told{lead: lead}) {
		task.id = one.Row
	}
	return task
}

// carry brings a task to its end: issued, signed, reported, checked and closed by a second person.
func (t *tale) carry(task row, daysAgo int, lead, result string, doneDaysAgo int) {
	t.at(daysAgo).do("office", task, "issue", nil, told{lead: "澄源县财政局"})
	t.at(daysAgo-1).do(lead, task, "sign", nil, told{})
	t.at(doneDaysAgo).do(lead, task, "report", record{"task_result": result}, told{file: result})
	t.at(doneDaysAgo-1).do("office", task, "check", nil, told{note: "已到现场核对。"})
	t.at(doneDaysAgo-2).do("leader", task, "close", nil, told{})
}
