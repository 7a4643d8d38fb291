package pack

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

// lives checks the lifecycles of a pack against its registers, letters and the registers in which they open rows.
func (l *linker) lives(p *Pack, s *Scope) {
	for _, read := range p.lives {
		register, known := s.registers[read.machine.Register]
		if !known || register.Life != read.machine {
			continue
		}
		if read.sound {
			l.faults.Add(read.machine.Check()...)
		}
		l.life(s, register)
	}
	l.opensCircles(p, s)
}

func (l *linker) life(s *Scope, r *Register) {
	row := s.lifeItems(r)
	for _, state := range r.Life.States {
		l.due(r, state.Due, row)
		for _, edit := range state.Edit {
			for _, name := range edit.Columns {
				if c := l.written(r, edit.Place, name); c != nil && c.Locked {
					l.named(edit.Place, "pack.edit_locked", message.Args{"name": name})
				}
			}
		}
		for _, step := range slices.Concat(state.Remind, state.Late) {
			l.letterOf(s, r, step.Letter, step.Place)
			for i := range step.Opens {
				l.opened(s, r, &step.Opens[i], row)
			}
		}
	}
	for _, event := range r.Life.Events {
		l.event(s, r, event, row)
	}
}

// due checks the columns and the formula of a deadline.
func (l *linker) due(r *Register, due *lifecycle.Due, row expr.Items) {
	if due == nil {
		return
	}
	l.days(due.Within, row)
	for _, name := range []string{due.From, due.On} {
		if name == "" {
			continue
		}
		if c := r.column(name); c == nil || c.Type != Date || c.Kept {
			l.named(due.Place, "pack.dated_column", message.Args{"name": name, "register": r.Name})
		}
	}
}

// days checks a formula that gives a number of days.
func (l *linker) days(f *Formula, row expr.Items) {
	l.formula(f, row, expr.Wanted{Type: expr.Numeric})
	if f == nil || f.Ready == nil {
		return
	}
	if m := f.Ready.Measure(); m != nil && !m.Pure() && !m.SameDimension(days) {
		l.fault(f.Place, "pack.days_measure", message.Args{"measure": measureText(*m)})
	}
}

// written returns the column of the name when people can write it; else it reports why not.
func (l *linker) written(r *Register, place fault.Place, name string) *Column {
	c := r.column(name)
	switch {
	case c == nil:
		l.unknown(place, "pack.unknown_column_near", name, writtenNames(r))
	case !r.Written(c):
		l.named(place, "pack.not_written", message.Args{"name": name})
	default:
		return c
	}
	return nil
}

func writtenNames(r *Register) []string {
	var names []string
	for _, c := range r.Columns {
		if r.Written(c) {
			names = append(names, c.Name)
		}
	}
	return names
}

// letterOf checks that a letter exists and is about rows of the register.
func (l *linker) letterOf(s *Scope, r *Register, name string, place fault.Place) {
	if name == "" {
		return
	}
	letter, known := s.letters[name]
	if !known {
		l.unknown(place, "pack.unknown_letter", name, slices.Sorted(maps.Keys(s.letters)))
	} else if letter.Register != r.Name {
		l.named(place, "pack.letter_register", message.Args{"name": name, "other": letter.Register, "register": r.Name})
	}
}

// event checks what an event asks for, sets, sends and opens.
func (l *linker) event(s *Scope, r *Register, event *lifecycle.Event, row expr.Items) {
	for _, name := range slices.Concat(event.Asks, event.Takes) {
		l.written(r, event.Place, name)
	}
	for _, guard := range event.Guards {
		l.formula(guard.Holds, row, expr.Wanted{Type: expr.Logical})
		if guard.Closed == "" {
			continue
		}
		if part, known := s.registers[guard.Closed]; !known {
			l.unknown(guard.Place, "pack.unknown_register", guard.Closed, slices.Sorted(maps.Keys(s.registers)))
		} else if part.PartOf != r.Name || !part.Living() {
			l.named(guard.Place, "pack.not_part", message.Args{"name": guard.Closed, "register": r.Name})
		}
	}
	for i := range event.Set {
		l.sets(r, &event.Set[i], row)
	}
	l.days(event.Extend, row)
	l.letterOf(s, r, event.Letter, event.Place)
	for i := range event.Opens {
		l.opened(s, r, &event.Opens[i], row)
	}
}

// sets checks that a column can take what an event gives it.
func (l *linker) sets(r *Register, set *lifecycle.Set, row expr.Items) {
	c := r.column(set.Column)
	switch {
	case c == nil:
		l.unknown(set.Place, "pack.unknown_column_near", set.Column, writtenNames(r))
		return
	case !r.Written(c):
		l.named(set.Place, "pack.not_written", message.Args{"name": set.Column})
		return
	}
	switch {
	case set.Today && c.Type != Date, set.Option != "" && c.Type != Choice, set.To != nil && (c.Type == Date || c.Type == Line):
		l.named(set.Place, "pack.set_type", message.Args{"name": set.Column, "type": string(c.Type)})
	case set.Option != "" && !c.option(set.Option):
		l.unknown(set.Place, "pack.unknown_option", set.Option, optionNames(c))
	case c.Type == Flag:
		l.formula(set.To, row, expr.Wanted{Type: expr.Logical})
	case c.Type == Choice:
		l.formula(set.To, row, expr.Wanted{Type: expr.Numeric}, countTo(len(c.Choices))...)
	default:
		l.formula(set.To, row, expr.Wanted{Type: expr.Numeric, Measure: &c.Measure})
	}
}

func optionNames(c *Column) []string {
	var names []string
	for _, option := range c.Choices {
		names = append(names, option.Name)
	}
	return names
}

// opensCircles reports registers whose rows open rows of each other without end.
func (l *linker) opensCircles(p *Pack, s *Scope) {
	var names []string
	for _, read := range p.lives {
		names = append(names, read.machine.Register)
	}
	next := func(name string) []string {
		r, known := s.registers[name]
		if !known || !r.Living() {
			return nil
		}
		return opensOf(r.Life)
	}
	for _, circle := range circles(names, next) {
		if r, known := s.registers[circle[0]]; known {
			l.fault(r.Life.Place, "pack.opens_circle", message.Args{"names": arrows(circle)})
		}
	}
}

// opensOf returns the registers in which a lifecycle opens rows.
func opensOf(machine *lifecycle.Machine) []string {
	var names []string
	add := func(all []lifecycle.Opens) {
		for _, opens := range all {
			if !slices.Contains(names, opens.Register) {
				names = append(names, opens.Register)
			}
		}
	}
	for _, state := range machine.States {
		for _, step := range slices.Concat(state.Remind, state.Late) {
			add(step.Opens)
		}
	}
	for _, event := range machine.Events {
		add(event.Opens)
	}
	return names
}
