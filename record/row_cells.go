package record

import (
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// columnAt returns the number of a column, -1 when the register has none of the name.
func columnAt(r *pack.Register, name string) int {
	return slices.IndexFunc(r.Columns, func(c *pack.Column) bool { return c.Name == name })
}

// textOf returns the text of a cell, "" when it is empty.
func textOf(r *pack.Register, row register.Row, name string) string {
	if n := columnAt(r, name); n >= 0 && n < len(row.Cells) && row.Cells[n].Known {
		return row.Cells[n].Text
	}
	return ""
}

// dateOf returns a date of a row, the zero date when the cell is empty.
func dateOf(r *pack.Register, row register.Row, name string) period.Date {
	day, _ := period.ParseDate(textOf(r, row, name))
	return day
}

func textCell(text string) register.Cell { return register.Cell{Known: text != "", Text: text} }

func dateCell(day period.Date) register.Cell {
	if day.IsZero() {
		return register.Cell{}
	}
	return textCell(day.String())
}

// put writes a cell of a row; the row must own its cells.
func put(r *pack.Register, row *register.Row, name string, cell register.Cell) {
	if n := columnAt(r, name); n >= 0 {
		row.Cells[n] = cell
	}
}

// given tells whether people write a column: it is stored, and neither kept by the lifecycle, nor counted, nor numbered.
func given(r *pack.Register, c *pack.Column) bool {
	return register.Stored(c) && !c.Kept && c.Counts == nil && !isSerial(r, c)
}

func isSerial(r *pack.Register, c *pack.Column) bool {
	return r.Serial != nil && r.Serial.Column == c.Name
}

// fit looks whether a cell fits its column, as a form would: the fault names the column as its place.
func fit(c *pack.Column, cell register.Cell) (register.Cell, *fault.Fault) {
	if !cell.Known {
		return register.Cell{}, nil
	}
	text := cell.Text
	if c.Type.Numeric() || c.Type == pack.Flag {
		text = strconv.FormatFloat(cell.Number, 'f', -1, 64)
	}
	read, wrong := register.ReadCell(text, c)
	if wrong != nil {
		wrong.Place.Column = c.Name
	}
	return read, wrong
}

// write puts cells that somebody gave into a row. Columns that allowed does not name are refused, each by name.
func write(r *pack.Register, row *register.Row, cells map[string]register.Cell, allowed func(c *pack.Column) bool) fault.List {
	var faults fault.List
	for _, name := range sortedNames(cells) {
		n := columnAt(r, name)
		if n < 0 {
			faults.Add(fault.At(fault.Place{Column: name}, "record.column_unknown", message.Args{"column": name, "register": r.Title}))
			continue
		}
		c := r.Columns[n]
		cell, wrong := fit(c, cells[name])
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

// complete returns a fault for every column that must be filled and is not.
func complete(r *pack.Register, row register.Row) fault.List {
	var faults fault.List
	for n, c := range r.Columns {
		if !given(r, c) || row.Cells[n].Known {
			continue
		}
		if c.Required || slices.Contains(r.Key, c.Name) {
			one := register.Unfilled(c)
			one.Place.Column = c.Name
			faults.Add(one)
		}
	}
	return faults
}

// HeadingOf says in a few words what a row is about: the column that the register names, else its key. A personal column
// is shown masked.
func HeadingOf(r *pack.Register, row register.Row) string {
	for _, name := range append([]string{r.Heading}, r.Key...) {
		n := columnAt(r, name)
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
