package packtest

import (
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/unit"
)

// load reads "load KIND at PERIOD" or "load rows REGISTER [at PERIOD]" and the table below it.
func (r *reader) load(l line) {
	c := r.present(l.place)
	r.table = func(line) {}
	load := &Load{Place: l.place}
	next, dated := 2, true
	switch {
	case len(l.words) < 2:
		r.fault(l.place, "packtest.bad_load", nil)
		return
	case l.words[1].Text == "rows" || l.words[1].Text == "scores":
		if len(l.words) < 3 {
			r.fault(l.place, "packtest.bad_load", nil)
			return
		}
		load.Register, next, dated = l.words[2].Text, 3, l.words[1].Text == "scores"
	case slices.Contains(unit.Kinds(), unit.Kind(l.words[1].Text)):
		load.Kind = l.words[1].Text
	default:
		r.fault(l.words[1].Place, "packtest.unknown_kind", message.Args{"word": l.words[1].Text})
		return
	}
	when, known := r.at(l, next, dated)
	if !known {
		return
	}
	load.Period = when
	if l.words[1].Text == "scores" {
		c.Scores = append(c.Scores, load)
	} else {
		c.Loads = append(c.Loads, load)
	}
	r.empty = func() { r.fault(l.place, "packtest.empty_table", nil) }
	first := "id"
	if load.Register != "" {
		first = "unit"
	}
	r.table = func(row line) {
		if r.head == nil {
			r.head = row.words
			load.Head = row.words
			r.checkHead(row, first)
			return
		}
		if r.fits(row) {
			load.Rows = append(load.Rows, row.words)
		}
	}
}

// checkHead tells a head that does not begin as it must, and columns that stand twice.
func (r *reader) checkHead(head line, first string) {
	if head.words[0].Text != first {
		r.fault(head.place, "packtest.bad_head", message.Args{"first": first, "found": head.words[0].Text})
	}
	seen := map[string]bool{}
	for _, w := range head.words {
		if seen[w.Text] {
			r.fault(w.Place, "packtest.column_twice", message.Args{"name": w.Text})
		}
		seen[w.Text] = true
	}
}

// fits tells whether a row has a word for each column.
func (r *reader) fits(row line) bool {
	if len(row.words) != len(r.head) {
		r.fault(row.place, "packtest.wrong_count", message.Args{"wanted": len(r.head), "found": len(row.words)})
		return false
	}
	return true
}

// expected reads "eval|judge|cells|rows NAME at PERIOD" and the lines below it.
func (r *reader) expected(l line) {
	c := r.present(l.place)
	r.table = func(line) {}
	e := &Expected{What: l.words[0].Text, Place: l.place}
	if len(l.words) < 2 {
		r.fault(l.place, "packtest.bad_at", message.Args{"word": e.What})
		return
	}
	when, known := r.at(l, 2, e.What != Rows)
	if !known {
		return
	}
	e.Name, e.Period = l.words[1].Text, when
	c.Expected = append(c.Expected, e)
	r.empty = func() { r.fault(l.place, "packtest.empty_table", nil) }
	r.table = func(row line) {
		if e.What == Rows {
			r.expectedRow(e, row)
			return
		}
		r.expectedLine(e, row)
	}
}

// expectedRow reads the head and the lines below "rows": the unit, then columns of the row.
func (r *reader) expectedRow(e *Expected, row line) {
	if r.head == nil {
		r.head, e.Head = row.words, row.words
		r.checkHead(row, "unit")
		return
	}
	if !r.fits(row) {
		return
	}
	found := Line{Key: row.words[:1], Place: row.place}
	for _, w := range row.words[1:] {
		found.Wants = append(found.Wants, r.want(w, true))
	}
	e.Lines = append(e.Lines, found)
}

// expectedLine reads "UNIT[/STAGE] VALUE", "UNIT[/STAGE] VERDICT [SHORTFALL or REASON]", "UNIT[/STAGE] CELL VALUE".
func (r *reader) expectedLine(e *Expected, row line) {
	least, most := 2, 2
	switch e.What {
	case Judge:
		most = 3
	case Cells, Score:
		least, most = 3, 3
	}
	if len(row.words) < least || len(row.words) > most {
		r.fault(row.place, "packtest.bad_line", message.Args{"what": e.What})
		return
	}
	found := Line{Place: row.place}
	key := row.words[0]
	key.Text, found.Stage = stageOf(key.Text)
	found.Key = append(found.Key, key)
	values := row.words[1:]
	if e.What == Cells || e.What == Score {
		found.Key, values = append(found.Key, row.words[1]), row.words[2:]
	}
	for i, w := range values {
		want := r.want(w, e.What == Score)
		if verdict := want.Kind == WantVerdict; want.Kind != WantExcluded && verdict != (e.What == Judge && i == 0) {
			r.fault(w.Place, "packtest.bad_line", message.Args{"what": e.What})
			return
		}
		found.Wants = append(found.Wants, want)
	}
	e.Lines = append(e.Lines, found)
}

// stageOf splits C/junior; what follows the last sign must be a stage.
func stageOf(text string) (string, string) {
	at := strings.LastIndex(text, "/")
	if at < 0 || !slices.Contains(unit.Stages(), unit.Stage(text[at+1:])) {
		return text, ""
	}
	return text[:at], text[at+1:]
}
