package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/todo"
	"jiaoheng/unit"
)

// living is a register of findings: the school puts right, an inspector above checks, and it closes.
func living() *pack.Register {
	states := []*lifecycle.State{
		{Name: "open", Title: message.Pair{Chinese: "整改中", English: "Open"}, Silent: 30, Due: &lifecycle.Due{Count: lifecycle.Working},
			Waits: []lifecycle.Who{{Relation: lifecycle.Own, Role: access.SchoolHead}}},
		{Name: "check", Title: message.Pair{Chinese: "待复核", English: "To check"}, Due: &lifecycle.Due{Count: lifecycle.Calendar},
			Waits: []lifecycle.Who{{Relation: lifecycle.Above, Role: access.BureauOffice, Subject: "督导"}}},
		{Name: "paused", Title: message.Pair{Chinese: "暂缓", English: "Paused"}, Pause: true, Waits: []lifecycle.Who{{Relation: lifecycle.Above, Role: access.BureauOffice, Subject: "督导"}}},
		{Name: "closed", Title: message.Pair{Chinese: "已销号", English: "Closed"}, Final: true},
	}
	r := &pack.Register{Name: "trouble", Title: pack.Text{Chinese: "问题台账", English: "Troubles"}, Of: []unit.Kind{unit.School}, Heading: "title", Key: []string{"title"}, Subject: "督导",
		Life: &lifecycle.Machine{Register: "trouble", States: states, Events: []*lifecycle.Event{
			{Name: "report", Title: message.Pair{Chinese: "上报整改", English: "Report"}, From: []string{"open"}, To: "check", By: []lifecycle.Who{{Relation: lifecycle.Own, Role: access.SchoolHead}}},
			{Name: "close", Title: message.Pair{Chinese: "销号", English: "Close"}, From: []string{"check"}, To: "closed", By: []lifecycle.Who{{Relation: lifecycle.Above}}}}},
		Columns: []*pack.Column{{Name: "title", Title: pack.Text{Chinese: "标题"}, Type: pack.Line}}}
	for _, name := range pack.KeptColumns {
		c := &pack.Column{Name: name, Type: pack.Line, Kept: true}
		switch name {
		case pack.ColumnState:
			c.Type = pack.Choice
			for _, s := range states {
				c.Choices = append(c.Choices, pack.Option{Name: s.Name, Title: s.Title})
			}
		case pack.ColumnDue, pack.ColumnSince:
			c.Type = pack.Date
		}
		r.Columns = append(r.Columns, c)
	}
	return r
}

// shelf is the one register of the test; everybody may see its rows.
type shelf struct {
	r     *pack.Register
	store *store.Store
}

func (s shelf) Registers() []*pack.Register                           { return []*pack.Register{s.r} }
func (s shelf) MaySee(access.Post, *pack.Register, register.Row) bool { return true }
func (s shelf) First(ctx context.Context, r *pack.Register, query register.Query) ([]register.Row, error) {
	return s.store.RegisterRows(ctx, r, query)
}

// trouble is a row of the register.
type trouble struct{ unit, title, state, due, lead, owner, maker string }

// working is a store with troubles, a head of a school and an office of the bureau with posts.
type working struct {
	*store.Store
	desk         *todo.Desk
	tree         *unit.Tree
	head, office person.Post
}

func newWorking(t *testing.T, db database, rows ...trouble) *working {
	t.Helper()
	ctx := context.Background()
	s, _, _ := db.open(t)
	if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
		t.Fatal(err)
	}
	r := living()
	if err := s.RegistersOpen(ctx, r); err != nil {
		t.Fatal(err)
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w := &working{Store: s, tree: tree}
	school := w.school()
	for _, one := range []struct {
		post *person.Post
		code string
		role access.Role
		of   string
	}{{&w.head, school, access.SchoolHead, ""}, {&w.office, tree.At(0).Code, access.BureauOffice, "督导"}} {
		p, err := person.Create(ctx, s, action.TheProgram(), person.At(tree, one.code), person.Person{Name: "王芳"})
		if err != nil {
			t.Fatal(err)
		}
		if *one.post, err = person.CreatePost(ctx, s, action.TheProgram(), person.At(tree, one.code), person.Post{Person: p.ID, Role: one.role, Subject: one.of, From: "2020-09-01"}); err != nil {
			t.Fatal(err)
		}
	}
	w.add(t, r, rows...)
	none := func(context.Context) (period.Calendar, error) { return period.Calendar{}, nil }
	w.desk = todo.New(shelf{r, s}, s, none)
	return w
}

// school is the first school of the county.
func (w *working) school() string {
	for n := range w.tree.Len() {
		if w.tree.At(n).Kind == unit.School {
			return w.tree.At(n).Code
		}
	}
	return ""
}

func (w *working) add(t *testing.T, r *pack.Register, rows ...trouble) {
	t.Helper()
	var batch register.Batch
	for _, one := range rows {
		if one.unit == "" {
			one.unit = w.school()
		}
		cell := func(text string) register.Cell { return register.Cell{Known: text != "", Text: text} }
		if one.maker == "office" {
			one.maker = w.office.Person
		}
		batch.Rows = append(batch.Rows, register.Row{Unit: one.unit, Cells: []register.Cell{cell(one.title), cell(one.state), cell("2026-08-01"), cell(one.due), cell(one.lead),
			cell(one.owner), cell(one.maker), {}, {}}, Origin: register.Origin{Kind: "form", At: start}})
	}
	do(t, w.Store, func(ctx context.Context, _ action.Tx) error {
		_, err := w.RegisterUpsert(ctx, r, batch)
		return err
	})
}

func (w *working) post(p person.Post) access.Post { return p.Rights(w.tree) }

// troubles stand on every side of today, which is Tuesday 1 September 2026.
var troubles = []trouble{
	{title: "逾期", state: "open", due: "2026-08-28", maker: "office"}, {title: "今天", state: "open", due: "2026-09-01"}, {title: "将到期", state: "open", due: "2026-09-04"},
	{title: "远", state: "open", due: "2026-10-30"}, {title: "未定", state: "open"}, {title: "待复核", state: "check", due: "2026-09-05"}, {title: "已销号", state: "closed", due: "2026-08-01"},
}

func words(items []todo.Item) string {
	var all []string
	for _, i := range items {
		all = append(all, string(i.Group)+" "+i.Heading+" "+i.DueText(message.Chinese))
	}
	return strings.Join(all, "|")
}

func TestAListHoldsWhatWaitsAndWhatWaitsForOthers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		w := newWorking(t, db, troubles...)
		for _, c := range []struct {
			name string
			post person.Post
			want string
		}{
			{"the head", w.head, "late 逾期 已逾期 2 个工作日|today 今天 今天到期|soon 将到期 还有 3 个工作日|open 远 还有 43 个工作日|open 未定 "},
			{"the office", w.office, "open 待复核 还有 4 天|others 逾期 已逾期 2 个工作日"},
		} {
			list, err := w.desk.Of(context.Background(), w.tree, w.post(c.post))
			if got := words(list.Items); err != nil || got != c.want {
				t.Errorf("%s: got %s, want %s, %v", c.name, got, c.want, err)
			}
			if c.name == "the head" && (list.Items[0].Next == nil || list.Items[0].Next.Name != "report") {
				t.Error("the next step of the head is not to report")
			}
		}
		stranger := w.post(w.head)
		stranger.Unit = access.Unit{Code: "nowhere"}
		stranger.Person = "stranger"
		if list, err := w.desk.Of(context.Background(), w.tree, stranger); err != nil || len(list.Items) > 0 {
			t.Errorf("a stranger sees %s, %v", words(list.Items), err)
		}
	})
}

// The deadline that a paused row keeps says nothing while the clock stands still.
func TestAPausedRowIsNotLate(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		w := newWorking(t, db, trouble{title: "暂缓", state: "paused", due: "2026-08-20"}, trouble{title: "整改中", state: "open", due: "2026-08-20", maker: "office"})
		list, err := w.desk.Of(context.Background(), w.tree, w.post(w.office))
		if got := words(list.Items); err != nil || got != "open 暂缓 |others 整改中 已逾期 8 个工作日" {
			t.Errorf("got %s, %v", got, err)
		}
		all, err := w.desk.Over(context.Background(), w.tree, w.post(w.office))
		if err != nil || all.Open != 2 || all.Late != 1 {
			t.Errorf("overview: %+v, %v", all, err)
		}
	})
}

// The number in the top bar follows every change, and is kept in between.
func TestTheCountFollowsTheRows(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		w := newWorking(t, db, troubles...)
		count := func() todo.Number {
			t.Helper()
			n, err := w.desk.Count(context.Background(), w.tree, w.post(w.head))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if got := count(); got != (todo.Number{Waiting: 5}) {
			t.Errorf("first: %+v", got)
		}
		do(t, w.Store, func(ctx context.Context, tx action.Tx) error { _, err := tx.Next(ctx, "x"); return err })
		if got := count(); got.Waiting != 5 {
			t.Errorf("after something else: %+v", got)
		}
		w.add(t, living(), trouble{title: "新", state: "open"})
		tell(t, w.Store, notice.Draft{Persons: []string{w.head.Person}, Kind: notice.DigestKind})
		if got := count(); got != (todo.Number{Waiting: 6, Unread: 1}) {
			t.Errorf("after a new row and a notice: %+v", got)
		}
	})
}

func TestTheOverviewShowsWhatIsLateAndWhatStandsStill(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		rows := slices.Clone(troubles)
		w := newWorking(t, db)
		for k := range rows {
			rows[k].lead = w.tree.At(0).Code
		}
		w.add(t, living(), append(rows, trouble{title: "无牵头", state: "open"})...)
		over, err := w.desk.Over(context.Background(), w.tree, w.post(w.office))
		if err != nil || over.Open != 7 || over.Late != 1 || len(over.Offices) != 2 || len(over.Units) != 1 {
			t.Fatalf("got %+v, %v", over, err)
		}
		if first := over.Offices[0]; first.Key != w.tree.At(0).Code || first.Late != 1 || first.Open != 6 || first.Idle != 0 {
			t.Errorf("the first office: %+v", first)
		}
	})
}

// A digest names the most pressing rows and counts the rest of those that press; work without haste is not among them.
func TestALongDigestIsCut(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		ctx := context.Background()
		var rows []trouble
		for n := range 25 {
			rows = append(rows, trouble{title: fmt.Sprintf("逾期%02d", n), state: "open", due: "2026-08-28"})
		}
		w := newWorking(t, db, append(rows, trouble{title: "远", state: "open", due: "2026-10-30"}, trouble{title: "未定", state: "open"})...)
		do(t, w.Store, func(ctx context.Context, tx action.Tx) error {
			if err := w.ChannelPut(ctx, notice.Channel{ID: "m", Name: "m", Kind: notice.KindMail, On: true, From: "a@example.cn"}); err != nil {
				return err
			}
			return w.ChoicePut(ctx, notice.Choice{Person: w.head.Person, Mail: true, Digest: true, Address: filledAddress})
		})
		if got, err := w.desk.Digest(ctx, start); err != nil || got.Persons != 1 {
			t.Fatalf("%+v, %v", got, err)
		}
		sent, _, err := w.Deliveries(ctx, notice.DeliveryFilter{Limit: 10})
		if err != nil || len(sent) != 1 {
			t.Fatalf("%d deliveries, %v", len(sent), err)
		}
		if body := sent[0].Body; strings.Count(body, "【逾期】") != 20 || !strings.Contains(body, "另有 5 件") || strings.Contains(body, "未定") {
			t.Errorf("the digest says %s", body)
		}
	})
}

// One digest a day for a person, however often it is asked for: in the application, by mail as chosen, counts to the group.
func TestTheDigestIsToldOnceADay(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		ctx := context.Background()
		w := newWorking(t, db, troubles...)
		root := w.tree.At(0).Code
		do(t, w.Store, func(ctx context.Context, tx action.Tx) error {
			for _, c := range []notice.Channel{{ID: "m", Name: "m", Kind: notice.KindMail, On: true, From: "a@example.cn"},
				{ID: "g", Name: "g", Kind: notice.KindWecom, On: true, Digest: true, Unit: w.school(), Address: filledHook}, {ID: "h", Name: "h", Kind: notice.KindWecom, On: true, Digest: true, Unit: root}} {
				if err := w.ChannelPut(ctx, c); err != nil {
					return err
				}
			}
			return w.ChoicePut(ctx, notice.Choice{Person: w.head.Person, Mail: true, Digest: true, Address: filledAddress})
		})
		early := time.Date(2026, 8, 31, 23, 59, 0, 0, time.UTC) // 07:59 in China
		if got, err := w.desk.Digest(ctx, early); err != nil || got != (todo.DigestReport{}) {
			t.Errorf("too early: %+v, %v", got, err)
		}
		if got, err := w.desk.Digest(ctx, time.Date(2026, 9, 5, 3, 0, 0, 0, time.UTC)); err != nil || got != (todo.DigestReport{}) {
			t.Errorf("on Saturday: %+v, %v", got, err)
		}
		if got, err := w.desk.Digest(ctx, start); err != nil || got != (todo.DigestReport{Day: "2026-09-01", Persons: 1, Robots: 1}) {
			t.Errorf("first: %+v, %v", got, err)
		}
		if got, err := w.desk.Digest(ctx, start.Add(time.Hour)); err != nil || got != (todo.DigestReport{Day: "2026-09-01"}) {
			t.Errorf("again: %+v, %v", got, err)
		}
		told, err := w.Notices(ctx, w.head.Person, true, "", 10)
		if err != nil || len(told) != 1 || told[0].Text(message.Chinese) != "今日待办：到期 1 件，逾期 1 件，将到期 1 件，等待他人 0 件" || told[0].Address() != "/todo" {
			t.Errorf("told %+v, %v", told, err)
		}
		sent, _, err := w.Deliveries(ctx, notice.DeliveryFilter{Limit: 10})
		if err != nil || len(sent) != 2 {
			t.Fatalf("%d deliveries, %v", len(sent), err)
		}
		for _, d := range sent {
			named := strings.Contains(d.Body, "【逾期】问题台账：逾期")
			if counted := strings.Contains(d.Body, "问题台账：逾期 1 件，今天到期 1 件，将到期 1 件"); named != (d.Person != "") || counted != (d.Person == "") {
				t.Errorf("to %q: %s", d.Person, d.Body)
			}
		}
		out := &outside{answer: says(notice.Accepted)}
		dispatcher := notice.Dispatcher{Store: w, Senders: map[notice.Kind]notice.Sender{notice.KindMail: out, notice.KindWecom: out}, Clock: func() time.Time { return start }, Log: slog.New(slog.DiscardHandler)}
		if report, err := dispatcher.Pass(ctx); err != nil || report.Sent != 2 {
			t.Errorf("got %+v, %v", report, err)
		}
		mustVerify(t, w.Store)
	})
}
