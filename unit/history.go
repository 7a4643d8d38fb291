package unit

import (
	"slices"
	"sort"

	"jiaoheng/message"
	"jiaoheng/period"
)

// History tells the units of the region as they were on any day. It is built from the units as they stand after every recorded
// event, and the events; it is not changed after it was built and may be read by many at once.
type History struct {
	units  map[string]Unit
	codes  []string // in order
	events []Event  // in order of their days, those of one day in the order in which they were recorded

	past    map[string][]state     // by code: the states before each event that changed the unit, in order of days
	born    map[string]period.Date // by code: the day of the event that made the unit
	coming  map[string][]Event     // by code: the mergers and splits into the unit
	leaving map[string][]Event     // by code: the mergers and splits of the unit
}

// state is a unit as it was until the day.
type state struct {
	until period.Date
	unit  Unit
}

// NewHistory returns the history of units with events; events that were undone are left out.
// The order of events of one day is that of the slice.
func NewHistory(units []Unit, events []Event) *History {
	h := &History{units: make(map[string]Unit, len(units)), past: map[string][]state{}, born: map[string]period.Date{},
		coming: map[string][]Event{}, leaving: map[string][]Event{}}
	for _, u := range units {
		h.units[u.Code] = u
		h.codes = append(h.codes, u.Code)
	}
	slices.Sort(h.codes)
	for _, e := range events {
		if !e.Undone {
			h.events = append(h.events, e)
		}
	}
	sort.SliceStable(h.events, func(a, b int) bool { return h.events[a].On.Before(h.events[b].On) })
	for _, e := range h.events {
		h.note(e)
	}
	return h
}

// note enters an event into what is looked up by unit.
func (h *History) note(e Event) {
	for _, u := range e.Was {
		h.past[u.Code] = append(h.past[u.Code], state{e.On, u})
	}
	for _, code := range e.Created {
		h.born[code] = e.On
	}
	if e.Kind != Merge && e.Kind != Split {
		return
	}
	for _, code := range e.Into {
		h.coming[code] = append(h.coming[code], e)
	}
	for _, code := range e.From {
		h.leaving[code] = append(h.leaving[code], e)
	}
}

// Find returns the unit as it stands after every recorded event, those of days to come included.
func (h *History) Find(code string) (Unit, bool) {
	u, known := h.units[code]
	return u, known
}

// On returns the unit as it was on the day: name, parent, stages. A unit that was not open on the day is returned too, as it was
// before or after, so ask OpenOn; false says that the code is not known. Closed is zero where the closing came later.
func (h *History) On(code string, day period.Date) (Unit, bool) {
	u, known := h.units[code]
	if !known {
		return Unit{}, false
	}
	for _, was := range h.past[code] {
		if day.Before(was.until) {
			return was.unit, true
		}
	}
	return u, true
}

// OpenOn tells whether the unit existed on the day.
func (h *History) OpenOn(code string, day period.Date) bool {
	u, known := h.On(code, day)
	return known && u.OpenOn(day)
}

// NameIn returns the name that the unit had on the day on which units are looked at in the period, "" for an unknown code: the first
// day of a school year or a term, the day of the yearly statistics; the last day of every other period. Of a unit that was closed
// by then it is the last name.
func (h *History) NameIn(code string, p period.Period) string {
	day := p.To()
	if p.Kind == period.SchoolYear || p.Kind == period.Term {
		day = p.From()
	}
	u, _ := h.On(code, day)
	return u.Name
}

// Units returns every unit that ever was, with name, parent and stages as on the day, and the days of opening and closing as
// they are known now. They come in order of their codes.
func (h *History) Units(day period.Date) []Unit {
	all := make([]Unit, 0, len(h.codes))
	for _, code := range h.codes {
		now := h.units[code]
		u, _ := h.On(code, day)
		u.Opened, u.Closed = now.Opened, now.Closed
		all = append(all, u)
	}
	return all
}

// Tree returns the tree of every unit that ever was, as Units tells them. It knows who was merged into whom: see Tree.Before.
func (h *History) Tree(day period.Date) (*Tree, error) {
	tree, err := Build(h.Units(day))
	if err != nil {
		return nil, err
	}
	tree.before = map[string][]string{}
	for code := range h.coming {
		if origins := h.Origins(code, day); len(origins) > 0 {
			tree.before[code] = origins
		}
	}
	return tree, nil
}

// Events returns the events in order of their days.
func (h *History) Events() []Event { return slices.Clone(h.events) }

// EventsOf returns the events that name the unit or changed it, the latest first.
func (h *History) EventsOf(code string) []Event {
	var found []Event
	for i := len(h.events) - 1; i >= 0; i-- {
		if h.events[i].Touches(code) {
			found = append(found, h.events[i])
		}
	}
	return found
}

// Recorded says which parts of a unit were changed by events: what stands there was ordered, and is not for a table to change.
type Recorded struct{ Name, Parent, Stages, Closed bool }

// Recorded returns the parts of the unit that events changed.
func (h *History) Recorded(code string) Recorded {
	var r Recorded
	past := h.past[code]
	for i, before := range past {
		next := h.units[code]
		if i+1 < len(past) {
			next = past[i+1].unit
		}
		r.Name = r.Name || before.unit.Name != next.Name
		r.Parent = r.Parent || before.unit.Parent != next.Parent
		r.Stages = r.Stages || !slices.Equal(before.unit.Stages, next.Stages)
		r.Closed = r.Closed || before.unit.Closed != next.Closed
	}
	return r
}

// Line returns what happened in one sentence, with the names of the day.
func (h *History) Line(language message.Language, e Event) string {
	args := message.Args{"from": h.names(language, e.From, e.On.AddDays(-1)), "into": h.names(language, e.Into, e.On), "name": e.Name,
		"parent": h.names(language, []string{e.Parent}, e.On), "stages": stagesText(language, e.Stages)}
	return message.Text(language, "unit.event.line."+string(e.Kind), args)
}

func (h *History) names(language message.Language, codes []string, day period.Date) string {
	text := ""
	for i, code := range codes {
		if i > 0 {
			text += message.Text(language, "unit.event.and", nil)
		}
		if u, known := h.On(code, day); known {
			text += u.Name
		} else {
			text += code
		}
	}
	return text
}

func stagesText(language message.Language, stages []Stage) string {
	text := ""
	for i, stage := range stages {
		if i > 0 {
			text += message.Text(language, "unit.event.and", nil)
		}
		text += message.Text(language, "unit.stage."+string(stage), nil)
	}
	return text
}
