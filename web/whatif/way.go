package whatif

import (
	"context"
	"math"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxOfferedWays is how many suggestions stand beside an answer. Each is tried by the engine before it is offered.
const maxOfferedWays = 4

// maxTried bounds how many suggestions are tried until so many hold.
const maxTried = 8

// way is a suggestion: changes after which a unit meets what it does not meet now.
type way struct {
	Unit     string
	Stage    unit.Stage
	Standard *pack.Standard
	Changes  []round.Change
}

// ways returns suggestions for units that fail a k of n: for each the way with the fewest steps that can be written as changes,
// the units that need least first. Only those are returned after which the engine finds that the unit passes.
func (p *Pages) ways(ctx context.Context, d *desk, answer *result) ([]way, error) {
	if len(d.Faults) > 0 || len(d.List) >= MaxListed {
		return nil, nil
	}
	found := d.candidates(answer.After)
	var held []way
	for _, one := range found[:min(len(found), maxTried)] {
		if len(held) == maxOfferedWays {
			break
		}
		tried, err := p.desk.Evaluate(ctx, d.question(append(changesOf(d.List), one.Changes...)...))
		if len(fault.Of(err)) > 0 {
			continue
		}
		if err != nil {
			return nil, err
		}
		if row, known := tried.Space().Row(one.Unit); known && tried.Standing(one.Standard.Name, one.Stage, row) == standard.Pass {
			held = append(held, one)
		}
	}
	return held, nil
}

// candidates returns one way for each unit that fails, those with the fewest changes first.
func (d *desk) candidates(o *round.Outcome) []way {
	var found []way
	space := o.Space()
	for _, s := range d.Scope.Pack.Standards {
		if s.KofN == nil {
			continue
		}
		for _, stage := range standard.Stages(s) {
			for row := space.Root(); row < space.End(space.Root()); row++ {
				if !slices.Contains(s.Of, space.Unit(row).Kind) || o.Standing(s.Name, stage, row) != standard.Fail {
					continue
				}
				if changes := d.changesFor(o, o.Ways(s.Name, stage, row), space.Unit(row).Code); len(changes) > 0 {
					found = append(found, way{Unit: space.Unit(row).Code, Stage: stage, Standard: s, Changes: changes})
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b way) int { return len(a.Changes) - len(b.Changes) })
	return found
}

// changesFor writes the way with the fewest steps as changes; nil when none can be written.
func (d *desk) changesFor(o *round.Outcome, ways []standard.Way, code string) []round.Change {
	slices.SortStableFunc(ways, func(a, b standard.Way) int { return len(a.Steps) - len(b.Steps) })
	for _, one := range ways {
		var changes []round.Change
		for _, step := range one.Steps {
			c, possible := d.changeFor(o, step, code)
			if !possible {
				changes = nil
				break
			}
			changes = append(changes, c)
		}
		if len(changes) > 0 {
			return changes
		}
	}
	return nil
}

// changeFor writes a step as what has to be added to an item. Of several items that count alike the one of which there is least is
// taken: the subject without a teacher first.
func (d *desk) changeFor(o *round.Outcome, step standard.Step, code string) (round.Change, bool) {
	amount, known := step.Shortfall.Amount.Number()
	explained, explains := o.Explain(step.Standard.Name, code, step.Stage)
	if !known || !explains || step.Shortfall.Lack != pack.LackNumerator {
		return round.Change{}, false
	}
	best, least := round.Change{}, math.Inf(1)
	for _, part := range explained.Parts {
		value, reported := part.Value.Number()
		if part.Logical || !reported || value >= least || !slices.Contains(explained.Addends, part.Name) {
			continue
		}
		if c, possible := d.addition(part, value, amount, code); possible {
			best, least = c, value
		}
	}
	return best, !math.IsInf(least, 1)
}

// addition adds an amount to what a part reads: to the item itself, or to that of the school of which the section has a share.
func (d *desk) addition(part round.Part, value, amount float64, code string) (round.Change, bool) {
	c := round.Change{Kind: round.Add, Unit: code, Item: part.Item}
	if i, shared := d.Scope.Indicator(part.Name); shared && part.Item == "" {
		if i.Share == nil {
			return c, false
		}
		section, known := d.Facts.Tree().Find(code)
		school, reported := d.Scope.Item(i.Share.Item)
		if !known || !reported || section.Kind != unit.Section {
			return c, false
		}
		c.Unit, c.Item = section.Parent, school.Name
		if whole, has := d.present(school, section.Parent).Number(); has && value > 0 {
			amount *= whole / value
		} else if parent, _ := d.Facts.Tree().Find(section.Parent); len(parent.Stages) != 1 {
			return c, false
		}
	}
	item, known := d.Scope.Item(c.Item)
	if !known || item.Column == nil || item.Column.Formula != nil {
		return c, false
	}
	c.Value = math.Ceil(amount - 1e-9)
	return c, c.Value > 0
}

// say writes a suggestion: 补足音乐专任教师 1 人，增加… .
func (w way) say(ctx context.Context, d *desk) string {
	parts := make([]string, len(w.Changes))
	for k, c := range w.Changes {
		parts[k] = text(ctx, "whatif.way.add", map[string]any{"item": d.itemTitle(ctx, c.Item), "value": shell.Number(c.Value, 0), "unit": d.counts(ctx, c)})
	}
	return strings.Join(parts, text(ctx, "whatif.way.and"))
}
