package main

import (
	"fmt"
	"iter"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

var year = period.Period{Kind: period.SchoolYear, Start: period.Date{Year: 2023, Month: 9, Day: 1}}

// section is one section with the code of its school and county.
type section struct {
	code, school, county string
	stage                unit.Stage
}

// region is an invented region with its facts in a frame.
type region struct {
	tree     *unit.Tree
	frame    *frame.Frame
	sections []section
	facts    map[string]map[string]float64 // item → unit → number
}

// newRegion makes a province of cities, counties, townships and schools: of four schools two are primary schools, one is a
// junior school and one has both stages, so that five sections belong to four schools.
func newRegion(set *pack.Set, sections, counties int) (*region, error) {
	r := &region{facts: map[string]map[string]float64{}}
	units := []unit.Unit{{Code: "33", Kind: unit.Province}}
	for c := range counties {
		city, county := fmt.Sprintf("33%02d", c/10), fmt.Sprintf("33%04d", c)
		if c%10 == 0 {
			units = append(units, unit.Unit{Code: city, Kind: unit.City, Parent: "33"})
		}
		units = append(units, unit.Unit{Code: county, Kind: unit.County, Parent: city})
		for t := range 8 {
			units = append(units, unit.Unit{Code: fmt.Sprintf("%s%03d", county, t), Kind: unit.Township, Parent: county})
		}
		units = r.schools(units, county, sections/counties)
	}
	tree, err := unit.Build(units)
	if err != nil {
		return nil, err
	}
	r.tree = tree
	return r, r.report(set)
}

// schools adds the schools of a county until it has so many sections.
func (r *region) schools(units []unit.Unit, county string, sections int) []unit.Unit {
	for made, s := 0, 0; made < sections; s++ {
		stages := [][]unit.Stage{{unit.Primary}, {unit.Junior}, {unit.Primary}, {unit.Primary, unit.Junior}}[s%4]
		stages = stages[:min(len(stages), sections-made)]
		school := unit.Unit{Code: fmt.Sprintf("%s%04d", county, s+1000), Kind: unit.School, Parent: fmt.Sprintf("%s%03d", county, s%8),
			Stages: stages, Ownership: unit.Public, Setting: unit.Town}
		units = append(append(units, school), unit.Sections(school)...)
		for _, u := range unit.Sections(school) {
			r.sections = append(r.sections, section{u.Code, school.Code, county, u.Stages[0]})
			made++
		}
	}
	return units
}

// report fills a frame with every item that the pack may read in the school year.
func (r *region) report(set *pack.Set) error {
	layout := frame.Layout{Tree: r.tree, Periods: []period.Period{year}, Duties: map[string]frame.Duty{}}
	var items []*pack.ScopeItem
	for _, item := range set.Closure("balanced").Items() {
		if item.Every != period.SchoolYear {
			continue
		}
		of := map[unit.Kind]bool{}
		for _, kind := range item.Of() {
			of[kind] = true
		}
		items = append(items, item)
		layout.Items = append(layout.Items, frame.Item{Name: item.Name, Duty: item.Register.Name})
		layout.Duties[item.Register.Name] = func(u unit.Unit, _ period.Date) bool { return of[u.Kind] }
	}
	made, err := frame.New(layout)
	if err != nil {
		return err
	}
	r.frame = made
	if faults := made.Load(r.rows(items)); faults != nil {
		return faults
	}
	return nil
}

// rows yields a number for every unit and item.
func (r *region) rows(items []*pack.ScopeItem) iter.Seq[frame.Row] {
	return func(yield func(frame.Row) bool) {
		for k, item := range items {
			of := map[unit.Kind]bool{}
			for _, kind := range item.Of() {
				of[kind] = true
			}
			numbers := map[string]float64{}
			r.facts[item.Name] = numbers
			for n := range r.tree.Len() {
				u := r.tree.At(n)
				if !of[u.Kind] {
					continue
				}
				number := invent(item, n, k)
				numbers[u.Code] = number
				if !yield(frame.Row{Unit: u.Code, Item: item.Name, Period: year, Value: measure.Of(number)}) {
					return
				}
			}
		}
	}
}

// perHundred are the means of what decides on the verdicts, so that some schools pass and some fail.
var perHundred = map[string]float64{"teachers_above": 5.5, "teachers_backbone": 1.1, "teachers_pe": 0.5, "teachers_music": 0.3, "teachers_art": 0.3,
	"area_teaching_auxiliary": 700, "area_sports_ground": 1300, "area_indoor_sports": 80, "equipment_value": 300_000, "multimedia_rooms": 2.9}

// invent returns the number of an item in a unit: the same three numbers always give the same one.
func invent(item *pack.ScopeItem, unit, at int) float64 {
	random := func(salt int) float64 {
		z := uint64(unit)<<32 + uint64(salt) + 0x9e3779b97f4a7c15
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		return float64((z^z>>31)>>11) / (1 << 53)
	}
	pupils := 30 + float64(int(1500*random(1)))
	switch {
	case item.Name == "pupils":
		return pupils
	case item.Name == "teaching_point":
		return map[bool]float64{true: 1}[random(2) < 0.1]
	case item.Type == expr.Logical:
		return 1
	case perHundred[item.Name] > 0:
		return float64(int(pupils / 100 * perHundred[item.Name] * (0.7 + 0.6*random(at+10))))
	}
	return float64(int(100 * random(at+10)))
}
