package lifecycle

import (
	"cmp"
	"fmt"
	"slices"

	"jiaoheng/period"
)

// Alarm is a reminder or an escalation that has fallen due.
//
// Key is the same for the same step of the same deadline of the same state, and for nothing else: whoever keeps the keys
// never raises an alarm twice, and a deadline that moved, or a state that was entered anew with a new deadline, raises its own.
type Alarm struct {
	Key  string
	Step *Step
	Late bool        // after the deadline; else a reminder before it
	On   period.Date // the day from which it is due
}

// Alarms returns the reminders and escalations of a row that are due by the day, the earliest first. Days are counted as the
// deadline is. All of the present deadline are returned, also those of days when nobody looked.
func (m *Machine) Alarms(row Row, day period.Date, calendar period.Calendar) []Alarm {
	state := m.State(row.State)
	if state == nil || !state.Running() || row.Due.IsZero() {
		return nil
	}
	var due []Alarm
	add := func(step *Step, late bool, days int, word string) {
		if on := calendar.Add(row.Due, days, state.count()); !day.Before(on) {
			due = append(due, Alarm{Key: fmt.Sprintf("%s %s %s:%d", row.State, row.Due, word, step.Days), Step: step, Late: late, On: on})
		}
	}
	for i := range state.Remind {
		add(&state.Remind[i], false, -state.Remind[i].Days, "remind")
	}
	for i := range state.Late {
		add(&state.Late[i], true, state.Late[i].Days, "late")
	}
	slices.SortStableFunc(due, func(a, b Alarm) int { return cmp.Compare(a.On.String(), b.On.String()) })
	return due
}
