package letter

import (
	"regexp"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
)

// Names of the marks that only templates have: the parts of the letter as the pack words them, and the sub-rows.
const (
	MarkKind    = "doc.kind"
	MarkOrgan   = "doc.organ"
	MarkNumber  = "doc.number"
	MarkHeading = "doc.heading"
	MarkTo      = "doc.to"
	MarkBody    = "doc.body" // the paragraph that holds it stands once for each paragraph of the body
	MarkSigned  = "doc.signed"
	MarkDate    = "doc.date"
	MarkCopies  = "doc.copies"
	MarkRow     = "row." // row.<column> of the sub-rows: the table row that holds it stands once for each
	MarkIndex   = "row.index"
)

// Pattern finds the marks in a text; its first group is the name.
var Pattern = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// fill puts values in place of the marks of a text. Marks that values does not hold, or holds as "", are told to lacking.
func fill(text string, values map[string]string, lacking func(mark string)) string {
	return Pattern.ReplaceAllStringFunc(text, func(mark string) string {
		name := Pattern.FindStringSubmatch(mark)[1]
		if values[name] == "" {
			lacking(name)
		}
		return values[name]
	})
}

// marksIn returns the names of the marks of texts, each once, in the order in which they come.
func marksIn(texts ...string) []string {
	var names []string
	for _, text := range texts {
		for _, found := range Pattern.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(names, found[1]) {
				names = append(names, found[1])
			}
		}
	}
	return names
}

// texts returns every text of a declaration that may hold marks.
func texts(declared *pack.Letter) []string {
	return append([]string{declared.Number, declared.Heading, declared.To, declared.Copies, declared.Signed}, declared.Body...)
}

// MarkHelp is one mark that a template may hold, with its meaning.
type MarkHelp struct {
	Name  string
	Means message.Pair
}

// MarksOf returns every mark that a template of the letter may hold: parts of the letter, what every letter may name, the
// columns of the row save personal ones that the pack's own text does not name, and those of the sub-rows. parts is the
// register of the sub-rows, nil without them.
func MarksOf(declared *pack.Letter, of, parts *pack.Register) []MarkHelp {
	var marks []MarkHelp
	word := func(name, key string) {
		marks = append(marks, MarkHelp{name, message.Pair{Chinese: message.Text(message.Chinese, key, nil), English: message.Text(message.English, key, nil)}})
	}
	for _, name := range []string{MarkKind, MarkOrgan, MarkNumber, MarkHeading, MarkTo, MarkBody, MarkSigned, MarkDate, MarkCopies} {
		word(name, "letter.mark."+strings.TrimPrefix(name, "doc."))
	}
	for _, name := range pack.MarksOfEveryLetter {
		word(name, "letter.every."+name)
	}
	named := marksIn(texts(declared)...)
	for _, column := range of.Columns {
		if column.Kept || slices.Contains(pack.MarksOfEveryLetter, column.Name) || column.Personal && !slices.Contains(named, column.Name) {
			continue
		}
		marks = append(marks, MarkHelp{column.Name, column.Title})
	}
	if declared.Rows == nil || parts == nil {
		return marks
	}
	word(MarkIndex, "letter.mark.index")
	for _, name := range declared.Rows.Columns {
		if column := columnOf(parts, name); column != nil {
			marks = append(marks, MarkHelp{MarkRow + name, column.Title})
		}
	}
	return marks
}

// NamesPersonal tells whether letters of the declaration hold values of personal columns: of the row, or of the sub-rows in
// their table. parts is the register of the sub-rows, nil without them.
func NamesPersonal(declared *pack.Letter, of, parts *pack.Register) bool {
	personal := func(r *pack.Register, names []string) bool {
		return slices.ContainsFunc(r.Columns, func(c *pack.Column) bool { return c.Personal && slices.Contains(names, c.Name) })
	}
	return personal(of, marksIn(texts(declared)...)) || declared.Rows != nil && parts != nil && personal(parts, declared.Rows.Columns)
}

func columnOf(r *pack.Register, name string) *pack.Column {
	if n := r.At(name); n >= 0 {
		return r.Columns[n]
	}
	return nil
}
