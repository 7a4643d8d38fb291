package zh

import "strings"

// Tidy takes out the blanks around lines, the empty lines and the bar that a box of one cell leaves at the end of its
// line. It changes nothing that a reader sees, so it leaves no record.
func Tidy(text string) []Edit {
	var edits []Edit
	add := func(from, to int, with string) {
		if n := len(edits); n > 0 && edits[n-1].To == from {
			edits[n-1].To, edits[n-1].After = to, edits[n-1].After+with
			return
		}
		if text[from:to] != with {
			edits = append(edits, Edit{From: from, To: to, After: with})
		}
	}
	written := false
	for _, l := range lines(text) {
		end := min(l.to+1, len(text))
		body := l.text
		if strings.Count(text[l.from:l.to], "\t") >= 2 && body != "" { // the first or last cell of a row may be empty
			body = strings.Trim(text[l.from:l.to], " \u00A0　")
		}
		if strings.Count(body, "|") == 1 && strings.HasSuffix(body, "|") {
			body = strings.TrimRightFunc(strings.TrimSuffix(body, "|"), isBlank)
		}
		if body == "" {
			if end > l.from {
				add(l.from, end, "")
			}
			continue
		}
		at := l.from + strings.Index(text[l.from:l.to], body)
		if at > l.from {
			add(l.from, at, "")
		}
		if rest := at + len(body); rest < end {
			add(rest, end, strings.Repeat("\n", end-l.to))
		}
		written = true
	}
	if !written {
		return nil
	}
	return edits
}
