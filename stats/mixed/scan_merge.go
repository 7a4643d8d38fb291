package mixed

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// record is the cell of a shard under the final codes of its levels.
type record struct {
	lane, cell int32
	codes      []int32
}

// merge adds the shards to sums whose levels and cells are sorted.
func (p *pass) merge(d *Design, summers []*summer, shards []*shard) (*Sums, error) {
	if err := p.faultsOf(summers); err != nil {
		return nil, err
	}
	for _, s := range summers {
		if s.surprise {
			return nil, errSurprise
		}
	}
	if p.findIdle(d, summers) {
		return nil, errIdle
	}
	names, remap, err := p.levels(d, summers[0].reader, shards)
	if err != nil {
		return nil, err
	}
	centre := p.centre(d, shards)
	out := NewSums(d, centre)
	for _, s := range summers {
		out.Missing += s.missing
	}
	for k := range names {
		for _, name := range names[k] {
			out.Level(k, name)
		}
	}
	records := sorted(recordsOf(shards, remap), names)
	out.reserve(len(records))
	cell := make([]wide, out.size)
	for n := 0; n < len(records); {
		clear(cell)
		first := records[n]
		for ; n < len(records) && slices.Equal(records[n].codes, first.codes); n++ {
			for i, x := range shards[records[n].lane].sums.cell(int(records[n].cell)) {
				cell[i] = cell[i].plus(x)
			}
		}
		for k, code := range first.codes {
			first.codes[k] = out.level[k][names[k][code]]
		}
		out.take(cell, first.codes)
	}
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

// levels returns the names of the levels of each key, sorted, and for each shard and key the place of every spelling.
func (p *pass) levels(d *Design, reader *table.Reader, shards []*shard) (names [][]string, remap [][][]int32, err error) {
	names, remap = make([][]string, len(d.Keys)), make([][][]int32, len(shards))
	texts := make([][][]string, len(shards))
	var faults fault.List
	for n, shard := range shards {
		remap[n], texts[n] = make([][]int32, len(d.Keys)), make([][]string, len(d.Keys))
		for k, spellings := range shard.keys {
			count := len(spellings.hashes)
			remap[n][k], texts[n][k] = make([]int32, count), make([]string, count)
			for number := range count {
				text, ok := reader.Decode(spellings.spelling(int32(number)))
				if !ok && len(faults) < reader.Limits().Faults {
					faults.Add(fault.At(fault.Place{File: reader.Limits().File, Column: d.Variables[d.Keys[k]].Name}, "table.encoding", nil))
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
		for n := range shards {
			for number, text := range texts[n][k] {
				remap[n][k][number] = place[text]
			}
		}
	}
	return names, remap, faults.Err()
}

// recordsOf lists the cells of all shards.
func recordsOf(shards []*shard, remap [][][]int32) []record {
	var out []record
	for n, shard := range shards {
		keys := len(shard.keys)
		codes := make([]int32, shard.sums.count*keys)
		for cell := range shard.sums.count {
			tuple := codes[cell*keys : (cell+1)*keys]
			shard.tuple(cell, tuple)
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
func (p *pass) centre(d *Design, shards []*shard) []float64 {
	if p.options.Centre != nil {
		return p.options.Centre
	}
	totals := make([]wide, len(d.Columns)+1)
	for _, shard := range shards {
		for n := range shard.sums.count {
			cell := shard.sums.cell(n)
			for i := range totals {
				totals[i] = totals[i].plus(cell[i*(i+1)/2])
			}
		}
	}
	out := make([]float64, len(d.Columns))
	for i := range out {
		out[i] = totals[i+1].over(totals[0].double()).double()
	}
	return out
}

// reserve makes room for so many cells.
func (s *Sums) reserve(cells int) {
	s.moments = make([]float64, 0, cells*s.size)
	s.counts, s.logs, s.keys = make([]int64, 0, cells), make([]float64, 0, cells), make([]int32, 0, cells*len(s.Design.Keys))
}

// take adds a cell of products about zero, which it moves to the centre.
func (s *Sums) take(cell []wide, codes []int32) {
	at := s.cellOf(codes)
	s.counts[at] += int64(math.Round(cell[0].double()))
	moveCentre(cell, s.Centre)
	into := s.moments[at*s.size : (at+1)*s.size]
	for i, x := range cell {
		into[i] = x.double()
	}
	for i := 1; i <= len(s.Centre); i++ {
		square := i*(i+1)/2 + i
		into[square] = max(into[square], 0) // the last binary place of a column that does not vary
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
