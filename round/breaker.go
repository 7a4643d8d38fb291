package round

import (
	"slices"

	"jiaoheng/pack"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// MaxBreakers is how many units are told at most for one difference coefficient.
const MaxBreakers = 10

// Breakers returns who makes a verdict 不达标 in the unit of a row: for a difference coefficient the counted units whose
// leaving it would lower it most; for every other standard the own units below that fail; for a standard over others those
// of each part that fails.
func (o *Outcome) Breakers(name string, stage unit.Stage, row int) []Breaker {
	o.lock.Lock()
	defer o.lock.Unlock()
	s, known := o.prepared.scope.Standard(name)
	if !known {
		return nil
	}
	return o.breakers(s, stage, row)
}

func (o *Outcome) breakers(s *pack.Standard, stage unit.Stage, row int) []Breaker {
	verdicts := o.judge.Verdicts(s, stage)
	if verdicts[row] != standard.Fail {
		return nil
	}
	if s.All != nil {
		return o.breakersOfParts(s, stage, row)
	}
	var all []Breaker
	for below := range o.run.Space.Own(s.Of).Each(row, o.run.Space.End(row)) {
		if verdicts[below] != standard.Fail {
			continue
		}
		if found := o.breakersOfCoefficient(s, stage, below); found != nil {
			all = append(all, found...)
			continue
		}
		b := Breaker{Place: o.placeOf(below), Standard: s.Name, Code: codeOf(s.Code, s.Name), Title: s.Title, Of: stage}
		b.Shortfall, b.Lacks = o.judge.Shortfall(s, stage, below)
		all = append(all, b)
	}
	return all
}

func (o *Outcome) breakersOfParts(s *pack.Standard, stage unit.Stage, row int) []Breaker {
	var all []Breaker
	for _, name := range asked(s) {
		part, known := o.prepared.scope.Standard(name)
		if !known {
			continue
		}
		for _, of := range standard.PartStages(part, stage) {
			all = append(all, o.breakers(part, of, row)...)
		}
	}
	return all
}

// breakersOfCoefficient returns the units that raise a difference coefficient most; nil when the standard is about none.
func (o *Outcome) breakersOfCoefficient(s *pack.Standard, stage unit.Stage, row int) []Breaker {
	i, measured := o.prepared.scope.Indicator(s.Name)
	if !measured {
		return nil
	}
	contributions := o.run.Contributions(i, stage, row)
	if contributions == nil {
		return nil
	}
	now, _ := o.run.Value(i, stage, row).Number()
	threshold, _, _ := o.judge.Threshold(s, stage, row)
	all := []Breaker{}
	for _, c := range contributions {
		b := Breaker{Place: o.placeOf(c.Row), Standard: s.Name, Code: codeOf(s.Code, s.Name), Title: s.Title, Of: stage,
			Coefficient: true, Now: now, Without: c.Without, Lifted: c.Lifted}
		b.Mends = standard.Met(s.Comparator, c.Without, threshold) || standard.Met(s.Comparator, c.Lifted, threshold)
		if b.Without < now || b.Lifted < now {
			all = append(all, b)
		}
	}
	slices.SortStableFunc(all, func(a, b Breaker) int {
		switch x, y := min(a.Without, a.Lifted), min(b.Without, b.Lifted); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return a.Row - b.Row
	})
	return all[:min(len(all), MaxBreakers)]
}
