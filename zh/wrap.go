package zh

import (
	"strings"
	"unicode/utf8"
)

// Wraps joins lines that a program cut at a fixed width or at the end of a page: inside a number, a bracket or a
// sentence. Headings, items, fields of a table and lines that end a sentence stay apart.
func Wraps(text string) []Edit {
	all := lines(text)
	width := wrapWidth(all)
	var edits []Edit
	last := -1
	for i, l := range all {
		if l.text == "" {
			continue
		}
		if last >= 0 && i-last <= 2 && joins(all[last].text, l.text, width, i-last == 1) {
			from := all[last].from + strings.Index(text[all[last].from:all[last].to], all[last].text) + len(all[last].text)
			to := l.from + strings.Index(text[l.from:l.to], l.text)
			edits = append(edits, Edit{From: from, To: to, After: glue(all[last].text, l.text), Rule: "wrap"})
		}
		last = i
	}
	return edits
}

// glue returns what stands between two joined lines: a blank between two words of letters.
func glue(head, tail string) string {
	last, _ := before(head, len(head))
	next, _ := after(tail, 0)
	if isLetter(last) && isLetter(next) {
		return " "
	}
	return ""
}

// units are the beginnings of what may follow a number.
const units = "%％‰年月日个所名人万亿元项节次学时课周小岁级类门套册台座间栋平公米期届位家户处场批轮篇条件百千倍分"

// joins tells whether tail goes on where head was cut. Without near an empty line stands between them.
func joins(head, tail string, width int, near bool) bool {
	if startsLabel(tail) && !isNumberTail(head, tail) || isMetadata(head) || isMetadata(tail) || strings.HasSuffix(head, "|") || strings.HasPrefix(tail, "|") || startsItem(tail) {
		return false
	}
	last, _ := before(head, len(head))
	next, _ := after(tail, 0)
	count := utf8.RuneCountInString(head)
	switch {
	case isNumberTail(head, tail):
		return true
	case endsInNote(head):
		return false
	case count < 6:
		return false
	case strings.ContainsRune("，,、。；;）)》”%％", next):
		return !endsSentence(last)
	case strings.ContainsRune("。！？；：!?;:…", last):
		return false
	case opensBracket(head, tail):
		return true
	}
	if !near {
		return isOpen(head) && count >= 20 && (last == '，' || last == ',' || last == '、')
	}
	if strings.ContainsRune("，,、", last) {
		return true
	}
	if strings.ContainsRune("”》）)", last) && !isOpen(head) || !isHan(next) && !isDigit(next) && next != '“' && next != '《' {
		return false
	}
	if displayWidth(head) >= width-3 && displayWidth(head) <= width+2 {
		return true
	}
	return isOpen(head) && count >= 20 && !isField(head) && !isTable(head) && !isTable(tail)
}

// isNumberTail tells whether a number was cut between the two lines.
func isNumberTail(head, tail string) bool {
	last, size := before(head, len(head))
	next, width := after(tail, 0)
	if last == '.' && isDigit(next) {
		last, _ = before(head, len(head)-size)
		return isDigit(last) && hanCount(head) >= 3
	}
	if !isDigit(last) || hanCount(head) < 3 {
		return false
	}
	if next == '.' {
		following, _ := after(tail, width)
		return isDigit(following)
	}
	if isDigit(next) {
		rest := strings.TrimLeft(tail, "0123456789.")
		unit, _ := after(rest, 0)
		whole := len(head) - len(strings.TrimRight(head, "0123456789"))
		if whole >= 4 { // a year or a number that is complete: the next line is another cell
			return false
		}
		return unit != 0 && strings.ContainsRune(units+"-—至、", unit)
	}
	return strings.ContainsRune(units, next)
}

// endsInNote tells whether a line ends in a note in brackets behind the end of a sentence, 。（责任单位：县教育局）,
// which ends its paragraph.
func endsInNote(head string) bool {
	open := strings.LastIndexAny(head, "（(")
	if open <= 0 || !strings.HasSuffix(head, "）") && !strings.HasSuffix(head, ")") || strings.ContainsAny(head[open:len(head)-1], ")") {
		return false
	}
	last, _ := before(head, open)
	return endsSentence(last)
}

// opensBracket tells whether head leaves a bracket or quotation open that tail shuts.
func opensBracket(head, tail string) bool {
	for _, pair := range [][2]string{{"《", "》"}, {"（", "）"}, {"(", ")"}, {"〔", "〕"}, {"“", "”"}} {
		if strings.LastIndex(head, pair[0]) > strings.LastIndex(head, pair[1]) {
			shut, open := strings.Index(tail, pair[1]), strings.Index(tail, pair[0])
			if shut >= 0 && (open < 0 || shut < open) {
				return true
			}
		}
	}
	return false
}

// startsItem tells whether a line begins an item without a number.
func startsItem(s string) bool {
	r, _ := after(s, 0)
	return strings.ContainsRune("●■◆★▲○□◇※·•-—①②③④⑤⑥⑦⑧⑨⑩", r) || strings.HasPrefix(s, "附件") || strings.HasPrefix(s, "附表") || strings.HasPrefix(s, "专栏")
}

// isField tells whether a line begins with a label and a colon, such as 牵头单位：, and holds no sentence: it is whole
// though nothing ends it.
func isField(s string) bool {
	label, rest, found := strings.Cut(strings.Replace(s, ":", "：", 1), "：")
	n := utf8.RuneCountInString(label)
	return found && n >= 2 && n <= 8 && hanCount(label) == n && !strings.ContainsAny(rest, "。！？；!?;")
}

// isTable tells whether a line looks like a row of cells.
func isTable(s string) bool {
	return strings.Contains(s, "|") || strings.Contains(s, "\t") || strings.Count(s, "  ") >= 2
}

// displayWidth is the width of a line in columns of half-width characters.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		if r < 0x2000 {
			n++
		} else {
			n += 2
		}
	}
	return n
}

// minWrapped is the fewest lines cut at the same width that show how wide a text was set.
const minWrapped = 6

// wrapWidth returns the width at which most of the cut lines of a text end; far beyond any line when there is none.
func wrapWidth(all []line) int {
	const none = 1 << 30
	counts := map[int]int{}
	open := 0
	for _, l := range all {
		last, _ := before(l.text, len(l.text))
		if last == 0 || endsSentence(last) || last == '：' || last == ':' {
			continue
		}
		if w := displayWidth(l.text); w >= 40 && w <= 200 {
			counts[w]++
			open++
		}
	}
	best, bestCount := none, 0
	for w := 40; w <= 200; w++ {
		near := 0
		for d := 0; d <= 3; d++ {
			near += counts[w-d]
		}
		if near > bestCount || near == bestCount && near > 0 {
			best, bestCount = w, near
		}
	}
	if bestCount < minWrapped || bestCount*2 < open {
		return none
	}
	return best
}
