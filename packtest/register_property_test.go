package packtest_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"jiaoheng"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/packtest/oracle"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// made are the units that rows are drawn for; two of each kind that reports.
func made() []unit.Unit {
	units := []unit.Unit{{Code: "C", Kind: unit.County}, {Code: "D", Kind: unit.County},
		{Code: "K", Kind: unit.Kindergarten, Parent: "C"}, {Code: "L", Kind: unit.Kindergarten, Parent: "C"},
		{Code: "T", Kind: unit.Training, Parent: "C"}, {Code: "U", Kind: unit.Training, Parent: "C"},
		{Code: "O", Kind: unit.Office, Parent: "C"}, {Code: "W", Kind: unit.Township, Parent: "C"}}
	for _, code := range []string{"A", "B"} {
		school := unit.Unit{Code: code, Kind: unit.School, Parent: "C", Stages: []unit.Stage{unit.Primary, unit.Junior, unit.Senior}}
		units = append(append(units, school), unit.Sections(school)...)
	}
	return units
}

// drawn draws rows of a register: cells that are missing, results on the edge of tables, dates around the ends of periods.
type drawn struct {
	*rapid.T
	register *pack.Register
	edges    map[string][]float64 // of columns that are looked up
	units    []string
	periods  []period.Period
	taken    map[place]bool
}

type place struct {
	unit   string
	period period.Period
}

func (d drawn) rows() []register.Row {
	rows := make([]register.Row, rapid.IntRange(0, 12).Draw(d.T, "rows"))
	for i := range rows {
		row := register.Row{Unit: rapid.SampledFrom(d.units).Draw(d.T, "unit"), Cells: make([]register.Cell, len(d.register.Columns))}
		if d.register.Every != 0 {
			row.Period = rapid.SampledFrom(d.periods).Draw(d.T, "period")
		}
		if len(d.register.Key) == 0 && d.taken[place{row.Unit, row.Period}] {
			return rows[:i] // without key a unit has one row
		}
		d.taken[place{row.Unit, row.Period}] = true
		for at, column := range d.register.Columns {
			if column.Formula == nil && column.Lookup == nil && rapid.IntRange(0, 14).Draw(d.T, "missing") > 0 {
				row.Cells[at] = d.cell(column)
			}
		}
		rows[i] = row
	}
	return rows
}

func (d drawn) cell(column *pack.Column) register.Cell {
	switch {
	case column.Type == pack.Choice:
		return register.Cell{Known: true, Text: rapid.SampledFrom(column.Choices).Draw(d.T, "option").Name}
	case column.Type == pack.Flag:
		return register.Cell{Known: true, Number: float64(rapid.IntRange(0, 1).Draw(d.T, "flag"))}
	case column.Type == pack.Date:
		first := rapid.SampledFrom([]period.Date{{Year: 2018, Month: 8, Day: 30}, {Year: 2019, Month: 12, Day: 30}, {Year: 2020, Month: 2, Day: 27}, {Year: 2024, Month: 8, Day: 30}}).Draw(d.T, "near")
		return register.Cell{Known: true, Text: first.AddDays(rapid.IntRange(0, 4).Draw(d.T, "days")).String()}
	case !column.Type.Numeric():
		return register.Cell{Known: true, Text: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(d.T, "text")}
	}
	if edges := d.edges[column.Name]; len(edges) > 0 {
		return register.Cell{Known: true, Number: rapid.SampledFrom(edges).Draw(d.T, "edge") + rapid.SampledFrom([]float64{-1, -0.1, -0.01, 0, 0.01, 0.1, 1}).Draw(d.T, "beside")}
	}
	return register.Cell{Known: true, Number: float64(rapid.IntRange(0, 2000).Draw(d.T, "number")) / rapid.SampledFrom([]float64{1, 10}).Draw(d.T, "scale")}
}

// edgesOf returns, for each column from which a lookup is made, the values at which the points change.
func edgesOf(scope *pack.Scope, r *pack.Register) map[string][]float64 {
	edges := map[string][]float64{}
	for _, column := range r.Columns {
		if column.Lookup == nil {
			continue
		}
		table, _ := scope.Table(column.Lookup.Table)
		name := strings.TrimSuffix(column.Lookup.Value, "_read")
		for _, row := range table.Rows {
			for _, cell := range row.Reach {
				if cell != nil {
					edges[name] = append(edges[name], *cell)
				}
			}
		}
	}
	return edges
}

// periodsOf returns a period for which the register gives items, and the one before.
func periodsOf(r *pack.Register) []period.Period {
	kind := r.Every
	for _, item := range r.Items {
		if kind == 0 {
			kind = item.Every
		}
	}
	text := map[period.Kind]string{period.Year: "2024", period.Term: "2023-2024/2", period.Month: "2024-02"}[kind]
	if text == "" {
		text = "2023-2024"
	}
	p, _ := period.Parse(text)
	return []period.Period{p, p.Previous()}
}

// TestRowsAgreeWithTheOracle draws rows for the registers of all packs and computes their columns, checks and items twice:
// over columns by package register, and row by row by the oracle.
func TestRowsAgreeWithTheOracle(t *testing.T) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	agreeOn(t, set, 5)
}

// TestRowsWithAClockAgreeWithTheOracle does the same for the example of package pack, whose items read the clocks of rows.
func TestRowsWithAClockAgreeWithTheOracle(t *testing.T) {
	set, faults := pack.LoadWith(fstest.MapFS{}, nil, "example", os.DirFS("../pack/testdata/good"))
	if faults != nil {
		t.Fatal(faults)
	}
	agreeOn(t, set, 2)
}

func agreeOn(t *testing.T, set *pack.Set, times int) {
	var faults fault.List
	scope, units, rules := set.Everything(), made(), map[string]*register.Rules{}
	var registers []*pack.Register
	for _, r := range scope.Registers() {
		if rules[r.Name], faults = register.RulesOf(r, register.NamesOf(scope)); faults != nil {
			t.Fatal(faults)
		}
		if hasRules(r) {
			registers = append(registers, r)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for range times {
			r := rapid.SampledFrom(registers).Draw(t, "register")
			d := drawn{T: t, register: r, edges: edgesOf(scope, r), periods: periodsOf(r), taken: map[place]bool{}}
			for _, u := range units {
				if slices.Contains(r.Of, u.Kind) {
					d.units = append(d.units, u.Code)
				}
			}
			rows := d.rows()
			world := &oracle.World{Packs: scope.Packs, Units: units, Rows: map[string][]register.Row{r.Name: rows}}
			agree(t, scope, world, rules[r.Name], d, rows)
		}
	})
}

// hasRules tells whether anything is computed or checked in the rows of a register.
func hasRules(r *pack.Register) bool {
	return len(r.Items)+len(r.Checks) > 0 || slices.ContainsFunc(r.Columns, func(c *pack.Column) bool { return c.Formula != nil || c.Lookup != nil })
}

// agree holds every computed column, every check and every item of the rows to the oracle.
func agree(t *rapid.T, scope *pack.Scope, world *oracle.World, rules *register.Rules, d drawn, rows []register.Row) {
	p := d.periods[0]
	grid := rules.Compute(rows, register.Given{Period: p, Units: d.units, Value: givenOf(scope, world, p)})
	for i, row := range rows {
		for _, column := range d.register.Columns {
			if column.Formula == nil && column.Lookup == nil {
				continue
			}
			if fast, slow := grid.Value(i, column.Name), world.Cell(d.register, row, column.Name, p); !alike(fast, slow) {
				t.Fatalf("row %d %v: %s is %s, the oracle says %s", i, row, column.Name, fast.Text("en"), slow.Text("en"))
			}
		}
	}
	var broken []register.Failure
	for i, row := range rows {
		for _, check := range world.Broken(d.register, row, p) {
			broken = append(broken, register.Failure{Row: i, Check: check})
		}
	}
	if failures := grid.Failures(); !slices.Equal(failures, broken) {
		t.Fatalf("failures %v, the oracle says %v", failures, broken)
	}
	for _, item := range grid.Items() {
		declared, known := scope.Item(item.Item)
		if !known || declared.Item != nil && declared.Every != p.Kind {
			continue
		}
		if slow := world.Own(item.Item, item.Unit, p); !alike(item.Value, slow) {
			t.Fatalf("%s of %s is %s, the oracle says %s; rows %v", item.Item, item.Unit, item.Value.Text("en"), slow.Text("en"), rows)
		}
	}
}

// givenOf gives parameters and switches as they are declared.
func givenOf(scope *pack.Scope, world *oracle.World, p period.Period) func(name, code string) measure.Value {
	return func(name, code string) measure.Value {
		if option, is := strings.CutPrefix(name, "switch."); is {
			return measure.Of(map[bool]float64{true: 1}[scope.Defaults()[option]])
		}
		var stage unit.Stage
		for _, u := range world.Units {
			if u.Code == code && u.Kind == unit.Section {
				stage = u.Stages[0]
			}
		}
		parameter, _ := scope.Parameter(name)
		if number, _, found := pack.ResolveFor(stage, parameter.Values, register.Day(p), []string{code}, scope.Defaults()); found {
			return measure.Of(number)
		}
		return measure.MissingFor(name)
	}
}

func alike(fast, slow measure.Value) bool {
	a, known := fast.Number()
	b, also := slow.Number()
	if known && also {
		return measure.Compare(a, b) == 0
	}
	return fast.Equal(slow)
}
