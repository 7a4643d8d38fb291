package whatif

import (
	"context"
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of what is shown of an answer; the export holds all of it.
const (
	maxMoved   = 20
	maxTurned  = 20
	maxSchools = 20
	maxReason  = 40 // characters of why there is no figure
)

// result is what the changes do, laid beside the facts.
type result struct {
	Before, After               *round.Outcome
	VerdictBefore, VerdictAfter standard.Verdict
	Requirements                count              // those of the unit itself that are not met
	Schools                     count              // units below in which something is not met
	Cost                        count              // money lacking, in yuan
	Costed                      bool               // the pack gives costs
	Turned                      []round.Difference // of the unit itself: verdicts
	Moved                       []round.Difference // of the unit itself: figures, without coefficients
	Coefficients                []round.Difference // of the unit itself, also those that stay
	Lacking                     []round.Difference // of the unit itself: what is lacking
	Below                       []schoolChange
}

// count is a number before and after.
type count struct{ Before, After float64 }

// schoolChange is one unit below with the verdicts that change.
type schoolChange struct {
	Code, Name string
	Turned     []round.Difference
}

// all tells of a unit that is judged only on one side, such as a school that merges into another one.
func (s schoolChange) all() (bool, string) {
	before, after := true, true
	for _, d := range s.Turned {
		before = before && sideVerdict(d.Before) == standard.Not
		after = after && sideVerdict(d.After) == standard.Not
	}
	if before {
		return true, "whatif.school_new"
	}
	return after, "whatif.school_gone"
}

// evaluate answers a desk: faults when a change cannot be made.
func (p *Pages) evaluate(ctx context.Context, d *desk) (*result, error) {
	before, err := p.desk.Evaluate(ctx, d.question())
	if err != nil {
		return nil, err
	}
	after := before
	if len(d.List) > 0 && len(d.Faults) == 0 {
		after, err = p.desk.Evaluate(ctx, d.question(changesOf(d.List)...))
		if faults := fault.Of(err); len(faults) > 0 {
			d.refuse(placed(faults))
			after = before
		} else if err != nil {
			return nil, err
		}
	}
	return compare(before, after, d.Standing.Unit.Code), nil
}

// refuse notes what the engine says beside the changes it is about.
func (d *desk) refuse(faults fault.List) {
	d.Faults.Add(faults...)
	for k := range d.List {
		for _, one := range faults {
			if one.Place.Column == field(k) {
				d.List[k].Faults.Add(one)
			}
		}
	}
}

func compare(before, after *round.Outcome, code string) *result {
	r := &result{Before: before, After: after, VerdictBefore: before.Verdict(), VerdictAfter: after.Verdict()}
	schools := map[string]int{}
	wrong := [2]map[string]bool{{}, {}}
	for _, d := range round.Compare(before, after) {
		if d.Unit == code {
			r.own(d)
			continue
		}
		for side, line := range []*round.Line{d.Before, d.After} {
			if line != nil && line.Verdict == standard.Fail && isTeaching(before, after, d.Unit) {
				wrong[side][d.Unit] = true
			}
		}
		if !d.Turned || !isTeaching(before, after, d.Unit) {
			continue
		}
		at, known := schools[d.Unit]
		if !known {
			at = len(r.Below)
			schools[d.Unit] = at
			r.Below = append(r.Below, schoolChange{Code: d.Unit, Name: d.UnitName})
		}
		r.Below[at].Turned = append(r.Below[at].Turned, d)
	}
	r.Schools = count{float64(len(wrong[0])), float64(len(wrong[1]))}
	for k := range r.Below {
		slices.SortStableFunc(r.Below[k].Turned, worseFirst)
	}
	slices.SortStableFunc(r.Turned, worseFirst)
	return r
}

// isTeaching tells whether a unit is a school or a kindergarten: a township turns when one of its schools does.
func isTeaching(before, after *round.Outcome, code string) bool {
	for _, o := range []*round.Outcome{before, after} {
		if row, known := o.Space().Row(code); known {
			return o.Space().Unit(row).Kind.Teaches()
		}
	}
	return false
}

// own sorts a line of the unit itself.
func (r *result) own(d round.Difference) {
	for side, line := range []*round.Line{d.Before, d.After} {
		if line == nil {
			continue
		}
		cost, costed := 0.0, false
		if line.Lacks {
			cost, costed = line.Shortfall.Cost.Number()
		}
		r.Costed = r.Costed || costed
		if side == 0 {
			r.Cost.Before += cost
			r.Requirements.Before += one(line.Verdict == standard.Fail)
		} else {
			r.Cost.After += cost
			r.Requirements.After += one(line.Verdict == standard.Fail)
		}
	}
	if d.Turned && !(sideVerdict(d.Before) == standard.Not && sideVerdict(d.After) == standard.Not) {
		r.Turned = append(r.Turned, d)
	}
	switch {
	case isCoefficient(d):
		r.Coefficients = append(r.Coefficients, d)
	case moves(d):
		r.Moved = append(r.Moved, d)
	}
	if lackKey(d.Before) != lackKey(d.After) {
		r.Lacking = append(r.Lacking, d)
	}
}

func one(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

func sideVerdict(line *round.Line) standard.Verdict {
	if line == nil {
		return standard.Not
	}
	return line.Verdict
}

// isCoefficient tells a figure that is judged and names which form of a statistic it is. Forms that are there only to be compared
// are figures like others.
func isCoefficient(d round.Difference) bool {
	line := either(d)
	return line.HasValue && line.Variant.Chinese != "" && line.Comparator != ""
}

// either is the line after, or before where there is none after.
func either(d round.Difference) *round.Line {
	if d.After != nil {
		return d.After
	}
	return d.Before
}

// moves tells whether a figure is another one.
func moves(d round.Difference) bool {
	if !either(d).HasValue || either(d).Logical {
		return false
	}
	if d.Before == nil || d.After == nil {
		return true
	}
	return !d.Before.Value.Equal(d.After.Value) || !d.Before.Threshold.Equal(d.After.Threshold)
}

// worseFirst puts what is no longer met before what is met now.
func worseFirst(a, b round.Difference) int {
	return int(sideVerdict(b.After)) - int(sideVerdict(a.After))
}

// lackKey is what is lacking, for comparing.
func lackKey(line *round.Line) string {
	if line == nil || !line.Lacks {
		return ""
	}
	return line.Shortfall.Amount.Text(message.Chinese)
}

// figureCell is the value of a line, or that there is none with the reason below.
func figureCell(ctx context.Context, o *round.Outcome, line, other *round.Line) shell.Cell {
	if line != nil && !line.Value.Known() {
		return shell.Cell{Text: text(ctx, "whatif.no_value"), Note: brief(o.ReasonText(line.Value, language(ctx)), maxReason)}
	}
	return shell.Cell{Text: figure(ctx, o, line, other)}
}

// figure writes the value of a line, its reason where there is none. other is the value on the other side: where both would look
// the same although they differ, more decimals are shown.
func figure(ctx context.Context, o *round.Outcome, line, other *round.Line) string {
	if line == nil {
		return text(ctx, "whatif.absent")
	}
	value, known := line.Value.Number()
	if !known {
		return o.ReasonText(line.Value, language(ctx))
	}
	if line.Logical {
		if value != 0 {
			return text(ctx, "whatif.yes")
		}
		return text(ctx, "whatif.no")
	}
	decimals := line.Decimals
	if other != nil {
		if second, has := other.Value.Number(); has && second != value {
			for decimals < line.Decimals+4 && shell.Number(value, decimals) == shell.Number(second, decimals) {
				decimals++
			}
		}
	}
	return shell.Number(value, decimals)
}

// changeText writes by how much a figure moves.
func changeText(d round.Difference) string {
	change, known := d.Change.Number()
	if !known || change == 0 {
		return ""
	}
	decimals := either(d).Decimals
	for decimals < either(d).Decimals+4 && shell.Number(change, decimals) == "0" {
		decimals++
	}
	return shell.SignedNumber(change, decimals)
}

// limit writes the threshold of a line with its comparator.
func limit(ctx context.Context, line *round.Line) string {
	if line == nil || line.Comparator == "" || line.Comparator == pack.Holds {
		return ""
	}
	value, known := line.Threshold.Number()
	if !known {
		return ""
	}
	return text(ctx, "whatif.compare."+string(line.Comparator), message.Args{"value": shell.Number(value, 4)})
}

// lack writes what a line lacks.
func lack(ctx context.Context, line *round.Line) string {
	if line == nil || !line.Lacks {
		return text(ctx, "whatif.lacks_nothing")
	}
	return shell.AmountText(ctx, line.Shortfall, line.Decimals)
}

// title names a line: code and title, with the stage.
func title(ctx context.Context, d round.Difference) string {
	return withStage(ctx, d.Title.In(language(ctx)), d.Stage)
}

// code is the code of the official list, "" where a line has only its name.
func code(d round.Difference) string {
	if d.Code == d.Name {
		return ""
	}
	return d.Code
}

// unitOf is the measure of a line.
func unitOf(ctx context.Context, d round.Difference) string {
	return shell.MeasureText(language(ctx), either(d).Measure)
}

// headline says in one sentence what the changes do to the unit.
func (r *result) headline(ctx context.Context, d *desk) string {
	args := message.Args{"unit": d.Standing.Unit.Name, "pack": d.Pack.Title.In(language(ctx)), "before": verdictWord(ctx, r.VerdictBefore),
		"after": verdictWord(ctx, r.VerdictAfter), "count": strconv.Itoa(len(d.List)), "turned": strconv.Itoa(len(r.Turned)), "schools": strconv.Itoa(len(r.Below))}
	switch {
	case len(d.List) == 0:
		return text(ctx, "whatif.headline.none", args)
	case r.VerdictBefore != r.VerdictAfter:
		return text(ctx, "whatif.headline.turned", args)
	case len(r.Turned) == 0 && len(r.Below) == 0:
		return text(ctx, "whatif.headline.still", args)
	}
	return text(ctx, "whatif.headline.moved", args)
}

// stagesOf are the stages of a standard as the form for thresholds offers them.
func stagesOf(s *pack.Standard) []unit.Stage { return standard.Stages(s) }

// statusOf shows a verdict; a line that is not there, or that judges nothing, in words.
func statusOf(line *round.Line) (shell.Condition, bool) {
	if v := sideVerdict(line); v != standard.Not {
		return shell.VerdictCondition(v), true
	}
	return "", false
}
