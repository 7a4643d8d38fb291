package indicator

import (
	"math"
	"strconv"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// aboutBins is how many ranges a distribution has, about; fewValues is from which on it is shown.
const (
	aboutBins = 10
	fewValues = 5
)

func (s *sight) say(key string, args message.Args) string {
	return shell.Text(s.ctx, "indicator.say."+key, args)
}

// sentence tells value, standard, change and who does not meet it, from the figures.
func (s *sight) sentence() string {
	stage := ""
	if s.stage != "" && (len(s.stages) > 1 || !s.standing.Unit.Kind.Teaches()) {
		stage = stageText(s.ctx, s.stage) // a school of one stage says it in its name
	}
	args := message.Args{"period": s.now.Period().Text(s.language), "unit": s.standing.Unit.Name, "stage": stage, "title": s.i.Title.In(s.language),
		"value": lineText(s.ctx, s.line, s.i.Decimals), "measure": shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure), "why": whyText(s.ctx, s.now, s.line.Value)}
	var parts []string
	if value, some := s.partial(); some {
		args["value"], args["reported"], args["expected"] = valueText(s.ctx, value, false, s.i.Decimals), s.line.Coverage.Reported, s.line.Coverage.Expected
		parts = append(parts, s.say("partial", args))
	} else if !s.line.Value.Known() {
		parts = append(parts, s.say("lack", args))
	} else {
		parts = append(parts, s.say("value", args))
	}
	if change := s.change(); change != 0 {
		word := "more"
		if change < 0 {
			word = "less"
		}
		parts = append(parts, s.say(word, message.Args{"change": shell.FixedNumber(math.Abs(change), s.i.Decimals)}))
	}
	if text := thresholdText(s.ctx, s.line); text != "" && s.line.Judged > 1 {
		parts = append(parts, s.say("judged", message.Args{"threshold": text, "failing": shell.Count(s.line.Failing), "judged": shell.Count(s.line.Judged)}))
	} else if text != "" {
		parts = append(parts, s.say("standard", message.Args{"threshold": text, "state": verdictWord(s.ctx, s.line)}))
	}
	return strings.Join(parts, s.say("glue", nil)) + s.say("stop", nil)
}

// partial is the figure over those who reported, where the whole one is missing because some are silent.
func (s *sight) partial() (measure.Value, bool) {
	if s.line.Logical {
		return measure.Value{}, false
	}
	return s.now.Partial(s.i.Name, s.stage, s.row)
}

// shown is the value as the head of the page shows it.
func (s *sight) shown() valueView {
	view := valueView{text: lineText(s.ctx, s.line, s.i.Decimals), measure: shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure),
		address: lineAddress(s.ctx, s.i.Name, s.stage, s.standing.Unit.Code), known: s.line.Value.Known()}
	if value, some := s.partial(); some {
		view.text, view.known = valueText(s.ctx, value, false, s.i.Decimals), true
	}
	return view
}

// change is the difference to the year before, rounded as it is shown; 0 when there is none to tell.
func (s *sight) change() float64 {
	now, known := s.line.Value.Number()
	row, there := s.then.Space().Row(s.standing.Unit.Code)
	if !known || !there || s.line.Logical {
		return 0
	}
	then, had := s.then.FiguresOf(s.i, s.stage, []int{row})[0].Value.Number()
	if !had {
		return 0
	}
	scale := math.Pow10(s.i.Decimals)
	return math.Round((now-then)*scale) / scale
}

// trend is the value of each stage over the periods.
func (s *sight) trend() shell.Chart {
	chart := shell.Chart{ID: "trend", Kind: shell.ChartLines, Unit: shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure), Decimals: s.i.Decimals}
	for _, one := range s.periods {
		chart.Names = append(chart.Names, one.Text(s.language))
		chart.Table.Rows = append(chart.Table.Rows, []shell.Cell{{Text: one.Text(s.language), Address: shell.There(s.address(s.standing.Unit.Code), s.standing.Unit.Code, one)}})
	}
	chart.Table.Caption = shell.Text(s.ctx, "indicator.show.trend")
	chart.Table.Columns = []shell.Column{{Title: shell.Text(s.ctx, "indicator.column.period")}}
	var told []string
	for _, stage := range s.stages {
		series := shell.Series{Name: stageText(s.ctx, stage), Quiet: len(s.stages) > 1 && stage != s.stage}
		for k, outcome := range s.outcomes {
			value := s.valueIn(outcome, stage)
			series.Values = append(series.Values, value)
			chart.Table.Rows[k] = append(chart.Table.Rows[k], shell.Cell{Text: valueText(s.ctx, value, s.line.Logical, s.i.Decimals)})
		}
		chart.Table.Columns = append(chart.Table.Columns, shell.Column{Title: series.Name, Align: shell.Figures})
		chart.Series = append(chart.Series, series)
		if text := s.movement(stage, series.Values); text != "" {
			told = append(told, text)
		}
	}
	chart.Lines = s.thresholdMarks()
	chart.Sentence = shell.Text(s.ctx, "indicator.say.no_trend")
	if len(told) > 0 {
		chart.Sentence = strings.Join(told, s.say("between", nil)) + s.say("stop", nil)
	}
	return chart
}

func (s *sight) valueIn(o *round.Outcome, stage unit.Stage) measure.Value {
	if row, known := o.Space().Row(s.standing.Unit.Code); known {
		if figure := o.FiguresOf(s.i, stage, []int{row})[0]; figure.Speaks {
			return figure.Value
		}
	}
	return measure.MissingFor(s.i.Name)
}

// movement tells from which first to which last value a stage went.
func (s *sight) movement(stage unit.Stage, values []measure.Value) string {
	first, last := -1, -1
	for k, value := range values {
		if value.Known() {
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	if first == last {
		return ""
	}
	a, _ := values[first].Number()
	b, _ := values[last].Number()
	word := "same"
	if shell.FixedNumber(a, s.i.Decimals) != shell.FixedNumber(b, s.i.Decimals) {
		word = "rose"
		if b < a {
			word = "fell"
		}
	}
	name := ""
	if stage != "" {
		name = stageText(s.ctx, stage)
	}
	return strings.TrimSpace(s.say(word, message.Args{"stage": name, "from": s.periods[first].Text(s.language), "to": s.periods[last].Text(s.language),
		"a": shell.FixedNumber(a, s.i.Decimals), "b": shell.FixedNumber(b, s.i.Decimals)}))
}

// thresholdMarks is the threshold in force, as a line across a chart.
func (s *sight) thresholdMarks() []shell.Mark {
	n, known := s.line.Threshold.Number()
	if !known || s.line.Comparator == "" || s.line.Comparator == pack.Holds || s.line.NotInForce {
		return nil
	}
	return []shell.Mark{{Label: shell.Text(s.ctx, "indicator.show.mark", message.Args{"threshold": thresholdText(s.ctx, s.line)}), Value: n}}
}

// comparison is the values of the units below as bars; false when there is nothing to compare or too much for a chart.
func (s *sight) comparison() (shell.Chart, bool) {
	chart := shell.Chart{ID: "comparison", Kind: shell.ChartBars, Unit: shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure), Decimals: s.i.Decimals, Lines: s.thresholdMarks()}
	chart.Table = shell.Table{Caption: shell.Text(s.ctx, "indicator.show.comparison"), Columns: []shell.Column{{Title: shell.Text(s.ctx, "indicator.column.unit")},
		{Title: shell.Text(s.ctx, "indicator.column.value"), Align: shell.Figures}}}
	series, known, short := shell.Series{Name: s.i.Title.In(s.language)}, 0, 0
	for _, line := range s.lines {
		if leftOut(line) {
			continue
		}
		chart.Names = append(chart.Names, line.UnitName)
		chart.Links = append(chart.Links, s.address(line.Unit, "level", ""))
		series.Values, series.Alert = append(series.Values, line.Value), append(series.Alert, coloured(line))
		chart.Table.Rows = append(chart.Table.Rows, []shell.Cell{{Text: line.UnitName}, {Text: lineText(s.ctx, line, s.i.Decimals)}})
		if line.Value.Known() {
			known++
		}
		if coloured(line) {
			short++
		}
	}
	chart.Series = []shell.Series{series}
	chart.Sentence = s.say("compared", message.Args{"known": shell.Count(known), "units": shell.Count(len(series.Values))})
	if len(chart.Lines) > 0 {
		chart.Sentence = s.say("compared_standard", message.Args{"known": shell.Count(known), "units": shell.Count(len(series.Values)), "short": shell.Count(short),
			"threshold": thresholdText(s.ctx, s.line)})
	}
	return chart, known > 1 && len(series.Values) <= maxBars && !s.line.Logical
}

// spread is how many of the units for which the formula runs lie in each range; the threshold is the end of one.
func (s *sight) spread() (shell.Chart, bool) {
	values := s.own()
	if len(values) < fewValues || s.line.Logical || values[0] == values[len(values)-1] {
		return shell.Chart{}, false
	}
	from, step, bins := ranges(values, s.line)
	counts := make([]int, bins)
	for _, value := range values {
		counts[min(bins-1, max(0, int(math.Floor((value-from)/step+1e-9))))]++
	}
	threshold, _ := s.line.Threshold.Number()
	chart := shell.Chart{ID: "spread", Kind: shell.ChartSpread, Unit: shell.MeasureText(shell.From(s.ctx).Language, s.i.Measure)}
	chart.Table = shell.Table{Caption: shell.Text(s.ctx, "indicator.show.spread"), Columns: []shell.Column{{Title: shell.Text(s.ctx, "indicator.column.range")},
		{Title: shell.Text(s.ctx, "indicator.column.units"), Align: shell.Figures}}}
	series := shell.Series{}
	for k, count := range counts {
		low, high := from+float64(k)*step, from+float64(k+1)*step
		name := shell.Number(low, shell.ThresholdDecimals) + "—" + shell.Number(high, shell.ThresholdDecimals)
		chart.Names = append(chart.Names, name)
		series.Values = append(series.Values, measure.Of(float64(count)))
		middle := (low + high) / 2
		series.Alert = append(series.Alert, len(s.thresholdMarks()) > 0 && coloured(round.Line{Value: measure.Of(middle), Threshold: measure.Of(threshold), Comparator: s.line.Comparator}))
		chart.Table.Rows = append(chart.Table.Rows, []shell.Cell{{Text: name}, {Text: strconv.Itoa(count)}})
	}
	chart.Series = []shell.Series{series}
	chart.Sentence = s.say("spread", message.Args{"units": shell.Count(len(values)), "least": shell.FixedNumber(values[0], s.i.Decimals), "most": shell.FixedNumber(values[len(values)-1], s.i.Decimals),
		"middle": shell.FixedNumber(values[len(values)/2], s.i.Decimals)})
	return chart, true
}

// ranges returns the first end, the width and the number of ranges: a round width, with the threshold at an end.
func ranges(values []float64, line round.Line) (from, step float64, bins int) {
	least, most := values[0], values[len(values)-1]
	rough := (most - least) / aboutBins
	step = math.Pow10(int(math.Floor(math.Log10(rough))))
	for _, factor := range []float64{1, 2, 5, 10} {
		if step*factor >= rough {
			step *= factor
			break
		}
	}
	anchor, known := line.Threshold.Number()
	if !known || line.NotInForce || line.Comparator == "" || anchor < least || anchor > most {
		anchor = 0
	}
	from = anchor + math.Floor((least-anchor)/step+1e-9)*step
	bins = int(math.Floor((most-from)/step+1e-9)) + 1
	return from, step, bins
}
