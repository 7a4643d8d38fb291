package duty

import (
	"context"
	"strings"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
)

// Settle keeps what a person decided about things left open under one plan and in one year, all of them or none: each is tied to
// a node, or set aside with a reason. Deciding again ends what was decided before. Work of a closed year can no longer be decided
// about.
func (d *Desk) Settle(ctx context.Context, actor action.Actor, settlements ...Settlement) error {
	if len(settlements) == 0 {
		return nil
	}
	plan, year := settlements[0].Plan, settlements[0].Year
	outline, err := d.Outline(ctx, plan)
	if err != nil {
		return err
	}
	return action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.settle", Thing: thing, Reason: strings.TrimSpace(settlements[0].Reason),
		Check: func(context.Context) error {
			var faults fault.List
			for i := range settlements {
				settlements[i].Reason = strings.TrimSpace(settlements[i].Reason)
				if wrong := settlements[i].check(outline); len(wrong) > 0 {
					faults.Add(wrong...)
					break // one reason and one node for all
				}
			}
			return faults.Err()
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			all, err := d.openYear(ctx, plan, year)
			if err != nil {
				return err
			}
			for i := range settlements {
				one := &settlements[i]
				if before, there := settled(all, one.Kind, year)[one.Subject]; there {
					before.EndedBy, before.EndedAt, before.EndReason = actor.Post.Person, tx.Now(), one.Reason
					if err := d.store.SettlementUpdate(ctx, before); err != nil {
						return err
					}
				}
				one.Plan, one.Year, one.ID, one.By, one.At, one.Version = plan, year, tx.NewID(), actor.Post.Person, tx.Now(), 1
			}
			return d.store.SettlementInsert(ctx, settlements...)
		}})
}

// openYear returns the settlements of a plan, and the fault that the year is closed when it is.
func (d *Desk) openYear(ctx context.Context, plan string, year int) ([]Settlement, error) {
	if year != 0 {
		years, err := d.store.DutyYears(ctx, plan)
		if err != nil {
			return nil, err
		}
		if Shut(years, year) {
			return nil, fault.New("duty.year_closed", message.Args{"year": year})
		}
	}
	return d.store.Settlements(ctx, plan)
}

// check tells everything that is wrong with a settlement.
func (s Settlement) check(o *Outline) fault.List {
	var faults fault.List
	if s.Subject == "" || len(s.Subject) > MaxName {
		faults.Add(fault.New("duty.subject_missing", nil))
	}
	if s.Node == "" && s.Reason == "" {
		faults.Add(fault.At(fault.Place{Column: FieldReason}, "duty.settle_reason", nil))
	}
	if long(s.Reason, MaxReason) {
		faults.Add(fault.At(fault.Place{Column: FieldReason}, "action.reason_long", message.Args{"limit": MaxReason}))
	}
	if s.Node != "" {
		node, known := o.Find(s.Node)
		switch {
		case !known:
			faults.Add(fault.At(fault.Place{Column: "node"}, "duty.node_gone", message.Args{"track": string(s.Node)}))
		case s.Kind == OfNode:
			faults.Add(fault.At(fault.Place{Column: "node"}, "duty.settle_reason", nil))
		case node.Kind == plan.Heading:
			faults.Add(fault.At(fault.Place{Column: "node"}, "duty.node_kind", message.Args{"node": short(node.Name()), "kind": message.Word("plan.kind.heading")}))
		}
	}
	return faults
}

// Unsettle takes back what was decided, with a reason.
func (d *Desk) Unsettle(ctx context.Context, actor action.Actor, plan, id, reason string) error {
	reason = strings.TrimSpace(reason)
	return action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.unsettle", Thing: thing, Reason: reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			all, err := d.store.Settlements(ctx, plan)
			if err != nil {
				return err
			}
			for _, one := range all {
				if one.ID != id || !one.Holds() {
					continue
				}
				if _, err := d.openYear(ctx, plan, one.Year); err != nil {
					return err
				}
				one.EndedBy, one.EndedAt, one.EndReason = actor.Post.Person, tx.Now(), reason
				return d.store.SettlementUpdate(ctx, one)
			}
			return ErrNotFound
		}})
}
