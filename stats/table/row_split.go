package table

import "bytes"

// Splitter splits rows of text into cells. It is not for several goroutines at once: Copy it.
type Splitter struct {
	separator byte
	slots     []int // by column: where its cell goes, -1: nowhere
	quotes    bool  // the block holds quotes
	scratch   []byte
}

// Splitter returns a splitter that puts the cells of columns[k] (numbers of columns from 0) at place k; nil means every column.
func (r *Reader) Splitter(columns []int) Splitter {
	s := Splitter{separator: r.separator, slots: make([]int, len(r.Titles)), quotes: true}
	for c := range s.slots {
		s.slots[c] = -1
		if columns == nil {
			s.slots[c] = c
		}
	}
	for k, c := range columns {
		s.slots[c] = k
	}
	return s
}

// Begin tells the splitter which block comes next, so that it need not look for quotes where none are.
func (s *Splitter) Begin(block []byte) { s.quotes = bytes.IndexByte(block, '"') >= 0 }

// Row splits the row that begins at at and returns where the next one begins and how many columns the row has: 0 for an empty line,
// -1 where a quote stands where none may stand. Cells are trimmed, without their quotes, and valid until the block is overwritten.
func (s *Splitter) Row(block []byte, at int, cells [][]byte) (next, columns int) {
	if s.quotes {
		return s.quotedRow(block, at, cells)
	}
	start := at
	for column := 0; ; column++ {
		from := at
		for at < len(block) && block[at] != s.separator && block[at] != '\n' {
			at++
		}
		if column < len(s.slots) {
			if slot := s.slots[column]; slot >= 0 {
				cells[slot] = trim(block[from:at])
			}
		}
		if at < len(block) && block[at] == s.separator {
			at++
			continue
		}
		if column == 0 && isBlank(block[start:at]) {
			return at + 1, 0
		}
		return at + 1, column + 1
	}
}

// quotedRow is Row for blocks with quotes.
func (s *Splitter) quotedRow(block []byte, at int, cells [][]byte) (next, columns int) {
	start := at
	s.scratch = s.scratch[:0]
	for column := 0; ; column++ {
		var cell []byte
		if at < len(block) && block[at] == '"' {
			var ok bool
			if cell, at, ok = s.quoted(block, at+1); !ok {
				return at, -1
			}
		} else {
			from := at
			for at < len(block) && block[at] != s.separator && block[at] != '\n' {
				if block[at] == '"' {
					return endOfRow(block, at), -1
				}
				at++
			}
			cell = trim(block[from:at])
		}
		if column < len(s.slots) {
			if slot := s.slots[column]; slot >= 0 {
				cells[slot] = cell
			}
		}
		if at < len(block) && block[at] == s.separator {
			at++
			continue
		}
		if column == 0 && isBlank(block[start:min(at, len(block))]) {
			return at + 1, 0
		}
		return at + 1, column + 1
	}
}

// quoted returns the cell whose text begins at from, behind its opening quote, and where it ends: at a separator, a line end or
// the end of the block.
func (s *Splitter) quoted(block []byte, from int) (cell []byte, at int, ok bool) {
	doubled := false
	for at = from; ; at++ {
		length := bytes.IndexByte(block[min(at, len(block)):], '"')
		if length < 0 {
			return nil, len(block), false
		}
		at += length
		if at+1 < len(block) && block[at+1] == '"' {
			doubled = true
			at++
			continue
		}
		break
	}
	cell = block[from:at]
	if doubled {
		begin := len(s.scratch)
		s.scratch = append(s.scratch, bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))...)
		cell = s.scratch[begin:]
	}
	at++
	for at < len(block) && (block[at] == ' ' || block[at] == '\r') {
		at++
	}
	if at < len(block) && block[at] != s.separator && block[at] != '\n' {
		return nil, endOfRow(block, at), false
	}
	return trim(cell), at, true
}

func endOfRow(block []byte, at int) int {
	if length := bytes.IndexByte(block[at:], '\n'); length >= 0 {
		return at + length + 1
	}
	return len(block)
}

// trim takes spaces, and the first half of a line end, off the ends of a cell.
func trim(cell []byte) []byte {
	for len(cell) > 0 && isSpace(cell[len(cell)-1]) {
		cell = cell[:len(cell)-1]
	}
	for len(cell) > 0 && isSpace(cell[0]) {
		cell = cell[1:]
	}
	return cell
}

func isSpace(c byte) bool { return c == ' ' || c == '\r' || c == '\t' }

func isBlank(text []byte) bool { return len(trim(text)) == 0 }
