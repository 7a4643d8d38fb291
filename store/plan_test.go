package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
	"jiaoheng/store"
)

const planText = "青溪县教育提升计划\n到2025年毛入园率达到92%。\n新建幼儿园6所。\n"

func post(person string, role access.Role) action.Actor {
	return action.Actor{Post: access.Post{ID: "post-" + person, Person: person, Role: role}}
}

var (
	office  = post("anna", access.BureauOffice)
	leader  = post("bert", access.BureauLeader)
	auditor = post("carl", access.Auditor)
)

func planDesks(s *store.Store) *plan.Desks {
	return plan.NewDesks(s, func(_ context.Context, person string) string { return "name of " + person })
}

func handed(value float64) plan.Handed {
	origin := func(part string, confidence float64) reading.Origin {
		from := strings.Index(planText, part)
		span := document.Span{From: from, To: from + len(part)}
		return reading.Origin{Confidence: confidence, Rule: "test", Span: span, CleanSpan: span, Sentence: part}
	}
	return plan.Handed{File: `C:\文件\规划.txt`, Data: append([]byte(planText), 0xff, 0x00),
		Document: document.Document{Source: document.Source{Format: "txt", Encoding: "utf-8"}, Clean: document.Identity(planText)},
		Reading: reading.Draft{Meta: reading.Meta{Title: "青溪县教育提升计划", Region: "青溪县", Period: []int{2021, 2025}},
			Targets: []reading.Quantity{{ID: "T1", Name: "毛入园率", Comparator: ">=", Value: &value, Unit: "%", Origin: origin("毛入园率达到92%", 0.95)}},
			Tasks:   []reading.Task{{ID: "K1", Title: "新建幼儿园6所", Origin: origin("新建幼儿园6所。", 0.8)}}}}
}

// adopted imports a document, accepts its target and adopts it.
func adopted(t *testing.T, desks *plan.Desks, planID string, value float64) plan.Plan {
	t.Helper()
	ctx := context.Background()
	document := handed(value)
	document.Plan = planID
	draft, err := desks.Import(ctx, office, document)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desks.Review(ctx, office, draft.ID, plan.Request{Act: plan.Accept, Items: []string{"T1"}}); err != nil {
		t.Fatal(err)
	}
	made, _, err := desks.Adopt(ctx, leader, draft.ID, plan.Adoption{Head: 1, Unreviewed: true})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func fillPlan(t *testing.T, s *store.Store) { adopted(t, planDesks(s), "", 92) }

func TestADraftSurvivesARestart(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		draft, err := planDesks(s).Import(ctx, office, handed(92))
		if err != nil {
			t.Fatal(err)
		}
		for _, request := range []plan.Request{
			{Act: plan.Correct, Items: []string{"T1"}, Fields: map[string]string{"value": "93.5"}},
			{Act: plan.Accept, Items: []string{"T1"}},
			{Act: plan.Undo, Undoes: 2},
		} {
			if _, err := planDesks(s).Review(ctx, office, draft.ID, request); err != nil {
				t.Fatal(err)
			}
		}
		once := plan.Request{Act: plan.Correct, Items: []string{"K1"}, Fields: map[string]string{"responsible": "县教育局"}, Once: "sent-again"}
		for range 2 {
			operation, err := planDesks(s).Review(ctx, office, draft.ID, once)
			if err != nil || operation.Number != 4 {
				t.Fatalf("sent again: %+v, %v", operation, err)
			}
		}
		open, err := planDesks(s).Open(ctx, draft.ID)
		if err != nil {
			t.Fatal(err)
		}
		item, _ := open.Desk.Item("T1")
		if item.Fields["value"] != "93.5" || item.State != plan.Open || item.Touched != 3 || open.Draft.Head != 4 || open.Draft.File != "规划.txt" {
			t.Errorf("got %+v of %+v", item, open.Draft)
		}
		if open.Desk.Log[0].Name != "name of anna" || open.Clean.Text != planText || open.Clean.Origin(item.Places[0].Clean) != item.Places[0].Origin {
			t.Errorf("log %+v, text %q", open.Desk.Log[0], open.Clean.Text)
		}
		original, err := planDesks(s).Original(ctx, draft.ID)
		if err != nil || !bytes.Equal(original, handed(92).Data) {
			t.Errorf("original %q, %v", original, err)
		}
		mustVerify(t, s)
	})
}

func TestVersionsAreKeptAndCompared(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, desks := context.Background(), planDesks(s)
		made := adopted(t, desks, "", 92)
		if again := adopted(t, desks, made.ID, 95); again.ID != made.ID || again.Versions != 2 {
			t.Fatalf("got %+v", again)
		}
		_, first, err := desks.Version(ctx, made.ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		_, second, err := desks.Version(ctx, made.ID, 0)
		if err != nil || second.Number != 2 || second.Name != "name of bert" {
			t.Fatalf("got %+v, %v", second, err)
		}
		if c := plan.Compare(first.Content, second.Content); c.Count(plan.Target, plan.Raised) != 1 || len(c.Changes) != 1 {
			t.Errorf("comparison %+v", c)
		}
		versions, err := desks.Versions(ctx, made.ID)
		if err != nil || len(versions) != 2 || versions[0].Hash != first.Hash {
			t.Errorf("versions %+v, %v", versions, err)
		}
		plans, err := desks.Plans(ctx)
		if err != nil || len(plans) != 1 {
			t.Errorf("plans %+v, %v", plans, err)
		}
		mustVerify(t, s)
	})
}

func TestPlanRefusals(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, desks := context.Background(), planDesks(s)
		made := adopted(t, desks, "", 92)
		drafts, err := desks.Drafts(ctx)
		if err != nil || len(drafts) != 1 || drafts[0].State != plan.Adopted {
			t.Fatalf("drafts %+v, %v", drafts, err)
		}
		closed := drafts[0].ID
		second, err := desks.Import(ctx, office, handed(90))
		if err != nil {
			t.Fatal(err)
		}
		unknown := handed(90)
		unknown.Plan = "nothing"
		cases := []struct {
			name string
			do   func() error
			want string
		}{
			{"review after adoption", func() error {
				_, err := desks.Review(ctx, office, closed, plan.Request{Act: plan.Ignore, Items: []string{"T1"}})
				return err
			}, "plan.draft_closed"},
			{"adopt twice", func() error { _, _, err := desks.Adopt(ctx, leader, closed, plan.Adoption{}); return err }, "plan.draft_closed"},
			{"auditor changes nothing", func() error {
				_, err := desks.Review(ctx, auditor, second.ID, plan.Request{Act: plan.Ignore, Items: []string{"T1"}})
				return err
			}, "action.refused"},
			{"auditor imports nothing", func() error { _, err := desks.Import(ctx, auditor, handed(1)); return err }, "action.refused"},
			{"empty document", func() error { _, err := desks.Import(ctx, office, plan.Handed{File: "空.txt"}); return err }, "plan.import_empty"},
			{"discard without a reason", func() error { return desks.Discard(ctx, office, second.ID, " ") }, "plan.discard_reason"},
			{"revision of nothing", func() error { _, err := desks.Import(ctx, office, unknown); return err }, "not found"},
			{"no such draft", func() error { _, err := desks.Open(ctx, "nothing"); return err }, "not found"},
			{"no such version", func() error { _, _, err := desks.Version(ctx, made.ID, 7); return err }, "not found"},
		}
		for _, c := range cases {
			err := c.do()
			got := fmt.Sprint(err)
			if list := fault.Of(err); len(list) > 0 {
				got = list[0].Code
			} else if errors.Is(err, plan.ErrNotFound) {
				got = "not found"
			}
			if got != c.want {
				t.Errorf("%s: got %s, want %s", c.name, got, c.want)
			}
		}
		if err := desks.Discard(ctx, office, second.ID, "导入错了文件"); err != nil {
			t.Error(err)
		}
		mustVerify(t, s)
	})
}

// Many people at one draft: every operation that was confirmed stands in the log once, in order.
func TestPeopleReviewTogether(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, desks := context.Background(), planDesks(s)
		draft, err := desks.Import(ctx, office, handed(92))
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		var mu sync.Mutex
		var done []int
		for i := range 4 {
			group.Go(func() {
				for n := range 3 {
					operation, err := desks.Review(ctx, office, draft.ID, plan.Request{Act: plan.Correct, Items: []string{"K1"}, Fields: map[string]string{"responsible": fmt.Sprint(i, n)}})
					if err == nil {
						mu.Lock()
						done = append(done, operation.Number)
						mu.Unlock()
					} else if fault.Of(err) == nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		slices.Sort(done)
		open, err := desks.Open(ctx, draft.ID)
		if err != nil || len(done) == 0 || len(open.Desk.Log) != len(done) || open.Draft.Head != len(done) || done[len(done)-1] != len(done) {
			t.Errorf("done %v, log %d, %+v, %v", done, len(open.Desk.Log), open.Draft, err)
		}
		mustVerify(t, s)
	})
}
