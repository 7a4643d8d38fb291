package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/plan/target"
)

var _ target.SplitStore = (*Store)(nil)

type planSplitRow struct {
	bun.BaseModel `bun:"table:plan_split"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Target        string `bun:"target"`
	Parent        string `bun:"parent"`
	Number        int64  `bun:"number"`
	State         string `bun:"state"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	Proposed      int64  `bun:"proposed"`
	Approver      string `bun:"approver"`
	Approved      int64  `bun:"approved"`
	Version       int64  `bun:"version"`
}

type planSplitSheetRow struct {
	bun.BaseModel `bun:"table:plan_split_sheet"`
	ID            string `bun:"id,pk"`
	Shares        string `bun:"shares"`
}

func newPlanSplitRow(s target.Split) planSplitRow {
	return planSplitRow{ID: s.ID, Plan: s.Plan, Target: string(s.Target), Parent: s.Parent, Number: int64(s.Number), State: string(s.State), Reason: s.Reason,
		Person: s.By, Proposed: storedMoment(s.At), Approver: s.ApprovedBy, Approved: storedMoment(s.ApprovedAt), Version: s.Version}
}

// storedMoment is 0 for no moment.
func storedMoment(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMilli()
}

func knownMoment(milliseconds int64) time.Time {
	if milliseconds == 0 {
		return time.Time{}
	}
	return utcMoment(milliseconds)
}

func (r planSplitRow) split() target.Split {
	return target.Split{Plan: r.Plan, Target: target.Track(r.Target), Parent: r.Parent, Decision: target.Decision{ID: r.ID, Number: int(r.Number),
		State: target.State(r.State), Reason: r.Reason, By: r.Person, At: knownMoment(r.Proposed), ApprovedBy: r.Approver, ApprovedAt: knownMoment(r.Approved),
		Version: r.Version}}
}

// SplitInsert stores a split with its shares.
func (s *Store) SplitInsert(ctx context.Context, split target.Split) error {
	sheet, err := target.WriteShares(split.Shares)
	if err != nil {
		return fmt.Errorf("store: shares of split %s: %w", split.ID, err)
	}
	split.Version = 1
	if err := insertRows(ctx, s, newPlanSplitRow(split)); err != nil {
		return err
	}
	return insertRows(ctx, s, planSplitSheetRow{ID: split.ID, Shares: string(sheet)})
}

// SplitUpdate stores what was decided about a split; its shares are not touched.
func (s *Store) SplitUpdate(ctx context.Context, split target.Split) error {
	return updateRow(ctx, s, newPlanSplitRow(split))
}

// Split returns one split with its shares.
func (s *Store) Split(ctx context.Context, id string) (target.Split, error) {
	row, err := findRow[planSplitRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return target.Split{}, target.ErrNotFound
	}
	if err != nil {
		return target.Split{}, fmt.Errorf("store: split %s: %w", id, err)
	}
	splits, err := s.withSheets(ctx, []planSplitRow{row})
	if err != nil {
		return target.Split{}, err
	}
	return splits[0], nil
}

// SplitsInForce returns of each target and parent of a plan the split approved last.
func (s *Store) SplitsInForce(ctx context.Context, planID string) ([]target.Split, error) {
	return s.SplitsOn(ctx, planID, time.Time{})
}

// SplitsOn returns the splits that held at an instant; the zero instant is now.
func (s *Store) SplitsOn(ctx context.Context, planID string, at time.Time) ([]target.Split, error) {
	var rows []planSplitRow
	query := s.reads(ctx).NewSelect().Model(&rows).Where("plan = ?", planID).Where("state = ?", string(target.Approved))
	if !at.IsZero() {
		query = query.Where("approved <= ?", at.UnixMilli())
	}
	if err := query.Order("target", "parent", "approved", "number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: splits of plan %s: %w", planID, err)
	}
	var held []planSplitRow
	for _, row := range rows {
		if last := len(held) - 1; last >= 0 && held[last].Target == row.Target && held[last].Parent == row.Parent {
			held[last] = row
			continue
		}
		held = append(held, row)
	}
	return s.withSheets(ctx, held)
}

// SplitVersions returns every split of a target by one parent, by number.
func (s *Store) SplitVersions(ctx context.Context, planID string, track target.Track, parent string) ([]target.Split, error) {
	var rows []planSplitRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("plan = ?", planID).Where("target = ?", string(track)).Where("parent = ?", parent).Order("number").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: splits of target %s: %w", track, err)
	}
	return s.withSheets(ctx, rows)
}

// SplitsProposed returns the splits of a plan that wait for approval, without their shares.
func (s *Store) SplitsProposed(ctx context.Context, planID string) ([]target.Split, error) {
	var rows []planSplitRow
	err := s.reads(ctx).NewSelect().Model(&rows).Where("plan = ?", planID).Where("state = ?", string(target.Proposed)).Order("proposed", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: proposed splits of plan %s: %w", planID, err)
	}
	splits := make([]target.Split, len(rows))
	for i, row := range rows {
		splits[i] = row.split()
	}
	return splits, nil
}

// withSheets reads the shares of splits, some hundred sheets at a time.
func (s *Store) withSheets(ctx context.Context, rows []planSplitRow) ([]target.Split, error) {
	splits, at := make([]target.Split, len(rows)), make(map[string]int, len(rows))
	for i, row := range rows {
		splits[i], at[row.ID] = row.split(), i
	}
	for part := range slices.Chunk(rows, 500) {
		ids := make([]string, len(part))
		for i, row := range part {
			ids[i] = row.ID
		}
		var sheets []planSplitSheetRow
		if err := s.reads(ctx).NewSelect().Model(&sheets).Where("id in (?)", bun.In(ids)).Scan(ctx); err != nil {
			return nil, fmt.Errorf("store: shares of splits: %w", err)
		}
		for _, sheet := range sheets {
			shares, err := target.ReadShares([]byte(sheet.Shares))
			if err != nil {
				return nil, fmt.Errorf("store: shares of split %s: %w", sheet.ID, err)
			}
			splits[at[sheet.ID]].Shares = shares
		}
	}
	return splits, nil
}
