package xlsx

import "strings"

// ReadTable reads the first visible sheet with content as rows for import.
//
// Result: rows[i] is row i+1 of the sheet, empty where the sheet is; cells are trimmed; a cell merged over several rows stands in each of them.
// Errors: faults only.
func ReadTable(name string, data []byte) ([][]string, error) {
	sheets, err := open(name, data)
	if err != nil {
		return nil, err
	}
	first := sheets[0]
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
