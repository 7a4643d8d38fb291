package sample

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/stats"
)

// twoCounties is a sample of two strata of one county each: two of four schools with pupils that weigh 2 and two of eight that weigh 4.
func twoCounties(pupils int) (assessment.Sheet, Frame) {
	stream := stats.NewStream(1)
	sheet := assessment.Sheet{Exam: assessment.Exam{ID: "e", Owner: "99", Design: assessment.Sample,
		Subjects: []assessment.Subject{{Code: "m", Name: "数学", Full: 100, Total: true}},
		Cuts:     []assessment.Cut{{Name: "合格", Subject: "m", Least: 60}, {Name: "优秀", Subject: "m", Least: 85}}}}
	var marks []float64
	var status []assessment.Status
	frame := Frame{Exam: "e", Strata: []Stratum{{Name: "甲层", Schools: 4, Pupils: 4 * pupils}, {Name: "乙层", Schools: 8, Pupils: 8 * pupils}}}
	for k, code := range []string{"A1", "A2", "B1", "B2"} {
		stratum, weight := k/2, float64(2+2*(k/2))
		frame.Strata[stratum].Drawn = append(frame.Strata[stratum].Drawn, School{Code: code, Enrolled: pupils})
		for range pupils {
			sheet.Pupils = append(sheet.Pupils, assessment.Pupil{Unit: code, Weight: weight, Stratum: frame.Strata[stratum].Name})
			marks = append(marks, math.Round(70-15*float64(stratum)+3*float64(k%2)+8*stream.Normal()))
			status = append(status, assessment.Present)
		}
	}
	sheet.Marks, sheet.Status = [][]float64{marks}, [][]assessment.Status{status}
	return sheet, frame
}

func plain(code string) string { return code }

func countyOf(code string) string { return code[:1] }

func ask(subject string) Ask {
	return Ask{Subject: subject, Confidence: 0.95, Least: 10, County: countyOf}
}

func TestFiguresStandForThePopulation(t *testing.T) {
	sheet, frame := twoCounties(40)
	if faults := Check(sheet, frame, 0.05, plain); faults != nil {
		t.Fatal(faults)
	}
	all := ask("m")
	all.Least = 1
	report, err := Of(sheet, frame, all)
	if err != nil {
		t.Fatal(err)
	}
	sums := [2]float64{}
	for p, mark := range sheet.Marks[0] {
		sums[p/80] += mark / 80
	}
	if want := (sums[0]*4 + sums[1]*8) / 12; math.Abs(report.Whole.Mean.Value-want) > 1e-9 {
		t.Errorf("mean %g, not %g: one third of the pupils are of the first stratum", report.Whole.Mean.Value, want)
	}
	if !(report.Whole.Mean.SE > 0) || report.Whole.Mean.Low >= report.Whole.Mean.Value || len(report.Counties) != 2 || report.Strata != 2 {
		t.Errorf("%+v", report.Whole)
	}
	share := 0.0
	for _, level := range report.Whole.Levels {
		share += level.Value
	}
	if math.Abs(share-1) > 1e-9 || len(report.Levels) != 3 || report.Levels[0].Name != "" || report.Levels[2].Name != "优秀" {
		t.Errorf("levels %v add up to %g", report.Levels, share)
	}
	if report.Counties[0].Standing != Above || report.Counties[1].Standing != Below {
		t.Errorf("%+v", report.Counties)
	}
	if between := report.Between; report.NoShare || !(between.Share > 0) || between.Low > between.Share || between.High < between.Share {
		t.Errorf("%+v", between)
	}
}

// Absent pupils weigh on in their school, an absent school in its stratum.
func TestWeightsOfTheAbsentStay(t *testing.T) {
	sheet, frame := twoCounties(40)
	for p := range 25 {
		sheet.Status[0][p] = assessment.Absent
	}
	for p := 80; p < 120; p++ { // nobody of the third school
		sheet.Status[0][p] = assessment.Absent
	}
	report, err := Of(sheet, frame, ask("m"))
	if err != nil {
		t.Fatal(err)
	}
	m, _ := newMarked(sheet, frame, "m")
	sum := [2]float64{}
	for p, w := range m.design.Weights() {
		sum[p/80] += w
	}
	if math.Abs(sum[0]-160) > 1e-9 || math.Abs(sum[1]-320) > 1e-9 || report.Whole.Pupils != 95 {
		t.Errorf("weights %v of %d pupils", sum, report.Whole.Pupils)
	}
}

// Counties beside a sample took part whole: no sampling error, and never in the city's figures.
func TestThoseBesideHaveNoSamplingError(t *testing.T) {
	sheet, _ := twoCounties(30)
	sheet.Exam.Design = assessment.Beside
	for p := range sheet.Pupils {
		sheet.Pupils[p].Weight, sheet.Pupils[p].Stratum = 1, ""
	}
	frame := Frame{Exam: "e", Strata: []Stratum{{Name: "丙县", Schools: 4, Pupils: 120}}}
	for _, code := range []string{"A1", "A2", "B1", "B2"} {
		frame.Strata[0].Drawn = append(frame.Strata[0].Drawn, School{Code: code})
	}
	if faults := Check(sheet, frame, 0.05, plain); faults != nil {
		t.Fatal(faults)
	}
	report, err := Of(sheet, frame, ask("m"))
	if err != nil {
		t.Fatal(err)
	}
	if report.Whole.Mean.SE != 0 || report.Whole.Mean.Low != report.Whole.Mean.Value {
		t.Errorf("%+v", report.Whole.Mean)
	}
	apart := apartOf(report.Whole.Mean, Figure{Value: report.Whole.Mean.Value + 1, SE: 2, High: report.Whole.Mean.Value + 6}, 0.95)
	if apart.SE != 2 || standingOf(apart) != Alike {
		t.Errorf("%+v", apart)
	}
}

func TestWhoSeesWhat(t *testing.T) {
	sheet, frame := twoCounties(40)
	frame.Strata[0].Drawn[1].Enrolled = 0 // not told: no figures of this school
	report, err := Of(sheet, frame, ask("m"))
	if err != nil {
		t.Fatal(err)
	}
	if !report.Schools[1].Partial || report.Schools[0].Partial {
		t.Errorf("%+v", report.Schools[:2])
	}
	school := report.For(assessment.Sight{Own: "A1", Units: map[string]bool{"A1": true}, Totals: map[string]bool{"A": true}})
	if len(school.Schools) != 1 || school.Schools[0].Code != "A1" || len(school.Counties) != 1 || school.Counties[0].Code != "A" ||
		school.Counties[0].Levels != nil || !school.Whole.Hidden || !school.NoShare {
		t.Errorf("a school sees %+v", school)
	}
	county := report.For(assessment.Sight{Units: map[string]bool{"B1": true, "B2": true}, Totals: map[string]bool{"B": true, "99": true}})
	if len(county.Schools) != 2 || len(county.Counties) != 1 || county.Counties[0].Code != "B" || county.Whole.Hidden {
		t.Errorf("a county sees %+v", county)
	}
	small, _ := twoCounties(5)
	few, err := Of(small, frame, ask("m"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range few.Schools {
		if !one.Hidden && !one.Partial || one.Mean.Value != 0 {
			t.Errorf("a school of five is shown: %+v", one)
		}
	}
}

// A level with a few pupils is hidden, and another with it.
func TestLevelsWithFewPupilsAreHidden(t *testing.T) {
	sheet, frame := twoCounties(40)
	for p := range sheet.Marks[0] {
		sheet.Marks[0][p] = 70
	}
	for p := range 20 {
		sheet.Marks[0][p] = 50
	}
	for p := 20; p < 23; p++ {
		sheet.Marks[0][p] = 90
	}
	report, err := Of(sheet, frame, ask("m"))
	if err != nil {
		t.Fatal(err)
	}
	if levels := report.Whole.Levels; !levels[2].Hidden || !levels[0].Hidden || levels[1].Hidden || levels[2].Value != 0 {
		t.Errorf("%+v", levels)
	}
}

func TestTheSupplierIsChecked(t *testing.T) {
	cases := []struct {
		name, code string
		change     func(sheet *assessment.Sheet, frame *Frame)
	}{
		{"weights off", "sample.weight_sum", func(_ *assessment.Sheet, f *Frame) { f.Strata[1].Pupils = 400 }},
		{"weight zero", "sample.weight", func(s *assessment.Sheet, _ *Frame) { s.Pupils[3].Weight = 0 }},
		{"school not drawn", "sample.not_drawn", func(s *assessment.Sheet, _ *Frame) { s.Pupils[len(s.Pupils)-1].Unit = "C9" }},
		{"drawn school without marks", "sample.drawn_absent", func(_ *assessment.Sheet, f *Frame) { f.Strata[0].Drawn = append(f.Strata[0].Drawn, School{Code: "A9"}) }},
		{"one school", "sample.one_school", func(s *assessment.Sheet, f *Frame) {
			f.Strata = append(f.Strata, Stratum{Name: "丙层", Schools: 3, Pupils: 160, Drawn: f.Strata[1].Drawn[1:]})
			f.Strata[1].Drawn = f.Strata[1].Drawn[:1]
		}},
		{"more drawn than there are", "sample.too_many", func(_ *assessment.Sheet, f *Frame) { f.Strata[0].Schools = 1 }},
		{"other stratum", "sample.other_stratum", func(s *assessment.Sheet, _ *Frame) { s.Pupils[0].Stratum = "乙层" }},
		{"more pupils than enrolled", "sample.too_many_pupils", func(_ *assessment.Sheet, f *Frame) { f.Strata[0].Drawn[0].Enrolled = 30 }},
		{"weights beside a sample", "sample.beside_weight", func(s *assessment.Sheet, _ *Frame) { s.Exam.Design = assessment.Beside }},
		{"beside a sample, but not whole", "sample.not_whole", func(s *assessment.Sheet, _ *Frame) { s.Exam.Design = assessment.Beside }},
		{"no table", "sample.no_frame", func(_ *assessment.Sheet, f *Frame) { f.Strata = nil }},
		{"long note", "sample.long", func(_ *assessment.Sheet, f *Frame) { f.Note = strings.Repeat("长", MaxText+1) }},
	}
	for _, c := range cases {
		sheet, frame := twoCounties(40)
		c.change(&sheet, &frame)
		faults := Check(sheet, frame, 0.05, plain)
		if !slices.ContainsFunc(faults, func(f *fault.Fault) bool { return f.Code == c.code }) || strings.Contains(faults.Text("zh"), "{") {
			t.Errorf("%s: %v", c.name, faults)
		}
	}
}

func TestSamplingTablesAreRead(t *testing.T) {
	head := Headings()
	strata, err := Read("a.xlsx", [][]string{head, {"甲层", "A1", "4", "1,600", "40"}, {"甲层", "A2", "4", "1600", ""}, {"", "", "", "", ""}, {"乙层", "B1", "1", "30"}})
	if err != nil || len(strata) != 2 || strata[0].Pupils != 1600 || strata[0].Drawn[0].Enrolled != 40 || strata[1].Drawn[0].Code != "B1" {
		t.Fatalf("%+v, %v", strata, err)
	}
	many := [][]string{head}
	for i := range 80 {
		many = append(many, []string{"层", fmt.Sprint("S", i), "x", "1"})
	}
	cases := []struct {
		code string
		rows [][]string
	}{
		{"sample.rows", [][]string{head}},
		{"sample.no_column", [][]string{{"层", "学校"}, {"a", "b"}}},
		{"sample.count", [][]string{head, {"a", "b", "0", "-1", "x"}}},
		{"sample.empty", [][]string{head, {"", "b", "1", "1"}}},
		{"sample.twice", [][]string{head, {"a", "b", "2", "9"}, {"a", "b", "2", "9"}}},
		{"sample.differs", [][]string{head, {"a", "b", "2", "9"}, {"a", "c", "3", "9"}}},
		{"sample.more_faults", many},
	}
	for _, c := range cases {
		_, err := Read("a.csv", c.rows)
		faults := fault.Of(err)
		if !slices.ContainsFunc(faults, func(f *fault.Fault) bool { return f.Code == c.code }) || len(faults) > maxFaults+1 || strings.Contains(faults.Text("zh"), "{") {
			t.Errorf("%s: %v", c.code, faults)
		}
	}
}

// FuzzRead: whatever a table holds, it is read or refused.
func FuzzRead(f *testing.F) {
	f.Add("抽样层,学校代码,层内学校数,层内学生数\n甲,A,1,2\n")
	f.Fuzz(func(t *testing.T, text string) {
		var rows [][]string
		for _, line := range strings.Split(text, "\n") {
			rows = append(rows, strings.Split(line, ","))
		}
		strata, err := Read("f.csv", rows)
		for _, stratum := range strata {
			if err == nil && (len(stratum.Drawn) == 0 || stratum.Schools < 1) {
				t.Fatalf("%+v", stratum)
			}
		}
		if err != nil && len(fault.Of(err)) == 0 {
			t.Fatal(err)
		}
	})
}
