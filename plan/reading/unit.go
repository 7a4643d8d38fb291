package reading

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// unitClass says how the words around a counted unit name what is counted.
type unitClass int

const (
	classNone     unitClass = iota
	classRate               // per cent, points, times, 番: the subject before the number names it
	classCount              // things, people, events: noun after the number or object before it
	classMoney              // money spent or a rate of pay
	classDuration           // years, months, hours of class time
	classAge                // years of age: a condition unless a comparator governs it
	classSize               // area, length, bandwidth
	classPart               // parts of a document or of an argument: 方面, 种, 类
)

// units are the counted units of plans with their class. A word stands here once; the longest match wins.
var units = map[string]unitClass{
	"个百分点": classRate, "百分点": classRate, "个千分点": classRate, "倍": classRate, "番": classRate, "分": classRate, "岁": classAge, "周岁": classAge,
	"所": classCount, "个": classCount, "名": classCount, "人": classCount, "位": classCount, "人次": classCount, "家": classCount,
	"间": classCount, "座": classCount, "处": classCount, "套": classCount, "台": classCount, "件": classCount, "册": classCount,
	"本": classCount, "栋": classCount, "幢": classCount, "辆": classCount, "部": classCount, "节": classCount, "节课": classCount,
	"课时": classCount, "学时": classCount, "学分": classCount, "次": classCount, "场": classCount, "场次": classCount,
	"门": classCount, "门次": classCount, "篇": classCount, "项": classCount, "条": classCount, "批": classCount, "班": classCount,
	"班次": classCount, "期": classCount, "户": classCount, "组": classCount, "对": classCount, "支": classCount, "块": classCount,
	"件次": classCount, "首": classCount, "份": classCount, "枚": classCount, "株": classCount, "张": classCount, "台套": classCount,
	"台件": classCount, "台（套）": classCount, "台(套)": classCount, "生": classCount, "堂": classCount, "轮": classCount, "轮次": classCount, "届": classCount, "遍": classCount, "盏": classCount,
	"人/次": classCount, "个班": classCount, "例": classCount, "起": classCount, "副": classCount, "床": classCount, "片": classCount, "万": classCount, "类": classPart, "种": classPart, "方面": classPart, "大": classPart, "级": classPart, "点": classPart,
	"元": classMoney, "美元": classMoney, "人民币": classMoney,
	"年": classDuration, "学年": classDuration, "学期": classDuration, "个学期": classDuration, "个月": classDuration, "月": classDuration,
	"周": classDuration, "天": classDuration, "日": classDuration, "个工作日": classDuration, "工作日": classDuration,
	"小时": classDuration, "个小时": classDuration, "分钟": classDuration, "个周": classDuration, "个学年": classDuration,
	"平方米": classSize, "m²": classSize, "㎡": classSize, "平方公里": classSize, "亩": classSize, "公顷": classSize, "米": classSize, "公里": classSize, "千米": classSize,
	"M": classSize, "Mbps": classSize, "MB": classSize, "兆": classSize, "G": classSize, "Gbps": classSize, "GB": classSize, "TB": classSize, "PB": classSize, "千兆": classSize, "吨": classSize, "千瓦": classSize,
}

// periods are the spans of time that a rhythm counts in.
var periods = []string{"半年", "半个月", "半学期", "个学期", "学期", "个学年", "学年", "年度", "季度", "个月", "月份", "周年", "年", "月", "周", "星期", "天", "日", "季", "节课"}

// unitMatch is a unit found after a number.
type unitMatch struct {
	text   string // as written, with 万 or 亿 in front
	base   string // without multiplier
	class  unitClass
	to     int // rune offset behind the unit
	approx bool
}

// unitAt reads the unit at rune i, with a multiplier and words of approximation before it: 万册, 余人, 多名.
func unitAt(text []rune, i int) (unitMatch, bool) {
	var m unitMatch
	from := i
	for i < len(text) && (text[i] == ' ' || text[i] == '余' || text[i] == '多' || text[i] == '几') {
		m.approx = m.approx || text[i] != ' '
		i++
	}
	factor := ""
	for i < len(text) && i < from+6 && (text[i] == '万' || text[i] == '亿' || text[i] == '千' && !hasAt(text, i, "千米") && !hasAt(text, i, "千瓦") && !hasAt(text, i, "千兆") || text[i] == '百' && factor != "" || text[i] == '余' || text[i] == '多' || text[i] == '百' && hasAt(text, i, "百万")) {
		if text[i] == '余' || text[i] == '多' {
			m.approx = true
		} else {
			factor += string(text[i])
		}
		i++
	}
	if i >= len(text) {
		return m.alone(factor, i)
	}
	for _, base := range unitsByFirst[text[i]] {
		if base == "万" || !hasAt(text, i, base) {
			continue
		}
		n, class := utf8.RuneCountInString(base), units[base]
		if !unitStands(text, i, n, base) {
			continue
		}
		to := i + n
		switch base {
		case "个学期", "个学年", "个小时", "个周":
			base = string([]rune(base)[1:])
		}
		m.text, m.base, m.class, m.to = factor+base, base, class, to
		return m, true
	}
	return m.alone(factor, i)
}

// alone is a multiplier without a unit: 3.2万.
func (m unitMatch) alone(factor string, i int) (unitMatch, bool) {
	if factor == "" {
		return m, false
	}
	m.text, m.base, m.class, m.to = factor, "", classCount, i
	return m, true
}

// unitsByFirst are the units by their first character, the long ones first.
var unitsByFirst = byFirst()

func byFirst() map[rune][]string {
	found := map[rune][]string{}
	for base := range units {
		r, _ := utf8.DecodeRuneInString(base)
		found[r] = append(found[r], base)
	}
	for _, list := range found {
		sort.Slice(list, func(i, j int) bool {
			return len(list[i]) > len(list[j]) || len(list[i]) == len(list[j]) && list[i] < list[j]
		})
	}
	return found
}

// unitWords are words that begin with the sign of a unit but are none after a number.
var unitWords = []string{"个月度", "个生活", "班级", "人才", "人员", "个学年度", "分别", "分类", "分层", "分校", "分为", "分成", "分之", "部门", "部分", "名师", "名校", "名班", "人民", "人才", "家长", "家庭", "对一", "对象", "对口", "次性", "条龙",
	"期末", "期间", "处于", "处理", "生均", "生活", "生源", "级以上", "所有", "所在", "个性", "位一体", "位于", "本科", "班子", "班主任", "项目", "块钱", "点对点", "点半", "组织", "组建", "支持", "支撑", "支付",
	"张贴", "门类", "套餐", "份额", "大型", "大力", "大幅", "大幅度", "期限", "对接", "例如", "起步", "起点", "起来"}

// unitStands refuses a unit that is the beginning of a longer word. 项 before 目 is a unit only in 项目 counted as such.
func unitStands(text []rune, i, n int, base string) bool {
	if hasAt(text, i, "项目") && base == "项" {
		return false
	}
	for _, word := range unitWords {
		if strings.HasPrefix(word, base) && len(word) > len(base) && hasAt(text, i, word) {
			return false
		}
	}
	if base == "个周" && hasAt(text, i+n, "期") {
		return false
	}
	if base == "个班" && follows(text, i+n, "级", "子", "主任") {
		return false
	}
	if c := base[0]; c < 0x80 && i+n < len(text) && isLatin(text[i+n]) {
		return false
	}
	return true
}

// hasAt tells whether word stands at rune i.
func hasAt(text []rune, i int, word string) bool {
	for _, r := range word {
		if i < 0 || i >= len(text) || text[i] != r {
			return false
		}
		i++
	}
	return true
}

// endsAt tells whether word ends just before rune i, and where it begins.
func endsAt(text []rune, i int, word string) (int, bool) {
	if last, _ := utf8.DecodeLastRuneInString(word); i <= 0 || i > len(text) || text[i-1] != last {
		return 0, false
	}
	n := utf8.RuneCountInString(word)
	if i < n || !hasAt(text, i-n, word) {
		return 0, false
	}
	return i - n, true
}

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
