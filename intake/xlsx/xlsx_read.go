package xlsx

import (
	"strings"

	"jiaoheng/document"
)

// Read reads a workbook as text. name is what faults show.
//
// Result: one line a row with " | " between its cells, a Cell block for each cell with content, its table the number of the visible
// sheet; where several sheets have content the name of each stands before it as a heading. Spans count in the text itself (Part "text").
// Errors: faults only.
func Read(name string, data []byte) (document.Source, error) {
	sheets, err := open(name, data, false)
	if err != nil {
		return document.Source{}, err
	}
	w := &writer{}
	for n, s := range sheets {
		if len(sheets) > 1 {
			w.line()
			from := w.text.Len()
			w.text.WriteString(oneLine(s.name))
			w.blocks = append(w.blocks, document.Block{Kind: document.Heading, Level: 1, Span: document.Span{From: from, To: w.text.Len()}})
		}
		for r, cells := range s.rows {
			w.row(n+1, r, cells)
		}
	}
	return document.Source{Format: "xlsx", Encoding: "utf-8", Part: "text", Text: document.Identity(w.text.String()), Blocks: w.blocks}, nil
}

// writer collects the text and its blocks.
type writer struct {
	text   strings.Builder
	blocks []document.Block
}

func (w *writer) line() {
	if w.text.Len() > 0 {
		w.text.WriteByte('\n')
	}
}

// row writes the cells from the first to the last one with content.
func (w *writer) row(table, number int, cells []string) {
	started := false
	for column, cell := range cells {
		cell = oneLine(cell)
		if cell == "" && !started {
			continue
		}
		if !started {
			w.line()
			started = true
		} else {
			w.text.WriteString(" | ")
		}
		if cell == "" {
			continue
		}
		from := w.text.Len()
		w.text.WriteString(cell)
		w.blocks = append(w.blocks, document.Block{Kind: document.Cell, Span: document.Span{From: from, To: w.text.Len()}, Table: table, Row: number, Column: column})
	}
}

// oneLine joins the lines of a cell.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
}
