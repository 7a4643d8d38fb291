package duty

import (
	"slices"

	"jiaoheng/publication"
)

// Difference is a row in which what was published is not what is stored: it stands on one side only, or some of its cells are
// not the same.
type Difference struct {
	Row       string // what it is called
	Published []string
	Stored    []string
	Columns   []string // titles of the columns that differ; nil where the row is on one side only
}

// Compare tells in which rows a published content differs from the one that would be made now. Rows are told apart by the cell
// of column key; numbers that only count the rows (column 0 where key is not 0) are not compared. Both have the same columns.
func Compare(published, stored publication.Content, key int) []Difference {
	before, order := rowsOf(published, key)
	now, more := rowsOf(stored, key)
	for _, name := range more {
		if !slices.Contains(order, name) {
			order = append(order, name)
		}
	}
	heads := headsOf(stored)
	var differences []Difference
	for _, name := range order {
		old, new := before[name], now[name]
		one := Difference{Row: name, Published: old, Stored: new}
		if old != nil && new != nil {
			for i := range min(len(old), len(new)) {
				if old[i] != new[i] && (i > 0 || key == 0) && i < len(heads) {
					one.Columns = append(one.Columns, heads[i])
				}
			}
			if one.Columns == nil && len(old) == len(new) {
				continue
			}
		}
		differences = append(differences, one)
	}
	return differences
}

// rowsOf returns the rows of every table by the cell of the column key, and the keys in order. The second of two rows of one name
// is told apart by its place among them.
func rowsOf(c publication.Content, key int) (map[string][]string, []string) {
	rows, order := map[string][]string{}, []string{}
	for _, block := range c.Blocks {
		if block.Table == nil {
			continue
		}
		for _, row := range block.Table.Rows {
			if key >= len(row) {
				continue
			}
			name := row[key]
			for rows[name] != nil {
				name += " "
			}
			rows[name] = row
			order = append(order, name)
		}
	}
	return rows, order
}

func headsOf(c publication.Content) []string {
	for _, block := range c.Blocks {
		if block.Table != nil {
			return block.Table.Columns
		}
	}
	return nil
}
