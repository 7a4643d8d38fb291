package whatif

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/message"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// sides are the heads of two columns that always say which of them is no fact.
func sides(ctx context.Context, align shell.Align) []shell.Column {
	return []shell.Column{{Title: text(ctx, "whatif.fact"), Align: align}, {Title: text(ctx, "whatif.whatif"), Align: align}}
}

func turnedTable(ctx context.Context, all []round.Difference) shell.Table {
	t := shell.Table{Caption: text(ctx, "whatif.turned_caption"), Columns: append([]shell.Column{{Title: text(ctx, "whatif.requirement")}}, append(sides(ctx, shell.Short), shell.Column{Title: text(ctx, "whatif.change"), Align: shell.Short})...)}
	for _, d := range all[:min(len(all), maxTurned)] {
		t.Rows = append(t.Rows, []shell.Cell{{Body: lineName(d, false)}, {Body: side(d.Before)}, {Body: side(d.After)}, {Text: turnText(ctx, d)}})
	}
	return t
}

// turnText says which way a verdict turns.
func turnText(ctx context.Context, d round.Difference) string {
	before, after := sideVerdict(d.Before), sideVerdict(d.After)
	switch {
	case after == standard.Pass:
		return text(ctx, "whatif.turn.met")
	case before == standard.Pass && after == standard.Fail:
		return text(ctx, "whatif.turn.lost")
	case after == standard.Unknown:
		return text(ctx, "whatif.turn.unknown")
	case after == standard.Not:
		return text(ctx, "whatif.turn.gone")
	case before == standard.Not:
		return text(ctx, "whatif.turn.new")
	}
	return text(ctx, "whatif.turn.other")
}

func belowTable(ctx context.Context, r *result) shell.Table {
	t := shell.Table{Caption: text(ctx, "whatif.below_caption"), Columns: []shell.Column{{Title: text(ctx, "whatif.school")}, {Title: text(ctx, "whatif.requirement")}}}
	t.Columns = append(t.Columns, sides(ctx, shell.Short)...)
	for _, one := range r.Below[:min(len(r.Below), maxSchools)] {
		if gone, key := one.all(); gone {
			t.Rows = append(t.Rows, []shell.Cell{{Text: one.Name}, {Text: text(ctx, key, message.Args{"count": len(one.Turned)})}, {}, {}})
			continue
		}
		for _, turned := range one.Turned {
			t.Rows = append(t.Rows, []shell.Cell{{Text: one.Name}, {Body: lineName(turned, false)}, {Body: side(turned.Before)}, {Body: side(turned.After)}})
		}
	}
	return t
}

func figureTable(ctx context.Context, r *result, all []round.Difference, caption string) shell.Table {
	t := shell.Table{Caption: caption, Columns: []shell.Column{{Title: text(ctx, "whatif.indicator")}}}
	t.Columns = append(t.Columns, sides(ctx, shell.Figures)...)
	t.Columns = append(t.Columns, shell.Column{Title: text(ctx, "whatif.difference"), Align: shell.Figures}, shell.Column{Title: text(ctx, "whatif.threshold"), Align: shell.Figures},
		shell.Column{Title: text(ctx, "whatif.verdict"), Align: shell.Short})
	for _, d := range all[:min(len(all), maxMoved)] {
		t.Rows = append(t.Rows, []shell.Cell{{Body: lineName(d, true)},
			figureCell(ctx, r.Before, d.Before, d.After), figureCell(ctx, r.After, d.After, d.Before), {Text: changeText(d)},
			{Text: limit(ctx, either(d))}, {Body: side(d.After)}})
	}
	return t
}

func lackingTable(ctx context.Context, all []round.Difference) shell.Table {
	t := shell.Table{Caption: text(ctx, "whatif.lacking_caption"), Columns: append([]shell.Column{{Title: text(ctx, "whatif.requirement")}}, sides(ctx, shell.Figures)...)}
	for _, d := range all[:min(len(all), maxMoved)] {
		t.Rows = append(t.Rows, []shell.Cell{{Body: lineName(d, false)}, {Body: lackText(d.Before)}, {Body: lackText(d.After)}})
	}
	return t
}

// variants names the forms of the coefficients that are shown.
func (r *result) variants(ctx context.Context) string {
	var all []string
	for _, d := range r.Coefficients {
		if name := either(d).Variant.In(language(ctx)); !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return text(ctx, "whatif.variant", message.Args{"variant": strings.Join(all, text(ctx, "whatif.and"))})
}

// listOfChanges is a copy of the list, so that a suggestion does not write into it.
func listOfChanges(d *desk) []listed { return slices.Clone(d.List) }

// adds tells whether a form for a new change is open.
func (d *desk) adds() bool { return slices.Contains(addKinds, d.Form.Values.Get(addPart)) }

// kindsOf are the kinds of units that a form asks for.
func (d *desk) kindsOf(kind string) []unit.Kind {
	switch kind {
	case addTeacher:
		return []unit.Kind{unit.Section, unit.Kindergarten}
	case addResource:
		return []unit.Kind{unit.School, unit.Section, unit.Kindergarten}
	}
	return []unit.Kind{unit.County, unit.Township, unit.School, unit.Section, unit.Kindergarten}
}

func (d *desk) unitNames(ctx context.Context, kinds ...unit.Kind) []string {
	names := []string{}
	for _, u := range d.units(maxOffered, kinds...) {
		names = append(names, unitName(ctx, u))
	}
	return names
}

func (d *desk) itemNames(ctx context.Context, kind string) []string {
	names := []string{}
	for _, item := range d.items(kind) {
		if len(names) < maxOffered {
			names = append(names, item.Title.In(language(ctx)))
		}
	}
	return names
}

func (d *desk) ruleOptions(ctx context.Context) []shell.Option {
	options := []shell.Option{{Label: text(ctx, "whatif.choose")}}
	for _, one := range d.rules() {
		options = append(options, shell.Option{Value: one.Name + joint + string(one.At),
			Label: text(ctx, "whatif.rule_now", message.Args{"rule": withStage(ctx, d.standardTitle(ctx, one.Name), one.At), "value": shell.Number(one.Value, 4)})})
	}
	return options
}

func (d *desk) switchOptions(ctx context.Context) []shell.Option {
	options := []shell.Option{{Label: text(ctx, "whatif.choose")}}
	for _, one := range d.Scope.Switches() {
		options = append(options, shell.Option{Value: one.Name, Label: one.Title.In(language(ctx))})
	}
	return options
}

func stageOptions(ctx context.Context) []shell.Option {
	options := []shell.Option{{Label: text(ctx, "whatif.choose")}}
	for _, stage := range unit.Stages() {
		options = append(options, shell.Option{Value: string(stage), Label: stageText(ctx, stage)})
	}
	return options
}

// wrong returns what is wrong with a field of the new change.
func (d *desk) wrong(ctx context.Context, name string) []string {
	var all []string
	for _, one := range d.Form.Faults {
		if one.Place.Column == name {
			all = append(all, strings.TrimSpace(one.Reason(language(ctx))+" "+one.Remedy(language(ctx))))
		}
	}
	return all
}

// listOfField is the list in which a field searches: both schools of a merger share one.
func listOfField(name string) string {
	if name == newInto {
		name = newUnit
	}
	return "list-" + name
}

// asksNow makes unit and item ask what is reported now.
func (d *desk) asksNow(name string) templ.Attributes {
	kind := d.Form.Values.Get(addPart)
	if kind != addTeacher && kind != addResource && kind != addSet {
		return nil
	}
	return templ.Attributes{"hx-get": "/whatif/item", "hx-include": "#whatif", "hx-trigger": "change", "hx-target": "#whatif-now", "hx-swap": "innerHTML"}
}

// stepText is the step of a button as the script reads it.
func (d *desk) stepText(index int, way string) string {
	step := d.step(d.List[index].Change)
	if way == "less" {
		step = -step
	}
	return strconv.FormatFloat(step, 'f', -1, 64)
}

// tabsOf are the pages about evaluation, each for the same region and period.
func tabsOf(ctx context.Context, d *desk, current string) []shell.Tab {
	return []shell.Tab{
		{Label: text(ctx, "whatif.tab.round"), Address: shell.There("/round?pack="+d.Pack.Name, d.Standing.Unit.Code, d.Standing.Period)},
		{Label: text(ctx, "whatif.tab.desk"), Address: d.address("/whatif", d.List), Current: current == "/whatif"},
		{Label: text(ctx, "whatif.tab.saved"), Address: shell.There("/whatif/saved", d.Standing.Unit.Code, d.Standing.Period), Current: current == "/whatif/saved"},
	}
}
