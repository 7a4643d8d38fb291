package reading

import (
	"sort"
	"strings"
)

// relative names a share that is compared with a whole named in the sentence: 骨干教师不低于交流总数的20%.
func (st *statement) relative(left string, m *measure) string {
	whole := strings.TrimSuffix(m.far, "的")
	if left == "" {
		return whole
	}
	m.stem = left
	if endsInAny(left, splitHeads) {
		return left
	}
	if whole == "总数" || whole == "总量" {
		return left + "比例"
	}
	if m.unit.base == "倍" || strings.Contains(left, "工资") || strings.Contains(left, "收入") || strings.Contains(left, "标准") {
		return left + "与" + whole + "之比"
	}
	return left + "占" + whole + "比例"
}

// subjects are the groups that a sentence compares under one indicator: 小学不超过45人、初中不超过50人.
var subjects = []string{"小学", "初中", "高中", "普通高中", "中学", "中小学", "特殊教育", "学前教育", "义务教育", "职业教育", "小学生", "初中生", "高中生", "中小学生", "幼儿园", "中职", "高职", "中职学校", "职业学校", "九年一贯制学校", "完全中学", "城区", "乡镇", "农村", "乡村", "边远地区", "城镇", "县城", "市区", "小班", "中班", "大班", "特殊教育学校", "教学点", "公办园", "民办园"}

// shared gives a measure that names only a group the indicator of the measure before it.
func (st *statement) shared(k int, left, right string) (string, bool) {
	m := &st.measures[k]
	if k > 0 && len(st.measures[k-1].stem) > nameMost {
		return "", false
	}
	if name, ok := st.sharedNoun(k, left, right); ok {
		return name, true
	}
	if m.base >= 0 || k == 0 || left == "" || right != "" || len([]rune(left)) > 8 || endsInHead(left) {
		return "", false
	}
	before := &st.measures[k-1]
	if before.unit.base != m.unit.base || before.stem == "" || !st.sameStretch(before.to, m.left) && !m.chained || st.sentenceBreak(before.to, m.left) {
		return "", false
	}
	group, isGroup := groupIn(left)
	if onlyGroups(left) {
		group, isGroup = left, true
	}
	isGroup = isGroup && len([]rune(left)) <= len([]rune(group))+2
	if !isGroup && endsInAny(left, groupEnds) {
		group, isGroup = left, true
	}
	if m.unit.class == classCount && isGroup {
		if _, ok := groupIn(before.stem); !ok || m.comparator == compareNone && m.after == compareNone {
			return "", false
		}
	}
	if !isGroup && (len([]rune(left)) > 4 || m.comparator == compareNone && m.after == compareNone || startsWithVerb(left) || m.chained && m.unit.class == classCount) {
		return "", false
	}
	stem := before.stem
	if !isGroup {
		m.shares = true
		m.stem = left + headIn(stem)
		return m.stem, true
	}
	if old, ok := groupIn(stem); ok {
		stem = strings.Replace(stem, old, "", 1)
	} else if !endsInHead(stem) && !isGroup {
		return "", false
	}
	if group != left {
		group = left
	}
	m.stem, m.shares = group+stem, true
	return group + stem, true
}

// colonSubject is the indicator before a colon that a group behind it has the value of: 生均用房面积：小学达到4.5平方米.
func (st *statement) colonSubject(m *measure, left string) string {
	if m.left < 3 || !isClauseEnd(st.text[m.left-1]) || !onlyGroups(left) {
		return ""
	}
	end := m.left - 1
	start := end
	for start > 0 && start > end-nameLongest && !isClauseEnd(st.text[start-1]) {
		start--
	}
	if mark := st.text[m.left-1]; mark != '：' && mark != ':' {
		// before a comma only the bare name of an indicator is one: 校际差异系数，小学不超过0.5
		words := string(st.text[start:end])
		if mark != '，' || !endsInAny(words, heads) || startsWithAction(words) || len(scanNumbers(st.text[start:end])) > 0 && st.holdsMeasure(start, end) {
			return ""
		}
	}
	return trimName(st.plain(st.afterLabel(start), end, m))
}

// holdsMeasure tells whether a quantity begins between two places.
func (st *statement) holdsMeasure(from, to int) bool {
	k := sort.Search(len(st.measures), func(k int) bool { return st.numbers[st.measures[k].number].from >= from })
	return k < len(st.measures) && st.numbers[st.measures[k].number].from < to
}

// onlyGroups tells whether the words are groups and the joints between them.
func onlyGroups(s string) bool {
	for _, piece := range cutAtJoints(s) {
		if !isOneOf(piece, subjects) {
			return false
		}
	}
	return s != ""
}

// sharedNoun gives a count that only has a verb the noun of the count before it: 增加公办园4所、2024年增加5所.
func (st *statement) sharedNoun(k int, left, right string) (string, bool) {
	m := &st.measures[k]
	if k == 0 || left == "" || right != "" || m.unit.class != classCount || prefixOf(left, carriers) != left {
		return "", false
	}
	before := &st.measures[k-1]
	for i := k - 2; i >= 0 && i >= k-3 && before.unit.base != m.unit.base; i-- {
		before = &st.measures[i]
	}
	if before.unit.base != m.unit.base || st.sentenceBreak(before.to, m.left) {
		return "", false
	}
	noun := strings.TrimPrefix(before.stem, prefixOf(before.stem, carriers))
	m.stem = left + noun
	return m.stem, noun != ""
}

// sentenceBreak tells whether a full clause stands between two places.
func (st *statement) sentenceBreak(from, to int) bool {
	for i := from; i < to && i < len(st.text); i++ {
		if r := st.text[i]; r == '。' || r == '；' || r == ';' {
			return true
		}
	}
	return false
}

// groupEnds end the names of groups that the list of subjects does not hold.
var groupEnds = []string{"地区", "园", "区域", "学校", "年级", "学段", "县", "乡镇", "教师"}

// headIn is the head that a name ends in.
func headIn(name string) string {
	best := ""
	for _, head := range heads {
		if strings.HasSuffix(name, head) && len(head) > len(best) {
			best = head
		}
	}
	return best
}

// groupIn finds the group at the front or at the end of a name.
func groupIn(s string) (string, bool) {
	best := ""
	for _, word := range subjects {
		if strings.HasSuffix(word, "生") && strings.HasPrefix(s, word+"均") {
			continue // 小学生均 is 小学 and 生均
		}
		if (strings.HasPrefix(s, word) || strings.HasSuffix(s, word)) && len(word) > len(best) {
			best = word
		}
	}
	return best, best != ""
}
