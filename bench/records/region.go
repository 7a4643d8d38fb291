package main

import (
	"context"
	"crypto/rand"
	"fmt"
	random "math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web"
)

const (
	million    = 1_000_000
	schools    = 1000
	countyCode = "990121"
	login      = "bench"
	password   = "A long enough passphrase"
	deadlines  = 10_000
	storedRows = 20_000 // by one action
)

// now is the time of the server: what is late follows from it.
var now = time.Date(2026, 9, 15, 9, 0, 0, 0, time.UTC)

func schoolCode(k int) string { return fmt.Sprintf("21%08d", 99000000+k) }

// states, grades and kinds are what rows differ in.
var (
	states = []string{"found", "noticed", "reported", "paused", "closed"}
	grades = []string{"small", "general", "serious"}
	kinds  = []string{"safety", "teaching", "money", "staff", "house"}
)

// finding is one invented row.
type finding struct {
	school, state, grade, kind int
	due                        int // day of September 2026, 0 none; beyond 30 in October
	changed                    int // days ago
}

// packYAML is the pack of the bench: one register for the pages, one for the clock.
const packYAML = `pack: bench
version: "1"
name: 测速包
english: Bench
about: 测速用
about_english: For the bench
documents:
  口径: {name: 测速口径, english: Bench definition, by: 测速, issued: 2020-01-01}
parameters:
  bench_days: {name: 期限, english: Days, measure: 天, values: [{from: 2020-01-01, all: 15, source: {doc: 口径, clause: 一}}]}
`

const registersYAML = `bench_finding:
  name: 测速问题
  english: Bench findings
  of: school
  every: none
  key: [bench_number]
  serial: {column: bench_number, form: "问题〔{{year}}〕{{number}}号"}
  heading: bench_title
  source: {doc: 口径, clause: 一}
  columns:
    bench_number: {name: 编号, english: Number, type: text}
    bench_title: {name: 问题, english: Problem, type: text, required: true}
    bench_kind: {name: 类别, english: Kind, type: choice, choices: {safety: {name: 安全, english: Safety}, teaching: {name: 教学, english: Teaching}, money: {name: 经费, english: Money}, staff: {name: 师资, english: Staff}, house: {name: 校舍, english: Buildings}}}
    bench_grade: {name: 等级, english: Grade, type: choice, choices: {small: {name: 轻微, english: Small}, general: {name: 一般, english: General}, serious: {name: 严重, english: Serious}}}
    bench_found: {name: 发现日期, english: Found on, type: date}
bench_task:
  name: 测速任务
  english: Bench tasks
  of: school
  every: none
  key: [bench_task_number]
  serial: {column: bench_task_number, form: "任务{{year}}-{{number}}"}
  heading: bench_task_title
  source: {doc: 口径, clause: 一}
  columns:
    bench_task_number: {name: 编号, english: Number, type: text}
    bench_task_title: {name: 事项, english: Task, type: text, required: true}
`

const lifecyclesYAML = `bench_finding:
  create: [above inspector]
  states:
    found: {name: 待下达, english: Found, waits: [above bureau_office], silent: 30}
    noticed: {name: 整改中, english: Noticed, waits: [own school_head], due: {within: bench_days, count: calendar}}
    reported: {name: 待验收, english: Reported, waits: [above inspector], due: {within: bench_days, count: working}}
    paused: {name: 暂缓, english: Paused, tone: neutral, pause: true, waits: [above bureau_office]}
    closed: {name: 已销号, english: Closed, final: true}
  events:
    notice: {name: 下达, english: Notice, from: [found], to: noticed, by: [above bureau_office]}
    report: {name: 上报, english: Report, from: [noticed], to: reported, by: [own school_head]}
    pause: {name: 暂缓, english: Pause, from: [noticed], to: paused, by: [above bureau_office], note: true}
    resume: {name: 恢复, english: Resume, from: [paused], to: back, by: [above bureau_office]}
    accept: {name: 销号, english: Accept, from: [reported], to: closed, by: [above inspector], bulk: true}
bench_task:
  create: [above bureau_office]
  states:
    given:
      name: 办理中
      english: At work
      waits: [own school_head]
      due: {within: bench_days, count: calendar}
      remind: [{days: 3, to: [own school_head]}]
      late: [{days: 1, to: [own school_head, above inspector]}]
    done: {name: 已办结, english: Done, final: true}
  events:
    finish: {name: 办结, english: Finish, from: [given], to: done, by: [own school_head]}
`

func writePack(dir string) error {
	root := filepath.Join(dir, "packs", "bench")
	for name, text := range map[string]string{"pack.yaml": packYAML, "registers/bench.yaml": registersYAML, "lifecycles/bench.yaml": lifecyclesYAML} {
		at := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// invent makes the rows, the same ones every time.
func invent(rows int) []finding {
	chance := random.New(random.NewPCG(20260915, 4))
	all := make([]finding, rows)
	for i := range all {
		f := finding{school: chance.IntN(schools), state: chance.IntN(len(states)), grade: chance.IntN(len(grades)), kind: chance.IntN(len(kinds)), changed: chance.IntN(60)}
		if states[f.state] == "noticed" || states[f.state] == "reported" {
			f.due = 1 + chance.IntN(30)
		}
		all[i] = f
	}
	return all
}

// open fills the store and makes the desk.
func open(ctx context.Context, s *store.Store, dir string, rows int) (*bench, error) {
	set, faults := pack.Load(jiaoheng.Packs, os.DirFS(dir))
	if faults != nil {
		return nil, faults
	}
	if err := s.RegistersOpen(ctx, set.Everything().Registers()...); err != nil {
		return nil, err
	}
	units := []unit.Unit{{Code: countyCode, Name: "测速县", Kind: unit.County}}
	for k := range schools {
		units = append(units, unit.Unit{Code: schoolCode(k), Name: fmt.Sprintf("测速学校%d", k), Kind: unit.School, Parent: countyCode, Stages: []unit.Stage{unit.Primary},
			Ownership: unit.Public, Setting: unit.Rural, Opened: period.Date{Year: 1985, Month: 9, Day: 1}})
	}
	if _, err := s.UnitsImport(ctx, action.TheProgram(), units, false); err != nil {
		return nil, err
	}
	b := &bench{store: s, set: set, desk: web.Records(set, s), rows: invent(rows)}
	b.expect()
	b.register, _ = set.Everything().Register("bench_finding")
	if err := b.people(ctx); err != nil {
		return nil, err
	}
	return b, b.fill(ctx)
}

// bench is the store with its data.
type bench struct {
	store    *store.Store
	set      *pack.Set
	desk     *record.Desk
	register *pack.Register
	rows     []finding
	address  string
	signedIn []*http.Client
	expected expected
}

// people stores an inspector of the county with an account, and a head for each school.
func (b *bench) people(ctx context.Context) error {
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		return err
	}
	someone, err := b.post(ctx, "测速督学", countyCode, access.Inspector)
	if err != nil {
		return err
	}
	if _, err = person.CreateAccountWithPassword(ctx, b.store, hasher, action.TheProgram(), access.Unit{Code: countyCode}, someone, login, password); err != nil {
		return err
	}
	for k := range schools {
		if _, err := b.post(ctx, fmt.Sprintf("测速校长%d", k), schoolCode(k), access.SchoolHead); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) post(ctx context.Context, name, unitCode string, role access.Role) (string, error) {
	where := access.Unit{Code: unitCode}
	someone, err := person.Create(ctx, b.store, action.TheProgram(), where, person.Person{Name: name})
	if err != nil {
		return "", err
	}
	_, err = person.CreatePost(ctx, b.store, action.TheProgram(), where, person.Post{Person: someone.ID, Unit: unitCode, Role: role, From: "2020-01-01"})
	return someone.ID, err
}

// dayOf is the day of a deadline.
func dayOf(due int) string {
	return period.Date{Year: 2026, Month: 9, Day: 1}.AddDays(due - 1).String()
}

// title is what a row is about.
func title(i int) string { return fmt.Sprintf("第%d项问题", i) }

// fill stores the rows through the write path of imports, and the tasks of the clock.
func (b *bench) fill(ctx context.Context) error {
	for from := 0; from < len(b.rows); from += storedRows {
		to := min(from+storedRows, len(b.rows))
		rows := make([]register.Row, to-from)
		for i := range rows {
			f := b.rows[from+i]
			rows[i] = b.row(b.register, schoolCode(f.school), f.changed, map[string]string{"bench_number": fmt.Sprintf("问题〔2026〕%d号", from+i), "bench_title": title(from + i),
				"bench_kind": kinds[f.kind], "bench_grade": grades[f.grade], "bench_found": "2026-08-01", pack.ColumnState: states[f.state], pack.ColumnSince: sinceOf(f.changed),
				pack.ColumnDue: map[bool]string{true: dayOf(f.due)}[f.due > 0]})
		}
		if err := b.put(ctx, b.register, rows); err != nil {
			return err
		}
	}
	tasks, _ := b.set.Everything().Register("bench_task")
	rows := make([]register.Row, deadlines)
	for i := range rows { // the reminder of each is due: three days before the 17th
		rows[i] = b.row(tasks, schoolCode(i%schools), 0, map[string]string{"bench_task_number": fmt.Sprintf("任务2026-%d", i), "bench_task_title": title(i),
			pack.ColumnState: "given", pack.ColumnSince: "2026-09-02", pack.ColumnDue: "2026-09-17"})
	}
	return b.put(ctx, tasks, rows)
}

func sinceOf(changed int) string { return period.DateOf(now.AddDate(0, 0, -changed)).String() }

func (b *bench) row(r *pack.Register, unitCode string, changed int, cells map[string]string) register.Row {
	row := register.Row{Unit: unitCode, Cells: make([]register.Cell, len(r.Columns)), Origin: register.Origin{Kind: "file", File: "测速.xlsx", Person: "bench", At: now.AddDate(0, 0, -changed)}}
	for n, c := range r.Columns {
		if text := cells[c.Name]; text != "" {
			row.Cells[n] = register.Cell{Known: true, Text: text}
		}
	}
	return row
}

func (b *bench) put(ctx context.Context, r *pack.Register, rows []register.Row) error {
	return action.Do(ctx, b.store, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Record},
		Do: func(ctx context.Context, _ action.Tx) error {
			_, err := b.store.RegisterUpsert(ctx, r, register.Batch{Rows: rows})
			return err
		}})
}
