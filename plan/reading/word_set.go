package reading

import (
	"strings"
	"unicode/utf8"
)

// wordSet is a list of words that can be asked quickly whether a text begins with, ends in or holds one of them:
// one look at a table of characters answers most questions.
type wordSet struct {
	first, last runeBits
	byFirst     map[rune][]string
	byLast      map[rune][]string
}

// runeBits is a set of the characters of the basic plane.
type runeBits [1 << 10]uint64

func (b *runeBits) add(r rune)      { b[r>>6&0x3ff] |= 1 << (r & 63) }
func (b *runeBits) has(r rune) bool { return b[r>>6&0x3ff]&(1<<(r&63)) != 0 }

func setOf(lists ...[]string) *wordSet {
	set := &wordSet{byFirst: map[rune][]string{}, byLast: map[rune][]string{}}
	for _, list := range lists {
		for _, w := range list {
			first, _ := utf8.DecodeRuneInString(w)
			last, _ := utf8.DecodeLastRuneInString(w)
			set.first.add(first)
			set.last.add(last)
			set.byFirst[first] = append(set.byFirst[first], w)
			set.byLast[last] = append(set.byLast[last], w)
		}
	}
	return set
}

// begins tells whether s begins with one of the words.
func (set *wordSet) begins(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return set.first.has(r) && hasAnyPrefix(s, set.byFirst[r])
}

// ends tells whether s ends in one of the words.
func (set *wordSet) ends(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return set.last.has(r) && hasAnySuffix(s, set.byLast[r])
}

// in tells whether s holds one of the words.
func (set *wordSet) in(s string) bool {
	for at, r := range s {
		if set.first.has(r) && hasAnyPrefix(s[at:], set.byFirst[r]) {
			return true
		}
	}
	return false
}

// cut returns s without the first word of the list that it begins with, or s itself.
func (set *wordSet) cut(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if set.first.has(r) {
		for _, w := range set.byFirst[r] {
			if rest, ok := strings.CutPrefix(s, w); ok {
				return rest
			}
		}
	}
	return s
}

// longestEnd returns the longest word that s ends in, "" when there is none.
func (set *wordSet) longestEnd(s string) string {
	longest := ""
	r, _ := utf8.DecodeLastRuneInString(s)
	if set.last.has(r) {
		for _, w := range set.byLast[r] {
			if len(w) > len(longest) && strings.HasSuffix(s, w) {
				longest = w
			}
		}
	}
	return longest
}
