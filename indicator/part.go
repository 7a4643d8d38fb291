package indicator

import (
	"math"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// Parts are numerator and denominator of a value: Factor × Numerator / Denominator. Of a difference coefficient they are
// the standard deviation and the mean.
type Parts struct {
	Numerator, Denominator measure.Value
	Factor                 float64
	Coefficient            bool // of a difference coefficient, which lacks no people and no rooms
	// What the parts count, as far as the declarations say; nil of a difference coefficient.
	NumeratorCounts, DenominatorCounts *measure.Measure
	NumeratorText, DenominatorText     string   // as formulas
	Addends                            []string // what adds to the numerator one for one
}

// Parts returns the parts of the value of an indicator in a row, and false when its formula does not divide.
func (r *Run) Parts(i *pack.Indicator, stage unit.Stage, row int) (Parts, bool) {
	found := r.Rules.ratios[i.Name]
	if found == nil || (i.Worst || i.Sum) && r.Space.kind[row]&kindsOf(i.Of) == 0 {
		return Parts{}, false
	}
	at := sceneOf(i, scene{stage: stage, population: i.Population})
	if found.cv {
		return r.deviation(i, found, at, row), true
	}
	key := columnKey{i.Name, at}
	d, done := r.divided[key]
	if !done {
		d = division{r.part(i, found.above, "\x00above", at), r.part(i, found.below, "\x00below", at)}
		r.divided[key] = d
	}
	return Parts{Numerator: d.above.Get(row, i.Name), Denominator: d.below.Get(row, i.Name), Factor: found.factor,
		NumeratorCounts: found.above.Measure(), DenominatorCounts: found.below.Measure(),
		NumeratorText: found.aboveText, DenominatorText: found.belowText, Addends: found.addends}, true
}

// division holds the columns of numerators and denominators.
type division struct{ above, below *frame.Column }

func (r *Run) part(i *pack.Indicator, formula *expr.Formula, suffix string, at scene) *frame.Column {
	key := columnKey{i.Name + suffix, at}
	column, done := r.columns[key]
	if !done {
		column = r.formula(i, formula, at)
		r.leaveReasons(i, column, at)
		r.columns[key] = column
	}
	return column
}

// deviation returns standard deviation and mean of a difference coefficient.
func (r *Run) deviation(i *pack.Indicator, found *ratio, at scene, row int) Parts {
	parts := Parts{Factor: 1, Coefficient: true, NumeratorText: "S", DenominatorText: found.value}
	value := r.column(i.Name, at).Get(row, i.Name)
	if !value.Known() {
		parts.Numerator, parts.Denominator = value, value
		return parts
	}
	all := r.leaves(i, found, at, row)
	_, average, square := spread(all)
	parts.Numerator, parts.Denominator = measure.Of(math.Sqrt(square)), measure.Of(average)
	return parts
}

// Contribution is the part of one counted unit in a difference coefficient.
type Contribution struct {
	Row           int
	Value, Weight float64
	Share         float64 // of the weights: P_i / P_N
	Term          float64 // P_i / P_N · (x_i − mean)²
	Percent       float64 // of the sum of all terms
	Without       float64 // the coefficient when the unit is left out; 0 when nothing remains
	Lifted        float64 // the coefficient when the unit had the mean of the others
}

// Contributions returns what each counted unit below a row contributes to the difference coefficient, the largest part
// first; nil when the indicator is none or has no value.
func (r *Run) Contributions(i *pack.Indicator, stage unit.Stage, row int) []Contribution {
	found := r.Rules.ratios[i.Name]
	at := sceneOf(i, scene{stage: stage, population: i.Population})
	if found == nil || !found.cv || !r.column(i.Name, at).Present.Get(row) {
		return nil
	}
	all := r.leaves(i, found, at, row)
	weight, average, square := spread(all)
	for k := range all {
		c := &all[k]
		distance := c.Value - average
		c.Share = c.Weight / weight
		c.Term = c.Share * distance * distance
		if square > 0 {
			c.Percent = 100 * c.Term / square
		}
		if rest := weight - c.Weight; rest > 0 {
			// leaving a unit out moves the mean away from it; the squares are taken from the new mean
			move := -c.Weight * distance / rest
			mean, without := average+move, max(0, (square*weight-c.Weight*distance*distance)/rest-move*move)
			if mean != 0 {
				c.Without, c.Lifted = math.Sqrt(without)/mean, math.Sqrt(without*rest/weight)/mean
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Contribution) int {
		switch {
		case a.Term > b.Term:
			return -1
		case a.Term < b.Term:
			return 1
		}
		return a.Row - b.Row
	})
	return all
}

// leaves returns values and weights of the counted units below a row.
func (r *Run) leaves(i *pack.Indicator, found *ratio, at scene, row int) []Contribution {
	values, weights := r.column(found.value, at), r.column(found.weight, at)
	members := r.membersOf(r.leafKinds(i), at)
	all := make([]Contribution, 0, members.Count(row, r.Space.end[row]))
	for leaf := range members.Counted.Each(row, r.Space.end[row]) {
		all = append(all, Contribution{Row: leaf, Value: values.Numbers[leaf], Weight: weights.Numbers[leaf]})
	}
	return all
}

// spread returns the sum of weights, the weighted mean and the weighted mean square distance from it.
func spread(all []Contribution) (weight, average, square float64) {
	numbers := make([]float64, len(all))
	add := func(of func(c Contribution) float64) float64 {
		for k, c := range all {
			numbers[k] = of(c)
		}
		return frame.Sum(numbers)
	}
	weight = add(func(c Contribution) float64 { return c.Weight })
	if weight == 0 {
		return 0, 0, 0
	}
	average = add(func(c Contribution) float64 { return c.Weight * c.Value }) / weight
	square = add(func(c Contribution) float64 { return c.Weight * (c.Value - average) * (c.Value - average) }) / weight
	return weight, average, square
}

// Coverage counts the units that must report what an indicator reads.
type Coverage struct{ Reported, Expected int }

// coverage holds prefix counts of an indicator's leaves.
type coverage struct{ reported, expected []int32 }

// Coverage returns how many of the counted units at or below a row reported everything that the indicator reads of them.
func (r *Run) Coverage(i *pack.Indicator, stage unit.Stage, row int) Coverage {
	at := sceneOf(i, scene{stage: stage, population: i.Population})
	key := columnKey{i.Name, at}
	found, done := r.covered[key]
	if !done {
		found = r.cover(i, at)
		r.covered[key] = found
	}
	end := r.Space.end[row]
	return Coverage{int(found.reported[end] - found.reported[row]), int(found.expected[end] - found.expected[row])}
}

func (r *Run) cover(i *pack.Indicator, at scene) coverage {
	asked := r.reporters(i, at)
	found := coverage{make([]int32, r.Space.n+1), make([]int32, r.Space.n+1)}
	lacks := r.lacks(i, at, asked)
	for row := range r.Space.n {
		found.reported[row+1], found.expected[row+1] = found.reported[row], found.expected[row]
		if asked.Get(row) {
			found.expected[row+1]++
			if !lacks.Get(row) {
				found.reported[row+1]++
			}
		}
	}
	return found
}

// lacks returns a bit for each of the leaves asked that did not report something that the indicator reads of it.
func (r *Run) lacks(i *pack.Indicator, at scene, asked frame.Bitmap) frame.Bitmap {
	lacks := frame.NewBitmap(r.Space.n)
	for _, name := range r.reads(i) {
		column := r.column(name, at)
		for row := range asked.Each(0, r.Space.n) {
			if column == nil || !column.Present.Get(row) && column.Get(row, name).Reason().Kind == measure.Missing {
				lacks.Set(row)
			}
		}
	}
	return lacks
}

// reads returns the names whose values a leaf must have reported: the indicator itself where it is computed for leaves;
// else what its formula always reads of leaves, not what stands in a branch only.
func (r *Run) reads(i *pack.Indicator) []string {
	kinds := r.leafKinds(i)
	if kindsOf(i.Of)&kinds != 0 || i.Share != nil || i.Cells != nil {
		return []string{i.Name}
	}
	var names []string
	var walk func(n *expr.Node)
	walk = func(n *expr.Node) {
		args := n.Args
		if n.Kind == expr.Call {
			switch n.Text {
			case "if":
				args = args[:1]
			case "prev", "same_term_last_year", "is_null", "first_non_null":
				args = nil
			}
		}
		if n.Kind == expr.Name && r.Rules.kindsOfName(n.Text)&kinds != 0 && !slices.Contains(names, n.Text) {
			names = append(names, n.Text)
		}
		for _, arg := range args {
			walk(arg)
		}
	}
	walk(i.Formula.Ready.Tree())
	return names
}

// Silent is a counted unit that did not report something that an indicator reads of it.
type Silent struct {
	Row  int
	Lack measure.Reason
}

// Silents returns the units at or below a row that did not report something that the indicator reads, in their order.
func (r *Run) Silents(i *pack.Indicator, stage unit.Stage, row int) []Silent {
	at := sceneOf(i, scene{stage: stage, population: i.Population})
	lacks := r.lacks(i, at, r.reporters(i, at))
	var silent []Silent
	for leaf := range lacks.Each(row, r.Space.end[row]) {
		var why []measure.Value
		for _, name := range r.reads(i) {
			column, value := r.column(name, at), measure.MissingFor(name)
			if column != nil {
				value = column.Get(leaf, name)
			}
			if value.Reason().Kind == measure.Missing {
				why = append(why, value)
			}
		}
		joined, _ := measure.Join(why...)
		silent = append(silent, Silent{leaf, joined.Reason()})
	}
	return silent
}

// Read returns what an indicator reads under a name in a row.
func (r *Run) Read(i *pack.Indicator, stage unit.Stage, reference expr.Reference, row int) measure.Value {
	at := sceneOf(i, scene{stage: stage, population: i.Population})
	if column := (reader{r, at, nil}).Column(reference); column != nil {
		return column.Get(row, reference.Name)
	}
	return measure.MissingFor(reference.Name)
}
