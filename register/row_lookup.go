package register

import (
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// NoTableRow is the reason of a value for which the table has no row, such as pull-ups of girls.
const NoTableRow = "register.row.no_table_row"

// lookup is a column that is looked up in a table, with the rows of the table numbered by the options of its By columns.
type lookup struct {
	value   int
	by      []int
	falling bool
	rows    []*ladder // by option numbers, the last of By counting fastest; nil: the table has none
	options []int     // how many options each of By has
}

// ladder is one row of a table: what must be reached for how many points, the best first; or bands.
type ladder struct {
	reach     []float64
	points    []float64
	otherwise measure.Value
	bands     []pack.Band
}

// readLookup finds the table and the columns of a lookup.
func (r *Rules) readLookup(column *pack.Column) (*lookup, fault.List) {
	var faults fault.List
	var table *pack.Table
	if r.names.Table != nil {
		table = r.names.Table(column.Lookup.Table)
	}
	if table == nil {
		faults.Add(fault.At(column.Place, "register.row.no_table", message.Args{"column": column.Name, "table": column.Lookup.Table}))
		return nil, faults
	}
	value, known := r.column[column.Lookup.Value]
	if !known || !r.register.Columns[value].Type.Numeric() {
		faults.Add(fault.At(column.Place, "register.row.lookup_value", message.Args{"column": column.Name, "value": column.Lookup.Value}))
	}
	l := &lookup{value: value, falling: table.Falling}
	size := 1
	for _, name := range table.By {
		at, known := r.column[name]
		if !known || r.option[at] == nil {
			faults.Add(fault.At(column.Place, "register.row.lookup_by", message.Args{"column": column.Name, "table": table.Name, "by": name}))
			continue
		}
		l.by = append(l.by, at)
		l.options = append(l.options, len(r.option[at]))
		size *= len(r.option[at])
	}
	if faults != nil {
		return nil, faults
	}
	l.rows = make([]*ladder, size)
	for _, row := range table.Rows {
		if at, known := r.rowOf(l, row.By); known {
			l.rows[at] = ladderOf(table, row)
		}
	}
	return l, nil
}

// rowOf returns the number of the row for option names. A row for an option that the column does not have is not ours:
// a table may serve several registers.
func (r *Rules) rowOf(l *lookup, options []string) (int, bool) {
	at := 0
	for i, name := range options {
		n := r.option[l.by[i]][name]
		if n == 0 {
			return 0, false
		}
		at = at*l.options[i] + n - 1
	}
	return at, true
}

// ladderOf leaves out the cells that do not exist. Whoever reaches no row gets Otherwise, or the lowest points.
func ladderOf(table *pack.Table, row pack.TableRow) *ladder {
	l := &ladder{bands: row.Bands, otherwise: measure.InvalidBecause(measure.OutsideDomain)}
	for i, cell := range row.Reach {
		if cell != nil {
			l.reach = append(l.reach, *cell)
			l.points = append(l.points, table.Points[i])
		}
	}
	switch {
	case table.Otherwise != nil:
		l.otherwise = measure.Of(*table.Otherwise)
	case len(l.points) > 0:
		l.otherwise = measure.Of(l.points[len(l.points)-1])
	}
	return l
}

// find returns the points for a value: those of the best row reached, with no points in between.
func (l *ladder) find(value float64, falling bool) measure.Value {
	for _, band := range l.bands {
		if (band.From == nil || measure.Compare(value, *band.From) >= 0) && (band.Below == nil || measure.Compare(value, *band.Below) < 0) {
			return measure.Of(band.Points)
		}
	}
	for i, reach := range l.reach {
		if c := measure.Compare(value, reach); c == 0 || (c < 0) == falling {
			return measure.Of(l.points[i])
		}
	}
	return l.otherwise
}

// run looks up every row.
//
// Missing: a row without value, or without an option of By, is missing under the names of what it lacks; a combination that
// the table does not have is Invalid(NoTableRow), whether or not there is a value.
func (l *lookup) run(g *Grid, out *frame.Column) {
	values := g.columns[l.value]
	out.Otherwise = measure.InvalidBecause(NoTableRow).Reason()
	for i := range out.Numbers {
		at, known := l.place(g, i)
		if !known {
			out.Set(i, l.unplaced(g, i))
			continue
		}
		row := l.rows[at]
		if row == nil {
			continue
		}
		if !values.Present.Get(i) {
			out.Set(i, g.valueAt(l.value, i))
			continue
		}
		points := row.find(values.Numbers[i], l.falling)
		number, known := points.Number()
		if !known {
			out.Set(i, points)
			continue
		}
		out.Numbers[i] = number
		out.Present.Set(i)
	}
}

// place returns the row of the table for row i of the grid, and false when an option is missing.
func (l *lookup) place(g *Grid, i int) (int, bool) {
	at := 0
	for k, by := range l.by {
		column := g.columns[by]
		if !column.Present.Get(i) {
			return 0, false
		}
		at = at*l.options[k] + int(column.Numbers[i]) - 1
	}
	return at, true
}

// unplaced returns why row i has no row in the table: the names of every option that is missing, and of the value.
func (l *lookup) unplaced(g *Grid, i int) measure.Value {
	values := []measure.Value{g.valueAt(l.value, i)}
	for _, by := range l.by {
		values = append(values, g.valueAt(by, i))
	}
	why, _ := measure.Join(values...)
	return why
}
