package reading

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sectionTimes remembers for every heading the time that its lead sentence names.
type sectionTimes struct {
	l      *layout
	seen   []bool    // a sentence stood under the heading
	lead   []*moment // the time of its first sentence
	latest []*moment // the last time named under it
	spans  []*moment // the last span of years named under it, or in its title
	starts []int     // per sentence the byte where its line begins
	line   int       // where the line begins whose first sentence is nothing but a time
	own    *moment   // that time: 近期（2023—2024年）。
	goal   *moment   // the time of the last lead in the part of the goals
}

func newSectionTimes(l *layout) *sectionTimes {
	n := len(l.headings)
	t := &sectionTimes{l: l, starts: lineStarts(l), seen: make([]bool, n), lead: make([]*moment, n), latest: make([]*moment, n), spans: make([]*moment, n)}
	for i := range l.headings {
		if l.headings[i].Level > 0 {
			t.spans[i] = spanInTitle([]rune(l.headings[i].Title))
			t.lead[i] = yearInTitle([]rune(l.headings[i].Title))
		}
	}
	return t
}

// yearInTitle finds the time that a title sets: 近期（2023—2024年）. The years in the name of a plan set none.
func yearInTitle(title []rune) *moment {
	numbers := scanNumbers(title)
	if len(numbers) == 0 || containsAny(string(title), []string{"计划", "规划", "方案", "《"}) {
		return nil
	}
	m := scanMarks(title)
	classify(title, numbers, m)
	var last *moment
	for i := range numbers {
		if found, ok := yearMoment(title, numbers, i); ok {
			last = &found
		}
	}
	return last
}

// spanInTitle finds the five years that a title speaks of: “十三五”发展回顾.
func spanInTitle(title []rune) *moment {
	for i := range title {
		if title[i] != '十' || i+2 >= len(title) || title[i+2] != '五' {
			continue
		}
		if m, ok := fiveYearMoment(append(title[i:i+3:i+3], []rune("期间")...), 0); ok {
			return &m
		}
	}
	return nil
}

// timeLeadLongest is how long a sentence may be that only names the time of its line.
const timeLeadLongest = 16

// note records the times of sentence i for the sentences behind it and below its heading.
func (t *sectionTimes) note(i int, st *statement) {
	s := &t.l.sentences[i]
	if start := t.starts[i]; start == s.Span.From && len(st.text) <= timeLeadLongest && len(st.measures) == 0 {
		for k := range st.moments {
			if m := &st.moments[k]; m.kind == timePoint || m.kind == timeSpan {
				t.line, t.own = start, m
			}
		}
	}
	if s.Heading < 0 || s.Heading >= len(t.seen) {
		return
	}
	for k := range st.moments {
		m := &st.moments[k]
		if m.kind == timePeriod || m.kind == timeBefore || m.kind == timeFrom {
			continue
		}
		if !t.seen[s.Heading] && t.lead[s.Heading] == nil && st.leads(m) {
			t.lead[s.Heading] = m
			if s.Role == RoleGoal && m.kind == timePoint {
				t.goal = m
			}
		}
		t.latest[s.Heading] = m
		if m.kind != timePoint {
			t.spans[s.Heading] = m
		}
	}
	if !s.Lead {
		t.seen[s.Heading] = true
	}
}

// leads tells whether the time speaks for the whole paragraph: no quantity stands before it, and no clause that
// names a task of its own. 编制布局规划，2025年12月底前报批 dates the planning only.
func (st *statement) leads(m *moment) bool {
	for i := m.from - 1; i > 0 && i > m.from-2*nameLongest && len(st.measures) == 0; i-- {
		if r := st.text[i]; r == '，' || r == '；' {
			return false
		}
	}
	return len(st.measures) == 0 || m.from <= st.measures[0].from
}

// leadOf finds the time that the lead of the heading, or of one above it, names.
func (t *sectionTimes) leadOf(heading int, c calendar) *moment {
	for h := heading; h >= 0; h = t.l.parents[h] {
		if m := t.lead[h]; m != nil && (c.start == 0 || m.last >= c.start) && m.kind != timeSince {
			return m
		}
	}
	return nil
}

// spanOf finds the last span of years named under the heading or one above it.
func (t *sectionTimes) spanOf(heading int) *moment {
	for h := heading; h >= 0; h = t.l.parents[h] {
		if t.spans[h] != nil {
			return t.spans[h]
		}
	}
	return nil
}

// deadlineOf says when a target is due and where that stands.
func (r *quantityReader) deadlineOf(i int, st *statement, k int) (*string, string) {
	s := &r.l.sentences[i]
	m := &st.measures[k]
	rhythm, hasRhythm := st.rhythmOf(k)
	if !hasRhythm {
		rhythm, hasRhythm = rhythmOfUnit(m.unit.text)
	}
	if hasRhythm && m.unit.class != classMoney {
		text := rhythm.text()
		return &text, "period"
	}
	if moment, ok := st.timeBefore(m); ok {
		text := moment.due()
		return &text, "sentence"
	}
	if moment, ok := st.timeAfter(k); ok {
		text := moment.due()
		return &text, "sentence"
	}
	if st.limited {
		text := st.limit.text()
		return &text, "sentence"
	}
	if own := r.sections.own; own != nil && own.last >= r.calendar.start && r.sections.starts[i] == r.sections.line {
		text := strconv.Itoa(own.last) + own.detail
		return &text, "section"
	}
	if moment := r.sections.leadOf(s.Heading, r.calendar); moment != nil {
		text := strconv.Itoa(moment.last) + moment.detail
		return &text, "section"
	}
	if s.Role == RoleGoal && s.Heading >= 0 {
		if moment := r.sections.latest[s.Heading]; moment != nil && moment.last >= r.calendar.start && moment.kind == timePoint {
			text := moment.text()
			return &text, "section"
		}
	}
	if goal := r.sections.goal; s.Role == RoleGoal && goal != nil && goal.last >= r.calendar.start {
		text := goal.text()
		return &text, "section"
	}
	if hasRhythm {
		text := rhythm.text()
		return &text, "period"
	}
	if r.calendar.end > 0 {
		return nil, "document"
	}
	return nil, "none"
}

// rhythmOfUnit finds the rhythm that the unit itself names: 5万元/年, 20人/年, 4次/学期.
func rhythmOfUnit(unit string) (moment, bool) {
	i := strings.LastIndexAny(unit, "/·")
	if i < 0 {
		return moment{}, false
	}
	_, size := utf8.DecodeRuneInString(unit[i:])
	period := unit[i+size:]
	if !isOneOf(period, []string{"年", "学年", "学期", "月", "周", "天", "日", "季度"}) {
		return moment{}, false
	}
	return moment{kind: timePeriod, period: period}, true
}

// finishers say in a clause behind the numbers that by its time everything before is done.
var finishers = []string{"完成", "投入使用", "投用", "启用", "建成", "完工", "竣工", "交付", "到位", "执行", "达标", "落实", "全覆盖", "见效"}

// timeAfterReach is how far behind a number its time may stand.
const timeAfterReach = 160

// timeAfter finds the time of a clause behind measure k that says by when it is done: 规划用地90亩，2024年8月底前完工.
// Of several the last one counts; a clause with a number of its own dates only that.
func (st *statement) timeAfter(k int) (moment, bool) {
	m := &st.measures[k]
	end := min(len(st.text), m.to+timeAfterReach)
	for i := m.to; i < end; i++ {
		if r := st.text[i]; r == '；' || r == ';' || r == '。' {
			end = i
		}
	}
	for i := st.momentAt(end) - 1; i >= 0 && st.moments[i].from >= m.to; i-- {
		t := st.moments[i]
		if t.to > end || t.kind != timePoint || t.from == 0 || !isClauseEnd(st.text[t.from-1]) {
			continue
		}
		stop := t.to
		for stop < end && !isClauseEnd(st.text[stop]) {
			stop++
		}
		next := sort.Search(len(st.measures), func(n int) bool { return st.measures[n].to > t.from })
		if next < len(st.measures) && st.measures[next].from < stop {
			return moment{}, false
		}
		if containsAny(string(st.text[t.to:stop]), finishers) {
			return t, true
		}
	}
	return moment{}, false
}

// limitWords lead to the time by which a task is to be done.
var limitWords = []string{"完成时限", "完成时间", "时限", "时间节点", "办理时限"}

// findLimit finds the time behind 完成时限 in the sentence.
func (st *statement) findLimit() (moment, bool) {
	if len(st.moments) == 0 {
		return moment{}, false
	}
	text := string(st.text)
	for _, word := range limitWords {
		at := strings.LastIndex(text, word)
		if at < 0 {
			continue
		}
		from := len([]rune(text[:at]))
		for _, moment := range st.moments {
			if moment.from >= from && moment.kind != timePeriod {
				return moment, true
			}
		}
	}
	return moment{}, false
}

// timeOf says when a fact was reached: the time in its sentence, the span of its section for what was done,
// the year before the plan for a state.
func (r *quantityReader) timeOf(i int, st *statement, k int) *string {
	m := &st.measures[k]
	if moment, ok := st.timeBefore(m); ok {
		return r.reached(moment)
	}
	if isFlow(m) {
		if moment := r.sections.spanOf(r.l.sentences[i].Heading); moment != nil && (r.calendar.start == 0 || moment.first < r.calendar.start) {
			return r.reached(*moment)
		}
		return nil
	}
	if r.calendar.base() == 0 {
		return nil
	}
	text := strconv.Itoa(r.calendar.base())
	return &text
}

func (r *quantityReader) reached(m moment) *string {
	text := m.text()
	if m.kind == timeSince {
		if base := r.calendar.base(); base > m.first {
			text = strconv.Itoa(m.first) + "-" + strconv.Itoa(base)
		} else {
			text = strconv.Itoa(m.first)
		}
	}
	return &text
}

// isFlow tells what was done over a time (built, spent, trained) from a state at a time.
func isFlow(m *measure) bool {
	if m.unit.class == classMoney {
		return true
	}
	if m.unit.class != classCount && m.unit.class != classSize {
		return false
	}
	for _, verb := range carriers {
		if strings.Contains(m.name, verb) || strings.Contains(m.lead, verb) {
			return true
		}
	}
	return containsAny(m.name, []string{"累计", "共", "获评", "获奖", "被评", "表彰", "惠及", "资助", "发放", "选派", "引进", "轮训", "消除", "改造", "完成"})
}

// applyLimit gives the time limit in the brackets behind a task to the targets of the sentences before it.
func (r *quantityReader) applyLimit(i int, st *statement, from int) {
	if !st.limited {
		return
	}
	begin := r.sections.starts[i]
	for t := len(r.targets) - 1; t >= from && t >= 0; t-- {
		q := &r.targets[t]
		if q.CleanSpan.From < begin {
			break
		}
		if q.DeadlineSource == "sentence" || q.DeadlineSource == "period" && !strings.Contains(q.Unit, "元") || q.DeadlineSource == "table" {
			continue
		}
		text := st.limit.text()
		q.Deadline, q.DeadlineSource = &text, "sentence"
	}
}

// lineStarts gives for every sentence the byte where its line begins. One pass over text and sentences.
func lineStarts(l *layout) []int {
	starts := make([]int, len(l.sentences))
	line, at := 0, 0
	for i := range l.sentences {
		from := min(l.sentences[i].Span.From, len(l.text))
		if from < at { // the order is broken: begin anew
			line, at = 0, 0
		}
		if n := strings.LastIndexByte(l.text[at:from], '\n'); n >= 0 {
			line = at + n + 1
		}
		at = from
		starts[i] = line
	}
	return starts
}
