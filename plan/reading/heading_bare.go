package reading

import "strings"

// bareLimit is how long a heading without a number may be, in characters.
const bareLimit = 20

// markBare finds the headings of a document that numbers none: short lines without an end mark, above a paragraph
// or above another such line. One right above another holds it and those like it below.
func markBare(lines []line, body int) {
	if anyNumbered(lines[body:]) {
		return
	}
	count := 0
	for i := body; i < len(lines); i++ {
		if lines[i].block > 0 {
			return
		}
		if isBare(lines, i) {
			count++
		}
	}
	if count < 2 {
		return
	}
	above, first := false, ""
	for i := body; i < len(lines); i++ {
		if !isBare(lines, i) {
			continue
		}
		title := lines[i].text
		holds := i+1 < len(lines) && isBare(lines, i+1)
		switch {
		case holds:
			lines[i].block, above, first = 1, true, lines[i+1].text
		case above && sameKind(title, first):
			lines[i].block = 2
		default:
			lines[i].block, above = 1, false
		}
	}
}

// isBare tells whether a line has the look of a heading without a number and text or such a line below it.
func isBare(lines []line, i int) bool {
	if !looksBare(lines[i]) || i+1 >= len(lines) {
		return false
	}
	next := lines[i+1]
	return next.table == 0 && (isParagraph(next) || looksBare(next) && i+2 < len(lines) && isParagraph(lines[i+2]))
}

func isParagraph(l line) bool {
	return l.table == 0 && l.label.style == styleNone && endsInStop(l.text) && runes(l.text, bareLimit+1) > bareLimit
}

func looksBare(l line) bool {
	if l.table > 0 || l.front || l.furniture || l.label.style != styleNone {
		return false
	}
	n := runes(l.text, bareLimit+1)
	return n >= 4 && n <= bareLimit && !strings.ContainsAny(l.text, "。,，;；:：！？!?|%％") && !isFurniture(l.text) && (!isTitle(l.text) || namesPart(l.text)) && !isTitleTail(l.text)
}

// namesPart tells whether what looks like a title is rather the name of a part: 书香校园行动.
func namesPart(s string) bool {
	return hasAnySuffix(bareTitle(s), []string{"行动", "措施", "清单"})
}

// sameKind tells whether two headings stand side by side: both end in the same noun or both begin with a verb.
func sameKind(a, b string) bool {
	a, b = strings.TrimRight(a, "0123456789.（）()"), strings.TrimRight(b, "0123456789.（）()")
	return cutFront(a, 2) == cutFront(b, 2) || hasAnyPrefix(a, titleVerbs) && hasAnyPrefix(b, titleVerbs)
}
