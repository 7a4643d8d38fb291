package report

import (
	"context"
	"fmt"
	"strconv"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// numbered are the headings of a report as they print: 一、 （一） 1. （1）.
type numbered struct{ counts [report.MaxLevel]int }

func (n *numbered) label(level int) string {
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

// tones are the looks of series that count a light.
var tones = map[target.Light]string{target.Reached: "reached", target.Normal: "normal", target.AtRisk: "risk", target.Late: "late", target.NoData: "none"}

// chartOf is a chart of a report as pages draw it.
func chartOf(ctx context.Context, n int, chart report.Chart) shell.Chart {
	drawn := shell.Chart{ID: "chart-" + strconv.Itoa(n), Sentence: chart.Sentence, Unit: chart.Unit, Decimals: chart.Decimals, Names: chart.Categories, Source: chart.Source,
		Kind: map[report.ChartKind]shell.ChartKind{report.Bars: shell.ChartBars, report.Stacked: shell.ChartStack, report.Lines: shell.ChartLines}[chart.Kind]}
	drawn.Table = shell.Table{Caption: chart.Title, Columns: []shell.Column{{Title: chart.Across}}}
	for _, series := range chart.Series {
		one := shell.Series{Name: series.Name, Quiet: series.Quiet, Tone: tones[series.Light]}
		for _, value := range series.Values {
			if value.Is {
				one.Values = append(one.Values, measure.Of(value.Number))
			} else {
				one.Values = append(one.Values, measure.MissingFor(series.Name))
			}
		}
		drawn.Series = append(drawn.Series, one)
		drawn.Table.Columns = append(drawn.Table.Columns, shell.Column{Title: series.Name, Unit: chart.Unit, Align: shell.Figures})
	}
	for k, name := range chart.Categories {
		row := []shell.Cell{{Text: name, Written: true}}
		for _, series := range chart.Series {
			row = append(row, shell.Cell{Text: report.Cell(series.Values[k], chart.Decimals)})
		}
		drawn.Table.Rows = append(drawn.Table.Rows, row)
	}
	return drawn
}

// tableOf is a table of a report as pages show it. Its words are those of the document, in Chinese.
func tableOf(table report.Table) shell.Table {
	shown := shell.Table{Caption: table.Caption}
	for _, column := range table.Columns {
		shown.Columns = append(shown.Columns, shell.Column{Title: column.Title, Unit: column.Unit,
			Align: map[report.Align]shell.Align{report.Words: shell.Words, report.Figures: shell.Figures, report.Short: shell.Short}[column.Align]})
	}
	for _, row := range table.Rows {
		var cells []shell.Cell
		for _, cell := range row {
			cells = append(cells, shell.Cell{Text: cell, Written: true})
		}
		shown.Rows = append(shown.Rows, cells)
	}
	return shown
}

// maxShown is how many rows of a table a page shows; the files hold all.
const maxShown = 100

func shortTable(table report.Table) (report.Table, int) {
	left := max(0, len(table.Rows)-maxShown)
	table.Rows = table.Rows[:len(table.Rows)-left]
	return table, left
}

func kindOptions(ctx context.Context) []shell.Option {
	var all []shell.Option
	for _, kind := range report.Kinds() {
		all = append(all, shell.Option{Value: string(kind), Label: shell.Text(ctx, kind.Key())})
	}
	return all
}

func (v composeView) planOptions() []shell.Option {
	var all []shell.Option
	for _, one := range v.plans {
		all = append(all, shell.Option{Value: one.ID, Label: one.Title})
	}
	return all
}

// statedText is what stands in the field of a figure: what was stated before, else nothing, as the stored figure then holds.
func statedText(figure report.Figure) string {
	if !figure.Stated.Is {
		return ""
	}
	return strconv.FormatFloat(figure.Stated.Number, 'f', -1, 64)
}

func proposalsTable(ctx context.Context, v showView) shell.Table {
	table := shell.Table{Caption: text(ctx, "proposals")}
	for _, word := range []string{"target", "goal_now", "goal_proposed", "do"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+word)})
	}
	for _, one := range v.one.Report.Proposals {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Name, Written: true}, {Text: report.Number(one.Value.Number, 2) + one.Unit}, {Text: report.Number(one.Proposed.Number, 2) + one.Unit}, {Body: proposeForm(v, one)}})
	}
	return table
}

func rowsLeft(ctx context.Context, left int) string {
	return text(ctx, "rows_left", message.Args{"count": shell.Count(left)})
}

func idOf(prefix string, n int) string { return fmt.Sprintf("%s-%d", prefix, n) }

// counter numbers what stands on a page, so that ids differ.
type counter struct{ blocks, narratives int }

func (c *counter) next() int {
	c.blocks++
	return c.blocks
}

// narrative is the place of the next narrative among those of the report, from 0.
func (c *counter) narrative() int {
	c.narratives++
	return c.narratives - 1
}
