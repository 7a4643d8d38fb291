package expr

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
)

// Type is what a formula or an item holds.
type Type int

// The types. Either is the type of an item of which nothing is known; it fits both others.
const (
	Either Type = iota
	Numeric
	Logical
)

// Item is what a formula may name. A nil measure fits every other.
type Item struct {
	Type    Type
	Measure *measure.Measure
}

// Items are all items that a formula may name.
type Items map[string]Item

// Wanted is what a formula is declared to give. The zero value wants nothing.
type Wanted struct {
	Type    Type
	Measure *measure.Measure
}

// typed is what is known of a node before it is computed.
// A constant is pure in a product, and in a sum or a comparison it counts what the other side counts: pupils >= 50.
type typed struct {
	kind     Type
	constant bool
	measure  *measure.Measure // nil: nothing is known, or a constant
}

// checker finds every fault of a tree.
type checker struct {
	place  fault.Place
	text   []rune
	items  Items
	types  map[*Node]Type
	faults fault.List
}

func (c *checker) fault(n *Node, code string, args message.Args) {
	c.faults.Add(fault.At(placeOf(c.place, c.text, n.At), code, args))
}

// inWords returns a measure as it stands in a message of either language.
func inWords(m *measure.Measure) string {
	if m.Pure() {
		return "1"
	}
	return m.Text(message.Chinese)
}

func (c *checker) mismatch(n *Node, left, right *measure.Measure) {
	c.fault(n, "expr.measure_mismatch", message.Args{"left": inWords(left), "right": inWords(right)})
}

var pure = &measure.Measure{}

// check returns what n gives and reports what is wrong inside it.
func (c *checker) check(n *Node) typed {
	got := c.find(n)
	c.types[n] = got.kind
	return got
}

func (c *checker) find(n *Node) typed {
	switch n.Kind {
	case Number:
		return typed{kind: Numeric, constant: true}
	case Truth:
		return typed{kind: Logical, constant: true}
	case Name:
		return c.name(n)
	case Call:
		return c.call(n)
	}
	switch n.Text {
	case Not:
		c.want(n.Args[0], Logical)
		return typed{kind: Logical}
	case Negate:
		return c.want(n.Args[0], Numeric)
	case And, Or:
		c.want(n.Args[0], Logical)
		c.want(n.Args[1], Logical)
		return typed{kind: Logical}
	case Add, Subtract, Modulo, Less, LessOrEqual, Greater, GreaterOrEqual:
		result := c.same(n, c.want(n.Args[0], Numeric), c.want(n.Args[1], Numeric))
		if levels[n.Text] == compareLevel {
			return typed{kind: Logical}
		}
		return result
	case Equal, NotEqual:
		c.same(n, c.check(n.Args[0]), c.check(n.Args[1]))
		return typed{kind: Logical}
	case Multiply, Divide:
		return c.product(n, c.want(n.Args[0], Numeric), c.want(n.Args[1], Numeric))
	}
	return c.power(n, c.want(n.Args[0], Numeric), c.want(n.Args[1], Numeric))
}

func (c *checker) name(n *Node) typed {
	item, known := c.items[n.Text]
	if known {
		return typed{kind: item.Type, measure: item.Measure}
	}
	if _, isFunction := functions[n.Text]; isFunction {
		c.fault(n, "expr.function_without_bracket", message.Args{"name": n.Text})
	} else if near := nearest(n.Text, keys(c.items)); near != "" {
		c.fault(n, "expr.unknown_name_near", message.Args{"name": n.Text, "near": near})
	} else {
		c.fault(n, "expr.unknown_name", message.Args{"name": n.Text})
	}
	return typed{}
}

// want checks n and that it gives a type. After a fault nothing more is asked of the result.
func (c *checker) want(n *Node, kind Type) typed {
	got := c.check(n)
	if got.kind != Either && got.kind != kind {
		code := "expr.number_wanted"
		if kind == Logical {
			code = "expr.truth_wanted"
		}
		c.fault(n, code, nil)
		return typed{kind: kind}
	}
	got.kind = kind
	return got
}

// same checks that both give the same type and count the same, and returns what they have in common.
func (c *checker) same(n *Node, left, right typed) typed {
	if left.kind == Either {
		left.kind = right.kind
	}
	if right.kind != Either && left.kind != right.kind {
		c.fault(n, "expr.types_differ", nil)
		return typed{}
	}
	if left.measure != nil && right.measure != nil && !left.measure.SameDimension(*right.measure) {
		c.mismatch(n, left.measure, right.measure)
		return typed{kind: left.kind}
	}
	common := typed{kind: left.kind, constant: left.constant && right.constant}
	switch {
	case left.constant:
		common.measure = right.measure
	case right.constant || left.measure != nil && right.measure != nil:
		common.measure = left.measure
	}
	return common
}

// asFactor returns the measure of a factor; a constant is pure.
func (t typed) asFactor() *measure.Measure {
	if t.constant {
		return pure
	}
	return t.measure
}

func (c *checker) product(n *Node, left, right typed) typed {
	if left.constant && right.constant {
		return left
	}
	a, b := left.asFactor(), right.asFactor()
	if a == nil || b == nil {
		return typed{kind: Numeric}
	}
	result := a.Mul(*b)
	if n.Text == Divide {
		result = a.Div(*b)
	}
	return typed{kind: Numeric, measure: &result}
}

func (c *checker) power(n *Node, base, exponent typed) typed {
	c.wantPure(n.Args[1], exponent)
	if base.constant && exponent.constant {
		return base
	}
	if base.measure == nil || base.measure.Pure() {
		return typed{kind: Numeric, measure: base.asFactor()}
	}
	number, constant := constantOf(n.Args[1])
	if !constant || number != math.Trunc(number) || math.Abs(number) > 8 {
		c.fault(n, "expr.exponent", message.Args{"measure": inWords(base.measure)})
		return typed{kind: Numeric}
	}
	result := base.measure.Pow(int(number))
	return typed{kind: Numeric, measure: &result}
}

// wantPure reports a value that counts something where only a pure number makes sense.
func (c *checker) wantPure(n *Node, t typed) {
	if t.measure != nil && !t.measure.Pure() {
		c.fault(n, "expr.pure_wanted", message.Args{"measure": inWords(t.measure)})
	}
}

// constantOf returns the number that n writes, with or without a sign.
func constantOf(n *Node) (float64, bool) {
	if n.Kind == Number {
		return n.Number, true
	}
	if n.Kind == Operator && n.Text == Negate && n.Args[0].Kind == Number {
		return -n.Args[0].Number, true
	}
	return 0, false
}
