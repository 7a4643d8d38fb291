package profile

import (
	"maps"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/measure"
)

// total computes the weighted mean of the sides where a bureau gave them weights. A side is the mean of the standings of its
// figures; one with a weight and without a standing leaves no total.
func (m *making) total() {
	regions := assessment.Regions(m.Tree, m.view.Unit.Code)
	scope := m.set.Closure(m.view.Profile.Pack)
	weights, sum := 0.0, 0.0
	total := &Total{}
	for k := range m.view.Sides {
		side := &m.view.Sides[k]
		side.Score, side.Scored = scoreOf(side.Figures)
		if weight, err := m.number(scope, side.ProfileSide.Weight, regions); err == nil && weight > 0 {
			side.Weight = weight
		}
		if side.Weight == 0 {
			continue
		}
		if !side.Scored {
			total.Lacking = append(total.Lacking, side.Title)
		}
		weights, sum = weights+side.Weight, sum+side.Weight*side.Score
	}
	if weights == 0 || m.at < 0 {
		return
	}
	total.Value = measure.MissingFor(m.view.Profile.Name)
	if len(total.Lacking) == 0 {
		total.Value = measure.Of(sum / weights)
	}
	m.view.Total = total
}

func scoreOf(figures []Figure) (float64, bool) {
	sum, count := 0.0, 0
	for _, f := range figures {
		if f.Stands {
			sum, count = sum+f.Standing, count+1
		}
	}
	if count == 0 {
		return 0, false
	}
	return sum / float64(count), true
}

// lines are the schools of a county, each with the bands of its figures.
func (m *making) lines() {
	if m.at >= 0 {
		return
	}
	for k, code := range m.schools {
		u, _ := m.Tree.Find(code)
		line := Line{Unit: u, Sides: make([]Tally, len(m.columns))}
		for side, columns := range m.columns {
			for _, c := range columns {
				line.Sides[side].add(c, k)
			}
		}
		m.view.Lines = append(m.view.Lines, line)
	}
}

func (t *Tally) add(c column, school int) {
	if school >= len(c.values) || !c.values[school].Known() {
		t.Missing++
		return
	}
	switch c.spread.band(c.values[school], c.down) {
	case Better:
		t.Better++
	case Worse:
		t.Worse++
	default:
		t.Middle++
	}
}

func sortedKeys(schools map[string]*examSchool) []string { return slices.Sorted(maps.Keys(schools)) }
