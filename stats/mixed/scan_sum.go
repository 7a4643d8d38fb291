package mixed

import (
	"bytes"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// part says what a summer does with a cell of the row.
type part struct {
	number  bool // its number enters the design
	factor  bool // the code of its level does
	key     int  // position in Design.Keys, -1: it is none
	reader  *interner
	codes   []int32 // of a factor, by spelling
	factors map[string]int32
	used    []bool // of a factor, by level: a complete row has it
}

// summer is the lane that adds rows to the sums of their cells.
type summer struct {
	pass     *pass
	design   *Design
	reader   *table.Reader
	splitter table.Splitter
	cells    [][]byte
	parts    []part
	keys     []int // variables whose spellings name a cell
	factors  []int // variables that are factors
	chain    []*pairs
	row      Row
	v        []float64 // 1 and the columns of the design
	plain    []int     // by column of the design: the variable, when every column is one or a level of one
	level    []int32   // by column: the level, -1: the number itself
	sums     *wideCells
	missing  int64
	rows     int
	faults   fault.List
	more     int
	surprise bool
}

func newSummer(p *pass, d *Design, reader *table.Reader) *summer {
	s := &summer{pass: p, design: d, reader: reader, splitter: reader.Splitter(p.columns), cells: make([][]byte, len(p.columns)),
		keys: d.Keys, v: make([]float64, len(d.Columns)+1), sums: newWideCells(len(d.Columns) + 1),
		row: Row{Numbers: make([]float64, len(d.Variables)), Codes: make([]int32, len(d.Variables))}}
	s.v[0] = 1
	for i, variable := range d.Variables {
		use := p.uses[i]
		one := part{factor: use.Factor || use.Number && (variable.Text || variable.Factor), key: -1, reader: newInterner()}
		one.number = use.Number && !variable.Text && !variable.Factor
		if one.factor {
			one.factors, one.used = map[string]int32{}, make([]bool, len(variable.Levels))
			s.factors = append(s.factors, i)
			for code, level := range variable.Levels {
				one.factors[level] = int32(code)
			}
		}
		s.parts = append(s.parts, one)
	}
	for k, variable := range d.Keys {
		s.parts[variable].key = k
		if k > 0 {
			s.chain = append(s.chain, newPairs())
		}
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

func (s *summer) block(b scanned) {
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
	if s.sums.bytes() > MaxSums/scanLanes {
		s.refuse(b, 0, "", "table.too_many_cells", message.Args{"limit": MaxSums >> 30})
		s.sums = newWideCells(len(s.v))
		s.surprise = true
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

// add adds the row in s.cells, which begins at at.
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
			if one.key < 0 && !one.factor {
				continue
			}
		}
		spelling := one.reader.number(cell)
		s.row.Codes[i] = spelling
		if one.factor {
			if int(spelling) >= len(one.codes) {
				one.codes = append(one.codes, s.codeOf(b, at, i))
			}
			s.row.Codes[i] = one.codes[spelling]
		}
	}
	if !s.fill(b, at) {
		return
	}
	cell := s.parts[s.keys[0]].reader.last
	for k, variable := range s.keys[1:] {
		cell = s.chain[k].number(cell, s.parts[variable].reader.last)
	}
	addRow(s.sums.cell(int(cell)), s.v)
	s.rows++
	for _, variable := range s.factors {
		s.parts[variable].used[s.row.Codes[variable]] = true
	}
}

// fill computes the columns of the design; false when the row is left out.
func (s *summer) fill(b scanned, at int) bool {
	if s.plain == nil {
		switch s.design.Row(s.row, s.v[1:]) {
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
			s.v[c+1] = 0
			if s.row.Codes[variable] == level {
				s.v[c+1] = 1
			}
			continue
		}
		s.v[c+1] = s.row.Numbers[variable]
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
