package assessment_test

import (
	"context"
	"errors"
	"testing"

	"jiaoheng/access"
	"jiaoheng/assessment"
	"jiaoheng/fault"
)

type sightCase struct {
	name, exam          string
	role                access.Role
	unit, subject       string
	nothing             bool
	all, holder         bool
	sees, hidden, total []string
	list                string
}

// sightCases are every role on an exam of county 甲, and of the city above it.
func sightCases() []sightCase {
	const own, other, foreign = "3199000001", "3199000002", "3199000003"
	return []sightCase{
		{name: "the office for teaching research holds", exam: "county", role: access.BureauOffice, unit: "990121", subject: "教研", all: true, holder: true},
		{name: "the office for basic education holds", exam: "county", role: access.BureauOffice, unit: "990121", subject: "基础教育", all: true, holder: true},
		{name: "an office for everything holds", exam: "county", role: access.BureauOffice, unit: "990121", all: true, holder: true},
		{name: "another office sees figures", exam: "county", role: access.BureauOffice, unit: "990121", subject: "督导", all: true},
		{name: "the leader sees figures", exam: "county", role: access.BureauLeader, unit: "990121", all: true},
		{name: "the auditor sees figures", exam: "county", role: access.Auditor, unit: "990121", all: true},
		{name: "the head sees the own school and the county", exam: "county", role: access.SchoolHead, unit: own, sees: []string{own}, hidden: []string{other, foreign}, total: []string{"990121"}, list: own},
		{name: "the clerk sees the own school and the county", exam: "county", role: access.SchoolClerk, unit: own, sees: []string{own}, hidden: []string{other}, total: []string{"990121"}, list: own},
		{name: "the teacher lists nobody", exam: "county", role: access.Teacher, unit: own, sees: []string{own}, hidden: []string{other}, total: []string{"990121"}},
		{name: "the centre school sees the schools of its town", exam: "county", role: access.TownCentreSchool, unit: "990121100", sees: []string{own, other}, hidden: []string{foreign}, total: []string{"990121"}},
		{name: "the city sees the total of a county's exam", exam: "county", role: access.BureauOffice, unit: "990100", subject: "教研", hidden: []string{own, other}, total: []string{"990121"}},
		{name: "another county sees nothing", exam: "county", role: access.BureauLeader, unit: "990122", nothing: true},
		{name: "a school elsewhere sees nothing", exam: "county", role: access.SchoolHead, unit: foreign, nothing: true},
		{name: "a county sees its schools in an exam of the city", exam: "city", role: access.BureauOffice, unit: "990121", subject: "教研", sees: []string{own, other}, hidden: []string{foreign}, total: []string{"990121", "990100"}},
		{name: "a school in an exam of the city", exam: "city", role: access.SchoolHead, unit: own, sees: []string{own}, hidden: []string{other, foreign}, total: []string{"990121"}, list: own},
		{name: "the inspector sees nothing", exam: "county", role: access.Inspector, unit: "990121", nothing: true},
		{name: "the expert sees nothing", exam: "county", role: access.Expert, unit: "990121", nothing: true},
		{name: "the administrator sees nothing", exam: "county", role: access.SystemAdministrator, unit: "990121", nothing: true},
		{name: "another department sees nothing", exam: "county", role: access.OtherDepartment, unit: "990121", nothing: true},
		{name: "a manager sees nothing", exam: "county", role: access.Manager, unit: own, nothing: true},
		{name: "the public sees nothing", exam: "county", role: access.Public, unit: "990121", nothing: true},
	}
}

// Every role on an exam of county 甲, and of the city above it.
func TestWhoSeesWhatOfAnExam(t *testing.T) {
	p := newPlace(t)
	of := map[string]assessment.Exam{"county": p.exam(t, plainExam("990121")), "city": p.exam(t, plainExam("990100"))}
	cases := sightCases()
	tested := map[access.Role]bool{}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tested[c.role] = true
			actor := p.actor("me", c.role, c.unit, c.subject)
			_, sight, err := p.desk.Sheet(context.Background(), actor, of[c.exam].ID)
			if errors.Is(err, assessment.ErrNotFound) != c.nothing || err != nil && !c.nothing {
				t.Fatalf("sheet: %v", err)
			}
			if sight.All != c.all || sight.Holder != c.holder || sight.Own != c.list || !c.nothing && sight.Least < 2 {
				t.Errorf("sight %+v", sight)
			}
			for _, code := range c.sees {
				if !sight.May(code) {
					t.Errorf("does not see %s", code)
				}
			}
			for _, code := range c.hidden {
				if sight.May(code) {
					t.Errorf("sees %s", code)
				}
			}
			for _, code := range []string{"990121", "990122", "990100"} {
				want := c.all
				for _, total := range c.total {
					want = want || total == code
				}
				if sight.Total(code) != want {
					t.Errorf("total of %s: %v", code, sight.Total(code))
				}
			}
			_, err = p.desk.Import(context.Background(), actor, of[c.exam].ID, assessment.Source{Rows: table("学籍号,学校,语文\nG1,3199000001,80")}, nil)
			if (err == nil) != c.holder {
				t.Errorf("import: %v", err)
			}
		})
	}
	for _, role := range access.Roles() {
		if !tested[role] {
			t.Errorf("no case for %s", role)
		}
	}
}

func TestASchoolOpensItsOwnPupilsOneByOneWithAReason(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	e := p.exam(t, plainExam("990121"))
	p.load(t, e.ID, assessment.Source{Rows: table("学籍号,姓名,学校,语文\nG11010120110101991X,欧阳学生,甲县实验中学,80\nG2,李四,甲县第二中学,81")})
	head := p.actor("head", access.SchoolHead, "3199000001", "")
	_, own, err := p.desk.Pupils(ctx, head, e.ID)
	if err != nil || len(own) != 1 || own[0].Name != "欧***" || own[0].Number == "G11010120110101991X" {
		t.Fatalf("own pupils: %+v %v", own, err)
	}
	if _, _, err := p.desk.Look(ctx, head, e.ID, own[0].Ref, ""); len(fault.Of(err)) == 0 {
		t.Error("a look without a reason")
	}
	name, number, err := p.desk.Look(ctx, head, e.ID, own[0].Ref, "家访")
	if err != nil || name != "欧阳学生" || number != "G11010120110101991X" {
		t.Errorf("look: %q %q %v", name, number, err)
	}
	second := p.actor("second", access.SchoolHead, "3199000002", "")
	if name, _, err := p.desk.Look(ctx, second, e.ID, own[0].Ref, "看看"); err == nil || name != "" {
		t.Errorf("another school opened the name %q", name)
	}
	for _, role := range []access.Role{access.BureauOffice, access.BureauLeader, access.Auditor, access.Teacher} {
		unit := "990121"
		if role == access.Teacher {
			unit = "3199000001"
		}
		actor := p.actor("x", role, unit, "")
		if _, _, err := p.desk.Pupils(ctx, actor, e.ID); err == nil {
			t.Errorf("%s lists pupils", role)
		}
		if _, _, err := p.desk.Look(ctx, actor, e.ID, own[0].Ref, "看看"); err == nil {
			t.Errorf("%s opens names", role)
		}
	}
}

func TestAClosedExamIsOpenedByASecondPerson(t *testing.T) {
	p := newPlace(t)
	ctx := context.Background()
	e := p.exam(t, plainExam("990121"))
	one, two := p.actor("one", access.BureauOffice, "990121", "教研"), p.actor("two", access.BureauOffice, "990121", "基础教育")
	source := assessment.Source{Rows: table("学籍号,学校,语文\nG1,甲县实验中学,80")}
	for _, step := range []struct {
		name string
		do   func() error
		ok   bool
	}{
		{"a leader closes nothing", func() error { return p.desk.Close(ctx, p.actor("l", access.BureauLeader, "990121", ""), e.ID) }, false},
		{"closed", func() error { return p.desk.Close(ctx, one, e.ID) }, true},
		{"no import into a closed exam", func() error { _, err := p.desk.Import(ctx, one, e.ID, source, nil); return err }, false},
		{"no edit of a closed exam", func() error { _, err := p.desk.Edit(ctx, one, e); return err }, false},
		{"not by the same person", func() error { return p.desk.Reopen(ctx, one, e.ID, "补录") }, false},
		{"not without a reason", func() error { return p.desk.Reopen(ctx, two, e.ID, " ") }, false},
		{"by a second person", func() error { return p.desk.Reopen(ctx, two, e.ID, "补录") }, true},
		{"then imports go on", func() error { _, err := p.desk.Import(ctx, one, e.ID, source, nil); return err }, true},
		{"withdrawn", func() error { return p.desk.Withdraw(ctx, one, e.ID, "误建") }, true},
		{"withdrawn once", func() error { return p.desk.Withdraw(ctx, one, e.ID, "误建") }, false},
	} {
		if err := step.do(); (err == nil) != step.ok {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	if _, _, err := p.desk.Sheet(ctx, p.actor("l", access.BureauLeader, "990121", ""), e.ID); !errors.Is(err, assessment.ErrNotFound) {
		t.Errorf("a withdrawn exam is seen: %v", err)
	}
}
