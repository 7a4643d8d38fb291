package zh

import (
	"strings"
	"unicode/utf8"
)

// Scan mends slips of character recognition where the reading is certain: the sign after the number of a heading
// (2,推进 and 3 .提高), letters in place of figures (2O25年, l00%), strokes taken for the letter I, and round brackets
// around the year of a file number.
func Scan(text string) []Edit {
	var edits []Edit
	for at := 0; at < len(text); {
		c := text[at]
		var e Edit
		switch {
		case c >= '0' && c <= '9':
			e = figureEdit(text, at)
			if e.To == 0 {
				for at < len(text) && text[at] >= '0' && text[at] <= '9' {
					at++
				}
				continue
			}
		case c == 'I' || c == 'l' || c == 'O' || c == 'o':
			e = letterEdit(text, at)
		case c == '(' || c == 0xEF:
			e = yearEdit(text, at)
		case c == 0xE4:
			if strings.HasPrefix(text[at:], "丨") && betweenHan(text, at, len("丨")) {
				e = Edit{From: at, To: at + len("丨"), Rule: "scan"}
			}
		}
		if e.To > 0 {
			edits = append(edits, e)
			at = e.To
			continue
		}
		at++
	}
	return edits
}

func betweenHan(text string, at, size int) bool {
	last, _ := before(text, at)
	next, _ := after(text, at+size)
	return isHan(last) && isHan(next)
}

// figureEdit mends a number that begins at byte at: the sign after a label, or letters within.
func figureEdit(text string, at int) Edit {
	if last, _ := before(text, at); isDigit(last) || isLetter(last) || last == '.' {
		return Edit{}
	}
	if e := mixedNumber(text, at); e.To > 0 {
		return e
	}
	last, _ := before(text, at)
	if last != 0 && last != '\n' && !strings.ContainsRune("。；;！？!?", last) {
		return Edit{}
	}
	_, n := figure(text[at:])
	if n == 0 || n > 2 {
		return Edit{}
	}
	i := skipBlanks(text, at+n)
	sign, size := after(text, i)
	next, _ := after(text, skipBlanks(text, i+size))
	if !isHan(next) && next != '“' && next != '《' || !strings.ContainsRune(".,，．", sign) || sign == 0 {
		return Edit{}
	}
	if sign == '.' && i == at+n {
		return Edit{}
	}
	return Edit{From: at + n, To: i + size, After: ".", Rule: "scan"}
}

// mixedNumber mends a number in which O stands for 0 and l or I for 1: it holds at least one figure and a sign of
// measure or 年 follows.
func mixedNumber(text string, at int) Edit {
	end, letters := at, 0
	out := make([]byte, 0, 8)
	for end < len(text) && end-at < 12 {
		c := text[end]
		switch {
		case c >= '0' && c <= '9' || c == '.':
		case c == 'O' || c == 'o':
			c, letters = '0', letters+1
		case c == 'l' || c == 'I':
			c, letters = '1', letters+1
		default:
			c = 0
		}
		if c == 0 {
			break
		}
		out = append(out, c)
		end++
	}
	if letters == 0 || letters*2 > len(out) && len(out) > 2 || len(out) < 2 {
		return Edit{}
	}
	next, _ := after(text, end)
	if next != '%' && next != '％' && !(strings.ContainsRune("年月日个所名人万元亿", next) && next != 0) {
		return Edit{}
	}
	return Edit{From: at, To: end, After: string(out), Rule: "scan"}
}

// letterEdit mends a letter at byte at: the first figure of a number, or a stroke that is no letter at all.
func letterEdit(text string, at int) Edit {
	last, _ := before(text, at)
	if isLetter(last) || isDigit(last) {
		return Edit{}
	}
	if next := text[at+1:]; next != "" && (isDigit(rune(next[0])) || strings.HasPrefix(next, "O") || strings.HasPrefix(next, "o")) {
		return mixedNumber(text, at)
	}
	next, size := after(text, at+1)
	if text[at] == 'l' && (last == 0 || last == '\n') && (next == '.' || next == '．' || next == '、') {
		if following, _ := after(text, at+1+size); isHan(following) { // the number of a heading
			return Edit{From: at, To: at + 1, After: "1", Rule: "scan"}
		}
	}
	if text[at] == 'I' && isHan(last) && (isHan(next) || strings.ContainsRune("，,。、；;）)", next)) && next != 0 {
		if strings.ContainsRune("类级型期卷段部区档等组", next) || strings.ContainsRune("第卷表图类级型期附阶", last) {
			return Edit{}
		}
		return Edit{From: at, To: at + 1, Rule: "scan"}
	}
	return Edit{}
}

// yearEdit writes 〔2018〕 for (2018) before the number of a document: 府办(2018)122号.
func yearEdit(text string, at int) Edit {
	open, size := utf8.DecodeRuneInString(text[at:])
	if open != '(' && open != '（' {
		return Edit{}
	}
	i := at + size
	year, n := number(text[i:])
	if n != 4 || year < 1949 || year > 2100 {
		return Edit{}
	}
	shut, width := after(text, i+n)
	last, _ := before(text, at)
	if shut != ')' && shut != '）' || !isHan(last) {
		return Edit{}
	}
	rest := text[i+n+width:]
	rest = strings.TrimPrefix(rest, "第")
	_, m := number(rest)
	if m == 0 || !strings.HasPrefix(rest[m:], "号") {
		return Edit{}
	}
	return Edit{From: at, To: i + n + width, After: "〔" + text[i:i+n] + "〕", Rule: "year_bracket"}
}
