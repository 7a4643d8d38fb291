package mixed

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// record is the cell of a lane under the final codes of its levels.
type record struct {
	lane, cell int32
	codes      []int32
}

// merge adds the lanes, in their order, to sums whose levels and cells are sorted.
func (p *pass) merge(d *Design, lanes []*summer) (*Sums, error) {
	if err := p.faultsOf(lanes); err != nil {
		return nil, err
	}
	for _, lane := range lanes {
		if lane.surprise {
			return nil, errSurprise
		}
	}
	if p.findIdle(d, lanes) {
		return nil, errIdle
	}
	names, remap, err := p.levels(d, lanes)
	if err != nil {
		return nil, err
	}
	records := sorted(recordsOf(lanes, remap), names)
	cells := newWideCells(len(d.Columns) + 1)
	var codes [][]int32
	for n, r := range records {
		if n == 0 || !slices.Equal(r.codes, codes[len(codes)-1]) {
			codes = append(codes, r.codes)
		}
		into := cells.cell(len(codes) - 1)
		for i, x := range lanes[r.lane].sums.cell(int(r.cell)) {
			into[i] = into[i].plus(x)
		}
	}
	for _, lane := range lanes {
		lane.sums = nil // the memory is wanted for what follows
	}
	out := NewSums(d, p.centre(d, cells))
	for _, lane := range lanes {
		out.Missing += lane.missing
	}
	for k := range names {
		for _, name := range names[k] {
			out.Level(k, name)
		}
	}
	out.take(cells, codes, func(k int, code int32) int32 { return out.level[k][names[k][code]] })
	return out, nil
}

// findIdle notes the levels of factors that no lane has met in a complete row; true when there are some.
func (p *pass) findIdle(d *Design, lanes []*summer) bool {
	found := false
	for _, i := range lanes[0].factors {
		if p.options.Keep && p.options.Levels[d.Variables[i].Name] != nil {
			continue
		}
		for code, level := range d.Variables[i].Levels {
			if slices.ContainsFunc(lanes, func(l *summer) bool { return l.parts[i].used[code] }) {
				continue
			}
			if p.known[i].idle == nil {
				p.known[i].idle = map[string]bool{}
			}
			p.known[i].idle[level], found = true, true
		}
	}
	return found
}

// faultsOf returns the faults of all lanes in the order of the lines.
func (p *pass) faultsOf(lanes []*summer) error {
	var faults fault.List
	more, rows := 0, 0
	for _, lane := range lanes {
		faults, more, rows = append(faults, lane.faults...), more+lane.more, rows+lane.rows
	}
	slices.SortStableFunc(faults, func(a, b *fault.Fault) int { return a.Place.Line - b.Place.Line })
	limits := lanes[0].reader.Limits()
	if len(faults) > limits.Faults {
		more += len(faults) - limits.Faults
		faults = faults[:limits.Faults]
	}
	if more > 0 {
		faults.Add(fault.At(fault.Place{File: limits.File}, "table.more_faults", message.Args{"count": more}))
	}
	surprised := slices.ContainsFunc(lanes, func(l *summer) bool { return l.surprise })
	if len(faults) == 0 && rows == 0 && !surprised {
		faults.Add(fault.At(fault.Place{File: limits.File}, "table.no_complete_rows", nil))
	}
	return faults.Err()
}

// levels returns the names of the levels of each key that have rows, sorted, and for each lane and key the place of every spelling.
func (p *pass) levels(d *Design, lanes []*summer) (names [][]string, remap [][][]int32, err error) {
	names, remap = make([][]string, len(d.Keys)), make([][][]int32, len(lanes))
	texts := make([][][]string, len(lanes))
	var faults fault.List
	for n, lane := range lanes {
		remap[n], texts[n] = make([][]int32, len(d.Keys)), make([][]string, len(d.Keys))
		for k, used := range lane.used() {
			spellings := lane.parts[d.Keys[k]].reader
			remap[n][k], texts[n][k] = make([]int32, len(used)), make([]string, len(used))
			for number, has := range used {
				if !has {
					continue
				}
				text, ok := lane.reader.Decode(spellings.spelling(int32(number)))
				if !ok && len(faults) < lane.reader.Limits().Faults {
					faults.Add(fault.At(fault.Place{File: lane.reader.Limits().File, Column: d.Variables[d.Keys[k]].Name}, "table.encoding", nil))
				}
				text = groupOf(text)
				texts[n][k][number] = text
				names[k] = append(names[k], text)
			}
		}
	}
	for k := range names {
		sortLevels(names[k])
		names[k] = slices.Compact(names[k])
		place := make(map[string]int32, len(names[k]))
		for code, name := range names[k] {
			place[name] = int32(code)
		}
		for n := range lanes {
			for number, text := range texts[n][k] {
				remap[n][k][number] = place[text]
			}
		}
	}
	return names, remap, faults.Err()
}

// tuple puts the spellings that name a cell into numbers.
func (s *summer) tuple(cell int, numbers []int32) {
	at := int32(cell)
	for k := len(s.keys) - 1; k > 0; k-- {
		pair := s.chain[k-1].made[at]
		numbers[k], at = int32(uint32(pair)), int32(pair>>32)
	}
	numbers[0] = at
}

// used tells for each key and spelling whether a complete row had it.
func (s *summer) used() [][]bool {
	out := make([][]bool, len(s.keys))
	for k, variable := range s.keys {
		out[k] = make([]bool, len(s.parts[variable].reader.hashes))
	}
	numbers := make([]int32, len(s.keys))
	for cell := range s.sums.count {
		if s.sums.cell(cell)[0].high == 0 {
			continue
		}
		s.tuple(cell, numbers)
		for k, number := range numbers {
			out[k][number] = true
		}
	}
	return out
}

// recordsOf lists the cells of all lanes that have rows.
func recordsOf(lanes []*summer, remap [][][]int32) []record {
	var out []record
	for n, lane := range lanes {
		codes := make([]int32, lane.sums.count*len(lane.keys))
		for cell := range lane.sums.count {
			if lane.sums.cell(cell)[0].high == 0 {
				continue
			}
			tuple := codes[cell*len(lane.keys) : (cell+1)*len(lane.keys)]
			lane.tuple(cell, tuple)
			for k, number := range tuple {
				tuple[k] = remap[n][k][number]
			}
			out = append(out, record{int32(n), int32(cell), tuple})
		}
	}
	return out
}

// sorted sorts records by their codes, those of equal codes by lanes: by counting, key by key from the last to the first.
func sorted(records []record, names [][]string) []record {
	other := make([]record, len(records))
	for k := len(names) - 1; k >= 0; k-- {
		starts := make([]int, len(names[k])+1)
		for _, r := range records {
			starts[r.codes[k]+1]++
		}
		for i := range names[k] {
			starts[i+1] += starts[i]
		}
		for _, r := range records {
			other[starts[r.codes[k]]] = r
			starts[r.codes[k]]++
		}
		records, other = other, records
	}
	return records
}

// centre returns the given centre, or the means of the columns.
func (p *pass) centre(d *Design, cells *wideCells) []float64 {
	if p.options.Centre != nil {
		return p.options.Centre
	}
	totals := make([]wide, len(d.Columns)+1)
	for n := range cells.count {
		cell := cells.cell(n)
		for i := range totals {
			totals[i] = totals[i].plus(cell[i*(i+1)/2])
		}
	}
	out := make([]float64, len(d.Columns))
	for i := range out {
		out[i] = totals[i+1].over(totals[0].double()).double()
	}
	return out
}

// take fills the sums with cells of products about zero, which it moves to the centre.
func (s *Sums) take(cells *wideCells, codes [][]int32, level func(k int, code int32) int32) {
	s.moments = make([]float64, 0, cells.count*s.size)
	s.counts, s.logs = make([]int64, 0, cells.count), make([]float64, 0, cells.count)
	tuple := make([]int32, len(s.Design.Keys))
	for n := range cells.count {
		for k, code := range codes[n] {
			tuple[k] = level(k, code)
		}
		at := s.cellOf(tuple)
		from := cells.cell(n)
		s.counts[at] += int64(math.Round(from[0].double()))
		moveCentre(from, s.Centre)
		into := s.moments[at*s.size : (at+1)*s.size]
		for i, x := range from {
			into[i] = x.double()
		}
		for i := 1; i <= len(s.Centre); i++ {
			square := i*(i+1)/2 + i
			into[square] = max(into[square], 0) // the last binary place of a column that does not vary
		}
	}
}

// moveCentre turns sums of products about zero into those about a centre: first the products, which need the plain sums, then these.
func moveCentre(cell []wide, centre []float64) {
	at := len(cell)
	for i := len(centre); i >= 1; i-- {
		at -= i + 1
		mine := cell[i*(i+1)/2]
		for j := i; j >= 1; j-- {
			other := cell[j*(j+1)/2]
			both := cell[0].times(centre[i-1]).times(centre[j-1])
			cell[at+j] = cell[at+j].minus(mine.times(centre[j-1])).minus(other.times(centre[i-1])).plus(both)
		}
	}
	for i := 1; i <= len(centre); i++ {
		first := i * (i + 1) / 2
		cell[first] = cell[first].minus(cell[0].times(centre[i-1]))
	}
}
