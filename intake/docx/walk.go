package docx

import (
	"strconv"
	"strings"

	"jiaoheng/document"
)

// walk reads the events [from,to).
func (r *reader) walk(from, to int) {
	for i := from; i < to; i++ {
		e := &r.events[i]
		switch e.kind {
		case closing:
			continue
		case characters:
			if !r.hidden() {
				r.characters(e)
			}
			continue
		}
		if dropped[e.name] {
			i = e.pair
			continue
		}
		switch e.name {
		case "p":
			r.readParagraph(i)
			i = e.pair
		case "tbl":
			r.readTable(i)
			i = e.pair
		case "r":
			if at := childAt(r.events, i, "rPr"); at >= 0 && switchIn(r.events, at, "vanish") {
				i = e.pair
			}
		case "sdt":
			if r.isContents(i) {
				i = e.pair
			}
		case "fldSimple":
			if isContentsCode(e.attr("instr")) {
				i = e.pair
			}
		case "fldChar":
			r.fieldMark(e)
		case "instrText":
			r.fieldCode(i)
			i = e.pair
		default:
			r.sign(e)
		}
	}
}

// sign writes what an empty element stands for.
func (r *reader) sign(e *event) {
	if r.hidden() {
		return
	}
	switch e.name {
	case "tab", "ptab":
		if r.open != nil {
			r.put("\t")
		}
	case "noBreakHyphen":
		r.begin(e.from)
		r.put("-")
	case "sym":
		// Codes from F000 on are pictures of one font, such as check boxes.
		if code, err := strconv.ParseUint(e.attr("char"), 16, 32); err == nil && code >= ' ' && code < 0xD800 {
			r.begin(e.from)
			r.put(string(rune(code)))
		}
	case "br", "cr":
		if r.paragraph != nil && r.paragraph.kind == document.Heading && r.open != nil {
			r.put(" ") // a title set on two lines is one title
			return
		}
		r.endLine()
	}
}

// readParagraph reads the paragraph at event i. A paragraph inside another stands in a text box.
func (r *reader) readParagraph(i int) {
	pPr := childAt(r.events, i, "pPr")
	outer := r.paragraph
	if outer != nil && r.row == nil {
		r.endLine()
	}
	markDeleted := pPr >= 0 && r.markDeleted(pPr)
	r.paragraph = r.describe(i, pPr, markDeleted)
	fields := len(r.fields)
	if r.paragraph != nil {
		r.walk(i+1, r.events[i].pair)
	}
	// A field whose code does not end in its own paragraph is damaged: without this it would hide the rest of the document.
	for len(r.fields) > fields && !r.fields[len(r.fields)-1].result {
		r.fields = r.fields[:len(r.fields)-1]
	}
	r.paragraph = outer
	if markDeleted && r.open != nil {
		r.joined = true
		return
	}
	r.endLine()
}

// describe says what the paragraph is and counts its number, or returns nil for a line of a table of contents.
func (r *reader) describe(i, pPr int, markDeleted bool) *paragraph {
	p := &paragraph{kind: document.Paragraph}
	styleID, listID, level, outline := "", "", none, none
	if pPr >= 0 {
		styleID, _ = valueIn(r.events, pPr, "pStyle")
		listID, level = numberingOf(r.events, pPr)
		outline = number(r.events, pPr, "outlineLvl")
	}
	if r.styles.isContents(styleID) {
		return nil
	}
	if outline == none {
		outline = r.styles.outline(styleID)
	}
	if styleList, styleLevel := r.styles.numbering(styleID, r.lists); listID == "" {
		listID = styleList
		if level == none {
			level = styleLevel
		}
	}
	level = max(level, 0)
	counts := listID != "" && listID != "0" && !r.joined && !(markDeleted && !r.hasText(i))
	if counts && r.lists.byID[listID] != nil {
		p.kind, p.level = document.ListItem, level+1
		p.label, p.gap = r.lists.next(listID, level)
	}
	if outline >= 0 && outline < 9 {
		p.kind, p.level = document.Heading, outline+1
	}
	return p
}

// markDeleted tells whether the mark at the end of the paragraph is a deleted revision: then the next
// paragraph goes on in the same line.
func (r *reader) markDeleted(pPr int) bool {
	rPr := childAt(r.events, pPr, "rPr")
	return rPr >= 0 && childAt(r.events, rPr, "del") >= 0
}

// hasText tells whether anything in the paragraph would be printed.
func (r *reader) hasText(i int) bool {
	for j := i + 1; j < r.events[i].pair; j++ {
		switch e := &r.events[j]; {
		case e.kind == opening && (dropped[e.name] || e.name == "instrText"):
			j = e.pair
		case e.kind == characters && strings.TrimSpace(e.text) != "":
			return true
		}
	}
	return false
}

// readTable reads the table at event i.
func (r *reader) readTable(i int) {
	if r.row != nil { // a table in a cell of a row of several: its words join the cell's
		r.walk(i+1, r.events[i].pair)
		return
	}
	r.endLine()
	r.tables++
	table := r.tables
	rows := children(r.events, i, "tr")
	several := false
	for _, at := range rows {
		several = several || len(children(r.events, at, "tc")) > 1
	}
	outerBox, outerParagraph := r.box, r.paragraph
	for n, at := range rows {
		r.paragraph = nil
		trPr := childAt(r.events, at, "trPr")
		if trPr >= 0 && childAt(r.events, trPr, "del") >= 0 {
			continue
		}
		cells := children(r.events, at, "tc")
		if len(cells) == 1 {
			r.box = &box{table: table, row: n, cell: several}
			r.walk(cells[0]+1, r.events[cells[0]].pair)
			r.box = outerBox
		} else {
			r.readRow(table, n, trPr, cells)
		}
		r.endLine()
	}
	r.paragraph = outerParagraph
}

// readRow reads the cells of one row onto one line.
func (r *reader) readRow(table, n, trPr int, cells []int) {
	column := 0
	if trPr >= 0 {
		column = min(max(number(r.events, trPr, "gridBefore"), 0), maxColumns)
	}
	line := &row{table: table, row: n}
	r.row = line
	for at, cell := range cells {
		if at > 0 {
			line.pending++
		}
		line.column, line.space = column, false
		r.walk(cell+1, r.events[cell].pair)
		r.endBlock()
		span := 1
		if tcPr := childAt(r.events, cell, "tcPr"); tcPr >= 0 {
			span = min(max(number(r.events, tcPr, "gridSpan"), 1), maxColumns)
		}
		column += span
	}
	r.row = nil
}

// maxColumns is the number of columns that Word allows in a table.
const maxColumns = 63

// isContents tells whether the content control at event i is a table of contents.
func (r *reader) isContents(i int) bool {
	at := childAt(r.events, i, "sdtPr")
	return at >= 0 && strings.EqualFold(valueOrEmpty(r.events, at, "docPartGallery"), "Table of Contents")
}

func valueOrEmpty(events []event, i int, name string) string {
	value, _ := valueIn(events, i, name)
	return value
}

func isContentsCode(code string) bool {
	return strings.HasPrefix(strings.ToUpper(strings.TrimSpace(code)), "TOC")
}

// maxFields bounds the nesting of fields; what stands deeper is taken as part of the field above it.
const maxFields = 50

// fieldMark follows the beginning, the separator and the end of fields.
func (r *reader) fieldMark(e *event) {
	n := len(r.fields)
	switch e.attr("fldCharType") {
	case "begin":
		if n >= maxFields {
			r.deeper++
			return
		}
		r.fields = append(r.fields, field{})
	case "separate":
		if n > 0 && r.deeper == 0 {
			r.fields[n-1].result = true
		}
	case "end":
		switch {
		case r.deeper > 0:
			r.deeper--
		case n > 0:
			r.fields = r.fields[:n-1]
		}
	}
}

// fieldCode adds the code that event i holds to the innermost field.
func (r *reader) fieldCode(i int) {
	n := len(r.fields)
	if n == 0 {
		return
	}
	for j := i + 1; j < r.events[i].pair; j++ {
		if len(r.fields[n-1].code) < 64 {
			r.fields[n-1].code += r.events[j].text
		}
	}
}

// hidden tells whether text at this point is the code of a field or the result of a table of contents.
func (r *reader) hidden() bool {
	for _, f := range r.fields {
		if !f.result || r.balanced && isContentsCode(f.code) {
			return true
		}
	}
	return false
}
