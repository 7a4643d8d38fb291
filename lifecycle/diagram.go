package lifecycle

import (
	"strings"

	"jiaoheng/message"
)

// Diagram draws the machine as text: for each state who is waited for and until when, and for each event whither it leads,
// who may cause it and what it needs. The same machine always gives the same text.
func (m *Machine) Diagram(language message.Language) string {
	var out strings.Builder
	for i, s := range m.States {
		m.drawState(&out, s, i == 0, language)
	}
	return out.String()
}

func (m *Machine) drawState(out *strings.Builder, s *State, first bool, language message.Language) {
	sign := "○ "
	switch {
	case first:
		sign = "● "
	case s.Final:
		sign = "◎ "
	case s.Pause:
		sign = "‖ "
	}
	out.WriteString(sign + s.Title.In(language))
	for _, note := range s.notes(first, language) {
		out.WriteString(message.Text(language, "lifecycle.diagram.note", message.Args{"note": note}))
	}
	out.WriteString("\n")
	var ways []*Event
	for _, e := range m.Events {
		for _, from := range e.From {
			if from == s.Name {
				ways = append(ways, e)
			}
		}
	}
	for i, e := range ways {
		branch := "├─"
		if i == len(ways)-1 {
			branch = "└─"
		}
		out.WriteString("  " + branch + " " + m.drawWay(e, language) + "\n")
	}
}

// notes says what holds for a state: whether it is the first, the last or a pause, who is waited for, until when.
func (s *State) notes(first bool, language message.Language) []string {
	var notes []string
	say := func(key string, args message.Args) { notes = append(notes, message.Text(language, key, args)) }
	switch {
	case first:
		say("lifecycle.diagram.first", nil)
	case s.Final:
		say("lifecycle.diagram.final", nil)
	case s.Pause:
		say("lifecycle.diagram.pause", nil)
	}
	if len(s.Waits) > 0 {
		say("lifecycle.diagram.waits", message.Args{"who": TextOf(s.Waits, language)})
	}
	if s.Due != nil {
		notes = append(notes, s.Due.text(language))
	}
	return notes
}

// text says until when somebody has to act, with the formula as it is written.
func (d *Due) text(language message.Language) string {
	switch {
	case d.Keep:
		return message.Text(language, "lifecycle.diagram.due_keep", nil)
	case d.On != "":
		return message.Text(language, "lifecycle.diagram.due_on", message.Args{"column": d.On})
	}
	count := message.Word("lifecycle.count.calendar")
	if d.Count == Working {
		count = message.Word("lifecycle.count.working")
	}
	args := message.Args{"days": d.Within.Text, "count": count, "column": d.From}
	if d.From != "" {
		return message.Text(language, "lifecycle.diagram.due_from", args)
	}
	return message.Text(language, "lifecycle.diagram.due_within", args)
}

// drawWay says whither an event leads, by whom, and what it needs.
func (m *Machine) drawWay(e *Event, language message.Language) string {
	args := message.Args{"event": e.Title, "who": TextOf(e.By, language)}
	key := "lifecycle.diagram.to"
	switch target := m.State(e.To); {
	case e.To == Back:
		args["state"] = message.Word("lifecycle.diagram.back")
	case target == nil:
		key = "lifecycle.diagram.stays"
	default:
		args["state"] = target.Title
	}
	text := message.Text(language, key, args)
	if needs := m.needs(e, language); len(needs) > 0 {
		text += message.Text(language, "lifecycle.diagram.needs", message.Args{"needs": join(needs, language)})
	}
	return text
}

// needs says what an event wants besides the right to cause it.
func (m *Machine) needs(e *Event, language message.Language) []string {
	var needs []string
	say := func(key string, args message.Args) { needs = append(needs, message.Text(language, key, args)) }
	if e.Note {
		say("lifecycle.diagram.note_wanted", nil)
	}
	if e.Attach > 0 {
		say("lifecycle.diagram.files_wanted", message.Args{"count": e.Attach})
	}
	for _, g := range e.Guards {
		switch {
		case len(g.Second) > 0:
			before := make([]string, len(g.Second))
			for i, name := range g.Second {
				before[i] = m.titleOf(name).In(language)
			}
			say("lifecycle.diagram.second", message.Args{"before": join(before, language)})
		case g.Holds != nil:
			say("lifecycle.diagram.holds", message.Args{"formula": g.Holds.Text})
		default:
			say("lifecycle.diagram.closed", message.Args{"register": g.Closed})
		}
	}
	if e.Letter != "" {
		say("lifecycle.diagram.letter", message.Args{"letter": e.Letter})
	}
	if e.Extend != nil {
		say("lifecycle.diagram.extend", message.Args{"days": e.Extend.Text})
	}
	return needs
}
