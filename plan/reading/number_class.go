package reading

import "unicode"

// numberKind says what a number is for. Only quantities become targets and facts; bare numbers are the
// ones that the reader did not understand.
type numberKind string

const (
	kindQuantity  numberKind = "quantity"
	kindBare      numberKind = "bare"      // no unit and no comparator: not understood
	kindYear      numberKind = "year"      // 2025年, 2021—2025
	kindDate      numberKind = "date"      // 9月, 10日, 08:30
	kindDocument  numberKind = "document"  // 〔2023〕1号
	kindName      numberKind = "name"      // part of a title in 《》 or of the name of a plan, 学前三年
	kindSlogan    numberKind = "slogan"    // “1+X”, “四统一”
	kindOrdinal   numberKind = "ordinal"   // 第3次
	kindLabel     numberKind = "label"     // 1. (2) 专栏3
	kindCode      numberKind = "code"      // 5G, index numbers, telephone numbers
	kindDuration  numberKind = "duration"  // 三年内, 用3年时间
	kindPeriod    numberKind = "period"    // 每5年, 每百名学生, 5年一周期
	kindCondition numberKind = "condition" // 45岁以下, 20万人口以上的县
	kindPart      numberKind = "part"      // 5个方面, 26条措施
	kindArticle   numberKind = "article"   // 一 as an article: 一所新学校
)

// runeSpan is a span of runes.
type runeSpan struct{ from, to int }

// marks are the quotations and titles of a sentence, in order.
type marks struct {
	quotes []runeSpan // inside “”
	titles []runeSpan // inside 《》
}

// quoteLongest is the longest quotation that can be the name of something; longer ones are speech.
const quoteLongest = 24

// scanMarks finds quotations and titles. A mark that is never closed covers nothing.
func scanMarks(text []rune) marks {
	var m marks
	quote, title, depth := -1, -1, 0
	for i, r := range text {
		switch r {
		case '“', '「', '‘':
			if quote < 0 || r == '“' {
				quote = i
			}
		case '”', '」', '’':
			if quote >= 0 && i-quote <= quoteLongest {
				m.quotes = append(m.quotes, runeSpan{quote, i + 1})
			}
			quote = -1
		case '《', '〈':
			if depth == 0 {
				title = i
			}
			depth++
		case '》', '〉':
			if depth > 0 {
				depth--
			}
			if depth == 0 && title >= 0 {
				m.titles = append(m.titles, runeSpan{title, i + 1})
				title = -1
			}
		}
	}
	return m
}

// covers tells whether one of the spans, which stand in order, holds rune i.
func covers(spans []runeSpan, i int) bool {
	low, high := 0, len(spans)
	for low < high {
		middle := (low + high) / 2
		if spans[middle].to <= i {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low < len(spans) && spans[low].from <= i
}

// classify says what each number of the sentence is for.
func classify(text []rune, numbers []number, m marks) {
	every := -1 // where the last 每 stood: 一 counts only after it
	next := 0
	for i := range numbers {
		n := &numbers[i]
		for ; next < n.from; next++ {
			if text[next] == '每' {
				every = next
			}
		}
		n.kind = kindOfNumber(text, n, m, every >= 0)
	}
}

// kindOfNumber tries the readings of a number that are not quantities, the narrow ones first.
func kindOfNumber(text []rune, n *number, m marks, every bool) numberKind {
	switch {
	case covers(m.titles, n.from):
		return kindName
	case isDocumentNumber(text, n):
		return kindDocument
	case isYear(text, n):
		return kindYear
	case isLabel(text, n):
		return kindLabel
	case isOrdinal(text, n):
		return kindOrdinal
	case isDate(text, n):
		return kindDate
	case isCode(text, n):
		return kindCode
	case isSlogan(text, n, m):
		return kindSlogan
	case isPeriod(text, n):
		return kindPeriod
	case isName(text, n):
		return kindName
	case isDuration(text, n):
		return kindDuration
	case isCondition(text, n):
		return kindCondition
	case insideIndicator(text, n):
		return kindName
	}
	return measured(text, n, every)
}

// measured tells a quantity from a part of an argument, an article and a bare number.
func measured(text []rune, n *number, every bool) numberKind {
	if n.form != formPlain {
		if n.form == formShare && !n.percentWords() && !governed(text, n) && !follows(text, n.to, "以上", "以下", "的", "左右", "以内") {
			return kindArticle // 一半 without a comparator is mostly a figure of speech
		}
		return kindQuantity
	}
	if n.percent || n.mille {
		return kindQuantity
	}
	unit, ok := unitAt(text, n.to)
	if !ok {
		if n.chinese {
			return kindArticle
		}
		if governed(text, n) {
			return kindQuantity
		}
		return kindBare
	}
	if isPart(text, n, unit) {
		return kindPart
	}
	if n.chinese && n.value == 1 && !n.ranged {
		if unit.base == "番" {
			return kindQuantity
		}
		if !every && !strictlyGoverned(text, n) || unit.class == classPart || hasAt(text, unit.to, "一") || unit.base == "批" || unit.base == "体" || unit.base == "起" {
			return kindArticle
		}
	}
	if n.chinese && !(every && n.value == 1 && unit.class == classCount) && !countable(text, n, unit) {
		return kindArticle
	}
	return kindQuantity
}

// percentWords tells whether the share is a full number such as 百分之九十, which needs no comparator.
func (n *number) percentWords() bool { return n.value != 50 }

// countable tells whether a Chinese numeral before this unit counts things; 两级, 三条主线, 四大 and the like do not.
func countable(text []rune, n *number, unit unitMatch) bool {
	switch unit.class {
	case classRate, classMoney, classSize:
		return true
	case classDuration, classAge:
		return governed(text, n)
	case classPart:
		return false
	}
	if hasAt(text, unit.to, "一") || n.from > 0 && zhDigit(text[n.from-1]) {
		return false
	}
	switch unit.base {
	case "条", "支", "项", "期", "点", "批", "对", "起", "组", "份", "生", "班", "轮":
		return strictlyGoverned(text, n) || n.value >= 10
	case "人":
		return n.value >= 10 || governed(text, n) || follows(text, unit.to, "以上")
	}
	return true
}

func zhDigit(r rune) bool {
	switch r {
	case '一', '二', '三', '四', '五', '六', '七', '八', '九':
		return true
	}
	return false
}

// follows tells whether one of the words stands at rune i.
func follows(text []rune, i int, words ...string) bool {
	for _, word := range words {
		if hasAt(text, i, word) {
			return true
		}
	}
	return false
}

// precedes tells whether one of the words ends just before rune i.
func precedes(text []rune, i int, words ...string) bool {
	for _, word := range words {
		if _, ok := endsAt(text, i, word); ok {
			return true
		}
	}
	return false
}

func isWhole(v float64) bool { return v == float64(int64(v)) }

// isYear reads 2025年, 2021—2025, 2022/2023学年, 二〇三五年 and the year of a month such as 2020-05-21.
func isYear(text []rune, n *number) bool {
	if n.percent || n.form != formPlain || !isWhole(n.value) || n.value < 1900 || n.value > 2100 {
		return false
	}
	if n.to-n.from < 4 {
		return false
	}
	if n.ranged {
		return n.max >= 1900 && n.max <= 2100
	}
	if follows(text, n.to, "年", "学年", "—", "-", "/", "～", "~", "至", "级", "届", ".", "春", "秋", "）", ")", "、", "和") {
		return !follows(text, n.to, "年限")
	}
	return n.to == len(text) || precedes(text, n.from, "—", "-", "至", "/", "（", "(", "到", "截至", "至")
}

// isDocumentNumber reads 〔2018〕122号 and its like, and 第1号.
func isDocumentNumber(text []rune, n *number) bool {
	if precedes(text, n.from, "〔", "[", "［", "【") && follows(text, n.to, "〕", "]", "］", "】") {
		return true
	}
	if precedes(text, n.from, "〕", "]", "］", "】", "〕第", "]第", "年第") {
		return true
	}
	return follows(text, n.to, "号") && !follows(text, n.to, "号楼")
}

// isLabel reads the label of a heading or of an enumeration, and the number of a box, annex or table.
func isLabel(text []rune, n *number) bool {
	if precedes(text, n.from, "专栏", "附件", "附表", "附录", "附图", "图", "表", "专栏 ", "附件 ", "表 ", "第", "方案") && !n.percent {
		if _, ok := unitAt(text, n.to); !ok || precedes(text, n.from, "专栏", "附件") {
			return true
		}
	}
	if n.percent || n.ranged {
		return false
	}
	start := n.from
	for start > 0 && (unicode.IsSpace(text[start-1]) || text[start-1] == '　') {
		start--
	}
	opened := start > 0 && (text[start-1] == '（' || text[start-1] == '(')
	if opened && follows(text, n.to, "）", ")") {
		return n.value < 100
	}
	first := start == 0 || text[start-1] == '；' || text[start-1] == ';' || text[start-1] == '：' || text[start-1] == ':' || text[start-1] == '。' || text[start-1] == '\n'
	return first && n.value < 1000 && follows(text, n.to, ".", "．", "、", ")", "）", "是", "，") && !n.percent
}

// isOrdinal reads 第3次 and numbered people and places.
func isOrdinal(text []rune, n *number) bool {
	if precedes(text, n.from, "第", "初", "高", "No.", "NO.", "№", "之") && n.value < 1000 {
		return precedes(text, n.from, "第", "No.", "NO.", "№") || n.value <= 3 && n.chinese
	}
	return follows(text, n.to, "年级", "号楼", "时代", "版", "行动", "号文", "公里处", "路公交") && !n.ranged && n.form == formPlain && !n.percent && n.value != 1 || n.chinese && follows(text, n.to, "年级", "是", "期工程", "级")
}

// isDate reads months, days and times of the clock.
func isDate(text []rune, n *number) bool {
	if n.percent || n.form == formShare {
		return false
	}
	if n.form == formRatio {
		return n.to-n.from == 5 && n.value < 25 && n.max < 60 && n.max != n.value && digitPair(text, n.from) && digitPair(text, n.from+3) ||
			follows(text, n.to, ":", "：") || precedes(text, n.from, ":")
	}
	if follows(text, n.to, "月份", "月底", "月末", "月初", "月") && n.value >= 1 && n.value <= 12 && !follows(text, n.to, "月均") {
		return true
	}
	if follows(text, n.to, "日", "号") && n.value <= 31 {
		return !follows(text, n.to, "日常") || true
	}
	if follows(text, n.to, "时", "点") && n.value <= 24 && !follows(text, n.to, "时段", "点位", "点对") {
		return true
	}
	// 2020-05-21 is a year and a range that does not read as one.
	return precedes(text, n.from, "-", "/") && n.value < 32 && n.from > 4 && isDigitAt(text, n.from-2)
}

func digitPair(text []rune, i int) bool {
	return isDigitAt(text, i) && isDigitAt(text, i+1)
}

func isDigitAt(text []rune, i int) bool {
	if i < 0 || i >= len(text) {
		return false
	}
	_, ok := digit(text[i])
	return ok
}

// isCode reads numbers that are glued to letters, long rows of digits and versions such as 2.0.
func isCode(text []rune, n *number) bool {
	if n.chinese || n.percent || n.form == formRatio {
		return false
	}
	_, unit := unitAt(text, n.to)
	if n.from > 0 && (isLatin(text[n.from-1]) || text[n.from-1] == '_' || text[n.from-1] == '.' && n.from > 1 && isLatin(text[n.from-2])) {
		return true
	}
	if n.to < len(text) && (isLatin(text[n.to]) && (!unit || follows(text, n.to, "G和", "G网", "G技", "G+", "G智", "G基", "G＋", "G、", "G应", "G专", "G通", "D")) || text[n.to] == '_') {
		return true
	}
	if n.ranged && !unit && n.to-n.from >= 9 {
		return true
	}
	if n.to-n.from >= 7 && !unit && !n.ranged && isWhole(n.value) {
		return true
	}
	if follows(text, n.to, "热线", "平台") && !n.ranged || follows(text, n.to, "-") && isDigitAt(text, n.to+1) {
		return true
	}
	return !unit && text[n.to-1] == '0' && n.to-n.from == 3 && text[n.from+1] == '.' && !governed(text, n)
}

// isSlogan reads the figures of catchwords: in short quotations, 1+X, and 7×24小时.
func isSlogan(text []rune, n *number, m marks) bool {
	if follows(text, n.to, "+", "＋", "×", "✕") || precedes(text, n.from, "+", "＋", "×", "✕") {
		return true
	}
	if !covers(m.quotes, n.from) {
		return n.from > 0 && n.chinese && (text[n.from-1] == '“')
	}
	return true
}
