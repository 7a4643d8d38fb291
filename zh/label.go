package zh

import (
	"strings"
	"unicode/utf8"
)

const chineseDigits = "〇零一二三四五六七八九十百"

// label is the number before a heading or an item.
type label struct {
	end   int    // byte after the label and its sign
	value int    // 0 when it is not read
	kind  string // "一、" "(一)" "1." "(1)" "第一章" "专栏"
}

// labelAt reads a label at the beginning of s; ok is false when there is none. The sign after a figure must not
// be followed by another figure: 2.0 is a number.
func labelAt(s string) (l label, ok bool) {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case first == '第':
		value, n := chineseNumber(s[size:])
		if n == 0 {
			value, n = figure(s[size:])
		}
		next, width := after(s, size+n)
		if n > 0 && strings.ContainsRune("章节条部篇", next) {
			return label{size + n + width, value, "第一章"}, true
		}
	case first == '(' || first == '（':
		value, n := chineseNumber(s[size:])
		kind := "(一)"
		if n == 0 {
			value, n = figure(s[size:])
			kind = "(1)"
		}
		next, width := after(s, size+n)
		if n > 0 && value < 100 && (next == ')' || next == '）') {
			return label{size + n + width, value, kind}, true
		}
	case strings.HasPrefix(s, "专栏"):
		rest := strings.TrimLeft(s[size*2:], " ")
		value, n := figure(rest)
		if n == 0 {
			value, n = chineseNumber(rest)
		}
		if n > 0 {
			return label{len(s) - len(rest) + n, value, "专栏"}, true
		}
	case isDigit(first):
		value, n := figure(s)
		next, width := after(s, n)
		following, _ := after(s, n+width)
		if n <= 2 && (next == '.' || next == '、' || next == '．') && !isDigit(following) {
			return label{n + width, value, "1."}, true
		}
	case strings.ContainsRune(chineseDigits, first):
		value, n := chineseNumber(s)
		if next, width := after(s, n); next == '、' && value > 0 && value < 100 {
			return label{n + width, value, "一、"}, true
		}
	}
	return label{}, false
}

func startsLabel(s string) bool {
	_, ok := labelAt(s)
	return ok
}

// figure reads up to three digits.
func figure(s string) (value, size int) {
	for size < len(s) && size < 4 && s[size] >= '0' && s[size] <= '9' {
		value = value*10 + int(s[size]-'0')
		size++
	}
	if size > 3 {
		return 0, 0
	}
	return value, size
}

// chineseNumber reads a number up to ninety-nine.
func chineseNumber(s string) (value, size int) {
	unit := 0
	for _, r := range s {
		digit := strings.IndexRune("一二三四五六七八九", r)
		switch {
		case r == '十':
			value += max(unit, 1) * 10
			unit = 0
		case digit >= 0:
			unit = digit/3 + 1
		default:
			return value + unit, size
		}
		size += utf8.RuneLen(r)
		if size > 9 {
			return 0, 0
		}
	}
	return value + unit, size
}
