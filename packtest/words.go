package packtest

import (
	"strings"
	"unicode"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// line is one line of a file cut into words.
type line struct {
	words    []Word
	indented bool
	place    fault.Place
}

// cut splits a line into words at blanks. A word may hold blanks between quotes and between brackets, such as
// missing(a, b); "#" at the start of a word begins a comment.
func cut(text string, place fault.Place, faults *fault.List) line {
	l := line{place: place}
	characters := []rune(text)
	l.indented = len(characters) > 0 && unicode.IsSpace(characters[0])
	for at := 0; at < len(characters); {
		if unicode.IsSpace(characters[at]) {
			at++
			continue
		}
		if characters[at] == '#' {
			break
		}
		from := place
		from.Offset = at + 1
		word, next, whole := oneWord(characters, at)
		if !whole {
			faults.Add(fault.At(from, "packtest.open_word", message.Args{"word": word}))
		}
		l.words = append(l.words, Word{Text: word, Place: from})
		at = next
	}
	if len(l.words) > 0 {
		l.place = l.words[0].Place
	}
	if len(l.words) > MaxWords {
		faults.Add(fault.At(l.place, "packtest.too_many_words", message.Args{"count": len(l.words), "limit": MaxWords}))
		l.words = l.words[:MaxWords]
	}
	return l
}

// oneWord returns the word that begins at, where the next one may begin, and whether its quotes and brackets are closed.
func oneWord(characters []rune, at int) (string, int, bool) {
	var word strings.Builder
	depth, quoted := 0, false
	for ; at < len(characters); at++ {
		c := characters[at]
		switch {
		case c == '"':
			quoted = !quoted
			continue
		case quoted:
		case c == '(' || c == '（':
			depth++
			c = '('
		case c == ')' || c == '）':
			depth--
			c = ')'
		case unicode.IsSpace(c) && depth <= 0:
			return word.String(), at, true
		}
		word.WriteRune(c)
	}
	return word.String(), at, depth <= 0 && !quoted
}
