package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/plan/target"
)

var _ target.BindingStore = (*Store)(nil)

type planBindingRow struct {
	bun.BaseModel `bun:"table:plan_binding"`
	ID            string  `bun:"id,pk"`
	Plan          string  `bun:"plan"`
	Target        string  `bun:"target"`
	Number        int64   `bun:"number"`
	State         string  `bun:"state"`
	Kind          string  `bun:"kind"`
	Name          string  `bun:"name"`
	Stage         string  `bun:"stage"`
	Confidence    float64 `bun:"confidence"`
	Reason        string  `bun:"reason"`
	Person        string  `bun:"person"`
	Made          int64   `bun:"made"`
	Second        string  `bun:"second"`
	Approved      int64   `bun:"approved"` // 0: not yet
	Version       int64   `bun:"version"`
}

func newPlanBindingRow(b target.Binding) planBindingRow {
	row := planBindingRow{ID: b.ID, Plan: b.Plan, Target: string(b.Target), Number: int64(b.Number), State: string(b.State), Kind: string(b.Kind), Name: b.Name,
		Stage: b.Stage, Confidence: b.Confidence, Reason: b.Reason, Person: b.By, Made: b.At.UnixMilli(), Second: b.ApprovedBy, Version: b.Version}
	if !b.ApprovedAt.IsZero() {
		row.Approved = b.ApprovedAt.UnixMilli()
	}
	return row
}

func (r planBindingRow) binding() target.Binding {
	b := target.Binding{Plan: r.Plan, Target: target.Track(r.Target), Kind: target.SourceKind(r.Kind), Name: r.Name, Stage: r.Stage, Confidence: r.Confidence,
		Decision: target.Decision{ID: r.ID, Number: int(r.Number), State: target.State(r.State), Reason: r.Reason, By: r.Person,
			At: time.UnixMilli(r.Made).UTC(), ApprovedBy: r.Second, Version: r.Version}}
	if r.Approved != 0 {
		b.ApprovedAt = time.UnixMilli(r.Approved).UTC()
	}
	return b
}

// BindingInsert stores a new version of what measures a target.
func (s *Store) BindingInsert(ctx context.Context, b target.Binding) error {
	b.Version = 1
	return insertRows(ctx, s, newPlanBindingRow(b))
}

// BindingUpdate stores the decision about a proposed version; the row before is kept.
func (s *Store) BindingUpdate(ctx context.Context, b target.Binding) error {
	return updateRow(ctx, s, newPlanBindingRow(b))
}

// Binding returns one version.
func (s *Store) Binding(ctx context.Context, id string) (target.Binding, error) {
	row, err := findRow[planBindingRow](ctx, s, id)
	if errors.Is(err, sql.ErrNoRows) {
		return target.Binding{}, target.ErrNoBinding
	}
	return row.binding(), err
}

// Bindings returns every version of a plan by target and number.
func (s *Store) Bindings(ctx context.Context, plan string) ([]target.Binding, error) {
	var rows []planBindingRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("plan = ?", plan).Order("target", "number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: bindings of plan %s: %w", plan, err)
	}
	bindings := make([]target.Binding, len(rows))
	for i, row := range rows {
		bindings[i] = row.binding()
	}
	return bindings, nil
}
