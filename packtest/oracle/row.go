package oracle

import (
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/expr/oracle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// rowFacts are what formulas over one row may name: its columns, options of its choices, parameters and switches.
type rowFacts struct {
	world  *World
	reg    *pack.Register
	row    register.Row
	period period.Period // that is computed; of a row of the period the same
	stage  unit.Stage
}

func (w *World) facts(reg *pack.Register, row register.Row, p period.Period) rowFacts {
	u, _ := w.unit(row.Unit)
	f := rowFacts{world: w, reg: reg, row: row, period: p}
	if u.Kind == unit.Section {
		f.stage = u.Stages[0]
	}
	return f
}

// Leaves of a row are none.
func (f rowFacts) Leaves(int) []int { return nil }

// Logical tells whether a name holds conditions.
func (f rowFacts) Logical(name string) bool {
	at := slices.IndexFunc(f.reg.Columns, func(c *pack.Column) bool { return c.Name == name })
	if at >= 0 {
		return f.reg.Columns[at].Type == pack.Flag
	}
	_, isParameter := f.world.parameter(name)
	return !isParameter && name != pack.RowDaysOpen && name != pack.RowDaysLate
}

// Value returns what a name stands for.
func (f rowFacts) Value(reference expr.Reference, _ int) measure.Value {
	name := reference.Name
	for at, column := range f.reg.Columns {
		if column.Name == name {
			return f.number(at)
		}
		option, ours := strings.CutPrefix(name, column.Name+".")
		if !ours || column.Type != pack.Choice || !slices.ContainsFunc(column.Choices, func(o pack.Option) bool { return o.Name == option }) {
			continue
		}
		chosen, lacks := f.text(at)
		if lacks != nil {
			return *lacks
		}
		return truth(chosen == option)
	}
	if value, isClock := f.clock(name); isClock {
		return value
	}
	value, known := f.world.given(name, f.row.Unit, f.stage, f.period)
	if !known {
		return measure.MissingFor(name)
	}
	return value
}

// number returns the number or flag of a column, reported or computed. Of a choice it is the number of the option, from 1.
func (f rowFacts) number(at int) measure.Value {
	column := f.reg.Columns[at]
	switch {
	case column.Formula != nil:
		return oracle.Evaluate(column.Formula.Ready.Tree(), f, 0)
	case column.Lookup != nil:
		return f.lookedUp(column)
	case !f.row.Cells[at].Known:
		return measure.MissingFor(column.Name)
	case column.Type == pack.Choice:
		return measure.Of(float64(1 + slices.IndexFunc(column.Choices, func(o pack.Option) bool { return o.Name == f.row.Cells[at].Text })))
	}
	return measure.Of(f.row.Cells[at].Number)
}

// text returns the option of a choice, or another text, or why there is none.
func (f rowFacts) text(at int) (string, *measure.Value) {
	column, cell := f.reg.Columns[at], f.row.Cells[at]
	if column.Formula == nil && column.Lookup == nil {
		if cell.Known {
			return cell.Text, nil
		}
		lacks := measure.MissingFor(column.Name)
		return "", &lacks
	}
	value := f.number(at)
	number, known := value.Number()
	if !known {
		return "", &value
	}
	if column.Type != pack.Choice {
		return measure.Of(number).Text("zh"), nil
	}
	if number != float64(int(number)) || number < 1 || int(number) > len(column.Choices) {
		lacks := measure.InvalidBecause(measure.OutsideDomain)
		return "", &lacks
	}
	return column.Choices[int(number)-1].Name, nil
}

// lookedUp returns the points that a table gives.
func (f rowFacts) lookedUp(column *pack.Column) measure.Value {
	table, _ := f.world.table(column.Lookup.Table)
	valueAt := slices.IndexFunc(f.reg.Columns, func(c *pack.Column) bool { return c.Name == column.Lookup.Value })
	value := f.number(valueAt)
	var by []string
	var lacking []measure.Value
	for _, name := range table.By {
		at := slices.IndexFunc(f.reg.Columns, func(c *pack.Column) bool { return c.Name == name })
		text, lacks := f.text(at)
		if lacks != nil {
			lacking = append(lacking, *lacks)
		}
		by = append(by, text)
	}
	if joined, lacks := measure.Join(lacking...); lacks {
		all, _ := measure.Join(joined, value)
		return all
	}
	for i := len(table.Rows) - 1; i >= 0; i-- {
		if slices.Equal(table.Rows[i].By, by) {
			number, known := value.Number()
			if !known {
				return value
			}
			return points(table, table.Rows[i], number)
		}
	}
	return measure.InvalidBecause("register.row.no_table_row")
}

// points reads one row of a table.
func points(table pack.Table, row pack.TableRow, x float64) measure.Value {
	reaches := func(limit float64, falling bool) bool {
		near := measure.Compare(x, limit) == 0
		return near || !falling && x > limit || falling && x < limit
	}
	for _, band := range row.Bands {
		above := band.From == nil || reaches(*band.From, false)
		below := band.Below == nil || !reaches(*band.Below, false)
		if above && below {
			return measure.Of(band.Points)
		}
	}
	lowest := measure.InvalidBecause(measure.OutsideDomain)
	for i, cell := range row.Reach {
		if cell == nil {
			continue
		}
		if reaches(*cell, table.Falling) {
			return measure.Of(table.Points[i])
		}
		lowest = measure.Of(table.Points[i])
	}
	if table.Otherwise != nil {
		return measure.Of(*table.Otherwise)
	}
	return lowest
}

// Cell returns the value of a column of a row, reported or computed: a number, a flag, the number of an option, or why
// there is none. Texts and dates have none.
func (w *World) Cell(reg *pack.Register, row register.Row, column string, p period.Period) measure.Value {
	at := slices.IndexFunc(reg.Columns, func(c *pack.Column) bool { return c.Name == column })
	return w.facts(reg, row, p).number(at)
}

// Broken returns the checks of a register that a row does not fulfil, by their numbers.
func (w *World) Broken(reg *pack.Register, row register.Row, p period.Period) []int {
	var broken []int
	for i, check := range reg.Checks {
		if oracle.Evaluate(check.That.Ready.Tree(), w.facts(reg, row, p), 0).Equal(measure.Of(0)) {
			broken = append(broken, i)
		}
	}
	return broken
}
