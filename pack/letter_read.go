package pack

import (
	"github.com/goccy/go-yaml/ast"

	"jiaoheng/message"
)

// MaxParagraphs is the most paragraphs of the body of a letter.
const MaxParagraphs = 60

func (r *reader) readLetter(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "letter")
	if o == nil {
		return
	}
	letter := &Letter{Name: name, Pack: p.Name, Title: o.title(), Register: o.wanted("register"), Series: o.wanted("series"), Number: o.wanted("number"),
		Heading: o.wanted("heading"), To: o.wanted("to"), Copies: o.text("copies"), Signed: o.wanted("signed"), Source: o.source(true), Place: r.place(at)}
	if o.has("series") && !plainName.MatchString(letter.Series) {
		o.fault(o.get("series"), "pack.bad_name", message.Args{"name": shortened(letter.Series), "limit": maxName})
	}
	o.missing("body")
	letter.Body = o.repeats("body")
	o.within("body", len(letter.Body), MaxParagraphs)
	if n := o.get("rows"); n != nil {
		if inner := r.entry(n, "letter_rows"); inner != nil {
			letter.Rows = &LetterRows{Register: inner.wanted("register"), Columns: inner.words("columns"), Place: inner.here()}
			inner.missing("columns")
		}
	}
	p.Letters = append(p.Letters, letter)
}
