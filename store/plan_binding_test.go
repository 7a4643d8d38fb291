package store_test

import (
	"context"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/plan/target"
	"jiaoheng/store"
)

func bindingActor(person string) action.Actor {
	return action.Actor{Post: access.Post{ID: "post of " + person, Person: person, Role: access.BureauOffice, Unit: access.Unit{Code: "110000"}}}
}

func fillBindings(t *testing.T, s *store.Store) {
	t.Helper()
	_, err := target.NewBinder(s).Confirm(context.Background(), bindingActor("anna"), access.Unit{}, "plan-1",
		target.Wish{Target: "1.t1", Kind: target.FromIndicator, Name: "retention.nine_years", Confidence: 0.96, Taken: true})
	if err != nil {
		t.Fatal(err)
	}
}

func TestABindingIsConfirmedByOneAndChangedByTwo(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, binder, where := context.Background(), target.NewBinder(s), access.Unit{}
		fillBindings(t, s)
		first, err := target.BindingsInForce(ctx, s, "plan-1")
		if b := first["1.t1"]; err != nil || b.State != target.Approved || b.Number != 1 || b.Confidence != 0.96 || b.By != "anna" || b.ApprovedBy != "" || b.ApprovedAt.IsZero() {
			t.Fatalf("first: %+v, %v", b, err)
		}
		wish := target.Wish{Target: "1.t1", Kind: target.FromFigure, Name: "省厅通报的巩固率", Reason: "省厅口径与本地不同"}
		made, err := binder.Confirm(ctx, bindingActor("anna"), where, "plan-1", wish)
		if err != nil || made[0].State != target.Proposed || made[0].Number != 2 {
			t.Fatalf("change: %+v, %v", made, err)
		}
		if held, _ := target.BindingsInForce(ctx, s, "plan-1"); held["1.t1"].Number != 1 {
			t.Errorf("a change is in force before it was approved: %+v", held)
		}
		expectFault(t, "target.bind.waits", func() error { _, err := binder.Confirm(ctx, bindingActor("anna"), where, "plan-1", wish); return err }())
		expectFault(t, "target.bind.second_person", func() error {
			_, err := binder.Approve(ctx, bindingActor("anna"), where, "plan-1", made[0].ID)
			return err
		}())
		if _, err := binder.Approve(ctx, bindingActor("bert"), where, "plan-1", made[0].ID); err != nil {
			t.Fatal(err)
		}
		held, err := target.BindingsInForce(ctx, s, "plan-1")
		if b := held["1.t1"]; err != nil || b.Kind != target.FromFigure || b.ApprovedBy != "bert" || b.Reason != wish.Reason {
			t.Errorf("after approval: %+v, %v", b, err)
		}
		expectFault(t, "target.bind.decided", func() error {
			_, err := binder.Withdraw(ctx, bindingActor("bert"), where, "plan-1", made[0].ID, "不同意")
			return err
		}())
		before, err := target.BindingsOn(ctx, s, "plan-1", start.Add(-time.Hour))
		if err != nil || len(before) != 0 {
			t.Errorf("an hour before: %+v, %v", before, err)
		}
	})
}

func TestABindingIsReleased(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, binder, where := context.Background(), target.NewBinder(s), access.Unit{}
		fillBindings(t, s)
		expectFault(t, "target.bind.reason_missing", func() error {
			_, err := binder.Release(ctx, bindingActor("anna"), where, "plan-1", "1.t1", " ")
			return err
		}())
		if b, err := binder.Release(ctx, bindingActor("bert"), where, "plan-1", "1.t1", "看错了"); err != nil || b.State != target.Proposed {
			t.Errorf("released by another person: %+v, %v", b, err)
		} else if _, err := binder.Withdraw(ctx, bindingActor("bert"), where, "plan-1", b.ID, "先不改"); err != nil {
			t.Error(err)
		}
		if b, err := binder.Release(ctx, bindingActor("anna"), where, "plan-1", "1.t1", "点错了"); err != nil || b.State != target.Approved || b.Number != 3 {
			t.Errorf("taken back: %+v, %v", b, err)
		}
		if held, err := target.BindingsInForce(ctx, s, "plan-1"); err != nil || len(held) != 0 {
			t.Errorf("held %+v, %v", held, err)
		}
		expectFault(t, "target.bind.unbound", func() error {
			_, err := binder.Release(ctx, bindingActor("anna"), where, "plan-1", "1.t1", "再来")
			return err
		}())
		all, err := s.Bindings(ctx, "plan-1")
		if err != nil || len(all) != 3 {
			t.Errorf("%d versions, %v", len(all), err)
		}
	})
}

func TestManyBindingsAreStoredTogetherOrNotAtAll(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, binder, where := context.Background(), target.NewBinder(s), access.Unit{}
		wish := target.Wish{Target: "1.t1", Kind: target.FromIndicator, Name: "retention.nine_years", Taken: true, Confidence: 0.95}
		none := target.Wish{Target: "1.t2", Kind: target.FromNothing}
		expectFault(t, "target.bind.reason_missing", func() error {
			_, err := binder.Confirm(ctx, bindingActor("anna"), where, "plan-1", wish, none)
			return err
		}())
		expectFault(t, "target.bind.twice", func() error {
			_, err := binder.Confirm(ctx, bindingActor("anna"), where, "plan-1", wish, wish)
			return err
		}())
		expectFault(t, "target.bind.nothing_chosen", func() error { _, err := binder.Confirm(ctx, bindingActor("anna"), where, "plan-1"); return err }())
		if all, err := s.Bindings(ctx, "plan-1"); err != nil || len(all) != 0 {
			t.Errorf("stored %+v, %v", all, err)
		}
		none.Reason = "没有统计渠道"
		if made, err := binder.Confirm(ctx, bindingActor("anna"), where, "plan-1", wish, none); err != nil || len(made) != 2 {
			t.Errorf("%+v, %v", made, err)
		}
		teacher := bindingActor("carl")
		teacher.Post.Role = access.Teacher
		if _, err := binder.Confirm(ctx, teacher, where, "plan-1", target.Wish{Target: "1.t3", Kind: target.FromRows, Reason: "x"}); err == nil {
			t.Error("a teacher bound a target")
		}
		if _, err := s.Binding(ctx, "no such"); err == nil || fault.Of(err)[0].Code != "target.bind.unknown" {
			t.Errorf("unknown binding: %v", err)
		}
	})
}

func expectFault(t *testing.T, code string, err error) {
	t.Helper()
	faults := fault.Of(err)
	if len(faults) == 0 || faults[0].Code != code {
		t.Errorf("got %v, expected %s", err, code)
	}
}
