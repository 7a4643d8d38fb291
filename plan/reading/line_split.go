package reading

import (
	"strings"

	"jiaoheng/document"
)

// line is one line of the clean text: a paragraph, a heading or a cell of a table.
type line struct {
	span      document.Span // trimmed
	text      string
	label     label
	block     int // level of a heading that the format marked, 0 for none
	table     int // 1-based, 0 outside tables
	row       int
	column    int
	furniture bool // of the letter of issue: the list of annexes
	front     bool // title, meta data, notice or contents
	toc       bool
	bar       bool // the edge of a frame stood behind the text
	glued     bool // cut out of the middle of a line
	title     bool
}

// splitLines cuts the clean text into lines without blank ones, takes from the format what it knew of cells
// and headings, and cuts the rows of tables in plain text into their cells.
func splitLines(text string, d document.Document) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	table, row, inTable := 0, 0, false
	for at := 0; at < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		switch cells := cellsOf(text[at:end]); {
		case len(cells) >= 2:
			if !inTable {
				table, row = table+1, 0
			}
			for column, c := range cells {
				lines = appendLine(lines, text, document.Span{From: at + c.From, To: at + c.To}, table, row, column)
			}
			row, inTable = row+1, true
		default:
			lines = appendLine(lines, text, document.Span{From: at, To: end}, 0, 0, 0)
			inTable = false
		}
		at = end + 1
	}
	markBlocks(lines, d)
	markLooseTables(lines)
	lines = unglue(text, lines)
	for i := range lines {
		if lines[i].table == 0 {
			lines[i].label = parseLabel(lines[i].text)
		}
	}
	return lines
}

func appendLine(lines []line, text string, span document.Span, table, row, column int) []line {
	for span.From < span.To && isBlank(text[span.From:span.To]) > 0 {
		span.From += isBlank(text[span.From:span.To])
	}
	trimmed := strings.TrimRight(text[span.From:span.To], " \t\r　\u00a0")
	bar := false
	if table == 0 && strings.HasSuffix(trimmed, "|") {
		trimmed, bar = strings.TrimRight(trimmed, "| \t　"), true
	}
	span.To = span.From + len(trimmed)
	if trimmed == "" {
		if bar && len(lines) > 0 {
			lines[len(lines)-1].bar = true
		}
		return lines
	}
	return append(lines, line{span: span, text: trimmed, bar: bar, table: table, row: row, column: column})
}

// isBlank returns the bytes of the white space that s begins with, as far as one character.
func isBlank(s string) int {
	for _, blank := range []string{" ", "\t", "\r", "　", "\u00a0"} {
		if strings.HasPrefix(s, blank) {
			return len(blank)
		}
	}
	return 0
}

// cellsOf cuts a row of a table in plain text at tabs or bars. A single tab is an indent, not a table.
func cellsOf(row string) []document.Span {
	separator := byte('|')
	if strings.Count(row, "\t") >= 2 {
		separator = '\t'
	} else if strings.Count(row, "|") < 2 {
		return nil
	}
	var cells []document.Span
	const longest = 1200 // bytes of a cell: a longer one is text with bars in it, not a row
	for at := 0; at <= len(row); {
		end := len(row)
		if n := strings.IndexByte(row[at:], separator); n >= 0 {
			end = at + n
		}
		if end-at > longest {
			return nil
		}
		cells = append(cells, document.Span{From: at, To: end})
		at = end + 1
	}
	// The bars at the edges of a row enclose no cell.
	if separator == '|' && len(cells) > 2 {
		if strings.TrimSpace(row[cells[0].From:cells[0].To]) == "" {
			cells = cells[1:]
		}
		last := cells[len(cells)-1]
		if strings.TrimSpace(row[last.From:last.To]) == "" {
			cells = cells[:len(cells)-1]
		}
	}
	return cells
}

// markBlocks gives the lines the cells and headings of the format. Both sides are in the order of the
// original, so one pass over each is enough.
func markBlocks(lines []line, d document.Document) {
	next := 0
	for i := range lines {
		origin := d.Clean.Origin(lines[i].span)
		for next < len(d.Source.Blocks) && d.Source.Text.Origin(d.Source.Blocks[next].Span).To <= origin.From {
			next++
		}
		if next == len(d.Source.Blocks) {
			return
		}
		block := d.Source.Blocks[next]
		if !d.Source.Text.Origin(block.Span).Overlaps(origin) {
			continue
		}
		switch block.Kind {
		case document.Cell:
			lines[i].table, lines[i].row, lines[i].column = block.Table, block.Row, block.Column
		case document.Heading:
			lines[i].block = block.Level
		}
	}
}
