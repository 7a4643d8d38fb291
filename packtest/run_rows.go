package packtest

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// expectedRows compares computed columns of rows. The other columns of the head say which row is meant.
func (r *runner) expectedRows(e *Expected) {
	reg, known := r.story.Scope.Register(e.Name)
	for _, line := range e.Lines {
		result := Result{Place: line.Place, Case: r.now.Name, What: Rows, Name: e.Name, Unit: unitText(line), Wanted: wantedText(line)}
		if !known {
			result.Fault = fault.At(e.Place, "packtest.unknown_register", message.Args{"name": e.Name})
			r.results = append(r.results, result)
			continue
		}
		keys, computed, unknown := stored(reg, e.Head)
		for _, word := range unknown {
			result.Fault = fault.At(word.Place, "packtest.unknown_row_column", message.Args{"name": word.Text, "register": reg.Name})
		}
		if result.Fault == nil {
			r.rowLine(e, reg, line, keys, computed, &result)
		}
		r.results = append(r.results, result)
	}
}

func (r *runner) rowLine(e *Expected, reg *pack.Register, line Line, keys, computed []int, result *Result) {
	code, known := r.story.Code(line.Key[0].Text, "", reg.Of)
	at := -1
	for i, row := range r.story.Rows[reg.Name] {
		fits := known && row.Unit == code && (reg.Every == 0 || row.Period == e.Period)
		for _, k := range keys {
			fits = fits && holds(reg, row, e.Head[k].Text, line.Wants[k-1])
		}
		if fits && at >= 0 {
			result.Fault = fault.At(line.Place, "packtest.row_not_clear", message.Args{"register": reg.Name})
			return
		}
		if fits {
			at = i
		}
	}
	if at < 0 {
		result.Fault = fault.At(line.Place, "packtest.no_row", message.Args{"register": reg.Name})
		return
	}
	when := e.Period
	if when.IsZero() {
		when = r.story.Rows[reg.Name][at].Period
	}
	r.ask(result, func(by computing) (string, bool) { return r.columns(by, reg, at, e, line, keys, computed, when) })
}

// columns lets one answer for every computed column of a row.
func (r *runner) columns(by computing, reg *pack.Register, at int, e *Expected, line Line, keys, computed []int, when period.Period) (string, bool) {
	var words []string
	passed := true
	for i := 1; i < len(e.Head); i++ {
		want := line.Wants[i-1]
		if slices.Contains(keys, i) {
			words = append(words, want.Word.Text)
			continue
		}
		value := by.column(reg, at, e.Head[i].Text, when)
		text := told(value, want)
		column := reg.Columns[slices.IndexFunc(reg.Columns, func(c *pack.Column) bool { return c.Name == e.Head[i].Text })]
		switch number, isNumber := value.Number(); {
		case isNumber && column.Type == pack.Choice:
			text = column.Choices[int(number)-1].Name
			passed = passed && text == want.Word.Text
		case want.Word.Text == silent:
			passed = passed && value.Reason().Kind == measure.Missing
		default:
			passed = passed && agrees(value, want, e.Head[i].Text)
		}
		words = append(words, text)
	}
	return strings.Join(words, " "), passed
}

// holds tells whether a row has in a column what a line says.
func holds(reg *pack.Register, row register.Row, column string, want Want) bool {
	at := slices.IndexFunc(reg.Columns, func(c *pack.Column) bool { return c.Name == column })
	cell := row.Cells[at]
	switch {
	case want.Word.Text == silent:
		return !cell.Known
	case !cell.Known:
		return false
	case reg.Columns[at].Type.Numeric():
		x, err := strconv.ParseFloat(want.Word.Text, 64)
		return err == nil && x == cell.Number
	case reg.Columns[at].Type == pack.Flag:
		return want.Word.Text == strconv.FormatBool(cell.Number == 1)
	}
	return want.Word.Text == cell.Text
}
