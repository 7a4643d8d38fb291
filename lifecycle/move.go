package lifecycle

import (
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Move is an event that somebody wants to cause, with what comes with it.
type Move struct {
	Event       string
	Post        access.Post
	Day         period.Date
	Given       []string                   // columns that come with the event
	Note        bool                       // words were written
	Files       int                        // number of files handed in
	Lead, Owner string                     // whom the row is given to, for events that give it
	ClosedParts func(register string) bool // whether every sub-row of the register is in a final state; nil: it is not known
}

// MayCause returns the events that somebody in the post may cause now, in the order of the machine. Guards may still refuse
// them: Move tells.
func (m *Machine) MayCause(row Row, post access.Post, stand Stand) []*Event {
	var may []*Event
	for _, e := range m.Events {
		if slices.Contains(e.From, row.State) && AnyFits(e.By, post, stand) {
			may = append(may, e)
		}
	}
	return may
}

// Move returns how the row stands after the event, or everything that speaks against it.
//
// Missing: a guard or a deadline that cannot be computed does not hold; the fault names what lacks.
// Second person: somebody whose person is not known (the program) is never the second person.
func (m *Machine) Move(row Row, stand Stand, move Move, calendar period.Calendar) (Next, fault.List) {
	event, state := m.Event(move.Event), m.State(row.State)
	if event == nil || state == nil {
		return Next{}, fault.List{fault.New("lifecycle.event_unknown", message.Args{"event": move.Event})}
	}
	var faults fault.List
	if !slices.Contains(event.From, row.State) {
		faults.Add(fault.New("lifecycle.wrong_state", message.Args{"event": event.Title, "state": state.Title, "from": m.titles(event.From)}))
	}
	if !AnyFits(event.By, move.Post, stand) {
		faults.Add(fault.New("lifecycle.not_by", message.Args{"event": event.Title, "who": whoWords(event.By)}))
	}
	lacks := event.lacks(row, move)
	faults.Add(lacks...)
	for _, g := range event.Guards {
		if f := g.fault(m, row, move); f != nil {
			faults.Add(f)
		}
	}
	row.Date = event.dated(row.Date, move.Day)
	next, wrong := m.next(event, row, move.Day, calendar)
	if wrong != nil {
		faults.Add(wrong)
	}
	if faults != nil {
		return Next{}, toldOnce(faults, row, move.Given, event)
	}
	return next, nil
}

// After returns how the row, which an event has given what comes with it and what it sets, stands after the event: a deadline
// may follow from what was set. Whether the event may happen was asked before, of the row as it stood; see Move.
func (m *Machine) After(e *Event, row Row, day period.Date, calendar period.Calendar) (Next, fault.List) {
	next, wrong := m.next(e, row, day, calendar)
	if wrong != nil {
		row.named(wrong)
		return Next{}, fault.List{wrong}
	}
	return next, nil
}

// dated reads dates as they stand once the event has written its day into the columns that it sets to today: a deadline may
// count from one of them.
func (e *Event) dated(read func(column string) period.Date, day period.Date) func(column string) period.Date {
	return func(column string) period.Date {
		if slices.ContainsFunc(e.Set, func(set Set) bool { return set.Column == column && set.Today }) {
			return day
		}
		return read(column)
	}
}

// lacks returns what should come with the event and does not.
func (e *Event) lacks(row Row, move Move) fault.List {
	var faults fault.List
	for _, column := range e.Asks {
		if !slices.Contains(move.Given, column) {
			faults.Add(fault.At(fault.Place{Column: column}, "lifecycle.column_missing", message.Args{"event": e.Title, "column": row.title(column)}))
		}
	}
	if e.Note && !move.Note {
		faults.Add(fault.At(fault.Place{Column: "note"}, "lifecycle.note_missing", message.Args{"event": e.Title}))
	}
	if move.Files < e.Attach {
		faults.Add(fault.At(fault.Place{Column: "files"}, "lifecycle.files_missing", message.Args{"event": e.Title, "least": e.Attach, "files": move.Files}))
	}
	if e.Gives == GivesLead && move.Lead == "" {
		faults.Add(fault.At(fault.Place{Column: "lead"}, "lifecycle.lead_missing", message.Args{"event": e.Title}))
	}
	if e.Gives == GivesOwner && move.Owner == "" {
		faults.Add(fault.At(fault.Place{Column: "owner"}, "lifecycle.owner_missing", message.Args{"event": e.Title}))
	}
	return faults
}

// fault returns why the guard does not hold, or nil.
func (g Guard) fault(m *Machine, row Row, move Move) *fault.Fault {
	switch {
	case g.Second != nil:
		for _, event := range g.Second {
			person, happened := row.Last[event]
			if happened && (move.Post.Person == "" || person == move.Post.Person) {
				return fault.New("lifecycle.second", message.Args{"event": m.titleOf(move.Event), "before": m.titleOf(event)})
			}
		}
	case g.Holds != nil:
		value := row.Values(g.Holds)
		if number, known := value.Number(); !known {
			return fault.New("lifecycle.guard_unknown", message.Args{"event": m.titleOf(move.Event), "names": lacking(value)})
		} else if number == 0 {
			return fault.New("lifecycle.guard", message.Args{"event": m.titleOf(move.Event), "say": g.said()})
		}
	case move.ClosedParts == nil || !move.ClosedParts(g.Closed):
		return fault.New("lifecycle.parts_open", message.Args{"event": m.titleOf(move.Event), "register": g.Closed})
	}
	return nil
}

// said is what is told when the condition does not hold: the condition itself where nothing else is said.
func (g Guard) said() message.Pair {
	if g.Say.Chinese == "" {
		return message.Pair{Chinese: g.Holds.Text}
	}
	return g.Say
}

// next computes how the row stands after the event.
func (m *Machine) next(e *Event, row Row, day period.Date, calendar period.Calendar) (Next, *fault.Fault) {
	next := Next{State: row.State, Since: row.Since, Due: row.Due, Back: row.Back}
	switch target := m.target(e, row); {
	case e.To == "":
	case target == nil:
		return next, fault.New("lifecycle.back_unknown", message.Args{"event": e.Title})
	case e.To == Back:
		next = Next{State: target.Name, Since: day, Due: target.resumed(row, day, calendar)}
	case target.Pause:
		next = Next{State: target.Name, Since: day, Due: row.Due, Back: row.State}
	default:
		due, wrong := target.deadline(row, day, calendar)
		if wrong != nil {
			return next, wrong
		}
		next = Next{State: target.Name, Since: day, Due: due}
	}
	if e.Extend != nil {
		return m.extended(e, next, row, calendar)
	}
	return next, nil
}

// target is the state to which the event leads; nil when it stays, or when it leads back and nobody knows whither.
func (m *Machine) target(e *Event, row Row) *State {
	if e.To != Back {
		return m.State(e.To)
	}
	if back := m.State(row.Back); back != nil && back.Running() {
		return back
	}
	return nil
}

func (m *Machine) extended(e *Event, next Next, row Row, calendar period.Calendar) (Next, *fault.Fault) {
	if next.Due.IsZero() {
		return next, fault.New("lifecycle.extend_nothing", message.Args{"event": e.Title})
	}
	days, wrong := wholeDays(row.Values(e.Extend), 1)
	if wrong != nil {
		wrong.Args["state"] = e.Title
		return next, wrong
	}
	state := m.State(next.State)
	if state.Pause {
		state = m.State(next.Back)
	}
	if state == nil {
		return next, fault.New("lifecycle.back_unknown", message.Args{"event": e.Title})
	}
	next.Due = calendar.Add(next.Due, days, state.count())
	return next, nil
}

// toldOnce leaves out the guards and deadlines that cannot be computed only because a column was not given, which a fault of
// its own asks for, and names what the others lack in the words of the row.
func toldOnce(faults fault.List, row Row, given []string, e *Event) fault.List {
	present := func(name string) bool { return !slices.Contains(e.Asks, name) || slices.Contains(given, name) }
	faults = slices.DeleteFunc(faults, func(f *fault.Fault) bool {
		names, ok := f.Args["names"].([]string)
		return ok && len(names) > 0 && !slices.ContainsFunc(names, present)
	})
	for _, f := range faults {
		row.named(f)
	}
	return faults
}

func (m *Machine) titleOf(event string) message.Bilingual {
	if event == Created {
		return message.Word("lifecycle.created")
	}
	if e := m.Event(event); e != nil {
		return e.Title
	}
	return message.Pair{Chinese: event, English: event}
}

// titles names states in both languages.
func (m *Machine) titles(states []string) message.Pair {
	chinese, english := make([]string, len(states)), make([]string, len(states))
	for i, name := range states {
		chinese[i], english[i] = name, name
		if s := m.State(name); s != nil {
			chinese[i], english[i] = s.Title.In(message.Chinese), s.Title.In(message.English)
		}
	}
	return message.Pair{Chinese: join(chinese, message.Chinese), English: join(english, message.English)}
}

func whoWords(who []Who) message.Pair {
	return message.Pair{Chinese: TextOf(who, message.Chinese), English: TextOf(who, message.English)}
}

func join(texts []string, language message.Language) string {
	if language == message.English {
		return strings.Join(texts, ", ")
	}
	return strings.Join(texts, "、")
}
