package profile

import (
	"context"

	"jiaoheng/assessment/profile"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// sideTable lists the figures of a side.
func sideTable(ctx context.Context, v *profile.View, s profile.Side) shell.Table {
	county := v.Unit.Code == v.County.Code
	table := shell.Table{Caption: in(ctx, s.Title), Columns: []shell.Column{{Title: text(ctx, "column.figure")},
		{Title: text(ctx, map[bool]string{true: "column.county", false: "column.own"}[county]), Align: shell.Figures},
		{Title: text(ctx, "column.spread"), Align: shell.Figures}}}
	if !county {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column.band"), Align: shell.Short})
	}
	table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column.when")}, shell.Column{Title: text(ctx, "column.trend")})
	for _, f := range s.Figures {
		mid, half := spreadText(ctx, f)
		row := []shell.Cell{{Text: in(ctx, f.Title), Address: f.Address, Note: costNote(ctx, f)}, valueCell(ctx, f), {Body: spreadCell(mid, half)}}
		if !county {
			row = append(row, shell.Cell{Body: bandCell(f)})
		}
		table.Rows = append(table.Rows, append(row, shell.Cell{Text: whenText(ctx, f), Body: whenCell(whenText(ctx, f), sourceText(ctx, f), f.Source.Document)}, shell.Cell{Body: trendCell(f)}))
	}
	return table
}

func costNote(ctx context.Context, f profile.Figure) string {
	if f.Down {
		return text(ctx, "less_is_better")
	}
	return ""
}

func valueCell(ctx context.Context, f profile.Figure) shell.Cell {
	if value := valueText(ctx, f, f.Value); value != "" {
		if f.Partial {
			return shell.Cell{Body: partialCell(f, value)}
		}
		return shell.Cell{Text: value}
	}
	return shell.Cell{Body: whyCell(f)}
}

// schoolTable lists the schools of a county in the order of the tree, with the bands of the figures of each side.
func schoolTable(ctx context.Context, v *profile.View) shell.Table {
	table := shell.Table{Caption: text(ctx, "schools_title"), Columns: []shell.Column{{Title: text(ctx, "column.school")}},
		Count: text(ctx, "schools", message.Args{"count": shell.Count(len(v.Lines))})}
	for _, s := range v.Sides {
		table.Columns = append(table.Columns, shell.Column{Title: in(ctx, s.Title), Align: shell.Short})
	}
	for _, line := range v.Lines {
		row := []shell.Cell{{Text: line.Unit.Name, Address: address(line.Unit.Code, v.Stage), Written: true}}
		for _, t := range line.Sides {
			row = append(row, shell.Cell{Body: tallyCell(t)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// totalFacts tell the total and what it is made of.
func totalFacts(ctx context.Context, v *profile.View) []shell.Fact {
	value := ""
	if n, known := v.Total.Value.Number(); known {
		value = text(ctx, "points", message.Args{"points": shell.FixedNumber(n, 1)})
	} else {
		names := ""
		for k, side := range v.Total.Lacking {
			if k > 0 {
				names += text(ctx, "between")
			}
			names += in(ctx, side)
		}
		value = text(ctx, "total_lacks", message.Args{"sides": names})
	}
	facts := []shell.Fact{{Name: text(ctx, "total"), Text: value, Note: text(ctx, "total_rule")}}
	for _, s := range v.Sides {
		score := text(ctx, "no_score")
		if s.Scored {
			score = text(ctx, "points", message.Args{"points": shell.FixedNumber(s.Score, 1)})
		}
		facts = append(facts, shell.Fact{Name: in(ctx, s.Title), Text: score, Note: text(ctx, "weight", message.Args{"weight": shell.Number(s.Weight, 2)})})
	}
	return facts
}

func stageTabs(ctx context.Context, v *profile.View) []shell.Tab {
	var tabs []shell.Tab
	for _, stage := range v.Stages {
		tabs = append(tabs, shell.Tab{Label: stageText(ctx, stage), Address: address(v.Unit.Code, stage), Current: stage == v.Stage})
	}
	return tabs
}
