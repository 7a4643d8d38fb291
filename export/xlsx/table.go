package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Table is a plain table: a head and rows of texts.
type Table struct {
	Name    string // of the sheet
	Columns []TableColumn
	Rows    [][]string // cells beyond the columns are left out
}

// TableColumn is one column of a Table. Cells of a column of numbers that hold a number are written as numbers, all others as
// text, so that none is run as a formula.
type TableColumn struct {
	Heading string
	Number  bool
	Wide    bool // long texts stand in it
}

// WriteTable writes a workbook with one sheet. Rows are streamed, so that many need little memory.
func WriteTable(to io.Writer, table Table) error {
	file := excelize.NewFile()
	defer file.Close()
	head, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 11}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	text, textErr := file.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	if err := errors.Join(err, textErr, file.SetSheetName("Sheet1", table.Name)); err != nil {
		return fmt.Errorf("xlsx: table: %w", err)
	}
	stream, err := file.NewStreamWriter(table.Name)
	if err != nil {
		return fmt.Errorf("xlsx: table: %w", err)
	}
	headings := make([]any, len(table.Columns))
	for i, c := range table.Columns {
		headings[i] = excelize.Cell{StyleID: head, Value: cut(c.Heading)}
		width := float64(min(40, max(12, 2*len([]rune(c.Heading))+2)))
		if c.Wide {
			width = 60
		}
		err = errors.Join(err, stream.SetColWidth(i+1, i+1, width))
	}
	err = errors.Join(err, stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		stream.SetRow("A1", headings, excelize.RowOpts{Height: 32}))
	for n, row := range table.Rows {
		cells := make([]any, min(len(row), len(table.Columns)))
		for i := range cells {
			cells[i] = tableCell(table.Columns[i], row[i], text)
		}
		if err = errors.Join(err, stream.SetRow("A"+strconv.Itoa(n+2), cells)); err != nil {
			return fmt.Errorf("xlsx: table: %w", err)
		}
	}
	if err := errors.Join(err, stream.Flush()); err != nil {
		return fmt.Errorf("xlsx: table: %w", err)
	}
	return file.Write(to)
}

func tableCell(column TableColumn, text string, style int) any {
	if text == "" {
		return nil
	}
	if column.Number && len(strings.Trim(text, "-.")) <= plainDigits {
		if number, err := strconv.ParseFloat(text, 64); err == nil {
			return number
		}
	}
	return excelize.Cell{StyleID: style, Value: cut(text)}
}
