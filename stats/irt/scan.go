package irt

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Columns says what the columns of a table of answers are. All that is not named otherwise is an item.
type Columns struct {
	File      string   // what faults call the table
	Frequency string   // column of frequencies, or ""
	Group     string   // column of groups, or ""
	Items     []string // the items, when not all other columns
	Without   []string // columns left out
}

// Groups are the groups of the rows: Of holds the index into Names, −1 for a blank cell.
type Groups struct {
	Names []string
	Of    []int32
}

// The roles of columns.
const (
	roleItem = iota
	roleFrequency
	roleGroup
	roleLeftOut
)

// maxLine is the longest line of a table, in bytes.
const maxLine = 1 << 20

// Scan reads answers from a table in text: a line of names, then one line a row, UTF-8 with or without a mark, or GB18030.
// Cells are separated by commas, or by tabs or semicolons when the first line has those and no comma.
//
// Missing: an empty cell, NA, NaN and a point are no answer.
// Errors:  faults with row and column, for each column the first and how many there are.
func Scan(reader io.Reader, columns Columns) (Data, Groups, error) {
	lines := bufio.NewReaderSize(reader, maxLine)
	first, err := nextLine(lines)
	if errors.Is(err, io.EOF) {
		return Data{}, Groups{}, fault.At(fault.Place{File: columns.File}, "irt.empty_table", nil)
	}
	if err != nil {
		return Data{}, Groups{}, scanError(columns, 1, err)
	}
	separator := byte(',')
	if !bytes.ContainsRune(first, ',') && bytes.ContainsAny(first, "\t;") {
		separator = first[bytes.IndexAny(first, "\t;")]
	}
	names := cut(string(bytes.TrimPrefix(first, []byte("\xEF\xBB\xBF"))), separator)
	s, err := newScan(columns, names)
	if err != nil {
		return Data{}, Groups{}, err
	}
	for row := 2; ; row++ {
		line, err := nextLine(lines)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Data{}, Groups{}, scanError(columns, row, err)
		}
		if len(bytes.Trim(line, " ")) == 0 { // a row of separators is a person without any answer
			continue
		}
		if s.quick(line, separator) {
			continue
		}
		s.row(row, cut(string(line), separator))
		if s.full() {
			break
		}
	}
	return s.done()
}

// errLongLine is a line beyond maxLine.
var errLongLine = errors.New("irt: line too long")

func scanError(columns Columns, row int, err error) error {
	if errors.Is(err, errLongLine) {
		return fault.At(fault.Place{File: columns.File, Row: row}, "irt.long_line", message.Args{"limit": maxLine})
	}
	return err
}

// nextLine returns the next line without its end; it is valid until the next call.
func nextLine(lines *bufio.Reader) ([]byte, error) {
	line, err := lines.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return nil, errLongLine
	}
	if err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)) {
		return nil, err
	}
	line = bytes.TrimSuffix(line, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), nil
}

// FromRows reads answers from a table that is already cut into cells; the first row has the names.
func FromRows(rows [][]string, columns Columns) (Data, Groups, error) {
	if len(rows) == 0 {
		return Data{}, Groups{}, fault.At(fault.Place{File: columns.File}, "irt.empty_table", nil)
	}
	s, err := newScan(columns, rows[0])
	if err != nil {
		return Data{}, Groups{}, err
	}
	for i, cells := range rows[1:] {
		blank := strings.Join(cells, "") == ""
		for len(cells) < len(rows[0]) { // sheets drop blank cells at the end
			cells = append(cells[:len(cells):len(cells)], "")
		}
		if !blank {
			s.row(i+2, cells)
		}
	}
	return s.done()
}

// cut separates a line into cells; a cell in double quotes may hold the separator and doubled quotes.
func cut(line string, separator byte) []string {
	if !utf8.ValidString(line) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(line); err == nil {
			line = decoded
		}
	}
	var cells []string
	for {
		line = strings.TrimLeft(line, " ")
		if !strings.HasPrefix(line, `"`) {
			end := strings.IndexByte(line, separator)
			if end < 0 {
				return append(cells, strings.TrimSpace(line))
			}
			cells, line = append(cells, strings.TrimSpace(line[:end])), line[end+1:]
			continue
		}
		cell, rest := quoted(line[1:])
		cells = append(cells, cell)
		end := strings.IndexByte(rest, separator)
		if end < 0 {
			return cells
		}
		line = rest[end+1:]
	}
}

// quoted takes a cell after its opening quote.
func quoted(text string) (cell, rest string) {
	var out strings.Builder
	for {
		end := strings.IndexByte(text, '"')
		if end < 0 {
			return out.String() + text, ""
		}
		out.WriteString(text[:end])
		text = text[end+1:]
		if !strings.HasPrefix(text, `"`) {
			return strings.TrimSpace(out.String()), text
		}
		out.WriteByte('"')
		text = text[1:]
	}
}

// scan gathers the rows.
type scan struct {
	columns Columns
	names   []string
	role    []int
	plain   bool // nothing but items
	data    Data
	groups  Groups
	group   map[string]int32
	bad     []int          // faults of each column
	first   []*fault.Fault // the first of each
	ragged  fault.List
}

// newScan gives every column its role.
func newScan(columns Columns, names []string) (*scan, error) {
	s := &scan{columns: columns, names: names, group: map[string]int32{}, plain: true}
	place := fault.Place{File: columns.File, Row: 1}
	var faults fault.List
	at := map[string]int{}
	for i, name := range names {
		if _, double := at[name]; double {
			faults.Add(fault.At(place, "irt.double_column", message.Args{"column": name}))
		}
		at[name] = i
		if name == "" {
			faults.Add(fault.At(place, "irt.unnamed_column", message.Args{"number": i + 1}))
		}
	}
	s.role = make([]int, len(names))
	set := func(name string, role int) {
		i, known := at[name]
		if !known {
			faults.Add(fault.At(place, "irt.no_column", message.Args{"column": name}))
			return
		}
		s.role[i] = role
	}
	if len(columns.Items) > 0 {
		for i := range s.role {
			s.role[i] = roleLeftOut
		}
		for _, name := range columns.Items {
			set(name, roleItem)
		}
	}
	for _, name := range columns.Without {
		set(name, roleLeftOut)
	}
	if columns.Frequency != "" {
		set(columns.Frequency, roleFrequency)
		s.data.Weights = []float64{}
	}
	if columns.Group != "" {
		set(columns.Group, roleGroup)
	}
	for i, role := range s.role {
		if role == roleItem {
			s.data.Items = append(s.data.Items, names[i])
		} else {
			s.plain = false
		}
	}
	s.bad, s.first = make([]int, len(names)), make([]*fault.Fault, len(names))
	return s, faults.Err()
}

// quick takes the usual line: nothing but items, each one digit.
func (s *scan) quick(line []byte, separator byte) bool {
	n := len(s.names)
	if !s.plain || len(line) != 2*n-1 {
		return false
	}
	from := len(s.data.Scores)
	for at := 0; at < len(line); at += 2 {
		digit := line[at] - '0'
		if digit > 9 || at+1 < len(line) && line[at+1] != separator {
			s.data.Scores = s.data.Scores[:from]
			return false
		}
		s.data.Scores = append(s.data.Scores, digit)
	}
	return true
}

// row takes the cells of a row.
func (s *scan) row(row int, cells []string) {
	if len(cells) != len(s.names) {
		s.ragged.Add(fault.At(fault.Place{File: s.columns.File, Row: row}, "irt.ragged", message.Args{"count": len(cells), "columns": len(s.names)}))
		return
	}
	for i, cell := range cells {
		switch s.role[i] {
		case roleItem:
			score, ok := scoreOf(cell)
			if !ok {
				s.fail(i, row, "irt.bad_answer", cell)
			}
			s.data.Scores = append(s.data.Scores, score)
		case roleFrequency:
			weight, err := strconv.ParseFloat(cell, 64)
			if err != nil || !(weight >= 0 && weight <= MaxRows) {
				s.fail(i, row, "irt.bad_frequency", cell)
			}
			s.data.Weights = append(s.data.Weights, weight)
		case roleGroup:
			s.groups.Of = append(s.groups.Of, s.groupOf(cell))
		}
	}
}

func (s *scan) groupOf(cell string) int32 {
	if cell == "" {
		return -1
	}
	index, known := s.group[cell]
	if !known {
		index = int32(len(s.groups.Names))
		s.group[cell] = index
		s.groups.Names = append(s.groups.Names, cell)
	}
	return index
}

// fail notes a fault of a column; only the first is kept, with how many there are.
func (s *scan) fail(column, row int, code, cell string) {
	if s.bad[column]++; s.first[column] == nil {
		place := fault.Place{File: s.columns.File, Row: row, Column: s.names[column]}
		s.first[column] = fault.At(place, code, message.Args{"text": shortened(cell), "limit": MaxScore})
	}
}

func shortened(cell string) string {
	const longest = 30
	if runes := []rune(cell); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return cell
}

// maxRagged is after how many rows of the wrong width reading stops.
const maxRagged = 20

func (s *scan) full() bool { return len(s.ragged) >= maxRagged || s.data.Rows() > MaxRows }

// done returns what was read, or every fault.
func (s *scan) done() (Data, Groups, error) {
	var faults fault.List
	for column, first := range s.first {
		if first != nil {
			first.Args["count"] = s.bad[column]
			faults.Add(first)
		}
	}
	faults.Add(s.ragged...)
	return s.data, s.groups, faults.Err()
}

// scoreOf reads a cell: a whole number from 0 to MaxScore, or no answer.
func scoreOf(cell string) (byte, bool) {
	switch cell {
	case "", "NA", "NaN", ".":
		return Missing, true
	}
	if number, err := strconv.Atoi(cell); err == nil {
		return byte(number), number >= 0 && number <= MaxScore
	}
	number, err := strconv.ParseFloat(cell, 64)
	if err != nil || !(number >= 0 && number <= MaxScore) || number != float64(int(number)) {
		return Missing, false
	}
	return byte(number), true
}
