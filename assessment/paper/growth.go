package paper

import (
	"strconv"

	"jiaoheng/assessment/progress"
	"jiaoheng/message"
	"jiaoheng/report"
)

// maxDrawn is how many schools one chart shows; more are drawn in several.
const maxDrawn = 40

// Growth is the report of a study on what schools added, for whoever may see all schools that the result holds.
func Growth(head Head, result progress.Result, speaker progress.Speaker) *report.Report {
	r := head.start(GrowthKind, say("paper.growth.title", message.Args{"unit": head.UnitName, "study": result.Study.Name}))
	part, known := result.Part(progress.Whole, "", "")
	if !known {
		return r.Text(say("paper.growth.nothing", nil))
	}
	r.Heading(1, say("paper.growth.overall", nil))
	for _, sentence := range speaker.County(result, part) {
		r.Text(sentence)
	}
	growthCharts(r, part, speaker)
	r.Heading(1, say("paper.growth.schools", nil)).Table(effectTable(part, result, speaker)).Table(baseTable(result, speaker))
	growthPhases(r, result, speaker)
	growthParts(r, result, speaker)
	r.Heading(1, say("paper.growth.usual", nil))
	for _, sentence := range speaker.Regression(result) {
		r.Text(sentence)
	}
	r.Table(usualTable(result, speaker))
	growthRules(r, result, part)
	return r
}

// GrowthSchool is the report of one school on the same study: itself and the line of all schools.
func GrowthSchool(head Head, result progress.Result, speaker progress.Speaker, unit string) *report.Report {
	r := head.start(GrowthKind, say("paper.growth.title", message.Args{"unit": speaker.Name(unit), "study": result.Study.Name}))
	part, known := result.Part(progress.Whole, "", "")
	if !known {
		return r.Text(say("paper.growth.nothing", nil))
	}
	r.Heading(1, say("paper.growth.own", nil))
	for _, sentence := range speaker.School(result, part, unit) {
		r.Text(sentence)
	}
	own := result
	own.Parts = nil
	for _, one := range result.Parts {
		one.Main.Schools = only(one.Main.Schools, unit)
		own.Parts = append(own.Parts, one)
	}
	r.Chart(ownChart(own, speaker, unit))
	if len(result.Parts) > 1 {
		r.Table(ownTable(own, speaker, unit))
	}
	r.Heading(1, say("paper.growth.region", nil)).Text(speaker.Overall(result, part))
	growthRules(r, result, part)
	return r
}

func only(schools []progress.Effect, unit string) []progress.Effect {
	for _, one := range schools {
		if one.Unit == unit {
			return []progress.Effect{one}
		}
	}
	return nil
}

// growthCharts are the effects with their intervals, and entry against exit with the expected line.
func growthCharts(r *report.Report, part progress.Part, speaker progress.Speaker) {
	schools := part.Main.Schools
	for first := 0; first < len(schools); first += maxDrawn {
		some := schools[first:min(len(schools), first+maxDrawn)]
		chart := report.Chart{Title: say("paper.growth.effects", nil), Kind: report.Ranged, Unit: say("paper.points", nil), Across: say("paper.school", nil), Decimals: 1, Source: say("paper.growth.effects_note", nil)}
		if len(schools) > maxDrawn {
			chart.Title = say("paper.growth.effects_some", message.Args{"first": first + 1, "last": first + len(some)})
		}
		series := report.Series{Name: say("paper.growth.effect", nil)}
		for _, one := range some {
			chart.Categories = append(chart.Categories, speaker.Name(one.Unit))
			if one.Standing == progress.Small {
				series.Values, series.Low, series.High = append(series.Values, report.Value{}), append(series.Low, report.Value{}), append(series.High, report.Value{})
				continue
			}
			series.Values, series.Low, series.High = append(series.Values, report.Sure(one.Effect)), append(series.Low, report.Sure(one.Low)), append(series.High, report.Sure(one.High))
		}
		chart.Series = []report.Series{series}
		if first == 0 {
			count := part.Main.Count()
			chart.Sentence = say("paper.growth.effects_say", message.Args{"region": speaker.Region, "above": count.Above, "below": count.Below, "none": count.None, "small": count.Small})
		}
		r.Chart(chart)
	}
	r.Chart(scatterChart(part, speaker))
}

// scatterChart shows the schools by their mean entry and exit scores with the line that is expected.
func scatterChart(part progress.Part, speaker progress.Speaker) report.Chart {
	chart := report.Chart{Title: say("paper.growth.scatter", nil), Kind: report.Scatter, Unit: say("paper.growth.exit_mean", nil), Across: say("paper.growth.entry_mean", nil), Decimals: 0}
	dots := report.Series{Name: say("paper.school", nil)}
	near, low, high := 0, 0.0, 0.0
	for _, point := range part.Points {
		if e, known := part.Main.Effect(point.Unit); !known || e.Standing == progress.Small || len(dots.Values) >= report.MaxPoints {
			continue
		}
		if len(dots.Values) == 0 {
			low, high = point.Entry, point.Entry
		}
		low, high = min(low, point.Entry), max(high, point.Entry)
		chart.Categories = append(chart.Categories, speaker.Name(point.Unit))
		dots.Across, dots.Values = append(dots.Across, report.Sure(point.Entry)), append(dots.Values, report.Sure(point.Exit))
		if e, _ := part.Main.Effect(point.Unit); e.Standing == progress.None {
			near++
		}
	}
	line := report.Series{Name: say("paper.growth.expected", nil), Quiet: true, Across: []report.Value{report.Sure(low), report.Sure(high)},
		Values: []report.Value{report.Sure(part.ExpectedAt(low)), report.Sure(part.ExpectedAt(high))}}
	chart.Series = []report.Series{dots, line}
	if len(dots.Values) == 0 {
		return chart // nobody can be drawn, and nothing can be said
	}
	key := "paper.growth.scatter_say"
	if near == 0 {
		key = "paper.growth.scatter_none"
	}
	chart.Sentence = say(key, message.Args{"schools": len(dots.Values), "near": near})
	return chart
}

// effectTable has a row for each school in the order of the units: nobody is ranked.
func effectTable(part progress.Part, result progress.Result, speaker progress.Speaker) report.Table {
	table := report.Table{Caption: say("paper.growth.effect_table", nil), Columns: columns("school", "pupils", "effect", "effect_sd", "interval", "reliability", "standing"),
		Note: say(noteOf(part), message.Args{"level": number(result.Rules.Level.Value, 0), "least": number(result.Rules.Least.Value, 0)})}
	table.Columns[6].Align = report.Short
	for _, one := range part.Main.Schools {
		row := []string{speaker.Name(one.Unit), strconv.Itoa(one.N), "—", "—", "—", "—", speaker.Standing(one.Standing)}
		if one.Standing != progress.Small {
			row[2], row[3], row[5] = fixed(one.Effect, 1), fixed(one.Effect/part.Main.ExitDeviation, 2), fixed(one.Reliability, 2)
			row[4] = fixed(one.Low, 1) + "至" + fixed(one.High, 1)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// noteOf says how the effects of a part came about: few schools are compared as they stand.
func noteOf(part progress.Part) string {
	if part.Main.FixedSchools {
		return "paper.growth.effect_note_few"
	}
	return "paper.growth.effect_note"
}

// baseTable says of each school whose pupils are counted.
func baseTable(result progress.Result, speaker progress.Speaker) report.Table {
	table := report.Table{Caption: say("paper.growth.base_table", nil), Columns: columns("school", "sat", "linked", "linked_share", "entered", "left", "joined"), Note: say("paper.growth.base_note", nil)}
	for _, one := range result.Schools {
		row := []string{speaker.Name(one.Unit), strconv.Itoa(one.Sat), strconv.Itoa(one.Linked), "—", "—", "—", "—"}
		if one.Sat > 0 {
			row[3] = fixed(one.Share(), 1)
		}
		if one.Entered >= 0 {
			row[4], row[5], row[6] = strconv.Itoa(one.Entered), strconv.Itoa(one.Left), strconv.Itoa(one.Joined)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// usualTable are the figures of 入口出口 as offices know them.
func usualTable(result progress.Result, speaker progress.Speaker) report.Table {
	table := report.Table{Caption: say("paper.growth.usual_table", nil), Columns: columns("school", "rank_move", "band_up", "band_down", "gain", "reached", "expected"), Note: say("paper.growth.usual_note", nil)}
	least := int(result.Rules.Least.Value)
	for _, one := range result.Schools {
		row := []string{speaker.Name(one.Unit), "—", "—", "—", "—", "—", "—"}
		if one.Linked >= least {
			row[1], row[2], row[3], row[4] = fixed(one.RankMove, 1), fixed(one.BandUp, 1), fixed(one.BandDown, 1), fixed(one.Gain, 2)
			if result.Line != "" {
				row[5], row[6] = strconv.Itoa(one.Reached), fixed(one.Expected, 1)
			}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// growthPhases are the stretches of the way where there was an exam in the middle.
func growthPhases(r *report.Report, result progress.Result, speaker progress.Speaker) {
	first, known := result.Part(progress.First, "", "")
	second, both := result.Part(progress.Second, "", "")
	if !known || !both {
		return
	}
	r.Heading(1, say("paper.growth.phases", nil))
	table := report.Table{Caption: say("paper.growth.phase_table", nil), Columns: columns("school", "first", "first_standing", "second", "second_standing"), Note: say("paper.growth.phase_note", nil)}
	table.Columns[2].Align, table.Columns[4].Align = report.Short, report.Short
	for _, one := range result.Schools {
		a, hasFirst := first.Main.Effect(one.Unit)
		b, hasSecond := second.Main.Effect(one.Unit)
		if !hasFirst && !hasSecond {
			continue
		}
		row := []string{speaker.Name(one.Unit), "—", "—", "—", "—"}
		for n, e := range []progress.Effect{a, b} {
			if has := []bool{hasFirst, hasSecond}[n]; !has {
				continue
			}
			if row[2+2*n] = speaker.Standing(e.Standing); e.Standing != progress.Small {
				row[1+2*n] = fixed(e.Effect, 1) + "（" + fixed(e.Low, 1) + "至" + fixed(e.High, 1) + "）"
			}
		}
		table.Rows = append(table.Rows, row)
	}
	for n, part := range []progress.Part{first, second} {
		r.Text(say([]string{"paper.growth.first_say", "paper.growth.second_say"}[n], message.Args{"sentence": speaker.Overall(result, part)}))
	}
	r.Table(table)
}

// growthParts are the tracks and subjects by themselves.
func growthParts(r *report.Report, result progress.Result, speaker progress.Speaker) {
	headed := false
	for _, part := range result.Parts {
		if part.Phase != progress.Whole || part.Track == "" && part.Subject == "" {
			continue
		}
		if !headed {
			r.Heading(1, say("paper.growth.parts", nil))
			headed = true
		}
		name := part.SubjectName
		if name == "" {
			name = part.Track
		}
		r.Heading(2, name).Text(speaker.Overall(result, part))
	}
}

// growthRules are the numbers that were used with their sources, and what proves that the model was solved.
func growthRules(r *report.Report, result progress.Result, part progress.Part) {
	method := "paper.growth.method"
	if part.Main.FixedSchools {
		method = "paper.growth.method_few"
	}
	r.Heading(1, say("paper.growth.rules", nil)).Text(say(method, message.Args{"exams": len(result.Inputs)}))
	table := report.Table{Caption: say("paper.growth.rule_table", nil), Columns: columns("rule", "value", "from", "source")}
	table.Columns[2].Align, table.Columns[3].Align = report.Short, report.Words
	for _, one := range result.Rules.All() {
		table.Rows = append(table.Rows, []string{one.Title, number(one.Value, 4), one.From, one.Source + " " + one.Clause})
	}
	r.Table(table)
	r.Note(say("paper.growth.certificate", message.Args{"engine": result.Engine, "seed": strconv.FormatUint(result.Seed, 10), "likelihood": fixed(part.Main.LogLikelihood, 4)}))
}

// ownChart shows the effect of one school in each phase and subject.
func ownChart(result progress.Result, speaker progress.Speaker, unit string) report.Chart {
	chart := report.Chart{Title: say("paper.growth.own_chart", message.Args{"school": speaker.Name(unit)}), Kind: report.Ranged, Unit: say("paper.growth.sd", nil), Across: say("paper.growth.stretch", nil), Decimals: 2, Source: say("paper.growth.effects_note", nil)}
	series := report.Series{Name: say("paper.growth.effect", nil)}
	clear := 0
	for _, part := range result.Parts {
		for _, e := range part.Main.Schools {
			if e.Standing == progress.Small || part.Main.ExitDeviation == 0 || len(series.Values) == report.MaxPoints {
				continue
			}
			chart.Categories = append(chart.Categories, partName(part))
			series.Values = append(series.Values, report.Sure(e.Effect/part.Main.ExitDeviation))
			series.Low, series.High = append(series.Low, report.Sure(e.Low/part.Main.ExitDeviation)), append(series.High, report.Sure(e.High/part.Main.ExitDeviation))
			if e.Standing != progress.None {
				clear++
			}
		}
	}
	chart.Series = []report.Series{series}
	chart.Sentence = say("paper.growth.own_say", message.Args{"count": len(series.Values), "clear": clear, "region": speaker.Region})
	if clear == 0 {
		chart.Sentence = say("paper.growth.own_alike", message.Args{"count": len(series.Values), "region": speaker.Region})
	}
	return chart
}

func ownTable(result progress.Result, speaker progress.Speaker, unit string) report.Table {
	table := report.Table{Caption: say("paper.growth.own_table", message.Args{"school": speaker.Name(unit)}), Columns: columns("stretch", "pupils", "effect", "interval", "standing")}
	table.Columns[4].Align = report.Short
	for _, part := range result.Parts {
		for _, e := range part.Main.Schools {
			row := []string{partName(part), strconv.Itoa(e.N), "—", "—", speaker.Standing(e.Standing)}
			if e.Standing != progress.Small {
				row[2], row[3] = fixed(e.Effect, 1), fixed(e.Low, 1)+"至"+fixed(e.High, 1)
			}
			table.Rows = append(table.Rows, row)
		}
	}
	return table
}

// partName is what a part is called in a list of parts: the stretch, with its track or subject.
func partName(part progress.Part) string {
	name := say("paper.phase."+string(part.Phase), nil)
	switch {
	case part.SubjectName != "":
		return name + "·" + part.SubjectName
	case part.Track != "":
		return name + "·" + part.Track
	}
	return name
}
