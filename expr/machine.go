package expr

import "jiaoheng/frame"

// blockRows is how many rows are computed at a time: what one formula needs of them stays in the nearest cache.
const blockRows = 1024

// machine holds the memory of one run.
type machine struct {
	rows            int // how many rows numbers and whys hold
	reasons         *reasons
	columns         []*frame.Column
	silent          []reason // for each reference, that nobody reported it
	unknown         []reason // for each reference, why a cell is absent when nothing more is known
	numbers         [][]float64
	whys            [][]reason
	args            [][]vector
	base            int // first row of the run
	below           []vector
	scratch         []float64
	long            [][]float64 // columns of statistics; the first of them are taken
	reasoned        [][]reason
	taken           int
	values, weights []float64
}

// take returns memory for n rows that nobody else holds in this run. It holds what an earlier run left.
func (m *machine) take(n int) ([]float64, []reason) {
	if m.taken == len(m.long) {
		m.long, m.reasoned = append(m.long, nil), append(m.reasoned, nil)
	}
	if len(m.long[m.taken]) < n {
		m.long[m.taken], m.reasoned[m.taken] = make([]float64, n), make([]reason, n)
	}
	m.taken++
	return m.long[m.taken-1][:n], m.reasoned[m.taken-1][:n]
}

// step computes the rows from … to-1, at most blockRows of them. What it returns is valid until it is called again.
type step func(m *machine, from, to int) vector

// load returns a block of a column without copying its numbers.
func (m *machine) load(reference, slot, from, to int) vector {
	column := m.columns[reference]
	n := to - from
	if column == nil {
		why := m.whys[slot][:n]
		for i := range why {
			why[i] = m.unknown[reference]
		}
		numbers := m.numbers[slot][:n]
		clear(numbers)
		return vector{numbers, why}
	}
	numbers := column.Numbers[from:to]
	absent := n - column.Present.Count(from, to)
	if absent == 0 {
		return vector{numbers: numbers}
	}
	why := m.whys[slot][:n]
	unknown := m.unknown[reference]
	for i := range why {
		if column.Present[(from+i)>>6]>>((from+i)&63)&1 == 0 {
			why[i] = unknown
		} else {
			why[i] = present
		}
	}
	m.reasonsOf(column, from, to, absent, why)
	return vector{numbers, why}
}

// reasonsOf writes the reasons that are known of absent cells. It goes through whichever are fewer: reasons or absent cells.
func (m *machine) reasonsOf(column *frame.Column, from, to, absent int, why []reason) {
	if len(column.Reasons) < absent {
		for row, known := range column.Reasons {
			if row >= from && row < to && why[row-from] != present {
				why[row-from] = m.reasons.of(known)
			}
		}
		return
	}
	for i, w := range why {
		if w == present {
			continue
		}
		if known, ok := column.Reasons[from+i]; ok {
			why[i] = m.reasons.of(known)
		}
	}
}

// joined returns, in the memory of slot, why rows that need both a and b have no number: nil when all have one.
func (m *machine) joined(slot int, a, b []reason) []reason {
	if a == nil && b == nil {
		return nil
	}
	if a == nil {
		a, b = b, nil
	}
	why := m.whys[slot][:len(a)]
	if b == nil {
		copy(why, a)
		return why
	}
	for i := range why {
		if why[i] = a[i] | b[i]; a[i] != present && b[i] != present {
			why[i] = m.reasons.join(a[i], b[i])
		}
	}
	return why
}

// settle ends an operation: rows that lack an operand hold 0, rows beyond the range of numbers get their reason.
func (m *machine) settle(slot int, numbers []float64, why []reason) vector {
	for i, w := range why {
		if w != present {
			numbers[i] = 0
		}
	}
	for i, x := range numbers {
		if x-x != 0 {
			why = m.mark(slot, why, len(numbers), i, tooLarge)
			numbers[i] = 0
		}
	}
	return vector{numbers, why}
}

// mark gives row i a reason and returns the reasons of the block, which are made when there were none.
func (m *machine) mark(slot int, why []reason, n, i int, because reason) []reason {
	if why == nil {
		why = m.whys[slot][:n]
		clear(why)
	}
	if why[i] == present {
		why[i] = because
	}
	return why
}

// arguments returns room for the arguments of a call.
func (m *machine) arguments(slot, n int) []vector {
	if m.args[slot] == nil {
		m.args[slot] = make([]vector, n)
	}
	return m.args[slot]
}
