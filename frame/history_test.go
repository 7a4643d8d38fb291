package frame_test

import (
	"slices"
	"testing"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// merged is a county in which school A of the east went into school B of the west when the school year 2024-2025 began.
func merged(t *testing.T) *unit.History {
	t.Helper()
	history := unit.NewHistory([]unit.Unit{
		{Code: "1", Name: "某县", Kind: unit.County},
		{Code: "11", Name: "东镇", Kind: unit.Township, Parent: "1"}, {Code: "12", Name: "西镇", Kind: unit.Township, Parent: "1"},
		{Code: "A", Name: "甲校", Kind: unit.School, Parent: "11"}, {Code: "B", Name: "乙校", Kind: unit.School, Parent: "12"},
	}, nil)
	outcome, faults := history.Apply(unit.Event{ID: "1", Kind: unit.Merge, On: year2024.From(), From: []string{"A"}, Into: []string{"B"}})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return history.With(outcome)
}

// A closed school owes nothing from its day on and keeps its rows before it, under the township in which it stood.
func TestAMergedSchoolKeepsItsRowsAndOwesNoMore(t *testing.T) {
	history := merged(t)
	tree, err := history.Tree(year2024.To())
	if err != nil {
		t.Fatal(err)
	}
	f, err := frame.New(frame.Layout{Tree: tree, Periods: []period.Period{year2023, year2024}, Items: []frame.Item{{Name: "pupils", Duty: "school"}},
		Duties: map[string]frame.Duty{"school": bySchools}})
	if err != nil {
		t.Fatal(err)
	}
	row := func(code string, p period.Period, pupils float64) frame.Row {
		return frame.Row{Unit: code, Item: "pupils", Period: p, Value: measure.Of(pupils)}
	}
	expectCodes(t, "load", f.Load(slices.Values([]frame.Row{row("A", year2023, 60), row("B", year2023, 400), row("B", year2024, 450), row("A", year2024, 60)})),
		"frame.not_its_duty")
	v := f.Snapshot()
	cases := []struct {
		name, unit         string
		period             int
		sum                measure.Value
		reported, expected int
	}{
		{"its own row before", "A", 0, measure.Of(60), 1, 1},
		{"its township before", "11", 0, measure.Of(60), 1, 1},
		{"the successor's township before", "12", 0, measure.Of(400), 1, 1},
		{"the county before", "1", 0, measure.Of(460), 2, 2},
		{"it owes nothing after", "A", 1, measure.InvalidBecause(measure.NothingToCount), 0, 0},
		{"its township after", "11", 1, measure.InvalidBecause(measure.NothingToCount), 0, 0},
		{"the successor after", "B", 1, measure.Of(450), 1, 1},
		{"the county after", "1", 1, measure.Of(450), 1, 1},
	}
	for _, c := range cases {
		got := v.Total(number(v, c.unit), 0, c.period)
		if !got.Sum.Equal(c.sum) || got.Reported != c.reported || got.Expected != c.expected {
			t.Errorf("%s: %v, %d of %d reported", c.name, got.Sum, got.Reported, got.Expected)
		}
	}
	sum, _ := v.Value(number(v, "B"), 0, 0).Number()
	for _, code := range history.Predecessors("B", year2023.To(), year2024.To()) {
		more, _ := v.Value(number(v, code), 0, 0).Number()
		sum += more
	}
	if sum != 460 {
		t.Errorf("the year before, B and those merged into it had %v pupils", sum)
	}
}
