package reading

// roleWords are the words by which a heading says what its part does; the first list that matches wins.
var roleWords = []struct {
	role  Role
	words []string
}{
	{RoleReview, []string{"发展基础", "发展成就", "发展成效", "主要成就", "主要成绩", "取得的成绩", "取得的成效", "取得成效", "现有基础", "发展现状", "现状", "回顾", "基本情况", "工作成效", "工作基础", "已有基础", "成绩"}},
	{RoleSituation, []string{"面临形势", "面临的形势", "形势", "存在问题", "存在的问题", "主要问题", "挑战", "机遇", "困难", "短板", "发展环境", "起草背景", "出台背景", "制定背景", "编制背景", "背景", "为什么", "意义", "需求预测", "怎样形成", "形成过程", "必要性", "重要意义", "制定依据", "编制依据", "起草依据", "起草过程", "编制过程", "制定过程"}},
	{RoleIdeology, []string{"指导思想", "基本原则", "总体要求", "总体思路", "工作原则", "工作思路", "基本思路", "主要原则", "发展理念", "战略主题", "总要求"}},
	{RoleGoal, []string{"总体目标", "发展目标", "主要目标", "工作目标", "具体目标", "行动目标", "目标任务", "目标要求", "主要指标", "发展指标", "预期目标", "阶段目标", "战略目标", "年度目标", "目标"}},
	{RoleSafeguard, []string{"保障措施", "组织保障", "实施保障", "组织实施", "组织领导", "工作要求", "保障机制", "保障", "规划实施", "监督考核", "督导考核", "监测评估"}},
	{RoleMeasure, []string{"任务", "措施", "举措", "行动", "工程", "重点工作", "工作内容", "主要内容", "实施步骤", "重点项目", "工作安排", "推进", "实施", "加强", "提升", "深化", "完善", "构建", "促进", "强化", "加快", "推动", "健全", "优化", "全面", "落实"}},
}

// roleOf returns what a heading says about its part, "" when it says nothing.
func roleOf(title string) Role {
	for _, r := range roleWords {
		if containsAny(title, r.words) {
			return r.role
		}
	}
	return ""
}

// assignRole decides what the part under a heading does. A part of measures keeps its role whatever its
// headings say: 强化目标管理 is a measure, not a goal.
func assignRole(title string, level int, above Role) Role {
	own := roleOf(title)
	switch above {
	case RoleMeasure, RoleSafeguard, RoleBack, RoleReview:
		if level > 1 {
			return above
		}
	case RoleSituation, RoleIdeology, RoleGoal:
		// 总体要求 holds 指导思想, 基本原则 and 发展目标; a measure below it is still part of it.
		if own == "" || own == RoleMeasure || own == RoleSafeguard {
			return above
		}
	}
	if own == "" {
		return RoleMeasure
	}
	// A top heading that begins with a verb of action is a measure even where it speaks of goals or problems.
	if own != RoleMeasure && own != RoleSafeguard && hasAnyPrefix(title, titleVerbs) {
		return RoleMeasure
	}
	return own
}

// titleVerbs begin the headings of measures and never those of 发展目标 or 实施背景.
var titleVerbs = []string{"强化", "加强", "推进", "推动", "落实", "完善", "健全", "构建", "深化", "全面", "着力", "大力", "切实", "加快", "破解", "化解", "解决", "提升", "优化"}

// actionVerbs begin headings and sentences that order something.
var actionVerbs = setOf([]string{"加强", "加快", "加大", "推进", "推动", "推行", "推广", "实施", "落实", "完善", "健全", "建立", "建设", "建成", "构建", "构筑", "强化", "深化", "优化", "细化",
	"提升", "提高", "提倡", "促进", "开展", "开设", "开齐", "组织", "制定", "制订", "编制", "出台", "鼓励", "支持", "引导", "支撑", "保障", "保证", "确保", "严格", "严禁", "严查", "规范", "统筹", "扩大", "扩充", "改善", "改革", "改进", "改造",
	"培养", "培育", "打造", "创建", "创新", "探索", "坚持", "坚决", "发展", "发挥", "巩固", "充分", "全面", "全力", "着力", "大力", "深入", "积极", "进一步", "继续", "持续", "切实", "认真", "努力", "逐步", "有序", "稳步", "重点", "抓好", "抓实", "抓住", "做好", "做实", "做强", "办好", "用好", "管好", "夯实", "突出",
	"营造", "增强", "增加", "注重", "重视", "关注", "围绕", "聚焦", "依托", "通过", "采取", "结合", "按照", "根据", "依据", "对照", "将", "把", "对", "以", "为", "在", "严把", "合理", "科学", "适当", "动员", "明确", "配齐", "配足", "配强", "配备", "选派", "选拔", "引进", "实现", "实行", "争取", "争创", "力争",
	"要", "应", "设立", "设置", "成立", "举办", "贯彻", "执行", "履行", "维护", "防止", "防范", "杜绝", "禁止", "停止", "控制", "压减", "压实", "减轻", "消除", "补齐", "补足", "调整", "整合", "整治", "治理", "监督", "督促", "定期", "每年", "每学期", "每学年", "每半年", "每季度", "每月", "每周", "编写", "编印", "整理", "报送", "汇总", "走访", "慰问", "协助", "添置", "引入", "选送", "推荐", "推选", "兑现", "化解", "撤并", "布局", "保护", "护航", "指导", "服务", "倾斜", "放宽", "限制", "纠正", "查处", "打击", "净化", "开辟", "腾出", "调剂", "核定", "核拨", "拨付", "追究", "约谈", "到", "高标准", "高质量", "广泛", "扎实", "有效", "有计划", "尽快", "及时", "不断", "稳妥", "主动", "牢固", "牢牢", "拓宽", "拓展", "丰富", "宣传", "帮助", "关心", "关爱", "落细", "完成", "启动", "试点", "改变", "转变", "总结", "召开", "安排", "投入", "纳入", "分解", "集中", "利用", "推介", "选聘", "聘请", "聘任", "培训", "建好", "新建", "改扩建", "扩建", "购置", "更新", "升级", "接入", "覆盖", "满足", "尊重", "遵循", "倡导", "弘扬", "传承", "挖掘", "融合", "协调", "配合", "参与", "对接", "承接", "下放", "取消", "减少", "降低", "缩小", "破解", "解决", "理顺", "厘清", "单独", "盘活", "开通", "开发", "开放", "研究", "研制", "遴选", "评选", "表彰", "奖励", "考核", "评估", "检查", "督查", "巡查", "排查", "通报", "公开", "公示", "严肃", "从严", "依法", "稳定", "扶持", "资助", "补助", "救助", "减免", "妥善", "精准", "分类", "分步", "分级", "同步", "全程", "统一", "联合", "带动", "辐射", "壮大", "擦亮", "树立", "塑造", "锤炼", "激发", "释放", "畅通", "打通", "打破", "搭建", "织密", "筑牢", "守牢", "守住", "兜牢", "兜住", "压缩", "严控", "严防", "严格落实"})

// startsWithAction tells whether the text begins like an order.
func startsWithAction(s string) bool { return actionVerbs.begins(s) }
