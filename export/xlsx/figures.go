package xlsx

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxFigureCells is the most cells of a table in one workbook.
const MaxFigureCells = 500_000

// FigureTable is a table of figures under a title, as a page shows it: About says of which region and period, Note where the figures come from.
type FigureTable struct {
	Name, Title, About, Note string // Name is that of the sheet
	Columns                  []FigureColumn
	Rows                     [][]FigureCell // short rows are filled with empty cells
	Language                 message.Language
}

// FigureColumn is one column; Width counts half-width letters.
type FigureColumn struct {
	Head  string
	Width float64
}

// FigureCell is a text, or a number with its decimals.
type FigureCell struct {
	Text     string
	Number   float64
	Decimals int
	Known    bool // Number counts, not Text
}

// WriteFigures writes a workbook with one table. Numbers stay numbers, so that they can be added up. Memory stays small, as
// rows are written one after another. Errors: a fault when there are too many cells; else what writing returns.
func WriteFigures(to io.Writer, table FigureTable) error {
	if n := len(table.Columns) * len(table.Rows); n > MaxFigureCells {
		return fault.New("export.figures_large", message.Args{"cells": n, "limit": MaxFigureCells})
	}
	file := excelize.NewFile()
	defer file.Close()
	style, err := newStyles(file)
	if err := errors.Join(err, file.SetSheetName("Sheet1", table.Name)); err != nil {
		return fmt.Errorf("xlsx: figures: %w", err)
	}
	stream, err := file.NewStreamWriter(table.Name)
	if err != nil {
		return fmt.Errorf("xlsx: figures: %w", err)
	}
	w := figureWriter{table: table, file: file, stream: stream, style: style, figures: map[int]int{}}
	if err := errors.Join(w.write(), stream.Flush()); err != nil {
		return fmt.Errorf("xlsx: figures: %w", err)
	}
	landscape, paper, wide, high := "landscape", 9, 1, 0
	fit := true
	err = errors.Join(file.SetPageLayout(table.Name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &paper, FitToWidth: &wide, FitToHeight: &high}),
		file.SetSheetProps(table.Name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", table.Name, headRow, headRow), Scope: table.Name}))
	if err != nil {
		return fmt.Errorf("xlsx: figures: %w", err)
	}
	return file.Write(to)
}

type figureWriter struct {
	table   FigureTable
	file    *excelize.File
	stream  *excelize.StreamWriter
	style   styles
	figures map[int]int // style of numbers with so many decimals
}

func (w *figureWriter) write() error {
	var all error
	for k, c := range w.table.Columns {
		all = errors.Join(all, w.stream.SetColWidth(k+1, k+1, c.Width))
	}
	all = errors.Join(all, w.stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: fmt.Sprintf("B%d", headRow+1), ActivePane: "bottomRight"}))
	last, err := excelize.ColumnNumberToName(max(1, len(w.table.Columns)))
	all = errors.Join(all, err, w.line(titleRow, last, w.table.Title, w.style.title, 32), w.line(aboutRow, last, w.table.About, w.style.about, 20))
	head := make([]any, len(w.table.Columns))
	for k, c := range w.table.Columns {
		head[k] = excelize.Cell{StyleID: w.style.head, Value: c.Head}
	}
	all = errors.Join(all, w.stream.SetRow(fmt.Sprintf("A%d", headRow), head))
	for r, cells := range w.table.Rows {
		row, err := w.row(cells)
		all = errors.Join(all, err, w.stream.SetRow(fmt.Sprintf("A%d", firstRow+r), row))
	}
	return errors.Join(all, w.line(firstRow+len(w.table.Rows), last, w.table.Note, w.style.note, 20))
}

func (w *figureWriter) line(row int, last, text string, style int, height float64) error {
	from := fmt.Sprintf("A%d", row)
	err := w.stream.SetRow(from, []any{excelize.Cell{StyleID: style, Value: text}}, excelize.RowOpts{Height: height})
	if last == "A" {
		return err
	}
	return errors.Join(err, w.stream.MergeCell(from, fmt.Sprintf("%s%d", last, row)))
}

func (w *figureWriter) row(cells []FigureCell) ([]any, error) {
	row := make([]any, len(w.table.Columns))
	for k := range row {
		row[k] = excelize.Cell{StyleID: w.style.left, Value: ""}
		if k >= len(cells) {
			continue
		}
		if !cells[k].Known {
			row[k] = excelize.Cell{StyleID: w.style.left, Value: cut(cells[k].Text)}
			continue
		}
		style, err := w.figure(cells[k].Decimals)
		if err != nil {
			return nil, err
		}
		row[k] = excelize.Cell{StyleID: style, Value: cells[k].Number}
	}
	return row, nil
}

// figure returns the style of numbers with so many decimals.
func (w *figureWriter) figure(decimals int) (int, error) {
	if id, known := w.figures[decimals]; known {
		return id, nil
	}
	format := "#,##0"
	for k := range decimals {
		if k == 0 {
			format += "."
		}
		format += "0"
	}
	look, err := w.file.GetStyle(w.style.left)
	if err != nil {
		return 0, err
	}
	look.CustomNumFmt = &format
	look.Alignment = &excelize.Alignment{Horizontal: "right", Vertical: "center"}
	id, err := w.file.NewStyle(look)
	w.figures[decimals] = id
	return id, err
}
