package demo

// The findings of the demo. Days are counted back from today; within one tale they only go forward.

// Schools that findings are told of.
const (
	VillageSchool = "青崖乡滴水岩小学" // a small village school whose rectification is overdue
	RepeatSchool  = "澄源县第二小学"  // where the same finding comes again and again
)

// found makes a finding in the name of the inspector.
func (t *tale) found(daysAgo int, unitName, title, source, category, facts string) row {
	return t.at(daysAgo).make("inspector", "finding", unitName, record{"title": title, "found_on": t.daysAgo(daysAgo), "source": source,
		"category": category, "facts": facts})
}

// notice sends the numbered notice, and the school signs a day later.
func (t *tale) notice(f row, daysAgo int, grade, requirement string, days int, head string) {
	t.at(daysAgo).do("supervision", f, "notice", record{"grade": grade, "requirement": requirement, "rectify_days": days}, told{})
	if head != "" {
		t.at(daysAgo-1).do(head, f, "sign", nil, told{})
	}
}

// report hands in what the school did, with a file.
func (t *tale) report(f row, daysAgo int, head, cause, result string) {
	t.at(daysAgo).do(head, f, "report", record{"cause": cause, "result": result}, told{file: result})
}

// settle checks on the spot and has a second person accept.
func (t *tale) settle(f row, daysAgo int, seen, opinion string) {
	t.at(daysAgo).do("inspector", f, "verify", nil, told{note: seen, file: seen})
	t.at(daysAgo-1).do("supervision", f, "accept", nil, told{note: opinion})
}

// tellFindings tells of findings that were put right and closed.
func tellFindings(t *tale) {
	small := t.found(372, "澄源县实验小学", "课后服务收费公示不全", "inspection", "conduct", "校门公示栏未列明课后服务收费依据和减免办法。")
	t.at(371).do("inspector", small, "advise", record{"requirement": "三日内补齐公示内容。"}, told{})
	t.report(small, 366, "head", "management", "已补齐收费依据、标准和减免办法，并在家长群告知。")
	t.settle(small, 364, "公示栏内容齐全。", "属实，同意销号。")

	general := t.found(340, "澄源县实验小学", "实验室危化品领用无登记", "inspection", "safety", "科学实验室酒精领用没有登记，柜门只有一把锁。")
	list := t.at(339).part("inspector", "finding_item", "澄源县实验小学", general, record{"item_title": "补建领用登记", "item_requirement": "登记到人到次，双人签字。"})
	lock := t.part("inspector", "finding_item", "澄源县实验小学", general, record{"item_title": "加装双锁", "item_requirement": "钥匙由两人分管。"})
	t.notice(general, 338, "general", "建立领用登记，落实双人双锁。", 15, "head")
	for _, item := range []row{list, lock} {
		t.at(330).do("clerk", item, "finish", record{"item_done": "已按要求完成。"}, told{file: "现场照片说明"})
		t.at(329).do("inspector", item, "confirm", nil, told{})
	}
	t.report(general, 328, "head", "rule", "已建立领用登记并加装双锁，修订实验室管理制度。")
	t.settle(general, 324, "抽查三次领用，登记完整。", "同意销号，纳入下学期复查。")

	returned := t.found(250, "青崖乡滴水岩小学", "图书角近三年未更新", "self_check", "conditions", "近三年新增图书不足馆藏的百分之一。")
	t.notice(returned, 248, "general", "制定更新计划并完成首批采购。", 30, "village")
	t.report(returned, 225, "village", "conditions", "已报采购计划。")
	t.at(221).do("inspector", returned, "send_back", nil, told{note: "只有计划，未见到书，退回。"})
	t.report(returned, 219, "village", "conditions", "首批二百册图书已到校上架。")
	t.settle(returned, 216, "图书已上架，借阅登记启用。", "同意销号。")

	serious := t.found(180, "澄源县实验小学", "接到欺凌报告三日后才调查", "complaint", "rights", "五年级家长反映后第四日学校才启动调查。")
	t.at(180).do("inspector", serious, "elevate", nil, told{note: "涉及学生人身权益，建议按严重问题处理。"})
	t.at(179).do("leader", serious, "instruct", nil, told{note: "从严从快整改，举一反三，全县通报做法。"})
	t.notice(serious, 178, "serious", "完善报告和处置时限，落实首接责任。", 10, "head")
	t.report(serious, 170, "head", "person", "已修订处置流程，明确当日启动调查，完成全员培训。")
	t.settle(serious, 168, "流程上墙，抽问教师均知晓。", "同意销号。")
}

// tellFindingsUnderWay tells of findings that stand in every other state today.
func tellFindingsUnderWay(t *tale) {
	complex := t.found(20, "澄源县实验小学", "校门口占道经营屡禁不止", "complaint", "safety", "放学时段流动摊贩占道，学校无执法权。")
	t.at(9).do("supervision", complex, "consult", record{"requirement": "商请研究落实校门口管理经费和值守安排。", "rectify_days": 20}, told{lead: "澄源县财政局"})

	extended := t.found(30, "青崖乡滴水岩小学", "操场排水不畅", "inspection", "conditions", "雨后操场积水两日不退。")
	t.notice(extended, 28, "general", "疏通排水沟，修补低洼处。", 20, "village")
	t.at(15).do("village", extended, "ask_extension", record{"extension_days": 15}, told{note: "连续降雨无法施工，申请延期。"})
	t.at(14).do("supervision", extended, "grant", nil, told{})

	asked := t.found(14, "澄源县实验小学", "教师培训学时未达标", "monitoring", "staff", "近五年人均学时低于规定的教师有六人。")
	t.notice(asked, 12, "general", "制定补训计划并完成本年度学时。", 30, "head")
	t.at(3).do("head", asked, "ask_extension", record{"extension_days": 10}, told{note: "培训班次安排在下月。"})

	paused := t.found(42, "澄源县实验小学", "运动场塑胶面层老化", "self_check", "conditions", "跑道两处起鼓。")
	t.notice(paused, 40, "general", "检测并维修面层。", 30, "head")
	t.at(30).do("supervision", paused, "pause", nil, told{note: "等待检测报告，暂缓计时。"})

	reported := t.found(26, "澄源县实验小学", "食堂采购票据不全", "audit", "money", "大宗食材采购缺三张发票。")
	t.notice(reported, 24, "general", "补齐票据，完善索证索票制度。", 25, "head")
	t.report(reported, 3, "head", "management", "已补齐三张发票，食堂管理员重新培训。")

	verified := t.found(40, "青崖乡滴水岩小学", "课程表与实际不符", "inspection", "teaching", "科学课未按课表开设。")
	t.notice(verified, 38, "general", "按课表开齐开足。", 20, "village")
	t.report(verified, 22, "village", "management", "已调整教师任课，按表上课。")
	t.at(2).do("inspector", verified, "verify", nil, told{note: "随机查看两个班级，按课表上课。", file: "听课记录"})

	back := t.found(33, "澄源县实验小学", "作业公示不及时", "complaint", "teaching", "五年级连续两周未公示作业总量。")
	t.notice(back, 30, "general", "落实作业公示制度。", 20, "head")
	t.report(back, 8, "head", "management", "已恢复公示。")
	t.at(2).do("inspector", back, "send_back", nil, told{note: "公示缺少时长统计，请补充后再报。"})

	reopened := t.found(150, "青崖乡滴水岩小学", "留守儿童关爱台账不完整", "self_check", "rights", "三名留守儿童没有家访记录。")
	t.notice(reopened, 148, "general", "补齐家访记录，落实结对。", 20, "village")
	t.report(reopened, 135, "village", "management", "已补齐记录。")
	t.settle(reopened, 133, "记录齐全。", "同意销号。")
	t.at(1).do("supervision", reopened, "reopen", nil, told{note: "复查发现本月又有两名学生未家访。"})

	void := t.found(90, "澄源县实验小学", "夜间灯光扰民", "complaint", "conduct", "周边居民反映夜间灯光。")
	t.at(88).do("supervision", void, "void", nil, told{note: "经核实为相邻商铺灯光，与学校无关。"})
	t.found(1, "青崖乡滴水岩小学", "实验器材未开箱", "inspection", "teaching", "两箱科学器材自配发后未启用。")
}

// tellRepeats tells of a school where the same finding comes three times within a year: a consequence is proposed one step
// higher, and as an earlier measure is in force, one more.
func tellRepeats(t *tale) {
	for _, days := range []int{300, 210} {
		f := t.found(days, RepeatSchool, "体育课被占用", "complaint", "teaching", "四年级体育课改上其他学科。")
		t.notice(f, days-1, "general", "按课表上好体育课，公布监督电话。", 10, "second")
		t.report(f, days-8, "second", "management", "已恢复体育课，校领导每周巡课。")
		t.settle(f, days-10, "抽查一周课表，体育课正常。", "同意销号。")
	}
	t.at(120)
	first := t.make("inspector", "consequence", RepeatSchool, record{"about": "体育课被占用屡次发生", "kind": "accountability", "target": "unit", "reason": "repeated",
		"proposed_on": t.daysAgo(120), "grade": "general", "finding_repeats": 1})
	t.do("supervision", first, "inform", record{"grounds": "半年内两次查实体育课被占用。"}, told{})
	t.at(117).do("second", first, "defend", record{"defence": "承认管理不到位，愿意接受处理。"}, told{})
	t.at(115).do("leader", first, "remind", record{"ends_on": t.daysAgo(-65)}, told{})

	again := t.found(35, RepeatSchool, "体育课再次被占用", "complaint", "teaching", "期末复习期间三年级停上体育课一周。")
	t.at(34)
	opened := t.do("supervision", again, "notice", record{"grade": "general", "requirement": "立即恢复体育课，追究占课责任。", "rectify_days": 10}, told{})
	t.at(33).do("second", again, "sign", nil, told{})
	t.report(again, 27, "second", "person", "已恢复体育课，对占课教师批评教育。")
	t.settle(again, 24, "连续两周巡课正常。", "同意销号。")
	for _, one := range opened {
		proposed := row{one.Register, one.Row}
		t.at(30).do("supervision", proposed, "inform", record{"grounds": "一年内第三次查实体育课被占用，此前措施仍在生效。"}, told{})
		t.at(27).do("second", proposed, "defend", record{"defence": "已对责任人批评教育，请求从轻。"}, told{})
	}
}

// tellOverdue tells of the village school that did not report: reminder, escalation, urging letter, proposed consequence.
func tellOverdue(t *tale) {
	f := t.found(48, VillageSchool, "围墙顶部瓦片松动", "inspection", "safety", "西侧围墙顶部瓦片松动，课间学生经过。")
	t.notice(f, 46, "general", "拆除松动瓦片，设置警戒线。", 20, "village")
	t.clock(30, 24, 20, 15, 13)
}

// tellPraise tells of a school that is commended.
func tellPraise(t *tale) {
	t.at(75)
	praise := t.make("supervision", "consequence", "澄源县实验小学", record{"about": "控辍保学工作成绩突出", "kind": "praise", "target": "unit", "reason": "merit",
		"proposed_on": t.daysAgo(75), "grounds": "连续三年无学生失学。"})
	t.at(73).do("leader", praise, "commend", record{"ends_on": t.daysAgo(-290)}, told{})
}
