package round_test

import (
	"encoding/json"
	"math"
	"testing"
	"testing/fstest"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// booksPack computes the published vectors: books per pupil and the three forms of the coefficient.
const booksPack = `pack: books
version: "1"
name: 图书
english: Books
about: 公布的算例。
about_english: Published examples.
documents:
  算例: {name: 差异系数计算方法, english: Examples, by: 教育部, issued: 2012-01-01}
parameters:
  book_weight:
    name: 学段系数
    english: Weight
    values: [{from: 2012-01-20, primary: 1, junior: 1.1, senior: 1.32, source: {doc: 算例, clause: 拆分}}]
`

const booksRegisters = `section_books:
  name: 学段
  english: Sections
  of: section
  every: school_year
  source: {doc: 算例, clause: 一}
  columns:
    readers: {name: 在校生数, english: Pupils, type: count, measure: 学生}
school_books:
  name: 学校
  english: Schools
  of: school
  every: school_year
  source: {doc: 算例, clause: 一}
  columns:
    volumes: {name: 图书册数, english: Books, type: count, measure: 册}
`

const booksIndicators = `section.volumes:
  name: 分学段图书
  english: Books of the section
  of: section
  stages: [primary, junior]
  every: school_year
  measure: 册
  direction: up
  decimals: 0
  share: {item: volumes, by: readers, weight: book_weight}
  source: {doc: 算例, clause: 一}
books.per_pupil:
  name: 生均图书
  english: Books per pupil
  of: section
  stages: [primary, junior]
  every: school_year
  measure: 册/学生
  direction: up
  decimals: 2
  formula: section.volumes / readers
  source: {doc: 算例, clause: 一}
books.growth:
  name: 图书增加数
  english: More books
  of: school
  every: school_year
  measure: 册
  direction: up
  decimals: 0
  formula: volumes - prev(volumes)
  source: {doc: 算例, clause: 一}
cv.weighted: {name: 差异系数, english: Weighted, of: county, stages: [primary, junior], every: school_year, measure: 比, direction: down, decimals: 4, variant: 按学生数加权, variant_english: Weighted by pupils, formula: "cv(books.per_pupil, readers)", source: {doc: 算例, clause: 一}}
cv.unweighted: {name: 不加权差异系数, english: Unweighted, of: county, stages: [primary, junior], every: school_year, measure: 比, direction: down, decimals: 4, variant: 不加权, variant_english: Unweighted, formula: cv_unweighted(books.per_pupil), source: {doc: 算例, clause: 一}}
cv.sample: {name: 样本差异系数, english: Sample, of: county, stages: [primary, junior], every: school_year, measure: 比, direction: down, decimals: 4, variant: 样本形式, variant_english: Sample form, formula: cv_sample(books.per_pupil), source: {doc: 算例, clause: 一}}
`

const booksStandards = `cv.weighted:
  at_most: [{from: 2012-01-20, primary: 0.5, junior: 0.5, source: {doc: 算例, clause: 二}}]
`

func books(t testing.TB) *pack.Set {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{"pack.yaml": booksPack, "registers/a.yaml": booksRegisters, "indicators/a.yaml": booksIndicators, "standards/a.yaml": booksStandards} {
		files["packs/books/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	set, faults := pack.Load(files, nil)
	if faults != nil {
		t.Fatal(faults.Error())
	}
	return set
}

func publishedFive(t testing.TB) *region {
	return newRegion(t, school("1", unit.Primary), school("2", unit.Primary), school("3", unit.Primary), school("4", unit.Primary), school("5", unit.Primary)).
		report(year, "id readers\n1-primary 45\n2-primary 37\n3-primary 89\n4-primary 76\n5-primary 55").
		report(year, "id volumes\n1 279\n2 137\n3 935\n4 160\n5 402")
}

func TestPublishedCoefficient(t *testing.T) {
	o := evaluate(t, publishedFive(t).input(books(t), "books"))
	wantValue(t, line(t, o, "books.per_pupil", "C", unit.Primary), 6.334437)
	wantValue(t, line(t, o, "cv.weighted", "C", unit.Primary), 0.515257)
	wantVerdict(t, line(t, o, "cv.weighted", "C", unit.Primary), standard.Fail)
	wantValue(t, line(t, o, "cv.unweighted", "C", unit.Primary), 0.488771)
	wantValue(t, line(t, o, "cv.sample", "C", unit.Primary), 0.488771*math.Sqrt(1.25))
	e, known := o.Explain("cv.weighted", "C", unit.Primary)
	if !known || len(e.Contributions) != 5 || e.Contributions[0].Unit != "3" || e.Line.Variant.Chinese != "按学生数加权" {
		t.Fatalf("explained: %v %+v", known, e.Contributions)
	}
	terms := map[string]float64{"1": 0.0027, "2": 0.8486, "3": 5.1274, "4": 4.5011, "5": 0.1730}
	percent := 0.0
	for _, c := range e.Contributions {
		if math.Abs(c.Term-terms[c.Unit]) > 5e-5 {
			t.Errorf("school %s contributes %v, want %v", c.Unit, c.Term, terms[c.Unit])
		}
		percent += c.Percent
	}
	if !near(percent, 100) {
		t.Errorf("the parts are %v percent", percent)
	}
	if b := e.Breakers; len(b) == 0 || b[0].Without >= b[0].Now {
		t.Errorf("breakers: %+v", b)
	}
	withoutTheBest(t, e)
}

// withoutTheBest compares the coefficient without each school with one computed from the other four.
func withoutTheBest(t *testing.T, e round.Explanation) {
	t.Helper()
	for _, left := range e.Contributions {
		sum, weight, square := 0.0, 0.0, 0.0
		for _, c := range e.Contributions {
			if c.Unit != left.Unit {
				sum += c.Weight * c.Value
				weight += c.Weight
			}
		}
		for _, c := range e.Contributions {
			if c.Unit != left.Unit {
				square += c.Weight / weight * (c.Value - sum/weight) * (c.Value - sum/weight)
			}
		}
		if want := math.Sqrt(square) / (sum / weight); math.Abs(left.Without-want) > 1e-9 {
			t.Errorf("without %s: %v, want %v", left.Unit, left.Without, want)
		}
	}
}

func TestPublishedSplit(t *testing.T) {
	r := newRegion(t, school("1", unit.Primary, unit.Junior)).report(year, "id readers\n1-primary 166\n1-junior 210").report(year, "id volumes\n1 23226")
	o := evaluate(t, r.input(books(t), "books"))
	wantValue(t, line(t, o, "section.volumes", "1", unit.Primary), 166*23226.0/397)
	wantValue(t, line(t, o, "section.volumes", "1", unit.Junior), 23226-166*23226.0/397)
	wantValue(t, line(t, o, "cv.weighted", "C", unit.Junior), 0) // one school
}

func TestWithoutPupilsPartsAreUnknown(t *testing.T) {
	r := newRegion(t, school("1", unit.Primary, unit.Junior), school("2", unit.Primary)).report(year, "id readers\n1-primary 166\n2-primary 10").report(year, "id volumes\n1 23226\n2 0")
	o := evaluate(t, r.input(books(t), "books"))
	for _, code := range []string{"1", "C"} {
		l := line(t, o, "section.volumes", code, unit.Primary)
		if !l.Value.Equal(measure.MissingFor("readers")) {
			t.Errorf("%s: %v", code, l.Value)
		}
	}
	l := line(t, o, "cv.weighted", "C", unit.Primary)
	wantVerdict(t, l, standard.Unknown)
	e, _ := o.Explain("cv.weighted", "C", unit.Primary)
	if len(e.Silent) != 1 || e.Silent[0].Unit != "1" || e.Silent[0].Missing[0] != "readers" || l.Coverage.Reported != 1 || l.Coverage.Expected != 2 {
		t.Errorf("silent: %+v, coverage %v", e.Silent, l.Coverage)
	}
}

func TestAMeanOfZeroHasNoCoefficient(t *testing.T) {
	r := newRegion(t, school("1", unit.Primary), school("2", unit.Primary)).report(year, "id readers\n1-primary 10\n2-primary 10").report(year, "id volumes\n1 0\n2 0")
	l := line(t, evaluate(t, r.input(books(t), "books")), "cv.weighted", "C", unit.Primary)
	if !l.Value.Equal(measure.InvalidBecause(measure.DivisionByZero)) {
		t.Errorf("value %v", l.Value)
	}
	wantVerdict(t, l, standard.Unknown)
}

// mergers is a history in which school 1 went into school 2.
type mergers map[string][]string

func (m mergers) Predecessors(code string, _, _ period.Date) []string { return m[code] }

func TestThePeriodBeforeFollowsMergers(t *testing.T) {
	closed := school("1", unit.Primary)
	closed.Closed = period.Date{Year: 2023, Month: 8, Day: 1}
	r := newRegion(t, closed, school("2", unit.Primary)).report(year.Previous(), "id volumes\n1 100\n2 40").report(year, "id volumes\n2 150")
	in := r.input(books(t), "books")
	wantValue(t, line(t, evaluate(t, in), "books.growth", "2", ""), 110)
	in.History = mergers{"2": {"1"}}
	o := evaluate(t, in)
	wantValue(t, line(t, o, "books.growth", "2", ""), 10)
	wantValue(t, line(t, o, "books.growth", "C", ""), 10)
	frozen, faults := round.Freeze(o)
	if faults != nil {
		t.Fatal(faults)
	}
	if faults := round.Repeat(frozen); faults != nil {
		t.Error(faults.Error())
	}
}

func TestFiftyPupilsAreCounted(t *testing.T) {
	for pupils, counted := range map[string]bool{"49": false, "50": true, "51": true, "_": true} {
		r := exampleA(t).report(year, "id pupils\nA4-primary "+pupils)
		if pupils == "_" {
			number, _ := r.tree.Number("A4-primary")
			r.facts.Set("pupils", year, number, measure.MissingFor("pupils"))
		}
		o := evaluate(t, r.input(allPacks(t), "balanced"))
		l := line(t, o, "R1", "A4", unit.Primary)
		if l.Counted != counted {
			t.Errorf("%s pupils: counted %v", pupils, l.Counted)
		}
		if pupils == "_" {
			wantVerdict(t, line(t, o, "CV1", "C", unit.Primary), standard.Unknown)
			wantVerdict(t, line(t, o, "R-SCH", "C", unit.Primary), standard.Unknown)
		}
	}
}

func TestBeforeTheFirstThresholdNothingIsDecided(t *testing.T) {
	old := period.Period{Kind: period.SchoolYear, Start: period.Date{Year: 2016, Month: 9, Day: 1}}
	r := newRegion(t, school("A1", unit.Primary)).report(old, sectionHead+"A1-primary 600 30 7 6 0 0 0").report(old, schoolHead+"A1 0 3000 4800 1320000 15 0")
	in := r.input(allPacks(t), "balanced")
	in.Period = old
	l := line(t, evaluate(t, in), "R1", "A1", unit.Primary)
	wantValue(t, l, 5)
	wantVerdict(t, l, standard.Unknown)
	if !l.NotInForce {
		t.Error("no threshold was in force")
	}
}

func TestACountyWithoutMigrantChildrenIsNotConcerned(t *testing.T) {
	r := exampleA(t).report(year, "id migrant_children_eligible migrant_children_public migrant_children_purchased\nC 0 0 0")
	o := evaluate(t, r.input(allPacks(t), "balanced"))
	l := line(t, o, "G15", "C", "")
	wantVerdict(t, l, standard.Pass)
	if got := o.ReasonText(l.Value, message.Chinese); got != "不涉及" || l.Lacks || l.Failing != 0 {
		t.Errorf("%s, lacks %v, failing %d", got, l.Lacks, l.Failing)
	}
	data, err := o.JSON(message.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Indicators []struct{ Code, Verdict, Reason string }
	}
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	for _, one := range document.Indicators {
		if one.Code == "G15" && (one.Verdict != "pass" || one.Reason != "不涉及") {
			t.Errorf("%+v", one)
		}
	}
	if frozen, faults := round.Freeze(o); faults != nil || round.Repeat(frozen) != nil {
		t.Error("the round cannot be repeated")
	}
}

func TestWhatIf(t *testing.T) {
	prepared, faults := round.Prepare(exampleB(t).input(allPacks(t), "balanced"))
	if faults != nil {
		t.Fatal(faults)
	}
	cases := []struct {
		name    string
		changes []round.Change
		unit    string
		want    standard.Verdict
	}{
		{"nothing", nil, "B3", standard.Fail},
		{"one backbone teacher more", []round.Change{{Kind: round.Add, Unit: "B3-junior", Item: "teachers_backbone", Value: 1}}, "B3", standard.Pass},
		{"400 m² more", []round.Change{{Kind: round.Add, Unit: "B3", Item: "area_sports_ground", Value: 400}}, "B3", standard.Pass},
		{"399 m² more", []round.Change{{Kind: round.Add, Unit: "B3", Item: "area_sports_ground", Value: 399}}, "B3", standard.Fail},
		{"85 m² more", []round.Change{{Kind: round.Set, Unit: "B2", Item: "area_sports_ground", Value: 4335}}, "B2", standard.Pass},
		{"a lower threshold", []round.Change{{Kind: round.Threshold, Standard: "area.sports_per_pupil", Stage: unit.Junior, Value: 8}}, "B2", standard.Pass},
		{"B2 goes into B1", []round.Change{{Kind: round.Merge, Unit: "B2", Into: "B1"}}, "B1", standard.Pass},
	}
	for _, c := range cases {
		o, faults := prepared.Run(c.changes...)
		if faults != nil {
			t.Fatal(c.name, faults)
		}
		if got := line(t, o, "R-SCH", c.unit, unit.Junior).Verdict; got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	o, _ := prepared.Run(cases[len(cases)-1].changes...)
	wantValue(t, line(t, o, "R5", "B1", unit.Junior), (7200.0+4250)/1300)
	if l := line(t, o, "R-SCH", "C", unit.Junior); l.Judged != 2 || l.Failing != 1 {
		t.Errorf("after the merger %d of %d fail", l.Failing, l.Judged)
	}
	before, _ := prepared.Run()
	differs := 0
	for _, d := range round.Compare(before, o) {
		if d.Differs() {
			differs++
		}
	}
	if differs < 10 {
		t.Errorf("only %d lines differ", differs)
	}
}

// A what-if takes over what it does not change; it must find what a round over changed facts finds.
func TestAWhatIfEqualsARoundOverChangedFacts(t *testing.T) {
	set := allPacks(t)
	for item, unitCode := range map[string]string{"pupils": "A4-primary", "teachers_above": "A1-primary", "area_sports_ground": "A2", "teaching_point": "A4"} {
		prepared, _ := round.Prepare(exampleA(t).input(set, "balanced"))
		whatIf, faults := prepared.Run(round.Change{Kind: round.Set, Unit: unitCode, Item: item, Value: 90})
		if faults != nil {
			t.Fatal(faults)
		}
		facts := evaluate(t, exampleA(t).report(year, "id "+item+"\n"+unitCode+" 90").input(set, "balanced"))
		for _, d := range round.Compare(facts, whatIf) {
			if d.Differs() {
				t.Errorf("%s changed: %s of %s %s: %v, want %v", item, d.Name, d.Unit, d.Stage, d.After.Value, d.Before.Value)
			}
		}
	}
}

func TestAMergedStageIsOpened(t *testing.T) {
	prepared, _ := round.Prepare(exampleC(t).input(allPacks(t), "balanced"))
	o, faults := prepared.Run(round.Change{Kind: round.Merge, Unit: "C4", Into: "C1"})
	if faults != nil {
		t.Fatal(faults)
	}
	wantValue(t, line(t, o, "R1", "C1", unit.Primary), 4.8)
	weighted := 1000 + 1.1*600
	wantValue(t, line(t, o, "R4", "C1", unit.Primary), (3600.0+4700)/weighted)
	opened, faults := prepared.Run(round.Change{Kind: round.Open, Unit: "C4", Stage: unit.Junior}, round.Change{Kind: round.Set, Unit: "C4-junior", Item: "pupils", Value: 100})
	if faults != nil {
		t.Fatal(faults)
	}
	wantValue(t, line(t, opened, "R4", "C4", unit.Junior), 4700*1.1/(1000+110))
	wantVerdict(t, line(t, opened, "R1", "C4", unit.Junior), standard.Unknown)
}

func TestWrongChangesAreToldAllAtOnce(t *testing.T) {
	prepared, _ := round.Prepare(exampleB(t).input(allPacks(t), "balanced"))
	_, faults := prepared.Run(
		round.Change{Kind: round.Set, Unit: "nobody", Item: "pupils"}, round.Change{Kind: round.Set, Unit: "B1", Item: "nothing"},
		round.Change{Kind: round.Set, Unit: "B1", Item: "pupils"}, round.Change{Kind: round.Add, Unit: "B1-junior", Item: "pupils", Value: -801},
		round.Change{Kind: round.Set, Unit: "B1-junior", Item: "pupils", Value: math.NaN()}, round.Change{Kind: round.Merge, Unit: "B1", Into: "B1"},
		round.Change{Kind: round.Merge, Unit: "B1", Into: "nobody"}, round.Change{Kind: round.Threshold, Standard: "layout.reasonable"},
		round.Change{Kind: round.Switch, Switch: "nothing"}, round.Change{Kind: round.Open, Unit: "C", Stage: unit.Junior}, round.Change{Kind: "fly"})
	if len(faults) != 11 {
		t.Errorf("%d faults: %s", len(faults), faults.Error())
	}
}

func TestAFrozenRoundIsRepeatedByteForByte(t *testing.T) {
	o := evaluate(t, exampleC(t).input(allPacks(t), "balanced"))
	frozen, faults := round.Freeze(o)
	if faults != nil {
		t.Fatal(faults)
	}
	if faults := round.Repeat(frozen); faults != nil {
		t.Fatal(faults.Error())
	}
	again, _ := round.Freeze(o)
	if again.Digest != frozen.Digest || string(again.Inputs) != string(frozen.Inputs) {
		t.Error("the same round frozen twice gives other bytes")
	}
	altered := frozen
	altered.Results = append([]byte(nil), frozen.Results...)
	altered.Results[len(altered.Results)/2] ^= 1
	if round.Repeat(altered) == nil {
		t.Error("an altered result is accepted")
	}
}
