package unit_test

import (
	"fmt"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/unit"
)

// province is 20,000 schools, and 2,000 mergers and 500 renamings of them.
func province() ([]unit.Unit, []unit.Event) {
	units := []unit.Unit{{Code: "33", Name: "某省", Kind: unit.Province}}
	var events []unit.Event
	for i := range 20_000 {
		if i%200 == 0 {
			units = append(units, unit.Unit{Code: fmt.Sprint(330000 + i/200), Name: fmt.Sprint("县", i/200), Kind: unit.County, Parent: "33"})
		}
		school := unit.Unit{Code: fmt.Sprint(2133000000 + i), Name: fmt.Sprint("学校", i), Kind: unit.School, Parent: fmt.Sprint(330000 + i/200), Stages: []unit.Stage{unit.Primary}}
		units = append(append(units, school), unit.Sections(school)...)
		switch {
		case i%10 == 1:
			events = append(events, unit.Event{Kind: unit.Merge, On: day("2015-09-01").AddDays(i / 10), From: []string{school.Code}, Into: []string{fmt.Sprint(2133000000 + i - 1)}})
		case i%40 == 2:
			events = append(events, unit.Event{Kind: unit.Rename, On: day("2015-09-01").AddDays(i / 10), From: []string{school.Code}, Name: fmt.Sprint("新校", i)})
		}
	}
	return units, events
}

func BenchmarkApplyProvince(b *testing.B) {
	units, events := province()
	for b.Loop() {
		if _, faults := unit.NewHistory(units, nil).ApplyAll(events, func(int) fault.Place { return fault.Place{} }); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

func BenchmarkTreeOfProvince(b *testing.B) {
	units, events := province()
	h := unit.NewHistory(units, nil)
	outcomes, _ := h.ApplyAll(events, func(int) fault.Place { return fault.Place{} })
	states := map[string]unit.Unit{}
	for _, u := range units {
		states[u.Code] = u
	}
	var recorded []unit.Event
	for _, o := range outcomes {
		recorded = append(recorded, o.Event)
		for _, u := range append(o.Changed, o.Created...) {
			states[u.Code] = u
		}
	}
	var after []unit.Unit
	for _, u := range states {
		after = append(after, u)
	}
	for b.Loop() {
		if _, err := unit.NewHistory(after, recorded).Tree(day("2018-01-01")); err != nil {
			b.Fatal(err)
		}
	}
}
