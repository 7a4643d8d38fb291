package duty

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/plan"
	"jiaoheng/plan/target"
)

// Promise says why a paragraph counts as one that promises something.
type Promise string

// Why a paragraph wants a node.
const (
	ByNumber Promise = "number"
	ByVerb   Promise = "verb"
)

// Paragraph is a paragraph of the clean text that promises something.
type Paragraph struct {
	Key      string // of its words: the same in every version of the text
	Text     string
	From     int // byte of the clean text
	Promises []Promise
	Words    string // the number or the verb that was found
}

// Covering is what a report of coverage tells of one plan.
type Covering struct {
	Paragraphs int                // paragraphs of the text
	Promising  int                // of them, those that promise something
	Covered    int                // of them, those that a node of the plan was read from
	Open       []Paragraph        // no node, nothing decided
	Settled    []SettledParagraph // a person tied them to a node or set them aside
	Unled      []Node             // nodes that want a lead and have none
	Unmeasured []Node             // targets of which nobody said what measures them
	Excused    []ExcusedNode      // targets that nothing measures for now, with the reason
}

// SettledParagraph is a paragraph that no node was read from, with what a person decided.
type SettledParagraph struct {
	Paragraph
	Settlement Settlement
	Node       Node // to which it was tied
	Gone       bool // the node is no longer in the plan: the paragraph is open again
}

// ExcusedNode is a target that a person bound to nothing, with the reason.
type ExcusedNode struct {
	Node    Node
	Binding target.Binding
}

// Empty tells whether nothing is left to be done.
func (c Covering) Empty() bool { return len(c.Open)+len(c.Unled)+len(c.Unmeasured) == 0 }

// Coverage compares the whole text of a version with its nodes, their leads and what measures the targets. Headings cover
// nothing: a paragraph that is a heading and nothing else promises nothing by itself. Targets that stand elsewhere (see Same) are
// led and measured there.
func Coverage(o *Outline, text string, held map[target.Track]Duty, bound map[target.Track]target.Binding, settlements []Settlement, elsewhere map[target.Track]bool) Covering {
	var c Covering
	decided := settled(settlements, OfParagraph, 0)
	cover, headings := placesOf(o.Version.Content, false), placesOf(o.Version.Content, true)
	for from := 0; from < len(text); {
		line, _, _ := strings.Cut(text[from:], "\n")
		if strings.TrimSpace(line) != "" {
			c.Paragraphs++
		}
		if paragraph, promising := promiseOf(line, from, headings); promising {
			c.Promising++
			c.place(o, paragraph, overlaps(cover, from, from+len(line)), decided)
		}
		from += len(line) + 1
	}
	for _, node := range o.Work() {
		if elsewhere[node.Track] {
			continue
		}
		if _, led := held[node.Track]; !led {
			c.Unled = append(c.Unled, node)
		}
		binding, known := bound[node.Track]
		switch {
		case node.Kind != plan.Target:
		case !known:
			c.Unmeasured = append(c.Unmeasured, node)
		case binding.Kind == target.FromNothing:
			c.Excused = append(c.Excused, ExcusedNode{node, binding})
		}
	}
	return c
}

// place puts a promising paragraph where it belongs.
func (c *Covering) place(o *Outline, paragraph Paragraph, covered bool, decided map[string]Settlement) {
	settlement, there := decided[paragraph.Key]
	switch {
	case covered:
		c.Covered++
	case !there:
		c.Open = append(c.Open, paragraph)
	default:
		one := SettledParagraph{Paragraph: paragraph, Settlement: settlement}
		if settlement.Node != "" {
			node, known := o.Find(settlement.Node)
			if one.Node, one.Gone = node, !known; one.Gone {
				c.Open = append(c.Open, paragraph)
				return
			}
		}
		c.Settled = append(c.Settled, one)
	}
}

// interval is a run of the clean text.
type interval struct{ from, to int }

// placesOf returns where the nodes of a version stand, those of headings or the others, sorted by their ends.
func placesOf(content plan.Content, headings bool) []interval {
	var places []interval
	for _, node := range content.Nodes {
		if (node.Kind == plan.Heading) != headings {
			continue
		}
		for _, place := range node.Places {
			places = append(places, interval{place.Clean.From, place.Clean.To})
		}
	}
	slices.SortFunc(places, func(a, b interval) int { return a.to - b.to })
	return places
}

// overlaps tells whether one of the places has characters in common with the run.
func overlaps(places []interval, from, to int) bool {
	at, _ := slices.BinarySearchFunc(places, from+1, func(p interval, from int) int { return p.to - from })
	return slices.ContainsFunc(places[at:], func(p interval) bool { return p.from < to })
}

// promiseOf tells whether a line promises something besides being a heading, and by what.
func promiseOf(line string, from int, headings []interval) (Paragraph, bool) {
	rest := []byte(line)
	at, _ := slices.BinarySearchFunc(headings, from+1, func(p interval, from int) int { return p.to - from })
	for _, h := range headings[at:] {
		for i := max(h.from-from, 0); i < min(h.to-from, len(line)); i++ {
			rest[i] = '\n'
		}
	}
	said := strings.ReplaceAll(string(rest), "\n", "")
	if !strings.ContainsFunc(said, isHan) {
		return Paragraph{}, false
	}
	p := Paragraph{Text: strings.TrimSpace(line), From: from, Key: keyOf(line)}
	if number := numberIn(said); number != "" {
		p.Promises, p.Words = append(p.Promises, ByNumber), number
	}
	if verb := verbIn(said); verb != "" {
		p.Promises = append(p.Promises, ByVerb)
		if p.Words == "" {
			p.Words = verb
		}
	}
	return p, len(p.Promises) > 0
}

// keyOf names a paragraph by its words without blanks and marks.
func keyOf(line string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, line)
	sum := sha256.Sum256([]byte(bare))
	return hex.EncodeToString(sum[:8])
}

// leastWords is how many characters a line has at least that promises something by a verb: shorter ones are labels.
const leastWords = 8

// verbIn returns the first verb of duty of a line, "" where there is none.
func verbIn(line string) string {
	if utf8.RuneCountInString(strings.TrimSpace(line)) < leastWords {
		return ""
	}
	best, first := "", len(line)
	for _, verb := range words("duty.rule.verbs") {
		if at := strings.Index(line, verb); at >= 0 && at < first {
			best, first = verb, at
		}
	}
	return best
}

// label is the number at the head of an item: 1. (2) 3、 ④.
var label = regexp.MustCompile(`^(?:[（(]?[0-9０-９]{1,3}[)）、．]|[0-9]{1,3}\.([^0-9])|[①-⑳])`)

// isHan tells whether a line holds words at all: cells of a table with nothing but a number belong to the words beside them.
func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// numberIn returns the first number of a line that is more than a label at its head, a year, a date or the number of a document.
func numberIn(line string) string {
	line = strings.TrimSpace(line)
	line = label.ReplaceAllString(line, "$1")
	if inBrackets := strings.IndexAny(line, "〔["); inBrackets >= 0 {
		if end := strings.IndexAny(line[inBrackets:], "号"); end >= 0 && end < 40 {
			line = line[:inBrackets] + line[inBrackets+end:]
		}
	}
	for at := 0; at < len(line); {
		from := strings.IndexAny(line[at:], "0123456789")
		if from < 0 {
			return ""
		}
		from += at
		to := from
		for to < len(line) && strings.ContainsRune("0123456789.,%", rune(line[to])) {
			to++
		}
		behind, _ := utf8.DecodeRuneInString(line[to:])
		if !strings.ContainsRune("年月日—-－～~时点", behind) {
			return line[from:to]
		}
		at = to
	}
	return ""
}
