package reading

import "strings"

// statement is one sentence with everything that was found in it.
type statement struct {
	sentence *Sentence
	limit    moment // the time limit in the sentence, when limited
	limited  bool
	title    string // of the item of a box that the sentence describes
	text     []rune
	numbers  []number
	marks    marks
	moments  []moment
	measures []measure
}

// measure is one quantity of a sentence before it becomes a target or a fact.
type measure struct {
	number     int // index in statement.numbers
	unit       unitMatch
	from, to   int // runes of the expression, comparator and unit included
	left       int // where the words that may name it begin
	right      int // where the words behind it that may name it end
	comparator comparator
	explicit   bool // the comparator is one that only limits take
	after      comparator
	approx     bool
	base       int    // index of the measure that is the old value of this one, -1
	isBase     bool   // this is the old value of the next one
	rhythm     moment // how often, when rhythmic; asked says that it has been looked for
	rhythmic   bool
	fact       bool // it has been reached already
	rank       bool // 前3名: a place, not a count
	asked      bool
	name       string
	subject    string // what a general name such as 规划用地 belongs to
	lead       string // the words before it as they stand
	stem       string // the name without a scope word, for the measures that share it
	cutFrom    int    // a comparator inside the words of the name, left out of it
	cutTo      int
	far        string // the words between a distant comparator and the number: 不低于符合条件教师的10%
	chained    bool   // joined to the measure before it by 、 or 和
	shares     bool   // takes its indicator from the measure before it
}

// measuresMost is how many quantities one sentence may hold. What stands behind them is listed as unclaimed.
const measuresMost = 1000

// readStatement finds the numbers of a sentence, what each is for, and the quantities among them.
func readStatement(s *Sentence, title string, c calendar) *statement {
	c.past = s.Role == RoleReview || s.Role == RoleSituation
	st := &statement{sentence: s, title: title, text: []rune(s.Text)}
	st.numbers = scanNumbers(st.text)
	if len(st.numbers) == 0 && !mayHoldMoment(st.text) {
		return st
	}
	st.marks = scanMarks(st.text)
	classify(st.text, st.numbers, st.marks)
	st.moments = scanMoments(st.text, st.numbers, st.marks, c)
	for i := range st.numbers {
		if st.numbers[i].kind == kindQuantity && len(st.measures) < measuresMost {
			st.measures = append(st.measures, st.measureOf(i))
		}
	}
	st.bound()
	st.pair()
	for k := range st.measures {
		st.compareFar(k)
		st.measures[k].name = st.name(k)
		if _, ok := st.rhythmOf(k); ok {
			st.measures[k].name = withoutOffice(st.measures[k].name)
		}
	}
	st.limit, st.limited = st.findLimit()
	return st
}

func mayHoldMoment(text []rune) bool {
	for _, r := range text {
		if r == '每' || r == '五' || r == '年' {
			return true
		}
	}
	return false
}

// limitsAfter are the words behind a unit that bound the number.
var limitsAfter = []struct {
	word string
	is   comparator
}{{"及以上", compareAtLeast}, {"或以上", compareAtLeast}, {"（含）以上", compareAtLeast}, {"(含)以上", compareAtLeast}, {"以上", compareAtLeast}, {"及以下", compareAtMost}, {"以下", compareAtMost}, {"以内", compareAtMost}, {"之内", compareAtMost}, {"封顶", compareAtMost}, {"起步", compareAtLeast}}

// measureOf reads the unit and the comparators around a number.
func (st *statement) measureOf(i int) measure {
	n := &st.numbers[i]
	m := measure{number: i, base: -1, from: n.from, to: n.to}
	switch {
	case n.percent || n.mille || n.form == formShare:
		m.unit = unitMatch{text: "%", base: "%", class: classRate, to: n.to}
		if n.mille {
			m.unit.text, m.unit.base = "‰", "‰"
		}
	case n.form == formRatio:
		m.unit = unitMatch{class: classRate, to: n.to}
	default:
		if unit, ok := unitAt(st.text, n.to); ok {
			m.unit = unit
			m.approx = unit.approx
			if point, ok := st.pointAhead(unit); ok {
				m.unit = point
			}
		} else {
			m.unit = unitMatch{class: classRate, to: n.to}
		}
	}
	m.to = m.unit.to
	m.to = st.perUnit(&m)
	for range 2 {
		for _, word := range []string{"左右", "上下"} {
			if hasAt(st.text, m.to, word) {
				m.approx = true
				m.to += 2
			}
		}
		for _, limit := range limitsAfter {
			if m.after == compareNone && hasAt(st.text, m.to, limit.word) {
				m.after = limit.is
				m.to += len([]rune(limit.word))
			}
		}
	}
	c, from, approx := comparatorBefore(st.text, n.from)
	m.approx = m.approx || approx
	if (c == compareUp || c == compareDown) && m.unit.class != classRate && !st.compared(from) && !precedes(st.text, from, "总量", "总数", "规模", "数量", "人数", "面积", "学位数") && !precedes(st.text, n.from, "净增", "净增加") {
		c, from = compareNone, n.from // 增加学位500个 is a count, not a change
	}
	if c == compareNone && precedes(st.text, n.from, "增拨", "增补", "增配", "加拨") && st.clauseHas(n.from, "每增加") {
		c, from = compareUp, n.from-2 // 每增加1个班增拨2万元
	}
	if c != compareNone {
		m.comparator = c
	}
	if from, ok := endsAt(st.text, n.from, "前"); ok && (m.unit.base == "名" || m.unit.base == "位") {
		m.comparator, m.from, m.rank = compareAtMost, from, true
		return m
	}
	if m.unit.base == "人" && m.comparator == compareNone && m.after == compareNone && st.clauseHas(n.from, "班额") {
		m.comparator = compareFall // a class size is an upper bound, though the text does not say so
	}
	m.from = from
	return m
}

// compared tells whether the clause before rune i compares: 比上年增加5所.
func (st *statement) compared(i int) bool {
	for k := i; k > 0 && k > i-farReach && !isClauseEnd(st.text[k-1]); k-- {
		if r := st.text[k-1]; r == '比' || r == '较' || r == '均' && k > 1 && st.text[k-2] == '年' {
			return true
		}
	}
	return false
}

// clauseHas tells whether word stands in the clause around rune i.
func (st *statement) clauseHas(i int, word string) bool {
	from, to := i, i
	for from > 0 && from > i-nameLongest && !isClauseEnd(st.text[from-1]) {
		from--
	}
	for to < len(st.text) && to < i+nameLongest && !isClauseEnd(st.text[to]) {
		to++
	}
	return strings.Contains(string(st.text[from:to]), word)
}

// pointAhead gives 个 the meaning of 个百分点 where the next number says so: 提高2个和1个百分点.
func (st *statement) pointAhead(unit unitMatch) (unitMatch, bool) {
	if unit.base != "个" || unit.to+1 >= len(st.text) || !follows(st.text, unit.to, "和", "、", "及", "与") {
		return unit, false
	}
	i := unit.to + 1
	for i < len(st.text) && (isDigitAt(st.text, i) || st.text[i] == '.') {
		i++
	}
	if i == unit.to+1 || !hasAt(st.text, i, "个百分点") {
		return unit, false
	}
	unit.text, unit.base, unit.class = "个百分点", "个百分点", classRate
	return unit, true
}

// perUnit reads a period behind the unit: 5000元/年, 2次/学期, 650元/生·年. It returns where the words end.
func (st *statement) perUnit(m *measure) int {
	at := m.to
	if at >= len(st.text) || st.text[at] != '/' && st.text[at] != '／' && !hasAt(st.text, at, "每") {
		return at
	}
	if st.text[at] == '每' {
		for _, word := range periods {
			if hasAt(st.text, at+1, word) {
				m.unit.text += "/" + trimmedPeriod(word)
				return at + 1 + len([]rune(word))
			}
		}
		return at
	}
	for _, word := range []string{"每生每年", "生每年", "生·年", "生.年", "年·生", "人·年", "年·人", "人年", "生年", "生/年", "年/生", "人/年", "人/月", "每生", "每人", "每校", "每年", "百名学生", "百人", "学期", "学年", "年度", "季度", "个月", "年", "月", "周", "天", "日", "生", "人", "班", "校", "户", "园", "床", "次", "节", "件", "台"} {
		if hasAt(st.text, at+1, word) {
			m.unit.text += "/" + word
			return at + 1 + len([]rune(word))
		}
	}
	return at
}

func trimmedPeriod(word string) string {
	if r := []rune(word); r[0] == '个' {
		return string(r[1:])
	}
	return word
}

// isClauseEnd tells whether r ends a clause.
func isClauseEnd(r rune) bool {
	switch r {
	case '，', ',', '；', ';', '。', '：', ':', '！', '？', '!', '?', '\n', '\t', '|', '｜':
		return true
	}
	return false
}

func isOpen(r rune) bool  { return r == '（' || r == '(' }
func isClose(r rune) bool { return r == '）' || r == ')' }

// bound gives each measure the words that may name it: back to the end of the clause or of the measure
// before it, and forward to the end of the clause or to the words of the next one.
func (st *statement) bound() {
	brackets := matchBrackets(st.text)
	for k := range st.measures {
		m := &st.measures[k]
		floor := 0
		if k > 0 {
			floor = st.measures[k-1].to
		}
		i := min(m.from, len(st.text))
		for i > floor {
			r := st.text[i-1]
			if isClose(r) && brackets[i-1] >= floor && brackets[i-1] >= 0 {
				i = brackets[i-1]
				continue
			}
			if isClose(r) && brackets[i-1] < floor || isClauseEnd(r) && !(r == ',' && isDigitAt(st.text, i) && isDigitAt(st.text, i-2)) || isOpen(r) && brackets[i-1] >= m.from {
				break
			}
			i--
		}
		m.left = max(i, floor)
		next, j := k+1, m.to
		ceiling := st.measureFrom(next, m.to)
		for j < ceiling {
			r := st.text[j]
			if isOpen(r) && brackets[j] > j {
				j = brackets[j] + 1
				for next < len(st.measures) && st.measures[next].from < j {
					next++
				}
				ceiling = st.measureFrom(next, m.to)
				continue
			}
			if isClauseEnd(r) || isClose(r) && brackets[j] < m.from {
				break
			}
			j++
		}
		m.right = min(j, max(ceiling, m.to))
	}
	for k := 1; k < len(st.measures); k++ {
		st.divide(&st.measures[k-1], &st.measures[k])
	}
}

// measureFrom is where measure k begins, the end of the text behind the last.
func (st *statement) measureFrom(k, least int) int {
	if k >= len(st.measures) {
		return len(st.text)
	}
	return max(st.measures[k].from, least)
}

// divide shares the words between two measures of one clause: what stands before 、 or 和 belongs to the
// first, what stands behind it to the second, which then shares the verb of the first.
func (st *statement) divide(before, m *measure) {
	if m.left != before.to {
		return
	}
	from := min(m.from, st.numbers[m.number].from)
	for _, joint := range []string{"以及", "和", "与", "及", "、"} {
		if at, ok := endsAt(st.text, from, joint); ok && at > before.to {
			before.right, m.left, m.chained = min(before.right, at), from, true
			return
		}
	}
	for i := before.to; i < m.from && i < len(st.text); i++ {
		r := st.text[i]
		if r == '、' || (r == '和' || r == '及' || r == '与') && i == before.to {
			before.right = min(before.right, i)
			m.left = i + 1
			m.chained = true
			return
		}
	}
}

// matchBrackets gives for every bracket the place of its partner, -1 where there is none.
func matchBrackets(text []rune) []int {
	var partner []int
	var open []int
	for i, r := range text {
		if !isOpen(r) && !isClose(r) {
			continue
		}
		if partner == nil {
			partner = make([]int, len(text))
			for k := range partner {
				partner[k] = -1
			}
		}
		if isOpen(r) {
			open = append(open, i)
		} else if n := len(open); n > 0 {
			partner[i], partner[open[n-1]] = open[n-1], i
			open = open[:n-1]
		}
	}
	if partner == nil {
		return make([]int, len(text))
	}
	return partner
}
