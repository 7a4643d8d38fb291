package pack

import (
	"slices"
	"strings"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

// KeptColumns are the names of the columns that a lifecycle keeps, in their order at the end of a register.
var KeptColumns = []string{ColumnState, ColumnSince, ColumnDue, ColumnLead, ColumnOwner, ColumnMaker, ColumnPart, ColumnBack}

// live gives the registers of a pack their lifecycles and the columns that a lifecycle keeps.
func (l *linker) live(p *Pack) {
	for _, read := range p.lives {
		machine := read.machine
		at := slices.IndexFunc(p.Registers, func(r *Register) bool { return r.Name == machine.Register })
		if at < 0 {
			l.fault(machine.Place, "pack.life_register", message.Args{"name": machine.Register, "near": nearRegisters(p, machine.Register)})
			continue
		}
		register := p.Registers[at]
		if register.Life != nil {
			l.fault(machine.Place, "pack.name_twice", message.Args{"name": machine.Register, "where": register.Life.Place.Text(message.Chinese)})
			continue
		}
		for _, c := range register.Columns {
			if slices.Contains(KeptColumns, c.Name) || slices.Contains(clockNames, c.Name) {
				l.fault(c.Place, "pack.kept_name", message.Args{"name": c.Name, "names": strings.Join(append(slices.Clone(KeptColumns), clockNames...), " ")})
			}
		}
		register.Columns = slices.DeleteFunc(register.Columns, func(c *Column) bool { return slices.Contains(KeptColumns, c.Name) })
		register.Life = machine
		register.Columns = append(register.Columns, kept(machine)...)
		l.living(register)
	}
}

func nearRegisters(p *Pack, name string) string {
	var names []string
	for _, r := range p.Registers {
		names = append(names, r.Name)
	}
	return near(name, names)
}

// living checks what every register with a lifecycle has: rows outside periods, a number or a key, and a column that says
// in lists and letters what a row is about.
func (l *linker) living(r *Register) {
	if r.Every != 0 {
		l.fault(r.Place, "pack.living_every", message.Args{"name": r.Name})
	}
	if len(r.Key) == 0 {
		l.fault(r.Place, "pack.living_key", message.Args{"name": r.Name})
	}
	if r.Heading == "" {
		l.fault(r.Place, "pack.living_heading", message.Args{"name": r.Name})
	}
}

// kept makes the columns that a lifecycle keeps.
func kept(machine *lifecycle.Machine) []*Column {
	types := map[string]ColumnType{ColumnState: Choice, ColumnSince: Date, ColumnDue: Date}
	var all []*Column
	for _, name := range KeptColumns {
		c := &Column{Name: name, Type: Line, Kept: true, Place: machine.Place,
			Title: Text{Chinese: message.Text(message.Chinese, "pack.kept."+name, nil), English: message.Text(message.English, "pack.kept."+name, nil)}}
		if kind, other := types[name]; other {
			c.Type = kind
		}
		if c.Type == Choice {
			for _, state := range machine.States {
				c.Choices = append(c.Choices, Option{Name: state.Name, Title: state.Title, Place: state.Place})
			}
		}
		all = append(all, c)
	}
	return all
}
