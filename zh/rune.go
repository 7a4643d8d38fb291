package zh

import (
	"strings"
	"unicode/utf8"
)

// isHan tells whether r is a Chinese character.
func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' || r >= 0x20000 && r <= 0x323AF || r >= 0xF900 && r <= 0xFAFF
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// isBlank tells whether r is white space within a line.
func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '　' || r == '\u00A0' }

// endsSentence tells whether r ends a sentence.
func endsSentence(r rune) bool { return strings.ContainsRune("。！？!?；;", r) }

// before returns the rune that ends at byte at, 0 at the start of the text.
func before(text string, at int) (rune, int) {
	if at <= 0 {
		return 0, 0
	}
	return utf8.DecodeLastRuneInString(text[:at])
}

// after returns the rune that starts at byte at, 0 at the end of the text.
func after(text string, at int) (rune, int) {
	if at >= len(text) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(text[at:])
}

// line is one line of a text without its line end.
type line struct {
	from, to int
	text     string // without blanks at both ends
}

// lines splits text at its line ends.
func lines(text string) []line {
	all := make([]line, 0, strings.Count(text, "\n")+1)
	for at := 0; at <= len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		all = append(all, line{at, end, strings.TrimFunc(text[at:end], isBlank)})
		at = end + 1
	}
	return all
}

// drop returns the edit that takes a whole line out, its line end included.
func (l line) drop(text, rule string) Edit {
	to := l.to
	if to < len(text) {
		to++
	}
	return Edit{From: l.from, To: to, Rule: rule}
}
