package lifecycle_test

import (
	"fmt"
	"slices"
	"testing"

	"jiaoheng/access"
	"jiaoheng/lifecycle"
	"jiaoheng/period"
	"pgregory.net/rapid"
)

var counts = []lifecycle.Count{lifecycle.Working, lifecycle.Calendar}

// machines draws a machine without faults: a chain of states to the last, which is final, ways between them at random, and
// a pause with its way back.
func machines(t *rapid.T) *lifecycle.Machine {
	n := rapid.IntRange(2, 7).Draw(t, "states")
	anybody := []lifecycle.Who{{Relation: lifecycle.Own}, {Relation: lifecycle.Above}}
	m := &lifecycle.Machine{}
	name := func(i int) string { return fmt.Sprintf("s%d", i) }
	for i := range n {
		s := &lifecycle.State{Name: name(i), Tone: lifecycle.Open}
		if i == n-1 {
			s.Final = true
		} else if rapid.Bool().Draw(t, "due") {
			s.Waits = anybody
			s.Due = &lifecycle.Due{Within: formula(fmt.Sprint(rapid.IntRange(0, 40).Draw(t, "within"))), Count: rapid.SampledFrom(counts).Draw(t, "count")}
			for _, days := range rapid.SliceOfNDistinct(rapid.IntRange(0, 20), 0, 4, rapid.ID[int]).Draw(t, "remind") {
				s.Remind = append(s.Remind, lifecycle.Step{Days: days, To: anybody})
			}
			for _, days := range rapid.SliceOfNDistinct(rapid.IntRange(1, 30), 0, 4, rapid.ID[int]).Draw(t, "late") {
				s.Late = append(s.Late, lifecycle.Step{Days: days, To: anybody})
			}
		}
		m.States = append(m.States, s)
	}
	add := func(from, to string) *lifecycle.Event {
		e := &lifecycle.Event{Name: fmt.Sprintf("e%d", len(m.Events)), From: []string{from}, To: to, By: anybody}
		m.Events = append(m.Events, e)
		return e
	}
	for i := range n - 1 {
		add(name(i), name(i+1))
	}
	for range rapid.IntRange(0, 6).Draw(t, "more ways") {
		add(name(rapid.IntRange(0, n-1).Draw(t, "from")), rapid.SampledFrom([]string{"", name(0), name(n - 1), name(n / 2)}).Draw(t, "to"))
	}
	m.States = append(m.States, &lifecycle.State{Name: "pause", Tone: lifecycle.Neutral, Pause: true})
	pause := add(name(0), "pause")
	pause.Note = true
	for i := 1; i < n-1; i++ {
		pause.From = append(pause.From, name(i))
	}
	add("pause", lifecycle.Back)
	for _, s := range m.States {
		if s.Due != nil {
			add(s.Name, "").Extend = formula(fmt.Sprint(rapid.IntRange(1, 20).Draw(t, "extend")))
		}
	}
	for _, e := range m.Events {
		if rapid.Bool().Draw(t, "second") {
			e.Guards = []lifecycle.Guard{{Second: []string{rapid.SampledFrom(append(m.Events, &lifecycle.Event{Name: lifecycle.Created})).Draw(t, "first").Name}}}
		}
	}
	return m
}

func calendars(t *rapid.T) period.Calendar {
	var year period.YearOff
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 300), 0, 30).Draw(t, "off") {
		year.Holidays = append(year.Holidays, date("2024-01-01").AddDays(n))
	}
	return period.NewCalendar(year)
}

func give(r *lifecycle.Row, next lifecycle.Next) {
	r.State, r.Since, r.Due, r.Back = next.State, next.Since, next.Due, next.Back
}

// A row that people move at random never leaves the states of its machine, is paused with a state to go back to and closed
// without a deadline; nobody who did the first step does the second; and no step takes away days that somebody had.
func TestRowsWalkWithinTheirMachine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, calendar := machines(t), calendars(t)
		if faults := m.Check(); faults != nil {
			t.Fatalf("the machine has faults: %v", faults)
		}
		people := []access.Post{head, office, inspector, second, {Role: access.Program}}
		today := date("2024-01-01")
		r := row("", nil)
		r.Last = map[string]string{lifecycle.Created: "head"}
		next, faults := m.Begin(r, today, calendar)
		if faults != nil {
			t.Fatal(faults)
		}
		give(&r, next)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			today = today.AddDays(rapid.IntRange(0, 9).Draw(t, "days"))
			event, post := rapid.SampledFrom(m.Events).Draw(t, "event"), rapid.SampledFrom(people).Draw(t, "who")
			next, faults := m.Move(r, ofSchool, lifecycle.Move{Event: event.Name, Post: post, Day: today, Note: true}, calendar)
			possible := slices.Contains(event.From, r.State)
			if faults != nil {
				if next != (lifecycle.Next{}) {
					t.Fatalf("a refused event gives %+v", next)
				}
				continue
			}
			if !possible {
				t.Fatalf("%s happened in %s", event.Name, r.State)
			}
			for _, g := range event.Guards {
				if person, did := r.Last[g.Second[0]]; did && (person == post.Person || post.Person == "") {
					t.Fatalf("%s was done by %q, who did %s", event.Name, post.Person, g.Second[0])
				}
			}
			holdsAfter(t, m, event, r, next, calendar, today)
			give(&r, next)
			r.Last[event.Name] = post.Person
		}
	})
}

func holdsAfter(t *rapid.T, m *lifecycle.Machine, event *lifecycle.Event, before lifecycle.Row, after lifecycle.Next, calendar period.Calendar, today period.Date) {
	state := m.State(after.State)
	switch {
	case state == nil:
		t.Fatalf("%s leads to %q", event.Name, after.State)
	case state.Final && !after.Due.IsZero():
		t.Fatalf("closed with a deadline: %+v", after)
	case state.Pause && (m.State(after.Back) == nil || !m.State(after.Back).Running()):
		t.Fatalf("paused without a way back: %+v", after)
	case !state.Pause && after.Back != "":
		t.Fatalf("not paused, yet a state to go back to: %+v", after)
	case event.To == "" && after.Due.Before(before.Due):
		t.Fatalf("%s takes the deadline from %s back to %s", event.Name, before.Due, after.Due)
	case event.To == lifecycle.Back && !before.Due.IsZero():
		count := lifecycle.Calendar
		if state.Due != nil {
			count = state.Due.Count
		}
		if had, has := calendar.Between(before.Since, before.Due, count), calendar.Between(today, after.Due, count); has < had {
			t.Fatalf("%d days were left before the pause, %d after it", had, has)
		}
	case event.To != "" && !state.Pause && state.Due != nil && after.Due.Before(today):
		t.Fatalf("%s gives a deadline that has passed: %+v", event.Name, after)
	}
}

// Whoever looks every day, every week or now and then, and keeps the keys, raises the same alarms, each once.
func TestEveryAlarmIsRaisedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, calendar := machines(t), calendars(t)
		r := row("", nil)
		next, faults := m.Begin(r, date("2024-01-01"), calendar)
		if faults != nil {
			t.Fatal(faults)
		}
		give(&r, next)
		last := date("2024-12-31")
		raised := map[string]int{}
		look := func(day period.Date) {
			for _, alarm := range m.Alarms(r, day, calendar) {
				if day.Before(alarm.On) {
					t.Fatalf("%s is raised on %s, before %s", alarm.Key, day, alarm.On)
				}
				raised[alarm.Key]++
			}
		}
		keys := map[string]bool{}
		for day := r.Since; day.Before(last); day = day.AddDays(rapid.IntRange(1, 60).Draw(t, "step")) {
			look(day)
			for key := range raised {
				keys[key] = true
			}
		}
		look(last)
		state := m.State(r.State)
		if want := len(state.Remind) + len(state.Late); len(raised) != want {
			t.Fatalf("%d alarms were raised, want %d: %v", len(raised), want, raised)
		}
		for key := range keys {
			if raised[key] < 2 {
				t.Fatalf("%s was due on an earlier day and is no longer told", key)
			}
		}
	})
}
