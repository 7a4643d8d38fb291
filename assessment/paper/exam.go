package paper

import (
	"math"
	"strconv"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/message"
	"jiaoheng/report"
	"jiaoheng/stats"
)

// Exam is what the report of an exam is written from: one table of figures by school for the total and one for each subject, as
// whoever reads it may see them.
type Exam struct {
	Exam     assessment.Exam
	Rules    assessment.Rules
	Total    figure.Table
	Subjects []figure.Table // in the order of the exam
	Name     func(unit string) string
	Region   string // what all its schools together are called
}

func (e Exam) subject(code string) string {
	if s, _, known := e.Exam.Subject(code); known {
		return s.Name
	}
	return say("paper.exam.total", nil)
}

// each are the subjects with the total last; an exam of one subject has no total besides.
func (e Exam) each() []figure.Table {
	if len(e.Subjects) < 2 {
		return e.Subjects
	}
	return append(append([]figure.Table{}, e.Subjects...), e.Total)
}

// Report is the report of an exam for whoever may see all its schools.
func (e Exam) Report(head Head) *report.Report {
	r := head.start(ExamKind, say("paper.exam.title", message.Args{"unit": head.UnitName, "exam": e.Exam.Name}))
	r.Heading(1, say("paper.exam.overall", nil)).Text(e.attendance(total(e.main())))
	r.Table(e.subjectTable())
	r.Chart(e.facilityChart())
	r.Heading(1, say("paper.exam.distribution", nil)).Chart(e.bandChart())
	r.Heading(1, say("paper.exam.schools", nil)).Text(say("paper.exam.no_rank", nil))
	for _, chart := range e.schoolCharts() {
		r.Chart(chart)
	}
	r.Table(e.schoolTable())
	e.rules(r)
	return r
}

// School is the report of one school on the exam: itself beside all schools together.
func (e Exam) School(head Head, unit string) *report.Report {
	r := head.start(ExamKind, say("paper.exam.title", message.Args{"unit": e.Name(unit), "exam": e.Exam.Name}))
	own, known := rowOf(e.main(), unit)
	r.Heading(1, say("paper.exam.overall", nil))
	switch {
	case !known:
		return r.Text(say("paper.exam.not_there", message.Args{"school": e.Name(unit)}))
	case own.Hidden:
		return r.Text(say("paper.exam.hidden", message.Args{"school": e.Name(unit), "least": number(e.Rules.SmallCount.Value, 0)}))
	}
	r.Text(e.attendance(own))
	r.Table(e.ownTable(unit)).Chart(e.ownChart(unit))
	r.Heading(1, say("paper.exam.distribution", nil)).Chart(e.sharesChart(unit))
	e.rules(r)
	return r
}

func (e Exam) main() figure.Table {
	if len(e.Subjects) == 1 {
		return e.Subjects[0]
	}
	return e.Total
}

// total is the row of all pupils.
func total(table figure.Table) figure.Row {
	if len(table.Totals) == 0 {
		return figure.Row{Hidden: true}
	}
	return table.Totals[0]
}

func rowOf(table figure.Table, unit string) (figure.Row, bool) {
	for _, row := range table.Rows {
		if row.Unit == unit && row.Part == "" {
			return row, true
		}
	}
	return figure.Row{}, false
}

func (e Exam) attendance(row figure.Row) string {
	if row.Due == 0 {
		return say("paper.exam.nobody", nil)
	}
	return say("paper.exam.attendance", message.Args{"exam": e.Exam.Name, "day": e.Exam.Held.Text(message.Chinese), "subjects": len(e.Subjects), "due": row.Due, "sat": row.Sat, "absent": row.Absent,
		"share": number(100*float64(row.Sat)/float64(row.Due), 1)})
}

// percent writes a share in per cent, — where there is none.
func percent(share *float64) string {
	if share == nil {
		return "—"
	}
	return fixed(100**share, 1)
}

func plain(x *float64, decimals int) string {
	if x == nil {
		return "—"
	}
	return fixed(*x, decimals)
}

func (e Exam) subjectTable() report.Table {
	table := report.Table{Caption: say("paper.exam.subject_table", nil), Columns: columns("subject", "full", "sat_short", "mean", "sd", "facility", "discrimination", "excellent", "good", "pass", "low"), Note: e.lines()}
	for _, one := range e.each() {
		row := total(one)
		table.Rows = append(table.Rows, []string{e.subject(one.Subject), number(one.Full, 1), strconv.Itoa(row.Sat), plain(row.Mean, 1), plain(row.SD, 1), plain(row.Facility, 2), plain(row.Discrimination, 2),
			percent(row.Excellent), percent(row.Good), percent(row.Pass), percent(row.Low)})
	}
	return table
}

// lines says at which share of full marks the four rates are counted, and by whom they are divided.
func (e Exam) lines() string {
	who := say("paper.exam.of_sat", nil)
	if e.main().OfDue {
		who = say("paper.exam.of_due", nil)
	}
	return say("paper.exam.lines", message.Args{"excellent": number(e.Rules.Excellent.Value, 1), "good": number(e.Rules.Good.Value, 1), "pass": number(e.Rules.Pass.Value, 1), "low": number(e.Rules.Low.Value, 1), "who": who})
}

func (e Exam) facilityChart() report.Chart {
	chart := report.Chart{Title: say("paper.exam.facility_chart", nil), Kind: report.Bars, Unit: "%", Across: say("paper.column.subject", nil), Decimals: 1}
	series := report.Series{Name: say("paper.exam.facility_rate", nil)}
	low, high := -1, -1
	for n, one := range e.Subjects {
		chart.Categories = append(chart.Categories, e.subject(one.Subject))
		value := report.Value{}
		if f := total(one).Facility; f != nil {
			value = report.Sure(100 * *f)
			if low < 0 || value.Number < series.Values[low].Number {
				low = n
			}
			if high < 0 || value.Number > series.Values[high].Number {
				high = n
			}
		}
		series.Values = append(series.Values, value)
	}
	chart.Series = []report.Series{series}
	switch {
	case low < 0:
	case low == high:
		chart.Sentence = say("paper.exam.facility_one", message.Args{"subject": chart.Categories[low], "rate": number(series.Values[low].Number, 1)})
	default:
		chart.Sentence = say("paper.exam.facility_say", message.Args{"high": chart.Categories[high], "high_rate": number(series.Values[high].Number, 1), "low": chart.Categories[low], "low_rate": number(series.Values[low].Number, 1)})
	}
	return chart
}

// bandNames are the bands of marks of a table, from the lowest; the last reaches to full marks.
func bandNames(table figure.Table) []string {
	var all []string
	for n, edge := range table.Edges {
		if n+1 == len(table.Edges) {
			all = append(all, number(edge, 1)+"—"+number(table.Full, 1))
			break
		}
		all = append(all, number(edge, 1)+"—"+number(table.Edges[n+1], 1))
	}
	return all
}

func (e Exam) bandChart() report.Chart {
	table := e.main()
	chart := report.Chart{Title: say("paper.exam.band_chart", message.Args{"subject": e.subject(table.Subject)}), Kind: report.Bars, Unit: say("paper.exam.pupils", nil), Across: say("paper.exam.band", nil), Source: say("paper.exam.band_note", nil)}
	row := total(table)
	series := report.Series{Name: say("paper.exam.pupils", nil)}
	most := -1
	first, last := taken(row)
	for n, name := range bandNames(table) {
		value := report.Value{}
		if n < len(row.Bands) && row.Bands[n] != nil {
			value = report.Sure(float64(*row.Bands[n]))
			if most < 0 || value.Number > series.Values[most].Number {
				most = n
			}
		}
		chart.Categories, series.Values = append(chart.Categories, name), append(series.Values, value)
	}
	if most >= 0 && row.Sat > 0 {
		chart.Sentence = say("paper.exam.band_say", message.Args{"band": chart.Categories[most], "count": number(series.Values[most].Number, 0), "share": number(100*series.Values[most].Number/float64(row.Sat), 1)})
	}
	chart.Categories, series.Values = chart.Categories[first:last], series.Values[first:last]
	chart.Series = []report.Series{series}
	return chart
}

// taken are the bands from the first to behind the last that is not empty; hidden ones are not empty.
func taken(row figure.Row) (first, last int) {
	for first < len(row.Bands) && row.Bands[first] != nil && *row.Bands[first] == 0 {
		first++
	}
	last = len(row.Bands)
	for last > first && row.Bands[last-1] != nil && *row.Bands[last-1] == 0 {
		last--
	}
	return first, last
}

// difference is how far a school's mean lies from that of all, with its interval by the spread of its pupils.
type difference struct {
	known           bool
	value, low, far float64
}

func (d difference) standing() string {
	switch {
	case !d.known:
		return say("paper.exam.untold", nil)
	case d.low > 0:
		return say("paper.exam.above", nil)
	case d.far < 0:
		return say("paper.exam.below", nil)
	}
	return say("paper.exam.alike", nil)
}

func (e Exam) against(row, all figure.Row) difference {
	if row.Hidden || row.Mean == nil || row.SD == nil || all.Mean == nil || row.Sat < int(e.Rules.EffectPupils.Value) {
		return difference{}
	}
	reach := stats.StudentQuantile(0.5+e.Rules.Confidence.Share()/2, float64(row.Sat-1)) * *row.SD / math.Sqrt(float64(row.Sat))
	d := *row.Mean - *all.Mean
	return difference{true, d, d - reach, d + reach}
}

// schoolCharts are the differences of the schools in the order of the units, at most maxDrawn in one chart.
func (e Exam) schoolCharts() []report.Chart {
	table := e.main()
	var all []report.Chart
	counts := map[string]int{}
	for _, row := range table.Rows {
		counts[e.against(row, total(table)).standing()]++
	}
	for first := 0; first < len(table.Rows); first += maxDrawn {
		chart := report.Chart{Title: say("paper.exam.school_chart", message.Args{"region": e.Region}), Kind: report.Ranged, Unit: say("paper.points", nil), Across: say("paper.school", nil), Decimals: 1, Source: say("paper.growth.effects_note", nil)}
		series := report.Series{Name: say("paper.exam.difference", nil)}
		for _, row := range table.Rows[first:min(len(table.Rows), first+maxDrawn)] {
			d := e.against(row, total(table))
			chart.Categories = append(chart.Categories, e.Name(row.Unit))
			series.Values = append(series.Values, report.Value{Number: d.value, Is: d.known})
			series.Low, series.High = append(series.Low, report.Value{Number: d.low, Is: d.known}), append(series.High, report.Value{Number: d.far, Is: d.known})
		}
		if first == 0 {
			chart.Sentence = say("paper.exam.school_say", message.Args{"region": e.Region, "above": counts[say("paper.exam.above", nil)], "below": counts[say("paper.exam.below", nil)],
				"alike": counts[say("paper.exam.alike", nil)], "untold": counts[say("paper.exam.untold", nil)]})
		}
		chart.Series = []report.Series{series}
		all = append(all, chart)
	}
	return all
}

func (e Exam) schoolTable() report.Table {
	table := report.Table{Caption: say("paper.exam.school_table", message.Args{"subject": e.subject(e.main().Subject)}), Columns: columns("school", "sat_short", "mean", "difference", "standing", "excellent", "pass", "low"),
		Note: say("paper.exam.school_note", message.Args{"level": number(e.Rules.Confidence.Value, 0), "least": number(e.Rules.EffectPupils.Value, 0), "small": number(e.Rules.SmallCount.Value, 0)})}
	table.Columns[4].Align = report.Short
	for _, row := range e.main().Rows {
		d := e.against(row, total(e.main()))
		cells := []string{e.Name(row.Unit), "—", "—", "—", d.standing(), "—", "—", "—"}
		if !row.Hidden {
			cells[1], cells[2], cells[5], cells[6], cells[7] = strconv.Itoa(row.Sat), plain(row.Mean, 1), percent(row.Excellent), percent(row.Pass), percent(row.Low)
		}
		if d.known {
			cells[3] = fixed(d.value, 1)
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

func (e Exam) ownTable(unit string) report.Table {
	table := report.Table{Caption: say("paper.exam.own_table", message.Args{"school": e.Name(unit)}), Columns: columns("subject", "full", "sat_short", "mean", "mean_all", "difference", "interval", "standing", "excellent", "pass", "low"), Note: e.lines()}
	table.Columns[7].Align = report.Short
	for _, one := range e.each() {
		row, known := rowOf(one, unit)
		if !known || row.Hidden {
			continue
		}
		d := e.against(row, total(one))
		cells := []string{e.subject(one.Subject), number(one.Full, 1), strconv.Itoa(row.Sat), plain(row.Mean, 1), plain(total(one).Mean, 1), "—", "—", d.standing(), percent(row.Excellent), percent(row.Pass), percent(row.Low)}
		if d.known {
			cells[5], cells[6] = fixed(d.value, 1), fixed(d.low, 1)+"至"+fixed(d.far, 1)
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// ownChart shows the differences of one school by subject in points of per cent of full marks, so that papers of 120 and of 60 marks
// stand side by side.
func (e Exam) ownChart(unit string) report.Chart {
	chart := report.Chart{Title: say("paper.exam.own_chart", message.Args{"school": e.Name(unit), "region": e.Region}), Kind: report.Ranged, Unit: say("paper.exam.percent_points", nil), Across: say("paper.column.subject", nil), Decimals: 1}
	series := report.Series{Name: say("paper.exam.difference", nil)}
	clear, told := 0, 0
	for _, one := range e.each() {
		row, known := rowOf(one, unit)
		if !known {
			continue
		}
		d := e.against(row, total(one))
		scale := 100 / one.Full
		chart.Categories = append(chart.Categories, e.subject(one.Subject))
		series.Values = append(series.Values, report.Value{Number: d.value * scale, Is: d.known})
		series.Low, series.High = append(series.Low, report.Value{Number: d.low * scale, Is: d.known}), append(series.High, report.Value{Number: d.far * scale, Is: d.known})
		if d.known {
			told++
			if d.low > 0 || d.far < 0 {
				clear++
			}
		}
	}
	chart.Series = []report.Series{series}
	key := "paper.exam.own_say"
	switch clear {
	case 0:
		key = "paper.exam.own_alike"
	case told:
		key = "paper.exam.own_all"
	}
	chart.Sentence = say(key, message.Args{"count": told, "clear": clear, "region": e.Region})
	return chart
}

// sharesChart lays the distribution of one school over that of all, both in per cent of those who sat.
func (e Exam) sharesChart(unit string) report.Chart {
	table := e.main()
	own, _ := rowOf(table, unit)
	all := total(table)
	chart := report.Chart{Title: say("paper.exam.shares_chart", message.Args{"school": e.Name(unit), "region": e.Region}), Kind: report.Bars, Unit: "%", Across: say("paper.exam.band", nil), Decimals: 1, Source: say("paper.exam.band_note", nil)}
	mine, theirs := report.Series{Name: e.Name(unit)}, report.Series{Name: e.Region}
	shares := func(row figure.Row, n int) report.Value {
		if n >= len(row.Bands) || row.Bands[n] == nil || row.Sat == 0 {
			return report.Value{}
		}
		return report.Sure(100 * float64(*row.Bands[n]) / float64(row.Sat))
	}
	apart, where := 0.0, ""
	first, last := taken(all)
	for n, name := range bandNames(table) {
		if n < first || n >= last {
			continue
		}
		a, b := shares(own, n), shares(all, n)
		chart.Categories, mine.Values, theirs.Values = append(chart.Categories, name), append(mine.Values, a), append(theirs.Values, b)
		if gap := a.Number - b.Number; a.Is && b.Is && math.Abs(gap) > math.Abs(apart) {
			apart, where = gap, name
		}
	}
	chart.Series = []report.Series{mine, theirs}
	if where != "" {
		key := "paper.exam.shares_more"
		if apart < 0 {
			key = "paper.exam.shares_less"
		}
		chart.Sentence = say(key, message.Args{"band": where, "region": e.Region, "gap": number(math.Abs(apart), 1)})
	}
	return chart
}

// rules are the lines that were used, with their sources.
func (e Exam) rules(r *report.Report) {
	table := report.Table{Caption: say("paper.growth.rule_table", nil), Columns: columns("rule", "value", "from", "source")}
	table.Columns[2].Align, table.Columns[3].Align = report.Short, report.Words
	k := e.Rules
	for _, one := range []assessment.Rule{k.Excellent, k.Good, k.Pass, k.Low, k.GroupShare, k.Confidence, k.EffectPupils, k.SmallCount} {
		table.Rows = append(table.Rows, ruleRow(one))
	}
	r.Heading(1, say("paper.growth.rules", nil)).Table(table)
}
