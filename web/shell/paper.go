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

// paperKinds are the forms of charts on pages.
var paperKinds = map[report.ChartKind]ChartKind{report.Bars: ChartBars, report.Stacked: ChartStack, report.Lines: ChartLines, report.Ranged: ChartRanged, report.Scatter: ChartPoints}

// paperChart is a chart of a report as pages draw it.
func paperChart(n int, chart report.Chart) Chart {
	drawn := Chart{ID: "chart-" + strconv.Itoa(n), Sentence: chart.Sentence, Unit: chart.Unit, Decimals: chart.Decimals, Names: chart.Categories, Source: chart.Source, Kind: paperKinds[chart.Kind]}
	for _, series := range chart.Series {
		drawn.Series = append(drawn.Series, Series{Name: series.Name, Quiet: series.Quiet, Tone: paperTones[series.Light], Values: paperValues(series.Name, series.Values),
			Low: paperValues(series.Name, series.Low), High: paperValues(series.Name, series.High), Across: paperValues(series.Name, series.Across)})
	}
	if chart.Kind == report.Scatter { // its series have as many points as they like and no categories
		drawn.Across, drawn.Table = chart.Across, pointTable(chart)
		return drawn
	}
	drawn.Table = categoryTable(chart)
	return drawn
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
			text := report.Cell(series.Values[k], chart.Decimals)
			if series.Values[k].Is && len(series.Low) > 0 && series.Low[k].Is && series.High[k].Is {
				text += "（" + report.Cell(series.Low[k], chart.Decimals) + "—" + report.Cell(series.High[k], chart.Decimals) + "）"
			}
			row = append(row, Cell{Text: text})
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
			name := series.Name
			if k < len(chart.Categories) {
				name = chart.Categories[k]
			}
			table.Rows = append(table.Rows, []Cell{{Text: name, Written: true}, {Text: report.Cell(series.Across[k], chart.Decimals)}, {Text: report.Cell(series.Values[k], chart.Decimals)}})
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
