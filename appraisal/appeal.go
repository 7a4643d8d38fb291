package appraisal

import (
	"context"
	"maps"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// AppealResult is what a unit does against its result, until the last day, with a reason and files.
func (d *Desk) AppealResult(ctx context.Context, actor action.Actor, id, reason string, files []attachment.Prepared) error {
	before, _, _, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	if !IsOf(actor.Post, before) {
		return action.Refused("appraisal.action.appeal")
	}
	reason, wrong := reasonOf(reason)
	return d.carry(ctx, actor, change{name: "appraisal.action.appeal", thing: thing(tree, before.Unit, actor.Post.Person), id: id, from: []State{Told}, reason: reason,
		check: func(_ Run, one Case) fault.List { return append(wrong, d.inTime(one.AppealUntil.String())...) },
		do: func(ctx context.Context, tx action.Tx, _ Run, one *Case) error {
			one.State = Appealed
			return d.putAppeal(ctx, tx, actor, *one, "", reason, files)
		}})
}

// inTime tells when the last day of an appeal is over.
func (d *Desk) inTime(until string) fault.List {
	if until < d.store.Today().String() {
		return fault.List{fault.New("appraisal.appeal_late", message.Args{"day": until})}
	}
	return nil
}

func (d *Desk) putAppeal(ctx context.Context, tx action.Tx, actor action.Actor, one Case, card, reason string, files []attachment.Prepared) error {
	if len(files) > MaxFiles {
		return fault.New("attachment.too_many", message.Args{"limit": MaxFiles})
	}
	appeal := Appeal{ID: tx.NewID(), Case: one.ID, Unit: one.Unit, Card: card, Reason: reason, Person: actor.Post.Person, At: tx.Now(), Decision: Open, Version: 1}
	if err := d.store.AppraisalAppealInsert(ctx, appeal); err != nil {
		return err
	}
	for _, file := range files {
		if _, err := file.Put(ctx, d.files, tx, actor, AppealOwner(appeal.ID), one.Unit, false); err != nil {
			return err
		}
	}
	return nil
}

// Verdict is a decision on an appeal against a result. Points are new points of checked items; none keeps the result.
type Verdict struct {
	Answer string
	Points map[string]float64
}

// Decide decides the appeal of a unit against its result, with a reason. The result is added up anew from the figures that were read
// when it was computed. When the card changes, its history gets an entry with the reason.
func (d *Desk) Decide(ctx context.Context, actor action.Actor, id string, version int64, verdict Verdict) error {
	_, sheet, _, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	answer, wrong := reasonOf(verdict.Answer)
	return d.carry(ctx, actor, change{name: "appraisal.action.decide", operation: access.Approve, id: id, version: version, from: []State{Appealed}, reason: answer,
		check: func(run Run, one Case) fault.List {
			faults := append(wrong, second(actor.Post, run, one)...)
			for _, name := range slices.Sorted(maps.Keys(verdict.Points)) {
				if item := sheet.Item(name); item == nil || !item.Checked || verdict.Points[name] < 0 || verdict.Points[name] > item.Points {
					faults.Add(fault.At(fault.Place{Column: name}, "appraisal.decide_points", message.Args{"item": titleOf(sheet, name)}))
				}
			}
			return faults
		},
		do: func(ctx context.Context, tx action.Tx, run Run, one *Case) error {
			appeals, err := d.store.AppraisalAppeals(ctx, one.ID)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(appeals, func(a Appeal) bool { return a.Decision == Open && a.Card == "" })
			if at < 0 {
				return ErrNotFound
			}
			appeal, before := appeals[at], one.Result.Card
			appeal.Decision, appeal.Answer, appeal.Decider, appeal.DecidedAt = Kept, answer, actor.Post.Person, tx.Now()
			if len(verdict.Points) > 0 {
				appeal.Decision = Changed
				for name, points := range verdict.Points {
					one.Result.Item(name).Agreed = &PersonScore{Person: actor.Post.Person, Points: points, Note: answer}
				}
				one.Result.sum(sheet, settingOf(tree, one.Unit, run.Period, d.Set().Everything().Defaults()))
			}
			one.State = Settled
			if err := d.store.AppraisalAppealUpdate(ctx, appeal); err != nil {
				return err
			}
			if one.Result.Card == before || one.Result.Card == "" {
				return nil
			}
			return d.store.AppraisalCardInsert(ctx, Card{ID: tx.NewID(), Case: one.ID, Unit: one.Unit, Card: one.Result.Card, Before: before, Kind: CardAppeal,
				Reason: answer, Person: actor.Post.Person, At: tx.Now()})
		}})
}
