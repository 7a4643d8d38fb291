package docx

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/document"
)

// reader walks the events of the main part and writes the text with its blocks.
type reader struct {
	part   string
	events []event
	styles *styles
	lists  *lists

	editor *document.Editor
	length int // bytes written so far
	blocks []document.Block

	open      *document.Block // the block that is being written, Span.To not yet set
	newline   bool            // a line end stands between what was written and what comes
	paragraph *paragraph      // the innermost open paragraph
	joined    bool            // the mark of the last paragraph is deleted: the next one goes on in its line
	row       *row            // the row of several cells that is being written as one line
	box       *box            // the innermost row of one cell
	tables    int
	fields    []field
	deeper    int  // fields that are open beyond maxFields
	balanced  bool // every field that begins also ends
}

// paragraph is what the next block of an open paragraph will be.
type paragraph struct {
	kind       document.BlockKind
	level      int
	label, gap string
}

// row is a table row of several cells: all its text stands on one line.
type row struct {
	table, row, column int
	pending            int  // separators to write before the next text
	started            bool // the row has text
	space              bool // the cell has text and another paragraph or break follows
}

// box is a table row of one cell: its paragraphs stand on lines of their own.
type box struct {
	table, row int
	cell       bool // the table has rows of several cells elsewhere
}

// field is one field on the stack: code first, result after the separator.
type field struct {
	code   string
	result bool
}

func newReader(part string, events []event, styles *styles, lists *lists) *reader {
	r := &reader{part: part, events: events, styles: styles, lists: lists, editor: document.Edit(document.Identity(part))}
	var begun, ended int
	for i := range events {
		if events[i].kind == opening && events[i].name == "fldChar" {
			switch events[i].attr("fldCharType") {
			case "begin":
				begun++
			case "end":
				ended++
			}
		}
	}
	r.balanced = begun == ended
	return r
}

// put writes text that does not stand in the part.
func (r *reader) put(text string) {
	if text != "" {
		r.editor.Replace(r.editor.At(), text, "")
		r.length += len(text)
	}
}

// replace writes text in place of bytes [from,to) of the part.
func (r *reader) replace(from, to int, text string) {
	r.editor.Drop(from, "")
	r.editor.Replace(to, text, "")
	r.length += len(text)
}

// keep copies bytes [from,to) of the part.
func (r *reader) keep(from, to int) {
	if from < to {
		r.editor.Drop(from, "")
		r.editor.Keep(to)
		r.length += to - from
	}
}

// characters writes the text of an event. Space at the head of a line is left out: it is only indentation.
func (r *reader) characters(e *event) {
	raw := r.part[e.from:e.to]
	if strings.HasPrefix(raw, "<![CDATA[") {
		if r.open != nil || strings.TrimSpace(e.text) != "" {
			r.begin(e.from)
			r.replace(e.from, e.to, strings.Join(strings.Fields(e.text), " "))
		}
		return
	}
	for at := 0; at < len(raw); {
		c, size := utf8.DecodeRuneInString(raw[at:])
		decoded := c
		if c == '&' {
			if end := strings.IndexByte(raw[at:], ';'); end > 0 {
				decoded, size = entity(raw[at+1:at+end]), end+1
			}
		}
		if r.open == nil && unicode.IsSpace(decoded) {
			at += size
			continue
		}
		r.begin(e.from + at)
		if decoded == '\n' || decoded == '\r' {
			decoded = ' '
		}
		if decoded != c || c == '&' {
			r.replace(e.from+at, e.from+at+size, string(decoded))
			at += size
			continue
		}
		end := at + size
		if stop := strings.IndexAny(raw[end:], "&\r\n"); stop >= 0 {
			end += stop
		} else {
			end = len(raw)
		}
		r.keep(e.from+at, e.from+end)
		at = end
	}
}

// entity returns the character that an XML reference names; the parser has already refused all others.
func entity(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "apos":
		return '\''
	case "quot":
		return '"'
	}
	digits, base := strings.TrimPrefix(name, "#"), 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}

// begin opens a block before its first character, byte at of the part: the line end or separators that stand before it, and its label.
func (r *reader) begin(at int) {
	if r.open != nil {
		if r.row != nil && r.row.space {
			r.put(" ")
			r.row.space = false
		}
		return
	}
	if r.newline && r.length > 0 {
		r.put("\n")
	}
	r.newline = false
	block := document.Block{Kind: document.Paragraph}
	p := r.paragraph
	if p != nil {
		block.Kind, block.Level, block.Label = p.kind, p.level, p.label
	}
	switch {
	case r.row != nil:
		separators := strings.Repeat(" | ", r.row.pending)
		if !r.row.started {
			separators = strings.TrimLeft(separators, " ")
		}
		r.put(separators)
		r.row.pending, r.row.started = 0, true
		block = document.Block{Kind: document.Cell, Label: block.Label, Table: r.row.table, Row: r.row.row, Column: r.row.column}
	case r.box != nil && r.box.cell:
		block = document.Block{Kind: document.Cell, Label: block.Label, Table: r.box.table, Row: r.box.row}
	}
	block.Span.From = r.length
	r.editor.Drop(at, "")
	r.open = &block
	if p != nil {
		r.put(p.label + p.gap)
		p.label, p.gap = "", ""
		if p.kind == document.ListItem {
			p.kind, p.level = document.Paragraph, 0 // what follows a soft break is not another item
		}
	}
}

// endBlock closes the block that is open.
func (r *reader) endBlock() {
	r.joined = false
	if r.open != nil {
		r.open.Span.To = r.length
		r.blocks = append(r.blocks, *r.open)
		r.open = nil
	}
}

// endLine ends a line; inside a row of several cells it only parts the words.
func (r *reader) endLine() {
	if r.row != nil {
		r.row.space = r.open != nil
		return
	}
	r.endBlock()
	r.newline = true
}
