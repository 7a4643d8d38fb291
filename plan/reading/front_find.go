package reading

import (
	"strings"
	"unicode/utf8"
)

// titleEndings are the kinds of document that a title names at its end.
var titleEndings = []string{"规划", "计划", "方案", "意见", "纲要", "通知", "办法", "要点", "解读", "说明", "决定", "细则", "措施",
	"清单", "公告", "图解", "问答", "行动", "规划纲要"}

// frontLimit is how many lines the title, the meta data and the contents may take.
const frontLimit = 300

// markFront marks titles, meta data, the letter of issue and the contents, which stand before the plan.
// It returns the index of the first line of the plan's own text.
func markFront(lines []line) int {
	first := markContents(lines)
	limit := min(first, frontLimit)
	body := 0
	begun := false // the plan's title and a paragraph have passed
	for i := 0; i < limit; i++ {
		if lines[i].toc {
			body = i + 1
			continue
		}
		if body > 0 && !begun && isParagraph(lines[i]) && !isNoticeTitle(lines[body-1].text) {
			begun = true
		}
		if n := titleLines(lines[:limit], i); n > 0 {
			// 书香校园行动 below the first paragraph is a heading of the plan, not another plan.
			if begun && namesPart(lines[i+n-1].text) {
				continue
			}
			for k := i; k < i+n; k++ {
				lines[k].title = true
			}
			i += n - 1
			body = i + 1
		}
	}
	for body < limit && (lines[body].furniture || isFurniture(lines[body].text)) {
		body++
	}
	dropRepeatedTitles(lines[:body])
	for i := range lines[:body] {
		lines[i].front = true
	}
	return body
}

// markContents marks a list of contents and returns the first numbered line behind it.
func markContents(lines []line) int {
	first := -1
	annexes := markAnnexList(lines)
	for i := range lines[:min(len(lines), frontLimit)] {
		if isNumberedLine(lines[i]) && !annexes[i] {
			first = i
			break
		}
	}
	if first < 0 {
		return len(lines)
	}
	key := contentsKey(lines[first].text)
	again := -1
	for i := first + 1; i < len(lines) && i < first+frontLimit; i++ {
		if lines[i].label.style == lines[first].label.style && lines[i].label.number == lines[first].label.number &&
			strings.HasPrefix(contentsKey(lines[i].text), key) {
			again = i
			break
		}
	}
	if again < first+3 || !onlyEntries(lines[first:first+3]) {
		return first
	}
	end := first
	for end < again && (isNumberedLine(lines[end]) || lines[end].label.style != styleNone) && !endsInStop(lines[end].text) {
		end++
	}
	if end < first+3 {
		return first
	}
	from := first
	for from > 0 && squeeze(lines[from-1].text) == "目录" {
		from--
	}
	for i := from; i < end; i++ {
		lines[i].toc = true
	}
	return again
}

// markAnnexList returns the lines that go on with the list of annexes of a letter: 附件：1.… and below it 2.….
func markAnnexList(lines []line) map[int]bool {
	annexes := map[int]bool{}
	titles := map[string]bool{}
	for _, l := range lines {
		if l.label.style == styleNone && l.table == 0 && runes(l.text, 61) <= 60 {
			titles[l.text] = true
		}
	}
	for i := range lines {
		if lines[i].label.style != styleAnnex || lines[i].label.number > 0 || lines[i].table > 0 {
			continue
		}
		first := parseLabel(lines[i].text[lines[i].label.end:])
		number := 0
		if first.style == styleDot {
			number = first.number
		}
		for k := i + 1; k < len(lines) && lines[k].label.style == styleDot && lines[k].label.number == number+1 && !endsInStop(lines[k].text); k++ {
			annexes[k] = true
			number++
		}
		// 附件：某表 at the end of a letter, when the annex itself follows under its own label.
		if number > 0 || titles[lines[i].text[lines[i].label.end:]] && i > 0 && lines[i].label.end < len(lines[i].text) && !isTitle(lines[i].text) {
			annexes[i] = true
		}
	}
	for i := range annexes {
		lines[i].label, lines[i].furniture = label{}, true
	}
	return annexes
}

// onlyEntries tells whether the lines could stand in a list of contents.
func onlyEntries(lines []line) bool {
	for _, l := range lines {
		if l.label.style == styleNone || endsInStop(l.text) || runes(l.text, 61) > 60 {
			return false
		}
	}
	return true
}

// contentsKey is a line without the leader and the page number of a contents list.
func contentsKey(s string) string {
	s = strings.TrimRight(squeeze(s), "0123456789０１２３４５６７８９-—")
	s = strings.TrimRight(s, ".…·．。:：")
	return s
}

// isNumberedLine tells whether the line begins with a label that opens a part of a plan.
func isNumberedLine(l line) bool {
	return l.table == 0 && l.label.style != styleNone && l.label.style != styleAnnex && l.label.end < len(l.text)
}

func endsInStop(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return isStop(r) || r == '；' || r == ';'
}

// titleLines returns over how many lines a title runs that begins at line i; 0 where none begins.
func titleLines(lines []line, i int) int {
	joined := ""
	for n := 0; n < 3 && i+n < len(lines); n++ {
		l := lines[i+n]
		if l.table > 0 || l.toc || l.furniture || l.label.style != styleNone && l.label.style != styleAnnex || runes(l.text, 81) > 80 {
			return 0
		}
		if n > 0 && (isFurniture(l.text) || isTitle(l.text) && (isIssuer(joined) && !strings.HasPrefix(l.text, "关于") && !startsQuoted(l.text))) {
			return 0
		}
		joined += strings.TrimSpace(l.text)
		if isTitle(joined) {
			if i+n+1 < len(lines) && isTitleTail(lines[i+n+1].text) {
				n++
			}
			return n + 1
		}
		if n == 0 && !mayBeginTitle(joined) {
			return 0
		}
	}
	return 0
}

// isTitleTail tells whether a line is the bracket that ends a title: （2024—2027年）, (试行).
func isTitleTail(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return (first == '(' || first == '（') && !isDateLine(s) && endsInBracket(s) && runes(s, 21) <= 20 && (periodIn(s) != nil || containsAny(s, []string{"试行", "征求意见", "草案", "讨论稿", "修订"}))
}

func startsQuoted(s string) bool { return strings.HasPrefix(s, "“") || strings.HasPrefix(s, "\"") }

// mayBeginTitle tells whether a line can be the first of a title that is broken over lines.
func mayBeginTitle(s string) bool {
	return runes(s, 41) <= 40 && !strings.ContainsAny(s, "。;；,，!！?？:：|") && !isDateLine(s) &&
		!strings.HasPrefix(s, "(") && !strings.HasPrefix(s, "（") && squeeze(s) != "目录"
}

// isTitle tells whether the text names a document.
func isTitle(s string) bool {
	if annex := parseLabel(s); annex.style == styleAnnex {
		s = s[annex.end:]
	}
	s = strings.TrimSpace(s)
	if n := runes(s, 121); n < 6 || n > 120 || strings.ContainsAny(s, "。!！?？;；>＞»|") || isFurniture(s) {
		return false
	}
	return hasAnySuffix(bareTitle(s), titleEndings)
}

// bareTitle is a title without the brackets, quotes and spaces that follow the kind of document.
func bareTitle(s string) string {
	for {
		s = strings.TrimRight(s, " 　》〉”\"")
		r, size := utf8.DecodeLastRuneInString(s)
		if r != ')' && r != '）' {
			return s
		}
		open := max(strings.LastIndexByte(s[:len(s)-size], '('), strings.LastIndex(s[:len(s)-size], "（"))
		if open <= 0 {
			return s
		}
		s = s[:open]
	}
}

// dropRepeatedTitles keeps the last of equal titles: pages print the title above the contents again.
func dropRepeatedTitles(front []line) {
	last := map[string]int{}
	for i := range front {
		if front[i].title {
			last[titleKey(front[i].text)] = i
		}
	}
	for i := range front {
		if front[i].title && last[titleKey(front[i].text)] != i {
			front[i].title = false
		}
	}
	// A notice is printed with its office and without: the longer title stays.
	for i := range front {
		for k := range front[:min(len(front), frontLimit)] {
			if i != k && front[i].title && front[k].title && isNoticeTitle(front[i].text) && len(front[k].text) > len(front[i].text) && strings.HasSuffix(titleKey(front[k].text), titleKey(front[i].text)) {
				front[i].title = false
			}
		}
	}
}

func titleKey(s string) string {
	if annex := parseLabel(s); annex.style == styleAnnex {
		s = s[annex.end:]
	}
	return strings.Trim(squeeze(s), "《》")
}
