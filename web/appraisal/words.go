package appraisal

import (
	"context"
	"slices"
	"strconv"

	"jiaoheng/appraisal"
	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/web/shell"
)

func number(n int) string { return strconv.Itoa(n) }

// open tells whether the form of a mark can still be filled.
func open(m markView) bool {
	return m.kind == appraisal.OfSelf && m.Case.State == appraisal.Self || m.kind == appraisal.OfScorer && m.Case.State == appraisal.Checking
}

// given is what stands in a line that cannot be filled any more.
func given(ctx context.Context, line markLine) string {
	switch {
	case line.veto && line.holds != "":
		return holdsText(ctx, line.holds == "yes")
	case line.points != "":
		return line.points
	}
	return "–"
}

// each says how many points each thing takes or gives.
func each(extra appraisal.ExtraResult) pack.Text {
	args := message.Args{"each": pointsText(extra.Each), "cap": pointsText(extra.Cap)}
	return pack.Text{Chinese: message.Text(message.Chinese, "appraisal.page.each", args), English: message.Text(message.English, "appraisal.page.each", args)}
}

func cardOptions(ctx context.Context, sheet *pack.Sheet) []shell.Option {
	var options []shell.Option
	for _, one := range sheet.Cards {
		options = append(options, shell.Option{Value: one.Name, Label: inLanguage(ctx, one.Title)})
	}
	return options
}

// countsText writes points; what has none is not decidable, or does not concern the unit. Why stands beside.
func countsText(ctx context.Context, s appraisal.Score) string {
	switch {
	case s.Known:
		return pointsText(s.Points)
	case slices.Equal(s.Names, []string{indicator.NotConcerned}):
		return shell.Text(ctx, indicator.NotConcerned)
	}
	return text(ctx, "unknown")
}

// sourceShort is document and clause.
func sourceShort(s appraisal.Source) string { return s.Document + "：" + s.Clause }
