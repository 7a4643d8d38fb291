package fault

import (
	"errors"
	"fmt"
	"strings"

	"jiaoheng/message"
)

// Place says where a fault was found. Empty parts are left out when it is shown.
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`   // 1-based line of a text file
	Row    int    `json:"row,omitempty"`    // 1-based row of a table, the head is row 1
	Column string `json:"column,omitempty"` // name or letter of a column, or name of a form field
	Offset int    `json:"offset,omitempty"` // 1-based column within a line of a text file
}

// Fault is one thing that is wrong and what to do about it.
// Code is a message key: its text names the reason, the text under Code + "_remedy", where there is one, the remedy.
type Fault struct {
	Place Place
	Code  string
	Args  message.Args
}

// New returns a fault without a place.
func New(code string, args message.Args) *Fault { return &Fault{Code: code, Args: args} }

// At returns a fault at place.
func At(place Place, code string, args message.Args) *Fault {
	return &Fault{Place: place, Code: code, Args: args}
}

// Error returns the Chinese text, so that a fault may travel as an error.
func (f *Fault) Error() string { return f.Text(message.Chinese) }

// Text returns place, reason and remedy as one text.
func (f *Fault) Text(language message.Language) string {
	var out strings.Builder
	if where := f.Place.Text(language); where != "" {
		out.WriteString(where)
		out.WriteString(map[message.Language]string{message.Chinese: "：", message.English: ": "}[language])
	}
	out.WriteString(message.Text(language, f.Code, f.Args))
	if remedy := f.Remedy(language); remedy != "" {
		out.WriteString("\n  ")
		out.WriteString(remedy)
	}
	return out.String()
}

// Reason returns the text of the fault without place and remedy.
func (f *Fault) Reason(language message.Language) string {
	return message.Text(language, f.Code, f.Args)
}

// Remedy returns what to do next, or "".
func (f *Fault) Remedy(language message.Language) string {
	if !message.Has(f.Code + "_remedy") {
		return ""
	}
	return message.Text(language, f.Code+"_remedy", f.Args)
}

// Text returns the place in words: 文件:行:列 for text files, 第 n 行“列名” for tables.
func (p Place) Text(language message.Language) string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Line > 0 {
		at := fmt.Sprint(p.Line)
		if p.Offset > 0 {
			at += ":" + fmt.Sprint(p.Offset)
		}
		parts = append(parts, at)
	}
	if p.Row > 0 {
		parts = append(parts, message.Text(language, "fault.row", message.Args{"row": p.Row}))
	}
	if p.Column != "" {
		parts = append(parts, message.Text(language, "fault.column", message.Args{"column": p.Column}))
	}
	return strings.Join(parts, ":")
}

// List is every fault of one piece of work. A nil or empty list means there is none.
type List []*Fault

// Add appends faults.
func (l *List) Add(faults ...*Fault) { *l = append(*l, faults...) }

// Err returns nil for an empty list and the list as an error otherwise.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Error returns the Chinese texts, one fault after the other.
func (l List) Error() string { return l.Text(message.Chinese) }

// Text returns every fault, each on its own line.
func (l List) Text(language message.Language) string {
	texts := make([]string, len(l))
	for i, f := range l {
		texts[i] = f.Text(language)
	}
	return strings.Join(texts, "\n")
}

// Of returns the faults that err carries, or nil when err is no fault of the user.
func Of(err error) List {
	var list List
	if errors.As(err, &list) {
		return list
	}
	var one *Fault
	if errors.As(err, &one) {
		return List{one}
	}
	return nil
}
