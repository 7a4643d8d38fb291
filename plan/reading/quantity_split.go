package reading

import "strings"

// joints part coordinated members.
var joints = []string{"、", "以及", "和", "及", "与"}

// split gives one quantity for every indicator that shares the value of measure k (A率、B率均达到100%), and
// one quantity for one value of several that are told off to several members (省、市、县三级分别达到2%、5%、10%).
func (st *statement) split(k int) []Quantity {
	q := st.quantityOf(k)
	m := &st.measures[k]
	if names := st.toldOff(k); len(names) > 0 {
		q.Name = st.finished(names[0], m)
		return []Quantity{q}
	}
	if m.unit.class != classRate {
		return []Quantity{q}
	}
	names := indicatorsOf(q.Name)
	if len(names) < 2 {
		return []Quantity{q}
	}
	var all []Quantity
	for _, name := range names {
		one := q
		value := *orZero(q.Value)
		if q.Value != nil {
			one.Value = &value
		}
		one.Name = completed(names[0], name)
		all = append(all, one)
	}
	return all
}

// completed gives an indicator of a list that is only a head the subject of the first: 儿童入学率、巩固率.
func completed(first, name string) string {
	words, whole := []rune(name), []rune(first)
	if n := len(whole) - len(words); len(words) <= echoLongest && n >= 2 && name != first {
		return string(whole[:n]) + name
	}
	return name
}

func orZero(v *float64) *float64 {
	if v == nil {
		return new(float64)
	}
	return v
}

// splitHeads end an indicator so clearly that what follows a joint behind them is another indicator.
var splitHeads = []string{"率", "比例", "占比", "比重", "满意度", "覆盖面"}

// indicatorsOf parts a name at the joints that stand behind the head of an indicator.
func indicatorsOf(name string) []string {
	var names []string
	from, depth := 0, 0
	for i := 0; i < len(name); {
		rest := name[i:]
		switch {
		case strings.HasPrefix(rest, "“"), strings.HasPrefix(rest, "（"), strings.HasPrefix(rest, "("):
			depth++
		case strings.HasPrefix(rest, "”"), strings.HasPrefix(rest, "）"), strings.HasPrefix(rest, ")"):
			depth--
		}
		if depth == 0 && i > from && endsInAny(name[from:i], splitHeads) {
			if joint := prefixOf(rest, joints); joint != "" {
				names = append(names, name[from:i])
				i += len(joint)
				from = i
				continue
			}
		}
		i += runeLength(rest)
	}
	if last := name[from:]; endsInAny(last, splitHeads) && len(names) > 0 {
		return append(names, last)
	}
	return nil
}

func endsInAny(s string, words []string) bool {
	for _, word := range words {
		if strings.HasSuffix(s, word) {
			return true
		}
	}
	return false
}

func prefixOf(s string, words []string) string {
	for _, word := range words {
		if strings.HasPrefix(s, word) {
			return word
		}
	}
	return ""
}

func runeLength(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

// toldOff gives the name of the member that measure k is told off to by 分别, none when there is no 分别.
func (st *statement) toldOff(k int) []string {
	first := k
	for first > 0 && st.measures[first].chained && k-first < 12 && strings.TrimSpace(string(st.text[st.measures[first].left:st.numbers[st.measures[first].number].from])) == "" {
		first--
	}
	count := 1
	for first+count < len(st.measures) && count < 12 && st.measures[first+count].chained && st.measures[first+count].left >= st.numbers[st.measures[first+count].number].from {
		count++
	}
	if count < 2 {
		return nil
	}
	lead := &st.measures[first]
	words := string(st.text[lead.left:st.numbers[lead.number].from])
	if !strings.Contains(words, "分别") {
		return nil
	}
	end := lead.left + len([]rune(words[:strings.Index(words, "分别")]))
	name := trimName(st.plain(st.afterLabel(lead.left), end, lead))
	members := membersOf(name, count)
	if len(members) != count || k-first >= count {
		return nil
	}
	return members[k-first : k-first+1]
}

// membersOf parts a subject into count names: every member gets the words that all share.
func membersOf(subject string, count int) []string {
	pieces := cutAtJoints(subject)
	if len(pieces) < count {
		return nil
	}
	if len(pieces) > count {
		pieces = joinedPieces(subject, pieces, count)
	}
	if endsInAny(pieces[0], heads) {
		return pieces
	}
	last := []rune(pieces[count-1])
	size := len([]rune(pieces[count-2]))
	if group, ok := groupIn(pieces[0]); ok && size == len(last) {
		shared := strings.TrimSuffix(pieces[0], group)
		if shared == pieces[0] || shared == "" {
			return pieces
		}
		pieces[0] = group
		for i := range pieces {
			pieces[i] += shared
		}
		return pieces
	}
	if size >= len(last) {
		return pieces
	}
	shared := string(last[size:])
	for _, level := range []string{"两级", "三级", "四级", "五级"} {
		if rest, ok := strings.CutPrefix(shared, level); ok {
			shared = "级" + rest
		}
	}
	names := make([]string, count)
	for i := range names {
		names[i] = pieces[i] + shared
	}
	names[count-1] = string(last[:size]) + shared
	return names
}

// joinedPieces leaves count pieces: the joints behind the last group stay in its name when the subject begins
// with groups (小学、初中生均教学及辅助用房面积), otherwise the joints before the last pieces do.
func joinedPieces(subject string, pieces []string, count int) []string {
	if group, ok := groupIn(pieces[0]); ok && group == pieces[0] {
		at := 0
		for _, piece := range pieces[:count-1] {
			at += strings.Index(subject[at:], piece) + len(piece)
			at += len(prefixOf(subject[at:], joints))
		}
		return append(append([]string{}, pieces[:count-1]...), subject[at:])
	}
	return append([]string{}, pieces[len(pieces)-count:]...)
}

func cutAtJoints(s string) []string {
	var pieces []string
	from := 0
	for i := 0; i < len(s); {
		if joint := prefixOf(s[i:], joints); joint != "" && i > from {
			pieces = append(pieces, s[from:i])
			i += len(joint)
			from = i
			continue
		}
		i += runeLength(s[i:])
	}
	return append(pieces, s[from:])
}
