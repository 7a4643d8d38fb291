package store_test

import (
	"context"
	"errors"
	"testing"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/publication"
	"jiaoheng/store"
)

var filledContent = publication.Content{Title: "整改情况公开", Kind: publication.KindNotice, Day: "2026-03-15", Unit: "某县", Blocks: []publication.Block{{Text: "已整改 <12> 项 & 其他。"},
	{Table: &publication.Table{Caption: "各校", Columns: []string{"学校", "项数"}, Rows: [][]string{{"甲校", "12"}, {"乙校", publication.Hidden}}}}}}

// fillPublication publishes one and withdraws it.
func fillPublication(t *testing.T, s *store.Store) publication.Publication {
	t.Helper()
	ctx, anna, bert := context.Background(), keeper("anna", access.BureauOffice), keeper("bert", access.BureauLeader)
	one, err := publication.Prepare(ctx, s, anna, "990121", filledContent)
	if err != nil {
		t.Fatal(err)
	}
	if err := publication.Approve(ctx, s, bert, one.ID, 1); err != nil {
		t.Fatal(err)
	}
	if err := publication.Withdraw(ctx, s, bert, one.ID, 2, "数据有误"); err != nil {
		t.Fatal(err)
	}
	return one
}

func firstCode(err error, code string) bool {
	faults := fault.Of(err)
	return len(faults) > 0 && faults[0].Code == code
}

func TestAPublicationWantsASecondPersonAndKeepsItsReason(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, anna, bert := context.Background(), keeper("anna", access.BureauOffice), keeper("bert", access.BureauLeader)
		leaderAnna, clara := keeper("anna", access.BureauLeader), keeper("clara", access.BureauOffice)
		one, err := publication.Prepare(ctx, s, anna, "990121", filledContent)
		if err != nil {
			t.Fatal(err)
		}
		if err := publication.Approve(ctx, s, anna, one.ID, 1); !firstCode(err, "action.refused") {
			t.Errorf("an office approves: %v", err)
		}
		if err := publication.Approve(ctx, s, leaderAnna, one.ID, 1); !firstCode(err, "publication.second_person") {
			t.Errorf("the preparer approves in another post: %v", err)
		}
		if err := publication.Change(ctx, s, clara, one.ID, 1, filledContent); err != nil {
			t.Fatal(err)
		}
		if err := publication.Approve(ctx, s, keeper("clara", access.BureauLeader), one.ID, 2); !firstCode(err, "publication.second_person") {
			t.Errorf("who changed it last approves: %v", err)
		}
		if err := publication.Approve(ctx, s, bert, one.ID, 1); !firstCode(err, "action.stale") {
			t.Errorf("an older version is approved: %v", err)
		}
		if err := publication.Approve(ctx, s, bert, one.ID, 2); err != nil {
			t.Fatal(err)
		}
		if err := publication.Change(ctx, s, clara, one.ID, 3, filledContent); !firstCode(err, "publication.state") {
			t.Errorf("what is published is changed: %v", err)
		}
		got, err := s.Publication(ctx, one.ID)
		if err != nil || got.State != publication.Published || got.Hash != got.Content.Digest() || got.Approver != "bert" || got.Editor != "clara" {
			t.Errorf("%+v %v", got, err)
		}
		if err := publication.Withdraw(ctx, s, bert, one.ID, 3, " "); !firstCode(err, "publication.reason_wanted") {
			t.Errorf("withdrawn without a reason: %v", err)
		}
		if err := publication.Withdraw(ctx, s, bert, one.ID, 3, "数据有误"); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Publication(ctx, one.ID); err != nil || got.State != publication.Withdrawn || got.Reason != "数据有误" || got.Hash == "" {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := s.Publication(ctx, "none"); !errors.Is(err, publication.ErrNotFound) {
			t.Error(err)
		}
		mustVerify(t, s)
	})
}
