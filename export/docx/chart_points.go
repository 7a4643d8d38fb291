package docx

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"jiaoheng/report"
)

// workbookOf is the workbook behind a chart. That of points holds two columns for each series, that of intervals three.
func workbookOf(chart report.Chart) ([]byte, error) {
	switch chart.Kind {
	case report.Scatter:
		return pointWorkbook(chart)
	case report.Ranged:
		wide := chart
		wide.Series = nil
		for _, series := range chart.Series {
			wide.Series = append(wide.Series, series)
		}
		for _, series := range chart.Series { // behind the values, so that the columns of the values stay where the drawing looks
			wide.Series = append(wide.Series, report.Series{Name: series.Name + " −", Values: series.Low}, report.Series{Name: series.Name + " +", Values: series.High})
		}
		return chartWorkbook(wide)
	default:
		return chartWorkbook(chart)
	}
}

func pointWorkbook(chart report.Chart) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	for n, series := range chart.Series {
		across, upward := columnName(2*n), columnName(2*n+1)
		if err := file.SetSheetRow("Sheet1", across+"1", &[]any{chart.Across, series.Name}); err != nil {
			return nil, err
		}
		for k, value := range series.Values {
			if !value.Is || !series.Across[k].Is {
				continue
			}
			row := strconv.Itoa(k + 2)
			if err := file.SetCellValue("Sheet1", across+row, series.Across[k].Number); err != nil {
				return nil, err
			}
			if err := file.SetCellValue("Sheet1", upward+row, value.Number); err != nil {
				return nil, err
			}
		}
	}
	var out bytes.Buffer
	err := file.Write(&out)
	return out.Bytes(), err
}

// intervals are the whiskers of the bars of a series, from its lower to its upper ends.
func (c *chartWriter) intervals(series report.Series) {
	c.out.WriteString(`<c:errBars>`)
	c.out.WriteString(`<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>`)
	for _, side := range []string{"plus", "minus"} {
		fmt.Fprintf(&c.out, `<c:%s><c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, side, len(series.Values))
		for k, value := range series.Values {
			end := series.High[k]
			if side == "minus" {
				end = series.Low[k]
			}
			if value.Is && end.Is {
				length := end.Number - value.Number
				if side == "minus" {
					length = -length
				}
				fmt.Fprintf(&c.out, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, strconv.FormatFloat(length, 'g', -1, 64))
			}
		}
		fmt.Fprintf(&c.out, `</c:numLit></c:%s>`, side)
	}
	c.out.WriteString(`<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="262626"/></a:solidFill></a:ln></c:spPr></c:errBars>`)
}

// points are series of two values; a quiet one is a line, the others are marks.
func (c *chartWriter) points() {
	c.out.WriteString(`<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>`)
	for n, series := range c.chart.Series {
		column := columnName(2*n + 1)
		fmt.Fprintf(&c.out, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>Sheet1!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>`, n, n, column, escaped(series.Name))
		look := lookOf(n, series)
		if series.Quiet {
			fmt.Fprintf(&c.out, `<c:spPr><a:ln w="19050" cap="rnd"><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:prstDash val="%s"/><a:round/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>`, look.colour, look.dash)
		} else {
			fmt.Fprintf(&c.out, `<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="%s"/><c:size val="6"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr></c:marker>`, look.marker, look.colour)
		}
		c.pointFigures("xVal", columnName(2*n), series, series.Across)
		c.pointFigures("yVal", column, series, series.Values)
		c.out.WriteString(`<c:smooth val="0"/></c:ser>`)
	}
	c.out.WriteString(c.axisIDs() + `</c:scatterChart>`)
}

// pointFigures are the values of a series on one axis; a point that lacks one of its two is left out on both.
func (c *chartWriter) pointFigures(element, column string, series report.Series, values []report.Value) {
	fmt.Fprintf(&c.out, `<c:%s><c:numRef><c:f>Sheet1!$%s$2:$%s$%d</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`, element, column, column, len(values)+1, len(values))
	for k, value := range values {
		if series.Values[k].Is && series.Across[k].Is {
			fmt.Fprintf(&c.out, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, strconv.FormatFloat(value.Number, 'g', -1, 64))
		}
	}
	fmt.Fprintf(&c.out, `</c:numCache></c:numRef></c:%s>`, element)
}

// pointAxes are two axes of values; none is forced to begin at zero. Their labels stand at the edge also where values are below zero.
func (c *chartWriter) pointAxes() {
	line := `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></c:spPr>`
	grid := `<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>`
	for n, place := range []string{"b", "l"} {
		title := axisTitle(c.chart.Across, false)
		if n == 1 {
			title = axisTitle(c.chart.Unit, true)
		}
		fmt.Fprintf(&c.out, `<c:valAx><c:axId val="%d"/><c:scaling><c:orientation val="minMax"/>%s</c:scaling><c:delete val="0"/><c:axPos val="%s"/>%s%s<c:numFmt formatCode="%s" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s%s<c:crossAx val="%d"/><c:crosses val="min"/><c:crossBetween val="midCat"/></c:valAx>`,
			c.axis+1+n, c.reach(n), place, grid, title, numberFormat(c.chart.Decimals), line, letters(900), c.axis+2-n)
	}
}

// reach is the largest and smallest value of an axis with a margin: programs that choose for themselves begin at zero and press
// the points into a corner.
func (c *chartWriter) reach(axis int) string {
	low, high, known := 0.0, 0.0, false
	for _, series := range c.chart.Series {
		for k := range series.Values {
			if !series.Values[k].Is || !series.Across[k].Is {
				continue
			}
			v := series.Values[k].Number
			if axis == 0 {
				v = series.Across[k].Number
			}
			if !known {
				low, high, known = v, v, true
			}
			low, high = min(low, v), max(high, v)
		}
	}
	if !known || high == low {
		return ""
	}
	first, last, _ := axisEnds(low, high)
	return `<c:max val="` + strconv.FormatFloat(last, 'g', -1, 64) + `"/><c:min val="` + strconv.FormatFloat(first, 'g', -1, 64) + `"/>`
}
