package register

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// FormColumn is one column of a register as a table: what templates, exports and imports have in common. Column is nil for those
// that name the unit or the row.
type FormColumn struct {
	Heading  string // with the measure in brackets
	Column   *pack.Column
	Required bool
}

// Form is a register as a table. Sections are named by the code of their school and their stage. The column of row ids is
// there only when the key is personal: it is exported masked, and rows are found again by their ids.
type Form struct {
	register *pack.Register
	columns  []int // of the register, in their order
	stage    bool
	rowID    bool
}

// FormOf returns the table of a register. A template has no column of row ids, and none that an import does not take.
func FormOf(register *pack.Register, template bool) Form {
	form := Form{register: register, stage: slices.Contains(register.Of, unit.Section)}
	for n, column := range register.Columns {
		if Stored(column) && (!template || register.Written(column)) {
			form.columns = append(form.columns, n)
		}
	}
	for _, column := range register.Columns {
		form.rowID = form.rowID || !template && column.Personal && slices.Contains(register.Key, column.Name)
	}
	return form
}

// Columns returns the columns in their order.
func (f Form) Columns(language message.Language) []FormColumn {
	base := func(key string, required bool) FormColumn {
		return FormColumn{Heading: message.Text(language, key, nil), Required: required}
	}
	columns := []FormColumn{base("register.form.unit", true), base("register.form.name", false)}
	if f.stage {
		columns = append(columns, base("register.form.stage", true))
	}
	if f.rowID {
		columns = append(columns, base("register.form.row", false))
	}
	for _, n := range f.columns {
		column := f.register.Columns[n]
		columns = append(columns, FormColumn{Heading: Heading(column, language), Column: column, Required: needs(f.register, column)})
	}
	return columns
}

// Heading returns the title of a column with its measure: 校舍面积（m²）.
func Heading(column *pack.Column, language message.Language) string {
	title := column.Title.In(language)
	if !column.Type.Numeric() {
		return title
	}
	m := columnMeasure(column)
	if m.Pure() && column.Type != pack.Percent {
		return title
	}
	return title + "（" + m.Text(language) + "）"
}

// UnitCells returns the cells that name a unit.
func (f Form) UnitCells(tree *unit.Tree, code string, language message.Language) []string {
	u, _ := tree.Find(code)
	stage := ""
	if u.Kind == unit.Section && len(u.Stages) == 1 {
		stage = stageWords(u.Stages).In(language)
		n, _ := tree.Number(code)
		if above := tree.Parent(n); above >= 0 && tree.At(above).Kind == unit.School {
			code = tree.At(above).Code
		}
	}
	cells := []string{code, u.Name}
	if f.stage {
		cells = append(cells, stage)
	}
	return cells
}

// Cells returns a row as an import reads it back.
func (f Form) Cells(tree *unit.Tree, row Row, language message.Language) []string {
	return f.CellsWith(tree, row, language, nil)
}

// CellsWith is Cells with what writes the columns that the lifecycle keeps; nil: as they are stored.
func (f Form) CellsWith(tree *unit.Tree, row Row, language message.Language, kept func(row Row, column *pack.Column) string) []string {
	cells := f.UnitCells(tree, row.Unit, language)
	if f.rowID {
		cells = append(cells, row.ID)
	}
	for _, n := range f.columns {
		column := f.register.Columns[n]
		if kept != nil && column.Kept {
			cells = append(cells, kept(row, column))
			continue
		}
		cells = append(cells, CellText(row.Cells[n], column, language))
	}
	return cells
}

// CellText returns a cell as people write it; an empty cell is "". A masked cell shows its mask.
func CellText(cell Cell, column *pack.Column, language message.Language) string {
	switch {
	case !cell.Known:
		return ""
	case column.Personal && cell.Text != "":
		return cell.Text
	case column.Type.Numeric():
		return strconv.FormatFloat(cell.Number, 'f', -1, 64)
	case column.Type == pack.Flag && cell.Number != 0:
		return message.Text(language, "register.form.yes", nil)
	case column.Type == pack.Flag:
		return message.Text(language, "register.form.no", nil)
	}
	for _, option := range column.Choices {
		if option.Name == cell.Text {
			return option.Title.In(language)
		}
	}
	return cell.Text
}

// Explain returns the sheet of explanations: a head and one row for each column.
func (f Form) Explain(language message.Language) [][]string {
	text := func(key string, args message.Args) string { return message.Text(language, key, args) }
	rows := [][]string{{text("register.form.column", nil), text("register.form.required", nil), text("register.form.type", nil),
		text("register.form.values", nil), text("register.form.help", nil)}}
	for _, c := range f.Columns(language) {
		required := text("register.form.no", nil)
		if c.Required {
			required = text("register.form.yes", nil)
		}
		if c.Column == nil {
			rows = append(rows, []string{c.Heading, required, text("register.type.text", nil), "", ""})
			continue
		}
		help := c.Column.Help.In(language)
		if c.Column.Personal {
			help = strings.TrimSpace(help + " " + text("register.form.personal", nil))
		}
		rows = append(rows, []string{c.Heading, required, text("register.type."+string(c.Column.Type), nil), valuesText(c.Column, language), help})
	}
	return rows
}

// valuesText says what a column takes.
func valuesText(column *pack.Column, language message.Language) string {
	switch column.Type {
	case pack.Choice:
		var all titles
		for _, option := range column.Choices {
			all = append(all, option.Title)
		}
		return all.In(language)
	case pack.Flag:
		return message.Text(language, "register.form.yes", nil) + " / " + message.Text(language, "register.form.no", nil)
	case pack.Date:
		return "2024-03-15"
	case pack.Line:
		return message.Text(language, "register.form.length", message.Args{"limit": textLimit(column)})
	}
	least, most := Limits(column)
	args := message.Args{"least": plainNumberText(least), "most": plainNumberText(most)}
	switch {
	case least > -mostNumber && most < mostNumber:
		return message.Text(language, "register.form.between", args)
	case least > -mostNumber:
		return message.Text(language, "register.form.from", args)
	case most < mostNumber:
		return message.Text(language, "register.form.to", args)
	}
	return ""
}

// UnitsToReport returns the codes of the units under one, itself included, that keep the register and stand in the period.
func UnitsToReport(register *pack.Register, tree *unit.Tree, under string, p period.Period) []string {
	below := tree.SubtreeOf(under)
	var codes []string
	for n := below.From; n < below.To; n++ {
		if u := tree.At(n); Keeps(register, u) && Open(u, p) {
			codes = append(codes, u.Code)
		}
	}
	return codes
}
