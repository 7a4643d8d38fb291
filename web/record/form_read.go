package record

import (
	"slices"
	"strings"
	"unicode"

	"jiaoheng/fault"
	"jiaoheng/pack"
	registerpages "jiaoheng/web/register"
)

// legible drops control characters save line ends and tabs from what a form sends. Browsers end lines with two signs; one is kept.
func legible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}

// placed names the fields of a form in faults that name columns. prefix stands before the names of its fields.
func placed(of *pack.Register, prefix string, faults fault.List) fault.List {
	for i, one := range faults {
		name := one.Place.Column
		switch name {
		case "":
			continue
		case "unit":
			name = unitField
		}
		moved := *one
		moved.Place.Column = prefix + name
		if slices.ContainsFunc(of.Columns, func(c *pack.Column) bool { return c.Name == name && !c.Kept }) {
			moved.Place.Column = prefix + registerpages.FieldPrefix + name
		}
		faults[i] = &moved
	}
	return faults
}
