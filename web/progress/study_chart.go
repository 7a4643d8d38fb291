package progress

import (
	"context"
	"slices"

	"jiaoheng/assessment/progress"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

var found = map[progress.Standing]shell.Found{progress.Above: shell.FoundAbove, progress.Below: shell.FoundBelow, progress.None: shell.FoundNone, progress.Small: shell.FoundSmall}

// legendsOf are the standings that occur, with their words.
func (v showView) legendsOf(effects []progress.Effect) []shell.Legend {
	var all []shell.Legend
	for _, standing := range []progress.Standing{progress.Above, progress.None, progress.Below, progress.Small} {
		if slices.ContainsFunc(effects, func(one progress.Effect) bool { return one.Standing == standing }) {
			all = append(all, shell.Legend{Found: found[standing], Word: v.speaker.Standing(standing)})
		}
	}
	return all
}

// caterpillar draws the effects of a part with their intervals.
func (v showView) caterpillar(ctx context.Context, id string, effects []progress.Effect) shell.Caterpillar {
	chart := shell.Caterpillar{ID: id, Sentence: v.intervalSentence(ctx, effects), Unit: text(ctx, "effect_points"), Decimals: 1, Zero: text(ctx, "zero", args("region", v.speaker.Region)),
		Legends: v.legendsOf(effects), Table: v.effectTable(ctx, effects), Source: v.chartSource(ctx)}
	for _, one := range effects {
		row := shell.CaterpillarRow{Name: unitName(ctx, one.Unit), Value: one.Effect, Low: one.Low, High: one.High, Found: found[one.Standing],
			Text: text(ctx, "interval_words", message.Args{"school": unitName(ctx, one.Unit), "effect": shell.FixedNumber(one.Effect, 1), "low": shell.FixedNumber(one.Low, 1),
				"high": shell.FixedNumber(one.High, 1), "standing": v.speaker.Standing(one.Standing)})}
		if v.unit == "" {
			row.Address = v.address(unitPart, one.Unit)
		}
		chart.Rows = append(chart.Rows, row)
	}
	return chart
}

// intervalSentence says how many intervals leave out zero.
func (v showView) intervalSentence(ctx context.Context, effects []progress.Effect) string {
	sure, open := 0, 0
	for _, one := range effects {
		if one.Standing == progress.Above || one.Standing == progress.Below {
			sure++
		} else {
			open++
		}
	}
	if len(effects) == 1 {
		return v.speaker.School(v.Result, v.part, effects[0].Unit)[0]
	}
	return text(ctx, "intervals", message.Args{"sure": sure, "open": open, "region": v.speaker.Region})
}

func (v showView) chartSource(ctx context.Context) string {
	return text(ctx, "chart_source", message.Args{"level": shell.Number(v.Result.Rules.Level.Value, 1), "study": v.Study.Name, "moment": shell.Date(ctx, v.Kept.At)})
}

// scatter draws schools by their mean scores, the line that is expected, and behind them where pupils lie.
func (v showView) scatter(ctx context.Context) shell.Scatter {
	part := v.part
	chart := shell.Scatter{ID: "way", Sentence: v.scatterSentence(ctx), Across: text(ctx, "entry_mean_axis"), Up: text(ctx, "exit_mean_axis"), Behind: text(ctx, "behind"),
		Legends: v.legendsOf(part.Main.Schools), Table: v.pointTable(ctx), Source: v.chartSource(ctx)}
	if len(part.Points) == 0 || part.Before == nil {
		return chart
	}
	low, high := part.Points[0].Entry, part.Points[0].Entry
	if !v.Sight.All { // the own school alone: the line is drawn over where pupils are
		low, high = part.Before.Mean-2*part.Before.Deviation, part.Before.Mean+2*part.Before.Deviation
	}
	for _, one := range part.Points {
		low, high = min(low, one.Entry), max(high, one.Entry)
		effect, _ := part.Main.Effect(one.Unit)
		chart.Points = append(chart.Points, shell.ScatterPoint{Name: unitName(ctx, one.Unit), Across: one.Entry, Up: one.Exit, Found: found[effect.Standing], Own: one.Unit == v.unit,
			Text: text(ctx, "point_words", message.Args{"school": unitName(ctx, one.Unit), "entry": shell.FixedNumber(one.Entry, 1), "exit": shell.FixedNumber(one.Exit, 1),
				"expected": shell.FixedNumber(one.Expected, 1), "standing": v.speaker.Standing(effect.Standing)})})
	}
	chart.Line, chart.From, chart.To = text(ctx, "expected_line"), [2]float64{low, part.ExpectedAt(low)}, [2]float64{high, part.ExpectedAt(high)}
	most := 1
	for _, bin := range part.Bins {
		most = max(most, bin.Count)
	}
	for _, bin := range part.Bins {
		chart.Fields = append(chart.Fields, shell.ScatterField{Left: edge(part.Before, bin.X), Right: edge(part.Before, bin.X+1), Below: edge(part.After, bin.Y), Above: edge(part.After, bin.Y+1),
			Depth: 1 + 4*(bin.Count-1)/most})
	}
	return chart
}

// edge is the score at which a field of the grid begins.
func edge(scale *progress.Scale, n int) float64 {
	return scale.Mean + scale.Deviation*2*progress.Reach*(float64(n)/progress.Grid-0.5)
}

// scatterSentence says how many schools lie above the line, and that the distance alone says nothing.
func (v showView) scatterSentence(ctx context.Context) string {
	above := 0
	for _, one := range v.part.Points {
		if one.Exit > one.Expected {
			above++
		}
	}
	if !v.Sight.All {
		return text(ctx, "scatter_own")
	}
	c := v.part.Main.Count()
	return text(ctx, "scatter", message.Args{"above": above, "below": len(v.part.Points) - above, "sure": c.Above + c.Below})
}
