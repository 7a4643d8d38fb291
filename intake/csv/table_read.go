package csv

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a table.
const (
	MaxRows    = 300_000
	MaxColumns = 500
)

// ReadTable reads the text of a table. name is what faults show.
//
// Result: rows[i] is row i+1, empty where the file has an empty line; cells are trimmed.
// Errors: faults only: quotes that do not close, too many rows or columns, no content.
func ReadTable(name, text string) ([][]string, error) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = -1
	reader.Comma = separator(text)
	var rows [][]string
	inside := 0 // line ends inside cells so far: they make the line of the file run ahead of the row
	for {
		cells, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var wrong *csv.ParseError
			if errors.As(err, &wrong) {
				return nil, fault.At(fault.Place{File: name, Line: wrong.Line, Offset: wrong.Column}, "intake.quotes", nil)
			}
			return nil, err
		}
		line, _ := reader.FieldPos(0)
		row := line - inside
		if row > MaxRows {
			return nil, fault.At(fault.Place{File: name}, "intake.too_many_rows", message.Args{"limit": MaxRows})
		}
		if len(cells) > MaxColumns {
			return nil, fault.At(fault.Place{File: name, Row: row}, "intake.too_many_columns", message.Args{"limit": MaxColumns})
		}
		for len(rows) < row-1 {
			rows = append(rows, nil)
		}
		for c, cell := range cells {
			inside += strings.Count(cell, "\n")
			cells[c] = strings.TrimSpace(cell)
		}
		rows = append(rows, cells)
	}
	if strings.TrimSpace(text) == "" {
		return nil, fault.At(fault.Place{File: name}, "intake.empty", nil)
	}
	return rows, nil
}

// separator returns the separator that the first line with content holds most, a comma where it holds none.
func separator(text string) rune {
	head, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	best, most := ',', 0
	for _, r := range ",\t;" {
		if n := strings.Count(head, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}
