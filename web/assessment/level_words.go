package assessment

import (
	"context"
	"fmt"
	"math"

	"jiaoheng/assessment"
	"jiaoheng/assessment/sample"
	"jiaoheng/message"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// words fills the tables and sentences of the page from the figures.
func (v *levelView) words(ctx context.Context) {
	v.says = v.wholeWords(ctx)
	v.groups = v.groupTable(ctx)
	v.apart = v.apartChart(ctx)
	v.beside, v.besides = v.besideTable(ctx)
	v.trend, v.trending = v.trendTable(ctx)
	if len(v.trend.Rows) > 0 {
		v.says = append(v.says, v.trending)
	}
	v.says = append(v.says, v.besides...)
	v.schools = v.schoolTable(ctx)
	v.notes = v.noteWords(ctx)
}

// wholeOf is what the whole is called: 全市, 全县.
func wholeOf(ctx context.Context, owner string) string {
	kind := "region"
	if u, known := shell.From(ctx).Tree.Find(owner); known {
		switch u.Kind {
		case unit.City:
			kind = "city"
		case unit.County:
			kind = "county"
		case unit.School:
			kind = "school"
		}
	}
	return shell.Text(ctx, "sample.whole."+kind)
}

func decimal(value float64) string { return fmt.Sprintf("%.1f", value) }

func percentOf(share float64) string { return fmt.Sprintf("%.1f", 100*share) }

// intervalWords is an interval in brackets; nothing where everybody was tested.
func intervalWords(ctx context.Context, f sample.Figure, scale float64) string {
	if f.SE == 0 {
		return ""
	}
	return levelText(ctx, "interval", message.Args{"low": decimal(scale * f.Low), "high": decimal(scale * f.High)})
}

func (v *levelView) confidence() string { return plain(v.Rules.Confidence.Value) }

// wholeWords says the mean, the levels and the share between schools in sentences.
func (v *levelView) wholeWords(ctx context.Context) []string {
	r := v.Report
	whole := wholeOf(ctx, r.Exam.Owner)
	subject, _, _ := r.Exam.Subject(r.Subject)
	if r.Whole.Hidden {
		return nil
	}
	args := message.Args{"whole": whole, "subject": subject.Name, "mean": decimal(r.Whole.Mean.Value), "full": plain(subject.Full), "pupils": shell.Count(r.Whole.Pupils),
		"schools": shell.Count(r.Whole.Schools), "level": v.confidence(), "low": decimal(r.Whole.Mean.Low), "high": decimal(r.Whole.Mean.High)}
	key := "says.mean"
	if r.Whole.Mean.SE == 0 {
		key = "says.mean_whole"
	}
	says := []string{levelText(ctx, key, args)}
	if at := len(r.Whole.Levels) - 1; at >= 1 && !r.Whole.Levels[0].Hidden {
		reached := 1 - r.Whole.Levels[0].Value
		args["cut"], args["share"] = r.Levels[1].Name, percentOf(reached)
		args["low"], args["high"] = percentOf(1-r.Whole.Levels[0].High), percentOf(1-r.Whole.Levels[0].Low)
		key := "says.level"
		if r.Whole.Mean.SE == 0 {
			key = "says.level_whole"
		}
		says = append(says, levelText(ctx, key, args))
	}
	if !r.NoShare {
		says = append(says, levelText(ctx, "says.between", message.Args{"share": percentOf(r.Between.Share), "low": percentOf(r.Between.Low), "high": percentOf(r.Between.High), "level": v.confidence()}))
	}
	if alike, all := v.alike(); all > 0 {
		says = append(says, levelText(ctx, "says.alike", message.Args{"whole": whole, "alike": alike, "all": all}))
	}
	return says
}

// alike counts the counties that do not differ from the whole.
func (v *levelView) alike() (alike, all int) {
	for _, county := range v.Report.Counties {
		if county.Standing != sample.Unknown {
			all++
			if county.Standing == sample.Alike {
				alike++
			}
		}
	}
	return alike, all
}

// standingWords says how a group stands: 与全市无显著差异, 显著高于全市3.1分.
func standingWords(ctx context.Context, standing sample.Standing, apart sample.Figure, whole string) string {
	key := "standing." + string(standing)
	switch {
	case standing == sample.Unknown:
		return ""
	case apart.SE == 0 && apart.Value == 0:
		return levelText(ctx, "standing.equal", message.Args{"whole": whole})
	case apart.SE == 0 && apart.Value > 0:
		key = "standing.higher"
	case apart.SE == 0:
		key = "standing.lower"
	}
	return levelText(ctx, key, message.Args{"whole": whole, "points": decimal(math.Abs(apart.Value))})
}

// levelColumns are the columns of the tables of groups and of schools.
func (v *levelView) levelColumns(ctx context.Context, first string) []shell.Column {
	columns := []shell.Column{{Title: first}, {Title: levelText(ctx, "column.pupils"), Align: shell.Figures}, {Title: levelText(ctx, "column.mean"), Align: shell.Figures},
		{Title: levelText(ctx, "column.apart", message.Args{"whole": v.against(ctx)})}}
	for k := range v.Report.Levels {
		columns = append(columns, shell.Column{Title: v.levelName(ctx, k), Unit: "%", Align: shell.Figures})
	}
	return columns
}

// against is what groups are set against: a school sees the mean of its county alone.
func (v *levelView) against(ctx context.Context) string {
	if v.Sight.Own != "" && len(v.Report.Counties) > 0 {
		return shell.Text(ctx, "sample.whole.county")
	}
	return wholeOf(ctx, v.Report.Exam.Owner)
}

func (v *levelView) levelName(ctx context.Context, k int) string {
	if name := v.Report.Levels[k].Name; name != "" {
		return name
	}
	return levelText(ctx, "below", message.Args{"cut": v.Report.Levels[1].Name})
}

// levelRow is one group; hidden ones say why.
func (v *levelView) levelRow(ctx context.Context, name string, g sample.Group) []shell.Cell {
	row := []shell.Cell{{Text: name, Written: true}}
	blank := func(key string, args message.Args) []shell.Cell {
		row = append(row, shell.Cell{Text: levelText(ctx, key, args)})
		for range 2 + len(v.Report.Levels) {
			row = append(row, shell.Cell{})
		}
		return row
	}
	switch {
	case g.Partial:
		return blank("partial", nil)
	case g.Hidden:
		return blank("few", message.Args{"least": v.Sight.Least})
	}
	row = append(row, shell.Cell{Text: shell.Count(g.Pupils)}, shell.Cell{Text: decimal(g.Mean.Value), Note: intervalWords(ctx, g.Mean, 1)},
		shell.Cell{Text: standingWords(ctx, g.Standing, g.Apart, v.against(ctx))})
	for k := range v.Report.Levels {
		switch {
		case g.Levels == nil:
			row = append(row, shell.Cell{})
		case g.Levels[k].Hidden:
			row = append(row, shell.Cell{Text: levelText(ctx, "few_short")})
		default:
			row = append(row, shell.Cell{Text: percentOf(g.Levels[k].Value), Note: intervalWords(ctx, g.Levels[k], 100)})
		}
	}
	return row
}

func (v *levelView) groupTable(ctx context.Context) shell.Table {
	table := shell.Table{Caption: levelText(ctx, "groups"), Columns: v.levelColumns(ctx, levelText(ctx, "column.group"))}
	if !v.Report.Whole.Hidden {
		table.Rows = append(table.Rows, v.levelRow(ctx, wholeOf(ctx, v.Report.Exam.Owner), v.Report.Whole))
	}
	for _, county := range v.Report.Counties {
		table.Rows = append(table.Rows, v.levelRow(ctx, unitName(ctx, county.Code), county))
	}
	return table
}

func (v *levelView) schoolTable(ctx context.Context) shell.Table {
	table := shell.Table{Caption: levelText(ctx, "schools"), Columns: v.levelColumns(ctx, text(ctx, "column.school"))}
	for _, school := range v.Report.Schools {
		table.Rows = append(table.Rows, v.levelRow(ctx, unitName(ctx, school.Code), school))
	}
	table.Count = text(ctx, "schools_count", message.Args{"count": shell.Count(len(table.Rows))})
	return table
}

// apartChart draws how counties lie to the whole, where there are several.
func (v *levelView) apartChart(ctx context.Context) shell.Caterpillar {
	whole := wholeOf(ctx, v.Report.Exam.Owner)
	alike, all := v.alike()
	chart := shell.Caterpillar{ID: "levels-apart", Unit: levelText(ctx, "points"), Decimals: 1, Zero: whole, Source: v.Report.Exam.Name,
		Sentence: levelText(ctx, "says.alike", message.Args{"whole": whole, "alike": alike, "all": all}), Table: v.groups}
	seen := map[shell.Found]bool{}
	for _, county := range v.Report.Counties {
		if county.Standing == sample.Unknown {
			continue
		}
		found := map[sample.Standing]shell.Found{sample.Above: shell.FoundAbove, sample.Below: shell.FoundBelow, sample.Alike: shell.FoundNone}[county.Standing]
		if !seen[found] {
			seen[found] = true
			chart.Legends = append(chart.Legends, shell.Legend{Found: found, Word: levelText(ctx, "legend."+string(county.Standing), message.Args{"whole": whole})})
		}
		chart.Rows = append(chart.Rows, shell.CaterpillarRow{Name: unitName(ctx, county.Code), Value: county.Apart.Value, Low: county.Apart.Low, High: county.Apart.High, Found: found,
			Text: unitName(ctx, county.Code) + " " + standingWords(ctx, county.Standing, county.Apart, whole)})
	}
	return chart
}

// besideTable holds the units that took part beside the sample, and how each may be compared.
func (v *levelView) besideTable(ctx context.Context) (shell.Table, []string) {
	whole := wholeOf(ctx, v.Report.Exam.Owner)
	table := shell.Table{Caption: levelText(ctx, "beside"), Columns: v.levelColumns(ctx, levelText(ctx, "column.group"))}
	var says []string
	for _, one := range v.Beside {
		groups := one.Report.Counties
		if len(groups) == 0 {
			groups = []sample.Group{one.Report.Whole}
		}
		for _, group := range groups {
			name := unitName(ctx, group.Code)
			group.Apart, group.Standing = sample.Figure{}, sample.Unknown
			if len(groups) == 1 {
				group.Apart, group.Standing = one.Apart, one.Against
			}
			if len(group.Levels) != len(v.Report.Levels) || one.Frame.Comparable == sample.NotSo {
				group.Levels = nil
			}
			table.Rows = append(table.Rows, v.levelRow(ctx, name, group))
			says = append(says, levelText(ctx, "comparable."+string(one.Frame.Comparable), message.Args{"unit": name, "supplier": one.Frame.Supplier, "note": one.Frame.Note,
				"standing": standingWords(ctx, group.Standing, group.Apart, whole)}))
		}
	}
	return table, says
}

// trendTable sets the exams of several years side by side.
func (v *levelView) trendTable(ctx context.Context) (shell.Table, string) {
	table := shell.Table{Caption: levelText(ctx, "trend"), Columns: []shell.Column{{Title: levelText(ctx, "column.exam")}, {Title: levelText(ctx, "column.held")},
		{Title: levelText(ctx, "column.pupils"), Align: shell.Figures}, {Title: levelText(ctx, "column.mean"), Align: shell.Figures}}}
	reached := len(v.Report.Levels) > 1
	if reached {
		table.Columns = append(table.Columns, shell.Column{Title: levelText(ctx, "reached", message.Args{"cut": v.Report.Levels[1].Name}), Unit: "%", Align: shell.Figures})
	}
	for _, point := range v.Trend {
		row := []shell.Cell{{Text: point.Name, Written: true, Address: address(point.Exam, "/levels")}, {Text: point.Held.Text(shell.From(ctx).Language)}}
		if point.Whole.Hidden {
			table.Rows = append(table.Rows, append(row, shell.Cell{Text: levelText(ctx, "few_short")}, shell.Cell{}, shell.Cell{}))
			continue
		}
		row = append(row, shell.Cell{Text: shell.Count(point.Whole.Pupils)}, shell.Cell{Text: decimal(point.Whole.Mean.Value), Note: intervalWords(ctx, point.Whole.Mean, 1)})
		if reached {
			row = append(row, reachedCell(ctx, point))
		}
		table.Rows = append(table.Rows, row)
	}
	return table, v.trendWords(ctx)
}

func reachedCell(ctx context.Context, point sample.Point) shell.Cell {
	if !point.Same || len(point.Whole.Levels) == 0 || point.Whole.Levels[0].Hidden {
		return shell.Cell{Text: levelText(ctx, "not_same")}
	}
	below := point.Whole.Levels[0]
	return shell.Cell{Text: percentOf(1 - below.Value), Note: intervalWords(ctx, sample.Figure{SE: below.SE, Low: 1 - below.High, High: 1 - below.Low}, 100)}
}

// trendWords compares the share that reached the lowest cut with the exam before. Both rest on other samples: their errors add up.
func (v *levelView) trendWords(ctx context.Context) string {
	at := -1
	for k, point := range v.Trend {
		if point.Exam == v.Report.Exam.ID {
			at = k
		}
	}
	if at < 1 || !v.Trend[at-1].Same || len(v.Report.Levels) < 2 {
		return levelText(ctx, "says.no_trend")
	}
	now, before := v.Trend[at].Whole.Levels, v.Trend[at-1].Whole.Levels
	if len(now) == 0 || len(before) == 0 || now[0].Hidden || before[0].Hidden {
		return levelText(ctx, "says.no_trend")
	}
	change := before[0].Value - now[0].Value
	se := math.Hypot(now[0].SE, before[0].SE)
	reach := max(reachOf(now[0]), reachOf(before[0]))
	key := "says.trend_alike"
	switch {
	case se == 0 && change == 0, se > 0 && math.Abs(change) <= reach*se:
	case change > 0:
		key = "says.trend_up"
	default:
		key = "says.trend_down"
	}
	return levelText(ctx, key, message.Args{"before": v.Trend[at-1].Name, "cut": v.Report.Levels[1].Name, "points": decimal(100 * math.Abs(change))})
}

// reachOf is how many standard errors the interval of a share reaches: more than 2 where few schools were drawn. A bound at 0 or 1 is cut.
func reachOf(f sample.Figure) float64 {
	if f.SE == 0 {
		return 0
	}
	return max(f.High-f.Value, f.Value-f.Low) / f.SE
}

// noteWords says how the figures came about.
func (v *levelView) noteWords(ctx context.Context) []string {
	whole := wholeOf(ctx, v.Report.Exam.Owner)
	var notes []string
	if v.Report.Exam.Design == assessment.Sample {
		notes = append(notes, levelText(ctx, "note.sample", message.Args{"strata": v.Report.Strata, "level": v.confidence()}))
	} else {
		notes = append(notes, levelText(ctx, "note.whole"))
	}
	if v.Frame.Supplier != "" {
		notes = append(notes, levelText(ctx, "note.supplier", message.Args{"supplier": v.Frame.Supplier}))
	}
	if len(v.Beside) > 0 {
		notes = append(notes, levelText(ctx, "note.beside", message.Args{"whole": whole}))
	}
	return append(notes, levelText(ctx, "note.absent"), levelText(ctx, "note.small", message.Args{"least": v.Sight.Least}))
}
