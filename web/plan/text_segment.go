package plan

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/plan"
)

// textLine is one line of the clean text. Level is that of the heading it is, -1 for running text.
type textLine struct {
	From     int // byte in the clean text
	Level    int
	Segments []segment
}

// segment is a run of a line that the same items were read from. Items is empty for words that nobody claims.
type segment struct {
	From  int
	Text  string
	Kind  plan.Kind // of the first item, which gives the colour
	Items []string  // the narrowest kind first
	Lead  bool      // words of a heading that shares its line with running text
}

// colourRank says which item of several gives a run of words its colour: numbers before deeds before headings.
var colourRank = map[plan.Kind]int{plan.Target: 1, plan.Fact: 2, plan.Number: 3, plan.Project: 4, plan.Mechanism: 5, plan.Task: 6, plan.Heading: 7, plan.Document: 8}

type edge struct {
	at    int
	opens bool
	item  int
}

// segments cuts the text into lines and the lines into runs. Places outside the text or within a character are
// widened to whole characters, so that a reading from an older reader still shows.
func segments(text string, items []plan.Item) []textLine {
	byID := map[string]plan.Item{}
	var edges []edge
	for i, item := range items {
		if !item.Live() {
			continue
		}
		byID[item.ID] = item
		for _, place := range item.Places {
			from, to := onRune(text, place.Clean.From), onRune(text, place.Clean.To)
			if from < to {
				edges = append(edges, edge{from, true, i}, edge{to, false, i})
			}
		}
	}
	slices.SortStableFunc(edges, func(a, b edge) int { return cmp.Compare(a.at, b.at) })
	active := map[int]int{} // item → number of its places that are open
	next := 0
	var lines []textLine
	at := 0
	for line := range strings.Lines(text) {
		end := at + len(strings.TrimRight(line, "\r\n"))
		made := textLine{From: at, Level: -1}
		for from := at; from < end; {
			for next < len(edges) && edges[next].at <= from {
				active[edges[next].item] += map[bool]int{true: 1, false: -1}[edges[next].opens]
				if active[edges[next].item] == 0 {
					delete(active, edges[next].item)
				}
				next++
			}
			to := end
			if next < len(edges) && edges[next].at < end {
				to = edges[next].at
			}
			made.Segments = append(made.Segments, newSegment(text, from, to, items, active))
			from = to
		}
		if len(made.Segments) > 0 {
			markHeading(&made, byID)
			lines = append(lines, made)
		}
		at += len(line)
	}
	return lines
}

func onRune(text string, at int) int {
	at = min(max(at, 0), len(text))
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

func newSegment(text string, from, to int, items []plan.Item, active map[int]int) segment {
	s := segment{From: from, Text: text[from:to]}
	var covering []int
	for i := range active {
		covering = append(covering, i)
	}
	slices.SortFunc(covering, func(a, b int) int {
		return cmp.Or(cmp.Compare(colourRank[items[a].Kind], colourRank[items[b].Kind]), cmp.Compare(a, b))
	})
	for _, i := range covering {
		s.Items = append(s.Items, items[i].ID)
	}
	if len(covering) > 0 {
		s.Kind = items[covering[0]].Kind
	}
	return s
}

// markHeading sets the level of a line that is a heading as a whole. A heading that shares its line with running
// text marks only its own words.
func markHeading(line *textLine, items map[string]plan.Item) {
	whole := true
	level := -1
	for i, part := range line.Segments {
		at := slices.IndexFunc(part.Items, func(id string) bool { return items[id].Kind == plan.Heading })
		line.Segments[i].Lead = at >= 0
		whole = whole && at >= 0
		if at >= 0 && level < 0 {
			level = number(items[part.Items[at]].Fields["level"])
		}
	}
	if whole {
		line.Level = level
	}
}
