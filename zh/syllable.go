package zh

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// toneless maps each vowel with a tone mark, and the look-alikes that pages use, to the plain letter.
var toneless = map[rune]byte{
	'ā': 'a', 'á': 'a', 'ǎ': 'a', 'à': 'a', 'ă': 'a', 'â': 'a', 'ɑ': 'a',
	'ē': 'e', 'é': 'e', 'ě': 'e', 'è': 'e', 'ĕ': 'e', 'ê': 'e', 'ế': 'e', 'ề': 'e',
	'ī': 'i', 'í': 'i', 'ǐ': 'i', 'ì': 'i', 'ĭ': 'i',
	'ō': 'o', 'ó': 'o', 'ǒ': 'o', 'ò': 'o', 'ŏ': 'o',
	'ū': 'u', 'ú': 'u', 'ǔ': 'u', 'ù': 'u', 'ŭ': 'u',
	'ü': 'v', 'ǖ': 'v', 'ǘ': 'v', 'ǚ': 'v', 'ǜ': 'v',
	'ń': 'n', 'ň': 'n', 'ǹ': 'n', 'ḿ': 'm', 'ɡ': 'g',
}

// isToneMark tells whether r is a combining accent that stands for a tone.
func isToneMark(r rune) bool {
	return r == 0x300 || r == 0x301 || r == 0x304 || r == 0x306 || r == 0x30C || r == 0x308
}

// spell returns the plain letters of a run of pinyin and whether it holds a tone mark; ok is false when the
// run holds anything but letters.
func spell(run string) (plain string, toned, ok bool) {
	out := make([]byte, 0, len(run))
	for _, r := range run {
		switch letter, marked := toneless[r]; {
		case marked:
			out, toned = append(out, letter), toned || r != 'ɑ' && r != 'ɡ'
		case isLetter(r):
			out = append(out, byte(r|0x20))
		case isToneMark(r):
			toned = true
		default:
			return "", false, false
		}
	}
	return string(out), toned, len(out) > 0
}

// isPinyinRune tells whether r can stand in a pinyin syllable.
func isPinyinRune(r rune) bool {
	if isLetter(r) || isToneMark(r) {
		return true
	}
	_, marked := toneless[r]
	return r > 0x7F && marked
}

// readingTable holds the toneless readings of the characters, and every toneless syllable of the standard language.
type readingTable struct {
	of        [0x9FFF - 0x4E00 + 1][]string
	syllables map[string]bool
}

var readingsOnce = sync.OnceValue(func() *readingTable {
	t := &readingTable{syllables: map[string]bool{}}
	for code, value := range pinyin.PinyinDict {
		if code < 0x4E00 || code > 0x9FFF {
			continue
		}
		for _, reading := range strings.Split(value, ",") {
			plain, _, ok := spell(reading)
			if !ok || slices.Contains(t.of[code-0x4E00], plain) {
				continue
			}
			t.of[code-0x4E00] = append(t.of[code-0x4E00], plain)
			if code <= 0x9FA5 {
				t.syllables[plain] = true
			}
		}
	}
	return t
})

// syllables holds every toneless syllable of the standard language.
func syllables() map[string]bool { return readingsOnce().syllables }

// readings returns the toneless readings of a character.
func readings(r rune) []string {
	if r < 0x4E00 || r > 0x9FFF {
		return nil
	}
	return readingsOnce().of[r-0x4E00]
}

// reads tells whether a character may be read as a plain syllable. A page that lost the dots of ü writes u or v.
func reads(r rune, plain string) bool {
	for _, reading := range readings(r) {
		if reading == plain || strings.ReplaceAll(reading, "v", "u") == strings.ReplaceAll(plain, "v", "u") {
			return true
		}
	}
	return false
}

// isPinyin tells whether plain is a run of one to max whole syllables.
func isPinyin(plain string, max int) bool {
	if plain == "" {
		return true
	}
	if max == 0 {
		return false
	}
	for n := min(6, len(plain)); n > 0; n-- {
		if syllables()[plain[:n]] && isPinyin(plain[n:], max-1) {
			return true
		}
	}
	return false
}

// readsBackwards tells whether plain is the reading of the last characters of text, up to four of them.
func readsBackwards(text, plain string) bool {
	for count := 0; plain != "" && count < 4; count++ {
		r, size := utf8.DecodeLastRuneInString(text)
		if !isHan(r) {
			return false
		}
		found := ""
		for _, reading := range readings(r) {
			if len(reading) > len(found) && strings.HasSuffix(plain, reading) {
				found = reading
			}
		}
		if found == "" {
			return false
		}
		plain, text = plain[:len(plain)-len(found)], text[:len(text)-size]
	}
	return plain == ""
}
