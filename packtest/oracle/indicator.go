package oracle

import (
	"math/big"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// indicator returns the value of an indicator for a unit, as another formula or a verdict reads it.
func (v view) indicator(i *pack.Indicator, u unit.Unit) measure.Value {
	if i.Population != "" {
		v.scene.population = i.Population
	}
	if len(i.Stages) == 0 && !slices.Contains(i.Of, unit.Section) {
		v.scene.stage = ""
	}
	if !slices.Contains(i.Of, u.Kind) && !above(u.Kind, i.Of) {
		return measure.MissingFor(i.Name)
	}
	switch {
	case i.Share != nil:
		return v.shared(i, u)
	case i.Cells != nil:
		return v.worst(i, u)
	}
	if (i.Worst || i.Sum) && !slices.Contains(i.Of, u.Kind) {
		return v.total(i.Name, u, i.Of, func(below unit.Unit) (measure.Value, bool) { return v.indicator(i, below), true },
			func(values []measure.Value) measure.Value { return upwardOf(i, values) })
	}
	stands, why := v.world.stand(u, i.Of, v.scene)
	if stands == leftOut || stands == undecided {
		return why
	}
	kinds := v.kinds(i)
	if !v.speaksOf(i, u, kinds) {
		return measure.MissingFor(i.Name)
	}
	if v.logical(i) && !slices.Contains(i.Of, u.Kind) {
		if value, some := v.holdsBelow(i, u); some {
			return value
		}
	}
	v.leaves = deepest(kinds)
	value := v.evaluate(i.Formula.Ready.Tree(), u)
	for _, nothing := range []string{measure.DivisionByZero, measure.NothingToCount} {
		if i.Nothing && value.Equal(measure.InvalidBecause(nothing)) {
			return measure.InvalidBecause(notConcerned)
		}
	}
	return value
}

// kinds returns the kinds of units whose facts an indicator reads.
func (v view) kinds(i *pack.Indicator) []unit.Kind {
	if i.Share != nil || i.Cells != nil {
		return i.Of
	}
	var kinds []unit.Kind
	for _, name := range namesIn(i.Formula.Ready.Tree()) {
		if other, known := v.world.indicator(name); known {
			kinds = append(kinds, v.kinds(other)...)
		} else if s, known := v.world.source(name); known {
			kinds = append(kinds, s.register.Of...)
		}
	}
	if len(kinds) == 0 {
		return i.Of
	}
	return kinds
}

// namesIn returns the names of a formula.
func namesIn(n *expr.Node) []string {
	var names []string
	if n.Kind == expr.Name {
		names = append(names, n.Text)
	}
	for _, arg := range n.Args {
		names = append(names, namesIn(arg)...)
	}
	return names
}

// speaksOf tells whether an indicator says anything of a unit: there is something at it or below it to compute from.
func (v view) speaksOf(i *pack.Indicator, u unit.Unit, kinds []unit.Kind) bool {
	own := slices.Contains(i.Of, u.Kind)
	if own && !v.world.isOpen(u, v.scene) {
		return false
	}
	for _, below := range v.world.under(u.Code) {
		stands, _ := v.world.stand(below, kinds, v.scene)
		if stands >= undecided || own && stands == leftOut {
			return true
		}
	}
	return false
}

// holdsBelow tells whether a condition holds for every counted unit below; it returns false when there is none.
func (v view) holdsBelow(i *pack.Indicator, u unit.Unit) (measure.Value, bool) {
	var lacking []measure.Value
	fails, some := false, false
	for _, below := range v.world.under(u.Code)[1:] {
		if stands, _ := v.world.stand(below, i.Of, v.scene); stands < undecided {
			continue
		}
		some = true
		value := v.indicator(i, below)
		fails = fails || value.Equal(measure.Of(0))
		if !value.Known() {
			lacking = append(lacking, value)
		}
	}
	if why, lacks := measure.Join(lacking...); lacks && !fails {
		return why, some
	}
	return truth(!fails), some
}

// shared returns the part of a section in what its school reports, and of the units above the total of the parts.
func (v view) shared(i *pack.Indicator, u unit.Unit) measure.Value {
	if !slices.Contains(i.Of, u.Kind) {
		return v.total(i.Name, u, i.Of, func(below unit.Unit) (measure.Value, bool) { return v.part(i, below), true },
			func(values []measure.Value) measure.Value { return v.together(source{item: &pack.Item{}}, values) })
	}
	switch stands, why := v.world.stand(u, i.Of, v.scene); stands {
	case absent:
		return measure.MissingFor(i.Name)
	case leftOut, undecided:
		return why
	}
	return v.part(i, u)
}

// part divides by weighted pupils: own over all of the school, times what the school reports.
func (v view) part(i *pack.Indicator, u unit.Unit) measure.Value {
	w := v.world
	school, known := w.nearest(u.Code, unit.School)
	if !known {
		return measure.MissingFor(i.Name)
	}
	item, _ := w.source(i.Share.Item)
	by, _ := w.source(i.Share.By)
	bare := view{world: w, scene: scene{period: v.scene.period, back: v.scene.back}}
	var sections []unit.Unit
	var weights []float64
	for _, section := range w.under(school.Code)[1:] {
		weight := bare.parameter(i.Share.Weight, section)
		if section.Kind == unit.Section && w.isOpen(section, v.scene) && weight.Known() {
			number, _ := weight.Number()
			sections, weights = append(sections, section), append(weights, number)
		}
	}
	own := slices.IndexFunc(sections, func(s unit.Unit) bool { return s.Code == u.Code })
	if own < 0 {
		return measure.MissingFor(i.Name)
	}
	whole := v.own(i.Share.Item, item, school)
	if len(sections) == 1 {
		return whole
	}
	lacking := []measure.Value{whole}
	weighted, mine := new(big.Rat), new(big.Rat)
	for at, section := range sections {
		pupils := v.own(i.Share.By, by, section)
		lacking = append(lacking, pupils)
		number, _ := pupils.Number()
		product := new(big.Rat).Mul(new(big.Rat).SetFloat64(number), new(big.Rat).SetFloat64(weights[at]))
		weighted.Add(weighted, product)
		if at == own {
			mine = product
		}
	}
	if why, lacks := measure.Join(lacking...); lacks {
		return why
	}
	if weighted.Sign() == 0 {
		return measure.InvalidBecause(measure.DivisionByZero)
	}
	number, _ := whole.Number()
	result, _ := mine.Mul(mine, new(big.Rat).SetFloat64(number)).Quo(mine, weighted).Float64()
	return measure.Of(result)
}

// CellValue is the value of one cell of an indicator, such as stage and subject.
type CellValue struct {
	Cell  string // the parts joined by "/"
	Value measure.Value
}

// CellsOf returns the cells of an indicator for a unit and a stage in a period.
func (w *World) CellsOf(name, code string, stage unit.Stage, p period.Period) []CellValue {
	cells, _ := w.cells(name, code, stage, scene{period: p})
	return cells
}

// cells returns the cells of an indicator for a unit, over all rows of the units at it and below it, and why they are not
// sure where a row cannot be placed.
func (w *World) cells(name, code string, stage unit.Stage, s scene) ([]CellValue, measure.Value) {
	i, _ := w.indicator(name)
	reg, _ := w.register(i.Cells.Register)
	u, _ := w.unit(code)
	if i.Population != "" {
		s.population = i.Population
	}
	s.stage = stage
	at := belongs(s.at(), reg.Every)
	if reg.Every == 0 {
		at = s.at()
	}
	g := gathering{w, reg, at}
	var rows []register.Row
	for _, below := range w.under(u.Code) {
		if stands, _ := w.stand(below, reg.Of, s); stands == leftOut || !teaches(below, stage) {
			continue
		}
		for _, row := range w.Rows[reg.Name] {
			if row.Unit == below.Code {
				rows = append(rows, row)
			}
		}
	}
	groups, lacking := g.groups(i.Cells.By, rows, i.Cells.Let)
	why, lacks := measure.Join(lacking...)
	var cells []CellValue
	for _, group := range groups {
		key, _ := g.key(i.Cells.By, group[0])
		f := cellFacts{groupFacts{g, i.Cells.By, i.Cells.Let, group}, view{world: w, scene: s}, u}
		cells = append(cells, CellValue{strings.Join(key, "/"), evaluateCell(i, f)})
	}
	if lacks {
		return cells, why
	}
	return cells, measure.Of(0)
}

// worst returns the smallest of the cells, the largest where less is better.
func (v view) worst(i *pack.Indicator, u unit.Unit) measure.Value {
	cells, unplaced := v.world.cells(i.Name, u.Code, v.scene.stage, v.scene)
	if !unplaced.Known() {
		return unplaced
	}
	if len(cells) == 0 {
		return measure.InvalidBecause(measure.NothingToCount)
	}
	var values []measure.Value
	var numbers []float64
	for _, cell := range cells {
		number, _ := cell.Value.Number()
		values, numbers = append(values, cell.Value), append(numbers, number)
	}
	if why, lacks := measure.Join(values...); lacks {
		return why
	}
	if i.Direction == pack.Down {
		return measure.Of(slices.Max(numbers))
	}
	return measure.Of(slices.Min(numbers))
}

// upwardOf returns the sum of values or the smallest of values, the largest of those that should fall.
func upwardOf(i *pack.Indicator, values []measure.Value) measure.Value {
	if why, lacks := measure.Join(values...); lacks {
		return why
	}
	var numbers []float64
	for _, value := range values {
		number, _ := value.Number()
		numbers = append(numbers, number)
	}
	if i.Sum {
		return measure.Of(frame.Sum(numbers))
	}
	if i.Direction == pack.Down {
		return measure.Of(slices.Max(numbers))
	}
	return measure.Of(slices.Min(numbers))
}
