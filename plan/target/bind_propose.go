package target

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/plan"
	"jiaoheng/unit"
	"jiaoheng/zh"
)

// LikelyFrom is the confidence from which a proposal may be confirmed by one press; others are chosen from the list.
const LikelyFrom = 0.7

// SureFrom is the confidence from which a proposal may be confirmed together with others.
const SureFrom = 0.9

// showFrom is the confidence below which a proposal helps nobody, MaxProposals how many are shown.
const (
	showFrom     = 0.5
	MaxProposals = 5
)

// What a proposal is worth. Measured on testdata/bind_names.csv and on the five plans of docs/binding.md: whoever changes one
// of them runs both tests.
const (
	wholeSaying  = 0.97 // every word of the name is explained by a saying
	wholeTitle   = 0.93 // the name is that of the indicator, plain words aside
	likeTitle    = 0.85 // times the likeness to the name of the indicator
	unexplained  = 0.05 // for each character that nothing explains
	fromScope    = 0.02 // for each word that stands in the scope and not in the name
	fromHeading  = 0.04 // for each word that stands in a heading only
	ceilTurned   = 0.6  // the name speaks of the opposite or of a change
	ceilPartial  = 0.85 // the figure can be compared after thinking only
	ceilScale    = 0.8  // the figure is written on another scale
	ceilEach     = 0.8  // the target is for each of something, the indicator a total
	ceilMeasure  = 0.55 // the figure counts something else
	ceilStage    = 0.6  // the target speaks of another stage
	ceilUnclear  = 0.88 // two indicators are as good
	ceilEvidence = 0.65 // the indicator is a finding, the target a figure
)

// Ground is a reason for or against a proposal, in words of the catalogue.
type Ground struct {
	Key  string
	Args message.Args
}

// Text returns the reason in words.
func (g Ground) Text(language message.Language) string {
	return message.Text(language, g.Key, g.Args)
}

// Proposal is an indicator that may measure a target.
type Proposal struct {
	Indicator  string
	Stage      string  // of the indicator, "" for all
	Confidence float64 // 0 to 1
	Why        []Ground
}

// Likely tells whether the proposal may be confirmed by one press.
func (p Proposal) Likely() bool { return p.Confidence >= LikelyFrom }

// Sure tells whether the proposal may be confirmed together with others.
func (p Proposal) Sure() bool { return p.Confidence >= SureFrom }

// Proposer knows the indicators of the packs and the words in which plans speak of them. It does not change.
type Proposer struct{ candidates []*candidate }

// candidate is an indicator, prepared.
type candidate struct {
	indicator *pack.Indicator
	says      []pack.Saying
	title     string   // folded, without what stands in brackets
	about     []string // its whole name and that of its pack, folded: words of them explain words of a target
	pairs     []uint64
	stages    []unit.Stage // that it speaks of, none where it speaks of everybody
	finding   bool         // holds or does not hold
	order     int
}

var inBrackets = regexp.MustCompile(`（[^（）]*）|\([^()]*\)`)

// NewProposer prepares the indicators of a scope. Indicators that are told for comparison only, being another form of one that is judged,
// are left out.
func NewProposer(scope *pack.Scope) *Proposer {
	says := map[string][]pack.Saying{}
	for _, term := range scope.Terms() {
		for _, s := range term.Says {
			says[term.Indicator] = append(says[term.Indicator], folded(s))
		}
	}
	packs := map[string]string{}
	for _, p := range scope.Packs {
		packs[p.Name] = p.Title.Chinese
	}
	p := &Proposer{}
	for n, i := range scope.Indicators() {
		if strings.HasSuffix(i.Name, "_unweighted") || strings.HasSuffix(i.Name, "_sample") {
			continue
		}
		c := &candidate{indicator: i, says: says[i.Name], title: fold(inBrackets.ReplaceAllString(i.Title.Chinese, "")), about: []string{fold(i.Title.Chinese), fold(packs[i.Pack])}, stages: i.Stages, order: n,
			finding: i.Evidence || scope.Type(i.Name) == expr.Logical}
		c.pairs = zh.Pairs(withoutPlain(c.title))
		if len(c.stages) == 0 {
			c.stages = stagesIn(i.Title.Chinese)
		}
		if len(c.stages) == 0 {
			c.stages = stagesIn(packs[i.Pack])
		}
		p.candidates = append(p.candidates, c)
	}
	return p
}

func folded(s pack.Saying) pack.Saying {
	group := func(groups [][]string) [][]string {
		all := make([][]string, len(groups))
		for i, words := range groups {
			for _, word := range words {
				all[i] = append(all[i], fold(word))
			}
		}
		return all
	}
	out := pack.Saying{Words: group(s.Words), About: group(s.About), Stage: s.Stage, Part: s.Part}
	for _, word := range s.Not {
		out.Not = append(out.Not, fold(word))
	}
	return out
}

// sought is a target as it is compared.
type sought struct {
	node     plan.Node
	name     string
	runes    []rune
	scope    string
	headings string
	named    []unit.Stage // stages that the name speaks of
	stages   []unit.Stage // those of the name, else of the scope, else of the innermost heading that speaks of one
	pairs    []uint64
}

func soughtOf(node plan.Node) sought {
	a := sought{node: node, name: fold(node.Field("name")), scope: fold(node.Field("scope")), headings: fold(strings.Join(node.Path, " "))}
	a.runes, a.named = []rune(a.name), stagesIn(a.name)
	a.stages = a.named
	places := []string{a.scope}
	for _, heading := range slices.Backward(node.Path) {
		places = append(places, heading)
	}
	for _, place := range places {
		if len(a.stages) == 0 {
			a.stages = stagesIn(strings.ReplaceAll(fold(place), "中小学", ""))
		}
	}
	a.pairs = zh.Pairs(withoutPlain(a.name))
	return a
}

// Propose returns the indicators that may measure a target, the likeliest first, at most MaxProposals. It looks at the name, the
// scope, the headings, the measure and the direction; the sentence is left aside, since it often holds other targets too.
func (p *Proposer) Propose(node plan.Node) []Proposal {
	a := soughtOf(node)
	type ranked struct {
		Proposal
		c *candidate
	}
	var all []ranked
	for _, c := range p.candidates {
		proposal, ok := c.match(a)
		if !ok {
			continue
		}
		c.fit(a, &proposal)
		if proposal.Confidence >= showFrom {
			all = append(all, ranked{proposal, c})
		}
	}
	slices.SortStableFunc(all, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(y.Confidence, x.Confidence), cmp.Compare(len(y.c.says), len(x.c.says)), x.c.order-y.c.order)
	})
	if len(all) > 1 && all[1].Sure() && formulaOf(all[0].c) != formulaOf(all[1].c) {
		for k := range all {
			if all[k].Sure() {
				all[k].lower(ceilUnclear, "target.bind.why.unclear", nil)
			}
		}
	}
	proposals := make([]Proposal, min(len(all), MaxProposals))
	for k := range proposals {
		proposals[k] = all[k].Proposal
	}
	return proposals
}

func formulaOf(c *candidate) string {
	if c.indicator.Formula == nil {
		return c.indicator.Name
	}
	return c.indicator.Formula.Text
}

// lower puts a ceiling on a proposal and says why.
func (p *Proposal) lower(ceiling float64, key string, args message.Args) {
	p.Confidence = min(p.Confidence, ceiling)
	p.Why = append(p.Why, Ground{Key: key, Args: args})
}

// match compares the words: the best saying, or the name of the indicator.
func (c *candidate) match(a sought) (Proposal, bool) {
	best, found := c.byTitle(a)
	for _, s := range c.says {
		if proposal, ok := c.bySaying(a, s); ok && (!found || proposal.Confidence >= best.Confidence) {
			best, found = proposal, true
		}
	}
	return best, found
}

// byTitle compares the name of the target with that of the indicator.
func (c *candidate) byTitle(a sought) (Proposal, bool) {
	p := Proposal{Indicator: c.indicator.Name, Stage: c.stageFor(a)}
	if a.name == c.title || len(c.pairs) > 1 && slices.Equal(a.pairs, c.pairs) {
		p.Confidence = wholeTitle
		p.Why = append(p.Why, Ground{Key: "target.bind.why.title"})
		return p, true
	}
	p.Confidence = likeTitle * zh.Alike(a.pairs, c.pairs)
	p.Why = append(p.Why, Ground{Key: "target.bind.why.like_title"})
	return p, p.Confidence >= showFrom
}

// bySaying compares the target with one way to speak of the indicator.
func (c *candidate) bySaying(a sought, s pack.Saying) (Proposal, bool) {
	p := Proposal{Indicator: c.indicator.Name, Stage: c.stageFor(a), Confidence: wholeSaying}
	for _, word := range s.Not {
		if strings.Contains(a.name, word) || strings.Contains(a.scope, word) {
			return p, false
		}
	}
	marks, said := make([]bool, len(a.runes)), []string(nil)
	for _, group := range s.Words {
		word := firstIn(a.name, group)
		if word == "" {
			return p, false
		}
		said = append(said, word)
		coverAll(marks, a.runes, group)
	}
	for _, group := range s.About {
		coverAll(marks, a.runes, group)
		switch word := firstIn(a.name, group); {
		case word != "":
			said = append(said, word)
		case firstIn(a.scope, group) != "":
			p.Confidence -= fromScope
		case firstIn(a.headings, group) != "":
			p.Confidence -= fromHeading
		default:
			return p, false
		}
	}
	if s.Stage != "" {
		p.Stage = string(s.Stage)
	}
	p.Why = append(p.Why, Ground{Key: "target.bind.why.words", Args: message.Args{"words": strings.Join(said, "、")}})
	c.explain(a, marks, &p)
	if s.Part {
		p.lower(ceilPartial, "target.bind.why.part", nil)
	}
	return p, true
}

// explain counts what stands in the name beside the words of the saying, plain words and stages that the indicator speaks of.
func (c *candidate) explain(a sought, marks []bool, p *Proposal) {
	said := slices.Clone(marks)
	coverAll(marks, a.runes, plainWords)
	coverAll(marks, a.runes, boundWords)
	for _, other := range c.about {
		coverShared(marks, a.runes, other)
	}
	c.explainStages(a, marks, said)
	rest := uncovered(marks, a.runes)
	if rest == "" {
		return
	}
	p.lower(max(p.Confidence-unexplained*float64(len([]rune(rest))), showFrom/2), "target.bind.why.rest", message.Args{"rest": rest})
	if strings.ContainsAny(rest, turning) {
		p.lower(ceilTurned, "target.bind.why.turned", nil)
	}
}

// explainStages covers the stages that the indicator speaks of and uncovers the others, save where the saying itself names them.
func (c *candidate) explainStages(a sought, marks, said []bool) {
	for _, s := range stageWords {
		if within(s.stages, c.stages) && len(s.stages) > 0 {
			cover(marks, a.runes, s.word)
		}
	}
	text := []rune(notStages.Replace(a.name))
	for _, s := range stageWords {
		if meet(s.stages, c.stages) {
			continue
		}
		foreign := make([]bool, len(text))
		cover(foreign, text, s.word)
		for i := range foreign {
			marks[i] = marks[i] && (!foreign[i] || said[i])
		}
	}
}

// stageFor returns the one stage of the indicator that the target speaks of; "" for all of them.
func (c *candidate) stageFor(a sought) string {
	if len(c.indicator.Stages) == 1 {
		return string(c.indicator.Stages[0])
	}
	var both []unit.Stage
	for _, stage := range a.stages {
		if slices.Contains(c.indicator.Stages, stage) {
			both = append(both, stage)
		}
	}
	if len(both) == 1 {
		return string(both[0])
	}
	return ""
}

func firstIn(text string, words []string) string {
	for _, word := range words {
		if strings.Contains(text, word) {
			return word
		}
	}
	return ""
}

func coverAll(marks []bool, text []rune, words []string) {
	for _, word := range words {
		cover(marks, text, word)
	}
}

func within(some, all []unit.Stage) bool {
	return !slices.ContainsFunc(some, func(s unit.Stage) bool { return !slices.Contains(all, s) })
}

func meet(a, b []unit.Stage) bool {
	return slices.ContainsFunc(a, func(s unit.Stage) bool { return slices.Contains(b, s) })
}
