package expr

import "jiaoheng/measure"

// Reference is an item that a formula reads, in one period.
type Reference struct {
	Name  string
	Shift Shift
}

// compiler turns a checked tree into steps.
type compiler struct {
	types      map[*Node]Type
	references []Reference
	numbered   map[Reference]int
	slots      int
	constants  map[int]float64 // slots that hold one number in every row
	below      []statisticBelow
	inside     int // statistics around what is compiled
}

func (c *compiler) slot() int {
	c.slots++
	return c.slots - 1
}

func (c *compiler) reference(name string, shift Shift) int {
	r := Reference{name, shift}
	n, known := c.numbered[r]
	if !known {
		n = len(c.references)
		c.references = append(c.references, r)
		c.numbered[r] = n
	}
	return n
}

func (c *compiler) compile(n *Node) step {
	switch n.Kind {
	case Number, Truth:
		return c.constant(n.Number)
	case Name:
		return c.item(n.Text, Now)
	case Call:
		return c.call(n)
	}
	switch n.Text {
	case Negate:
		return c.mapped(n, func(x float64) float64 { return -x })
	case Not:
		return c.mapped(n, func(x float64) float64 { return 1 - x })
	case And, Or:
		return c.logic(n)
	case Add, Subtract, Multiply, Divide:
		return c.arithmetic(n)
	case Power:
		return c.each(n, func(x []float64) (float64, reason) { return power(x[0], x[1]) })
	case Modulo:
		return c.each(n, func(x []float64) (float64, reason) { return modulo(x[0], x[1]) })
	}
	return c.comparison(n)
}

func (c *compiler) constant(number float64) step {
	slot := c.slot()
	c.constants[slot] = number
	return func(m *machine, from, to int) vector { return vector{numbers: m.numbers[slot][:to-from]} }
}

func (c *compiler) item(name string, shift Shift) step {
	reference, slot := c.reference(name, shift), c.slot()
	return func(m *machine, from, to int) vector { return m.load(reference, slot, from, to) }
}

// mapped computes one argument by a function that is defined everywhere and stays finite.
func (c *compiler) mapped(n *Node, f func(float64) float64) step {
	argument, slot := c.compile(n.Args[0]), c.slot()
	return func(m *machine, from, to int) vector {
		v := argument(m, from, to)
		out := m.numbers[slot][:len(v.numbers)]
		for i, x := range v.numbers {
			out[i] = f(x)
		}
		return m.settle(slot, out, m.joined(slot, v.why, nil))
	}
}

// arithmetic computes + - * /, each by a loop of its own.
func (c *compiler) arithmetic(n *Node) step {
	left, right, slot := c.compile(n.Args[0]), c.compile(n.Args[1]), c.slot()
	loop := map[string]func(out, a, b []float64) bool{Add: add, Subtract: subtract, Multiply: multiply, Divide: divide}[n.Text]
	return func(m *machine, from, to int) vector {
		a, b := left(m, from, to), right(m, from, to)
		out := m.numbers[slot][:to-from]
		zero := loop(out, a.numbers, b.numbers)
		why := m.joined(slot, a.why, b.why)
		if zero {
			for i, y := range b.numbers {
				if y == 0 {
					why = m.mark(slot, why, len(out), i, divisionByZero)
				}
			}
		}
		return m.settle(slot, out, why)
	}
}

func add(out, a, b []float64) bool {
	for i := range out {
		out[i] = a[i] + b[i]
	}
	return false
}

func subtract(out, a, b []float64) bool {
	for i := range out {
		out[i] = a[i] - b[i]
	}
	return false
}

func multiply(out, a, b []float64) bool {
	for i := range out {
		out[i] = a[i] * b[i]
	}
	return false
}

// divide tells whether a divisor is zero; such rows hold 0.
func divide(out, a, b []float64) bool {
	zero := false
	for i := range out {
		if b[i] == 0 {
			zero = true
			out[i] = 0
			continue
		}
		out[i] = a[i] / b[i]
	}
	return zero
}

// comparison compares within measure.Tolerance.
func (c *compiler) comparison(n *Node) step {
	left, right, slot := c.compile(n.Args[0]), c.compile(n.Args[1]), c.slot()
	// what the operator says of a number below, equal to and above the other
	says := map[string][3]float64{Equal: {0, 1, 0}, NotEqual: {1, 0, 1}, Less: {1, 0, 0}, LessOrEqual: {1, 1, 0},
		Greater: {0, 0, 1}, GreaterOrEqual: {0, 1, 1}}[n.Text]
	return func(m *machine, from, to int) vector {
		a, b := left(m, from, to), right(m, from, to)
		out := m.numbers[slot][:to-from]
		for i := range out {
			out[i] = says[measure.Compare(a.numbers[i], b.numbers[i])+1]
		}
		return m.settle(slot, out, m.joined(slot, a.why, b.why))
	}
}

// logic computes and, or: an operand that decides alone decides even where the other one is missing.
func (c *compiler) logic(n *Node) step {
	left, right, slot := c.compile(n.Args[0]), c.compile(n.Args[1]), c.slot()
	decides := 0.0
	if n.Text == Or {
		decides = 1
	}
	return func(m *machine, from, to int) vector {
		a, b := left(m, from, to), right(m, from, to)
		out := m.numbers[slot][:to-from]
		why := m.joined(slot, a.why, b.why)
		for i := range out {
			x, whyX := a.at(i)
			y, whyY := b.at(i)
			switch {
			case whyX == present && x == decides, whyY == present && y == decides:
				out[i] = decides
				if why != nil {
					why[i] = present
				}
			default:
				out[i] = 1 - decides
			}
		}
		return m.settle(slot, out, why)
	}
}

// each computes rows one by one from the numbers of all arguments.
func (c *compiler) each(n *Node, f func(args []float64) (float64, reason)) step {
	return c.rows(n.Args, func(args []vector, i int, m *machine) (float64, reason) {
		why := present
		m.scratch = m.scratch[:0]
		for _, arg := range args {
			number, absent := arg.at(i)
			why = m.reasons.join(why, absent)
			m.scratch = append(m.scratch, number)
		}
		if why != present {
			return 0, why
		}
		return f(m.scratch)
	})
}

// rows computes rows one by one.
func (c *compiler) rows(nodes []*Node, f func(args []vector, i int, m *machine) (float64, reason)) step {
	steps, slot := make([]step, len(nodes)), 0
	for i, node := range nodes {
		steps[i] = c.compile(node)
	}
	slot = c.slot()
	return func(m *machine, from, to int) vector {
		args := m.arguments(slot, len(steps))
		for i, step := range steps {
			args[i] = step(m, from, to)
		}
		out := m.numbers[slot][:to-from]
		why := m.whys[slot][:to-from]
		all := true
		for i := range out {
			out[i], why[i] = f(args, i, m)
			if why[i] != present {
				out[i], all = 0, false
			}
		}
		if all {
			why = nil
		}
		return vector{out, why}
	}
}

// call compiles a call of a function.
func (c *compiler) call(n *Node) step {
	f := functions[n.Text]
	switch {
	case f.time:
		return c.time(n)
	case f.rowwise != nil:
		return c.rows(n.Args, f.rowwise)
	case f.row != nil:
		return c.each(n, f.row)
	case f.overLeaves(n):
		return c.overLeaves(n, f)
	case n.Text == "count" && c.types[n.Args[0]] != Logical:
		return c.rows(n.Args, countPresent)
	}
	parameter, values := parameterOf(n, f)
	return c.each(&Node{Args: values}, func(x []float64) (float64, reason) { return f.over(x, nil, parameter) })
}

// countPresent counts the arguments that have a number.
func countPresent(args []vector, i int, _ *machine) (float64, reason) {
	n := 0.0
	for _, arg := range args {
		if _, why := arg.at(i); why == present {
			n++
		}
	}
	return n, present
}

// parameterOf takes the fraction of a percentile off its arguments.
func parameterOf(n *Node, f function) (float64, []*Node) {
	if f.counts != afterFirst {
		return 0, n.Args
	}
	fraction, _ := constantOf(n.Args[0])
	return fraction, n.Args[1:]
}

func (c *compiler) time(n *Node) step {
	name := n.Args[0].Text
	switch n.Text {
	case "prev":
		return c.item(name, Previous)
	case "same_term_last_year":
		return c.item(name, SameTermLastYear)
	}
	before := &Node{Kind: Call, Text: "prev", Args: n.Args}
	return c.each(&Node{Args: []*Node{n.Args[0], before}}, func(x []float64) (float64, reason) { return growth(x[0], x[1]) })
}
