package duty

import (
	"context"
	"strings"

	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/web/shell"
)

func formTitle(ctx context.Context, view nodeView) string {
	if view.Line.Duty.Lead == "" {
		return text(ctx, "form_first")
	}
	return text(ctx, "form_change")
}

// facts are the duty in force in words.
func (v nodeView) facts(ctx context.Context) []shell.Fact {
	language := shell.From(ctx).Language
	d := v.Line.Duty
	facts := []shell.Fact{{Name: text(ctx, "column.kind"), Text: plan.KindName(language, v.Line.Node.Kind), Note: plan.StageName(language, v.Line.Node.Stage)},
		{Name: text(ctx, "column.state"), Body: standingCell(v.Line)}, {Name: text(ctx, "column.lead"), Body: leadCell(v.Table, v.Line)}}
	if goal := duty.GoalText(language, v.Line.Node); goal != "" {
		facts = append(facts, shell.Fact{Name: text(ctx, "column.goal"), Text: goal})
	}
	var helpers []string
	for _, code := range d.Helpers {
		helpers = append(helpers, v.Table.Name(code))
	}
	for _, one := range []struct{ word, said string }{{"helpers", strings.Join(helpers, "、")}, {"start", dateOrNone(ctx, v.Line.Start)}, {"due", dayOf(ctx, v.Line)},
		{"deliverables", strings.Join(d.Deliverables, "；")}, {"money", moneyText(ctx, d)}} {
		if one.said != "" {
			facts = append(facts, shell.Fact{Name: text(ctx, "column."+one.word), Text: one.said})
		}
	}
	return facts
}

func moneyText(ctx context.Context, d duty.Duty) string {
	if !d.Money.Is {
		return ""
	}
	return plan.Thousands(plan.FormatNumber(d.Money.Number)) + " " + text(ctx, "money_unit")
}
