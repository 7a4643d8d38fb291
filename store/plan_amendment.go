package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/plan"
)

type planAmendmentRow struct {
	bun.BaseModel `bun:"table:plan_amendment"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Number        int64  `bun:"number"`
	Base          int64  `bun:"base"`
	State         string `bun:"state"`
	Changes       string `bun:"changes"`
	Reason        string `bun:"reason"`
	Person        string `bun:"person"`
	Proposed      int64  `bun:"proposed"`
	Approver      string `bun:"approver"`
	Approved      int64  `bun:"approved"`
	Made          int64  `bun:"made"`
	Version       int64  `bun:"version"`
}

func newPlanAmendmentRow(a plan.Amendment) (planAmendmentRow, error) {
	changes, err := json.Marshal(a.Changes)
	if err != nil {
		return planAmendmentRow{}, fmt.Errorf("store: changes of amendment %s: %w", a.ID, err)
	}
	return planAmendmentRow{ID: a.ID, Plan: a.Plan, Number: int64(a.Number), Base: int64(a.Base), State: string(a.State), Changes: string(changes), Reason: a.Reason,
		Person: a.By, Proposed: storedMoment(a.At), Approver: a.ApprovedBy, Approved: storedMoment(a.ApprovedAt), Made: int64(a.Made), Version: a.Version}, nil
}

func (r planAmendmentRow) amendment() (plan.Amendment, error) {
	a := plan.Amendment{ID: r.ID, Plan: r.Plan, Number: int(r.Number), Base: int(r.Base), State: plan.AmendmentState(r.State), Reason: r.Reason,
		By: r.Person, At: knownMoment(r.Proposed), ApprovedBy: r.Approver, ApprovedAt: knownMoment(r.Approved), Made: int(r.Made), Version: r.Version}
	if err := json.Unmarshal([]byte(r.Changes), &a.Changes); err != nil {
		return plan.Amendment{}, fmt.Errorf("store: changes of amendment %s: %w", r.ID, err)
	}
	return a, nil
}

// AmendmentInsert stores a proposed amendment.
func (s *Store) AmendmentInsert(ctx context.Context, amendment plan.Amendment) error {
	amendment.Version = 1
	row, err := newPlanAmendmentRow(amendment)
	if err != nil {
		return err
	}
	return insertRows(ctx, s, row)
}

// AmendmentUpdate stores what was decided about an amendment.
func (s *Store) AmendmentUpdate(ctx context.Context, amendment plan.Amendment) error {
	row, err := newPlanAmendmentRow(amendment)
	if err != nil {
		return err
	}
	return updateRow(ctx, s, row)
}

// Amendment returns one amendment.
func (s *Store) Amendment(ctx context.Context, id string) (plan.Amendment, error) {
	row, err := findRow[planAmendmentRow](ctx, s, id)
	if err != nil {
		return plan.Amendment{}, missingPlan(err)
	}
	return row.amendment()
}

// Amendments returns the amendments of a plan by number.
func (s *Store) Amendments(ctx context.Context, planID string) ([]plan.Amendment, error) {
	var rows []planAmendmentRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("plan = ?", planID).Order("number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: amendments of plan %s: %w", planID, err)
	}
	amendments := make([]plan.Amendment, len(rows))
	for i, row := range rows {
		var err error
		if amendments[i], err = row.amendment(); err != nil {
			return nil, err
		}
	}
	return amendments, nil
}
