package duty

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
)

// MakeProgramme makes a plan an action programme of an umbrella plan. A programme has one umbrella, and an umbrella is no
// programme.
func (d *Desk) MakeProgramme(ctx context.Context, actor action.Actor, programme, umbrella, reason string) (Tie, error) {
	tie := Tie{Kind: Programme, Plan: programme, Of: target.Named{Plan: umbrella}, Reason: strings.TrimSpace(reason)}
	return d.tie(ctx, actor, tie, func(ties []Tie) fault.List {
		var faults fault.List
		if programme == umbrella {
			faults.Add(fault.New("duty.programme_self", nil))
		}
		for _, t := range ties {
			switch {
			case t.Kind != Programme:
			case t.Plan == programme:
				faults.Add(fault.New("duty.programme_already", nil))
			case t.Plan == umbrella:
				faults.Add(fault.New("duty.programme_deep", nil))
			case t.Of.Plan == programme:
				faults.Add(fault.New("duty.programme_umbrella", nil))
			}
		}
		return faults
	})
}

// MakeSame says that a target of a programme is a target of its umbrella plan or of another programme of it, which is stored once
// and counted once.
func (d *Desk) MakeSame(ctx context.Context, actor action.Actor, same target.Same, reason string) (Tie, error) {
	tie := Tie{Kind: SameAs, Plan: same.Other.Plan, Node: same.Other.Target, Of: same.One, Reason: strings.TrimSpace(reason)}
	ends := map[string]target.Named{"node": same.Other, "of": same.One}
	var faults fault.List
	for _, field := range []string{"node", "of"} {
		outline, err := d.Outline(ctx, ends[field].Plan)
		if err != nil {
			return tie, err
		}
		if node, known := outline.Find(ends[field].Target); !known || node.Kind != plan.Target {
			faults.Add(fault.At(fault.Place{Column: field}, "duty.same_no_target", nil))
		}
	}
	if err := faults.Err(); err != nil {
		return tie, err
	}
	return d.tie(ctx, actor, tie, func(ties []Tie) fault.List { return checkSame(tie, ties) })
}

// checkSame tells what stands against a target being another one.
func checkSame(tie Tie, ties []Tie) fault.List {
	var faults fault.List
	if tie.Plan == tie.Of.Plan || !slices.Contains(FamilyOf(tie.Plan, ties), tie.Of.Plan) {
		faults.Add(fault.New("duty.same_stranger", nil))
	}
	other := target.Named{Plan: tie.Plan, Target: tie.Node}
	for _, t := range ties {
		if t.Kind != SameAs {
			continue
		}
		switch from := (target.Named{Plan: t.Plan, Target: t.Node}); {
		case from == other:
			faults.Add(fault.New("duty.same_already", nil))
		case from == tie.Of:
			faults.Add(fault.New("duty.same_chain", nil))
		case t.Of == other:
			faults.Add(fault.New("duty.same_counted", nil))
		}
	}
	return faults
}

// FamilyOf returns the umbrella plan of a plan with all its programmes, the umbrella first; the plan alone when it has neither.
func FamilyOf(plan string, ties []Tie) []string {
	umbrella := plan
	for _, t := range ties {
		if t.Holds() && t.Kind == Programme && t.Plan == plan {
			umbrella = t.Of.Plan
		}
	}
	family := []string{umbrella}
	for _, t := range ties {
		if t.Holds() && t.Kind == Programme && t.Of.Plan == umbrella {
			family = append(family, t.Plan)
		}
	}
	return family
}

// tie stores a tie when nothing stands against it.
func (d *Desk) tie(ctx context.Context, actor action.Actor, tie Tie, check func(holding []Tie) fault.List) (Tie, error) {
	for _, id := range []string{tie.Plan, tie.Of.Plan} {
		if _, err := d.store.Plan(ctx, id); err != nil {
			return tie, err
		}
	}
	err := action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.tie", Thing: thing, Reason: tie.Reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			ties, err := d.store.Ties(ctx)
			if err != nil {
				return err
			}
			ties = slices.DeleteFunc(ties, func(t Tie) bool { return !t.Holds() })
			if err := check(ties).Err(); err != nil {
				return err
			}
			tie.ID, tie.By, tie.At, tie.Version = tx.NewID(), actor.Post.Person, tx.Now(), 1
			return d.store.TieInsert(ctx, tie)
		}})
	return tie, err
}

// Untie takes a tie back, with a reason. The ties between targets of a programme end with it.
func (d *Desk) Untie(ctx context.Context, actor action.Actor, id, reason string) error {
	reason = strings.TrimSpace(reason)
	return action.Do(ctx, d.store, actor, action.Write{Name: "duty.action.untie", Thing: thing, Reason: reason,
		Check: func(context.Context) error {
			if reason == "" {
				return fault.List{fault.At(fault.Place{Column: FieldReason}, "duty.reason_missing", nil)}
			}
			return nil
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			ties, err := d.store.Ties(ctx)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(ties, func(t Tie) bool { return t.ID == id && t.Holds() })
			if at < 0 {
				return ErrNotFound
			}
			ended := ties[at]
			for _, t := range ties {
				with := ended.Kind == Programme && t.Kind == SameAs && (t.Plan == ended.Plan || t.Of.Plan == ended.Plan)
				if t.ID != id && !with || !t.Holds() {
					continue
				}
				t.EndedBy, t.EndedAt, t.EndReason = actor.Post.Person, tx.Now(), message.Text(message.Chinese, "duty.tie_ended_with", message.Args{"reason": reason})
				if t.ID == id {
					t.EndReason = reason
				}
				if err := d.store.TieUpdate(ctx, t); err != nil {
					return err
				}
			}
			return nil
		}})
}

// SuggestSame pairs the targets of a programme with those of another plan of its family that are called the same: same name, same
// measure. What is tied already is left out.
func SuggestSame(programme, other *Outline, ties []Tie) []target.Same {
	tied := target.Canonical(Sames(ties))
	byName := map[string][]Node{}
	for _, node := range other.Nodes {
		if node.Kind == plan.Target && node.Name() != "" {
			key := node.Name() + "\x00" + node.Field("scope") + "\x00" + node.Field("unit")
			byName[key] = append(byName[key], node)
		}
	}
	var sames []target.Same
	for _, node := range programme.Nodes {
		named := target.Named{Plan: programme.Plan.ID, Target: node.Track}
		found := byName[node.Name()+"\x00"+node.Field("scope")+"\x00"+node.Field("unit")]
		if _, known := tied[named]; known || node.Kind != plan.Target || len(found) != 1 {
			continue
		}
		sames = append(sames, target.Same{Other: named, One: target.Named{Plan: other.Plan.ID, Target: found[0].Track}})
	}
	return sames
}
