package pack

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/message"
	"jiaoheng/period"
)

// DefaultLength is the limit of a text that its column does not limit, in characters.
const DefaultLength = 500

// What a column can begin with besides a value.
const (
	DefaultToday = "today"
	DefaultSame  = "same"
)

// registerKeys checks the keys of a register that say how its rows live.
func (l *linker) registerKeys(s *Scope, r *Register) {
	if !r.Living() && !l.unreadLifecycles(r.Pack) {
		l.onlyLiving(r)
	}
	if r.Serial != nil {
		l.serial(r)
	}
	if r.Heading != "" {
		if c := r.column(r.Heading); c == nil {
			l.named(r.Place, "pack.unknown_column", message.Args{"name": r.Heading, "register": r.Name})
		} else if c.Kept || c.Personal || c.Type != Line && c.Type != Choice {
			l.fault(c.Place, "pack.heading_column", message.Args{"name": r.Heading})
		}
	}
	if r.PartOf != "" {
		if whole, known := s.registers[r.PartOf]; !known {
			l.unknown(r.Place, "pack.unknown_register", r.PartOf, slices.Sorted(maps.Keys(s.registers)))
		} else if !whole.Living() || whole == r {
			l.named(r.Place, "pack.part_of_living", message.Args{"name": r.PartOf})
		}
	}
	if r.Example != "" {
		l.example(r)
	}
}

// unreadLifecycles tells whether a file of lifecycles of the pack cannot be read: whether rows live is not known then.
func (l *linker) unreadLifecycles(pack string) bool {
	return slices.ContainsFunc(l.drafts[pack].files, func(f *draftFile) bool { return path.Dir(f.name) == "lifecycles" && f.object == nil })
}

// onlyLiving reports keys that mean nothing where rows have no state.
func (l *linker) onlyLiving(r *Register) {
	given := map[string]bool{"serial": r.Serial != nil, "part_of": r.PartOf != "", "heading": r.Heading != ""}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		if given[key] {
			l.fault(r.Place, "pack.living_only", message.Args{"key": key, "name": r.Name})
		}
	}
	for _, c := range r.Columns {
		if c.Locked {
			l.fault(c.Place, "pack.living_only", message.Args{"key": "locked", "name": r.Name})
		}
	}
}

// serial checks the number that the program gives to new rows.
func (l *linker) serial(r *Register) {
	c := r.column(r.Serial.Column)
	switch {
	case c == nil:
		l.named(r.Serial.Place, "pack.unknown_column", message.Args{"name": r.Serial.Column, "register": r.Name})
	case c.Type != Line || c.Personal || c.Kept || c.Computed() || !slices.Contains(r.Key, c.Name):
		l.named(r.Serial.Place, "pack.serial_column", message.Args{"name": c.Name})
	case c.Required || c.Default != "" || c.Locked:
		l.fault(c.Place, "pack.serial_keys", message.Args{"name": c.Name})
	}
	l.numberForm(r.Serial.Place, r.Serial.Form)
}

// example looks for the sheet among the files of the pack.
func (l *linker) example(r *Register) {
	var names []string
	for _, f := range l.drafts[r.Pack].files {
		if path.Dir(f.name) == examples {
			names = append(names, path.Base(f.name))
		}
	}
	if !slices.Contains(names, r.Example) {
		l.unknown(r.Place, "pack.unknown_example", r.Example, names)
	}
}

// columnKeys checks what a column begins with and what it counts.
func (l *linker) columnKeys(s *Scope, r *Register, c *Column, row expr.Items) {
	if c.Default != "" && !defaultFits(c) {
		l.named(c.Place, "pack.default_value", message.Args{"name": c.Default, "column": c.Name, "type": string(c.Type)})
	}
	if c.Counts != nil {
		l.counts(s, r, c.Counts, row)
	}
}

// defaultFits tells whether a form can begin with the default of the column.
func defaultFits(c *Column) bool {
	switch {
	case c.Default == DefaultSame:
		return true
	case c.Default == DefaultToday:
		return c.Type == Date
	}
	return typed(c, c.Default)
}

// typed tells whether a text is a value of the column as one would type it: the name of an option, true or false, a number,
// a day.
func typed(c *Column, text string) bool {
	switch {
	case c.Type == Choice:
		return c.option(text)
	case c.Type == Flag:
		return text == "true" || text == "false"
	case c.Type == Date:
		_, valid := period.ParseDate(text)
		return valid && isoDate.MatchString(text)
	case c.Type.Numeric():
		number, err := strconv.ParseFloat(text, 64)
		switch {
		case err != nil || !decimal.MatchString(text), c.Type == Count && (number < 0 || strings.Contains(text, ".")):
			return false
		}
		return (c.Least == nil || number >= *c.Least) && (c.Most == nil || number <= *c.Most)
	}
	return len([]rune(text)) <= c.longest()
}

func (c *Column) option(name string) bool {
	return slices.ContainsFunc(c.Choices, func(o Option) bool { return o.Name == name })
}

func (c *Column) longest() int {
	if c.Length > 0 {
		return c.Length
	}
	return DefaultLength
}

// sameUnit stands in Counts.Same for the unit of the rows.
const sameUnit = "unit"

// counts checks which rows a column counts.
func (l *linker) counts(s *Scope, r *Register, counts *Counts, row expr.Items) {
	l.formula(counts.Months, row, expr.Wanted{Type: expr.Numeric})
	other, known := s.registers[counts.Register]
	if !known {
		l.unknown(counts.Place, "pack.unknown_register", counts.Register, slices.Sorted(maps.Keys(s.registers)))
		return
	}
	l.formula(counts.Where, s.lifeItems(other), expr.Wanted{Type: expr.Logical})
	for _, name := range counts.Same {
		if name == sameUnit {
			continue
		}
		here, there := r.column(name), other.column(name)
		if here == nil || there == nil || here.Type != there.Type || here.Personal || there.Personal || here.Kept || here.Computed() {
			l.named(counts.Place, "pack.counts_same", message.Args{"name": name, "register": other.Name})
		}
	}
	here, there := r.column(counts.Dated), other.column(counts.Dated)
	if here == nil || there == nil || here.Type != Date || there.Type != Date {
		l.named(counts.Place, "pack.counts_dated", message.Args{"name": counts.Dated, "register": other.Name})
	}
}
