package store_test

import (
	"context"
	"testing"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/store"
)

// leaders of duties in these tests: units of county().
const leadUnit, otherUnit = "990121", "2199000001"

func dutyDraft() duty.Draft {
	return duty.Draft{Node: "1.T1", Lead: leadUnit, Helpers: []string{otherUnit}, Due: period.Date{Year: 2025, Month: 12, Day: 31},
		Deliverables: []string{"验收报告"}, Milestones: []duty.Milestone{{Name: "完成选址", Due: period.Date{Year: 2024, Month: 6, Day: 30}}},
		Money: target.Sure(1200.5), Projects: []record.Ref{{Register: "project", Row: "p1"}}}
}

// fillDuties writes a row into every table of duties.
func fillDuties(t *testing.T, s *store.Store) {
	t.Helper()
	plans, err := s.Plans(context.Background())
	if err != nil || len(plans) == 0 {
		t.Fatal(plans, err)
	}
	id := plans[0].ID
	if _, err := duty.New(s, nil).Confirm(context.Background(), action.TheProgram(), id, []duty.Draft{dutyDraft()}); err != nil {
		t.Fatal(err)
	}
	do(t, s, func(ctx context.Context, tx action.Tx) error {
		if err := s.TieInsert(ctx, duty.Tie{ID: tx.NewID(), Kind: duty.Programme, Plan: id, Of: target.Named{Plan: "umbrella"}, By: "anna", At: tx.Now()}); err != nil {
			return err
		}
		if err := s.SettlementInsert(ctx, duty.Settlement{ID: tx.NewID(), Plan: id, Kind: duty.OfParagraph, Subject: "abc", Reason: "背景介绍", By: "anna", At: tx.Now()}); err != nil {
			return err
		}
		if err := s.DutyYearInsert(ctx, duty.Year{ID: tx.NewID(), Plan: id, Year: 2024, Number: 1, State: duty.Closed, By: "anna", At: tx.Now(),
			Content: duty.YearContent{Items: []duty.YearItem{{Row: "r1", Title: "建园", Unit: leadUnit, Node: "1.T1"}}}}); err != nil {
			return err
		}
		return s.ReleaseInsert(ctx, duty.Release{ID: tx.NewID(), Kind: duty.ReleaseBook, Plan: id, Publication: "p", By: "anna", At: tx.Now()})
	})
}

func dutyCode(err error) string {
	if list := fault.Of(err); len(list) > 0 {
		return list[0].Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestADutyIsConfirmedChangedByTwoAndKept(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		id := adopted(t, planDesks(s), "", 92).ID
		desk := duty.New(s, nil)
		draft := dutyDraft()
		if n, err := desk.Confirm(ctx, office, id, []duty.Draft{draft}); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		changed := draft
		changed.Lead, changed.Helpers, changed.Reason = otherUnit, nil, "机构改革"
		proposal, err := desk.Propose(ctx, office, id, changed)
		if err != nil || proposal.Number != 2 || proposal.State != target.Proposed {
			t.Fatal(proposal, err)
		}
		if held, err := s.DutiesInForce(ctx, id); err != nil || held["1.T1"].Lead != leadUnit || len(held) != 1 {
			t.Errorf("before approval %+v, %v", held, err)
		}
		dutyRefusals(t, desk, id, draft, changed, proposal)
		if _, err := desk.Approve(ctx, leader, proposal.ID); err != nil {
			t.Fatal(err)
		}
		if got := dutyCode(func() error { _, err := desk.Withdraw(ctx, office, proposal.ID); return err }()); got != "duty.decided" {
			t.Errorf("withdrawn after approval: %s", got)
		}
		held, err := s.DutiesInForce(ctx, id)
		if err != nil || held["1.T1"].Lead != otherUnit || held["1.T1"].ApprovedBy != leader.Post.Person || len(held) != 1 {
			t.Errorf("held %+v, %v", held, err)
		}
		versions, err := s.DutyVersions(ctx, id, "1.T1")
		if err != nil || len(versions) != 2 || versions[0].Lead != leadUnit || versions[0].Money != draft.Money || versions[0].Milestones[0] != draft.Milestones[0] ||
			versions[0].Projects[0] != draft.Projects[0] || versions[0].Due != draft.Due {
			t.Errorf("versions %+v, %v", versions, err)
		}
		if before, err := s.DutiesOn(ctx, id, start.Add(-time.Hour)); err != nil || len(before) != 0 {
			t.Errorf("an hour before %+v, %v", before, err)
		}
		mustVerify(t, s)
	})
}

func dutyRefusals(t *testing.T, desk *duty.Desk, id string, draft, changed duty.Draft, proposal duty.Duty) {
	t.Helper()
	ctx := context.Background()
	wrong := draft
	wrong.Node, wrong.Lead = "1.K9", ""
	refusals := []struct {
		name string
		do   func() error
		want string
	}{
		{"confirm twice", func() error { _, err := desk.Confirm(ctx, office, id, []duty.Draft{draft}); return err }, "duty.confirmed_already"},
		{"one wrong of two stores none", func() error {
			_, err := desk.Confirm(ctx, office, id, []duty.Draft{{Node: "1.K1", Lead: leadUnit}, wrong})
			return err
		}, "duty.lead_missing"},
		{"a second proposal", func() error { _, err := desk.Propose(ctx, office, id, changed); return err }, "duty.proposed_already"},
		{"who proposed approves", func() error { _, err := desk.Approve(ctx, office, proposal.ID); return err }, "duty.second_person"},
		{"the auditor approves", func() error { _, err := desk.Approve(ctx, auditor, proposal.ID); return err }, "action.refused"},
		{"a change of nothing", func() error {
			_, err := desk.Propose(ctx, office, id, duty.Draft{Node: "1.K1", Lead: leadUnit, Reason: "调整"})
			return err
		}, "duty.nothing_to_change"},
		{"a change without a reason", func() error {
			_, err := desk.Propose(ctx, office, id, duty.Draft{Node: "1.T1", Lead: leadUnit})
			return err
		}, "duty.reason_missing"},
		{"no such duty", func() error { _, err := desk.Approve(ctx, leader, "nothing"); return err }, "duty.not_found"},
	}
	for _, c := range refusals {
		if got := dutyCode(c.do()); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
