package mixed

import (
	"math/bits"
	"sort"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// terms is the expanded right-hand side of a formula: products of symbols, each a set of bits over symbols.
type terms struct {
	intercept bool
	symbols   []*node
	names     []string
	terms     []uint64
}

// expandTerms expands + - : * / ^ %in% as R's terms.formula does: an intercept unless removed, each term once, main effects
// before interactions and otherwise in the order of their first appearance. A nil node stands for 1.
func expandTerms(n *node) (*terms, error) {
	t := &terms{intercept: true}
	if n == nil {
		return t, nil
	}
	list, err := t.encode(n)
	if err != nil {
		return nil, err
	}
	t.terms = unique(list)
	sort.SliceStable(t.terms, func(i, j int) bool { return bits.OnesCount64(t.terms[i]) < bits.OnesCount64(t.terms[j]) })
	return t, nil
}

func unique(list []uint64) []uint64 {
	seen := map[uint64]bool{}
	var out []uint64
	for _, t := range list {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

func (t *terms) encode(n *node) ([]uint64, error) {
	switch n.op {
	case "paren":
		return t.encode(n.args[0])
	case "number":
		if n.number != 0 && n.number != 1 {
			return nil, fault.New("mixed.number_term", message.Args{"term": n.text()})
		}
		t.intercept = n.number == 1
		return nil, nil
	case "name", "call":
		bit, err := t.symbol(n)
		return []uint64{bit}, err
	}
	if len(n.args) == 1 {
		if n.op == "-" {
			return nil, t.remove(nil, n.args[0], func([]uint64) {})
		}
		return t.encode(n.args[0])
	}
	left, err := t.encode(n.args[0])
	if err != nil {
		return nil, err
	}
	switch n.op {
	case "-":
		var kept []uint64
		err := t.remove(left, n.args[1], func(rest []uint64) { kept = rest })
		return kept, err
	case "^":
		return t.power(left, n)
	}
	right, err := t.encode(n.args[1])
	if err != nil {
		return nil, err
	}
	if len(left)*len(right) > 10_000 {
		return nil, fault.New("mixed.columns_many", message.Args{"limit": MaxColumns})
	}
	switch n.op {
	case "+":
		return append(left, right...), nil
	case ":", "%in%":
		return interact(left, right), nil
	case "*":
		return unique(append(append(append([]uint64{}, left...), right...), interact(left, right)...)), nil
	case "/":
		var all uint64
		for _, l := range left {
			all |= l
		}
		return append(left, interact([]uint64{all}, right)...), nil
	}
	return nil, fault.New("mixed.term_unknown", message.Args{"term": n.text()})
}

// remove takes the terms of n out of left; removing 1 removes the intercept, removing 0 puts it back.
func (t *terms) remove(left []uint64, n *node, keep func([]uint64)) error {
	for n.op == "paren" {
		n = n.args[0]
	}
	before := t.intercept
	t.intercept = false
	gone, err := t.encode(n)
	if err != nil {
		return err
	}
	switch {
	case n.op == "number" && n.number == 0:
		t.intercept = true
	case t.intercept:
		t.intercept = false
	default:
		t.intercept = before
	}
	var rest []uint64
	for _, l := range left {
		found := false
		for _, g := range gone {
			found = found || g == l
		}
		if !found {
			rest = append(rest, l)
		}
	}
	keep(rest)
	return nil
}

// power returns (a + b)^n: all products of at most n terms.
func (t *terms) power(left []uint64, n *node) ([]uint64, error) {
	power := n.args[1]
	if power.op != "number" || power.number < 1 || power.number > 10 || power.number != float64(int(power.number)) {
		return nil, fault.New("mixed.power", message.Args{"term": n.text()})
	}
	out := left
	for i := 1; i < int(power.number); i++ {
		if len(out)*len(left) > 10_000 {
			return nil, fault.New("mixed.columns_many", message.Args{"limit": MaxColumns})
		}
		out = unique(append(append([]uint64{}, out...), interact(out, left)...))
	}
	return out, nil
}

func interact(left, right []uint64) []uint64 {
	var out []uint64
	for _, l := range left {
		for _, r := range right {
			out = append(out, l|r)
		}
	}
	return unique(out)
}

// symbol returns the bit of a name or call, which it checks.
func (t *terms) symbol(n *node) (uint64, error) {
	name := n.text()
	for i, known := range t.names {
		if known == name {
			return 1 << i, nil
		}
	}
	if err := n.checkSymbol(); err != nil {
		return 0, err
	}
	if len(t.names) == maxSymbols {
		return 0, fault.New("mixed.symbols_many", message.Args{"limit": maxSymbols})
	}
	t.names = append(t.names, name)
	t.symbols = append(t.symbols, n)
	return 1 << (len(t.names) - 1), nil
}

// node writes a term as a product of its symbols.
func (t *terms) node(term uint64) *node {
	var out *node
	for i, s := range t.symbols {
		if term&(1<<i) == 0 {
			continue
		}
		if out == nil {
			out = s
		} else {
			out = &node{op: ":", args: []*node{out, s}}
		}
	}
	return out
}
