package pack

import (
	"github.com/goccy/go-yaml/ast"

	"jiaoheng/message"
)

func (r *reader) readCalendar(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "calendar")
	if o == nil {
		return
	}
	calendar := &Calendar{Pack: p.Name, Year: o.whole("year", 0, 1949, 2999), Source: o.source(true), Place: r.place(at)}
	o.missing("year")
	o.missing("holidays")
	seen := map[string]bool{}
	calendar.Holidays = o.days("holidays", calendar.Year, seen)
	calendar.Workdays = o.days("workdays", calendar.Year, seen)
	p.Calendars = append(p.Calendars, calendar)
}

// days reads days of the year. None may stand twice, nor as a day off and as one that is worked.
func (o *object) days(key string, year int, seen map[string]bool) []CalendarDay {
	var all []CalendarDay
	for _, n := range o.list(key) {
		inner := o.entry(n, "day")
		if inner == nil {
			continue
		}
		inner.missing("on")
		day := CalendarDay{On: inner.date("on"), Name: inner.title(), Source: inner.source(false)}
		switch written := day.On.String(); {
		case day.On.IsZero():
			continue
		case day.On.Year != year && year != 0:
			inner.fault(inner.get("on"), "pack.day_year", message.Args{"date": written, "year": year})
		case seen[written]:
			inner.fault(inner.get("on"), "pack.day_twice", message.Args{"date": written})
		default:
			seen[written] = true
		}
		all = append(all, day)
	}
	return all
}
