package xlsx

import (
	"bytes"
	"errors"
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
	name   string
	rows   [][]string
	merged []area
}

// area is a merged cell, 0-based, both ends included.
type area struct{ top, left, bottom, right int }

// open reads every visible sheet that has content.
func open(name string, data []byte) (sheets []sheet, err error) {
	place := fault.Place{File: name}
	container, err := archive.Open(name, data)
	if err != nil {
		return nil, err
	}
	if part, size := container.Largest(".xml"); size > maxSheet {
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
	for _, title := range book.GetSheetList() {
		if visible, err := book.GetSheetVisible(title); err != nil || !visible {
			continue
		}
		one, err := readSheet(place, book, title)
		if fault.Of(err) != nil {
			return nil, err
		}
		if err != nil {
			return nil, fault.At(place, "intake.container_broken", nil)
		}
		if len(one.rows) > 0 {
			sheets = append(sheets, one)
		}
	}
	if len(sheets) == 0 {
		return nil, fault.At(place, "intake.no_text", nil)
	}
	return sheets, nil
}

// readSheet reads one sheet. Rows without content at the end are left out; a sheet of chart or pictures is empty.
func readSheet(place fault.Place, book *excelize.File, title string) (sheet, error) {
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
	if err := one.fullNumbers(book); err != nil {
		return one, err
	}
	return one, one.readMerged(book)
}

func trimEnd(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// fullNumbers puts all figures back where the sheet shows a long code as 3.3E+11.
func (s *sheet) fullNumbers(book *excelize.File) error {
	for r, cells := range s.rows {
		for c, text := range cells {
			if !strings.Contains(text, "E+") || strings.Trim(text, "0123456789.E+-") != "" {
				continue
			}
			reference, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			if cells[c], err = book.GetCellValue(s.name, reference, excelize.Options{RawCellValue: true}); err != nil {
				return err
			}
		}
	}
	return nil
}

// readMerged notes the merged cells that lie within the rows that were read.
func (s *sheet) readMerged(book *excelize.File) error {
	merged, err := book.GetMergeCells(s.name, true)
	if err != nil {
		return err
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			continue // an area that is no area merges nothing
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil || top > len(s.rows) {
			continue
		}
		s.merged = append(s.merged, area{top: top - 1, left: left - 1, bottom: min(bottom, len(s.rows)) - 1, right: right - 1})
	}
	return nil
}
