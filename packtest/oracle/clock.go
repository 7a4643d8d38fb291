package oracle

import (
	"slices"

	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// clock returns what a name says of the clock of a row, as of the last day of the period: whether its deadline has passed, for
// how many days, and how long the row was open. It is false for every other name.
func (f rowFacts) clock(name string) (measure.Value, bool) {
	if f.reg.Life == nil || name != pack.RowOverdue && name != pack.RowDaysOpen && name != pack.RowDaysLate {
		return measure.Value{}, false
	}
	state := f.state()
	if state == nil {
		return measure.MissingFor(pack.ColumnState), true
	}
	today := f.period.To()
	if name == pack.RowDaysOpen {
		first, known := f.dateIn(f.reg.Opened())
		if !known {
			return measure.MissingFor(f.reg.Opened()), true
		}
		if closed, known := f.dateIn(pack.ColumnSince); known && state.Final && closed.Before(today) {
			today = closed
		}
		return measure.Of(float64(daysFrom(first, today))), true
	}
	due, known := f.dateIn(pack.ColumnDue)
	late := 0
	if known && !state.Final && !state.Pause {
		late = daysFrom(due, today)
	}
	if name == pack.RowOverdue {
		return truth(late > 0), true
	}
	return measure.Of(float64(late)), true
}

func (f rowFacts) state() *lifecycle.State {
	at := f.columnAt(pack.ColumnState)
	for _, state := range f.reg.Life.States {
		if f.row.Cells[at].Known && f.row.Cells[at].Text == state.Name {
			return state
		}
	}
	return nil
}

func (f rowFacts) columnAt(name string) int {
	return slices.IndexFunc(f.reg.Columns, func(c *pack.Column) bool { return c.Name == name })
}

func (f rowFacts) dateIn(column string) (period.Date, bool) {
	cell := f.row.Cells[f.columnAt(column)]
	if !cell.Known {
		return period.Date{}, false
	}
	return period.ParseDate(cell.Text)
}

// daysFrom counts the days from one day to a later one by walking them; 0 when it is not later.
func daysFrom(from, to period.Date) int {
	count := 0
	for day := from; day.Before(to); day = day.AddDays(1) {
		count++
	}
	return count
}
