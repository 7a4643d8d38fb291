package duty

import (
	"context"
	"strings"
	"sync"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/record"
)

// Desk does what people ask for about duties. It may be used by many at once.
type Desk struct {
	store    Store
	records  *record.Desk
	outlines *Outlines
	issuing  sync.Mutex // one task is made at a time, so that each node gets one
}

// New returns a desk over a store and the rows that live. Without records (nil) tasks are neither made nor seen, and the
// registers of the pack of plans are empty.
func New(store Store, records *record.Desk) *Desk {
	return &Desk{store: store, records: records, outlines: NewOutlines(store)}
}

// Outline returns a plan as it stands now.
func (d *Desk) Outline(ctx context.Context, plan string) (*Outline, error) {
	return d.outlines.Of(ctx, plan)
}

// Store returns where the desk reads and writes.
func (d *Desk) Store() Store { return d.store }

// Confirm makes the first duty of nodes, many at once: it holds from now on, without a second person, as it is shown and can be
// changed. Nothing is stored when one of the drafts is wrong; faults carry the number of the draft, from 1, as their row.
func (d *Desk) Confirm(ctx context.Context, actor action.Actor, plan string, drafts []Draft) (int, error) {
	outline, err := d.Outline(ctx, plan)
	if err != nil {
		return 0, err
	}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.confirm", Thing: thing,
		Check: func(ctx context.Context) error { return d.checkDrafts(ctx, outline, drafts) },
		Do: func(ctx context.Context, tx action.Tx) error {
			all, err := d.store.Duties(ctx, plan)
			if err != nil {
				return err
			}
			held, numbers := InForce(all, tx.Now()), map[target.Track]int{}
			for _, one := range all {
				numbers[one.Node] = max(numbers[one.Node], one.Number)
			}
			var faults fault.List
			made := make([]Duty, len(drafts))
			for i, draft := range drafts {
				if before, there := held[draft.Node]; there {
					node, _ := outline.Find(draft.Node)
					faults.Add(fault.At(fault.Place{Row: i + 1}, "duty.confirmed_already", message.Args{"node": short(node.Name()), "number": before.Number}))
				}
				numbers[draft.Node]++
				made[i] = Duty{Plan: plan, Decision: target.Decision{ID: tx.NewID(), Number: numbers[draft.Node], State: target.Approved,
					By: actor.Post.Person, At: tx.Now(), ApprovedAt: tx.Now(), Version: 1}}
				made[i].write(draft)
			}
			if err := faults.Err(); err != nil {
				return err
			}
			return d.store.DutyInsert(ctx, made...)
		}})
	if err != nil {
		return 0, err
	}
	return len(drafts), nil
}

// checkDrafts tells everything that is wrong with drafts of first duties.
func (d *Desk) checkDrafts(ctx context.Context, outline *Outline, drafts []Draft) error {
	if len(drafts) == 0 {
		return fault.New("duty.confirm_nothing", nil)
	}
	if len(drafts) > MaxDuties {
		return fault.New("duty.confirm_many", message.Args{"limit": MaxDuties})
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	var faults fault.List
	seen := map[target.Track]bool{}
	for i, draft := range drafts {
		wrong := draft.check(tree, d.store.Today())
		wrong.Add(outline.checkNode(draft.Node)...)
		if seen[draft.Node] {
			wrong.Add(fault.New("duty.confirm_twice", message.Args{"node": string(draft.Node)}))
		}
		seen[draft.Node] = true
		for _, f := range wrong {
			place := f.Place
			if len(drafts) > 1 {
				place.Row = i + 1
			}
			faults.Add(fault.At(place, f.Code, f.Args))
		}
	}
	return faults.Err()
}

// checkNode tells whether a duty can be given for the track.
func (o *Outline) checkNode(track target.Track) fault.List {
	node, known := o.Find(track)
	switch {
	case !known:
		return fault.List{fault.New("duty.node_gone", message.Args{"track": string(track)})}
	case !NeedsLead(node.Kind):
		return fault.List{fault.New("duty.node_kind", message.Args{"node": short(node.Name()), "kind": message.Word("plan.kind." + string(node.Kind))})}
	}
	return nil
}

// Propose asks for another duty of a node that has one. It holds when a second person has approved it.
func (d *Desk) Propose(ctx context.Context, actor action.Actor, plan string, draft Draft) (Duty, error) {
	outline, err := d.Outline(ctx, plan)
	if err != nil {
		return Duty{}, err
	}
	draft.Reason = strings.TrimSpace(draft.Reason)
	var made Duty
	err = action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.propose", Thing: thing, Reason: draft.Reason,
		Check: func(ctx context.Context) error {
			tree, err := d.store.Tree(ctx)
			if err != nil {
				return err
			}
			faults := draft.check(tree, d.store.Today())
			faults.Add(outline.checkNode(draft.Node)...)
			if draft.Reason == "" {
				faults.Add(fault.At(fault.Place{Column: FieldReason}, "duty.reason_missing", nil))
			}
			return faults.Err()
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			versions, err := d.store.DutyVersions(ctx, plan, draft.Node)
			if err != nil {
				return err
			}
			held, there := InForce(versions, tx.Now())[draft.Node]
			if !there {
				return fault.New("duty.nothing_to_change", nil)
			}
			for _, v := range versions {
				if v.State == target.Proposed {
					return fault.New("duty.proposed_already", message.Args{"number": v.Number})
				}
			}
			if same(held.Draft(), draft) {
				return fault.New("duty.unchanged", nil)
			}
			made = Duty{Plan: plan, Decision: target.Decision{ID: tx.NewID(), Number: versions[len(versions)-1].Number + 1, State: target.Proposed,
				By: actor.Post.Person, At: tx.Now(), Version: 1}}
			made.write(draft)
			return d.store.DutyInsert(ctx, made)
		}})
	return made, err
}

// Approve lets a proposed duty hold. Whoever proposed it cannot approve it.
func (d *Desk) Approve(ctx context.Context, actor action.Actor, id string) (Duty, error) {
	return d.decide(ctx, actor, id, action.Write{Name: "duty.action.approve", Operation: access.Approve, Thing: thing}, func(one *Duty, tx action.Tx) error {
		if one.By == actor.Post.Person {
			return fault.New("duty.second_person", nil)
		}
		one.State, one.ApprovedBy, one.ApprovedAt = target.Approved, actor.Post.Person, tx.Now()
		return nil
	})
}

// Withdraw takes a proposal back.
func (d *Desk) Withdraw(ctx context.Context, actor action.Actor, id string) (Duty, error) {
	return d.decide(ctx, actor, id, action.Write{Name: "duty.action.withdraw", Thing: thing}, func(one *Duty, _ action.Tx) error {
		one.State = target.Withdrawn
		return nil
	})
}

// decide changes a proposed duty where no other write can come between.
func (d *Desk) decide(ctx context.Context, actor action.Actor, id string, write action.Write, do func(one *Duty, tx action.Tx) error) (Duty, error) {
	var one Duty
	write.Do = func(ctx context.Context, tx action.Tx) error {
		var err error
		if one, err = d.store.Duty(ctx, id); err != nil {
			return err
		}
		if one.State != target.Proposed {
			return fault.New("duty.decided", nil)
		}
		if err := do(&one, tx); err != nil {
			return err
		}
		return d.store.DutyUpdate(ctx, one)
	}
	err := action.Do(ctx, d.store, actor, write)
	return one, err
}
