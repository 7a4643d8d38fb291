package assessment_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// place is a desk over an empty store with a city, two counties and their schools.
type place struct {
	store *store.Store
	desk  *assessment.Desk
	tree  *unit.Tree
}

func region() []unit.Unit {
	school := func(code, name, parent string, stages ...unit.Stage) unit.Unit {
		return unit.Unit{Code: code, Name: name, Kind: unit.School, Parent: parent, Stages: stages, Ownership: unit.Public, Setting: unit.Town,
			Opened: period.Date{Year: 1985, Month: 9, Day: 1}}
	}
	units := []unit.Unit{{Code: "990100", Name: "某市", Kind: unit.City}, {Code: "990121", Name: "甲县", Kind: unit.County, Parent: "990100"},
		{Code: "990122", Name: "乙县", Kind: unit.County, Parent: "990100"},
		{Code: "990121100", Name: "城关镇", Kind: unit.Township, Parent: "990121"}}
	for _, s := range []unit.Unit{school("3199000001", "甲县实验中学", "990121100", unit.Junior), school("3199000002", "甲县第二中学", "990121100", unit.Junior),
		school("3199000003", "乙县第一中学", "990122", unit.Junior), school("3499000001", "甲县高级中学", "990121100", unit.Senior)} {
		units = append(append(units, s), unit.Sections(s)...)
	}
	return units
}

func newPlace(t testing.TB) *place {
	t.Helper()
	ctx := context.Background()
	clock := time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)
	s, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("0a", 32), Clock: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.UnitsImport(ctx, action.TheProgram(), region(), false); err != nil {
		t.Fatal(err)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return &place{store: s, desk: assessment.NewDesk(set, s), tree: tree}
}

// actor is somebody with a post.
func (p *place) actor(name string, role access.Role, unit, subject string) action.Actor {
	return action.Actor{Post: access.Post{ID: "post-" + name, Person: name, Role: role, Unit: person.At(p.tree, unit), Subject: subject}}
}

func plainExam(owner string) assessment.Exam {
	return assessment.Exam{Owner: owner, Name: "期末检测", Kind: assessment.Regional, Design: assessment.Census, Stage: "junior", Held: period.Date{Year: 2026, Month: 6, Day: 20},
		Identity: assessment.Registered, Subjects: []assessment.Subject{
			{Code: "chinese", Name: "语文", Full: 120, Total: true},
			{Code: "mathematics", Name: "数学", Full: 120, Total: true, Items: []assessment.Item{{Code: "1", Full: 3, Key: "B"}, {Code: "2", Full: 3}, {Code: "3", Full: 6}}},
			{Code: "english", Name: "英语", Full: 120, Total: true},
			{Code: "physics", Name: "物理", Full: 100, Tracks: []string{"物理"}},
			{Code: "history", Name: "历史", Full: 100, Tracks: []string{"历史"}},
		}}
}

func (p *place) exam(t testing.TB, e assessment.Exam) assessment.Exam {
	t.Helper()
	e, err := p.desk.Create(context.Background(), action.TheProgram(), e)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func table(text string) [][]string {
	var rows [][]string
	for _, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		rows = append(rows, strings.Split(strings.TrimSpace(line), ","))
	}
	return rows
}

// load imports a table and fails on any fault.
func (p *place) load(t testing.TB, exam string, source assessment.Source) assessment.Import {
	t.Helper()
	found, err := p.desk.Import(context.Background(), action.TheProgram(), exam, source, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func (p *place) sheet(t testing.TB, exam string) assessment.Sheet {
	t.Helper()
	sheet, _, err := p.desk.Sheet(context.Background(), action.TheProgram(), exam)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func TestWideFormTellsAbsentZeroAndUntakenApart(t *testing.T) {
	p := newPlace(t)
	e := p.exam(t, plainExam("990121"))
	p.load(t, e.ID, assessment.Source{Rows: table(`
九年级成绩,,,,,,
学籍号,姓名,学校,班级,选科,语文,外语成绩,物理,历史
G0001,甲一,甲县实验中学,1班,物理类,0,缺考,77.5,
G0002,甲二,3199000002,2班,物化生,110,-1,,
Ｇ０００３,甲三,甲县第二中学,2班,历史,111,98,,66`), Minus: true, Blank: assessment.BlankAbsent})
	sheet := p.sheet(t, e.ID)
	if len(sheet.Pupils) != 3 || !slices.Equal(sheet.Units(), []string{"3199000001", "3199000002"}) {
		t.Fatalf("pupils: %+v", sheet.Pupils)
	}
	at := func(unit, track string) int {
		return slices.IndexFunc(sheet.Pupils, func(pupil assessment.Pupil) bool { return pupil.Unit == unit && pupil.Track == track })
	}
	one, two, three := at("3199000001", "物理"), at("3199000002", "物理"), at("3199000002", "历史")
	for _, c := range []struct {
		name           string
		subject, pupil int
		status         assessment.Status
		mark           float64
	}{
		{"an earned zero is a mark", 0, one, assessment.Present, 0}, {"absent by word", 2, one, assessment.Absent, 0}, {"absent by −1", 2, two, assessment.Absent, 0},
		{"blank is absent where that was chosen", 3, two, assessment.Absent, 0}, {"of another track the subject is not taken", 4, two, assessment.NotTaken, 0},
		{"a mark with a decimal", 3, one, assessment.Present, 77.5}, {"the other track", 4, three, assessment.Present, 66}, {"a subject that the file does not hold", 1, one, assessment.NotTaken, 0},
	} {
		if sheet.Status[c.subject][c.pupil] != c.status || sheet.Marks[c.subject][c.pupil] != c.mark {
			t.Errorf("%s: got %v %v", c.name, sheet.Status[c.subject][c.pupil], sheet.Marks[c.subject][c.pupil])
		}
	}
	if _, known := sheet.Total(one); known {
		t.Error("a total with an absence is told")
	}
	if total, known := sheet.Total(three); !known || total != 209 {
		t.Errorf("total: %v %v", total, known)
	}
}

func TestEveryFaultOfAFileIsToldAtOnceAndNothingIsStored(t *testing.T) {
	p := newPlace(t)
	e := p.exam(t, plainExam("990121"))
	source := assessment.Source{Rows: table(`
学籍号,姓名,学校,班级,选科,语文,英语,历史,数学1,备用
G0001,甲一,甲县实验学校,1班,物理,121,优,,B,x
G0002,甲二,甲县实验中学,1班,艺术,-3,90,,C,
G0002,甲三,甲县实验中学,1班,物理,80,90,50,2,
,,甲县实验中学,1班,物理,80,90,,B,
G0005,甲五,,1班,物理,80,90,,B,
4.3E+17,甲六,甲县实验中学,1班,物理,80,90,,BC,
G0007,甲七,乙县第一中学,1班,物理,80,90,,9,`)}
	found, err := p.desk.Check(context.Background(), action.TheProgram(), e.ID, source)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range found.Faults {
		got = append(got, fmt.Sprint(f.Place.Row, " ", f.Place.Column, " ", strings.TrimPrefix(f.Code, "assessment.")))
		if f.Remedy("zh") == "" {
			t.Errorf("%s has no remedy", f.Code)
		}
	}
	want := []string{"2 语文 over_full", "2 英语 not_number", "2 学校 school_near", "3 选科 track_unknown", "3 语文 negative", "4  pupil_twice", "4 历史 track_subject",
		"5  pupil_missing", "6 学校 school_missing", "7 学籍号 number_shortened", "8 数学1 over_full", "8 学校 school_near"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("faults:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, err := p.desk.Import(context.Background(), action.TheProgram(), e.ID, source, nil); len(fault.Of(err)) == 0 {
		t.Errorf("the file was stored: %v", err)
	}
	if batches, _ := p.store.ExamBatches(context.Background(), e.ID); len(batches) > 0 {
		t.Error("a batch was stored")
	}
}

func TestASecondImportShowsTheDifferenceAndCanBeWithdrawn(t *testing.T) {
	p := newPlace(t)
	ctx, program := context.Background(), action.TheProgram()
	e := p.exam(t, plainExam("990121"))
	head := "学籍号,学校,语文\n"
	p.load(t, e.ID, assessment.Source{File: "一.csv", Rows: table(head + "G1,甲县实验中学,80\nG2,甲县实验中学,81\nG3,甲县第二中学,82")})
	second := assessment.Source{File: "二.csv", Rows: table(head + "G1,甲县实验中学,80\nG2,甲县实验中学,90\nG4,甲县实验中学,70")}
	found, err := p.desk.Check(ctx, program, e.ID, second)
	if err != nil {
		t.Fatal(err)
	}
	if c := found.Changes[0]; !c.Replaces || c.Added != 1 || c.Changed != 1 || c.Removed != 1 || c.Same != 1 {
		t.Errorf("whole subject: %+v", c)
	}
	second.Scope = assessment.ItsSchools
	found = p.load(t, e.ID, second)
	if c := found.Changes[0]; c.Removed != 0 || c.Added != 1 {
		t.Errorf("its schools: %+v", c)
	}
	if n := len(p.sheet(t, e.ID).Pupils); n != 4 {
		t.Errorf("%d pupils after the second import", n)
	}
	batches, _ := p.store.ExamBatches(ctx, e.ID)
	if err := p.desk.WithdrawImport(ctx, program, e.ID, batches[1].ID, "文件有误"); err != nil {
		t.Fatal(err)
	}
	if n := len(p.sheet(t, e.ID).Pupils); n != 3 {
		t.Errorf("%d pupils after the withdrawal", n)
	}
	if err := p.desk.WithdrawImport(ctx, program, e.ID, batches[1].ID, "再撤"); len(fault.Of(err)) == 0 {
		t.Error("withdrawn twice")
	}
}

func TestLongFormAndAnswers(t *testing.T) {
	p := newPlace(t)
	e := p.exam(t, plainExam("990121"))
	p.load(t, e.ID, assessment.Source{Rows: table(`
学籍号,学校,科目,成绩
G1,甲县实验中学,语文,80
G1,甲县实验中学,外语,缺考
G2,甲县实验中学,语文,0`)})
	p.load(t, e.ID, assessment.Source{Tail: true, Rows: table(`
学籍号,学校,第1题,第2题,第3题
G1,甲县实验中学,b,,5
G2,甲县实验中学,A,,
G3,甲县实验中学,缺考,,`)})
	items, _, err := p.desk.Answers(context.Background(), action.TheProgram(), e.ID, "mathematics")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for n := range items.Pupils {
		got = append(got, fmt.Sprint(items.Options[0][n], items.Scores[0][n], items.Scores[1][n], items.Scores[2][n]))
	}
	slices.Sort(got)
	if want := []string{"A0 -2 -2", "B3 -1 5"}; !slices.Equal(got, want) {
		t.Errorf("answers %v, want %v", got, want)
	}
	sheet := p.sheet(t, e.ID)
	var sums []float64
	for n, status := range sheet.Status[1] {
		if status == assessment.Present {
			sums = append(sums, sheet.Marks[1][n])
		}
	}
	slices.Sort(sums)
	if !slices.Equal(sums, []float64{0, 8}) {
		t.Errorf("sums of answers: %v", sums)
	}
}

func TestLinkageByHash(t *testing.T) {
	p := newPlace(t)
	entry, exit := plainExam("990121"), plainExam("990121")
	entry.Kind, entry.Name, entry.Held = assessment.Entrance, "中考", period.Date{Year: 2023, Month: 6, Day: 20}
	exit.Kind, exit.Name, exit.Stage = assessment.College, "高考", "senior"
	entry, exit = p.exam(t, entry), p.exam(t, exit)
	p.load(t, entry.ID, assessment.Source{Rows: table(`
学籍号,姓名,学校,录取学校,语文
G1,赵一,甲县实验中学,甲县高级中学,100
G2,赵二,甲县实验中学,甲县高级中学,100
G3,赵三,甲县第二中学,,100
G4,赵四,甲县第二中学,外地某校,100`)})
	p.load(t, exit.ID, assessment.Source{Rows: table(`
学籍号,姓名,学校,语文
g1,赵一,甲县高级中学,100
Ｇ３,赵三,甲县高级中学,100
G9,赵九,甲县高级中学,100
,赵十,甲县高级中学,100`)})
	l, err := p.desk.Linkage(context.Background(), action.TheProgram(), []string{exit.ID, entry.ID})
	if err != nil {
		t.Fatal(err)
	}
	want := assessment.LinkedSchool{Unit: "3499000001", Entered: 3, Sat: 4, Linked: 2, Joined: 2, Left: 1, Loose: 1}
	if len(l.Schools) != 1 || l.Schools[0] != want || l.Unknown != 1 || l.Exams[0].ID != entry.ID {
		t.Errorf("linkage %+v", l)
	}
	other := plainExam("990121")
	other.Identity = assessment.Candidate
	other = p.exam(t, other)
	if _, err := p.desk.Linkage(context.Background(), action.TheProgram(), []string{exit.ID, other.ID}); len(fault.Of(err)) == 0 {
		t.Error("exams by different numbers were linked")
	}
}

func TestItemsWithAnswersStay(t *testing.T) {
	p := newPlace(t)
	ctx, program := context.Background(), action.TheProgram()
	e := p.exam(t, plainExam("990121"))
	p.load(t, e.ID, assessment.Source{Rows: table("学籍号,学校,第1题,第2题\nG1,甲县实验中学,B,3")})
	changed := e
	changed.Subjects = slices.Clone(e.Subjects)
	changed.Subjects[1].Items = e.Subjects[1].Items[1:]
	if _, err := p.desk.Edit(ctx, program, changed); len(fault.Of(err)) != 1 || fault.Of(err)[0].Code != "assessment.item_has_answers" {
		t.Errorf("an item with answers was taken away: %v", err)
	}
	changed.Subjects[1].Items = []assessment.Item{{Code: "2", Full: 3}, {Code: "1", Full: 3, Key: "C"}, {Code: "9", Full: 6}}
	if _, err := p.desk.Edit(ctx, program, changed); err != nil {
		t.Fatal(err)
	}
	items, _, err := p.desk.Answers(ctx, program, e.ID, "mathematics")
	if err != nil || items.Scores[0][0] != 3 || items.Options[1][0] != "B" || items.Scores[1][0] != 0 || items.Scores[2][0] != assessment.NotGiven {
		t.Errorf("answers after the order and a key changed: %+v %v", items, err)
	}
}
