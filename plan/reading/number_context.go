package reading

import "unicode/utf8"

// This file holds the readings of a number that need the words around it: rhythms, names, durations,
// conditions and parts.

// atLeast, atMost, up and down are the words before a number that govern it, the long ones first.
var (
	atLeast = []string{"大于或等于", "大于等于", "高于或等于", "不少于", "不低于", "不小于", "不短于", "不得少于", "不得低于", "不应少于", "不应低于", "至少", "最少", "最低", "超过", "突破", "高于", "大于", "多于", "不下于", "不弱于", "≥", ">=", "＞", ">", "超", "不能少于", "不能低于", "起码"}
	atMost  = []string{"小于或等于", "小于等于", "低于或等于", "不足", "不到", "不超过", "不高于", "不多于", "不大于", "不得超过", "不得高于", "不应超过", "不得多于", "控制在", "控制到", "限制在", "低于", "少于", "小于", "至多", "最多", "最高", "不突破", "不长于", "≤", "<=", "＜", "<", "不能超过", "不应多于", "不应高于"}
	reach   = []string{"达到", "达到了", "达", "达成", "提高到", "提高至", "提升到", "提升至", "提到", "增加到", "增加至", "增长到", "增长至", "上升到", "上升至", "扩大到", "扩大至", "增至", "升至", "增到", "升到", "保持在", "稳定在", "维持在", "巩固在", "保持", "稳定", "达至", "实现", "发展到", "发展至", "调整到", "调整为", "调整至", "提标到", "提标至", "延长到", "延长至", "扩展到", "提高为", "确定为", "核定为", "优化到", "优化至", "优化为", "改善到", "改善至"}
	fall    = []string{"降低到", "降低至", "降到", "降至", "下降到", "下降至", "减少到", "减少至", "减至", "减到", "压缩到", "压缩至", "压减到", "压减至", "缩小到", "缩小至", "缩短到", "缩短至", "控制到"}
	up      = []string{"提高", "增加", "增长", "提升", "上升", "净增", "净增加", "增幅", "提高了", "增加了", "增长了", "提升了", "上升了", "递增", "增", "高出", "高", "上浮", "增幅达", "增幅达到", "年均增长", "上调"}
	down    = []string{"压减", "降低", "减少", "下降", "压缩", "降低了", "减少了", "下降了", "降", "减", "削减", "缩短", "缩小", "下调", "下浮", "精简"}
)

// fillers stand between a comparator and its number.
var fillers = []string{"全部", "分别", "平均", "累计", "大约", "大致", "左右", "约", "近", "将近", "接近", "均", "都", "共", "总", "各", "为", "是", "在", "到", "至", "了", "达", "有", "一律", "要", "逐年", "年均", "每年", "每生每年", "每人每年", "每生", "每人", "每学期", "每学年", "每月", "每周", "每天", "每日", "：", ":", " "}

// comparatorBefore finds the comparator whose number begins at rune i. It returns the class of the word,
// where it begins, and whether words of approximation stood between.
func comparatorBefore(text []rune, i int) (comparator, int, bool) {
	approx := false
	for range 3 {
		if c, from, ok := comparatorEnding(text, i); ok {
			return c, from, approx
		}
		skipped := false
		if i == 0 || !fillerEnds[text[i-1]] {
			break
		}
		for _, word := range fillers {
			if from, ok := endsAt(text, i, word); ok {
				approx = approx || word == "约" || word == "大约" || word == "近" || word == "将近" || word == "接近" || word == "大致"
				i, skipped = from, true
				break
			}
		}
		if !skipped {
			break
		}
	}
	return compareNone, i, approx
}

// comparator is what the words before a number say of it.
type comparator int

const (
	compareNone comparator = iota
	compareAtLeast
	compareAtMost
	compareReach
	compareFall
	compareUp
	compareDown
)

func comparatorEnding(text []rune, i int) (comparator, int, bool) {
	if i == 0 || !comparatorEnds[text[i-1]] {
		return compareNone, i, false
	}
	best, bestFrom := compareNone, i
	for _, list := range []struct {
		is    comparator
		words []string
	}{{compareAtLeast, atLeast}, {compareAtMost, atMost}, {compareReach, reach}, {compareFall, fall}, {compareUp, up}, {compareDown, down}} {
		for _, word := range list.words {
			if from, ok := endsAt(text, i, word); ok && from < bestFrom {
				best, bestFrom = list.is, from
			}
		}
	}
	if _, ok := endsAt(text, i, "新增"); ok {
		return compareNone, i, false
	}
	return best, bestFrom, best != compareNone
}

// comparatorEnds are the last characters of all comparators: most numbers are dismissed by one look.
var comparatorEnds = lastRunes(atLeast, atMost, reach, fall, up, down)

// fillerEnds are the last characters of all fillers.
var fillerEnds = lastRunes(fillers)

func lastRunes(lists ...[]string) map[rune]bool {
	ends := map[rune]bool{}
	for _, list := range lists {
		for _, word := range list {
			r, _ := utf8.DecodeLastRuneInString(word)
			ends[r] = true
		}
	}
	return ends
}

// governed tells whether a comparator of any kind stands before the number.
func governed(text []rune, n *number) bool {
	c, _, _ := comparatorBefore(text, n.from)
	return c != compareNone
}

// strictlyGoverned tells whether a comparator that only numbers take stands before the number.
func strictlyGoverned(text []rune, n *number) bool {
	c, _, _ := comparatorBefore(text, n.from)
	return c == compareAtLeast || c == compareAtMost || c == compareFall
}

// isPeriod reads the number of a rhythm or of a rate: 每5年, 每两年, 每百名, 每10万人, 5年一个周期.
func isPeriod(text []rune, n *number) bool {
	if n.percent || n.form != formPlain {
		return false
	}
	if precedes(text, n.from, "每", "每隔", "每满", "隔", "逢", "每增加", "每减少", "每新增", "每提高", "每满") {
		return true
	}
	unit, ok := unitAt(text, n.to)
	if !ok {
		return false
	}
	if unit.class == classDuration && (follows(text, unit.to, "一周期", "一个周期", "为一周期", "为一个周期", "为周期", "一轮", "一次", "一届", "一聘", "周期", "一考", "一评", "一调整", "一遍", "一轮训", "一轮换") || precedes(text, n.from, "周期为", "以")) {
		return true
	}
	return n.chinese && n.value == 1 && follows(text, unit.to, "周期") || n.chinese && n.value == 1 && follows(text, n.to, "个周期", "周期")
}

// insideIndicator tells whether the number is an attribute in the name of an indicator: 360学时培训完成率.
func insideIndicator(text []rune, n *number) bool {
	if n.percent || n.form != formPlain {
		return false
	}
	unit, ok := unitAt(text, n.to)
	if !ok || unit.class == classRate || governed(text, n) {
		return false
	}
	for i := unit.to; i < len(text) && i < unit.to+12; i++ {
		if isClauseEnd(text[i]) || text[i] == '、' || isDigitAt(text, i) || isOpen(text[i]) {
			return false
		}
		if i > unit.to+1 && text[i] == '率' && isDigitAt(text, i+1) {
			return true
		}
		if i > unit.to+1 && follows(text, i, "率达", "率不", "率为", "比例达", "占比达", "率稳", "率保", "比例不", "比例为", "比例由") {
			return true
		}
	}
	return false
}

// nameEnds follow the years in the names of plans and kinds of schooling.
var nameEnds = []string{"行动", "计划", "规划", "攻坚", "发展", "方案", "工程", "义务", "一贯", "免费", "制", "毛入", "教育", "学前", "基础", "远景", "提升", "实施", "巩固", "改革", "建设", "滚动", "强师", "培训计划", "倍增"}

// isName reads the years in the names of plans and in kinds of schooling: 三年行动计划, 学前三年, 九年一贯制.
func isName(text []rune, n *number) bool {
	if n.percent || n.ranged {
		return false
	}
	if hasAt(text, n.to, "人间") && !follows(text, n.to, "人间距", "人间隔") {
		return true // 8人间 is a kind of room
	}
	if !hasAt(text, n.to, "年") {
		return false
	}
	if precedes(text, n.from, "学前", "学前教育", "义务教育", "高中", "幼儿", "中职", "高职") && !governed(text, n) {
		return true
	}
	if follows(text, n.to+1, "计划投", "计划总", "计划安", "计划新", "计划培", "计划建", "计划完", "计划招", "建设资", "建设投", "发展资") {
		return false
	}
	if follows(text, n.to+1, "制") {
		return true
	}
	return follows(text, n.to+1, nameEnds...)
}

// isDuration reads the time that work takes: 三年内, 用3年时间, 今后五年, 30个工作日内.
func isDuration(text []rune, n *number) bool {
	if n.percent || n.form == formShare || n.form == formRatio {
		return false
	}
	if n.chinese && n.value == 5 && hasAt(text, n.to, "个五年") {
		return true
	}
	unit, ok := unitAt(text, n.to)
	if ok && unit.base == "届" && (isDigitAt(text, unit.to) || hasAt(text, unit.to, "任期")) {
		return true
	}
	if !ok || unit.class != classDuration {
		return false
	}
	if lasts(text, n) || !isWhole(n.value) || precedes(text, n.from, "由", "从") {
		return false
	}
	if follows(text, unit.to, "内", "之内", "以内", "时间", "的时间", "来", "以来", "期间", "之前", "前", "之后", "后", "左右时间", "左右的时间", "间") && !strictlyGoverned(text, n) {
		return true
	}
	if precedes(text, n.from, "用", "利用", "经过", "今后", "未来", "近", "前", "后", "历时", "为期", "通过", "这", "过去", "最近", "上", "下", "头", "其后", "当", "每隔", "再用", "以") && !governedByReach(text, n) {
		return true
	}
	if hasFar(text, n.from) || unit.base != "年" && inRhythm(text, n.from) {
		return false
	}
	return (unit.base == "年" || unit.base == "日" || unit.base == "月" || unit.base == "周" || unit.base == "天") && !governed(text, n) && n.value <= 100 && !precedes(text, n.from, "年限")
}

// hasFar tells whether a comparator stands a few words before the number: 至少调休1天.
func hasFar(text []rune, i int) bool {
	for k := i - 2; k >= 0 && k > i-10 && !isClauseEnd(text[k]); k-- {
		if follows(text, k, farAtLeast...) || follows(text, k, farAtMost...) {
			return true
		}
	}
	return false
}

// inRhythm tells whether 每 stands in the clause before the number: 每周开展5天.
func inRhythm(text []rune, i int) bool {
	for k := i - 1; k >= 0 && k > i-16 && !isClauseEnd(text[k]); k-- {
		if text[k] == '每' {
			return true
		}
	}
	return false
}

// lastingHeads say that the number is how long something lasts, which is a quantity.
var lastingHeads = []string{"时间", "年限", "任期", "学制", "聘期", "期限", "时长", "服务期", "帮扶期", "适应期", "保修期", "周期", "聘任期", "培训期", "见习期", "试用期", "工期", "实习期", "寿命"}

// lasts tells whether the words before the number say that it is how long something lasts.
func lasts(text []rune, n *number) bool {
	_, i, _ := comparatorBefore(text, n.from)
	for range 2 {
		for _, word := range []string{"一般为", "原则上", "一般", "应", "为", "是", "各"} {
			if from, ok := endsAt(text, i, word); ok {
				i = from
			}
		}
	}
	return precedes(text, i, lastingHeads...)
}

func governedByReach(text []rune, n *number) bool {
	c, _, _ := comparatorBefore(text, n.from)
	return c == compareReach || c == compareAtLeast || c == compareAtMost
}

// isCondition reads numbers that only say who or what is meant: 45岁以下, 20万人口以上的县, 3年以上教龄.
func isCondition(text []rune, n *number) bool {
	unit, ok := unitAt(text, n.to)
	if ok && (unit.base == "位" || unit.base == "名") && (precedes(text, n.from, "排名后", "排后", "末") || precedes(text, n.from, "前") && startsNoun(text, unit.to)) {
		return true
	}
	if end := max(unit.to, n.to); follows(text, end, "的，", "的,", "的；", "的;", "以上的，", "以上的,", "以下的，", "以下的,") {
		return true // 低于80分的，取消资格
	}
	if n.percent || n.form == formShare || n.form == formRatio || !ok {
		return false
	}
	if follows(text, n.to, "万人口", "人口") || unit.base == "人" && hasAt(text, unit.to, "口") || unit.text == "万" && hasAt(text, unit.to, "人口") {
		return !governed(text, n)
	}
	bound := follows(text, unit.to, "以上", "以下", "及以上", "及以下", "以内", "（含）以上", "(含)以上", "（含）以下")
	switch unit.class {
	case classAge:
		return !governed(text, n)
	case classDuration:
		return bound && !governed(text, n) || isAttribute(text, n, unit) || precedes(text, n.from, "满", "从教", "任教", "工作满", "连续")
	case classCount, classSize:
		if isAttribute(text, n, unit) || describesCounted(text, n, unit) {
			return true
		}
		if !bound || governed(text, n) {
			return false
		}
		if unit.base == "人" && !precedes(text, n.from, carriers...) && n.from > 0 && startsNoun(text, unit.to+2) {
			return true
		}
		after := unit.to + 2
		if hasAt(text, unit.to, "及") {
			after++
		}
		return follows(text, after, "的学校", "的班", "的县", "的乡镇", "的村", "的单位", "的地区", "的幼儿园", "规模", "的教学点", "的街道", "的小区", "的企业", "的大班", "的机构") || precedes(text, n.from, "对", "在", "凡", "学生数", "人数在", "规模在")
	}
	return false
}

// startsNoun tells whether a noun goes on at rune i.
func startsNoun(text []rune, i int) bool {
	return i < len(text) && !isClauseEnd(text[i]) && text[i] != '、' && !isOpen(text[i]) && !isClose(text[i]) && !follows(text, i, "左右", "到", "参加", "接受", "获", "的标准", "和", "及")
}

// bearers are what a number is an attribute of: 人口超过3万人的乡镇, 教龄不满3年的教师.
var bearers = []string{"人口", "教龄", "工龄", "年龄", "生源", "学生数", "学生", "规模", "人数", "在校生", "从教", "任教", "班额"}

// isAttribute tells whether the number with its comparator only describes a noun that follows: 不足50人的教学点.
func isAttribute(text []rune, n *number, unit unitMatch) bool {
	if precedes(text, n.from, "不足", "不满", "未满", "不到", "尚不足") && unit.class != classDuration {
		return true
	}
	if !hasAt(text, unit.to, "的") && !follows(text, unit.to, "以上的", "以下的", "以内的") {
		return false
	}

	c, from, _ := comparatorBefore(text, n.from)
	if c != compareAtLeast && c != compareAtMost {
		return false
	}
	if unit.class == classDuration {
		return precedes(text, from, "年限", "教龄", "工龄", "时间") && startsNoun(text, unit.to+1)
	}
	headed := from == 0 || isClauseEnd(text[from-1])
	return precedes(text, from, bearers...) || headed && (unit.base == "人" || unit.base == "名" || unit.base == "公里")
}

// describesCounted tells whether the number says which of the counted things are meant: 11所学校规模超过2000人.
func describesCounted(text []rune, n *number, unit unitMatch) bool {
	if unit.to < len(text) && !isClauseEnd(text[unit.to]) {
		return false
	}
	c, from, _ := comparatorBefore(text, n.from)
	if c != compareAtLeast && c != compareAtMost || !precedes(text, from, bearers...) {
		return false
	}
	start := from
	for start > 0 && start > from-farReach && !isClauseEnd(text[start-1]) {
		start--
	}
	for _, word := range []string{"仍有", "还有", "尚有", "有", "其中"} {
		if hasAt(text, start, word) {
			start += len([]rune(word))
			break
		}
	}
	if !isDigitAt(text, start) {
		return false
	}
	counted, ok := unitAt(text, digitsAt(text, start).to)
	return ok && counted.class == classCount && follows(text, counted.to, describedNouns...)
}

// describedNouns are the nouns whose size the words behind them give.
var describedNouns = []string{"学校", "中小学", "小学", "初中", "高中", "幼儿园", "班级", "教学点", "乡镇"}

// parts are the nouns of argument and document: what is counted is the text itself, not the schools.
var parts = []string{"方面", "环节", "部分", "意识", "维护", "自信", "确保", "层面", "维度", "要素", "关系", "阶段", "步骤", "原则", "方案", "附件", "措施", "子方案", "举措", "章", "领域",
	"问题", "目标", "任务", "重点", "关键", "增长", "统一", "特点", "坚持", "转变", "改革", "到位", "体系", "机制", "优先", "强化", "台阶", "层次", "类别", "行动", "工程", "文件", "主题", "专题", "五年", "必须", "根本", "附表", "一流", "先行", "率先", "高地", "要求", "标准", "清单", "板块", "梯队", "主体责任", "结合", "融合", "协同", "学段", "类型", "渠道", "途径", "抓手", "着力"}

// isPart tells whether the number counts parts of the argument: 5个方面, 26条措施, 四支队伍.
func isPart(text []rune, n *number, unit unitMatch) bool {
	if unit.class == classPart || n.chinese && unit.base == "个" && isDigitAt(text, unit.to) {
		return true // 三个100%
	}
	switch unit.base {
	case "个", "条", "项", "支":
	default:
		return false
	}
	at := unit.to
	if unit.base == "支" {
		return hasAt(text, at, "队伍") || hasAt(text, at, "教师队伍") || hasAt(text, at, "骨干队伍")
	}
	for _, word := range []string{"重点", "主要", "关键", "具体", "核心", "专项", "重大", "基本", "关键性", "“"} {
		if hasAt(text, at, word) {
			at += len([]rune(word))
			break
		}
	}
	return follows(text, at, parts...)
}
