package register

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/expr"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
)

func count(name, of string) pack.Aggregate {
	return pack.Aggregate{Name: name, Kind: pack.CountOf, Of: formula(of)}
}

// training is a list of dated hours of teachers, outside periods.
func training() *pack.Register {
	hours := func(where string) *pack.Aggregate {
		return &pack.Aggregate{Name: "h", Kind: pack.SumOf, Of: formula("hours"), Where: formula(where), Dated: "day", Years: formula("years")}
	}
	most := pack.Aggregate{Name: "hours_most", Kind: pack.MostOf, Of: formula("hours")}
	year := pack.Aggregate{Name: "hours_year", Kind: pack.SumOf, Of: formula("hours"), Dated: "day"}
	return &pack.Register{Name: "training", Key: []string{"teacher", "day"}, Columns: []*pack.Column{
		{Name: "teacher", Type: pack.Line}, {Name: "day", Type: pack.Date}, {Name: "hours", Type: pack.Number},
		{Name: "kind", Type: pack.Choice, Choices: options("it", "other")},
	}, Items: []*pack.Item{
		{Aggregate: count("rows", "")}, {Aggregate: count("rows_it", "kind.it")}, {Aggregate: most}, {Aggregate: year},
		{Aggregate: count("trained", "h >= 10"), Per: []string{"teacher"}, Let: []*pack.Aggregate{hours("")}},
		{Aggregate: count("trained_it", "h >= 10"), Per: []string{"teacher"}, Let: []*pack.Aggregate{hours("kind.it")}},
	}}
}

func trainingNames() Names { return Names{Items: expr.Items{"years": {Type: expr.Numeric}}} }

func trainingGiven(at string, years float64) Given {
	p, _ := period.Parse(at)
	return Given{Period: p, Value: func(string, string) measure.Value { return measure.Of(years) }}
}

func lesson(unit, teacher, day string, hours Cell, kind string) Row {
	return Row{Unit: unit, Cells: []Cell{chosen(teacher), {Known: day != "", Text: day}, hours, {Known: kind != "", Text: kind}}}
}

func TestTheWindowEndsWithThePeriod(t *testing.T) {
	cases := []struct {
		day, at string
		years   float64
		want    bool
	}{
		{"2020-01-01", "2024", 5, true},
		{"2019-12-31", "2024", 5, false},
		{"2024-12-31", "2024", 5, true},
		{"2025-01-01", "2024", 5, false},
		{"2019-09-01", "2023-2024", 5, true},
		{"2019-08-31", "2023-2024", 5, false},
		{"2024-08-31", "2023-2024", 5, true},
		{"2024-02-29", "2024-02", 1, true},
		{"2023-03-01", "2024-02", 1, true},
		{"2023-02-28", "2024-02", 1, false}, // a year up to 29 February does not begin on 28 February
		{"2020-02-29", "2023-02", 3, false}, // nor does one up to 28 February reach the leap day before
		{"2020-03-01", "2023-02", 3, true},
		{"2020-02-29", "2024-02-28", 4, true}, // the day after is a leap day, and so is the first
		{"2020-02-28", "2024-02-28", 4, false},
		{"2020-02-29", "2024-01-31", 5, true},
	}
	rules := rulesOf(t, training(), trainingNames())
	for _, c := range cases {
		grid := rules.Compute([]Row{lesson("S", "A", "1990-01-01", known(0), "it"), lesson("S", "A", c.day, known(10), "it")}, trainingGiven(c.at, c.years))
		want := "0"
		if c.want {
			want = "1"
		}
		if got := itemsByName(grid.Items())["trained S"]; got != want {
			t.Errorf("%s in %v years up to %s: %s, want %s", c.day, c.years, c.at, got, want)
		}
	}
}

func TestItemsOfUnits(t *testing.T) {
	rows := []Row{
		lesson("S1", "A", "2024-01-01", known(6), "it"), lesson("S1", "B", "2024-01-02", known(10), "other"), lesson("S1", "A", "2024-12-31", known(4), "other"),
		lesson("S2", "A", "2024-01-01", Cell{}, "it"), lesson("S2", "B", "2024-01-01", known(20), "it"),
		lesson("S3", "A", "2025-01-01", known(6), "it"),
		lesson("S4", "A", "", known(6), "it"),
		lesson("S5", "A", "2024-01-01", known(6), ""),
	}
	g := trainingGiven("2024", 5)
	g.Units = []string{"S1", "S9"}
	want := map[string]string{
		"rows S1": "3", "rows_it S1": "1", "hours_most S1": "10", "hours_year S1": "20", "trained S1": "2", "trained_it S1": "0",
		"rows S2": "2", "hours_year S2": "未报（hours）", "trained S2": "未报（hours）", "trained_it S2": "未报（hours）", "rows_it S2": "2",
		"rows S3": "1", "hours_year S3": "未报（hours_year）", "trained S3": "未报（trained）", // it does not yet exist in 2024
		"hours_year S4": "未报（day）", "trained S4": "未报（day）",
		"rows_it S5": "未报（kind）", "trained S5": "0", "trained_it S5": "未报（kind）",
		"rows S9": "未报（rows）", "trained S9": "未报（trained）", "hours_most S9": "未报（hours_most）",
	}
	got := itemsByName(rulesOf(t, training(), trainingNames()).Compute(rows, g).Items())
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s = %s, want %s", name, got[name], value)
		}
	}
	optional := training()
	optional.Optional = true
	got = itemsByName(rulesOf(t, optional, trainingNames()).Compute(rows, g).Items())
	for name, value := range map[string]string{"rows S9": "0", "trained S9": "0", "hours_most S9": "没有可计算的数据"} {
		if got[name] != value {
			t.Errorf("optional register: %s = %s, want %s", name, got[name], value)
		}
	}
}

func TestAWindowMustBeWholeYears(t *testing.T) {
	rules := rulesOf(t, training(), trainingNames())
	for _, years := range []float64{0, -1, 2.5, MostYears + 1} {
		grid := rules.Compute([]Row{lesson("S", "A", "2024-01-01", known(10), "it")}, trainingGiven("2024", years))
		want := measure.InvalidBecause(measure.OutsideDomain).Text("zh")
		if got := itemsByName(grid.Items())["trained S"]; got != want {
			t.Errorf("%v years: %s, want %s", years, got, want)
		}
	}
}

func TestARegisterWithPeriodsLooksAtItsOwn(t *testing.T) {
	now, _ := period.Parse("2024")
	register := &pack.Register{Name: "classes", Every: period.Year, Key: []string{"class"},
		Columns: []*pack.Column{{Name: "class", Type: pack.Line}, {Name: "pupils", Type: pack.Count}},
		Items:   []*pack.Item{{Aggregate: count("large", "pupils >= 56")}}}
	row := func(p period.Period, pupils float64) Row {
		return Row{Unit: "S", Period: p, Cells: []Cell{chosen("1"), known(pupils)}}
	}
	rules := rulesOf(t, register, Names{})
	grid := rules.Compute([]Row{row(now, 56), row(now, 55), row(now.Previous(), 80)}, Given{Period: now})
	if got := itemsByName(grid.Items())["large S"]; got != "1" {
		t.Errorf("large classes: %s, want 1", got)
	}
	register.Key, register.Items = nil, nil
	grid = rulesOf(t, register, Names{}).Compute([]Row{row(now.Previous(), 80), row(now, 56)}, Given{Period: now, Units: []string{"T"}})
	got := itemsByName(grid.Items())
	if got["pupils S"] != "56" || got["pupils T"] != "未报（pupils）" {
		t.Errorf("own numbers: %v", got)
	}
}

func TestCellsOverASubtree(t *testing.T) {
	rules := rulesOf(t, training(), trainingNames())
	cells, faults := rules.CellsOf(&pack.Cells{Register: "training", By: []string{"kind", "teacher"}, Let: []*pack.Aggregate{
		{Name: "n", Kind: pack.CountOf}, {Name: "long", Kind: pack.CountOf, Of: formula("hours >= 10")}}}, formula("1").Place)
	if faults != nil {
		t.Fatal(faults)
	}
	rows := []Row{
		lesson("S1", "B", "2024-01-01", known(1), "other"), lesson("S1", "A", "2024-01-01", known(12), "other"),
		lesson("S2", "A", "2024-01-01", known(10), "other"), lesson("S2", "A", "2024-01-01", known(2), "it"), lesson("S3", "C", "2024-01-01", known(2), ""),
	}
	grid := rules.Compute(rows, trainingGiven("2024", 5))
	got := grid.Cells(cells, func(unit string) bool { return unit != "S3" })
	text := fmt.Sprint(got.By, got.Keys, got.Let["n"].Numbers, got.Let["long"].Numbers, got.Unplaced.Known())
	if want := "[kind teacher] [[it A] [other A] [other B]] [1 2 1] [0 2 0] true"; text != want {
		t.Errorf("cells %s, want %s", text, want)
	}
	if all := grid.Cells(cells, func(string) bool { return true }); all.Unplaced.Text("zh") != "未报（kind）" {
		t.Errorf("a row without kind: %v", all.Unplaced)
	}
}

// slowTrained counts the teachers of a unit with enough hours by plain loops, or tells that it cannot.
func slowTrained(rows []Row, unit string, p period.Period, years int, kind string) (float64, bool, bool) {
	first := period.Date{Year: p.To().AddDays(1).Year - years, Month: p.To().AddDays(1).Month, Day: p.To().AddDays(1).Day}
	hours, there, complete := map[string]float64{}, false, true
	for _, row := range rows {
		day, _ := period.ParseDate(row.Cells[1].Text)
		if row.Unit != unit || row.Cells[1].Known && p.To().Before(day) {
			continue
		}
		there = true
		who := row.Cells[0].Text
		hours[who] += 0
		switch {
		case !row.Cells[1].Known:
			complete = false
		case day.Before(first):
		case kind != "" && !row.Cells[3].Known:
			complete = false
		case kind != "" && row.Cells[3].Text != kind:
		case !row.Cells[2].Known:
			complete = false
		default:
			hours[who] += row.Cells[2].Number
		}
	}
	n := 0.0
	for _, sum := range hours {
		if sum > 10-1e-9 {
			n++
		}
	}
	return n, there, complete
}

// TestItemsAgreeWithPlainLoops draws rows and holds items to the oracle.
func TestItemsAgreeWithPlainLoops(t *testing.T) {
	rules := rulesOf(t, training(), trainingNames())
	rapid.Check(t, func(t *rapid.T) {
		years := rapid.IntRange(1, 4).Draw(t, "years")
		p, _ := period.Parse(rapid.SampledFrom([]string{"2024", "2023-2024", "2024-02", "2023-2024/1"}).Draw(t, "period"))
		var rows []Row
		for i := range rapid.IntRange(0, 40).Draw(t, "rows") {
			day := p.To().AddDays(rapid.IntRange(-366*5, 40).Draw(t, fmt.Sprint("day", i))).String()
			if rapid.IntRange(0, 25).Draw(t, "lacks day") == 0 {
				day = ""
			}
			hours := known(float64(rapid.IntRange(0, 8).Draw(t, "hours")))
			if rapid.IntRange(0, 25).Draw(t, "lacks hours") == 0 {
				hours = Cell{}
			}
			kind := rapid.SampledFrom([]string{"it", "other", "it", "other", "it", "other", ""}).Draw(t, "kind")
			rows = append(rows, lesson(rapid.SampledFrom([]string{"S1", "S2"}).Draw(t, "unit"), rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "teacher"), day, hours, kind))
		}
		g := trainingGiven(p.String(), float64(years))
		g.Units = []string{"S1", "S2"}
		for _, item := range rules.Compute(rows, g).Items() {
			kind, ours := map[string]string{"trained": "", "trained_it": "it"}[item.Item]
			if !ours {
				continue
			}
			want, there, complete := slowTrained(rows, item.Unit, p, years, kind)
			got, has := item.Value.Number()
			if has != (there && complete) || has && math.Abs(got-want) > 0 {
				t.Fatalf("%s of %s: %s, the oracle says %v (rows %v, complete %v)", item.Item, item.Unit, item.Value.Text("zh"), want, there, complete)
			}
		}
	})
}
