package packtest

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Read reads a file of tests. Every fault is reported, with line and column; the file is nil when there are any.
func Read(name string, data []byte) (*File, fault.List) {
	var faults fault.List
	if len(data) > MaxBytes {
		faults.Add(fault.At(fault.Place{File: name}, "packtest.too_long", message.Args{"limit": MaxBytes >> 10}))
		return nil, faults
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		faults.Add(fault.At(fault.Place{File: name}, "packtest.not_utf8", nil))
		return nil, faults
	}
	texts := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	if len(texts) > MaxLines {
		faults.Add(fault.At(fault.Place{File: name}, "packtest.too_many_lines", message.Args{"limit": MaxLines}))
		return nil, faults
	}
	r := &reader{file: &File{Name: name}}
	for i, text := range texts {
		l := cut(text, fault.Place{File: name, Line: i + 1, Offset: 1}, &r.faults)
		if len(l.words) > 0 {
			r.line(l)
		}
	}
	r.finish()
	if len(r.faults) > MaxFaults {
		more := len(r.faults) - MaxFaults
		r.faults = append(r.faults[:MaxFaults], fault.At(fault.Place{File: name}, "packtest.more_faults", message.Args{"count": more}))
	}
	if r.faults != nil {
		return nil, r.faults
	}
	return r.file, nil
}

// reader takes the lines of a file one by one.
type reader struct {
	file   *File
	now    *Case
	table  func(line) // takes the indented lines; nil where none may stand
	empty  func()     // told when a table that must not be empty ends
	head   []Word     // of the table that is read; nil before it was read
	faults fault.List
}

func (r *reader) fault(at fault.Place, code string, args message.Args) {
	r.faults.Add(fault.At(at, code, args))
}

// line takes an indented line into the present table and reads any other as a statement.
func (r *reader) line(l line) {
	if l.indented {
		if r.table == nil {
			r.fault(l.place, "packtest.no_table", message.Args{"word": l.words[0].Text})
			return
		}
		r.empty = nil
		r.table(l)
		return
	}
	r.endTable()
	switch word := l.words[0].Text; word {
	case "case":
		r.begin(l)
	case "load":
		r.load(l)
	case "set":
		r.set(l)
	case "merge":
		r.merge(l)
	case Eval, Judge, Cells, Rows, Score:
		r.expected(l)
	case "life":
		r.life(l)
	case "expect":
		r.expectFault(l)
	default:
		r.fault(l.place, "packtest.unknown_statement", message.Args{"word": word})
		r.table = func(line) {} // its table means nothing and is told with it
	}
}

// endTable ends the table before a statement.
func (r *reader) endTable() {
	if r.empty != nil {
		r.empty()
	}
	r.table, r.empty, r.head = nil, nil, nil
}

// present returns the case that statements belong to.
func (r *reader) present(at fault.Place) *Case {
	if r.now == nil {
		r.now = &Case{Place: at}
		r.file.Cases = append(r.file.Cases, r.now)
	}
	return r.now
}

// begin starts a case; its name is the rest of the line.
func (r *reader) begin(l line) {
	var names []string
	for _, w := range l.words[1:] {
		names = append(names, w.Text)
	}
	name := strings.Join(names, " ")
	if name == "" {
		r.fault(l.place, "packtest.case_without_name", nil)
	}
	for _, c := range r.file.Cases {
		if c.Name == name && name != "" {
			r.fault(l.place, "packtest.case_twice", message.Args{"name": name, "line": c.Place.Line})
		}
	}
	if len(r.file.Cases) == MaxCases {
		r.fault(l.place, "packtest.too_many_cases", message.Args{"limit": MaxCases})
	}
	r.now = &Case{Name: name, Place: l.place}
	r.file.Cases = append(r.file.Cases, r.now)
}

// finish tells what is wrong with the file as a whole: a case that expects nothing cannot fail.
func (r *reader) finish() {
	r.endTable()
	if len(r.file.Cases) == 0 && r.faults == nil {
		r.fault(fault.Place{File: r.file.Name}, "packtest.nothing", nil)
	}
	for _, c := range r.file.Cases {
		if len(c.Expected)+len(c.Lives) == 0 && len(c.Faults) == 0 && r.faults == nil {
			r.fault(c.Place, "packtest.expects_nothing", message.Args{"name": c.Name})
		}
	}
}

// set reads "set switch.NAME on|off" and "set region UNIT CODE".
func (r *reader) set(l line) {
	c := r.present(l.place)
	name, isSwitch := "", false
	if len(l.words) > 1 {
		name, isSwitch = strings.CutPrefix(l.words[1].Text, "switch.")
	}
	switch {
	case isSwitch && len(l.words) == 3 && (l.words[2].Text == "on" || l.words[2].Text == "off"):
		c.Switches = append(c.Switches, Switch{Name: name, On: l.words[2].Text == "on", Place: l.words[1].Place})
	case len(l.words) == 4 && l.words[1].Text == "region":
		c.Codes = append(c.Codes, Code{Unit: l.words[2].Text, Code: l.words[3].Text, Place: l.words[2].Place})
	default:
		r.fault(l.place, "packtest.bad_set", nil)
	}
}

// merge reads "merge A into B on DATE".
func (r *reader) merge(l line) {
	c := r.present(l.place)
	if len(l.words) != 6 || l.words[2].Text != "into" || l.words[4].Text != "on" {
		r.fault(l.place, "packtest.bad_merge", nil)
		return
	}
	day, known := period.ParseDate(l.words[5].Text)
	if !known {
		r.fault(l.words[5].Place, "packtest.bad_date", message.Args{"word": l.words[5].Text})
	}
	c.Merges = append(c.Merges, Merge{From: l.words[1].Text, Into: l.words[3].Text, On: day, Place: l.place})
}

// expectFault reads "expect fault KEY".
func (r *reader) expectFault(l line) {
	c := r.present(l.place)
	if len(l.words) != 3 || l.words[1].Text != "fault" {
		r.fault(l.place, "packtest.bad_expect", nil)
		return
	}
	if key := l.words[2]; !message.Has(key.Text) {
		r.fault(key.Place, "packtest.unknown_fault", message.Args{"key": key.Text})
	}
	c.Faults = append(c.Faults, ExpectedFault{Key: l.words[2].Text, Place: l.words[2].Place})
}

// at reads "at PERIOD" at the end of a statement from word n on; wanted says whether it must be there.
func (r *reader) at(l line, n int, wanted bool) (period.Period, bool) {
	if len(l.words) == n && !wanted {
		return period.Period{}, true
	}
	if len(l.words) != n+2 || l.words[n].Text != "at" {
		r.fault(l.place, "packtest.bad_at", message.Args{"word": l.words[0].Text})
		return period.Period{}, false
	}
	p, known := period.Parse(l.words[n+1].Text)
	if !known {
		r.fault(l.words[n+1].Place, "packtest.bad_period", message.Args{"word": l.words[n+1].Text})
	}
	return p, known
}
