package mixed

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// text writes a node as R's deparse does: spaces around + - * | ~, none around / ^ :
func (n *node) text() string {
	switch n.op {
	case "name":
		return quoteName(n.name)
	case "number":
		return numberName(n.number)
	case "paren":
		return "(" + n.args[0].text() + ")"
	case "call":
		arguments := make([]string, len(n.args))
		for i, a := range n.args {
			arguments[i] = a.text()
		}
		return n.name + "(" + strings.Join(arguments, ", ") + ")"
	}
	if len(n.args) == 1 {
		return n.op + n.args[0].text()
	}
	operator := n.op
	if operator != "/" && operator != "^" && operator != ":" {
		operator = " " + operator + " "
	}
	return n.args[0].text() + operator + n.args[1].text()
}

// quoteName puts back quotes around names that are not names to R.
func quoteName(name string) string {
	for i, r := range name {
		if unicode.IsLetter(r) || r == '.' || i > 0 && (unicode.IsDigit(r) || r == '_') {
			continue
		}
		return "`" + name + "`"
	}
	return name
}

// numberName writes a number as R names levels: whole numbers without a point or an exponent.
func numberName(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', 15, 64)
}

func (n *node) holdsBar() bool {
	if n == nil {
		return false
	}
	if n.op == "|" || n.op == "||" {
		return true
	}
	for _, a := range n.args {
		if a.holdsBar() {
			return true
		}
	}
	return false
}

// names appends the names that a node mentions to known, each once.
func (n *node) names(known []string) []string {
	if n == nil {
		return known
	}
	if n.op == "name" {
		for _, k := range known {
			if k == n.name {
				return known
			}
		}
		return append(known, n.name)
	}
	for _, a := range n.args {
		known = a.names(known)
	}
	return known
}
