package appraisal

import (
	"context"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
)

// Present is the card of a case as it stands: the last entry of its history; the zero card when it has none.
func Present(history []Card) Card {
	if len(history) == 0 {
		return Card{}
	}
	return history[len(history)-1]
}

// ChangeCard changes the card of a signed case, such as one that is lifted after everything was put right: with a reason, from today,
// open to appeal. The signed result stays as it is.
func (d *Desk) ChangeCard(ctx context.Context, actor action.Actor, id, card, reason string) error {
	one, sheet, run, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	until, err := d.appealDay(ctx, sheet, one)
	if err != nil {
		return err
	}
	reason, wrong := reasonOf(reason)
	if sheet.Card(card) == nil {
		wrong.Add(fault.At(fault.Place{Column: FieldCard}, "appraisal.card_unknown", nil))
	}
	return action.Do(ctx, d.store, actor, action.Write{Name: "appraisal.action.card", Operation: access.Approve, Reason: reason,
		Thing: access.Thing{Class: access.Plan, Unit: access.Unit{Code: one.Unit}},
		Check: func(context.Context) error { return append(wrong, second(actor.Post, run, one)...).Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			history, err := d.store.AppraisalCards(ctx, id)
			if err != nil {
				return err
			}
			present := Present(history)
			switch {
			case one.State != Final:
				return fault.New("appraisal.card_not_final", nil)
			case present.Card == card:
				return fault.At(fault.Place{Column: FieldCard}, "appraisal.card_same", nil)
			}
			return d.store.AppraisalCardInsert(ctx, Card{ID: tx.NewID(), Case: id, Unit: one.Unit, Card: card, Before: present.Card, Kind: CardChanged,
				Reason: reason, Person: actor.Post.Person, At: tx.Now(), AppealUntil: until})
		}})
}

// AppealCard is what a unit does against a later change of its card.
func (d *Desk) AppealCard(ctx context.Context, actor action.Actor, id, card, reason string, files []attachment.Prepared) error {
	one, err := d.store.AppraisalCase(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	if !IsOf(actor.Post, one) {
		return action.Refused("appraisal.action.appeal")
	}
	reason, wrong := reasonOf(reason)
	return action.Do(ctx, d.store, actor, action.Write{Name: "appraisal.action.appeal", Reason: reason, Thing: thing(tree, one.Unit, actor.Post.Person),
		Check: func(context.Context) error { return wrong.Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			history, err := d.store.AppraisalCards(ctx, id)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(history, func(c Card) bool { return c.ID == card && c.Kind == CardChanged })
			if at < 0 {
				return ErrNotFound
			}
			if late := d.inTime(history[at].AppealUntil.String()); late != nil {
				return late.Err()
			}
			appeals, err := d.store.AppraisalAppeals(ctx, id)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(appeals, func(a Appeal) bool { return a.Card == card }) {
				return fault.New("appraisal.appeal_twice", nil)
			}
			return d.putAppeal(ctx, tx, actor, one, card, reason, files)
		}})
}

// DecideCard decides an appeal against a change of a card; the card may go back to what it was, with the reason of the decision.
func (d *Desk) DecideCard(ctx context.Context, actor action.Actor, id, appealID string, takeBack bool, answer string) error {
	one, _, run, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	answer, wrong := reasonOf(answer)
	return action.Do(ctx, d.store, actor, action.Write{Name: "appraisal.action.decide", Operation: access.Approve, Reason: answer,
		Thing: access.Thing{Class: access.Plan, Unit: access.Unit{Code: one.Unit}},
		Check: func(context.Context) error { return append(wrong, second(actor.Post, run, one)...).Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			appeals, err := d.store.AppraisalAppeals(ctx, id)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(appeals, func(a Appeal) bool { return a.ID == appealID && a.Decision == Open && a.Card != "" })
			if at < 0 {
				return ErrNotFound
			}
			history, err := d.store.AppraisalCards(ctx, id)
			if err != nil {
				return err
			}
			appeal, changed := appeals[at], history[slices.IndexFunc(history, func(c Card) bool { return c.ID == appeals[at].Card })]
			if changed.Person == actor.Post.Person {
				return fault.New("appraisal.second_person", nil)
			}
			appeal.Decision, appeal.Answer, appeal.Decider, appeal.DecidedAt = Kept, answer, actor.Post.Person, tx.Now()
			if takeBack {
				appeal.Decision = Changed
				if err := d.store.AppraisalCardInsert(ctx, Card{ID: tx.NewID(), Case: id, Unit: one.Unit, Card: changed.Before, Before: Present(history).Card,
					Kind: CardAppeal, Reason: answer, Person: actor.Post.Person, At: tx.Now()}); err != nil {
					return err
				}
			}
			return d.store.AppraisalAppealUpdate(ctx, appeal)
		}})
}
