package register

import (
	"slices"
	"strconv"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// CellOf returns a cell of a row, an empty one when the register has no column of the name.
func CellOf(r *pack.Register, row Row, name string) Cell {
	if n := r.At(name); n >= 0 && n < len(row.Cells) {
		return row.Cells[n]
	}
	return Cell{}
}

// TextOf returns the text of a cell, "" when it is empty.
func TextOf(r *pack.Register, row Row, name string) string {
	if cell := CellOf(r, row, name); cell.Known {
		return cell.Text
	}
	return ""
}

// DateOf returns a date of a row, the zero date when the cell is empty.
func DateOf(r *pack.Register, row Row, name string) period.Date {
	day, _ := period.ParseDate(TextOf(r, row, name))
	return day
}

// TextCell is a cell with a text, empty for "".
func TextCell(text string) Cell { return Cell{Known: text != "", Text: text} }

// DateCell is a cell with a day, empty for the zero date.
func DateCell(day period.Date) Cell {
	if day.IsZero() {
		return Cell{}
	}
	return TextCell(day.String())
}

// Put writes a cell of a row; the row must own its cells.
func Put(r *pack.Register, row *Row, name string, cell Cell) {
	if n := r.At(name); n >= 0 {
		row.Cells[n] = cell
	}
}

// LifeOf is a row as its lifecycle asks about it. last names who did which event last; value computes a formula over the row.
func LifeOf(r *pack.Register, row Row, last map[string]string, value func(*expr.Written) measure.Value) lifecycle.Row {
	return lifecycle.Row{State: TextOf(r, row, pack.ColumnState), Since: DateOf(r, row, pack.ColumnSince), Due: DateOf(r, row, pack.ColumnDue),
		Back: TextOf(r, row, pack.ColumnBack), Last: last, Values: value,
		Date: func(column string) period.Date { return DateOf(r, row, column) },
		Title: func(column string) message.Pair {
			if n := r.At(column); n >= 0 {
				return r.Columns[n].Title
			}
			return message.Pair{Chinese: column, English: column}
		}}
}

// PutNext writes how a row stands after an event into its columns; the row must own its cells.
func PutNext(r *pack.Register, row *Row, next lifecycle.Next) {
	Put(r, row, pack.ColumnState, TextCell(next.State))
	Put(r, row, pack.ColumnSince, DateCell(next.Since))
	Put(r, row, pack.ColumnDue, DateCell(next.Due))
	Put(r, row, pack.ColumnBack, TextCell(next.Back))
}

// Lacking returns a fault for every column that people must fill and that is empty, with the column as its place.
func Lacking(r *pack.Register, row Row) fault.List {
	var faults fault.List
	for n, c := range r.Columns {
		if r.Written(c) && !row.Cells[n].Known && (c.Required || slices.Contains(r.Key, c.Name)) {
			one := Unfilled(c)
			one.Place.Column = c.Name
			faults.Add(one)
		}
	}
	return faults
}

// Refusals returns a fault for every check of the register, warnings left out, that a row does not fulfil.
func (g *Grid) Refusals() fault.List {
	var faults fault.List
	for _, failure := range g.Failures() {
		if one := g.rules.register.Checks[failure.Check]; !one.Warn {
			faults.Add(fault.New("register.check_failed", message.Args{"say": one.Say}))
		}
	}
	return faults
}

// Fit looks whether a cell fits its column, as a form would: the fault names the column as its place.
func Fit(c *pack.Column, cell Cell) (Cell, *fault.Fault) {
	if !cell.Known {
		return Cell{}, nil
	}
	text := cell.Text
	if c.Type.Numeric() || c.Type == pack.Flag {
		text = strconv.FormatFloat(cell.Number, 'f', -1, 64)
	}
	read, wrong := ReadCell(text, c)
	if wrong != nil {
		wrong.Place.Column = c.Name
	}
	return read, wrong
}

// Preset is the cell for which a pack wrote a text, as a default or for a row that is opened: of a date column "today" is the
// day. What the pack cannot fill, such as the default "same", stays empty.
func Preset(c *pack.Column, text string, day period.Date) Cell {
	if c.Type == pack.Date && text == pack.DefaultToday {
		return DateCell(day)
	}
	cell, wrong := ReadCell(text, c)
	if wrong != nil {
		return Cell{}
	}
	return cell
}

// OpenedCells returns the cells of a row that is opened: copied from the row that opens it, of which the computed cells are
// given too, or filled as they would be typed.
func OpenedCells(opens lifecycle.Opens, from *pack.Register, row Row, to *pack.Register, day period.Date) map[string]Cell {
	cells := map[string]Cell{}
	for there, here := range opens.Copy {
		if n, at := to.At(there), from.At(here); n >= 0 && at >= 0 && row.Cells[at].Known {
			cells[there] = copied(from.Columns[at], to.Columns[n], row.Cells[at])
		}
	}
	for there, text := range opens.Fill {
		if n := to.At(there); n >= 0 {
			cells[there] = Preset(to.Columns[n], text, day)
		}
	}
	return cells
}

// copied turns a cell of one column into one of another: of the same sort as it is, of texts as it is written.
func copied(from, to *pack.Column, cell Cell) Cell {
	if to.Type != pack.Line || from.Type == pack.Line {
		return cell
	}
	return TextCell(CellText(cell, from, message.Chinese))
}

// OpenedLead is the code of the unit that leads a row that is opened, "" for none.
func OpenedLead(opens lifecycle.Opens, from *pack.Register, row Row) string {
	switch opens.Lead {
	case lifecycle.LeadSame:
		return TextOf(from, row, pack.ColumnLead)
	case lifecycle.LeadUnit:
		return row.Unit
	}
	return ""
}

// OpenedUnit is the code of the unit of a row that is opened.
func OpenedUnit(opens lifecycle.Opens, from *pack.Register, row Row) string {
	if lead := TextOf(from, row, pack.ColumnLead); opens.Unit == lifecycle.UnitLead && !opens.Part && lead != "" {
		return lead
	}
	return row.Unit
}

// SetCells writes the columns that an event sets into a row, each computed from the row as it was given; the row must own its
// cells. A value that is missing empties the column.
func SetCells(r *pack.Register, row *Row, event *lifecycle.Event, day period.Date, value func(*expr.Written) measure.Value) fault.List {
	var faults fault.List
	for _, set := range event.Set {
		n := r.At(set.Column)
		if n < 0 {
			continue
		}
		cell, wrong := setCell(r.Columns[n], set, day, value)
		if wrong != nil {
			faults.Add(wrong)
		}
		row.Cells[n] = cell
	}
	return faults
}

func setCell(c *pack.Column, set lifecycle.Set, day period.Date, value func(*expr.Written) measure.Value) (Cell, *fault.Fault) {
	switch {
	case set.Today:
		return DateCell(day), nil
	case set.Option != "":
		return TextCell(set.Option), nil
	}
	found := value(set.To)
	number, known := found.Number()
	switch at := int(number); {
	case !known && found.Reason().Kind == measure.Missing:
		return Cell{}, nil
	case known && c.Type != pack.Choice:
		return Fit(c, Cell{Known: true, Number: number})
	case known && float64(at) == number && at >= 1 && at <= len(c.Choices):
		return TextCell(c.Choices[at-1].Name), nil
	}
	return Cell{}, fault.New("register.set_unknown", message.Args{"column": c.Title, "value": found.Text(message.Chinese)})
}
