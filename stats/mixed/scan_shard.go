package mixed

// shard holds the cells whose first key has a hash of its own.
type shard struct {
	keys  []*interner
	chain []*pairs // of the cell of the first keys and the next one
	sums  *wideCells
	v     []float64 // 1 and the columns of the design
}

func newShard(d *Design) *shard {
	s := &shard{sums: newWideCells(len(d.Columns) + 1), v: make([]float64, len(d.Columns)+1)}
	s.v[0] = 1
	for k := range d.Keys {
		s.keys = append(s.keys, newInterner())
		if k > 0 {
			s.chain = append(s.chain, newPairs())
		}
	}
	return s
}

// add adds the rows from first to last of a block.
func (s *shard) add(p *parsed, first, last int) {
	columns := len(s.v) - 1
	end, from := first*len(s.keys), int32(0)
	if end > 0 {
		from = p.ends[end-1]
	}
	for row := first; row < last; row++ {
		var cell int32
		for k, reader := range s.keys {
			number := reader.number(p.keys[from:p.ends[end]])
			from, end = p.ends[end], end+1
			if k > 0 {
				number = s.chain[k-1].number(cell, number)
			}
			cell = number
		}
		copy(s.v[1:], p.values[row*columns:(row+1)*columns])
		addRow(s.sums.cell(int(cell)), s.v)
	}
}

// tuple puts the spellings that name a cell into numbers.
func (s *shard) tuple(cell int, numbers []int32) {
	at := int32(cell)
	for k := len(s.keys) - 1; k > 0; k-- {
		pair := s.chain[k-1].made[at]
		numbers[k], at = int32(uint32(pair)), int32(pair>>32)
	}
	numbers[0] = at
}
