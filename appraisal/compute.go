package appraisal

import (
	"context"
	"slices"

	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Figure is a figure from outside the packs, with what it is made of.
type Figure struct {
	Value measure.Value
	Parts []FigurePart
}

// FigurePart is one thing that a figure counts, such as a target with its light, and the page where it is shown.
type FigurePart struct {
	Title   string
	Word    pack.Text
	Address string
}

// Figures gives the figures that sheets name beside indicators, see pack.Figures. What it does not know is missing.
type Figures interface {
	Figure(ctx context.Context, name, unit string, p period.Period) (Figure, error)
}

// reading reads the figures of one unit for one sheet.
type reading struct {
	ctx     context.Context
	sheet   *pack.Sheet
	period  period.Period
	unit    unit.Unit
	tree    *unit.Tree
	outcome *round.Outcome
	figures Figures
	setting standard.Setting
}

// automatic reads the figure of an item and gives its points: of an indicator with stages once for each stage that the unit has.
func (r *reading) automatic(item *pack.SheetItem) (*Automatic, error) {
	a := item.Automatic
	result := &Automatic{}
	var points []measure.Value
	note := func(trace Trace, value measure.Value) {
		got, scale, inForce := standard.Points(item, value, r.setting)
		trace.Points = r.score(got)
		points = append(points, got)
		if inForce {
			result.Rule = pack.Text{Chinese: scale.Text(message.Chinese, a.Kind, item.Points), English: scale.Text(message.English, a.Kind, item.Points)}
			result.Source = sourceOf(scale.Source, scale.From.String())
		}
		result.Traces = append(result.Traces, trace)
	}
	if a.Figure != "" {
		trace, value, err := r.figure(a.Figure)
		if err != nil {
			return nil, err
		}
		note(trace, value)
	} else {
		i, _ := r.outcome.Scope().Indicator(a.Indicator)
		for _, stage := range r.stages(a.StagesOf(i)) {
			trace, value := r.trace(i, stage)
			note(trace, value)
		}
	}
	result.Score = r.score(standard.Lowest(points))
	return result, nil
}

// stages returns those that the unit or one below it has; one without a name for an indicator without stages.
func (r *reading) stages(all []unit.Stage) []unit.Stage {
	if len(all) == 0 {
		return []unit.Stage{""}
	}
	below := r.tree.SubtreeOf(r.unit.Code)
	return slices.DeleteFunc(slices.Clone(all), func(stage unit.Stage) bool {
		for n := below.From; n < below.To; n++ {
			if u := r.tree.At(n); slices.Contains(u.Stages, stage) || u.Kind == unit.Kindergarten && stage == unit.Preschool {
				return false
			}
		}
		return true
	})
}

// trace reads an indicator with everything that stands behind it.
func (r *reading) trace(i *pack.Indicator, stage unit.Stage) (Trace, measure.Value) {
	trace := Trace{Name: i.Name, Title: i.Title, Stage: string(stage), Period: r.period.String(), Source: sourceOf(i.Source, ""),
		Measure: pack.Text{Chinese: i.Measure.Text(message.Chinese), English: i.Measure.Text(message.English)}}
	if i.Formula != nil {
		trace.Formula = i.Formula.Text
	}
	value := measure.MissingFor(i.Name)
	if line, says := r.outcome.LineOf(i, stage, r.unit.Code); says {
		value = line.Value
		if e, known := r.outcome.Explain(i.Name, r.unit.Code, stage); known {
			for _, part := range e.Parts {
				trace.Parts = append(trace.Parts, TracePart{Name: part.Name, Value: r.score(part.Value), Register: part.Register, Period: part.Period.String(),
					Title: pack.Text{Chinese: r.outcome.PartText(part, message.Chinese), English: r.outcome.PartText(part, message.English)}})
			}
		}
	}
	value = standard.Normal(value, i.Name)
	trace.Value = r.score(value)
	return trace, value
}

// figure reads a figure from outside; without anybody who gives it, it is missing.
func (r *reading) figure(name string) (Trace, measure.Value, error) {
	percent := textOf("appraisal.percent", nil)
	trace := Trace{Name: name, Title: textOf("appraisal.figure."+name, nil), Period: r.period.String(), Measure: percent}
	value := measure.MissingFor(name)
	if r.figures != nil {
		figure, err := r.figures.Figure(r.ctx, name, r.unit.Code, r.period)
		if err != nil {
			return trace, value, err
		}
		value = figure.Value
		for _, part := range figure.Parts {
			trace.Parts = append(trace.Parts, TracePart{Title: pack.Text{Chinese: part.Title, English: part.Title}, Word: part.Word, Address: part.Address})
		}
	}
	trace.Value = r.score(value)
	return trace, value, nil
}

// score is a value with its reason in words that name items as people know them.
func (r *reading) score(value measure.Value) Score {
	score := ScoreOf(value)
	if why := value.Reason(); why.Kind == measure.Missing {
		score.Why = pack.Text{Chinese: r.reason(value, message.Chinese), English: r.reason(value, message.English)}
	}
	return score
}

func (r *reading) reason(value measure.Value, language message.Language) string {
	why := value.Reason()
	if len(why.Names) == 1 && slices.Contains(pack.Figures, why.Names[0]) {
		return message.Text(language, "measure.missing", message.Args{"names": message.Text(language, "appraisal.figure."+why.Names[0], nil)})
	}
	return r.outcome.ReasonText(value, language)
}

// given are the marks of a case as they enter the result.
type given struct {
	self   *Mark
	checks []Mark
	agreed *Mark
	files  map[string][]File // by owner: id of the mark and name of the entry
}

func (g given) of(mark Mark, name string) *PersonScore {
	entry, some := mark.Entries[name]
	if !some || entry.Points == nil && entry.Holds == nil {
		return nil
	}
	score := &PersonScore{Person: mark.Person, Note: entry.Note, Cited: entry.Cited, Files: g.files[FileOwner(mark.ID, name).Row]}
	if entry.Points != nil {
		score.Points = *entry.Points
	}
	if entry.Holds != nil {
		score.Holds = *entry.Holds
	}
	return score
}

func (g given) all(name string) (checks []PersonScore, agreed *PersonScore) {
	for _, mark := range g.checks {
		if score := g.of(mark, name); score != nil {
			checks = append(checks, *score)
		}
	}
	if g.agreed != nil {
		agreed = g.of(*g.agreed, name)
	}
	return checks, agreed
}

// compute makes the result of a case from its marks and the figures as they stand.
func (r *reading) compute(g given, rules string) (*Result, error) {
	result := &Result{Sheet: r.sheet.Name, Title: r.sheet.Title, Rules: rules, Day: r.setting.On.String(), Full: r.sheet.Total}
	for _, part := range r.sheet.Parts {
		one := PartResult{Name: part.Name, Title: part.Title, Full: part.Points}
		for _, item := range part.Items {
			got := ItemResult{Name: item.Name, Title: item.Title, Full: item.Points, Source: sourceOf(item.Source, "")}
			if item.Automatic != nil {
				automatic, err := r.automatic(item)
				if err != nil {
					return nil, err
				}
				got.Automatic = automatic
			}
			if g.self != nil && item.Self {
				got.Self = g.of(*g.self, item.Name)
			}
			got.Checks, got.Agreed = g.all(item.Name)
			one.Items = append(one.Items, got)
		}
		result.Parts = append(result.Parts, one)
	}
	bonus := func(extra *pack.SheetExtra) bool {
		return r.sheet.Bonus != nil && slices.Contains(r.sheet.Bonus.Items, extra)
	}
	for _, extra := range r.sheet.Extras() {
		got := ExtraResult{Name: extra.Name, Title: extra.Title, Bonus: bonus(extra), Cap: extra.Cap, Each: extra.Each, Source: sourceOf(extra.Source, "")}
		if i, known := r.outcome.Scope().Indicator(extra.Indicator); known {
			trace, value := r.trace(i, "")
			got.Points = r.score(standard.Extra(extra, value))
			trace.Points, got.Trace = got.Points, &trace
		}
		got.Checks, got.Agreed = g.all(extra.Name)
		result.Extras = append(result.Extras, got)
	}
	for _, veto := range r.sheet.Vetoes {
		got := VetoResult{Name: veto.Name, Title: veto.Title, Card: r.sheet.Card(veto.Card).Title, Source: sourceOf(veto.Source, "")}
		if i, known := r.outcome.Scope().Indicator(veto.Indicator); known {
			trace, value := r.trace(i, "")
			got.Holds, got.Trace = r.score(value), &trace
		}
		got.Checks, got.Agreed = g.all(veto.Name)
		result.Vetoes = append(result.Vetoes, got)
	}
	result.sum(r.sheet, r.setting)
	return result, nil
}

// sum decides what counts of each item and adds up, from what stands in the result alone: so an appeal is decided on the figures that
// were read when the result was computed.
func (r *Result) sum(sheet *pack.Sheet, setting standard.Setting) {
	scores := standard.Scores{Items: map[string]measure.Value{}, Extras: map[string]measure.Value{}, Vetoes: map[string]measure.Value{}}
	for _, item := range sheet.Items() {
		got := r.Item(item.Name)
		switch {
		case item.Checked && got.Agreed != nil:
			got.Counts = Score{Points: got.Agreed.Points, Known: true}
		case item.Checked:
			got.Counts = ScoreOf(measure.InvalidBecause(standard.NotAsked))
		default:
			got.Counts = got.Automatic.Score
		}
		scores.Items[item.Name] = got.Counts.Value()
	}
	for k := range r.Extras {
		if extra := &r.Extras[k]; extra.Agreed != nil {
			extra.Points = Score{Points: extra.Agreed.Points, Known: true}
		} else if extra.Trace == nil {
			extra.Points = ScoreOf(measure.InvalidBecause(standard.NotAsked))
		}
		scores.Extras[r.Extras[k].Name] = r.Extras[k].Points.Value()
	}
	for k := range r.Vetoes {
		if veto := &r.Vetoes[k]; veto.Agreed != nil {
			veto.Holds = Score{Known: true, Points: map[bool]float64{true: 1}[veto.Agreed.Holds]}
		} else if veto.Trace == nil {
			veto.Holds = ScoreOf(measure.InvalidBecause(standard.NotAsked))
		}
		scores.Vetoes[r.Vetoes[k].Name] = r.Vetoes[k].Holds.Value()
	}
	sum := standard.Sum(sheet, scores, setting)
	for k := range r.Parts {
		r.Parts[k].Points = ScoreOf(sum.Parts[r.Parts[k].Name])
	}
	r.Concerned, r.Items, r.Deducted, r.Added, r.Total = sum.Concerned, ScoreOf(sum.Items), ScoreOf(sum.Deducted), ScoreOf(sum.Added), ScoreOf(sum.Total)
	r.Vetoed, r.Unknown = sum.Vetoed, sum.Unknown
	r.Card, r.CardTitle, r.Colour = sum.Card, pack.Text{}, ""
	if card := sheet.Card(sum.Card); card != nil {
		r.CardTitle, r.Colour = card.Title, card.Colour
	}
	r.Levels, r.LevelsAt = nil, sourceOf(sum.Levels.Source, sum.Levels.From.String())
	for _, card := range sheet.Cards {
		least, given := sum.Levels.Least[card.Name]
		r.Levels = append(r.Levels, LevelResult{Card: card.Name, Title: card.Title, Least: least, Last: !given})
	}
}

// settingOf is the day and the regions for which dated rules are looked at.
func settingOf(tree *unit.Tree, code string, p period.Period, switches map[string]bool) standard.Setting {
	setting := standard.Setting{On: indicator.Day(p), Switches: switches}
	for n, known := tree.Number(code); known && n >= 0; n = tree.Parent(n) {
		setting.Regions = append(setting.Regions, tree.At(n).Code)
	}
	return setting
}
