package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/person"
	"jiaoheng/store"
)

// filledAddress and filledHook are personal or secret; no file of the data folder may hold one of them.
const (
	filledAddress = "ouyang.ceshi@example.cn"
	filledHook    = "https://qyapi.example.cn/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0"
)

// fillNotices makes a mail server, a robot, a choice, and an urgent notice that goes out by both; one try is recorded.
func fillNotices(t *testing.T, s *store.Store, person string) {
	t.Helper()
	do(t, s, func(ctx context.Context, tx action.Tx) error {
		mail := notice.Channel{ID: tx.NewID(), Name: "邮件服务器", Kind: notice.KindMail, On: true, Host: "mail.example.cn", Port: 465, Security: notice.TLS,
			Login: "robot", Password: "very-secret-word", From: "robot@example.cn", FromName: "教育局", Changed: tx.Now()}
		robot := notice.Channel{ID: tx.NewID(), Name: "督导群", Kind: notice.KindWecom, On: true, Urgent: true, Unit: "110000", Address: filledHook,
			Changed: tx.Now()}
		return errors.Join(s.ChannelPut(ctx, mail), s.ChannelPut(ctx, robot), s.SettingPut(ctx, notice.Setting{Hour: 9, Workdays: true}),
			s.ChoicePut(ctx, notice.Choice{Person: person, Mail: true, Urgent: true, Address: filledAddress}))
	})
	tell(t, s, notice.Draft{Persons: []string{person, person, ""}, Kind: "notice.told.digest", Urgent: true, Key: "digest:2026-09-01",
		Args: message.Args{"today": 1, "late": 2, "soon": 3, "others": filledName}, Register: "finding", Row: "r1"})
	due, err := s.DeliveriesDue(context.Background(), start, 10)
	if err != nil || len(due) == 0 {
		t.Fatalf("%d deliveries wait: %v", len(due), err)
	}
	do(t, s, func(ctx context.Context, tx action.Tx) error {
		return s.TryInsert(ctx, notice.Try{ID: tx.NewID(), Delivery: due[0].ID, Channel: due[0].Channel, Number: 1, Started: tx.Now(),
			Ended: tx.Now().Add(time.Second), State: notice.Waiting, Answer: "550 " + filledAddress})
	})
}

func tell(t *testing.T, s *store.Store, d notice.Draft) {
	t.Helper()
	do(t, s, func(ctx context.Context, tx action.Tx) error { return notice.Teller{Store: s}.Tell(ctx, tx, d) })
}

func TestToldOnceReadOnceAndSentByWhatWasChosen(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		p, _ := fillPersons(t, s)
		fillNotices(t, s, p.ID)
		tell(t, s, notice.Draft{Persons: []string{p.ID}, Kind: "notice.told.digest", Key: "digest:2026-09-01", Urgent: true})
		all, err := s.Notices(ctx, p.ID, true, "", 10)
		if err != nil || len(all) != 1 {
			t.Fatalf("%d unread notices: %v", len(all), err)
		}
		if got, want := all[0].Text(message.Chinese), "今日待办：到期 1 件，逾期 2 件，将到期 3 件，等待他人 "+filledName+" 件"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got := all[0].Address(); got != "/record/finding/row/r1" {
			t.Errorf("it leads to %s", got)
		}
		due, err := s.DeliveriesDue(ctx, start, 10)
		if err != nil || len(due) != 2 {
			t.Fatalf("%d deliveries: %v", len(due), err)
		}
		if due[0].Person+due[1].Person != p.ID || due[0].Body == "" {
			t.Errorf("deliveries %+v", due)
		}
		for _, other := range []struct {
			person string
			want   int
		}{{"another", 0}, {p.ID, 1}, {p.ID, 0}} {
			do(t, s, func(ctx context.Context, tx action.Tx) error {
				n, err := s.NoticesRead(ctx, other.person, tx.Now(), all[0].ID)
				if n != other.want {
					t.Errorf("%s read %d, want %d", other.person, n, other.want)
				}
				return err
			})
		}
		if n, err := s.NoticesUnread(ctx, p.ID); n != 0 || err != nil {
			t.Errorf("%d unread, %v", n, err)
		}
		mustVerify(t, s)
	})
}

// Who chose no mail is told in the application all the same; a robot of another unit stays silent.
func TestNoMailWithoutAChoiceAndNoRobotOfOthers(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		p, _ := fillPersons(t, s)
		fillNotices(t, s, "somebody")
		before, _, err := s.Deliveries(ctx, notice.DeliveryFilter{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		other, err := person.Create(ctx, s, action.TheProgram(), access.Unit{Code: "110000"}, person.Person{Name: "李静"})
		if err != nil {
			t.Fatal(err)
		}
		tell(t, s, notice.Draft{Persons: []string{other.ID}, Kind: "notice.told.digest", Urgent: true})
		after, count, err := s.Deliveries(ctx, notice.DeliveryFilter{Limit: 50})
		if err != nil || len(after) != len(before) || count != len(before) {
			t.Errorf("%d deliveries, then %d: %v", len(before), len(after), err)
		}
		if n, _ := s.NoticesUnread(ctx, other.ID); n != 1 {
			t.Errorf("%d unread notices of who has no mail", n)
		}
		tell(t, s, notice.Draft{Persons: []string{p.ID}, Kind: "notice.told.digest", Urgent: true})
		if robots, _, _ := s.Deliveries(ctx, notice.DeliveryFilter{Limit: 50}); len(robots) != len(before)+1 {
			t.Errorf("the robot of the unit got %d messages", len(robots)-len(before))
		}
	})
}

// What is set twice at once is set by the first; the second is told that it is stale.
func TestSettingsThatOthersChanged(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		put := func(set notice.Setting) error {
			return action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "store.action.start", Thing: access.Thing{Class: access.System},
				Do: func(ctx context.Context, _ action.Tx) error { return s.SettingPut(ctx, set) }})
		}
		if err := put(notice.Setting{Hour: 7}); err != nil {
			t.Fatal(err)
		}
		for _, set := range []notice.Setting{{Hour: 8}, {Hour: 8, Version: 9}} {
			if found := fault.Of(put(set)); len(found) != 1 || found[0].Code != "action.stale" {
				t.Errorf("version %d: got %v", set.Version, found)
			}
		}
		if got, err := s.Setting(context.Background()); err != nil || got.Hour != 7 {
			t.Errorf("hour %d, %v", got.Hour, err)
		}
	})
}
