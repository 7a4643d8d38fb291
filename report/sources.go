package report

import (
	"jiaoheng/period"
	"jiaoheng/plan/target"
)

// Ask names a report to be composed.
type Ask struct {
	Kind Kind
	Plan string // id
	Unit string // code; "" the plan's own unit
	Day  period.Date
}

// Sources are the figures from which a report is composed, all of one moment. Gather reads them; tests make their own.
type Sources struct {
	Ask
	PlanName  string
	From, To  int // calendar years of the plan
	UnitName  string
	Bureau    string // who signs
	Organ     string // mark at the head
	Recipient string // 主送; "" none

	Targets []Standing
	Units   []Tally // of the units right below
	Offices []Tally // by who leads
	Ledgers []Ledger
	Silent  []Silence
	Rated   []Rated  // results of the appraisals of the year
	Before  *Report  // the report of this kind that was filed last before
	Rules   []string // by which rules lights and figures came about, in words
}

// Standing is how one target stands for the unit of a report.
type Standing struct {
	Track    target.Track
	Name     string
	Section  string // heading of the plan under which it stands
	Stage    string // name, "" all
	Lead     string // code of who leads
	LeadName string
	Goal     target.Goal
	Decimals int

	Light             target.Light
	Why               string // the line of the rule that decided, in words
	Value             Value  // the latest measured value
	Of                string // the period of that value, in words
	Lacks             string // why there is no value
	Expected          Value  // where the path stands at that moment
	Gap               Value  // what lacks to the goal
	Needed            Value  // what must be gained a year
	Middle, Low, High Value  // what is expected at the deadline, with its interval
	Least, Most       Value  // the values with which the goal is met
	Points            []Point
	Path              []target.Step // corners from the baseline to the goal
	Reported, Asked   int           // how many units stand behind the value and how many should
}

// Point is a value at a moment in years: 2025 is the end of 2024.
type Point struct {
	At    float64
	Name  string // of the period
	Value float64
}

// Tally counts lights.
type Tally struct {
	Code, Name string
	Counts     [target.NoData + 1]int
}

// All is how many targets are counted.
func (t Tally) All() int {
	sum := 0
	for _, light := range target.Lights() {
		sum += t.Counts[light]
	}
	return sum
}

// Ledger is a living register: how many rows stand where, and those that press.
type Ledger struct {
	Name, Title string
	States      []StateCount // in the order of the lifecycle
	Open        int
	Overdue     int
	Due         []Item // due within the period, the earliest first
	Late        []Item // overdue, the longest first
}

// StateCount is how many rows are in a state.
type StateCount struct {
	Name  string
	Count int
	Final bool
}

// Item is a row of a living register that presses.
type Item struct {
	Name, UnitName, LeadName, State string
	Due                             period.Date
	DaysLate                        int
}

// Silence is who has written nothing for how many days.
type Silence struct {
	Name    string
	Days    int
	Targets int // how many targets wait for it
}

// Rated is the result of an appraisal.
type Rated struct {
	Name  string // of who was appraised
	Sheet string
	Score Value
	Rank  int
	Card  string // 亮牌, "" none
}

// Span is the period that a report of a kind covers on a day: the week, the month, the quarter, the year, or from the beginning
// of the plan.
func (s Sources) Span() (from, to period.Date) {
	day := s.Day
	switch s.Kind {
	case Weekly:
		since := (int(day.Time().Weekday()) + 6) % 7 // weeks begin on Monday
		return day.AddDays(-since), day.AddDays(6 - since)
	case Monthly:
		first := period.Date{Year: day.Year, Month: day.Month, Day: 1}
		return first, nextMonth(first, 1).AddDays(-1)
	case Quarterly:
		first := period.Date{Year: day.Year, Month: (day.Month-1)/3*3 + 1, Day: 1}
		return first, nextMonth(first, 3).AddDays(-1)
	case Yearly:
		return period.Date{Year: day.Year, Month: 1, Day: 1}, period.Date{Year: day.Year, Month: 12, Day: 31}
	}
	return period.Date{Year: s.From, Month: 1, Day: 1}, day
}

func nextMonth(first period.Date, months int) period.Date {
	return period.DateOf(first.Time().AddDate(0, months, 0))
}

// spanText is the period in words, as it stands in the title.
func (s Sources) spanText() string {
	from, to := s.Span()
	switch s.Kind {
	case Weekly:
		return say("report.span.week", "from", dayText(from), "to", dayText(to))
	case Monthly:
		return say("report.span.month", "year", s.Day.Year, "month", s.Day.Month)
	case Quarterly:
		return say("report.span.quarter", "year", s.Day.Year, "quarter", (s.Day.Month-1)/3+1)
	case Yearly:
		return say("report.span.year", "year", s.Day.Year)
	}
	return say("report.span.whole", "from", s.From, "to", dayText(s.Day))
}
