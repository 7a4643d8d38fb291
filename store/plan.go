package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"jiaoheng/plan"
)

var _ plan.Store = (*Store)(nil)

type planDraftRow struct {
	bun.BaseModel `bun:"table:plan_draft"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Title         string `bun:"title"`
	File          string `bun:"file"`
	Format        string `bun:"format"`
	Size          int64  `bun:"size"`
	Original      string `bun:"original"`
	State         string `bun:"state"`
	Head          int64  `bun:"head"`
	Reviewed      int64  `bun:"reviewed"`
	Total         int64  `bun:"total"`
	Person        string `bun:"person"`
	Created       int64  `bun:"created"`
	Changed       int64  `bun:"changed"`
	Number        int64  `bun:"number"`
	Version       int64  `bun:"version"`
}

type planSourceRow struct {
	bun.BaseModel `bun:"table:plan_source"`
	ID            string `bun:"id,pk"`
	Content       string `bun:"content"`
}

// planOriginalRow holds the bytes in base 64: both databases take any text but not every byte in one.
type planOriginalRow struct {
	bun.BaseModel `bun:"table:plan_original"`
	ID            string `bun:"id,pk"`
	Content       string `bun:"content"`
}

type planOperationRow struct {
	bun.BaseModel `bun:"table:plan_operation"`
	ID            string `bun:"id,pk"`
	Draft         string `bun:"draft"`
	Number        int64  `bun:"number"`
	Act           string `bun:"act"`
	Person        string `bun:"person"`
	At            int64  `bun:"at"`
	Content       string `bun:"content"`
}

func missingPlan(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return plan.ErrNotFound
	}
	return err
}

func utcMoment(milliseconds int64) time.Time { return time.UnixMilli(milliseconds).UTC() }

func newPlanDraftRow(d plan.Draft) planDraftRow {
	return planDraftRow{ID: d.ID, Plan: d.Plan, Title: d.Title, File: d.File, Format: d.Format, Size: d.Size, Original: d.Original, State: string(d.State),
		Head: int64(d.Head), Reviewed: int64(d.Progress.Reviewed), Total: int64(d.Progress.Total), Person: d.By, Created: d.Created.UnixMilli(),
		Changed: d.Changed.UnixMilli(), Number: int64(d.Number), Version: d.Version}
}

func (r planDraftRow) draft() plan.Draft {
	return plan.Draft{ID: r.ID, Plan: r.Plan, Title: r.Title, File: r.File, Format: r.Format, Size: r.Size, Original: r.Original, State: plan.DraftState(r.State),
		Head: int(r.Head), Progress: plan.Progress{Reviewed: int(r.Reviewed), Total: int(r.Total)}, By: r.Person, Created: utcMoment(r.Created),
		Changed: utcMoment(r.Changed), Number: int(r.Number), Version: r.Version}
}

// PlanDraftInsert stores a draft with its source and the bytes handed over.
func (s *Store) PlanDraftInsert(ctx context.Context, draft plan.Draft, source plan.Source, original []byte) error {
	content, err := json.Marshal(source)
	if err != nil {
		return fmt.Errorf("store: source of a draft: %w", err)
	}
	draft.Version = 1
	if err := insertRows(ctx, s, newPlanDraftRow(draft)); err != nil {
		return err
	}
	if err := insertRows(ctx, s, planSourceRow{ID: draft.ID, Content: string(content)}); err != nil {
		return err
	}
	return insertRows(ctx, s, planOriginalRow{ID: draft.ID, Content: base64.StdEncoding.EncodeToString(original)})
}

// PlanDraftUpdate stores how far a draft has come. Older versions of the row are not kept: the log of
// operations holds more than they would.
func (s *Store) PlanDraftUpdate(ctx context.Context, draft plan.Draft) error {
	return replaceRow(ctx, s, newPlanDraftRow(draft))
}

// PlanDraft returns one draft.
func (s *Store) PlanDraft(ctx context.Context, id string) (plan.Draft, error) {
	row, err := findRow[planDraftRow](ctx, s, id)
	return row.draft(), missingPlan(err)
}

// PlanDrafts returns every draft, newest first.
func (s *Store) PlanDrafts(ctx context.Context) ([]plan.Draft, error) {
	var rows []planDraftRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Order("created DESC", "id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: drafts: %w", err)
	}
	drafts := make([]plan.Draft, len(rows))
	for i, row := range rows {
		drafts[i] = row.draft()
	}
	return drafts, nil
}

// PlanSource returns what was made of the bytes of a draft.
func (s *Store) PlanSource(ctx context.Context, draft string) (plan.Source, error) {
	row, err := findRow[planSourceRow](ctx, s, draft)
	if err != nil {
		return plan.Source{}, missingPlan(err)
	}
	var source plan.Source
	if err := json.Unmarshal([]byte(row.Content), &source); err != nil {
		return plan.Source{}, fmt.Errorf("store: source of draft %s: %w", draft, err)
	}
	return source, nil
}

// PlanOriginal returns the bytes handed over with a draft.
func (s *Store) PlanOriginal(ctx context.Context, draft string) ([]byte, error) {
	row, err := findRow[planOriginalRow](ctx, s, draft)
	if err != nil {
		return nil, missingPlan(err)
	}
	data, err := base64.StdEncoding.DecodeString(row.Content)
	if err != nil {
		return nil, fmt.Errorf("store: original of draft %s: %w", draft, err)
	}
	return data, nil
}

// PlanOperationInsert stores one operation behind the log of a draft.
func (s *Store) PlanOperationInsert(ctx context.Context, draft string, operation plan.Operation) error {
	content, err := json.Marshal(operation)
	if err != nil {
		return fmt.Errorf("store: operation: %w", err)
	}
	return insertRows(ctx, s, planOperationRow{ID: fmt.Sprintf("%s-%06d", draft, operation.Number), Draft: draft, Number: int64(operation.Number),
		Act: string(operation.Act), Person: operation.By, At: operation.At.UnixMilli(), Content: string(content)})
}

// PlanOperations returns the log of a draft by number.
func (s *Store) PlanOperations(ctx context.Context, draft string) ([]plan.Operation, error) {
	var rows []planOperationRow
	if err := s.reads(ctx).NewSelect().Model(&rows).Where("draft = ?", draft).Order("number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: operations of draft %s: %w", draft, err)
	}
	operations := make([]plan.Operation, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal([]byte(row.Content), &operations[i]); err != nil {
			return nil, fmt.Errorf("store: operation %s: %w", row.ID, err)
		}
	}
	return operations, nil
}
