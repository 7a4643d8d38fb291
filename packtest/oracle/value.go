package oracle

import (
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/expr/oracle"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Reasons of values that the rules of a pack give.
const (
	noValue = "indicator.no_value" // of a parameter before it came into force
	mixed   = "indicator.mixed"    // of flags that differ

	// notConcerned is told where there is nothing to divide by or to count and the indicator says that this is no failing.
	notConcerned = "indicator.not_concerned"
)

// Value returns the value of an indicator, or of an item, for a unit and a stage ("" for none) in a period. A condition
// that holds is 1. A unit of which the indicator says nothing is missing under the name.
func (w *World) Value(name, code string, stage unit.Stage, p period.Period) measure.Value {
	u, known := w.unit(code)
	if !known {
		return measure.MissingFor(name)
	}
	s := scene{period: p, stage: stage}
	if i, isIndicator := w.indicator(name); isIndicator {
		s.population = i.Population
	}
	return view{world: w, scene: s}.named(name, u)
}

// view reads names in one scene. leaves are the kinds over which statistics run.
type view struct {
	world  *World
	scene  scene
	leaves []unit.Kind
	unit   unit.Unit
}

func (v view) of(u unit.Unit) view { v.unit = u; return v }

// Leaves returns the counted units below one, itself among them.
func (v view) Leaves(row int) []int {
	var found []int
	for _, u := range v.world.under(v.world.Units[row].Code) {
		if stands, _ := v.world.stand(u, v.leaves, v.scene); stands >= undecided {
			found = append(found, v.world.number(u.Code))
		}
	}
	return found
}

// Logical tells whether a name holds conditions.
func (v view) Logical(name string) bool {
	short := name
	for _, prefix := range []string{"school.", "county."} {
		short = strings.TrimPrefix(short, prefix)
	}
	if s, known := v.world.source(short); known {
		return s.item == nil && (s.option != "" || s.register.Columns[s.column].Type == pack.Flag)
	}
	if i, known := v.world.indicator(name); known {
		return v.logical(i)
	}
	_, isParameter := v.world.parameter(name)
	return !isParameter && name != "unit."+"opened_year"
}

// logical tells whether an indicator is a condition.
func (v view) logical(i *pack.Indicator) bool {
	return i.Formula != nil && i.Formula.Ready.Type() == expr.Logical
}

// Value returns what a name stands for, seen from a unit.
func (v view) Value(reference expr.Reference, row int) measure.Value {
	shifted := v
	call := ""
	if u := v.world.Units[row]; slices.Contains(v.leaves, u.Kind) {
		if stands, why := v.world.stand(u, v.leaves, v.scene); stands == undecided {
			return why // whether it counts is not known, so nothing that it takes part in is
		}
	}
	switch reference.Shift {
	case expr.Previous:
		shifted.scene.back++
		call = "prev("
	case expr.SameTermLastYear:
		shifted.scene.back++
		if v.scene.period.Kind == period.Term {
			shifted.scene.back++
		}
		call = "same_term_last_year("
	}
	value := shifted.named(reference.Name, v.world.Units[row])
	if why := value.Reason(); call != "" && why.Kind == measure.Missing {
		var names []string
		for _, name := range why.Names {
			names = append(names, call+name+")")
		}
		return measure.MissingFor(names...)
	}
	return value
}

// named returns what a name stands for, seen from a unit.
func (v view) named(name string, u unit.Unit) measure.Value {
	w := v.world
	if i, known := w.indicator(name); known {
		return v.indicator(i, u)
	}
	if s, known := w.source(name); known {
		return v.item(name, s, u)
	}
	for _, kind := range []unit.Kind{unit.School, unit.County} {
		if item, has := strings.CutPrefix(name, string(kind)+"."); has {
			return v.fromAbove(name, item, kind, u)
		}
	}
	if flag, has := strings.CutPrefix(name, "unit."); has {
		return v.flag(name, flag, u)
	}
	if _, isParameter := w.parameter(name); isParameter {
		return v.parameter(name, u)
	}
	value, known := w.given(name, u.Code, v.scene.stage, v.scene.at())
	if !known {
		return measure.MissingFor(name)
	}
	return value
}

// parameter returns a parameter for the stage of the scene, else for that of a section.
func (v view) parameter(name string, u unit.Unit) measure.Value {
	stage := v.scene.stage
	if stage == "" && u.Kind == unit.Section {
		stage = u.Stages[0]
	}
	value, _ := v.world.given(name, u.Code, stage, v.scene.at())
	if value.Known() {
		return value
	}
	p, _ := v.world.parameter(name)
	byStage := slices.ContainsFunc(p.Values, func(d pack.Dated) bool { return len(d.ByStage) > 0 })
	if stage == "" && byStage {
		return measure.MissingFor(name)
	}
	return measure.InvalidBecause(noValue)
}

// flag returns what the tree itself tells of a unit; a section is as its school.
func (v view) flag(name, flag string, u unit.Unit) measure.Value {
	if u.Kind == unit.Section {
		if school, known := v.world.unit(u.Parent); known {
			u = school
		}
	}
	if stage, has := strings.CutPrefix(flag, "has_"); has {
		return truth(slices.Contains(u.Stages, unit.Stage(stage)))
	}
	switch flag {
	case "public", "private":
		return truth(string(u.Ownership) == flag)
	case "urban", "town", "rural":
		return truth(string(u.Setting) == flag)
	}
	if u.Opened.IsZero() {
		return measure.MissingFor(name)
	}
	return measure.Of(float64(u.Opened.Year))
}

// fromAbove returns what the school or county of a unit reported; of the units above these it is a total.
func (v view) fromAbove(name, item string, kind unit.Kind, u unit.Unit) measure.Value {
	s, known := v.world.source(item)
	if !known {
		return measure.MissingFor(name)
	}
	holder, has := v.world.nearest(u.Code, kind)
	var value measure.Value
	if has {
		value = v.own(item, s, holder)
	} else {
		value = v.item(item, s, u)
	}
	if value.Equal(measure.MissingFor(item)) {
		return measure.MissingFor(name)
	}
	return value
}

// own returns what a unit reported in the period that is looked at, with the units that went over into it since then.
func (v view) own(name string, s source, u unit.Unit) measure.Value {
	w := v.world
	at := v.scene.at()
	gone, joined := w.gone(u, v.scene)
	if gone {
		return measure.MissingFor(name)
	}
	if !joined {
		return w.Own(name, u.Code, at)
	}
	var values []measure.Value
	for _, code := range append([]string{u.Code}, w.before(u.Code, day(at), day(v.scene.period))...) {
		from, _ := w.unit(code)
		value := w.Own(name, code, at)
		if value.Known() || v.must(s, from, at) {
			values = append(values, value)
		}
	}
	if len(values) == 0 {
		return measure.MissingFor(name)
	}
	return v.together(s, values)
}

// owes tells whether a unit, or one that went over into it since the period that is looked at, had to report an item: the
// silence of a school does not end with its merger.
func (v view) owes(s source, u unit.Unit) bool {
	at := v.scene.at()
	owed := v.must(s, u, at)
	if _, joined := v.world.gone(u, v.scene); joined {
		for _, code := range v.world.before(u.Code, day(at), day(v.scene.period)) {
			from, _ := v.world.unit(code)
			owed = owed || v.must(s, from, at)
		}
	}
	return owed
}

// must tells whether a unit had to report an item.
func (v view) must(s source, u unit.Unit, at period.Period) bool {
	fits := len(s.register.Stages) == 0
	for _, stage := range s.register.Stages {
		fits = fits || teaches(u, stage)
	}
	when := belongs(at, s.every())
	if !fits || !slices.Contains(s.register.Of, u.Kind) {
		return false
	}
	for _, row := range v.world.Rows[s.register.Name] {
		if row.Unit == u.Code && row.Period == when {
			return true // whoever reports a part owes the rest
		}
	}
	return u.OpenOn(day(when)) && (!s.register.Optional || len(s.register.Key) > 0)
}

// item returns the value of an item: of a unit that reports it its own, of the units above the total of those that count.
func (v view) item(name string, s source, u unit.Unit) measure.Value {
	if slices.Contains(s.register.Of, u.Kind) {
		switch stands, why := v.world.stand(u, s.register.Of, v.scene); stands {
		case absent:
			return measure.MissingFor(name)
		case leftOut, undecided:
			return why
		}
		return v.own(name, s, u)
	}
	if !above(u.Kind, s.register.Of) {
		return measure.MissingFor(name)
	}
	return v.total(name, u, s.register.Of, func(below unit.Unit) (measure.Value, bool) {
		value := v.own(name, s, below)
		silent := value.Equal(measure.MissingFor(name))
		return value, !silent || !s.register.Optional && v.owes(s, below)
	}, func(values []measure.Value) measure.Value { return v.together(s, values) })
}

// total makes one value of those of the counted units below; of says also whether a unit without a value matters.
func (v view) total(name string, u unit.Unit, kinds []unit.Kind, of func(unit.Unit) (measure.Value, bool), together func([]measure.Value) measure.Value) measure.Value {
	var values []measure.Value
	for _, below := range v.world.under(u.Code)[1:] {
		stands, why := v.world.stand(below, kinds, v.scene)
		if stands == undecided {
			values = append(values, why)
		}
		if stands != counted {
			continue
		}
		if value, matters := of(below); matters {
			values = append(values, value)
		}
	}
	if len(values) == 0 {
		return measure.MissingFor(name)
	}
	return together(values)
}

// together makes one value of several: the largest or smallest of extremes, what all flags say, else the sum.
func (v view) together(s source, values []measure.Value) measure.Value {
	if why, lacks := measure.Join(values...); lacks {
		return why
	}
	var numbers []float64
	for _, value := range values {
		number, _ := value.Number()
		numbers = append(numbers, number)
	}
	switch {
	case s.item != nil && s.item.Kind == pack.MostOf:
		return measure.Of(slices.Max(numbers))
	case s.item != nil && s.item.Kind == pack.LeastOf:
		return measure.Of(slices.Min(numbers))
	case s.item == nil && (s.option != "" || s.register.Columns[s.column].Type == pack.Flag):
		if slices.Min(numbers) != slices.Max(numbers) {
			return measure.InvalidBecause(mixed)
		}
		return measure.Of(numbers[0])
	}
	return exactSum(numbers)
}

// evaluate computes a formula for a unit.
func (v view) evaluate(tree *expr.Node, u unit.Unit) measure.Value {
	return oracle.Evaluate(tree, v, v.world.number(u.Code))
}
