package lifecycle

import (
	"slices"

	"jiaoheng/message"
)

// graph checks what follows from all ways together: where rows can come from, and that they can come to an end.
func (c *checker) graph() {
	m := c.machine
	if !slices.ContainsFunc(m.States, func(s *State) bool { return s.Final }) {
		c.fault(m.Place, "lifecycle.no_final", nil)
	}
	forward, backward := m.ways()
	reached := walk(m.States[:1], forward)
	var finals []*State
	for _, s := range m.States {
		if s.Final {
			finals = append(finals, s)
		}
	}
	ends := walk(finals, backward)
	for _, s := range m.States {
		args := message.Args{"state": s.Title}
		if !reached[s.Name] {
			c.fault(s.Place, "lifecycle.unreachable", args)
		}
		if s.Pause && !m.leadsBack(s) {
			c.fault(s.Place, "lifecycle.no_way_back", args)
		}
		switch {
		case s.Final:
		case len(forward[s.Name]) == 0:
			c.fault(s.Place, "lifecycle.dead_end", args)
		case len(finals) > 0 && !ends[s.Name]:
			c.fault(s.Place, "lifecycle.no_end", args)
		}
	}
}

// ways returns the states that follow each state, and those before it. A way that ends where it began is none. From a pause
// the way back leads to every state from which the pause is entered.
func (m *Machine) ways() (forward, backward map[string][]string) {
	forward, backward = map[string][]string{}, map[string][]string{}
	add := func(from, to string) {
		if from != to && m.State(from) != nil && m.State(to) != nil {
			forward[from] = append(forward[from], to)
			backward[to] = append(backward[to], from)
		}
	}
	for _, e := range m.Events {
		for _, from := range e.From {
			if e.To != Back {
				add(from, e.To)
				continue
			}
			for _, before := range m.pausedFrom(from) {
				add(from, before)
			}
		}
	}
	return forward, backward
}

// pausedFrom returns the states from which the pause is entered.
func (m *Machine) pausedFrom(pause string) []string {
	var before []string
	for _, e := range m.Events {
		if e.To == pause {
			before = append(before, e.From...)
		}
	}
	return before
}

func (m *Machine) leadsBack(pause *State) bool {
	return slices.ContainsFunc(m.Events, func(e *Event) bool { return e.To == Back && slices.Contains(e.From, pause.Name) })
}

// walk returns the names of all states that can be reached along the ways.
func walk(from []*State, ways map[string][]string) map[string]bool {
	reached := map[string]bool{}
	var open []string
	for _, s := range from {
		open = append(open, s.Name)
		reached[s.Name] = true
	}
	for len(open) > 0 {
		name := open[len(open)-1]
		open = open[:len(open)-1]
		for _, next := range ways[name] {
			if !reached[next] {
				reached[next] = true
				open = append(open, next)
			}
		}
	}
	return reached
}
