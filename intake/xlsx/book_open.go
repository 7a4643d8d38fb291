package xlsx

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiaoheng/document/archive"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a workbook.
const (
	MaxRows    = 300_000
	MaxColumns = 500
	maxSheet   = 48 << 20 // bytes of one part, expanded; the library takes about ten times as much memory
)

var options = excelize.Options{
	UnzipSizeLimit:    archive.MaxExpanded,
	UnzipXMLSizeLimit: archive.MaxExpanded, // beyond this the library would write files
	CultureInfo:       excelize.CultureNameZhCN,
	ShortDatePattern:  "yyyy/m/d",
}

// sheet is one visible sheet; rows[i] is row i+1 of it.
type sheet struct {
	name     string
	rows     [][]string
	merged   []area
	unsolved []cell // formulas whose result the file does not hold
}

// cell is the place of a cell, 0-based.
type cell struct{ row, column int }

// area is a merged cell, 0-based, both ends included.
type area struct{ top, left, bottom, right int }

// open reads every visible sheet that has content. Numbers are taken as they are shown or, when exact is true, as they are:
// a sheet shows 1234.5678 as 1235 when its format says so.
func open(name string, data []byte, exact bool) (sheets []sheet, err error) {
	place := fault.Place{File: name}
	container, err := archive.Open(name, data)
	if err != nil {
		return nil, err
	}
	if part, size := container.Largest(".xml"); size > maxSheet {
		if strings.HasPrefix(part, "xl/worksheets/") {
			return nil, fault.At(place, "intake.sheet_too_large", message.Args{"limit": maxSheet >> 20, "rows": MaxRows})
		}
		return nil, fault.At(place, "intake.part_too_large", message.Args{"part": part, "limit": maxSheet >> 20})
	}
	// The library is not written for hostile files: what makes it panic is a broken file.
	defer func() {
		if recover() != nil {
			sheets, err = nil, fault.At(place, "intake.container_broken", nil)
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(data), options)
	if err != nil {
		return nil, fault.At(place, "intake.container_broken", nil)
	}
	defer func() { _ = book.Close() }() // nothing was written
	parts, err := sheetParts(container)
	if err != nil {
		return nil, err
	}
	for _, title := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(title); err != nil || !visible || parts[title] == "" {
			continue
		}
		scan, err := scanSheet(place, container, parts[title])
		if err != nil {
			return nil, err
		}
		one, err := readSheet(place, book, title, exact)
		if fault.Of(err) != nil {
			return nil, err
		}
		if err != nil {
			return nil, fault.At(place, "intake.container_broken", nil)
		}
		if len(one.rows) > 0 {
			one.takeMerged(scan.merged)
			one.unsolved = scan.unsolved
			sheets = append(sheets, one)
		}
	}
	if len(sheets) == 0 {
		return nil, fault.At(place, "intake.no_text", nil)
	}
	return sheets, nil
}

// readSheet reads one sheet. Rows without content at the end are left out; a sheet of chart or pictures is empty.
func readSheet(place fault.Place, book *excelize.File, title string, exact bool) (sheet, error) {
	one := sheet{name: title}
	rows, err := book.Rows(title)
	if err != nil {
		if errors.As(err, new(excelize.ErrSheetNotExist)) || strings.Contains(err.Error(), "not a worksheet") {
			return one, nil
		}
		return one, err
	}
	defer func() { _ = rows.Close() }()
	for n := 0; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return one, err
		}
		cells = trimEnd(cells)
		if len(cells) == 0 {
			continue
		}
		if n >= MaxRows {
			return one, fault.At(place, "intake.too_many_rows", message.Args{"limit": MaxRows})
		}
		if len(cells) > MaxColumns {
			return one, fault.At(fault.Place{File: place.File, Row: n + 1}, "intake.too_many_columns", message.Args{"limit": MaxColumns})
		}
		for len(one.rows) < n {
			one.rows = append(one.rows, nil)
		}
		one.rows = append(one.rows, cells)
	}
	if err := rows.Error(); err != nil {
		return one, err
	}
	return one, one.fullNumbers(book, exact)
}

func trimEnd(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// isShortened tells whether the sheet shows a long code as 3.3E+11.
func isShortened(text string) bool {
	return strings.Contains(text, "E+") && strings.Trim(text, "0123456789.E+-") == ""
}

// fullNumbers puts all figures back where the sheet shows a number in short or, when exact is true, rounded. It walks the
// rows again, because the library's way to a single cell takes the whole sheet into memory.
func (s *sheet) fullNumbers(book *excelize.File, exact bool) error {
	short := exact
	for _, cells := range s.rows {
		for _, text := range cells {
			short = short || isShortened(text)
		}
	}
	if !short {
		return nil
	}
	rows, err := book.Rows(s.name)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for n := 0; n < len(s.rows) && rows.Next(); n++ {
		raw, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		for c, text := range s.rows[n] {
			switch {
			case c >= len(raw) || raw[c] == text:
			case isShortened(text):
				s.rows[n][c] = raw[c]
			case exact:
				s.rows[n][c] = exactNumber(text, raw[c])
			}
		}
	}
	return nil
}

// exactNumber returns the number of a cell in full when the sheet shows nothing but that number, rounded, grouped or with
// a sign of money; else what the sheet shows, such as a date or a number with words.
func exactNumber(shown, stored string) string {
	number, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return shown
	}
	digits, percent := strings.CutSuffix(strings.TrimSpace(shown), "%")
	if percent {
		number *= 100
	}
	digits = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "¥", "", "￥", "", "$", "", "€", "", "-", "", "(", "", ")", "").Replace(digits)
	rounded, err := strconv.ParseFloat(digits, 64)
	if err != nil || strings.Trim(digits, "0123456789.") != "" {
		return shown
	}
	_, decimals, _ := strings.Cut(digits, ".")
	if math.Abs(rounded-math.Abs(number)) > 0.500001*math.Pow10(-len(decimals)) {
		return shown // shown in thousands, say: only a person can tell what was meant
	}
	full := strconv.FormatFloat(number, 'g', 15, 64) // sheets reckon with fifteen figures
	if plain, err := strconv.ParseFloat(full, 64); err == nil {
		full = strconv.FormatFloat(plain, 'f', -1, 64)
	}
	if percent {
		return full + "%"
	}
	return full
}

// takeMerged notes the merged cells that lie within the rows that were read.
func (s *sheet) takeMerged(merged []area) {
	for _, m := range merged {
		if m.top < len(s.rows) {
			m.bottom = min(m.bottom, len(s.rows)-1)
			s.merged = append(s.merged, m)
		}
	}
}
