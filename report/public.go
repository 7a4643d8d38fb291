package report

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/publication"
)

// Public returns a report as it can be published: headings and paragraphs, sentences of the charts, tables as far as a publication
// has room for them. What is left out is said at the end.
func (r Report) Public() publication.Content {
	content := publication.Content{Kind: publication.KindFigures, Title: cut(r.Title, publication.MaxTitle), Day: r.Dated, Unit: r.UnitName, Blocks: []publication.Block{}}
	if content.Day == "" {
		content.Day = r.Day
	}
	tables, length, left := 0, 0, 0
	text := func(words string) {
		if n := utf8.RuneCountInString(words); length+n <= publication.MaxText-100 {
			length += n
			content.Blocks = append(content.Blocks, publication.Block{Text: words})
		} else {
			left++
		}
	}
	for _, block := range r.Blocks {
		switch {
		case block.Heading != nil:
			text(block.Heading.Text)
		case block.Table != nil:
			if tables++; tables > publication.MaxTables || len(block.Table.Columns) < 2 {
				left++
				continue
			}
			content.Blocks = append(content.Blocks, publication.Block{Table: block.Table.public()})
		case block.Chart != nil:
			text(block.Chart.Sentence)
		case block.Narrative != nil:
			text(strings.Join(block.Narrative.Paragraphs(), "\n"))
		default:
			text(block.Text + block.Note)
		}
	}
	if left > 0 {
		content.Blocks = append(content.Blocks, publication.Block{Text: say("report.public_left", "count", left, "number", r.Number)})
	}
	return content
}

func (t Table) public() *publication.Table {
	out := publication.Table{Caption: t.Caption, Note: t.Note, Source: t.Source}
	for _, column := range t.Columns {
		out.Columns = append(out.Columns, column.Head())
	}
	for n, row := range t.Rows {
		if n == publication.MaxRows {
			out.Note += say("report.rows_left", "count", len(t.Rows)-n)
			break
		}
		cells := make([]string, len(row))
		for k, cell := range row {
			cells[k] = cut(cell, publication.MaxCell)
		}
		out.Rows = append(out.Rows, cells)
	}
	return &out
}

func cut(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit-1]) + "…"
	}
	return text
}
