package lifecycle

import (
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
)

// MaxDays is the longest time, in counted days, that a deadline may give or an extension may add: ten years.
const MaxDays = 3660

// Begin returns how a new row stands: in the first state, with its deadline. It fails when the deadline cannot be computed,
// naming what the row lacks.
func (m *Machine) Begin(row Row, day period.Date, calendar period.Calendar) (Next, fault.List) {
	var faults fault.List
	first := m.States[0]
	due, wrong := first.deadline(row, day, calendar)
	if wrong != nil {
		row.named(wrong)
		faults.Add(wrong)
	}
	return Next{State: first.Name, Since: day, Due: due}, faults
}

// deadline computes until when somebody has to act in the state that the row enters on the day. row.Due is the deadline of
// the state before.
func (s *State) deadline(row Row, day period.Date, calendar period.Calendar) (period.Date, *fault.Fault) {
	switch {
	case s.Due == nil || s.Final:
		return period.Date{}, nil
	case s.Due.Keep:
		return row.Due, nil
	case s.Due.On != "":
		return row.Date(s.Due.On), nil
	}
	from := day
	if s.Due.From != "" {
		if from = row.Date(s.Due.From); from.IsZero() {
			return period.Date{}, fault.New("lifecycle.due_unknown", message.Args{"state": s.Title, "names": []string{s.Due.From}})
		}
	}
	days, wrong := wholeDays(row.Values(s.Due.Within), 0)
	if wrong != nil {
		wrong.Args["state"] = s.Title
		return period.Date{}, wrong
	}
	return calendar.Add(from, days, s.Due.Count), nil
}

// wholeDays returns the number of days that a formula gave. Parts of a day are left out: 1.5 days end after one.
func wholeDays(value measure.Value, least int) (int, *fault.Fault) {
	number, known := value.Number()
	switch {
	case !known:
		return 0, fault.New("lifecycle.due_unknown", message.Args{"names": lacking(value)})
	case number < float64(least) || number > MaxDays:
		return 0, fault.New("lifecycle.due_range", message.Args{"days": value, "least": least, "most": MaxDays})
	}
	return int(number), nil
}

// lacking names what a value lacks: names of columns for a missing one, the reason in words for an invalid one.
func lacking(value measure.Value) any {
	reason := value.Reason()
	if reason.Kind == measure.Invalid {
		return message.Word(reason.Names[0])
	}
	return reason.Names
}

// resumed returns the deadline of a row whose clock stood still from row.Since to the day: as many counted days are left
// as there were, or have passed as had, and it is never earlier than before.
func (s *State) resumed(row Row, day period.Date, calendar period.Calendar) period.Date {
	if row.Due.IsZero() || !row.Since.Before(day) {
		return row.Due
	}
	due := calendar.Add(day, calendar.Between(row.Since, row.Due, s.count()), s.count())
	if due.Before(row.Due) {
		return row.Due
	}
	return due
}

// count is how the days of the state are counted.
func (s *State) count() Count {
	if s.Due != nil && s.Due.Count != "" {
		return s.Due.Count
	}
	return Calendar
}
