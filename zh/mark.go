package zh

import (
	"strings"
	"unicode/utf8"
)

// Marks takes out what stands for the indent of a paragraph after a page was read in a wrong encoding (ЎЎ and ¡¡ are
// two full-width blanks of GBK, ã€€ one of UTF-8), the signs that editors show for the end of a paragraph, and the
// letters that stand for the bullets of a symbol font.
func Marks(text string) []Edit {
	var edits []Edit
	letters := symbolBullets(text)
	for at := 0; at < len(text); {
		if text[at] < 0x80 {
			if n := bulletAt(text, at, letters); n > 0 {
				edits = append(edits, Edit{From: at, To: at + n, Rule: "paragraph_mark"})
				at += n
				continue
			}
			at++
			continue
		}
		end, isMark := markEnd(text, at)
		if !isMark {
			_, size := utf8.DecodeRuneInString(text[at:])
			at = max(end, at+size)
			continue
		}
		edits = append(edits, Edit{From: at, To: end, After: afterMark(text, at, end), Rule: "paragraph_mark"})
		at = end
	}
	return edits
}

// afterMark returns the line end that a mark stood for: a mark within a line after the end of a sentence begins a
// paragraph.
func afterMark(text string, from, to int) string {
	last, _ := before(text, from)
	next, _ := after(text, to)
	if next == 0 || next == '\n' || last == 0 || last == '\n' || isBlank(last) {
		return ""
	}
	if endsSentence(last) || strings.ContainsRune("”》）)", last) || startsLabel(text[to:min(len(text), to+40)]) {
		return "\n"
	}
	return ""
}

// markEnd returns the end of a run of signs at byte at and whether they are marks. Foreign words are none.
func markEnd(text string, at int) (end int, isMark bool) {
	end = at
	kinds := map[rune]bool{}
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		switch {
		case isCyrillic(r):
			kinds[r] = true
		case strings.ContainsRune("¡¶§¤¬¦↵¨↓", r), r >= 0xE000 && r <= 0xF8FF:
		case strings.ContainsRune("Øü²", r) && end == at && startsLine(text, at):
		case end > at && isBlank(r) && isMarkNext(text, end+size):
		case strings.HasPrefix(text[end:], "ã€€"):
			size = len("ã€€")
		case strings.HasPrefix(text[end:], "Â\u00A0"):
			size = len("Â\u00A0")
		case strings.HasPrefix(text[end:], "Â "):
			size = len("Â ")
		default:
			return end, end > at && len(kinds) <= 2
		}
		end += size
	}
	return end, end > at && len(kinds) <= 2
}

func startsLine(text string, at int) bool {
	last, _ := before(text, at)
	return last == 0 || last == '\n'
}

func isMarkNext(text string, at int) bool {
	r, _ := after(text, at)
	return isCyrillic(r) || strings.ContainsRune("¡¶§", r) && r != 0
}

func isCyrillic(r rune) bool { return r >= 0x400 && r <= 0x52F }

// bulletLetters are the letters whose places in the symbol fonts hold bullets.
const bulletLetters = "lnuvqwp"

// symbolBullets returns the letters that begin at least two lines with a blank after them and a character next, or "".
func symbolBullets(text string) string {
	counts := map[rune]int{}
	for i := 0; i < len(text); {
		end := strings.IndexByte(text[i:], '\n')
		if end < 0 {
			end = len(text) - i
		}
		s := strings.TrimLeft(text[i:i+min(end, 40)], " \t　")
		if r, size := utf8.DecodeRuneInString(s); strings.ContainsRune(bulletLetters, r) && s != "" {
			rest := strings.TrimLeft(s[size:], " \t　")
			if next, _ := after(rest, 0); len(rest) < len(s)-size && (isHan(next) || next == '(' || next == '“') {
				counts[r]++
			}
		}
		i += end + 1
	}
	found := ""
	for _, r := range bulletLetters {
		if counts[r] >= 2 {
			found += string(r)
		}
	}
	return found
}

// bulletAt returns the length of a letter that stands for a bullet at the beginning of a line, with the blanks after it.
func bulletAt(text string, at int, letters string) int {
	if letters == "" || !strings.ContainsRune(letters, rune(text[at])) {
		return 0
	}
	last, _ := before(strings.TrimRight(text[:at], " \t　"), len(strings.TrimRight(text[:at], " \t　")))
	if last != '\n' && last != 0 {
		return 0
	}
	rest := strings.TrimLeft(text[at+1:], " \t　")
	if len(rest) == len(text)-at-1 {
		return 0
	}
	return len(text) - at - len(rest)
}
