package plan

import (
	"context"
	"errors"
	"time"

	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/plan/reading"
)

// ErrNotFound says that there is no draft, plan or version with this id.
var ErrNotFound = errors.New("plan: not found")

// DraftState says how far a draft has come.
type DraftState string

// States of a draft. Only a draft in Reviewing takes operations.
const (
	Reviewing DraftState = "reviewing"
	Adopted   DraftState = "adopted"
	Discarded DraftState = "discarded"
)

// Draft is a document handed over and how far its review has come.
type Draft struct {
	ID       string
	Plan     string // id of the plan it revises, or that it became; "" for a new plan under review
	Title    string
	File     string // name of the file handed over
	Format   string
	Size     int64  // bytes handed over
	Original string // SHA-256 of the bytes handed over
	State    DraftState
	Head     int // number of the last operation
	Progress Progress
	By       string // id of the person who handed it over
	Created  time.Time
	Changed  time.Time
	Number   int   // of the version it became, 0 before
	Version  int64 // of the row
}

// Source is what was made of the bytes of a draft; it never changes.
type Source struct {
	Format   string          `json:"format"`
	Encoding string          `json:"encoding"`
	Part     string          `json:"part"`
	Clean    document.Mapped `json:"clean"`
	Reading  reading.Draft   `json:"reading"`
}

// Plan is a plan that was adopted at least once. Title, region and years are those of its last version.
type Plan struct {
	ID       string
	Title    string
	Region   string
	From, To int
	Versions int // number of the last version
	Created  time.Time
	Changed  time.Time
	Version  int64 // of the row
}

// Store keeps drafts, operations, plans and versions. Methods that write run inside action.Do only. What is
// not there is ErrNotFound.
type Store interface {
	action.Store
	AmendmentStore
	PlanDraftInsert(ctx context.Context, draft Draft, source Source, original []byte) error
	PlanDraftUpdate(ctx context.Context, draft Draft) error
	PlanDraft(ctx context.Context, id string) (Draft, error)
	PlanDrafts(ctx context.Context) ([]Draft, error) // newest first
	PlanSource(ctx context.Context, draft string) (Source, error)
	PlanOriginal(ctx context.Context, draft string) ([]byte, error)
	PlanOperationInsert(ctx context.Context, draft string, operation Operation) error
	PlanOperations(ctx context.Context, draft string) ([]Operation, error) // by number
	PlanInsert(ctx context.Context, plan Plan) error
	PlanUpdate(ctx context.Context, plan Plan) error
	Plan(ctx context.Context, id string) (Plan, error)
	Plans(ctx context.Context) ([]Plan, error) // newest first
	PlanVersionInsert(ctx context.Context, plan string, version Version) error
	PlanVersion(ctx context.Context, plan string, number int) (Version, error)
	PlanVersions(ctx context.Context, plan string) ([]Version, error) // by number, without Bytes and Content
}
