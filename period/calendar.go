package period

import (
	"cmp"
	"slices"
	"time"
)

// Count is how days are counted.
type Count string

// How days are counted.
const (
	WorkingDays  Count = "working"
	CalendarDays Count = "calendar"
)

// YearOff is what is announced of one year: the days off, and the days of weekends that are worked instead. A notice may
// also name days of the December before; they stand with the year of the notice.
type YearOff struct {
	Year     int
	Holidays []Date
	Workdays []Date
}

// Calendar knows which days are worked. A year that was not announced counts by weekday, Monday to Friday; Known tells.
// The zero value knows no year. A Calendar does not change; many may use it at once.
type Calendar struct {
	known  map[int]bool
	worked map[int]bool // days that differ from their weekday, by day number: whether they are worked
	days   []int        // the same days in order
	sums   []int        // sums[i] is what days[0] … days[i] add to the count of weekdays
}

// NewCalendar makes a calendar. Of several entries for one day the last one counts; a day that one entry names both as off
// and as worked is worked.
func NewCalendar(years ...YearOff) Calendar {
	c := Calendar{known: map[int]bool{}, worked: map[int]bool{}}
	for _, y := range years {
		c.known[y.Year] = true
		c.note(y.Holidays, false)
		c.note(y.Workdays, true)
	}
	c.arrange()
	return c
}

// With returns the calendar with single days set on top: those that a bureau was told of apart from the yearly notice. It
// does not make a year known.
func (c Calendar) With(holidays, workdays []Date) Calendar {
	next := Calendar{known: c.known, worked: map[int]bool{}}
	for day, worked := range c.worked {
		next.worked[day] = worked
	}
	next.note(holidays, false)
	next.note(workdays, true)
	next.arrange()
	return next
}

func (c *Calendar) note(days []Date, worked bool) {
	for _, d := range days {
		c.worked[d.number()] = worked
	}
}

// arrange leaves out the days that are as their weekday says and sums the others up.
func (c *Calendar) arrange() {
	for day, worked := range c.worked {
		if worked == weekday(day) {
			delete(c.worked, day)
			continue
		}
		c.days = append(c.days, day)
	}
	slices.Sort(c.days)
	sum := 0
	for _, day := range c.days {
		if c.worked[day] {
			sum++
		} else {
			sum--
		}
		c.sums = append(c.sums, sum)
	}
}

// Known tells whether the days off of the year were announced.
func (c Calendar) Known(year int) bool { return c.known[year] }

// Unknown returns the years between two days, both included, that were not announced: a count over them goes by weekday.
func (c Calendar) Unknown(from, to Date) []int {
	var years []int
	for year := from.Year; year <= to.Year; year++ {
		if !c.known[year] {
			years = append(years, year)
		}
	}
	return years
}

// Working tells whether the day is worked.
func (c Calendar) Working(d Date) bool {
	number := d.number()
	if worked, differs := c.worked[number]; differs {
		return worked
	}
	return weekday(number)
}

// Add returns the nth counted day after d, or before it when n is negative, and d itself when n is 0.
func (c Calendar) Add(d Date, n int, count Count) Date {
	if count != WorkingDays || n == 0 {
		return d.AddDays(n)
	}
	from := d.number()
	if n < 0 {
		at := from
		for lack := -n; lack > 0; lack = -n - (c.until(from-1) - c.until(at-1)) {
			at -= lack
		}
		return dateOfNumber(at)
	}
	// A day adds at most one, so that going on by what is lacking never goes too far, and the last step ends on a worked day.
	at := from
	for lack := n; lack > 0; lack = n - (c.until(at) - c.until(from)) {
		at += lack
	}
	return dateOfNumber(at)
}

// Between returns how many counted days lie after a up to b; the number is negative when b is earlier, and then counts the
// days from b to the one before a. Between(a, Add(a, n)) is n for every n.
func (c Calendar) Between(a, b Date, count Count) int {
	from, to := a.number(), b.number()
	switch {
	case count != WorkingDays:
		return to - from
	case to >= from:
		return c.until(to) - c.until(from)
	}
	return c.until(to-1) - c.until(from-1)
}

// until counts the days worked up to the day, from a day far back that cancels out in differences.
func (c Calendar) until(day int) int {
	week, rest := floor(day+mondayOffset, 7)
	count := 5*week + min(rest+1, 5)
	at, found := slices.BinarySearchFunc(c.days, day, cmp.Compare[int])
	if found {
		at++
	}
	if at > 0 {
		count += c.sums[at-1]
	}
	return count
}

// mondayOffset turns day numbers, which begin on a Thursday, into numbers that begin on a Monday.
const mondayOffset = 3

func weekday(day int) bool {
	_, rest := floor(day+mondayOffset, 7)
	return rest < 5
}

func floor(a, b int) (quotient, rest int) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		quotient, rest = quotient-1, rest+b
	}
	return quotient, rest
}

const secondsOfDay = 24 * 60 * 60

func (d Date) number() int {
	number, _ := floor(int(d.Time().Unix()), secondsOfDay)
	return number
}

func dateOfNumber(number int) Date {
	return DateOf(time.Unix(int64(number)*secondsOfDay, 0).UTC())
}
