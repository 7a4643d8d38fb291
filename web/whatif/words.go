package whatif

import (
	"context"
	"math"
	"strings"

	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

func language(ctx context.Context) message.Language { return shell.From(ctx).Language }

// text is shell.Text under a shorter name.
func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, key, args...)
}

// verdictWord is the word of a verdict: for one unit nothing may be judged.
func verdictWord(ctx context.Context, v standard.Verdict) string {
	return message.Text(language(ctx), v.Key(), nil)
}

func stageText(ctx context.Context, stage unit.Stage) string {
	if stage == "" {
		return ""
	}
	return shell.Text(ctx, "unit.stage."+string(stage))
}

// withStage puts a stage behind a name.
func withStage(ctx context.Context, name string, stage unit.Stage) string {
	if stage == "" {
		return name
	}
	return text(ctx, "whatif.of_stage", message.Args{"name": name, "stage": stageText(ctx, stage)})
}

// unitName names a unit; a section is its school with the stage.
func unitName(ctx context.Context, u unit.Unit) string {
	if u.Kind == unit.Section && len(u.Stages) == 1 {
		return withStage(ctx, u.Name, u.Stages[0])
	}
	return u.Name
}

// nameOf names the unit of a code, also a section that a change opens; the code when nobody knows it.
func (d *desk) nameOf(ctx context.Context, code string) string {
	if u, known := d.Facts.Tree().Find(code); known {
		return unitName(ctx, u)
	}
	school, stage, _ := strings.Cut(code, "-")
	if u, known := d.Facts.Tree().Find(school); known {
		return withStage(ctx, u.Name, unit.Stage(stage))
	}
	return code
}

// itemTitle names an item; the name itself when nobody knows it.
func (d *desk) itemTitle(ctx context.Context, name string) string {
	if item, known := d.Scope.Item(name); known {
		return item.Title.In(language(ctx))
	}
	return name
}

func (d *desk) standardTitle(ctx context.Context, name string) string {
	if i, known := d.Scope.Indicator(name); known {
		return i.Title.In(language(ctx))
	}
	if s, known := d.Scope.Standard(name); known {
		return s.Title.In(language(ctx))
	}
	return name
}

func (d *desk) switchTitle(ctx context.Context, name string) string {
	if one, known := d.Scope.Switch(name); known {
		return one.Title.In(language(ctx))
	}
	return name
}

// sentence says what a change does, without its value.
func (d *desk) sentence(ctx context.Context, c round.Change) string {
	switch c.Kind {
	case round.Set, round.Add:
		return text(ctx, "whatif.say."+string(c.Kind), message.Args{"unit": d.nameOf(ctx, c.Unit), "item": d.itemTitle(ctx, c.Item)})
	case round.Merge:
		return text(ctx, "whatif.say.merge", message.Args{"unit": d.nameOf(ctx, c.Unit), "into": d.nameOf(ctx, c.Into)})
	case round.Open:
		return text(ctx, "whatif.say.open", message.Args{"unit": d.nameOf(ctx, c.Unit), "stage": stageText(ctx, c.Stage)})
	case round.Threshold:
		return text(ctx, "whatif.say.threshold", message.Args{"standard": withStage(ctx, d.standardTitle(ctx, c.Standard), c.Stage)})
	}
	return text(ctx, "whatif.say.switch", message.Args{"switch": d.switchTitle(ctx, c.Switch)})
}

// counts is what the value of a change counts, "" for a pure number.
func (d *desk) counts(ctx context.Context, c round.Change) string {
	if item, known := d.Scope.Item(c.Item); known {
		return item.Measure.Text(language(ctx))
	}
	if i, known := d.Scope.Indicator(c.Standard); known {
		return i.Measure.Text(language(ctx))
	}
	return ""
}

// present returns what a unit reported of an item.
func (d *desk) present(item *pack.ScopeItem, code string) measure.Value {
	at, known := d.Facts.Tree().Number(code)
	if !known {
		return measure.MissingFor(item.Name)
	}
	column := d.Facts.Column(item.Name, indicator.Match(d.Standing.Period, indicator.Every(item)))
	if column == nil {
		return measure.MissingFor(item.Name)
	}
	return column.Get(at, item.Name)
}

// itemDecimals is how many decimals a value of an item has at most.
func itemDecimals(item *pack.ScopeItem) int {
	if item.Column != nil && item.Column.Type == pack.Count || item.Item != nil && item.Item.Kind == pack.CountOf {
		return 0
	}
	return 2
}

// note says what a change starts from, where it leads to and what is possible.
func (d *desk) note(ctx context.Context, index int) string {
	c := d.List[index].Change
	switch c.Kind {
	case round.Set, round.Add:
		item, known := d.Scope.Item(c.Item)
		if !known {
			return ""
		}
		return d.itemNote(ctx, item, c.Unit, index)
	case round.Threshold:
		if now, known := d.threshold(c.Standard, c.Stage); known {
			return text(ctx, "whatif.now.threshold", message.Args{"value": shell.Number(now, 4)})
		}
	case round.Switch:
		if d.Scope.Defaults()[c.Switch] {
			return text(ctx, "whatif.now.on")
		}
		return text(ctx, "whatif.now.off")
	}
	return ""
}

// itemNote says what is reported, what it becomes with the changes up to an index (-1 for none), and the limits.
func (d *desk) itemNote(ctx context.Context, item *pack.ScopeItem, code string, index int) string {
	now, merged := d.present(item, code), false
	value, reported := now.Number()
	after, changed := value, reported
	for k := 0; k <= index; k++ {
		c := d.List[k].Change
		merged = merged || c.Kind == round.Merge
		if c.Unit == code && c.Item == item.Name && len(d.List[k].Faults) == 0 {
			after, changed = c.Value, true
			if c.Kind == round.Add {
				after = value + c.Value
			}
			value = after
		}
	}
	args := message.Args{"now": text(ctx, "whatif.unreported"), "after": shell.Number(after, itemDecimals(item)), "unit": item.Measure.Text(language(ctx))}
	if was, known := now.Number(); known {
		args["now"] = shell.Number(was, itemDecimals(item)) + " " + item.Measure.Text(language(ctx))
	}
	note := text(ctx, "whatif.now.item", args)
	if index >= 0 && changed && !merged {
		note = text(ctx, "whatif.now.item_after", args)
	}
	if item.Column != nil && item.Column.Type == pack.Flag {
		return note + text(ctx, "whatif.now.flag")
	}
	if item.Column != nil && item.Column.Most != nil && *item.Column.Most < 1e12 {
		least := 0.0
		if item.Column.Least != nil {
			least = *item.Column.Least
		}
		note += text(ctx, "whatif.now.limits", message.Args{"least": shell.Number(least, 2), "most": shell.Number(*item.Column.Most, 2)})
	}
	return note
}

// threshold returns the number of a standard in force on the day of the period.
func (d *desk) threshold(name string, stage unit.Stage) (float64, bool) {
	s, known := d.Scope.Standard(name)
	if !known {
		return 0, false
	}
	var regions []string
	tree := d.Facts.Tree()
	for at := d.Below.From; at >= 0; at = tree.Parent(at) {
		regions = append(regions, tree.At(at).Code)
	}
	value, _, inForce := pack.ResolveFor(stage, s.Thresholds, indicator.Day(d.Standing.Period), regions, d.Scope.Defaults())
	return value, inForce
}

// step is by how much "one more" and "one less" change a value.
func (d *desk) step(c round.Change) float64 {
	if item, known := d.Scope.Item(c.Item); known {
		if itemDecimals(item) == 0 {
			return 1
		}
		if now, reported := d.present(item, c.Unit).Number(); reported && now != 0 {
			return math.Pow(10, math.Max(0, math.Floor(math.Log10(math.Abs(now)))-1))
		}
		return 10
	}
	if now, known := d.threshold(c.Standard, c.Stage); known && now != 0 {
		return math.Pow(10, math.Floor(math.Log10(math.Abs(now)))-1)
	}
	return 1
}
