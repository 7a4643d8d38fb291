package demo_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/demo"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/store"
)

// The county exam has nine subjects and a school under 20 pupils; the chain of three exams links most of the pupils.
func TestTheDemoHasExamsThatLink(t *testing.T) {
	ctx, program := context.Background(), action.TheProgram()
	s, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("0a", 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	hasher, err := person.NewHasher(person.Cost{Memory: 64, Passes: 1, Threads: 1}, 2, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Load(ctx, s, hasher); err != nil {
		t.Fatal(err)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	desk := assessment.NewDesk(set, s)
	exams, err := s.Exams(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, e := range exams {
		ids[e.Name] = e.ID
	}
	sheet, _, err := desk.Sheet(ctx, program, ids[demo.CountyExam])
	if err != nil {
		t.Fatal(err)
	}
	pupils, small := map[string]int{}, 0
	for _, one := range sheet.Pupils {
		pupils[one.Unit]++
	}
	for _, count := range pupils {
		if count < 20 {
			small++
		}
	}
	items, _, err := desk.Answers(ctx, program, ids[demo.CountyExam], "mathematics")
	if err != nil || len(sheet.Exam.Subjects) != 9 || small == 0 || len(items.Pupils) < 1000 {
		t.Errorf("county exam: %d subjects, %d small schools, %d pupils with answers, %v", len(sheet.Exam.Subjects), small, len(items.Pupils), err)
	}
	l, err := desk.Linkage(ctx, program, []string{ids[demo.EntranceExam], ids[demo.AcademicExam], ids[demo.CollegeExam]})
	if err != nil {
		t.Fatal(err)
	}
	share, _ := l.Total.Share()
	if len(l.Schools) != 4 || share < 0.85 || share > 0.99 || l.Total.Joined == 0 || l.Total.Left == 0 || l.Total.Moved == 0 {
		t.Errorf("chain: %+v", l.Total)
	}
}
