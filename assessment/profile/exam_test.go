package profile

import (
	"testing"

	"jiaoheng/assessment"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// rules are lines of 85, 60 and 40 percent.
func rules() assessment.Rules {
	return assessment.Rules{Excellent: assessment.Rule{Value: 85}, Pass: assessment.Rule{Value: 60}, Low: assessment.Rule{Value: 40}}
}

func tree(t *testing.T) *unit.Tree {
	t.Helper()
	school := unit.Unit{Code: "S1", Name: "一中", Kind: unit.School, Parent: "C", Stages: []unit.Stage{unit.Junior}, Ownership: unit.Public, Setting: unit.Town}
	other := school
	other.Code, other.Name = "S2", "二中"
	units := append([]unit.Unit{{Code: "C", Name: "县", Kind: unit.County}, school, other}, append(unit.Sections(school), unit.Sections(other)...)...)
	tree, err := unit.Build(units)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// A section stands for its school; a subject that a pupil does not take leaves the total; who was absent in one has no total; the
// line itself counts as reached.
func TestFiguresOfAnExamBySchool(t *testing.T) {
	m := &making{Ask: Ask{Tree: tree(t)}, schools: []string{"S1", "S2"}, rules: rules()}
	sheet := assessment.Sheet{Exam: assessment.Exam{Subjects: []assessment.Subject{{Code: "a", Full: 100, Total: true}, {Code: "b", Full: 100, Total: true}, {Code: "c", Full: 50}}}}
	add := func(code string, a, b float64, first, second assessment.Status) {
		sheet.Pupils = append(sheet.Pupils, assessment.Pupil{Unit: code})
		if sheet.Marks == nil {
			sheet.Marks, sheet.Status = make([][]float64, 3), make([][]assessment.Status, 3)
		}
		for s, mark := range []float64{a, b, 50} {
			sheet.Marks[s] = append(sheet.Marks[s], mark)
			sheet.Status[s] = append(sheet.Status[s], []assessment.Status{first, second, assessment.Present}[s])
		}
	}
	present, absent, not := assessment.Present, assessment.Absent, assessment.NotTaken
	add("S1", 85, 85, present, present)          // exactly excellent
	add("S1-junior", 60, 60, present, present)   // exactly passed, by its section
	add("S1", 40, 0, present, not)               // one subject: 40 %, not low
	add("S1", 30, 49.9, present, present)        // low
	add("S1", 100, 0, present, absent)           // no total
	add("elsewhere", 100, 100, present, present) // not of the county
	figures := m.ofSheet(sheet)
	one := figures.schools["S1"]
	if one == nil || one.pupils != 4 || len(figures.schools) != 1 {
		t.Fatalf("%+v", figures.schools)
	}
	for name, want := range map[string]float64{pack.ExamMean: 100 * (0.85 + 0.6 + 0.4 + 0.3995) / 4, pack.ExamExcellent: 25, pack.ExamPass: 50, pack.ExamLow: 25} {
		if got, known := one.value(name, 4).Number(); !known || got-want > 1e-9 || want-got > 1e-9 {
			t.Errorf("%s: %v %v, want %v", name, got, known, want)
		}
	}
	if one.value(pack.ExamMean, 5).Known() {
		t.Error("four pupils are shown where five are the least")
	}
	if (*examSchool)(nil).value(pack.ExamMean, 1).Reason().Kind != measure.Missing {
		t.Error("a school without pupils has a figure")
	}
	if got, _ := figures.county(pack.ExamExcellent, 1).Number(); got != 25 {
		t.Errorf("the county: %v", got)
	}
}
