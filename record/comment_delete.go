package record

import (
	"context"
	"slices"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// UncommentWithin is how long a comment can be taken back by whoever wrote it.
const UncommentWithin = 10 * time.Minute

// Uncomment takes back a comment: by whoever wrote it, and only shortly after. What it said stays in the audit chain.
func (d *Desk) Uncomment(ctx context.Context, actor action.Actor, of *pack.Register, id, comment string) error {
	row, err := d.Find(ctx, of, id)
	if err != nil {
		return err
	}
	if !d.MaySee(actor.Post, of, row) {
		return action.Refused("record.action.uncomment")
	}
	thing := thingOf(standOf(d.units(), of, row), actor.Post)
	thing.Subject = actor.Post.Subject // as it could be written, see Comment
	return action.Do(ctx, d.store, actor, action.Write{Name: "record.action.uncomment", Operation: baseRight(actor.Post, thing), Thing: thing,
		Do: func(ctx context.Context, tx action.Tx) error {
			all, err := d.store.RecordComments(ctx, Ref{of.Name, id})
			if err != nil {
				return err
			}
			at := slices.IndexFunc(all, func(c Comment) bool { return c.ID == comment })
			switch {
			case at < 0:
				return fault.New("record.comment_gone", nil)
			case all[at].Person != actor.Post.Person:
				return action.Refused("record.action.uncomment")
			case tx.Now().Sub(all[at].At) >= UncommentWithin:
				return fault.New("record.comment_late", message.Args{"minutes": int(UncommentWithin / time.Minute)})
			}
			return d.store.RecordCommentDelete(ctx, comment)
		}})
}
