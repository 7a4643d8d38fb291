package lifecycle

import (
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Row is a row as it stands, with the columns that come with an event already in it. Values computes a formula over the row
// and its parameters (a condition gives 1 or 0); Date reads a date column, the zero date when it is empty. Last names, for
// each event, Created among them, the person who did it last; the key of an event without a known person holds "".
type Row struct {
	State  string
	Since  period.Date // day on which the state was entered
	Due    period.Date // deadline; zero: none
	Back   string      // state from which the row was paused
	Last   map[string]string
	Values func(*expr.Written) measure.Value
	Date   func(column string) period.Date
	Title  func(name string) message.Pair // what a column or a parameter is called in faults; nil: its name
}

func (row Row) title(name string) message.Pair {
	if row.Title == nil {
		return message.Pair{Chinese: name, English: name}
	}
	return row.Title(name)
}

// named puts what a fault says is lacking into the words of the row.
func (row Row) named(f *fault.Fault) {
	names, ok := f.Args["names"].([]string)
	if !ok {
		return
	}
	chinese, english := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		title := row.title(name)
		chinese[i], english[i] = title.In(message.Chinese), title.In(message.English)
	}
	f.Args["names"] = message.Pair{Chinese: join(chinese, message.Chinese), English: join(english, message.English)}
}

// Next is how a row stands after an event: what is written into its columns.
type Next struct {
	State string
	Since period.Date
	Due   period.Date
	Back  string
}

// Running tells whether the clock of a row in the state runs: it is neither final nor a pause.
func (s *State) Running() bool { return !s.Final && !s.Pause }

// Open tells whether something is still to be done about a row in the state. A record that only stands there, until it is perhaps
// drawn for a check, waits for nobody: it is neither closed nor open.
func (s *State) Open() bool { return !s.Final && (s.Pause || s.Silent > 0 || len(s.Waits) > 0) }

// DaysLate is the number of calendar days since the deadline of a row in the state, 0 when it is not over. A paused or closed row
// is never late: while the clock stands still the column of the deadline keeps what it was.
func (s *State) DaysLate(due, day period.Date) int {
	if !s.Running() || due.IsZero() || !due.Before(day) {
		return 0
	}
	return period.Calendar{}.Between(due, day, Calendar)
}
