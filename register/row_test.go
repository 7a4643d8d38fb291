package register

import (
	"strings"
	"testing"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
)

func formula(text string) *pack.Formula {
	if text == "" {
		return nil
	}
	return &pack.Formula{Text: text, Place: fault.Place{File: "register.yaml", Line: 1, Offset: 1}}
}

func options(names ...string) []pack.Option {
	var all []pack.Option
	for _, name := range names {
		all = append(all, pack.Option{Name: name})
	}
	return all
}

func number(x float64) *float64 { return &x }

// runs is a register of a timed run by sex, with points, a bonus and a level made of them.
func runs() *pack.Register {
	return &pack.Register{Name: "runs", Key: []string{"pupil"}, Every: period.SchoolYear, Columns: []*pack.Column{
		{Name: "level", Type: pack.Choice, Choices: options("good", "poor"), Formula: formula("if(total >= best, 1, 2)")},
		{Name: "total", Type: pack.Number, Formula: formula("points + if(sex.male, 1, extra)")},
		{Name: "pupil", Type: pack.Line},
		{Name: "sex", Type: pack.Choice, Choices: options("male", "female")},
		{Name: "time", Type: pack.Number},
		{Name: "extra", Type: pack.Number},
		{Name: "points", Type: pack.Number, Lookup: &pack.Lookup{Table: "run", Value: "time"}},
	}, Checks: []pack.Check{{That: formula("time > 5 or extra > 0")}}}
}

func runNames() Names {
	table := &pack.Table{Name: "run", By: []string{"sex"}, Falling: true, Points: []float64{100, 90, 60}, Otherwise: number(0), Rows: []pack.TableRow{
		{By: []string{"male"}, Reach: []*float64{number(8.1), nil, number(9.3)}},
		{By: []string{"other"}, Reach: []*float64{number(1), number(2), number(3)}},
	}}
	return Names{Items: expr.Items{"best": {Type: expr.Numeric}}, Table: func(name string) *pack.Table {
		if name == table.Name {
			return table
		}
		return nil
	}}
}

func given() Given {
	year, _ := period.Parse("2023-2024")
	return Given{Period: year, Value: func(name, unit string) measure.Value {
		if unit == "S2" {
			return measure.MissingFor(name)
		}
		return measure.Of(91)
	}}
}

func rulesOf(t *testing.T, register *pack.Register, names Names) *Rules {
	t.Helper()
	rules, faults := RulesOf(register, names)
	if faults != nil {
		t.Fatal(faults)
	}
	return rules
}

func known(x float64) Cell    { return Cell{Known: true, Number: x} }
func chosen(name string) Cell { return Cell{Known: true, Text: name} }

func TestComputedColumns(t *testing.T) {
	rules := rulesOf(t, runs(), runNames())
	year := given().Period
	cases := []struct {
		name                 string
		unit                 string
		sex, time, extra     Cell
		points, total, level string
	}{
		{"best row exactly", "S1", chosen("male"), known(8.1), Cell{}, "100", "101", "1"},
		{"a cell that does not exist is passed over", "S1", chosen("male"), known(8.2), Cell{}, "60", "61", "2"},
		{"last row exactly", "S1", chosen("male"), known(9.3), Cell{}, "60", "61", "2"},
		{"worse than the last", "S1", chosen("male"), known(9.4), Cell{}, "0", "1", "2"},
		{"no time", "S1", chosen("male"), Cell{}, Cell{}, "未报（time）", "未报（time）", "未报（time）"},
		{"no sex", "S1", Cell{}, known(8), known(1), "未报（sex）", "未报（sex）", "未报（sex）"},
		{"neither", "S1", Cell{}, Cell{}, Cell{}, "未报（sex、time）", "未报（sex、time）", "未报（sex、time）"},
		{"no row for girls", "S1", chosen("female"), known(8), known(1), "表中没有该组别", "表中没有该组别", "表中没有该组别"},
		{"no threshold for the unit", "S2", chosen("male"), known(8), Cell{}, "100", "101", "未报（best）"},
		{"an option that is unknown is no option", "S1", chosen("?"), known(8), Cell{}, "未报（sex）", "未报（sex）", "未报（sex）"},
	}
	var rows []Row
	for _, c := range cases {
		rows = append(rows, Row{Unit: c.unit, Period: year, Cells: []Cell{{}, {}, chosen("P"), c.sex, c.time, c.extra, {}}})
	}
	grid := rules.Compute(rows, given())
	for i, c := range cases {
		for column, want := range map[string]string{"points": c.points, "total": c.total, "level": c.level} {
			if got := grid.Value(i, column).Text("zh"); got != want {
				t.Errorf("%s: %s = %s, want %s", c.name, column, got, want)
			}
		}
	}
	computed := grid.Rows()
	if got := computed[0].Cells[0]; got != chosen("good") {
		t.Errorf("level of the first row: %+v", got)
	}
	if got := computed[4].Cells[1]; got.Known || got.Number != 0 {
		t.Errorf("a total that is missing: %+v", got)
	}
	if rows[0].Cells[0].Known {
		t.Error("the rows that were given have changed")
	}
}

func TestChecksOfRows(t *testing.T) {
	rules := rulesOf(t, runs(), runNames())
	row := func(time, extra Cell) Row {
		return Row{Unit: "S1", Cells: []Cell{{}, {}, chosen("P"), chosen("male"), time, extra, {}}}
	}
	grid := rules.Compute([]Row{row(known(6), Cell{}), row(known(4), known(0)), row(known(4), Cell{}), row(known(5), known(0))}, given())
	got := grid.Failures()
	if len(got) != 2 || got[0] != (Failure{1, 0}) || got[1] != (Failure{3, 0}) {
		t.Errorf("failures %v, want rows 1 and 3: what is missing fails nothing", got)
	}
}

func TestBandsAndRisingTables(t *testing.T) {
	bands := &ladder{bands: []pack.Band{{From: nil, Below: number(13.5), Points: 80}, {From: number(13.5), Below: number(18.2), Points: 100}, {From: number(18.2), Below: nil, Points: 60}}}
	for value, want := range map[float64]float64{-5: 80, 13.4: 80, 13.5: 100, 18.1: 100, 18.2: 60, 99: 60} {
		if got := bands.find(value, false); !got.Equal(measure.Of(want)) {
			t.Errorf("band of %v: %v, want %v", value, got, want)
		}
	}
	rising := ladderOf(&pack.Table{Points: []float64{100, 60}}, pack.TableRow{Reach: []*float64{number(20), number(10)}})
	for value, want := range map[float64]float64{21: 100, 20: 100, 19.9: 60, 10: 60, 9: 60} {
		if got := rising.find(value, false); !got.Equal(measure.Of(want)) {
			t.Errorf("points of %v: %v, want %v (the lowest when nothing is said of those below)", value, got, want)
		}
	}
}

func TestFaultsOfRules(t *testing.T) {
	plain := func(change func(*pack.Register)) *pack.Register {
		register := &pack.Register{Name: "r", Columns: []*pack.Column{
			{Name: "a", Type: pack.Number}, {Name: "day", Type: pack.Date}, {Name: "who", Type: pack.Line}}}
		change(register)
		return register
	}
	column := func(c *pack.Column) func(*pack.Register) {
		return func(r *pack.Register) { r.Columns = append(r.Columns, c) }
	}
	item := func(i *pack.Item) func(*pack.Register) {
		return func(r *pack.Register) { r.Items = append(r.Items, i) }
	}
	cases := []struct {
		name   string
		change func(*pack.Register)
		want   string
	}{
		{"a circle", func(r *pack.Register) {
			column(&pack.Column{Name: "x", Type: pack.Number, Formula: formula("y")})(r)
			column(&pack.Column{Name: "y", Type: pack.Number, Formula: formula("x")})(r)
		}, "register.row.circle"},
		{"another period", column(&pack.Column{Name: "x", Type: pack.Number, Formula: formula("prev(a)")}), "register.row.other_period"},
		{"a condition for a number", column(&pack.Column{Name: "x", Type: pack.Number, Formula: formula("a > 1")}), "expr.number_wanted"},
		{"an unknown name", column(&pack.Column{Name: "x", Type: pack.Number, Formula: formula("nobody")}), "expr.unknown_name"},
		{"no such table", column(&pack.Column{Name: "x", Type: pack.Number, Lookup: &pack.Lookup{Table: "none", Value: "a"}}), "register.row.no_table"},
		{"the value is no number", column(&pack.Column{Name: "x", Type: pack.Number, Lookup: &pack.Lookup{Table: "run", Value: "who"}}), "register.row.lookup_value"},
		{"the group is no choice", column(&pack.Column{Name: "x", Type: pack.Number, Lookup: &pack.Lookup{Table: "run", Value: "a"}}), "register.row.lookup_by"},
		{"a group by nothing", item(&pack.Item{Aggregate: pack.Aggregate{Name: "i", Kind: pack.CountOf}, Per: []string{"none"}}), "register.item.no_column"},
		{"a dated group", item(&pack.Item{Aggregate: pack.Aggregate{Name: "i", Kind: pack.CountOf, Dated: "day"}, Per: []string{"who"}}), "register.item.dated_group"},
		{"a sum of nothing", item(&pack.Item{Aggregate: pack.Aggregate{Name: "i", Kind: pack.SumOf}}), "register.item.nothing_of"},
		{"a date that is none", item(&pack.Item{Aggregate: pack.Aggregate{Name: "i", Kind: pack.CountOf, Dated: "a"}}), "register.item.dated"},
		{"years without a date", item(&pack.Item{Aggregate: pack.Aggregate{Name: "i", Kind: pack.CountOf, Years: formula("5")}}), "register.item.years"},
	}
	for _, c := range cases {
		rules, faults := RulesOf(plain(c.change), runNames())
		if rules != nil || !strings.Contains(codes(faults), c.want) {
			t.Errorf("%s: faults %s, want %s", c.name, codes(faults), c.want)
		}
	}
}

func codes(faults fault.List) string {
	var all []string
	for _, f := range faults {
		all = append(all, f.Code)
	}
	return strings.Join(all, " ")
}

// itemsByName returns the values of units as text, by item and unit.
func itemsByName(rows []frame.Row) map[string]string {
	all := map[string]string{}
	for _, row := range rows {
		all[row.Item+" "+row.Unit] = row.Value.Text("zh")
	}
	return all
}
