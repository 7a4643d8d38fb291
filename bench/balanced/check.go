package main

import (
	"fmt"
	"math"

	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// The official limits, written out once more.
var (
	names  = []string{"teacher.above_per_100", "teacher.backbone_per_100", "teacher.pe_arts_per_100", "area.teaching_per_pupil", "area.sports_per_pupil", "equipment.value_per_pupil", "room.multimedia_per_100"}
	spread = []string{"balance.teachers_above", "balance.teachers_backbone", "balance.teachers_pe_arts", "balance.area_teaching", "balance.area_sports", "balance.equipment", "balance.multimedia"}
	limits = map[unit.Stage][7]float64{unit.Primary: {4.2, 1, 0.9, 4.5, 7.5, 2000, 2.3}, unit.Junior: {5.3, 1, 0.9, 5.8, 10.2, 2500, 2.4}}
	weight = map[unit.Stage]float64{unit.Primary: 1, unit.Junior: 1.1}
)

// check compares the answers of the engine with a plain computation and returns how many there were.
func (r *region) check(o *round.Outcome) (int, error) {
	weighted := map[string]float64{}
	for _, s := range r.sections {
		weighted[s.school] += weight[s.stage] * r.facts["pupils"][s.code]
	}
	type county struct {
		code  string
		stage unit.Stage
	}
	values := map[county][][7]float64{}
	pupils := map[county][]float64{}
	checked := 0
	scope := o.Scope()
	for _, s := range r.sections {
		own := r.seven(s, weighted[s.school])
		row, _ := o.Space().Row(s.code)
		verdict := standard.Not
		if !r.leftOut(s) {
			verdict = judge(own, limits[s.stage])
			key := county{s.county, s.stage}
			values[key] = append(values[key], own)
			pupils[key] = append(pupils[key], r.facts["pupils"][s.code])
			for k, name := range names {
				i, _ := scope.Indicator(name)
				if got, _ := o.ValueOf(i, s.stage, row).Number(); !near(got, own[k]) {
					return 0, fmt.Errorf("%s of %s: %v, want %v", name, s.code, got, own[k])
				}
				checked++
			}
		}
		if got := o.Standing("resource.school", s.stage, row); got != verdict {
			return 0, fmt.Errorf("%s: %v, want %v", s.code, got, verdict)
		}
		checked++
	}
	for key, all := range values {
		row, _ := o.Space().Row(key.code)
		for k, name := range spread {
			i, _ := scope.Indicator(name)
			want := coefficient(all, pupils[key], k)
			if got, _ := o.ValueOf(i, key.stage, row).Number(); !near(got, want) {
				return 0, fmt.Errorf("%s of %s: %v, want %v", name, key.code, got, want)
			}
			checked++
		}
	}
	return checked, nil
}

func (r *region) leftOut(s section) bool {
	return r.facts["teaching_point"][s.school] == 1 && r.facts["pupils"][s.code] < 50
}

// seven returns the resource values of a section.
func (r *region) seven(s section, weighted float64) [7]float64 {
	pupils := r.facts["pupils"][s.code]
	of := func(item string) float64 { return r.facts[item][s.code] }
	part := func(item string) float64 { return r.facts[item][s.school] * weight[s.stage] * pupils / weighted }
	return [7]float64{
		100 * of("teachers_above") / pupils,
		100 * of("teachers_backbone") / pupils,
		100 * (of("teachers_pe") + of("teachers_music") + of("teachers_art") + of("teachers_arts_general")) / pupils,
		(part("area_teaching_auxiliary") - part("area_indoor_sports")) / pupils,
		(part("area_sports_ground") + part("area_indoor_sports")) / pupils,
		part("equipment_value") / pupils,
		100 * part("multimedia_rooms") / pupils,
	}
}

// judge applies six of seven and 85 % of the rest.
func judge(values, limits [7]float64) standard.Verdict {
	met := 0
	for k, value := range values {
		switch {
		case value >= limits[k]*(1-1e-9):
			met++
		case value < 0.85*limits[k]*(1-1e-9):
			return standard.Fail
		}
	}
	if met < 6 {
		return standard.Fail
	}
	return standard.Pass
}

// coefficient is the difference coefficient as it is published: total over total, weighted by pupils.
func coefficient(all [][7]float64, pupils []float64, k int) float64 {
	resource, people := 0.0, 0.0
	for n, values := range all {
		resource += values[k] * pupils[n]
		people += pupils[n]
	}
	mean, square := resource/people, 0.0
	for n, values := range all {
		square += pupils[n] / people * (values[k] - mean) * (values[k] - mean)
	}
	return math.Sqrt(square) / mean
}

func near(got, want float64) bool { return math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want)) }
