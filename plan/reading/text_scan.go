package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func chineseDigit(r rune) int {
	switch r {
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	}
	return 0
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func isSpace(r rune) bool { return r == ' ' || r == '　' || r == '\t' || r == '\r' || r == '\u00a0' }

// isStop tells whether the mark ends a sentence.
func isStop(r rune) bool { return r == '。' || r == '！' || r == '？' || r == '!' || r == '?' }

// isClauseMark tells whether the mark separates clauses or sentences.
func isClauseMark(r rune) bool {
	return isStop(r) || r == '，' || r == ',' || r == '；' || r == ';'
}

// isClosing tells whether the mark belongs to what stands before it.
func isClosing(r rune) bool {
	switch r {
	case '”', '’', '"', '\'', '）', ')', '》', '】', '」', '』':
		return true
	}
	return false
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf }

func skipSpace(line string, at int) int {
	for at < len(line) {
		r, size := utf8.DecodeRuneInString(line[at:])
		if !isSpace(r) {
			break
		}
		at += size
	}
	return at
}

// skipMarks steps over the white space and the separators between a label and its title.
func skipMarks(line string, at int) int {
	for at < len(line) {
		r, size := utf8.DecodeRuneInString(line[at:])
		if !isSpace(r) && !strings.ContainsRune(":：、.．-—－", r) {
			break
		}
		at += size
	}
	return at
}

// squeeze leaves out white space.
func squeeze(s string) string {
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// runes counts characters, at most limit of them, so that a very long line costs no more than a short one.
func runes(s string, limit int) int {
	n := 0
	for range s {
		if n++; n >= limit {
			break
		}
	}
	return n
}

// lastBytes returns the end of s, at most n bytes from the start of a character on: names are short, and looking
// only there keeps a very long clause cheap.
func lastBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	at := len(s) - n
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// hasAnySuffix tells whether s ends in one of the words.
func hasAnySuffix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// hasAnyPrefix tells whether s begins with one of the words.
func hasAnyPrefix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// containsAny tells whether s holds one of the words.
func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
