package html

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jiaoheng/document"
)

// reader writes the text of a page.
type reader struct {
	page   string
	editor *document.Editor
	length int // bytes written so far
	blocks []document.Block

	open    *document.Block // the block that is being written
	newline bool            // a line end stands before what comes
	space   bool            // a blank stands before what comes in the same line
	heading int
	label   string // of the item that begins
	item    bool
	lists   []list
	pre     int
	tables  []*table
	number  int // of tables of data so far

	skip     atom.Atom // the element that is being left out, 0 for none
	depth    int       // of elements of that name inside it
	optional bool      // menus and hidden elements are left out too
}

type list struct {
	numbered bool
	next     int
}

// table is an open table. In a row of several cells of a table of data, words stay on one line.
type table struct {
	data           bool
	number, row    int
	column         int
	inline, opened bool // the row is one line; it has text
	pending        int  // separators before the next text
}

func read(text document.Mapped, tags []tag, optional bool) *reader {
	r := &reader{page: text.Text, editor: document.Edit(text), optional: optional}
	for i := range tags {
		t := &tags[i]
		switch {
		case r.skip != 0:
			r.skipped(t)
		case t.kind == html.TextToken:
			r.text(t.from, t.to)
		case t.kind == html.EndTagToken:
			r.end(t)
		default:
			r.start(t)
		}
	}
	r.endBlock()
	return r
}

// skipped follows the element that is being left out to its end.
func (r *reader) skipped(t *tag) {
	if t.name != r.skip {
		return
	}
	switch t.kind {
	case html.StartTagToken:
		r.depth++
	case html.EndTagToken:
		if r.depth--; r.depth == 0 {
			r.skip = 0
		}
	}
}

// isVoid tells whether an element has no content and no end.
func isVoid(name atom.Atom) bool {
	switch name {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Meta, atom.Link, atom.Col, atom.Wbr, atom.Area, atom.Base, atom.Embed, atom.Source, atom.Param, atom.Track:
		return true
	}
	return false
}

func (r *reader) start(t *tag) {
	opens := t.kind == html.StartTagToken && !isVoid(t.name)
	if opens && t.name != 0 && (never[t.name] || r.optional && (aside[t.name] || t.hidden)) {
		r.skip, r.depth = t.name, 1
		if !never[t.name] {
			r.endLine()
		}
		return
	}
	if block[t.name] {
		r.endLine()
	}
	switch t.name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading = int(t.name.String()[1] - '0')
	case atom.Ol:
		r.lists = append(r.lists, list{numbered: t.plain, next: t.start})
	case atom.Ul:
		r.lists = append(r.lists, list{})
	case atom.Li:
		r.item, r.label = true, ""
		if n := len(r.lists); n > 0 && r.lists[n-1].numbered {
			r.label = strconv.Itoa(r.lists[n-1].next) + "."
			r.lists[n-1].next++
		}
	case atom.Pre:
		r.pre++
	case atom.Table:
		one := &table{data: t.data, row: -1}
		if t.data {
			r.number++
			one.number = r.number
		}
		r.tables = append(r.tables, one)
	case atom.Tr:
		r.startRow(t)
	case atom.Td, atom.Th:
		r.startCell()
	}
}

func (r *reader) end(t *tag) {
	if block[t.name] {
		r.endLine()
	}
	switch t.name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading = 0
	case atom.Ol, atom.Ul:
		if n := len(r.lists); n > 0 {
			r.lists = r.lists[:n-1]
		}
	case atom.Li:
		r.item, r.label = false, ""
	case atom.Pre:
		r.pre = max(0, r.pre-1)
	case atom.Tr:
		r.endRow()
	case atom.Table:
		r.endRow()
		if n := len(r.tables); n > 0 {
			r.tables = r.tables[:n-1]
		}
	}
}

// table returns the innermost open table, or nil.
func (r *reader) table() *table {
	if n := len(r.tables); n > 0 {
		return r.tables[n-1]
	}
	return nil
}

func (r *reader) startRow(t *tag) {
	r.endRow()
	if one := r.table(); one != nil {
		one.row++
		one.column, one.pending, one.opened = -1, 0, false
		one.inline = one.data && t.cells > 1
	}
}

func (r *reader) startCell() {
	one := r.table()
	if one == nil {
		return
	}
	if one.inline {
		r.endBlock()
		if one.column >= 0 {
			one.pending++
		}
	}
	one.column++
}

func (r *reader) endRow() {
	if one := r.table(); one != nil && one.inline {
		one.inline = false
		r.endLine()
	}
}

// endLine ends a line; in a row of a table of data it only parts the words.
func (r *reader) endLine() {
	if one := r.table(); one != nil && one.inline {
		r.space = r.open != nil
		return
	}
	r.endBlock()
	r.newline = true
}

func (r *reader) endBlock() {
	r.space = false
	if r.open != nil {
		r.open.Span.To = r.length
		r.blocks = append(r.blocks, *r.open)
		r.open = nil
	}
}

// reference is a character reference, the semicolon often forgotten.
var reference = regexp.MustCompile(`^&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?`)

// text writes the characters of a text token: references decoded, blanks joined.
func (r *reader) text(from, to int) {
	for at := from; at < to; {
		c, size := utf8.DecodeRuneInString(r.page[at:to])
		if c == '&' {
			if piece := reference.FindString(r.page[at:min(to, at+40)]); piece != "" {
				if meaning := html.UnescapeString(piece); meaning != piece {
					r.replace(at, at+len(piece), meaning)
					at += len(piece)
					continue
				}
			}
		}
		if unicode.IsSpace(c) && c != '\u3000' {
			r.blank(c)
			at += size
			continue
		}
		end := at + size
		for end < to {
			next, width := utf8.DecodeRuneInString(r.page[end:to])
			if next == '&' || unicode.IsSpace(next) {
				break
			}
			end += width
		}
		if c == '\u3000' && r.open == nil { // indentation
			at += size
			continue
		}
		r.begin(at)
		r.editor.Drop(at, "")
		r.editor.Keep(end)
		r.length += end - at
		at = end
	}
}

// blank notes a blank between words; in preformatted text a line end is one.
func (r *reader) blank(c rune) {
	switch {
	case r.pre > 0 && c == '\n':
		r.endLine()
	case r.open != nil:
		r.space = true
	}
}

// replace writes what a reference means; references to blanks are blanks.
func (r *reader) replace(from, to int, meaning string) {
	if strings.TrimSpace(meaning) == "" {
		r.blank(' ')
		return
	}
	r.begin(from)
	r.editor.Drop(from, "")
	r.editor.Replace(to, meaning, "")
	r.length += len(meaning)
}

func (r *reader) put(text string) {
	if text != "" {
		r.editor.Replace(r.editor.At(), text, "")
		r.length += len(text)
	}
}

// begin writes what stands before the character at byte at: a blank, or a line end and the beginning of a block.
func (r *reader) begin(at int) {
	if r.open != nil {
		if r.space {
			r.put(" ")
			r.space = false
		}
		return
	}
	b := document.Block{Kind: document.Paragraph}
	one := r.table()
	switch {
	case one != nil && one.inline && one.opened:
		r.put(strings.Repeat(" | ", one.pending))
		one.pending = 0
	case r.length > 0 && r.newline:
		r.put("\n")
		fallthrough
	default:
		if one != nil && one.inline {
			r.put(strings.TrimLeft(strings.Repeat(" | ", one.pending), " "))
			one.pending, one.opened = 0, true
		}
	}
	switch {
	case one != nil && one.data && one.row >= 0:
		b = document.Block{Kind: document.Cell, Table: one.number, Row: one.row, Column: max(one.column, 0)}
	case r.heading > 0:
		b.Kind, b.Level = document.Heading, r.heading
	case r.item:
		b.Kind, b.Level, b.Label = document.ListItem, max(len(r.lists), 1), r.label
	}
	r.newline, r.space = false, false
	r.editor.Drop(at, "")
	b.Span.From = r.length
	if b.Label != "" {
		r.put(b.Label + " ")
	}
	r.item, r.label = false, ""
	r.open = &b
}
