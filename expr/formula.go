package expr

import (
	"sync"

	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
)

// Formula is a formula that was read, checked and made ready to run. It does not change; many may run it at once.
type Formula struct {
	tree       *Node
	kind       Type
	measure    *measure.Measure
	references []Reference
	slots      int
	constants  map[int]float64
	below      []statisticBelow
	root       step
	machines   sync.Pool // memory of earlier runs
}

// Load reads a formula, checks it against the items that it may name and against what it is declared to give, and makes
// it ready. place says where its first character stands. The formula is nil when there are faults; all are reported.
func Load(place fault.Place, text string, items Items, wanted Wanted) (*Formula, fault.List) {
	tree, faults := Parse(place, text)
	if faults != nil {
		return nil, faults
	}
	checker := &checker{place: place, text: []rune(text), items: items, types: map[*Node]Type{}}
	got := checker.check(tree)
	checker.wanted(tree, got, wanted)
	if checker.faults != nil {
		return nil, checker.faults
	}
	c := &compiler{types: checker.types, numbered: map[Reference]int{}, constants: map[int]float64{}}
	root := c.compile(tree)
	return &Formula{tree: tree, kind: got.kind, measure: got.asFactor(), references: c.references, slots: c.slots,
		constants: c.constants, below: c.below, root: root}, nil
}

// wanted compares what the whole formula gives with what is declared.
func (c *checker) wanted(tree *Node, got typed, wanted Wanted) {
	switch {
	case wanted.Type == Numeric && got.kind == Logical:
		c.fault(tree, "expr.number_wanted", nil)
	case wanted.Type == Logical && got.kind == Numeric:
		c.fault(tree, "expr.truth_wanted", nil)
	case wanted.Measure != nil && got.kind != Logical && got.measure != nil && !got.measure.SameDimension(*wanted.Measure):
		c.fault(tree, "expr.measure_declared", message.Args{"declared": inWords(wanted.Measure), "found": inWords(got.measure)})
	}
}

// Tree returns the syntax tree, which must not be changed.
func (f *Formula) Tree() *Node { return f.tree }

// Type returns what the formula gives; Either when only the facts will tell.
func (f *Formula) Type() Type { return f.kind }

// Measure returns what the result counts; nil when the items do not say. The scale is not that of the result.
func (f *Formula) Measure() *measure.Measure { return f.measure }

// Statistics tells whether the formula looks at the leaves below a unit.
func (f *Formula) Statistics() bool { return len(f.below) > 0 }

// References returns the items that the formula reads, in the order in which they stand in it.
func (f *Formula) References() []Reference { return f.references }

// Shape is the tree of units that columns are numbered by.
//
// Shapes: End has an entry for each row, the row after the last one below it; Leaf has a bit for each row, set for the
// units over which statistics run. A unit without units below it that does not take part, such as an office, has none.
// Wanted has a bit for each row whose result is asked for; the others are left absent without a reason, which saves their
// statistics and their reasons. Nil asks for every row.
type Shape struct {
	End    []int
	Leaf   frame.Bitmap
	Wanted frame.Bitmap
}

// wants tells whether the result of a row is asked for.
func (s Shape) wants(row int) bool { return s.Wanted == nil || s.Wanted.Get(row) }

// Source holds the columns that a formula reads. A nil column stands for an item of which nothing is known.
type Source interface {
	Column(reference Reference) *frame.Column
}

// Run computes the rows from … to-1 of the formula into the same rows of out.
//
// Shapes:  every column of source and out have a cell for each entry of shape.End; else it panics. out is no column of source.
// Missing: a row that lacks an operand is missing under the names of all items it lacks, prev(x) for x of the period
//
//	before; a row to which a rule cannot be applied is invalid with the reason. No NaN or infinity leaves this function.
func (f *Formula) Run(source Source, shape Shape, from, to int, out *frame.Column) {
	if from >= to {
		return
	}
	reach := to
	for unit := from; unit < to; unit++ {
		reach = max(reach, shape.End[unit])
	}
	m := f.machine(source, min(blockRows, reach-from))
	defer f.machines.Put(m)
	m.base, m.below, m.taken = from, m.below[:0], 0
	for _, s := range f.below {
		m.below = append(m.below, m.overEvery(s, shape, from, reach))
	}
	forget(out, from, to)
	for at := from; at < to; at += blockRows {
		m.write(out, shape, at, f.root(m, at, min(at+blockRows, to)))
	}
}

// machine returns the memory of one run in blocks of so many rows: that of an earlier run where it is large enough. The
// table of reasons grows with the names that are missing; a large one is not kept.
func (f *Formula) machine(source Source, rows int) *machine {
	m, kept := f.machines.Get().(*machine)
	if !kept || m.rows < rows || len(m.reasons.list) > maxKeptReasons {
		m = f.newMachine(rows)
	}
	m.columns = m.columns[:0]
	for i, reference := range f.references {
		column := source.Column(reference)
		m.columns, m.unknown[i] = append(m.columns, column), m.silent[i]
		if column != nil && column.Otherwise.Kind != measure.None {
			m.unknown[i] = m.reasons.of(column.Otherwise)
		}
	}
	return m
}

const maxKeptReasons = 1000

func (f *Formula) newMachine(rows int) *machine {
	m := &machine{rows: rows, reasons: newReasons(), unknown: make([]reason, len(f.references)), numbers: make([][]float64, f.slots), whys: make([][]reason, f.slots), args: make([][]vector, f.slots)}
	for _, reference := range f.references {
		m.silent = append(m.silent, m.reasons.of(measure.Reason{Kind: measure.Missing, Names: []string{reference.name()}}))
	}
	for slot := range f.slots {
		m.numbers[slot], m.whys[slot] = make([]float64, rows), make([]reason, rows)
		if constant, ok := f.constants[slot]; ok {
			for i := range m.numbers[slot] {
				m.numbers[slot][i] = constant
			}
		}
	}
	return m
}

// name returns what is told to be missing.
func (r Reference) name() string {
	switch r.Shift {
	case Previous:
		return "prev(" + r.Name + ")"
	case SameTermLastYear:
		return "same_term_last_year(" + r.Name + ")"
	}
	return r.Name
}

// write puts a block into the result.
func (m *machine) write(out *frame.Column, shape Shape, from int, v vector) {
	numbers := out.Numbers[from : from+len(v.numbers)]
	for i, number := range v.numbers {
		numbers[i] = number + 0 // no negative zero
	}
	setAll(out.Present, from, from+len(numbers))
	if shape.Wanted != nil {
		for i := range numbers {
			if !shape.Wanted.Get(from + i) {
				numbers[i] = 0
				out.Present.Clear(from + i)
			}
		}
	}
	for i, why := range v.why {
		if why == present || !shape.wants(from+i) {
			continue
		}
		if out.Reasons == nil {
			out.Reasons = map[int]measure.Reason{}
		}
		out.Present.Clear(from + i)
		out.Reasons[from+i] = m.reasons.list[why]
	}
}

// forget takes the reasons of the rows from … to-1 out of a column.
func forget(out *frame.Column, from, to int) {
	if len(out.Reasons) > to-from {
		for row := from; row < to; row++ {
			delete(out.Reasons, row)
		}
		return
	}
	for row := range out.Reasons {
		if row >= from && row < to {
			delete(out.Reasons, row)
		}
	}
}

// setAll sets the bits from, from+1, …, to-1.
func setAll(b frame.Bitmap, from, to int) {
	for at := from &^ 63; at < to; at += 64 {
		word := ^uint64(0)
		if at < from {
			word <<= from - at
		}
		if at+64 > to {
			word &= ^uint64(0) >> (at + 64 - to)
		}
		b[at>>6] |= word
	}
}
