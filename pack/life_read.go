package pack

import (
	"github.com/goccy/go-yaml/ast"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

// Limits of what stands in lifecycles beside those of package lifecycle.
const (
	MaxAttach = 20  // files that an event may ask for
	MaxDays   = 999 // of a reminder, an escalation or silence
)

// readLife is a lifecycle as it was read. One with faults is not looked at as a whole: what follows from them says nothing.
type readLife struct {
	machine *lifecycle.Machine
	sound   bool
}

// readLifecycle reads the state table of a register.
func (r *reader) readLifecycle(p *Pack, name string, at, value ast.Node) {
	before := len(*r.faults)
	r.name(at, name, plainName)
	o := r.entry(value, "lifecycle")
	if o == nil {
		return
	}
	machine := &lifecycle.Machine{Register: name, Create: o.manyWho("create"), Place: r.place(at)}
	o.missing("states")
	o.missing("events")
	o.each("states", func(name string, at, value ast.Node) {
		if state := r.readState(name, at, value); state != nil {
			machine.States = append(machine.States, state)
		}
	})
	o.each("events", func(name string, at, value ast.Node) {
		if event := r.readEvent(name, at, value); event != nil {
			machine.Events = append(machine.Events, event)
		}
	})
	p.lives = append(p.lives, readLife{machine, len(*r.faults) == before})
}

// within reports a list or mapping with too many members.
func (o *object) within(key string, count, limit int) {
	if count > limit {
		o.fault(o.at[key], "pack.too_many_members", message.Args{"key": key, "count": count, "limit": limit})
	}
}

var tones = []string{string(lifecycle.Open), string(lifecycle.Good), string(lifecycle.Bad), string(lifecycle.Warning), string(lifecycle.Neutral)}

func (r *reader) readState(name string, at, value ast.Node) *lifecycle.State {
	r.lifeName(at, name)
	o := r.entry(value, "state")
	if o == nil {
		return nil
	}
	state := &lifecycle.State{Name: name, Title: o.title(), Tone: lifecycle.Tone(o.oneOf("tone", tones)), Final: o.flag("final"), Pause: o.flag("pause"),
		Waits: o.who("waits"), Silent: o.whole("silent", 0, 1, MaxDays), Remind: o.steps("remind"), Late: o.steps("late"), Place: r.place(at)}
	if state.Final && !o.has("tone") {
		state.Tone = lifecycle.Good
	}
	if n := o.get("due"); n != nil {
		state.Due = r.readDue(n)
	}
	for _, n := range o.list("edit") {
		if inner := r.entry(n, "edit"); inner != nil {
			state.Edit = append(state.Edit, lifecycle.Edit{By: inner.manyWho("by"), Columns: inner.words("columns"), Place: inner.here()})
		}
	}
	return state
}

// lifeName checks the name of a state or an event; two words have a meaning of their own there.
func (r *reader) lifeName(at ast.Node, name string) {
	if name == lifecycle.Back || name == lifecycle.Created {
		r.fault(at, "pack.life_name", message.Args{"name": name})
		return
	}
	r.name(at, name, plainName)
}

// readDue reads a deadline: exactly one of within, on and keep. Days are counted as count says; of a day in a column they
// are days of the calendar unless said.
func (r *reader) readDue(n ast.Node) *lifecycle.Due {
	o := r.entry(n, "due")
	if o == nil {
		return nil
	}
	due := &lifecycle.Due{Within: o.formula("within"), Count: lifecycle.Count(o.oneOf("count", []string{string(lifecycle.Calendar), string(lifecycle.Working)})),
		From: o.text("from"), On: o.text("on"), Keep: o.flag("keep"), Place: o.here()}
	o.exactlyOne("within", "on", "keep")
	if o.has("within") {
		o.missing("count")
	} else if o.has("from") {
		o.fault(o.at["from"], "pack.from_without_within", nil)
	}
	return due
}

// exactlyOne reports an entry that has none or several of the keys.
func (o *object) exactlyOne(keys ...string) {
	given := 0
	for _, key := range keys {
		if o.has(key) {
			given++
		}
	}
	if given != 1 {
		o.fault(o.node, "pack.one_of", message.Args{"keys": joined(keys)})
	}
}

// steps reads reminders or escalations.
func (o *object) steps(key string) []lifecycle.Step {
	var all []lifecycle.Step
	for _, n := range o.list(key) {
		inner := o.entry(n, "step")
		if inner == nil {
			continue
		}
		inner.missing("days")
		step := lifecycle.Step{Days: inner.whole("days", 1, 0, MaxDays), To: inner.who("to"), Letter: inner.text("letter"), Opens: inner.opens("opens"),
			Say: inner.said(), Place: inner.here()}
		if !inner.hasAny([]string{"to", "letter", "opens"}) {
			inner.fault(n, "pack.step_empty", nil)
		}
		if before := len(all) - 1; before >= 0 && all[before].Days == step.Days {
			inner.fault(n, "pack.step_twice", message.Args{"days": step.Days})
		}
		all = append(all, step)
	}
	o.within(key, len(all), lifecycle.MaxSteps)
	return all
}

// said reads words that may be given in place of the usual ones, in both languages.
func (o *object) said() Text {
	text := Text{Chinese: o.text("say"), English: o.text("english")}
	if (text.Chinese == "") != (text.English == "") {
		o.fault(o.node, "pack.both_languages", message.Args{"key": "say"})
	}
	return text
}
