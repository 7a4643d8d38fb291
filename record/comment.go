package record

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
)

// Comment writes something about a row. Whoever sees a row one by one and may act anywhere on rows may comment on it.
func (d *Desk) Comment(ctx context.Context, actor action.Actor, of *pack.Register, id, text string) error {
	row, err := d.store.RegisterRow(ctx, of, id, true)
	if err != nil {
		return err
	}
	if !d.MaySee(actor.Post, of, row) {
		return action.Refused("record.action.comment")
	}
	thing := thingOf(standOf(d.units(), of, row), actor.Post)
	thing.Subject = actor.Post.Subject // an office may comment on rows of other offices in its region
	text = strings.TrimSpace(text)
	return action.Do(ctx, d.store, actor, action.Write{Name: "record.action.comment", Operation: baseRight(actor.Post, thing), Thing: thing,
		Check: func(context.Context) error {
			switch n := utf8.RuneCountInString(text); {
			case n == 0:
				return fault.List{fault.At(fault.Place{Column: "text"}, "record.comment_empty", nil)}
			case n > MaxComment:
				return fault.List{fault.At(fault.Place{Column: "text"}, "record.comment_long", message.Args{"limit": MaxComment})}
			}
			return nil
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			return d.store.RecordCommentInsert(ctx, Comment{ID: tx.NewID(), Of: Ref{of.Name, id}, Text: text, Person: actor.Post.Person, Post: actor.Post.ID, At: tx.Now()})
		}})
}

// Look opens the personal cells of a row; the opening is an action with a reason.
func (d *Desk) Look(ctx context.Context, actor action.Actor, of *pack.Register, id, reason string) (register.Row, error) {
	row, err := d.store.RegisterRow(ctx, of, id, true)
	if err != nil {
		return register.Row{}, err
	}
	if !d.MaySee(actor.Post, of, row) {
		return register.Row{}, action.Refused("record.action.open")
	}
	thing := access.Thing{Class: access.Personal, Unit: person.At(d.units(), row.Unit), Subject: of.Subject, Owner: register.TextOf(of, row, pack.ColumnOwner)}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "record.action.open", Operation: access.Open, Thing: thing, Reason: strings.TrimSpace(reason),
		Check: func(context.Context) error {
			if strings.TrimSpace(reason) == "" {
				return fault.List{fault.At(fault.Place{Column: "reason"}, "record.reason_empty", nil)}
			}
			return nil
		},
		Do: func(context.Context, action.Tx) error { return nil }})
	if err != nil {
		return register.Row{}, err
	}
	return row, nil
}

// Find returns a row of a living register with its personal cells masked; the fault record.row_gone when it is not there.
func (d *Desk) Find(ctx context.Context, of *pack.Register, id string) (register.Row, error) {
	row, err := d.store.RegisterRow(ctx, of, id, false)
	if errors.Is(err, register.ErrNotFound) {
		return row, missing(of)
	}
	return row, err
}
