package person

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/action"
)

// Create stores a new person who belongs to where, and returns it with its id.
func Create(ctx context.Context, store Store, actor action.Actor, where access.Unit, p Person) (Person, error) {
	p = p.Clean()
	err := action.Do(ctx, store, actor, action.Write{
		Name:  "person.action.create",
		Thing: access.Thing{Class: access.People, Unit: where},
		Check: func(context.Context) error { return p.Check().Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			p.ID = tx.NewID()
			return store.InsertPersons(ctx, p)
		},
	})
	return p, err
}

// Update stores changed values of a person; p.Version is the version that was read.
func Update(ctx context.Context, store Store, actor action.Actor, where access.Unit, p Person) error {
	p = p.Clean()
	return action.Do(ctx, store, actor, action.Write{
		Name:  "person.action.update",
		Thing: access.Thing{Class: access.People, Unit: where},
		Check: func(context.Context) error { return p.Check().Err() },
		Do: func(ctx context.Context, _ action.Tx) error {
			if err := mayTouch(ctx, store, actor, p.ID, "person.action.update"); err != nil {
				return err
			}
			return store.UpdatePerson(ctx, p)
		},
	})
}
