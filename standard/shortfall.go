package standard

import (
	"math"
	"slices"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// Shortfall is what is lacking to the threshold. Amount is never negative: where less is better it is what is too much.
type Shortfall struct {
	Amount measure.Value
	Counts measure.Measure // what it counts
	Lack   pack.Lack       // of what: numerator, denominator, value
	Whole  bool
	Cost   measure.Value // missing when the pack gives no cost
	Units  int           // how many units lack something
}

// Shortfall returns what is lacking in the unit of a row: of its own units their own amount, of the units above the sum
// over the counted units below that fail, each rounded up before where only whole ones exist. It returns false where
// nothing is lacking or the standard has no numbers.
func (j *Judge) Shortfall(s *pack.Standard, stage unit.Stage, row int) (Shortfall, bool) {
	i, known := j.scope.Indicator(s.Name)
	if !known || s.Comparator == "" || s.Comparator == pack.Holds {
		return Shortfall{}, false
	}
	var sum Shortfall
	amounts, costs := j.amounts[:0], j.costs[:0]
	all := j.lacksOf(s, i, stage)
	first, _ := slices.BinarySearchFunc(all, row, func(l ownLack, row int) int { return l.row - row })
	for _, one := range all[first:] {
		if one.row >= j.run.Space.End(row) {
			break
		}
		amount, _ := one.Amount.Number()
		amounts = append(amounts, amount)
		if cost, known := one.Cost.Number(); known {
			costs = append(costs, cost)
		}
		sum = one.Shortfall
	}
	j.amounts, j.costs = amounts, costs
	if len(amounts) == 0 {
		return Shortfall{}, false
	}
	sum.Units, sum.Amount = len(amounts), measure.Of(frame.Sum(amounts))
	if len(costs) == len(amounts) {
		sum.Cost = measure.Of(frame.Sum(costs))
	}
	return sum, true
}

// noCost is the cost where the pack names none.
var noCost = measure.MissingFor("cost")

// ownLack is what one own unit lacks.
type ownLack struct {
	row int
	Shortfall
}

// lacksOf returns what every failing own unit lacks, in the order of the rows.
func (j *Judge) lacksOf(s *pack.Standard, i *pack.Indicator, stage unit.Stage) []ownLack {
	key := Cell{s.Name, stage}
	if done, known := j.lacks[key]; known {
		return done
	}
	var all []ownLack
	verdicts := j.Verdicts(s, stage)
	for row := range j.run.Space.Own(s.Of).Each(0, len(verdicts)) {
		if verdicts[row] != Fail {
			continue
		}
		if one, told := j.lack(s, i, stage, row, 1); told {
			all = append(all, ownLack{row, one})
		}
	}
	j.lacks[key] = all
	return all
}

// lack returns what one unit lacks to its threshold; with a floor below 1 to that part of it.
func (j *Judge) lack(s *pack.Standard, i *pack.Indicator, stage unit.Stage, row int, floor float64) (Shortfall, bool) {
	value, known := j.run.Value(i, stage, row).Number()
	threshold, _, inForce := j.Threshold(s, stage, row)
	if !known || !inForce {
		return Shortfall{}, false
	}
	if floor < 1 {
		threshold = floorOf(s.Comparator, threshold, floor)
	}
	found := Shortfall{Lack: s.Shortfall.Lack, Counts: s.Shortfall.Measure, Whole: s.Shortfall.Whole, Units: 1}
	parts, divides := j.run.Parts(i, stage, row)
	divides = divides && !parts.Coefficient
	if found.Lack == "" {
		found.Lack = pack.LackValue
		if divides && s.Comparator == pack.AtLeast {
			found.Lack = pack.LackNumerator
		}
	}
	numerator, hasNumerator := parts.Numerator.Number()
	denominator, hasDenominator := parts.Denominator.Number()
	amount := math.Abs(threshold - value)
	counts := &i.Measure
	switch {
	case !divides || !hasNumerator || !hasDenominator || found.Lack == pack.LackValue || parts.Factor == 0:
		found.Lack = pack.LackValue
	case found.Lack == pack.LackNumerator:
		amount, counts = math.Abs(threshold*denominator/parts.Factor-numerator), parts.NumeratorCounts
	case threshold != 0:
		amount, counts = math.Abs(parts.Factor*numerator/threshold-denominator), parts.DenominatorCounts
	}
	if s.Shortfall.Lack == "" && counts != nil {
		found.Counts = *counts
	}
	if found.Whole || s.Shortfall.Lack == "" && countsWhole(found.Counts) {
		found.Whole = true
		amount = wholeUp(amount, s.Comparator == pack.Above || s.Comparator == pack.Below)
	}
	found.Amount = measure.Of(amount)
	found.Cost = j.cost(s, stage, row, amount)
	return found, true
}

// wholeUp rounds up, but for the error of binary arithmetic. With strict the threshold itself is not enough.
func wholeUp(amount float64, strict bool) float64 {
	near := math.Round(amount)
	if measure.Compare(amount, near) == 0 || math.Abs(amount-near) < measure.Tolerance {
		if strict {
			return near + 1
		}
		return near
	}
	return math.Ceil(amount)
}

// wholes are what exists only whole: people, rooms, classes, schools, machines, books.
var wholes = func() []measure.Measure {
	var all []measure.Measure
	for _, base := range []string{"人", "学生", "间", "班", "所", "台", "册"} {
		if one, err := measure.Parse(base); err == nil {
			all = append(all, one)
		}
	}
	return all
}()

func countsWhole(m measure.Measure) bool { return slices.ContainsFunc(wholes, m.SameDimension) }

// cost returns the money for an amount; missing when the pack names none.
func (j *Judge) cost(s *pack.Standard, stage unit.Stage, row int, amount float64) measure.Value {
	parameter, known := j.scope.Parameter(s.Shortfall.Cost)
	if s.Shortfall.Cost == "" || !known {
		return noCost
	}
	if stage == "" {
		stage = j.run.Space.Stage(row)
	}
	one, _, found := pack.ResolveFor(stage, parameter.Values, j.day, j.run.Space.Above(row), j.run.Switches)
	if !found {
		return measure.MissingFor(parameter.Name)
	}
	return measure.Of(one * amount)
}
