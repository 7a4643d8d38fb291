package reading

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
)

// enumerators begin the points of a paragraph.
var enumerators = []string{"一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"}

// whole writes a line as one sentence.
func (b *builder) whole(l line, role Role, heading int, lead bool) {
	b.l.sentences = append(b.l.sentences, Sentence{Span: l.span, Text: l.text, Heading: heading, Role: role, Lead: lead, Table: l.table, Row: l.row, Column: l.column})
}

func (b *builder) addCell(l line) {
	b.whole(l, b.role, b.current, false)
}

// emit writes bytes from to to of a line as one sentence of the current part.
func (b *builder) emit(l line, from, to int, lead bool) {
	text := l.text[from:to]
	left := skipSpace(text, 0)
	text = strings.TrimRight(text[left:], " \t　")
	if text == "" {
		return
	}
	role := b.role
	if role == RoleIdeology && promisesYear(text) {
		role = RoleGoal
	}
	span := document.Span{From: l.span.From + from + left}
	span.To = span.From + len(text)
	box := b.current >= 0 && strings.HasPrefix(b.l.headings[b.current].Kind, "box")
	b.l.sentences = append(b.l.sentences, Sentence{Span: span, Text: text, Heading: b.current, Role: role, Box: box, Lead: lead})
}

// promisesYear tells a goal among general demands: 到2030年, ….
func promisesYear(text string) bool {
	rest := strings.TrimPrefix(strings.TrimPrefix(text, "力争"), "确保")
	if !hasAnyPrefix(rest, []string{"到", "至"}) {
		return false
	}
	year, _ := readDigits(rest, len("到"))
	return year >= 1990 && year <= 2100
}

// sentences writes every sentence of a line with the given role and heading.
func (b *builder) sentences(l line, _ int, role Role, heading int) {
	saved, above := b.role, b.current
	b.role, b.current = role, heading
	for at := 0; at < len(l.text); {
		end := sentenceEnd(l.text, at)
		b.emit(l, at, end, false)
		at = end
	}
	b.role, b.current = saved, above
}

// sentencesFrom writes the sentences of a line from byte at on and the points (一是 …) that head them.
func (b *builder) sentencesFrom(l line, at int) {
	home := b.current
	for at < len(l.text) {
		end := sentenceEnd(l.text, at)
		lead := b.addPoints(l, at, end, home)
		// A point that only the next point follows orders something itself.
		names := lead && end < len(l.text) && !hasAnyPrefix(strings.TrimLeft(l.text[end:], " "), enumerators)
		b.emit(l, at, end, names)
		at = end
	}
	b.current = home
}

// sentenceEnd returns the byte behind the sentence that begins at byte at.
func sentenceEnd(s string, at int) int {
	for k, r := range s[at:] {
		if isStop(r) {
			return closingEnd(s, at+k+utf8.RuneLen(r))
		}
	}
	return len(s)
}

// closingEnd steps over further stops and closing quotes.
func closingEnd(s string, at int) int {
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if !isStop(r) && !isClosing(r) {
			break
		}
		at += size
	}
	return at
}

// addPoints writes a heading for 一是 … at the start of a sentence, or behind the words that lead into the points.
// A list of points inside one sentence is a list of tasks, not of headings.
func (b *builder) addPoints(l line, from, to, home int) (lead bool) {
	if b.role != RoleMeasure && b.role != RoleSafeguard {
		return false
	}
	text := l.text[from:to]
	at := pointStart(text)
	if at < 0 {
		return false
	}
	title := text[at+len("一是"):]
	end := strings.IndexAny(title, ",;，；。：:！？")
	if end < 0 {
		end = len(title)
	}
	title = trimTitle(title[:end])
	if runes(title, 3) < 3 || home < 0 && len(b.stack) == 0 {
		return false
	}
	level := 1
	if home >= 0 {
		level = b.l.headings[home].Level + 1
	}
	start := l.span.From + from + at
	b.current = b.push(Heading{Level: level, Label: text[at : at+len("一是")], Title: title, Kind: "enum", Origin: Origin{Rule: "point", Confidence: 0.7}}, document.Span{From: start, To: start + len("一是") + len(title)}, home)
	return at == 0 && runes(text, 31) <= 30 && !strings.ContainsAny(strings.TrimRight(text, "。"), ",，;；")
}

// pointStart returns where in a sentence the last point begins that goes on behind the sentence, or -1.
func pointStart(text string) int {
	found, count := -1, 0
	for _, e := range enumerators {
		for at := 0; ; {
			n := strings.Index(text[at:], e)
			if n < 0 {
				break
			}
			n += at
			before, _ := utf8.DecodeLastRuneInString(text[:n])
			if n == 0 || strings.ContainsRune(":：;；", before) {
				found, count = max(found, n), count+1
			}
			at = n + len(e)
		}
	}
	if count != 1 {
		return -1
	}
	return found
}
