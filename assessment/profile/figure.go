package profile

import (
	"context"
	"slices"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// column is one figure in all schools of the stage, in their order, with its spread.
type column struct {
	values []measure.Value
	spread Spread
	down   bool
}

// indicator adds the figure of an indicator; one that does not concern the stage is left out.
func (m *making) indicator(ctx context.Context, side *pack.ProfileSide, name string, add func(Figure, column)) error {
	i, _ := m.set.Closure(m.view.Profile.Pack).Indicator(name)
	stage := m.Stage
	switch {
	case len(i.Stages) == 0:
		stage = ""
	case !slices.Contains(i.Stages, stage):
		return nil
	}
	f := Figure{Name: name, Title: i.Title, Measure: i.Measure, Decimals: i.Decimals, Source: i.Source, Address: "/indicator/" + name,
		Down: i.Direction == pack.Down || i.Direction == pack.Neutral && side.Cost}
	c := column{down: f.Down}
	periods := m.periods[i.Every]
	var values [][]measure.Value
	chosen := -1
	for k, p := range periods {
		values = append(values, m.valuesOf(i, stage, m.outcomes[p]))
		if len(numbersOf(values[k])) > 0 {
			chosen = k
		}
	}
	if chosen < 0 {
		f.Value = measure.MissingFor(name)
		f.Reason = textOf("profile.never", nil)
		err := m.ledgers(ctx, &f, i)
		add(f, c)
		return err
	}
	f.Period, c.values = periods[chosen], values[chosen]
	outcome := m.outcomes[f.Period]
	m.fill(&f, i, stage, outcome)
	for _, p := range periods[:chosen+1] {
		value := m.valueOf(i, stage, m.outcomes[p])
		if m.small(i, stage, m.outcomes[p]) {
			value = measure.MissingFor(name)
		}
		if len(f.Trend) > 0 || value.Known() { // it begins with the first period that is known
			f.Trend = append(f.Trend, Point{Label: pack.Text{Chinese: p.Text(message.Chinese), English: p.Text(message.English)}, Value: value})
		}
	}
	c.spread = spreadOf(c.values, m.view.Share, m.least)
	m.compare(&f, c)
	if err := m.ledgers(ctx, &f, i); err != nil {
		return err
	}
	add(f, c)
	return nil
}

// valuesOf are the values of all schools of the stage.
func (m *making) valuesOf(i *pack.Indicator, stage unit.Stage, outcome *round.Outcome) []measure.Value {
	rows, values := make([]int, 0, len(m.schools)), make([]measure.Value, len(m.schools))
	var at []int
	for k, code := range m.schools {
		values[k] = measure.MissingFor(i.Name)
		if row, known := outcome.Space().Row(code); known {
			rows, at = append(rows, row), append(at, k)
		}
	}
	for k, figure := range outcome.ValuesOf(i, stage, rows) {
		if figure.Speaks {
			values[at[k]] = figure.Value
		}
	}
	return values
}

func (m *making) valueOf(i *pack.Indicator, stage unit.Stage, outcome *round.Outcome) measure.Value {
	line, says := outcome.LineOf(i, stage, m.view.Unit.Code)
	if !says {
		return measure.MissingFor(i.Name)
	}
	if value, some := m.partial(i, stage, outcome); some {
		return value
	}
	return line.Value
}

// partial is the value of a county over the schools that reported, where some did not.
func (m *making) partial(i *pack.Indicator, stage unit.Stage, outcome *round.Outcome) (measure.Value, bool) {
	row, known := outcome.Space().Row(m.view.Unit.Code)
	if !known || m.at >= 0 {
		return measure.Value{}, false
	}
	return outcome.Partial(i.Name, stage, row)
}

// fill reads value, verdict, reason and silence of the unit.
func (m *making) fill(f *Figure, i *pack.Indicator, stage unit.Stage, outcome *round.Outcome) {
	line, says := outcome.LineOf(i, stage, m.view.Unit.Code)
	if !says {
		f.Value, f.Reason = measure.MissingFor(i.Name), textOf("profile.not_spoken", nil)
		return
	}
	f.Value, f.Verdict = line.Value, line.Verdict
	if explained, known := outcome.Explain(i.Name, m.view.Unit.Code, stage); known && !f.Value.Known() {
		for _, silent := range explained.Silent {
			f.Silent = append(f.Silent, silent.Name)
		}
		f.Silent = slices.Compact(f.Silent)
	}
	if !f.Value.Known() {
		f.Reason = pack.Text{Chinese: outcome.ReasonText(f.Value, message.Chinese), English: outcome.ReasonText(f.Value, message.English)}
		if f.Value.Reason().Kind == measure.Missing && m.at >= 0 {
			f.Silent = []string{m.view.Unit.Name}
		}
		if partial, some := m.partial(i, stage, outcome); some {
			f.Value, f.Partial = partial, true
		}
	}
	if m.small(i, stage, outcome) {
		f.Hidden, f.Value, f.Verdict = true, measure.MissingFor(i.Name), standard.Unknown
		f.Reason = textOf("profile.small", message.Args{"least": m.view.Least})
	}
}

// pupilsMeasure is how packs write what counts pupils.
const pupilsMeasure = "学生"

// small tells whether the figure rests on fewer pupils than may be shown to this viewer. The school itself knows its pupils.
func (m *making) small(i *pack.Indicator, stage unit.Stage, outcome *round.Outcome) bool {
	line, says := outcome.LineOf(i, stage, m.view.Unit.Code)
	if m.own || !says || !line.Divides {
		return false
	}
	below, known := line.Denominator.Number()
	if !known || below <= 0 || below >= float64(m.view.Least) {
		return false
	}
	explained, _ := outcome.Explain(i.Name, m.view.Unit.Code, stage)
	return slices.ContainsFunc(explained.Parts, func(p round.Part) bool { return p.Measure.Text(message.Chinese) == pupilsMeasure })
}

// compare lays a figure beside those of the other schools.
func (m *making) compare(f *Figure, c column) {
	f.Spread = c.spread
	if m.at < 0 || f.Hidden {
		return
	}
	f.Band = c.spread.band(f.Value, c.down)
	if c.spread.Known {
		f.Standing, f.Stands = standing(f.Value, c.values, c.down)
	}
}

// ledgers tells which registers are behind a figure and when the unit wrote into them for the period.
func (m *making) ledgers(ctx context.Context, f *Figure, i *pack.Indicator) error {
	for _, name := range m.rounds.Registers(i) {
		r, known := m.set.Everything().Register(name)
		if !known {
			continue
		}
		query := register.Query{Under: m.view.Unit.Code}
		if r.Every != 0 {
			query.Period = f.Period
			if f.Period.Kind != r.Every {
				query.Period = period.Period{}
			}
		}
		units, err := m.store.RegisterUnits(ctx, r, query)
		if err != nil {
			return err
		}
		ledger := Ledger{Name: name, Title: r.Title}
		for _, reports := range units {
			if ledger.Last.Before(reports.Last) {
				ledger.Last = reports.Last
			}
		}
		f.Ledgers = append(f.Ledgers, ledger)
	}
	return nil
}

func textOf(key string, args message.Args) pack.Text {
	return pack.Text{Chinese: message.Text(message.Chinese, key, args), English: message.Text(message.English, key, args)}
}
