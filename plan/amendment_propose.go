package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Propose puts an amendment of the last version of a plan before a second person. What the fields were is taken from that
// version, so that the amendment says what it changes from what to what.
func (d *Desks) Propose(ctx context.Context, actor action.Actor, plan string, amendment Amendment) (Amendment, error) {
	err := action.Do(ctx, d.store, actor, action.Write{Name: "plan.action.amend", Thing: thing, Reason: amendment.Reason, Do: func(ctx context.Context, tx action.Tx) error {
		row, err := d.store.Plan(ctx, plan)
		if err != nil {
			return err
		}
		last, err := d.store.PlanVersion(ctx, plan, row.Versions)
		if err != nil {
			return err
		}
		amendment.Changes = cleanChanges(last.Content, amendment.Changes)
		_, faults := Amend(last.Content, amendment.Changes)
		if faults = append(faults, amendment.check()...); len(faults) > 0 {
			return faults
		}
		stood, err := d.store.Amendments(ctx, plan)
		if err != nil {
			return err
		}
		amendment.ID, amendment.Plan, amendment.Number, amendment.Base = tx.NewID(), plan, len(stood)+1, row.Versions
		amendment.State, amendment.By, amendment.At = AmendmentProposed, actor.Post.Person, tx.Now()
		amendment.ApprovedBy, amendment.Made, amendment.Reason = "", 0, strings.TrimSpace(amendment.Reason)
		return d.store.AmendmentInsert(ctx, amendment)
	}})
	return amendment, err
}

// cleanChanges brings values into the form in which they are kept, leaves out what stays as it is, and notes what it was.
func cleanChanges(content Content, changes []AmendmentChange) []AmendmentChange {
	var clean []AmendmentChange
	for _, change := range changes {
		n := slices.IndexFunc(content.Nodes, func(node Node) bool { return node.ID == change.Node })
		if n < 0 {
			clean = append(clean, change)
			continue
		}
		node := content.Nodes[n]
		kept := AmendmentChange{Node: change.Node, Fields: map[string]string{}, Was: map[string]string{}}
		for key, value := range change.Fields {
			if value = CleanField(node.Kind, key, value); value != node.Fields[key] {
				kept.Fields[key], kept.Was[key] = value, node.Fields[key]
			}
		}
		if len(kept.Fields) > 0 {
			clean = append(clean, kept)
		}
	}
	return clean
}

// Approve makes an amendment the next version of its plan. It takes a second person; who proposed it is refused. Where the plan
// has changed since in one of the fields, it is refused too: what was approved would not be what was proposed.
func (d *Desks) Approve(ctx context.Context, actor action.Actor, id string) (Amendment, Version, error) {
	var amendment Amendment
	var version Version
	err := action.Do(ctx, d.store, actor, action.Write{Name: "plan.action.amend_approve", Operation: access.Approve, Thing: thing, Do: func(ctx context.Context, tx action.Tx) error {
		var err error
		if amendment, err = d.openAmendment(ctx, id); err != nil {
			return err
		}
		if amendment.By == actor.Post.Person {
			return fault.List{fault.New("plan.amend_second", nil)}
		}
		row, err := d.store.Plan(ctx, amendment.Plan)
		if err != nil {
			return err
		}
		last, err := d.store.PlanVersion(ctx, row.ID, row.Versions)
		if err != nil {
			return err
		}
		content, faults := Amend(last.Content, amendment.Changes)
		if len(faults) > 0 {
			return faults
		}
		if version, err = Fix(content, row.Versions+1, Who{ID: actor.Post.Person, At: tx.Now()}); err != nil {
			return err
		}
		version.Draft = last.Draft
		row.Versions, row.Changed = version.Number, tx.Now()
		amendment.State, amendment.ApprovedBy, amendment.ApprovedAt, amendment.Made = AmendmentApproved, actor.Post.Person, tx.Now(), version.Number
		return errors.Join(d.store.PlanUpdate(ctx, row), d.store.PlanVersionInsert(ctx, row.ID, version), d.store.AmendmentUpdate(ctx, amendment))
	}})
	return amendment, version, err
}

// Withdraw takes a proposed amendment back. Its proposer may do so, and who may approve it.
func (d *Desks) Withdraw(ctx context.Context, actor action.Actor, id, reason string) (Amendment, error) {
	var amendment Amendment
	err := action.Do(ctx, d.store, actor, action.Write{Name: "plan.action.amend_withdraw", Thing: thing, Reason: reason, Do: func(ctx context.Context, _ action.Tx) error {
		var err error
		if amendment, err = d.openAmendment(ctx, id); err != nil {
			return err
		}
		if amendment.By != actor.Post.Person && !MayAdopt(actor.Post) {
			return action.Refused("plan.action.amend_withdraw")
		}
		amendment.State = AmendmentWithdrawn
		return d.store.AmendmentUpdate(ctx, amendment)
	}})
	return amendment, err
}

func (d *Desks) openAmendment(ctx context.Context, id string) (Amendment, error) {
	amendment, err := d.store.Amendment(ctx, id)
	if err != nil {
		return Amendment{}, err
	}
	if amendment.State != AmendmentProposed {
		return Amendment{}, fault.List{fault.New("plan.amend_closed", message.Args{"state": message.Word("plan.amend.state." + string(amendment.State))})}
	}
	return amendment, nil
}

// Amendments returns the amendments of a plan by number.
func (d *Desks) Amendments(ctx context.Context, plan string) ([]Amendment, error) {
	amendments, err := d.store.Amendments(ctx, plan)
	if err != nil {
		return nil, fmt.Errorf("plan: amendments of %s: %w", plan, err)
	}
	return amendments, nil
}
