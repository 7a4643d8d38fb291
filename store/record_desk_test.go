package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/lifecycle"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/store"
)

// ledger is a pack whose rows live: findings with items under them, a letter, a task that an event opens.
var ledger = fstest.MapFS{
	"packs/ledger/pack.yaml": {Data: []byte(`pack: ledger
version: "1"
name: 台账
english: Ledger
about: 试验
about_english: Trial
documents:
  办法: {name: 试验办法, english: Trial rules, by: 试验, issued: 2020-01-01}
parameters:
  sign_days: {name: 签收天数, english: Days to sign, measure: 天, values: [{from: 2020-01-01, all: 3, source: {doc: 办法, clause: 一}}]}
  repeat_months: {name: 重复月数, english: Months of repeats, measure: 个月, values: [{from: 2020-01-01, all: 12, source: {doc: 办法, clause: 二}}]}
  extra_days: {name: 延期天数, english: Days more, measure: 天, values: [{from: 2020-01-01, all: 5, source: {doc: 办法, clause: 三}}]}
`)},
	"packs/ledger/registers/finding.yaml": {Data: []byte(`finding:
  name: 问题台账
  english: Findings
  of: school
  every: none
  key: [number]
  serial: {column: number, form: "问题〔{{year}}〕{{number}}号"}
  heading: title
  subject: 督导
  source: {doc: 办法, clause: 一}
  columns:
    number: {name: 编号, english: Number, type: text}
    title: {name: 问题, english: Problem, type: text, required: true}
    category: {name: 类别, english: Category, type: choice, choices: {safety: {name: 安全, english: Safety}, teaching: {name: 教学, english: Teaching}}}
    found_on: {name: 发现日期, english: Found on, type: date, default: today}
    grade: {name: 等级, english: Grade, type: choice, locked: true, choices: {small: {name: 轻微, english: Small}, serious: {name: 严重, english: Serious}}}
    rectify_days: {name: 整改期限, english: Days, type: count, measure: 天, locked: true}
    closed_on: {name: 销号日期, english: Closed on, type: date, locked: true}
    strikes: {name: 退回次数, english: Returns, type: count, measure: 次, locked: true, default: "0"}
    repeats: {name: 重复次数, english: Repeats, type: count, measure: 次, counts: {register: finding, same: [unit, category], dated: found_on, months: repeat_months}}
finding_item:
  name: 问题清单
  english: Items
  of: school
  every: none
  key: [item_number]
  serial: {column: item_number, form: "{{year}}-{{number}}"}
  heading: item_title
  part_of: finding
  subject: 督导
  source: {doc: 办法, clause: 一}
  columns:
    item_number: {name: 序号, english: Number, type: text}
    item_title: {name: 事项, english: Item, type: text, required: true}
task:
  name: 督办单
  english: Tasks
  of: school
  every: none
  key: [task_number]
  serial: {column: task_number, form: "督办{{year}}-{{number}}"}
  heading: task_title
  subject: 督导
  source: {doc: 办法, clause: 一}
  columns:
    task_number: {name: 编号, english: Number, type: text}
    task_title: {name: 事项, english: Task, type: text, required: true}
    task_due: {name: 限期, english: Due on, type: date}
secret_note:
  name: 个案
  english: Cases
  of: school
  every: none
  key: [case_number]
  serial: {column: case_number, form: "个案{{year}}-{{number}}"}
  heading: case_title
  subject: 学籍
  names: [above bureau_office 学籍]
  source: {doc: 办法, clause: 一}
  columns:
    case_number: {name: 编号, english: Number, type: text}
    case_title: {name: 事由, english: Matter, type: text, required: true}
    pupil_name: {name: 学生姓名, english: Pupil, type: text, required: true, personal: true}
`)},
	"packs/ledger/lifecycles/finding.yaml": {Data: []byte(`finding:
  create: [above inspector, above bureau_office 督导]
  states:
    found: {name: 待下达, english: To be noticed, waits: [above bureau_office 督导], silent: 30, edit: [{by: [above inspector], columns: [title, found_on, category]}]}
    noticed:
      name: 整改中
      english: Being put right
      waits: [own school_head]
      due: {within: rectify_days, count: calendar}
      remind: [{days: 3, to: [own school_head]}]
      late:
        - {days: 1, to: [own school_head, above inspector]}
        - {days: 5, to: [above bureau_leader], letter: urging, say: 请督促整改。, english: Please see to it.}
        - {days: 10, opens: [{register: task, once: true, copy: {task_title: title}}]}
    reported: {name: 待验收, english: To be accepted, waits: [above inspector], due: {within: sign_days, count: working}}
    paused: {name: 暂缓, english: Paused, tone: neutral, pause: true, waits: [above bureau_office 督导]}
    closed: {name: 已销号, english: Closed, final: true}
  events:
    notice:
      name: 下达整改通知
      english: Give notice
      from: [found]
      to: noticed
      by: [above bureau_office 督导]
      asks: [grade, rectify_days]
      letter: rectification_notice
      tell: [own school_head]
      gives: lead
      opens: [{register: finding_item, when: grade.serious, copy: {item_title: title}, part: true, lead: unit}, {register: task, when: grade.serious, copy: {task_title: title}, fill: {task_due: today}}]
    report: {name: 上报整改, english: Report, from: [noticed], to: reported, by: [own school_head], note: true}
    accept:
      name: 验收销号
      english: Accept
      from: [reported]
      to: closed
      by: [above inspector, above bureau_office 督导]
      guards: [{second: [created, notice, report]}, {closed: finding_item}]
      set: [{column: closed_on, today: true}]
      bulk: true
    return: {name: 退回整改, english: Return, from: [reported], to: noticed, by: [above inspector], note: true, set: [{column: strikes, to: strikes + 1}]}
    extend: {name: 延期, english: Extend, from: [noticed], by: [above bureau_office 督导], note: true, extend: extra_days}
    pause: {name: 暂缓整改, english: Pause, from: [noticed, reported], to: paused, by: [above bureau_office 督导], note: true}
    resume: {name: 恢复整改, english: Resume, from: [paused], to: back, by: [above bureau_office 督导]}
finding_item:
  create: [above inspector]
  states:
    open: {name: 未完成, english: Open, waits: [own school_head]}
    done: {name: 已完成, english: Done, final: true}
  events:
    finish: {name: 完成, english: Finish, from: [open], to: done, by: [own school_head]}
task:
  create: [above bureau_office 督导]
  states:
    given: {name: 办理中, english: At work, waits: [own school_head], due: {on: task_due}, edit: [{by: [above bureau_office 督导]}]}
    done: {name: 已办结, english: Done, final: true}
  events:
    finish: {name: 办结, english: Finish, from: [given], to: done, by: [own school_head, owner], bulk: true}
secret_note:
  create: [own school_head]
  states:
    open: {name: 跟进中, english: Open, waits: [own school_head]}
    done: {name: 已结案, english: Done, final: true}
  events:
    finish: {name: 结案, english: Finish, from: [open], to: done, by: [own school_head]}
`)},
	"packs/ledger/letters/finding.yaml": {Data: []byte(`rectification_notice:
  name: 整改通知书
  english: Rectification notice
  register: finding
  series: supervision
  number: "教督改〔{{year}}〕{{number}}号"
  heading: "关于{{title}}的整改通知"
  to: "{{unit}}"
  body: ["经查，你校存在{{title}}问题。", "请于{{due}}前完成整改。"]
  signed: "{{bureau}}"
  source: {doc: 办法, clause: 一}
urging:
  name: 督促函
  english: Urging letter
  register: finding
  series: supervision
  number: "教督改〔{{year}}〕{{number}}号"
  heading: "关于{{title}}逾期未整改的督促函"
  to: "{{unit}}"
  body: ["{{title}}已于{{due}}到期。"]
  signed: "{{bureau}}"
  source: {doc: 办法, clause: 一}
`)},
}

// school is the school of the county of the tests.
const school = "2199000001"

// bureau is a county with a desk over the ledger and somebody in each post.
type bureau struct {
	t      *testing.T
	s      *store.Store
	desk   *record.Desk
	set    *pack.Set
	actors map[string]action.Actor
}

// newBureau makes people: inspector, a second one, the offices 督导 and 学籍, a leader, the head of the school.
func newBureau(t *testing.T, s *store.Store) *bureau {
	t.Helper()
	set, faults := pack.Load(ledger, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	o := &bureau{t: t, s: s, set: set, actors: map[string]action.Actor{"program": action.TheProgram()}}
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
		name, unit, subject string
		role                access.Role
	}{
		{"inspector", "990121", "", access.Inspector}, {"second", "990121", "", access.Inspector}, {"office", "990121", "督导", access.BureauOffice},
		{"pupils", "990121", "学籍", access.BureauOffice}, {"leader", "990121", "", access.BureauLeader}, {"head", school, "", access.SchoolHead},
	} {
		p, err := person.Create(ctx, s, action.TheProgram(), access.Unit{Code: one.unit}, person.Person{Name: one.name})
		if err != nil {
			t.Fatal(err)
		}
		post, err := person.CreatePost(ctx, s, action.TheProgram(), access.Unit{Code: one.unit}, person.Post{Person: p.ID, Unit: one.unit, Role: one.role, Subject: one.subject, From: "2026-01-01"})
		if err != nil {
			t.Fatal(err)
		}
		o.actors[one.name] = action.Actor{Post: access.Post{ID: post.ID, Person: p.ID, Role: one.role, Unit: person.At(tree, one.unit), Subject: one.subject}}
	}
	o.desk = record.New(set, s, func(context.Context) (period.Calendar, error) { return period.NewCalendar(), nil }, letter.NewOffice(set, s), notice.Teller{Store: s})
	return o
}

func (o *bureau) register(name string) *pack.Register {
	r, _ := o.desk.Register(name)
	return r
}

// cells reads cells as a form would hand them over.
func (o *bureau) cells(name string, typed ...string) map[string]register.Cell {
	o.t.Helper()
	cells := map[string]register.Cell{}
	for i := 0; i+1 < len(typed); i += 2 {
		for _, c := range o.register(name).Columns {
			if c.Name != typed[i] {
				continue
			}
			cell, wrong := register.ReadCell(typed[i+1], c)
			if wrong != nil {
				o.t.Fatal(wrong)
			}
			cells[c.Name] = cell
		}
	}
	return cells
}

func (o *bureau) make(who, name string, typed ...string) register.Row {
	o.t.Helper()
	row, err := o.desk.Create(context.Background(), o.actors[who], record.Draft{Register: name, Unit: school, Cells: o.cells(name, typed...)})
	if err != nil {
		o.t.Fatalf("%s makes a row of %s: %v", who, name, err)
	}
	return row
}

func (o *bureau) try(who, event string, row register.Row, more record.Move) (record.Moved, error) {
	more.Event, more.Row, more.Version = event, row.ID, row.Version
	if more.Register == "" {
		more.Register = "finding"
	}
	return o.desk.Move(context.Background(), o.actors[who], more)
}

func (o *bureau) move(who, event string, row register.Row, more record.Move) record.Moved {
	o.t.Helper()
	moved, err := o.try(who, event, row, more)
	if err != nil {
		o.t.Fatalf("%s: %s: %v", who, event, err)
	}
	return moved
}

func (o *bureau) notice(row register.Row, grade, days string) record.Moved {
	o.t.Helper()
	return o.move("office", "notice", row, record.Move{Cells: o.cells("finding", "grade", grade, "rectify_days", days), Lead: school})
}

func (o *bureau) text(name string, row register.Row, column string) string {
	r := o.register(name)
	for n, c := range r.Columns {
		if c.Name == column {
			return register.CellText(row.Cells[n], c, "zh")
		}
	}
	o.t.Fatalf("no column %s", column)
	return ""
}

// told returns what somebody was told, the newest first.
func (o *bureau) told(who string) []string {
	o.t.Helper()
	notices, err := o.s.Notices(context.Background(), o.actors[who].Post.Person, false, "", 100)
	if err != nil {
		o.t.Fatal(err)
	}
	var texts []string
	for _, n := range notices {
		texts = append(texts, n.Text("zh"))
	}
	return texts
}

func faultsOf(err error) string {
	var found []string
	for _, f := range fault.Of(err) {
		found = append(found, f.Code+":"+f.Place.Column)
	}
	slices.Sort(found)
	return strings.Join(found, " ")
}

// A finding lives from being found to being closed: defaults, numbers, deadline, letter, opened rows, second person.
func TestAFindingLivesFromBeingFoundToBeingClosed(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o := newBureau(t, s)
		row := o.make("inspector", "finding", "title", "消防通道堵塞", "category", "安全")
		for column, want := range map[string]string{"number": "问题〔2026〕1号", "found_on": "2026-09-01", "state": "待下达", "repeats": "0", "due": "", "maker": o.actors["inspector"].Post.Person} {
			if got := o.text("finding", row, column); got != want {
				t.Errorf("%s: got %q, want %q", column, got, want)
			}
		}
		again := o.make("inspector", "finding", "title", "消防通道又堵塞", "category", "安全")
		if got := o.text("finding", again, "number") + o.text("finding", again, "repeats"); got != "问题〔2026〕2号1" {
			t.Errorf("second: %s", got)
		}
		moved := o.notice(row, "严重", "10")
		if moved.Number != "教督改〔2026〕1号" || len(moved.Opened) != 2 || o.text("finding", moved.Row, "due") != "2026-09-11" || o.text("finding", moved.Row, "lead") != school {
			t.Fatalf("notice: %+v", moved)
		}
		if told := o.told("head"); len(told) != 1 || !strings.Contains(told[0], "教督改〔2026〕1号") || !strings.Contains(told[0], "消防通道堵塞") {
			t.Errorf("told: %v", told)
		}
		reported := o.move("head", "report", moved.Row, record.Move{Note: "已清理"})
		if got := faultsOf(errOf(o.try("inspector", "accept", reported.Row, record.Move{}))); got != "lifecycle.parts_open: lifecycle.second:" {
			t.Errorf("accept by the one who found it, items open: %s", got)
		}
		item, err := s.RegisterRow(context.Background(), o.register("finding_item"), moved.Opened[0].Row, false)
		if err != nil || o.text("finding_item", item, "item_title") != "消防通道堵塞" {
			t.Fatalf("item: %+v, %v", item, err)
		}
		o.move("head", "finish", item, record.Move{Register: "finding_item"})
		returned := o.move("inspector", "return", reported.Row, record.Move{Note: "未到位"})
		if got := o.text("finding", returned.Row, "strikes") + o.text("finding", returned.Row, "due"); got != "12026-09-11" {
			t.Errorf("returned: %s", got)
		}
		reported = o.move("head", "report", returned.Row, record.Move{Note: "已到位"})
		closed := o.move("second", "accept", reported.Row, record.Move{})
		if got := o.text("finding", closed.Row, "state") + o.text("finding", closed.Row, "closed_on") + o.text("finding", closed.Row, "due"); got != "已销号2026-09-01" {
			t.Errorf("closed: %s", got)
		}
		entries, err := o.desk.Timeline(context.Background(), o.register("finding"), row.ID)
		var events []string
		for _, e := range entries {
			events = append(events, string(e.Kind)+" "+e.Event+" "+e.Note+e.Number)
		}
		if want := "[event accept  event report 已到位 event return 未到位 event report 已清理 event notice 教督改〔2026〕1号 event created  link  ]"; err != nil || fmt.Sprint(events) != want {
			t.Errorf("timeline: %v, %v", events, err)
		}
		mustVerify(t, s)
	})
}

func errOf[T any](_ T, err error) error { return err }

// Whoever may not act is refused, and everything that is wrong is told at once.
func TestWhatIsWrongWithAnEventIsToldAtOnce(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	o := newBureau(t, s)
	ctx := context.Background()
	row := o.make("inspector", "finding", "title", "甲", "category", "安全")
	cases := []struct {
		name, want string
		err        error
	}{
		{"head makes findings", "action.refused:", errOf(o.desk.Create(ctx, o.actors["head"], record.Draft{Register: "finding", Unit: school}))},
		{"nothing filled in", "register.cell_blank:title register.unit_unknown:unit", errOf(o.desk.Create(ctx, o.actors["program"], record.Draft{Register: "finding", Unit: "no"}))},
		{"inspector gives notice", "lifecycle.column_missing:grade lifecycle.column_missing:rectify_days lifecycle.lead_missing:lead lifecycle.not_by:", errOf(o.try("inspector", "notice", row, record.Move{}))},
		{"head on a finding that was not given", "lifecycle.not_by: lifecycle.note_missing:note lifecycle.wrong_state:", errOf(o.try("inspector", "report", row, record.Move{}))},
		{"a column that the event does not take", "record.column_foreign:title", errOf(o.try("office", "notice", row, record.Move{Cells: o.cells("finding", "title", "乙")}))},
		{"a locked column", "record.column_closed:grade", errOf(o.desk.Edit(ctx, o.actors["inspector"], record.Change{Register: "finding", Row: row.ID, Cells: o.cells("finding", "grade", "严重", "title", "丙")}))},
		{"somebody who may not edit", "action.refused:", errOf(o.desk.Edit(ctx, o.actors["head"], record.Change{Register: "finding", Row: row.ID, Cells: o.cells("finding", "title", "丙")}))},
		{"an event of another register", "record.event_unknown:", errOf(o.try("office", "finish", row, record.Move{}))},
		{"a part of a row that is not there", "record.part_gone:", errOf(o.desk.Create(ctx, o.actors["inspector"], record.Draft{Register: "finding_item", Unit: school, Part: record.Ref{Register: "finding", Row: "x"},
			Cells: o.cells("finding_item", "item_title", "甲")}))},
		{"tomorrow", "record.day_future:day", errOf(o.try("office", "notice", row, record.Move{Day: period.Date{Year: 2026, Month: 9, Day: 2}}))},
	}
	for _, c := range cases {
		if got := faultsOf(c.err); got != c.want {
			t.Errorf("%s: got %s, want %s (%v)", c.name, got, c.want, c.err)
		}
	}
	// Nothing of it was stored, no number was lost.
	if next := o.make("inspector", "finding", "title", "乙", "category", "安全"); o.text("finding", next, "number") != "问题〔2026〕2号" {
		t.Errorf("number: %s", o.text("finding", next, "number"))
	}
	mustVerify(t, s)
}

// Of two people who act on one row at once one wins; the other is told what changed. Nothing is written twice.
func TestTwoPeopleAtOnceOneWins(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o := newBureau(t, s)
		row := o.make("inspector", "finding", "title", "甲", "category", "安全")
		const people = 8
		var wait sync.WaitGroup
		errs := make([]error, people)
		for i := range people {
			wait.Go(func() {
				if i%2 == 0 {
					_, errs[i] = o.try("office", "notice", row, record.Move{Cells: o.cells("finding", "grade", "轻微", "rectify_days", "5"), Lead: school})
					return
				}
				_, errs[i] = o.desk.Edit(context.Background(), o.actors["inspector"], record.Change{Register: "finding", Row: row.ID, Version: row.Version,
					Cells: o.cells("finding", "title", fmt.Sprint("甲", i))})
			})
		}
		wait.Wait()
		won := 0
		for i, err := range errs {
			var stale *record.Stale
			switch {
			case err == nil:
				won++
			case !errors.As(err, &stale):
				// An edit that comes when the row is in the next state may be refused for that instead.
				if faultsOf(err) != "action.refused:" {
					t.Errorf("%d: %v", i, err)
				}
			case len(stale.What) != 1 || stale.What[0].Person == "" || len(stale.What[0].Changes) == 0 || faultsOf(err) != "action.stale:":
				t.Errorf("%d is told %+v", i, stale.What)
			}
		}
		if won != 1 {
			t.Errorf("%d won", won)
		}
		letters, err := s.Letters(context.Background(), letter.Query{})
		if err != nil || len(letters) > 1 {
			t.Errorf("letters: %d, %v", len(letters), err)
		}
		mustVerify(t, s)
	})
}

// A clock that stood still goes on where it stood; an extension moves the deadline.
func TestPauseAndExtension(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	o := newBureau(t, s)
	row := o.notice(o.make("inspector", "finding", "title", "甲", "category", "安全"), "轻微", "5").Row
	row = o.move("office", "extend", row, record.Move{Note: "材料未到"}).Row
	if got := o.text("finding", row, "due"); got != "2026-09-11" {
		t.Errorf("extended: %s", got)
	}
	row = o.move("office", "pause", row, record.Move{Note: "等待鉴定"}).Row
	if got := o.text("finding", row, "state") + o.text("finding", row, "back"); got != "暂缓noticed" {
		t.Errorf("paused: %s", got)
	}
	if row = o.move("office", "resume", row, record.Move{}).Row; o.text("finding", row, "state") != "整改中" {
		t.Errorf("resumed: %s", o.text("finding", row, "state"))
	}
}

// Above the school a register with personal columns shows counts only, except to the posts that it names; each opening is
// an action.
func TestPersonalRowsAreSeenByThoseNamed(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	o := newBureau(t, s)
	ctx, r := context.Background(), o.register("secret_note")
	row := o.make("head", "secret_note", "case_title", "辍学", "pupil_name", "欧阳小明")
	if got := o.text("secret_note", row, "pupil_name"); got != "欧***" && !strings.Contains(got, "*") {
		t.Errorf("not masked: %s", got)
	}
	for who, want := range map[string]bool{"head": true, "pupils": true, "office": false, "leader": false, "inspector": false} {
		if got := o.desk.MaySee(o.actors[who].Post, r, row); got != want {
			t.Errorf("%s sees: %v", who, got)
		}
		if got := o.desk.Single(o.actors[who].Post, r, school); got != want {
			t.Errorf("%s sees single rows: %v", who, got)
		}
	}
	if _, err := o.desk.Look(ctx, o.actors["office"], r, row.ID, "核实"); faultsOf(err) != "action.refused:" {
		t.Errorf("office looks: %v", err)
	}
	if _, err := o.desk.Look(ctx, o.actors["pupils"], r, row.ID, " "); faultsOf(err) != "record.reason_empty:reason" {
		t.Errorf("no reason: %v", err)
	}
	before, _ := s.Head(ctx)
	open, err := o.desk.Look(ctx, o.actors["pupils"], r, row.ID, "核实去向")
	if after, _ := s.Head(ctx); err != nil || o.text("secret_note", open, "pupil_name") != "欧阳小明" || after.Sequence != before.Sequence+1 {
		t.Errorf("opened: %v", err)
	}
}

// Rows are commented on, tied to each other and untied.
func TestCommentsAndLinks(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	o := newBureau(t, s)
	o.desk.Elsewhere("plan", func(_ context.Context, row string) (string, bool, error) { return "目标一", row == "p/1", nil })
	ctx, r := context.Background(), o.register("finding")
	row := o.make("inspector", "finding", "title", "甲", "category", "安全")
	task := o.make("office", "task", "task_title", "督办")
	from, to, goal := record.Ref{Register: "finding", Row: row.ID}, record.Ref{Register: "task", Row: task.ID}, record.Ref{Register: "plan", Row: "p/1"}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"comment":       {o.desk.Comment(ctx, o.actors["head"], r, row.ID, "已知悉"), ""},
		"empty comment": {o.desk.Comment(ctx, o.actors["head"], r, row.ID, " "), "record.comment_empty:text"},
		"unknown":       {o.desk.Link(ctx, o.actors["inspector"], from, record.Ref{Register: "plan", Row: "p/2"}, ""), "record.link_unknown:to"},
		"itself":        {o.desk.Link(ctx, o.actors["inspector"], from, from, ""), "record.link_self:"},
		"gone":          {o.desk.Unlink(ctx, o.actors["inspector"], from, to, ""), "record.link_gone:"},
	} {
		if got := faultsOf(c.err); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, other := range []record.Ref{to, goal} {
		if err := o.desk.Link(ctx, o.actors["inspector"], from, other, "同一问题"); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.desk.Link(ctx, o.actors["inspector"], from, to, ""); faultsOf(err) != "record.link_twice:" {
		t.Errorf("twice: %v", err)
	}
	ties, err := o.desk.Links(ctx, r, row.ID)
	slices.SortFunc(ties, func(a, b record.Tie) int { return strings.Compare(a.Name, b.Name) })
	if err != nil || len(ties) != 2 || ties[0].Name != "目标一" || ties[1].Name != "督办" || ties[1].State != "given" {
		t.Errorf("links: %+v, %v", ties, err)
	}
	if err := o.desk.Unlink(ctx, o.actors["inspector"], from, to, ""); err != nil {
		t.Error(err)
	}
	entries, err := o.desk.Timeline(ctx, r, row.ID)
	if err != nil || len(entries) != 3 {
		t.Errorf("timeline: %+v, %v", entries, err)
	}
	mustVerify(t, s)
}

var _ = lifecycle.Created
