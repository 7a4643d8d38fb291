package indicator

import (
	"maps"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// sort says what a name of a formula is.
type sort int

const (
	unknownName sort = iota
	itemName
	indicatorName
	parameterName
	switchName
	unitName   // unit.public …
	schoolName // school.<item>
	countyName // county.<item>
)

// named is what a name of a formula stands for.
type named struct {
	sort      sort
	item      *pack.ScopeItem
	indicator *pack.Indicator
	parameter *pack.Parameter
	flag      string
}

// Rules are the declarations of a scope, ready to run. They do not change; many runs may share them.
type Rules struct {
	Scope  *pack.Scope
	names  map[string]named
	base   map[string]kindSet // of each indicator: the kinds of the units whose facts its formula reads
	ratios map[string]*ratio

	indicators  []*pack.Indicator
	populations []pack.Population
	overCells   map[string]bool // indicators over cells, and those that read one
	uses        map[string]int  // how many formulas read a name
}

// countUses counts how many formulas read each name.
func (r *Rules) countUses() {
	r.uses = map[string]int{}
	count := func(f *pack.Formula) {
		seen := map[string]bool{}
		for _, reference := range f.Ready.References() {
			if !seen[reference.Name] {
				r.uses[reference.Name]++
			}
			seen[reference.Name] = true
		}
	}
	for _, i := range r.indicators {
		if i.Formula != nil {
			count(i.Formula)
		}
	}
	for _, p := range r.populations {
		if p.Where != nil {
			count(p.Where)
		}
	}
}

// Prepare makes the rules of a scope ready. The formulas of the scope were read when it was loaded.
func Prepare(scope *pack.Scope) *Rules {
	r := &Rules{Scope: scope, names: map[string]named{}, base: map[string]kindSet{}, ratios: map[string]*ratio{},
		indicators: scope.Indicators(), populations: scope.Populations()}
	r.overCells = r.readsCells()
	r.countUses()
	for _, item := range scope.Items() {
		r.names[item.Name] = named{sort: itemName, item: item}
		r.names["school."+item.Name] = named{sort: schoolName, item: item}
		r.names["county."+item.Name] = named{sort: countyName, item: item}
	}
	for _, p := range scope.Parameters() {
		r.names[p.Name] = named{sort: parameterName, parameter: &p}
	}
	for _, w := range scope.Switches() {
		r.names["switch."+w.Name] = named{sort: switchName, flag: w.Name}
	}
	for _, name := range unitFlags {
		r.names["unit."+name] = named{sort: unitName, flag: name}
	}
	for _, i := range scope.Indicators() {
		r.names[i.Name] = named{sort: indicatorName, indicator: i}
	}
	for _, i := range scope.Indicators() {
		r.base[i.Name] = r.baseOf(i, 0)
		if i.Formula != nil && i.Cells == nil {
			r.ratios[i.Name] = r.ratioOf(i)
		}
	}
	return r
}

// baseOf returns the kinds of the units whose facts an indicator reads.
func (r *Rules) baseOf(i *pack.Indicator, depth int) kindSet {
	if i.Share != nil || i.Cells != nil || depth > MaxShift {
		return kindsOf(i.Of)
	}
	var base kindSet
	for _, reference := range i.Formula.Ready.References() {
		switch n := r.names[reference.Name]; n.sort {
		case itemName:
			base |= kindsOf(n.item.Of())
		case indicatorName:
			base |= r.baseOf(n.indicator, depth+1)
		}
	}
	if base == 0 {
		return kindsOf(i.Of)
	}
	return base
}

// kindsOfName returns the kinds of units that have the name themselves; 0 for what every unit has.
func (r *Rules) kindsOfName(name string) kindSet {
	switch n := r.names[name]; n.sort {
	case itemName:
		return kindsOf(n.item.Of())
	case indicatorName:
		return kindsOf(n.indicator.Of)
	}
	return 0
}

// ratio is a formula that divides: factor × above / below.
type ratio struct {
	above, below         *expr.Formula
	factor               float64
	cv                   bool // a coefficient of variation: deviation over mean
	value                string
	weight               string
	aboveText, belowText string
	addends              []string
}

// ratioOf finds numerator and denominator in the tree of a formula; nil when it does not divide at its root.
func (r *Rules) ratioOf(i *pack.Indicator) *ratio {
	tree := i.Formula.Ready.Tree()
	if tree.Kind == expr.Call && tree.Text == "cv" && tree.Args[0].Kind == expr.Name && tree.Args[1].Kind == expr.Name {
		return &ratio{cv: true, factor: 1, value: tree.Args[0].Text, weight: tree.Args[1].Text}
	}
	above, below, factor := split(tree)
	if below == nil {
		return nil
	}
	found := &ratio{factor: factor, above: r.part(above), below: r.part(below)}
	if found.above == nil || found.below == nil {
		return nil
	}
	found.aboveText, found.belowText = found.above.Tree().Written(), found.below.Tree().Written()
	found.addends = addends(found.above.Tree(), nil)
	return found
}

// addends gathers the names that add to a formula one for one: not those that are taken away, multiplied or chosen.
func addends(n *expr.Node, names []string) []string {
	switch {
	case n.Kind == expr.Name:
		return append(names, n.Text)
	case n.Kind == expr.Operator && n.Text == expr.Add:
		return addends(n.Args[1], addends(n.Args[0], names))
	case n.Kind == expr.Operator && n.Text == expr.Subtract:
		return addends(n.Args[0], names)
	}
	return names
}

// split takes a quotient apart: n = factor × above / below. below is nil when n is none.
func split(n *expr.Node) (above, below *expr.Node, factor float64) {
	if n.Kind != expr.Operator || len(n.Args) != 2 {
		return n, nil, 1
	}
	left, right := n.Args[0], n.Args[1]
	switch n.Text {
	case expr.Multiply:
		if left.Kind == expr.Number {
			above, below, factor = split(right)
			return above, below, factor * left.Number
		}
		if right.Kind == expr.Number {
			above, below, factor = split(left)
			return above, below, factor * right.Number
		}
	case expr.Divide:
		if right.Kind == expr.Number && right.Number != 0 {
			above, below, factor = split(left)
			return above, below, factor / right.Number
		}
		above, inner, factor := split(left)
		if inner != nil {
			return left, right, 1
		}
		below, inner, divided := split(right)
		if inner != nil {
			return above, right, factor
		}
		return above, below, factor / divided
	}
	return n, nil, 1
}

// part makes a part of a formula ready to run.
func (r *Rules) part(n *expr.Node) *expr.Formula {
	for _, measured := range []bool{true, false} {
		if formula, faults := expr.Load(fault.Place{}, n.String(), r.itemsOf(n, measured), expr.Wanted{}); faults == nil {
			return formula
		}
	}
	return nil
}

// itemsOf declares the names of a part.
func (r *Rules) itemsOf(n *expr.Node, measured bool) expr.Items {
	items := expr.Items{}
	var walk func(n *expr.Node)
	walk = func(n *expr.Node) {
		if n.Kind == expr.Name {
			kind, counts := r.typed(n.Text)
			if !measured {
				counts = nil
			}
			items[n.Text] = expr.Item{Type: kind, Measure: counts}
		}
		for _, arg := range n.Args {
			walk(arg)
		}
	}
	walk(n)
	return items
}

// typed returns what a name gives and what it counts.
func (r *Rules) typed(name string) (expr.Type, *measure.Measure) {
	switch n := r.names[name]; n.sort {
	case itemName, schoolName, countyName:
		return n.item.Type, &n.item.Measure
	case indicatorName:
		return r.Scope.Type(name), &n.indicator.Measure
	case parameterName:
		if counts, err := measure.Parse(n.parameter.Measure); err == nil {
			return expr.Numeric, &counts
		}
	case switchName:
		return expr.Logical, nil
	case unitName:
		if n.flag == openedYear {
			return expr.Numeric, nil
		}
		return expr.Logical, nil
	}
	return expr.Either, nil
}

// unitFlags are the names that follow "unit." in formulas.
var unitFlags = []string{"public", "private", "urban", "town", "rural", "has_preschool", "has_primary", "has_junior", "has_senior", openedYear}

const openedYear = "opened_year"

// unitFlag returns a fact that the tree itself knows of a unit.
func unitFlag(u unit.Unit, name string) (float64, bool) {
	truth := func(is bool) (float64, bool) {
		if is {
			return 1, true
		}
		return 0, true
	}
	if stage, isStage := strings.CutPrefix(name, "has_"); isStage {
		for _, has := range u.Stages {
			if has == unit.Stage(stage) {
				return 1, true
			}
		}
		return 0, true
	}
	switch name {
	case "public":
		return truth(u.Ownership == unit.Public)
	case "private":
		return truth(u.Ownership == unit.Private)
	case "urban", "town", "rural":
		return truth(u.Setting == unit.Setting(name))
	}
	return float64(u.Opened.Year), !u.Opened.IsZero()
}

// Named tells what a name of a formula is. Item is nil for what is no item.
type Named struct {
	Item    *pack.ScopeItem
	Logical bool
	Measure measure.Measure
}

// Name returns what a name of a formula is.
func (r *Rules) Name(name string) Named {
	kind, counts := r.typed(name)
	known := Named{Item: r.names[name].item, Logical: kind == expr.Logical}
	if counts != nil {
		known.Measure = *counts
	}
	return known
}

// Registers returns the names of the registers whose rows an indicator reads: by its own formula, by other indicators that it
// names, by its population. They are sorted, each once.
func (r *Rules) Registers(i *pack.Indicator) []string {
	found, seen := map[string]bool{}, map[string]bool{}
	r.addRegisters(i, found, seen)
	return slices.Sorted(maps.Keys(found))
}

func (r *Rules) addRegisters(i *pack.Indicator, found, seen map[string]bool) {
	if seen[i.Name] {
		return
	}
	seen[i.Name] = true
	var names []string
	if i.Formula != nil {
		for _, reference := range i.Formula.Ready.References() {
			names = append(names, reference.Name)
		}
	}
	if i.Share != nil {
		names = append(names, i.Share.Item, i.Share.By)
	}
	if i.Cells != nil {
		found[i.Cells.Register] = true
	}
	for _, p := range r.populations {
		if p.Name == i.Population && p.Where != nil {
			for _, reference := range p.Where.Ready.References() {
				names = append(names, reference.Name)
			}
		}
	}
	for _, name := range names {
		switch n := r.names[name]; {
		case n.item != nil:
			found[n.item.Register.Name] = true
		case n.indicator != nil:
			r.addRegisters(n.indicator, found, seen)
		}
	}
}
