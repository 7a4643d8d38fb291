package reading

import (
	"strings"
	"unicode/utf8"
)

// gluedFront is within how many lines from the top the letter of issue and the title may be glued together.
const gluedFront = 12

// textOpeners are words with which the text of a letter or of a plan begins right behind its title.
var textOpeners = []string{"前言", "引言", "序言", "为", "根据", "按照", "各", "现将", "近年来", "教育是", "“", "依据", "党的", "习近平", "以习近平", "附件", "一、", "第一", "(", "（", "《", "到", "在", "学前教育是", "2", "今年", "近日"}

// frontCuts returns the bytes at which the pieces of a glued front end: title of the notice, number, those
// addressed, letter, signature with date, title of the plan.
func frontCuts(s string) []int {
	short := runes(s, 61) <= 60 && !strings.Contains(s, "。")
	if short && signaturePiece(s) == 0 {
		return nil
	}
	var cuts []int
	for at := 0; at < len(s); {
		size := frontPiece(s[at:])
		if size == 0 || at+size >= len(s) {
			return cuts
		}
		at += size
		cuts = append(cuts, at)
	}
	return cuts
}

// frontPiece returns the bytes of the piece of a front that the text begins with, 0 when it is the plan's own text.
func frontPiece(s string) int {
	for _, piece := range []func(string) int{numberPiece, datePiece, signaturePiece, titlePiece, addressPiece, letterPiece, annexPiece} {
		if size := piece(s); size > 0 {
			return size
		}
	}
	return 0
}

// numberPiece is the number of the document: 某政发〔2026〕1号.
func numberPiece(s string) int {
	head := cutRunes(s, 26)
	number := docNumberIn(head)
	if number == "" || !strings.HasPrefix(s, number) {
		return 0
	}
	return len(number)
}

// addressPiece is the line of those to whom the letter goes.
func addressPiece(s string) int {
	head := cutRunes(s, 140)
	end := strings.IndexAny(head, ":：")
	if end < 0 || !strings.Contains(cutRunes(head[:end], 12), "各") || strings.ContainsAny(head[:end], "。；;《") || strings.Contains(head[:end], "关于") || !isAddress(head[:end]) {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[end:])
	return end + size
}

// letterPiece is the sentence by which a document is issued, or a remark such as (此件公开发布).
func letterPiece(s string) int {
	head := cutRunes(s, 200)
	if hasAnyPrefix(s, []string{"(此件", "（此件"}) {
		if end := strings.IndexAny(head, ")）"); end >= 0 {
			_, size := utf8.DecodeRuneInString(s[end:])
			return end + size
		}
	}
	end := strings.Index(head, "。")
	if end < 0 || !containsAny(head[:end], []string{"印发给你们", "现予印发", "现转发给你们"}) {
		return 0
	}
	return end + len("。")
}

// datePiece is a date.
func datePiece(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	if !isDigit(first) && first != '二' {
		return 0
	}
	end := dateEnd(cutRunes(s, 14))
	if end == 0 || !isDateLine(s[:end]) {
		return 0
	}
	return end
}

// dateEnd returns the byte behind the day, or the month where no day follows, of the first date.
func dateEnd(head string) int {
	end := strings.Index(head, "日")
	if month := strings.Index(head, "月"); month >= 0 && (end < 0 || end > month+len("月二十一")) {
		end = month
	}
	if end < 0 {
		return 0
	}
	return end + len("日")
}

// annexPiece is the list of annexes of a letter, as far as the signature under it.
func annexPiece(s string) int {
	head := cutRunes(s, 240)
	if parseLabel(head).style != styleAnnex || strings.Contains(head, "。") && strings.Index(head, "。") < dateEnd(head) {
		return 0
	}
	end := dateEnd(head)
	for at := range head[:end] {
		if end-at <= 3*12 && isDateLine(head[at:end]) {
			return at
		}
	}
	return 0
}

// signaturePiece is an office with a date behind it.
func signaturePiece(s string) int {
	head := cutRunes(s, 45)
	end := dateEnd(head)
	for at := range head[:end] {
		if at > 0 && isDateLine(head[at:end]) && isSigner(strings.TrimSpace(head[:at])) {
			return at
		}
	}
	return 0
}

// titlePiece is a title with the words of a text right behind it.
func titlePiece(s string) int {
	if hasAnyPrefix(s, []string{"为", "根据", "按照", "依据", "现", "近日", "近年来"}) {
		return 0
	}
	head := cutRunes(s, 90)
	quotes := 0
	for at, r := range head {
		end := at + utf8.RuneLen(r)
		switch r {
		case '《':
			quotes++
		case '》':
			quotes = max(0, quotes-1)
		}
		if isStop(r) || r == ';' || r == '；' || r == ':' || r == '：' {
			return 0
		}
		if quotes > 0 || !isTitle(head[:end]) || strings.ContainsAny(head[:end], ",，") {
			continue
		}
		if tail := bracketTail(head[end:]); tail > 0 {
			end += tail
		}
		rest := strings.TrimLeft(s[end:], " 　")
		if hasAnyPrefix(rest, titleEndings) || strings.HasPrefix(rest, "的") {
			continue
		}
		_, _, field := metaField(rest)
		if end >= len(s) || !field && !hasAnyPrefix(rest, textOpeners) && numberPiece(rest) == 0 && signaturePiece(rest) == 0 && parseLabel(rest).number == 0 && addressPiece(rest) == 0 {
			continue
		}
		return end
	}
	return 0
}

// bracketTail returns the bytes of a bracket such as （2026—2028年） that belongs to the title before it.
func bracketTail(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	if first != '(' && first != '（' {
		return 0
	}
	end := strings.IndexAny(s, ")）")
	if end < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[end:])
	if !isTitleTail(s[:end+size]) {
		return 0
	}
	return end + size
}
