package reading

import (
	"strings"
	"unicode/utf8"
)

// style is the form of a label. Its order is the usual nesting of official documents, outermost first.
type style int

const (
	styleNone    style = iota
	stylePart          // 第一篇, 第一部分
	styleChapter       // 第一章
	styleSection       // 第一节
	styleComma         // 一、
	styleNamed         // 行动方案一：
	styleParen         // (一)
	styleDot           // 1.
	styleDigits        // (1)
	styleCircle        // ①
	styleBox           // 专栏1
	styleAnnex         // 附件1
)

// label is the number that stands before a heading. The zero value is no label.
type label struct {
	style  style
	number int    // 1-based; 0 where the label carries none (附件：)
	name   string // the noun of a named label: 行动方案, 任务
	text   string // as printed, without the white space after it
	end    int    // byte at which the title begins
}

// namedLabels are nouns that number the parts of a plan: 行动一：, 任务二、. Longer ones stand first.
var namedLabels = []string{"重点任务", "重点工作", "重点工程", "重点项目", "主要任务", "行动方案", "专项行动", "行动计划",
	"行动", "任务", "工程", "项目", "举措", "措施", "专题", "计划", "方案", "目标", "原则"}

// boxLabels open a box of the plan, annexLabels what hangs behind it.
var (
	boxLabels   = []string{"专栏", "专框", "专柜"}
	annexLabels = []string{"附件", "附表", "附录"}
)

// ordinals are the units that 第X may count.
var ordinals = []struct {
	unit  string
	style style
}{{"部分", stylePart}, {"篇", stylePart}, {"编", stylePart}, {"章", styleChapter}, {"节", styleSection}, {"条", styleDot}}

// parseLabel reads the label at the start of a line.
func parseLabel(line string) label {
	first, size := utf8.DecodeRuneInString(line)
	switch {
	case first == '第':
		return parseOrdinal(line, size)
	case first == '(' || first == '（':
		return parseParen(line, size)
	case first >= '0' && first <= '9' || first >= '０' && first <= '９':
		return parseDot(line)
	case first >= '㈠' && first <= '㈩':
		return label{style: styleParen, number: int(first-'㈠') + 1, text: line[:size], end: skipMarks(line, size)}
	case first >= '⑴' && first <= '⒇':
		return label{style: styleDigits, number: int(first-'⑴') + 1, text: line[:size], end: skipMarks(line, size)}
	case first >= '⒈' && first <= '⒛':
		return label{style: styleDot, number: int(first-'⒈') + 1, text: line[:size], end: skipMarks(line, size)}
	case first >= '①' && first <= '⑳':
		return label{style: styleCircle, number: int(first-'①') + 1, text: line[:size], end: skipSpace(line, size)}
	case chineseDigit(first) > 0:
		return parseComma(line)
	case first == '【' || first == '[' || first == '〔':
		if inner := parseNamed(line[size:]); inner.style == styleBox {
			end := size + inner.end
			if rest := strings.IndexAny(line[end:], "】]〕"); rest == 0 {
				_, closing := utf8.DecodeRuneInString(line[end:])
				return label{style: styleBox, number: inner.number, text: inner.text, end: skipMarks(line, end+closing)}
			}
		}
		return label{}
	default:
		return parseNamed(line)
	}
}

// parseOrdinal reads 第一章, 第二节, 第三部分.
func parseOrdinal(line string, at int) label {
	number, end := readNumeral(line, at)
	if number == 0 {
		return label{}
	}
	end = skipSpace(line, end)
	for _, o := range ordinals {
		if !strings.HasPrefix(line[end:], o.unit) {
			continue
		}
		stop := end + len(o.unit)
		next, _ := utf8.DecodeRuneInString(line[stop:])
		// 第一章程 and 第一节课 are words, not labels: what follows a label is a space, a mark or a title.
		if strings.ContainsRune("课程约目奏日气", next) || o.unit == "条" && next != ' ' && next != '　' {
			return label{}
		}
		return label{style: o.style, number: number, text: strings.ReplaceAll(line[:stop], " ", ""), end: skipMarks(line, stop)}
	}
	return label{}
}

// parseParen reads (一) and (1).
func parseParen(line string, at int) label {
	number, end := readNumeral(line, skipSpace(line, at))
	if number == 0 {
		return label{}
	}
	closing := skipSpace(line, end)
	mark, size := utf8.DecodeRuneInString(line[closing:])
	if mark != ')' && mark != '）' {
		return label{}
	}
	s := styleParen
	if digit, _ := utf8.DecodeRuneInString(line[skipSpace(line, at):]); chineseDigit(digit) == 0 {
		s = styleDigits
	}
	stop := closing + size
	return label{style: s, number: number, text: squeeze(line[:stop]), end: skipMarks(line, stop)}
}

// parseDot reads 1. 1、 1) and their full-width forms. 2.04亿元 and 2021.3 are numbers, not labels.
func parseDot(line string) label {
	number, end := readDigits(line, 0)
	if number == 0 || number > 199 {
		return label{}
	}
	mark, size := utf8.DecodeRuneInString(line[end:])
	if !strings.ContainsRune(".．、)）", mark) || size == 0 {
		return label{}
	}
	stop := end + size
	next, _ := utf8.DecodeRuneInString(line[stop:])
	if isDigit(next) || next == utf8.RuneError || strings.ContainsRune("%％", next) {
		return label{}
	}
	s := styleDot
	if mark == ')' || mark == '）' {
		s = styleDigits
	}
	return label{style: s, number: number, text: line[:stop], end: skipSpace(line, stop)}
}

// parseComma reads 一、. 一、二年级 is a list of grades, not a heading.
func parseComma(line string) label {
	number, end := readNumeral(line, 0)
	end = skipSpace(line, end)
	mark, size := utf8.DecodeRuneInString(line[end:])
	if number == 0 || number > 99 || size == 0 || !strings.ContainsRune("、.．", mark) {
		return label{}
	}
	stop := end + size
	next, nextSize := utf8.DecodeRuneInString(line[stop:])
	if chineseDigit(next) > 0 {
		after, _ := utf8.DecodeRuneInString(line[stop+nextSize:])
		if after == '、' || strings.ContainsRune("年级类等是方轮期线孩", after) {
			return label{}
		}
	}
	return label{style: styleComma, number: number, text: squeeze(line[:stop]), end: skipSpace(line, stop)}
}

// parseNamed reads 专栏1, 附件2：, 行动方案一：.
func parseNamed(line string) label {
	for _, noun := range boxLabels {
		if rest, ok := strings.CutPrefix(line, noun); ok {
			return parseNumbered(line, noun, rest, styleBox)
		}
	}
	for _, noun := range annexLabels {
		if rest, ok := strings.CutPrefix(line, noun); ok {
			return parseNumbered(line, noun, rest, styleAnnex)
		}
	}
	for _, noun := range namedLabels {
		if rest, ok := strings.CutPrefix(line, noun); ok {
			l := parseNumbered(line, noun, rest, styleNamed)
			if l.number == 0 || !strings.ContainsAny(line[len(l.text):l.end], ":：、 　.．") {
				return label{}
			}
			return l
		}
	}
	return label{}
}

// parseNumbered reads the number behind the noun of a label and the marks before its title.
func parseNumbered(line, noun, rest string, s style) label {
	at := skipSpace(line, len(noun))
	number, end := readNumeral(line, at)
	if number == 0 {
		mark, _ := utf8.DecodeRuneInString(rest)
		if rest != "" && !strings.ContainsRune(":： 　", mark) {
			return label{}
		}
		end = len(noun)
	}
	next, _ := utf8.DecodeRuneInString(line[end:])
	if s != styleNamed && next != utf8.RuneError && !strings.ContainsRune(":： 　、.．】]〕-—", next) && number > 0 && isClauseMark(next) {
		return label{}
	}
	return label{style: s, number: number, name: noun, text: squeeze(line[:end]), end: skipMarks(line, end)}
}

// readNumeral reads an Arabic or a Chinese number up to 199; 0 means there is none.
func readNumeral(line string, at int) (number, end int) {
	if number, end = readDigits(line, at); number > 0 {
		return number, end
	}
	tens, ones, seen := 0, 0, false
	for end = at; end < len(line); {
		r, size := utf8.DecodeRuneInString(line[end:])
		switch d := chineseDigit(r); {
		case d == 10:
			if tens = ones * 10; tens == 0 {
				tens = 10
			}
			ones = 0
		case d > 0 && ones == 0:
			ones = d
		default:
			if !seen {
				return 0, at
			}
			return tens + ones, end
		}
		seen, end = true, end+size
	}
	return tens + ones, end
}

// readDigits reads an Arabic number of up to four digits.
func readDigits(line string, at int) (number, end int) {
	for end = at; end < len(line); {
		r, size := utf8.DecodeRuneInString(line[end:])
		switch {
		case r >= '0' && r <= '9':
			number = number*10 + int(r-'0')
		case r >= '０' && r <= '９':
			number = number*10 + int(r-'０')
		default:
			return number, end
		}
		if end += size; number > 9999 {
			return 0, at
		}
	}
	return number, end
}
