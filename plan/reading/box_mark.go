package reading

import (
	"strings"
	"unicode/utf8"
)

// boxEndings are what the items of a box are called.
var boxEndings = []string{"项目", "工程", "计划", "行动", "试点", "活动", "工作", "建设"}

// itemLimit is how long the name of an item of a box may be, in characters.
const itemLimit = 40

// markBoxes returns for every line whether it stands inside a box. Text keeps no frame: a box ends at the next
// numbered heading of the plan or at a paragraph that no longer looks like the items before it.
func markBoxes(lines []line) []bool {
	inside := make([]bool, len(lines))
	for i := 0; i < len(lines); {
		if lines[i].label.style != styleBox || lines[i].front || lines[i].table > 0 {
			i++
			continue
		}
		end := boxEnd(lines, i)
		for k := i; k < end; k++ {
			inside[k] = true
		}
		i = end
	}
	return inside
}

// boxEnd returns the first line behind the box that opens at line at.
func boxEnd(lines []line, at int) int {
	if end := frameEnd(lines, at); end > 0 {
		return end
	}
	named, short := false, 0
	numbered := styleNone
	for i := at + 1; i < len(lines); i++ {
		l := lines[i]
		switch s := l.label.style; {
		case l.table > 0:
			continue
		case s == styleNone:
		case (s == styleDot || s == styleDigits || s == styleCircle) && (numbered == s || numbered == styleNone && l.label.number == 1 && i == at+1):
			numbered = s
			continue
		default:
			return i
		}
		if numbered != styleNone {
			// The items are numbered: what follows without a number is text of an item only when it is no new part.
			if lead, rest := leadOf(l.text); rest != "" && !hasAnySuffix(lead, boxEndings) {
				return i
			}
			continue
		}
		lead, rest := leadOf(l.text)
		name := isItemName(lead)
		switch {
		case name:
			named = true
		case i == at+1:
		case holdsItemName(rest) || holdsItemName(nextRest(lines, i)) && !named:
			named = true
		case named || short >= 2 || !isBrief(l.text):
			return i
		}
		if !name {
			short++
		}
	}
	return len(lines)
}

// frameEnd returns the line behind the frame of the box that opens at line at, 0 where no edge of it is left.
func frameEnd(lines []line, at int) int {
	for i := at + 1; i < len(lines) && i < at+40; i++ {
		if s := lines[i].label.style; s == styleBox || s == styleComma || s == styleParen || s == styleChapter || s == styleSection {
			return 0
		}
		if lines[i].bar {
			return i + 1
		}
	}
	return 0
}

// isItemName tells whether a lead names an item of a box: a noun, not an order to carry one out.
func isItemName(lead string) bool {
	if n := runes(lead, itemLimit+1); n < 3 || n > itemLimit || strings.ContainsAny(lead, ",，;；:：") {
		return false
	}
	bare := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(lead, "继续"), "深入"), "全面"), "认真")
	return hasAnySuffix(lead, boxEndings) && !hasAnyPrefix(bare, []string{"实施", "开展", "落实", "做好", "执行", "参与", "申报", "完成", "组织实施"})
}

// holdsItemName tells whether one of the next sentences is only the name of an item.
func holdsItemName(s string) bool {
	for n := 0; n < 3 && s != ""; n++ {
		var lead string
		if lead, s = leadOf(s); s != "" && isItemName(lead) {
			return true
		}
	}
	return false
}

func nextRest(lines []line, i int) string {
	if i+1 < len(lines) && lines[i+1].label.style == styleNone {
		if lead, rest := leadOf(lines[i+1].text); isItemName(lead) && rest != "" {
			return lead + "。" + rest
		}
	}
	return ""
}

// isBrief tells whether a paragraph is as short as the items of a box are.
func isBrief(s string) bool {
	return runes(s, 91) <= 90 && strings.Count(s, "。") <= 2
}

// leadOf cuts a paragraph behind its first sentence, or behind a short name with a colon.
func leadOf(s string) (lead, rest string) {
	n := 0
	for at, r := range s {
		if n++; n > 200 {
			return s, ""
		}
		if isStop(r) || (r == '：' || r == ':') && n <= itemLimit && at > 0 && !strings.ContainsAny(s[:at], ",，") {
			return s[:at], s[at+utf8.RuneLen(r):]
		}
	}
	return s, ""
}
