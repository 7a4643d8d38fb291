package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxBytes is the largest page that is read, after decoding.
const MaxBytes = 20 << 20

// Read reads a page. name is what faults show; text is the decoded file with the map to its bytes, encoding the name of
// the encoding it was decoded from.
//
// Result: one line a block element or row of a table; spans count in the bytes of the file.
// Errors: faults only.
func Read(name string, text document.Mapped, encoding string) (document.Source, error) {
	place := fault.Place{File: name}
	if len(text.Text) > MaxBytes {
		return document.Source{}, fault.At(place, "intake.too_large", message.Args{"size": (len(text.Text) + 1<<20 - 1) >> 20, "limit": MaxBytes >> 20})
	}
	tags := tokens(text.Text)
	r := read(text, tags, true)
	if r.skip != 0 || r.length == 0 {
		r = read(text, tags, false) // a menu that never ends, or that is all there is, would hide the rest of the page
	}
	r.editor.Drop(len(text.Text), "")
	clean, _ := r.editor.Done()
	if strings.TrimSpace(clean.Text) == "" {
		return document.Source{}, fault.At(place, "intake.no_text", nil)
	}
	return document.Source{Format: "html", Encoding: encoding, Text: clean, Blocks: r.blocks}, nil
}

// tag is one token of the page.
type tag struct {
	kind     html.TokenType
	name     atom.Atom
	from, to int // bytes of the page
	hidden   bool
	suspect  bool // its name says that it is no text of the page
	start    int  // of an ordered list
	plain    bool // an ordered list with arabic numbers
	data     bool // a table of data; set by findTables
	cells    int  // of a row; set by findTables
}

// tokens reads the tags of the page. Comments are left out.
func tokens(text string) []tag {
	tokenizer := html.NewTokenizer(strings.NewReader(text))
	var tags []tag
	at := 0
	for {
		kind := tokenizer.Next()
		size := len(tokenizer.Raw())
		t := tag{kind: kind, from: at, to: at + size, start: 1, plain: true}
		at += size
		switch kind {
		case html.ErrorToken:
			findTables(text, tags)
			findFurniture(text, tags)
			return tags
		case html.CommentToken, html.DoctypeToken:
			continue
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, more := tokenizer.TagName()
			t.name = atom.Lookup(name)
			for more {
				var key, value []byte
				key, value, more = tokenizer.TagAttr()
				t.attribute(string(key), strings.ToLower(string(value)))
			}
		}
		tags = append(tags, t)
	}
}

// attribute notes what an attribute says about hiding and numbering.
func (t *tag) attribute(key, value string) {
	switch key {
	case "hidden":
		t.hidden = true
	case "style":
		t.hidden = t.hidden || strings.Contains(strings.ReplaceAll(value, " ", ""), "display:none")
	case "class", "id", "role":
		t.suspect = t.suspect || isFurnitureName(value)
	case "start":
		if n, err := strconv.Atoi(value); err == nil && n >= 0 {
			t.start = n
		}
	case "type":
		t.plain = value == "1" || value == "decimal"
	}
}

// never holds elements whose text is no text of the page.
var never = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true, atom.Title: true,
	atom.Textarea: true, atom.Select: true, atom.Button: true, atom.Svg: true, atom.Rt: true, atom.Rp: true, atom.Noframes: true, atom.Object: true}

// aside holds elements that frame the text of a page.
var aside = map[atom.Atom]bool{atom.Nav: true, atom.Aside: true, atom.Footer: true}

// block holds the elements that stand on lines of their own.
var block = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Table: true, atom.Tr: true, atom.Td: true, atom.Th: true,
	atom.Caption: true, atom.Section: true, atom.Article: true, atom.Header: true, atom.Main: true, atom.Footer: true, atom.Nav: true, atom.Aside: true, atom.Blockquote: true,
	atom.Pre: true, atom.Hr: true, atom.Br: true, atom.Center: true, atom.Form: true, atom.Address: true, atom.Figure: true, atom.Figcaption: true,
	atom.Body: true, atom.Html: true, atom.Head: true, atom.Fieldset: true, atom.Details: true, atom.Summary: true, atom.Tbody: true, atom.Thead: true, atom.Tfoot: true}
