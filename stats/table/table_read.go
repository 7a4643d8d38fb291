package table

import (
	"bytes"
	"io"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// blockSize is how much text Read takes at a time.
const blockSize = 1 << 20

// Read reads a table of text into memory: values separated by commas, tabs or semicolons, in UTF-8 or GB18030.
//
// Errors: faults with their lines, at most Limits.Faults of them and one that counts the others: rows with more or fewer
// values than there are titles, quotes that stand where none may, text in no known encoding, more than the limits allow.
func Read(source io.Reader, limits Limits) (*Table, error) {
	reader, err := Open(source, blockSize, limits)
	if err != nil {
		return nil, err
	}
	var blocks [][]byte
	for size := int64(0); ; {
		block, err := reader.Next(nil)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if size += int64(len(block)); size > reader.limits.Bytes {
			return nil, reader.fault(0, "", "table.too_large", message.Args{"limit": reader.limits.Bytes >> 20})
		}
		blocks = append(blocks, block)
	}
	splitter := reader.Splitter(nil)
	cells := make([][]byte, len(reader.Titles))
	return build(reader, func(row func(line int, cells [][]byte, columns int)) {
		line := reader.line
		for _, block := range blocks {
			splitter.Begin(block)
			for at := 0; at < len(block); {
				next, columns := splitter.Row(block, at, cells)
				row(line, cells, columns)
				line += bytes.Count(block[at:min(next, len(block))], []byte{'\n'})
				at = next
			}
		}
	})
}

// FromRows makes a table of cells of a sheet: the first row with content holds the titles, rows[i] is row i+1. Cells count as in
// Read; a row that ends early is filled with missing values.
func FromRows(rows [][]string, limits Limits) (*Table, error) {
	reader := &Reader{limits: limits.orDefault(), certain: true}
	head := 0
	for head < len(rows) && width(rows[head]) == 0 {
		head++
	}
	if head == len(rows) {
		return nil, reader.fault(0, "", "table.empty", nil)
	}
	at := func(code string, args message.Args) *fault.Fault {
		return fault.At(fault.Place{File: limits.File, Row: head + 1}, code, args)
	}
	reader.Titles = append([]string(nil), rows[head][:width(rows[head])]...)
	if n := len(reader.Titles); n > reader.limits.Columns {
		return nil, at("table.too_many_columns", message.Args{"limit": reader.limits.Columns, "count": n})
	}
	if err := checkTitles(reader.Titles, at); err != nil {
		return nil, err
	}
	cells := make([][]byte, len(reader.Titles))
	out, err := build(reader, func(row func(line int, cells [][]byte, columns int)) {
		for i := head + 1; i < len(rows); i++ {
			columns := width(rows[i])
			if columns == 0 {
				continue
			}
			for c := range cells {
				cells[c] = nil
				if c < columns {
					cells[c] = []byte(rows[i][c])
				}
			}
			row(i+1, cells, max(columns, len(cells)))
		}
	})
	for _, f := range fault.Of(err) {
		f.Place.Row, f.Place.Line = f.Place.Line, 0
	}
	return out, err
}

// width is how many cells a row has up to the last one with content.
func width(row []string) int {
	n := len(row)
	for n > 0 && row[n-1] == "" {
		n--
	}
	return n
}

// builder collects rows into columns.
type builder struct {
	reader  *Reader
	columns []building
	rows    int
	faults  fault.List
	more    int // faults beyond the limit
}

// building is a column while it is read.
type building struct {
	Column
	codeOf map[string]int32
	words  []string // by code, in the order of appearance
}

// build goes over the rows, and once more for the columns that turned out to be of words.
func build(reader *Reader, each func(row func(line int, cells [][]byte, columns int))) (*Table, error) {
	b := &builder{reader: reader, columns: make([]building, len(reader.Titles))}
	each(b.addNumbers)
	if b.rows > reader.limits.Rows {
		return nil, reader.fault(0, "", "table.too_many_rows", message.Args{"limit": reader.limits.Rows})
	}
	words := false
	for c := range b.columns {
		b.columns[c].Name = reader.Titles[c]
		if b.columns[c].Text {
			b.columns[c].codeOf, words = map[string]int32{}, true
		}
	}
	if words && len(b.faults) == 0 {
		each(b.addWords)
	}
	if b.more > 0 {
		b.faults.Add(reader.fault(0, "", "table.more_faults", message.Args{"count": b.more}))
	}
	if err := b.faults.Err(); err != nil {
		return nil, err
	}
	out := &Table{Rows: b.rows, Columns: make([]Column, len(b.columns))}
	for c := range b.columns {
		b.columns[c].order()
		out.Columns[c] = b.columns[c].Column
	}
	return out, nil
}

// refuse adds a fault as long as there are few.
func (b *builder) refuse(line int, column, code string, args message.Args) {
	if len(b.faults) >= b.reader.limits.Faults {
		b.more++
		return
	}
	b.faults.Add(b.reader.fault(line, column, code, args))
}

// addNumbers adds a row of so many columns to those that hold numbers; 0 columns are an empty line, -1 wrong quotes.
func (b *builder) addNumbers(line int, cells [][]byte, columns int) {
	switch {
	case columns == 0:
		return
	case columns < 0:
		b.refuse(line, "", "table.quotes", nil)
		return
	case columns != len(b.columns):
		b.refuse(line, "", "table.ragged", message.Args{"found": columns, "wanted": len(b.columns)})
		return
	}
	for c := range b.columns {
		column := &b.columns[c]
		if IsMissing(cells[c]) {
			if column.Missing == nil {
				column.Missing = make([]bool, b.rows, b.rows+1)
			}
			column.Missing = append(column.Missing, true)
			if !column.Text {
				column.Numbers = append(column.Numbers, 0)
			}
			continue
		}
		if column.Missing != nil {
			column.Missing = append(column.Missing, false)
		}
		if column.Text {
			continue
		}
		number, ok := Number(cells[c])
		if !ok {
			word, _ := b.reader.Decode(cells[c])
			column.Text, column.Word, column.Line, column.Numbers = true, word, line, nil
			continue
		}
		column.Numbers = append(column.Numbers, number)
	}
	b.rows++
}

// addWords adds a row to the columns that hold words.
func (b *builder) addWords(line int, cells [][]byte, columns int) {
	if columns == 0 {
		return
	}
	for c := range b.columns {
		column := &b.columns[c]
		if !column.Text {
			continue
		}
		if IsMissing(cells[c]) {
			column.Codes = append(column.Codes, -1)
			continue
		}
		code, known := column.codeOf[string(cells[c])]
		if !known {
			word, ok := b.reader.Decode(cells[c])
			if !ok {
				b.refuse(line, column.Name, "table.encoding", nil)
			}
			code = int32(len(column.words))
			column.codeOf[string(cells[c])], column.words = code, append(column.words, word)
		}
		column.Codes = append(column.Codes, code)
	}
}

// order turns codes in the order of appearance into codes of levels in byte order.
func (c *building) order() {
	if !c.Text {
		return
	}
	order, levels := encode(c.words)
	for i, code := range c.Codes {
		if code >= 0 {
			c.Codes[i] = order[code]
		}
	}
	c.Levels = levels
}
