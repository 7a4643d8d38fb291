package xlsx

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"jiaoheng/message"
	"jiaoheng/report"
)

// WriteReportTables writes the tables of a report as a workbook, one a sheet in their order, ready to print. A report without tables
// has one sheet with its title.
func WriteReportTables(to io.Writer, content report.Report) error {
	file := excelize.NewFile()
	defer file.Close()
	style, err := newStyles(file)
	if err != nil {
		return fmt.Errorf("xlsx: styles: %w", err)
	}
	number := 0
	for _, block := range content.Blocks {
		if block.Table == nil {
			continue
		}
		number++
		if err := reportSheet(file, style, content, *block.Table, number); err != nil {
			return fmt.Errorf("xlsx: table %d: %w", number, err)
		}
	}
	if number == 0 {
		if err := file.SetCellValue("Sheet1", "A1", cut(content.Title)); err != nil {
			return err
		}
	} else if err := file.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("xlsx: first sheet: %w", err)
	}
	file.SetActiveSheet(0)
	if err := file.SetDocProps(&excelize.DocProperties{Title: content.Title, Language: string(message.Chinese)}); err != nil {
		return fmt.Errorf("xlsx: properties: %w", err)
	}
	return file.Write(to)
}

func reportSheet(file *excelize.File, style styles, content report.Report, table report.Table, number int) error {
	t := Report{Name: sheetName(fmt.Sprintf("%d %s", number, table.Caption)), Title: table.Caption, About: content.Title, Note: table.Note, Rows: table.Rows}
	for _, column := range table.Columns {
		t.Columns = append(t.Columns, ReportColumn{Head: column.Head(), Figures: column.Align == report.Figures})
	}
	s := sheet{name: t.Name, title: t.Title, about: t.About, note: t.Note, rows: t.Rows, mergeColumn: -1}
	for k, column := range table.Columns {
		s.columns = append(s.columns, columnOf(t, k, column))
	}
	if err := s.write(file, style); err != nil {
		return err
	}
	return t.numbers(file, s.name)
}

func columnOf(t Report, k int, of report.Column) column {
	return column{head: t.Columns[k].Head, width: t.width(k), centre: of.Align != report.Words}
}
