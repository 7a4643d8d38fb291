package unit

import (
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Undoing is what it takes to undo an event: the units as they were before, and the codes of those that it had made.
type Undoing struct {
	Event    Event
	Restored []Unit
	Removed  []string
}

// Undo returns what undoing the event with the id would do. Only the latest event of every unit that it names or changed can be
// undone; one that is followed by others is undone after them.
func (h *History) Undo(id string) (Undoing, fault.List) {
	at := -1
	for i, e := range h.events {
		if e.ID == id {
			at = i
		}
	}
	if at < 0 {
		return Undoing{}, fault.List{fault.New("unit.event_unknown", nil)}
	}
	e := h.events[at]
	for _, later := range h.events[at+1:] {
		if code, touched := common(e, later); touched {
			return Undoing{}, fault.List{fault.New("unit.undo_later", message.Args{"name": h.units[code].Name, "date": later.On})}
		}
	}
	undoing := Undoing{Event: e, Removed: e.Created}
	for _, was := range e.Was {
		undoing.Restored = append(undoing.Restored, h.restored(was))
	}
	return undoing, nil
}

// restored is the unit with what an event can change as it was; ownership and setting stay as they are now.
func (h *History) restored(was Unit) Unit {
	u, known := h.units[was.Code]
	if !known {
		return was
	}
	u.Name, u.Parent, u.Stages, u.Opened, u.Closed = was.Name, was.Parent, was.Stages, was.Opened, was.Closed
	return u
}

// common returns a unit of the event e that the later one touches too.
func common(e, later Event) (string, bool) {
	codes := append(append(append([]string{}, e.From...), e.Into...), e.Created...)
	for _, u := range e.Was {
		codes = append(codes, u.Code)
	}
	for _, code := range codes {
		if later.Touches(code) {
			return code, true
		}
	}
	return "", false
}
