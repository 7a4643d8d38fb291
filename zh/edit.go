package zh

import "strings"

// Edit says that the bytes [From, To) of a text become After. Rule names the noise; an empty rule is a change
// of form that no report shows.
type Edit struct {
	From, To int
	After    string
	Rule     string
}

// Apply returns text with edits made. The edits are in order of position and do not overlap.
func Apply(text string, edits []Edit) string {
	if len(edits) == 0 {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	at := 0
	for _, e := range edits {
		out.WriteString(text[at:e.From])
		out.WriteString(e.After)
		at = e.To
	}
	out.WriteString(text[at:])
	return out.String()
}

// Pass is one repair.
type Pass struct {
	Name string
	Find func(text string) []Edit
}
