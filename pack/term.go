package pack

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/unit"
)

// Term says in which words plans speak of an indicator, so that a target can be tied to what measures it. Indicators of any pack
// may be named.
type Term struct {
	Indicator string
	Pack      string
	Says      []Saying
	Place     fault.Place
}

// Saying is one way to speak of an indicator. Each member of Words and About holds words of which one is found; Words in the
// name of the target, About in the name, its scope or the headings above it. None of Not may stand in name or scope.
type Saying struct {
	Words [][]string
	About [][]string
	Not   []string
	Stage unit.Stage // of the indicator; "" where the words do not settle it
	Part  bool       // the indicator tells of the same thing, but not the figure that is spoken of
	Place fault.Place
}

func (r *reader) readTerm(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, dottedName)
	o := r.entry(value, "term")
	if o == nil {
		return
	}
	term := &Term{Indicator: name, Pack: p.Name, Place: r.place(at)}
	o.missing("says")
	for _, n := range o.list("says") {
		inner := r.entry(n, "saying")
		if inner == nil {
			continue
		}
		inner.missing("words")
		saying := Saying{Words: alternatives(inner.words("words")), About: alternatives(inner.words("about")), Not: inner.words("not"), Part: inner.flag("part"), Place: inner.here()}
		if stage := inner.text("stage"); stage != "" {
			saying.Stage = unit.Stage(stage)
			if !slices.Contains(unit.Stages(), saying.Stage) {
				inner.fault(inner.get("stage"), "pack.word_wanted", message.Args{"key": "stage", "words": joined(unit.Stages()), "value": shortened(stage)})
			}
		}
		term.Says = append(term.Says, saying)
	}
	p.Terms = append(p.Terms, term)
}

// alternatives cuts each text at its strokes.
func alternatives(texts []string) [][]string {
	all := make([][]string, len(texts))
	for i, text := range texts {
		for word := range strings.SplitSeq(text, "|") {
			if word = strings.TrimSpace(word); word != "" {
				all[i] = append(all[i], word)
			}
		}
	}
	return all
}

// term checks that the indicator is there and has the stage. Indicators of every pack count: plans speak of all of them.
func (l *linker) term(t *Term) {
	everything := l.set.scopes[""]
	indicator, known := everything.indicators[t.Indicator]
	if !known {
		l.unknown(t.Place, "pack.term_indicator", t.Indicator, slices.Sorted(maps.Keys(everything.indicators)))
		return
	}
	for _, saying := range t.Says {
		if saying.Stage != "" && !slices.Contains(indicator.Stages, saying.Stage) {
			l.fault(saying.Place, "pack.stage_unknown", message.Args{"stage": string(saying.Stage), "name": t.Indicator})
		}
	}
}
