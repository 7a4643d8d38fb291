package store_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/stats"
	"jiaoheng/stats/mixed"
	"jiaoheng/stats/table"
	"jiaoheng/unit"
)

const sumsFormula = "exit ~ entry + (1 | school)"

// TestSumsOfTheDatabaseOfShardsAndOfTheFileAgree groups in the database, sums three shards and sums the whole file.
func TestSumsOfTheDatabaseOfShardsAndOfTheFileAgree(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, program := context.Background(), action.TheProgram()
		units := county()[:1]
		for k := range 6 {
			school := unit.Unit{Code: fmt.Sprintf("219900000%d", k+1), Name: fmt.Sprintf("第%d中学", k+1), Kind: unit.School, Parent: "990121", Stages: []unit.Stage{unit.Junior},
				Ownership: unit.Public, Setting: unit.Rural, Opened: period.Date{Year: 1985, Month: 9, Day: 1}}
			units = append(append(units, school), unit.Sections(school)...)
		}
		if _, err := s.UnitsImport(ctx, program, units, false); err != nil {
			t.Fatal(err)
		}
		desk := examDesk(t, s)
		exams, shards := importWaves(t, desk)
		whole := scan(t, "school,entry,exit\n"+strings.Join(shards, ""), nil)
		merged := scan(t, "school,entry,exit\n"+shards[0], whole.Centre)
		for _, shard := range shards[1:] {
			if err := merged.Merge(scan(t, "school,entry,exit\n"+shard, whole.Centre)); err != nil {
				t.Fatal(err)
			}
		}
		chinese, both := []string{"chinese"}, []string{"chinese", "mathematics"}
		cells, err := s.ExamSums(ctx, assessment.SumsAsk{Entries: []assessment.Measure{{Exam: exams[0], Subjects: chinese}},
			Exit: assessment.Measure{Exam: exams[1], Subjects: both}, Centre: whole.Centre})
		if err != nil {
			t.Fatal(err)
		}
		grouped := mixed.NewSums(whole.Design, whole.Centre)
		for _, c := range cells {
			grouped.AddCell([]string{c.Unit}, c.Rows, c.Moments)
		}
		sameSums(t, "shards", merged, whole)
		sameSums(t, "database", grouped, whole)
	})
}

// importWaves imports an entrance and an exit exam of 900 pupils at six schools and returns the exams and, as three shards of text, who has every
// mark. One school sends its exit marks anew.
func importWaves(t *testing.T, desk *assessment.Desk) (exams []string, shards []string) {
	t.Helper()
	random := stats.NewStream(11)
	head := "学籍号,姓名,学校代码,班级,性别,语文,数学1,数学2\n"
	var entry, exit, again strings.Builder
	shards = make([]string, 3)
	for n := range 900 {
		school := random.Below(6) + 1
		who := fmt.Sprintf("G1101012011010%04d,考生%d,219900000%d,1班,女", n, n, school)
		before, after, item := 60+float64(random.Below(120))/2, 60+float64(random.Below(100))/2, float64(random.Below(15))/2
		in, out := fmt.Sprint(before), fmt.Sprint(after)
		if n%17 == 0 {
			in = "缺考"
		}
		fmt.Fprintf(&entry, "%s,%s,B,1\n", who, in)
		stale := after
		if school == 3 {
			fmt.Fprintf(&again, "%s,%s,B,%v\n", who, out, item)
			stale = 1
		}
		fmt.Fprintf(&exit, "%s,%v,B,%v\n", who, stale, item)
		if in == "缺考" {
			continue
		}
		shards[n%3] += fmt.Sprintf("219900000%d,%s,%v\n", school, in, after+3+item)
	}
	ctx, program := context.Background(), action.TheProgram()
	take := func(exam, text string, scope assessment.Scope) {
		if _, err := desk.Import(ctx, program, exam, assessment.Source{File: "成绩.csv", Rows: examRows(head + text), Scope: scope}, nil); err != nil {
			t.Fatal(err)
		}
	}
	first, second := newExam(t, desk, "990121"), newExam(t, desk, "990121")
	take(first.ID, entry.String(), assessment.WholeSubject)
	take(second.ID, exit.String(), assessment.WholeSubject)
	take(second.ID, again.String(), assessment.ItsSchools)
	return []string{first.ID, second.ID}, shards
}

func scan(t *testing.T, text string, centre []float64) *mixed.Sums {
	t.Helper()
	f, err := mixed.Parse(sumsFormula)
	if err != nil {
		t.Fatal(err)
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	out, err := mixed.Scan(open, f, mixed.ScanOptions{Centre: centre, Limits: table.Limits{File: "marks.csv"}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sameSums compares cell by cell to ten figures of what a moment can be at most.
func sameSums(t *testing.T, name string, got, want *mixed.Sums) {
	t.Helper()
	if got.Cells() != want.Cells() || got.Rows() != want.Rows() || want.Rows() < 800 || want.Cells() != 6 {
		t.Fatalf("%s: %d rows in %d cells, want %d in %d", name, got.Rows(), got.Cells(), want.Rows(), want.Cells())
	}
	for a := range want.Cells() {
		levels, rows, moments := want.Cell(a)
		found := false
		for b := range got.Cells() {
			others, count, mine := got.Cell(b)
			if got.Levels[0][others[0]] != want.Levels[0][levels[0]] {
				continue
			}
			found = true
			for i := range moments {
				row := int((math.Sqrt(float64(8*i+1)) - 1) / 2)
				most := math.Sqrt(moments[row*(row+3)/2] * max(moments[2], moments[0], moments[5]))
				if count != rows || math.Abs(mine[i]-moments[i]) > 1e-10*most {
					t.Errorf("%s: school %s moment %d is %.15g, want %.15g", name, want.Levels[0][levels[0]], i, mine[i], moments[i])
				}
			}
		}
		if !found {
			t.Errorf("%s: no school %s", name, want.Levels[0][levels[0]])
		}
	}
}

func TestSumsRefuseWhatTheyCannotAnswer(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, program := context.Background(), action.TheProgram()
		if _, err := s.UnitsImport(ctx, program, county(), false); err != nil {
			t.Fatal(err)
		}
		exam := newExam(t, examDesk(t, s), "990121").ID
		chinese := assessment.Measure{Exam: exam, Subjects: []string{"chinese"}}
		cases := []struct {
			name string
			ask  assessment.SumsAsk
			want string
		}{
			{"no subjects", assessment.SumsAsk{Exit: assessment.Measure{Exam: exam}, Centre: []float64{0}}, "sums.ask"},
			{"centre of another length", assessment.SumsAsk{Exit: chinese, Centre: []float64{0, 0}}, "sums.ask"},
			{"no such exam", assessment.SumsAsk{Exit: assessment.Measure{Exam: "x", Subjects: []string{"a"}}, Centre: []float64{0}}, "assessment.not_found"},
			{"no marks yet", assessment.SumsAsk{Exit: chinese, Centre: []float64{0}}, ""},
		}
		for _, c := range cases {
			cells, err := s.ExamSums(ctx, c.ask)
			if c.want == "" && (err != nil || len(cells) > 0) || c.want != "" && (fault.Of(err) == nil || fault.Of(err)[0].Code != c.want) {
				t.Errorf("%s: %v %v", c.name, cells, err)
			}
		}
	})
}
