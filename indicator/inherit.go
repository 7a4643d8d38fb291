package indicator

import (
	"maps"
	"strings"

	"jiaoheng/pack"
)

// populationColumn begins the names of the columns that hold what the condition of a population says.
const populationColumn = "population "

// Inherit takes over what another run computed, save what follows from the items that changed since then. Both runs must
// have the same rules, space, period, switches and units left out; no other goroutine may use the other run meanwhile.
func (r *Run) Inherit(from *Run, changed []string) {
	touched, populations := r.Rules.touched(changed)
	for key, column := range from.columns {
		name, isPopulation := strings.CutPrefix(key.name, populationColumn)
		name, _, _ = strings.Cut(name, "\x00")
		if isPopulation && populations[name] || !isPopulation && touched[name] || populations[key.population] {
			continue
		}
		r.columns[key] = column
	}
	for key, members := range from.members {
		if !populations[key.population] {
			r.members[key] = members
		}
	}
	for key, rows := range from.speaks {
		if !populations[key.population] {
			r.speaks[key] = rows
		}
	}
	for key, found := range from.raws {
		if !touched[key.name] {
			r.raws[key] = found
		}
	}
	maps.Copy(r.asked, from.asked)
	maps.Copy(r.open, from.open)
	maps.Copy(r.moved, from.moved)
}

// touched returns the names whose values may be others when items changed, and the populations whose condition may be.
func (r *Rules) touched(items []string) (names, populations map[string]bool) {
	names, populations = map[string]bool{}, map[string]bool{}
	for _, item := range items {
		names[item], names["school."+item], names["county."+item] = true, true, true
	}
	for more := len(items) > 0; more; {
		more = false
		for _, p := range r.populations {
			if !populations[p.Name] && p.Where != nil && reads(p.Where, names) {
				populations[p.Name], more = true, true
			}
		}
		for _, i := range r.indicators {
			if !names[i.Name] && (populations[i.Population] || follows(i, names)) {
				names[i.Name], more = true, true
			}
		}
	}
	return names, populations
}

// follows tells whether an indicator reads one of the names.
func follows(i *pack.Indicator, names map[string]bool) bool {
	if i.Share != nil {
		return names[i.Share.Item] || names[i.Share.By]
	}
	return reads(i.Formula, names)
}

func reads(f *pack.Formula, names map[string]bool) bool {
	for _, reference := range f.Ready.References() {
		if names[reference.Name] {
			return true
		}
	}
	return false
}
