package round_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

var year = period.Period{Kind: period.SchoolYear, Start: period.Date{Year: 2023, Month: 9, Day: 1}}

// allPacks returns the packs of the product.
func allPacks(t testing.TB) *pack.Set {
	t.Helper()
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults.Error())
	}
	return set
}

// region is a county with its facts. A school is written "code: primary 400 + junior 300".
type region struct {
	t     testing.TB
	units []unit.Unit
	tree  *unit.Tree
	facts *indicator.Table
}

func newRegion(t testing.TB, schools ...unit.Unit) *region {
	t.Helper()
	r := &region{t: t, units: []unit.Unit{{Code: "C", Name: "某县", Kind: unit.County}}}
	for _, s := range schools {
		s.Kind, s.Parent, s.Name = unit.School, "C", s.Code
		r.units = append(append(r.units, s), unit.Sections(s)...)
	}
	tree, err := unit.Build(r.units)
	if err != nil {
		t.Fatal(err)
	}
	r.tree, r.facts = tree, indicator.NewTable(tree)
	return r
}

func school(code string, stages ...unit.Stage) unit.Unit {
	return unit.Unit{Code: code, Stages: stages, Ownership: unit.Public, Setting: unit.Urban}
}

// report takes a table: the head names items, each row begins with a unit; _ is 未报.
func (r *region) report(p period.Period, table string) *region {
	r.t.Helper()
	var head []string
	for line := range strings.Lines(table) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if head == nil {
			head = words[1:]
			continue
		}
		number, known := r.tree.Number(words[0])
		if !known {
			r.t.Fatalf("no unit %s", words[0])
		}
		for k, word := range words[1:] {
			if word == "_" {
				continue
			}
			value, err := strconv.ParseFloat(word, 64)
			if err != nil {
				r.t.Fatal(err)
			}
			r.facts.Set(head[k], p, number, measure.Of(value))
		}
	}
	return r
}

func (r *region) input(set *pack.Set, name string) round.Input {
	return round.Input{Set: set, Pack: name, Period: year, Facts: r.facts, Unit: "C"}
}

func evaluate(t testing.TB, in round.Input) *round.Outcome {
	t.Helper()
	o, faults := round.Run(in)
	if faults != nil {
		t.Fatal(faults.Error())
	}
	return o
}

// line returns the line of a code, unit and stage.
func line(t testing.TB, o *round.Outcome, code, unitCode string, stage unit.Stage) round.Line {
	t.Helper()
	for _, l := range o.Lines() {
		if (l.Code == code || l.Name == code) && l.Unit == unitCode && l.Stage == stage {
			return l
		}
	}
	t.Fatalf("no line %s %s %s", code, unitCode, stage)
	return round.Line{}
}

func wantValue(t testing.TB, l round.Line, want float64) {
	t.Helper()
	got, known := l.Value.Number()
	if !known || math.Abs(got-want) > 5e-7*math.Max(1, math.Abs(want)) {
		t.Errorf("%s %s %s: got %v, want %v", l.Code, l.Unit, l.Stage, l.Value, want)
	}
}

func wantVerdict(t testing.TB, l round.Line, want standard.Verdict) {
	t.Helper()
	if l.Verdict != want {
		t.Errorf("%s %s %s: got %v, want %v (value %v)", l.Code, l.Unit, l.Stage, l.Verdict, want, l.Value)
	}
}

const (
	sectionHead = "id pupils teachers_above teachers_backbone teachers_pe teachers_music teachers_art teachers_arts_general\n"
	schoolHead  = "id teaching_point area_teaching_auxiliary area_sports_ground equipment_value multimedia_rooms area_indoor_sports\n"
)

// exampleA is a county of primary schools in which everything passes and one teaching point is left out.
func exampleA(t testing.TB) *region {
	return newRegion(t, school("A1", unit.Primary), school("A2", unit.Primary), school("A3", unit.Primary), school("A4", unit.Primary)).
		report(year, sectionHead+`
			A1-primary 600 30  7 6 0 0 0
			A2-primary 900 40 10 9 0 0 0
			A3-primary 300 18  3 3 0 0 0
			A4-primary  40  2  0 0 0 0 0`).
		report(year, schoolHead+`
			A1 0 3000 4800 1320000 15 0
			A2 0 4140 6840 1890000 21 0
			A3 0 1800 3300  780000  9 0
			A4 1  100  150   20000  1 0`)
}

// exampleB is a county of junior schools in which the coefficients pass and schools fail.
func exampleB(t testing.TB) *region {
	return newRegion(t, school("B1", unit.Junior), school("B2", unit.Junior), school("B3", unit.Junior)).
		report(year, sectionHead+`
			B1-junior  800 48 8 8 0 0 0
			B2-junior  500 35 6 5 0 0 0
			B3-junior 1000 53 9 9 0 0 0`).
		report(year, schoolHead+`
			B1 0 4960 7200 2160000 20 0
			B2 0 3500 4250 1500000 15 0
			B3 0 6000 9800 2600000 24 0`)
}

// exampleC is a county with a through school and a complete secondary school whose assets are split.
func exampleC(t testing.TB) *region {
	return newRegion(t, school("C1", unit.Junior), school("C2", unit.Primary, unit.Junior), school("C3", unit.Junior, unit.Senior), school("C4", unit.Primary)).
		report(year, sectionHead+`
			C1-junior   600 36  7  6 0 0 0
			C2-primary  400 20  4  4 0 0 0
			C2-junior   300 18  3  3 0 0 0
			C3-junior   450 27  6  5 0 0 0
			C3-senior   750  _  _  _ _ _ _
			C4-primary 1000 48 11 10 0 0 0`).
		report(year, schoolHead+`
			C1 0 3600 18000 1620000 15 0
			C2 0 3650  7300 1825000 18 0
			C3 0 9450 16200 4050000 36 0
			C4 0 4700  8000 2200000 25 0`)
}
