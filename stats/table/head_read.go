package table

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Reader reads a table as text, block by block.
type Reader struct {
	Titles    []string
	limits    Limits
	separator byte
	chinese   bool // the text is in GB18030
	certain   bool // the encoding is known: a mark, or the first block holds more than ASCII
	blocks    blocks
	first     []byte // the rest of the first block, behind the titles
	line      int    // of the first row of data
}

// Open reads the titles. size is that of blocks in bytes.
//
// Errors: faults for what is no table: nothing, UTF-16, no text, titles that are empty or stand twice, too many columns.
func Open(source io.Reader, size int, limits Limits) (*Reader, error) {
	r := &Reader{limits: limits.orDefault(), blocks: blocks{source: source, size: size}}
	block, err := r.blocks.next(nil)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if code := refusal(block); code != "" {
		return nil, r.fault(0, "", code, nil)
	}
	marked := bytes.HasPrefix(block, []byte("\xEF\xBB\xBF"))
	if marked {
		block = block[3:]
	}
	if bytes.IndexByte(block, '\n') < 0 && bytes.IndexByte(block, '\r') >= 0 {
		r.blocks.apple = true
		replaceReturns(block)
	}
	if r.blocks.long && !r.blocks.apple {
		return nil, r.fault(1, "", "table.row_too_long", message.Args{"limit": MaxRow >> 20})
	}
	r.certain = marked || !isASCII(block)
	r.chinese = !marked && !utf8.Valid(whole(block))
	at, line := 0, 1
	for {
		end := endOfRow(block, at)
		if at >= len(block) {
			return nil, r.fault(0, "", "table.empty", nil)
		}
		if !isBlank(bytes.TrimRight(block[at:end], "\n")) {
			break
		}
		at, line = end, line+1
	}
	if at, err = r.readTitles(block, at, line); err != nil {
		return nil, err
	}
	r.first = block[min(at, len(block)):]
	return r, nil
}

// refusal returns why a text is no table, "" where it may be one.
func refusal(block []byte) string {
	switch {
	case len(trim(bytes.TrimSpace(block))) == 0:
		return "table.empty"
	case bytes.HasPrefix(block, []byte("\xFF\xFE")), bytes.HasPrefix(block, []byte("\xFE\xFF")):
		return "table.utf16"
	case bytes.IndexByte(block, 0) >= 0:
		return "table.no_text"
	}
	return ""
}

// readTitles splits the row of titles and returns where the next row begins.
func (r *Reader) readTitles(block []byte, at, line int) (int, error) {
	r.separator = separatorOf(block[at:endOfRow(block, at)])
	counter := Splitter{separator: r.separator, quotes: true}
	next, columns := counter.Row(block, at, nil)
	if columns < 0 {
		return 0, r.fault(line, "", "table.quotes", nil)
	}
	if columns > r.limits.Columns {
		return 0, r.fault(line, "", "table.too_many_columns", message.Args{"limit": r.limits.Columns, "count": columns})
	}
	r.Titles = make([]string, columns)
	cells := make([][]byte, columns)
	all := r.Splitter(nil)
	all.Row(block, at, cells)
	for c, cell := range cells {
		title, ok := r.Decode(cell)
		if !ok {
			return 0, r.fault(line, "", "table.encoding", nil)
		}
		r.Titles[c] = title
	}
	r.line = line + bytes.Count(block[at:min(next, len(block))], []byte{'\n'})
	return next, checkTitles(r.Titles, func(code string, args message.Args) *fault.Fault { return r.fault(line, "", code, args) })
}

// checkTitles finds titles that are empty or stand twice. An empty first title becomes X.
func checkTitles(titles []string, at func(code string, args message.Args) *fault.Fault) error {
	var faults fault.List
	first := map[string]int{}
	for c, title := range titles {
		if title == "" && c == 0 && len(titles) > 1 {
			title, titles[0] = "X", "X"
		}
		if title == "" {
			faults.Add(at("table.no_title", message.Args{"number": c + 1}))
			continue
		}
		if before, twice := first[title]; twice {
			faults.Add(at("table.title_twice", message.Args{"title": title, "first": before + 1, "second": c + 1}))
			continue
		}
		first[title] = c
	}
	return faults.Err()
}

// separatorOf returns the separator that a row of titles holds most outside quotes, a comma where it holds none.
func separatorOf(row []byte) byte {
	counts := map[byte]int{}
	inside := false
	for _, c := range row {
		if c == '"' {
			inside = !inside
		}
		if !inside {
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{'\t', ';'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// Decode returns the text of a cell; false when its bytes are no text in the encoding of the table.
func (r *Reader) Decode(cell []byte) (string, bool) {
	if utf8.Valid(cell) && !(r.chinese && !isASCII(cell)) {
		return string(cell), true
	}
	if r.certain && !r.chinese {
		return "", false
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(cell)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", false
	}
	return string(text), true
}

// Next returns the next block of rows in buffer, which it may replace by a longer one; io.EOF after the last.
// Its errors are those of the source and a fault for a row that is too long.
func (r *Reader) Next(buffer []byte) ([]byte, error) {
	if r.first != nil {
		block := append(buffer[:0], r.first...)
		r.first = nil
		if len(block) > 0 {
			return block, nil
		}
	}
	block, err := r.blocks.next(buffer)
	if r.blocks.long && err == nil {
		return nil, r.fault(0, "", "table.row_too_long", message.Args{"limit": MaxRow >> 20})
	}
	return block, err
}

// FirstLine is the line of the file in which the first row of data stands.
func (r *Reader) FirstLine() int { return r.line }

// Limits returns the limits with what they stand for filled in.
func (r *Reader) Limits() Limits { return r.limits }

func (r *Reader) fault(line int, column, code string, args message.Args) *fault.Fault {
	return fault.At(fault.Place{File: r.limits.File, Line: line, Column: column}, code, args)
}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// whole cuts off a character that the end of a block cuts in two.
func whole(block []byte) []byte {
	for back := 1; back < utf8.UTFMax && back <= len(block); back++ {
		if c := block[len(block)-back]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(block[len(block)-back:]) {
				return block[:len(block)-back]
			}
			break
		}
	}
	return block
}
