package zh

import (
	"strings"
	"unicode/utf8"
)

// Blanks takes out blanks that cut a number (9 5 %, 93. 38%, 20 25年), part it from its unit, or space out a word
// (目　录, 教 育 局).
func Blanks(text string) []Edit {
	var edits []Edit
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !isBlank(r) {
			at += size
			continue
		}
		end := skipBlanks(text, at)
		if strings.IndexByte(text[at:end], '\t') >= 0 { // a tab parts cells
			at = end
			continue
		}
		if cutsNumber(text, at, end) || cutsLabel(text, at, end) || spacesWord(text, at, end) {
			edits = append(edits, Edit{From: at, To: end, Rule: "blank"})
		}
		at = end
	}
	return edits
}

// cutsNumber tells whether the blanks [at, end) stand inside a number or between a number and its unit.
func cutsNumber(text string, at, end int) bool {
	last, size := before(text, at)
	next, width := after(text, end)
	switch {
	case isDigit(last) && next != 0 && strings.ContainsRune("%％‰年月日个所名人万亿元岁节次", next):
		return true
	case isHan(last) && isDigit(next):
		return hasUnit(text, end) && !startsCells(text, end)
	case last == '%' && isHan(next) || last == '％' && isHan(next):
		return true
	case last == '.' && isDigit(next):
		earlier, _ := before(text, at-size)
		return isDigit(earlier) && hasUnit(text, end) && !startsNumber(text, at-size)
	case isDigit(last) && next == '.':
		following, _ := after(text, end+width)
		return isDigit(following) && hasUnit(text, end+width)
	case isDigit(last) && isDigit(next):
		return hasUnit(text, end) && attached(text, at)
	}
	return false
}

// cutsLabel tells whether the blanks stand inside the number of a heading: 一 、 ( 一 ) 1 、.
func cutsLabel(text string, at, end int) bool {
	last, _ := before(text, at)
	next, _ := after(text, end)
	isNumeral := func(r rune) bool { return isDigit(r) || r != 0 && strings.ContainsRune(chineseDigits, r) }
	switch {
	case isNumeral(last):
		return next == '、' || next == ')' || next == '）'
	case last == '(' || last == '（':
		return isNumeral(next)
	}
	return false
}

// startsCells tells whether another number follows the one at byte at after a blank, as in a row of cells.
func startsCells(text string, at int) bool {
	for n := 0; n < 12; n++ {
		r, size := after(text, at)
		if !isDigit(r) && r != '.' && r != '%' {
			next, _ := after(text, skipBlanks(text, at))
			return isBlank(r) && isDigit(next)
		}
		at += size
	}
	return false
}

// hasUnit tells whether the figures at byte at, themselves perhaps cut by blanks, end in a unit.
func hasUnit(text string, at int) bool {
	for n := 0; n < 12; n++ {
		r, size := after(text, at)
		if !isDigit(r) && r != '.' && r != ' ' {
			return r != 0 && strings.ContainsRune(units, r)
		}
		at += size
	}
	return false
}

// attached tells whether the figures before byte at follow a character or sign at once: those of a cell follow a blank.
func attached(text string, at int) bool {
	for n := 0; n < 8; n++ {
		r, size := before(text, at)
		switch {
		case isDigit(r) || r == '.':
		case r == ' ': // one figure alone between blanks belongs to a number written figure by figure
			earlier, _ := before(text, at-size)
			if !isDigit(earlier) {
				return false
			}
		default:
			return isHan(r) || r != 0 && strings.ContainsRune("，,、。；（(“《", r)
		}
		at -= size
	}
	return false
}

// startsNumber tells whether the figures before byte at begin a line: 3. 5年 is heading 3.
func startsNumber(text string, at int) bool {
	head := strings.TrimRight(text[max(0, at-4):at], "0123456789")
	last, _ := before(head, len(head))
	return last == '\n' || at-4 <= 0 && head == ""
}

// spacesWord tells whether the blanks stand between two characters of a word spaced out: the characters on the far
// sides stand alone too.
func spacesWord(text string, at, end int) bool {
	last, size := before(text, at)
	next, width := after(text, end)
	if !isHan(last) || !isHan(next) {
		return false
	}
	left, _ := before(text, at-size)
	right, _ := after(text, end+width)
	alone := func(r rune) bool { return r == 0 || r == '\n' || isBlank(r) || r == ':' || r == '：' || r == '|' }
	return alone(left) && alone(right)
}
