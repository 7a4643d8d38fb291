package record

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// write puts cells that somebody gave into a row. Columns that allowed does not name are refused, each by name.
func write(r *pack.Register, row *register.Row, cells map[string]register.Cell, allowed func(c *pack.Column) bool) fault.List {
	var faults fault.List
	for _, name := range sortedNames(cells) {
		n := r.At(name)
		if n < 0 {
			faults.Add(fault.At(fault.Place{Column: name}, "record.column_unknown", message.Args{"column": name, "register": r.Title}))
			continue
		}
		c := r.Columns[n]
		cell, wrong := register.Fit(c, cells[name])
		if wrong != nil {
			faults.Add(wrong)
			continue
		}
		if cell == row.Cells[n] {
			continue
		}
		if c.Personal && row.Cells[n].Known && cell.Known && cell.Text == register.Masked(row.Cells[n], c) {
			continue // still the mask: not changed
		}
		if !allowed(c) {
			faults.Add(fault.At(fault.Place{Column: name}, "record.column_closed", message.Args{"column": c.Title}))
			continue
		}
		row.Cells[n] = cell
	}
	return faults
}

func sortedNames[T any](values map[string]T) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// HeadingOf says in a few words what a row is about: the column that the register names, else its key. A personal column
// is shown masked.
func HeadingOf(r *pack.Register, row register.Row) string {
	for _, name := range append([]string{r.Heading}, r.Key...) {
		n := r.At(name)
		if name == "" || n < 0 || !row.Cells[n].Known {
			continue
		}
		if c := r.Columns[n]; c.Personal {
			return register.Masked(row.Cells[n], c)
		}
		return register.CellText(row.Cells[n], r.Columns[n], message.Chinese)
	}
	return row.ID
}
