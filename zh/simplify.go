package zh

import (
	"strings"
	"unicode/utf8"
)

// A text counts as traditional when at least one character in traditionalShare of its Chinese characters exists
// only in traditional writing. Real traditional text has one in three; names in simplified text hardly one in a thousand.
const traditionalShare = 20

// sprinkled is the number of different traditional characters from which a simplified text counts as damaged.
const sprinkled = 3

// Simplify turns a traditional text into simplified characters and undoes conversions that took the wrong form
// (製度, 全麵, 隻增, 山穀, 關係, 著力). It decides for the text as a whole. In a simplified text that a machine
// sprinkled with traditional forms only the characters change that simplified writing does not know; in any other
// simplified text nothing does.
func Simplify(text string) []Edit {
	whole, some := traditionalIn(text)
	if !whole && !some {
		return nil
	}
	var edits []Edit
	t := table()
	for at := 0; at < len(text); {
		if text[at] < 0x80 {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		from, to := text[at:at+size], ""
		switch {
		case !whole:
			if onlyTraditional(r) {
				to = string(simple(r))
			}
		case r == '著':
			to = zhe(text, at)
		default:
			from, to = t.convert(text, at, r, size)
		}
		if to != "" && to != from {
			edits = append(edits, Edit{From: at, To: at + len(from), After: to, Rule: "traditional"})
		}
		at += len(from)
	}
	return edits
}

// convert returns the run at byte at and what it becomes: the longest phrase, otherwise the character.
func (t *traditionalTable) convert(text string, at int, r rune, size int) (from, to string) {
	if quote := quotes[r]; quote != "" {
		return text[at : at+size], quote
	}
	best := phrase{}
	for _, p := range t.phrases[r] {
		if len(p.from) > len(best.from) && strings.HasPrefix(text[at:], p.from) {
			best = p
		}
	}
	if best.from != "" {
		return best.from, best.to
	}
	if r < 0x10000 && t.character[r] != 0 {
		return text[at : at+size], string(t.character[r])
	}
	return text[at : at+size], ""
}

// quotes are the quotation marks of traditional writing.
var quotes = map[rune]string{'「': "“", '」': "”", '『': "‘", '』': "’"}

// traditionalIn tells whether a text is written in traditional characters, or has some sprinkled in.
func traditionalIn(text string) (whole, some bool) {
	han, traditional := 0, 0
	kinds := map[rune]bool{}
	for _, r := range text {
		if !isHan(r) {
			continue
		}
		han++
		if onlyTraditional(r) {
			traditional++
			if len(kinds) < sprinkled {
				kinds[r] = true
			}
		}
	}
	return traditional > 0 && traditional*traditionalShare >= han, len(kinds) >= sprinkled
}

// onlyTraditional tells whether r has a simplified form and is itself no usual character of simplified writing.
func onlyTraditional(r rune) bool {
	return simple(r) != r && !strings.ContainsRune("乾著藉瞭夥徵餘於麽鬱鍾昇託", r)
}

// zhe returns 着 for a 著 at byte at, which machines write for every 着, unless its neighbours make it zhù: 著名,
// 显著, 著作.
func zhe(text string, at int) string {
	const size = len("著")
	next, width := after(text, at+size)
	afterNext, _ := after(text, at+size+width)
	last, _ := before(text, at)
	switch next = simple(next); {
	case next == '作' && simple(afterNext) == '业':
		return "着"
	case strings.ContainsRune("名作称述书者录", next) && next != 0:
		return "著"
	case strings.ContainsRune("显卓昭名专编原巨译土遗合论拙", simple(last)) && last != 0:
		return "著"
	}
	return "着"
}
