package pack

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/unit"
)

// check looks at everything that declarations of one pack say of each other.
func (l *linker) check(p *Pack, s *Scope) {
	for i := range p.Switches {
		l.source(s, p.Switches[i].Source)
	}
	for i := range p.Parameters {
		l.dated(s, p.Parameters[i].Values)
	}
	for i := range p.Populations {
		population := &p.Populations[i]
		l.source(s, population.Source)
		l.formula(population.Where, s.facts(population.Of), expr.Wanted{Type: expr.Logical})
	}
	for i := range p.Tables {
		l.source(s, p.Tables[i].Source)
	}
	for _, r := range p.Registers {
		l.register(s, r)
	}
	l.lives(p, s)
	for _, letter := range p.Letters {
		l.letter(s, letter)
	}
	for _, quota := range p.Quotas {
		l.quota(s, quota)
	}
	for _, term := range p.Terms {
		l.term(term)
	}
	l.scales(p, s)
	for _, calendar := range p.Calendars {
		l.source(s, calendar.Source)
		for _, day := range slices.Concat(calendar.Holidays, calendar.Workdays) {
			l.source(s, day.Source)
		}
	}
	l.indicators(p, s)
	for _, sheet := range p.Sheets {
		l.sheet(s, sheet)
	}
	for _, profile := range p.Profiles {
		l.profile(s, profile)
	}
	l.standardCircles(p, s)
	verdicts := 0
	for _, standard := range p.Standards {
		l.standard(s, standard)
		if standard.Verdict {
			if verdicts++; verdicts > 1 {
				l.fault(standard.Place, "pack.second_verdict", nil)
			}
		}
	}
}

// formula checks a formula and makes it ready. Numbers that look like limits of a rule are refused, save those of also.
func (l *linker) formula(f *Formula, items expr.Items, wanted expr.Wanted, also ...float64) {
	if f == nil {
		return
	}
	ready, faults := expr.Load(f.Place, f.Text, items, wanted)
	l.addAdvised(faults, items)
	f.Ready = ready
	if ready == nil {
		return
	}
	for _, n := range strangeNumbers(ready.Tree(), nil) {
		if slices.Contains(also, n.Number) {
			continue
		}
		l.fault(placeIn(f, n.At), "pack.number_in_formula", message.Args{"number": plain(n.Number), "allowed": allowedText()})
	}
}

// addAdvised adds the faults of a formula. A name that is known elsewhere is told with what makes it known here.
func (l *linker) addAdvised(faults fault.List, items expr.Items) {
	for _, f := range faults {
		if f.Code != "expr.unknown_name" && f.Code != "expr.unknown_name_near" {
			continue
		}
		name := f.Args["name"].(string)
		for _, head := range []string{"school.", "county."} {
			if _, known := items[head+name]; known {
				f.Code, f.Args = "pack.head_missing", message.Args{"name": name, "full": head + name}
			}
		}
		if owner := l.owner(name); owner != "" && f.Code != "pack.head_missing" {
			f.Code, f.Args = "pack.not_within_reach", message.Args{"name": name, "pack": owner}
		}
	}
	l.faults.Add(faults...)
}

// owner returns the pack that declares an item, an indicator or a parameter, or "".
func (l *linker) owner(name string) string {
	all := l.set.scopes[""]
	for _, p := range all.Packs {
		if slices.ContainsFunc(p.Parameters, func(q Parameter) bool { return q.Name == name }) {
			return p.Name
		}
	}
	if item := all.items[name]; item != nil {
		return item.Register.Pack
	}
	if i := all.indicators[name]; i != nil {
		return i.Pack
	}
	return ""
}

// allowedNumbers are numbers that say nothing of a rule: identities, halves and doubles, percent and per ten thousand, and
// the months of a year. Every other number in a formula is a limit that some document set and may set anew.
var allowedNumbers = []float64{0, 1, 2, 10, 12, 100, 1000, 10000, 100000, 1000000, 100000000}

func allowedText() string {
	text := ""
	for i, number := range allowedNumbers {
		if i > 0 {
			text += " "
		}
		text += plain(number)
	}
	return text
}

// strangeNumbers returns the numbers of a tree that are not allowed. The fraction of a percentile, the digits of a rounding
// and written exponents are part of how one computes.
func strangeNumbers(n *expr.Node, found []*expr.Node) []*expr.Node {
	if n.Kind == expr.Number && !slices.Contains(allowedNumbers, n.Number) {
		return append(found, n)
	}
	for i, arg := range n.Args {
		switch {
		case n.Kind == expr.Call && n.Text == "percentile" && i == 0,
			n.Kind == expr.Call && n.Text == "round" && i > 0,
			n.Kind == expr.Operator && n.Text == expr.Power && i == 1 && arg.Kind == expr.Number:
			continue
		}
		found = strangeNumbers(arg, found)
	}
	return found
}

// placeIn returns the place of a character of a formula.
func placeIn(f *Formula, at int) fault.Place {
	place := f.Place
	for _, r := range []rune(f.Text)[:at] {
		if place.Offset++; r == '\n' {
			place.Line, place.Offset = place.Line+1, 1
		}
	}
	return place
}

// indicators checks the indicators of a pack, each after those that it names.
func (l *linker) indicators(p *Pack, s *Scope) {
	for _, other := range s.Packs {
		if other != p {
			maps.Copy(s.types, l.set.scopes[other.Name].types)
		}
	}
	names := map[string][]string{}
	order := make([]string, 0, len(p.Indicators))
	own := map[string]*Indicator{}
	for _, i := range p.Indicators {
		own[i.Name] = i
		order = append(order, i.Name)
		names[i.Name] = namesNow(i)
	}
	next := func(name string) []string {
		var all []string
		for _, other := range names[name] {
			if own[other] != nil {
				all = append(all, other)
			}
		}
		return all
	}
	for _, circle := range circles(order, next) {
		l.fault(own[circle[0]].Place, "pack.indicator_circle", message.Args{"names": arrows(circle)})
	}
	done := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if done[name] {
			return
		}
		done[name] = true
		for _, other := range next(name) {
			visit(other)
		}
		l.indicator(s, own[name])
	}
	for _, name := range order {
		visit(name)
	}
}

// namesNow returns the names that the formula of an indicator reads in the same period.
func namesNow(i *Indicator) []string {
	if i.Formula == nil {
		return nil
	}
	tree, faults := expr.Parse(i.Formula.Place, i.Formula.Text)
	if faults != nil {
		return nil
	}
	var found []string
	var walk func(n *expr.Node)
	walk = func(n *expr.Node) {
		if n.Kind == expr.Call && (n.Text == "prev" || n.Text == "same_term_last_year") {
			return
		}
		if n.Kind == expr.Name {
			found = append(found, n.Text)
		}
		for _, arg := range n.Args {
			walk(arg)
		}
	}
	walk(tree)
	return found
}

func (l *linker) indicator(s *Scope, i *Indicator) {
	l.source(s, i.Source)
	if _, known := s.populations[i.Population]; !known && i.Population != "" {
		l.unknown(i.Place, "pack.unknown_population", i.Population, slices.Sorted(maps.Keys(s.populations)))
	}
	if len(i.Stages) > 0 && !slices.ContainsFunc(i.Of, staged) {
		l.fault(i.Place, "pack.stages_unfit", nil)
	}
	items := expr.Items(nil)
	switch {
	case i.Share != nil:
		l.share(s, i)
		s.types[i.Name] = expr.Numeric
		return
	case i.Cells != nil:
		items = l.cells(s, i.Cells)
	default:
		items = s.cachedItems(i.Of)
	}
	if i.Formula == nil {
		return
	}
	wanted := expr.Wanted{Measure: &i.Measure}
	if i.Evidence {
		wanted.Type = expr.Logical
	}
	l.formula(i.Formula, items, wanted)
	if i.Formula.Ready != nil {
		s.types[i.Name] = i.Formula.Ready.Type()
		if i.Nothing && s.types[i.Name] == expr.Logical {
			l.fault(i.Place, "pack.nothing_unfit", nil)
		}
		s.learn(i)
		l.readsByStage(s, i)
	}
}

// readsByStage checks that what a formula names is known for the stages of the indicator.
func (l *linker) readsByStage(s *Scope, i *Indicator) {
	for _, reference := range i.Formula.Ready.References() {
		name := reference.Name
		if p := s.parameters[name]; p != nil {
			l.covers(p.Values, i.Stages, i.Formula.Place, name)
			if len(i.Stages) == 0 && !slices.ContainsFunc(i.Of, ofOneStage) && !slices.ContainsFunc(p.Values, func(d Dated) bool { return d.All != nil }) {
				l.fault(i.Formula.Place, "pack.parameter_by_stage", message.Args{"name": name})
			}
		}
		if item := s.items[name]; item != nil && len(i.Stages) > 0 && len(item.Stages()) > 0 &&
			!slices.ContainsFunc(i.Stages, func(stage unit.Stage) bool { return slices.Contains(item.Stages(), stage) }) {
			l.fault(i.Formula.Place, "pack.item_stage", message.Args{"name": name, "register": item.Register.Name})
		}
	}
}

// ofOneStage tells whether units of a kind have a stage of their own.
func ofOneStage(k unit.Kind) bool { return k == unit.Section || k == unit.Kindergarten }

// staged tells whether units of a kind have stages or hold units that have.
func staged(k unit.Kind) bool { return k == unit.Section || k == unit.School || rank[k] >= 3 }

// cachedItems is ItemsFor, made once for each combination of kinds while a pack is checked.
func (s *Scope) cachedItems(kinds []unit.Kind) expr.Items {
	key := joined(kinds)
	if s.cached[key] == nil {
		s.cached[key] = s.ItemsFor(kinds)
		s.cachedKinds = append(s.cachedKinds, kinds)
	}
	return s.cached[key]
}

// learn tells the items made so far what an indicator gives.
func (s *Scope) learn(i *Indicator) {
	for _, kinds := range s.cachedKinds {
		if !someReach(kinds, i.Of) {
			continue
		}
		item := expr.Item{Type: s.types[i.Name], Measure: &i.Measure}
		if item.Type == expr.Logical {
			item.Measure = nil
		}
		s.cached[joined(kinds)][i.Name] = item
	}
}

// share checks that a section takes its part of an item of its school by an item of its own.
func (l *linker) share(s *Scope, i *Indicator) {
	item, known := s.items[i.Share.Item]
	switch {
	case !known:
		l.unknown(i.Share.Place, "pack.unknown_item", i.Share.Item, s.itemNames())
	case !slices.Contains(item.Of(), unit.School) || item.Type != expr.Numeric:
		l.named(i.Share.Place, "pack.share_item", message.Args{"name": i.Share.Item})
	case !item.Measure.SameDimension(i.Measure):
		l.fault(i.Place, "pack.share_measure", message.Args{"declared": measureText(i.Measure), "found": measureText(item.Measure)})
	}
	by, known := s.items[i.Share.By]
	switch {
	case !known:
		l.unknown(i.Share.Place, "pack.unknown_item", i.Share.By, s.itemNames())
	case !slices.Contains(by.Of(), unit.Section) || by.Type != expr.Numeric:
		l.named(i.Share.Place, "pack.share_by", message.Args{"name": i.Share.By})
	}
	weight, known := s.parameters[i.Share.Weight]
	if !known {
		l.unknown(i.Share.Place, "pack.unknown_parameter", i.Share.Weight, slices.Sorted(maps.Keys(s.parameters)))
	} else {
		l.covers(weight.Values, i.Stages, i.Share.Place, i.Share.Weight)
	}
	if !slices.Contains(i.Of, unit.Section) {
		l.fault(i.Share.Place, "pack.share_section", nil)
	}
}

// measureText writes a measure for messages of either language.
func measureText(m measure.Measure) string {
	if m.Pure() {
		return "1"
	}
	return m.Text(message.Chinese)
}

func (s *Scope) itemNames() []string { return slices.Sorted(maps.Keys(s.items)) }

// covers checks that each stage has a number, be it only in a region or with a switch.
func (l *linker) covers(values []Dated, stages []unit.Stage, place fault.Place, name string) {
	if len(values) == 0 {
		return
	}
	for _, stage := range stages {
		if !slices.ContainsFunc(values, func(d Dated) bool { _, known := d.Value(stage); return known }) {
			l.fault(place, "pack.stage_missing", message.Args{"name": name, "stage": string(stage)})
		}
	}
}

// cells checks the aggregates of cells and returns what their formula may name.
func (l *linker) cells(s *Scope, c *Cells) expr.Items {
	items := s.constants()
	register, known := s.registers[c.Register]
	if !known {
		l.unknown(c.Place, "pack.unknown_register", c.Register, slices.Sorted(maps.Keys(s.registers)))
		return items
	}
	for _, name := range c.By {
		if column := register.column(name); column == nil || column.Type != Choice && (column.Type != Line || column.Personal) {
			l.named(c.Place, "pack.cells_by", message.Args{"name": name, "register": register.Name})
		}
	}
	row := s.RowItems(register)
	for _, a := range c.Let {
		items[a.Name] = l.aggregate(register, a, row, nil)
	}
	return items
}
