package round

import (
	"math"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// lineView is what stands behind one figure.
type lineView struct {
	*asked
	round.Explanation
	parts []partView
}

// partView is one thing that the formula reads.
type partView struct {
	name, value, counts string
	reports             []string // who reported it, when, from which file
}

// Line opens one figure or verdict into what it is made of: in the side panel, or as a page without scripts.
func (p *Pages) Line(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Query().Get("name")
	of := r.URL.Query().Get("pack")
	if of == "" {
		of = p.packOf(name)
	}
	a, err := p.askAbout(r, p.desk.Set().Packs, of)
	if err != nil {
		return err
	}
	stage, ok := a.stageAsked(name, unit.Stage(r.URL.Query().Get("stage")))
	if !ok {
		return shell.NotFound
	}
	e, known := a.outcome.Explain(name, a.standing.Unit.Code, stage)
	if !known {
		return shell.NotFound
	}
	e.Silent = slices.DeleteFunc(e.Silent, func(silent round.Silent) bool { return a.strange(e.Indicator, silent.Place) })
	view := lineView{asked: a, Explanation: e}
	if view.parts, err = p.partViews(a, e); err != nil {
		return err
	}
	title := a.titleOf(e.Line.Title, e.Line.Stage)
	if r.Header.Get("HX-Request") != "" {
		return shell.RenderPart(w, r, http.StatusOK, linePanel(title, view))
	}
	page := a.page(title)
	page.Trail = []shell.Link{{Label: a.text("shell.place.round"), Address: a.address("/round")}}
	return shell.Render(w, r, http.StatusOK, page, lineShow(view))
}

// packOf returns the pack that declares an indicator or a standard.
func (p *Pages) packOf(name string) string {
	if i, known := p.desk.Scope().Indicator(name); known {
		return i.Pack
	}
	if s, known := p.desk.Scope().Standard(name); known {
		return s.Pack
	}
	return ""
}

// stageAsked returns the stage of an address, or the one that the standing unit has; false for a stage or name that is not known.
func (a *asked) stageAsked(name string, stage unit.Stage) (unit.Stage, bool) {
	stages, known := a.stagesOf(name)
	if !known || stage != "" && !slices.Contains(unit.Stages(), stage) {
		return "", false
	}
	if stage != "" && len(stages) > 0 && !slices.Contains(stages, stage) {
		return "", false
	}
	if stage != "" || len(stages) == 0 {
		return stage, true
	}
	for _, one := range stages {
		if len(a.standing.Unit.Stages) == 0 || slices.Contains(a.standing.Unit.Stages, one) {
			return one, true
		}
	}
	return stages[0], true
}

// stagesOf returns the stages for which an indicator or a standard is computed.
func (a *asked) stagesOf(name string) ([]unit.Stage, bool) {
	if i, known := a.outcome.Scope().Indicator(name); known {
		return i.Stages, true
	}
	s, known := a.outcome.Scope().Standard(name)
	if !known {
		return nil, false
	}
	return s.Stages, true
}

// partViews reads what the formula reads and who reported it.
func (p *Pages) partViews(a *asked, e round.Explanation) ([]partView, error) {
	facts, _, err := p.desk.Facts(a.ctx)
	if err != nil {
		return nil, err
	}
	var views []partView
	for _, part := range e.Parts {
		view := partView{name: a.partName(part.Name), value: a.partValue(part), counts: unitText(part.Measure, part.Logical, a.language)}
		if part.Item != "" {
			if view.reports, err = p.reports(a, facts, e.Line, part); err != nil {
				return nil, err
			}
		}
		views = append(views, view)
	}
	return views, nil
}

func (a *asked) partValue(part round.Part) string {
	number, known := part.Value.Number()
	switch {
	case !known:
		return a.outcome.ReasonText(part.Value, a.language)
	case part.Logical && number != 0:
		return a.text("round.yes")
	case part.Logical:
		return a.text("round.no")
	}
	if math.Abs(number) >= 100 {
		return shell.Number(number, 2)
	}
	return shell.Number(number, shell.ThresholdDecimals)
}

// partName is the name of a part as people know it: of switches and of what is built in too.
func (a *asked) partName(name string) string {
	if words := a.formulaWords(name); !strings.ContainsAny(name, "()") {
		return words
	}
	return a.outcome.TitleOf(name, a.language)
}

// reports tells who reported the rows behind a part for the unit itself. Totals have none: those below have theirs.
func (p *Pages) reports(a *asked, facts *register.Facts, l round.Line, part round.Part) ([]string, error) {
	for _, code := range a.reporters(l, part.Name) {
		found, err := facts.Provenance(a.ctx, code, part.Item, part.Period)
		if err != nil {
			return nil, err
		}
		if found.Rows > 0 {
			return p.reportTexts(a, found), nil
		}
	}
	return nil, nil
}

// reporters are the codes of the units that may have reported a part: the unit itself, or its school or county.
func (a *asked) reporters(l round.Line, name string) []string {
	if strings.HasPrefix(name, "county.") {
		tree := a.outcome.Space().Tree()
		for number, known := tree.Number(l.Unit); known && number >= 0; number = tree.Parent(number) {
			if tree.At(number).Kind == unit.County {
				return []string{tree.At(number).Code}
			}
		}
		return nil
	}
	if l.Section != "" && !strings.HasPrefix(name, "school.") {
		return []string{l.Section, l.Unit}
	}
	return []string{l.Unit}
}

func (p *Pages) reportTexts(a *asked, found register.Provenance) []string {
	person := p.nameOf(a.ctx, found.Last.Origin.Person)
	if person == "" {
		person = a.text("round.line.program")
	}
	texts := []string{a.text("round.line.reported_by", message.Args{"person": person, "moment": shell.Moment(a.ctx, found.Last.Origin.At), "register": found.Register.Title.In(a.language)})}
	if found.Rows > 1 {
		texts = append(texts, a.text("round.line.rows", message.Args{"count": found.Rows}))
	}
	if len(found.Files) > 0 {
		texts = append(texts, a.text("round.line.files", message.Args{"files": strings.Join(found.Files, a.text("round.comma"))}))
	}
	return texts
}

// facts are the first lines of the panel.
func (v lineView) facts() []shell.Fact {
	l := v.Explanation.Line
	facts := []shell.Fact{{Name: v.text("round.line.unit"), Text: l.UnitName}}
	if l.Section != "" {
		facts[0].Text = v.placeName(round.Place{Unit: l.Unit, Section: l.Section, Name: l.UnitName})
	}
	facts = append(facts, shell.Fact{Name: v.text("round.line.period"), Text: v.standing.Period.Text(v.language)})
	if l.HasValue {
		facts = append(facts, shell.Fact{Name: v.text("round.column.value"), Body: v.valueBody(l), Note: v.whyNot(l)})
	}
	if l.Comparator != "" {
		facts = append(facts, shell.Fact{Name: v.text("round.column.threshold"), Text: v.thresholdText(l)})
	}
	if l.Verdict != standard.Not {
		facts = append(facts, shell.Fact{Name: v.text("round.column.verdict"), Body: verdictBody(l)})
	}
	if l.Lacks {
		fact := shell.Fact{Name: v.text("round.column.lack"), Body: dataBody(v.lackText(l), "")}
		if l.Shortfall.Units > 1 {
			fact.Note = v.text("round.line.lack_units", message.Args{"count": l.Shortfall.Units})
		}
		facts = append(facts, fact)
	}
	if coverage := v.coverageText(l); coverage != "" {
		facts = append(facts, shell.Fact{Name: v.text("round.column.coverage"), Text: coverage})
	}
	if variant := l.Variant.In(v.language); variant != "" {
		facts = append(facts, shell.Fact{Name: v.text("round.line.variant"), Text: variant})
	}
	return facts
}

// whyNot says in full why there is no value.
func (v lineView) whyNot(l round.Line) string {
	if l.Value.Known() {
		return ""
	}
	return v.outcome.ReasonText(l.Value, v.language)
}

// dividing are numerator and denominator.
func (v lineView) dividing() []shell.Fact {
	l := v.Explanation.Line
	if !l.Divides {
		return nil
	}
	one := func(key, formula string, value string) shell.Fact {
		return shell.Fact{Name: v.text(key), Text: value, Note: v.formulaWords(formula)}
	}
	number := func(part round.Part) string { return v.partValue(part) }
	if len(v.Contributions) > 0 {
		return []shell.Fact{{Name: v.text("round.line.deviation"), Text: number(round.Part{Value: l.Numerator})},
			{Name: v.text("round.line.mean"), Text: number(round.Part{Value: l.Denominator})}}
	}
	return []shell.Fact{one("round.line.numerator", v.NumeratorText, number(round.Part{Value: l.Numerator})),
		one("round.line.denominator", v.Explanation.Denominator, number(round.Part{Value: l.Denominator}))}
}

// sources are where the rule and the threshold come from.
func (v lineView) sources() []shell.Fact {
	l := v.Explanation.Line
	var facts []shell.Fact
	add := func(key string, source pack.Source) {
		if source.Document == "" {
			return
		}
		text := source.Document
		if document, known := v.outcome.Scope().Document(source.Document); known {
			text = v.text("round.line.document", message.Args{"title": document.Title.In(v.language), "number": source.Document})
		}
		fact := shell.Fact{Name: v.text(key), Text: text}
		for _, part := range []string{source.Clause, v.doubtText(source), source.Note.In(v.language)} {
			if part != "" {
				fact.Note += part + v.text("round.semicolon")
			}
		}
		fact.Body, fact.Note = dataBody(fact.Text, strings.TrimSuffix(fact.Note, v.text("round.semicolon"))), ""
		facts = append(facts, fact)
	}
	add("round.line.rule", l.Source)
	add("round.line.threshold_from", l.ThresholdFrom.Source)
	return append(facts, shell.Fact{Name: v.text("round.line.pack"), Text: v.text("round.line.version", message.Args{"pack": v.pack.Title.In(v.language), "version": v.pack.Version})})
}

// history is every threshold that ever was.
func (v lineView) history() shell.Table {
	t := shell.Table{Caption: v.text("round.line.history"), Columns: []shell.Column{{Title: v.text("round.line.from"), Align: shell.Short},
		{Title: v.text("round.column.threshold"), Align: shell.Figures}, {Title: v.text("round.line.clause")}}}
	for _, one := range v.History {
		value := shell.Number(one.Number, shell.ThresholdDecimals)
		if v.Explanation.Line.Comparator == pack.Holds {
			value = v.text("round.holds")
		}
		from := shell.Cell{Text: one.From.Text(v.language)}
		if one.InForce {
			from.Note = v.text("round.line.in_force")
		}
		clause := shell.Cell{Text: one.Source.Document + " " + one.Source.Clause, Note: v.doubtText(one.Source)}
		for _, condition := range []string{v.regionText(one.Region), v.switchText(one.Switch)} {
			if condition != "" {
				clause.Note += v.text("round.semicolon") + condition
			}
		}
		t.Rows = append(t.Rows, []shell.Cell{from, {Text: value}, {Body: dataBody(clause.Text, clause.Note)}})
	}
	return t
}

func (a *asked) regionText(code string) string {
	if code == "" {
		return ""
	}
	one, _ := a.outcome.Space().Tree().Find(code)
	return a.text("round.line.region", message.Args{"name": one.Name})
}

func (a *asked) switchText(name string) string {
	one, known := a.outcome.Scope().Switch(name)
	if !known {
		return ""
	}
	return a.text("round.line.switch", message.Args{"name": one.Title.In(a.language)})
}
