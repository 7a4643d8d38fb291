package reading

import "sort"

// past are the words that say that a number has been reached.
var past = []string{"已", "目前", "现有", "截至", "截止", "达到了", "共有", "近年来", "五年来", "以来", "实现了", "完成了", "建成了", "先后", "收到", "采纳", "荣获", "仅有", "只有", "仍有", "缺额", "缺编", "缺口", "近三年", "近两年"}

// future are the words that say that a number is promised; they win over words of the past.
var future = []string{"力争", "确保", "争取", "要", "将", "应", "到20", "至20", "不少于", "不低于", "至少", "不得", "不超过", "须", "每年", "每学期", "每月"}

// isFact tells whether measure k has been reached already. The part it stands in decides; inside the parts
// that promise, a year before the plan and words of the past make a fact.
func isFact(s *Sentence, st *statement, k int, c calendar) bool {
	switch s.Role {
	case RoleReview, RoleSituation:
		return true
	}
	m := &st.measures[k]
	if st.foresees(m) || m.chained && k > 0 && st.measures[k-1].fact {
		return true
	}
	if moment, ok := st.timeBefore(m); ok {
		if c.start > 0 && moment.last < c.start || moment.kind == timeSince {
			return true
		}
		if c.start > 0 && moment.kind != timePeriod && moment.last >= c.start {
			return s.Role == RolePreface && st.says(m, past)
		}
	}
	if st.narrates(m) || precedes(st.text, st.numbers[m.number].from, "不足", "不到") {
		return true
	}
	if st.text[max(st.numbers[m.number].from-1, 0)] == '了' && st.numbers[m.number].from > 0 {
		return true
	}
	if st.says(m, past) && !st.says(m, future) && !st.clauseHas(st.numbers[m.number].from, "基础上") {
		return true
	}
	if follows(st.text, 0, "目前", "截至", "截止目前") && !st.says(m, future) {
		return true // 目前，全县有小学60所，教学点12个: the opening holds for every clause that promises nothing
	}
	return s.Role == RolePreface && !st.says(m, future)
}

// foresees tells whether the clause reckons what will be without promising it: 据测算，…将达到峰值3.9万人.
func (st *statement) foresees(m *measure) bool {
	end := st.numbers[m.number].from
	for i := max(0, end-nameLongest); i < end; i++ {
		if follows(st.text, i, "据测算", "据预测", "经测算", "预计将", "峰值", "缺口约", "缺口达") {
			return !st.says(m, []string{"补齐", "填补", "消除", "力争", "确保"})
		}
	}
	return false
}

// narrates tells whether the sentence up to the number tells what was done: 起草了初稿，召开座谈会6次.
func (st *statement) narrates(m *measure) bool {
	if m.comparator != compareNone || m.after != compareNone || st.says(m, future) {
		return false
	}
	end := st.numbers[m.number].from
	for i := max(1, end-2*nameLongest); i < end; i++ {
		if st.text[i] == '了' && !follows(st.text, i-1, "为了", "除了") && !follows(st.text, i, "了解", "了然") {
			return true
		}
	}
	return false
}

// says tells whether one of the words stands in the clause of the measure before its number.
func (st *statement) says(m *measure, words []string) bool {
	end := st.numbers[m.number].from
	start := m.left
	for start > 0 && start > end-nameLongest && !isClauseEnd(st.text[start-1]) {
		start--
	}
	for i := start; i < end; i++ {
		if follows(st.text, i, words...) && !(hasAt(st.text, i, "现有") && st.serves(i, start)) && !follows(st.text, i, "重要", "需要", "主要", "要求", "要素", "应用", "响应", "适应", "应届", "相应", "将来") {
			return true
		}
	}
	return false
}

// serves tells whether 现有 at rune i only describes what is used: 利用现有校舍, not 全县现有学校.
func (st *statement) serves(i, start int) bool {
	if i == start {
		return false
	}
	switch st.text[i-1] {
	case '县', '市', '区', '省', '州', '盟', '旗', '镇', '乡', '前', '校', '共':
		return false
	}
	return true
}

// timeBefore is the last expression of time before the number that says when, not how often or since what.
func (st *statement) timeBefore(m *measure) (moment, bool) {
	last := st.momentAt(st.numbers[m.number].from) - 1
	for i := last; i >= 0 && i > last-12; i-- {
		moment := st.moments[i]
		if moment.kind == timePeriod || moment.kind == timeBefore || moment.kind == timeFrom || st.startsBase(moment) || !st.carries(moment, m) {
			continue
		}
		return moment, true
	}
	return moment{}, false
}

// carries tells whether the time holds for the measure: it stands in its clause, at the head of the sentence,
// behind 到, or in a clause that itself holds a number. 2024年通过验收，班额降到45人 dates only the first clause.
func (st *statement) carries(t moment, m *measure) bool {
	if t.kind == timeSpan || t.from <= 1 || st.text[t.from] == '到' || st.text[t.from] == '至' || t.to >= m.left {
		return true
	}
	for i := t.to; i < m.left; i++ {
		if isClauseEnd(st.text[i]) {
			if i == t.to {
				return true
			}
			k := sort.Search(len(st.measures), func(k int) bool { return st.measures[k].to > t.from })
			return k < len(st.measures) && st.measures[k].from < i
		}
	}
	return true
}

// startsBase tells whether the expression dates an old value: 从2020年的93%提高到.
func (st *statement) startsBase(m moment) bool {
	from := sort.Search(len(st.measures), func(k int) bool { return st.measures[k].to > m.from })
	for k := from; k < len(st.measures) && k < from+4; k++ {
		old := &st.measures[k]
		if old.isBase && m.from >= old.left && m.to <= st.numbers[old.number].from && m.to > old.from-8 {
			return true
		}
		if old.left > m.to {
			break
		}
	}
	return false
}
