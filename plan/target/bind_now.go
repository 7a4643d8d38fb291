package target

import (
	"context"
	"math"

	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/round"
	"jiaoheng/unit"
)

// lookBack is how many periods back the latest value is looked for.
const lookBack = 3

// Source is where values come from.
type Source struct {
	Kind  SourceKind
	Name  string
	Stage string
}

// SourceOf returns the source of a binding.
func (b Binding) SourceOf() Source { return Source{b.Kind, b.Name, b.Stage} }

// Now is the latest value of a source in a unit. Without a period nothing was ever reported.
type Now struct {
	Period   period.Period
	Value    measure.Value
	Measure  measure.Measure
	Decimals int
	Logical  bool
	Stage    unit.Stage // the weakest one, where the source is told by stages and none was chosen
	Coverage indicator.Coverage
	Covered  bool // Coverage says something
	outcome  *round.Outcome
}

// Text writes the value with its measure, or why there is none.
func (n Now) Text(language message.Language) string {
	number, known := n.Value.Number()
	switch {
	case !known:
		return n.outcome.ReasonText(n.Value, language)
	case n.Logical:
		return message.Text(language, map[bool]string{true: "target.bind.yes", false: "target.bind.no"}[number != 0], nil)
	case n.Measure.Pure() && n.Measure.Scale() == 1:
		return n.figure(number)
	}
	return message.Text(language, "plan.value.equal", message.Args{"value": n.figure(number), "unit": n.Measure.Text(language)})
}

// figure writes a number with at most the decimals of the indicator.
func (n Now) figure(number float64) string {
	scale := math.Pow10(n.Decimals)
	return plan.Thousands(plan.FormatNumber(math.Round(number*scale) / scale))
}

// Latest returns what indicators and items show now in the unit with a code: the value of the latest period that has one, else
// what the latest period says. Other kinds of sources are left out. All values are of the same facts.
func Latest(ctx context.Context, desk *round.Desk, code string, sources []Source) (map[Source]Now, error) {
	latest := map[Source]Now{}
	for back := range lookBack {
		var asked []round.Question
		at := map[string]int{}
		var of []Source
		var which []int
		for _, s := range sources {
			if held, known := latest[s]; known && held.Value.Known() {
				continue
			}
			question, ok, err := questionOf(ctx, desk, s, back)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			key := question.Pack + "|" + question.Period.String()
			if _, begun := at[key]; !begun {
				at[key] = len(asked)
				asked = append(asked, question)
			}
			of, which = append(of, s), append(which, at[key])
		}
		if len(asked) == 0 {
			return latest, nil
		}
		outcomes, err := desk.Look(ctx, asked...)
		if err != nil {
			return nil, err
		}
		for k, s := range of {
			now, speaks := s.read(desk.Scope(), outcomes[which[k]], asked[which[k]].Period, code)
			if _, known := latest[s]; speaks && (!known || now.Value.Known()) {
				latest[s] = now
			}
		}
	}
	return latest, nil
}

// questionOf returns what is to be asked for a source so many periods back.
func questionOf(ctx context.Context, desk *round.Desk, s Source, back int) (round.Question, bool, error) {
	var in string
	var every period.Kind
	switch s.Kind {
	case FromIndicator:
		i, known := desk.Scope().Indicator(s.Name)
		if !known {
			return round.Question{}, false, nil
		}
		in, every = i.Pack, i.Every
	case FromRegister:
		item, known := desk.Scope().Item(s.Name)
		if !known {
			return round.Question{}, false, nil
		}
		if in, every = item.Register.Pack, item.Every; every == 0 {
			every = item.Register.Every
		}
	default:
		return round.Question{}, false, nil
	}
	if every == 0 {
		every = period.Year
	}
	periods, err := desk.Periods(ctx, every)
	if err != nil || back >= len(periods) {
		return round.Question{}, false, err
	}
	return round.Question{Pack: in, Period: periods[len(periods)-1-back]}, true, nil
}

func (s Source) read(scope *pack.Scope, outcome *round.Outcome, at period.Period, code string) (Now, bool) {
	now := Now{Period: at, outcome: outcome}
	if s.Kind == FromRegister {
		item, _ := scope.Item(s.Name)
		row, known := outcome.Space().Row(code)
		if !known {
			return now, false
		}
		now.Value, now.Measure = outcome.ItemsOf(s.Name, unit.Stage(s.Stage), []int{row})[0], item.Measure
		return now, true
	}
	i, _ := scope.Indicator(s.Name)
	line, stage, speaks := weakestLine(outcome, i, unit.Stage(s.Stage), code)
	if !speaks {
		return now, false
	}
	now.Value, now.Measure, now.Decimals, now.Logical, now.Stage = line.Value, line.Measure, line.Decimals, line.Logical, stage
	now.Coverage, now.Covered = line.Coverage, line.Coverage.Expected > 0
	return now, true
}

// weakestLine returns the line of a stage; where an indicator is told by stages and none is named, that of the stage in which it
// stands worst: what a plan asks of compulsory education it asks of each of its stages.
func weakestLine(outcome *round.Outcome, i *pack.Indicator, stage unit.Stage, code string) (round.Line, unit.Stage, bool) {
	if stage != "" || len(i.Stages) == 0 {
		line, speaks := outcome.LineOf(i, stage, code)
		return line, "", speaks
	}
	var worst round.Line
	var of unit.Stage
	found := false
	for _, one := range i.Stages {
		line, speaks := outcome.LineOf(i, one, code)
		if speaks && (!found || weaker(i.Direction, line.Value, worst.Value)) {
			worst, of, found = line, one, true
		}
	}
	if len(i.Stages) == 1 {
		of = ""
	}
	return worst, of, found
}

// valuesOf is weakestLine for many rows, without judging them.
func valuesOf(outcome *round.Outcome, i *pack.Indicator, stage unit.Stage, rows []int) []round.Figure {
	if stage != "" || len(i.Stages) == 0 {
		return outcome.ValuesOf(i, stage, rows)
	}
	worst := make([]round.Figure, len(rows))
	for _, one := range i.Stages {
		for k, figure := range outcome.ValuesOf(i, one, rows) {
			if figure.Speaks && (!worst[k].Speaks || weaker(i.Direction, figure.Value, worst[k].Value)) {
				worst[k] = figure
			}
		}
	}
	return worst
}

// weaker tells whether a stands worse than b. A value that is missing stands worse than any: without it nobody can say that
// all stages have reached the goal. An indicator without a direction has no weaker value, so the first stage stays.
func weaker(direction pack.Direction, a, b measure.Value) bool {
	x, known := a.Number()
	y, other := b.Number()
	switch {
	case !known || !other:
		return other && !known
	case direction == pack.Down:
		return x > y
	case direction == pack.Up:
		return x < y
	}
	return false
}
