package pack

import (
	"maps"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

// opened checks that the other register would take a row that is opened: it exists and its rows live, what is copied and
// filled in fits its columns, and nothing that it requires lacks.
func (l *linker) opened(s *Scope, r *Register, opens *lifecycle.Opens, row expr.Items) {
	l.formula(opens.When, row, expr.Wanted{Type: expr.Logical})
	other, known := s.registers[opens.Register]
	switch {
	case !known:
		l.unknown(opens.Place, "pack.unknown_register", opens.Register, slices.Sorted(maps.Keys(s.registers)))
		return
	case !other.Living():
		l.named(opens.Place, "pack.opens_living", message.Args{"name": opens.Register})
		return
	case opens.Part && other.PartOf != r.Name:
		l.named(opens.Place, "pack.not_part", message.Args{"name": opens.Register, "register": r.Name})
	}
	for _, kind := range r.Of {
		if !slices.Contains(other.Of, kind) {
			l.named(opens.Place, "pack.opens_of", message.Args{"name": opens.Register, "kind": message.Word("pack.unit." + string(kind))})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(opens.Copy)) {
		l.copied(r, other, opens, name)
	}
	for _, name := range slices.Sorted(maps.Keys(opens.Fill)) {
		if c := l.written(other, opens.Place, name); c != nil && !typed(c, opens.Fill[name]) && !(c.Type == Date && opens.Fill[name] == DefaultToday) {
			l.named(opens.Place, "pack.fill_value", message.Args{"name": opens.Fill[name], "column": name, "type": string(c.Type)})
		}
	}
	if lacking := lacking(other, opens); len(lacking) > 0 {
		l.fault(opens.Place, "pack.opens_lack", message.Args{"register": other.Name, "columns": strings.Join(lacking, " ")})
	}
}

// copied checks that the column of the other register can hold what is copied into it.
func (l *linker) copied(r, other *Register, opens *lifecycle.Opens, name string) {
	to := l.written(other, opens.Place, name)
	from := r.column(opens.Copy[name])
	switch {
	case from == nil:
		l.unknown(opens.Place, "pack.unknown_column_near", opens.Copy[name], columnNames(r))
	case to == nil:
	case from.Personal && !to.Personal:
		l.named(opens.Place, "pack.copy_personal", message.Args{"name": from.Name, "column": to.Name, "register": other.Name})
	case !holds(to, from):
		l.named(opens.Place, "pack.copy_type", message.Args{"name": from.Name, "column": to.Name, "register": other.Name})
	}
}

// holds tells whether every value of a column is one of the other.
func holds(to, from *Column) bool {
	switch {
	case to.Type == Choice && from.Type == Choice:
		return !slices.ContainsFunc(from.Choices, func(o Option) bool { return !to.option(o.Name) })
	case to.Type == Line && from.Type == Line:
		return from.longest() <= to.longest()
	case to.Type.Numeric() && from.Type.Numeric():
		return (to.Type != Count || from.Type == Count) && to.Measure.SameDimension(from.Measure) && atLeast(to, from) && atMost(to, from)
	}
	return to.Type == from.Type
}

func atLeast(to, from *Column) bool {
	return to.Least == nil || *to.Least <= 0 && from.Type == Count || from.Least != nil && *from.Least >= *to.Least
}

func atMost(to, from *Column) bool {
	return to.Most == nil || from.Most != nil && *from.Most <= *to.Most
}

// lacking returns the columns without which the other register refuses the row.
func lacking(other *Register, opens *lifecycle.Opens) []string {
	var names []string
	for _, c := range other.Columns {
		_, copied := opens.Copy[c.Name]
		_, filled := opens.Fill[c.Name]
		given := copied || filled || c.Default != "" && c.Default != DefaultSame
		if wanted := c.Required || slices.Contains(other.Key, c.Name); wanted && !given && other.Written(c) {
			names = append(names, c.Name)
		}
	}
	return names
}

func columnNames(r *Register) []string {
	var names []string
	for _, c := range r.Columns {
		names = append(names, c.Name)
	}
	return names
}
