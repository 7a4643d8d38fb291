package packtest

import (
	"fmt"
	"slices"
	"strconv"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// report takes the items of a table of units: each column of a register with one row for a unit, or an item that is
// otherwise computed from rows.
func (t *teller) report(load *Load) {
	for i, column := range load.Head {
		if slices.Contains(attributes, column.Text) {
			continue
		}
		reg, at := t.columnOf(column.Text, unit.Kind(load.Kind))
		if reg == nil {
			t.reportItem(load, i)
			continue
		}
		if !t.canLoad(column, reg.Columns[at]) || !t.fitsPeriod(load, reg, column.Place) {
			continue
		}
		for _, row := range load.Rows {
			code, known := t.story.Code(row[0].Text, "", []unit.Kind{unit.Kind(load.Kind)})
			if !known {
				continue // told where the unit was made
			}
			t.rowOf(reg, code, load.Period, row[0].Place).Cells[at] = t.cell(row[i], reg.Columns[at])
		}
	}
}

// columnOf finds a column of a register without key that units of the kind report.
func (t *teller) columnOf(name string, kind unit.Kind) (*pack.Register, int) {
	for _, reg := range t.scope.Registers() {
		if len(reg.Key) > 0 || !slices.Contains(reg.Of, kind) {
			continue
		}
		if at := slices.IndexFunc(reg.Columns, func(c *pack.Column) bool { return c.Name == name }); at >= 0 {
			return reg, at
		}
	}
	return nil, 0
}

// rowOf returns the one row of a unit and a period, made when it is asked for first.
func (t *teller) rowOf(reg *pack.Register, code string, when period.Period, place fault.Place) *register.Row {
	if reg.Every == 0 {
		when = period.Period{}
	}
	key := rowKey{reg.Name, code, when}
	at, known := t.row[key]
	if !known {
		at = len(t.story.Rows[reg.Name])
		t.row[key] = at
		t.addRow(reg, code, when, place)
	}
	return &t.story.Rows[reg.Name][at]
}

func (t *teller) addRow(reg *pack.Register, code string, when period.Period, place fault.Place) *register.Row {
	rows := t.story.Rows[reg.Name]
	row := register.Row{ID: fmt.Sprintf("%s-%d", reg.Name, len(rows)+1), Unit: code, Period: when, Cells: make([]register.Cell, len(reg.Columns)), Version: 1}
	t.story.Rows[reg.Name] = append(rows, row)
	t.story.place[row.ID] = place
	return &t.story.Rows[reg.Name][len(rows)]
}

// reportItem takes a column of values of an item that is otherwise computed from rows.
func (t *teller) reportItem(load *Load, i int) {
	column := load.Head[i]
	item, known := t.scope.Item(column.Text)
	if !known || item.Item == nil {
		t.fault(column.Place, "packtest.unknown_column", message.Args{"name": column.Text, "kind": load.Kind, "near": t.near(column.Text)})
		return
	}
	if !slices.Contains(item.Register.Of, unit.Kind(load.Kind)) {
		t.fault(column.Place, "packtest.not_of_kind", message.Args{"name": column.Text, "kind": load.Kind, "kinds": kindsText(item.Register.Of)})
		return
	}
	for _, row := range load.Rows {
		code, known := t.story.Code(row[0].Text, "", []unit.Kind{unit.Kind(load.Kind)})
		if !known {
			continue
		}
		value := measure.MissingFor(column.Text)
		if row[i].Text != silent {
			cell := t.cell(row[i], &pack.Column{Name: column.Text, Type: pack.Number})
			value = measure.Of(cell.Number)
		}
		t.story.Facts = append(t.story.Facts, Fact{code, column.Text, load.Period, value})
	}
}

// rows takes rows of a register with a key.
func (t *teller) rows(load *Load) {
	reg, known := t.scope.Register(load.Register)
	if !known {
		t.fault(load.Place, "packtest.unknown_register", message.Args{"name": load.Register})
		return
	}
	if !t.fitsPeriod(load, reg, load.Place) {
		return
	}
	at := make([]int, len(load.Head))
	for i, column := range load.Head[1:] {
		at[i+1] = slices.IndexFunc(reg.Columns, func(c *pack.Column) bool { return c.Name == column.Text })
		if at[i+1] < 0 {
			t.fault(column.Place, "packtest.unknown_row_column", message.Args{"name": column.Text, "register": reg.Name})
		} else if !t.canLoad(column, reg.Columns[at[i+1]]) {
			at[i+1] = -1
		}
	}
	for _, words := range load.Rows {
		code, known := t.story.Code(words[0].Text, "", reg.Of)
		if u := t.units[code]; !known || u == nil {
			t.fault(words[0].Place, "packtest.unknown_unit", message.Args{"id": words[0].Text})
			continue
		} else if !slices.Contains(reg.Of, u.Kind) {
			t.fault(words[0].Place, "packtest.not_of_kind", message.Args{"name": reg.Name, "kind": u.Kind, "kinds": kindsText(reg.Of)})
			continue
		}
		when := load.Period
		if reg.Every == 0 {
			when = period.Period{}
		}
		row := t.addRow(reg, code, when, words[0].Place)
		for i, word := range words {
			if i > 0 && at[i] >= 0 {
				row.Cells[at[i]] = t.cell(word, reg.Columns[at[i]])
			}
		}
	}
}

// canLoad refuses columns that are computed.
func (t *teller) canLoad(column Word, declared *pack.Column) bool {
	if declared.Formula == nil && declared.Lookup == nil {
		return true
	}
	t.fault(column.Place, "packtest.computed_column", message.Args{"name": column.Text})
	return false
}

// fitsPeriod tells whether a table is loaded for a period as the register has them.
func (t *teller) fitsPeriod(load *Load, reg *pack.Register, at fault.Place) bool {
	if reg.Every == 0 || load.Period.Kind == reg.Every {
		return true
	}
	t.fault(at, "packtest.other_period", message.Args{"register": reg.Name, "every": everyText[reg.Every]})
	return false
}

// everyText is how packs write the kinds of periods.
var everyText = map[period.Kind]string{period.Year: "year", period.SchoolYear: "school_year", period.Term: "term", period.Month: "month", period.Day: "day"}

// cell reads one value as the column wants it.
func (t *teller) cell(word Word, column *pack.Column) register.Cell {
	if word.Text == silent {
		return register.Cell{}
	}
	cell := register.Cell{Known: true}
	switch {
	case column.Type == pack.Flag || column.Type.Numeric() && (word.Text == "true" || word.Text == "false"):
		if word.Text != "true" && word.Text != "false" {
			t.fault(word.Place, "packtest.bad_cell", message.Args{"word": word.Text, "column": column.Name, "type": column.Type})
		}
		if word.Text == "true" {
			cell.Number = 1
		}
	case column.Type.Numeric():
		x, err := strconv.ParseFloat(word.Text, 64)
		if err != nil || !number.MatchString(word.Text) {
			t.fault(word.Place, "packtest.bad_cell", message.Args{"word": word.Text, "column": column.Name, "type": column.Type})
		}
		cell.Number = x
	case column.Type == pack.Choice:
		cell.Text = word.Text
		var options []string
		for _, option := range column.Choices {
			options = append(options, option.Name)
		}
		t.oneOf(word, options...)
	case column.Type == pack.Date:
		cell.Text = t.date(word).String()
	default:
		cell.Text = word.Text
	}
	return cell
}

// near returns the item that is written most like a name, or "".
func (t *teller) near(name string) string {
	var all []string
	for _, item := range t.scope.Items() {
		all = append(all, item.Name)
	}
	return expr.Nearest(name, all)
}

func kindsText(kinds []unit.Kind) string {
	text := ""
	for i, kind := range kinds {
		if i > 0 {
			text += "、"
		}
		text += string(kind)
	}
	return text
}
