package person

import (
	"context"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/secret"
)

// Masked returns p as it is shown by default: the name stays, as a list without it is of no use; the numbers are hidden in their middle.
func (p Person) Masked() Person {
	p.Phone, p.Identity = secret.MaskNumber(p.Phone, 3, 4), secret.MaskNumber(p.Identity, 6, 4)
	return p
}

// Look returns a person with the numbers unmasked and enters the look, with its reason, into the chain. The actor needs the right
// access.Open at where, and the person must hold or have held a post there.
func Look(ctx context.Context, store Store, actor action.Actor, where access.Unit, id, reason string) (Person, error) {
	var p Person
	err := action.Do(ctx, store, actor, action.Write{
		Name:      "person.action.look",
		Operation: access.Open,
		Thing:     access.Thing{Class: access.Personal, Unit: where, Owner: id},
		Reason:    strings.TrimSpace(reason),
		Check: func(context.Context) error {
			if strings.TrimSpace(reason) == "" {
				return at("reason", "person.look_reason", nil)
			}
			return nil
		},
		Do: func(ctx context.Context, _ action.Tx) error {
			posts, err := store.PostsOf(ctx, id)
			if err != nil {
				return err
			}
			for _, post := range posts {
				if post.Unit == where.Code {
					p, err = store.Person(ctx, id)
					return notFound(err)
				}
			}
			return fault.New("person.not_found", nil)
		},
	})
	if err != nil {
		return Person{}, err
	}
	return p, nil
}
