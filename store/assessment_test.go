package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/store"
)

// filledPupil and filledNumber are of the only pupil that fill stores; no file may hold them.
const (
	filledPupil  = "诸葛考生甲"
	filledNumber = "G11010120110101991X"
)

func examDesk(t testing.TB, s *store.Store) *assessment.Desk {
	t.Helper()
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return assessment.NewDesk(set, s)
}

// newExam makes an exam of two subjects, one with items, at the unit with code.
func newExam(t testing.TB, desk *assessment.Desk, owner string) assessment.Exam {
	t.Helper()
	e, err := desk.Create(context.Background(), action.TheProgram(), assessment.Exam{Owner: owner, Name: "期末检测", Kind: assessment.Regional, Design: assessment.Census,
		Stage: "junior", Held: period.Date{Year: 2026, Month: 6, Day: 20}, Identity: assessment.Registered, Subjects: []assessment.Subject{
			{Code: "chinese", Name: "语文", Full: 120, Total: true},
			{Code: "mathematics", Name: "数学", Full: 10, Total: true, Items: []assessment.Item{{Code: "1", Full: 3, Key: "B"}, {Code: "2", Full: 7}}},
		}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func examRows(text string) [][]string {
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		rows = append(rows, strings.Split(strings.TrimSpace(line), ","))
	}
	return rows
}

// fillExams stores one pupil with marks and answers.
func fillExams(t *testing.T, s *store.Store) {
	t.Helper()
	desk := examDesk(t, s)
	tree, err := s.Tree(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var county, school string
	for n := range tree.Len() {
		switch u := tree.At(n); {
		case string(u.Kind) == "county" && county == "":
			county = u.Code
		case string(u.Kind) == "school" && school == "":
			school = u.Code
		}
	}
	e := newExam(t, desk, county)
	rows := examRows(fmt.Sprintf("学籍号,姓名,学校代码,班级,性别,数学1,数学2\n%s,%s,%s,1班,女,B,5.5", filledNumber, filledPupil, school))
	if _, err := desk.Import(context.Background(), action.TheProgram(), e.ID, assessment.Source{File: "成绩.csv", Rows: rows}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestMarksComeBackAsTheyWereImported(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, program := context.Background(), action.TheProgram()
		if _, err := s.UnitsImport(ctx, program, county(), false); err != nil {
			t.Fatal(err)
		}
		fillExams(t, s)
		exams, err := s.Exams(ctx)
		if err != nil || len(exams) != 1 {
			t.Fatalf("exams: %v %v", exams, err)
		}
		desk := examDesk(t, s)
		sheet, sight, err := desk.Sheet(ctx, program, exams[0].ID)
		if err != nil || len(sheet.Pupils) != 1 || !sight.Holder || sight.Least < 2 {
			t.Fatalf("sheet: %+v %+v %v", sheet, sight, err)
		}
		if sheet.Status[0][0] != assessment.NotTaken || sheet.Status[1][0] != assessment.Present || sheet.Marks[1][0] != 8.5 {
			t.Errorf("marks: %v %v", sheet.Status, sheet.Marks)
		}
		items, _, err := desk.Answers(ctx, program, exams[0].ID, "mathematics")
		if err != nil || len(items.Pupils) != 1 || items.Scores[0][0] != 3 || items.Options[0][0] != "B" || items.Scores[1][0] != 5.5 {
			t.Errorf("answers: %+v %v", items, err)
		}
		mustVerify(t, s)
		batches, err := s.ExamBatches(ctx, exams[0].ID)
		if err != nil || len(batches) != 1 {
			t.Fatalf("batches: %v %v", batches, err)
		}
		if err := desk.WithdrawImport(ctx, program, exams[0].ID, batches[0].ID, "文件有误"); err != nil {
			t.Fatal(err)
		}
		if sheet, _, _ = desk.Sheet(ctx, program, exams[0].ID); len(sheet.Pupils) != 0 {
			t.Errorf("after the withdrawal %d pupils stand", len(sheet.Pupils))
		}
		mustVerify(t, s)
	})
}
