package register

import (
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/period"
)

// window tells which rows lie in the time of an aggregate. Without a date these are the rows of the period, for a register
// without periods all; with a date, those dated in the period, or in the years up to its last day, whatever period the
// row itself was reported for.
//
// why gets, for the group of a row, why its place in time is not known.
func (g *Grid) window(a *aggregate, o over) ([]bool, *joined) {
	include, why := make([]bool, len(g.rows)), newJoined(o.groups)
	if a.dated < 0 {
		for i := range g.rows {
			include[i] = g.now(i)
		}
		return include, why
	}
	years := a.column(a.years, o, len(g.rows))
	from := map[float64]int{}
	last := dayNumber(g.given.Period.To())
	name := g.rules.register.Columns[a.dated].Name
	for i, group := range o.groupOf {
		if group < 0 || years == nil && !g.now(i) {
			continue
		}
		day, known := g.day(i, a.dated)
		switch {
		case !known:
			why.add(group, measure.MissingFor(name).Reason())
		case years == nil:
			include[i] = dayNumber(g.given.Period.From()) <= day && day <= last
		case !years.Present.Get(i):
			why.add(group, years.Get(i, nameOf(a.years)).Reason())
		default:
			first, valid := firstDay(from, g.given.Period, years, i)
			if !valid {
				why.add(group, measure.InvalidBecause(measure.OutsideDomain).Reason())
			}
			include[i] = valid && first <= day && day <= last
		}
	}
	return include, why
}

// MostYears is the longest rolling window.
const MostYears = 100

// firstDay returns the first day of the window of row i: so many whole years back from the day after the period, so that
// five years up to 2024-12-31 begin on 2020-01-01, and those up to 2024-02-29 on 2019-03-01.
func firstDay(known map[float64]int, p period.Period, years *frame.Column, i int) (int, bool) {
	n := years.Numbers[i]
	if first, seen := known[n]; seen {
		return first, true
	}
	if n != float64(int(n)) || n < 1 || n > MostYears {
		return 0, false
	}
	day := p.To().AddDays(1)
	day.Year -= int(n)
	known[n] = dayNumber(day)
	return known[n], true
}

// now tells whether a row stands in the period, or outside periods.
func (g *Grid) now(row int) bool {
	return g.rules.register.Every == 0 || g.rows[row].Period == g.given.Period
}

// day returns the day that stands in a column of dates.
func (g *Grid) day(row, column int) (int, bool) {
	cell := &g.rows[row].Cells[column]
	if !cell.Known {
		return 0, false
	}
	if at, seen := g.days[cell.Text]; seen {
		return at, at != noDay
	}
	at := noDay
	if date, valid := period.ParseDate(cell.Text); valid {
		at = dayNumber(date)
	}
	g.days[cell.Text] = at
	return at, at != noDay
}

// noDay stands for a text that is no date.
const noDay = -1 << 40

// dayNumber counts days, so that dates compare quickly.
func dayNumber(d period.Date) int { return int(d.Time().Unix() / 86400) }
