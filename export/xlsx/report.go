package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiaoheng/message"
)

// Report is one table of any page as a workbook that prints as officials know it: title, a line about it, head, rows, note.
type Report struct {
	Name    string // of the sheet
	Title   string
	About   string // a line below the title: region, period, rules, time
	Note    string
	Columns []ReportColumn
	Rows    [][]string
}

// ReportColumn is one column of a Report. Figures are written as numbers where the text is one.
type ReportColumn struct {
	Head    string
	Figures bool
}

const (
	narrowest = 10.0
	widest    = 44.0
	maxName   = 31 // characters that the name of a sheet may have
)

// WriteReport writes a table as a workbook with one sheet, ready to print.
//
// Errors: more than MaxRows rows.
func WriteReport(to io.Writer, language message.Language, t Report) error {
	file := excelize.NewFile()
	defer file.Close()
	style, err := newStyles(file)
	if err != nil {
		return fmt.Errorf("xlsx: styles: %w", err)
	}
	s := sheet{name: sheetName(t.Name), title: t.Title, about: t.About, note: t.Note, rows: t.Rows, mergeColumn: -1}
	for k, c := range t.Columns {
		s.columns = append(s.columns, column{head: c.Head, width: t.width(k), centre: c.Figures})
	}
	if err := s.write(file, style); err != nil {
		return fmt.Errorf("xlsx: sheet %s: %w", s.name, err)
	}
	if err := t.numbers(file, s.name); err != nil {
		return fmt.Errorf("xlsx: numbers: %w", err)
	}
	if err := file.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("xlsx: first sheet: %w", err)
	}
	file.SetActiveSheet(0)
	if err := file.SetDocProps(&excelize.DocProperties{Title: t.Title, Language: string(language)}); err != nil {
		return fmt.Errorf("xlsx: properties: %w", err)
	}
	return file.Write(to)
}

// sheetName takes out what the name of a sheet may not have.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, name)
	runes := []rune(strings.TrimSpace(name))
	if len(runes) == 0 {
		return "1"
	}
	return string(runes[:min(len(runes), maxName)])
}

// width fits a column to its texts, within bounds.
func (t Report) width(k int) float64 {
	width := narrowest
	for _, row := range append([][]string{{}}, t.Rows...) {
		text := t.Columns[k].Head
		if len(row) > k {
			text = row[k]
		}
		used := 2.0
		for _, r := range text {
			used++
			if r > 0x2e7f {
				used++
			}
		}
		width = max(width, used)
	}
	return min(width, widest)
}

// numbers writes figures again as numbers.
func (t Report) numbers(file *excelize.File, name string) error {
	var all error
	for r, row := range t.Rows {
		for k, text := range row {
			if k >= len(t.Columns) || !t.Columns[k].Figures {
				continue
			}
			number, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
			if err != nil {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(k+1, firstRow+r)
			all = errors.Join(all, err, file.SetCellValue(name, cell, number))
		}
	}
	return all
}
