package register

import (
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
)

// Grid holds rows of one register as columns, with the computed ones. It is made of rows by Rules.Compute and then only
// read, by one goroutine at a time.
type Grid struct {
	rules   *Rules
	rows    []Row
	given   Given
	units   []string // of the rows, in the order in which they come
	unitOf  []int    // of each row
	columns []*frame.Column
	named   map[string]*frame.Column // options and given values, made when first asked for
	days    map[string]int           // of texts of dates
	shape   expr.Shape
}

// Compute computes the columns of rows that are not reported.
//
// Shapes:  every row has a cell for each column of the register; else it panics.
// Missing: a computed cell that lacks an operand is missing under the names of all columns that it lacks. It is never 0.
func (r *Rules) Compute(rows []Row, given Given) *Grid {
	g := &Grid{rules: r, rows: rows, given: given, named: map[string]*frame.Column{}, days: map[string]int{}, shape: rowShape(len(rows))}
	g.numberUnits()
	g.columns = make([]*frame.Column, len(r.register.Columns))
	for i, column := range r.register.Columns {
		if column.Type.Numeric() || column.Type == pack.Flag || column.Type == pack.Choice {
			g.columns[i] = frame.NewColumn(len(rows))
		}
	}
	g.fill()
	for _, c := range r.computed {
		g.compute(c)
	}
	return g
}

// rowShape is the shape of n units that have nothing below them.
func rowShape(n int) expr.Shape {
	shape := expr.Shape{End: make([]int, n), Leaf: frame.NewBitmap(n)}
	for i := range shape.End {
		shape.End[i] = i + 1
	}
	return shape
}

func (g *Grid) numberUnits() {
	number := map[string]int{}
	g.unitOf = make([]int, len(g.rows))
	last, at := "", -1
	for i := range g.rows {
		if code := g.rows[i].Unit; at < 0 || code != last {
			known := false
			if at, known = number[code]; !known {
				at = len(g.units)
				number[code] = at
				g.units = append(g.units, code)
			}
			last = code
		}
		g.unitOf[i] = at
	}
}

// fill puts the reported cells into columns. An option stands there as its number, from 1.
func (g *Grid) fill() {
	reported := make([]bool, len(g.columns))
	for at, column := range g.rules.register.Columns {
		reported[at] = g.columns[at] != nil && column.Formula == nil && column.Lookup == nil
	}
	for i := range g.rows {
		for at, column := range g.columns {
			cell := &g.rows[i].Cells[at]
			if !reported[at] || !cell.Known {
				continue
			}
			number := cell.Number
			if options := g.rules.option[at]; options != nil {
				if number = float64(options[cell.Text]); number == 0 {
					continue
				}
			}
			column.Numbers[i] = number
			column.Present.Set(i)
		}
	}
}

func (g *Grid) compute(c computed) {
	out := g.columns[c.column]
	if c.lookup != nil {
		c.lookup.run(g, out)
	} else {
		c.formula.Run(g, g.shape, 0, len(g.rows), out)
	}
	options := len(g.rules.option[c.column])
	if options == 0 {
		return
	}
	for i, number := range out.Numbers {
		if out.Present.Get(i) && (number != float64(int(number)) || number < 1 || number > float64(options)) {
			out.Set(i, measure.InvalidBecause(measure.OutsideDomain))
		}
	}
}

// Column gives formulas over rows the column of a name.
func (g *Grid) Column(reference expr.Reference) *frame.Column {
	at, known := g.rules.column[reference.Name]
	if known {
		return g.columns[at]
	}
	column := g.named[reference.Name]
	if column != nil {
		return column
	}
	if at, known = g.rules.columnOf(reference.Name); known {
		column = g.optionColumn(at, reference.Name)
	} else if read, isClock := g.clockColumn(reference.Name); isClock {
		column = read
	} else {
		column = g.givenColumn(reference.Name)
	}
	g.named[reference.Name] = column
	return column
}

// optionColumn tells for each row whether the option is chosen.
func (g *Grid) optionColumn(at int, name string) *frame.Column {
	column := g.columns[at]
	option := name[strings.LastIndexByte(name, '.')+1:]
	wanted := float64(g.rules.option[at][option])
	why := column.Otherwise
	if why.Kind == measure.None {
		why = measure.MissingFor(g.rules.register.Columns[at].Name).Reason()
	}
	out := &frame.Column{Numbers: make([]float64, len(g.rows)), Present: slices.Clone(column.Present), Reasons: column.Reasons, Otherwise: why}
	for i, number := range column.Numbers {
		if number == wanted {
			out.Numbers[i] = 1
		}
	}
	return out
}

// givenColumn asks for a parameter or a switch once for each unit.
func (g *Grid) givenColumn(name string) *frame.Column {
	return spread(len(g.rows), g.unitOf, g.givenValues(name))
}

// givenValues returns a given value for each unit of the rows.
func (g *Grid) givenValues(name string) []measure.Value {
	values := make([]measure.Value, len(g.units))
	for u, unit := range g.units {
		values[u] = measure.MissingFor(name)
		if g.given.Value != nil {
			values[u] = g.given.Value(name, unit)
		}
	}
	return values
}

// spread returns a column of n cells with the value of the group of each.
func spread(n int, groupOf []int, values []measure.Value) *frame.Column {
	out := frame.NewColumn(n)
	for i, group := range groupOf {
		if number, known := values[group].Number(); known {
			out.Numbers[i] = number
			out.Present.Set(i)
			continue
		}
		out.Set(i, values[group])
	}
	return out
}

func (g *Grid) valueAt(column, row int) measure.Value {
	return g.columns[column].Get(row, g.rules.register.Columns[column].Name)
}

// Value returns a number, a flag (0, 1) or the number of an option (from 1) of a row, or why there is none. A column of
// another type, or an unknown one, panics.
func (g *Grid) Value(row int, column string) measure.Value {
	return g.valueAt(g.rules.column[column], row)
}

// Rows returns the rows with their computed cells. The rows that the grid was made of stay as they are.
func (g *Grid) Rows() []Row {
	rows := slices.Clone(g.rows)
	width := len(g.columns)
	cells := make([]Cell, 0, len(rows)*width)
	for i := range rows {
		cells = append(cells, rows[i].Cells...)
		rows[i].Cells = cells[i*width : (i+1)*width : (i+1)*width]
	}
	for _, c := range g.rules.computed {
		column, choices := g.columns[c.column], g.rules.register.Columns[c.column].Choices
		for i := range rows {
			cell := Cell{Known: column.Present.Get(i), Number: column.Numbers[i]}
			if cell.Known && choices != nil {
				cell = Cell{Known: true, Text: choices[int(cell.Number)-1].Name}
			}
			rows[i].Cells[c.column] = cell
		}
	}
	return rows
}

// Failure is a row that does not fulfil a check; both are numbers from 0.
type Failure struct{ Row, Check int }

// Failures returns, by rows, the checks of the register that rows do not fulfil. A check for which a cell is missing is
// not failed: that it is missing is told by itself.
func (g *Grid) Failures() []Failure {
	var failures []Failure
	out := frame.NewColumn(len(g.rows))
	for check, formula := range g.rules.checks {
		formula.Run(g, g.shape, 0, len(g.rows), out)
		for i, holds := range out.Numbers {
			if out.Present.Get(i) && holds == 0 {
				failures = append(failures, Failure{i, check})
			}
		}
	}
	slices.SortStableFunc(failures, func(a, b Failure) int { return a.Row - b.Row })
	return failures
}
