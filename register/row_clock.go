package register

import (
	"slices"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// clock says where the columns stand from which the clock of a row of a register with a lifecycle is read.
type clock struct {
	life                      *lifecycle.Machine
	state, since, due, opened int
}

// clockNames are the names of what formulas of items read from the clock of a row.
var clockNames = []string{pack.RowOverdue, pack.RowDaysOpen, pack.RowDaysLate}

// clockOf returns the clock of a register; false when its rows have no state.
func (r *Rules) clockOf() (clock, bool) {
	if !r.register.Living() {
		return clock{}, false
	}
	return clock{life: r.register.Life, state: r.column[pack.ColumnState], since: r.column[pack.ColumnSince], due: r.column[pack.ColumnDue],
		opened: r.column[r.register.Opened()]}, true
}

// clockItems adds to what formulas over rows may name the clock of the row.
func clockItems(register *pack.Register, items expr.Items) {
	if !register.Living() {
		return
	}
	days, err := measure.Parse("天")
	if err != nil {
		panic("register: 天 is no measure")
	}
	items[pack.RowOverdue] = expr.Item{Type: expr.Logical}
	items[pack.RowDaysOpen] = expr.Item{Type: expr.Numeric, Measure: &days}
	items[pack.RowDaysLate] = expr.Item{Type: expr.Numeric, Measure: &days}
}

// clockColumn computes overdue, days_open or days_late of every row as of the day that is given.
//
// Measure: calendar days; overdue is 1 or 0.
// Missing: without a state, and for days_open without the day on which the row was opened. A row without a deadline, one that
// is closed and one that is paused are never late.
func (g *Grid) clockColumn(name string) (*frame.Column, bool) {
	c, living := g.rules.clockOf()
	if !living || !slices.Contains(clockNames, name) {
		return nil, false
	}
	out := frame.NewColumn(len(g.rows))
	for i := range g.rows {
		value := g.daysLate(c, i)
		switch late, known := value.Number(); {
		case name == pack.RowDaysOpen:
			value = g.daysOpen(c, i)
		case name == pack.RowOverdue && known && late > 0:
			value = measure.Of(1)
		}
		out.Set(i, value)
	}
	return out, true
}

// stateOf returns the state of a row, or nil.
func (g *Grid) stateOf(c clock, row int) *lifecycle.State {
	if cell := g.rows[row].Cells[c.state]; cell.Known {
		return c.life.State(cell.Text)
	}
	return nil
}

func (g *Grid) daysLate(c clock, row int) measure.Value {
	state := g.stateOf(c, row)
	if state == nil {
		return measure.MissingFor(pack.ColumnState)
	}
	due, known := g.day(row, c.due)
	if !known || !state.Running() {
		return measure.Of(0)
	}
	return measure.Of(float64(max(0, g.today()-due)))
}

// daysOpen counts from the day on which the row was opened to the day on which it was closed, or to the day that is given.
func (g *Grid) daysOpen(c clock, row int) measure.Value {
	state := g.stateOf(c, row)
	if state == nil {
		return measure.MissingFor(pack.ColumnState)
	}
	opened, known := g.day(row, c.opened)
	if !known {
		return measure.MissingFor(g.rules.register.Columns[c.opened].Name)
	}
	last := g.today()
	if closed, known := g.day(row, c.since); known && state.Final {
		last = min(last, closed)
	}
	return measure.Of(float64(max(0, last-opened)))
}

// today is the day as of which the clock is read.
func (g *Grid) today() int { return dayNumber(g.given.day()) }

func (given Given) day() period.Date {
	if !given.Day.IsZero() {
		return given.Day
	}
	return given.Period.To()
}

// DayOf returns the day as of which the clocks of rows are read for a period: its last one, or today where it still runs.
func DayOf(p period.Period, today period.Date) period.Date {
	if last := p.To(); today.IsZero() || last.Before(today) {
		return last
	}
	return today
}
