package reading

import (
	"strings"

	"jiaoheng/document"
)

// runInLimit is how long the first sentence of an unnumbered paragraph may be and still only name it.
const runInLimit = 25

// addParagraph writes an unnumbered line: the text of a part, often with a first sentence that names it.
func (b *builder) addParagraph(i int) bool {
	l := b.lines[i]
	if b.inside[i] {
		return b.addBoxParagraph(i)
	}
	b.current = -1
	if len(b.stack) > 0 {
		for len(b.stack) > 0 && b.stack[len(b.stack)-1].style == styleBox {
			b.stack = b.stack[:len(b.stack)-1]
		}
		if len(b.stack) > 0 {
			b.current = b.stack[len(b.stack)-1].heading
			b.role = b.stack[len(b.stack)-1].role
		}
	}
	lead, _ := leadOf(l.text)
	if b.current >= 0 && b.runIn[i] && b.role != RoleIdeology {
		b.headRunIn(l, lead)
		return false
	}
	if b.current >= 0 && b.standsAlone(i) {
		b.headRunIn(l, l.text)
		return true
	}
	b.sentencesFrom(l, 0)
	return false
}

// findRunIns tells for every unnumbered paragraph whether its first sentence names it. One paragraph alone under
// a heading needs no name of its own, so at least two of a part must look alike.
func findRunIns(lines []line, inside []bool) []bool {
	found := make([]bool, len(lines))
	for from := 0; from < len(lines); {
		to, n := from, 0
		for ; to < len(lines) && lines[to].label.style == styleNone && !inside[to] && lines[to].table == 0 && !lines[to].front; to++ {
			if lead, rest := leadOf(lines[to].text); rest != "" && isRunIn(lead, rest) {
				found[to] = true
				n++
			}
		}
		if n == 1 {
			for i := from; i < to; i++ {
				found[i] = false
			}
		}
		from = max(to, from+1)
	}
	return found
}

// headRunIn writes the unnumbered heading and the text behind it.
func (b *builder) headRunIn(l line, lead string) {
	parent := b.current
	level := b.l.headings[parent].Level + 1
	stop := len(lead)
	if stop < len(l.text) {
		stop = closingEnd(l.text, stop+len(firstRune(l.text[stop:])))
	}
	b.current = b.push(Heading{Level: level, Title: trimTitle(lead), Kind: "run-in", Origin: Origin{Rule: "lead sentence", Confidence: 0.75}}, document.Span{From: l.span.From, To: l.span.From + stop}, parent)
	// A lead with nothing behind it but a note of who answers for it is the order itself.
	b.emit(l, 0, stop, !isOnlyAssignment(strings.TrimSpace(l.text[stop:])))
	b.sentencesFrom(l, stop)
}

func firstRune(s string) string {
	for at := range s {
		if at > 0 {
			return s[:at]
		}
	}
	return s
}

// isRunIn tells whether a first sentence only names its paragraph.
func isRunIn(lead, rest string) bool {
	lead = withoutSpan(lead)
	n := runes(lead, runInLimit+1)
	if n < 4 || n > runInLimit || strings.ContainsAny(unquoted(lead), ";；0123456789%《》") || strings.Count(lead, ",")+strings.Count(lead, "，") > 1 {
		return false
	}
	if runes(rest, n+1) <= n || hasAnyPrefix(rest, enumerators) {
		return false
	}
	if isColumnName(lead) || hasAnySuffix(lead, []string{"如下", "包括", "主要有", "分别是", "分别为", "表现在", "体现在"}) {
		return false
	}
	return !hasAnyPrefix(lead, []string{"一是", "二是", "同时", "其中", "此外", "并", "也", "以上", "要", "为", "到", "力争", "当前", "为此", "附"})
}

// withoutSpan leaves out the bracket of time behind a name: 启动阶段（2026年3月—6月）.
func withoutSpan(lead string) string {
	open := max(strings.LastIndex(lead, "（"), strings.LastIndexByte(lead, '('))
	if open > 0 && endsInBracket(lead) && strings.ContainsAny(lead[open:], "年月") {
		return lead[:open]
	}
	return lead
}

// standsAlone tells whether a line is an unnumbered heading of the lines below it.
func (b *builder) standsAlone(i int) bool {
	l := b.lines[i]
	if n := runes(l.text, 21); n < 4 || n > 20 || i+1 >= len(b.lines) || strings.ContainsAny(l.text, "。,，;；:：！？!?《》()（）0123456789|") || isFurniture(l.text) {
		return false
	}
	next := b.lines[i+1]
	return next.table == 0 && next.label.style == styleNone && runes(next.text, 41) > 40 && endsInStop(next.text)
}

// addBoxParagraph writes a paragraph of a box: an item with a name, or its text.
func (b *builder) addBoxParagraph(i int) bool {
	l := b.lines[i]
	lead, rest := leadOf(l.text)
	n := runes(lead, itemLimit+1)
	if n < 3 || n > itemLimit || rest == "" && !hasAnySuffix(lead, boxEndings) {
		b.sentencesFrom(l, 0)
		return false
	}
	stop := len(lead)
	if stop < len(l.text) {
		stop = closingEnd(l.text, stop+len(firstRune(l.text[stop:])))
	}
	return b.addBoxItem(l, "", trimTitle(lead), stop)
}

// addBoxItem writes the heading of an item and its text, which may hold the names of further items.
func (b *builder) addBoxItem(l line, label, title string, stop int) bool {
	b.headBoxItem(l, label, title, 0, stop)
	for at := stop; at < len(l.text); {
		end := sentenceEnd(l.text, at)
		// Items that were joined to one line keep the gap between them.
		apart := at > 0 && skipSpace(l.text, at) > at
		if name := trimTitle(l.text[at:end]); end < len(l.text) && (isItemName(name) || apart && runes(name, itemLimit+1) <= itemLimit) {
			b.headBoxItem(l, "", name, at, end)
		} else {
			b.emit(l, at, end, false)
		}
		at = end
	}
	return stop == len(l.text)
}

func (b *builder) headBoxItem(l line, label, title string, from, to int) {
	parent, level := -1, canonical[styleBox]+1
	if at := b.find(styleBox); at >= 0 {
		parent, level = b.stack[at].heading, b.stack[at].level+1
	}
	b.current = b.push(Heading{Level: level, Label: label, Title: title, Kind: "box-item", Origin: Origin{Rule: "item of a box", Confidence: 0.8}}, document.Span{From: l.span.From + from, To: l.span.From + to}, parent)
	b.emit(l, from, to, true)
}

// unquoted leaves out what stands in quotes: “1+X” is a name, not a number.
func unquoted(s string) string {
	for {
		open := strings.Index(s, "“")
		if open < 0 {
			return s
		}
		end := strings.Index(s[open:], "”")
		if end < 0 {
			return s
		}
		s = s[:open] + s[open+end+len("”"):]
	}
}
