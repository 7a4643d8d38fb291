package noise

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// fold drops white space and the marks between table cells and folds width, quotes, brackets and dashes.
func fold(text string) []rune {
	var out []rune
	for _, r := range width.Fold.String(text) {
		switch {
		case unicode.IsSpace(r) || r == '|' || r == '\u200b':
			continue
		case strings.ContainsRune("“”„「」", r):
			r = '"'
		case strings.ContainsRune("‘’", r):
			r = '\''
		case strings.ContainsRune("〔【[", r):
			r = '('
		case strings.ContainsRune("〕】]", r):
			r = ')'
		case strings.ContainsRune("—–―─‐~～", r):
			r = '-'
		}
		if r == '-' && len(out) > 0 && out[len(out)-1] == '-' {
			continue
		}
		out = append(out, r)
	}
	return out
}

// Rate is the number of character edits from clean to repaired by the length of clean, after folding.
func Rate(clean, repaired string) float64 {
	a, b := fold(clean), fold(repaired)
	return float64(distance(a, b)) / float64(max(1, len(a)))
}

// distance is the Levenshtein distance by furthest-reaching diagonals: time grows with the number of edits, not with
// the product of the lengths.
func distance(a, b []rune) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	n, m := len(a), len(b)
	goal := m - n
	const none = -1 << 30
	before, now := map[int]int{}, map[int]int{}
	at := func(reach map[int]int, diagonal int) int {
		if v, ok := reach[diagonal]; ok {
			return v
		}
		return none
	}
	for edits := 0; ; edits++ {
		now = map[int]int{}
		for d := -edits; d <= edits; d++ {
			i := max(at(before, d)+1, at(before, d-1), at(before, d+1)+1)
			if edits == 0 {
				i = 0
			}
			i = min(i, n, m-d)
			if i < 0 || i+d < 0 {
				continue
			}
			for i < n && i+d < m && a[i] == b[i+d] {
				i++
			}
			now[d] = i
		}
		if at(now, goal) >= n {
			return edits
		}
		before = now
	}
}

// Lines is the share of the paragraphs of clean that stand as one line in repaired.
func Lines(clean, repaired string) float64 {
	have := map[string]bool{}
	for line := range strings.Lines(repaired) {
		have[string(fold(line))] = true
	}
	found, all := 0, 0
	for line := range strings.Lines(clean) {
		if text := string(fold(line)); text != "" {
			all++
			if have[text] {
				found++
			}
		}
	}
	return float64(found) / float64(max(1, all))
}
