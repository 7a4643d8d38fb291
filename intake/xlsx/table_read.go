package xlsx

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiaoheng/fault"
	"jiaoheng/message"
)

const (
	headRows    = 10  // in which the head of a table is looked for
	headCells   = 3   // that two heads need in common to be the same
	maxFormulas = 200 // without result that are told one by one
)

// ReadTable reads the first visible sheet with content as rows for import.
//
// Result: rows[i] is row i+1 of the sheet, empty where the sheet is; cells are trimmed; a cell merged over several rows stands in each of them.
// Numbers have all the figures that the file holds, however the sheet shows them.
// Errors: faults only, also when a second sheet goes on with the same table or the file holds a formula without its result:
// both would be lost without a word.
func ReadTable(name string, data []byte) ([][]string, error) {
	sheets, err := open(name, data, true)
	if err != nil {
		return nil, err
	}
	first := sheets[0]
	var faults fault.List
	for _, other := range sheets[1:] {
		if sameHead(first.rows, other.rows) {
			faults.Add(fault.At(fault.Place{File: name}, "intake.sheet_goes_on", message.Args{"sheet": other.name, "first": first.name}))
		}
	}
	for n, at := range first.unsolved {
		if n == maxFormulas {
			break
		}
		column, _ := excelize.ColumnNumberToName(at.column + 1) // it came from a name
		faults.Add(fault.At(fault.Place{File: name, Row: at.row + 1, Column: column}, "intake.formula_unsolved", nil))
	}
	if len(faults) > 0 {
		return nil, faults.Err()
	}
	for _, m := range first.merged {
		if m.left >= len(first.rows[m.top]) {
			continue
		}
		value := first.rows[m.top][m.left]
		for r := m.top + 1; r <= m.bottom; r++ {
			for len(first.rows[r]) <= m.left {
				first.rows[r] = append(first.rows[r], "")
			}
			first.rows[r][m.left] = value
		}
	}
	for _, cells := range first.rows {
		for c := range cells {
			cells[c] = strings.TrimSpace(cells[c])
		}
	}
	return first.rows, nil
}

// sameHead tells whether two sheets have the same row among their first.
func sameHead(one, other [][]string) bool {
	for _, cells := range one[:min(len(one), headRows)] {
		filled := 0
		for _, text := range cells {
			if strings.TrimSpace(text) != "" {
				filled++
			}
		}
		if filled >= headCells && slices.ContainsFunc(other[:min(len(other), headRows)], func(row []string) bool { return slices.Equal(row, cells) }) {
			return true
		}
	}
	return false
}
