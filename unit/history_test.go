package unit_test

import (
	"slices"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

func day(text string) period.Date {
	d, ok := period.ParseDate(text)
	if !ok {
		panic("no date: " + text)
	}
	return d
}

// Codes of the county of the cases: two townships; A and B teach primary, C primary and junior, D junior; F is a kindergarten.
const (
	schoolA, schoolB, schoolC, schoolD, kindergartenF = "2132000001", "2132000002", "2132000003", "2132000004", "1132000009"
	townOne, townTwo                                  = "329999101", "329999102"
)

func region() []unit.Unit {
	school := func(code, name, town string, stages ...unit.Stage) unit.Unit {
		return unit.Unit{Code: code, Name: name, Kind: unit.School, Parent: town, Stages: stages, Opened: day("1990-09-01")}
	}
	units := []unit.Unit{
		{Code: "329999", Name: "云溪县", Kind: unit.County},
		{Code: townOne, Name: "云溪镇", Kind: unit.Township, Parent: "329999"},
		{Code: townTwo, Name: "石桥镇", Kind: unit.Township, Parent: "329999"},
		{Code: kindergartenF, Name: "云溪幼儿园", Kind: unit.Kindergarten, Parent: townOne},
	}
	for _, s := range []unit.Unit{school(schoolA, "东村小学", townOne, unit.Primary), school(schoolB, "西村小学", townOne, unit.Primary),
		school(schoolC, "石桥学校", townTwo, unit.Primary, unit.Junior), school(schoolD, "云溪中学", townOne, unit.Junior)} {
		units = append(append(units, s), unit.Sections(s)...)
	}
	return units
}

// after applies events one by one to the region.
func after(t *testing.T, events ...unit.Event) *unit.History {
	t.Helper()
	for i := range events {
		events[i].ID = string(rune('a' + i))
	}
	h := unit.NewHistory(region(), nil)
	outcomes, faults := h.ApplyAll(events, func(i int) fault.Place { return fault.Place{Row: i + 2} })
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, o := range outcomes {
		h = h.With(o)
	}
	return h
}

func merge(on, into string, from ...string) unit.Event {
	return unit.Event{Kind: unit.Merge, On: day(on), From: from, Into: []string{into}}
}

func TestMergerIsRightOnBothSidesOfTheDay(t *testing.T) {
	h := after(t, merge("2023-09-01", schoolD, schoolA))
	if !h.OpenOn(schoolA, day("2023-08-31")) || h.OpenOn(schoolA, day("2023-09-01")) {
		t.Error("the merged school is open to the last day before and no longer")
	}
	if u, _ := h.On(schoolD, day("2023-08-31")); !slices.Equal(u.Stages, []unit.Stage{unit.Junior}) {
		t.Errorf("stages before: %v", u.Stages)
	}
	if u, _ := h.On(schoolD, day("2023-09-01")); !slices.Equal(u.Stages, []unit.Stage{unit.Primary, unit.Junior}) {
		t.Errorf("stages after: %v", u.Stages)
	}
	section, known := h.Find(schoolD + "-primary")
	if !known || section.Opened != day("2023-09-01") || section.Parent != schoolD || section.Kind != unit.Section {
		t.Errorf("the stage that the successor lacked: %+v", section)
	}
	if closed, _ := h.Find(schoolA + "-primary"); closed.Closed != day("2023-09-01") {
		t.Errorf("the section of the merged school: %+v", closed)
	}
}

func TestFollowThroughSeveralMergers(t *testing.T) {
	h := after(t, merge("2021-09-01", schoolB, schoolA), merge("2023-09-01", schoolC, schoolB))
	cases := []struct {
		name string
		got  []string
		want string
	}{
		{"both mergers", h.Predecessors(schoolC, day("2021-08-31"), day("2023-09-01")), schoolA + " " + schoolB},
		{"sections stage by stage", h.Predecessors(schoolC+"-primary", day("2021-08-31"), day("2023-09-01")), schoolA + "-primary " + schoolB + "-primary"},
		{"no predecessor taught the stage", h.Predecessors(schoolC+"-junior", day("2021-08-31"), day("2023-09-01")), ""},
		{"the first merger lies before", h.Predecessors(schoolC, day("2021-09-01"), day("2023-09-01")), schoolB},
		{"the second merger comes later", h.Predecessors(schoolC, day("2020-01-01"), day("2023-08-31")), ""},
		{"the first alone", h.Predecessors(schoolB, day("2020-01-01"), day("2022-01-01")), schoolA},
		{"not yet gone", h.Successors(schoolA, day("2021-08-31")), schoolA},
		{"gone once", h.Successors(schoolA, day("2021-09-01")), schoolB},
		{"gone twice", h.Successors(schoolA, day("2023-09-01")), schoolC},
		{"section gone twice", h.Successors(schoolA+"-primary", day("2030-01-01")), schoolC + "-primary"},
		{"nobody knows it", h.Successors("9", day("2030-01-01")), ""},
	}
	for _, c := range cases {
		if got := strings.Join(c.got, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	tree, err := h.Tree(day("2024-01-01"))
	if err != nil || !slices.Equal(tree.Before(schoolC), []string{schoolA, schoolB}) || tree.Before(schoolD) != nil {
		t.Errorf("the tree knows %v: %v", tree.Before(schoolC), err)
	}
}

func TestMovesAndNamesByDay(t *testing.T) {
	h := after(t,
		unit.Event{Kind: unit.Rename, On: day("2022-03-01"), From: []string{schoolA}, Name: "云溪镇第二小学"},
		unit.Event{Kind: unit.Move, On: day("2022-09-01"), From: []string{schoolA}, Parent: townTwo},
		unit.Event{Kind: unit.Restage, On: day("2023-09-01"), From: []string{schoolC}, Stages: []unit.Stage{unit.Primary}},
	)
	year := func(text string) period.Period { p, _ := period.Parse(text); return p }
	if a, b := h.NameIn(schoolA, year("2021")), h.NameIn(schoolA, year("2022")); a != "东村小学" || b != "云溪镇第二小学" {
		t.Errorf("names: %s, %s", a, b)
	}
	if a, b := h.NameIn(schoolA, year("2021-2022")), h.NameIn(schoolA, year("2022-2023")); a != "东村小学" || b != "云溪镇第二小学" {
		t.Errorf("a school year shows the names of its first day: %s, %s", a, b)
	}
	if section, _ := h.On(schoolA+"-primary", day("2022-03-01")); section.Name != "云溪镇第二小学" {
		t.Errorf("the section is called %s", section.Name)
	}
	for on, town := range map[string]string{"2022-08-31": townOne, "2022-09-01": townTwo} {
		tree, err := h.Tree(day(on))
		if err != nil {
			t.Fatal(err)
		}
		n, _ := tree.Number(schoolA)
		if tree.At(tree.Parent(n)).Code != town {
			t.Errorf("%s: under %s", on, tree.At(tree.Parent(n)).Code)
		}
	}
	if !h.OpenOn(schoolC+"-junior", day("2023-08-31")) || h.OpenOn(schoolC+"-junior", day("2023-09-01")) {
		t.Error("the stage that is given up ends on the day")
	}
}

func TestSplitOpenAndClose(t *testing.T) {
	opened := unit.Unit{Code: "2132000007", Name: "石桥第二小学", Kind: unit.School, Parent: townTwo, Stages: []unit.Stage{unit.Primary}}
	h := after(t,
		unit.Event{Kind: unit.Open, On: day("2023-09-01"), New: []unit.Unit{opened}},
		unit.Event{Kind: unit.Split, On: day("2023-09-01"), From: []string{schoolC}, Into: []string{schoolC, opened.Code}},
		unit.Event{Kind: unit.Close, On: day("2024-07-01"), From: []string{schoolB}},
	)
	if h.OpenOn(opened.Code, day("2023-08-31")) || !h.OpenOn(opened.Code+"-primary", day("2023-09-01")) {
		t.Error("the new part opens on the day, its section too")
	}
	if got := h.Successors(schoolC, day("2024-01-01")); !slices.Equal(got, []string{schoolC}) {
		t.Errorf("a school that goes on is its own successor: %v", got)
	}
	if got := h.Predecessors(opened.Code, day("2023-01-01"), day("2024-01-01")); len(got) != 0 {
		t.Errorf("nobody knows which figures of the whole are those of a part: %v", got)
	}
	if got := h.Successors(schoolB, day("2024-07-01")); len(got) != 0 {
		t.Errorf("nobody follows a closed school: %v", got)
	}
}

func TestTownshipsMergeWithTheirSchools(t *testing.T) {
	h := after(t, merge("2023-01-01", townTwo, townOne))
	for on, town := range map[string]string{"2022-12-31": townOne, "2023-01-01": townTwo} {
		if u, _ := h.On(schoolA, day(on)); u.Parent != town {
			t.Errorf("%s: school under %s", on, u.Parent)
		}
	}
}

func TestApplyNamesEveryFault(t *testing.T) {
	long := strings.Repeat("字", 501)
	cases := []struct {
		name  string
		event unit.Event
		codes string
	}{
		{"nothing said", unit.Event{}, "unit.event_kind_unknown"},
		{"no date, long texts", unit.Event{Kind: unit.Close, Document: long, Reason: long}, "unit.event_document_long unit.event_reason_long unit.event_no_date"},
		{"unknown, a section and twice", unit.Event{Kind: unit.Close, On: day("2025-01-01"), From: []string{"9", schoolA + "-primary", schoolA, schoolA}},
			"unit.event_unit_unknown unit.event_section unit.event_twice"},
		{"into itself", merge("2025-01-01", schoolA, schoolA), "unit.event_into_itself"},
		{"into one of those that end", merge("2025-01-01", schoolC, schoolA, schoolC), "unit.event_into_itself"},
		{"closed already", merge("2025-01-01", schoolC, schoolB), "unit.event_unit_closed"},
		{"on the day of closing", merge("2024-09-01", schoolC, schoolB), "unit.event_unit_closed"},
		{"into a closed unit", merge("2025-01-01", schoolB, schoolA), "unit.event_into_not_open"},
		{"before the opening", merge("1990-09-01", schoolC, schoolA), "unit.event_before_opening"},
		{"circle of mergers", merge("2025-01-01", schoolB, schoolD), "unit.event_into_not_open"},
		{"other kind", merge("2025-01-01", schoolA, kindergartenF), "unit.event_other_kind"},
		{"no successor", unit.Event{Kind: unit.Merge, On: day("2025-01-01"), From: []string{schoolA}}, "unit.event_into_one"},
		{"units below", unit.Event{Kind: unit.Close, On: day("2025-01-01"), From: []string{townTwo}}, "unit.event_below"},
		{"name in use", unit.Event{Kind: unit.Rename, On: day("2025-01-01"), From: []string{schoolA}, Name: "云溪中学"}, "unit.event_name_taken"},
		{"name of a closed school is free", unit.Event{Kind: unit.Rename, On: day("2025-01-01"), From: []string{schoolA}, Name: "西村小学"}, ""},
		{"same name", unit.Event{Kind: unit.Rename, On: day("2025-01-01"), From: []string{schoolA}, Name: "东村小学"}, "unit.event_same_name"},
		{"no name", unit.Event{Kind: unit.Rename, On: day("2025-01-01"), From: []string{schoolA}}, "unit.name_missing"},
		{"two renamed at once", unit.Event{Kind: unit.Rename, On: day("2025-01-01"), From: []string{schoolA, schoolC}, Name: "新校"}, "unit.event_from_many"},
		{"parts of a split", unit.Event{Kind: unit.Split, On: day("2025-01-01"), From: []string{schoolC}, Into: []string{schoolA}},
			"unit.event_parts_few unit.event_part_not_new"},
		{"under itself", unit.Event{Kind: unit.Move, On: day("2025-01-01"), From: []string{townTwo}, Parent: townTwo}, "unit.event_circle"},
		{"under what is below", unit.Event{Kind: unit.Move, On: day("2025-01-01"), From: []string{"329999"}, Parent: townTwo}, "unit.event_circle"},
		{"under a school", unit.Event{Kind: unit.Move, On: day("2025-01-01"), From: []string{schoolA}, Parent: schoolC}, "unit.parent_lower"},
		{"where it is", unit.Event{Kind: unit.Move, On: day("2025-01-01"), From: []string{schoolA}, Parent: townOne}, "unit.event_same_parent"},
		{"before a later change", unit.Event{Kind: unit.Rename, On: day("2023-01-01"), From: []string{schoolC}, Name: "石桥中心学校"}, "unit.event_later_stands"},
		{"stages of a township", unit.Event{Kind: unit.Restage, On: day("2025-01-01"), From: []string{townOne}, Stages: []unit.Stage{"大学"}},
			"unit.stage_unknown unit.event_no_school"},
		{"opening a taken code in a school", unit.Event{Kind: unit.Open, On: day("2025-01-01"),
			New: []unit.Unit{{Code: schoolA, Name: "云溪中学", Kind: unit.School, Parent: schoolC}}},
			"unit.code_taken unit.stages_missing unit.parent_lower unit.event_name_taken"},
	}
	h := after(t, unit.Event{Kind: unit.Rename, On: day("2024-03-01"), From: []string{schoolC}, Name: "石桥镇中心学校"}, merge("2024-09-01", schoolD, schoolB))
	for _, c := range cases {
		_, faults := h.Apply(c.event)
		var codes []string
		for _, f := range faults {
			codes = append(codes, f.Code)
			f.Text(message.English) // a text for each, or it panics
		}
		if got := strings.Join(codes, " "); got != c.codes {
			t.Errorf("%s: %s, want %s", c.name, got, c.codes)
		}
	}
}

func TestApplyAllNamesRowsAndGoesOn(t *testing.T) {
	events := []unit.Event{merge("2024-09-01", schoolC, schoolB), merge("2023-09-01", schoolB, schoolA), merge("2024-09-01", schoolB, schoolC)}
	outcomes, faults := unit.NewHistory(region(), nil).ApplyAll(events, func(i int) fault.Place { return fault.Place{Row: i + 2} })
	if len(outcomes) != 2 || len(faults) != 1 || faults[0].Place.Row != 4 || faults[0].Code != "unit.event_into_not_open" {
		t.Errorf("the merger back into a school that is gone is a circle: %d outcomes, %v", len(outcomes), faults)
	}
}

func TestUndoTakesTheLatestOnly(t *testing.T) {
	h := after(t, merge("2023-09-01", schoolD, schoolA), unit.Event{Kind: unit.Rename, On: day("2024-09-01"), From: []string{schoolD}, Name: "云溪学校"})
	if _, faults := h.Undo("a"); len(faults) != 1 || faults[0].Code != "unit.undo_later" {
		t.Errorf("the first of two: %v", faults)
	}
	if _, faults := h.Undo("z"); len(faults) != 1 || faults[0].Code != "unit.event_unknown" {
		t.Errorf("no such event: %v", faults)
	}
	h = after(t, merge("2023-09-01", schoolD, schoolA))
	undoing, faults := h.Undo("a")
	if len(faults) > 0 || !slices.Equal(undoing.Removed, []string{schoolD + "-primary"}) {
		t.Fatalf("removed %v: %v", undoing.Removed, faults)
	}
	units := map[string]unit.Unit{}
	for _, u := range region() {
		units[u.Code] = u
	}
	for _, u := range undoing.Restored {
		if was := units[u.Code]; u.Name != was.Name || u.Closed != was.Closed || !slices.Equal(u.Stages, was.Stages) {
			t.Errorf("%s is restored as %+v", u.Code, u)
		}
	}
}

func TestLineTellsNamesOfTheDay(t *testing.T) {
	h := after(t, merge("2023-09-01", schoolC, schoolA, schoolB), unit.Event{Kind: unit.Rename, On: day("2024-09-01"), From: []string{schoolC}, Name: "石桥中心学校"})
	lines := []string{h.Line(message.Chinese, h.EventsOf(schoolC)[0]), h.Line(message.Chinese, h.EventsOf(schoolA)[0])}
	if want := []string{"石桥学校更名为石桥中心学校", "东村小学、西村小学并入石桥学校"}; !slices.Equal(lines, want) {
		t.Errorf("got %v", lines)
	}
}
