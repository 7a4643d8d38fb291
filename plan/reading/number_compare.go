package reading

// farAtLeast and farAtMost may stand away from their number: 至少办好1所, 不低于符合条件教师的10%.
var (
	farAtLeast = []string{"不少于", "不低于", "不得少于", "不得低于", "至少", "最少", "不小于", "起码"}
	farAtMost  = []string{"不超过", "不高于", "不得超过", "不得高于", "至多", "最多", "不多于", "不大于", "控制在"}
)

// cuts are the verbs whose object a share is cut from: 压减借调人员30%以上.
var cuts = []string{"压减", "减少", "压缩", "削减", "精简", "缩减"}

// farReach is how far a comparator may stand from its number.
const farReach = 24

// compareFar looks for a comparator among the words of measure k that stands away from its number. Before a
// share it compares with a whole that is named between the two.
func (st *statement) compareFar(k int) {
	m := &st.measures[k]
	if m.after != compareNone && m.unit.base != "%" || m.comparator != compareNone && m.comparator != compareReach {
		return
	}
	if k > 0 && m.chained && m.comparator == compareNone {
		before := &st.measures[k-1]
		if st.leftBlank(m) && before.unit.base == m.unit.base {
			m.comparator = before.comparator
			return
		}
	}
	if m.comparator == compareNone && m.unit.base == "%" && prefixOf(st.leftWords(k), cuts) != "" {
		m.comparator = compareDown
		return
	}
	end := m.from
	for i := end - 2; i >= m.left && i > end-farReach; i-- {
		for _, list := range []struct {
			is    comparator
			words []string
		}{{compareAtLeast, farAtLeast}, {compareAtMost, farAtMost}} {
			for _, word := range list.words {
				if !hasAt(st.text, i, word) {
					continue
				}
				to := i + len([]rune(word))
				if to >= end {
					return
				}
				st.takeFar(m, list.is, i, to, end)
				return
			}
		}
	}
}

// takeFar sets the distant comparator. The words behind it name the whole of a share or the object of a count.
func (st *statement) takeFar(m *measure, is comparator, from, to, end int) {
	m.comparator = is
	words := string(st.text[to:end])
	if m.unit.class == classRate {
		m.far = trimName(words)
		m.from = from
		return
	}
	m.cutFrom, m.cutTo = from, to
}

// leftBlank tells whether the measure has no words of its own.
func (st *statement) leftBlank(m *measure) bool {
	for i := m.left; i < min(m.from, st.numbers[m.number].from); i++ {
		if st.text[i] != ' ' {
			return false
		}
	}
	return true
}
