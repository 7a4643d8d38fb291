package plan

import (
	"context"
	"errors"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
)

// Adopt fixes a draft as the next version of its plan, or as version 1 of a new one, and returns the plan and
// the version. Every reason against it comes back at once.
func (d *Desks) Adopt(ctx context.Context, actor action.Actor, draft string, adoption Adoption) (Plan, Version, error) {
	var plan Plan
	var version Version
	err := action.Do(ctx, d.store, actor, action.Write{Name: "plan.action.adopt", Operation: access.Approve, Thing: thing, Do: func(ctx context.Context, tx action.Tx) error {
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
		if plan, err = d.planOf(ctx, row, tx); err != nil {
			return err
		}
		who := Who{ID: actor.Post.Person, At: tx.Now()}
		version, err = open.Desk.Adopt(adoption, row.Original, HashBytes([]byte(open.Clean.Text)), plan.Versions+1, who)
		if err != nil {
			return err
		}
		version.Draft = row.ID
		return d.storeVersion(ctx, row, &plan, version, tx)
	}})
	return plan, version, err
}

// planOf returns the plan that a draft revises, or a new one.
func (d *Desks) planOf(ctx context.Context, draft Draft, tx action.Tx) (Plan, error) {
	if draft.Plan == "" {
		return Plan{ID: tx.NewID(), Created: tx.Now()}, nil
	}
	return d.store.Plan(ctx, draft.Plan)
}

func (d *Desks) storeVersion(ctx context.Context, draft Draft, plan *Plan, version Version, tx action.Tx) error {
	content := version.Content
	plan.Title, plan.Region, plan.From, plan.To = content.Title, content.Region, content.From, content.To
	plan.Versions, plan.Changed = version.Number, tx.Now()
	write := d.store.PlanUpdate
	if version.Number == 1 {
		write = d.store.PlanInsert
	}
	draft.Plan, draft.State, draft.Number, draft.Changed, draft.Title = plan.ID, Adopted, version.Number, tx.Now(), content.Title
	if err := write(ctx, *plan); err != nil {
		return err
	}
	return errors.Join(d.store.PlanVersionInsert(ctx, plan.ID, version), d.store.PlanDraftUpdate(ctx, draft))
}

// Version returns a version of a plan; number 0 is the last one.
func (d *Desks) Version(ctx context.Context, id string, number int) (Plan, Version, error) {
	plan, err := d.store.Plan(ctx, id)
	if err != nil {
		return Plan{}, Version{}, err
	}
	if number == 0 {
		number = plan.Versions
	}
	version, err := d.store.PlanVersion(ctx, id, number)
	version.Name = d.name(ctx, version.By)
	return plan, version, err
}

// Versions returns the versions of a plan by number, without their contents.
func (d *Desks) Versions(ctx context.Context, id string) ([]Version, error) {
	versions, err := d.store.PlanVersions(ctx, id)
	for i := range versions {
		versions[i].Name = d.name(ctx, versions[i].By)
	}
	return versions, err
}

// Text returns the clean text that a version was read from.
func (d *Desks) Text(ctx context.Context, version Version) (string, error) {
	base, err := d.base(ctx, version.Draft)
	if err != nil {
		return "", err
	}
	return base.source.Clean.Text, nil
}

// Drafts returns the drafts, newest first.
func (d *Desks) Drafts(ctx context.Context) ([]Draft, error) { return d.store.PlanDrafts(ctx) }

// Plans returns the adopted plans, newest first.
func (d *Desks) Plans(ctx context.Context) ([]Plan, error) { return d.store.Plans(ctx) }

// PersonName returns what people call a person.
func (d *Desks) PersonName(ctx context.Context, person string) string { return d.name(ctx, person) }

// Original returns the bytes handed over with a draft.
func (d *Desks) Original(ctx context.Context, draft string) ([]byte, error) {
	return d.store.PlanOriginal(ctx, draft)
}
