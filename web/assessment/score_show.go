package assessment

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strconv"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/stats/scale"
	"jiaoheng/web/shell"
)

// scoreView is scores of other scales and pupils at lines.
type scoreView struct {
	exam      assessment.Exam
	tabs      []shell.Tab
	form      shell.Form
	fields    []shell.Field
	scores    shell.Table
	bands     shell.Table // of assigned scores
	scoreNote string
	source    string // of the rule, as the note holds it: Chinese in either language
	near      shell.Table
	nearNote  string
	effective shell.Table
	double    shell.Table
	query     string
	empty     bool
}

// Score shows scores of other scales, 临界生, 有效分 and 双上线.
func (p *Pages) Score(w http.ResponseWriter, r *http.Request) error {
	v, err := p.score(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	frame := examPage(ctx, v.exam, figureText(ctx, "score"))
	frame.Styles, frame.Wide = append(frame.Styles, "chart.css"), true
	if !v.empty && len(v.scores.Rows) > 0 {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: address(v.exam.ID, "/score/export?"+v.query)})
	}
	status := http.StatusOK
	if len(v.form.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return shell.Render(w, r, status, frame, scoreShow(v))
}

// ScoreExport gives out the table of scores as it is shown.
func (p *Pages) ScoreExport(w http.ResponseWriter, r *http.Request) error {
	v, err := p.score(r)
	if err != nil {
		return err
	}
	return giveOut(w, figureText(r.Context(), "score"), workbook(figureText(r.Context(), "score"), v.scores))
}

func (p *Pages) score(r *http.Request) (scoreView, error) {
	ctx, query := r.Context(), r.URL.Query()
	sheet, sight, err := p.desk.Sheet(ctx, actorOf(ctx), r.PathValue("exam"))
	if err != nil {
		return scoreView{}, found(err)
	}
	e := sheet.Exam
	rules, err := p.rulesOf(ctx, e, query)
	if err != nil {
		return scoreView{}, err
	}
	v := scoreView{exam: e, tabs: tabsOf(ctx, e, sight, "/score"), form: shell.Form{Values: query}, query: r.URL.RawQuery, empty: len(sheet.Pupils) == 0}
	if v.empty {
		return v, nil
	}
	subject := query.Get("subject")
	if _, _, known := e.Subject(subject); !known {
		subject = e.Subjects[0].Code
	}
	line, width, subjectLine := lineOf(e, ""), rules.NearWidth.Value, lineOf(e, subject)
	for _, one := range []struct {
		name string
		to   *float64
	}{{"line", &line}, {"width", &width}, {"subject_line", &subjectLine}} {
		if given := query.Get(one.name); given != "" {
			number, err := strconv.ParseFloat(given, 64)
			if err != nil || number < 0 || number > assessment.MaxFull || math.IsNaN(number) {
				v.form.Faults = append(v.form.Faults, fault.At(fault.Place{Column: one.name}, "figure.bad_number", message.Args{"given": given, "most": assessment.MaxFull}))
				continue
			}
			*one.to = number
		}
	}
	v.fields = p.scoreFields(ctx, e, subject, line, width, subjectLine)
	ask := figure.Ask{By: figure.BySchool, Tree: shell.From(ctx).Tree, Sight: sight, Track: query.Get("track")}
	v.assign(ctx, p.set(), sheet, sight, subject, query.Get("rule"), query.Get("ties"))
	if line > 0 && len(v.form.Faults) == 0 {
		v.lines(ctx, sheet, ask, subject, line, width, subjectLine)
	}
	return v, nil
}

// lineOf is the first line of an exam on a subject, or on the total; 0 where it has none.
func lineOf(e assessment.Exam, subject string) float64 {
	for _, cut := range e.Cuts {
		if cut.Subject == subject {
			return cut.Least
		}
	}
	return 0
}

func (p *Pages) scoreFields(ctx context.Context, e assessment.Exam, subject string, line, width, subjectLine float64) []shell.Field {
	rule := shell.Field{Name: "rule", Kind: "select", Label: figureText(ctx, "scale")}
	for _, name := range standardRules {
		rule.Options = append(rule.Options, shell.Option{Value: name, Label: figureText(ctx, "scale_"+name)})
	}
	for _, s := range p.set().Closure(assessment.PackName).Scales() {
		rule.Options = append(rule.Options, shell.Option{Value: s.Name, Label: s.Title.In(shell.From(ctx).Language)})
	}
	ties := shell.Field{Name: "ties", Kind: "select", Label: figureText(ctx, "ties"), Options: []shell.Option{{Label: figureText(ctx, "ties_rule")}}}
	for _, name := range []string{"reach", "within", "nearest"} {
		ties.Options = append(ties.Options, shell.Option{Value: name, Label: shell.Text(ctx, "scale.word."+name)})
	}
	unsaid := func(x float64) string {
		if x == 0 {
			return ""
		}
		return plain(x)
	}
	return []shell.Field{{Name: "subject", Kind: "select", Label: figureText(ctx, "subject"), Value: subject, Options: subjectOptions(ctx, e, "")}, rule, ties,
		{Name: "line", Kind: "number", Label: figureText(ctx, "line"), Value: unsaid(line)},
		{Name: "width", Kind: "number", Label: figureText(ctx, "width"), Value: unsaid(width)},
		{Name: "subject_line", Kind: "number", Label: figureText(ctx, "subject_line"), Value: unsaid(subjectLine), Help: figureText(ctx, "subject_line_help")}}
}

var standardRules = []string{"z", "t", "500", "percentile"}

// assign fills in the table of scores. Counts stand only before whoever holds the exam.
func (v *scoreView) assign(ctx context.Context, set *pack.Set, sheet assessment.Sheet, sight assessment.Sight, subject, rule, ties string) {
	_, at, _ := sheet.Exam.Subject(subject)
	var values []float64
	absent := 0
	for p, status := range sheet.Status[at] {
		switch status {
		case assessment.Present:
			values = append(values, sheet.Marks[at][p])
		case assessment.Absent:
			absent++
		}
	}
	marks, _ := scale.Tally(values)
	v.scores = shell.Table{Caption: figureText(ctx, "scores_of"), Columns: []shell.Column{{Title: figureText(ctx, "raw"), Align: shell.Figures}}}
	if sight.Holder {
		v.scores.Columns = append(v.scores.Columns, shell.Column{Title: figureText(ctx, "column.sat"), Align: shell.Figures}, shell.Column{Title: figureText(ctx, "cumulative"), Unit: "%", Align: shell.Figures})
	}
	if sight.Hides(len(values)) {
		v.scoreNote = figureText(ctx, "hidden")
		return
	}
	scope := set.Closure(assessment.PackName)
	one, known := scope.Scale(rule)
	switch {
	case !known || one.Normal != nil:
		v.standard(ctx, marks, rule, one, sight)
	default:
		scheme := one.Scheme
		if slices.Contains([]string{"reach", "within", "nearest"}, ties) {
			scheme.Ties = scale.Ties(ties)
		}
		rows, f := scheme.Assign(marks, absent)
		if f != nil {
			v.form.Faults = append(v.form.Faults, f)
			return
		}
		v.scores.Columns = append(v.scores.Columns, shell.Column{Title: figureText(ctx, "grade")}, shell.Column{Title: figureText(ctx, "assigned"), Align: shell.Figures})
		v.bands = bandTable(ctx, rows, sight)
		for _, r := range rows {
			v.scores.Rows = append(v.scores.Rows, append(rawCells(r.Raw, r.Count, r.CumShare, sight), shell.Cell{Text: r.Band}, shell.Cell{Text: strconv.Itoa(r.Assigned)}))
		}
		v.source = one.Source.Document + " " + one.Source.Clause
		v.scoreNote = figureText(ctx, "assigned_note", message.Args{"scale": one.Title.In(shell.From(ctx).Language), "source": v.source,
			"checked": message.Word("figure.page.checked." + string(one.Source.Checked)), "ties": message.Word("scale.word." + string(scheme.Ties))})
	}
}

func rawCells(raw float64, count int, cum float64, sight assessment.Sight) []shell.Cell {
	cells := []shell.Cell{{Text: plain(raw)}}
	if sight.Holder {
		cells = append(cells, shell.Cell{Text: shell.Count(count)}, shell.Cell{Text: shell.Number(100*cum, 2)})
	}
	return cells
}

func (v *scoreView) standard(ctx context.Context, marks []scale.Mark, rule string, one *pack.ScoreScale, sight assessment.Sight) {
	var scores []float64
	ok := true
	switch {
	case one != nil:
		scores = scale.Normal(marks, one.Normal.Mean, one.Normal.Spread, one.Normal.Least, one.Normal.Most)
	case rule == "t":
		scores, ok = scale.Standard(marks, 50, 10)
	case rule == "500":
		scores, ok = scale.Standard(marks, 500, 100)
	case rule == "percentile":
		scores = scale.PercentileRanks(marks)
	default:
		scores, ok = scale.Standard(marks, 0, 1)
	}
	if !ok {
		v.scoreNote = figureText(ctx, "all_equal")
		return
	}
	v.scores.Columns = append(v.scores.Columns, shell.Column{Title: figureText(ctx, "converted"), Align: shell.Figures})
	n, above := float64(scale.Pupils(marks)), 0
	for k, m := range marks {
		above += m.Count
		v.scores.Rows = append(v.scores.Rows, append(rawCells(m.Raw, m.Count, float64(above)/n, sight), shell.Cell{Text: shell.Number(scores[k], 2)}))
	}
	v.scoreNote = figureText(ctx, "standard_note")
}

// lines fills in who stands near the line, the effective marks and both lines.
func (v *scoreView) lines(ctx context.Context, sheet assessment.Sheet, ask figure.Ask, subject string, line, width, subjectLine float64) {
	column := func(names ...string) []shell.Column {
		columns := []shell.Column{{Title: figureText(ctx, "school")}}
		for _, name := range names {
			columns = append(columns, shell.Column{Title: figureText(ctx, name), Align: shell.Figures})
		}
		return columns
	}
	hidden := func(name string, columns int) []shell.Cell {
		cells := []shell.Cell{{Text: name, Written: true}, {Text: figureText(ctx, "hidden")}}
		for len(cells) < columns {
			cells = append(cells, shell.Cell{Text: "—"})
		}
		return cells
	}
	least := ask.Sight.Least
	small := func(n int) shell.Cell {
		if n > 0 && n < least && !ask.Sight.Holder && ask.Sight.Own == "" {
			return shell.Cell{Text: figureText(ctx, "hidden")}
		}
		return shell.Cell{Text: shell.Count(n)}
	}
	v.near = shell.Table{Caption: figureText(ctx, "near"), Columns: column("column.sat", "near_reach", "near_below", "near_above")}
	for _, one := range figure.NearLine(sheet, line, width, ask) {
		name := unitName(ctx, one.Unit)
		if one.Hidden {
			v.near.Rows = append(v.near.Rows, hidden(name, len(v.near.Columns)))
			continue
		}
		v.near.Rows = append(v.near.Rows, []shell.Cell{{Text: name, Written: true}, small(one.Sat), small(one.Reach), small(one.Below), small(one.Above)})
	}
	v.nearNote = figureText(ctx, "near_note", message.Args{"line": plain(line), "width": plain(width)})
	v.effective = shell.Table{Caption: figureText(ctx, "effective"), Columns: column("effective_percentile", "effective_ratio")}
	v.effective.Columns[0].Title = figureText(ctx, "subject")
	for _, one := range figure.EffectiveMarks(sheet, line, ask.Track) {
		s, _, _ := sheet.Exam.Subject(one.Subject)
		if one.Subject == subject && subjectLine == 0 && one.Percentile != nil {
			subjectLine = *one.Percentile
		}
		v.effective.Rows = append(v.effective.Rows, []shell.Cell{{Text: s.Name, Written: true}, {Text: figureOf(one.Percentile, 1)}, {Text: figureOf(one.Ratio, 1)}})
	}
	if subjectLine == 0 {
		return
	}
	s, _, _ := sheet.Exam.Subject(subject)
	v.double = shell.Table{Caption: figureText(ctx, "double"), Columns: column("double_total", "double_subject", "double_both", "double_only_total", "double_only_subject", "double_hit", "double_contributes")}
	v.double.Count = figureText(ctx, "double_note", message.Args{"subject": s.Name, "line": plain(subjectLine), "total": plain(line)})
	for _, one := range figure.DoubleLine(sheet, subject, subjectLine, line, ask) {
		name := unitName(ctx, one.Unit)
		if one.Hidden {
			v.double.Rows = append(v.double.Rows, hidden(name, len(v.double.Columns)))
			continue
		}
		v.double.Rows = append(v.double.Rows, []shell.Cell{{Text: name, Written: true}, small(one.Total), small(one.Subject), small(one.Both), small(one.OnlyTotal), small(one.OnlySubject),
			{Text: share(one.Hit) + "%"}, {Text: share(one.Contributes) + "%"}})
	}
}

// bandTable is the bands of assigned scores: from which to which raw mark, and to which scores.
func bandTable(ctx context.Context, rows []scale.Row, sight assessment.Sight) shell.Table {
	table := shell.Table{Caption: figureText(ctx, "scores_of"), Columns: []shell.Column{{Title: figureText(ctx, "grade")}, {Title: figureText(ctx, "raw"), Align: shell.Figures},
		{Title: figureText(ctx, "assigned"), Align: shell.Figures}}}
	if sight.Holder {
		table.Columns = append(table.Columns, shell.Column{Title: figureText(ctx, "column.sat"), Align: shell.Figures}, shell.Column{Title: figureText(ctx, "cumulative"), Unit: "%", Align: shell.Figures})
	}
	for from := 0; from < len(rows); {
		to, count := from, 0
		for to < len(rows) && rows[to].Band == rows[from].Band {
			count += rows[to].Count
			to++
		}
		first, last := rows[from], rows[to-1]
		cells := []shell.Cell{{Text: first.Band}, {Text: plain(last.Raw) + "—" + plain(first.Raw)}, {Text: strconv.Itoa(last.Assigned) + "—" + strconv.Itoa(first.Assigned)}}
		if sight.Holder {
			cells = append(cells, shell.Cell{Text: shell.Count(count)}, shell.Cell{Text: shell.FixedNumber(100*last.CumShare, 2)})
		}
		table.Rows = append(table.Rows, cells)
		from = to
	}
	return table
}
