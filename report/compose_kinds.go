package report

import (
	"math"
	"slices"
	"strconv"

	"jiaoheng/plan/target"
)

// weekly is 调度: what changed, what is due, what is late, who is silent.
func (w *writer) weekly() {
	w.heading(1, "overall")
	w.overview()
	w.heading(1, "changes")
	w.changes()
	w.heading(1, "pressing")
	w.pressing()
	w.heading(1, "off_course")
	w.offCourseTable()
	w.heading(1, "silent")
	w.silent()
	w.heading(1, "coordinate")
	w.ask("coordinate", true)
	w.heading(1, "next_week")
	w.ask("next_week", false)
}

// monthly is 通报: lights by unit and by office, the progress of the targets.
func (w *writer) monthly() {
	w.heading(1, "overall")
	w.overview()
	w.changes()
	w.heading(1, "by_unit")
	w.lights("unit", w.Units)
	w.heading(1, "by_office")
	w.lights("office", w.Offices)
	w.heading(1, "off_course")
	w.offCourseTable()
	w.heading(1, "progress")
	w.attainment("progress", false)
	w.heading(1, "silent")
	w.silent()
	w.heading(1, "demands")
	w.ask("demands", true)
}

// quarterly is 督查: tasks by step, findings, what is off course.
func (w *writer) quarterly() {
	w.heading(1, "overall")
	w.overview()
	w.heading(1, "tasks")
	w.ledgers()
	w.heading(1, "overdue")
	w.pressing()
	w.heading(1, "off_course")
	w.offCourseTable()
	w.heading(1, "silent")
	w.silent()
	w.heading(1, "opinion")
	w.ask("opinion", true)
}

// yearly is 考核: what was due this year, lights of units, results of the appraisals.
func (w *writer) yearly() {
	w.heading(1, "overall")
	w.overview()
	w.changes()
	w.heading(1, "slices")
	w.slices()
	w.heading(1, "by_unit")
	w.lights("unit", w.Units)
	w.heading(1, "by_office")
	w.lights("office", w.Offices)
	w.heading(1, "tasks")
	w.ledgers()
	w.heading(1, "rated")
	w.rated()
	w.heading(1, "problems")
	w.offCourseTable()
	w.reasons()
	w.heading(1, "next_year")
	w.ask("next_year", true, "year", w.Day.Year+1)
}

// evaluation is 中期评估 and 终期评估: attainment by node, projections, proposals to revise, texts.
func (w *writer) evaluation(midterm bool) {
	w.heading(1, "about")
	w.text("report.about."+string(w.Kind), "plan", w.planText(), "from", w.From, "to", w.To, "day", dayText(w.Day), "count", len(w.Targets))
	w.overview()
	w.lights("section", w.bySection())
	w.heading(1, "done")
	w.ask("done", true)
	w.heading(1, "attainment")
	w.attainment("attainment", true)
	w.heading(1, "by_unit")
	w.lights("unit", w.Units)
	w.heading(1, "tasks")
	w.ledgers()
	w.heading(1, "problems")
	w.offCourseTable()
	w.reasons()
	if midterm {
		w.heading(1, "proposals")
		w.proposals()
		w.heading(1, "next_half")
		w.ask("next_half", true)
		return
	}
	w.heading(1, "lessons")
	w.ask("lessons", true)
	w.heading(1, "next_plan")
	w.ask("next_plan", false)
}

// attainment lists every target by the sections of the plan: baseline, goal, value, gap, light and, where asked, what is expected.
func (w *writer) attainment(caption string, projected bool) {
	sections := w.bySection()
	for _, section := range sections {
		words := []string{"target", "lead", "baseline:r", "goal", "value:r", "gap:r", "light:c"}
		if projected {
			words = append(words, "projection:r")
		}
		name := section.Name
		if len(sections) > 1 {
			w.report.Heading(2, name)
		}
		table := Table{Caption: say("report.table."+caption, "section", name), Columns: columns(words...)}
		for _, one := range w.Targets {
			if one.Section != section.Code {
				continue
			}
			row := []string{one.Name, one.LeadName, one.baselineText(), goalText(one.Goal), one.valueText(), one.difference(one.Gap), lightText(one.Light)}
			if projected {
				row = append(row, one.projectionText())
			}
			table.Rows = append(table.Rows, row)
		}
		if len(sections) > 1 {
			pairs := []any{"section", name, "all", section.All()}
			for _, light := range target.Lights() {
				pairs = append(pairs, lightWord[light], section.Counts[light])
			}
			w.text("report.section", pairs...)
		}
		w.report.Table(table)
	}
	if projected {
		w.report.Note(say("report.projection_note"))
	}
}

func (s Standing) baselineText() string {
	if !s.Goal.Baseline.Is {
		return "—"
	}
	text := Number(s.Goal.Baseline.Number, s.Decimals) + s.Goal.Unit
	if s.Goal.BaselineYear != 0 {
		return say("report.value_of", "value", text, "of", say("report.year", "year", s.Goal.BaselineYear))
	}
	return text
}

func (s Standing) projectionText() string {
	if !s.Middle.Is {
		return "—"
	}
	text := Number(s.Middle.Number, s.Decimals) + s.Goal.Unit
	if s.Low.Is && s.High.Is {
		return say("report.interval", "value", text, "low", Number(s.Low.Number, s.Decimals), "high", Number(s.High.Number, s.Decimals))
	}
	return text
}

// due is what the path asks for by the end of a year, and whether the latest value attains it.
func (s Standing) due(year int) (due Value, attained, known bool) {
	due = Value(target.On(s.Path, float64(year+1)))
	switch {
	case !due.Is || !s.Value.Is:
		return due, s.Light == target.Reached, s.Light == target.Reached
	case s.Light == target.Reached:
		return due, true, true
	case s.Least.Is && !s.Most.Is:
		return due, s.Value.Number >= due.Number-1e-9, true
	case s.Most.Is && !s.Least.Is:
		return due, s.Value.Number <= due.Number+1e-9, true
	}
	return due, false, true
}

// slices compares every target with what its path asks for by the end of the year.
func (w *writer) slices() {
	table := Table{Caption: say("report.table.slices", "year", w.Day.Year), Columns: columns("target", "lead", "goal", "year_goal:r", "value:r", "attained:c")}
	sections, attainedIn, judgedIn := w.bySection(), map[string]int{}, map[string]int{}
	attained, judged := 0, 0
	for _, one := range w.Targets {
		due, done, known := one.due(w.Day.Year)
		word := say("report.unknown")
		if known {
			judged++
			judgedIn[one.Section]++
			word = say("report.no")
			if done {
				attained++
				attainedIn[one.Section]++
				word = say("report.yes")
			}
		}
		table.Rows = append(table.Rows, []string{one.Name, one.LeadName, goalText(one.Goal), w.number(one, due), one.valueText(), word})
	}
	chart := Chart{Title: say("report.table.slice_share"), Kind: Bars, Unit: "%", Across: say("report.across.section"), Decimals: 1,
		Sentence: say("report.slices", "year", w.Day.Year, "judged", judged, "attained", attained, "share", share(attained, judged), "unknown", len(w.Targets)-judged)}
	series := Series{Name: say("report.table.slice_share")}
	for _, section := range sections[:min(len(sections), 2*maxDrawn)] {
		value := Value{}
		if n := judgedIn[section.Code]; n > 0 {
			value = Sure(100 * float64(attainedIn[section.Code]) / float64(n))
		}
		chart.Categories, series.Values = append(chart.Categories, section.Name), append(series.Values, value)
	}
	chart.Series = []Series{series}
	w.report.Chart(chart).Table(table)
}

// maxCurves is how many targets off course are drawn one by one.
const maxCurves = 8

// reasons draws the targets that are off course and asks those who lead them why and what will be done.
func (w *writer) reasons() {
	off := w.offCourse()
	for n, one := range off {
		if n < maxCurves {
			w.curve(one)
		}
	}
	if len(off) > maxCurves {
		w.text("report.curves_left", "shown", maxCurves, "count", len(off))
	}
	leads := []string{}
	for _, one := range off {
		if !slices.Contains(leads, one.Lead) {
			leads = append(leads, one.Lead)
		}
	}
	for _, lead := range leads {
		w.askLead(lead, off)
	}
}

// askLead asks one office for the causes of what is off course, beside the figures.
func (w *writer) askLead(lead string, off []Standing) {
	narrative := w.ask("causes", true)
	narrative.ID = "causes." + lead
	for _, one := range off {
		if one.Lead != lead {
			continue
		}
		narrative.Figures = append(narrative.Figures, Figure{Name: one.Name, Value: one.Value, Unit: one.Goal.Unit, Decimals: one.Decimals})
		if lead != "" {
			narrative.Of, narrative.Who = lead, one.LeadName
		}
	}
}

// curve draws one target: what was measured, the path, and what is expected at the deadline.
func (w *writer) curve(one Standing) {
	if len(one.Points) == 0 {
		return
	}
	moments := []float64{}
	names := map[float64]string{}
	add := func(at float64, name string) {
		if _, known := names[at]; !known {
			moments = append(moments, at)
		}
		if names[at] == "" {
			names[at] = name
		}
	}
	for _, point := range one.Points {
		add(point.At, point.Name)
	}
	for _, point := range one.Path {
		add(point.At, "")
	}
	slices.Sort(moments)
	for at, last := math.Floor(moments[0]+1), moments[len(moments)-1]; at < last; at++ { // every year has its place on the axis
		add(at, "")
	}
	slices.Sort(moments)
	values := map[float64]float64{}
	for _, point := range one.Points {
		values[point.At] = point.Value
	}
	chart := Chart{Title: one.Name, Kind: Lines, Unit: one.Goal.Unit, Across: say("report.across.period"), Decimals: one.Decimals}
	measured, path, projected := Series{Name: say("report.series.measured")}, Series{Name: say("report.series.path"), Quiet: true}, Series{Name: say("report.series.projected")}
	for k, at := range moments {
		name := names[at]
		if name == "" {
			name = say("report.year", "year", strconv.Itoa(int(at+0.001)-1))
		}
		chart.Categories = append(chart.Categories, name)
		value, known := values[at]
		measured.Values = append(measured.Values, Value{Number: value, Is: known})
		path.Values = append(path.Values, pathWithin(one.Path, at))
		last := Value{}
		if k == len(moments)-1 && one.Middle.Is {
			last = one.Middle
		}
		projected.Values = append(projected.Values, last)
	}
	chart.Series = []Series{measured}
	if len(one.Path) > 0 {
		chart.Series = append(chart.Series, path)
	}
	if one.Middle.Is && len(moments) > 0 {
		chart.Series = append(chart.Series, projected)
	}
	chart.Sentence = say("report.curve", "name", one.Name, "value", one.valueText(), "goal", goalText(one.Goal), "light", lightText(one.Light), "gap", one.distance(one.Gap),
		"projection", one.projectionText(), "needed", one.distance(one.Needed))
	w.report.Chart(chart)
}

// distance is a difference of two values in words: percentages differ by points.
func (s Standing) distance(value Value) string {
	if !value.Is {
		return "—"
	}
	measure := s.Goal.Unit
	if measure == "%" {
		measure = say("report.percent_points")
	}
	return Number(value.Number, s.Decimals) + measure
}

// pathWithin is the path at a moment between its ends, unknown outside.
func pathWithin(path []target.Step, at float64) Value {
	if len(path) == 0 || at < path[0].At || at > path[len(path)-1].At {
		return Value{}
	}
	return Value(target.On(path, at))
}
