package indicator

import (
	"math/bits"
	"slices"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Dated resolves dated values for the units of a space: by stage, day, switches and the regions of each unit.
type Dated struct {
	space    *Space
	values   []pack.Dated
	day      period.Date
	switches map[string]bool
	regional bool
	switched bool
	known    map[datedKey]*resolved
	fast     [8]*resolved // by stageIndex, where regions do not matter
}

type datedKey struct {
	stage unit.Stage
	row   int // the nearest unit above that a value names; -1 without
}

type resolved struct {
	number float64
	dated  pack.Dated
	found  bool
}

// NewDated returns what resolves values on a day.
func NewDated(space *Space, values []pack.Dated, day period.Date, switches map[string]bool) *Dated {
	d := &Dated{space: space, values: values, day: day, switches: switches}
	for _, value := range values {
		d.regional, d.switched = d.regional || value.Region != "", d.switched || value.Switch != ""
	}
	return d
}

// stageIndex numbers the stages; "" is the last.
func stageIndex(stage unit.Stage) int {
	if stage == "" {
		return 7
	}
	return bits.TrailingZeros8(stageBit(stage)) & 7
}

// Regional tells whether units of one stage may have different numbers.
func (d *Dated) Regional() bool { return d.regional }

// At returns the number in force for a stage in the unit of a row, and false when there is none.
func (d *Dated) At(row int, stage unit.Stage) (float64, pack.Dated, bool) {
	found := d.at(row, stage)
	return found.number, found.dated, found.found
}

// at returns what At returns. It must not be written to.
func (d *Dated) at(row int, stage unit.Stage) *resolved {
	if !d.regional {
		fast := d.fast[stageIndex(stage)]
		if fast == nil {
			fast = d.everywhere(stage)
			d.fast[stageIndex(stage)] = fast
		}
		return fast
	}
	key := datedKey{stage, d.named(row)}
	found, known := d.known[key]
	if !known {
		found = &resolved{}
		found.number, found.dated, found.found = pack.ResolveFor(stage, d.values, d.day, d.space.Above(row), d.switches)
		if d.known == nil {
			d.known = map[datedKey]*resolved{}
		}
		d.known[key] = found
	}
	return found
}

// everywhere resolves values that do not depend on regions; the space keeps those that do not depend on switches either.
func (d *Dated) everywhere(stage unit.Stage) *resolved {
	resolve := func() *resolved {
		found := &resolved{}
		found.number, found.dated, found.found = pack.ResolveFor(stage, d.values, d.day, nil, d.switches)
		return found
	}
	if d.switched || len(d.values) == 0 {
		return resolve()
	}
	kept := &d.space.kept
	kept.lock.Lock()
	defer kept.lock.Unlock()
	key := resolvedKey{&d.values[0], len(d.values), stage, d.day}
	found := kept.resolved[key]
	if found == nil {
		if len(kept.resolved) >= maxResolved {
			clear(kept.resolved)
		}
		found = resolve()
		kept.resolved[key] = found
	}
	return found
}

// resolvedKey names the values of one declaration, which do not change, on a day.
type resolvedKey struct {
	values *pack.Dated
	count  int
	stage  unit.Stage
	day    period.Date
}

// maxResolved is how many resolved values a space keeps.
const maxResolved = 2000

// stageless tells whether no value is meant for one stage alone.
func (d *Dated) stageless() bool {
	return !slices.ContainsFunc(d.values, func(v pack.Dated) bool { return len(v.ByStage) > 0 })
}

// named returns the nearest row, from a row upward, whose unit a value names; -1 when none of the space is named.
func (d *Dated) named(row int) int {
	for ; row >= 0; row = int(d.space.parent[row]) {
		code := d.space.tree.At(d.space.base + row).Code
		if slices.ContainsFunc(d.values, func(v pack.Dated) bool { return v.Region == code }) {
			return row
		}
	}
	return -1
}

// parameter gives every unit the number of a parameter: for the stage of the scene, else for that of the section.
func (r *Run) parameter(p *pack.Parameter, at scene) *frame.Column {
	at.population = ""
	if !slices.ContainsFunc(p.Values, func(v pack.Dated) bool { return len(v.ByStage) > 0 }) {
		at.stage = ""
	}
	key := columnKey{p.Name, at}
	if column, done := r.columns[key]; done {
		return column
	}
	dated := NewDated(r.Space, p.Values, Day(r.periodAt(at.shift)), r.Switches)
	if at.stage != "" && !dated.regional || dated.stageless() && !dated.regional {
		if same := dated.at(0, at.stage); same.found {
			column := r.Space.number(same.number)
			r.columns[key] = column
			return column
		}
	}
	column := r.newColumn()
	none := measure.Reason{Kind: measure.Invalid, Names: []string{NoValue}}
	for row := range r.Space.n {
		stage := at.stage
		if stage == "" {
			stage = r.Space.stage[row]
		}
		if fast := dated.at(row, stage); fast.found {
			column.Numbers[row] = fast.number
			column.Present.Set(row)
		} else if stage != "" || dated.stageless() {
			setReason(column, row, none)
		}
	}
	r.columns[key] = column
	return column
}

// constant gives every unit the same truth.
func (s *Space) constant(truth bool) *frame.Column {
	name := "switch off"
	if truth {
		name = "switch on"
	}
	return s.keep(name, func(int) (float64, bool) {
		if truth {
			return 1, true
		}
		return 0, true
	})
}

// flags gives every unit a fact that the tree knows; a section has those of its school.
func (s *Space) flags(name string) *frame.Column {
	return s.keep(name, func(row int) (float64, bool) {
		u := s.Unit(row)
		if p := s.tree.Parent(s.base + row); u.Kind == unit.Section && p >= 0 {
			u = s.tree.At(p)
		}
		return unitFlag(u, name)
	})
}

// keep makes a column once for all runs over the space. It must not be written to.
func (s *Space) keep(name string, of func(row int) (float64, bool)) *frame.Column {
	s.kept.lock.Lock()
	defer s.kept.lock.Unlock()
	column, known := s.kept.flags[name]
	if known {
		return column
	}
	column = frame.NewColumn(s.n)
	for row := range s.n {
		if number, known := of(row); known {
			column.Numbers[row] = number
			column.Present.Set(row)
		}
	}
	s.kept.flags[name] = column
	return column
}
