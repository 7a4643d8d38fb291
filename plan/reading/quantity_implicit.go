package reading

import "jiaoheng/document"

// coverWords say that nobody is left out, without a number: they are read as 100 %.
var coverWords = []string{"实现了全覆盖", "达到了全覆盖", "实现全覆盖", "达到全覆盖", "基本全覆盖", "全覆盖"}

// implicit reads 全覆盖 as a share of 100 %, marked as read between the lines.
func (r *quantityReader) implicit(i int, st *statement, offsets []int) {
	s := &r.l.sentences[i]
	if s.Lead {
		return
	}
	for at := 0; at+2 < len(st.text); at++ {
		if st.text[at] != '全' && st.text[at] != '实' && st.text[at] != '达' && st.text[at] != '基' {
			continue
		}
		for _, word := range coverWords {
			if !hasAt(st.text, at, word) || covers(st.marks.quotes, at) || covers(st.marks.titles, at) {
				continue
			}
			end := at + len([]rune(word))
			r.addImplicit(i, st, at, end, offsets)
			at = end
			break
		}
	}
}

func (r *quantityReader) addImplicit(i int, st *statement, at, end int, offsets []int) {
	s := &r.l.sentences[i]
	start := at
	for start > 0 && start > at-nameLongest && !isClauseEnd(st.text[start-1]) {
		start--
	}
	name := trimName(string(st.text[start:at]))
	if len([]rune(name)) < 2 || end < len(st.text) && !isClauseEnd(st.text[end]) {
		return
	}
	value := 100.0
	q := Quantity{Name: name + "覆盖率", Comparator: "=", Value: &value, Unit: "%", Verbal: "全覆盖", Optional: "implicit"}
	q.Origin = r.l.originOf(*s, "implicit", 0.5)
	q.CleanSpan = document.Span{From: s.Span.From + offsets[start], To: s.Span.From + offsets[end]}
	q.Scope = scopeOf(q.Name, s.Text, q.Path)
	m := measure{left: start, from: at, to: end, unit: unitMatch{base: "%", class: classRate}, base: -1, number: len(st.numbers)}
	shadow := *st
	shadow.numbers = append(append([]number{}, st.numbers...), number{from: at, to: end, value: value})
	shadow.measures = []measure{m}
	if isFact(s, &shadow, 0, r.calendar) {
		q.Time = r.timeOf(i, &shadow, 0)
		r.facts = append(r.facts, q)
		return
	}
	q.Deadline, q.DeadlineSource = r.deadlineOf(i, &shadow, 0)
	r.targets = append(r.targets, q)
}
