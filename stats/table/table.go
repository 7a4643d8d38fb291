package table

import (
	"slices"
	"sort"
	"strconv"
)

// Table is a table in memory. Every column has Rows values.
type Table struct {
	Rows    int
	Columns []Column
}

// Column holds the values of a column: numbers, or words as codes of levels.
//
// Missing: Missing[i] tells that value i is missing; nil means that none is. A missing number is stored as 0, a missing word as -1.
type Column struct {
	Name    string
	Text    bool
	Numbers []float64
	Missing []bool
	Codes   []int32
	Levels  []string // in byte order
	// Word and Line are the first value that is not a number and the line or row that holds it, where Text is set.
	Word string
	Line int
}

// Column returns the column of a name.
func (t *Table) Column(name string) (*Column, bool) {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return &t.Columns[i], true
		}
	}
	return nil, false
}

// IsMissing tells whether value i is missing.
func (c *Column) IsMissing(i int) bool { return c.Missing != nil && c.Missing[i] }

// Factor returns the column as words. Numbers become words in plain notation, their levels in the order of the numbers;
// words stay as they are.
func (c *Column) Factor() Column {
	if c.Text {
		return *c
	}
	distinct := map[float64]int32{}
	for i, x := range c.Numbers {
		if !c.IsMissing(i) {
			distinct[x] = 0
		}
	}
	ordered := make([]float64, 0, len(distinct))
	for x := range distinct {
		ordered = append(ordered, x)
	}
	sort.Float64s(ordered)
	out := Column{Name: c.Name, Text: true, Missing: c.Missing, Codes: make([]int32, len(c.Numbers)), Levels: make([]string, len(ordered))}
	for k, x := range ordered {
		distinct[x], out.Levels[k] = int32(k), FormatNumber(x)
	}
	for i, x := range c.Numbers {
		if c.IsMissing(i) {
			out.Codes[i] = -1
			continue
		}
		out.Codes[i] = distinct[x]
	}
	return out
}

// FormatNumber writes a number as a level is called: plain notation, as short as it can be read back.
func FormatNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// encode returns the distinct words in byte order and the place of each word among them.
func encode(words []string) (codes []int32, levels []string) {
	levels = slices.Compact(slices.Sorted(slices.Values(words)))
	codes = make([]int32, len(words))
	for i, w := range words {
		at, _ := slices.BinarySearch(levels, w)
		codes[i] = int32(at)
	}
	return codes, levels
}
