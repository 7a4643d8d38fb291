package irt

import "math"

// InformationPoint is the precision of the test at one ability.
type InformationPoint struct {
	Ability     float64  `json:"ability"`
	Information float64  `json:"information"` // of the test alone, without that of the distribution of abilities
	SEM         *float64 `json:"sem"`         // conditional standard error of measurement 1/√information; nil where there is none
}

// Information returns the test information and the conditional standard error of measurement at abilities.
//
// Formula: I(θ) = Σ over items and answers of P(k) (d log P(k)/dθ)².
func (r *Result) Information(abilities []float64) []InformationPoint {
	l := r.fitted.l
	out := make([]InformationPoint, len(abilities))
	for i, ability := range abilities {
		total := 0.0
		for item, top := range l.top {
			beta := l.of(item, r.fitted.end.all)
			p := newPoint(top, len(beta))
			p.at(l.kind[item], ability/r.scale(), beta)
			for k := range top + 1 {
				rise := 0.0 // every answer's logarithm moves with θ as the slope times its moves with the step intercepts
				for step := range top {
					rise += p.first[k*len(beta)+step]
				}
				total += p.probability[k] * r.Slope[item] * r.Slope[item] * rise * rise
			}
		}
		out[i] = InformationPoint{Ability: ability, Information: total}
		if total > 1e-12 {
			sem := 1 / math.Sqrt(total)
			out[i].SEM = &sem
		}
	}
	return out
}

// scale is the ability of node 1: the standard deviation for Rasch, never 0.
func (r *Result) scale() float64 { return max(r.AbilitySD, 1e-12) }

// PersonMap are persons and items on one line, for the map of Wright.
type PersonMap struct {
	From    float64   `json:"from"`  // left end of the first class
	Width   float64   `json:"width"` // of a class
	Persons []float64 `json:"persons"`
	Below   float64   `json:"below"` // persons left of the first class
	Above   float64   `json:"above"` // and right of the last
	Items   []MapItem `json:"items"` // in order of difficulty
}

// MapItem is one step of an item on the map.
type MapItem struct {
	Item       string  `json:"item"`
	Step       int     `json:"step"`
	Difficulty float64 `json:"difficulty"`
}

// The map goes from mapFrom to −mapFrom in classes of mapWidth.
const (
	mapFrom  = -4.0
	mapWidth = 0.25
)

// Map returns the histogram of the mean abilities of persons beside the difficulties of the items.
func (r *Result) Map() PersonMap {
	m := PersonMap{From: mapFrom, Width: mapWidth, Persons: make([]float64, int(-2*mapFrom/mapWidth))}
	for pattern, weight := range r.fitted.prepared.rows.weight {
		class := math.Floor((r.patternEAP[pattern] - mapFrom) / mapWidth)
		switch {
		case class < 0:
			m.Below += weight
		case class >= float64(len(m.Persons)):
			m.Above += weight
		default:
			m.Persons[int(class)] += weight
		}
	}
	for item, difficulties := range r.Difficulty {
		for step, difficulty := range difficulties {
			if !math.IsNaN(difficulty) && !math.IsInf(difficulty, 0) {
				m.Items = append(m.Items, MapItem{r.Items[item], step + 1, difficulty})
			}
		}
	}
	sortMap(m.Items)
	return m
}
