package whatif

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/unit"
)

// The forms for a new change, in the order in which they are offered.
const (
	addMerge     = "merge"
	addTeacher   = "teacher"
	addResource  = "resource"
	addSet       = "set"
	addThreshold = "threshold"
	addSwitch    = "switch"
	addOpen      = "open"
)

var addKinds = []string{addMerge, addTeacher, addResource, addSet, addThreshold, addSwitch, addOpen}

// Names of the fields of a new change.
const (
	newUnit  = "new_unit"
	newInto  = "new_into"
	newItem  = "new_item"
	newValue = "new_value"
	newRule  = "new_rule" // standard and stage, or switch
	newStage = "new_stage"
)

// maxOffered is how many units or items a search field offers; the others are found by typing.
const maxOffered = 400

// press does what a button of the desk asks for. It returns whether the list is another one now.
func (d *desk) press(ctx context.Context, values url.Values) (bool, fault.List) {
	switch {
	case values.Get("clear") != "":
		d.List = nil
		return true, nil
	case values.Get("remove") != "":
		at, wrong := d.indexOf(values.Get("remove"))
		if wrong != nil {
			return false, fault.List{wrong}
		}
		d.List = slices.Delete(d.List, at, at+1)
		return true, nil
	case values.Get("more") != "":
		return d.move(values.Get("more"), 1)
	case values.Get("less") != "":
		return d.move(values.Get("less"), -1)
	case values.Get("do") != "":
		c, faults := d.read(ctx, values)
		if len(faults) > 0 {
			return false, faults
		}
		if len(d.List) >= MaxListed {
			return false, fault.List{fault.New("whatif.too_many", message.Args{"count": len(d.List) + 1, "limit": MaxListed})}
		}
		d.List = append(d.List, listed{Change: c, Text: valueText(c)})
		return true, nil
	}
	return false, nil
}

// move makes the value of a change one step larger or smaller.
func (d *desk) move(sent string, direction float64) (bool, fault.List) {
	at, wrong := d.indexOf(sent)
	if wrong != nil {
		return false, fault.List{wrong}
	}
	one := &d.List[at]
	if !hasNumber(one.Kind) || len(one.Faults) > 0 {
		return false, nil
	}
	value := one.Value + direction*d.step(one.Change)
	one.Text = strconv.FormatFloat(value, 'f', -1, 64)
	if decimals := 6; len(one.Text) > 15 {
		one.Text = strconv.FormatFloat(value, 'f', decimals, 64)
	}
	return true, nil
}

// read reads the form of a new change with every fault.
func (d *desk) read(ctx context.Context, values url.Values) (round.Change, fault.List) {
	var faults fault.List
	var c round.Change
	kind := values.Get("do")
	c.Kind = round.ChangeKind(kind)
	switch kind {
	case addMerge:
		c.Unit = d.findUnit(ctx, values, newUnit, &faults, unit.School)
		c.Into = d.findUnit(ctx, values, newInto, &faults, unit.School)
		if len(faults) == 0 {
			faults.Add(d.checkMerger(c, fault.Place{Column: newInto})...)
		}
	case addTeacher, addResource, addSet:
		c.Kind = round.Add
		if kind == addSet {
			c.Kind = round.Set
		}
		d.readItem(ctx, kind, values, &c, &faults)
	case addThreshold:
		var known bool
		if c.Standard, c.Stage, known = d.readRule(values.Get(newRule)); !known {
			faults.Add(fault.At(fault.Place{Column: newRule}, "whatif.rule_missing", nil))
		}
		c.Value = readValue(values, &faults)
	case addSwitch:
		c.Switch, c.On = values.Get(newRule), values.Get(newValue) != "0"
		if _, known := d.Scope.Switch(c.Switch); !known {
			faults.Add(fault.At(fault.Place{Column: newRule}, "whatif.rule_missing", nil))
		}
	case addOpen:
		c.Unit = d.findUnit(ctx, values, newUnit, &faults, unit.School)
		if c.Stage = unit.Stage(values.Get(newStage)); !slices.Contains(unit.Stages(), c.Stage) {
			faults.Add(fault.At(fault.Place{Column: newStage}, "whatif.stage_missing", nil))
		}
	default:
		faults.Add(fault.New("whatif.change_unreadable", message.Args{"number": len(d.List) + 1}))
	}
	return c, faults
}

// readItem reads unit, item and value.
func (d *desk) readItem(ctx context.Context, kind string, values url.Values, c *round.Change, faults *fault.List) {
	item, wrong := d.findItem(ctx, kind, values.Get(newItem))
	if wrong != nil {
		faults.Add(wrong)
	}
	kinds := []unit.Kind{unit.Section, unit.School, unit.Kindergarten, unit.Township, unit.County}
	if item != nil {
		kinds = item.Of()
	}
	c.Unit = d.findUnit(ctx, values, newUnit, faults, kinds...)
	c.Value = readValue(values, faults)
	if item == nil {
		return
	}
	c.Item = item.Name
	if len(*faults) == 0 {
		faults.Add(checkValue(item, *c, fault.Place{Column: newValue})...)
	}
}

func readValue(values url.Values, faults *fault.List) float64 {
	value, ok := readNumber(values.Get(newValue))
	if !ok {
		faults.Add(fault.At(fault.Place{Column: newValue}, "whatif.new_number_wrong", nil))
	}
	return value
}

// readRule reads a standard with its stage.
func (d *desk) readRule(sent string) (string, unit.Stage, bool) {
	name, stage, _ := strings.Cut(sent, joint)
	s, known := d.Scope.Standard(name)
	return name, unit.Stage(stage), known && isNumeric(s)
}

// isNumeric tells whether a standard has a number that can be another one.
func isNumeric(s *pack.Standard) bool { return s.Comparator != "" && s.Comparator != pack.Holds }

// findUnit finds the unit that a person typed: by code, by name, or by a part of the name that only one has.
func (d *desk) findUnit(ctx context.Context, values url.Values, field string, faults *fault.List, kinds ...unit.Kind) string {
	typed := strings.TrimSpace(values.Get(field))
	at := fault.Place{Column: field}
	if typed == "" {
		faults.Add(fault.At(at, "whatif.unit_missing", nil))
		return ""
	}
	var exact, partly []unit.Unit
	for _, u := range d.units(d.Below.To-d.Below.From, kinds...) {
		switch name := unitName(ctx, u); {
		case u.Code == typed || name == typed:
			exact = append(exact, u)
		case strings.Contains(name, typed):
			partly = append(partly, u)
		}
	}
	if len(exact) == 0 {
		exact = partly
	}
	switch len(exact) {
	case 1:
		return exact[0].Code
	case 0:
		faults.Add(fault.At(at, "whatif.unit_unfound", message.Args{"text": short(typed), "region": d.Standing.Unit.Name}))
	default:
		names := make([]string, 0, 4)
		for _, u := range exact[:min(len(exact), 4)] {
			names = append(names, unitName(ctx, u))
		}
		faults.Add(fault.At(at, "whatif.unit_several", message.Args{"text": short(typed), "count": len(exact), "names": strings.Join(names, text(ctx, "whatif.and"))}))
	}
	return ""
}

// findItem finds the item that a person typed: by name or title, or by a part of the title that only one has.
func (d *desk) findItem(ctx context.Context, kind, typed string) (*pack.ScopeItem, *fault.Fault) {
	typed = strings.TrimSpace(typed)
	at := fault.Place{Column: newItem}
	if typed == "" {
		return nil, fault.At(at, "whatif.item_missing", nil)
	}
	var partly []*pack.ScopeItem
	for _, item := range d.items(kind) {
		title := item.Title.In(language(ctx))
		if item.Name == typed || title == typed {
			return item, nil
		}
		if strings.Contains(title, typed) {
			partly = append(partly, item)
		}
	}
	switch len(partly) {
	case 1:
		return partly[0], nil
	case 0:
		return nil, fault.At(at, "whatif.item_unfound", message.Args{"text": short(typed)})
	}
	names := make([]string, 0, 4)
	for _, item := range partly[:min(len(partly), 4)] {
		names = append(names, item.Title.In(language(ctx)))
	}
	return nil, fault.At(at, "whatif.item_several", message.Args{"text": short(typed), "count": len(partly), "names": strings.Join(names, text(ctx, "whatif.and"))})
}

// short cuts what a person typed for a message.
func short(typed string) string {
	return brief(typed, 20)
}

// brief cuts a text after so many characters.
func brief(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}

// items returns the items that a form offers: those that the rules of the pack read, in the order of the registers.
func (d *desk) items(kind string) []*pack.ScopeItem {
	used := usedItems(d.Scope)
	people, _ := measure.Parse("人")
	pupils, _ := measure.Parse("学生")
	classes, _ := measure.Parse("班")
	var found []*pack.ScopeItem
	for _, item := range d.Scope.Items() {
		own := slices.Contains(item.Of(), unit.Section) || slices.Contains(item.Of(), unit.School) || slices.Contains(item.Of(), unit.Kindergarten)
		fits := used[item.Name] && item.Option == ""
		switch kind {
		case addTeacher:
			fits = fits && own && item.Measure.SameDimension(people)
		case addResource:
			counted := item.Measure.SameDimension(people) || item.Measure.SameDimension(pupils) || item.Measure.SameDimension(classes)
			fits = fits && own && item.Type == expr.Numeric && !item.Measure.Pure() && !counted
		}
		if fits {
			found = append(found, item)
		}
	}
	return found
}

// usedItems are the names of the items that formulas of the pack read.
func usedItems(scope *pack.Scope) map[string]bool {
	used := map[string]bool{}
	seen := map[string]bool{}
	var read func(i *pack.Indicator)
	note := func(name string) {
		_, plain, dotted := strings.Cut(name, ".")
		if item, known := scope.Item(name); known {
			used[item.Name] = true
		} else if item, known := scope.Item(plain); dotted && known {
			used[item.Name] = true
		} else if inner, known := scope.Indicator(name); known {
			read(inner)
		}
	}
	read = func(i *pack.Indicator) {
		if seen[i.Name] {
			return
		}
		seen[i.Name] = true
		if i.Share != nil {
			note(i.Share.Item)
			note(i.Share.By)
		}
		if i.Formula != nil && i.Formula.Ready != nil && i.Cells == nil {
			for _, reference := range i.Formula.Ready.References() {
				note(reference.Name)
			}
		}
	}
	for _, i := range scope.Pack.Indicators {
		read(i)
	}
	return used
}

// presentLine says what a unit reports of an item, as far as both are typed.
func (d *desk) presentLine(ctx context.Context, values url.Values) string {
	item, wrong := d.findItem(ctx, values.Get(addPart), values.Get(newItem))
	if wrong != nil {
		return ""
	}
	var faults fault.List
	code := d.findUnit(ctx, values, newUnit, &faults, item.Of()...)
	if len(faults) > 0 {
		return ""
	}
	return d.itemNote(ctx, item, code, -1)
}

// rules are the standards with a number, each with its stages, as the form for thresholds offers them.
func (d *desk) rules() []standardStage {
	var all []standardStage
	for _, s := range d.Scope.Pack.Standards {
		if !isNumeric(s) {
			continue
		}
		for _, stage := range stagesOf(s) {
			if value, inForce := d.threshold(s.Name, stage); inForce {
				all = append(all, standardStage{s, stage, value})
			}
		}
	}
	return all
}

// standardStage is a standard for a stage with its number.
type standardStage struct {
	*pack.Standard
	At    unit.Stage
	Value float64
}

// day is the day on which the rules of the period are looked at.
func (d *desk) day() string { return indicator.Day(d.Standing.Period).String() }
