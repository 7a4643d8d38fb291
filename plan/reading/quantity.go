package reading

import (
	"math"
	"strings"

	"jiaoheng/document"
)

// quantities reads the numbers of the text as targets and facts.
//
// Every sentence is scanned once: numbers, what each is for, units, comparators, expressions of time. A
// quantity then becomes a target or a fact by the part it stands in and by the words around it.
func quantities(l *layout, meta Meta) (targets, facts []Quantity) {
	r := &quantityReader{l: l, calendar: calendarOf(meta), sections: newSectionTimes(l), moves: map[int]bool{}}
	l.numbers = make([][]number, len(l.sentences))
	for i := range l.sentences {
		s := &l.sentences[i]
		if s.Role == RoleFront || s.Role == RoleBack || s.Table > 0 {
			continue
		}
		r.sentence(i)
	}
	r.tables()
	r.matchBaselines()
	markRepeats(r.targets)
	return r.targets, r.facts
}

// Limits of one document: a plan holds some hundreds of quantities. Numbers beyond the limit are listed as
// unclaimed; of a longer sentence an item keeps only its own words.
const (
	quantitiesMost  = 5000
	sentenceLongest = 6000
)

// quantityReader collects what the sentences say.
type quantityReader struct {
	l        *layout
	calendar calendar
	sections *sectionTimes
	targets  []Quantity
	facts    []Quantity
	moves    map[int]bool // targets that say to what a number moves: 增加到4所
}

// sentence reads one sentence of running text.
func (r *quantityReader) sentence(i int) {
	if len(r.targets)+len(r.facts) >= quantitiesMost {
		return
	}
	s := &r.l.sentences[i]
	st := readStatement(s, r.itemTitle(s), r.calendar)
	r.l.numbers[i] = st.numbers
	offsets := byteOffsets(s.Text, len(st.text))
	for k := range st.measures {
		m := &st.measures[k]
		if m.isBase && !st.standsAlone(k) {
			continue
		}
		for _, q := range st.split(k) {
			r.add(i, st, k, q, offsets)
		}
	}
	r.implicit(i, st, offsets)
	r.applyLimit(i, st, len(r.targets)-64)
	r.sections.note(i, st)
}

// itemTitle is the title of the item of a box, or of the named project, under which the sentence stands.
func (r *quantityReader) itemTitle(s *Sentence) string {
	if s.Heading < 0 || s.Heading >= len(r.l.headings) {
		return ""
	}
	if h := &r.l.headings[s.Heading]; h.Kind == "box-item" || endsInAny(h.Title, []string{"项目", "工程"}) && len([]rune(h.Title)) <= 20 {
		return h.Title
	}
	return ""
}

// standsAlone tells whether an old value has no new one: 在现有标准700元基础上适度提高.
func (st *statement) standsAlone(k int) bool {
	return k+1 >= len(st.measures) || st.measures[k+1].base != k
}

// add completes a quantity with its place, its time and its kind, and files it.
func (r *quantityReader) add(i int, st *statement, k int, q Quantity, offsets []int) {
	s := &r.l.sentences[i]
	m := &st.measures[k]
	if len(r.targets)+len(r.facts) >= quantitiesMost {
		return
	}
	q.Origin = r.l.originOf(*s, "number", confidenceOf(m, q))
	from, to := min(m.left, m.from), max(m.right, m.to)
	if len(q.Sentence) > sentenceLongest {
		q.Sentence = s.Text[offsets[from]:offsets[min(to, len(st.text))]]
	}
	q.CleanSpan = document.Span{From: s.Span.From + offsets[from], To: s.Span.From + offsets[min(to, len(st.text))]}
	q.Scope = scopeOf(q.Name, s.Text, q.Path)
	if m.isBase {
		q.Comparator, q.ComparatorExplicit = "=", false
		q.Optional = "baseline"
		q.Rule = "old-value"
		r.facts = append(r.facts, q)
		return
	}
	m.fact = isFact(s, st, k, r.calendar)
	if m.fact {
		q.Time = r.timeOf(i, st, k)
		if (q.Comparator == ">=" || q.Comparator == "<=") && !q.ComparatorExplicit {
			q.Comparator = "="
		}
		r.facts = append(r.facts, q)
		return
	}
	deadline, source := r.deadlineOf(i, st, k)
	q.Deadline, q.DeadlineSource = deadline, source
	if from := st.numbers[m.number].from; m.from < from && (prefixOf(string(st.text[m.from:from]), risers) != "" || hasAt(st.text, m.from, "达到")) {
		r.moves[len(r.targets)] = true
	}
	r.targets = append(r.targets, q)
}

// byteOffsets gives the byte of every rune of s, and the length of s at the end.
func byteOffsets(s string, n int) []int {
	offsets := make([]int, 0, n+1)
	for i := range s {
		offsets = append(offsets, i)
	}
	for len(offsets) <= n {
		offsets = append(offsets, len(s))
	}
	return offsets
}

// confidenceOf says how sure the reading is: a unit, a comparator and a name each add to it.
func confidenceOf(m *measure, q Quantity) float64 {
	c := 0.6
	if m.comparator != compareNone || m.after != compareNone {
		c += 0.15
	}
	if m.unit.text != "" {
		c += 0.1
	}
	if n := len([]rune(q.Name)); n >= 4 && n <= 24 {
		c += 0.1
	} else if n < 2 {
		c -= 0.3
	}
	return float64(int(c*100+0.5)) / 100
}

// quantityOf builds the quantity of measure k without its place and time.
func (st *statement) quantityOf(k int) Quantity {
	m := &st.measures[k]
	n := &st.numbers[m.number]
	q := Quantity{Name: m.name, Unit: m.unit.text, Approx: m.approx}
	value := n.value
	q.Value = &value
	if n.ranged {
		limit := n.max
		q.ValueMax = &limit
	}
	q.Comparator, q.ComparatorExplicit = m.compares(n)
	switch n.form {
	case formRatio:
		q.Value, q.ValueMax = nil, nil
		q.Verbal = string(st.text[n.from:n.to])
		if q.Comparator == "range" {
			q.Comparator = "="
		}
	case formShare:
		value = math.Round(value*100) / 100
		q.Verbal = string(st.text[n.from:n.to])
	}
	if m.unit.base == "番" {
		doubled := 100.0
		q.Value, q.Unit, q.Verbal = &doubled, "%", "翻"+string(st.text[n.from:m.unit.to])
	}
	st.setRhythm(k, &q)
	if m.base >= 0 {
		old := &st.measures[m.base]
		q.Baseline = &Baseline{Value: st.numbers[old.number].value, Year: st.yearOfBase(old)}
	}
	return q
}

// compares gives the comparator in the words of the schema and whether the text says it explicitly.
func (m *measure) compares(n *number) (string, bool) {
	if n.ranged && n.form != formRatio {
		return "range", true
	}
	if change := m.change(); change != "" {
		return change, true
	}
	switch {
	case m.after == compareAtLeast, m.after == compareNone && m.comparator == compareAtLeast:
		return ">=", true
	case m.after == compareAtMost, m.after == compareNone && m.comparator == compareAtMost:
		return "<=", true
	case m.comparator == compareFall && !m.approx:
		return "<=", false
	case m.comparator == compareReach && !m.approx:
		return ">=", false
	}
	return "=", false
}

// yearOfBase is the year that stands before an old value: 从2020年的93%.
func (st *statement) yearOfBase(old *measure) *int {
	i := st.momentAt(old.left)
	for ; i < len(st.moments) && st.moments[i].from < old.from; i++ {
		moment := st.moments[i]
		if moment.kind == timePeriod {
			continue
		}
		for at := moment.from; at >= moment.from-2 && at >= 0; at-- {
			if r := st.text[at]; r == '由' || r == '从' {
				year := moment.last
				return &year
			}
		}
	}
	return nil
}

// markRepeats marks a target that an earlier one already says with the same words and value.
func markRepeats(targets []Quantity) {
	seen := map[string]bool{}
	for i := range targets {
		t := &targets[i]
		if t.Value == nil {
			continue
		}
		key := strings.Join([]string{indicatorKey(t.Name), t.Unit, formatNumber(*t.Value), t.Comparator}, "|")
		if t.Comparator == "=" {
			key = strings.TrimSuffix(key, "=") + ">="
		}
		t.Repeat = seen[key]
		seen[key] = true
	}
}
