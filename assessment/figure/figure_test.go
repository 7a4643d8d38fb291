package figure_test

import (
	"fmt"
	"math"
	"testing"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/unit"
)

// county is a tree of two counties; K1 has three schools, K2 one.
func county(t *testing.T) *unit.Tree {
	t.Helper()
	tree, err := unit.Build([]unit.Unit{{Code: "C", Name: "市", Kind: unit.City}, {Code: "K1", Parent: "C", Name: "甲县", Kind: unit.County},
		{Code: "K2", Parent: "C", Name: "乙县", Kind: unit.County}, {Code: "S1", Parent: "K1", Name: "一中", Kind: unit.School}, {Code: "S2", Parent: "K1", Name: "二中", Kind: unit.School},
		{Code: "S3", Parent: "K1", Name: "三中", Kind: unit.School}, {Code: "S4", Parent: "K2", Name: "四中", Kind: unit.School}})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// sheetOf has one subject out of 100; marks by school, -1 is absent.
func sheetOf(marks map[string][]float64) assessment.Sheet {
	s := assessment.Sheet{Exam: assessment.Exam{Owner: "K1", Design: assessment.Census, Subjects: []assessment.Subject{{Code: "math", Full: 100, Total: true}}},
		Marks: [][]float64{nil}, Status: [][]assessment.Status{nil}}
	for _, code := range []string{"S1", "S2", "S3", "S4"} {
		for k, x := range marks[code] {
			status := assessment.Present
			if x < 0 {
				x, status = 0, assessment.Absent
			}
			s.Pupils = append(s.Pupils, assessment.Pupil{Key: fmt.Sprint(code, k), Unit: code, Class: fmt.Sprint(1 + k%2), Track: []string{"物理", "历史"}[k%2], Weight: 1})
			s.Marks[0], s.Status[0] = append(s.Marks[0], x), append(s.Status[0], status)
		}
	}
	return s
}

func near(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 1e-9 {
		t.Errorf("%s: %v, want %v", what, show(got), want)
	}
}

func show(x *float64) any {
	if x == nil {
		return nil
	}
	return *x
}

var everything = assessment.Sight{All: true, Holder: true, Least: 1}

func TestFiguresBySchool(t *testing.T) {
	sheet := sheetOf(map[string][]float64{"S1": {90, 85, 70, 60, 39, -1}, "S2": {100, 0, 50, 65}})
	ask := figure.Ask{By: figure.BySchool, Tree: county(t), Sight: everything, Step: 50}
	got := figure.Of(sheet, rules(t), ask)
	if len(got.Rows) != 2 || got.Rows[0].Unit != "S1" || len(got.Totals) != 1 {
		t.Fatalf("%+v", got)
	}
	one, two := got.Rows[0], got.Rows[1]
	if one.Due != 6 || one.Sat != 5 || one.Absent != 1 || one.Zero != 0 || two.Zero != 1 {
		t.Errorf("%+v", one)
	}
	near(t, "mean", one.Mean, 68.8)
	near(t, "excellent: the line itself counts", one.Excellent, 0.4)
	near(t, "good", one.Good, 0.6)
	near(t, "pass", one.Pass, 0.8)
	near(t, "low: the line itself does not", one.Low, 0.2)
	near(t, "facility", one.Facility, 0.688)
	near(t, "discrimination of the best and the last", one.Discrimination, 0.51)
	near(t, "back third of all", one.Back, (39+60)/2.0)
	near(t, "composite of the best", one.Composite, 60+70+70)
	near(t, "composite", two.Composite, 60*53.75/68.8+70*0.25/0.4+70*0.5/0.8)
	near(t, "total", got.Totals[0].Mean, 559/9.0)
	if len(got.Edges) != 2 || *one.Bands[0] != 1 {
		t.Errorf("bands %v of %v", one.Bands, got.Edges)
	}
	if *got.Totals[0].Bands[1] != 7 {
		t.Errorf("bands of the total %v", *got.Totals[0].Bands[1])
	}
	counted, err := rules(t).With(map[string]bool{assessment.AbsentCounted: true})
	if err != nil {
		t.Fatal(err)
	}
	of := figure.Of(sheet, counted, ask)
	near(t, "pass of all who should have sat", of.Rows[0].Pass, 4/6.0)
	near(t, "the mean is of those who sat", of.Rows[0].Mean, 68.8)
	final, _ := rules(t).With(map[string]bool{assessment.FinalGrade: true})
	near(t, "composite of the last grade", figure.Of(sheet, final, ask).Rows[0].Composite, 50+80+50)
	ask.Weighted = true
	near(t, "weighted composite", figure.Of(sheet, rules(t), ask).Rows[0].Composite, 60*0.688+70*0.4+70*0.8)
}

func many(n int, mark float64) []float64 {
	out := make([]float64, n)
	for k := range out {
		out[k] = mark + float64(k%7)
	}
	return out
}

func hiddenOf(table figure.Table) string {
	text := ""
	for _, r := range append(table.Totals, table.Rows...) {
		text += r.Unit + r.Part
		if r.Hidden {
			text += "*"
		}
		text += " "
	}
	return text
}

func TestSmallGroupsAreHidden(t *testing.T) {
	tree, r := county(t), rules(t)
	all := assessment.Sight{All: true, Least: 10}
	cases := []struct {
		name  string
		marks map[string][]float64
		ask   figure.Ask
		want  string
	}{
		{"none is small", map[string][]float64{"S1": many(20, 50), "S2": many(30, 50)}, figure.Ask{By: figure.BySchool, Sight: all}, "K1 S1 S2 "},
		{"one is small: the smallest other goes too", map[string][]float64{"S1": many(5, 50), "S2": many(30, 50), "S3": many(20, 50)},
			figure.Ask{By: figure.BySchool, Sight: all}, "K1 S1* S2 S3* "},
		{"two small ones guard each other", map[string][]float64{"S1": many(6, 50), "S2": many(30, 50), "S3": many(7, 50)},
			figure.Ask{By: figure.BySchool, Sight: all}, "K1 S1* S2 S3* "},
		{"two very small ones do not", map[string][]float64{"S1": many(3, 50), "S2": many(30, 50), "S3": many(2, 50)},
			figure.Ask{By: figure.BySchool, Sight: all}, "K1 S1* S2* S3* "},
		{"a school sees itself and the county", map[string][]float64{"S1": many(20, 50), "S2": many(30, 50)},
			figure.Ask{By: figure.BySchool, Sight: assessment.Sight{Units: map[string]bool{"S1": true}, Totals: map[string]bool{"K1": true}, Own: "S1", Least: 10}}, "K1 S1 "},
		{"what the county leaves is too small", map[string][]float64{"S1": many(20, 50), "S2": many(5, 50)},
			figure.Ask{By: figure.BySchool, Sight: assessment.Sight{Units: map[string]bool{"S1": true}, Totals: map[string]bool{"K1": true}, Own: "S1", Least: 10}}, "K1* S1 "},
		{"small classes of the own school are open", map[string][]float64{"S1": many(9, 50), "S2": many(30, 50)},
			figure.Ask{By: figure.ByClass, School: "S1", Sight: assessment.Sight{Units: map[string]bool{"S1": true}, Totals: map[string]bool{"K1": true}, Own: "S1", Least: 10}}, "S1 S11 S12 "},
		{"a track leaves too few of the other", map[string][]float64{"S1": append(many(13, 50), many(2, 50)...), "S2": many(40, 50)},
			figure.Ask{By: figure.BySchool, Track: "物理", Sight: all}, "K1 S1* S2* "},
		{"a stranger sees nothing", map[string][]float64{"S1": many(20, 50)}, figure.Ask{By: figure.BySchool, Sight: assessment.Sight{Least: 10}}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.ask.Tree = tree
			got := figure.Of(sheetOf(c.marks), r, c.ask)
			if hiddenOf(got) != c.want {
				t.Errorf("%s, want %s", hiddenOf(got), c.want)
			}
			for _, row := range got.Rows {
				if row.Hidden && (row.Mean != nil || row.Due != 0 || row.Bands != nil) {
					t.Errorf("a hidden row tells: %+v", row)
				}
			}
		})
	}
}

// The order of rows is that of the units, whatever their marks.
func TestUnitsAreNotRanked(t *testing.T) {
	got := figure.Of(sheetOf(map[string][]float64{"S1": many(20, 10), "S2": many(20, 80), "S3": many(20, 40)}), rules(t), figure.Ask{By: figure.BySchool, Tree: county(t), Sight: everything})
	if hiddenOf(got) != "K1 S1 S2 S3 " {
		t.Error(hiddenOf(got))
	}
}

func TestNearTheLine(t *testing.T) {
	sheet := sheetOf(map[string][]float64{"S1": {60, 59.5, 50, 49.5, 70, 70.5}})
	got := figure.NearLine(sheet, 60, 10, figure.Ask{By: figure.BySchool, Tree: county(t), Sight: everything})
	if s := got[1]; s.Reach != 3 || s.Below != 2 || s.Above != 2 || s.Sat != 6 {
		t.Errorf("%+v", s)
	}
}

func TestEffectiveMarksAndDoubleLine(t *testing.T) {
	sheet := sheetOf(map[string][]float64{"S1": {80, 70, 60, 50}})
	sheet.Exam.Subjects = append(sheet.Exam.Subjects, assessment.Subject{Code: "art", Full: 100, Total: true})
	sheet.Marks = append(sheet.Marks, []float64{20, 80, 60, 40})
	sheet.Status = append(sheet.Status, sheet.Status[0])
	// totals 100, 150, 120, 90; line 100 is reached by three
	got := figure.EffectiveMarks(sheet, 100, "")
	near(t, "by percentile", got[0].Percentile, 60)
	near(t, "by ratio", got[0].Ratio, 100*65/115.0)
	near(t, "art by percentile", got[1].Percentile, 40)
	double := figure.DoubleLine(sheet, "art", 50, 100, figure.Ask{By: figure.BySchool, Tree: county(t), Sight: everything})
	if d := double[1]; d.Both != 2 || d.OnlyTotal != 1 || d.OnlySubject != 0 || d.Total != 3 || d.Subject != 2 {
		t.Errorf("%+v", d)
	}
	near(t, "hit", double[1].Hit, 2/3.0)
	near(t, "contributes", double[1].Contributes, 1)
	if none := figure.EffectiveMarks(sheet, 500, ""); none[0].Percentile != nil {
		t.Error("nobody reaches 500")
	}
}

func TestMixNamesWhatIsMissing(t *testing.T) {
	one := sheetOf(map[string][]float64{"S1": many(14, 60), "S2": many(14, 40)})
	two := sheetOf(map[string][]float64{"S1": many(14, 40), "S3": many(14, 60)})
	got := figure.Mix([]figure.Part{{one, everything, 60}, {two, everything, 40}}, rules(t), county(t))
	if len(got) != 3 || got[1].Composite != nil || len(got[1].Lacks) != 1 || got[1].Lacks[0] != 1 {
		t.Fatalf("%+v", got)
	}
	near(t, "composite", got[0].Composite, (60**got[0].Scores[0]+40**got[0].Scores[1])/100)
}
