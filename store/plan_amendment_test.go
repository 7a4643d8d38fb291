package store_test

import (
	"context"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/store"
	"jiaoheng/unit"
)

func fillAmendment(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, _ action.Tx) error {
		return s.AmendmentInsert(ctx, plan.Amendment{ID: "amendment", Plan: "plan", Number: 1, Base: 1, State: plan.AmendmentProposed, Reason: "统计口径变化", By: "anna", At: start,
			Changes: []plan.AmendmentChange{{Node: "T1", Fields: map[string]string{"value": "93"}, Was: map[string]string{"value": "92"}}}})
	})
}

func faultCodes(err error) (codes string) {
	for _, f := range fault.Of(err) {
		codes += f.Code + " "
	}
	return codes
}

func changeT1(fields map[string]string) []plan.AmendmentChange {
	return []plan.AmendmentChange{{Node: "T1", Fields: fields}}
}

func refusedAmendments(t *testing.T, desks *plan.Desks, planID string) {
	t.Helper()
	ctx := context.Background()
	for _, c := range []struct {
		name, codes string
		amendment   plan.Amendment
	}{
		{"nothing", "plan.amend_nothing plan.amend_reason_missing ", plan.Amendment{}},
		{"the same", "plan.amend_nothing ", plan.Amendment{Reason: "改", Changes: changeT1(map[string]string{"value": "92"})}},
		{"no reason", "plan.amend_reason_missing ", plan.Amendment{Changes: changeT1(map[string]string{"value": "93"})}},
		{"no such node", "plan.amend_unknown ", plan.Amendment{Reason: "改", Changes: []plan.AmendmentChange{{Node: "X", Fields: map[string]string{"value": "93"}}}}},
		{"the name, a number and a day that are none", "plan.amend_field plan.amend_deadline plan.field_no_number ",
			plan.Amendment{Reason: "改", Changes: changeT1(map[string]string{"value": "多", "deadline": "某日", "name": "别名"})}},
	} {
		if _, err := desks.Propose(ctx, office, planID, c.amendment); faultCodes(err) != c.codes {
			t.Errorf("%s: got %q", c.name, faultCodes(err))
		}
	}
}

func TestAnAmendmentMakesAVersionAndLeavesTheOldOne(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, desks := context.Background(), planDesks(s)
		made := adopted(t, desks, "", 92)
		_, first, err := desks.Version(ctx, made.ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		refusedAmendments(t, desks, made.ID)
		amendment, err := desks.Propose(ctx, office, made.ID, plan.Amendment{Reason: " 基期年份更正 ", Changes: changeT1(map[string]string{"value": "９３", "baseline": "90.5", "baseline_year": "2020"})})
		if err != nil || amendment.Reason != "基期年份更正" || amendment.Changes[0].Was["value"] != "92" || amendment.Changes[0].Fields["value"] != "93" {
			t.Fatalf("proposed: %+v, %v", amendment, err)
		}
		if _, _, err := desks.Approve(ctx, office, amendment.ID); faultCodes(err) != "plan.amend_second " {
			t.Errorf("the proposer approved: %v", err)
		}
		other, err := desks.Propose(ctx, office, made.ID, plan.Amendment{Reason: "改", Changes: changeT1(map[string]string{"value": "94"})})
		if err != nil {
			t.Fatal(err)
		}
		approved, version, err := desks.Approve(ctx, leader, amendment.ID)
		if err != nil || version.Number != 2 || approved.Made != 2 || approved.ApprovedBy != "bert" || version.Content.Nodes[0].Field("baseline") != "90.5" {
			t.Fatalf("approved: %+v %+v, %v", approved, version, err)
		}
		if _, _, err := desks.Approve(ctx, leader, other.ID); faultCodes(err) != "plan.amend_moved " {
			t.Errorf("an amendment of what has changed since: %q", faultCodes(err))
		}
		if withdrawn, err := desks.Withdraw(ctx, office, other.ID, ""); err != nil || withdrawn.State != plan.AmendmentWithdrawn {
			t.Errorf("withdrawn: %+v, %v", withdrawn, err)
		}
		if _, _, err := desks.Approve(ctx, leader, other.ID); faultCodes(err) != "plan.amend_closed " {
			t.Errorf("a withdrawn one was approved: %v", err)
		}
		if _, again, err := desks.Version(ctx, made.ID, 1); err != nil || again.Hash != first.Hash || string(again.Bytes) != string(first.Bytes) {
			t.Errorf("version 1 changed: %+v, %v", again, err)
		}
		tracked, err := desks.Tracked(ctx, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		before, _ := tracked.NodeIn(1, "1.T1")
		now, there := tracked.Node("1.T1")
		if !there || now.Field("value") != "93" || before.Field("value") != "92" || tracked.TrackOf("T1") != "1.T1" {
			t.Errorf("tracked: %+v, %+v", before, now)
		}
		if list, err := desks.Amendments(ctx, made.ID); err != nil || len(list) != 2 || list[0].Made != 2 || list[1].State != plan.AmendmentWithdrawn {
			t.Errorf("amendments: %+v, %v", list, err)
		}
		if _, err := desks.Propose(ctx, auditor, made.ID, plan.Amendment{Reason: "改", Changes: changeT1(map[string]string{"value": "95"})}); faultCodes(err) != "action.refused " {
			t.Errorf("the auditor proposed: %v", err)
		}
		mustVerify(t, s)
	})
}

// splitRegion is a county with two schools, under a city with another county.
func splitRegion(t *testing.T) *unit.Tree {
	t.Helper()
	tree, err := unit.Build([]unit.Unit{{Code: "1", Name: "澜川市", Kind: unit.City}, {Code: "11", Name: "青溪县", Kind: unit.County, Parent: "1"}, {Code: "12", Name: "石泉县", Kind: unit.County, Parent: "1"},
		{Code: "S1", Name: "一小", Kind: unit.School, Parent: "11"}, {Code: "S2", Name: "二小", Kind: unit.School, Parent: "11"}})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestASplitNeedsASecondPersonAndFollowsThePlan(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, desks, tree := context.Background(), planDesks(s), splitRegion(t)
		made := adopted(t, desks, "", 92)
		splitting := target.NewSplitting(s, desks)
		at := func(actor action.Actor, code string) action.Actor {
			actor.Post.Unit = person.At(tree, code)
			return actor
		}
		clerk, head, stranger := at(office, "11"), at(leader, "11"), at(post("dora", access.BureauOffice), "12")
		where := target.Where{Plan: made.ID, Target: "1.T1", Parent: "11"}
		sheet, err := splitting.Sheet(ctx, tree, where, target.DeadlineOf("2025", plan.Content{}))
		if err != nil || len(sheet.Below) != 2 || sheet.Goal.Value != target.Sure(92) || sheet.Home != "11" {
			t.Fatalf("sheet: %+v, %v", sheet, err)
		}
		split := target.Split{Plan: made.ID, Target: "1.T1", Parent: "11", Shares: target.Suggest(sheet.Goal, sheet.Codes(), nil, target.Filling{Goal: target.FillSame})}
		wrong := split
		wrong.Shares = append([]target.Share{{Unit: "12", Goal: sheet.Goal}}, split.Shares...)
		wrong.Shares[1].Goal.Value = target.Sure(80)
		if _, err := splitting.ProposeSplit(ctx, clerk, tree, wrong, false); faultCodes(err) != "target.share_not_below target.reason_missing " {
			t.Errorf("wrong sheet: %q", faultCodes(err))
		}
		if _, err := splitting.ProposeSplit(ctx, stranger, tree, split, false); faultCodes(err) != "action.refused " {
			t.Errorf("another county: %v", err)
		}
		proposed, err := splitting.ProposeSplit(ctx, clerk, tree, split, false)
		if err != nil || proposed.Number != 1 {
			t.Fatalf("proposed: %+v, %v", proposed, err)
		}
		if _, err := splitting.ProposeSplit(ctx, clerk, tree, split, false); faultCodes(err) != "target.split_waiting " {
			t.Errorf("a second one while the first waits: %v", err)
		}
		if _, err := splitting.ApproveSplit(ctx, clerk, tree, proposed.ID); faultCodes(err) != "target.second_person " {
			t.Errorf("approved by its proposer: %v", err)
		}
		approved, err := splitting.ApproveSplit(ctx, head, tree, proposed.ID)
		if err != nil || approved.ApprovedBy != "bert" {
			t.Fatalf("approved: %+v, %v", approved, err)
		}
		if _, err := splitting.WithdrawSplit(ctx, clerk, tree, proposed.ID); faultCodes(err) != "target.split_closed " {
			t.Errorf("an approved one was withdrawn: %v", err)
		}
		// The plan asks for more: what holds no longer fits, and a new sheet needs a reason.
		amendment, err := desks.Propose(ctx, clerk, made.ID, plan.Amendment{Reason: "提高要求", Changes: []plan.AmendmentChange{{Node: "T1", Fields: map[string]string{"value": "95"}}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := desks.Approve(ctx, head, amendment.ID); err != nil {
			t.Fatal(err)
		}
		if sheet, err = splitting.Sheet(ctx, tree, where, target.DeadlineOf("2025", plan.Content{})); err != nil || sheet.Goal.Value != target.Sure(95) || len(sheet.Stale) != 2 {
			t.Errorf("after the amendment: %+v, %v", sheet.Stale, err)
		}
		split.Shares = target.Suggest(sheet.Goal, sheet.Codes(), nil, target.Filling{Goal: target.FillSame})
		if _, err := splitting.ProposeSplit(ctx, clerk, tree, split, false); faultCodes(err) != "target.split_reason " {
			t.Errorf("a change without a reason: %v", err)
		}
		if _, err := splitting.Sheet(ctx, tree, target.Where{Plan: made.ID, Target: "1.T1", Parent: "12"}, target.DeadlineOf("2025", plan.Content{})); err != target.ErrNoGoal {
			t.Errorf("a county that was given nothing: %v", err)
		}
		held, err := s.SplitsInForce(ctx, made.ID)
		if err != nil || len(held) != 1 || held[0].Shares[0].Goal.Value != target.Sure(92) {
			t.Errorf("in force: %+v, %v", held, err)
		}
		mustVerify(t, s)
	})
}
