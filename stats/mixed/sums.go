package mixed

import (
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Sums is what Fit knows of the rows: for every cell, a distinct tuple of the levels of Design.Keys, the moments of the rows in it.
//
// Moments of a cell: with W = (1, v_1 - c_1, …, v_m - c_m), where v are the columns of the design and c the stated centre, the lower
// triangle of the sum of weight × W W' row by row: element (i, j) with j ≤ i stands at i(i+1)/2 + j. So place 0 holds the sum of
// weights (the number of rows when there are no weights), 1 the sum of v_1 - c_1, 2 the sum of (v_1 - c_1)², and so on.
//
// Sums add: those of two cohorts, counties or shards about the same centre are merged cell by cell. Rows added with Add are summed
// in twice the precision, so that their order does not show.
type Sums struct {
	Design  *Design
	Centre  []float64  // one for every column of the design
	Missing int64      // rows left out because a value is missing
	Levels  [][]string // of each key, in the order in which they were met; those the design gives come first

	counts  []int64   // rows of each cell
	logs    []float64 // sum of the logarithms of the weights of each cell
	moments []float64
	low     []float64 // what rounding took from moments; nil when nobody added rows one by one
	size    int       // moments of a cell
	keys    []int32   // levels of each cell, len(Design.Keys) a cell
	level   []map[string]int32
	chain   []map[uint64]int32 // (cell of the first keys, level of the next key) → cell of one key more
	width   []int32            // cells of the first k+1 keys
	w       []float64
}

// MomentsOf returns how many moments a cell has for a design of columns columns.
func MomentsOf(columns int) int { return (columns + 1) * (columns + 2) / 2 }

// NewSums returns empty sums about a centre, one number for every column of the design; nil stands for zeros. A centre near the
// means of the columns keeps digits that products of large numbers lose; it does not change the model.
func NewSums(d *Design, centre []float64) *Sums {
	if centre == nil {
		centre = make([]float64, len(d.Columns))
	}
	if len(centre) != len(d.Columns) {
		panic("mixed: a centre needs one number for every column")
	}
	s := &Sums{Design: d, Centre: slices.Clone(centre), size: MomentsOf(len(d.Columns)), Levels: make([][]string, len(d.Keys)),
		level: make([]map[string]int32, len(d.Keys)), chain: make([]map[uint64]int32, len(d.Keys)), width: make([]int32, len(d.Keys)),
		w: make([]float64, len(d.Columns)+1)}
	for k, v := range d.Keys {
		s.level[k] = map[string]int32{}
		s.chain[k] = map[uint64]int32{}
		for _, name := range d.Variables[v].Levels {
			s.Level(k, name)
		}
	}
	return s
}

// Level returns the code of a level of key, a position in Design.Keys; a level not met before gets the next code. Rows carry it in
// Codes at the variable of that key. Levels that the design gives have their position there.
func (s *Sums) Level(key int, name string) int32 {
	if code, known := s.level[key][name]; known {
		return code
	}
	code := int32(len(s.Levels[key]))
	s.level[key][name] = code
	s.Levels[key] = append(s.Levels[key], name)
	return code
}

// Cells returns the number of cells.
func (s *Sums) Cells() int { return len(s.counts) }

// Rows returns the number of rows in all cells.
func (s *Sums) Rows() int64 {
	var n int64
	for _, c := range s.counts {
		n += c
	}
	return n
}

// Cell returns the rows and the moments of a cell; the moments are the sums' own.
func (s *Sums) Cell(cell int) (levels []int32, rows int64, moments []float64) {
	k := len(s.Design.Keys)
	return s.keys[cell*k : (cell+1)*k], s.counts[cell], s.moments[cell*s.size : (cell+1)*s.size]
}

// cellOf returns the cell of a tuple of codes, a new one when it was not met before.
func (s *Sums) cellOf(codes []int32) int {
	at := int32(0)
	for k, code := range codes {
		step := uint64(uint32(at))<<32 | uint64(uint32(code))
		next, known := s.chain[k][step]
		if !known {
			next = s.width[k]
			s.width[k]++
			s.chain[k][step] = next
		}
		at = next
	}
	if int(at) == len(s.counts) {
		s.counts = append(s.counts, 0)
		s.logs = append(s.logs, 0)
		s.keys = append(s.keys, codes...)
		s.moments = append(s.moments, make([]float64, s.size)...)
		if s.low != nil {
			s.low = append(s.low, make([]float64, s.size)...)
		}
	}
	return int(at)
}

// codesOf picks the codes of the keys out of a row.
func (s *Sums) codesOf(row Row) []int32 {
	codes := make([]int32, len(s.Design.Keys))
	for k, v := range s.Design.Keys {
		codes[k] = row.Codes[v]
	}
	return codes
}

// Add adds one row; one that is not complete is only counted as missing. It fails on values that are not finite.
func (s *Sums) Add(row Row) error { return s.AddWeighted(row, 1, 0) }

// AddWeighted adds one row whose residual variance is sigma²/weight; logWeight is the logarithm of weight. A weight that is not
// positive counts as missing.
func (s *Sums) AddWeighted(row Row, weight, logWeight float64) error {
	v := s.w[1:]
	switch s.Design.Row(row, v) {
	case Missing:
		s.Missing++
		return nil
	case Infinite:
		return fault.New("mixed.infinite", message.Args{"formula": s.Design.Formula.text})
	}
	if !(weight > 0) {
		s.Missing++
		return nil
	}
	if s.Design.Responses > 1 {
		return fault.New("mixed.several", nil)
	}
	for i := range v {
		v[i] -= s.Centre[i]
	}
	s.addValues(s.codesOf(row), weight, logWeight)
	return nil
}

// addValues adds the row that stands in s.w, less the centre, from place 1 on to the cell of codes.
func (s *Sums) addValues(codes []int32, weight, logWeight float64) {
	s.w[0] = 1
	cell := s.cellOf(codes)
	if s.low == nil {
		s.low = make([]float64, len(s.moments))
	}
	s.counts[cell]++
	s.logs[cell] += logWeight
	high, low := s.moments[cell*s.size:(cell+1)*s.size], s.low[cell*s.size:(cell+1)*s.size]
	at := 0
	for i, a := range s.w {
		a *= weight
		for _, b := range s.w[:i+1] {
			product := float64(a * b)
			old := high[at]
			sum := old + product
			part := sum - old
			low[at] += (old - (sum - part)) + (product - part)
			high[at] = sum
			at++
		}
	}
}

// AddCell adds the moments of rows that somebody else has summed, such as a database that grouped them: the names of the levels of
// the keys, the number of rows, the moments about the centre in the order stated at Sums.
func (s *Sums) AddCell(levels []string, rows int64, moments []float64) {
	if len(levels) != len(s.Design.Keys) || len(moments) != s.size {
		panic("mixed: a cell needs a level for every key and all its moments")
	}
	codes := make([]int32, len(levels))
	for k, name := range levels {
		codes[k] = s.Level(k, name)
	}
	s.addTo(s.cellOf(codes), rows, 0, moments, nil, 1)
}

// addTo adds sign × moments to a cell.
func (s *Sums) addTo(cell int, rows int64, logs float64, moments, low []float64, sign float64) {
	s.counts[cell] += int64(sign) * rows
	s.logs[cell] += sign * logs
	if s.low == nil {
		s.low = make([]float64, len(s.moments))
	}
	high, lost := s.moments[cell*s.size:(cell+1)*s.size], s.low[cell*s.size:(cell+1)*s.size]
	for i, x := range moments {
		x *= sign
		old := high[i]
		sum := old + x
		part := sum - old
		lost[i] += (old - (sum - part)) + (x - part)
		if low != nil {
			lost[i] += sign * low[i]
		}
		high[i] = sum
	}
}

// Merge adds other, which was summed by the same formula over the same columns about the same centre.
func (s *Sums) Merge(other *Sums) error { return s.combine(other, 1) }

// Subtract takes away other, whose rows are part of s: a cohort that leaves, a unit that appeals.
func (s *Sums) Subtract(other *Sums) error { return s.combine(other, -1) }

func (s *Sums) combine(other *Sums, sign float64) error {
	if !slices.EqualFunc(s.Design.Columns, other.Design.Columns, func(a, b Column) bool { return a.Name == b.Name }) ||
		s.Design.Formula.text != other.Design.Formula.text {
		return fault.New("mixed.shards_differ", message.Args{"one": s.Design.Formula.text, "other": other.Design.Formula.text})
	}
	if !slices.Equal(s.Centre, other.Centre) {
		return fault.New("mixed.centres_differ", nil)
	}
	s.Missing += int64(sign) * other.Missing
	codes := make([]int32, len(s.Design.Keys))
	for cell := range other.counts {
		levels, rows, moments := other.Cell(cell)
		for k, code := range levels {
			codes[k] = s.Level(k, other.Levels[k][code])
		}
		var low []float64
		if other.low != nil {
			low = other.low[cell*s.size : (cell+1)*s.size]
		}
		mine := s.cellOf(codes)
		if s.counts[mine]+int64(sign)*rows < 0 {
			return fault.New("mixed.subtract_more", message.Args{"levels": strings.Join(other.names(levels), ":")})
		}
		s.addTo(mine, rows, other.logs[cell], moments, low, sign)
	}
	return nil
}

func (s *Sums) names(levels []int32) []string {
	names := make([]string, len(levels))
	for k, code := range levels {
		names[k] = s.Levels[k][code]
	}
	return names
}

// Without returns the sums without the rows of one level of a group: what the model would be had this school not taken part.
// A level that no cell has leaves everything as it is.
func (s *Sums) Without(group, level string) *Sums {
	out := NewSums(s.Design, s.Centre)
	out.Missing = s.Missing
	out.Levels = make([][]string, len(s.Levels))
	for k := range s.Levels {
		out.Levels[k] = slices.Clone(s.Levels[k])
		for code, name := range out.Levels[k] {
			out.level[k][name] = int32(code)
		}
	}
	g := slices.IndexFunc(s.Design.Groups, func(g Group) bool { return g.Name == group })
	for cell := range s.counts {
		levels, rows, moments := s.Cell(cell)
		if rows == 0 || g >= 0 && s.levelName(g, levels) == level {
			continue
		}
		var low []float64
		if s.low != nil {
			low = s.low[cell*s.size : (cell+1)*s.size]
		}
		out.addTo(out.cellOf(levels), rows, s.logs[cell], moments, low, 1)
	}
	return out
}

// levelName is the name of the level of a group that a cell belongs to.
func (s *Sums) levelName(group int, levels []int32) string {
	keys := s.Design.Groups[group].Keys
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = s.Levels[k][levels[k]]
	}
	return strings.Join(parts, ":")
}

// moment returns element i of the moments of a cell with what rounding had taken.
func (s *Sums) moment(cell, i int) float64 {
	if s.low == nil {
		return s.moments[cell*s.size+i]
	}
	return s.moments[cell*s.size+i] + s.low[cell*s.size+i]
}
