package expr

import (
	"math"

	"jiaoheng/message"
)

// counts is how the measure of a result follows from those of the arguments.
type counts int

const (
	asArguments  counts = iota // all arguments count the same, and so does the result
	nothing                    // the result is pure, whatever the argument counts
	squared                    // the square of what the arguments count
	onlyPure                   // the arguments must be pure, and so is the result
	rooted                     // the square root of what the argument counts
	firstAlone                 // as the first argument; the others are constants
	weighted                   // pure; the second argument is a weight and counts anything
	chosen                     // if: the first argument is a condition
	afterFirst                 // percentile: the first argument is a fraction
	nothingAtAll               // any types, such as is_null
)

// call checks a call and returns what it gives.
func (c *checker) call(n *Node) typed {
	f, known := functions[n.Text]
	if !known {
		if near := nearest(n.Text, FunctionNames()); near != "" {
			c.fault(n, "expr.unknown_function_near", message.Args{"name": n.Text, "near": near})
		} else {
			c.fault(n, "expr.unknown_function", message.Args{"name": n.Text})
		}
		for _, arg := range n.Args {
			c.check(arg)
		}
		return typed{}
	}
	if len(n.Args) < f.least || f.most >= 0 && len(n.Args) > f.most {
		c.fault(n, "expr.argument_count", message.Args{"name": n.Text, "usage": f.usage, "got": len(n.Args)})
		for _, arg := range n.Args {
			c.check(arg)
		}
		return typed{kind: f.result}
	}
	if f.time && n.Args[0].Kind != Name {
		c.fault(n.Args[0], "expr.item_wanted", message.Args{"name": n.Text})
	}
	return c.result(n, f)
}

func (c *checker) result(n *Node, f function) typed {
	switch f.counts {
	case chosen:
		c.want(n.Args[0], Logical)
		return c.alike(n, Either, n.Args[1:])
	case afterFirst:
		c.fraction(n.Args[0])
		return c.alike(n, Numeric, n.Args[1:])
	case firstAlone:
		for _, digits := range n.Args[1:] {
			c.whole(digits)
		}
		return c.want(n.Args[0], Numeric)
	case nothingAtAll:
		return c.counted(n, f)
	case weighted:
		c.want(n.Args[0], Numeric)
		c.want(n.Args[1], Numeric)
		return typed{kind: Numeric, measure: pure}
	}
	common := c.alike(n, f.takes, n.Args)
	return c.derived(n, f, common)
}

// counted checks arguments that may count different things; all are numbers or all are conditions.
func (c *checker) counted(n *Node, f function) typed {
	first := c.check(n.Args[0])
	for _, arg := range n.Args[1:] {
		if got := c.check(arg); got.kind != first.kind && got.kind != Either && first.kind != Either {
			c.fault(arg, "expr.types_differ", nil)
		}
	}
	if f.result == Logical {
		return typed{kind: Logical}
	}
	return typed{kind: Numeric, measure: pure}
}

// derived returns what a function gives when its arguments have common in common.
func (c *checker) derived(n *Node, f function, common typed) typed {
	switch f.counts {
	case nothing:
		return typed{kind: f.result, measure: pure}
	case onlyPure:
		c.wantPure(n, common)
		return typed{kind: Numeric, constant: common.constant, measure: common.asFactor()}
	case squared:
		if common.measure != nil {
			square := common.measure.Pow(2)
			common.measure = &square
		}
	case rooted:
		if common.measure != nil {
			root, whole := common.measure.Root()
			if !whole {
				c.fault(n, "expr.root", message.Args{"measure": inWords(common.measure)})
			}
			common.measure = &root
		}
	}
	if f.result != Either {
		common.kind = f.result
	}
	return common
}

// alike checks that all arguments give one type and count the same.
func (c *checker) alike(n *Node, kind Type, args []*Node) typed {
	var common typed
	for i, arg := range args {
		var got typed
		if kind == Either {
			got = c.check(arg)
		} else {
			got = c.want(arg, kind)
		}
		if i == 0 {
			common = got
		} else {
			common = c.same(arg, common, got)
		}
	}
	return common
}

// fraction wants a number from 0 to 1 that is written out.
func (c *checker) fraction(n *Node) {
	if number, constant := constantOf(n); !constant || number < 0 || number > 1 {
		c.fault(n, "expr.fraction_wanted", nil)
	}
}

// maxDigits is the largest number of decimals that round takes, before or after the point.
const maxDigits = 12

// whole wants a whole number of digits that is written out.
func (c *checker) whole(n *Node) {
	if number, constant := constantOf(n); !constant || number != math.Trunc(number) || math.Abs(number) > maxDigits {
		c.fault(n, "expr.digits_wanted", message.Args{"limit": maxDigits})
	}
}
