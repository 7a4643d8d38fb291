package assessment

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/publication"
	"jiaoheng/stats/irt"
	"jiaoheng/stats/item"
	"jiaoheng/web/shell"
)

// itemView is the analysis of the paper of a subject.
type itemView struct {
	exam    assessment.Exam
	tabs    []shell.Tab
	form    shell.Form
	fields  []shell.Field
	facts   []shell.Figure
	lead    []string
	items   shell.Table
	advice  shell.Table
	options shell.Table
	groups  shell.Table
	scores  shell.Histogram
	itemMap shell.ItemMap
	notes   []string
	rules   shell.Table
	query   string
	empty   string // why there is nothing
}

func hasItems(e assessment.Exam) bool {
	return slices.ContainsFunc(e.Subjects, func(s assessment.Subject) bool { return len(s.Items) > 0 })
}

// Analysis shows how good a paper and its items are.
func (p *Pages) Analysis(w http.ResponseWriter, r *http.Request) error {
	v, err := p.analysis(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	frame := examPage(ctx, v.exam, figureText(ctx, "items"))
	frame.Styles, frame.Wide = append(frame.Styles, "chart.css"), true
	if v.empty == "" {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: address(v.exam.ID, "/items/export?"+v.query)})
	}
	return shell.Render(w, r, http.StatusOK, frame, itemsShow(v))
}

// AnalysisExport gives out the table of items as it is shown.
func (p *Pages) AnalysisExport(w http.ResponseWriter, r *http.Request) error {
	v, err := p.analysis(r)
	if err != nil {
		return err
	}
	if v.empty != "" {
		return shell.NotFound
	}
	ctx := r.Context()
	sheet := workbook(figureText(ctx, "items"), v.items)
	sheet.Columns = append(sheet.Columns, workbook("", v.advice).Columns[1:]...)
	for k := range sheet.Rows {
		sheet.Rows[k] = append(sheet.Rows[k], v.advice.Rows[k][1].Text)
	}
	return giveOut(w, figureText(ctx, "items"), sheet)
}

func (p *Pages) analysis(r *http.Request) (itemView, error) {
	ctx, query := r.Context(), r.URL.Query()
	e, sight, err := p.sight(r)
	if err != nil {
		return itemView{}, err
	}
	v := itemView{exam: e, tabs: tabsOf(ctx, e, sight, "/items"), form: shell.Form{Values: query}, query: r.URL.RawQuery}
	code := query.Get("subject")
	field := shell.Field{Name: "subject", Kind: "select", Label: figureText(ctx, "subject")}
	for _, s := range e.Subjects {
		if len(s.Items) > 0 {
			field.Options = append(field.Options, shell.Option{Value: s.Code, Label: s.Name})
		}
	}
	if len(field.Options) == 0 {
		v.empty = figureText(ctx, "no_items")
		return v, nil
	}
	if !slices.ContainsFunc(field.Options, func(o shell.Option) bool { return o.Value == code }) {
		code = field.Options[0].Value
	}
	field.Value = code
	v.fields = []shell.Field{field, {Name: "purify", Kind: "check", Label: figureText(ctx, "purify"), Value: "1"}}
	answers, sight, err := p.desk.Answers(ctx, actorOf(ctx), e.ID, code)
	if err != nil {
		return v, found(err)
	}
	answers = seen(answers, sight, e)
	if len(answers.Pupils) < 2 || sight.Hides(len(answers.Pupils)) {
		v.empty = figureText(ctx, "no_answers", message.Args{"least": sight.Least})
		return v, nil
	}
	rules, err := p.rulesOf(ctx, e, query)
	if err != nil {
		return v, err
	}
	return v, v.compute(ctx, answers, sight, rules, query.Has("purify"))
}

// seen are the answers that the viewer's figures are made of: all where the total of the owner may be seen, else those of the
// viewer's schools.
func seen(answers assessment.ItemSheet, sight assessment.Sight, e assessment.Exam) assessment.ItemSheet {
	if sight.Total(e.Owner) {
		return answers
	}
	out := assessment.ItemSheet{Subject: answers.Subject, Scores: make([][]float64, len(answers.Scores)), Options: make([][]string, len(answers.Options))}
	for p, pupil := range answers.Pupils {
		if !sight.May(pupil.Unit) {
			continue
		}
		out.Pupils = append(out.Pupils, pupil)
		for i := range answers.Scores {
			out.Scores[i], out.Options[i] = append(out.Scores[i], answers.Scores[i][p]), append(out.Options[i], answers.Options[i][p])
		}
	}
	return out
}

// dataOf turns the answers into the data of an analysis. Groups are compared where there are two and both are large enough.
func dataOf(answers assessment.ItemSheet, least int) (item.Data, fault.List) {
	d := item.Data{}
	for i, one := range answers.Subject.Items {
		d.Names, d.Full = append(d.Names, one.Code), append(d.Full, one.Full)
		choice := item.Choice{Key: one.Key}
		if one.Key != "" {
			choice.Options = append(choice.Options, answers.Options[i]...)
			slices.Sort(choice.Options)
			choice.Options = slices.DeleteFunc(slices.Compact(choice.Options), func(o string) bool { return o == "" })
			if len(choice.Options) > item.NoGroup {
				choice.Options = choice.Options[:item.NoGroup]
			}
			choice.Picked = make([]uint8, len(answers.Pupils))
			for p, chosen := range answers.Options[i] {
				at, known := slices.BinarySearch(choice.Options, chosen)
				if !known {
					at = item.NoGroup
				}
				choice.Picked[p] = uint8(at)
			}
		}
		d.Choices = append(d.Choices, choice)
	}
	var faults fault.List
	if d.Scores, d.Scale, faults = item.Pack(d.Names, answers.Scores); len(faults) > 0 {
		return d, faults
	}
	counts := map[string]int{}
	for _, p := range answers.Pupils {
		if p.Group != "" {
			counts[p.Group]++
		}
	}
	if len(counts) != 2 {
		return d, nil
	}
	for name, count := range counts {
		if count < least {
			d.Groups = nil
			return d, nil
		}
		d.Groups = append(d.Groups, name)
	}
	slices.Sort(d.Groups)
	for _, p := range answers.Pupils {
		g := slices.Index(d.Groups, p.Group)
		if g < 0 {
			g = item.NoGroup
		}
		d.Group = append(d.Group, uint8(g))
	}
	return d, nil
}

func (v *itemView) compute(ctx context.Context, answers assessment.ItemSheet, sight assessment.Sight, rules assessment.Rules, purify bool) error {
	data, faults := dataOf(answers, sight.Least)
	if len(faults) > 0 {
		return faults
	}
	result, faults := item.Analyse(data, item.Options{Tail: rules.GroupShare.Share(), Classes: figure.ClassesOf(rules), Purify: purify})
	if len(faults) > 0 {
		return faults
	}
	advice := figure.Advise(result, rules)
	language := shell.From(ctx).Language
	for _, s := range advice[0].Says {
		v.lead = append(v.lead, s.Text(language))
	}
	t := result.Test
	for _, one := range []struct{ name, value string }{{"n", shell.Count(t.N)}, {"mean", figureOf(&t.Mean, 2)}, {"sd", figureOf(&t.SD1, 2)}, {"alpha", figureOf(t.Alpha, 3)},
		{"half", figureOf(t.Doubled, 3)}, {"sem", figureOf(t.Error, 2)}} {
		v.facts = append(v.facts, shell.Figure{Label: figureText(ctx, "test."+one.name), Value: one.value})
	}
	v.items = itemTable(ctx, result, ownFacility(answers, sight))
	v.advice = shell.Table{Caption: figureText(ctx, "advice"), Columns: []shell.Column{{Title: figureText(ctx, "item")}, {Title: figureText(ctx, "advice")}}}
	for _, a := range advice[1:] {
		var says []string
		for _, s := range a.Says {
			says = append(says, s.Text(language))
		}
		v.advice.Rows = append(v.advice.Rows, []shell.Cell{{Text: a.Item, Written: true}, {Text: strings.Join(says, " ")}})
	}
	v.options = optionTable(ctx, result)
	v.groups = groupTable(ctx, result)
	v.scores = scoresOf(ctx, result, sight)
	v.itemMap = itemMapOf(ctx, answers, data)
	v.rules = rulesTable(ctx, rules)
	v.notes = []string{figureText(ctx, "tails_note", message.Args{"share": rules.GroupShare.Value, "high": t.High, "low": t.Low}), figureText(ctx, "missing_note", message.Args{"out": t.LeftOut})}
	return nil
}

// ownFacility is the facility of each item in the viewer's own school; nil where there is none, or too few pupils.
func ownFacility(answers assessment.ItemSheet, sight assessment.Sight) []float64 {
	if sight.Own == "" {
		return nil
	}
	out := make([]float64, len(answers.Scores))
	n := 0
	for p, pupil := range answers.Pupils {
		if pupil.Unit != sight.Own {
			continue
		}
		n++
		for i := range out {
			out[i] += max(answers.Scores[i][p], 0)
		}
	}
	if n == 0 {
		return nil
	}
	for i, one := range answers.Subject.Items {
		out[i] /= float64(n) * one.Full
	}
	return out
}

func itemTable(ctx context.Context, result item.Result, own []float64) shell.Table {
	table := shell.Table{Caption: figureText(ctx, "items"), Columns: []shell.Column{{Title: figureText(ctx, "item")}}}
	names := []string{"full", "p", "sd", "d", "high", "low", "total_r", "rest_r", "without", "omitted", "not_reached"}
	if own != nil {
		names = append(names, "own")
	}
	for _, name := range names {
		table.Columns = append(table.Columns, shell.Column{Title: figureText(ctx, "item."+name), Align: shell.Figures})
	}
	for k, one := range result.Test.Item {
		cells := []shell.Cell{{Text: one.Name, Written: true}, {Text: plain(one.Full)}, {Text: figureOf(&one.Difficulty, 2)}, {Text: figureOf(&one.SD, 2)}, {Text: figureOf(&one.D, 2)},
			{Text: figureOf(&one.High, 2)}, {Text: figureOf(&one.Low, 2)}, {Text: figureOf(one.TotalR, 2)}, {Text: figureOf(one.RestR, 2)}, {Text: figureOf(one.AlphaWithout, 3)},
			{Text: shell.Count(one.Omitted)}, {Text: shell.Count(one.NotReached)}}
		if own != nil {
			cells = append(cells, shell.Cell{Text: figureOf(&own[k], 2)})
		}
		table.Rows = append(table.Rows, cells)
	}
	table.Count = figureText(ctx, "items_count", message.Args{"count": len(table.Rows)})
	return table
}

func optionTable(ctx context.Context, result item.Result) shell.Table {
	table := shell.Table{Caption: figureText(ctx, "options"), Columns: []shell.Column{{Title: figureText(ctx, "item")}, {Title: figureText(ctx, "option")}}}
	for _, name := range []string{"picked_high", "picked_middle", "picked_low", "picked_share", "picked_mean"} {
		table.Columns = append(table.Columns, shell.Column{Title: figureText(ctx, name), Align: shell.Figures})
	}
	for _, picks := range result.Choices {
		for _, o := range picks.Options {
			name := o.Option
			if name == "" {
				name = figureText(ctx, "blank")
			}
			note := ""
			if o.Right {
				note = figureText(ctx, "right")
			}
			portion := o.Share
			table.Rows = append(table.Rows, []shell.Cell{{Text: picks.Item, Written: true}, {Text: name, Note: note}, {Text: shell.Count(o.High)}, {Text: shell.Count(o.Middle)}, {Text: shell.Count(o.Low)},
				{Text: share(&portion) + "%"}, {Text: figureOf(o.Mean, 1)}})
		}
	}
	return table
}

func groupTable(ctx context.Context, result item.Result) shell.Table {
	table := shell.Table{Caption: figureText(ctx, "dif")}
	if result.Functioning == nil {
		return table
	}
	table.Columns = []shell.Column{{Title: figureText(ctx, "item")}}
	for _, name := range []string{"odds", "delta", "chi", "p_value", "class"} {
		table.Columns = append(table.Columns, shell.Column{Title: figureText(ctx, "dif_"+name), Align: shell.Figures})
	}
	table.Columns = append(table.Columns, shell.Column{Title: figureText(ctx, "dif_easier")})
	for _, d := range result.Functioning.Items {
		chi, p, class, easier := d.Corrected, d.CorrectedP, d.Class, d.Favours
		if d.Ordered {
			chi, p = d.Chi, d.P
		}
		if class == "" {
			class = "—"
		}
		if easier == "" {
			easier = "—"
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: d.Item, Written: true}, {Text: figureOf(d.Alpha, 2)}, {Text: figureOf(d.Delta, 2)}, {Text: figureOf(chi, 2)}, {Text: figureOf(p, 3)},
			{Text: class}, {Text: easier, Written: true}})
	}
	return table
}

// scoresOf is the distribution of the sums of the items in at most 25 classes; small counts are hidden.
func scoresOf(ctx context.Context, result item.Result, sight assessment.Sight) shell.Histogram {
	t := result.Test
	width := max(1, math.Ceil((t.Full+1)/25))
	counts := make([]int, int(t.Full/width)+1)
	for _, s := range result.Distribution {
		counts[min(int(s.Score/width), len(counts)-1)] += s.Count
	}
	chart := shell.Histogram{ID: "scores", Unit: figureText(ctx, "marks"), Table: shell.Table{Caption: figureText(ctx, "scores"),
		Columns: []shell.Column{{Title: figureText(ctx, "band")}, {Title: figureText(ctx, "column.sat"), Align: shell.Figures}}}}
	hidden := publication.Hide(publication.Totals([][]int{counts}), max(sight.Least, 1))[0] // the number of all is told
	for k, n := range counts {
		name := plain(float64(k) * width)
		if width > 1 {
			name += "—" + plain(min(float64(k+1)*width, t.Full))
		}
		bin := shell.Bin{Label: plain(float64(k) * width)}
		told := figureText(ctx, "hidden")
		if !hidden[k] {
			count := n
			bin.Count, told = &count, shell.Count(n)
		}
		bin.Text = figureText(ctx, "band_text", message.Args{"band": name, "count": told})
		chart.Bins = append(chart.Bins, bin)
		chart.Table.Rows = append(chart.Table.Rows, []shell.Cell{{Text: name}, {Text: told}})
	}
	skew := "even"
	if t.Skew != nil && *t.Skew < -0.5 {
		skew = "left"
	} else if t.Skew != nil && *t.Skew > 0.5 {
		skew = "right"
	}
	chart.Sentence = figureText(ctx, "scores_sentence", message.Args{"n": shell.Count(t.N), "mean": figureOf(&t.Mean, 1), "full": plain(t.Full), "shape": message.Word("figure.page.shape." + skew)})
	return chart
}

// itemMapOf is the map of persons and items as a chart.
func itemMapOf(ctx context.Context, answers assessment.ItemSheet, data item.Data) shell.ItemMap {
	m, left, fitted := personMap(answers, data)
	if !fitted { // a paper that everybody solved has no map; the table of items says so
		return shell.ItemMap{}
	}
	return drawMap(ctx, m, left)
}

// personMap fits the model of Rasch to the items with two scores; left is how many items have more. It is false where there are too
// few such items, or nothing to fit.
func personMap(answers assessment.ItemSheet, data item.Data) (m irt.PersonMap, left int, fitted bool) {
	var columns []int
	d := irt.Data{}
	for i := range data.Scores {
		if most := slices.Max(data.Scores[i]); !slices.ContainsFunc(data.Scores[i], func(v int16) bool { return v > 0 && v != most }) {
			columns, d.Items = append(columns, i), append(d.Items, data.Names[i])
		}
	}
	if len(columns) < irt.MinItems {
		return m, 0, false
	}
	d.Scores = make([]byte, 0, len(answers.Pupils)*len(columns))
	for p := range answers.Pupils {
		for _, i := range columns {
			switch v := data.Scores[i][p]; {
			case v == item.NotReached || v == item.NotGiven:
				d.Scores = append(d.Scores, irt.Missing)
			case v > 0:
				d.Scores = append(d.Scores, 1)
			default:
				d.Scores = append(d.Scores, 0)
			}
		}
	}
	result, err := irt.Fit(d, irt.Options{Model: irt.Rasch})
	if err != nil {
		return m, 0, false
	}
	return result.Map(), len(data.Names) - len(columns), true
}

func drawMap(ctx context.Context, m irt.PersonMap, left int) shell.ItemMap {
	chart := shell.ItemMap{ID: "item-map", Persons: figureText(ctx, "map_persons"), Items: figureText(ctx, "map_items"), Source: figureText(ctx, "map_source", message.Args{"left": left}),
		Table: shell.Table{Caption: figureText(ctx, "map"), Columns: []shell.Column{{Title: figureText(ctx, "item")}, {Title: figureText(ctx, "map_difficulty"), Align: shell.Figures}}}}
	all, mean, hardest := m.Below+m.Above, 0.0, 0
	for k, n := range m.Persons {
		all += n
		mean += n * (m.From + (float64(k)+0.5)*m.Width)
	}
	mean /= max(all, 1)
	for k := len(m.Persons)/2 - 1; k >= 0; k-- { // two classes of the map in one row
		low, high := m.From+float64(2*k)*m.Width, m.From+float64(2*k+2)*m.Width
		row := shell.ItemMapRow{Label: shell.Number(low, 1), Share: (m.Persons[2*k] + m.Persons[2*k+1]) / max(all, 1), Middle: mean >= low && mean < high}
		if k == 0 {
			row.Share += m.Below / max(all, 1)
		}
		if 2*k+2 == len(m.Persons) {
			row.Share += m.Above / max(all, 1)
		}
		row.Text = figureText(ctx, "map_row", message.Args{"low": shell.Number(low, 1), "high": shell.Number(high, 1), "share": shell.Number(100*row.Share, 1)})
		for _, one := range m.Items {
			if (one.Difficulty >= low || k == 0) && (one.Difficulty < high || 2*k+2 == len(m.Persons)) {
				row.Items = append(row.Items, one.Item)
			}
		}
		chart.Rows = append(chart.Rows, row)
	}
	for _, one := range m.Items {
		difficulty := one.Difficulty
		chart.Table.Rows = append(chart.Table.Rows, []shell.Cell{{Text: one.Item, Written: true}, {Text: figureOf(&difficulty, 2)}})
		if one.Difficulty > mean+1 {
			hardest++
		}
	}
	chart.Sentence = figureText(ctx, "map_sentence", message.Args{"easy": m.Items[0].Item, "hard": m.Items[len(m.Items)-1].Item, "above": hardest})
	return chart
}
