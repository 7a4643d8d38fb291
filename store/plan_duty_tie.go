package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
)

type tieRow struct {
	bun.BaseModel `bun:"table:plan_tie"`
	ID            string `bun:"id,pk"`
	Kind          string `bun:"kind"`
	Plan          string `bun:"plan"`
	Node          string `bun:"node"`
	OfPlan        string `bun:"of_plan"`
	OfNode        string `bun:"of_node"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	EndedBy       string `bun:"ended_by"`
	EndedAt       int64  `bun:"ended_at"`
	EndReason     string `bun:"end_reason"`
	Version       int64  `bun:"version"`
}

func newTieRow(t duty.Tie) tieRow {
	return tieRow{ID: t.ID, Kind: string(t.Kind), Plan: t.Plan, Node: string(t.Node), OfPlan: t.Of.Plan, OfNode: string(t.Of.Target), Reason: t.Reason,
		Person: t.By, At: storedMoment(t.At), EndedBy: t.EndedBy, EndedAt: storedMoment(t.EndedAt), EndReason: t.EndReason, Version: t.Version}
}

// TieInsert stores new ties between plans and between targets.
func (s *Store) TieInsert(ctx context.Context, ties ...duty.Tie) error {
	rows := make([]tieRow, len(ties))
	for i, t := range ties {
		rows[i] = newTieRow(t)
		rows[i].Version = 1
	}
	return insertRows(ctx, s, rows...)
}

// TieUpdate stores that a tie was taken back; the older row is kept.
func (s *Store) TieUpdate(ctx context.Context, one duty.Tie) error {
	return updateRow(ctx, s, newTieRow(one))
}

// Ties returns every tie there ever was, the oldest first.
func (s *Store) Ties(ctx context.Context) ([]duty.Tie, error) {
	var rows []tieRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: ties of plans: %w", err)
	}
	ties := make([]duty.Tie, len(rows))
	for i, r := range rows {
		ties[i] = duty.Tie{ID: r.ID, Kind: duty.TieKind(r.Kind), Plan: r.Plan, Node: target.Track(r.Node),
			Of: target.Named{Plan: r.OfPlan, Target: target.Track(r.OfNode)}, Reason: r.Reason, By: r.Person, At: knownMoment(r.At),
			EndedBy: r.EndedBy, EndedAt: knownMoment(r.EndedAt), EndReason: r.EndReason, Version: r.Version}
	}
	return ties, nil
}

// SameTargets returns for every target of a programme that is another target which one it is: see target.Canonical.
func (s *Store) SameTargets(ctx context.Context) (map[target.Named]target.Named, error) {
	ties, err := s.Ties(ctx)
	return target.Canonical(duty.Sames(ties)), err
}

type settlementRow struct {
	bun.BaseModel `bun:"table:plan_settlement"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Kind          string `bun:"kind"`
	Subject       string `bun:"subject"`
	Year          int64  `bun:"year"`
	Node          string `bun:"node"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	EndedBy       string `bun:"ended_by"`
	EndedAt       int64  `bun:"ended_at"`
	EndReason     string `bun:"end_reason"`
	Version       int64  `bun:"version"`
}

func newSettlementRow(one duty.Settlement) settlementRow {
	return settlementRow{ID: one.ID, Plan: one.Plan, Kind: string(one.Kind), Subject: one.Subject, Year: int64(one.Year), Node: string(one.Node),
		Reason: one.Reason, Person: one.By, At: storedMoment(one.At), EndedBy: one.EndedBy, EndedAt: storedMoment(one.EndedAt), EndReason: one.EndReason,
		Version: one.Version}
}

// SettlementInsert stores what people decided about things left open.
func (s *Store) SettlementInsert(ctx context.Context, settlements ...duty.Settlement) error {
	rows := make([]settlementRow, len(settlements))
	for i, one := range settlements {
		rows[i] = newSettlementRow(one)
		rows[i].Version = 1
	}
	return insertRows(ctx, s, rows...)
}

// SettlementUpdate stores that a settlement was taken back; the older row is kept.
func (s *Store) SettlementUpdate(ctx context.Context, one duty.Settlement) error {
	return updateRow(ctx, s, newSettlementRow(one))
}

// Settlements returns every settlement under a plan, or under all plans for "", the oldest first.
func (s *Store) Settlements(ctx context.Context, plan string) ([]duty.Settlement, error) {
	var rows []settlementRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("plan = ? or ? = ''", plan, plan).Order("at", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: settlements of plan %s: %w", plan, err)
	}
	all := make([]duty.Settlement, len(rows))
	for i, r := range rows {
		all[i] = duty.Settlement{ID: r.ID, Plan: r.Plan, Kind: duty.SettlementKind(r.Kind), Subject: r.Subject, Year: int(r.Year), Node: target.Track(r.Node),
			Reason: r.Reason, By: r.Person, At: knownMoment(r.At), EndedBy: r.EndedBy, EndedAt: knownMoment(r.EndedAt), EndReason: r.EndReason, Version: r.Version}
	}
	return all, nil
}

type dutyYearRow struct {
	bun.BaseModel `bun:"table:plan_year"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Year          int64  `bun:"year"`
	Number        int64  `bun:"number"`
	State         string `bun:"state"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Content       string `bun:"content"`
	Reason        string `bun:"reason"`
	AskedBy       string `bun:"asked_by"`
	AskedAt       int64  `bun:"asked_at"`
	ApprovedBy    string `bun:"approved_by"`
	ApprovedAt    int64  `bun:"approved_at"`
	Version       int64  `bun:"version"`
}

func newDutyYearRow(y duty.Year) (dutyYearRow, error) {
	content, err := json.Marshal(y.Content)
	if err != nil {
		return dutyYearRow{}, fmt.Errorf("store: content of a year: %w", err)
	}
	return dutyYearRow{ID: y.ID, Plan: y.Plan, Year: int64(y.Year), Number: int64(y.Number), State: string(y.State), Person: y.By, At: storedMoment(y.At),
		Content: string(content), Reason: y.Reason, AskedBy: y.AskedBy, AskedAt: storedMoment(y.AskedAt), ApprovedBy: y.ApprovedBy,
		ApprovedAt: storedMoment(y.ApprovedAt), Version: y.Version}, nil
}

// DutyYearInsert stores that the yearly work under a plan was closed.
func (s *Store) DutyYearInsert(ctx context.Context, one duty.Year) error {
	one.Version = 1
	row, err := newDutyYearRow(one)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// DutyYearUpdate stores that a closed year is to be opened again, or was; the older row is kept.
func (s *Store) DutyYearUpdate(ctx context.Context, one duty.Year) error {
	row, err := newDutyYearRow(one)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// DutyYears returns every closing under a plan by year and number.
func (s *Store) DutyYears(ctx context.Context, plan string) ([]duty.Year, error) {
	var rows []dutyYearRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("plan = ?", plan).Order("year", "number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: years of plan %s: %w", plan, err)
	}
	years := make([]duty.Year, len(rows))
	for i, r := range rows {
		years[i] = duty.Year{ID: r.ID, Plan: r.Plan, Year: int(r.Year), Number: int(r.Number), State: duty.YearState(r.State), By: r.Person,
			At: knownMoment(r.At), Reason: r.Reason, AskedBy: r.AskedBy, AskedAt: knownMoment(r.AskedAt), ApprovedBy: r.ApprovedBy,
			ApprovedAt: knownMoment(r.ApprovedAt), Version: r.Version}
		if err := json.Unmarshal([]byte(r.Content), &years[i].Content); err != nil {
			return nil, fmt.Errorf("store: year %s: %w", r.ID, err)
		}
	}
	return years, nil
}

type releaseRow struct {
	bun.BaseModel `bun:"table:plan_release"`
	ID            string `bun:"id,pk"`
	Kind          string `bun:"kind"`
	Plan          string `bun:"plan"`
	Unit          string `bun:"unit"`
	Publication   string `bun:"publication"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Version       int64  `bun:"version"`
}

// ReleaseInsert stores what a publication was made of.
func (s *Store) ReleaseInsert(ctx context.Context, one duty.Release) error {
	return insertRows(ctx, s, releaseRow{ID: one.ID, Kind: string(one.Kind), Plan: one.Plan, Unit: one.Unit, Publication: one.Publication,
		Person: one.By, At: storedMoment(one.At), Version: 1})
}

// Releases returns what was handed to publication of a kind under a plan ("" for the lists of the bureau), the newest first.
func (s *Store) Releases(ctx context.Context, kind duty.ReleaseKind, plan string) ([]duty.Release, error) {
	var rows []releaseRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("kind = ? and plan = ?", string(kind), plan).Order("at DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: releases: %w", err)
	}
	all := make([]duty.Release, len(rows))
	for i, r := range rows {
		all[i] = duty.Release{ID: r.ID, Kind: duty.ReleaseKind(r.Kind), Plan: r.Plan, Unit: r.Unit, Publication: r.Publication, By: r.Person,
			At: knownMoment(r.At), Version: r.Version}
	}
	return all, nil
}
