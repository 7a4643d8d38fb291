package person

import (
	"context"
	"errors"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// CreatePost gives a person a post at where (post.Unit is its code). Somebody may give only the roles that access.MayGrant allows.
func CreatePost(ctx context.Context, store Store, actor action.Actor, where access.Unit, post Post) (Post, error) {
	const name = "person.action.create_post"
	post.Unit = where.Code
	if !access.MayGrant(actor.Post, post.Role, where) && post.Check() == nil {
		return post, action.Refused(name)
	}
	err := action.Do(ctx, store, actor, action.Write{
		Name:  name,
		Thing: access.Thing{Class: access.People, Unit: where},
		Check: func(context.Context) error { return post.Check().Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			if _, err := store.Person(ctx, post.Person); err != nil {
				return notFound(err)
			}
			others, err := store.PostsOf(ctx, post.Person)
			if err != nil {
				return err
			}
			if len(others) >= MaxPostsOfOne {
				return fault.New("person.posts_many", message.Args{"limit": MaxPostsOfOne})
			}
			post.ID = tx.NewID()
			return store.InsertPosts(ctx, post)
		},
	})
	return post, err
}

// EndPost ends a post on its last day; where is its unit.
func EndPost(ctx context.Context, store Store, actor action.Actor, where access.Unit, id, lastDay string) error {
	const name = "person.action.end_post"
	return action.Do(ctx, store, actor, action.Write{
		Name:  name,
		Thing: access.Thing{Class: access.People, Unit: where},
		Do: func(ctx context.Context, tx action.Tx) error {
			post, err := store.Post(ctx, id)
			if err != nil {
				return notFound(err)
			}
			if post.Unit != where.Code || !access.MayGrant(actor.Post, post.Role, where) {
				return action.Refused(name)
			}
			post.To = lastDay
			if err := post.Check().Err(); err != nil {
				return err
			}
			return store.UpdatePost(ctx, post)
		},
	})
}

// ChoosePost makes one of the posts held on day the present one of the account.
func ChoosePost(ctx context.Context, store Store, presence Presence, address, postID string) error {
	for _, post := range presence.Posts {
		if post.ID != postID {
			continue
		}
		return action.Do(ctx, store, selfActor(presence.Account, address), action.Write{
			Name:  "person.action.choose_post",
			Thing: access.Thing{Class: access.Self, Owner: presence.Person.ID},
			Do: func(ctx context.Context, tx action.Tx) error {
				account, err := store.Account(ctx, presence.Account.ID)
				if err != nil {
					return notFound(err)
				}
				account.Present = postID
				return store.UpdateAccount(ctx, account)
			},
		})
	}
	return at(FieldPost, "person.post_not_held", nil)
}

// notFound turns ErrNotFound into words.
func notFound(err error) error {
	if errors.Is(err, ErrNotFound) {
		return fault.New("person.not_found", nil)
	}
	return err
}
