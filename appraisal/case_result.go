package appraisal

import (
	"context"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
)

// SkipSelf lets the scorers begin without a self score: after the day until which it was asked for, and with a reason.
func (d *Desk) SkipSelf(ctx context.Context, actor action.Actor, id, reason string) error {
	if !MayHold(actor.Post) {
		return action.Refused("appraisal.action.skip_self")
	}
	reason, wrong := reasonOf(reason)
	return d.carry(ctx, actor, change{name: "appraisal.action.skip_self", id: id, from: []State{Self}, reason: reason,
		check: func(run Run, _ Case) fault.List {
			if wrong == nil && !run.SelfUntil.Before(d.store.Today()) {
				return fault.List{fault.At(fault.Place{Column: FieldReason}, "appraisal.self_not_over", message.Args{"day": run.SelfUntil})}
			}
			return wrong
		},
		do: func(_ context.Context, _ action.Tx, _ Run, one *Case) error {
			one.State = Checking
			return nil
		}})
}

// reasonOf cleans a reason that must be given.
func reasonOf(reason string) (string, fault.List) {
	reason = strings.TrimSpace(reason)
	if n := len([]rune(reason)); n == 0 || n > MaxReason {
		return "", fault.List{fault.At(fault.Place{Column: FieldReason}, "appraisal.reason_wanted", message.Args{"limit": MaxReason})}
	}
	return reason, nil
}

// Preview computes the result of a case as it would be now, with what people gave so far; nothing is stored.
func (d *Desk) Preview(ctx context.Context, id string) (*Result, error) {
	one, sheet, run, err := d.known(ctx, id)
	if err != nil {
		return nil, err
	}
	marks, err := d.store.AppraisalMarks(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.result(ctx, sheet, run, one, marks)
}

// result reads the figures of a unit as they stand and makes the result.
func (d *Desk) result(ctx context.Context, sheet *pack.Sheet, run Run, one Case, marks []Mark) (*Result, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return nil, err
	}
	outcomes, err := d.rounds.Look(ctx, round.Question{Pack: sheet.Pack, Period: run.Period})
	if err != nil {
		return nil, err
	}
	u, _ := tree.Find(one.Unit)
	r := &reading{ctx: ctx, sheet: sheet, period: run.Period, unit: u, tree: tree, outcome: outcomes[0],
		setting: settingOf(tree, one.Unit, run.Period, outcomes[0].Switches())}
	if d.figures != nil {
		r.figures = d.figures()
	}
	g := given{files: map[string][]File{}}
	for k, mark := range marks {
		switch {
		case mark.Kind == OfSelf && mark.Done:
			g.self = &marks[k]
		case mark.Kind == OfScorer && mark.Done:
			g.checks = append(g.checks, mark)
		case mark.Kind == Agreed:
			g.agreed = &marks[k]
		}
		for name := range mark.Entries {
			owner := FileOwner(mark.ID, name)
			files, err := d.filesOf(ctx, owner.Table, owner.Row)
			if err != nil {
				return nil, err
			}
			if len(files) > 0 {
				g.files[owner.Row] = files
			}
		}
	}
	return r.compute(g, d.Set().Digest(sheet.Pack))
}

// Compute reads the figures and computes the result of a case whose scores are all there. It may be done again until a second person
// confirmed; the figures that count are those of the last time.
func (d *Desk) Compute(ctx context.Context, actor action.Actor, id string) error {
	before, sheet, run, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	if !MayHold(actor.Post) || IsOf(actor.Post, before) && actor.Post.Role != access.Program {
		return action.Refused("appraisal.action.compute")
	}
	marks, err := d.store.AppraisalMarks(ctx, id)
	if err != nil {
		return err
	}
	result, err := d.result(ctx, sheet, run, before, marks) // figures are read outside the transaction: they do not belong to it
	if err != nil {
		return err
	}
	return d.carry(ctx, actor, change{name: "appraisal.action.compute", id: id, version: before.Version, from: []State{Scored, Computed},
		do: func(_ context.Context, _ action.Tx, _ Run, one *Case) error {
			one.Result, one.State = result, Computed
			return nil
		}})
}

// Confirm is done by somebody who neither computed the result nor scored, nor belongs to the unit. What is still unknown is confirmed
// as unknown (无法评定).
func (d *Desk) Confirm(ctx context.Context, actor action.Actor, id string, version int64) error {
	return d.carry(ctx, actor, change{name: "appraisal.action.confirm", operation: access.Approve, id: id, version: version, from: []State{Computed},
		check: func(run Run, one Case) fault.List { return second(actor.Post, run, one, "appraisal.action.compute") },
		do: func(_ context.Context, _ action.Tx, _ Run, one *Case) error {
			one.State = Confirmed
			return nil
		}})
}

// second asks for another person than the scorers, those of the unit, and who did the steps.
func second(post access.Post, run Run, one Case, steps ...string) fault.List {
	if post.Role == access.Program {
		return nil
	}
	if IsOf(post, one) {
		return fault.List{fault.New("appraisal.own_unit", nil)}
	}
	for _, scorer := range run.Scorers {
		if scorer == post.Person {
			return fault.List{fault.New("appraisal.second_person", nil)}
		}
	}
	for _, what := range steps {
		if step, did := one.Did(what); did && step.Person == post.Person {
			return fault.List{fault.New("appraisal.second_person", nil)}
		}
	}
	return nil
}

// Tell tells the unit its result. From the next day on the days of appeal run; the first entry in the history of its card is made.
func (d *Desk) Tell(ctx context.Context, actor action.Actor, id string) error {
	before, sheet, _, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	if !MayHold(actor.Post) {
		return action.Refused("appraisal.action.tell")
	}
	until, err := d.appealDay(ctx, sheet, before)
	if err != nil {
		return err
	}
	return d.carry(ctx, actor, change{name: "appraisal.action.tell", id: id, from: []State{Confirmed},
		do: func(ctx context.Context, tx action.Tx, _ Run, one *Case) error {
			one.State, one.AppealUntil = Told, until
			if one.Result.Card == "" {
				return nil
			}
			return d.store.AppraisalCardInsert(ctx, Card{ID: tx.NewID(), Case: one.ID, Unit: one.Unit, Card: one.Result.Card, Kind: CardGiven,
				Reason: cardReason(one.Result), Person: actor.Post.Person, At: tx.Now(), AppealUntil: until})
		}})
}

// cardReason says in Chinese why a result has its card: a veto, or its total.
func cardReason(r *Result) string {
	for _, veto := range r.Vetoes {
		for _, name := range r.Vetoed {
			if veto.Name == name {
				return message.Text(message.Chinese, "appraisal.card.by_veto", message.Args{"veto": veto.Title})
			}
		}
	}
	return message.Text(message.Chinese, "appraisal.card.by_total", message.Args{"total": r.Total.Points})
}

// appealDay is the last day on which the unit may appeal: so many working days after today as the parameter of the sheet says.
func (d *Desk) appealDay(ctx context.Context, sheet *pack.Sheet, one Case) (period.Date, error) {
	days, err := d.parameter(ctx, sheet.Appeal, one)
	if err != nil {
		return period.Date{}, err
	}
	calendar, err := d.calendar(ctx)
	if err != nil {
		return period.Date{}, err
	}
	return calendar.Add(d.store.Today(), int(days), period.WorkingDays), nil
}

// Accept is what the unit does when it has nothing against its result: the days of appeal need not be waited for.
func (d *Desk) Accept(ctx context.Context, actor action.Actor, id string) error {
	before, _, _, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	if !IsOf(actor.Post, before) {
		return action.Refused("appraisal.action.accept")
	}
	return d.carry(ctx, actor, change{name: "appraisal.action.accept", thing: thing(tree, before.Unit, actor.Post.Person), id: id, from: []State{Told},
		do: func(_ context.Context, _ action.Tx, _ Run, one *Case) error {
			one.State = Settled
			return nil
		}})
}

// Sign makes a case final: it was accepted or its appeal decided, or the days of appeal are over. Everything of it is fixed.
func (d *Desk) Sign(ctx context.Context, actor action.Actor, id string, version int64) error {
	return d.carry(ctx, actor, change{name: "appraisal.action.sign", operation: access.Approve, id: id, version: version, from: []State{Told, Settled},
		check: func(run Run, one Case) fault.List {
			if one.State == Told && !one.AppealUntil.Before(d.store.Today()) {
				return fault.List{fault.New("appraisal.appeal_runs", message.Args{"day": one.AppealUntil})}
			}
			return second(actor.Post, run, one)
		},
		do: func(_ context.Context, _ action.Tx, _ Run, one *Case) error {
			one.State = Final
			return nil
		}})
}
