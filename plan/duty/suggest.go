package duty

import (
	"slices"
	"strings"

	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
	"jiaoheng/zh"
)

// Source says where the words of a suggestion stand.
type Source string

// Where words stand that say who answers for a node, the surest first.
const (
	FromNode    Source = "node"    // the reader found them with the node, or a person wrote them there
	FromSection Source = "section" // a note under the same heading
	FromRow     Source = "row"     // another node of the plan that says nearly the same, as tables of the division of labour do
)

// Suggestion is who should lead a node by the words of the document. Lead is "" where no unit could be told; Unknown holds the
// names that belong to no unit, or to several.
type Suggestion struct {
	Node    Node
	Lead    string
	Helpers []string
	Due     period.Date
	Words   string
	From    Source
	Unknown []string
}

// Draft returns what a person confirms.
func (s Suggestion) Draft() Draft {
	return Draft{Node: s.Node.Track, Lead: s.Lead, Helpers: s.Helpers, Due: s.Due}
}

// Suggest returns for every node that wants a lead and is not in held what the document says of who leads it, in the order of the
// text; a node of which nothing is said has no Lead and no Words. text is the clean text of the version.
func Suggest(o *Outline, text string, tree *unit.Tree, held map[target.Track]Duty, day period.Date) []Suggestion {
	names := NewNames(tree, target.Home(tree, o.Plan), day)
	notes := notesOf(text)
	work := o.Work()
	var suggestions []Suggestion
	for _, node := range work {
		if _, confirmed := held[node.Track]; confirmed {
			continue
		}
		s := Suggestion{Node: node, Due: target.DeadlineOf(node.Field("deadline"), o.Version.Content)}
		s.Words, s.From = wordsFor(node, text, notes, work)
		s.read(names)
		suggestions = append(suggestions, s)
	}
	return suggestions
}

// wordsFor finds the words that say who answers for a node.
func wordsFor(node Node, text string, notes []note, work []Node) (string, Source) {
	if n, found := noteBehind(node, text, notes); found {
		if who := node.Field("responsible"); who == "" || n.leads || strings.Contains(n.words, who) {
			return n.words, FromSection
		}
	}
	if who := node.Field("responsible"); who != "" {
		return who, FromNode
	}
	best, likeness := "", likeEnough
	for _, other := range work {
		who := other.Field("responsible")
		if who == "" || other.Track == node.Track {
			continue
		}
		if together(node, other) {
			return who, FromNode
		}
		if like := alike(node.Name(), other.Name()); like >= likeness {
			best, likeness = who, like
		}
	}
	if best != "" {
		return best, FromRow
	}
	return "", ""
}

// together tells whether two nodes were read from the same words: a target stands inside the sentence of the task that serves it.
func together(a, b Node) bool {
	for _, x := range a.Places {
		for _, y := range b.Places {
			if x.Clean.From < y.Clean.To && y.Clean.From < x.Clean.To {
				return true
			}
		}
	}
	return false
}

// likeEnough is how much of two names must be the same pairs of characters for them to speak of one thing.
const likeEnough = 0.6

// alike tells how much two names have in common.
func alike(a, b string) float64 { return zh.Alike(zh.Pairs(a), zh.Pairs(b)) }

// read finds the units of the words. What stands behind a word for leading leads; else the first unit does.
func (s *Suggestion) read(names *Names) {
	lead, rest := leadOf(s.Words)
	var units []string
	for _, part := range [][]string{SplitNames(lead), SplitNames(rest)} {
		for _, name := range part {
			code, found := names.Find(name)
			switch {
			case !found:
				s.Unknown = append(s.Unknown, name)
			case !slices.Contains(units, code):
				units = append(units, code)
			}
		}
	}
	if len(units) > 0 {
		s.Lead, s.Helpers = units[0], units[1:]
	}
	if len(s.Helpers) > MaxHelpers {
		s.Helpers = s.Helpers[:MaxHelpers]
	}
}

// leadOf parts words such as 牵头单位：教育局；责任单位：财政局、人社局 or 教育局牵头，财政局配合 into who leads and the others.
func leadOf(text string) (lead, rest string) {
	var leads, others []string
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；。()（）\n", r) }) {
		for _, part := range cutKeys(clause) {
			if part.leads {
				leads = append(leads, part.names)
			} else {
				others = append(others, part.names)
			}
		}
	}
	return strings.Join(leads, "、"), strings.Join(others, "、")
}

// keyed is a list of names with whether they lead.
type keyed struct {
	names string
	leads bool
}

// cutKeys cuts a clause at its keys (牵头单位：) and at its verbs (…牵头，…配合).
func cutKeys(clause string) []keyed {
	for _, key := range words("duty.rule.keys") {
		clause = strings.NewReplacer(key+"：", "\x00"+key+"：", key+":", "\x00"+key+"：").Replace(clause)
	}
	var all []keyed
	for _, piece := range strings.Split(clause, "\x00") {
		if key, list, keyedList := strings.Cut(piece, "："); keyedList {
			all = append(all, keyed{list, isLeading(key)})
			continue
		}
		for _, verb := range words("duty.rule.leading_verbs") {
			if who, others, found := strings.Cut(piece, verb); found {
				all = append(all, keyed{strings.TrimPrefix(who, "由"), true})
				piece = others
			}
		}
		for _, verb := range words("duty.rule.helping_verbs") {
			piece = strings.ReplaceAll(piece, verb, "")
		}
		if piece = strings.Trim(piece, "，, "); piece != "" {
			all = append(all, keyed{piece, false})
		}
	}
	return all
}

func isLeading(key string) bool {
	return slices.ContainsFunc(words("duty.rule.leading"), func(word string) bool { return strings.Contains(key, word) })
}
