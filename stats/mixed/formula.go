package mixed

import (
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a formula.
const (
	MaxFormula = 4000 // characters
	MaxColumns = 200  // columns of the design, those of the random terms and the response included
	maxSymbols = 60   // distinct variables of one side of a formula
)

// Formula is a model in R's notation: response ~ fixed part + (effects | group) + …
type Formula struct {
	text     string
	response *node
	fixed    *node // nil stands for 1
	bars     []bar
}

// bar is one random term: effects | group. Double bars and nested groups are already split as lme4 splits them.
type bar struct {
	effects *node
	group   *node
}

// Use says what a formula needs of a variable.
type Use struct {
	Name   string
	Number bool // its values enter the design as numbers, unless it is text or has levels
	Factor bool // it stands in factor(): its levels must be known before the design is made
	Group  bool // its values name groups; their levels may be met while rows are added
}

// Parse reads a formula such as "exit ~ entry*sex + I(entry^2) + (1 + entry | school) + (1 | county/school)".
// It understands 0 + and -1, + - : * / ^ %in%, I() with arithmetic, log, log2, log10, log1p, exp, sqrt, abs, factor, as.factor,
// (… | g), (… || g), a/b and a:b as groups, and cbind(a, b) as several responses. Everything else is a fault that says what to write instead.
func Parse(text string) (*Formula, error) {
	if len([]rune(text)) > MaxFormula {
		return nil, fault.New("mixed.formula_long", message.Args{"limit": MaxFormula})
	}
	tokens, err := scanTokens(text)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens, text: text}
	root, err := p.formula()
	if err != nil {
		return nil, err
	}
	f := &Formula{text: root.text(), response: root.args[0]}
	rest, err := f.takeBars(root.args[1])
	if err != nil {
		return nil, err
	}
	f.fixed = rest
	return f, f.check()
}

// Text returns the formula as R prints it.
func (f *Formula) Text() string { return f.text }

// takeBars moves the random terms out of a sum and returns what remains of it, nil when nothing does.
func (f *Formula) takeBars(n *node) (*node, error) {
	switch {
	case n.op == "paren" && (n.args[0].op == "|" || n.args[0].op == "||"):
		return nil, f.addBar(n.args[0])
	case n.op == "paren" && n.args[0].holdsBar():
		return f.takeBars(n.args[0])
	case n.op == "+" && len(n.args) == 2:
		left, err := f.takeBars(n.args[0])
		if err != nil {
			return nil, err
		}
		right, err := f.takeBars(n.args[1])
		if err != nil || left == nil {
			return right, err
		}
		if right == nil {
			return left, nil
		}
		return &node{op: "+", args: []*node{left, right}}, nil
	case n.op == "-" && len(n.args) == 2 && n.args[0].holdsBar() && !n.args[1].holdsBar():
		left, err := f.takeBars(n.args[0])
		if err != nil {
			return nil, err
		}
		if left == nil {
			return &node{op: "-", args: []*node{n.args[1]}}, nil
		}
		return &node{op: "-", args: []*node{left, n.args[1]}}, nil
	case n.op == "|" || n.op == "||":
		return nil, fault.New("mixed.bar_without_paren", message.Args{"term": n.text()})
	case n.holdsBar():
		return nil, fault.New("mixed.bar_misplaced", message.Args{"term": n.text()})
	}
	return n, nil
}

// addBar splits (x || g) into one bar for each of its terms, and a group a/b into b:a and a.
func (f *Formula) addBar(n *node) error {
	effects, group := n.args[0], n.args[1]
	if effects.holdsBar() || group.holdsBar() {
		return fault.New("mixed.bar_misplaced", message.Args{"term": n.text()})
	}
	parts := []*node{effects}
	if n.op == "||" {
		terms, err := expandTerms(effects)
		if err != nil {
			return err
		}
		parts = nil
		if terms.intercept {
			parts = append(parts, &node{op: "number", number: 1})
		}
		for _, t := range terms.terms {
			parts = append(parts, &node{op: "+", args: []*node{{op: "number"}, terms.node(t)}})
		}
	}
	groups, err := splitGroup(group)
	if err != nil {
		return err
	}
	for _, effects := range parts {
		for _, g := range groups {
			f.bars = append(f.bars, bar{effects: effects, group: g})
		}
	}
	return nil
}

// splitGroup returns the groups of a/b/c: c:(b:a), b:a, a.
func splitGroup(n *node) ([]*node, error) {
	switch n.op {
	case "paren":
		return splitGroup(n.args[0])
	case "/":
		outer, err := splitGroup(n.args[0])
		if err != nil {
			return nil, err
		}
		inner, err := splitGroup(n.args[1])
		if err != nil {
			return nil, err
		}
		if len(inner) != 1 {
			return nil, fault.New("mixed.group_unclear", message.Args{"group": n.text()})
		}
		within := outer[0]
		if within.op == ":" {
			within = &node{op: "paren", args: []*node{within}}
		}
		return append([]*node{{op: ":", args: []*node{inner[0], within}}}, outer...), nil
	case ":":
		for _, a := range n.args {
			if parts, err := splitGroup(a); err != nil || len(parts) != 1 {
				return nil, fault.New("mixed.group_unclear", message.Args{"group": n.text()})
			}
		}
		return []*node{n}, nil
	case "name":
		return []*node{n}, nil
	case "call":
		if (n.name == "factor" || n.name == "as.factor") && len(n.args) == 1 && n.args[0].op == "name" {
			return []*node{n}, nil
		}
	}
	return nil, fault.New("mixed.group_unclear", message.Args{"group": n.text()})
}

// check finds what is wrong with a formula before any data are seen.
func (f *Formula) check() error {
	var faults fault.List
	if len(f.bars) == 0 {
		faults.Add(fault.New("mixed.no_random", message.Args{"formula": f.text}))
	}
	for _, n := range f.responses() {
		if err := n.checkValue(); err != nil {
			faults.Add(fault.Of(err)...)
		}
	}
	if _, err := expandTerms(f.fixed); err != nil {
		faults.Add(fault.Of(err)...)
	}
	for _, b := range f.bars {
		terms, err := expandTerms(b.effects)
		if err != nil {
			faults.Add(fault.Of(err)...)
		} else if !terms.intercept && len(terms.terms) == 0 {
			faults.Add(fault.New("mixed.bar_empty", message.Args{"term": b.text()}))
		}
	}
	return faults.Err()
}

// responses are the parts of cbind(a, b, …), or the one response.
func (f *Formula) responses() []*node {
	if f.response.op == "call" && f.response.name == "cbind" && len(f.response.args) > 0 {
		return f.response.args
	}
	return []*node{f.response}
}

func (b bar) text() string { return "(" + b.effects.text() + " | " + b.group.text() + ")" }

// Uses returns the variables of the formula in the order in which they are met, the response first.
func (f *Formula) Uses() []Use {
	var uses []Use
	at := map[string]int{}
	note := func(name string, mark func(*Use)) {
		i, known := at[name]
		if !known {
			i = len(uses)
			at[name] = i
			uses = append(uses, Use{Name: name})
		}
		mark(&uses[i])
	}
	var walk func(n *node, factor bool)
	walk = func(n *node, factor bool) {
		if n == nil {
			return
		}
		if n.op == "name" {
			note(n.name, func(u *Use) { u.Factor, u.Number = u.Factor || factor, u.Number || !factor })
		}
		for _, a := range n.args {
			walk(a, factor || n.op == "call" && (n.name == "factor" || n.name == "as.factor"))
		}
	}
	walk(f.response, false)
	walk(f.fixed, false)
	for _, b := range f.bars {
		walk(b.effects, false)
		for _, name := range b.group.names(nil) {
			note(name, func(u *Use) { u.Group = true })
		}
	}
	return uses
}
