package calendar

import (
	"cmp"
	"slices"

	"jiaoheng/pack"
	"jiaoheng/period"
)

// Year is what is known of one year.
type Year struct {
	Year    int
	Known   bool           // announced; else the year counts by weekday
	Shipped *pack.Calendar // nil: no pack holds it
	Working int            // days worked in the year
	Days    []YearDay      // that differ from their weekday or were named, in order
}

// YearDay is one named day of a year with where it is known from.
type YearDay struct {
	On     period.Date
	Name   pack.Text
	Off    bool
	Source *pack.Source // nil: the bureau read it in
}

// Years returns what is known of the years from … to, both included.
func Years(from, to int, shipped []*pack.Calendar, days []Day) []Year {
	present := Of(shipped, days)
	var years []Year
	for year := from; year <= to; year++ {
		first := period.Date{Year: year, Month: 1, Day: 1}
		last := period.Date{Year: year, Month: 12, Day: 31}
		one := Year{Year: year, Known: present.Known(year), Working: present.Between(first.AddDays(-1), last, period.WorkingDays)}
		named := map[period.Date]YearDay{}
		for _, c := range shipped {
			if c.Year == year {
				one.Shipped = c
				note(named, c.Holidays, true, &c.Source)
				note(named, c.Workdays, false, &c.Source)
			}
		}
		for _, d := range days {
			if d.On.Year == year {
				named[d.On] = YearDay{On: d.On, Name: pack.Text{Chinese: d.Name}, Off: d.Off}
			}
		}
		for _, d := range named {
			one.Days = append(one.Days, d)
		}
		slices.SortFunc(one.Days, func(a, b YearDay) int { return cmp.Compare(a.On.String(), b.On.String()) })
		years = append(years, one)
	}
	return years
}

func note(named map[period.Date]YearDay, days []pack.CalendarDay, off bool, source *pack.Source) {
	for i, d := range days {
		from := source
		if d.Source.Document != "" {
			from = &days[i].Source
		}
		named[d.On] = YearDay{On: d.On, Name: d.Name, Off: off, Source: from}
	}
}
