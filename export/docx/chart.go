package docx

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiaoheng/report"
)

// Charts are DrawingML (ISO/IEC 29500-1, 21.2): vectors that print sharp, with the figures in an embedded workbook so that
// "edit data" works in Word and WPS. Word refuses a chart whose elements stand in another order than the schema's: every function
// here writes them in that order. Colours are those of Okabe and Ito, which people tell apart who see few colours; in black and
// white patterns, marks and dashes do.
//
// Limits: bars, stacked bars, lines, bars with intervals and points; no secondary axis.

// chartPart is one chart: its drawing and its workbook.
type chartPart struct {
	drawing  string
	workbook []byte
}

// Sizes of a chart in English metric units: 360,000 a centimetre.
const (
	centimetre  = 360_000
	chartWide   = 15 * centimetre
	chartHigh   = 8 * centimetre
	barHigh     = 7 * centimetre / 10 // of one line of a chart of bars that lie
	mostHigh    = 20 * centimetre
	standingMax = 8 // from more categories on bars lie, so that names can be read
)

const drawingSpaces = `xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// files are the parts of chart n in the container.
func (c chartPart) files(n int) [][2]string {
	return [][2]string{
		{fmt.Sprintf("word/charts/chart%d.xml", n), c.drawing},
		{fmt.Sprintf("word/charts/_rels/chart%d.xml.rels", n), head + `<Relationships xmlns="` + packages + `relationships">` +
			fmt.Sprintf(`<Relationship Id="rId1" Type="%spackage" Target="../embeddings/chart%d.xlsx"/></Relationships>`, relations, n)},
		{fmt.Sprintf("word/embeddings/chart%d.xlsx", n), string(c.workbook)},
	}
}

// drawing writes the paragraph in which chart n stands.
func (d *Document) drawing(chart report.Chart, n int) {
	var name bytes.Buffer
	escape(&name, chart.Title)
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="ChartLine"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">`+
		`<wp:extent cx="%d" cy="%d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="%d" name="%s %d" descr="%s"/><wp:cNvGraphicFramePr/>`+
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">`+
		`<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="%s"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		chartWide, heightOf(chart), n, "Chart", n, name.String(), chartRelation(n))
}

// lies tells whether the bars of a chart lie: long names of many categories cannot be read below standing ones.
func lies(chart report.Chart) bool {
	if chart.Kind == report.Lines || chart.Kind == report.Scatter {
		return false
	}
	longest := 0
	for _, name := range chart.Categories {
		longest = max(longest, halfWidths(name))
	}
	return len(chart.Categories) > standingMax || longest*len(chart.Categories) > 90
}

func heightOf(chart report.Chart) int {
	if !lies(chart) {
		return chartHigh
	}
	bars := len(chart.Categories)
	if chart.Kind == report.Bars || chart.Kind == report.Ranged {
		bars *= max(1, (len(chart.Series)+1)/2)
	}
	return min(mostHigh, max(chartHigh, 3*centimetre+bars*barHigh))
}

// chartParts makes the parts of a chart.
func chartParts(chart report.Chart, n int) (chartPart, error) {
	workbook, err := workbookOf(chart)
	if err != nil {
		return chartPart{}, err
	}
	c := chartWriter{chart: chart, lying: lies(chart), axis: 1000 * n}
	c.out.WriteString(head + `<c:chartSpace ` + drawingSpaces + `><c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>`)
	switch chart.Kind {
	case report.Scatter:
		c.points()
		c.pointAxes()
	case report.Lines:
		c.lines()
		c.axes()
	default:
		c.bars()
		c.axes()
	}
	c.out.WriteString(`<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>`)
	if len(chart.Series) > 1 {
		c.out.WriteString(`<c:legend><c:legendPos val="t"/><c:overlay val="0"/>` + letters(900) + `</c:legend>`)
	}
	c.out.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>` +
		letters(900) + `<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`)
	return chartPart{drawing: c.out.String(), workbook: workbook}, nil
}

// chartWorkbook is the workbook behind a chart: categories in column A, one column a series.
func chartWorkbook(chart report.Chart) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	row := make([]any, 1, len(chart.Series)+1)
	row[0] = chart.Across
	for _, series := range chart.Series {
		row = append(row, series.Name)
	}
	if err := file.SetSheetRow("Sheet1", "A1", &row); err != nil {
		return nil, err
	}
	for k, name := range chart.Categories {
		line := []any{name}
		for _, series := range chart.Series {
			if series.Values[k].Is {
				line = append(line, series.Values[k].Number)
			} else {
				line = append(line, nil)
			}
		}
		if err := file.SetSheetRow("Sheet1", "A"+strconv.Itoa(k+2), &line); err != nil {
			return nil, err
		}
	}
	if err := file.SetColWidth("Sheet1", "A", "A", 24); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := file.Write(&out)
	return out.Bytes(), err
}

// chartWriter writes the drawing of one chart.
type chartWriter struct {
	out   strings.Builder
	chart report.Chart
	lying bool
	axis  int // ids of the axes are axis+1 and axis+2
}

func (c *chartWriter) bars() {
	direction, grouping := "col", "clustered"
	if c.lying {
		direction = "bar"
	}
	if c.chart.Kind == report.Stacked {
		grouping = "stacked"
	}
	fmt.Fprintf(&c.out, `<c:barChart><c:barDir val="%s"/><c:grouping val="%s"/><c:varyColors val="0"/>`, direction, grouping)
	for n, series := range c.chart.Series {
		c.seriesHead(n, series)
		face := barFill(n, series)
		if c.chart.Kind == report.Ranged {
			face = `<a:solidFill><a:srgbClr val="C9D8EC"/></a:solidFill>` // light: the interval is drawn over it
		}
		c.out.WriteString(`<c:spPr>` + face + `<a:ln w="6350"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>`)
		if c.chart.Kind == report.Stacked {
			c.stackedLabels(n, series)
		} else if c.labelled() && c.chart.Kind == report.Bars {
			c.labels("outEnd", "000000", false)
		}
		if c.chart.Kind == report.Ranged {
			c.intervals(series)
		}
		c.figures(n, series)
		c.out.WriteString(`</c:ser>`)
	}
	gap, overlap := 60, 0
	if c.chart.Kind == report.Stacked {
		overlap = 100
	}
	fmt.Fprintf(&c.out, `<c:gapWidth val="%d"/><c:overlap val="%d"/>%s</c:barChart>`, gap, overlap, c.axisIDs())
}

// labelled tells whether there is room for a label at every mark.
func (c *chartWriter) labelled() bool { return len(c.chart.Series)*len(c.chart.Categories) <= 60 }

func (c *chartWriter) lines() {
	c.out.WriteString(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
	for n, series := range c.chart.Series {
		c.seriesHead(n, series)
		look := lookOf(n, series)
		width := 28575
		if series.Quiet {
			width = 15875
		}
		fmt.Fprintf(&c.out, `<c:spPr><a:ln w="%d" cap="rnd"><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:prstDash val="%s"/><a:round/></a:ln></c:spPr>`, width, look.colour, look.dash)
		if series.Quiet {
			c.out.WriteString(`<c:marker><c:symbol val="none"/></c:marker>`)
		} else {
			fmt.Fprintf(&c.out, `<c:marker><c:symbol val="%s"/><c:size val="7"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr></c:marker>`, look.marker, look.colour)
		}
		if !series.Quiet && c.labelled() {
			c.labels("t", look.text, false)
		}
		c.figures(n, series)
		c.out.WriteString(`<c:smooth val="0"/></c:ser>`)
	}
	c.out.WriteString(`<c:marker val="1"/>` + c.axisIDs() + `</c:lineChart>`)
}

func (c *chartWriter) seriesHead(n int, series report.Series) {
	column := columnName(n + 1)
	fmt.Fprintf(&c.out, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>Sheet1!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
		n, n, column, escaped(series.Name))
}

// stackedLabels are labels within the bars; a part that is not there has none.
func (c *chartWriter) stackedLabels(n int, series report.Series) {
	if len(c.chart.Categories) > 40 {
		return
	}
	c.out.WriteString(`<c:dLbls>`)
	for k, value := range series.Values {
		if value.Is && value.Number == 0 {
			fmt.Fprintf(&c.out, `<c:dLbl><c:idx val="%d"/><c:delete val="1"/></c:dLbl>`, k)
		}
	}
	c.labelLook("ctr", lookOf(n, series).label, true)
	c.out.WriteString(`</c:dLbls>`)
}

func (c *chartWriter) labels(place, colour string, boxed bool) {
	c.out.WriteString(`<c:dLbls>`)
	c.labelLook(place, colour, boxed)
	c.out.WriteString(`</c:dLbls>`)
}

func (c *chartWriter) labelLook(place, colour string, boxed bool) {
	box := `<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>`
	if boxed { // patterns would eat the figures
		box = `<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>`
		colour = "000000"
	}
	fmt.Fprintf(&c.out, `<c:numFmt formatCode="%s" sourceLinked="0"/>%s<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="800"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr><c:dLblPos val="%s"/>`+
		`<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`,
		numberFormat(c.chart.Decimals), box, colour, place)
}

// figures are the categories and the values of a series with what the workbook holds.
func (c *chartWriter) figures(n int, series report.Series) {
	last := len(c.chart.Categories) + 1
	fmt.Fprintf(&c.out, `<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`, last, last-1)
	for k, name := range c.chart.Categories {
		fmt.Fprintf(&c.out, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, escaped(name))
	}
	column := columnName(n + 1)
	fmt.Fprintf(&c.out, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$%s$2:$%s$%d</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, column, column, last, last-1)
	for k, value := range series.Values {
		if value.Is {
			fmt.Fprintf(&c.out, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, strconv.FormatFloat(value.Number, 'g', -1, 64))
		}
	}
	c.out.WriteString(`</c:numCache></c:numRef></c:val>`)
}

func (c *chartWriter) axisIDs() string {
	return fmt.Sprintf(`<c:axId val="%d"/><c:axId val="%d"/>`, c.axis+1, c.axis+2)
}

// axes are the axis of categories and that of values. Bars begin at zero.
func (c *chartWriter) axes() {
	across, upward, order := "b", "l", "minMax"
	if c.lying {
		across, upward, order = "l", "t", "maxMin" // the first category stands on top, the values then above
	}
	line := `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></c:spPr>`
	fmt.Fprintf(&c.out, `<c:catAx><c:axId val="%d"/><c:scaling><c:orientation val="%s"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/>%s<c:numFmt formatCode="General" sourceLinked="0"/>`+
		`<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s%s<c:crossAx val="%d"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`,
		c.axis+1, order, across, axisTitle(c.chart.Across, c.lying), line, letters(900), c.axis+2)
	scale := `<c:scaling><c:orientation val="minMax"/></c:scaling>`
	if c.chart.Kind != report.Lines {
		scale = `<c:scaling><c:orientation val="minMax"/>` + c.fromZero() + `</c:scaling>`
	}
	fmt.Fprintf(&c.out, `<c:valAx><c:axId val="%d"/>%s<c:delete val="0"/><c:axPos val="%s"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>%s`+
		`<c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>%s%s<c:crossAx val="%d"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>`,
		c.axis+2, scale, upward, axisTitle(c.chart.Unit, !c.lying), numberFormat(c.chart.Decimals), line, letters(900), c.axis+1)
}

// fromZero is the end of the axis of values that must be zero.
func (c *chartWriter) fromZero() string {
	negative, positive := false, false
	for _, series := range c.chart.Series {
		for _, value := range series.Values {
			negative, positive = negative || value.Is && value.Number < 0, positive || value.Is && value.Number > 0
		}
		for _, ends := range [][]report.Value{series.Low, series.High} {
			for _, end := range ends {
				negative, positive = negative || end.Is && end.Number < 0, positive || end.Is && end.Number > 0
			}
		}
	}
	switch {
	case negative && positive:
		return ""
	case negative:
		return `<c:max val="0"/>`
	}
	return `<c:min val="0"/>`
}

func axisTitle(text string, upright bool) string {
	if text == "" {
		return ""
	}
	turn := ""
	if upright {
		turn = ` rot="0" vert="wordArtVertRtl"`
		if halfWidths(text) <= 4 {
			turn = ` rot="0" vert="horz"`
		}
	}
	return `<c:title><c:tx><c:rich><a:bodyPr` + turn + `/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="900" b="0"/><a:t>` + escaped(text) + `</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`
}

// letters is the look of all texts of a part of a chart.
func letters(size int) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="%d"><a:solidFill><a:srgbClr val="262626"/></a:solidFill><a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`, size)
}

func numberFormat(decimals int) string {
	if decimals <= 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", min(decimals, 6))
}

func escaped(text string) string {
	var out bytes.Buffer
	escape(&out, text)
	return out.String()
}

// columnName is the letter of a column of the workbook, 0 for A; there are at most report.MaxSeries+1.
func columnName(n int) string { return string(rune('A' + n)) }
