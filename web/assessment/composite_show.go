package assessment

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// maxComposite is how many exams one composite may hold.
const maxComposite = 12

// compositeView is the composite of several exams, or the question which ones with what weights.
type compositeView struct {
	fields []shell.Field
	form   shell.Form
	table  shell.Table
	notes  []string
	query  string
	asked  bool
	exams  int
}

// Composite shows schools by several exams with stated weights.
func (p *Pages) Composite(w http.ResponseWriter, r *http.Request) error {
	v, err := p.composite(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	frame := page(ctx, figureText(ctx, "mix"))
	frame.Lead, frame.Wide = figureText(ctx, "mix_lead"), true
	status := http.StatusOK
	if len(v.form.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	} else if v.asked {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "export"), Icon: "download", Address: "/assessment/composite/export?" + v.query})
	}
	return shell.Render(w, r, status, frame, compositeShow(v))
}

// CompositeExport gives out the composite as it is shown, weights in its head.
func (p *Pages) CompositeExport(w http.ResponseWriter, r *http.Request) error {
	v, err := p.composite(r)
	if err != nil {
		return err
	}
	if !v.asked || len(v.form.Faults) > 0 {
		return shell.NotFound
	}
	return giveOut(w, figureText(r.Context(), "mix"), workbook(figureText(r.Context(), "mix"), v.table))
}

func (p *Pages) composite(r *http.Request) (compositeView, error) {
	ctx, query := r.Context(), r.URL.Query()
	v := compositeView{form: shell.Form{Values: query}, query: r.URL.RawQuery}
	if !mayOpen(ctx) {
		return v, shell.NoRight
	}
	all, err := p.desk.List(ctx, actorOf(ctx))
	if err != nil {
		return v, err
	}
	var exams []assessment.Exam
	var weights []float64
	for _, one := range all {
		if one.State == assessment.Withdrawn {
			continue
		}
		v.exams++
		name := "w." + one.ID
		v.fields = append(v.fields, shell.Field{Name: name, Kind: "number", Label: one.Name, Help: one.Held.Text(shell.From(ctx).Language), Unit: figureText(ctx, "mix_weight")})
		weight, f := weightOf(query, name)
		if f != nil {
			v.form.Faults = append(v.form.Faults, f)
		}
		if weight > 0 {
			exams, weights = append(exams, one.Exam), append(weights, weight)
		}
	}
	for name := range query {
		if id, is := strings.CutPrefix(name, "w."); is && !knownExam(v.fields, "w."+id) && query.Get(name) != "" {
			return v, shell.NotFound
		}
	}
	switch {
	case len(v.form.Faults) > 0 || len(exams) == 0 && len(query) == 0:
		return v, nil
	case len(exams) < 2 || len(exams) > maxComposite:
		v.form.Faults = fault.List{fault.New("figure.mix_two", message.Args{"count": len(exams), "most": maxComposite})}
		return v, nil
	}
	v.asked = true
	return v, p.mix(ctx, &v, exams, weights)
}

func knownExam(fields []shell.Field, name string) bool {
	for _, f := range fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

func weightOf(query url.Values, name string) (float64, *fault.Fault) {
	given := strings.TrimSpace(query.Get(name))
	if given == "" {
		return 0, nil
	}
	weight, err := strconv.ParseFloat(given, 64)
	if err != nil || !(weight >= 0 && weight <= 1000) {
		return 0, fault.At(fault.Place{Column: name}, "figure.bad_weight", message.Args{"given": given, "most": 1000})
	}
	return weight, nil
}

func (p *Pages) mix(ctx context.Context, v *compositeView, exams []assessment.Exam, weights []float64) error {
	var parts []figure.Part
	var rules assessment.Rules
	sum := 0.0
	for k, e := range exams {
		sheet, sight, err := p.desk.Sheet(ctx, actorOf(ctx), e.ID)
		if err != nil {
			return found(err)
		}
		if k == 0 {
			if rules, err = p.rulesOf(ctx, e, url.Values{}); err != nil {
				return err
			}
		}
		parts = append(parts, figure.Part{Sheet: sheet, Sight: sight, Weight: weights[k]})
		sum += weights[k]
	}
	v.table = shell.Table{Caption: figureText(ctx, "mix"), Columns: []shell.Column{{Title: figureText(ctx, "school")}}}
	for k, e := range exams {
		v.table.Columns = append(v.table.Columns, shell.Column{Title: e.Name, Unit: figureText(ctx, "mix_percent", message.Args{"share": shell.Number(100*weights[k]/sum, 1)}), Align: shell.Figures})
	}
	v.table.Columns = append(v.table.Columns, shell.Column{Title: figureText(ctx, "mix_value"), Align: shell.Figures}, shell.Column{Title: figureText(ctx, "mix_lacks")})
	complete := 0
	mixed := figure.Mix(parts, rules, shell.From(ctx).Tree)
	for _, one := range mixed {
		cells := []shell.Cell{{Text: unitName(ctx, one.Unit), Written: true}}
		for _, score := range one.Scores {
			cells = append(cells, shell.Cell{Text: figureOf(score, 1)})
		}
		var lacks []string
		for _, k := range one.Lacks {
			lacks = append(lacks, exams[k].Name)
		}
		if len(lacks) == 0 {
			complete++
			lacks = []string{"—"}
		}
		v.table.Rows = append(v.table.Rows, append(cells, shell.Cell{Text: figureOf(one.Composite, 1)}, shell.Cell{Text: strings.Join(lacks, "、"), Written: true}))
	}
	v.notes = []string{figureText(ctx, "mix_sentence", message.Args{"schools": len(mixed), "exams": len(exams), "complete": complete}),
		figureText(ctx, "mix_rule"), figureText(ctx, "mix_lacks_note"), figureText(ctx, "mix_order")}
	return nil
}
