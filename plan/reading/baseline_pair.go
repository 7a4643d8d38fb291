package reading

// risers join the old and the new value of a pair: 由A提高到B.
var risers = []string{"提高到", "提高至", "提升到", "提升至", "增加到", "增加至", "增长到", "增长至", "上升到", "上升至", "扩大到", "扩大至", "增至", "升至", "增到", "升到", "提到", "调整到", "调整为", "调整至", "提标到", "提高为", "延长到", "延长至", "发展到", "扩展到", "优化到", "优化至", "优化为", "改善到", "改善至", "缩短到", "缩短至",
	"降低到", "降低至", "降到", "降至", "下降到", "下降至", "减少到", "减少至", "压减到", "压减至", "压缩到", "压缩至", "减至", "缩小到", "缩小至"}

// pair finds the measures that are the old value of the one after them: 由43%提高到62%, 从3所增至5所,
// 在700元的基础上提高.
func (st *statement) pair() {
	for k := range st.measures {
		m := &st.measures[k]
		if st.isStart(m) && k+1 < len(st.measures) && st.joined(m, &st.measures[k+1]) {
			next := &st.measures[k+1]
			m.isBase, next.base = true, k
			if next.comparator == compareNone {
				next.comparator = compareReach
			}
			next.left = m.left
			if m.unit.text == "" || next.unit.text == "" {
				m.unit.text = next.unit.text
			}
			next.right = st.measures[k+1].right
			continue
		}
		if follows(st.text, m.to, "基础上", "的基础上") {
			m.isBase = true
			if k+1 < len(st.measures) && st.sameClause(m.to, st.measures[k+1].from) {
				st.measures[k+1].base = k
				st.measures[k+1].left = m.left
			}
		}
	}
}

// isStart tells whether 由 or 从 governs the measure, a year between them allowed: 从2020年的93%.
func (st *statement) isStart(m *measure) bool {
	for i := min(m.from, st.numbers[m.number].from); i > m.left && i > m.from-16; i-- {
		if r := st.text[i-1]; r == '由' || r == '从' {
			return true
		}
	}
	return false
}

// joined tells whether a riser stands between the two, and nothing ends the thought.
func (st *statement) joined(a, b *measure) bool {
	if a.unit.base != b.unit.base && a.unit.base != "" && b.unit.base != "" {
		return false
	}
	end := st.numbers[b.number].from
	if end-a.to > 24 {
		return false
	}
	for i := a.to; i < end; i++ {
		for _, word := range risers {
			if hasAt(st.text, i, word) {
				return true
			}
		}
		if r := st.text[i]; r == '；' || r == ';' {
			return false
		}
	}
	return false
}

func (st *statement) sameClause(from, to int) bool {
	for i := from; i < to && i < len(st.text); i++ {
		if isClauseEnd(st.text[i]) {
			return false
		}
	}
	return from <= to
}
