package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"
)

// MaxLevel is the deepest level of headings; MaxColumns the widest table that Word allows.
const (
	MaxLevel   = 4
	MaxColumns = 63
)

// textWidth is the width between the margins in twentieths of a point.
const textWidth = 8845

// Document collects paragraphs. The zero value is not usable: see New.
type Document struct {
	title  string
	body   bytes.Buffer
	charts []chartPart
	tables int // with a number
}

// New starts a document. title is its name among the properties of the file; it is not printed.
func New(title string) *Document { return &Document{title: title} }

// Title adds a title: centred, without a number.
func (d *Document) Title(text string) *Document { return d.paragraph("Title", text) }

// Heading adds a heading of level 1 to MaxLevel, which numbers itself. Another level is a programmer's error and panics.
func (d *Document) Heading(level int, text string) *Document {
	if level < 1 || level > MaxLevel {
		panic(fmt.Sprintf("docx: heading of level %d", level))
	}
	return d.paragraph(fmt.Sprintf("Heading%d", level), text)
}

// Paragraph adds a paragraph of text, its first line indented by two characters.
func (d *Document) Paragraph(text string) *Document { return d.paragraph("BodyText", text) }

// Plain adds a paragraph without indentation, such as the line of addressees.
func (d *Document) Plain(text string) *Document { return d.paragraph("", text) }

// Centre adds a centred line, such as the number of the document.
func (d *Document) Centre(text string) *Document { return d.paragraph("Centred", text) }

// Right adds a line set right, for signature and date.
func (d *Document) Right(text string) *Document { return d.paragraph("Signature", text) }

func (d *Document) paragraph(style, text string) *Document {
	d.body.WriteString("<w:p>")
	if style != "" {
		fmt.Fprintf(&d.body, `<w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
	}
	run(&d.body, text)
	d.body.WriteString("</w:p>")
	return d
}

// run writes text as one run; a line end becomes a line break, a tab a tab.
func run(out *bytes.Buffer, text string) {
	if text == "" {
		return
	}
	out.WriteString("<w:r>")
	for n, line := range strings.Split(text, "\n") {
		if n > 0 {
			out.WriteString("<w:br/>")
		}
		for m, part := range strings.Split(line, "\t") {
			if m > 0 {
				out.WriteString("<w:tab/>")
			}
			if part != "" {
				out.WriteString(`<w:t xml:space="preserve">`)
				escape(out, part)
				out.WriteString("</w:t>")
			}
		}
	}
	out.WriteString("</w:r>")
}

// escape writes text for XML; characters that XML does not allow become U+FFFD.
func escape(out *bytes.Buffer, text string) {
	if err := xml.EscapeText(out, []byte(text)); err != nil {
		panic(err) // a bytes.Buffer does not fail
	}
}

// Table adds a table. The first row is its head and stands again on every page; short rows are filled with empty
// cells. More than MaxColumns columns is a programmer's error and panics; a table without rows adds nothing.
func (d *Document) Table(rows [][]string) *Document {
	return d.table(rows, columnWidths(rows), func(row, _ int) string {
		if row == 0 {
			return "TableHead"
		}
		return "TableText"
	})
}

// table adds a table with columns of these widths, whose cells have the styles that styleOf names.
func (d *Document) table(rows [][]string, widths []int, styleOf func(row, column int) string) *Document {
	if len(widths) == 0 {
		return d
	}
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, width := range widths {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, width)
	}
	d.body.WriteString("</w:tblGrid>")
	for n, row := range rows {
		d.body.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if n == 0 {
			d.body.WriteString(`<w:tblHeader/>`)
		}
		d.body.WriteString(`</w:trPr>`)
		for column, width := range widths {
			fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, width)
			text := ""
			if column < len(row) {
				text = row[column]
			}
			d.paragraph(styleOf(n, column), text)
			d.body.WriteString(`</w:tc>`)
		}
		d.body.WriteString("</w:tr>")
	}
	d.body.WriteString("</w:tbl>")
	return d.paragraph("AfterTable", "") // two tables in a row would become one
}

// columnWidths shares the width of the text among the columns by their longest cell, within bounds.
func columnWidths(rows [][]string) []int {
	var longest []int
	for _, row := range rows {
		for column, text := range row {
			if column == len(longest) {
				longest = append(longest, 2)
			}
			longest[column] = min(max(longest[column], halfWidths(text)), 40)
		}
	}
	if len(longest) > MaxColumns {
		panic(fmt.Sprintf("docx: table of %d columns", len(longest)))
	}
	total := 0
	for column := range longest {
		longest[column] += 2
		total += longest[column]
	}
	for column := range longest {
		longest[column] = longest[column] * textWidth / total
	}
	return longest
}

// halfWidths counts the width of a text in halves of a Chinese character.
func halfWidths(text string) int {
	width := 0
	for _, r := range text {
		if r < unicode.MaxLatin1 {
			width++
		} else {
			width += 2
		}
	}
	return width
}

// Bytes returns the file.
func (d *Document) Bytes() []byte {
	return d.bytesWith(documentAfter, footer("right"), footer("left"), styles())
}

// bytesWith returns the file with the section that ends it, the feet of odd and even pages, and the styles.
func (d *Document) bytesWith(section, odd, even, styles string) []byte {
	var title bytes.Buffer
	escape(&title, d.title)
	parts := [][2]string{
		{"[Content_Types].xml", contentTypes(len(d.charts))},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", coreBefore + title.String() + coreAfter},
		{"word/_rels/document.xml.rels", documentRelations(len(d.charts))},
		{"word/document.xml", documentBefore + d.body.String() + section},
		{"word/fontTable.xml", fontTable},
		{"word/footer1.xml", odd},
		{"word/footer2.xml", even},
		{"word/numbering.xml", numbering()},
		{"word/settings.xml", settings},
		{"word/styles.xml", styles},
	}
	for n, chart := range d.charts {
		parts = append(parts, chart.files(n+1)...)
	}
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, part := range parts {
		w, err := writer.Create(part[0])
		if err != nil {
			panic(err) // a bytes.Buffer does not fail
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			panic(err)
		}
	}
	if err := writer.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
