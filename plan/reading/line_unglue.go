package reading

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
)

// Pages that were copied out of a viewer have lost their line ends: whole parts of a plan stand in one line, each
// heading glued to the text before it and often to its own text. The numbering shows where they begin.

// titleReach is how far behind a label the label of its first part may stand with no stop between: 三、总体要求(一)….
const titleReach = 45

// secondReach is how many bytes behind the first part the second is looked for.
const secondReach = 12000

// unglue cuts lines at the labels inside them that go on with the numbering.
func unglue(text string, lines []line) []line {
	out := make([]line, 0, len(lines))
	var last numbering
	labelled := false
	for i, l := range lines {
		if l.table > 0 {
			out = append(out, l)
			continue
		}
		if !labelled && i < gluedFront && parseLabel(l.text).style == styleNone {
			cuts := frontCuts(l.text)
			from := 0
			for _, cut := range cuts {
				out = append(out, part(l, from, cut, false))
				from = cut
			}
			l = part(l, from, len(l.text), false)
			if l.text == "" {
				continue
			}
		}
		own := parseLabel(l.text)
		if own.number > 0 {
			last.take(own)
		}
		from := 0
		cuts := gluedLabels(l.text, text[l.span.To:min(len(text), l.span.To+secondReach)], own, &last)
		labelled = labelled || own.number > 0 || len(cuts) > 0
		for _, cut := range cuts {
			out = append(out, part(l, from, cut, from > 0))
			from = cut
		}
		out = append(out, part(l, from, len(l.text), from > 0))
	}
	return out
}

// part is bytes from to to of a line as a line of its own.
func part(l line, from, to int, glued bool) line {
	text := strings.TrimRight(l.text[from:to], " \t　")
	l.span = document.Span{From: l.span.From + from, To: l.span.From + from + len(text)}
	l.text, l.glued = text, glued
	return l
}

// gluedLabels returns the bytes of the line at which a heading begins that stands inside it.
func gluedLabels(s, below string, own label, last *numbering) []int {
	var cuts []int
	without := [styleAnnex + 1]int{}                     // per style the byte up to which no second part was found
	title, n := own.style != styleNone && own.end > 0, 0 // inside the words of a title, and for how many characters
	stopped := false                                     // the last character that is no space ended a sentence
	note := false                                        // inside a bracket right behind a stop: (责任单位：…)
	for at, r := range s {
		if at < own.end {
			continue
		}
		n++
		if title && n > titleReach {
			title = false
		}
		if (stopped || title && n > 2 || r == '专' || r == '第') && mayOpenLabel(r) && at > 0 {
			if l := parseLabel(s[at:]); l.number > 0 && l.style < styleAnnex && l.end < len(s)-at && continues(s, below, at, l, stopped, last, &without) {
				cuts = append(cuts, at)
				last.take(l)
				own, title, n, stopped = label{end: at + l.end}, true, 0, false
				continue
			}
		}
		switch {
		case isStop(r):
			stopped, title = true, false
		case stopped && strings.ContainsRune("(（【[", r):
			note, stopped = true, false
		case note && strings.ContainsRune(")）】]", r):
			note, stopped = false, true
		case !isSpace(r) && !(stopped && isClosing(r)):
			stopped = false
		}
	}
	return cuts
}

// numbering remembers the last number of each style: under the heading above, and in the whole document, because
// some plans count on across their parts.
type numbering struct{ here, ever [styleAnnex + 1]int }

func (n *numbering) take(l label) {
	n.here[l.style], n.ever[l.style] = l.number, l.number
	for deeper := l.style + 1; deeper < styleBox; deeper++ {
		n.here[deeper] = 0
	}
}

func mayOpenLabel(r rune) bool {
	return r == '(' || r == '（' || r == '第' || isDigit(r) || chineseDigit(r) > 0 || r == '专' || r >= '①' && r <= '⑳' || r == '行' || r == '任'
}

// continues tells whether the label goes on with the numbering: it follows the last of its kind, or it is the
// first and the second stands behind a stop further on. In the words of a title only the first part can begin.
func continues(s, below string, at int, l label, stopped bool, last *numbering, without *[styleAnnex + 1]int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:at], " "))
	if !stopped && (isDigit(before) && l.style == styleDot || isClauseMark(before) || strings.ContainsRune("、《“(（第至到-—和", before)) {
		return false
	}
	// A box or a chapter that goes on with the numbering needs no stop before it; the words of a sentence that
	// speak of one do not open it.
	if free := l.style == styleBox || l.style == styleChapter || l.style == stylePart; !stopped && free {
		return l.number == last.ever[l.style]+1 && !hasAnySuffix(s[:at], []string{"见", "按照", "在", "本", "“", "《", "（", "(", "、", "和", "及"}) && !hasAnyPrefix(s[at+len(l.text):], []string{"中", "所", "的", "和", "、", "，", ","})
	}
	if l.style == styleBox && l.number == 1 {
		return true
	}
	if l.style == styleNamed && strings.ContainsAny(l.text, "0123456789") {
		return false
	}
	if l.number > 1 && (l.number == last.here[l.style]+1 || l.number == last.ever[l.style]+1) {
		return true
	}
	if l.number != 1 {
		return false
	}
	if !stopped && l.style != styleComma {
		return true
	}
	// A search that found nothing holds for the labels right behind it too, which keeps this linear.
	if at < without[l.style] {
		return false
	}
	stop := min(len(s), at+l.end+secondReach)
	if l.style <= styleComma {
		stop = min(len(s), at+l.end+5*secondReach)
	}
	ahead := s[at+l.end : stop]
	if stop == len(s) {
		ahead += below
	}
	if !hasSecond(ahead, printLabel(l.style, 2)) && !hasSecond(ahead, fullWidth.Replace(printLabel(l.style, 2))) {
		without[l.style] = at + secondReach/2
		return false
	}
	return true
}

var fullWidth = strings.NewReplacer("(", "（", ")", "）")

// hasSecond tells whether the label of the second part stands behind the end of a sentence.
func hasSecond(rest, second string) bool {
	for {
		n := strings.Index(rest, second)
		if n < 0 {
			return false
		}
		r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest[:n], " 　"))
		if isStop(r) || isClosing(r) || r == '\n' {
			return true
		}
		rest = rest[n+len(second):]
	}
}

// standardTitles are titles that need no stop behind them to be known.
var standardTitles = []string{"指导思想", "总体目标", "总体要求", "总体思路", "基本原则", "发展目标", "主要目标", "工作目标", "目标任务", "主要任务", "重点任务", "重点工作", "工作措施", "主要措施", "行动方案", "保障措施", "组织保障", "组织实施", "实施保障", "组织领导", "发展基础", "面临形势", "发展现状", "规划背景", "工作要求", "实施步骤", "基本情况", "工作原则"}

// gluedTitle returns the title of a heading that runs on into its text: one that the contents name, or a standard one.
func gluedTitle(title string, glued bool, contents []string) string {
	if runes(title, 21) <= 20 && !glued {
		return title
	}
	best := ""
	for _, t := range contents {
		if len(t) > len(best) && len(title) > len(t) && strings.HasPrefix(title, t) {
			best = t
		}
	}
	if best == "" && glued && runes(title, 26) > 25 {
		for _, t := range standardTitles {
			if strings.HasPrefix(title, t) {
				best = t
			}
		}
	}
	if best == "" {
		return title
	}
	return best
}
