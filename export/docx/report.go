package docx

import (
	"fmt"
	"strings"

	"jiaoheng/message"
	"jiaoheng/report"
)

// smallColumns is from how many columns on a table is set in smaller letters.
const smallColumns = 7

// WriteReport writes a report in the layout of official documents: one that is numbered with mark of the organ, number and red
// line, a draft with its title only. Headings number themselves, charts are native: see chart.go. The same report gives the same
// bytes.
//
// Errors: only those of the workbooks behind the charts, which no content causes.
func WriteReport(content report.Report) ([]byte, error) {
	d := New(content.Title)
	d.reportHead(content)
	for _, block := range content.Blocks {
		if err := d.reportBlock(block); err != nil {
			return nil, err
		}
	}
	d.reportEnd(content)
	return d.bytesWith(officialSection, officialFooter("right"), officialFooter("left"), reportStyles()), nil
}

func (d *Document) reportHead(content report.Report) {
	if content.Number != "" && content.Organ != "" {
		d.organHead(content.Organ, content.Number, content.Title)
	} else {
		d.paragraph("Blank", "")
		for _, line := range headingLines(content.Title) {
			d.paragraph("Heading", line)
		}
		if content.Number == "" && !content.Loose {
			d.paragraph("Centred", message.Text(message.Chinese, "report.draft_mark", nil))
		}
	}
	d.paragraph("Blank", "")
	if content.To != "" {
		d.paragraph("Recipient", strings.TrimRight(content.To, "：:")+"：")
	}
}

func (d *Document) reportBlock(block report.Block) error {
	switch {
	case block.Heading != nil:
		d.Heading(block.Heading.Level, block.Heading.Text)
	case block.Table != nil:
		d.reportTable(*block.Table)
	case block.Chart != nil:
		return d.reportChart(*block.Chart)
	case block.Narrative != nil:
		for _, text := range block.Narrative.Paragraphs() {
			d.paragraph("BodyText", text)
		}
	case block.Note != "":
		d.paragraph("SmallPrint", block.Note)
	case block.Text != "":
		for _, text := range strings.Split(block.Text, "\n") {
			d.paragraph("BodyText", text)
		}
	}
	return nil
}

// reportTable writes caption, table, and note and source below it.
func (d *Document) reportTable(table report.Table) {
	rows := make([][]string, 0, len(table.Rows)+1)
	heads := make([]string, len(table.Columns))
	for n, column := range table.Columns {
		heads[n] = column.Head()
	}
	rows = append(rows, heads)
	for _, row := range table.Rows {
		cells := make([]string, len(row))
		for n, cell := range row {
			cells[n] = cell
			if table.Columns[n].Align != report.Words {
				cells[n] = strings.ReplaceAll(cell, "（", "\n（") // a figure and its period are not torn elsewhere
			}
		}
		rows = append(rows, cells)
	}
	d.tables++
	d.paragraph("TableCaption", message.Text(message.Chinese, "report.table_number", message.Args{"number": d.tables, "caption": table.Caption}))
	text, letter := "TableText", 240
	if len(table.Columns) >= smallColumns {
		text, letter = "TableSmall", 210
	}
	d.table(rows, reportWidths(table, textWidth*2/letter), func(row, column int) string {
		if row == 0 {
			return "TableHead"
		}
		return text + map[report.Align]string{report.Figures: "Right", report.Short: "Centre"}[table.Columns[column].Align]
	})
	for _, small := range []string{table.Note, table.Source} {
		if small != "" {
			d.paragraph("SmallPrint", small)
		}
	}
}

// reportWidths shares the width of the text, so many halves of a character, among the columns of a table: figures and short words are
// not torn while words of sentences can give way.
func reportWidths(table report.Table, room int) []int {
	const margin, least, most = 2, 8, 40
	wide := make([]int, len(table.Columns))
	firm, loose := 0, 0
	for n, column := range table.Columns {
		wide[n] = min(halfWidths(column.Head()), least)
		for _, row := range table.Rows {
			cell := halfWidths(row[n])
			if column.Align != report.Words {
				cell = longestPiece(row[n])
			}
			wide[n] = max(wide[n], min(cell, most))
		}
		if wide[n] += margin; column.Align == report.Words {
			loose += wide[n]
		} else {
			firm += wide[n]
		}
	}
	total := 0
	for n, column := range table.Columns {
		if firm+loose > room && column.Align == report.Words {
			wide[n] = max(least, wide[n]*max(0, room-firm)/loose)
		}
		total += wide[n]
	}
	for n := range wide {
		wide[n] = wide[n] * textWidth / total
	}
	return wide
}

// longestPiece is the width of the longest part of a cell that no line may tear: lines break before a full-width bracket.
func longestPiece(text string) int {
	longest := 0
	for k, piece := range strings.Split(text, "（") {
		if k > 0 {
			piece = "（" + piece
		}
		longest = max(longest, halfWidths(piece))
	}
	return longest
}

// reportChart writes the sentence, the drawing with its caption below, and its source.
func (d *Document) reportChart(chart report.Chart) error {
	part, err := chartParts(chart, len(d.charts)+1)
	if err != nil {
		return fmt.Errorf("docx: chart %q: %w", chart.Title, err)
	}
	d.charts = append(d.charts, part)
	if chart.Sentence != "" {
		d.paragraph("BodyText", chart.Sentence)
	}
	d.drawing(chart, len(d.charts))
	d.paragraph("ChartCaption", message.Text(message.Chinese, "report.chart_number", message.Args{"number": len(d.charts), "caption": chart.Title}))
	if chart.Source != "" {
		d.paragraph("SmallPrint", chart.Source)
	}
	return nil
}

// reportEnd is signature and date: the date four characters from the right, the signature centred above it (7.3.5.1).
func (d *Document) reportEnd(content report.Report) {
	d.paragraph("Blank", "")
	date := content.SignedOn().Text(message.Chinese)
	d.signature(content.Signed, date, func() {})
}

// reportStyles are the official styles and those that only reports have.
func reportStyles() string {
	var more strings.Builder
	line := func(height int) string {
		return fmt.Sprintf(`<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/>`, height)
	}
	for _, side := range [][2]string{{"Right", "right"}, {"Centre", "center"}} {
		justify := `<w:jc w:val="` + side[1] + `"/>`
		style(&more, "TableText"+side[0], "表格文字"+side[0], line(360)+justify, `<w:sz w:val="24"/>`)
		style(&more, "TableSmall"+side[0], "小表文字"+side[0], line(300)+justify, `<w:sz w:val="21"/>`)
	}
	style(&more, "TableSmall", "小表文字", line(300)+`<w:jc w:val="left"/>`, `<w:sz w:val="21"/>`)
	style(&more, "TableCaption", "表题", `<w:keepNext/><w:spacing w:before="160" w:after="60" w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>`, fonts("黑体")+`<w:sz w:val="28"/>`)
	style(&more, "ChartLine", "图", `<w:keepNext/><w:spacing w:before="120" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`, "")
	style(&more, "ChartCaption", "图题", `<w:spacing w:before="0" w:after="160" w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>`, fonts("黑体")+`<w:sz w:val="24"/>`)
	style(&more, "SmallPrint", "注", `<w:spacing w:before="0" w:after="120" w:line="320" w:lineRule="exact"/>`, `<w:sz w:val="21"/>`)
	base := officialStyles()
	at := strings.Index(base, `<w:style w:type="table"`)
	return base[:at] + more.String() + base[at:]
}
