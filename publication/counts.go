package publication

import "strconv"

// Counts are how many persons or things there are by unit and kind, before small ones are hidden. Each line has as many numbers
// as Columns has kinds.
type Counts struct {
	Caption string
	Source  string
	Note    string   // what a reader must know besides
	Columns []string // what the units are called, then each kind
	Total   string   // what the sum of a line is called
	Totals  string   // what the line of sums is called
	Other   string   // what the line is called that takes in the units beyond MaxRows
	Names   []string
	Numbers [][]int
}

// Table gives counts their sums and hides what is smaller than small, and what would tell it. note is added when something is
// hidden. There is at least one line.
func (c Counts) Table(small int, note string) Table {
	names, numbers := c.Names, c.Numbers
	if most := MaxRows - 1; len(names) > most { // one line is that of the sums
		rest := make([]int, len(numbers[0]))
		for _, line := range numbers[most-1:] {
			for j, n := range line {
				rest[j] += n
			}
		}
		names = append(append([]string{}, names[:most-1]...), c.Other)
		numbers = append(append([][]int{}, numbers[:most-1]...), rest)
	}
	full := Totals(numbers)
	hide := Hide(full, small)
	table := Table{Caption: c.Caption, Columns: append(append([]string{}, c.Columns...), c.Total), Note: c.Note, Source: c.Source}
	some := false
	for i, row := range full {
		cells := []string{c.Totals}
		if i < len(names) {
			cells[0] = names[i]
		}
		for j, n := range row {
			if hide[i][j] {
				some, cells = true, append(cells, Hidden)
				continue
			}
			cells = append(cells, strconv.Itoa(n))
		}
		table.Rows = append(table.Rows, cells)
	}
	if some {
		table.Note += note
	}
	return table
}
