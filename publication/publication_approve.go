package publication

import (
	"context"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// step is one change of the state of a publication.
type step struct {
	name      string
	operation access.Operation
	id        string
	version   int64
	from      State
	reason    string
	check     func(one Publication) fault.List
	do        func(one *Publication, tx action.Tx)
}

// change does a step in one action: the publication is read and checked where no other write can come between.
func change(ctx context.Context, store Store, actor action.Actor, s step) error {
	before, err := store.Publication(ctx, s.id)
	if err != nil {
		return err
	}
	return action.Do(ctx, store, actor, action.Write{Name: s.name, Operation: s.operation, Thing: thing(before.Unit), Reason: s.reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			one, err := store.Publication(ctx, s.id)
			if err != nil {
				return err
			}
			if one.Version != s.version {
				return fault.New("action.stale", nil)
			}
			if err := byHand(one.Content).Err(); err != nil {
				return err
			}
			if one.State != s.from {
				return fault.New("publication.state", message.Args{"state": message.Word("publication.state." + string(one.State))})
			}
			if err := s.check(one).Err(); err != nil {
				return err
			}
			s.do(&one, tx)
			return store.PublicationUpdate(ctx, one)
		}})
}

// Approve publishes a draft. Who prepared it or changed it last cannot approve it, whatever the post.
func Approve(ctx context.Context, store Store, actor action.Actor, id string, version int64) error {
	return change(ctx, store, actor, step{name: "publication.action.approve", operation: access.Approve, id: id, version: version, from: Draft,
		check: func(one Publication) fault.List {
			var faults fault.List
			if actor.Post.Person == one.Preparer || actor.Post.Person == one.Editor {
				faults.Add(fault.New("publication.second_person", nil))
			}
			return append(faults, check(one.Content)...)
		},
		do: func(one *Publication, tx action.Tx) {
			one.State, one.Approver, one.PublishedAt, one.Hash = Published, actor.Post.Person, tx.Now(), one.Content.Digest()
		}})
}

// Withdraw takes a publication back. Its address then says when and why.
func Withdraw(ctx context.Context, store Store, actor action.Actor, id string, version int64, reason string) error {
	reason = strings.TrimSpace(reason)
	return change(ctx, store, actor, step{name: "publication.action.withdraw", operation: access.Approve, id: id, version: version, from: Published,
		check: func(Publication) fault.List {
			if n := utf8.RuneCountInString(reason); n == 0 || n > MaxReason {
				return fault.List{fault.At(fault.Place{Column: FieldReason}, "publication.reason_wanted", message.Args{"limit": MaxReason})}
			}
			return nil
		},
		do: func(one *Publication, tx action.Tx) {
			one.State, one.Withdrawer, one.WithdrawnAt, one.Reason = Withdrawn, actor.Post.Person, tx.Now(), reason
		}})
}
