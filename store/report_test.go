package store_test

import (
	"context"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/report"
	"jiaoheng/store"
)

// filedCounty is the unit of the reports of these tests.
var filedCounty = access.Unit{Code: "990121", From: 0, To: 100}

// clerk is somebody in a post at the county.
func clerk(name string, role access.Role) action.Actor {
	one := keeper(name, role)
	one.Post.Unit = filedCounty
	return one
}

// composedReport is a report with a figure and two narratives, one of them asked of a department.
func composedReport(period, day string) report.Report {
	r := report.Report{Kind: report.Monthly, Plan: "p1", Unit: filedCounty.Code, Period: period, Day: day, Title: "通报" + period, Signed: "某县教育局"}
	r.Ask(report.Narrative{ID: "causes", Ask: "原因", Of: "CZJ", Who: "财政局", Wanted: true, Figures: []report.Figure{{Name: "巩固率", Value: report.Sure(94.2), Unit: "%", Decimals: 1}}})
	r.Ask(report.Narrative{ID: "demands", Ask: "要求", Who: "教育局"})
	return r
}

// fillReport files a report and withdraws it.
func fillReport(t *testing.T, s *store.Store) report.File {
	t.Helper()
	ctx, anna, bert := context.Background(), clerk("anna", access.BureauOffice), clerk("bert", access.BureauLeader)
	one, err := report.FileDraft(ctx, s, anna, filedCounty, composedReport("2026年2月", "2026-02-28"))
	if err != nil {
		t.Fatal(err)
	}
	if err := report.Write(ctx, s, anna, filedCounty, one.ID, "causes", report.Written{Text: "入冬后路远学生请假较多。"}); err != nil {
		t.Fatal(err)
	}
	if err := report.Sign(ctx, s, bert, filedCounty, one.ID, 2); err != nil {
		t.Fatal(err)
	}
	if err := report.Withdraw(ctx, s, bert, filedCounty, one.ID, 3, "口径有误"); err != nil {
		t.Fatal(err)
	}
	return one
}

// wants asks that an error is the fault of a code; "" that there is none.
func wants(t *testing.T, what string, err error, code string) {
	t.Helper()
	if code == "" && err != nil || code != "" && !firstCode(err, code) {
		t.Errorf("%s: %v, want %q", what, err, code)
	}
}

func TestAReportIsWrittenSignedByAnotherAndFrozen(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, anna, bert := context.Background(), clerk("anna", access.BureauOffice), clerk("bert", access.BureauLeader)
		money := keeper("mo", access.OtherDepartment)
		money.Post.Unit = access.Unit{Code: "CZJ", From: 200, To: 201}
		head := keeper("hu", access.SchoolHead)
		head.Post.Unit = access.Unit{Code: "S1", From: 5, To: 6}
		_, err := report.FileDraft(ctx, s, head, filedCounty, composedReport("2026年1月", "2026-01-31"))
		wants(t, "a head composes", err, "action.refused")
		stranger := clerk("zoe", access.BureauOffice)
		stranger.Post.Unit = access.Unit{Code: "990122", From: 100, To: 150}
		_, err = report.FileDraft(ctx, s, stranger, filedCounty, composedReport("2026年1月", "2026-01-31"))
		wants(t, "another county composes", err, "report.no_right")
		one, err := report.FileDraft(ctx, s, anna, filedCounty, composedReport("2026年1月", "2026-01-31"))
		wants(t, "the office composes", err, "")
		wants(t, "signed without what was asked", report.Sign(ctx, s, bert, filedCounty, one.ID, 1), "report.narrative_wanted")
		wants(t, "a head writes", report.Write(ctx, s, head, filedCounty, one.ID, "causes", report.Written{Text: "x"}), "action.refused")
		wants(t, "the department writes what it is not asked", report.Write(ctx, s, money, filedCounty, one.ID, "demands", report.Written{Text: "x"}), "action.refused")
		stated := report.Written{Text: "经费到位较晚。", Stated: map[string]report.Value{"巩固率": report.Sure(96)}}
		wants(t, "another figure without a reason", report.Write(ctx, s, money, filedCounty, one.ID, "causes", stated), "report.why_wanted")
		stated.Why = map[string]string{"巩固率": "含年底核实的转入学生"}
		wants(t, "another figure with a reason", report.Write(ctx, s, money, filedCounty, one.ID, "causes", stated), "")
		again, err := report.FileDraft(ctx, s, anna, filedCounty, composedReport("2026年1月", "2026-01-31"))
		wants(t, "composed again", err, "")
		if again.ID != one.ID || !strings.Contains(string(again.Report.Canonical()), "经费到位较晚") {
			t.Errorf("composed again it is %s, want %s with what was written", again.ID, one.ID)
		}
		draft, err := s.Report(ctx, one.ID)
		wants(t, "read", err, "")
		wants(t, "who composed it signs", report.Sign(ctx, s, clerk("anna", access.BureauLeader), filedCounty, one.ID, draft.Version), "report.second_person")
		wants(t, "another version is signed", report.Sign(ctx, s, bert, filedCounty, one.ID, draft.Version-1), "action.stale")
		wants(t, "signed", report.Sign(ctx, s, bert, filedCounty, one.ID, draft.Version), "")
		filed, err := s.Report(ctx, one.ID)
		wants(t, "read", err, "")
		if filed.State != report.Filed || filed.Hash != filed.Report.Digest() || filed.Report.Number != "教规通〔2026〕1号" || filed.Signer != "bert" {
			t.Errorf("filed %+v", filed)
		}
		wants(t, "written in after signing", report.Write(ctx, s, anna, filedCounty, one.ID, "causes", report.Written{Text: "y"}), "report.state_wrong")
		later, err := report.FileDraft(ctx, s, anna, filedCounty, composedReport("2026年1月", "2026-01-31"))
		wants(t, "composed after filing", err, "")
		if later.ID == one.ID {
			t.Error("a filed report was composed again")
		}
		same, err := s.Report(ctx, one.ID)
		wants(t, "read", err, "")
		if same.Hash != filed.Hash || string(same.Report.Canonical()) != string(filed.Report.Canonical()) {
			t.Error("a filed report changed")
		}
	})
}

// The run of numbers of a year has no gaps, whatever was refused between; a withdrawn report keeps its number.
func TestReportsAreNumberedWithoutGaps(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, anna, bert := context.Background(), clerk("anna", access.BureauOffice), clerk("bert", access.BureauLeader)
		first := fillReport(t, s)
		for _, month := range []string{"2026年3月", "2026年4月"} {
			one, err := report.FileDraft(ctx, s, anna, filedCounty, composedReport(month, "2026-04-30"))
			wants(t, "composed", err, "")
			wants(t, "signed too early", report.Sign(ctx, s, bert, filedCounty, one.ID, 1), "report.narrative_wanted")
			wants(t, "written", report.Write(ctx, s, anna, filedCounty, one.ID, "causes", report.Written{Text: "原因。"}), "")
			wants(t, "signed", report.Sign(ctx, s, bert, filedCounty, one.ID, 2), "")
		}
		listed, err := s.Reports(ctx, report.Query{Kind: report.Monthly, Plan: "p1", States: []report.State{report.Filed}})
		wants(t, "listed", err, "")
		if len(listed) != 2 || listed[0].Number+listed[1].Number != 5 {
			t.Errorf("numbers %+v, want 2 and 3", listed)
		}
		gone, err := s.Report(ctx, first.ID)
		wants(t, "read", err, "")
		if gone.State != report.Withdrawn || gone.Number != 1 || gone.Reason != "口径有误" {
			t.Errorf("withdrawn %+v", gone)
		}
		wants(t, "withdrawn without a reason", report.Withdraw(ctx, s, bert, filedCounty, listed[0].ID, listed[0].Version, " "), "report.reason_wanted")
		before, err := report.LastBefore(ctx, s, report.Ask{Kind: report.Monthly, Plan: "p1", Unit: filedCounty.Code, Day: period.Date{Year: 2026, Month: 5, Day: 31}})
		wants(t, "before", err, "")
		if before == nil || before.Period != "2026年4月" {
			t.Errorf("before: %+v", before)
		}
		made, err := report.Publish(ctx, s, s, anna, filedCounty, listed[0].ID)
		wants(t, "prepared for publication", err, "")
		if len(made.Content.Blocks) == 0 {
			t.Error("nothing is published")
		}
		_, err = report.Publish(ctx, s, s, anna, filedCounty, listed[0].ID)
		wants(t, "prepared twice", err, "report.published_already")
	})
}
