package main

import (
	"fmt"

	"jiaoheng/measure"
	"jiaoheng/plan/target"
)

// within returns the schools of a unit by its place: from, and the first one that is not.
func within(u int) (from, to int) {
	switch {
	case u == 0:
		return 0, schools
	case u <= counties:
		return (u - 1) * perCounty, u * perCounty
	}
	return u - 1 - counties, u - counties
}

// above is the place of the unit above, -1 for the city.
func above(u int) int {
	switch {
	case u == 0:
		return -1
	case u <= counties:
		return 0
	}
	return 1 + (u-1-counties)/perCounty
}

// rate is what an indicator gives in a unit: in per cent, over all its pupils.
func (b *bench) rate(u, y, k int) float64 {
	count, pupils := 0.0, 0.0
	from, to := within(u)
	for s := from; s < to; s++ {
		count, pupils = count+b.counts[s][y][k], pupils+b.pupils[s]
	}
	return 100 * count / pupils
}

// light judges a target in a unit by what was invented, with nothing of the board.
func (b *bench) light(rules target.Rules, t, u int) target.Light {
	var series target.Series
	for y := range years {
		reading := target.Reading{Period: yearOf(y), At: target.Moment(yearOf(y)), Value: measure.Of(b.rate(u, y, b.targets[t].indicator))}
		reading.Parent = measure.MissingFor("parent")
		if up := above(u); up >= 0 {
			reading.Parent = measure.Of(b.rate(up, y, b.targets[t].indicator))
		}
		series = append(series, reading)
	}
	return target.Judge(b.goals[t][u], series, today, rules).Light
}

// compare compares every light of a view with the plain loop.
func (b *bench) compare(view *target.View) error {
	p, known := view.Plan(planID)
	if !known || len(p.Targets()) != len(b.targets) {
		return fmt.Errorf("the board does not hold the plan with its %d targets", len(b.targets))
	}
	var counts target.Counts
	for t := range b.targets {
		for u := range 1 + counties + schools {
			n, _ := view.Tree.Number(b.code(u))
			want := b.light(view.Rules, t, u)
			if got := p.Light(t, n); got != want {
				return fmt.Errorf("target %d in %s is %s, the plain loop finds %s", t+1, b.code(u), got.Key(), want.Key())
			}
			counts[want]++
		}
	}
	for _, light := range target.Lights() {
		if counts[light] == 0 {
			return fmt.Errorf("no cell is %s: the data do not test the rule", light.Key())
		}
	}
	return nil
}
