package xlsx

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// WhatIfSheet is one sheet of a what-if: heads with their widths, and rows.
type WhatIfSheet struct {
	Name   string
	Heads  []string
	Widths []float64
	Rows   [][]string
}

// WriteWhatIf writes a what-if as a workbook. Mark stands in the title, above the head and below the rows of every sheet, in the
// name of every sheet and in the properties, so that no sheet that is cut out is taken for facts. Rows beyond MaxRows are left out.
func WriteWhatIf(to io.Writer, mark, about, word string, sheets []WhatIfSheet) error {
	file := excelize.NewFile()
	defer file.Close()
	style, err := newStyles(file)
	if err != nil {
		return fmt.Errorf("xlsx: styles: %w", err)
	}
	for _, one := range sheets {
		s := sheet{name: word + " " + one.Name, title: one.Name + "（" + mark + "）", about: about, note: mark, rows: one.Rows[:min(len(one.Rows), MaxRows)], mergeColumn: -1}
		for k, head := range one.Heads {
			s.columns = append(s.columns, column{head: head, width: one.Widths[k], centre: one.Widths[k] < 20})
		}
		if err := s.write(file, style); err != nil {
			return fmt.Errorf("xlsx: sheet %s: %w", one.Name, err)
		}
	}
	if err := file.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("xlsx: first sheet: %w", err)
	}
	file.SetActiveSheet(0)
	if err := file.SetDocProps(&excelize.DocProperties{Title: mark, Subject: about, Language: "zh-CN"}); err != nil {
		return fmt.Errorf("xlsx: properties: %w", err)
	}
	return file.Write(to)
}
