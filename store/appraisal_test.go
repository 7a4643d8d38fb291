package store_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/appraisal"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/round"
	"jiaoheng/store"
)

// smallSheet has an automatic item of 40 points, a checked one of 60, a deduction and a veto that people find.
var smallSheet = fstest.MapFS{
	"packs/small/pack.yaml": {Data: []byte(`pack: small
version: "1"
name: 小考核
english: Small
about: 试用。
about_english: For tests.
uses: [appraisal]
`)},
	"packs/small/sheets/small.yaml": {Data: []byte(`small:
  name: 小评分表
  english: Small sheet
  of: school
  every: school_year
  scorers: 2
  difference: appraisal_difference
  appeal: appraisal_appeal_days
  sections:
    all_items:
      name: 全部
      english: All
      points: 100
      items:
        above_item:
          name: 高于规定学历教师
          english: Teachers above
          points: 40
          automatic:
            indicator: teacher.above_per_100
            stages: [primary]
            linear: [{from: 2020-01-01, none: 0, full: 4.2, source: {doc: 教育考核工作惯例, clause: 一}}]
          source: {doc: 教育考核工作惯例, clause: 一}
        work_item:
          name: 工作
          english: Work
          points: 60
          self: true
          checked: true
          attach: true
          source: {doc: 教育考核工作惯例, clause: 一}
  deductions:
    cap: 10
    items:
      minus_item: {name: 扣分, english: Minus, cap: 10, source: {doc: 教育考核工作惯例, clause: 一}}
  vetoes:
    veto_item: {name: 否决, english: Veto, card: red, source: {doc: 教育考核工作惯例, clause: 一}}
  cards:
    green: {name: 绿牌, english: Green, colour: green}
    yellow: {name: 黄牌, english: Yellow, colour: yellow}
    red: {name: 红牌, english: Red, colour: red}
  levels:
    - {from: 2020-01-01, least: {green: 90, yellow: 60}, source: {doc: 教育考核工作惯例, clause: 一}}
  source: {doc: 教育考核工作惯例, clause: 一}
`)},
}

// appraising is a county with a desk and somebody in each post.
type appraising struct {
	t      *testing.T
	s      *store.Store
	desk   *appraisal.Desk
	set    *pack.Set
	now    time.Time
	actors map[string]action.Actor
	year   period.Period
}

func newAppraising(t *testing.T, s *store.Store) *appraising {
	t.Helper()
	set, faults := pack.Load(jiaoheng.Packs, smallSheet)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	o := &appraising{t: t, s: s, set: set, actors: map[string]action.Actor{}}
	o.year, _ = period.Parse("2025-2026")
	ctx := context.Background()
	openRegisters(t, s, set.Everything().Registers()...)
	if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
		t.Fatal(err)
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		name, unit string
		role       access.Role
	}{{"office", "990121", access.BureauOffice}, {"leader", "990121", access.BureauLeader}, {"deputy", "990121", access.BureauLeader}, {"one", "990121", access.Inspector},
		{"two", "990121", access.Inspector}, {"head", school, access.SchoolHead}, {"stranger", "990121", access.Expert}} {
		p, err := person.Create(ctx, s, action.TheProgram(), access.Unit{Code: one.unit}, person.Person{Name: one.name})
		if err != nil {
			t.Fatal(err)
		}
		post, err := person.CreatePost(ctx, s, action.TheProgram(), access.Unit{Code: one.unit}, person.Post{Person: p.ID, Unit: one.unit, Role: one.role, From: "2026-01-01"})
		if err != nil {
			t.Fatal(err)
		}
		o.actors[one.name] = action.Actor{Post: access.Post{ID: post.ID, Person: p.ID, Role: one.role, Unit: person.At(tree, one.unit)}}
	}
	calendar := func(context.Context) (period.Calendar, error) { return period.NewCalendar(), nil }
	o.desk = appraisal.New(round.NewDesk(set, s), s, s, record.New(set, s, calendar, letter.NewOffice(set, s), notice.Teller{Store: s}), calendar, nil)
	return o
}

func (o *appraising) open(sheet string) (appraisal.Run, appraisal.Case) {
	o.t.Helper()
	run, err := o.desk.OpenRun(context.Background(), o.actors["office"], appraisal.Opening{Name: "试评", Sheet: sheet, Period: o.year, Unit: "990121", Units: []string{school},
		Scorers: []string{o.actors["one"].Post.Person, o.actors["two"].Post.Person}, SelfUntil: period.Date{Year: 2026, Month: 9, Day: 10}})
	if err != nil {
		o.t.Fatal(err)
	}
	cases, err := o.s.AppraisalCases(context.Background(), run.ID)
	if err != nil || len(cases) != 1 {
		o.t.Fatal(len(cases), err)
	}
	return run, cases[0]
}

func (o *appraising) as(id string) appraisal.Case {
	o.t.Helper()
	one, err := o.s.AppraisalCase(context.Background(), id)
	if err != nil {
		o.t.Fatal(err)
	}
	return one
}

func (o *appraising) file() []attachment.Prepared {
	o.t.Helper()
	p, err := attachment.NewPreparer(1).Prepare(context.Background(), "材料.txt", []byte("工作材料"))
	if err != nil {
		o.t.Fatal(err)
	}
	return []attachment.Prepared{p}
}

func points(x float64) appraisal.Entry { return appraisal.Entry{Points: &x} }
func holds(x bool) appraisal.Entry     { return appraisal.Entry{Holds: &x, Note: "查明"} }

func (o *appraising) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// wants asks that an error is a fault of the code.
func (o *appraising) wants(err error, code string) {
	o.t.Helper()
	for _, f := range fault.Of(err) {
		if f.Code == code {
			return
		}
	}
	o.t.Errorf("want %s, got %v", code, err)
}

func (o *appraising) self(id string) {
	o.t.Helper()
	o.must(o.desk.SaveSelf(context.Background(), o.actors["head"], id, appraisal.Given{Entries: map[string]appraisal.Entry{"work_item": points(58)},
		Files: map[string][]attachment.Prepared{"work_item": o.file()}}, true))
}

func (o *appraising) check(who, id string, work float64) error {
	return o.desk.SaveCheck(context.Background(), o.actors[who], id, appraisal.Given{Entries: map[string]appraisal.Entry{"work_item": points(work), "minus_item": points(0),
		"veto_item": {Holds: new(bool)}}}, true)
}

// From opening to the signature, with what is refused on the way.
func TestAnAppraisalRunsFromTheSelfScoreToTheSignature(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o, ctx := newAppraising(t, s), context.Background()
		sections, _ := o.set.Everything().Register("section_year")
		deskFact(t, s, sections, o.year, 1000, 42)
		_, one := o.open("small")
		id := one.ID
		if one.State != appraisal.Self {
			t.Fatal(one.State)
		}
		o.wants(o.check("one", id, 50), "appraisal.state")
		o.wants(o.desk.SaveSelf(ctx, o.actors["office"], id, appraisal.Given{}, false), "action.refused")
		o.wants(o.desk.SaveSelf(ctx, o.actors["head"], id, appraisal.Given{Entries: map[string]appraisal.Entry{"work_item": points(58)}}, true), "appraisal.file_missing")
		o.wants(o.desk.SaveSelf(ctx, o.actors["head"], id, appraisal.Given{Entries: map[string]appraisal.Entry{"work_item": points(61)}}, false), "appraisal.points_wanted")
		o.wants(o.desk.SkipSelf(ctx, o.actors["office"], id, "未提交"), "appraisal.self_not_over")
		o.self(id)
		o.wants(o.check("stranger", id, 50), "action.refused")
		o.wants(o.check("head", id, 50), "action.refused")
		o.must(o.check("one", id, 40))
		o.wants(o.check("one", id, 41), "appraisal.mark_done")
		if got := o.as(id).State; got != appraisal.Checking {
			t.Fatal(got)
		}
		o.must(o.check("two", id, 54)) // 14 of 60 apart, more than 20 %
		if got := o.as(id).State; got != appraisal.Talking {
			t.Fatal(got)
		}
		o.wants(o.desk.Compute(ctx, o.actors["office"], id), "appraisal.state")
		o.wants(o.desk.Talk(ctx, o.actors["one"], id, map[string]appraisal.Entry{"work_item": {Points: new(float64), Note: "商定"}}), "appraisal.talk_between")
		agreed := 52.0
		o.wants(o.desk.Talk(ctx, o.actors["one"], id, map[string]appraisal.Entry{"work_item": {Points: &agreed}}), "appraisal.talk_note")
		o.must(o.desk.Talk(ctx, o.actors["two"], id, map[string]appraisal.Entry{"work_item": {Points: &agreed, Note: "补看材料后商定"}}))
		o.must(o.desk.Compute(ctx, o.actors["office"], id))
		got := o.as(id)
		if got.Result.Total.Points != 92 || got.Result.Card != "green" || got.Result.Item("above_item").Counts.Points != 40 {
			t.Fatalf("%+v", got.Result)
		}
		trace := got.Result.Item("above_item").Automatic.Traces[0]
		if trace.Name != "teacher.above_per_100" || trace.Value.Points != 4.2 || trace.Period != "2025-2026" || len(trace.Parts) != 2 || trace.Parts[0].Register != "section_year" ||
			trace.Source.Document != "教督〔2017〕6号" {
			t.Errorf("%+v", trace)
		}
		o.wants(o.desk.Confirm(ctx, o.actors["office"], id, got.Version), "appraisal.second_person")
		o.wants(o.desk.Confirm(ctx, o.actors["one"], id, got.Version), "action.refused")
		o.must(o.desk.Confirm(ctx, o.actors["leader"], id, got.Version))
		deskFact(t, s, sections, o.year, 1000, 10) // what is reported later does not touch the result
		o.wants(o.desk.AppealResult(ctx, o.actors["head"], id, "不服", nil), "appraisal.state")
		o.must(o.desk.Tell(ctx, o.actors["office"], id))
		o.wants(o.desk.Sign(ctx, o.actors["leader"], id, 0), "appraisal.appeal_runs")
		o.wants(o.desk.AppealResult(ctx, o.actors["head"], id, " ", nil), "appraisal.reason_wanted")
		o.must(o.desk.AppealResult(ctx, o.actors["head"], id, "材料漏看", o.file()))
		o.wants(o.desk.Decide(ctx, o.actors["leader"], id, 0, appraisal.Verdict{}), "appraisal.reason_wanted")
		o.wants(o.desk.Decide(ctx, o.actors["leader"], id, 0, appraisal.Verdict{Answer: "调整", Points: map[string]float64{"above_item": 1}}), "appraisal.decide_points")
		o.must(o.desk.Decide(ctx, o.actors["leader"], id, 0, appraisal.Verdict{Answer: "复核后调整", Points: map[string]float64{"work_item": 48}}))
		o.must(o.desk.Sign(ctx, o.actors["deputy"], id, 0))
		final := o.as(id)
		if final.State != appraisal.Final || final.Result.Total.Points != 88 || final.Result.Card != "yellow" || len(final.Hash) != 64 ||
			!strings.Contains(string(final.Frozen), "材料漏看") || !strings.Contains(string(final.Frozen), "teachers_above") {
			t.Errorf("%+v\n%s", final.Result, final.Frozen)
		}
		history, err := s.AppraisalCards(ctx, id)
		if err != nil || len(history) != 2 || history[0].Card != "green" || history[1].Card != "yellow" || history[1].Before != "green" || history[1].Reason != "复核后调整" {
			t.Errorf("%+v %v", history, err)
		}
		mustVerify(t, s)
	})
}

// signed brings a case to its signature.
func (o *appraising) signed() appraisal.Case {
	o.t.Helper()
	ctx := context.Background()
	sections, _ := o.set.Everything().Register("section_year")
	deskFact(o.t, o.s, sections, o.year, 1000, 42)
	_, one := o.open("small")
	o.self(one.ID)
	o.must(o.check("one", one.ID, 50))
	o.must(o.check("two", one.ID, 52))
	o.must(o.desk.Compute(ctx, o.actors["office"], one.ID))
	o.must(o.desk.Confirm(ctx, o.actors["leader"], one.ID, 0))
	o.must(o.desk.Tell(ctx, o.actors["office"], one.ID))
	o.wants(o.desk.Accept(ctx, o.actors["office"], one.ID), "action.refused")
	o.must(o.desk.Accept(ctx, o.actors["head"], one.ID))
	o.must(o.desk.Sign(ctx, o.actors["leader"], one.ID, 0))
	return o.as(one.ID)
}

// ways are all the ways in which somebody may try to change a case.
func (o *appraising) ways(one appraisal.Case) map[string]func() error {
	o.t.Helper()
	s, ctx := o.s, context.Background()
	marks, err := s.AppraisalMarks(ctx, one.ID)
	o.must(err)
	write := func(do func(ctx context.Context, tx action.Tx) error) error {
		return action.Do(ctx, s, action.TheProgram(), action.Write{Name: "appraisal.action.compute", Do: do})
	}
	var file string
	for _, mark := range marks {
		files, err := s.AttachmentsOf(ctx, appraisal.FileOwner(mark.ID, "work_item"))
		o.must(err)
		if len(files) > 0 {
			file = files[0].ID
		}
	}
	x := 60.0
	return map[string]func() error{
		"self score": func() error {
			return o.desk.SaveSelf(ctx, o.actors["head"], one.ID, appraisal.Given{Entries: map[string]appraisal.Entry{"work_item": points(1)}}, true)
		},
		"points": func() error { return o.check("one", one.ID, 60) },
		"talk": func() error {
			return o.desk.Talk(ctx, o.actors["one"], one.ID, map[string]appraisal.Entry{"work_item": {Points: &x, Note: "改"}})
		},
		"compute": func() error { return o.desk.Compute(ctx, o.actors["office"], one.ID) },
		"confirm": func() error { return o.desk.Confirm(ctx, o.actors["deputy"], one.ID, 0) },
		"tell":    func() error { return o.desk.Tell(ctx, o.actors["office"], one.ID) },
		"accept":  func() error { return o.desk.Accept(ctx, o.actors["head"], one.ID) },
		"appeal":  func() error { return o.desk.AppealResult(ctx, o.actors["head"], one.ID, "不服", nil) },
		"decide": func() error {
			return o.desk.Decide(ctx, o.actors["deputy"], one.ID, 0, appraisal.Verdict{Answer: "改"})
		},
		"sign again": func() error { return o.desk.Sign(ctx, o.actors["deputy"], one.ID, 0) },
		"skip":       func() error { return o.desk.SkipSelf(ctx, o.actors["office"], one.ID, "改") },
		"program":    func() error { return o.desk.SaveCheck(ctx, action.TheProgram(), one.ID, appraisal.Given{}, true) },
		"stored case": func() error {
			return write(func(ctx context.Context, _ action.Tx) error {
				changed := one
				changed.State = appraisal.Self
				changed.Hash = ""
				return s.AppraisalCaseUpdate(ctx, changed)
			})
		},
		"stored mark": func() error {
			return write(func(ctx context.Context, _ action.Tx) error { return s.AppraisalMarkUpdate(ctx, marks[0]) })
		},
		"another mark": func() error {
			return write(func(ctx context.Context, tx action.Tx) error {
				return s.AppraisalMarkInsert(ctx, appraisal.Mark{ID: tx.NewID(), Case: one.ID})
			})
		},
		"stored appeal": func() error {
			return write(func(ctx context.Context, tx action.Tx) error {
				return s.AppraisalAppealInsert(ctx, appraisal.Appeal{ID: tx.NewID(), Case: one.ID})
			})
		},
		"take a file away": func() error {
			return attachment.Remove(ctx, s, action.TheProgram(), access.Thing{Class: access.Record}, file, "误传")
		},
		"add a file": func() error {
			_, err := attachment.Add(ctx, s, action.TheProgram(), access.Thing{Class: access.Record}, appraisal.FileOwner(marks[0].ID, "work_item"), o.file()[0], false)
			return err
		},
	}
}

// Nothing of a signed case changes, whoever tries and by whatever way; the chain still verifies, and tells when a hand changes it.
func TestASignedAppraisalIsFrozen(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, raw := db.open(t)
		o, ctx := newAppraising(t, s), context.Background()
		one := o.signed()
		ways := o.ways(one)
		for name, way := range ways {
			if found := fault.Of(way()); len(found) != 1 || found[0].Code != "appraisal.frozen" {
				t.Errorf("%s: %v", name, found)
			}
		}
		if after := o.as(one.ID); after.Hash != one.Hash || after.Version != one.Version || string(after.Frozen) != string(one.Frozen) {
			t.Error("the case changed")
		}
		mustVerify(t, s)
		if _, err := raw.ExecContext(ctx, "update appraisal_case set hash = 'x', version = version where id = '"+one.ID+"'"); err != nil {
			t.Fatal(err)
		}
		if found := findings(t, s); len(found) == 0 {
			t.Error("the audit does not see a case that a hand changed")
		}
		if _, err := s.AppraisalCase(ctx, one.ID); err == nil {
			t.Error("a case that a hand changed is shown")
		}
	})
}

// A card changes after the signature with a reason and a day to appeal; the decision may take it back; the history keeps all.
func TestACardChangesWithReasonAppealAndDay(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o, ctx := newAppraising(t, s), context.Background()
		one := o.signed()
		o.wants(o.desk.ChangeCard(ctx, o.actors["leader"], one.ID, "yellow", ""), "appraisal.reason_wanted")
		o.wants(o.desk.ChangeCard(ctx, o.actors["leader"], one.ID, "pink", "降"), "appraisal.card_unknown")
		o.wants(o.desk.ChangeCard(ctx, o.actors["leader"], one.ID, "green", "同"), "appraisal.card_same")
		o.wants(o.desk.ChangeCard(ctx, o.actors["head"], one.ID, "yellow", "降"), "action.refused")
		o.must(o.desk.ChangeCard(ctx, o.actors["leader"], one.ID, "yellow", "年内发生责任事故"))
		history, err := s.AppraisalCards(ctx, one.ID)
		o.must(err)
		changed := appraisal.Present(history)
		if changed.Card != "yellow" || changed.Before != "green" || changed.AppealUntil.String() != "2026-09-08" || changed.At.IsZero() {
			t.Errorf("%+v", changed)
		}
		o.wants(o.desk.AppealCard(ctx, o.actors["office"], one.ID, changed.ID, "不服", nil), "action.refused")
		o.must(o.desk.AppealCard(ctx, o.actors["head"], one.ID, changed.ID, "责任不在我校", o.file()))
		o.wants(o.desk.AppealCard(ctx, o.actors["head"], one.ID, changed.ID, "再申诉", nil), "appraisal.appeal_twice")
		appeals, err := s.AppraisalAppeals(ctx, one.ID)
		o.must(err)
		o.wants(o.desk.DecideCard(ctx, o.actors["leader"], one.ID, appeals[0].ID, true, "撤回"), "appraisal.second_person")
		o.must(o.desk.DecideCard(ctx, o.actors["deputy"], one.ID, appeals[0].ID, true, "经核实责任不在学校，撤回黄牌"))
		if history, err = s.AppraisalCards(ctx, one.ID); err != nil || len(history) != 3 || appraisal.Present(history).Card != "green" {
			t.Errorf("%+v %v", history, err)
		}
		if after := o.as(one.ID); after.Hash != one.Hash || after.Result.Card != "green" {
			t.Error("the signed case changed with the card")
		}
		mustVerify(t, s)
	})
}

// A fact that nobody reported leaves the total and the card open; nothing is counted as nothing.
func TestAMissingFactLeavesTheResultOpen(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o, ctx := newAppraising(t, s), context.Background()
		_, one := o.open("small")
		o.self(one.ID)
		o.must(o.check("one", one.ID, 60))
		o.must(o.check("two", one.ID, 60))
		o.must(o.desk.Compute(ctx, o.actors["office"], one.ID))
		got := o.as(one.ID).Result
		item := got.Item("above_item")
		if got.Total.Known || got.Card != "" || item.Counts.Known || !strings.Contains(item.Counts.Why.Chinese, "未报") || len(got.Unknown) != 1 || got.Unknown[0] != "above_item" {
			t.Errorf("%+v", got)
		}
	})
}

func fillAppraisal(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	x := 5.0
	do(t, s, func(ctx context.Context, tx action.Tx) error {
		for _, err := range []error{
			s.AppraisalRunInsert(ctx, appraisal.Run{ID: "run", Name: "试评", Sheet: "small", Period: period.SchoolYearOf(period.DayAt(start)), Unit: "990121", Scorers: []string{"anna"}, OpenedAt: start, Version: 1}),
			s.AppraisalCasesInsert(ctx, []appraisal.Case{{ID: "case", Run: "run", Unit: school, State: appraisal.Self, Version: 1}}),
			s.AppraisalMarkInsert(ctx, appraisal.Mark{ID: "mark", Case: "case", Unit: school, Kind: appraisal.OfSelf, Person: "anna", Entries: map[string]appraisal.Entry{"work_item": {Points: &x, Note: filledName}}, At: start, Version: 1}),
			s.AppraisalCardInsert(ctx, appraisal.Card{ID: "card", Case: "case", Unit: school, Card: "green", Reason: filledName, At: start}),
			s.AppraisalAppealInsert(ctx, appraisal.Appeal{ID: "appeal", Case: "case", Unit: school, Reason: filledName, At: start, Decision: appraisal.Open, Version: 1}),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if _, err := s.AppraisalRuns(ctx, 10); err != nil {
		t.Fatal(err)
	}
}
