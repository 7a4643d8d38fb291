package main

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
)

type exprCommand struct {
	Eval exprEvalCommand `cmd:"" help:"Compute a formula and print its value."`
}

// exprEvalCommand computes one formula: read the values, check, compute, print.
type exprEvalCommand struct {
	Formula string   `arg:"" help:"The formula, such as '100 * teachers / pupils'."`
	Set     []string `sep:"none" placeholder:"NAME=VALUE" help:"The value of an item: a number, true or false; NAME= means that it is missing."`
}

// Run prints just the value; a formula without one is a fault with its reason.
func (c *exprEvalCommand) Run(e *environment) error {
	given, faults := readSettings(c.Set)
	formula, wrong := expr.Load(fault.Place{Line: 1}, c.Formula, given.items, expr.Wanted{})
	if faults.Add(wrong...); faults != nil {
		return faults.Err()
	}
	shape := expr.Shape{End: []int{1}, Leaf: frame.NewBitmap(1)}
	shape.Leaf.Set(0)
	out := frame.NewColumn(1)
	formula.Run(given, shape, 0, 1, out)
	value := out.Get(0, "")
	number, known := value.Number()
	switch {
	case !known:
		return fault.New("command.no_value", message.Args{"reason": value.Text(e.language)})
	case formula.Type() == expr.Logical:
		fmt.Fprintln(e.out, number != 0)
	default:
		fmt.Fprintln(e.out, value.Text(e.language))
	}
	return nil
}

// settings are the values given by --set, as items and as columns of one row.
type settings struct {
	items  expr.Items
	values map[string]measure.Value
}

// Column returns the value of an item; nothing is known of other periods.
func (s settings) Column(reference expr.Reference) *frame.Column {
	value, given := s.values[reference.Name]
	if !given || reference.Shift != expr.Now || !value.Known() {
		return nil
	}
	column := frame.NewColumn(1)
	column.Set(0, value)
	return column
}

var decimal = regexp.MustCompile(`^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// readSettings reads NAME=VALUE, each once.
func readSettings(texts []string) (settings, fault.List) {
	given := settings{items: expr.Items{}, values: map[string]measure.Value{}}
	var faults fault.List
	for _, text := range texts {
		name, value, hasValue := strings.Cut(text, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if _, twice := given.items[name]; name == "" || !hasValue || twice {
			faults.Add(fault.New("command.bad_setting", message.Args{"text": text}))
			continue
		}
		number, err := strconv.ParseFloat(value, 64)
		switch {
		case value == "":
			given.items[name] = expr.Item{}
			given.values[name] = measure.MissingFor(name)
		case value == "true" || value == "false":
			given.items[name] = expr.Item{Type: expr.Logical}
			given.values[name] = measure.Of(map[string]float64{"true": 1, "false": 0}[value])
		case err == nil && decimal.MatchString(value) && !math.IsInf(number, 0):
			given.items[name] = expr.Item{Type: expr.Numeric}
			given.values[name] = measure.Of(number)
		default:
			faults.Add(fault.New("command.bad_setting", message.Args{"text": text}))
		}
	}
	return given, faults
}

// takeFormula moves the flags of "expr eval" before "--" and the formula behind it, since a formula may begin with a
// minus sign: only --set, --lang and --help are flags there, and other words that begin with two signs and a letter.
func takeFormula(args []string) []string {
	at := slices.Index(args, "expr")
	if at < 0 || at+1 >= len(args) || args[at+1] != "eval" || slices.Contains(args[at+2:], "--") {
		return args
	}
	flags, formulas := slices.Clone(args[:at+2]), []string{}
	for rest := args[at+2:]; len(rest) > 0; rest = rest[1:] {
		switch arg := rest[0]; {
		case (arg == "--set" || arg == "--lang") && len(rest) > 1:
			flags = append(flags, arg+"="+rest[1])
			rest = rest[1:]
		case arg == "-h" || doubleDash.MatchString(arg):
			flags = append(flags, arg)
		default:
			formulas = append(formulas, arg)
		}
	}
	return append(append(flags, "--"), formulas...)
}

var doubleDash = regexp.MustCompile(`^--[a-z]+(=|$)`)
