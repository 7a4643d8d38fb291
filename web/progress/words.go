package progress

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/assessment/progress"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// termName says what a column of the model is.
func termName(ctx context.Context, name string) string {
	if cohort, rest, later := strings.Cut(name, "·"); later {
		return text(ctx, "term.cohort", message.Args{"cohort": cohort, "term": termName(ctx, rest)})
	}
	if track, product := strings.CutPrefix(name, progress.Entry+":track:"); product {
		return text(ctx, "term.track_entry", args("track", levelName(ctx, track)))
	}
	if track, is := strings.CutPrefix(name, "track:"); is {
		return text(ctx, "term.track", args("track", levelName(ctx, track)))
	}
	if group, is := strings.CutPrefix(name, "group:"); is {
		return text(ctx, "term.group", args("group", levelName(ctx, group)))
	}
	switch name {
	case progress.One:
		return text(ctx, "term.one")
	case progress.Entry:
		return text(ctx, "term.entry")
	case progress.Mean:
		return text(ctx, "term.mean")
	}
	return name
}

func levelName(ctx context.Context, level string) string {
	if level == "" {
		return text(ctx, "not_told")
	}
	return level
}

// figures are the numbers that stand above the page.
func (v showView) figures(ctx context.Context) []shell.Figure {
	c := v.part.Main.Count()
	all := []shell.Figure{{Label: text(ctx, "counted_schools"), Value: shell.Count(len(v.part.Main.Schools)), Unit: text(ctx, "of_schools")},
		{Label: text(ctx, "counted_pupils"), Value: shell.Count(v.part.Main.Pupils), Unit: text(ctx, "of_pupils")},
		{Label: v.speaker.Standing(progress.Above), Value: shell.Count(c.Above), Unit: text(ctx, "of_schools")},
		{Label: v.speaker.Standing(progress.None), Value: shell.Count(c.None), Unit: text(ctx, "of_schools")},
		{Label: v.speaker.Standing(progress.Below), Value: shell.Count(c.Below), Unit: text(ctx, "of_schools")}}
	if c.Small > 0 {
		all = append(all, shell.Figure{Label: v.speaker.Standing(progress.Small), Value: shell.Count(c.Small), Unit: text(ctx, "of_schools")})
	}
	if !v.Sight.All {
		return all[:0]
	}
	return all
}

// certificate says in facts by what the part was computed and that the solution is one.
func (v showView) certificate(ctx context.Context) []shell.Fact {
	e := v.part.Main
	facts := []shell.Fact{{Name: text(ctx, "fact.population"), Text: text(ctx, "population."+string(v.Study.Population))},
		{Name: text(ctx, "fact.structure"), Text: text(ctx, "structure."+string(v.Study.Structure))},
		{Name: text(ctx, "fact.company"), Text: text(ctx, yes(e.Company))}}
	if !e.FixedSchools {
		facts = append(facts, shell.Fact{Name: text(ctx, "fact.variance"), Text: text(ctx, "variance", message.Args{"school": shell.Number(e.SchoolVariance[0], 2), "pupil": shell.Number(e.PupilVariance, 2)})},
			shell.Fact{Name: text(ctx, "fact.likelihood"), Text: shell.Number(e.LogLikelihood, 4)},
			shell.Fact{Name: text(ctx, "fact.certificate"), Text: text(ctx, "certificate", message.Args{"gradient": shell.Number(steepest(e.Certificate.Gradient), 6), "starts": e.Certificate.Starts,
				"points": e.Certificate.Uncertainty, "boundary": message.Word("progress.page." + yes(e.Certificate.Boundary))})},
			shell.Fact{Name: text(ctx, "fact.seed"), Body: digest(seedText(v.Result.Seed))})
	}
	if len(e.Dropped) > 0 {
		facts = append(facts, shell.Fact{Name: text(ctx, "fact.dropped"), Text: strings.Join(e.Dropped, ", ")})
	}
	return append(facts, shell.Fact{Name: text(ctx, "fact.packs"), Body: digest(strings.Join(v.Result.Packs, ", "))},
		shell.Fact{Name: text(ctx, "fact.engine"), Text: v.Result.Engine}, shell.Fact{Name: text(ctx, "fact.digest"), Body: digest(v.Kept.Digest)})
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func steepest(gradient []float64) float64 {
	most := 0.0
	for _, g := range gradient {
		most = max(most, g, -g)
	}
	return most
}

// withoutOptions are the schools that can be left out.
func (v showView) withoutOptions(ctx context.Context) []shell.Option {
	all := []shell.Option{{Label: text(ctx, "choose")}}
	for _, one := range v.part.Main.Schools {
		all = append(all, shell.Option{Value: one.Unit, Label: unitName(ctx, one.Unit)})
	}
	return all
}

func (v showView) withOptions(ctx context.Context) []shell.Option {
	all := []shell.Option{{Label: text(ctx, "choose")}}
	for _, one := range v.others {
		all = append(all, shell.Option{Value: one.ID, Label: one.Name})
	}
	return all
}

func (v showView) whatUnit() string {
	if v.what == nil {
		return ""
	}
	return v.what.unit
}

func (v showView) withStudy() string {
	if v.with == nil {
		return ""
	}
	return v.with.study.ID
}

// own are the effects that a school's page shows: that school in the part.
func (v showView) own() []progress.Effect {
	if one, known := v.part.Main.Effect(v.unit); known {
		return []progress.Effect{one}
	}
	return nil
}

// results are the frozen results of the study, the newest first.
func (v showView) results(ctx context.Context) []shell.Chip {
	var chips []shell.Chip
	for _, one := range v.All {
		chips = append(chips, shell.Chip{Label: shell.Moment(ctx, one.At), Address: v.address("result", one.ID), Current: one.ID == v.Kept.ID})
	}
	return chips
}

// schoolChips are the parts on a school's own page.
func (v showView) schoolChips(ctx context.Context) []shell.Chip {
	chips := v.partChips(ctx)
	for n := range chips {
		separator := "?"
		if strings.Contains(chips[n].Address, "?") {
			separator = "&"
		}
		chips[n].Address += separator + unitPart + "=" + v.unit
	}
	return chips
}

// ownConventional are the conventional figures of one school.
func (v showView) ownConventional(ctx context.Context) shell.Table {
	some := slices.Concat(moves, means, conventional)
	if v.Result.Line != "" {
		some = append(some, atLine...)
	}
	return v.table(ctx, text(ctx, "conventional"), some, []string{v.unit})
}
