package lifecycle

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxFiles is the largest number of files that an event may ask for.
const MaxFiles = 20

func (c *checker) event(e *Event) {
	args := message.Args{"event": e.Title}
	if len(e.By) == 0 {
		c.fault(e.Place, "lifecycle.event_by", args)
	}
	c.who(e.Place, e.By)
	c.who(e.Place, e.Tell)
	if len(e.From) == 0 {
		c.fault(e.Place, "lifecycle.event_from", args)
	}
	for i, name := range e.From {
		switch from := c.machine.State(name); {
		case from == nil:
			c.fault(e.Place, "lifecycle.state_unknown", message.Args{"event": e.Title, "name": name})
		case slices.Contains(e.From[:i], name):
			c.fault(e.Place, "lifecycle.from_twice", message.Args{"event": e.Title, "state": from.Title})
		default:
			c.way(e, from)
		}
	}
	if e.To != "" && e.To != Back && c.machine.State(e.To) == nil {
		c.fault(e.Place, "lifecycle.state_unknown", message.Args{"event": e.Title, "name": e.To})
	}
	if to := c.machine.State(e.To); to != nil && to.Pause && !e.Note {
		c.fault(e.Place, "lifecycle.pause_note", message.Args{"event": e.Title, "state": to.Title})
	}
	if e.Attach < 0 || e.Attach > MaxFiles {
		c.fault(e.Place, "lifecycle.attach", message.Args{"event": e.Title, "most": MaxFiles})
	}
	if !slices.Contains([]Gift{GivesNothing, GivesLead, GivesOwner}, e.Gives) {
		c.fault(e.Place, "lifecycle.gives", message.Args{"event": e.Title, "gives": string(e.Gives)})
	}
	c.columns(e)
	for _, g := range e.Guards {
		c.guard(e, g)
	}
}

// way checks one way of an event, from one state.
func (c *checker) way(e *Event, from *State) {
	to, args := c.machine.State(e.To), message.Args{"event": e.Title, "state": from.Title}
	if e.To == Back && !from.Pause {
		c.fault(e.Place, "lifecycle.back_from", args)
	}
	if to != nil && to.Pause && (from.Pause || from.Final) {
		c.fault(e.Place, "lifecycle.pause_from", args)
	}
	if e.Extend == nil {
		return
	}
	running := e.To == "" && from.Due != nil || e.To == "" && from.Pause || e.To == Back || to != nil && (to.Due != nil || to.Pause)
	if !running {
		c.fault(e.Place, "lifecycle.extend_nothing", args)
	}
}

// columns checks that no column is asked for twice or given twice.
func (c *checker) columns(e *Event) {
	seen := map[string]bool{}
	for _, column := range slices.Concat(e.Asks, e.Takes) {
		if seen[column] {
			c.fault(e.Place, "lifecycle.column_twice", message.Args{"event": e.Title, "column": column})
		}
		seen[column] = true
	}
	for _, set := range e.Set {
		ways := 0
		for _, given := range []bool{set.To != nil, set.Today, set.Option != ""} {
			if given {
				ways++
			}
		}
		if ways != 1 {
			c.fault(set.at(e), "lifecycle.set_way", message.Args{"event": e.Title, "column": set.Column})
		}
		if seen[set.Column] {
			c.fault(set.at(e), "lifecycle.column_twice", message.Args{"event": e.Title, "column": set.Column})
		}
		seen[set.Column] = true
	}
}

func (s Set) at(e *Event) fault.Place {
	if s.Place == (fault.Place{}) {
		return e.Place
	}
	return s.Place
}

func (c *checker) guard(e *Event, g Guard) {
	place, ways := g.Place, 0
	if place == (fault.Place{}) {
		place = e.Place
	}
	for _, given := range []bool{len(g.Second) > 0, g.Holds != nil, g.Closed != ""} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		c.fault(place, "lifecycle.guard_way", message.Args{"event": e.Title})
	}
	for _, name := range g.Second {
		if name != Created && c.machine.Event(name) == nil {
			c.fault(place, "lifecycle.second_unknown", message.Args{"event": e.Title, "name": name})
		}
	}
}
