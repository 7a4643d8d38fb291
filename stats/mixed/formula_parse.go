package mixed

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// node is a piece of a formula: a name, a number, a call, parentheses or an operator with one or two arguments.
type node struct {
	op     string // name, number, call, paren, or the operator itself
	name   string
	number float64
	args   []*node
}

type token struct {
	kind string // name, number, operator, end
	text string
	at   int
}

// scanTokens cuts a formula into names, numbers and operators. Full-width marks of Chinese keyboards are taken for their plain ones.
func scanTokens(text string) ([]token, error) {
	text = strings.NewReplacer("（", "(", "）", ")", "～", "~", "｜", "|", "＋", "+", "－", "-", "，", ",", "：", ":", "＊", "*").Replace(text)
	var tokens []token
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case r == '`':
			end := strings.IndexByte(text[i+1:], '`')
			if end < 1 {
				return nil, syntaxFault(text, i)
			}
			tokens = append(tokens, token{"name", text[i+1 : i+1+end], i})
			i += end + 2
		case r >= '0' && r <= '9' || r == '.' && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			end := numberEnd(text, i)
			tokens = append(tokens, token{"number", text[i:end], i})
			i = end
		case r == '.' || r == '_' || unicode.IsLetter(r):
			end := i
			for end < len(text) {
				r, size := utf8.DecodeRuneInString(text[end:])
				if r != '.' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
					break
				}
				end += size
			}
			tokens = append(tokens, token{"name", text[i:end], i})
			i = end
		default:
			operator := ""
			for _, o := range []string{"%in%", "||", "|", "~", "+", "-", "*", "/", "^", ":", "(", ")", ","} {
				if strings.HasPrefix(text[i:], o) {
					operator = o
					break
				}
			}
			if operator == "" {
				return nil, syntaxFault(text, i)
			}
			tokens = append(tokens, token{"operator", operator, i})
			i += len(operator)
		}
	}
	return append(tokens, token{"end", "", len(text)}), nil
}

func numberEnd(text string, i int) int {
	digits := func() {
		for i < len(text) && (text[i] >= '0' && text[i] <= '9' || text[i] == '.') {
			i++
		}
	}
	digits()
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		j := i + 1
		if j < len(text) && (text[j] == '+' || text[j] == '-') {
			j++
		}
		if j < len(text) && text[j] >= '0' && text[j] <= '9' {
			i = j
			digits()
		}
	}
	return i
}

func syntaxFault(text string, at int) error {
	rest := []rune(text[at:])
	if len(rest) > 20 {
		rest = rest[:20]
	}
	return fault.New("mixed.syntax", message.Args{"at": utf8.RuneCountInString(text[:at]) + 1, "rest": string(rest)})
}

type parser struct {
	tokens []token
	text   string
	at     int
	depth  int
}

// maxDepth bounds how deep parentheses and calls may be nested.
const maxDepth = 60

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) take(operators ...string) string {
	if t := p.peek(); t.kind == "operator" {
		for _, o := range operators {
			if t.text == o {
				p.at++
				return o
			}
		}
	}
	return ""
}

func (p *parser) fail() error { return syntaxFault(p.text, min(p.peek().at, len(p.text))) }

// formula reads response ~ terms.
func (p *parser) formula() (*node, error) {
	left, err := p.level(0)
	if err != nil {
		return nil, err
	}
	if p.take("~") == "" {
		if p.peek().kind == "end" {
			return nil, fault.New("mixed.no_tilde", nil)
		}
		return nil, p.fail()
	}
	right, err := p.level(0)
	if err != nil {
		return nil, err
	}
	if p.peek().kind != "end" {
		return nil, p.fail()
	}
	return &node{op: "~", args: []*node{left, right}}, nil
}

// precedence lists the binary operators of R from the loosest to the tightest.
var precedence = [][]string{{"|", "||"}, {"+", "-"}, {"*", "/"}, {"%in%"}, {":"}}

// level reads a chain of binary operators that bind at least as tight as precedence[depth].
func (p *parser) level(depth int) (*node, error) {
	if depth == len(precedence) {
		return p.unary()
	}
	if depth == 1 && (p.peek().text == "-" || p.peek().text == "+") && p.peek().kind == "operator" {
		return p.signed()
	}
	left, err := p.level(depth + 1)
	if err != nil {
		return nil, err
	}
	return p.chain(left, depth)
}

func (p *parser) chain(left *node, depth int) (*node, error) {
	for {
		o := p.take(precedence[depth]...)
		if o == "" {
			return left, nil
		}
		right, err := p.level(depth + 1)
		if err != nil {
			return nil, err
		}
		left = &node{op: o, args: []*node{left, right}}
	}
}

// signed reads a sum that begins with a sign.
func (p *parser) signed() (*node, error) {
	left, err := p.level(2)
	if err != nil {
		return nil, err
	}
	return p.chain(left, 1)
}

func (p *parser) unary() (*node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, fault.New("mixed.deep", message.Args{"limit": maxDepth})
	}
	defer func() { p.depth-- }()
	if o := p.take("-", "+"); o != "" {
		argument, err := p.unary()
		if err != nil {
			return nil, err
		}
		return &node{op: o, args: []*node{argument}}, nil
	}
	base, err := p.primary()
	if err != nil || p.take("^") == "" {
		return base, err
	}
	power, err := p.unary()
	if err != nil {
		return nil, err
	}
	return &node{op: "^", args: []*node{base, power}}, nil
}

func (p *parser) primary() (*node, error) {
	t := p.peek()
	switch {
	case t.kind == "number":
		p.at++
		value, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return nil, syntaxFault(p.text, t.at)
		}
		return &node{op: "number", number: value}, nil
	case t.kind == "name":
		p.at++
		if p.take("(") == "" {
			return &node{op: "name", name: t.text}, nil
		}
		call := &node{op: "call", name: t.text}
		for p.take(")") == "" {
			if len(call.args) > 0 && p.take(",") == "" {
				return nil, p.fail()
			}
			argument, err := p.level(0)
			if err != nil {
				return nil, err
			}
			call.args = append(call.args, argument)
		}
		return call, nil
	case p.take("(") != "":
		inside, err := p.level(0)
		if err != nil {
			return nil, err
		}
		if p.take(")") == "" {
			return nil, p.fail()
		}
		return &node{op: "paren", args: []*node{inside}}, nil
	}
	return nil, p.fail()
}
