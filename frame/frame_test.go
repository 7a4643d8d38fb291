package frame_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/period"
	"jiaoheng/unit"
)

var (
	year2023 = period.SchoolYearOf(period.Date{Year: 2023, Month: 9, Day: 1})
	year2024 = year2023.Next()
)

func bySchools(u unit.Unit, day period.Date) bool { return u.Kind == unit.School && u.OpenOn(day) }

// county is a county with two townships; school D was closed on 1 March 2024, before the last day of 2023-2024.
func county(t *testing.T) *frame.Frame {
	t.Helper()
	tree, err := unit.Build([]unit.Unit{
		{Code: "1", Name: "某县", Kind: unit.County},
		{Code: "11", Name: "东镇", Kind: unit.Township, Parent: "1"},
		{Code: "11A", Name: "甲校", Kind: unit.School, Parent: "11"},
		{Code: "11B", Name: "乙校", Kind: unit.School, Parent: "11"},
		{Code: "12", Name: "西镇", Kind: unit.Township, Parent: "1"},
		{Code: "12C", Name: "丙校", Kind: unit.School, Parent: "12"},
		{Code: "12D", Name: "丁校", Kind: unit.School, Parent: "12", Closed: period.Date{Year: 2024, Month: 3, Day: 1}},
		{Code: "1E", Name: "戊校", Kind: unit.School, Parent: "1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := frame.New(frame.Layout{Tree: tree, Periods: []period.Period{year2023, year2024},
		Items: []frame.Item{{Name: "pupils", Duty: "school"}, {Name: "teachers", Duty: "school"}, {Name: "budget", Duty: "county"}},
		Duties: map[string]frame.Duty{"school": bySchools,
			"county": func(u unit.Unit, _ period.Date) bool { return u.Kind == unit.County }}})
	if err != nil {
		t.Fatal(err)
	}
	faults := f.Load(slices.Values([]frame.Row{
		{Unit: "11A", Item: "pupils", Period: year2023, Value: measure.Of(1000)},
		{Unit: "11B", Item: "pupils", Period: year2023, Value: measure.Of(500)},
		{Unit: "12C", Item: "pupils", Period: year2023, Value: measure.InvalidBecause(measure.SmallSample)},
		{Unit: "11A", Item: "teachers", Period: year2023, Value: measure.Of(50)},
		{Unit: "12C", Item: "teachers", Period: year2023, Value: measure.Of(7)},
		{Unit: "1E", Item: "teachers", Period: year2023, Value: measure.MissingFor("teachers")},
		{Unit: "1", Item: "budget", Period: year2023, Value: measure.Of(88)},
	}))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return f
}

func number(v *frame.View, code string) int { n, _ := v.Tree().Number(code); return n }

func TestTotalStandsWithItsCoverage(t *testing.T) {
	v := county(t).Snapshot()
	cases := []struct {
		name, unit         string
		item               int
		sum, whole         measure.Value
		reported, expected int
		silent             string
	}{
		{"everybody reported", "11", 0, measure.Of(1500), measure.Of(1500), 2, 2, ""},
		{"a closed school is not expected", "12", 1, measure.Of(7), measure.Of(7), 1, 1, ""},
		{"a reason is no number", "12", 0, measure.MissingFor("pupils"), measure.MissingFor("pupils"), 0, 1, "丙校"},
		{"part of the county", "1", 0, measure.Of(1500), measure.MissingFor("pupils"), 2, 4, "丙校 戊校"},
		{"silent units in preorder", "1", 1, measure.Of(57), measure.MissingFor("teachers"), 2, 4, "乙校 戊校"},
		{"an inner unit's own cell", "1", 2, measure.Of(88), measure.Of(88), 1, 1, ""},
		{"nobody must report", "11", 2, measure.InvalidBecause(measure.NothingToCount), measure.InvalidBecause(measure.NothingToCount), 0, 0, ""},
		{"a leaf", "11A", 0, measure.Of(1000), measure.Of(1000), 1, 1, ""},
		{"a silent leaf", "1E", 0, measure.MissingFor("pupils"), measure.MissingFor("pupils"), 0, 1, "戊校"},
	}
	for _, c := range cases {
		n := number(v, c.unit)
		got, published := v.Total(n, c.item, 0), v.Published(n, c.item, 0)
		if !got.Sum.Equal(c.sum) || !got.Whole().Equal(c.whole) || got.Coverage != (frame.Coverage{Reported: c.reported, Expected: c.expected}) {
			t.Errorf("%s: %v, whole %v, %+v", c.name, got.Sum, got.Whole(), got.Coverage)
		}
		if !published.Sum.Equal(c.sum) || published.Coverage != got.Coverage {
			t.Errorf("%s: published %v %+v", c.name, published.Sum, published.Coverage)
		}
		var names []string
		for silent := range v.Silent(n, c.item, 0) {
			names = append(names, v.Tree().At(silent).Name)
		}
		if strings.Join(names, " ") != c.silent {
			t.Errorf("%s: silent %v", c.name, names)
		}
	}
	if got := v.Value(number(v, "12C"), 0, 0); !got.Equal(measure.InvalidBecause(measure.SmallSample)) {
		t.Errorf("the reason of a cell: %v", got)
	}
}

func TestRatioIsTotalOverTotalOfPairs(t *testing.T) {
	f := county(t)
	if faults := f.Update(frame.Row{Unit: "1E", Item: "pupils", Period: year2024, Value: measure.Of(0)},
		frame.Row{Unit: "1E", Item: "teachers", Period: year2024, Value: measure.Of(3)}); len(faults) > 0 {
		t.Fatal(faults)
	}
	v := f.Snapshot()
	both := measure.MissingFor("pupils", "teachers")
	cases := []struct {
		name, unit                     string
		numerator, denominator, period int
		value, whole                   measure.Value
		pairs                          int
	}{
		{"only schools that gave both", "1", 1, 0, 0, measure.Of(0.05), both, 1},
		{"one school", "11A", 1, 0, 0, measure.Of(0.05), measure.Of(0.05), 1},
		{"one side is missing", "12", 1, 0, 0, both, measure.MissingFor("pupils"), 0},
		{"denominator 0", "1E", 1, 0, 1, measure.InvalidBecause(measure.DivisionByZero), measure.InvalidBecause(measure.DivisionByZero), 1},
		{"different duties as they stand", "1", 2, 1, 0, measure.Of(88.0 / 57), measure.MissingFor("teachers"), 1},
	}
	for _, c := range cases {
		got := v.Ratio(number(v, c.unit), c.numerator, c.denominator, c.period)
		if !got.Value.Equal(c.value) || !got.Whole().Equal(c.whole) || got.Numerator.Reported != c.pairs {
			t.Errorf("%s: %v, whole %v, %+v", c.name, got.Value, got.Whole(), got.Numerator.Coverage)
		}
	}
}

func TestExtremesNameTheirUnits(t *testing.T) {
	v := county(t).Snapshot()
	cases := []struct {
		name, unit string
		item       int
		min, max   measure.Value
		low, high  int
	}{
		{"county", "1", 0, measure.Of(500), measure.Of(1000), number(v, "11B"), number(v, "11A")},
		{"one", "12", 1, measure.Of(7), measure.Of(7), number(v, "12C"), number(v, "12C")},
		{"none", "12", 0, measure.MissingFor("pupils"), measure.MissingFor("pupils"), -1, -1},
	}
	for _, c := range cases {
		got := v.Extremes(number(v, c.unit), c.item, 0)
		if !got.Min.Equal(c.min) || !got.Max.Equal(c.max) || got.Lowest != c.low || got.Highest != c.high {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestExtremesNameTheFirstOfEquals(t *testing.T) {
	f := county(t)
	for _, code := range []string{"11A", "11B"} {
		if faults := f.Update(frame.Row{Unit: code, Item: "pupils", Period: year2024, Value: measure.Of(9)}); len(faults) > 0 {
			t.Fatal(faults)
		}
	}
	v := f.Snapshot()
	if got := v.Extremes(0, 0, 1); got.Lowest != number(v, "11A") || got.Highest != number(v, "11A") {
		t.Errorf("%+v", got)
	}
}

func TestLayoutTellsAllFaults(t *testing.T) {
	tree, err := unit.Build([]unit.Unit{{Code: "1", Kind: unit.County}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = frame.New(frame.Layout{Tree: tree, Periods: []period.Period{year2023, year2023},
		Items: []frame.Item{{Name: "a", Duty: "x"}, {Name: "a", Duty: "school"}}, Duties: map[string]frame.Duty{"school": bySchools}})
	expectCodes(t, "twice", fault.Of(err), "frame.duty_unknown", "frame.item_twice", "frame.period_twice")
	_, err = frame.New(frame.Layout{Tree: tree, Periods: make([]period.Period, frame.MaxPeriods+1),
		Items: make([]frame.Item, frame.MaxItems+1)})
	list := fault.Of(err)
	expectCodes(t, "too many", list[len(list)-2:], "frame.too_many_items", "frame.too_many_periods")
}

func TestLayoutHasALimitOfCells(t *testing.T) {
	layout := frame.Layout{Tree: province(1_400), Duties: map[string]frame.Duty{"school": bySchools}}
	for i := range 1_000 {
		layout.Items = append(layout.Items, frame.Item{Name: strconv.Itoa(i), Duty: "school"})
	}
	for i := range 143 { // 1,400 × 1,000 × 143 = 200,200,000
		layout.Periods = append(layout.Periods, period.Period{Kind: period.Year, Start: period.Date{Year: 1900 + i, Month: 1, Day: 1}})
	}
	_, err := frame.New(layout)
	expectCodes(t, "cells", fault.Of(err), "frame.too_many_cells")
}

func TestTotalsBeyondTheRangeOfNumbersHaveAReason(t *testing.T) {
	f := county(t)
	large := []frame.Row{
		{Unit: "11A", Item: "pupils", Period: year2024, Value: measure.Of(1.5e308)},
		{Unit: "11B", Item: "pupils", Period: year2024, Value: measure.Of(1.5e308)},
		{Unit: "12C", Item: "pupils", Period: year2024, Value: measure.Of(-1.5e308)},
	}
	if faults := f.Update(large...); len(faults) > 0 {
		t.Fatal(faults)
	}
	tooLarge := measure.InvalidBecause(measure.TooLarge)
	f.Read(func(v *frame.View) {
		town, all := v.Total(number(v, "11"), 0, 1), v.Published(0, 0, 1)
		if !town.Sum.Equal(tooLarge) || !town.Whole().Equal(tooLarge) || !all.Sum.Equal(tooLarge) {
			t.Errorf("town %v, whole %v, county %v", town.Sum, town.Whole(), all.Sum)
		}
	})
	f.Update(frame.Row{Unit: "11B", Item: "pupils", Period: year2024, Value: measure.Of(1)})
	if got := f.Snapshot().Total(0, 0, 1).Sum; !got.Known() {
		t.Errorf("after the correction: %v", got)
	}
}

func expectCodes(t *testing.T, name string, list fault.List, codes ...string) {
	t.Helper()
	var got []string
	for _, f := range list {
		got = append(got, f.Code)
		if strings.Contains(f.Error(), "{") || f.Remedy("zh") == "" || f.Remedy("en") == "" {
			t.Errorf("%s: text %s", name, f.Error())
		}
	}
	if !slices.Equal(got, codes) {
		t.Errorf("%s: %v, want %v", name, got, codes)
	}
}

func badRows() []frame.Row {
	return []frame.Row{
		{Unit: "99", Item: "pupils", Period: year2024, Value: measure.Of(1)},
		{Unit: "11A", Item: "pupil", Period: year2024, Value: measure.Of(1)},
		{Unit: "11A", Item: "pupils", Period: year2024.Next(), Value: measure.Of(1)},
		{Unit: "11", Item: "pupils", Period: year2024, Value: measure.Of(1)},
		{Unit: "12D", Item: "pupils", Period: year2024, Value: measure.Of(1)},
		{Unit: "11A", Item: "pupils", Period: year2024, Value: measure.Of(40)},
	}
}

func TestLoadLeavesOutBadRowsAndTellsAll(t *testing.T) {
	f := county(t)
	rows := append(badRows(), frame.Row{Unit: "11A", Item: "pupils", Period: year2024, Value: measure.Of(41)})
	expectCodes(t, "load", f.Load(slices.Values(rows)), "frame.unit_unknown", "frame.item_unknown", "frame.period_unknown",
		"frame.not_its_duty", "frame.not_its_duty", "frame.cell_twice")
	if got := f.Snapshot().Total(0, 0, 1); !got.Sum.Equal(measure.Of(40)) {
		t.Errorf("the good row: %v", got.Sum)
	}
	many := f.Load(func(yield func(frame.Row) bool) {
		for range frame.MaxFaults + 5 {
			if !yield(frame.Row{Unit: "?"}) {
				return
			}
		}
	})
	if len(many) != frame.MaxFaults+1 || many[frame.MaxFaults].Code != "frame.more_faults" || many[frame.MaxFaults].Args["count"] != 5 {
		t.Errorf("%d faults, the last %v", len(many), many[len(many)-1])
	}
}

func TestUpdateWritesAllRowsOrNone(t *testing.T) {
	f := county(t)
	expectCodes(t, "update", f.Update(badRows()...), "frame.unit_unknown", "frame.item_unknown", "frame.period_unknown",
		"frame.not_its_duty", "frame.not_its_duty")
	before := f.Snapshot()
	if before.Total(0, 0, 1).Reported != 0 {
		t.Error("a refused update has written")
	}
	for _, value := range []float64{40, 30} {
		if faults := f.Update(frame.Row{Unit: "11A", Item: "pupils", Period: year2024, Value: measure.Of(value)}); len(faults) > 0 {
			t.Fatal(faults)
		}
	}
	after := f.Snapshot()
	if got := after.Total(0, 0, 1); !got.Sum.Equal(measure.Of(30)) || got.Reported != 1 || before.Total(0, 0, 1).Reported != 0 {
		t.Errorf("after: %+v; before: %+v", got, before.Total(0, 0, 1))
	}
	f.Update(frame.Row{Unit: "11A", Item: "pupils", Period: year2024, Value: measure.MissingFor("pupils")})
	f.Read(func(v *frame.View) {
		if got := v.Total(0, 0, 1); got.Reported != 0 || !got.Sum.Equal(measure.MissingFor("pupils")) || len(v.Column(0, 1).Reasons) != 0 {
			t.Errorf("taken back: %+v", got)
		}
	})
}
