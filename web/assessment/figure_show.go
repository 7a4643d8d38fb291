package assessment

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// figureText is a text of the pages of figures.
func figureText(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "figure.page."+key, args...)
}

// figureView is the officials' figures of an exam.
type figureView struct {
	exam    assessment.Exam
	tabs    []shell.Tab
	form    shell.Form
	fields  []shell.Field
	table   shell.Table
	bands   shell.Histogram
	rules   shell.Table
	notes   []string
	query   string
	empty   bool
	percent bool
}

// Figures shows means, rates and composites of a subject or the total, by what is asked for.
func (p *Pages) Figures(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.figures(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	frame := examPage(ctx, v.exam, figureText(ctx, "figures"))
	frame.Styles, frame.Wide = append(frame.Styles, "chart.css"), true
	if !v.empty {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: address(v.exam.ID, "/figures/export?"+v.query)})
	}
	return shell.Render(w, r, http.StatusOK, frame, figuresShow(v))
}

// FiguresExport gives out the table as it is shown.
func (p *Pages) FiguresExport(w http.ResponseWriter, r *http.Request) error {
	v, _, err := p.figures(r)
	if err != nil {
		return err
	}
	return giveOut(w, figureText(r.Context(), "figures"), workbook(figureText(r.Context(), "figures"), v.table))
}

// workbook is a table of a page as a sheet: every cell as it is shown, with its note.
func workbook(name string, table shell.Table) xlsx.Table {
	out := xlsx.Table{Name: name}
	for k, c := range table.Columns {
		heading := c.Title
		if c.Unit != "" {
			heading += " " + c.Unit
		}
		out.Columns = append(out.Columns, xlsx.TableColumn{Heading: heading, Number: c.Align == shell.Figures, Wide: k == 0})
	}
	rows := table.Rows
	if len(table.Total) > 0 {
		rows = append(slices.Clone(rows), table.Total)
	}
	for _, row := range rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, c.Text)
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// rulesOf are the rules in force where and when an exam was held, with the switches of the address.
func (p *Pages) rulesOf(ctx context.Context, e assessment.Exam, query url.Values) (assessment.Rules, error) {
	rules, err := assessment.RulesOf(p.set(), e.Held, assessment.Regions(shell.From(ctx).Tree, e.Owner)...)
	if err != nil {
		return rules, err
	}
	switches := map[string]bool{}
	for name, of := range map[string]string{"absent": assessment.AbsentCounted, "final": assessment.FinalGrade} {
		if query.Has(name) {
			switches[of] = true
		}
	}
	return rules.With(switches)
}

func (p *Pages) figures(r *http.Request) (figureView, figure.Table, error) {
	ctx, query := r.Context(), r.URL.Query()
	sheet, sight, err := p.desk.Sheet(ctx, actorOf(ctx), r.PathValue("exam"))
	if err != nil {
		return figureView{}, figure.Table{}, found(err)
	}
	e := sheet.Exam
	rules, err := p.rulesOf(ctx, e, query)
	if err != nil {
		return figureView{}, figure.Table{}, err
	}
	ask := figure.Ask{Subject: query.Get("subject"), By: figure.By(query.Get("by")), School: query.Get("school"), Track: query.Get("track"),
		Tree: shell.From(ctx).Tree, Sight: sight, Weighted: query.Has("weighted")}
	if _, _, known := e.Subject(ask.Subject); !known {
		ask.Subject = ""
		if len(e.Subjects) == 1 || e.Full() == 0 {
			ask.Subject = e.Subjects[0].Code
		}
	}
	if !slices.Contains(figure.Rows(), ask.By) {
		ask.By = figure.BySchool
	}
	if ask.School != "" && !sight.May(ask.School) {
		ask.School = ""
	}
	v := figureView{exam: e, tabs: tabsOf(ctx, e, sight, "/figures"), form: shell.Form{Values: query}, query: r.URL.RawQuery, empty: len(sheet.Pupils) == 0}
	v.fields = figureFields(ctx, sheet, sight, ask)
	table := figure.Of(sheet, rules, ask)
	v.table = figureTable(ctx, table, rules, ask)
	v.bands = bandsOf(ctx, table, e)
	v.rules = rulesTable(ctx, rules)
	v.notes = figureNotes(ctx, table, rules, sight, ask)
	return v, table, nil
}

func figureFields(ctx context.Context, sheet assessment.Sheet, sight assessment.Sight, ask figure.Ask) []shell.Field {
	e := sheet.Exam
	subject := shell.Field{Name: "subject", Kind: "select", Label: figureText(ctx, "subject"), Value: ask.Subject}
	if e.Full() > 0 && len(e.Subjects) > 1 {
		subject.Options = subjectOptions(ctx, e, figureText(ctx, "total_marks"))
	} else {
		subject.Options = subjectOptions(ctx, e, "")
	}
	by := shell.Field{Name: "by", Kind: "select", Label: figureText(ctx, "by"), Value: string(ask.By)}
	for _, one := range figure.Rows() {
		by.Options = append(by.Options, shell.Option{Value: string(one), Label: figureText(ctx, "by_"+string(one))})
	}
	school := shell.Field{Name: "school", Kind: "select", Label: figureText(ctx, "school"), Value: ask.School, Options: []shell.Option{{Label: figureText(ctx, "all_schools")}}}
	for _, code := range slices.Compact(sheet.Units()) {
		if sight.May(code) {
			school.Options = append(school.Options, shell.Option{Value: code, Label: unitName(ctx, code)})
		}
	}
	fields := []shell.Field{subject, by, school}
	if tracks := tracksOf(sheet); len(tracks) > 0 {
		track := shell.Field{Name: "track", Kind: "select", Label: figureText(ctx, "track"), Value: ask.Track, Options: []shell.Option{{Label: figureText(ctx, "all_tracks")}}}
		for _, t := range tracks {
			track.Options = append(track.Options, shell.Option{Value: t, Label: t})
		}
		fields = append(fields, track)
	}
	return append(fields, shell.Field{Name: "absent", Kind: "check", Label: figureText(ctx, "of_due"), Value: "1"},
		shell.Field{Name: "final", Kind: "check", Label: figureText(ctx, "final"), Value: "1"},
		shell.Field{Name: "weighted", Kind: "check", Label: figureText(ctx, "weighted"), Value: "1"})
}

func tracksOf(sheet assessment.Sheet) []string {
	var tracks []string
	for _, s := range sheet.Exam.Subjects {
		tracks = append(tracks, s.Tracks...)
	}
	for _, p := range sheet.Pupils {
		if p.Track != "" && !slices.Contains(tracks, p.Track) {
			tracks = append(tracks, p.Track)
		}
	}
	slices.Sort(tracks)
	return slices.Compact(tracks)
}

// figureColumn is one column of the table of figures.
type figureColumn struct {
	name, unit string
	of         func(figure.Row) string
}

func figureOf(x *float64, decimals int) string {
	if x == nil {
		return "—"
	}
	return shell.FixedNumber(*x, decimals)
}

func share(x *float64) string {
	if x == nil {
		return "—"
	}
	return shell.FixedNumber(100**x, 1)
}

func figureColumns(ctx context.Context, rules assessment.Rules, ask figure.Ask) []figureColumn {
	line := func(sign string, rule assessment.Rule) string { return "% " + sign + plain(rule.Value) }
	columns := []figureColumn{
		{"due", "", func(r figure.Row) string { return shell.Count(r.Due) }},
		{"sat", "", func(r figure.Row) string { return shell.Count(r.Sat) }},
		{"absent", "", func(r figure.Row) string { return shell.Count(r.Absent) }},
		{"zero", "", func(r figure.Row) string { return shell.Count(r.Zero) }},
		{"mean", "", func(r figure.Row) string { return figureOf(r.Mean, 2) }},
		{"sd", "", func(r figure.Row) string { return figureOf(r.SD, 2) }},
		{"excellent", line("≥", rules.Excellent), func(r figure.Row) string { return share(r.Excellent) }},
		{"good", line("≥", rules.Good), func(r figure.Row) string { return share(r.Good) }},
		{"pass", line("≥", rules.Pass), func(r figure.Row) string { return share(r.Pass) }},
		{"low", line("<", rules.Low), func(r figure.Row) string { return share(r.Low) }},
		{"facility", "", func(r figure.Row) string { return figureOf(r.Facility, 2) }},
		{"discrimination", "", func(r figure.Row) string { return figureOf(r.Discrimination, 2) }},
		{"t", "", func(r figure.Row) string { return figureOf(r.T, 1) }},
		{"back", "", func(r figure.Row) string { return figureOf(r.Back, 2) }},
	}
	if ask.Sight.All && (ask.By == figure.BySchool || ask.By == figure.ByClass) {
		columns = append(columns, figureColumn{"composite", "", func(r figure.Row) string { return figureOf(r.Composite, 1) }})
	}
	return columns
}

func figureTable(ctx context.Context, t figure.Table, rules assessment.Rules, ask figure.Ask) shell.Table {
	columns := figureColumns(ctx, rules, ask)
	table := shell.Table{Caption: figureText(ctx, "figures"), Columns: []shell.Column{{Title: figureText(ctx, "by_"+string(ask.By))}}}
	for _, c := range columns {
		table.Columns = append(table.Columns, shell.Column{Title: figureText(ctx, "column."+c.name), Unit: c.unit, Align: shell.Figures})
	}
	row := func(name string, r figure.Row) []shell.Cell {
		cells := []shell.Cell{{Text: name, Written: true}}
		if r.Hidden {
			cells = append(cells, shell.Cell{Text: figureText(ctx, "hidden")})
			for range columns[1:] {
				cells = append(cells, shell.Cell{Text: "—"})
			}
			return cells
		}
		for _, c := range columns {
			cells = append(cells, shell.Cell{Text: c.of(r)})
		}
		return cells
	}
	for _, r := range t.Rows {
		table.Rows = append(table.Rows, row(rowName(ctx, r, ask), r))
	}
	for k, r := range t.Totals {
		name := totalName(ctx, r.Unit)
		if k == 0 {
			table.Total = row(name, r)
			continue
		}
		table.Rows = append(table.Rows, row(name, r))
	}
	table.Count = figureText(ctx, "rows", message.Args{"count": shell.Count(len(t.Rows))})
	return table
}

// totalName is what the row of a total is called.
func totalName(ctx context.Context, code string) string {
	if u, known := shell.From(ctx).Tree.Find(code); known && u.Kind == unit.County {
		return figureText(ctx, "all_county")
	}
	return figureText(ctx, "all_of", message.Args{"unit": unitName(ctx, code)})
}

func rowName(ctx context.Context, r figure.Row, ask figure.Ask) string {
	switch ask.By {
	case figure.ByTrack, figure.ByGroup:
		if r.Part == "" {
			return figureText(ctx, "not_told")
		}
		return r.Part
	case figure.ByClass:
		part := r.Part
		if part == "" {
			part = figureText(ctx, "not_told")
		}
		return unitName(ctx, r.Unit) + " " + part
	}
	return unitName(ctx, r.Unit)
}

// figureNotes are the sentences below the table: what the figures say, and by which rules.
func figureNotes(ctx context.Context, t figure.Table, rules assessment.Rules, sight assessment.Sight, ask figure.Ask) []string {
	var notes []string
	if len(t.Totals) > 0 && t.Totals[0].Mean != nil {
		total := t.Totals[0]
		notes = append(notes, figureText(ctx, "sentence", message.Args{"unit": unitName(ctx, total.Unit), "due": shell.Count(total.Due), "sat": shell.Count(total.Sat),
			"mean": figureOf(total.Mean, 2), "full": plain(t.Full), "pass": share(total.Pass), "facility": figureOf(total.Facility, 2)}))
	}
	of := "of_sat_note"
	if t.OfDue {
		of = "of_due_note"
	}
	notes = append(notes, figureText(ctx, of), figureText(ctx, "order_note"), figureText(ctx, "hidden_note", message.Args{"least": sight.Least}))
	if t.Weighted {
		notes = append(notes, figureText(ctx, "weights_note"))
	}
	if sight.All && (ask.By == figure.BySchool || ask.By == figure.ByClass) {
		key := "composite_note"
		if ask.Weighted {
			key = "composite_weighted_note"
		}
		notes = append(notes, figureText(ctx, key, message.Args{"mean": rules.WeightMean.Value, "excellent": rules.WeightExcellent.Value, "pass": rules.WeightPass.Value,
			"low": rules.WeightLow.Value, "from": rules.WeightMean.From}))
	}
	return notes
}

// bandsOf is the distribution of the total in bands of marks.
func bandsOf(ctx context.Context, t figure.Table, e assessment.Exam) shell.Histogram {
	if len(t.Totals) == 0 || len(t.Totals[0].Bands) == 0 {
		return shell.Histogram{}
	}
	chart := shell.Histogram{ID: "bands", Unit: figureText(ctx, "marks"), Source: e.Name}
	chart.Table = shell.Table{Caption: figureText(ctx, "bands"), Columns: []shell.Column{{Title: figureText(ctx, "band")}, {Title: figureText(ctx, "column.sat"), Align: shell.Figures}}}
	most, at := 0, 0
	for k, count := range t.Totals[0].Bands {
		name := bandName(t, k)
		told := figureText(ctx, "hidden")
		if count != nil {
			told = shell.Count(*count)
			if *count > most {
				most, at = *count, k
			}
		}
		chart.Bins = append(chart.Bins, shell.Bin{Label: plain(t.Edges[k]), Count: count, Text: figureText(ctx, "band_text", message.Args{"band": name, "count": told})})
		chart.Table.Rows = append(chart.Table.Rows, []shell.Cell{{Text: name}, {Text: told}})
	}
	chart.Sentence = figureText(ctx, "bands_sentence", message.Args{"unit": unitName(ctx, t.Totals[0].Unit), "band": bandName(t, at), "count": shell.Count(most),
		"share": shell.Number(100*float64(most)/float64(max(t.Totals[0].Sat, 1)), 1)})
	return chart
}

func bandName(t figure.Table, k int) string {
	if k == len(t.Edges)-1 {
		return plain(t.Edges[k]) + "—" + plain(t.Full)
	}
	return plain(t.Edges[k]) + "—" + plain(t.Edges[k+1])
}

// rulesTable are the numbers behind the figures with date and source.
func rulesTable(ctx context.Context, rules assessment.Rules) shell.Table {
	table := shell.Table{Caption: figureText(ctx, "rules"), Columns: []shell.Column{{Title: figureText(ctx, "rule")}, {Title: figureText(ctx, "value"), Align: shell.Figures},
		{Title: figureText(ctx, "from")}, {Title: figureText(ctx, "source")}}}
	for _, r := range rules.All() {
		checked := ""
		if r.Source.Checked != pack.Verified {
			checked = figureText(ctx, "checked."+string(r.Source.Checked))
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: r.Title.In(shell.From(ctx).Language)}, {Text: plain(r.Value), Note: r.Measure}, {Text: r.From.String()},
			{Text: r.Source.Document + " " + r.Source.Clause, Note: checked, Written: true}})
	}
	return table
}
