package reading

import "strings"

// nameLongest is how far back in a clause the words of a name are looked for.
const nameLongest = 60

// chainLongest is how many counts may share one verb.
const chainLongest = 24

// carriers are verbs that a chain of counted things shares: 新建教学楼5栋、运动场3个.
var carriers = []string{"新建、改扩建", "新建和改扩建", "新建、扩建", "改扩建", "新建", "扩建", "改建", "迁建", "新增", "增加", "增设", "招聘", "引进", "培养", "培育", "培训", "购置", "配备", "配置", "建成", "建设", "打造", "创建", "补充", "选派", "选聘", "评选", "遴选", "认定", "命名", "举办", "组织", "撤并", "撤销", "更新", "投入", "开展", "设立", "建立", "完成", "改造", "维修"}

// inherited is the part of the name that the words before the measure's own words give: the verb of a chain,
// the subject of a sequence of duties, the indicator of a bare rise.
func (st *statement) inherited(k int, name, right string) string {
	m := &st.measures[k]
	if m.chained && k > 0 {
		return st.chainVerb(k, name)
	}
	if m.unit.class == classRate && (name == "" || startsWithVerb(name)) || name == "" && right == "" {
		return st.subjectBefore(k)
	}
	if k > 0 && strings.HasPrefix(name, "每") && len([]rune(name)) <= 3 && right == "" && st.sameStretch(st.measures[k-1].to, m.left) {
		return st.measures[k-1].stem
	}
	if k > 0 && strings.HasPrefix(name, "占") && st.sameStretch(st.measures[k-1].to, m.left) {
		before := st.measures[k-1].stem
		return strings.TrimPrefix(before, prefixOf(before, carriers))
	}
	if subject := st.generalSubject(k, name); subject != "" {
		return subject
	}
	if prefix := st.echo(k, name); prefix != "" {
		return prefix
	}
	if st.dutyWithoutSubject(m) {
		return st.dutySubject(m, name)
	}
	return ""
}

// chainVerb is the verb that a chained measure shares with the first of its chain.
func (st *statement) chainVerb(k int, name string) string {
	if startsWithVerb(name) || st.measures[k].unit.class != classCount {
		return ""
	}
	first := k
	for first > 0 && first > k-chainLongest && st.measures[first].chained {
		first--
	}
	left := st.leftWords(first)
	for _, verb := range carriers {
		if strings.HasPrefix(left, verb) {
			return verb
		}
	}
	return ""
}

func startsWithVerb(name string) bool {
	for _, verb := range carriers {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	for _, list := range [][]string{up, down, {"比", "较", "每年", "逐年", "年均", "稳定", "保持", "持续"}} {
		for _, verb := range list {
			if strings.HasPrefix(name, verb) && verb != "高" && verb != "增" && verb != "减" && verb != "降" {
				return true
			}
		}
	}
	return false
}

// subjectBefore finds the indicator that a clause without one speaks of: the name of the measure before it,
// or the words of the clause before it up to the head of an indicator.
func (st *statement) subjectBefore(k int) string {
	m := &st.measures[k]
	if k > 0 && st.sameStretch(st.measures[k-1].to, m.left) {
		if before := st.measures[k-1]; !before.isBase || before.base >= 0 {
			if before.change() != "" && before.stem != "" && before.unit.class == m.unit.class {
				return before.stem
			}
			if before.name != "" && before.unit.class == m.unit.class {
				return strings.TrimSuffix(before.name, "比例")
			}
		}
	}
	end := m.left
	for end > 0 && (isClauseEnd(st.text[end-1]) || st.text[end-1] == ' ') {
		end--
	}
	start := end
	for start > 0 && start > end-nameLongest && !isClauseEnd(st.text[start-1]) {
		start--
	}
	words := st.plain(start, end, m)
	best := ""
	for _, head := range heads {
		if i := strings.LastIndex(words, head); i >= 0 && i+len(head) > len(best) {
			best = words[:i+len(head)]
		}
	}
	if best == "" && m.unit.class != classRate {
		best = words
	}
	return trimName(best)
}

// sameStretch tells whether only a comma stands between two places.
func (st *statement) sameStretch(from, to int) bool {
	for i := from; i < to && i < len(st.text); i++ {
		if r := st.text[i]; r == '；' || r == ';' || r == '。' || i-from > 6 && !isClauseEnd(r) {
			return false
		}
	}
	return true
}

// dutyWithoutSubject tells whether the clause of the measure begins with its rhythm: 每学期参加 ….
func (st *statement) dutyWithoutSubject(m *measure) bool {
	for _, moment := range st.moments[st.momentAt(m.left):] {
		if moment.from > m.left {
			break
		}
		if moment.kind == timePeriod && moment.from == m.left && m.left > 0 {
			return true
		}
	}
	return false
}

// offices act for everybody: what they do is named without them.
var offices = []string{"政府", "委员会", "办公室", "教育局", "督导室", "部门", "财政", "编办", "教体局"}

// echoLongest is the longest name that says too little alone: 优良率, 补助标准.
const echoLongest = 4

// wholeRates are short names that need no subject.
var wholeRates = []string{"近视率", "就业率", "入学率", "入园率", "辍学率", "升学率", "师生比", "生师比", "生机比", "师机比"}

// echo completes a short name from the words just before it: the subject of a like indicator (合格率 …，优良率),
// or the words of the clause before that lead up to the same term (落实乡村教师生活补助政策，补助标准 …).
func (st *statement) echo(k int, name string) string {
	m := &st.measures[k]
	words := []rune(name)
	if len(words) < 2 || len(words) > echoLongest || m.left == 0 {
		return ""
	}
	if k > 0 && endsInAny(name, splitHeads) && !endsInAny(name, wholeRates) && st.sameStretch(st.measures[k-1].to, m.left) {
		before := []rune(st.measures[k-1].stem)
		if n := len(before) - len(words); n >= 2 && endsInAny(string(before), splitHeads) && before[len(before)-1] == words[len(words)-1] && !strings.Contains(string(before), name) {
			return string(before[:n])
		}
	}
	end := m.left
	for end > 0 && isClauseEnd(st.text[end-1]) && st.text[end-1] != '。' {
		end--
	}
	for i := end - 2; i >= 0 && i > end-nameLongest/2; i-- {
		if st.text[i] == '。' || st.text[i] == '；' || st.text[i] == ';' {
			break
		}
		if !hasAt(st.text, i, string(words[:2])) {
			continue
		}
		start := i
		for start > 0 && start > i-nameLongest/2 && !isClauseEnd(st.text[start-1]) {
			start--
		}
		prefix := trimName(st.plain(st.afterLabel(start), i, m))
		if isOneOf(prefix, carriers) {
			return ""
		}
		return trimName(actionVerbs.cut(behindVerb(prefix)))
	}
	return ""
}

// behindVerb drops the words up to the last verb whose object goes on: 面向职工开展技能.
func behindVerb(s string) string {
	for _, verb := range []string{"开展", "组织", "实施", "负责", "支持", "推进", "加强", "完善", "建立", "健全", "落实"} {
		if i := strings.LastIndex(s, verb); i > 0 && i+len(verb) < len(s) {
			s = s[i+len(verb):]
		}
	}
	return s
}

// general are names that say nothing about whose they are.
var general = []string{"投资", "总投资", "投入", "总投入", "规划用地", "占地", "占地面积", "建筑面积", "总建筑面积", "办学规模", "建设规模", "规模", "设置", "设置班级", "提供学位", "完成投资", "可提供学位", "投入资金", "概算投资", "估算投资", "权重", "设计规模", "总用地", "占地总面积", "总用地面积", "用地面积"}

// generalSubject names the project that a general name belongs to: the item of the box, or the clause before.
func (st *statement) generalSubject(k int, name string) string {
	m := &st.measures[k]
	if !isOneOf(name, general) {
		return ""
	}
	if st.title != "" {
		return strings.TrimSuffix(strings.TrimSuffix(st.title, "项目"), "工程")
	}
	if k > 0 && st.measures[k-1].subject != "" && st.sameStretch(st.measures[k-1].to, m.left) {
		m.subject = st.measures[k-1].subject
		return m.subject
	}
	start, end := st.clauseEnding(m.left)
	if t := st.momentAt(start); t < len(st.moments) && st.moments[t].from == start && containsAny(string(st.text[start:end]), finishers) {
		start, end = st.clauseEnding(start) // 迁建二中，2025年投入使用，总用地220亩
	}
	if k > 0 && st.measures[k-1].to > start || end-start > 22 || start == end {
		return ""
	}
	m.subject = trimName(actionVerbs.cut(trimName(st.plain(st.afterLabel(start), end, m))))
	return m.subject
}

// clauseEnding gives the clause that ends before rune i.
func (st *statement) clauseEnding(i int) (start, end int) {
	end = i
	for end > 0 && isClauseEnd(st.text[end-1]) && st.text[end-1] != '。' {
		end--
	}
	start = end
	for start > 0 && start > end-24 && !isClauseEnd(st.text[start-1]) {
		start--
	}
	return start, end
}

// dutySubject finds who has the duty: the words before the rhythm of an earlier clause of the sentence.
func (st *statement) dutySubject(m *measure, name string) string {
	last := st.momentAt(m.left) - 1
	for i := last; i >= 0 && i > last-8; i-- {
		moment := st.moments[i]
		if moment.kind != timePeriod {
			continue
		}
		start := moment.from
		for start > 0 && start > moment.from-nameLongest && !isClauseEnd(st.text[start-1]) {
			start--
		}
		subject := trimName(string(st.text[st.afterLabel(start):moment.from]))
		if n := len([]rune(subject)); n >= 2 && n <= 14 && !containsAny(subject, offices) {
			return subject
		}
	}
	return ""
}
