package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"jiaoheng/letter"
)

// maxDepth bounds the nesting of elements; Word writes some thirty levels.
const maxDepth = 500

// partScan walks one part: paragraphs gather their texts, so that marks are found although Word split them over runs.
type partScan struct {
	part       *templatePart
	paragraphs []*paragraph // open ones; a text box stands within a paragraph and holds its own
	rows       []*tableRow  // open ones
	text       *textElement
	marks      []string
	open       []string // texts with a mark that is not closed
}

type paragraph struct {
	from  int
	texts []textElement
}

type tableRow struct {
	from    int
	repeats bool
}

// textElement is a <w:t> with its place and its decoded text.
type textElement struct {
	from, to int
	text     string
}

// scanPart finds the marks of a part.
func scanPart(data []byte) (*partScan, error) {
	s := &partScan{part: &templatePart{data: data}}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	depth := 0
	for {
		before := int(decoder.InputOffset())
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch one := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, errors.New("nested too deep")
			}
			s.start(one.Name, before)
		case xml.EndElement:
			depth--
			s.end(one.Name, int(decoder.InputOffset()))
		case xml.CharData:
			if s.text != nil {
				s.text.text += string(one)
			}
		}
	}
	if depth != 0 {
		return nil, errors.New("elements are not closed")
	}
	slices.SortFunc(s.part.edits, func(a, b edit) int { return a.from - b.from })
	slices.SortFunc(s.part.repeats, func(a, b repeat) int { return a.from - b.from })
	return s, nil
}

// isWord tells whether a raw name is that of an element of Word; every writer uses the prefix w.
func isWord(name xml.Name, local string) bool { return name.Space == "w" && name.Local == local }

func (s *partScan) start(name xml.Name, at int) {
	switch {
	case isWord(name, "p"):
		s.paragraphs = append(s.paragraphs, &paragraph{from: at})
	case isWord(name, "tr"):
		s.rows = append(s.rows, &tableRow{from: at})
	case isWord(name, "t"):
		s.text = &textElement{from: at}
	}
}

func (s *partScan) end(name xml.Name, at int) {
	switch {
	case isWord(name, "t") && s.text != nil:
		s.text.to = at
		if n := len(s.paragraphs); n > 0 {
			s.paragraphs[n-1].texts = append(s.paragraphs[n-1].texts, *s.text)
		}
		s.text = nil
	case isWord(name, "p") && len(s.paragraphs) > 0:
		n := len(s.paragraphs) - 1
		s.paragraph(s.paragraphs[n], at)
		s.paragraphs = s.paragraphs[:n]
	case isWord(name, "tr") && len(s.rows) > 0:
		n := len(s.rows) - 1
		if s.rows[n].repeats {
			s.part.repeats = append(s.part.repeats, repeat{from: s.rows[n].from, to: at})
		}
		s.rows = s.rows[:n]
	}
}

// paragraph finds the marks of a paragraph. The value goes where the mark begins; the runs that held the rest of it lose that.
func (s *partScan) paragraph(p *paragraph, end int) {
	var joined strings.Builder
	for _, one := range p.texts {
		joined.WriteString(one.text)
	}
	text := joined.String()
	found := letter.Pattern.FindAllStringSubmatchIndex(text, -1)
	if rest := letter.Pattern.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		s.open = append(s.open, shortened(rest))
	}
	if len(found) == 0 {
		return
	}
	body := false
	for _, at := range found {
		name := text[at[2]:at[3]]
		if !slices.Contains(s.marks, name) {
			s.marks = append(s.marks, name)
		}
		body = body || name == letter.MarkBody
		if strings.HasPrefix(name, letter.MarkRow) && len(s.rows) > 0 {
			s.rows[len(s.rows)-1].repeats = true
		}
	}
	if body && (len(s.rows) == 0 || !s.rows[len(s.rows)-1].repeats) {
		s.part.repeats = append(s.part.repeats, repeat{from: p.from, to: end, body: true})
	}
	from := 0
	for _, one := range p.texts {
		to := from + len(one.text)
		if pieces, touched := piecesOf(text, found, from, to); touched {
			s.part.edits = append(s.part.edits, edit{from: one.from, to: one.to, pieces: pieces})
		}
		from = to
	}
}

// piecesOf cuts text[from:to] at its marks; touched is false when none lies in it, wholly or in part.
func piecesOf(text string, found [][]int, from, to int) (pieces []piece, touched bool) {
	at := from
	for _, mark := range found {
		if mark[1] <= from || mark[0] >= to {
			continue
		}
		touched = true
		if mark[0] > at {
			pieces = append(pieces, piece{text: text[at:mark[0]]})
		}
		if mark[0] >= from {
			pieces = append(pieces, piece{mark: text[mark[2]:mark[3]]})
		}
		at = min(to, mark[1])
	}
	if at < to {
		pieces = append(pieces, piece{text: text[at:to]})
	}
	return pieces, touched
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > 30 {
		return string(runes[:30]) + "…"
	}
	return text
}
