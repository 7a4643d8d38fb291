package admission

import (
	"context"

	"jiaoheng/draw/ceremony"
	"jiaoheng/web/shell"
)

// drawCondition is the sign with which the state of a draw is shown.
func drawCondition(state ceremony.State) shell.Condition {
	switch state {
	case ceremony.Published:
		return shell.InUse
	case ceremony.Withdrawn:
		return shell.Stopped
	case ceremony.Prepared:
		return shell.Unreported
	}
	return shell.Waiting
}

// takeTable shows who takes part in a draw: for each school its places, those who name it first, and its order.
func (p *Pages) takeTable(ctx context.Context, v drawView) shell.Table {
	say := func(word string) string { return shell.Text(ctx, "admission.column."+word) }
	people := shell.Text(ctx, "admission.measure")
	t := shell.Table{Caption: shell.Text(ctx, "admission.draw.take"), Columns: []shell.Column{{Title: say("school")}, {Title: say("places"), Unit: people, Align: shell.Figures},
		{Title: say("first"), Unit: people, Align: shell.Figures}, {Title: say("pressure"), Align: shell.Short}}, Empty: shell.Note(shell.Text(ctx, "admission.order.none"))}
	for _, l := range v.lines {
		t.Rows = append(t.Rows, []shell.Cell{{Text: l.name}, {Text: shell.Count(l.plan.places)}, {Text: shell.Count(l.taken.sum("qualified"))}, {Body: pressureWord(l)}})
	}
	return t
}

// orMissing is a text, or a word for that there is none.
func orMissing(ctx context.Context, text string) string {
	if text == "" {
		return shell.Text(ctx, "admission.own.missing")
	}
	return text
}

// quotaFirst is what whoever may write does first.
func quotaFirst(ctx context.Context, v quotaView) []shell.Button {
	if !v.write {
		return nil
	}
	return []shell.Button{{Label: shell.Text(ctx, "admission.quota.import_places"), Icon: "file-import", Kind: "primary", Address: shell.Here(ctx, "/register/"+registerSenior+"/import")},
		{Label: shell.Text(ctx, "admission.quota.import_graduates"), Icon: "file-import", Address: shell.Here(ctx, "/register/"+registerGraduates+"/import")}}
}
