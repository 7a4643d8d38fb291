package plan

import (
	"context"
	"fmt"
	"sync"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/fault"
)

// maxOpened is the number of readings that are kept in memory; the one opened longest ago goes first.
const maxOpened = 8

// Desks opens drafts and does what people ask for at them. It may be used by many at once.
type Desks struct {
	store Store
	name  func(ctx context.Context, person string) string

	mu     sync.Mutex
	opened map[string]*opened
	order  []string
	// tracked holds plans with the tracks of their nodes, by id.
	tracked map[string]*Tracked
}

// opened is a source with the items made of it; neither changes.
type opened struct {
	source Source
	items  []Item
	report Report
}

// NewDesks returns the desks of a store. Name returns what people call a person; names are not kept with what
// they did.
func NewDesks(store Store, name func(ctx context.Context, person string) string) *Desks {
	return &Desks{store: store, name: name, opened: map[string]*opened{}, tracked: map[string]*Tracked{}}
}

// Opened is a draft on the desk.
type Opened struct {
	Draft  Draft
	Desk   *Desk
	Clean  document.Mapped
	Report Report
	Source Source
	base   *opened
}

// thing is what every right about a plan is asked for.
var thing = access.Thing{Class: access.Plan}

// MayReview tells whether somebody in post may work at drafts.
func MayReview(post access.Post) bool { return access.May(post, access.Change, thing) }

// MayAdopt tells whether somebody in post may fix a draft as a version.
func MayAdopt(post access.Post) bool { return access.May(post, access.Approve, thing) }

// MaySeeDrafts tells whether somebody in post may see drafts: who works at them, and the auditor. Everybody
// else sees adopted versions only.
func MaySeeDrafts(post access.Post) bool {
	return MayReview(post) || MayAdopt(post) || post.Role == access.Auditor
}

// MaySee tells whether somebody in post may see adopted plans.
func MaySee(post access.Post) bool { return access.May(post, access.See, thing) }

// Open returns a draft with its desk.
func (d *Desks) Open(ctx context.Context, draft string) (Opened, error) {
	row, err := d.store.PlanDraft(ctx, draft)
	if err != nil {
		return Opened{}, err
	}
	return d.open(ctx, row)
}

func (d *Desks) open(ctx context.Context, draft Draft) (Opened, error) {
	base, err := d.base(ctx, draft.ID)
	if err != nil {
		return Opened{}, err
	}
	log, err := d.store.PlanOperations(ctx, draft.ID)
	if err != nil {
		return Opened{}, err
	}
	names := map[string]string{}
	for i, operation := range log {
		if _, known := names[operation.By]; !known {
			names[operation.By] = d.name(ctx, operation.By)
		}
		log[i].Name = names[operation.By]
	}
	desk, err := Replay(base.items, log)
	if err != nil {
		return Opened{}, fmt.Errorf("plan: draft %s: %w", draft.ID, err)
	}
	return Opened{Draft: draft, Desk: desk, Clean: base.source.Clean, Report: base.report, Source: base.source, base: base}, nil
}

func (d *Desks) base(ctx context.Context, draft string) (*opened, error) {
	d.mu.Lock()
	found := d.opened[draft]
	d.mu.Unlock()
	if found != nil {
		return found, nil
	}
	source, err := d.store.PlanSource(ctx, draft)
	if err != nil {
		return nil, err
	}
	made := &opened{source: source, items: Items(source.Reading)}
	made.report = NewReport(source.Reading, made.items)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.opened[draft] == nil {
		d.order = append(d.order, draft)
	}
	d.opened[draft] = made
	for len(d.order) > maxOpened {
		delete(d.opened, d.order[0])
		d.order = d.order[1:]
	}
	return made, nil
}

// Review does what somebody asks for at a draft and returns it as stored. When another operation came between,
// it is tried again on the newest state, so that only people at the same item get in each other's way.
func (d *Desks) Review(ctx context.Context, actor action.Actor, draft string, request Request) (Operation, error) {
	const tries = 5
	for try := 1; ; try++ {
		operation, err := d.review(ctx, actor, draft, request)
		if try < tries && isStale(err) {
			continue
		}
		return operation, err
	}
}

func isStale(err error) bool {
	for _, f := range fault.Of(err) {
		if f.Code == "action.stale" {
			return true
		}
	}
	return false
}

func (d *Desks) review(ctx context.Context, actor action.Actor, draft string, request Request) (Operation, error) {
	var operation Operation
	err := action.Do(ctx, d.store, actor, action.Write{Name: "plan.action.review", Thing: thing, Do: func(ctx context.Context, tx action.Tx) error {
		row, err := d.store.PlanDraft(ctx, draft)
		if err != nil {
			return err
		}
		if row.State != Reviewing {
			return fault.List{fault.New("plan.draft_closed", nil)}
		}
		open, err := d.open(ctx, row)
		if err != nil {
			return err
		}
		if did, ok := open.Desk.Did(request.Once); ok {
			operation = did
			return nil
		}
		who := Who{ID: actor.Post.Person, Name: d.name(ctx, actor.Post.Person), At: tx.Now()}
		if operation, err = open.Desk.Do(request, who); err != nil {
			return err
		}
		after, err := Replay(open.base.items, append(open.Desk.operations(), operation))
		if err != nil {
			return err
		}
		row.Head, row.Progress, row.Changed = operation.Number, after.Progress(), tx.Now()
		if about, ok := after.Item(DocumentID); ok && about.Fields["name"] != "" {
			row.Title = about.Fields["name"]
		}
		if err := d.store.PlanDraftUpdate(ctx, row); err != nil {
			return err
		}
		return d.store.PlanOperationInsert(ctx, draft, operation)
	}})
	return operation, err
}
