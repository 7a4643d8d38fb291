package expr

// statisticBelow is one statistic over the leaves below every unit. It is computed for the whole range before the
// formula that reads it; a statistic inside another comes first.
type statisticBelow struct {
	arguments []step
	compute   statistic
	parameter float64
	counts    bool // counts leaves that have a number
	inner     bool // stands in another statistic, which reads it at the leaves
}

// overLeaves compiles a statistic over leaves; the formula reads its result like a column.
func (c *compiler) overLeaves(n *Node, f function) step {
	parameter, nodes := parameterOf(n, f)
	s := statisticBelow{compute: f.over, parameter: parameter, counts: n.Text == "count" && c.types[n.Args[0]] != Logical, inner: c.inside > 0}
	c.inside++
	for _, node := range nodes {
		s.arguments = append(s.arguments, c.compile(node))
	}
	c.inside--
	c.below = append(c.below, s)
	index := len(c.below) - 1
	return func(m *machine, from, to int) vector {
		all := m.below[index]
		v := vector{numbers: all.numbers[from-m.base : to-m.base]}
		if all.why != nil {
			v.why = all.why[from-m.base : to-m.base]
		}
		return v
	}
}

// gather computes a step for the rows from … to-1 into memory of its own.
func (m *machine) gather(s step, from, to int) vector {
	numbers, whys := m.take(to - from)
	all := vector{numbers: numbers}
	for at := from; at < to; at += blockRows {
		block := s(m, at, min(at+blockRows, to))
		copy(all.numbers[at-from:], block.numbers)
		if block.why == nil {
			continue
		}
		if all.why == nil {
			clear(whys)
			all.why = whys
		}
		copy(all.why[at-from:], block.why)
	}
	return all
}

// overEvery computes a statistic for every unit of the rows from … to-1, whose subtrees all end there.
func (m *machine) overEvery(s statisticBelow, shape Shape, from, to int) vector {
	arguments := make([]vector, len(s.arguments))
	for i, argument := range s.arguments {
		arguments[i] = m.gather(argument, from, to)
	}
	numbers, whys := m.take(to - from)
	clear(numbers)
	clear(whys)
	all := vector{numbers: numbers, why: whys}
	values, weights := m.values, m.weights
	for unit := from; unit < to; unit++ {
		if !shape.wants(unit) && !(s.inner && shape.Leaf.Get(unit)) {
			continue
		}
		values, weights = values[:0], weights[:0]
		why := present
		for leaf := range shape.Leaf.Each(unit, shape.End[unit]) {
			number, absent := arguments[0].at(leaf - from)
			if len(arguments) == 2 {
				weight, unknown := arguments[1].at(leaf - from)
				if unknown != present {
					absent = m.reasons.join(absent, unknown)
				}
				weights = append(weights, weight)
			}
			if s.counts {
				if absent != present {
					continue
				}
				number = 1
			} else if absent != present {
				why = m.reasons.join(why, absent)
			}
			values = append(values, number)
		}
		i := unit - from
		if why == present {
			all.numbers[i], why = s.compute(values, weights, s.parameter)
		}
		if all.why[i] = why; why != present {
			all.numbers[i] = 0
		}
	}
	m.values, m.weights = values[:0], weights[:0]
	return all
}
