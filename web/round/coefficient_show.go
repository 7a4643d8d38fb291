package round

import (
	"net/http"
	"slices"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxBars is the most schools of the chart; the table holds all of them.
const maxBars = 30

// coefficient is one difference coefficient with what each school contributes.
type coefficient struct {
	*asked
	round.Explanation
	indicator *pack.Indicator
	stage     unit.Stage
	all       []*pack.Indicator
}

// Coefficient shows how much each school contributes to a difference coefficient.
func (p *Pages) Coefficient(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	c, ok := a.coefficientOf(r)
	if !ok {
		return shell.NotFound
	}
	title := a.text("round.coefficient.title")
	if format := r.URL.Query().Get("format"); c.indicator != nil && (format == "csv" || format == "xlsx") {
		return a.send(w, c.grid(), c.titleOf(c.indicator.Title, c.stage), format)
	}
	page := shell.ChartFiles(a.page(title))
	page.Lead, page.Trail = a.text("round.coefficient.lead"), a.trail()
	if len(c.Contributions) > 0 {
		page.Actions = a.exportButtons(c.here(c.indicator, c.stage))
	}
	return shell.Render(w, r, http.StatusOK, page, coefficientShow(c))
}

// coefficientOf reads which coefficient is asked for: by name or official number, and stage.
func (a *asked) coefficientOf(r *http.Request) (coefficient, bool) {
	query := r.URL.Query()
	c := coefficient{asked: a, all: a.coefficients(), stage: unit.Stage(query.Get("stage"))}
	name, code := query.Get("name"), query.Get("code")
	for _, i := range a.outcome.Scope().Pack.Indicators {
		if name != "" && i.Name == name || name == "" && code != "" && i.Code == code {
			c.indicator = i
		}
	}
	if c.indicator == nil && (name != "" || code != "") {
		return c, false
	}
	if c.indicator == nil && len(c.all) > 0 {
		c.indicator = c.all[0]
	}
	if c.indicator == nil {
		return c, true
	}
	stages := c.indicator.Stages
	if c.stage == "" && len(stages) > 0 {
		c.stage = stages[0]
	}
	if c.stage != "" && !slices.Contains(stages, c.stage) {
		return c, false
	}
	c.Explanation, _ = a.outcome.Explain(c.indicator.Name, a.standing.Unit.Code, c.stage)
	c.Silent = slices.DeleteFunc(c.Silent, func(silent round.Silent) bool { return a.strange(c.indicator, silent.Place) })
	return c, true
}

func (c coefficient) here(i *pack.Indicator, stage unit.Stage) string {
	return c.address("/round/coefficient", "name", i.Name, "stage", string(stage))
}

func (c coefficient) chips() []shell.Chip {
	var chips []shell.Chip
	for _, i := range c.all {
		chip := shell.Chip{Label: i.Title.In(c.language), Current: i == c.indicator, Address: c.here(i, c.stage)}
		chips = append(chips, chip)
	}
	return chips
}

func (c coefficient) stageChips() []shell.Chip {
	var chips []shell.Chip
	for _, stage := range c.indicator.Stages {
		chips = append(chips, shell.Chip{Label: c.stageText(stage), Current: stage == c.stage, Address: c.here(c.indicator, stage)})
	}
	return chips
}

// sentence says value, threshold, and who weighs most.
func (c coefficient) sentence() string {
	l := c.Explanation.Line
	args := message.Args{"title": c.titleOf(l.Title, c.stage), "value": c.valueText(l), "threshold": c.thresholdText(l), "verdict": c.text(l.Verdict.Key())}
	text := c.text("round.coefficient.sentence", args)
	if len(c.Contributions) < 2 {
		return text
	}
	first := c.Contributions[0]
	return text + c.text("round.coefficient.first", message.Args{"unit": c.placeName(first.Place), "percent": shell.Number(first.Percent, 1),
		"without": shell.Number(first.Without, l.Decimals), "lifted": shell.Number(first.Lifted, l.Decimals)})
}

func (c coefficient) figures() []shell.Figure {
	l := c.Explanation.Line
	figures := []shell.Figure{{Label: c.text("round.coefficient.value"), Value: c.valueText(l), Note: l.Variant.In(c.language), Address: c.lineAddress(l)}}
	if l.Comparator != "" {
		figures = append(figures, shell.Figure{Label: c.text("round.column.threshold"), Value: c.thresholdText(l), Note: c.stageText(c.stage)})
	}
	decimals := 2
	return append(figures, shell.Figure{Label: c.text("round.line.deviation"), Value: c.figureText(l.Numerator, decimals)},
		shell.Figure{Label: c.text("round.line.mean"), Value: c.figureText(l.Denominator, decimals)},
		shell.Figure{Label: c.text("round.column.coverage"), Value: c.text("round.coefficient.schools", message.Args{"reported": l.Coverage.Reported, "expected": l.Coverage.Expected})})
}

func (a *asked) figureText(v measure.Value, decimals int) string {
	number, known := v.Number()
	if !known {
		return a.outcome.ReasonText(v, a.language)
	}
	return shell.Number(number, decimals)
}

// chart draws the parts of the schools that weigh most.
func (c coefficient) chart() shell.Chart {
	chart := shell.Chart{ID: "contributions", Kind: shell.ChartBars, Sentence: c.sentence(), Unit: "%", Decimals: 1, Table: c.grid().table(),
		Source: c.text("round.source", message.Args{"pack": c.pack.Title.In(c.language), "version": c.pack.Version})}
	series := shell.Series{Name: c.text("round.coefficient.percent")}
	for k, one := range c.Contributions {
		if k == maxBars {
			break
		}
		chart.Names = append(chart.Names, c.placeName(one.Place))
		chart.Links = append(chart.Links, c.addressOf("/round", one.Place.Unit))
		series.Values = append(series.Values, measure.Of(one.Percent))
		series.Alert = append(series.Alert, k == 0 && len(c.Breakers) > 0)
	}
	chart.Series = []shell.Series{series}
	return chart
}

// grid is the table of the schools, the one that weighs most first.
func (c coefficient) grid() grid {
	l := c.Explanation.Line
	g := grid{caption: c.titleOf(l.Title, c.stage), columns: []gridColumn{{title: c.text("round.schools.school")}, {title: c.text("round.coefficient.of_school"), figures: true},
		{title: c.text("round.coefficient.weight"), figures: true}, {title: c.text("round.coefficient.percent"), unit: "%", figures: true},
		{title: c.text("round.coefficient.without"), figures: true}, {title: c.text("round.coefficient.lifted"), figures: true}},
		count: c.text("round.schools.count", message.Args{"count": len(c.Contributions)})}
	for _, one := range c.Contributions {
		g.rows = append(g.rows, []gridCell{{text: c.placeName(one.Place), address: c.addressOf("/round", one.Place.Unit)}, {text: shell.Number(one.Value, 2)},
			{text: shell.Number(one.Weight, 2)}, {text: shell.Number(one.Percent, 1)}, {text: shell.Number(one.Without, l.Decimals)}, {text: shell.Number(one.Lifted, l.Decimals)}})
	}
	return g
}
