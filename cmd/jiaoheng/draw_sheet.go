package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
)

// drawSheet is a table that a draw reads: columns are found by any of their names, and every cell that cannot be read is
// remembered as a fault with its place.
type drawSheet struct {
	file   string
	data   []byte // of the file as it is
	head   []string
	rows   [][]string // without the head; row i stands on row i+2 of the file
	lines  []int      // the row of the file
	column map[string]int
	faults fault.List
}

// drawColumn is a column under the names by which it is found, the first of them the one that faults say.
type drawColumn struct {
	key   string
	names []string
	need  bool
}

var drawBrackets = regexp.MustCompile(`[（(][^）)]*[）)]`)

// drawHead makes names of columns comparable: without case, blanks and what stands in brackets.
func drawHead(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "　", "", "\ufeff", "").Replace(drawBrackets.ReplaceAllString(name, "")))
}

// readDrawSheet reads a table and finds its columns. Columns that nobody asks for are left alone: names of children are not read.
func (e *environment) readDrawSheet(path string, columns []drawColumn) (*drawSheet, error) {
	s := &drawSheet{file: filepath.Base(path), column: map[string]int{}}
	if path == "-" {
		s.file = "stdin.csv"
	}
	var err error
	if s.data, err = readInput(path, e.in); err != nil {
		return nil, err
	}
	rows, err := intake.ReadTable(s.file, s.data)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		switch {
		case !slices.ContainsFunc(row, func(cell string) bool { return cell != "" }):
		case s.head == nil:
			s.head = row
		default:
			s.rows, s.lines = append(s.rows, row), append(s.lines, i+1)
		}
	}
	for at, title := range s.head {
		head := drawHead(title)
		for _, c := range columns {
			if !slices.Contains(c.names, head) {
				continue
			}
			if first, double := s.column[c.key]; double {
				s.faults.Add(fault.At(fault.Place{File: s.file, Row: 1, Column: title}, "command.draw_column_twice", message.Args{"first": s.head[first]}))
				continue
			}
			s.column[c.key] = at
		}
	}
	for _, c := range columns {
		if _, found := s.column[c.key]; !found && c.need {
			s.faults.Add(fault.At(fault.Place{File: s.file}, "command.draw_column", message.Args{"names": strings.Join(c.names, " / ")}))
		}
	}
	if len(s.rows) == 0 {
		s.faults.Add(fault.At(fault.Place{File: s.file}, "command.draw_empty", nil))
	}
	return s, nil
}

// has tells whether the table has the column.
func (s *drawSheet) has(key string) bool { _, found := s.column[key]; return found }

// numbered returns the columns called by one of the names and a number (志愿1, wish_2, 第三志愿), in the order of the numbers.
func (s *drawSheet) numbered(names ...string) (columns []int) {
	order := map[int]int{}
	for at, title := range s.head {
		head := drawHead(title)
		for _, name := range names {
			rest, found := strings.CutPrefix(head, name)
			if before, isLast := strings.CutSuffix(head, name); !found && isLast && strings.HasPrefix(before, "第") {
				rest, found = strings.TrimPrefix(before, "第"), true
			}
			if n := drawNumber(strings.TrimPrefix(rest, "_")); found && n > 0 {
				order[at] = n
				columns = append(columns, at)
				break
			}
		}
	}
	slices.SortStableFunc(columns, func(a, b int) int { return order[a] - order[b] })
	return columns
}

// drawNumber reads 1, 2 … or 一, 二 … 十; 0 is none.
func drawNumber(text string) int {
	for n, digit := range []rune("一二三四五六七八九十") {
		if text == string(digit) {
			return n + 1
		}
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// place is where a cell stands.
func (s *drawSheet) place(row, column int) fault.Place {
	p := fault.Place{File: s.file, Row: s.lines[row]}
	if column >= 0 && column < len(s.head) {
		p.Column = s.head[column]
	}
	return p
}

// cell is the text of a cell of any column.
func (s *drawSheet) cell(row, column int) string {
	if column < 0 || column >= len(s.rows[row]) {
		return ""
	}
	return strings.TrimSpace(s.rows[row][column])
}

// text is the text of a named column, "" where there is none.
func (s *drawSheet) text(row int, key string) string {
	if at, found := s.column[key]; found {
		return s.cell(row, at)
	}
	return ""
}

// needed is the text of a cell that may not be empty.
func (s *drawSheet) needed(row int, key string) string {
	text := s.text(row, key)
	if at, found := s.column[key]; found && text == "" {
		s.faults.Add(fault.At(s.place(row, at), "command.draw_empty_cell", nil))
	}
	return text
}

// number reads a number with up to decimals, scaled to a whole one; an empty cell is other.
func (s *drawSheet) number(row int, key string, decimals, other int) int {
	at, found := s.column[key]
	if !found {
		return other
	}
	return s.numberAt(row, at, decimals, other)
}

func (s *drawSheet) numberAt(row, at, decimals, other int) int {
	text := s.cell(row, at)
	if text == "" {
		return other
	}
	n, ok := scaled(strings.TrimSuffix(text, "%"), decimals)
	if !ok {
		s.faults.Add(fault.At(s.place(row, at), "command.draw_number", message.Args{"value": text, "decimals": decimals}))
	}
	return n
}

// scaled reads a decimal number from 0 as a whole number of its last decimals.
func scaled(text string, decimals int) (int, bool) {
	whole, fraction, point := strings.Cut(text, ".")
	if point {
		fraction = strings.TrimRight(fraction, "0")
	}
	if whole == "" || len(whole) > 9 || len(fraction) > decimals || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(whole + fraction + strings.Repeat("0", decimals-len(fraction)))
	return n, err == nil
}

// yes reads a yes or no; an empty cell is other.
func (s *drawSheet) yes(row int, key string, other bool) bool {
	text := strings.ToLower(s.text(row, key))
	switch text {
	case "":
		return other
	case "是", "有", "1", "y", "yes", "true", "√", "农村", "乡村", "镇区":
		return true
	case "否", "无", "没有", "0", "n", "no", "false", "×", "城区", "城市":
		return false
	}
	s.faults.Add(fault.At(s.place(row, s.column[key]), "command.draw_yes", message.Args{"value": text}))
	return other
}

// list reads the parts of a cell, separated by any of the usual separators.
func drawList(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" 　,，、;；>|/\n\t", r) })
}

// decimalsOf is how many decimals the numbers of some columns have, at most most.
func (s *drawSheet) decimalsOf(most int, columns ...int) int {
	decimals := 0
	for row := range s.rows {
		for _, at := range columns {
			if _, fraction, point := strings.Cut(s.cell(row, at), "."); point {
				decimals = max(decimals, min(most, len(strings.TrimRight(fraction, "0"))))
			}
		}
	}
	return decimals
}
