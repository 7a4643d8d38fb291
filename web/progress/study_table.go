package progress

import (
	"context"
	"strconv"

	"jiaoheng/assessment/progress"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// column is one column of the table of schools: the same on the page and in the file.
type column struct {
	key     string
	figures bool
	of      func(v showView, ctx context.Context, e progress.Effect, s progress.School) string
}

func number(decimals int, of func(e progress.Effect, s progress.School) float64) func(showView, context.Context, progress.Effect, progress.School) string {
	return func(_ showView, _ context.Context, e progress.Effect, s progress.School) string {
		return shell.FixedNumber(of(e, s), decimals)
	}
}

func count(of func(s progress.School) int) func(showView, context.Context, progress.Effect, progress.School) string {
	return func(_ showView, ctx context.Context, _ progress.Effect, s progress.School) string {
		if of(s) < 0 {
			return text(ctx, "unknown")
		}
		return shell.Count(of(s))
	}
}

// maxOpen is how long a table may be that stands open.
const maxOpen = 16

// columns are all of them, in order.
var columns = []column{
	{"school", false, func(_ showView, ctx context.Context, e progress.Effect, _ progress.School) string {
		return unitName(ctx, e.Unit)
	}},
	{"standing", false, func(v showView, ctx context.Context, e progress.Effect, _ progress.School) string {
		word := v.speaker.Standing(e.Standing)
		if e.Firm {
			word += text(ctx, "firm")
		}
		return word
	}},
	{"pupils", true, func(_ showView, _ context.Context, e progress.Effect, _ progress.School) string {
		return shell.Count(e.N)
	}},
	{"effect", true, number(1, func(e progress.Effect, _ progress.School) float64 { return e.Effect })},
	{"low", true, number(1, func(e progress.Effect, _ progress.School) float64 { return e.Low })},
	{"high", true, number(1, func(e progress.Effect, _ progress.School) float64 { return e.High })},
	{"effect_sd", true, func(v showView, _ context.Context, e progress.Effect, _ progress.School) string {
		return shell.FixedNumber(e.Effect/v.part.Main.ExitDeviation, 2)
	}},
	{"deviation", true, number(1, func(e progress.Effect, _ progress.School) float64 { return e.Deviation })},
	{"comparative", true, number(1, func(e progress.Effect, _ progress.School) float64 { return e.Comparative })},
	{"reliability", true, number(2, func(e progress.Effect, _ progress.School) float64 { return e.Reliability })},
	{"places", true, func(_ showView, ctx context.Context, e progress.Effect, _ progress.School) string {
		if e.RankLow == 0 {
			return text(ctx, "unknown")
		}
		return text(ctx, "from_to", message.Args{"from": e.RankLow, "to": e.RankHigh})
	}},
	{"other", true, func(v showView, ctx context.Context, e progress.Effect, _ progress.School) string {
		if one, known := v.part.Other.Effect(e.Unit); known {
			return shell.FixedNumber(one.Effect, 1)
		}
		return text(ctx, "unknown")
	}},
	{"raw", true, func(v showView, ctx context.Context, e progress.Effect, _ progress.School) string {
		for _, one := range v.part.Points {
			if one.Unit == e.Unit {
				return shell.FixedNumber(one.Raw, 2)
			}
		}
		return text(ctx, "unknown")
	}},
}

// moves are the columns of who is counted, and those of the conventional figures.
var moves = []column{
	{"sat", true, count(func(s progress.School) int { return s.Sat })},
	{"linked", true, count(func(s progress.School) int { return s.Linked })},
	{"share", true, number(1, func(_ progress.Effect, s progress.School) float64 { return max(0, s.Share()) })},
	{"entered", true, count(func(s progress.School) int { return s.Entered })},
	{"left", true, count(func(s progress.School) int { return s.Left })},
	{"joined", true, count(func(s progress.School) int { return s.Joined })},
}

var means = []column{
	{"entry_mean", true, number(1, func(_ progress.Effect, s progress.School) float64 { return s.EntryMean })},
	{"exit_mean", true, number(1, func(_ progress.Effect, s progress.School) float64 { return s.ExitMean })},
}

var conventional = []column{
	{"entry_rank", true, number(0, func(_ progress.Effect, s progress.School) float64 { return s.EntryRank })},
	{"exit_rank", true, number(0, func(_ progress.Effect, s progress.School) float64 { return s.ExitRank })},
	{"rank_move", true, number(0, func(_ progress.Effect, s progress.School) float64 { return s.RankMove })},
	{"band_up", true, number(1, func(_ progress.Effect, s progress.School) float64 { return s.BandUp })},
	{"band_down", true, number(1, func(_ progress.Effect, s progress.School) float64 { return s.BandDown })},
	{"gain", true, number(2, func(_ progress.Effect, s progress.School) float64 { return s.Gain })},
}

var atLine = []column{
	{"reached", true, count(func(s progress.School) int { return s.Reached })},
	{"expected", true, number(1, func(_ progress.Effect, s progress.School) float64 { return s.Expected })},
	{"completed", true, func(_ showView, ctx context.Context, _ progress.Effect, s progress.School) string {
		if s.Expected == 0 {
			return text(ctx, "unknown")
		}
		return shell.FixedNumber(100*float64(s.Reached)/s.Expected, 1)
	}},
}

// table is a table of schools with columns; the first is always the name.
func (v showView) table(ctx context.Context, caption string, some []column, schools []string) shell.Table {
	t := shell.Table{Caption: caption, Columns: []shell.Column{{Title: text(ctx, "column.school")}}, Count: text(ctx, "schools_count", args("count", len(schools)))}
	for _, c := range some {
		one := shell.Column{Title: v.head(ctx, c)}
		if c.figures {
			one.Align = shell.Figures
		}
		t.Columns = append(t.Columns, one)
	}
	for _, unit := range schools {
		e, _ := v.part.Main.Effect(unit)
		e.Unit = unit
		s, _ := v.Result.School(unit)
		row := []shell.Cell{{Text: unitName(ctx, unit), Written: true}}
		if v.unit == "" {
			row[0].Address = v.address(unitPart, unit)
		}
		for _, c := range some {
			row = append(row, shell.Cell{Text: c.of(v, ctx, e, s)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v showView) head(ctx context.Context, c column) string {
	if c.key == "other" {
		if v.part.Main.Company {
			return text(ctx, "column.type_a")
		}
		return text(ctx, "column.type_b")
	}
	return text(ctx, "column."+c.key)
}

func unitsOf(effects []progress.Effect) []string {
	var all []string
	for _, one := range effects {
		all = append(all, one.Unit)
	}
	return all
}

func (v showView) effectTable(ctx context.Context, effects []progress.Effect) shell.Table {
	return v.table(ctx, partTitle(ctx, v.part), columns[1:], unitsOf(effects))
}

// allUnits are the schools of the result, whether linked or not.
func (v showView) allUnits() []string {
	var all []string
	for _, one := range v.Result.Schools {
		all = append(all, one.Unit)
	}
	return all
}

func (v showView) moveTable(ctx context.Context) shell.Table {
	t := v.table(ctx, text(ctx, "linkage"), moves, v.allUnits())
	if len(t.Rows) > 0 {
		t.Total = []shell.Cell{{Text: v.speaker.Region}}
		for _, c := range moves {
			t.Total = append(t.Total, shell.Cell{Text: c.of(v, ctx, progress.Effect{}, v.Result.County)})
		}
	}
	return t
}

func (v showView) conventionalTable(ctx context.Context) shell.Table {
	some := conventional
	if v.Result.Line != "" {
		some = append(append([]column{}, conventional...), atLine...)
	}
	return v.table(ctx, text(ctx, "conventional"), some, v.allUnits())
}

func (v showView) pointTable(ctx context.Context) shell.Table {
	t := shell.Table{Caption: text(ctx, "way"), Columns: []shell.Column{{Title: text(ctx, "column.school")}, {Title: text(ctx, "column.entry_mean"), Align: shell.Figures},
		{Title: text(ctx, "column.exit_mean"), Align: shell.Figures}, {Title: text(ctx, "column.exit_expected"), Align: shell.Figures}}}
	for _, one := range v.part.Points {
		t.Rows = append(t.Rows, []shell.Cell{{Text: unitName(ctx, one.Unit), Written: true}, {Text: shell.FixedNumber(one.Entry, 1)}, {Text: shell.FixedNumber(one.Exit, 1)}, {Text: shell.FixedNumber(one.Expected, 1)}})
	}
	return t
}

// phaseTable sets the stretches of the way beside one another, in standard deviations.
func (v showView) phaseTable(ctx context.Context, units []string) shell.Table {
	t := shell.Table{Caption: text(ctx, "phases"), Columns: []shell.Column{{Title: text(ctx, "column.school")}}}
	var parts []progress.Part
	for _, phase := range []progress.Phase{progress.First, progress.Second, progress.Whole} {
		if one, known := v.Result.Part(phase, "", ""); known {
			parts = append(parts, one)
			t.Columns = append(t.Columns, shell.Column{Title: text(ctx, "phase."+string(phase)), Unit: text(ctx, "sd")})
		}
	}
	for _, unit := range units {
		row := []shell.Cell{{Text: unitName(ctx, unit), Written: true}}
		for _, one := range parts {
			e, known := one.Main.Effect(unit)
			if !known {
				row = append(row, shell.Cell{Text: text(ctx, "unknown")})
				continue
			}
			sd := one.Main.ExitDeviation
			row = append(row, shell.Cell{Text: shell.FixedNumber(e.Effect/sd, 2), Note: text(ctx, "phase_note", message.Args{"low": shell.FixedNumber(e.Low/sd, 2),
				"high": shell.FixedNumber(e.High/sd, 2), "standing": v.speaker.Standing(e.Standing)})})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// withTable sets the effects alone and over both cohorts beside one another.
func (v showView) withTable(ctx context.Context) shell.Table {
	t := shell.Table{Caption: text(ctx, "with"), Columns: []shell.Column{{Title: text(ctx, "column.school")}, {Title: text(ctx, "column.alone"), Align: shell.Figures},
		{Title: text(ctx, "column.together"), Align: shell.Figures}, {Title: text(ctx, "column.pupils"), Align: shell.Figures}, {Title: text(ctx, "column.standing")}}}
	for _, one := range v.with.estimate.Schools {
		alone := text(ctx, "unknown")
		if e, known := v.Result.Parts[0].Main.Effect(one.Unit); known {
			alone = interval(ctx, e)
		}
		t.Rows = append(t.Rows, []shell.Cell{{Text: unitName(ctx, one.Unit), Written: true}, {Text: alone}, {Text: interval(ctx, one)}, {Text: shell.Count(one.N)}, {Text: v.speaker.Standing(one.Standing)}})
	}
	return t
}

func interval(ctx context.Context, e progress.Effect) string {
	return text(ctx, "interval", message.Args{"effect": shell.FixedNumber(e.Effect, 1), "low": shell.FixedNumber(e.Low, 1), "high": shell.FixedNumber(e.High, 1)})
}

// ruleTable names the numbers that a pack sets, with where it says so.
func (v showView) ruleTable(ctx context.Context) shell.Table {
	t := shell.Table{Caption: text(ctx, "rules"), Columns: []shell.Column{{Title: text(ctx, "column.rule")}, {Title: text(ctx, "column.value"), Align: shell.Figures}, {Title: text(ctx, "column.source")}}}
	for _, one := range v.Result.Rules.All() {
		t.Rows = append(t.Rows, []shell.Cell{{Text: one.Title, Written: true}, {Text: strconv.FormatFloat(one.Value, 'f', -1, 64)},
			{Text: text(ctx, "rule_source", message.Args{"source": one.Source, "clause": one.Clause, "from": one.From}), Note: one.Note, Written: true}})
	}
	return t
}

// inputTable names the exams that were read.
func (v showView) inputTable(ctx context.Context) shell.Table {
	t := shell.Table{Caption: text(ctx, "inputs"), Columns: []shell.Column{{Title: text(ctx, "column.exam")}, {Title: text(ctx, "column.held"), Align: shell.Short},
		{Title: text(ctx, "column.rows"), Align: shell.Figures}, {Title: text(ctx, "column.digest")}}}
	for _, one := range v.Result.Inputs {
		t.Rows = append(t.Rows, []shell.Cell{{Text: one.Name, Address: "/assessment/" + one.Exam, Written: true}, {Text: one.Held}, {Text: shell.Count(one.Pupils)}, {Body: digest(one.Digest)}})
	}
	return t
}

// modelTable are the fixed effects.
func (v showView) modelTable(ctx context.Context) shell.Table {
	t := shell.Table{Caption: text(ctx, "model"), Columns: []shell.Column{{Title: text(ctx, "column.term")}, {Title: text(ctx, "column.estimate"), Align: shell.Figures}, {Title: text(ctx, "column.error"), Align: shell.Figures}}}
	for n, name := range v.part.Main.Columns {
		t.Rows = append(t.Rows, []shell.Cell{{Text: termName(ctx, name)}, {Text: shell.FixedNumber(v.part.Main.Fixed[n], 4)}, {Text: shell.FixedNumber(v.part.Main.Errors[n], 4)}})
	}
	return t
}
