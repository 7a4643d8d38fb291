package indicator

import (
	"context"
	"strings"

	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// valueText writes a value: the number, 是 or 否, 未报, 不计入 or 无法计算.
func valueText(ctx context.Context, value measure.Value, logical bool, decimals int) string {
	n, known := value.Number()
	switch {
	case known && logical && n != 0:
		return shell.Text(ctx, "indicator.yes")
	case known && logical:
		return shell.Text(ctx, "indicator.no")
	case known:
		return shell.FixedNumber(n, decimals)
	}
	why := value.Reason()
	switch {
	case why.Kind == measure.Missing:
		return shell.Text(ctx, "indicator.unreported")
	case len(why.Names) > 0 && why.Names[0] == indicator.NotCounted:
		return shell.Text(ctx, "indicator.not_counted")
	}
	return shell.Text(ctx, "indicator.no_figure")
}

// lineText writes the value of a line: one that would look like its threshold although it is not gets more decimals.
func lineText(ctx context.Context, line round.Line, decimals int) string {
	value, known := line.Value.Number()
	threshold, set := line.Threshold.Number()
	if known && set && !line.Logical && line.Comparator != "" {
		return shell.CloseNumber(value, threshold, decimals, shell.FixedNumber)
	}
	return valueText(ctx, line.Value, line.Logical, decimals)
}

// whyText says why there is no value, "" when there is one.
func whyText(ctx context.Context, o *round.Outcome, value measure.Value) string {
	if value.Known() {
		return ""
	}
	return o.ReasonText(value, shell.From(ctx).Language)
}

// lackText is what stands below the word for a lack: the names of what is missing, or the reason.
func lackText(ctx context.Context, o *round.Outcome, value measure.Value) string {
	why := value.Reason()
	if value.Known() || why.Kind != measure.Missing {
		return whyText(ctx, o, value)
	}
	titles := make([]string, len(why.Names))
	for k, name := range why.Names {
		titles[k] = o.TitleOf(name, shell.From(ctx).Language)
	}
	return strings.Join(titles, shell.Text(ctx, "indicator.comma"))
}

// changeText writes the difference to the value before, with its sign; "" when one of them is missing.
func changeText(now, then measure.Value, decimals int) string {
	a, known := now.Number()
	b, knownThen := then.Number()
	if !known || !knownThen {
		return ""
	}
	text := shell.FixedNumber(a-b, decimals)
	if a > b && strings.Trim(text, "0.,") != "" {
		return "+" + text
	}
	return text
}

// thresholdText writes a threshold with its comparison: ≥ 4.2; 须符合 for a condition; "" without a standard.
func thresholdText(ctx context.Context, line round.Line) string {
	if line.Comparator == "" || line.NotInForce {
		return ""
	}
	n, _ := line.Threshold.Number()
	if line.Comparator == pack.Holds {
		return shell.Text(ctx, "indicator.holds")
	}
	return shell.ComparatorSign(line.Comparator) + " " + shell.Number(n, shell.ThresholdDecimals)
}

// verdictCell shows a verdict as a status, or that there is no standard.
func verdictCell(ctx context.Context, line round.Line) shell.Cell {
	if line.Comparator == "" || line.NotInForce {
		return shell.Cell{Text: shell.Text(ctx, "indicator.state.none")}
	}
	if line.Verdict != standard.Not {
		return shell.Cell{Body: shell.Status(shell.VerdictCondition(line.Verdict))}
	}
	return shell.Cell{Text: shell.Text(ctx, "indicator.not_counted")}
}

// verdictWord is the verdict of a line in words, for files.
func verdictWord(ctx context.Context, line round.Line) string {
	if line.Comparator == "" || line.NotInForce {
		return shell.Text(ctx, "indicator.state.none")
	}
	return message.Text(shell.From(ctx).Language, line.Verdict.Key(), nil)
}

// stageText is the word for a stage; of "" that for all of them.
func stageText(ctx context.Context, stage unit.Stage) string {
	if stage == "" {
		return shell.Text(ctx, "indicator.stage.none")
	}
	return shell.Text(ctx, "unit.stage."+string(stage))
}

// unitName names a unit; a section by its school and stage.
func unitName(ctx context.Context, u unit.Unit) string {
	if u.Kind == unit.Section && len(u.Stages) > 0 {
		return shell.Text(ctx, "indicator.section", message.Args{"name": u.Name, "stage": stageText(ctx, u.Stages[0])})
	}
	return u.Name
}

func coverageText(c indicator.Coverage) string {
	if c.Expected == 0 {
		return ""
	}
	return shell.Count(c.Reported) + "/" + shell.Count(c.Expected)
}

// sourceText cites a source: document and clause.
func sourceText(source pack.Source) string {
	return strings.TrimSpace(source.Document + " " + source.Clause)
}
