package pack

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// reader reads one YAML file and gathers its faults.
type reader struct {
	file    string
	faults  *fault.List
	entries int
	texts   map[string][]fault.Place // where each text stands, for faults that are found later
}

// parse returns the one document of the file as an object of any keys, or nil with faults.
func (r *reader) parse(data []byte) *object {
	if len(data) > MaxFileBytes {
		r.faults.Add(fault.At(fault.Place{File: r.file}, "pack.file_too_large", message.Args{"size": len(data), "limit": MaxFileBytes}))
		return nil
	}
	if !utf8.Valid(data) {
		r.faults.Add(fault.At(fault.Place{File: r.file}, "pack.not_utf8", nil))
		return nil
	}
	if line, deep := tooDeep(string(data)); deep {
		r.faults.Add(fault.At(fault.Place{File: r.file, Line: line}, "pack.too_deep", message.Args{"limit": MaxDepth}))
		return nil
	}
	file, place, ok := parseSafely(r.file, data)
	if !ok {
		r.faults.Add(fault.At(place, "pack.syntax", nil))
		return nil
	}
	var body ast.Node
	for _, document := range file.Docs {
		if document.Body == nil {
			continue
		}
		if body != nil {
			r.fault(document.Body, "pack.second_document", nil)
			return nil
		}
		body = document.Body
	}
	if body == nil {
		r.faults.Add(fault.At(fault.Place{File: r.file, Line: 1}, "pack.file_empty", nil))
		return nil
	}
	if !r.sound(body, 0) {
		return nil
	}
	return r.object(body)
}

// parseSafely calls the YAML parser. A panic of the parser is a text that it cannot read.
func parseSafely(name string, data []byte) (file *ast.File, place fault.Place, ok bool) {
	place = fault.Place{File: name, Line: 1}
	defer func() {
		if recover() != nil {
			file, ok = nil, false
		}
	}()
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err == nil {
		return file, place, true
	}
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil && syntax.Token.Position != nil {
		place.Line, place.Offset = syntax.Token.Position.Line, max(syntax.Token.Position.Column, 1)
	}
	return nil, place, false
}

// tooDeep guards the parser, which recurses: it looks at brackets that are open at once and at the first characters of lines.
func tooDeep(text string) (int, bool) {
	open, line := 0, 1
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			line++
			rest := strings.TrimLeft(text[i+1:min(len(text), i+400)], " \t")
			if strings.HasPrefix(rest, strings.Repeat("- ", MaxDepth+1)) || strings.HasPrefix(rest, strings.Repeat("? ", MaxDepth+1)) {
				return line, true
			}
		case '[', '{':
			open++
		case ']', '}':
			open = max(open-1, 0)
		}
		if open > 40*MaxDepth {
			return line, true
		}
	}
	return 0, false
}

// sound refuses what makes a file hard to read for people: anchors, tags, merges; and what is too deep or too much.
func (r *reader) sound(n ast.Node, depth int) bool {
	r.entries++
	switch {
	case depth > MaxDepth:
		r.fault(n, "pack.too_deep", message.Args{"limit": MaxDepth})
		return false
	case r.entries > MaxEntries:
		r.fault(n, "pack.too_many_entries", message.Args{"limit": MaxEntries})
		return false
	}
	switch v := n.(type) {
	case *ast.MappingNode:
		for _, value := range v.Values {
			if !r.sound(value, depth) {
				return false
			}
		}
	case *ast.MappingValueNode:
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			r.fault(n, "pack.anchor", nil)
			return false
		}
		return r.sound(v.Value, depth+1)
	case *ast.SequenceNode:
		for _, value := range v.Values {
			if value != nil && !r.sound(value, depth+1) {
				return false
			}
		}
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.DirectiveNode:
		r.fault(n, "pack.anchor", nil)
		return false
	}
	return true
}

func (r *reader) place(n ast.Node) fault.Place {
	place := fault.Place{File: r.file, Line: 1}
	if n == nil {
		return place
	}
	t := n.GetToken()
	if v, ok := n.(*ast.MappingValueNode); ok {
		t = v.Key.GetToken()
	}
	if v, ok := n.(*ast.MappingNode); ok && len(v.Values) > 0 && (t == nil || t.Type != token.MappingStartType) {
		t = v.Values[0].Key.GetToken()
	}
	if t != nil && t.Position != nil {
		place.Line, place.Offset = t.Position.Line, max(t.Position.Column, 1)
	}
	return place
}

func (r *reader) fault(n ast.Node, code string, args message.Args) {
	r.faults.Add(fault.At(r.place(n), code, args))
}

// object is a mapping of the file. What names the kind of entry in the format; "" has names of its own as keys.
type object struct {
	*reader
	node   ast.Node
	what   string
	keys   []string
	at     map[string]ast.Node // of the key
	values map[string]ast.Node
}

// object reads a mapping; nil with a fault when n is none.
func (r *reader) object(n ast.Node) *object {
	o := &object{reader: r, node: n, at: map[string]ast.Node{}, values: map[string]ast.Node{}}
	var pairs []*ast.MappingValueNode
	switch v := n.(type) {
	case *ast.MappingNode:
		pairs = v.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{v}
	default:
		r.fault(n, "pack.mapping_wanted", nil)
		return nil
	}
	for _, pair := range pairs {
		key, ok := scalar(pair.Key)
		if !ok {
			r.fault(pair, "pack.text_wanted", message.Args{"limit": MaxText})
			continue
		}
		if _, twice := o.values[key]; twice {
			r.fault(pair, "pack.key_twice", message.Args{"key": shortened(key)})
			continue
		}
		o.keys = append(o.keys, key)
		o.at[key], o.values[key] = pair, pair.Value
	}
	return o
}

// entry reads a mapping of a kind of the format and refuses keys that the kind does not have.
func (r *reader) entry(n ast.Node, what string) *object {
	o := r.object(n)
	if o == nil {
		return nil
	}
	return o.as(what)
}

func (o *object) as(what string) *object {
	o.what = what
	for _, key := range o.keys {
		if slices.Contains(format[what], key) {
			continue
		}
		kind := message.Word("pack.kind." + what)
		if near := expr.Nearest(shortened(key), format[what]); near != "" {
			o.fault(o.at[key], "pack.unknown_key_near", message.Args{"key": shortened(key), "near": near, "kind": kind})
		} else {
			o.fault(o.at[key], "pack.unknown_key", message.Args{"key": shortened(key), "kind": kind, "keys": strings.Join(format[what], " ")})
		}
	}
	return o
}

// has tells whether the key stands in the object, whatever its value.
func (o *object) has(key string) bool { return o.get(key) != nil }

// get returns the value of a key of the format, or nil.
func (o *object) get(key string) ast.Node {
	if o.what != "" && !slices.Contains(format[o.what], key) {
		panic("pack: " + o.what + " has no key " + key)
	}
	return o.values[key]
}

func (o *object) here() fault.Place { return o.place(o.node) }

// of returns the place of the value of a key, or of the object where the key is missing.
func (o *object) of(key string) fault.Place {
	if n := o.values[key]; n != nil {
		return o.place(n)
	}
	return o.here()
}

// missing reports a key that is wanted. It returns true when the key is missing.
func (o *object) missing(key string) bool {
	if o.has(key) {
		return false
	}
	o.fault(o.node, "pack.key_missing", message.Args{"key": key, "kind": message.Word("pack.kind." + o.what)})
	return true
}

// scalar returns the text of a value that is no mapping, list or empty value.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// text returns the text of a key; "" when it is missing.
func (o *object) text(key string) string {
	n := o.get(key)
	if n == nil {
		return ""
	}
	return o.textOf(n)
}

func (r *reader) textOf(n ast.Node) string {
	text, ok := scalar(n)
	text = strings.TrimSpace(text)
	if !ok || text == "" || utf8.RuneCountInString(text) > MaxText {
		r.fault(n, "pack.text_wanted", message.Args{"limit": MaxText})
		return ""
	}
	if r.texts == nil {
		r.texts = map[string][]fault.Place{}
	}
	r.texts[text] = append(r.texts[text], r.place(n))
	return text
}

// wanted returns the text of a key that must be given.
func (o *object) wanted(key string) string {
	if o.missing(key) {
		return ""
	}
	return o.text(key)
}

// title reads name and english; both are wanted.
func (o *object) title() Text { return Text{Chinese: o.wanted("name"), English: o.wanted("english")} }

// flag reads true or false.
func (o *object) flag(key string) bool { return o.oneOf(key, []string{"false", "true"}) == "true" }

// oneOf reads one of several words; the first stands for a key that is missing.
func (o *object) oneOf(key string, words []string) string {
	n := o.get(key)
	if n == nil {
		return words[0]
	}
	text, ok := scalar(n)
	if !ok || !slices.Contains(words, text) {
		o.fault(n, "pack.word_wanted", message.Args{"key": key, "words": strings.Join(words, " / "), "value": shortened(text)})
		return words[0]
	}
	return text
}

var decimal = regexp.MustCompile(`^[+-]?[0-9]{1,18}(\.[0-9]{1,18})?$`)

// number reads a decimal; nil when the key is missing.
func (o *object) number(key string) *float64 {
	n := o.get(key)
	if n == nil {
		return nil
	}
	return o.numberOf(n)
}

func (r *reader) numberOf(n ast.Node) *float64 {
	text, ok := scalar(n)
	if _, quoted := n.(*ast.StringNode); ok && !quoted && decimal.MatchString(text) {
		if number, err := strconv.ParseFloat(text, 64); err == nil {
			return &number
		}
	}
	r.fault(n, "pack.number_wanted", message.Args{"value": shortened(text)})
	return nil
}

// whole reads a whole number within limits.
func (o *object) whole(key string, otherwise, least, most int) int {
	number := o.number(key)
	if number == nil {
		return otherwise
	}
	if *number != math.Trunc(*number) || *number < float64(least) || *number > float64(most) {
		o.fault(o.get(key), "pack.whole_wanted", message.Args{"least": least, "most": most, "value": *number})
		return otherwise
	}
	return int(*number)
}

var isoDate = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

// date reads a day; the zero date when the key is missing.
func (o *object) date(key string) period.Date {
	n := o.get(key)
	if n == nil {
		return period.Date{}
	}
	text, ok := scalar(n)
	date, valid := period.ParseDate(text)
	if !ok || !valid || !isoDate.MatchString(text) {
		o.fault(n, "pack.date_wanted", message.Args{"value": shortened(text)})
		return period.Date{}
	}
	return date
}

// list returns the members of a list; nil with a fault when the value is none.
func (o *object) list(key string) []ast.Node {
	n := o.get(key)
	if n == nil {
		return nil
	}
	return o.members(n)
}

func (r *reader) members(n ast.Node) []ast.Node {
	sequence, ok := n.(*ast.SequenceNode)
	if !ok || len(sequence.Values) == 0 {
		r.fault(n, "pack.list_wanted", nil)
		return nil
	}
	return sequence.Values
}

// words reads a list of texts, each once.
func (o *object) words(key string) []string {
	var all []string
	for _, n := range o.list(key) {
		text := o.textOf(n)
		if slices.Contains(all, text) {
			o.fault(n, "pack.member_twice", message.Args{"value": shortened(text)})
			continue
		}
		if text != "" {
			all = append(all, text)
		}
	}
	return all
}

// each calls do for every key of a mapping whose keys are names, in their order.
func (o *object) each(key string, do func(name string, at, value ast.Node)) {
	n := o.get(key)
	if n == nil {
		return
	}
	inner := o.object(n)
	if inner == nil {
		return
	}
	if len(inner.keys) == 0 {
		o.fault(n, "pack.mapping_wanted", nil)
	}
	for _, name := range inner.keys {
		do(name, inner.at[name], inner.values[name])
	}
}

// formula reads a formula; nil when the key is missing.
func (o *object) formula(key string) *Formula {
	n := o.get(key)
	if n == nil {
		return nil
	}
	text, ok := scalar(n)
	if !ok || strings.TrimSpace(text) == "" {
		o.fault(n, "pack.text_wanted", message.Args{"limit": MaxText})
		return nil
	}
	place := o.place(n)
	switch v := n.(type) {
	case *ast.LiteralNode:
		place.Line, place.Offset = place.Line+1, 1
	case *ast.StringNode:
		if v.Token.Type == token.SingleQuoteType || v.Token.Type == token.DoubleQuoteType {
			place.Offset++
		}
	}
	return &Formula{Text: strings.TrimRight(text, " \n"), Place: place}
}

// shortened cuts what a file holds to the length that a message can show.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > maxName {
		return string(runes[:maxName]) + "…"
	}
	return text
}

// plain writes a number as people do.
func plain(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

func (r *reader) faultAt(place fault.Place, code string, args message.Args) {
	r.faults.Add(fault.At(place, code, args))
}
