package period

import (
	"fmt"
	"time"

	"jiaoheng/message"
)

// Date is a day of the calendar. The zero value means that there is no date.
type Date struct {
	Year       int
	Month, Day int
}

// DateOf returns the day on which t falls in its own place.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, int(month), day}
}

// Beijing is the clock by which days begin: China keeps one time.
var Beijing = time.FixedZone("UTC+8", 8*60*60)

// DayAt returns the day in China at an instant, wherever the program runs.
func DayAt(t time.Time) Date { return DateOf(t.In(Beijing)) }

// ParseDate reads 2024-03-15, also with one digit for month or day, with / or . between, or as 2024年3月15日.
// It returns false for anything else and for days that do not exist.
func ParseDate(text string) (Date, bool) {
	if d, ok := parseStored(text); ok {
		return d, true
	}
	for _, form := range []string{"%d-%d-%d", "%d/%d/%d", "%d.%d.%d", "%d年%d月%d日"} {
		var d Date
		var rest string
		if n, _ := fmt.Sscanf(text+"\x00", form+"%s", &d.Year, &d.Month, &d.Day, &rest); n == 4 && rest == "\x00" && d.Valid() {
			return d, true
		}
	}
	return Date{}, false
}

// parseStored reads 2024-03-15, the form in which days are stored: they are read by the million.
func parseStored(text string) (Date, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return Date{}, false
	}
	var number int
	for _, at := range []int{0, 1, 2, 3, 5, 6, 8, 9} {
		digit := text[at]
		if digit < '0' || digit > '9' {
			return Date{}, false
		}
		number = number*10 + int(digit-'0')
	}
	d := Date{Year: number / 10000, Month: number / 100 % 100, Day: number % 100}
	return d, d.Valid()
}

// Valid tells whether the day exists and lies between 1000 and 9999.
func (d Date) Valid() bool {
	return d.Year >= 1000 && d.Year <= 9999 && DateOf(d.Time()) == d
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time returns the start of the day in UTC.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// Before tells whether d comes before e.
func (d Date) Before(e Date) bool { return d.Time().Before(e.Time()) }

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// String returns 2024-03-15, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Text returns the date as people write it: 2024年3月15日.
func (d Date) Text(language message.Language) string {
	if d.IsZero() {
		return ""
	}
	if language == message.English {
		return d.String()
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}
