package target

import (
	"context"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// ProposeSplit puts a sheet before a second person. Faults refuse it; warnings refuse it too unless they were confirmed. While
// one sheet of a target and unit waits, another one is refused.
func (s *Splitting) ProposeSplit(ctx context.Context, actor action.Actor, tree *unit.Tree, split Split, confirmed bool) (Split, error) {
	where := person.At(tree, split.Parent)
	if !MaySplit(actor.Post, access.Change, where) {
		return Split{}, action.Refused("target.action.split")
	}
	split.Reason = strings.TrimSpace(split.Reason)
	err := action.Do(ctx, s.store, actor, action.Write{Name: "target.action.split", Thing: access.Thing{Class: access.Plan, Unit: where}, Reason: split.Reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			sheet, err := s.Sheet(ctx, tree, Where{split.Plan, split.Target, split.Parent}, period.DayAt(tx.Now()))
			if err != nil {
				return err
			}
			faults, warnings := Check(split, sheet.Goal, sheet.Codes())
			if sheet.InForce != nil && split.Reason == "" {
				faults.Add(fault.At(fault.Place{Column: "reason"}, "target.split_reason", nil))
			}
			if sheet.Proposed != nil {
				faults.Add(fault.New("target.split_waiting", message.Args{"number": sheet.Proposed.Number}))
			}
			if !confirmed {
				faults = append(faults, warnings...)
			}
			if len(faults) > 0 {
				return faults
			}
			split.Decision = Decision{ID: tx.NewID(), Number: len(sheet.Versions) + 1, State: Proposed, Reason: split.Reason, By: actor.Post.Person, At: tx.Now()}
			return s.store.SplitInsert(ctx, split)
		}})
	return split, err
}

// ApproveSplit makes a proposed sheet the one that holds. It takes a second person, and the sheet must still fit what its parent is
// to reach; who proposed it is refused.
func (s *Splitting) ApproveSplit(ctx context.Context, actor action.Actor, tree *unit.Tree, id string) (Split, error) {
	return s.decide(ctx, actor, tree, id, access.Approve, "target.action.split_approve", func(ctx context.Context, tx action.Tx, split *Split) error {
		if split.By == actor.Post.Person {
			return fault.List{fault.New("target.second_person", nil)}
		}
		sheet, err := s.Sheet(ctx, tree, Where{split.Plan, split.Target, split.Parent}, period.DayAt(tx.Now()))
		if err != nil {
			return err
		}
		if faults, _ := Check(*split, sheet.Goal, sheet.Codes()); len(faults) > 0 {
			return append(fault.List{fault.New("target.split_moved", nil)}, faults...)
		}
		split.State, split.ApprovedBy, split.ApprovedAt = Approved, actor.Post.Person, tx.Now()
		return nil
	})
}

// WithdrawSplit takes a proposed sheet back, or sends it back to whoever proposed it.
func (s *Splitting) WithdrawSplit(ctx context.Context, actor action.Actor, tree *unit.Tree, id string) (Split, error) {
	return s.decide(ctx, actor, tree, id, access.Change, "target.action.split_withdraw", func(_ context.Context, _ action.Tx, split *Split) error {
		split.State = Withdrawn
		return nil
	})
}

// decide changes the state of a proposed split for somebody who may.
func (s *Splitting) decide(ctx context.Context, actor action.Actor, tree *unit.Tree, id string, operation access.Operation, name string,
	change func(ctx context.Context, tx action.Tx, split *Split) error) (Split, error) {
	split, err := s.store.Split(ctx, id)
	if err != nil {
		return Split{}, err
	}
	where := person.At(tree, split.Parent)
	if !MaySplit(actor.Post, operation, where) {
		return Split{}, action.Refused(name)
	}
	err = action.Do(ctx, s.store, actor, action.Write{Name: name, Operation: operation, Thing: access.Thing{Class: access.Plan, Unit: where}, Do: func(ctx context.Context, tx action.Tx) error {
		if split, err = s.store.Split(ctx, id); err != nil {
			return err
		}
		if split.State != Proposed {
			return fault.List{fault.New("target.split_closed", message.Args{"state": message.Word("target.state." + string(split.State))})}
		}
		if err := change(ctx, tx, &split); err != nil {
			return err
		}
		return s.store.SplitUpdate(ctx, split)
	}})
	return split, err
}
