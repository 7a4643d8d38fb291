package expr

import (
	"strconv"
	"strings"
)

// Kind is the kind of a node of the syntax tree.
type Kind int

// The kinds of nodes.
const (
	Number   Kind = iota // Number holds it
	Truth                // true or false: Number is 1 or 0
	Name                 // an item, named by Text
	Operator             // Text is one of Operators, with one argument (Negate, Not) or two
	Call                 // Text is the function
)

// Operators of the tree. Every way to write one becomes one of these.
const (
	Negate         = "neg"
	Not            = "not"
	And            = "and"
	Or             = "or"
	Add            = "+"
	Subtract       = "-"
	Multiply       = "*"
	Divide         = "/"
	Modulo         = "%"
	Power          = "^"
	Equal          = "=="
	NotEqual       = "!="
	Less           = "<"
	LessOrEqual    = "<="
	Greater        = ">"
	GreaterOrEqual = ">="
)

// Node is a node of the syntax tree. At is the place of its first character, counted in characters from 0; of an
// operator with two arguments it is the place of the operator.
type Node struct {
	Kind   Kind
	At     int
	Number float64
	Text   string
	Args   []*Node
}

// String writes the formula with every bracket. Parse reads it back as the same tree.
func (n *Node) String() string {
	switch n.Kind {
	case Number:
		return strconv.FormatFloat(n.Number, 'g', -1, 64)
	case Truth:
		return strconv.FormatBool(n.Number != 0)
	case Name:
		return quoted(n.Text)
	}
	args := make([]string, len(n.Args))
	for i, arg := range n.Args {
		args[i] = arg.String()
	}
	switch {
	case n.Kind == Call:
		return n.Text + "(" + strings.Join(args, ", ") + ")"
	case n.Text == Negate:
		return "(-" + args[0] + ")"
	case n.Text == Not:
		return "(not " + args[0] + ")"
	}
	return "(" + args[0] + " " + n.Text + " " + args[1] + ")"
}

// Written writes the formula as a person would, with no bracket that precedence makes needless. Parse reads it back as the
// same tree.
func (n *Node) Written() string { return n.written(orLevel) }

// written brackets the node when it binds looser than its place asks for.
func (n *Node) written(place int) string {
	if n.Kind == Call {
		args := make([]string, len(n.Args))
		for i, arg := range n.Args {
			args[i] = arg.Written()
		}
		return n.Text + "(" + strings.Join(args, ", ") + ")"
	}
	if n.Kind != Operator {
		return n.String()
	}
	level, text := levels[n.Text], ""
	switch {
	case n.Text == Negate:
		level = signLevel
		text = "-" + n.Args[0].written(signLevel)
	case n.Text == Not:
		level = notLevel
		text = "not " + n.Args[0].written(notLevel)
	case level == powerLevel:
		text = n.Args[0].written(powerLevel+1) + " ^ " + n.Args[1].written(powerLevel)
	case level == compareLevel: // never chained
		text = n.Args[0].written(level+1) + " " + n.Text + " " + n.Args[1].written(level+1)
	default:
		text = n.Args[0].written(level) + " " + n.Text + " " + n.Args[1].written(level+1)
	}
	if level < place {
		return "(" + text + ")"
	}
	return text
}

// quoted writes a name, between quotes where it could not be read without.
func quoted(name string) string {
	if l := (&lexer{text: []rune(name)}); len(l.text) > 0 && startsName(l.text[0]) && l.nameEnd(0) == len(l.text) && wordOperator(name) == "" {
		return name
	}
	return "'" + name + "'"
}
