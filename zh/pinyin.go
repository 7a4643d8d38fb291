package zh

import (
	"strings"
	"unicode/utf8"
)

// maxGloss is the longest run of pinyin in brackets, in bytes: four syllables with their tone marks.
const maxGloss = 40

// Pinyin finds the readings that a page pushed in after characters: 教(jiāo)育, 教（jiao）（jiao）育, 教jiāo育.
//
// A reading with tone marks goes wherever it follows a character. One without them goes only when it is the
// reading of the characters before it, since brackets may hold an English word. A page that explains one or two
// rare characters keeps its explanations.
func Pinyin(text string) []Edit {
	var edits []Edit
	rare := 0
	for at := 0; at < len(text); {
		if c := text[at]; c < 0x80 && c != '(' && c != '[' && !isLetter(rune(c)) {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		end := 0
		switch {
		case strings.ContainsRune("(（[〔【", r):
			head := at
			if n := len(edits); n > 0 && edits[n-1].To == at { // a reading given twice
				head = edits[n-1].From
			}
			end = glossEnd(text, at, size, text[:head])
		case isPinyinRune(r):
			end = bareGlossEnd(text, at)
			if end == 0 {
				at = wordEnd(text, at)
				continue
			}
		}
		if end == 0 {
			at += size
			continue
		}
		if n := len(edits); n > 0 && edits[n-1].To == at {
			edits[n-1].To = end
		} else {
			if owner, _ := before(text, at); !isCommon(owner) {
				rare++
			}
			edits = append(edits, Edit{From: at, To: end, Rule: "pinyin"})
		}
		at = end
	}
	if len(edits) <= 2 && rare == len(edits) {
		return nil
	}
	return edits
}

// glossEnd returns the end of a reading in brackets that opens at byte at, 0 when it is none. head is the text before
// it and before the readings that it repeats.
func glossEnd(text string, at, size int, head string) int {
	var plain strings.Builder
	toned := false
	i := at + size
	shut := 0
	for i < len(text) && i-at < maxGloss {
		r, n := utf8.DecodeRuneInString(text[i:])
		if isPinyinRune(r) {
			letters, marked, _ := spell(text[i : i+n])
			plain.WriteString(letters)
			toned = toned || marked
			i += n
			continue
		}
		if (isBlank(r) || r == ',' || r == '\'' || r == '’' || r == '·') && plain.Len() > 0 || isBlank(r) {
			i += n
			continue
		}
		if strings.ContainsRune(")）]〕】", r) {
			shut = i + n
		} else if toned && isHan(r) {
			shut = i // the closing bracket is lost
		}
		break
	}
	word := plain.String()
	if shut == 0 || word == "" {
		return 0
	}
	head = strings.TrimSuffix(head, " ")
	owner, _ := utf8.DecodeLastRuneInString(head)
	if !isHan(owner) {
		return 0
	}
	if toned && isPinyin(word, 4) || readsBackwards(head, word) || isRepeated(word, owner) {
		return shut
	}
	return 0
}

// isRepeated tells whether word is the reading of owner given several times in one bracket.
func isRepeated(word string, owner rune) bool {
	for _, reading := range readings(owner) {
		if n := len(word) / len(reading); n > 1 && strings.Repeat(reading, n) == word {
			return true
		}
	}
	return false
}

// wordEnd returns the end of the run of letters at byte at.
func wordEnd(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !isPinyinRune(r) {
			break
		}
		at += n
	}
	return at
}

// bareGlossEnd returns the end of a reading without brackets at byte at: small letters between two characters
// that are the reading of the first.
func bareGlossEnd(text string, at int) int {
	owner, _ := before(text, at)
	if !isHan(owner) {
		return 0
	}
	end := wordEnd(text, at)
	word := text[at:end]
	plain, toned, ok := spell(word)
	if !ok || strings.ToLower(word) != word || len(plain) < 2 && !toned {
		return 0
	}
	if next, _ := after(text, end); isDigit(next) && !toned || isLetter(next) {
		return 0
	}
	if toned && isPinyin(plain, 2) || readsBackwards(text[:at], plain) || isRepeated(plain, owner) {
		return end
	}
	return 0
}
