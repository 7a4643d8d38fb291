package shell

import (
	"strconv"

	"jiaoheng/measure"
	"jiaoheng/plan/target"
	"jiaoheng/report"
)

// A report is a list of blocks without format; here they get the look of pages. Their words are those of the document, in Chinese.

// PaperHeadings numbers the headings of a report as they print: 一、 （一） 1. （1）.
type PaperHeadings struct{ counts [report.MaxLevel]int }

func (n *PaperHeadings) label(level int) string {
	n.counts[level-1]++
	for deeper := level; deeper < report.MaxLevel; deeper++ {
		n.counts[deeper] = 0
	}
	number := n.counts[level-1]
	switch level {
	case 1:
		return chinese(number) + "、"
	case 2:
		return "（" + chinese(number) + "）"
	case 3:
		return strconv.Itoa(number) + "."
	}
	return "（" + strconv.Itoa(number) + "）"
}

// chinese writes a number from 1 to 99 as headings do.
func chinese(number int) string {
	digits := []rune("〇一二三四五六七八九")
	ten, one := number/10, number%10
	switch {
	case number <= 0 || number > 99:
		return strconv.Itoa(number)
	case ten == 0:
		return string(digits[one])
	}
	text := "十"
	if ten > 1 {
		text = string(digits[ten]) + text
	}
	if one > 0 {
		text += string(digits[one])
	}
	return text
}

// paperTones are the looks of series that count a light.
var paperTones = map[target.Light]string{target.Reached: "reached", target.Normal: "normal", target.AtRisk: "risk", target.Late: "late", target.NoData: "none"}

// paperKinds are the forms of charts that scripts draw. Intervals and points are drawn without: see paperCaterpillar and paperScatter.
var paperKinds = map[report.ChartKind]ChartKind{report.Bars: ChartBars, report.Stacked: ChartStack, report.Lines: ChartLines}

// paperChart is a chart of a report as pages draw it.
func paperChart(n int, chart report.Chart) Chart {
	drawn := Chart{ID: paperID(n), Sentence: chart.Sentence, Unit: chart.Unit, Decimals: chart.Decimals, Names: chart.Categories, Source: chart.Source, Kind: paperKinds[chart.Kind], Table: categoryTable(chart)}
	for _, series := range chart.Series {
		drawn.Series = append(drawn.Series, Series{Name: series.Name, Quiet: series.Quiet, Tone: paperTones[series.Light], Values: paperValues(series.Name, series.Values)})
	}
	return drawn
}

func paperID(n int) string { return "chart-" + strconv.Itoa(n) }

// paperCaterpillar is a chart of values with intervals. What has no value is in the table only; zero is what values are held against.
func paperCaterpillar(n int, chart report.Chart) Caterpillar {
	drawn := Caterpillar{ID: paperID(n), Sentence: chart.Sentence, Unit: chart.Unit, Decimals: chart.Decimals, Source: chart.Source, Table: categoryTable(chart)}
	for _, series := range chart.Series {
		for k, value := range series.Values {
			low, high := series.Low[k], series.High[k]
			if !value.Is || !low.Is || !high.Is {
				continue
			}
			row := CaterpillarRow{Name: chart.Categories[k], Value: value.Number, Low: low.Number, High: high.Number, Found: FoundNone, Text: chart.Categories[k] + " " + intervalText(series, k, chart.Decimals)}
			switch {
			case low.Number > 0:
				row.Found = FoundAbove
			case high.Number < 0:
				row.Found = FoundBelow
			}
			drawn.Rows = append(drawn.Rows, row)
		}
	}
	return drawn
}

// paperScatter is a chart of points; the quiet series is the line that is expected, of which the first and the last point are taken.
func paperScatter(n int, chart report.Chart) Scatter {
	drawn := Scatter{ID: paperID(n), Sentence: chart.Sentence, Across: chart.Across, Up: chart.Unit, Source: chart.Source, Table: pointTable(chart)}
	for _, series := range chart.Series {
		if last := len(series.Values) - 1; series.Quiet && last > 0 {
			drawn.Line = series.Name
			drawn.From = [2]float64{series.Across[0].Number, series.Values[0].Number}
			drawn.To = [2]float64{series.Across[last].Number, series.Values[last].Number}
			continue
		}
		for k, value := range series.Values {
			if !value.Is || !series.Across[k].Is {
				continue
			}
			name := pointName(chart, series, k)
			drawn.Points = append(drawn.Points, ScatterPoint{Name: name, Across: series.Across[k].Number, Up: value.Number, Found: FoundNone,
				Text: name + " " + report.Cell(series.Across[k], chart.Decimals) + " / " + report.Cell(value, chart.Decimals)})
		}
	}
	return drawn
}

// pointName is the category of the same place, else that of the series.
func pointName(chart report.Chart, series report.Series, k int) string {
	if k < len(chart.Categories) {
		return chart.Categories[k]
	}
	return series.Name
}

// intervalText is a value with its interval in brackets where there is one.
func intervalText(series report.Series, k, decimals int) string {
	text := report.Cell(series.Values[k], decimals)
	if series.Values[k].Is && len(series.Low) > 0 && series.Low[k].Is && series.High[k].Is {
		text += "（" + report.Cell(series.Low[k], decimals) + "至" + report.Cell(series.High[k], decimals) + "）"
	}
	return text
}

func paperValues(name string, values []report.Value) []measure.Value {
	var all []measure.Value
	for _, value := range values {
		if value.Is {
			all = append(all, measure.Of(value.Number))
		} else {
			all = append(all, measure.MissingFor(name))
		}
	}
	return all
}

// categoryTable has a row for each category and a column for each series, with the interval in brackets where there is one.
func categoryTable(chart report.Chart) Table {
	table := Table{Caption: chart.Title, Columns: []Column{{Title: chart.Across}}}
	for _, series := range chart.Series {
		table.Columns = append(table.Columns, Column{Title: series.Name, Unit: chart.Unit, Align: Figures})
	}
	for k, name := range chart.Categories {
		row := []Cell{{Text: name, Written: true}}
		for _, series := range chart.Series {
			row = append(row, Cell{Text: intervalText(series, k, chart.Decimals)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// pointTable has a row for each point that is no line; its name is the category of the same place.
func pointTable(chart report.Chart) Table {
	table := Table{Caption: chart.Title, Columns: []Column{{Title: chart.Title}, {Title: chart.Across, Align: Figures}, {Title: chart.Unit, Align: Figures}}}
	for _, series := range chart.Series {
		if series.Quiet {
			continue
		}
		for k := range series.Values {
			table.Rows = append(table.Rows, []Cell{{Text: pointName(chart, series, k), Written: true}, {Text: report.Cell(series.Across[k], chart.Decimals)}, {Text: report.Cell(series.Values[k], chart.Decimals)}})
		}
	}
	return table
}

// paperTable is a table of a report as pages show it. Its words are those of the document, in Chinese.
func paperTable(table report.Table) Table {
	shown := Table{Caption: table.Caption}
	for _, column := range table.Columns {
		shown.Columns = append(shown.Columns, Column{Title: column.Title, Unit: column.Unit,
			Align: map[report.Align]Align{report.Words: Words, report.Figures: Figures, report.Short: Short}[column.Align]})
	}
	for _, row := range table.Rows {
		var cells []Cell
		for _, cell := range row {
			cells = append(cells, Cell{Text: cell, Written: true})
		}
		shown.Rows = append(shown.Rows, cells)
	}
	return shown
}

// maxPaperRows is how many rows of a table a page shows; the files hold all.
const maxPaperRows = 100

func shortPaper(table report.Table) (report.Table, int) {
	left := max(0, len(table.Rows)-maxPaperRows)
	table.Rows = table.Rows[:len(table.Rows)-left]
	return table, left
}
