package document

import "strings"

// Builder makes a Mapped text piece by piece, in order. The zero value is ready.
type Builder struct {
	out  strings.Builder
	runs []run
}

// Exact appends text that stands byte for byte in the original at from.
func (b *Builder) Exact(text string, from int) {
	if text == "" {
		return
	}
	to := from + len(text)
	if n := len(b.runs); n > 0 {
		last := b.runs[n-1]
		if last.exact && last.to == from && b.out.Len()-last.at == last.to-last.from {
			b.runs[n-1].to = to
			b.out.WriteString(text)
			return
		}
	}
	b.runs = append(b.runs, run{at: b.out.Len(), from: from, to: to, exact: true})
	b.out.WriteString(text)
}

// Whole appends text that was made from the bytes [from, to) of the original as a whole.
func (b *Builder) Whole(text string, from, to int) {
	if text == "" {
		return
	}
	b.runs = append(b.runs, run{at: b.out.Len(), from: from, to: to})
	b.out.WriteString(text)
}

// Len is the number of bytes of text so far.
func (b *Builder) Len() int { return b.out.Len() }

// Done returns the text. The builder must not be used afterwards.
func (b *Builder) Done() Mapped { return Mapped{Text: b.out.String(), runs: b.runs} }
