package zh

import (
	"html"
	"strings"
	"unicode/utf8"
)

// Form makes the line ends one kind and takes out what cannot be seen: marks of byte order and direction, soft
// hyphens, blanks of no width, control characters.
func Form(text string) []Edit {
	var edits []Edit
	add := func(e Edit) {
		if n := len(edits); n > 0 && edits[n-1].To == e.From && edits[n-1].Rule == e.Rule {
			edits[n-1].To, edits[n-1].After = e.To, edits[n-1].After+e.After
			if len(edits[n-1].After) < maxMerged {
				return
			}
			e = Edit{From: e.To, To: e.To, Rule: e.Rule}
		}
		edits = append(edits, e)
	}
	for at := 0; at < len(text); {
		c := text[at]
		if c >= ' ' && c < 0x7F || c == '\n' || c == '\t' {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == '\r':
			if strings.HasPrefix(text[at+1:], "\n") {
				size++
			}
			add(Edit{From: at, To: at + size, After: "\n"})
		case r == '\f' || r == '\v' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			add(Edit{From: at, To: at + size, After: "\n"})
		case isUnseen(r):
			add(Edit{From: at, To: at + size, Rule: "invisible"})
		}
		at += size
	}
	return edits
}

// maxMerged is how many line ends in a row become one edit.
const maxMerged = 64

func isUnseen(r rune) bool {
	return r < ' ' || r == 0x7F || r == 0xAD || r >= 0x80 && r < 0xA0 || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E ||
		r >= 0x2060 && r <= 0x2064 || r == 0xFEFF || r >= 0xFE00 && r <= 0xFE0F
}

// maxEntity is the longest reference to a character, &CounterClockwiseContourIntegral; apart.
const maxEntity = 12

// Entities resolves references such as &nbsp; &ldquo; &#25945; also where & itself was written as a reference, and
// takes out the tags that a page left in its text.
func Entities(text string) []Edit {
	var edits []Edit
	for at := 0; at < len(text); at++ {
		switch text[at] {
		case '&':
			if end, meaning := entityAt(text[at:]); end > 0 {
				edits = append(edits, Edit{From: at, To: at + end, After: meaning, Rule: "entity"})
				at += end - 1
			}
		case '<':
			if end, meaning := tagAt(text[at:]); end > 0 {
				edits = append(edits, Edit{From: at, To: at + end, After: meaning, Rule: "tag"})
				at += end - 1
			}
		}
	}
	return edits
}

// entityAt reads a reference at the beginning of s.
func entityAt(s string) (end int, meaning string) {
	head := 1
	for strings.HasPrefix(s[head:], "amp;") && head < maxEntity {
		head += len("amp;")
	}
	end = head
	for end < len(s) && end-head < maxEntity && (isLetter(rune(s[end])) || isDigit(rune(s[end])) || s[end] == '#') {
		end++
	}
	if end < len(s) && s[end] == ';' {
		end++
	} else if !strings.HasPrefix(s[head:], "nbsp") && !strings.HasPrefix(s[head:], "quot") {
		return 0, ""
	} else {
		end = head + len("nbsp")
	}
	if head > 1 && end == head { // &amp;amp; and nothing else
		return head, "&"
	}
	reference := "&" + s[head:end]
	meaning = html.UnescapeString(reference)
	if meaning == reference {
		if head > 1 {
			return head, "&"
		}
		return 0, ""
	}
	if r, size := utf8.DecodeRuneInString(meaning); size == len(meaning) && isUnseen(r) {
		meaning = ""
	}
	return end, strings.ReplaceAll(meaning, "\u00A0", " ")
}

// tags are the elements of pages; those that end a line become one.
var tags = map[string]string{
	"br": "\n", "p": "\n", "div": "\n", "tr": "\n", "li": "\n", "table": "\n", "h1": "\n", "h2": "\n", "h3": "\n", "h4": "\n", "ul": "\n", "ol": "\n",
	"td": " | ", "th": " | ", "span": "", "font": "", "strong": "", "b": "", "i": "", "u": "", "em": "", "a": "", "img": "", "o:p": "", "sup": "", "sub": "", "tbody": "", "thead": "", "section": "\n", "center": "", "hr": "\n",
}

// maxTag is the longest tag with its attributes.
const maxTag = 2000

func tagAt(s string) (end int, meaning string) {
	name := strings.TrimPrefix(s[1:min(len(s), 20)], "/")
	stop := strings.IndexFunc(name, func(r rune) bool { return !isLetter(r) && !isDigit(r) && r != ':' })
	if stop <= 0 {
		return 0, ""
	}
	meaning, known := tags[strings.ToLower(name[:stop])]
	shut := strings.IndexAny(s[1:min(len(s), maxTag)], "<>\n")
	if !known || shut < 0 || s[1+shut] != '>' {
		return 0, ""
	}
	return shut + 2, meaning
}

// Width writes full-width figures, letters and the signs of numbers in half width.
func Width(text string) []Edit {
	var edits []Edit
	for at := 0; at < len(text); {
		if text[at] != 0xEF { // first byte of the full-width forms in UTF-8
			at++
			continue
		}
		from, out := at, []byte(nil)
		for at < len(text) {
			r, size := utf8.DecodeRuneInString(text[at:])
			half := r - 0xFEE0
			if !(half >= '0' && half <= '9' || isLetter(half) || half == '%' || half == '+' || half == '.' && betweenDigits(text, at, size)) {
				break
			}
			out = append(out, byte(half))
			at += size
		}
		if from < at {
			edits = append(edits, Edit{From: from, To: at, After: string(out), Rule: "width"})
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return edits
}

// betweenDigits tells whether the sign at byte at stands between two figures of either width.
func betweenDigits(text string, at, size int) bool {
	last, _ := before(text, at)
	next, _ := after(text, at+size)
	return isWideDigit(last) && isWideDigit(next)
}

func isWideDigit(r rune) bool { return isDigit(r) || r >= '０' && r <= '９' }
