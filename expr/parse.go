package expr

import (
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a formula.
const (
	MaxText  = 8000 // characters
	MaxDepth = 64   // brackets, calls and operators inside each other
	MaxNodes = 2000 // numbers, names, operators and calls
)

// Levels of precedence, from loose to tight.
const (
	orLevel = iota + 1
	andLevel
	notLevel
	compareLevel
	addLevel
	multiplyLevel
	signLevel
	powerLevel
)

var levels = map[string]int{Or: orLevel, And: andLevel,
	Equal: compareLevel, NotEqual: compareLevel, Less: compareLevel, LessOrEqual: compareLevel, Greater: compareLevel, GreaterOrEqual: compareLevel,
	Add: addLevel, Subtract: addLevel, Multiply: multiplyLevel, Divide: multiplyLevel, Modulo: multiplyLevel, Power: powerLevel}

// reserved are words of other languages that mean nothing here; as names they would only confuse.
var reserved = []string{"let", "in", "matches", "contains", "nil", "null", "nan", "NaN", "inf", "Infinity"}

// Parse reads a formula. place says where its first character stands; the places of faults follow from it.
//
// Every character and number that cannot be read is reported; of errors in the order of tokens only the first, since
// those after it would be guesses. The tree is nil when there are faults.
func Parse(place fault.Place, text string) (*Node, fault.List) {
	var faults fault.List
	l := &lexer{text: []rune(text), place: place, faults: &faults}
	if len(l.text) > MaxText {
		l.fault(0, "expr.too_long", message.Args{"limit": MaxText, "length": len(l.text)})
		return nil, faults
	}
	p := &parser{tokens: l.tokens(), lexer: l}
	if len(p.tokens) == 1 && faults == nil {
		l.fault(0, "expr.empty", nil)
	}
	if faults != nil {
		return nil, faults
	}
	root := p.expression(orLevel)
	if next := p.peek(); !p.failed && next.kind != endToken {
		p.unexpected(next)
	}
	if p.failed {
		return nil, faults
	}
	return root, nil
}

type parser struct {
	*lexer
	tokens       []token
	next         int
	depth, nodes int
	failed       bool
}

func (p *parser) peek() token { return p.tokens[min(p.next, len(p.tokens)-1)] }

func (p *parser) take() token {
	t := p.peek()
	p.next++
	return t
}

func (p *parser) isSign(text string) bool {
	t := p.peek()
	return t.kind == signToken && t.text == text
}

// fail reports the first fault of the order of tokens and moves to the end.
func (p *parser) fail(at int, code string, args message.Args) *Node {
	if !p.failed {
		p.fault(at, code, args)
	}
	p.failed = true
	p.next = len(p.tokens) - 1
	return &Node{}
}

// node counts a node against the limits.
func (p *parser) node(n *Node) *Node {
	if p.nodes++; p.nodes > MaxNodes {
		return p.fail(n.At, "expr.too_many_parts", message.Args{"limit": MaxNodes})
	}
	return n
}

// expression reads operators that bind at least as tight as level.
func (p *parser) expression(level int) *Node {
	if p.depth++; p.depth > MaxDepth {
		return p.fail(p.peek().at, "expr.too_deep", message.Args{"limit": MaxDepth})
	}
	defer func() { p.depth-- }()
	left := p.operand()
	compared := false
	for !p.failed {
		t := p.peek()
		binds := levels[t.text]
		if t.kind != operatorToken || binds < level || binds == 0 {
			break
		}
		if compared && binds == compareLevel {
			return p.fail(t.at, "expr.chained", nil)
		}
		compared = compared && binds > compareLevel || binds == compareLevel
		p.take()
		left = p.node(&Node{Kind: Operator, At: t.at, Text: t.text, Args: []*Node{left, p.right(t, binds)}})
	}
	return left
}

// right reads the right operand: a power is grouped from the right, all else from the left.
func (p *parser) right(operator token, level int) *Node {
	next := p.peek()
	if operator.text == Modulo && (next.kind == endToken || next.kind == signToken && next.text != "(" || next.kind == operatorToken && levels[next.text] > 0 && next.text != Subtract) {
		return p.fail(operator.at, "expr.percent_sign", nil)
	}
	if level == powerLevel {
		return p.expression(powerLevel)
	}
	return p.expression(level + 1)
}

// operand reads a number, a name, a call, a bracket, or a sign before one. A sign binds looser than a power on its
// left, -2^2 is -4, and may stand on the right of one, 2^-1. "not" reaches over a comparison.
func (p *parser) operand() *Node {
	t := p.take()
	switch t.kind {
	case numberToken:
		return p.node(&Node{Kind: Number, At: t.at, Number: t.number})
	case quotedToken:
		return p.node(&Node{Kind: Name, At: t.at, Text: t.text})
	case nameToken:
		return p.named(t)
	case operatorToken:
		switch t.text {
		case Subtract:
			return p.node(&Node{Kind: Operator, At: t.at, Text: Negate, Args: []*Node{p.expression(signLevel)}})
		case Add:
			return p.expression(signLevel)
		case Not:
			return p.node(&Node{Kind: Operator, At: t.at, Text: Not, Args: []*Node{p.expression(notLevel)}})
		}
	case signToken:
		if t.text == "(" {
			inner := p.expression(orLevel)
			if !p.failed && !p.isSign(")") {
				return p.unclosed(t)
			}
			p.take()
			return inner
		}
	}
	return p.unexpected(t)
}

// named reads a name, true, false or a call.
func (p *parser) named(t token) *Node {
	switch {
	case p.isSign("("):
		return p.call(t)
	case t.text == "true" || t.text == "false":
		truth := &Node{Kind: Truth, At: t.at, Text: t.text}
		if t.text == "true" {
			truth.Number = 1
		}
		return p.node(truth)
	case slices.Contains(reserved, t.text):
		return p.fail(t.at, "expr.beyond", message.Args{"sign": t.text})
	}
	return p.node(&Node{Kind: Name, At: t.at, Text: t.text})
}

func (p *parser) call(t token) *Node {
	open := p.take()
	call := p.node(&Node{Kind: Call, At: t.at, Text: t.text})
	if p.isSign(")") {
		p.take()
		return call
	}
	for !p.failed {
		call.Args = append(call.Args, p.expression(orLevel))
		if p.isSign(")") {
			p.take()
			return call
		}
		if !p.isSign(",") && !p.failed {
			return p.unclosed(open)
		}
		p.take()
	}
	return call
}

// unclosed tells that a bracket is open at the end, or that something stands where it should close.
func (p *parser) unclosed(open token) *Node {
	if t := p.peek(); t.kind != endToken {
		return p.unexpected(t)
	}
	return p.fail(open.at, "expr.open_bracket", nil)
}

func (p *parser) unexpected(t token) *Node {
	switch {
	case t.kind == endToken:
		return p.fail(t.at, "expr.ends_early", nil)
	case t.kind == numberToken:
		return p.fail(t.at, "expr.unexpected", message.Args{"found": strconv.FormatFloat(t.number, 'g', -1, 64)})
	}
	return p.fail(t.at, "expr.unexpected", message.Args{"found": t.text})
}
