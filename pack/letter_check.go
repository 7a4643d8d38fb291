package pack

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Marks of the form of a number.
const (
	MarkYear   = "year"
	MarkNumber = "number"
)

// mark is what stands between two pairs of braces.
var mark = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// MarksIn returns the names that a text of a letter marks, each as often as it stands there.
func MarksIn(text string) []string {
	var names []string
	for _, found := range mark.FindAllStringSubmatch(text, -1) {
		names = append(names, strings.TrimSpace(found[1]))
	}
	return names
}

// letter checks the marks of a letter and its table.
func (l *linker) letter(s *Scope, letter *Letter) {
	l.source(s, letter.Source)
	l.numberForm(letter.Place, letter.Number)
	l.series(letter)
	r, known := s.registers[letter.Register]
	switch {
	case letter.Register == "":
		return
	case !known:
		l.unknown(letter.Place, "pack.unknown_register", letter.Register, slices.Sorted(maps.Keys(s.registers)))
		return
	case !r.Living():
		l.named(letter.Place, "pack.letter_living", message.Args{"name": letter.Register})
	}
	names := MarksFor(r)
	for _, text := range slices.Concat([]string{letter.Heading, letter.To, letter.Copies, letter.Signed}, letter.Body) {
		l.marks(letter.Place, text, names)
	}
	if letter.Rows != nil {
		l.letterRows(s, letter)
	}
}

// series asks that letters of one series have one form of number, and letters of one form one series: else a run would
// show gaps to whoever reads the numbers of one form, or the same number would stand on two letters.
func (l *linker) series(letter *Letter) {
	for _, other := range l.letters {
		same := other.Series == letter.Series
		if same != (other.Number == letter.Number) {
			code := "pack.series_forms"
			if !same {
				code = "pack.form_series"
			}
			l.fault(letter.Place, code, message.Args{"name": letter.Name, "series": letter.Series, "form": letter.Number,
				"other": other.Name, "other_series": other.Series, "other_form": other.Number})
			break
		}
	}
	l.letters = append(l.letters, letter)
}

// MarksFor returns what letters about rows of the register may name: its columns and MarksOfEveryLetter.
func MarksFor(r *Register) []string {
	names := slices.Clone(MarksOfEveryLetter)
	for _, c := range r.Columns {
		if !c.Kept && !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}

// marks reports marks of a text that mean nothing, and braces that are no mark.
func (l *linker) marks(place fault.Place, text string, names []string) {
	at := l.placeOf(place, text)
	for _, name := range MarksIn(text) {
		if !slices.Contains(names, name) {
			l.fault(at, "pack.unknown_mark", message.Args{"name": shortened(name), "near": near(name, names)})
		}
	}
	if rest := mark.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		l.fault(at, "pack.mark_open", nil)
	}
}

// numberForm checks the form of a number: it holds the number, may hold the year and nothing else.
func (l *linker) numberForm(place fault.Place, form string) {
	if form == "" {
		return
	}
	l.marks(place, form, []string{MarkYear, MarkNumber})
	if !slices.Contains(MarksIn(form), MarkNumber) || !slices.Contains(MarksIn(form), MarkYear) {
		l.fault(l.placeOf(place, form), "pack.number_form", message.Args{"form": shortened(form)})
	}
}

// placeOf returns where a text of the entry at place stands.
func (l *linker) placeOf(place fault.Place, text string) fault.Place {
	for _, at := range l.texts(place.File)[text] {
		if at.Line > place.Line || at.Line == place.Line && at.Offset >= place.Offset {
			return at
		}
	}
	return place
}

// letterRows checks the table of sub-rows.
func (l *linker) letterRows(s *Scope, letter *Letter) {
	r, known := s.registers[letter.Rows.Register]
	switch {
	case !known:
		l.unknown(letter.Rows.Place, "pack.unknown_register", letter.Rows.Register, slices.Sorted(maps.Keys(s.registers)))
		return
	case r.PartOf != letter.Register:
		l.named(letter.Rows.Place, "pack.not_part", message.Args{"name": r.Name, "register": letter.Register})
	}
	for _, name := range letter.Rows.Columns {
		if r.column(name) == nil {
			l.unknown(letter.Rows.Place, "pack.unknown_column_near", name, columnNames(r))
		}
	}
}
