package duty

import (
	"context"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/publication"
)

// Publish hands a content to publication as a draft that a second person approves, and keeps what it was made of, so that it can
// be compared with what is stored.
func (d *Desk) Publish(ctx context.Context, store publication.Store, actor action.Actor, release Release, home string, content publication.Content) (publication.Publication, error) {
	if len(content.Blocks) == 0 || headsOf(content) == nil {
		return publication.Publication{}, fault.New("duty.publish_empty", nil)
	}
	one, err := publication.Prepare(ctx, store, actor, home, content)
	if err != nil {
		return one, err
	}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.release", Thing: thing,
		Do: func(ctx context.Context, tx action.Tx) error {
			release.ID, release.Publication, release.By, release.At = tx.NewID(), one.ID, actor.Post.Person, tx.Now()
			return d.store.ReleaseInsert(ctx, release)
		}})
	return one, err
}

// Published returns the newest publication of the kind for a plan and a unit that is public now, and the newest draft behind it;
// nil where there is none.
func (d *Desk) Published(ctx context.Context, store publication.Store, kind ReleaseKind, plan, unit string) (public, draft *publication.Publication, err error) {
	releases, err := d.store.Releases(ctx, kind, plan)
	if err != nil {
		return nil, nil, err
	}
	for _, release := range releases {
		if release.Unit != unit {
			continue
		}
		one, err := store.Publication(ctx, release.Publication)
		if err != nil {
			return nil, nil, err
		}
		switch {
		case one.State == publication.Published:
			return &one, draft, nil
		case one.State == publication.Draft && draft == nil:
			draft = &one
		}
	}
	return nil, draft, nil
}
