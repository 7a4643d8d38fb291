package indicator

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of a pivot.
const (
	maxIndicators = 20
	maxPeriods    = 24
	maxCells      = 60_000
)

// pivotAsk is what the address of a pivot asks for.
type pivotAsk struct {
	names   []string
	periods []period.Period
	level   string
}

// pivotColumn is one indicator for a stage.
type pivotColumn struct {
	indicator *pack.Indicator
	stage     unit.Stage
	title     string
	logical   bool
}

// pivotRow is one unit; figures are those of each column, period by period.
type pivotRow struct {
	code, name string
	figures    []round.Figure
}

// pivot is several indicators in several periods for the units of one level, with the unit above them as the last row: the
// same formula over totals.
type pivot struct {
	pivotAsk
	standing shell.Standing
	columns  []pivotColumn
	rows     []pivotRow
	total    pivotRow
	outcome  *round.Outcome
}

// pivotAskOf reads an address. Errors: a fault.List with every indicator and period that is not known, and with too many.
func (p *Pages) pivotAskOf(query url.Values, standing shell.Standing) (pivotAsk, error) {
	ask := pivotAsk{level: query.Get("level")}
	var faults fault.List
	for _, name := range query["name"] {
		if _, known := p.desk.Scope().Indicator(name); !known {
			faults.Add(fault.New("indicator.pivot_unknown", message.Args{"name": shortened(name)}))
		} else if !slices.Contains(ask.names, name) {
			ask.names = append(ask.names, name)
		}
	}
	for _, text := range query["at"] {
		one, ok := period.Parse(text)
		if !ok {
			faults.Add(fault.New("indicator.pivot_period", message.Args{"period": shortened(text)}))
		} else if !slices.Contains(ask.periods, one) {
			ask.periods = append(ask.periods, one)
		}
	}
	if len(ask.names) > maxIndicators {
		faults.Add(fault.New("indicator.pivot_names", message.Args{"count": len(ask.names), "limit": maxIndicators}))
	}
	if len(ask.periods) > maxPeriods {
		faults.Add(fault.New("indicator.pivot_periods", message.Args{"count": len(ask.periods), "limit": maxPeriods}))
	}
	if len(ask.periods) == 0 {
		ask.periods = []period.Period{standing.Period}
	}
	slices.SortStableFunc(ask.periods, func(a, b period.Period) int { return strings.Compare(a.String(), b.String()) })
	return ask, faults.Err()
}

// shortened is the beginning of a text of an address.
func shortened(text string) string {
	if letters := []rune(text); len(letters) > maxText {
		return string(letters[:maxText]) + "…"
	}
	return text
}

// pivotOf computes a pivot. Errors: a fault when there are too many cells.
func (p *Pages) pivotOf(ctx context.Context, standing shell.Standing, ask pivotAsk) (*pivot, error) {
	v := &pivot{pivotAsk: ask, standing: standing}
	if len(ask.names) == 0 {
		return v, nil
	}
	var packs []string
	for _, name := range ask.names {
		i, _ := p.desk.Scope().Indicator(name)
		if !slices.Contains(packs, i.Pack) {
			packs = append(packs, i.Pack)
		}
		for _, stage := range stagesOf(i) {
			v.columns = append(v.columns, pivotColumn{indicator: i, stage: stage, title: columnTitle(ctx, i, stage)})
		}
	}
	var questions []round.Question
	for _, name := range packs {
		for _, at := range ask.periods {
			questions = append(questions, round.Question{Pack: name, Period: at})
		}
	}
	outcomes, err := p.desk.Look(ctx, questions...)
	if err != nil {
		return nil, err
	}
	v.outcome = outcomes[0]
	return v, v.fill(ctx, packs, outcomes)
}

func columnTitle(ctx context.Context, i *pack.Indicator, stage unit.Stage) string {
	title := i.Title.In(shell.From(ctx).Language)
	if stage == "" {
		return title
	}
	return shell.Text(ctx, "indicator.section", message.Args{"name": title, "stage": stageText(ctx, stage)})
}

// fill reads every figure, column by column; columns that say nothing about any of the units are left out, and so are such
// units.
func (v *pivot) fill(ctx context.Context, packs []string, outcomes []*round.Outcome) error {
	space := v.outcome.Space()
	row, known := space.Row(v.standing.Unit.Code)
	if !known {
		return shell.NotFound
	}
	if !slices.Contains(levels(space, row), unit.Kind(v.level)) {
		v.level = ""
	}
	rows := append(below(space, row, v.level), row)
	if cells := len(rows) * len(v.columns) * len(v.periods); cells > maxCells {
		return fault.New("indicator.pivot_large", message.Args{"cells": cells, "limit": maxCells})
	}
	all := make([][]round.Figure, 0, len(v.columns)*len(v.periods))
	var columns []pivotColumn
	for _, column := range v.columns {
		at := slices.Index(packs, column.indicator.Pack) * len(v.periods)
		var figures [][]round.Figure
		speaks := false
		for _, outcome := range outcomes[at : at+len(v.periods)] {
			some := outcome.FiguresOf(column.indicator, column.stage, rows)
			speaks = speaks || slices.ContainsFunc(some, func(f round.Figure) bool { return f.Speaks })
			figures = append(figures, some)
		}
		if speaks {
			column.logical = v.outcome.Logical(column.indicator)
			columns, all = append(columns, column), append(all, figures...)
		}
	}
	v.columns = columns
	for k, number := range rows {
		one := pivotRow{code: space.Unit(number).Code, name: unitName(ctx, space.Unit(number)), figures: make([]round.Figure, len(all))}
		speaks := false
		for c := range all {
			one.figures[c] = all[c][k]
			speaks = speaks || all[c][k].Speaks
		}
		switch {
		case k == len(rows)-1:
			v.total = one
		case speaks:
			v.rows = append(v.rows, one)
		}
	}
	return nil
}

// column returns the column and period of a place in the figures of a row.
func (v *pivot) column(place int) (pivotColumn, period.Period) {
	return v.columns[place/len(v.periods)], v.periods[place%len(v.periods)]
}
