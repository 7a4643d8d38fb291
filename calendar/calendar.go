package calendar

import (
	"context"

	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// Day is one day that the bureau read in: off, or worked although it lies on a weekend.
type Day struct {
	On      period.Date
	Name    string
	Off     bool
	Version int64
}

// leastOff is the number of days off that the law gives everybody in a year since 2014; whoever read in as many has read in
// the notice of the year. Since 2025 there are 13.
const leastOff = 11

// Store keeps the days read in.
type Store interface {
	action.Store
	// Holidays returns every day read in, the earliest first.
	Holidays(ctx context.Context) ([]Day, error)
	// HolidaysInsert and HolidaysUpdate work inside an action only.
	HolidaysInsert(ctx context.Context, days []Day) error
	HolidaysUpdate(ctx context.Context, days []Day) error
}

// Of makes the calendar of the years that the packs hold and the days read in, which win.
func Of(shipped []*pack.Calendar, days []Day) period.Calendar {
	years := make([]period.YearOff, 0, len(shipped))
	for _, c := range shipped {
		years = append(years, period.YearOff{Year: c.Year, Holidays: datesOf(c.Holidays), Workdays: datesOf(c.Workdays)})
	}
	off := map[int]int{}
	for _, d := range days {
		if d.Off {
			off[d.On.Year]++
		}
	}
	for year, count := range off {
		if count >= leastOff {
			years = append(years, period.YearOff{Year: year})
		}
	}
	var holidays, workdays []period.Date
	for _, d := range days {
		if d.Off {
			holidays = append(holidays, d.On)
		} else {
			workdays = append(workdays, d.On)
		}
	}
	return period.NewCalendar(years...).With(holidays, workdays)
}

func datesOf(days []pack.CalendarDay) []period.Date {
	dates := make([]period.Date, len(days))
	for i, d := range days {
		dates[i] = d.On
	}
	return dates
}

// Present returns the calendar as it stands now.
func Present(ctx context.Context, store Store, shipped []*pack.Calendar) (period.Calendar, error) {
	days, err := store.Holidays(ctx)
	if err != nil {
		return period.Calendar{}, err
	}
	return Of(shipped, days), nil
}
