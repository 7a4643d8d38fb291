package mixed

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// functions are the calls that a formula may make of numbers, by name.
var functions = map[string]func(float64) float64{
	"I": func(x float64) float64 { return x }, "log": math.Log, "log2": math.Log2, "log10": math.Log10, "log1p": math.Log1p,
	"exp": math.Exp, "sqrt": math.Sqrt, "abs": math.Abs,
}

func (n *node) isFactorCall() bool {
	return n.op == "call" && (n.name == "factor" || n.name == "as.factor")
}

// checkSymbol finds what is wrong with a name or call that stands as a term.
func (n *node) checkSymbol() error {
	if n.op == "name" && n.name == "." {
		return fault.New("mixed.dot", nil)
	}
	if n.isFactorCall() {
		if len(n.args) != 1 || n.args[0].op != "name" {
			return fault.New("mixed.factor_call", message.Args{"term": n.text()})
		}
		return nil
	}
	return n.checkValue()
}

// checkValue finds what is wrong with an arithmetic expression.
func (n *node) checkValue() error {
	switch n.op {
	case "number", "name":
		return nil
	case "paren":
		return n.args[0].checkValue()
	case "call":
		switch n.name {
		case "offset":
			return fault.New("mixed.offset", message.Args{"term": n.text()})
		case "poly", "ns", "bs", "scale":
			return fault.New("mixed.basis", message.Args{"term": n.text(), "function": n.name})
		}
		if functions[n.name] == nil {
			return fault.New("mixed.function_unknown", message.Args{"term": n.text(), "function": n.name})
		}
		if len(n.args) != 1 && !(n.name == "log" && len(n.args) == 2) {
			return fault.New("mixed.function_arguments", message.Args{"term": n.text(), "function": n.name})
		}
	case "+", "-", "*", "/", "^":
	default:
		return fault.New("mixed.arithmetic", message.Args{"term": n.text(), "operator": n.op})
	}
	for _, a := range n.args {
		if err := a.checkValue(); err != nil {
			return err
		}
	}
	return nil
}

// compile turns an arithmetic expression into a function of a row of numbers; at gives the place of a name in the row.
func (n *node) compile(at func(name string) int) func(numbers []float64) float64 {
	switch n.op {
	case "number":
		value := n.number
		return func([]float64) float64 { return value }
	case "name":
		i := at(n.name)
		return func(numbers []float64) float64 { return numbers[i] }
	case "paren":
		return n.args[0].compile(at)
	}
	first := n.args[0].compile(at)
	if n.op == "call" && len(n.args) == 2 {
		base := n.args[1].compile(at)
		return func(numbers []float64) float64 { return math.Log(first(numbers)) / math.Log(base(numbers)) }
	}
	if n.op == "call" {
		function := functions[n.name]
		return func(numbers []float64) float64 { return function(first(numbers)) }
	}
	if len(n.args) == 1 {
		if n.op == "-" {
			return func(numbers []float64) float64 { return -first(numbers) }
		}
		return first
	}
	second := n.args[1].compile(at)
	switch n.op {
	case "+":
		return func(numbers []float64) float64 { return first(numbers) + second(numbers) }
	case "-":
		return func(numbers []float64) float64 { return first(numbers) - second(numbers) }
	case "*":
		return func(numbers []float64) float64 { return first(numbers) * second(numbers) }
	case "/":
		return func(numbers []float64) float64 { return first(numbers) / second(numbers) }
	}
	return func(numbers []float64) float64 { return power(first(numbers), second(numbers)) }
}

// power is x^y; small whole powers are products, so that they are the same on every machine.
func power(x, y float64) float64 {
	if y == math.Trunc(y) && y >= 1 && y <= 8 {
		out := x
		for i := 1; i < int(y); i++ {
			out *= x
		}
		return out
	}
	return math.Pow(x, y)
}
