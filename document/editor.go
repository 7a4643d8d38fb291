package document

import (
	"fmt"
	"strings"
)

// Repair is one change between the original and the clean text. Span is in bytes of the original.
type Repair struct {
	Rule   string `json:"rule"`
	Span   Span   `json:"span"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Editor builds a new Mapped text from an old one, left to right. Every byte of the old text is kept,
// replaced or dropped exactly once; the map is carried along and named changes are recorded.
type Editor struct {
	old     Mapped
	at      int // next byte of old
	next    int // run of old that holds at
	out     strings.Builder
	runs    []run
	repairs []Repair
}

// Edit starts an editor on old.
func Edit(old Mapped) *Editor {
	e := &Editor{old: old}
	e.out.Grow(len(old.Text))
	return e
}

// At returns the next byte of the old text that is not yet dealt with.
func (e *Editor) At() int { return e.at }

// Keep copies the old text up to byte to.
func (e *Editor) Keep(to int) {
	e.check(to)
	for e.at < to {
		end := e.runEnd(e.runOf(e.at))
		stop := min(end, to)
		r := e.old.runs[e.next]
		if r.exact {
			from := r.from + e.at - r.at
			e.add(run{at: e.out.Len(), from: from, to: from + stop - e.at, exact: true})
		} else {
			e.add(run{at: e.out.Len(), from: r.from, to: r.to})
		}
		e.out.WriteString(e.old.Text[e.at:stop])
		e.at = stop
	}
}

// Replace writes after in place of the old text up to byte to. An empty rule leaves no record: it is for
// changes of form that the reader of a report need not see, such as line ends.
func (e *Editor) Replace(to int, after, rule string) {
	e.check(to)
	before := e.old.Text[e.at:to]
	origin := e.old.Origin(Span{e.at, to})
	if after != "" {
		e.add(run{at: e.out.Len(), from: origin.From, to: origin.To})
		e.out.WriteString(after)
	}
	if rule != "" && before != after {
		e.repairs = append(e.repairs, Repair{Rule: rule, Span: origin, Before: before, After: after})
	}
	e.at = to
}

// Drop leaves out the old text up to byte to.
func (e *Editor) Drop(to int, rule string) { e.Replace(to, "", rule) }

// Done keeps the rest and returns the new text and the repairs in order of position.
func (e *Editor) Done() (Mapped, []Repair) {
	e.Keep(len(e.old.Text))
	return Mapped{Text: e.out.String(), runs: e.runs}, e.repairs
}

func (e *Editor) check(to int) {
	if to < e.at || to > len(e.old.Text) {
		panic(fmt.Sprintf("document: edit to %d outside [%d,%d]", to, e.at, len(e.old.Text)))
	}
}

// runOf moves next to the run that holds byte at; edits go left to right, so it only moves forward.
func (e *Editor) runOf(at int) int {
	for e.next+1 < len(e.old.runs) && e.old.runs[e.next+1].at <= at {
		e.next++
	}
	return e.next
}

func (e *Editor) runEnd(i int) int {
	if i+1 < len(e.old.runs) {
		return e.old.runs[i+1].at
	}
	return len(e.old.Text)
}

// add appends a run and joins it to the one before where the two continue each other.
func (e *Editor) add(r run) {
	if n := len(e.runs); n > 0 {
		last := e.runs[n-1]
		if last.exact && r.exact && last.to == r.from && r.at-last.at == last.to-last.from {
			e.runs[n-1].to = r.to
			return
		}
	}
	e.runs = append(e.runs, r)
}
