package lifecycle

import (
	"fmt"
	"slices"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// checker finds every fault of a machine.
type checker struct {
	machine *Machine
	faults  fault.List
}

// Check returns everything that is wrong with the machine by itself: what can be told without knowing its register, its
// letters and the other registers. A machine without faults has no state that cannot be reached or left, an end that can be
// reached from everywhere, somebody who is waited for under every deadline, and a way back from every pause.
func (m *Machine) Check() fault.List {
	c := &checker{machine: m}
	if len(m.States) == 0 {
		c.fault(m.Place, "lifecycle.no_states", nil)
		return c.faults
	}
	if len(m.States) > MaxStates {
		c.fault(m.Place, "lifecycle.too_many_states", message.Args{"count": len(m.States), "most": MaxStates})
	}
	if len(m.Events) > MaxEvents {
		c.fault(m.Place, "lifecycle.too_many_events", message.Args{"count": len(m.Events), "most": MaxEvents})
	}
	c.who(m.Place, m.Create)
	for _, w := range m.Create {
		if w.Relation == Owner || w.Relation == Maker {
			c.fault(w.at(m.Place), "lifecycle.create_who", message.Args{"who": whoWords([]Who{w})})
		}
	}
	seen := map[string]bool{}
	for i, s := range m.States {
		if seen[s.Name] || s.Name == Back || s.Name == "" {
			c.fault(s.Place, "lifecycle.state_name", message.Args{"name": s.Name})
		}
		seen[s.Name] = true
		c.state(s, i == 0)
	}
	clear(seen)
	for _, e := range m.Events {
		if seen[e.Name] || e.Name == Created || e.Name == "" {
			c.fault(e.Place, "lifecycle.event_name", message.Args{"name": e.Name})
		}
		seen[e.Name] = true
		c.event(e)
	}
	c.graph()
	return c.faults
}

func (c *checker) fault(place fault.Place, code string, args message.Args) {
	c.faults.Add(fault.At(place, code, args))
}

// at returns the place of the words, or that of what they stand in.
func (w Who) at(place fault.Place) fault.Place {
	if w.Place == (fault.Place{}) {
		return place
	}
	return w.Place
}

var relations = []Relation{Own, Above, Lead, Owner, Maker}

func (c *checker) who(place fault.Place, who []Who) {
	for _, w := range who {
		if !slices.Contains(relations, w.Relation) {
			c.fault(w.at(place), "lifecycle.relation", message.Args{"relation": string(w.Relation), "known": fmt.Sprint(relations)})
		}
		if w.Role != "" && !slices.Contains(access.Roles(), w.Role) {
			c.fault(w.at(place), "lifecycle.role", message.Args{"role": string(w.Role), "known": fmt.Sprint(access.Roles())})
		}
		if w.Subject != "" && w.Role != access.BureauOffice {
			c.fault(w.at(place), "lifecycle.subject", message.Args{"subject": w.Subject})
		}
	}
}

func (c *checker) state(s *State, first bool) {
	args := message.Args{"state": s.Title}
	if !slices.Contains([]Tone{Open, Good, Bad, Warning, Neutral}, s.Tone) {
		c.fault(s.Place, "lifecycle.tone", message.Args{"state": s.Title, "tone": string(s.Tone)})
	}
	if first && (s.Final || s.Pause) {
		c.fault(s.Place, "lifecycle.first_state", args)
	}
	if s.Final && s.Pause {
		c.fault(s.Place, "lifecycle.final_pause", args)
	}
	if s.Final && (s.Due != nil || len(s.Waits)+len(s.Remind)+len(s.Late)+s.Silent > 0) {
		c.fault(s.Place, "lifecycle.final_clock", args)
	}
	if s.Pause && (s.Due != nil || len(s.Remind)+len(s.Late) > 0) {
		c.fault(s.Place, "lifecycle.pause_clock", args)
	}
	if s.Due != nil && len(s.Waits) == 0 {
		c.fault(s.Place, "lifecycle.due_for_nobody", args)
	}
	if s.Due == nil && len(s.Remind)+len(s.Late) > 0 && !s.Final && !s.Pause {
		c.fault(s.Place, "lifecycle.steps_without_due", args)
	}
	if s.Silent < 0 || s.Silent > MaxDays {
		c.fault(s.Place, "lifecycle.silent", message.Args{"state": s.Title, "most": MaxDays})
	}
	c.who(s.Place, s.Waits)
	c.due(s, first)
	c.steps(s, s.Remind, 0)
	c.steps(s, s.Late, 1)
	if n := len(s.Remind) + len(s.Late); n > MaxSteps {
		c.fault(s.Place, "lifecycle.too_many_steps", message.Args{"state": s.Title, "count": n, "most": MaxSteps})
	}
	for _, edit := range s.Edit {
		if len(edit.By) == 0 {
			c.fault(edit.Place, "lifecycle.edit_by", args)
		}
		c.who(edit.Place, edit.By)
	}
}

func (c *checker) due(s *State, first bool) {
	d := s.Due
	if d == nil {
		return
	}
	ways := 0
	for _, given := range []bool{d.Within != nil, d.On != "", d.Keep} {
		if given {
			ways++
		}
	}
	args := message.Args{"state": s.Title}
	if ways != 1 || d.From != "" && d.Within == nil {
		c.fault(d.Place, "lifecycle.due_way", args)
	}
	counted := d.Count == Working || d.Count == Calendar
	if !counted && (d.Within != nil || d.Count != "") {
		c.fault(d.Place, "lifecycle.due_count", message.Args{"state": s.Title, "count": string(d.Count)})
	}
	if d.Keep && (first || !c.dueBefore(s)) {
		c.fault(d.Place, "lifecycle.keep_nothing", args)
	}
}

// dueBefore tells whether any state from which the row can come has a deadline that can be kept.
func (c *checker) dueBefore(s *State) bool {
	for _, e := range c.machine.Events {
		if e.To != s.Name {
			continue
		}
		for _, name := range e.From {
			if from := c.machine.State(name); from != nil && (from.Due != nil || from.Pause) {
				return true
			}
		}
	}
	return false
}

// steps checks reminders or escalations: each does something, on a day of its own.
func (c *checker) steps(s *State, steps []Step, least int) {
	seen := map[int]bool{}
	for _, step := range steps {
		args := message.Args{"state": s.Title, "days": step.Days, "least": least, "most": MaxDays}
		if step.Days < least || step.Days > MaxDays {
			c.fault(step.Place, "lifecycle.step_days", args)
		}
		if seen[step.Days] {
			c.fault(step.Place, "lifecycle.step_twice", args)
		}
		seen[step.Days] = true
		if len(step.To) == 0 && step.Letter == "" && len(step.Opens) == 0 {
			c.fault(step.Place, "lifecycle.step_idle", args)
		}
		c.who(step.Place, step.To)
	}
}
