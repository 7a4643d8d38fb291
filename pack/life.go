package pack

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/period"
)

// Names of the columns that a register with a lifecycle has beside the declared ones, at the end of its columns. They are
// kept by the lifecycle; formulas name the states as state.<name>, and besides overdue (condition), days_open and
// days_late (numbers of calendar days).
const (
	ColumnState = "state"   // choice: the states
	ColumnSince = "since"   // date on which the state was entered
	ColumnDue   = "due"     // date of the deadline; empty: none
	ColumnLead  = "lead"    // code of the unit that leads the row
	ColumnOwner = "owner"   // id of the person to whom the row was given
	ColumnMaker = "maker"   // id of the person who made the row
	ColumnPart  = "part_of" // register/id of the row of which this one is a sub-row
	ColumnBack  = "back"    // state from which the row was paused
)

// Names that formulas of items over rows with a state may use: the deadline has passed and the row is not closed (a
// condition), days since the row was made until it was closed or until now, days since the deadline (numbers).
const (
	RowOverdue  = "overdue"
	RowDaysOpen = "days_open"
	RowDaysLate = "days_late"
)

var clockNames = []string{RowOverdue, RowDaysOpen, RowDaysLate}

// Letter is an official letter that goes out with an event or a deadline. Its texts hold marks {{name}}: columns of the
// register, and those of MarksOfEveryLetter.
type Letter struct {
	Name     string
	Pack     string
	Title    Text // name of the kind of letter: 整改通知书
	Register string
	Series   string // letters of one series share one run of numbers a year
	Number   string // 澄教督〔{{year}}〕{{number}}号
	Heading  string // 关于{{title}}的整改通知
	To       string // main recipient
	Copies   string // 抄送; ""
	Body     []string
	Rows     *LetterRows // a table of sub-rows after the body; nil: none
	Signed   string
	Source   Source
	Place    fault.Place
}

// LetterRows is a table of the sub-rows of a register in a letter.
type LetterRows struct {
	Register string
	Columns  []string
	Place    fault.Place
}

// MarksOfEveryLetter are what every letter may name besides the columns of its register: the unit of the row, the bureau
// that writes, the number and its year, the day, the deadline, the lead unit, the person in charge, the words of the event.
var MarksOfEveryLetter = []string{"unit", "bureau", "number", "year", "date", "due", "lead", "owner", "note", "state"}

// Quota binds people to do something so many times in a period, by their post.
type Quota struct {
	Name     string
	Pack     string
	Title    Text
	Every    period.Kind
	People   QuotaPeople
	Of       Aggregate // over the rows of Register
	Register string
	Person   string // column of Register with the number of the person
	Measure  string
	Values   []QuotaValue
	Show     QuotaShow
	Truth    *QuotaTruth // nil: no sampled check
	Source   Source
	Place    fault.Place
}

// QuotaPeople says who is bound: the rows of a register, with the column that numbers a person and the choice of the post.
type QuotaPeople struct {
	Register string
	Person   string
	Post     string
	Where    *Formula
}

// QuotaValue is the least number for each post (an option of QuotaPeople.Post), from a day on.
type QuotaValue struct {
	From   period.Date
	Until  period.Date
	Region string
	Least  map[string]float64
	Source Source
	Place  fault.Place
}

// QuotaShow says who stands on the list that is made public.
type QuotaShow string

// Who stands on the list that is made public.
const (
	ShowNobody QuotaShow = "nobody"
	ShowMet    QuotaShow = "met"
	ShowUnmet  QuotaShow = "unmet"
	ShowAll    QuotaShow = "all"
)

// QuotaTruth says how many rows are drawn for a check of what was written: a share of the rows of each unit and at least
// some. Event is the event of the lifecycle that marks a drawn row.
type QuotaTruth struct {
	Share *Formula
	Least *Formula
	Event string
	Place fault.Place
}

// Calendar holds the public holidays of a year and the days off that are worked instead.
type Calendar struct {
	Year     int
	Pack     string
	Holidays []CalendarDay
	Workdays []CalendarDay
	Source   Source
	Place    fault.Place
}

// CalendarDay is a day with what it is called. Source is the zero value for a day of the document of its calendar; another
// document names the days that it changed later, or that lie in the year before its own.
type CalendarDay struct {
	On     period.Date
	Name   Text
	Source Source
}

// Living tells whether rows of the register have a state.
func (register *Register) Living() bool { return register.Life != nil }

// EventOf returns an event of a living register, or nil.
func (register *Register) EventOf(name string) *lifecycle.Event {
	if register.Life == nil {
		return nil
	}
	return register.Life.Event(name)
}

// Computed tells whether the cells of the column are computed from others, or counted, and never written by people.
func (c *Column) Computed() bool { return c.Formula != nil || c.Lookup != nil || c.Counts != nil }

// At returns the number of a column, -1 when the register has none of the name.
func (register *Register) At(name string) int {
	return slices.IndexFunc(register.Columns, func(c *Column) bool { return c.Name == name })
}

// Numbered tells whether the column holds the number that the program gives to new rows.
func (register *Register) Numbered(c *Column) bool {
	return register.Serial != nil && register.Serial.Column == c.Name
}

// Written tells whether people write the column: it is neither computed nor kept nor numbered by the program.
func (register *Register) Written(c *Column) bool {
	return !c.Computed() && !c.Kept && !register.Numbered(c)
}

// Opened returns the column with the day on which a row was opened: the first date that is required, else the day on which
// the state was entered.
func (register *Register) Opened() string {
	for _, c := range register.Columns {
		if c.Type == Date && c.Required && !c.Kept {
			return c.Name
		}
	}
	return ColumnSince
}
