package indicator

import (
	"slices"

	"jiaoheng/pack"
	"jiaoheng/period"
)

// Day returns the day of a period on which units, thresholds and parameters are looked at: of a school year and a term the
// first one, the day of the yearly statistics; of every other period the last one.
func Day(p period.Period) period.Date {
	if p.Kind == period.SchoolYear || p.Kind == period.Term {
		return p.From()
	}
	return p.To()
}

// Match returns the period of the kind whose facts belong to p: the school year 2023-2024 and the year 2023 belong to each
// other; a shorter period belongs to the longer one that holds its first day; of a longer one the shorter in which it ends
// counts, and the first of its terms. Kind 0 returns p.
func Match(p period.Period, kind period.Kind) period.Period {
	if kind == 0 || kind == p.Kind {
		return p
	}
	from, to := p.From(), p.To()
	switch kind {
	case period.Year:
		return period.Period{Kind: period.Year, Start: period.Date{Year: from.Year, Month: 1, Day: 1}}
	case period.SchoolYear:
		if p.Kind == period.Year {
			return period.SchoolYearOf(to)
		}
		return period.SchoolYearOf(from)
	case period.Term:
		return termOf(p)
	case period.Month:
		return period.Period{Kind: period.Month, Start: period.Date{Year: to.Year, Month: to.Month, Day: 1}}
	}
	return period.Period{Kind: period.Day, Start: to}
}

// termOf returns the term that holds the first day of p; of a year or a school year the first term.
func termOf(p period.Period) period.Period {
	day := p.From()
	if p.Kind == period.Year {
		day = p.To()
	}
	year := period.SchoolYearOf(day)
	if day.Month >= 2 && day.Month < period.SchoolYearStart {
		return period.Period{Kind: period.Term, Start: period.Date{Year: year.Start.Year + 1, Month: 2, Day: 1}}
	}
	return period.Period{Kind: period.Term, Start: year.Start}
}

// Periods returns the periods whose facts a round of the scope may read: those that belong to p and to so many periods
// before it, in order.
func Periods(scope *pack.Scope, p period.Period, before int) []period.Period {
	var all []period.Period
	for range before + 1 {
		for _, item := range scope.Items() {
			if one := Match(p, Every(item)); !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
		p = p.Previous()
	}
	slices.SortFunc(all, func(a, b period.Period) int {
		if a.Kind != b.Kind {
			return int(a.Kind) - int(b.Kind)
		}
		if a.Start.Before(b.Start) {
			return -1
		}
		return 1
	})
	return all
}
