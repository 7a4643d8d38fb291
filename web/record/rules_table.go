package record

import (
	"context"

	"jiaoheng/lifecycle"
	"jiaoheng/web/shell"
)

// toneOf is the tone of a state, where the pack does not say one too.
func toneOf(s *lifecycle.State) lifecycle.Tone {
	switch {
	case s.Tone != "":
		return s.Tone
	case s.Final:
		return lifecycle.Good
	case s.Pause:
		return lifecycle.Neutral
	}
	return lifecycle.Open
}

// stateCondition is the sign with which a state is shown.
func stateCondition(s *lifecycle.State) shell.Condition {
	switch toneOf(s) {
	case lifecycle.Good:
		return shell.Met
	case lifecycle.Bad:
		return shell.Unmet
	case lifecycle.Warning:
		return shell.AtRisk
	case lifecycle.Neutral:
		return shell.Unknown
	}
	return shell.Waiting
}

// textTop is where the name of a state begins in the picture.
func (b drawnState) textTop() int {
	lines := len(b.Lines)
	if b.Note != "" {
		lines++
	}
	return b.Y + (b.Height-lines*drawnLine)/2 + 14
}

func eventsTable(ctx context.Context, view rulesView) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "record.rules.events"), Columns: []shell.Column{
		{Title: shell.Text(ctx, "record.rules.event")}, {Title: shell.Text(ctx, "record.rules.by")}, {Title: shell.Text(ctx, "record.rules.path")},
		{Title: shell.Text(ctx, "record.rules.conditions")}, {Title: shell.Text(ctx, "record.rules.then")},
	}}
	for _, one := range view.events {
		table.Rows = append(table.Rows, []shell.Cell{
			{Text: one.title}, {Text: one.by}, {Body: pathCell(one)}, {Body: linesCell(one.conditions)}, {Body: linesCell(one.then)},
		})
	}
	return table
}

func parametersTable(ctx context.Context, view rulesView) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "record.rules.parameters"), Columns: []shell.Column{
		{Title: shell.Text(ctx, "record.rules.parameter")}, {Title: shell.Text(ctx, "record.rules.value"), Align: shell.Figures},
		{Title: shell.Text(ctx, "record.rules.from"), Align: shell.Short}, {Title: shell.Text(ctx, "record.rules.source_title")},
	}}
	for _, one := range view.parameters {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.title}, {Text: one.value}, {Text: one.from}, {Body: sourceCell(one.source)}})
	}
	return table
}
