package duty

import (
	"slices"
	"strings"
)

// note is a run of the text that says who answers for what stands before it: (牵头单位：…；责任单位：…).
type note struct {
	from, to int // bytes of the clean text
	words    string
	leads    bool // it names who leads
}

// notesOf finds the notes of a text, in order. A note runs to the end of its bracket, sentence or line; two notes of
// neighbouring lines are one.
func notesOf(text string) []note {
	keys := words("duty.rule.keys")
	var notes []note
	for at := 0; at < len(text); {
		from := -1
		for _, key := range keys {
			for _, mark := range []string{"：", ":"} {
				if n := strings.Index(text[at:], key+mark); n >= 0 && (from < 0 || at+n < from) {
					from = at + n
				}
			}
		}
		if from < 0 {
			break
		}
		end := from + strings.IndexAny(text[from:]+"\n", ")）】]。\n")
		one := note{from: from, to: end, words: text[from:end]}
		if last := len(notes) - 1; last >= 0 && strings.Trim(text[notes[last].to:from], " 　\n()（）【】[]。；;") == "" {
			notes[last].words += "；" + one.words
			notes[last].to = end
		} else {
			notes = append(notes, one)
		}
		at = end
	}
	for i := range notes {
		notes[i].leads = isLeading(notes[i].words)
	}
	return notes
}

// noteLimit is how many paragraphs may stand between a node and the note that speaks of it.
const noteLimit = 12

// noteBehind finds the first note behind a node under the same heading: no other note stands between, and no heading.
func noteBehind(node Node, text string, notes []note) (note, bool) {
	if len(node.Places) == 0 {
		return note{}, false
	}
	from := node.Places[0].Clean.From
	at, _ := slices.BinarySearchFunc(notes, from, func(n note, from int) int { return n.to - from })
	if at == len(notes) || from > len(text) {
		return note{}, false
	}
	n := notes[at]
	between := text[min(from, n.from):n.from]
	if strings.Count(between, "\n") > noteLimit || headed(between) {
		return note{}, false
	}
	return n, true
}

// headed tells whether a heading of the two upper orders begins in the text: 一、 or (一).
func headed(text string) bool {
	for _, line := range strings.Split(text, "\n")[1:] {
		line = strings.TrimLeft(line, " 　（(")
		digits := strings.TrimLeft(line, "一二三四五六七八九十百")
		if digits != line && (strings.HasPrefix(digits, "、") || strings.HasPrefix(digits, ")") || strings.HasPrefix(digits, "）")) {
			return true
		}
	}
	return false
}
