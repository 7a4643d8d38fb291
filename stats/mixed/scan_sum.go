package mixed

import (
	"bytes"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// scanShards is how many parts the cells are split into, by the hash of the first key: while rows are added to one part, its sums
// stay in the cache of a core, in whatever order the rows stand. It is fixed, as the order of sums must be.
const scanShards = 64

// parsed holds the complete rows of a block on their way to the shards.
type parsed struct {
	values []float64 // the columns of the design, row by row
	keys   []byte    // the spellings that name the cells, one behind the other
	ends   []int32   // of each spelling in keys
	starts [scanShards + 1]int32
}

// unsorted holds the rows of a block as they stand.
type unsorted struct {
	parsed
	shard []uint8 // of each row
	order []int32
}

func (u *unsorted) clear() {
	u.values, u.keys, u.ends, u.shard = u.values[:0], u.keys[:0], u.ends[:0], u.shard[:0]
}

// sort puts the rows of each shard side by side, in their order, so that a shard reads one piece of every block.
func (u *unsorted) sort(out *parsed, columns, keys int) {
	clear(out.starts[:])
	for _, shard := range u.shard {
		out.starts[shard+1]++
	}
	for i := range scanShards {
		out.starts[i+1] += out.starts[i]
	}
	u.order = slices.Grow(u.order[:0], len(u.shard))[:len(u.shard)]
	next := out.starts
	for row, shard := range u.shard {
		u.order[next[shard]] = int32(row)
		next[shard]++
	}
	out.values = slices.Grow(out.values[:0], len(u.values))
	out.keys, out.ends = slices.Grow(out.keys[:0], len(u.keys)), slices.Grow(out.ends[:0], len(u.ends))
	for _, row := range u.order {
		out.values = append(out.values, u.values[int(row)*columns:(int(row)+1)*columns]...)
		from := int32(0)
		if row > 0 {
			from = u.ends[int(row)*keys-1]
		}
		moved := int32(len(out.keys)) - from
		for k := range keys {
			out.ends = append(out.ends, u.ends[int(row)*keys+k]+moved)
		}
		out.keys = append(out.keys, u.keys[from:u.ends[(int(row)+1)*keys-1]]...)
	}
}

// part says what a parser does with a cell of the row.
type part struct {
	number  bool // its number enters the design
	factor  bool // the code of its level does
	reader  *interner
	codes   []int32 // of a factor, by spelling
	factors map[string]int32
	used    []bool // of a factor, by level: a complete row has it
}

// summer turns blocks of text into complete rows.
type summer struct {
	pass     *pass
	design   *Design
	reader   *table.Reader
	splitter table.Splitter
	cells    [][]byte
	parts    []part
	factors  []int // variables that are factors
	row      Row
	v        []float64 // the columns of the design
	plain    []int     // by column of the design: the variable, when every column is one or a level of one
	level    []int32   // by column: the level, -1: the number itself
	out      unsorted
	missing  int64
	rows     int
	faults   fault.List
	more     int
	surprise bool
}

func newSummer(p *pass, d *Design, reader *table.Reader) *summer {
	s := &summer{pass: p, design: d, reader: reader, splitter: reader.Splitter(p.columns), cells: make([][]byte, len(p.columns)),
		v: make([]float64, len(d.Columns)), row: Row{Numbers: make([]float64, len(d.Variables)), Codes: make([]int32, len(d.Variables))}}
	for i, variable := range d.Variables {
		use := p.uses[i]
		one := part{factor: use.Factor || use.Number && (variable.Text || variable.Factor)}
		one.number = use.Number && !variable.Text && !variable.Factor
		if one.factor {
			one.reader, one.factors, one.used = newInterner(), map[string]int32{}, make([]bool, len(variable.Levels))
			s.factors = append(s.factors, i)
			for code, level := range variable.Levels {
				one.factors[level] = int32(code)
			}
		}
		s.parts = append(s.parts, one)
	}
	s.plain, s.level = d.simple()
	return s
}

// simple returns for every column of the design the variable and level that it is, nil when one of them is more than that.
func (d *Design) simple() (variables []int, levels []int32) {
	for _, c := range d.Columns {
		if len(c.atoms) != 1 {
			return nil, nil
		}
		symbol := &d.symbols[c.atoms[0].symbol]
		if symbol.value != nil {
			return nil, nil
		}
		variables, levels = append(variables, symbol.variable), append(levels, c.atoms[0].level)
	}
	return variables, levels
}

// block splits a block into the rows of each shard.
func (s *summer) block(b scanned, out *parsed) {
	s.out.clear()
	defer s.out.sort(out, len(s.v), len(s.design.Keys))
	if s.surprise {
		return
	}
	s.splitter.Begin(b.data)
	titles := len(s.reader.Titles)
	for at := 0; at < len(b.data); {
		next, columns := s.splitter.Row(b.data, at, s.cells)
		switch columns {
		case titles:
			s.add(b, at)
		case 0:
		case -1:
			s.refuse(b, at, "", "table.quotes", nil)
		default:
			s.refuse(b, at, "", "table.ragged", message.Args{"found": columns, "wanted": titles})
		}
		at = next
	}
}

// refuse adds a fault as long as there are few.
func (s *summer) refuse(b scanned, at int, column, code string, args message.Args) {
	limits := s.reader.Limits()
	if len(s.faults) >= limits.Faults {
		s.more++
		return
	}
	line := b.line + bytes.Count(b.data[:at], []byte{'\n'})
	s.faults.Add(fault.At(fault.Place{File: limits.File, Line: line, Column: column}, code, args))
}

// add puts the row in s.cells, which begins at at, among those of its shard.
func (s *summer) add(b scanned, at int) {
	for i := range s.parts {
		cell, one := s.cells[i], &s.parts[i]
		if len(cell) <= 3 && table.IsMissing(cell) {
			s.missing++
			return
		}
		if one.number {
			number, ok := table.Number(cell)
			if !ok {
				s.surprise = true
				return
			}
			s.row.Numbers[i] = number
		}
		if one.factor {
			spelling := one.reader.number(cell)
			if int(spelling) >= len(one.codes) {
				one.codes = append(one.codes, s.codeOf(b, at, i))
			}
			s.row.Codes[i] = one.codes[spelling]
		}
	}
	if !s.fill(b, at) {
		return
	}
	s.rows++
	for _, variable := range s.factors {
		s.parts[variable].used[s.row.Codes[variable]] = true
	}
	s.out.shard = append(s.out.shard, uint8(hashBytes(s.cells[s.design.Keys[0]])>>32%scanShards))
	s.out.values = append(s.out.values, s.v...)
	for _, variable := range s.design.Keys {
		s.out.keys = append(s.out.keys, s.cells[variable]...)
		s.out.ends = append(s.out.ends, int32(len(s.out.keys)))
	}
}

// fill computes the columns of the design; false when the row is left out.
func (s *summer) fill(b scanned, at int) bool {
	if s.plain == nil {
		switch s.design.Row(s.row, s.v) {
		case Missing:
			s.missing++
			return false
		case Infinite:
			s.refuse(b, at, "", "mixed.infinite", message.Args{"formula": s.design.Formula.text})
			return false
		}
		return true
	}
	for c, variable := range s.plain {
		if level := s.level[c]; level >= 0 {
			s.v[c] = 0
			if s.row.Codes[variable] == level {
				s.v[c] = 1
			}
			continue
		}
		s.v[c] = s.row.Numbers[variable]
	}
	return true
}

// codeOf returns the code of the level that the cell of a factor holds, 0 after a fault or a surprise.
func (s *summer) codeOf(b scanned, at, i int) int32 {
	one, variable := &s.parts[i], &s.design.Variables[i]
	text, ok := s.reader.Decode(s.cells[i])
	if !ok {
		s.refuse(b, at, variable.Name, "table.encoding", nil)
		return 0
	}
	if code, known := one.factors[levelOf(text, !variable.Text)]; known {
		return code
	}
	if code, known := one.factors[text]; known {
		return code
	}
	if s.pass.known[i].idle[levelOf(text, !variable.Text)] {
		return 0 // the row lacks another value
	}
	if levels := s.pass.options.Levels[variable.Name]; levels != nil {
		s.refuse(b, at, variable.Name, "table.level_unknown", message.Args{"value": text, "column": variable.Name})
		return 0
	}
	s.surprise = true
	return 0
}
