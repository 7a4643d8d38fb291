package packtest

import (
	"slices"
	"strconv"

	"jiaoheng/expr"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// lifeRow is a row of a story, with who did which event last, and the letter and the rows that its last event brought.
type lifeRow struct {
	id       string
	register *pack.Register
	row      register.Row
	last     map[string]string
	letter   string
	opened   string
}

// copied is a row that can be changed without changing this one.
func (r *lifeRow) copied() *lifeRow {
	other := *r
	other.row.Cells = slices.Clone(r.row.Cells)
	return &other
}

func (r *lifeRow) at(column string) int { return r.register.At(column) }

func (r *lifeRow) text(column string) string { return register.TextOf(r.register, r.row, column) }

func (r *lifeRow) put(column, text string) {
	register.Put(r.register, &r.row, column, register.TextCell(text))
}

// shown returns what a step may compare: a column as it is written in steps, the letter that the last event sent, the
// registers in which it opened rows. "-" stands for nothing.
func (r *lifeRow) shown(name string) (string, bool) {
	value := ""
	switch at := r.at(name); {
	case at >= 0:
		value = cellWord(r.row.Cells[at], r.register.Columns[at])
	case name == "letter":
		value = r.letter
	case name == "opens":
		value = r.opened
	default:
		return "", false
	}
	if value == "" {
		value = "-"
	}
	return value, true
}

// cellWord writes a cell as steps do.
func cellWord(cell register.Cell, column *pack.Column) string {
	switch {
	case !cell.Known:
		return ""
	case column.Type == pack.Flag:
		return strconv.FormatBool(cell.Number != 0)
	case column.Type.Numeric():
		return strconv.FormatFloat(cell.Number, 'f', -1, 64)
	}
	return cell.Text
}

// life is the row as its lifecycle asks about it.
func (t *lifeTeller) life(row *lifeRow) lifecycle.Row {
	return register.LifeOf(row.register, row.row, row.last, t.valueOf(row))
}

// valueOf computes formulas over a row as of the day.
func (t *lifeTeller) valueOf(row *lifeRow) func(f *expr.Written) measure.Value {
	return func(f *expr.Written) measure.Value { return t.grid(row).Formula(0, f.Ready) }
}

func (t *lifeTeller) grid(row *lifeRow) *register.Grid {
	rules := t.rules[row.register.Name]
	if rules == nil {
		read, faults := register.RulesOf(row.register, register.NamesOf(t.story.Scope))
		if faults != nil {
			panic("packtest: a pack without faults has rules: " + faults.Error())
		}
		t.rules[row.register.Name], rules = read, read
	}
	return rules.Compute([]register.Row{row.row}, register.Given{Period: period.Period{Kind: period.Day, Start: t.day}, Value: t.given})
}

// given returns parameters and switches as they hold on the day.
func (t *lifeTeller) given(name, code string) measure.Value {
	if len(name) > 7 && name[:7] == "switch." {
		if t.story.Switches[name[7:]] {
			return measure.Of(1)
		}
		return measure.Of(0)
	}
	parameter, known := t.story.Scope.Parameter(name)
	if !known {
		return measure.MissingFor(name)
	}
	regions := []string{code}
	for _, one := range t.now.Codes {
		regions = append(regions, one.Code)
	}
	if number, _, found := pack.ResolveFor("", parameter.Values, t.day, regions, t.story.Switches); found {
		return measure.Of(number)
	}
	return measure.MissingFor(name)
}
