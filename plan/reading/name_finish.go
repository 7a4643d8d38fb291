package reading

import "strings"

// finished gives the name the head that its unit asks for: 比例, 人数, 次数.
func (st *statement) finished(name string, m *measure) string {
	name = strings.TrimSpace(strings.NewReplacer("\n", "", " ", "", "　", "").Replace(name))
	for _, pair := range [][2]string{{"“", "”"}, {"（", "）"}, {"(", ")"}, {"《", "》"}} {
		if strings.Count(name, pair[0]) != strings.Count(name, pair[1]) {
			name = strings.NewReplacer(pair[0], "", pair[1], "").Replace(name)
		}
	}
	name = withoutTold(name)
	switch m.change() {
	case "increase":
		if !strings.Contains(name, "提高") && !strings.Contains(strings.TrimPrefix(name, "每增加"), "增") && !strings.Contains(name, "上升") {
			name += string(st.text[m.from:st.numbers[m.number].from])
		}
		return trimName(name)
	case "decrease":
		if !strings.Contains(name, "减") && !strings.Contains(name, "降") {
			name += string(st.text[m.from:st.numbers[m.number].from])
		}
		return trimName(name)
	}
	if m.unit.base == "%" && strings.HasSuffix(name, "占") {
		return name + "比"
	}
	if m.unit.base == "%" && name != "" && !endsInAny(name, shareHeads) {
		return name + "比例"
	}
	if m.unit.base == "学时" || m.unit.base == "课时" {
		name = strings.TrimSuffix(strings.TrimSuffix(name, "制度"), "机制")
	}
	if name == "" || endsInHead(name) && m.unit.base != "人次" {
		return name
	}
	if m.rank {
		return name + "名次"
	}
	return name + headOf(m.unit)
}

// withoutTold leaves out the number that stands before and was told already: 1人获评特级教师 → 获评特级教师.
func withoutTold(name string) string {
	rest := strings.TrimLeft(name, "0123456789")
	if rest == name {
		return name
	}
	for _, unit := range []string{"人", "名", "位", "所", "个"} {
		if tail, ok := strings.CutPrefix(rest, unit); ok && hasAnyPrefix(tail, []string{"获评", "获", "被评为", "入选"}) {
			return strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(tail, "被评为"), "获评"), "获")
		}
	}
	return name
}

// officeEnds end the names of the offices that act for everybody.
var officeEnds = []string{"委员会办公室", "督导室", "教育局", "教体局", "社会保障局", "人社局", "财政局", "编办"}

// withoutOffice drops the offices that have a duty from its name: 市教育局、市财政局检查次数.
func withoutOffice(name string) string {
	best := 0
	for _, office := range officeEnds {
		if i := strings.LastIndex(name, office); i >= 0 && i < 30*len("局") {
			best = max(best, i+len(office))
		}
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(name[best:], "按照"), "按"), "组织")
	if best == 0 || len([]rune(rest)) < 4 || prefixOf(rest, []string{"直属", "机关", "干部", "领导", "人员", "牵头"}) != "" {
		return name
	}
	return rest
}

// shareHeads end the names of shares and degrees.
var shareHeads = []string{"率", "比例", "占比", "比重", "比", "度", "面", "幅度", "水平", "普及", "班额", "额", "标准"}

// headOf is the noun that a unit counts when the words do not name it.
func headOf(unit unitMatch) string {
	switch unit.base {
	case "%", "‰":
		return "比例"
	case "人", "名", "位":
		return "人数"
	case "人次", "学时", "课时", "学分", "门次", "场次", "班次":
		return unit.base
	case "次", "节", "篇", "项", "台", "套", "册", "场", "辆", "间", "条", "件", "户", "门", "份", "本":
		return unit.base + "数"
	case "节课":
		return "节数"
	case "元", "美元":
		return "资金"
	case "倍":
		return "倍数"
	}
	if unit.class == classCount {
		return "数"
	}
	if isOneOf(unit.base, []string{"平方米", "㎡", "m²", "亩", "公顷", "平方公里"}) {
		return "面积"
	}
	return ""
}

// change tells whether the measure is a rise or a fall, "" when it is a level.
func (m *measure) change() string {
	switch {
	case m.after != compareNone && m.comparator != compareUp && m.comparator != compareDown:
		return ""
	case m.comparator == compareUp:
		return "increase"
	case m.comparator == compareDown:
		return "decrease"
	case m.unit.base == "番":
		return "increase"
	}
	return ""
}
