package reading

import (
	"strconv"
	"strings"
)

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// setRhythm gives the quantity its period and the unit that it is promised to each of: 次/学期, per 乡镇.
func (st *statement) setRhythm(k int, q *Quantity) {
	m := &st.measures[k]
	if moment, ok := st.rhythmOf(k); ok && !strings.Contains(q.Unit, "/") && q.Unit != "" && takesPeriod(m, q) {
		q.Unit += "/" + moment.period
	}
	if per := st.perOf(k); per != "" {
		q.Per = per
	}
}

// takesPeriod tells whether a period belongs to the unit: shares that are levels have none.
func takesPeriod(m *measure, q *Quantity) bool {
	return m.unit.base != "%" && m.unit.base != "‰" || q.Comparator == "increase" || q.Comparator == "decrease"
}

// rhythmOf finds the rhythm that governs measure k: in its own words, or alone at the head of the clause
// before it, or as the length of a cycle (5年一个周期).
//
// The measures are asked in order, so that a chain of them takes the answer of the one before.
func (st *statement) rhythmOf(k int) (moment, bool) {
	m := &st.measures[k]
	if !m.asked {
		m.rhythm, m.rhythmic = st.findRhythm(k)
		m.asked = true
	}
	return m.rhythm, m.rhythmic
}

func (st *statement) findRhythm(k int) (moment, bool) {
	m := &st.measures[k]
	number := &st.numbers[m.number]
	for i := st.momentAt(number.from) - 1; i >= 0; i-- {
		moment := st.moments[i]
		if moment.from < m.left {
			if moment.kind == timePeriod && st.headsSentence(moment, m.left) {
				return moment, true
			}
			break
		}
		if moment.kind == timePeriod {
			return moment, true
		}
	}
	if k > 0 && (m.chained || m.shares || st.partOfBefore(k)) {
		if before := &st.measures[k-1]; before.asked {
			return before.rhythm, before.rhythmic
		}
		return moment{}, false
	}
	return st.cycleOf(k)
}

// dutyUnits count what people do again and again.
var dutyUnits = []string{"次", "节", "篇", "课时", "学时", "本", "场", "节课", "场次", "小时", "分钟"}

// partOfBefore tells whether the measure goes on with the duty of the one before it: 其中 …, or the next
// clause of the same actor with a unit of duty.
func (st *statement) partOfBefore(k int) bool {
	m, before := &st.measures[k], &st.measures[k-1]
	if follows(st.text, m.left, "其中") && st.sameStretch(before.to, m.left) {
		return true
	}
	if !st.sameStretch(before.to, m.left) || !isOneOf(m.unit.base, dutyUnits) || !isOneOf(before.unit.base, dutyUnits) {
		return false
	}
	return startsWithAction(string(st.text[m.left:min(m.left+4, len(st.text))])) || follows(st.text, m.left, "作", "上", "听", "写", "讲")
}

func isOneOf(word string, words []string) bool {
	for _, w := range words {
		if word == w {
			return true
		}
	}
	return false
}

// headsSentence tells whether only the rhythm and a comma stand before the words of the measure: 每学年，….
func (st *statement) headsSentence(moment moment, left int) bool {
	if moment.from > 0 && !isClauseEnd(st.text[moment.from-1]) {
		return false
	}
	return moment.to < left && moment.to+1 >= left && isClauseEnd(st.text[moment.to])
}

// cycleOf reads the length of a cycle named without 每: 5年一个周期不少于360学时, 三年一轮.
func (st *statement) cycleOf(k int) (moment, bool) {
	m := &st.measures[k]
	for i := m.number - 1; i >= 0 && i >= m.number-2; i-- {
		n := st.numbers[i]
		if n.kind != kindPeriod || n.to < m.left-16 || n.from > 0 && st.text[n.from-1] == '每' {
			continue
		}
		unit, ok := unitAt(st.text, n.to)
		if ok && unit.class == classDuration {
			return moment{from: n.from, to: unit.to, kind: timePeriod, period: formatNumber(n.value) + unit.base}, true
		}
	}
	return moment{}, false
}

// owners are what a promise may be made to each of, read behind 每.
var owners = []string{"个", "所", "名", "位", "家", "间", "一", "类", "座", "处"}

// perOf finds to each of what the quantity is promised: 每个乡镇, 每5个残疾儿童, 每人, 生均.
func (st *statement) perOf(k int) string {
	m := &st.measures[k]
	end := st.numbers[m.number].from
	start := m.left
	if before := st.clauseBefore(start); before >= 0 && st.text[before] == '每' && !st.isRhythm(before) {
		// the clause before may be nothing but the owner: 每5个残疾儿童，建设一间资源教室
		if owner := st.ownerAt(before+1, start-1); owner != "" && hasAt(st.text, start-1-len([]rune(owner)), owner) {
			return owner
		}
	}
	for i := end - 1; i >= start; i-- {
		if st.text[i] != '每' || st.isRhythm(i) {
			continue
		}
		if owner := st.ownerAt(i+1, end); owner != "" {
			return owner
		}
		if owner := st.increment(i); owner != "" {
			return owner
		}
	}
	return ""
}

// increment reads what the quantity is promised to each more of: 每增加1个班增拨2万元.
func (st *statement) increment(i int) string {
	for _, word := range []string{"每增加", "每新增"} {
		at := i + len([]rune(word))
		if !hasAt(st.text, i, word) || !isDigitAt(st.text, at) {
			continue
		}
		unit, ok := unitAt(st.text, digitsAt(st.text, at).to)
		if !ok {
			continue
		}
		if rest, ok := strings.CutPrefix(unit.base, "个"); ok && rest != "" {
			return rest
		}
		to := unit.to
		for to < len(st.text) && to < unit.to+6 && !isClauseEnd(st.text[to]) && !follows(st.text, to, "增拨", "增补", "增配", "加拨") {
			to++
		}
		return string(st.text[unit.to:to])
	}
	return ""
}

func (st *statement) clauseBefore(left int) int {
	i := left - 1
	if i < 0 || !isClauseEnd(st.text[i]) || st.text[i] == '。' {
		return -1
	}
	for i > 0 && i > left-20 && !isClauseEnd(st.text[i-1]) {
		i--
	}
	return i
}

func (st *statement) isRhythm(i int) bool {
	k := st.momentAt(i)
	return k < len(st.moments) && st.moments[k].from <= i && st.moments[k].kind == timePeriod
}

// ownerVerbs end the noun behind 每.
var ownerVerbs = []string{"安排", "配备", "办好", "建好", "建设", "建成", "掌握", "学会", "拥有", "至少", "不少于", "不低于", "设立", "设置", "配", "有", "应", "要", "培养", "参加", "完成", "达到", "开展", "建立", "撰写", "承担", "熟练", "都", "均", "能", "会", "新建", "举办", "确保", "接受", "每", "不超过", "最多", "到", "给予", "补助", "选派", "组建", "培育", "重点", "打造", "按", "结对", "联系", "帮扶", "立项", "面积", "规划", "家访", "可", "须", "必须", "平均", "每", "任", "上", "听", "讲", "指导", "订", "购置", "选", "带", "承接", "负责", "累计", "最高", "最低", "给", "奖", "支持", "安装", "实现", "培育"}

// ownerAt reads the noun behind 每 up to the verb that follows it.
func (st *statement) ownerAt(from, end int) string {
	for _, word := range owners {
		if hasAt(st.text, from, word) && from+len([]rune(word)) < end {
			from += len([]rune(word))
			break
		}
	}
	i := from
	for i < end && i < from+14 && !isClauseEnd(st.text[i]) {
		if i > from && follows(st.text, i, ownerVerbs...) {
			break
		}
		i++
	}
	owner := strings.TrimSpace(string(st.text[from:i]))
	for _, whole := range []string{"班", "校", "园", "村", "县", "年级"} {
		if rest, ok := strings.CutPrefix(owner, whole); ok && prefixOf(rest, []string{"学生", "幼儿", "教师", "专任", "教职工", "人数", "班额", "规模"}) != "" {
			return whole
		}
	}
	if !endsInAny(owner, ownerEnds) {
		return ""
	}
	return owner
}

// ownerEnds end the nouns that something is promised to each of.
var ownerEnds = []string{"学生", "生", "乡镇", "镇", "乡", ")", "）", "县", "市", "区", "旗", "县市", "学校", "高中", "中学", "小学", "院校", "幼儿园", "园", "班", "班级", "年级", "校", "人", "教师", "老师", "教研员", "校长", "园长", "村", "街道", "儿童", "幼儿", "学科", "户", "床", "岗位", "课题", "专业", "家庭", "教室", "工作室", "机构", "项目", "团队", "社团", "人才", "园所", "教学点", "单位", "集团", "共同体", "片区", "督学", "干部", "课程", "人口", "党员", "领导", "基地", "中心", "社区", "班主任", "带头人"}
