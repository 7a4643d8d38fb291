package period_test

import (
	"slices"
	"testing"

	"jiaoheng/period"
	"pgregory.net/rapid"
)

func day(t interface{ Fatalf(string, ...any) }, text string) period.Date {
	d, ok := period.ParseDate(text)
	if !ok {
		t.Fatalf("%q is no date", text)
	}
	return d
}

// newYear2024 is the turn of 2023 to 2024 as announced: Monday 1 January off.
func newYear2024(t *testing.T) period.Calendar {
	return period.NewCalendar(period.YearOff{Year: 2024,
		Holidays: []period.Date{day(t, "2024-01-01"), day(t, "2024-02-10"), day(t, "2024-02-11"), day(t, "2024-02-12"), day(t, "2024-02-13"),
			day(t, "2024-02-14"), day(t, "2024-02-15"), day(t, "2024-02-16"), day(t, "2024-02-17")},
		Workdays: []period.Date{day(t, "2024-02-04"), day(t, "2024-02-18")}})
}

func TestDaysAreCounted(t *testing.T) {
	c := newYear2024(t)
	cases := []struct {
		name  string
		from  string
		n     int
		count period.Count
		want  string
	}{
		{"nothing added", "2024-02-10", 0, period.WorkingDays, "2024-02-10"},
		{"over a weekend", "2024-01-05", 1, period.WorkingDays, "2024-01-08"},
		{"over new year", "2023-12-29", 1, period.WorkingDays, "2024-01-02"},
		{"a Sunday that is worked", "2024-02-02", 1, period.WorkingDays, "2024-02-04"},
		{"over the spring festival", "2024-02-09", 1, period.WorkingDays, "2024-02-18"},
		{"back over the spring festival", "2024-02-19", -2, period.WorkingDays, "2024-02-09"},
		{"back from a day off", "2024-02-12", -1, period.WorkingDays, "2024-02-09"},
		{"calendar days do not care", "2024-02-09", 10, period.CalendarDays, "2024-02-19"},
		{"back in calendar days", "2024-03-01", -1, period.CalendarDays, "2024-02-29"},
		{"a year that was not announced", "2025-01-28", 1, period.WorkingDays, "2025-01-29"},
	}
	for _, k := range cases {
		if got := c.Add(day(t, k.from), k.n, k.count).String(); got != k.want {
			t.Errorf("%s: %s, want %s", k.name, got, k.want)
		}
	}
	if c.Known(2025) || !c.Known(2024) || !slices.Equal(c.Unknown(day(t, "2023-12-01"), day(t, "2025-01-01")), []int{2023, 2025}) {
		t.Errorf("known years: %v", c.Unknown(day(t, "2023-12-01"), day(t, "2025-01-01")))
	}
}

func TestSingleDaysComeOnTop(t *testing.T) {
	c := newYear2024(t).With([]period.Date{day(t, "2024-02-18")}, []period.Date{day(t, "2024-02-17")})
	if c.Working(day(t, "2024-02-18")) || !c.Working(day(t, "2024-02-17")) || !c.Working(day(t, "2024-02-04")) {
		t.Error("the days set on top do not count, or others are lost")
	}
	if !newYear2024(t).Working(day(t, "2024-02-18")) {
		t.Error("the calendar below was changed")
	}
}

// The oracle walks day by day and looks each day up.
type oracle struct{ off, worked map[period.Date]bool }

func (o oracle) working(d period.Date) bool {
	switch {
	case o.worked[d]:
		return true
	case o.off[d]:
		return false
	}
	weekday := d.Time().Weekday()
	return weekday != 0 && weekday != 6
}

func (o oracle) add(d period.Date, n int) period.Date {
	step := 1
	if n < 0 {
		step = -1
	}
	for left := n * step; left > 0; {
		if d = d.AddDays(step); o.working(d) {
			left--
		}
	}
	return d
}

func (o oracle) between(a, b period.Date) int {
	count := 0
	for d := a; d.Before(b); {
		if d = d.AddDays(1); o.working(d) {
			count++
		}
	}
	for d := b; d.Before(a); d = d.AddDays(1) {
		if o.working(d) {
			count--
		}
	}
	return count
}

func TestCalendarAgreesWithWalkingDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := period.Date{Year: 1969, Month: 12, Day: 1}
		off := rapid.SliceOfN(rapid.IntRange(0, 400), 0, 60).Draw(t, "off")
		worked := rapid.SliceOfN(rapid.IntRange(0, 400), 0, 30).Draw(t, "worked")
		o := oracle{map[period.Date]bool{}, map[period.Date]bool{}}
		year := period.YearOff{Year: 1970}
		for _, n := range off {
			o.off[start.AddDays(n)] = true
			year.Holidays = append(year.Holidays, start.AddDays(n))
		}
		for _, n := range worked {
			o.worked[start.AddDays(n)] = true
			year.Workdays = append(year.Workdays, start.AddDays(n))
		}
		c := period.NewCalendar(year)
		a, b := start.AddDays(rapid.IntRange(-50, 450).Draw(t, "a")), start.AddDays(rapid.IntRange(-50, 450).Draw(t, "b"))
		n := rapid.IntRange(-80, 80).Draw(t, "n")
		if got, want := c.Working(a), o.working(a); got != want {
			t.Fatalf("%s is worked: %v, want %v", a, got, want)
		}
		if got, want := c.Add(a, n, period.WorkingDays), o.add(a, n); got != want {
			t.Fatalf("%s and %d days: %s, want %s", a, n, got, want)
		}
		if got, want := c.Between(a, b, period.WorkingDays), o.between(a, b); got != want {
			t.Fatalf("from %s to %s: %d, want %d", a, b, got, want)
		}
		for _, count := range []period.Count{period.WorkingDays, period.CalendarDays} {
			if got := c.Between(a, c.Add(a, n, count), count); got != n {
				t.Fatalf("%s and %d days lie %d apart", a, n, got)
			}
		}
	})
}

func BenchmarkAddWorkingDays(b *testing.B) {
	c := period.NewCalendar(period.YearOff{Year: 2024, Holidays: []period.Date{{Year: 2024, Month: 1, Day: 1}}})
	for b.Loop() {
		c.Add(period.Date{Year: 2023, Month: 12, Day: 20}, 15, period.WorkingDays)
	}
}
