package register

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"jiaoheng"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// load loads packs that come with the program, and no others.
func load(t testing.TB, names ...string) *pack.Set {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range names {
		err := fs.WalkDir(jiaoheng.Packs, "packs/"+name, func(at string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(at, ".itest") {
				return err
			}
			data, err := fs.ReadFile(jiaoheng.Packs, at)
			files[at] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	set, faults := pack.Load(files, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	return set
}

// pupil is a row of the fitness tests. A result that is not there was not measured.
type pupil struct {
	unit, sex, grade string
	exempt           bool
	results          map[string]float64
}

// fitness is the register of fitness tests with the rules of its pack.
type fitness struct {
	scope    *pack.Scope
	register *pack.Register
	rules    *Rules
}

var fitnessOnce = sync.OnceValue(func() *fitness { return new(fitness) })

// fitnessOf loads the pack once for all tests.
func fitnessOf(t testing.TB) *fitness {
	t.Helper()
	f := fitnessOnce()
	if f.rules != nil {
		return f
	}
	f.scope = load(t, "census", "fitness").Closure("fitness")
	f.register, _ = f.scope.Register("fitness_test")
	rules, faults := RulesOf(f.register, NamesOf(f.scope))
	if faults != nil {
		t.Fatal(faults)
	}
	f.rules = rules
	return f
}

func (f *fitness) rows(p period.Period, pupils ...pupil) []Row {
	rows := make([]Row, len(pupils))
	for i, one := range pupils {
		cells := make([]Cell, len(f.register.Columns))
		for at, column := range f.register.Columns {
			switch column.Name {
			case "pupil":
				cells[at] = chosen(fmt.Sprint("P", i))
			case "sex":
				cells[at] = chosen(one.sex)
			case "grade":
				cells[at] = chosen(one.grade)
			case "exempt":
				cells[at] = known(map[bool]float64{true: 1}[one.exempt])
			default:
				number, measured := one.results[column.Name]
				cells[at] = Cell{Known: measured, Number: number}
			}
		}
		rows[i] = Row{Unit: one.unit, Period: p, Cells: cells}
	}
	return rows
}

func (f *fitness) given(at string, switches map[string]bool) Given {
	p, _ := period.Parse(at)
	return Given{Period: p, Value: func(name, _ string) measure.Value {
		if option, is := strings.CutPrefix(name, "switch."); is {
			return measure.Of(map[bool]float64{true: 1}[switches[option]])
		}
		parameter, _ := f.scope.Parameter(name)
		if number, _, found := pack.ResolveFor("", parameter.Values, Day(p), nil, switches); found {
			return measure.Of(number)
		}
		return measure.MissingFor(name)
	}}
}

// compute computes pupils in the school year 2023-2024.
func (f *fitness) compute(pupils ...pupil) *Grid {
	g := f.given("2023-2024", nil)
	return f.rules.Compute(f.rows(g.Period, pupils...), g)
}

// worstOf returns a result for which there are no points in any grade, or the fewest of the body mass index.
func worstOf(column string) float64 {
	switch column {
	case "body_weight":
		return 90
	case "run_50m", "shuttle_run", "run_1000m", "run_800m":
		return 600
	case "sit_and_reach":
		return -40
	}
	return 0
}

// perfect returns a pupil with 100 points in every event of the grade.
func perfect(sex, grade string) pupil {
	p := pupil{sex: sex, grade: grade, results: map[string]float64{"height": 100, "body_weight": 17.3, "vital_capacity": 9999, "run_50m": 4, "sit_and_reach": 60}}
	tops := map[string]float64{"rope_skip": 400, "sit_up": 120, "shuttle_run": 40, "long_jump": 400, "pull_up": 100, "run_1000m": 120, "run_800m": 100}
	maps.Copy(p.results, tops)
	return p
}

func with(results map[string]float64, changes map[string]float64, without ...string) map[string]float64 {
	all := maps.Clone(results)
	maps.Copy(all, changes)
	for _, name := range without {
		delete(all, name)
	}
	return all
}

var (
	boy1   = map[string]float64{"height": 120, "body_weight": 25, "vital_capacity": 1300, "run_50m": 10.61, "sit_and_reach": 11, "rope_skip": 87}
	boy5   = map[string]float64{"height": 150, "body_weight": 45, "vital_capacity": 2000, "run_50m": 8.65, "sit_and_reach": 9.3, "rope_skip": 130, "sit_up": 40, "shuttle_run": 107}
	boy8   = map[string]float64{"height": 165, "body_weight": 70, "vital_capacity": 3500, "run_50m": 7.9, "sit_and_reach": 0, "long_jump": 200, "pull_up": 16, "run_1000m": 225}
	girl4  = map[string]float64{"height": 140, "body_weight": 38.3, "vital_capacity": 1600, "run_50m": 9.5, "sit_and_reach": 13.1, "rope_skip": 119, "sit_up": 37}
	girl12 = map[string]float64{"height": 160, "body_weight": 55, "vital_capacity": 3000, "run_50m": 8.4, "sit_and_reach": 18.5, "long_jump": 180, "sit_up": 57, "run_800m": 226}

	// exactly 90, 80 and 60 points, and 89.95
	excellent1 = map[string]float64{"height": 120, "body_weight": 25, "vital_capacity": 1300, "run_50m": 10.4, "sit_and_reach": 13, "rope_skip": 99}
	good1      = map[string]float64{"height": 100, "body_weight": 13.4, "vital_capacity": 1300, "run_50m": 10.6, "sit_and_reach": 11, "rope_skip": 87}
	pass1      = map[string]float64{"height": 100, "body_weight": 20.4, "vital_capacity": 700, "run_50m": 12.6, "sit_and_reach": 0, "rope_skip": 17}
	almost1    = map[string]float64{"height": 120, "body_weight": 25, "vital_capacity": 1400, "run_50m": 11, "sit_and_reach": 13, "rope_skip": 109}
)

// TestPupils holds known pupils to points that were worked out by hand from the printed tables.
func TestPupils(t *testing.T) {
	cases := []struct {
		name       string
		sex, grade string
		results    map[string]float64
		want       map[string]string
	}{
		{"boy of grade 1", "male", "g1", boy1, map[string]string{"bmi": "17.4", "bmi_points": "100", "vital_capacity_points": "80", "run_50m_read": "10.7", "run_50m_points": "78",
			"reach_points": "80", "rope_points": "80", "standard_points": "82.6", "bonus": "0", "total": "82.6", "level": "2"}},
		{"boy of grade 5", "male", "g5", boy5, map[string]string{"bmi": "20", "vital_capacity_points": "74", "run_50m_points": "85", "reach_points": "78", "rope_points": "80",
			"sit_up_points": "80", "shuttle_points": "80", "standard_points": "82.9", "total": "82.9", "level": "2"}},
		{"boy of grade 8", "male", "g8", boy8, map[string]string{"bmi": "25.7", "bmi_points": "60", "vital_capacity_points": "85", "reach_points": "62", "long_jump_points": "74",
			"pull_up_points": "100", "standard_points": "81.35", "bonus": "3", "total": "84.35", "level": "2", "rope_points": "表中没有该组别", "sit_up_points": "表中没有该组别"}},
		{"girl of grade 4", "female", "g4", girl4, map[string]string{"bmi": "19.5", "bmi_points": "80", "total": "80", "level": "2"}},
		{"girl of grade 12", "female", "g12", girl12, map[string]string{"bmi_points": "100", "standard_points": "85", "bonus": "1", "total": "86", "level": "2", "graduation_points": "未报（earlier_points）"}},
		{"her graduation", "female", "g12", with(girl12, map[string]float64{"earlier_points": 70}), map[string]string{"graduation_points": "78"}},
		{"a pull-up between printed cells", "male", "g8", with(boy8, map[string]float64{"pull_up": 9}), map[string]string{"pull_up_points": "76", "bonus": "1"}},
		{"90 is excellent", "male", "g1", excellent1, map[string]string{"total": "90", "level": "1"}},
		{"89.95 is good", "male", "g1", almost1, map[string]string{"total": "89.95", "level": "2"}},
		{"80 is good", "male", "g1", good1, map[string]string{"total": "80", "level": "2"}},
		{"less than 80 passes", "male", "g1", with(good1, map[string]float64{"rope_skip": 86}), map[string]string{"total": "79.6", "level": "3"}},
		{"60 passes", "male", "g1", pass1, map[string]string{"total": "60", "level": "3"}},
		{"less than 60 fails", "male", "g1", with(pass1, map[string]float64{"rope_skip": 16}), map[string]string{"total": "58", "level": "4"}},
		{"worse than the last row", "male", "g1", with(boy1, map[string]float64{"vital_capacity": 499, "run_50m": 13.61}), map[string]string{"vital_capacity_points": "0", "run_50m_points": "0"}},
		{"readings of a stopwatch round up", "male", "g1", with(boy1, map[string]float64{"run_50m": 10.2001}), map[string]string{"run_50m_read": "10.3", "run_50m_points": "95"}},
		{"an exact tenth stays", "male", "g1", with(boy1, map[string]float64{"run_50m": 10.2}), map[string]string{"run_50m_read": "10.2", "run_50m_points": "100"}},
		{"no bonus for one more", "male", "g1", with(boy1, map[string]float64{"rope_skip": 110}), map[string]string{"rope_points": "100", "bonus": "0"}},
		{"a bonus for two more", "male", "g1", with(boy1, map[string]float64{"rope_skip": 111}), map[string]string{"bonus": "1"}},
		{"19 points of bonus", "male", "g1", with(boy1, map[string]float64{"rope_skip": 148}), map[string]string{"bonus": "19"}},
		{"the bonus ends at 20", "male", "g1", with(boy1, map[string]float64{"rope_skip": 260}), map[string]string{"bonus": "20", "total": "106.6", "level": "1"}},
		{"no more than 10 for each event", "male", "g8", with(boy8, map[string]float64{"pull_up": 60, "run_1000m": 150}), map[string]string{"pull_up_bonus_points": "10", "run_1000m_bonus_points": "10", "bonus": "20"}},
		{"a missing event", "male", "g8", with(boy8, nil, "run_1000m"), map[string]string{"total": "未报（run_1000m）", "level": "未报（run_1000m）", "counted": "0", "long_jump_points": "74"}},
		{"two missing events", "male", "g1", with(boy1, nil, "height", "rope_skip"), map[string]string{"bmi": "未报（height）", "total": "未报（height、rope_skip）"}},
	}
	f := fitnessOf(t)
	for _, c := range cases {
		grid := f.compute(pupil{sex: c.sex, grade: c.grade, results: c.results})
		for column, want := range c.want {
			value := grid.Value(0, column)
			number, has := value.Number()
			if got := value.Text("zh"); got != want && !(has && fmt.Sprintf("%.9g", number) == want) {
				t.Errorf("%s: %s = %s, want %s", c.name, column, got, want)
			}
		}
		if failures := grid.Failures(); len(failures) > 0 && !f.register.Checks[failures[0].Check].Warn {
			t.Errorf("%s: %s", c.name, f.register.Checks[failures[0].Check].Say.Chinese)
		}
	}
}

func TestLevelsOfARoundedTotal(t *testing.T) {
	f := fitnessOf(t)
	g := f.given("2023-2024", map[string]bool{"fitness_total_rounded": true})
	grid := f.rules.Compute(f.rows(g.Period, pupil{sex: "male", grade: "g1", results: almost1}), g)
	if total, level := grid.Value(0, "total").Text("zh"), grid.Rows()[0].Cells[f.rules.column["level"]].Text; total != "90" || level != "excellent" {
		t.Errorf("89.95 with the switch: %s, %s", total, level)
	}
}

func TestNoLevelBeforeTheStandard(t *testing.T) {
	f := fitnessOf(t)
	g := f.given("2013-2014", nil)
	grid := f.rules.Compute(f.rows(g.Period, pupil{sex: "male", grade: "g1", results: boy1}), g)
	if got := grid.Value(0, "bmi_points"); !got.Equal(measure.Of(100)) {
		t.Errorf("points of 2013-2014: %s", got.Text("zh"))
	}
	if got := grid.Value(0, "bonus"); !got.Equal(measure.MissingFor("fitness_bonus_most")) {
		t.Errorf("bonus of 2013-2014: %s", got.Text("zh"))
	}
	if got := grid.Value(0, "level"); got.Known() {
		t.Errorf("level of 2013-2014: %s", got.Text("zh"))
	}
}

func TestItemsOfFitness(t *testing.T) {
	f := fitnessOf(t)
	boy := func(results map[string]float64) pupil {
		return pupil{unit: "S1", sex: "male", grade: "g1", results: results}
	}
	exempt := boy(nil)
	exempt.exempt = true
	half := boy(with(boy1, nil, "rope_skip"))
	half.unit = "S2"
	grid := f.compute(boy(excellent1), boy(good1), boy(pass1), boy(with(pass1, map[string]float64{"rope_skip": 16})), exempt, boy(with(boy1, nil, "rope_skip")), half)
	got := itemsByName(grid.Items())
	for name, want := range map[string]string{"fitness_pupils S1": "6", "fitness_exempt S1": "1", "fitness_tested S1": "4", "fitness_excellent_pupils S1": "1",
		"fitness_good_pupils S1": "1", "fitness_pass_pupils S1": "3", "fitness_obese_pupils S1": "2", "fitness_graduation_low S1": "0", "fitness_tested S2": "0", "fitness_pupils S2": "1"} {
		if got[name] != want {
			t.Errorf("%s = %s, want %s", name, got[name], want)
		}
	}
	failures := grid.Failures()
	if len(failures) != 2 || failures[0].Row != 5 || !f.register.Checks[failures[0].Check].Warn {
		t.Errorf("incomplete pupils: %v", failures)
	}
}

func TestChecksOfFitness(t *testing.T) {
	f := fitnessOf(t)
	cases := []struct {
		name       string
		sex, grade string
		changes    map[string]float64
	}{
		{"a second decimal of sit-and-reach", "male", "g8", map[string]float64{"sit_and_reach": 9.25}},
		{"rope skipping in grade 8", "male", "g8", map[string]float64{"rope_skip": 100}},
		{"a long jump in grade 1", "male", "g1", map[string]float64{"long_jump": 100}},
		{"pull-ups of a girl", "female", "g12", map[string]float64{"pull_up": 3}},
		{"800 m of a boy", "male", "g8", map[string]float64{"run_800m": 300}},
	}
	base := map[string]map[string]float64{"g1": boy1, "g8": boy8, "g12": girl12}
	for _, c := range cases {
		failures := f.compute(pupil{sex: c.sex, grade: c.grade, results: with(base[c.grade], c.changes)}).Failures()
		if len(failures) != 1 || f.register.Checks[failures[0].Check].Warn {
			t.Errorf("%s: failures %v, want one", c.name, failures)
		}
	}
}

// BenchmarkFitness measures points, totals, levels and items of 200,000 pupils in 200 sections.
func BenchmarkFitness(b *testing.B) {
	f := fitnessOf(b)
	kinds := []pupil{{sex: "male", grade: "g1", results: boy1}, {sex: "male", grade: "g5", results: boy5}, {sex: "male", grade: "g8", results: boy8},
		{sex: "female", grade: "g4", results: girl4}, {sex: "female", grade: "g12", results: girl12}}
	pupils := make([]pupil, MaxRows)
	for i := range pupils {
		pupils[i] = kinds[i%len(kinds)]
		pupils[i].unit = fmt.Sprint("S", i/1000)
	}
	g := f.given("2023-2024", nil)
	rows := f.rows(g.Period, pupils...)
	for b.Loop() {
		if items := f.rules.Compute(rows, g).Items(); len(items) == 0 || len(items)%200 != 0 {
			b.Fatal(len(items))
		}
	}
}
