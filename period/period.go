package period

import (
	"fmt"
	"strconv"
	"strings"

	"jiaoheng/message"
)

// Kind is the kind of a period.
type Kind int

// The kinds of periods, from long to short.
const (
	Year Kind = iota + 1
	SchoolYear
	Term
	Month
	Day
)

// SchoolYearStart is the month in which a school year starts, on its first day.
const SchoolYearStart = 9

// Period is one span of the calendar. The zero value means that there is none.
// For a school year and its terms Start.Year is the year in which the school year starts.
type Period struct {
	Kind  Kind
	Start Date
}

// Parse reads 2024, 2023-2024, 2023-2024/1, 2024-03 or 2024-03-15. It returns false for anything else.
func Parse(text string) (Period, bool) {
	if year, next, found := strings.Cut(text, "-"); found && len(year) == 4 && len(next) >= 4 && !strings.Contains(next, "-") {
		return parseSchoolYear(year, next)
	}
	switch strings.Count(text, "-") {
	case 0:
		year, ok := digits(text, 4)
		return Period{Year, Date{year, 1, 1}}, ok && year >= 1000
	case 1:
		year, month, _ := strings.Cut(text, "-")
		y, okYear := digits(year, 4)
		m, okMonth := digits(month, 2)
		d := Date{y, m, 1}
		return Period{Month, d}, okYear && okMonth && d.Valid()
	default:
		d, ok := ParseDate(text)
		return Period{Day, d}, ok && d.String() == text
	}
}

func parseSchoolYear(year, next string) (Period, bool) {
	next, term, hasTerm := strings.Cut(next, "/")
	from, okFrom := digits(year, 4)
	to, okTo := digits(next, 4)
	if !okFrom || !okTo || to != from+1 || from < 1000 {
		return Period{}, false
	}
	switch {
	case !hasTerm:
		return Period{SchoolYear, Date{from, SchoolYearStart, 1}}, true
	case term == "1":
		return Period{Term, Date{from, SchoolYearStart, 1}}, true
	case term == "2":
		return Period{Term, Date{to, 2, 1}}, true
	}
	return Period{}, false
}

func digits(text string, n int) (int, bool) {
	if len(text) != n || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	value, err := strconv.Atoi(text)
	return value, err == nil
}

// SchoolYearOf returns the school year that holds the day.
func SchoolYearOf(d Date) Period {
	year := d.Year
	if d.Month < SchoolYearStart {
		year--
	}
	return Period{SchoolYear, Date{year, SchoolYearStart, 1}}
}

// IsZero tells whether there is no period.
func (p Period) IsZero() bool { return p == Period{} }

// From returns the first day.
func (p Period) From() Date { return p.Start }

// To returns the last day.
func (p Period) To() Date { return p.Next().Start.AddDays(-1) }

// Contains tells whether the day lies in the period.
func (p Period) Contains(d Date) bool { return !d.Before(p.From()) && !p.To().Before(d) }

// Next returns the period of the same kind that follows.
func (p Period) Next() Period { return p.shift(1) }

// Previous returns the period of the same kind before.
func (p Period) Previous() Period { return p.shift(-1) }

func (p Period) shift(n int) Period {
	s := p.Start
	switch p.Kind {
	case Year, SchoolYear:
		s.Year += n
	case Term:
		s = otherTerm(s, n > 0)
	case Month:
		s = DateOf(s.Time().AddDate(0, n, 0))
	case Day:
		s = s.AddDays(n)
	}
	return Period{p.Kind, s}
}

// otherTerm returns the start of the term after, or before, the one that starts on s.
func otherTerm(s Date, forward bool) Date {
	switch first := s.Month == SchoolYearStart; {
	case first && forward:
		return Date{s.Year + 1, 2, 1}
	case first:
		return Date{s.Year, 2, 1}
	case forward:
		return Date{s.Year, SchoolYearStart, 1}
	default:
		return Date{s.Year - 1, SchoolYearStart, 1}
	}
}

// String returns the form that Parse reads, or "" for no period.
func (p Period) String() string {
	switch p.Kind {
	case Year:
		return fmt.Sprintf("%04d", p.Start.Year)
	case SchoolYear:
		return fmt.Sprintf("%04d-%04d", p.Start.Year, p.Start.Year+1)
	case Term:
		if p.Start.Month == SchoolYearStart {
			return fmt.Sprintf("%04d-%04d/1", p.Start.Year, p.Start.Year+1)
		}
		return fmt.Sprintf("%04d-%04d/2", p.Start.Year-1, p.Start.Year)
	case Month:
		return fmt.Sprintf("%04d-%02d", p.Start.Year, p.Start.Month)
	case Day:
		return p.Start.String()
	}
	return ""
}

// Text returns the period as people write it: 2024年, 2023—2024学年, 2024年3月.
func (p Period) Text(language message.Language) string {
	args := message.Args{"year": p.Start.Year, "next": p.Start.Year + 1, "month": p.Start.Month}
	switch p.Kind {
	case Year:
		return message.Text(language, "period.year", args)
	case SchoolYear:
		return message.Text(language, "period.school_year", args)
	case Term:
		if p.Start.Month == SchoolYearStart {
			return message.Text(language, "period.first_term", args)
		}
		args["year"], args["next"] = p.Start.Year-1, p.Start.Year
		return message.Text(language, "period.second_term", args)
	case Month:
		if language == message.English {
			return p.String()
		}
		return message.Text(language, "period.month", args)
	case Day:
		return p.Start.Text(language)
	}
	return ""
}
