package indicator

import (
	"maps"
	"sync"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// spoken are the rows that an indicator speaks of. Formulas run over the rows to be computed alone, as if they were all
// there are: a stage has a part of the units only, and a block in which every cell is present is the fastest.
type spoken struct {
	rows  frame.Bitmap
	plain *some // for formulas without statistics
	once  sync.Once
	deep  *some // for formulas with statistics, which look at the leaves too
}

// some are the rows over which a formula runs.
type some struct {
	rows  []int32
	shape expr.Shape
}

// formula runs a formula over the rows that the indicator speaks of, but for those of leaveReasons, which are left absent.
func (r *Run) formula(i *pack.Indicator, formula *expr.Formula, at scene) *frame.Column {
	said := r.saidAt(i, at)
	some, source := said.plain, reader{r, at, nil}
	if formula.Statistics() {
		leaves := r.membersOf(r.leafKinds(i), at)
		said.once.Do(func() { said.deep = r.deepOf(said, leaves) })
		some, source.undecided = said.deep, leaves.undecided()
	}
	column := r.newColumn()
	r.compute(formula, source, some, column)
	return column
}

// compute runs a formula over some rows.
func (r *Run) compute(formula *expr.Formula, source reader, some *some, out *frame.Column) {
	if len(some.rows) == 0 {
		return
	}
	held := r.spare.taken
	dense := r.spare.take(len(some.rows))
	formula.Run(someReader{source, some.rows}, some.shape, 0, len(some.rows), dense)
	scatter(dense, some, out)
	r.spare.taken = held
}

// leaveReasons gives a unit that the population leaves out, or of which nobody knows whether it counts, the reason of that.
func (r *Run) leaveReasons(i *pack.Indicator, column *frame.Column, at scene) {
	own := r.membersOf(kindsOf(i.Of), at)
	written := i.Formula.Ready.Type() == expr.Logical || r.Rules.Scope.Type(i.Name) == expr.Logical
	switch {
	case len(own.why) == 0:
	case column.Reasons == nil && !written:
		column.Reasons = own.why // nobody writes to either
	case column.Reasons == nil:
		column.Reasons = maps.Clone(own.why)
	default:
		maps.Copy(column.Reasons, own.why)
	}
}

// scatter writes what was computed for some rows to where they stand.
func scatter(dense *frame.Column, some *some, out *frame.Column) {
	for k, row := range some.rows {
		if dense.Present.Get(k) {
			out.Numbers[row] = dense.Numbers[k]
			out.Present.Set(int(row))
		}
	}
	for k, why := range dense.Reasons {
		setReason(out, int(some.rows[k]), why)
	}
}

// someReader gives a formula some rows of its columns.
type someReader struct {
	all  reader
	rows []int32
}

// Column returns the rows of the column of a reference.
func (s someReader) Column(reference expr.Reference) *frame.Column {
	if part := s.all.run.direct(reference, s.all, s.rows); part != nil {
		return part
	}
	all := s.all.Column(reference)
	if all == nil {
		return nil
	}
	part := s.all.run.spare.take(len(s.rows))
	part.Otherwise = all.Otherwise
	absent := gather(all, s.rows, part)
	if absent > 0 && len(all.Reasons) > 0 {
		for k, row := range s.rows {
			if part.Present.Get(k) {
				continue
			}
			if why, known := all.Reasons[int(row)]; known {
				setReason(part, k, why)
			}
		}
	}
	return part
}

// gather copies the cells of some rows and returns how many are absent.
func gather(all *frame.Column, rows []int32, part *frame.Column) int {
	numbers := part.Numbers[:len(rows)]
	present, word := 0, uint64(0)
	for k, row := range rows {
		numbers[k] = all.Numbers[row]
		bit := all.Present[row>>6] >> (row & 63) & 1
		present += int(bit)
		word |= bit << (k & 63)
		if k&63 == 63 {
			part.Present[k>>6], word = word, 0
		}
	}
	if rest := len(rows); rest&63 != 0 {
		part.Present[rest>>6] = word
	}
	return len(rows) - present
}

// Speaks returns the rows that an indicator speaks of: its own units and those above, where there is anything to compute.
func (r *Run) Speaks(i *pack.Indicator, stage unit.Stage) frame.Bitmap {
	return r.saidAt(i, sceneOf(i, scene{stage: stage, population: i.Population})).rows
}

func (r *Run) saidAt(i *pack.Indicator, at scene) *spoken {
	key := speaksKey{kindsOf(i.Of), r.Rules.base[i.Name], at}
	said, done := r.speaks[key]
	if !done {
		said = r.wanted(i, at)
		r.speaks[key] = said
	}
	return said
}

// wanted returns the rows that an indicator speaks of: its own units and those above them, where there is anything below.
func (r *Run) wanted(i *pack.Indicator, at scene) *spoken {
	own := kindsOf(i.Of)
	members, open := r.membersOf(r.Rules.base[i.Name], at), r.openAt(at.shift)
	why := r.membersOf(own, at).why
	said := &spoken{rows: frame.NewBitmap(r.Space.n), plain: &some{}}
	for _, at := range r.Space.line(own).rows {
		row := int(at)
		from, end := members.relevant, r.Space.end[row]
		if r.Space.kind[row]&own == 0 {
			from = members.counted
		} else if !open.Get(row) {
			continue
		}
		if from[end] == from[row] {
			continue
		}
		said.rows.Set(row)
		if len(why) > 0 {
			if _, known := why[row]; known {
				continue // whatever it reported, it has no value
			}
		}
		said.plain.rows = append(said.plain.rows, at)
	}
	count := len(said.plain.rows)
	said.plain.shape = expr.Shape{End: r.Space.single(count), Leaf: frame.NewBitmap(count)}
	return said
}

// deepOf adds the leaves to the rows to be computed, in the order in which they stand.
func (r *Run) deepOf(said *spoken, leaves *Members) *some {
	wanted := frame.NewBitmap(r.Space.n)
	for _, row := range said.plain.rows {
		wanted.Set(int(row))
	}
	var deep some
	place := make([]int32, r.Space.n+1) // how many of the rows before are among them
	for row := range r.Space.n {
		place[row] = int32(len(deep.rows))
		if wanted.Get(row) || leaves.Counted.Get(row) {
			deep.rows = append(deep.rows, int32(row))
		}
	}
	count := len(deep.rows)
	place[r.Space.n] = int32(count)
	deep.shape = expr.Shape{End: make([]int, count), Leaf: frame.NewBitmap(count), Wanted: frame.NewBitmap(count)}
	for k, row := range deep.rows {
		deep.shape.End[k] = int(place[r.Space.end[row]])
		if leaves.Counted.Get(int(row)) {
			deep.shape.Leaf.Set(k)
		}
		if wanted.Get(int(row)) {
			deep.shape.Wanted.Set(k)
		}
	}
	return &deep
}

// stock is memory for the columns of a run, taken in pieces for several of them.
type stock struct {
	columns []frame.Column
	numbers []float64
	words   []uint64
	last    int // how many the last piece was for
}

// stockRows is how many rows a piece has at most; a large column has a piece of its own.
const stockRows = 8192

// newColumn returns a column of absent cells for every row of the space.
func (r *Run) newColumn() *frame.Column {
	s, n, words := &r.stock, r.Space.n, (r.Space.n+63)/64
	if len(s.columns) == 0 {
		s.last = max(1, min(2*s.last, stockRows/max(1, n)))
		s.columns, s.numbers, s.words = make([]frame.Column, s.last), make([]float64, s.last*n), make([]uint64, s.last*words)
	}
	column := &s.columns[0]
	column.Numbers, column.Present = s.numbers[:n:n], s.words[:words:words]
	s.columns, s.numbers, s.words = s.columns[1:], s.numbers[n:], s.words[words:]
	return column
}

// spare is memory for columns that formulas need only while they run. A formula that reads another indicator takes the next
// ones, since those taken before are still needed.
type spare struct {
	columns []*frame.Column
	taken   int
}

// take returns a column of n cells that nobody else needs. It holds what an earlier formula left, but for reasons.
func (s *spare) take(n int) *frame.Column {
	if s.taken == len(s.columns) {
		s.columns = append(s.columns, &frame.Column{})
	}
	column := s.columns[s.taken]
	s.taken++
	words := (n + 63) / 64
	if cap(column.Numbers) < n {
		column.Numbers, column.Present = make([]float64, n), frame.NewBitmap(n)
	}
	column.Numbers, column.Present, column.Reasons, column.Otherwise = column.Numbers[:n], column.Present[:words], nil, measure.Reason{}
	return column
}
