package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiaoheng/access"
	"jiaoheng/letter"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/todo"
)

func september(day int) period.Date { return period.Date{Year: 2026, Month: 9, Day: day} }

func (b *bureau) clock(day period.Date) record.ClockReport {
	b.t.Helper()
	report, err := b.desk.Clock(context.Background(), day)
	if err != nil || len(report.Failed) > 0 {
		b.t.Fatalf("clock of %s: %+v, %v", day, report, err)
	}
	return report
}

// Reminders and escalations are raised once, whatever days nobody looked; letters and opened rows of late steps too.
func TestTheClockRaisesEveryStepOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o := newBureau(t, s)
		row := o.notice(o.make("inspector", "finding", "title", "甲", "category", "安全"), "轻微", "5").Row // due 2026-09-06
		steps := []struct {
			day                              int
			reminders, late, letters, opened int
		}{
			{2, 0, 0, 0, 0}, {3, 1, 0, 0, 0}, {3, 0, 0, 0, 0}, {6, 0, 0, 0, 0}, {7, 0, 1, 0, 0}, {8, 0, 0, 0, 0}, {17, 0, 2, 1, 1}, {30, 0, 0, 0, 0},
		}
		for _, step := range steps {
			r := o.clock(september(step.day))
			if got := [4]int{r.Reminders, r.Late, r.Letters, r.Opened}; got != [4]int{step.reminders, step.late, step.letters, step.opened} {
				t.Errorf("day %d: %v", step.day, got)
			}
		}
		told := o.told("leader")
		if len(told) != 1 || !strings.Contains(told[0], "教督改〔2026〕2号") || !strings.Contains(told[0], "请督促整改。") {
			t.Errorf("leader: %v", told)
		}
		if got := o.told("head"); len(got) != 3 || !slices.ContainsFunc(got, func(text string) bool { return strings.Contains(text, "2026年9月6日") }) { // the notice, the reminder, one day late
			t.Errorf("head: %v", got)
		}
		notices, err := s.Notices(context.Background(), o.actors["head"].Post.Person, false, "", 100)
		if err != nil || !slices.ContainsFunc(notices, func(n notice.Notice) bool { return strings.Contains(n.Text("en"), "2026-09-06") }) ||
			slices.ContainsFunc(notices, func(n notice.Notice) bool { return strings.Contains(n.Text("en"), "年9月") }) {
			t.Errorf("head in English: %+v %v", notices, err)
		}
		// A deadline that moves on has steps of its own.
		o.move("office", "extend", row, record.Move{Note: "材料未到"})
		if r := o.clock(september(8)); r.Reminders != 1 || r.Late != 0 {
			t.Errorf("extended: %+v", r)
		}
		entries, err := o.desk.Timeline(context.Background(), o.register("finding"), row.ID)
		alarms := 0
		for _, e := range entries {
			if e.Kind == record.EntryAlarm {
				alarms++
			}
		}
		if err != nil || alarms != 5 {
			t.Errorf("timeline: %d alarms, %v", alarms, err)
		}
		mustVerify(t, s)
	})
}

// Two programs that run the clock at the same time raise every step once; many alike are told in one notice.
func TestTwoClocksAtOnceRaiseEveryStepOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o := newBureau(t, s)
		for i := range 12 {
			o.notice(o.make("inspector", "finding", "title", fmt.Sprint("问题", i)), "轻微", "5")
		}
		other := record.New(o.set, s, func(context.Context) (period.Calendar, error) { return period.NewCalendar(), nil }, letter.NewOffice(o.set, s), notice.Teller{Store: s})
		var wait sync.WaitGroup
		reports := make([]record.ClockReport, 4)
		errs := make([]error, 4)
		for i := range 4 {
			wait.Go(func() {
				desk := o.desk
				if i%2 == 1 {
					desk = other
				}
				reports[i], errs[i] = desk.Clock(context.Background(), september(11))
			})
		}
		wait.Wait()
		reminders, late, letters := 0, 0, 0
		for i, r := range reports {
			if errs[i] != nil || len(r.Failed) > 0 {
				t.Fatalf("clock %d: %+v, %v", i, r, errs[i])
			}
			reminders, late, letters = reminders+r.Reminders, late+r.Late, letters+r.Letters
		}
		if reminders != 12 || late != 24 || letters != 12 {
			t.Errorf("%d reminders, %d late, %d letters", reminders, late, letters)
		}
		issued, err := s.Letters(context.Background(), letter.Query{})
		numbers := map[int64]bool{}
		for _, l := range issued {
			numbers[l.Number] = true
		}
		if err != nil || len(issued) != 24 || len(numbers) != 24 {
			t.Errorf("%d letters with %d numbers, %v", len(issued), len(numbers), err)
		}
		if told := o.told("inspector"); len(told) != 1 || !strings.Contains(told[0], "12 项") {
			t.Errorf("inspector: %v", told)
		}
		mustVerify(t, s)
	})
}

// Each person finds what waits for them, the late first.
func TestWhatWaitsForWhom(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	o := newBureau(t, s)
	ctx := context.Background()
	first := o.make("inspector", "finding", "title", "甲", "category", "安全")
	o.notice(first, "轻微", "5")
	o.make("inspector", "finding", "title", "乙", "category", "安全")
	task := o.make("office", "task", "task_title", "丙", "task_due", "2026-08-31")
	o.make("head", "secret_note", "case_title", "丁", "pupil_name", "小明")
	lists := todo.New(o.desk, s, func(context.Context) (period.Calendar, error) { return period.Calendar{}, nil })
	tree, err := s.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	waiting := func(post access.Post) (names, others []string) {
		t.Helper()
		list, err := lists.Of(ctx, tree, post)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range list.Items {
			if item.Group == todo.Others {
				others = append(others, item.Heading)
				continue
			}
			names = append(names, item.Heading+map[bool]string{true: "!"}[item.Group == todo.Late])
		}
		return names, others
	}
	for who, want := range map[string]string{"head": "[丙! 甲 丁]", "office": "[乙]", "inspector": "[]", "leader": "[]", "pupils": "[]"} {
		names, _ := waiting(o.actors[who].Post)
		count := 0
		for _, r := range o.desk.Registers() {
			post := o.actors[who].Post
			listed, err := o.desk.List(ctx, r, record.Query{Waits: &post})
			if err != nil {
				t.Fatal(err)
			}
			count += listed.Count
		}
		if fmt.Sprint(names) != want || count != len(names) {
			t.Errorf("%s: %v, lists count %d", who, names, count)
		}
	}
	if counted, err := lists.Count(ctx, tree, o.actors["head"].Post); err != nil || counted.Waiting != 3 {
		t.Errorf("counted: %+v, %v", counted, err)
	}
	if _, others := waiting(o.actors["inspector"].Post); len(others) != 2 {
		t.Errorf("waiting for others: %v", others)
	}
	o.move("head", "finish", task, record.Move{Register: "task"})
	if names, _ := waiting(o.actors["head"].Post); len(names) != 2 {
		t.Errorf("after one was done: %v", names)
	}
	elsewhere := access.Post{Person: "elsewhere", Role: access.SchoolHead, Unit: access.Unit{Code: "elsewhere"}}
	if names, others := waiting(elsewhere); len(names)+len(others) != 0 {
		t.Errorf("another school: %v, %v", names, others)
	}
}

// Lists, counts and boards from memory are those of the database, whatever is asked and written in between.
func TestListsAreThoseOfTheDatabase(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		o := newBureau(t, s)
		ctx, r := context.Background(), o.register("finding")
		random := rand.New(rand.NewPCG(4, 2026))
		var rows []register.Row
		draw := func(i int) register.Row { return drawnRow(random, r, i) }
		for i := range 300 {
			rows = append(rows, draw(i))
		}
		upsert(t, s, r, register.Batch{Rows: rows})
		for round := range 60 {
			query := drawnQuery(random)
			want, err := s.RegisterRows(ctx, r, query.Query)
			if err != nil {
				t.Fatal(err)
			}
			count, err := s.RegisterCount(ctx, r, query.Query)
			if err != nil {
				t.Fatal(err)
			}
			got, err := o.desk.List(ctx, r, query)
			if err != nil || got.Count != count || !slices.EqualFunc(got.Rows, want, func(a, b register.Row) bool { return a.ID == b.ID && slices.Equal(a.Cells, b.Cells) }) {
				t.Fatalf("round %d, %+v: %d rows of %d, want %d of %d, %v", round, query, len(got.Rows), got.Count, len(want), count, err)
			}
			total := 0
			for _, state := range r.Life.States { // as the board asks
				of := query
				of.Filters = append(slices.Clone(query.Filters), register.Filter{Column: "state", Is: &register.Cell{Known: true, Text: state.Name}})
				of.Offset, of.Limit = 0, 5
				column, err := o.desk.List(ctx, r, of)
				if err != nil {
					t.Fatal(err)
				}
				total += column.Count
				for _, row := range column.Rows {
					if o.text("finding", row, "state") != state.Title.Chinese {
						t.Errorf("%s holds a row of another state", state.Name)
					}
				}
			}
			if total != count {
				t.Fatalf("board: %d of %d", total, count)
			}
			sumsFit(t, o, r)
			changed := draw(random.IntN(320))
			changed.Unit = school
			upsert(t, s, r, register.Batch{Rows: []register.Row{changed}})
		}
		clocksFit(t, o, s, r)
	})
}

// sumsFit compares the sums of units, which are corrected as rows change, with counts of all rows.
func sumsFit(t *testing.T, o *bureau, r *pack.Register) {
	t.Helper()
	ctx, post := context.Background(), o.actors["inspector"].Post
	units, err := o.desk.Summaries(ctx, r, post)
	if err != nil {
		t.Fatal(err)
	}
	var sum record.Summary
	for _, one := range units {
		sum.All, sum.Open, sum.Overdue, sum.Silent, sum.Waiting = sum.All+one.All, sum.Open+one.Open, sum.Overdue+one.Overdue, sum.Silent+one.Silent, sum.Waiting+one.Waiting
	}
	for _, one := range []struct {
		name  string
		query record.Query
		sum   int
	}{{"all", record.Query{}, sum.All}, {"open", record.Query{Open: true}, sum.Open}, {"overdue", record.Query{Overdue: true}, sum.Overdue},
		{"silent", record.Query{Silent: true}, sum.Silent}, {"waiting", record.Query{Waits: &post}, sum.Waiting}} {
		if count, err := o.desk.Count(ctx, r, one.query); err != nil || count != one.sum {
			t.Fatalf("%s: %d, the sums of units say %d, %v", one.name, count, one.sum, err)
		}
	}
}

// clocksFit compares what only the clock knows with a look at every row.
func clocksFit(t *testing.T, o *bureau, s *store.Store, r *pack.Register) {
	t.Helper()
	ctx := context.Background()
	all, _ := s.RegisterRows(ctx, r, register.Query{Limit: 1000})
	overdue, silent := 0, 0
	for _, row := range all {
		state := o.text("finding", row, "state")
		if due := o.text("finding", row, "due"); due != "" && due < "2026-09-01" && state != "已销号" && state != "暂缓" {
			overdue++
		}
		if state == "待下达" && row.Origin.At.Before(start.AddDate(0, 0, -30)) {
			silent++
		}
	}
	late, err := o.desk.Count(ctx, r, record.Query{Overdue: true})
	quiet, _ := o.desk.Count(ctx, r, record.Query{Silent: true})
	if err != nil || late != overdue || quiet != silent || overdue == 0 || silent == 0 {
		t.Errorf("overdue %d, want %d; silent %d, want %d; %v", late, overdue, quiet, silent, err)
	}
}

// drawnRow is a row of a living register with cells by chance.
func drawnRow(random *rand.Rand, r *pack.Register, i int) register.Row {
	pick := func(texts ...string) register.Cell {
		text := texts[random.IntN(len(texts))]
		return register.Cell{Known: text != "", Text: text}
	}
	row := register.Row{Unit: []string{school, school + "-primary", "990121"}[random.IntN(3)], Cells: make([]register.Cell, len(r.Columns)), Origin: register.Origin{Kind: "form", At: start.AddDate(0, 0, -random.IntN(60))}}
	for n, c := range r.Columns {
		switch {
		case c.Name == "number":
			row.Cells[n] = register.Cell{Known: true, Text: fmt.Sprint("n", i)}
		case c.Type == pack.Choice:
			texts := []string{""}
			for _, option := range c.Choices {
				texts = append(texts, option.Name)
			}
			if row.Cells[n] = pick(texts...); c.Name == pack.ColumnState {
				row.Cells[n] = pick(texts[1:]...)
			}
		case c.Type == pack.Date:
			row.Cells[n] = pick("", "2026-08-30", "2026-08-31", "2026-09-01", "2026-09-02")
		case c.Type.Numeric():
			row.Cells[n] = register.Cell{Known: random.IntN(3) > 0, Number: float64(random.IntN(4))}
			if !row.Cells[n].Known {
				row.Cells[n].Number = 0
			}
		default:
			row.Cells[n] = pick("", "甲", "乙", "甲乙")
		}
	}
	return row
}

// drawnQuery asks for rows by chance.
func drawnQuery(random *rand.Rand) record.Query {
	query := record.Query{}
	if random.IntN(2) == 0 {
		query.Under = []string{"990121", school}[random.IntN(2)]
	}
	for range random.IntN(3) {
		query.Filters = append(query.Filters, []register.Filter{
			{Column: "state", In: []string{"found", "closed"}}, {Column: "grade", Is: &register.Cell{Known: true, Text: "serious"}}, {Column: "grade", Is: &register.Cell{}},
			{Column: "due", From: "2026-08-31"}, {Column: "due", Until: "2026-08-31"}, {Column: "title", Contains: "甲"}, {Column: "strikes", Least: new(float64)},
			{Column: "lead", Is: &register.Cell{Known: true, Text: "乙"}}, {Column: "owner", Is: &register.Cell{}}, {Column: "found_on", Is: &register.Cell{Known: true, Text: "2026-09-01"}},
		}[random.IntN(10)])
	}
	query.Sort = []string{"", "unit", "due", "title", "strikes"}[random.IntN(5)]
	query.Descending = random.IntN(2) == 0 && query.Sort != "" && query.Sort != "unit"
	query.Limit, query.Offset = 20, 20*random.IntN(3)
	return query
}

// A table is taken in: new rows get number and state, of the others only what their state lets change does.
func TestATableOfLivingRowsIsTakenIn(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	o := newBureau(t, s)
	ctx, r := context.Background(), o.register("finding")
	tree, _ := s.Tree(ctx)
	read := func(table [][]string) register.Batch {
		t.Helper()
		report, err := register.Read(table, register.Request{Register: r, Today: s.Today(), Tree: tree, Origin: register.Origin{Kind: "file", File: "问题.xlsx", At: start}})
		if err != nil || len(report.Faults) > 0 {
			t.Fatalf("read: %v, %v", report.Faults, err)
		}
		return report.Batch
	}
	head := []string{"单位代码", "编号", "问题", "类别", "发现日期"}
	batch := read([][]string{head, {school, "", "甲", "安全", "2026-08-01"}, {school, "", "乙", "安全", "2026-08-02"}})
	thing := access.Thing{Class: access.Record, Unit: o.actors["inspector"].Post.Unit}
	if dry, err := o.desk.Compare(ctx, o.actors["inspector"], r, batch); err != nil || dry.Inserted != 2 {
		t.Errorf("dry: %+v, %v", dry, err)
	}
	if _, err := o.desk.Import(ctx, o.actors["head"], access.Thing{Class: access.Record, Unit: o.actors["head"].Post.Unit}, r, batch, ""); !strings.Contains(faultsOf(err), "record.import_refused") {
		t.Errorf("head imports: %v", err)
	}
	changes, err := o.desk.Import(ctx, o.actors["inspector"], thing, r, batch, "问题.xlsx")
	if err != nil || changes.Inserted != 2 || len(changes.Rows) != 2 {
		t.Fatalf("import: %+v, %v", changes, err)
	}
	second := changes.Rows[1]
	if got := o.text("finding", second, "number") + o.text("finding", second, "state") + o.text("finding", second, "repeats") + o.text("finding", second, "strikes"); got != "问题〔2026〕2号待下达10" {
		t.Errorf("second: %s", got)
	}
	row, _ := s.RegisterRow(ctx, r, changes.Rows[0].ID, false)
	o.notice(row, "轻微", "5")
	again := read([][]string{head, {school, "问题〔2026〕1号", "改名", "安全", "2026-08-01"}, {school, "问题〔2026〕2号", "乙改名", "安全", "2026-08-02"}, {school, "问题〔2026〕9号", "丙", "安全", "2026-08-02"}})
	if _, err := o.desk.Import(ctx, o.actors["inspector"], thing, r, again, ""); faultsOf(err) != "record.column_closed: record.number_foreign:" {
		t.Errorf("what may not change: %v", err)
	}
	again.Rows = again.Rows[1:2]
	changes, err = o.desk.Import(ctx, o.actors["inspector"], thing, r, again, "")
	if err != nil || changes.Updated != 1 || o.text("finding", changes.Rows[0], "title") != "乙改名" || o.text("finding", changes.Rows[0], "state") != "待下达" {
		t.Errorf("update: %+v, %v", changes, err)
	}
	mustVerify(t, s)
}
