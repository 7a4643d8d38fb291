package assessment_test

import (
	"context"
	"fmt"
	"testing"

	"jiaoheng/action"
	"jiaoheng/assessment"
)

// BenchmarkImportCounty imports 200,000 pupils in nine subjects from the wide form, reads them back and verifies nothing else.
func BenchmarkImportCounty(b *testing.B) {
	p := newPlace(b)
	e := plainExam("990121")
	e.Subjects = nil
	rows := [][]string{{"学籍号", "姓名", "学校代码", "班级"}}
	for n := range 9 {
		name := fmt.Sprintf("学科%d", n+1)
		e.Subjects = append(e.Subjects, assessment.Subject{Code: fmt.Sprintf("s%d", n+1), Name: name, Full: 100, Total: true})
		rows[0] = append(rows[0], name)
	}
	e = p.exam(b, e)
	for i := range 200_000 {
		row := []string{fmt.Sprintf("G1101%013d", i), "学生", []string{"3199000001", "3199000002"}[i%2], fmt.Sprintf("%d班", i%20+1)}
		for n := range 9 {
			row = append(row, fmt.Sprint((i*7+n*13)%101))
		}
		rows = append(rows, row)
	}
	source := assessment.Source{File: "county.csv", Rows: rows}
	for b.Loop() {
		if _, err := p.desk.Import(context.Background(), action.TheProgram(), e.ID, source, nil); err != nil {
			b.Fatal(err)
		}
		if _, _, err := p.desk.Sheet(context.Background(), action.TheProgram(), e.ID); err != nil {
			b.Fatal(err)
		}
	}
}
