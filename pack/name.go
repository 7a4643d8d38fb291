package pack

import (
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/expr"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/unit"
)

const maxName = 60 // characters

var (
	plainName  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	dottedName = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)
	packName   = regexp.MustCompile(`^[a-z][a-z0-9]*([-_][a-z0-9]+)*$`)
)

// reservedHeads begin the names that formulas give to things that are no items.
var reservedHeads = []string{"school", "county", "unit", "switch"}

// reservedWords mean something else in formulas or in packs.
var reservedWords = []string{"and", "or", "not", "true", "false", "let", "in", "matches", "contains", "nil", "null", "nan", "inf", "all", "none"}

// name checks the name of something that formulas may speak of.
func (r *reader) name(at ast.Node, name string, pattern *regexp.Regexp) {
	head, _, _ := strings.Cut(name, ".")
	switch {
	case !pattern.MatchString(name) || len(name) > maxName:
		r.fault(at, "pack.bad_name", message.Args{"name": shortened(name), "limit": maxName})
	case head != name && slices.Contains(reservedHeads, head),
		slices.Contains(reservedWords, name), slices.Contains(expr.FunctionNames(), name):
		r.fault(at, "pack.name_reserved", message.Args{"name": name})
	}
}

// kinds reads one kind of unit or a list of them.
func (o *object) kinds(key string) []unit.Kind {
	n := o.get(key)
	if n == nil {
		return nil
	}
	members := []ast.Node{n}
	if _, isList := n.(*ast.SequenceNode); isList {
		members = o.list(key)
	}
	var all []unit.Kind
	for _, member := range members {
		text, _ := scalar(member)
		if !slices.Contains(unit.Kinds(), unit.Kind(text)) {
			o.fault(member, "pack.word_wanted", message.Args{"key": key, "words": joined(unit.Kinds()), "value": shortened(text)})
			continue
		}
		all = append(all, unit.Kind(text))
	}
	return all
}

// stages reads a list of stages.
func (o *object) stages(key string) []unit.Stage {
	var all []unit.Stage
	for _, text := range o.words(key) {
		if !slices.Contains(unit.Stages(), unit.Stage(text)) {
			o.fault(o.get(key), "pack.word_wanted", message.Args{"key": key, "words": joined(unit.Stages()), "value": shortened(text)})
			continue
		}
		all = append(all, unit.Stage(text))
	}
	return all
}

// joined writes the words of a list with slashes between them.
func joined[T ~string](words []T) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = string(word)
	}
	return strings.Join(texts, " / ")
}

// measure reads a measure; the pure number when the key is missing.
func (o *object) measure(key string) measure.Measure {
	text := o.text(key)
	if text == "" {
		return measure.Measure{}
	}
	m, err := measure.Parse(text)
	if err != nil {
		o.fault(o.get(key), "pack.bad_measure", message.Args{"measure": shortened(text)})
	}
	return m
}
