package report

import (
	"context"
	"fmt"
	"strconv"

	"jiaoheng/report"
	"jiaoheng/web/shell"
)

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
