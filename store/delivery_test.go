package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/notice"
	"jiaoheng/store"
)

// outside is the other side: it notes what arrives and answers as told.
type outside struct {
	lock    sync.Mutex
	letters []notice.Letter
	answer  func(l notice.Letter) notice.Answer
}

func (o *outside) Send(_ context.Context, _ notice.Channel, l notice.Letter) notice.Answer {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.letters = append(o.letters, l)
	return o.answer(l)
}

func says(outcome notice.Outcome) func(notice.Letter) notice.Answer {
	return func(notice.Letter) notice.Answer { return notice.Answer{Outcome: outcome, Text: "said"} }
}

// sendingOffice is a store with a mail server, a robot, and a clock that the test moves.
type sendingOffice struct {
	*store.Store
	now  time.Time
	out  *outside
	mail notice.Channel
}

func newSendingOffice(t *testing.T, db database, answer func(notice.Letter) notice.Answer) *sendingOffice {
	t.Helper()
	s, _, _ := db.open(t)
	p, _ := fillPersons(t, s)
	fillNotices(t, s, p.ID)
	o := &sendingOffice{Store: s, now: start, out: &outside{answer: answer}}
	channels, err := s.Channels(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	o.mail, _ = notice.Mail(channels)
	return o
}

func (o *sendingOffice) dispatcher() notice.Dispatcher {
	return notice.Dispatcher{Store: o, Senders: map[notice.Kind]notice.Sender{notice.KindMail: o.out, notice.KindWecom: o.out},
		Clock: func() time.Time { return o.now }, Log: slog.New(slog.DiscardHandler)}
}

func (o *sendingOffice) pass(t *testing.T) notice.Report {
	t.Helper()
	report, err := o.dispatcher().Pass(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (o *sendingOffice) delivery(t *testing.T, channel string) notice.Delivery {
	t.Helper()
	all, _, err := o.Deliveries(context.Background(), notice.DeliveryFilter{Limit: 1000})
	all = slices.DeleteFunc(all, func(d notice.Delivery) bool { return channel != "" && d.Channel != channel })
	if err != nil || len(all) == 0 {
		t.Fatalf("%d deliveries: %v", len(all), err)
	}
	return all[0]
}

func TestWhatIsAcceptedIsSentOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		o := newSendingOffice(t, db, says(notice.Accepted))
		if got := o.pass(t); got != (notice.Report{Sent: 2}) {
			t.Errorf("first pass: %+v", got)
		}
		o.now = o.now.Add(24 * time.Hour)
		if got := o.pass(t); got != (notice.Report{}) || len(o.out.letters) != 2 {
			t.Errorf("second pass: %+v, %d letters", got, len(o.out.letters))
		}
		one := o.delivery(t, o.mail.ID)
		if one.State != notice.Sent || one.Tries != 1 || one.MessageID != "<"+one.ID+"@example.cn>" || one.Answer != "said" {
			t.Errorf("got %+v", one)
		}
		to := []string{o.out.letters[0].To, o.out.letters[1].To}
		slices.Sort(to)
		if !slices.Equal(to, []string{"", filledAddress}) {
			t.Errorf("went to %v", to)
		}
		mustVerify(t, o.Store)
	})
}

// A refusal is tried again after growing pauses, as often as stated, and each try is recorded.
func TestARefusalIsTriedAgainWithGrowingPauses(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		o := newSendingOffice(t, db, says(notice.Refused))
		ids := map[string]bool{}
		for number, pause := range append([]time.Duration{0}, notice.Pauses...) {
			if pause > 0 {
				o.now = o.now.Add(pause - time.Second)
				if got := o.pass(t); got != (notice.Report{}) {
					t.Errorf("try %d came early: %+v", number+1, got)
				}
				o.now = o.now.Add(time.Second)
			}
			o.pass(t)
			ids[o.delivery(t, o.mail.ID).MessageID] = true
		}
		one := o.delivery(t, o.mail.ID)
		tries, err := o.Tries(context.Background(), one.ID)
		last := slices.IndexFunc(tries, func(try notice.Try) bool { return try.Number == notice.Tries && try.State == notice.Failed })
		if err != nil || one.State != notice.Failed || one.Tries != notice.Tries || last < 0 || len(ids) != 1 {
			t.Errorf("got %+v, %d tries, %d ids, %v", one, len(tries), len(ids), err)
		}
		o.now = o.now.Add(48 * time.Hour)
		if got := o.pass(t); got != (notice.Report{}) {
			t.Errorf("it went on: %+v", got)
		}
	})
}

// What may have arrived is never sent again by itself; a person may send it again, under the same Message-ID.
func TestTheUnknownWaitsForAPerson(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		for name, answer := range map[string]func(notice.Letter) notice.Answer{
			"no answer": says(notice.Uncertain), "the sender breaks": func(notice.Letter) notice.Answer { panic("broken") },
		} {
			o := newSendingOffice(t, db, answer)
			if got := o.pass(t); got.Unknown != 2 {
				t.Errorf("%s: %+v", name, got)
			}
			o.now = o.now.Add(24 * time.Hour)
			if got := o.pass(t); got != (notice.Report{}) || len(o.out.letters) != 2 {
				t.Errorf("%s: it was sent again by itself: %+v", name, got)
			}
			before := o.delivery(t, o.mail.ID)
			o.out.answer = says(notice.Accepted)
			if err := notice.Resend(context.Background(), o, action.TheProgram(), before.ID); err != nil {
				t.Fatal(err)
			}
			after, err := o.dispatcher().Now(context.Background(), before.ID)
			if err != nil || after.State != notice.Sent || after.MessageID != before.MessageID {
				t.Errorf("%s: %+v, %v", name, after, err)
			}
			if found := fault.Of(notice.Resend(context.Background(), o, action.TheProgram(), before.ID)); len(found) != 1 || found[0].Code != "notice.resend_state" {
				t.Errorf("%s: sent twice: %v", name, found)
			}
			if db.name != "SQLite" {
				break
			}
		}
	})
}

// A program that ends while it sends leaves a delivery that the next one does not send.
func TestAProgramThatEndedWhileSending(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		o := newSendingOffice(t, db, says(notice.Accepted))
		one := o.delivery(t, o.mail.ID)
		one.State, one.Tries, one.Started = notice.Sending, 1, o.now
		do(t, o.Store, func(ctx context.Context, _ action.Tx) error { return o.DeliveryChange(ctx, one) })
		o.pass(t)
		if got := o.delivery(t, o.mail.ID); got.State != notice.Sending {
			t.Errorf("given up while it may still be sent: %s", got.State)
		}
		o.now = o.now.Add(2*notice.SendLimit + time.Second)
		if got := o.pass(t); got.Unknown != 1 || o.delivery(t, o.mail.ID).State != notice.Unknown {
			t.Errorf("got %+v", got)
		}
		for _, l := range o.out.letters {
			if l.To != "" {
				t.Error("the mail was sent a second time")
			}
		}
	})
}

func TestWhoWantsNoMailAnyMoreGetsNone(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		o := newSendingOffice(t, db, says(notice.Accepted))
		one := o.delivery(t, o.mail.ID)
		actor := action.Actor{}
		actor.Post.Person = one.Person
		for _, c := range []struct {
			choice notice.Choice
			code   string
		}{{notice.Choice{Mail: true, Address: "nobody", Version: 1}, "notice.mail_wrong"}, {notice.Choice{Address: filledAddress, Version: 1}, ""}} {
			found := fault.Of(notice.SaveChoice(context.Background(), o, actor, c.choice))
			if code := codeOf(found); code != c.code {
				t.Errorf("got %s, want %s", code, c.code)
			}
		}
		if got := o.pass(t); got.Dropped != 1 || got.Sent != 1 {
			t.Errorf("got %+v", got)
		}
		if n, err := o.NoticesUnread(context.Background(), one.Person); n != 1 || err != nil {
			t.Errorf("the list in the application lost %d of 1, %v", 1-n, err)
		}
	})
}

func codeOf(found fault.List) string {
	if len(found) == 0 {
		return ""
	}
	return found[0].Code
}

// Two programs that send at once share the work: every letter goes once.
func TestTwoDispatchersSendEachLetterOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		o := newSendingOffice(t, db, says(notice.Accepted))
		do(t, o.Store, func(ctx context.Context, tx action.Tx) error {
			for i := range 30 {
				err := o.DeliveriesInsert(ctx, notice.Delivery{ID: tx.NewID(), Channel: o.mail.ID, Kind: notice.KindTest, To: "a@example.cn", Key: fmt.Sprint("k", i),
					State: notice.Waiting, Subject: fmt.Sprint(i), Made: tx.Now(), Next: tx.Now(), Version: 1})
				if err != nil {
					return err
				}
			}
			return nil
		})
		var running sync.WaitGroup
		for range 2 {
			running.Go(func() {
				if _, err := o.dispatcher().Pass(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		o.pass(t)
		seen := map[string]int{}
		for _, l := range o.out.letters {
			seen[l.Delivery]++
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("%s was sent %d times", id, n)
			}
		}
		if len(seen) != 32 {
			t.Errorf("%d letters, want 32", len(seen))
		}
	})
}

// A robot posts at most twenty messages a minute; the rest follows. A server out of reach holds up nobody but its own.
func TestRobotsKeepTheirMinuteAndUnreachableServersTheirQueue(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		o := newSendingOffice(t, db, func(l notice.Letter) notice.Answer {
			if l.To != "" {
				return notice.Answer{Outcome: notice.Unreachable, Text: "nobody"}
			}
			return notice.Answer{Outcome: notice.Accepted}
		})
		robot := o.delivery(t, "")
		channels, _ := o.Channels(context.Background())
		at := slices.IndexFunc(channels, func(c notice.Channel) bool { return c.Kind == notice.KindWecom })
		robot.Channel = channels[at].ID
		do(t, o.Store, func(ctx context.Context, tx action.Tx) error {
			for i := range 49 {
				d := notice.Delivery{ID: tx.NewID(), Channel: robot.Channel, Kind: notice.KindTest, Key: fmt.Sprint("k", i), State: notice.Waiting, Made: tx.Now(),
					Next: tx.Now(), Version: 1}
				if i%2 == 1 {
					d.Channel, d.To = o.mail.ID, "a@example.cn"
				}
				if err := o.DeliveriesInsert(ctx, d); err != nil {
					return err
				}
			}
			return nil
		})
		first := o.pass(t)
		if first.Sent > 20 || first.Sent < 19 || first.Refused+first.Failed != 1 {
			t.Errorf("first minute: %+v", first)
		}
		o.now = o.now.Add(61 * time.Second)
		if second := o.pass(t); first.Sent+second.Sent != 26 {
			t.Errorf("second minute: %+v after %+v", second, first)
		}
	})
}

// The content of what goes out, whom it reaches and what was answered are sealed.
func TestDeliveriesAreSealed(t *testing.T) {
	s, _, raw := onSQLite().open(t)
	p, _ := fillPersons(t, s)
	fillNotices(t, s, p.ID)
	for _, table := range []string{"notice", "notice_choice", "notice_channel", "delivery", "delivery_try"} {
		rows, err := raw.Query("select * from " + table)
		if err != nil {
			t.Fatal(err)
		}
		if text := allText(t, rows); strings.Contains(text, filledName) || strings.Contains(text, "example.cn/") || strings.Contains(text, filledAddress) || text == "" {
			t.Errorf("%s: %s", table, text)
		}
	}
}

func allText(t *testing.T, rows *sql.Rows) string {
	t.Helper()
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		if err := rows.Scan(values...); err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			fmt.Fprintln(&all, *v.(*any))
		}
	}
	return all.String()
}
