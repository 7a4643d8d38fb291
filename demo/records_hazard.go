package demo

// hazard makes a hazard in the name of an account.
func (t *tale) hazard(daysAgo int, who, unitName, title, kind, place, facts, likelihood, severity string) row {
	return t.at(daysAgo).make(who, "hazard", unitName, record{"hazard_title": title, "hazard_found_on": t.daysAgo(daysAgo), "hazard_kind": kind,
		"hazard_place": place, "hazard_facts": facts, "found_by": "sweep", "likelihood": likelihood, "severity": severity})
}

// tellHazards tells of hazards all over the county: a closed one, a major one that went up at once, an overdue one, and those
// that wait for somebody.
func tellHazards(t *tale) {
	sweep := t.at(100).make("safety", "sweep", "澄源县", record{"sweep_title": "秋季开学校园安全排查", "sweep_from": t.daysAgo(95), "sweep_until": t.daysAgo(70),
		"sweep_points": "消防、食堂、校车、校园周边", "schools_due": 48})
	t.at(95).do("safety", sweep, "start", nil, told{})

	closed := t.hazard(92, "safety", "澄源县实验小学", "疏散通道堆放桌椅", "fire", "教学楼一层东侧楼梯口", "旧桌椅堆放，疏散宽度不足一米。", "possible", "grave")
	t.at(91).do("safety", closed, "confirm", record{"hazard_measures": "立即清理，划定禁放区。"}, told{})
	t.at(88).do("head", closed, "report", record{"removal": "桌椅已清运，禁放线已划。"}, told{file: "清理后的楼梯口"})
	t.at(86).do("inspector", closed, "verify", nil, told{note: "通道畅通。", file: "现场照片说明"})
	t.at(85).do("safety", closed, "accept", nil, told{note: "同意销号。"})

	major := t.hazard(25, "village", "青崖乡滴水岩小学", "校舍后山边坡落石", "building", "教学楼北侧边坡", "连续降雨后边坡有落石，威胁教室后窗。", "certain", "disaster")
	t.at(25).do("village", major, "list", record{"hazard_measures": "停用北侧两间教室，委托鉴定并治理边坡。", "control": "学生已转至南侧教室，设警戒线专人值守。",
		"listed_until": t.daysAgo(-30)}, told{})

	late := t.hazard(60, "safety", "柳湾镇中心小学", "食堂燃气软管老化", "fire", "食堂灶间", "软管使用超过十八个月，表面龟裂。", "likely", "grave")
	t.at(59).do("safety", late, "confirm", record{"hazard_measures": "更换金属软管，加装泄漏报警器。"}, told{})

	running := t.hazard(10, "safety", "砚池镇九年一贯制学校", "校车轮胎磨损", "bus", "接送车辆", "两条轮胎花纹深度低于规定。", "possible", "grave")
	t.at(9).do("safety", running, "confirm", record{"hazard_measures": "停运更换轮胎，复检合格后恢复。"}, told{})
	t.at(6).do("safety", sweep, "summarise", record{"schools_swept": 47, "sweep_summary": "排查四十七所，登记隐患六处。"}, told{file: "排查小结"})

	t.hazard(5, "safety", "松岚乡云背小学", "水塘无护栏", "drowning", "校园南侧水塘", "距校门一百五十米，无警示牌和护栏。", "possible", "disaster")
	t.hazard(2, "second", "澄源县第二小学", "网站后台弱口令", "network", "学校网站", "管理员口令过于简单。", "likely", "minor")
	t.hazard(1, "safety", "鹤汀镇初级中学", "危化品柜未双锁", "laboratory", "化学实验室", "酒精柜仅一把锁。", "unlikely", "grave")

	review := t.at(20).make("safety", "risk_review", "澄源县", record{"review_title": "汛期校园安全风险研判", "review_planned_on": t.daysAgo(18)})
	t.at(18).do("safety", review, "hold_with_task", record{"review_held_on": t.daysAgo(18), "hazards_reviewed": 4,
		"conclusion": "山区学校边坡和溺水风险上升，开展边坡专项鉴定。", "review_task_due": t.daysAgo(-40)}, told{})
}
