package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"jiaoheng/plan"
)

type planRow struct {
	bun.BaseModel `bun:"table:plan"`
	ID            string `bun:"id,pk"`
	Title         string `bun:"title"`
	Region        string `bun:"region"`
	From          int64  `bun:"year_from"`
	To            int64  `bun:"year_to"`
	Versions      int64  `bun:"versions"`
	Created       int64  `bun:"created"`
	Changed       int64  `bun:"changed"`
	Version       int64  `bun:"version"`
}

type planVersionRow struct {
	bun.BaseModel `bun:"table:plan_version"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Number        int64  `bun:"number"`
	Draft         string `bun:"draft"`
	Content       string `bun:"content"`
	Hash          string `bun:"hash"`
	Person        string `bun:"person"`
	Adopted       int64  `bun:"adopted"`
}

func newPlanRow(p plan.Plan) planRow {
	return planRow{ID: p.ID, Title: p.Title, Region: p.Region, From: int64(p.From), To: int64(p.To), Versions: int64(p.Versions),
		Created: p.Created.UnixMilli(), Changed: p.Changed.UnixMilli(), Version: p.Version}
}

func (r planRow) plan() plan.Plan {
	return plan.Plan{ID: r.ID, Title: r.Title, Region: r.Region, From: int(r.From), To: int(r.To), Versions: int(r.Versions),
		Created: utcMoment(r.Created), Changed: utcMoment(r.Changed), Version: r.Version}
}

func versionID(planID string, number int) string { return fmt.Sprintf("%s-%04d", planID, number) }

// PlanInsert stores a plan at its first adoption.
func (s *Store) PlanInsert(ctx context.Context, p plan.Plan) error {
	p.Version = 1
	return insertRows(ctx, s, newPlanRow(p))
}

// PlanUpdate stores a plan at a later adoption; the older row is kept.
func (s *Store) PlanUpdate(ctx context.Context, p plan.Plan) error {
	return updateRow(ctx, s, newPlanRow(p))
}

// Plan returns one plan.
func (s *Store) Plan(ctx context.Context, id string) (plan.Plan, error) {
	row, err := findRow[planRow](ctx, s, id)
	return row.plan(), missingPlan(err)
}

// Plans returns every plan, newest first.
func (s *Store) Plans(ctx context.Context) ([]plan.Plan, error) {
	var rows []planRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("created DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: plans: %w", err)
	}
	plans := make([]plan.Plan, len(rows))
	for i, row := range rows {
		plans[i] = row.plan()
	}
	return plans, nil
}

// PlanVersionInsert stores an adopted version. There is no way to change it.
func (s *Store) PlanVersionInsert(ctx context.Context, planID string, version plan.Version) error {
	return insertRows(ctx, s, planVersionRow{ID: versionID(planID, version.Number), Plan: planID, Number: int64(version.Number), Draft: version.Draft,
		Content: string(version.Bytes), Hash: version.Hash, Person: version.By, Adopted: version.At.UnixMilli()})
}

func (r planVersionRow) version() plan.Version {
	return plan.Version{Number: int(r.Number), Hash: r.Hash, By: r.Person, At: utcMoment(r.Adopted), Draft: r.Draft}
}

// PlanVersion returns one version and refuses it when its content does not have its hash.
func (s *Store) PlanVersion(ctx context.Context, planID string, number int) (plan.Version, error) {
	row, err := findRow[planVersionRow](ctx, s, versionID(planID, number))
	if err != nil {
		return plan.Version{}, missingPlan(err)
	}
	version := row.version()
	version.Bytes = []byte(row.Content)
	version.Content, err = plan.ParseVersion(version.Bytes, row.Hash)
	return version, err
}

// PlanVersions returns the versions of a plan by number, without their contents.
func (s *Store) PlanVersions(ctx context.Context, planID string) ([]plan.Version, error) {
	var rows []planVersionRow
	err := s.reads(ctx).NewSelect().Model(&rows).ExcludeColumn("content").Where("plan = ?", planID).Order("number").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: versions of plan %s: %w", planID, err)
	}
	versions := make([]plan.Version, len(rows))
	for i, row := range rows {
		versions[i] = row.version()
	}
	return versions, nil
}
