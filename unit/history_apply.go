package unit

import (
	"maps"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/period"
)

// Outcome is what an event does to the units: those that change and those that come to be, each as it is afterwards.
// The event carries the states before, so that it can be told and undone.
type Outcome struct {
	Event   Event
	Changed []Unit
	Created []Unit
}

// Apply returns what the event would do. The history stays as it is.
//
// Errors: every reason at once why the event cannot be.
func (h *History) Apply(e Event) (Outcome, fault.List) {
	e.Was, e.Created = nil, nil
	if faults := h.check(e); len(faults) > 0 {
		return Outcome{}, faults
	}
	w := &work{history: h, event: e, states: map[string]Unit{}}
	w.do()
	if faults := h.checkOrder(e, w.touched); len(faults) > 0 {
		return Outcome{}, faults
	}
	return w.outcome(), nil
}

// ApplyAll applies events in order of their days, each on what those before it left, and returns the outcomes in that order.
// Faults carry the places that placeOf gives for the position in events.
func (h *History) ApplyAll(events []Event, placeOf func(i int) fault.Place) ([]Outcome, fault.List) {
	order := make([]int, len(events))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareDates(events[a].On, events[b].On) })
	now := h.clone()
	var outcomes []Outcome
	var faults fault.List
	for _, i := range order {
		outcome, bad := now.Apply(events[i])
		for _, f := range bad {
			place := placeOf(i)
			place.Column = f.Place.Column
			faults.Add(fault.At(place, f.Code, f.Args))
		}
		if len(bad) == 0 {
			now.add(outcome)
			outcomes = append(outcomes, outcome)
		}
	}
	return outcomes, faults
}

func compareDates(a, b period.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// With returns the history as it would be after the outcome.
func (h *History) With(o Outcome) *History {
	next := h.clone()
	next.add(o)
	return next
}

func (h *History) clone() *History {
	return &History{units: maps.Clone(h.units), codes: slices.Clone(h.codes), events: slices.Clone(h.events), past: cloneLists(h.past), born: maps.Clone(h.born),
		coming: cloneLists(h.coming), leaving: cloneLists(h.leaving)}
}

// cloneLists copies a map of lists such that appending to a copy leaves the original alone.
func cloneLists[T any](lists map[string][]T) map[string][]T {
	copies := make(map[string][]T, len(lists))
	for key, list := range lists {
		copies[key] = slices.Clip(list)
	}
	return copies
}

func (h *History) add(o Outcome) {
	for _, u := range o.Changed {
		h.units[u.Code] = u
	}
	for _, u := range o.Created {
		h.units[u.Code] = u
		at, _ := slices.BinarySearch(h.codes, u.Code)
		h.codes = slices.Insert(h.codes, at, u.Code)
	}
	h.note(o.Event)
	at := len(h.events)
	for at > 0 && o.Event.On.Before(h.events[at-1].On) {
		at--
	}
	h.events = slices.Insert(h.events, at, o.Event)
}

// work is one event being carried out on copies of the units.
type work struct {
	history *History
	event   Event
	states  map[string]Unit
	touched []string // in the order in which they were changed first
}

func (w *work) get(code string) (Unit, bool) {
	if u, changed := w.states[code]; changed {
		return u, true
	}
	return w.history.Find(code)
}

func (w *work) set(u Unit) {
	if _, changed := w.states[u.Code]; !changed {
		w.touched = append(w.touched, u.Code)
	}
	w.states[u.Code] = u
}

func (w *work) outcome() Outcome {
	o := Outcome{Event: w.event}
	for _, code := range w.touched {
		if before, known := w.history.Find(code); known {
			o.Event.Was = append(o.Event.Was, before)
			o.Changed = append(o.Changed, w.states[code])
			continue
		}
		o.Event.Created = append(o.Event.Created, code)
		o.Created = append(o.Created, w.states[code])
	}
	return o
}

func (w *work) do() {
	e := w.event
	switch e.Kind {
	case Open:
		w.open()
	case Close:
		for _, code := range e.From {
			w.close(code)
		}
	case Merge:
		for _, code := range e.From {
			w.merge(code, e.Into[0])
		}
	case Split:
		w.split()
	case Rename:
		w.change(e.From[0], func(u *Unit) { u.Name = e.Name })
	case Move:
		for _, code := range e.From {
			u, _ := w.get(code)
			u.Parent = e.Parent
			w.set(u)
		}
	case Restage:
		w.restage(e.From[0], union(e.Stages, nil))
	}
}

// change changes a unit and its open sections alike.
func (w *work) change(code string, change func(u *Unit)) {
	u, _ := w.get(code)
	sections := w.sections(u)
	change(&u)
	w.set(u)
	for _, section := range sections {
		change(&section)
		w.set(section)
	}
}

// sections returns the sections of the unit that are open on the day of the event.
func (w *work) sections(u Unit) []Unit {
	var open []Unit
	if u.Kind != School {
		return nil
	}
	for _, stage := range Stages() {
		if section, known := w.get(sectionCode(u.Code, stage)); known && section.OpenOn(w.event.On) {
			open = append(open, section)
		}
	}
	return open
}

func (w *work) close(code string) {
	w.change(code, func(u *Unit) { u.Closed = w.event.On })
}

func (w *work) open() {
	for _, u := range w.event.New {
		u.Opened = w.event.On
		w.set(u)
		for _, section := range Sections(u) {
			w.set(section)
		}
	}
	for _, code := range w.event.Into {
		w.begin(code)
	}
}

// begin dates the opening of a unit that was taken in without a date.
func (w *work) begin(code string) {
	if u, known := w.history.Find(code); known && u.Opened.IsZero() {
		w.change(code, func(u *Unit) { u.Opened = w.event.On })
	}
}

// merge closes a unit; what stands below it goes under the successor, and stages that the successor lacks are opened there.
func (w *work) merge(code, into string) {
	u, _ := w.get(code)
	var stages []Stage
	for _, section := range w.sections(u) {
		stages = append(stages, section.Stages...)
	}
	for _, below := range w.history.childrenOf(u) {
		if child, _ := w.get(below); child.Parent == code && child.OpenOn(w.event.On) {
			child.Parent = into
			w.set(child)
		}
	}
	w.close(code)
	successor, _ := w.get(into)
	if successor.Kind == School {
		w.restage(into, union(successor.Stages, stages))
	}
}

func (w *work) split() {
	code := w.event.From[0]
	for _, part := range w.event.Into {
		if part != code {
			w.begin(part)
		}
	}
	if !slices.Contains(w.event.Into, code) {
		w.close(code)
	}
}

// restage gives a school exactly these stages: sections that are no more are closed, new ones opened.
func (w *work) restage(code string, stages []Stage) {
	school, _ := w.get(code)
	wanted := school
	wanted.Stages = stages
	if !slices.Equal(school.Stages, stages) {
		w.set(wanted)
	}
	for _, section := range w.sections(school) {
		if !slices.Contains(stages, section.Stages[0]) {
			section.Closed = w.event.On
			w.set(section)
		}
	}
	for _, section := range Sections(wanted) {
		old, known := w.get(section.Code)
		switch {
		case !known && slices.Contains(school.Stages, section.Stages[0]):
			// a school that was taken in without sections
		case !known:
			section.Opened = w.event.On
			w.set(section)
		case !old.OpenOn(w.event.On):
			old.Closed = period.Date{} // it is taught again
			if w.event.On.Before(old.Opened) {
				old.Opened = w.event.On
			}
			w.set(old)
		}
	}
}

// union returns the stages of both in the order of schooling.
func union(a, b []Stage) []Stage {
	var all []Stage
	for _, stage := range Stages() {
		if slices.Contains(a, stage) || slices.Contains(b, stage) {
			all = append(all, stage)
		}
	}
	return all
}
