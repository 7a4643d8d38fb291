package ceremony

import (
	"context"

	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
)

// Follow prepares a draw that continues another one: a vacant seat, the pairing of classes with teams. The persons behind its lines
// are those of the first draw under the same secret where it draws among the same persons. One follows at a time.
func (d *Desk) Follow(ctx context.Context, actor action.Actor, parent string, draft Draft, rules []draw.Rule, lines []string, labels []Label) (Draw, error) {
	first, err := d.Find(ctx, actor, parent)
	if err != nil {
		return Draw{}, err
	}
	if !first.Finished() || first.State == Withdrawn {
		return Draw{}, fault.List{fault.New("draw.event.follow_first", nil)}
	}
	others, err := d.store.Draws(ctx, Query{Parent: parent})
	if err != nil {
		return Draw{}, err
	}
	for _, other := range others {
		if other.Kind == draft.Kind && other.State != Withdrawn && !other.Finished() {
			return Draw{}, fault.List{fault.New("draw.event.follow_one", nil)}
		}
	}
	hidden, err := part[private](ctx, d.store, parent, PartPrivate)
	if err != nil {
		return Draw{}, err
	}
	draft.Unit, draft.Parent, draft.Rules, draft.Lines = first.Unit, parent, rules, lines
	draft.Secret, draft.Labels = hidden.Secret, labels
	if draft.Kind == Vacancy {
		draft.Roster, draft.Labels = hidden.Roster, append(labels, hidden.Labels...)
	}
	return d.Prepare(ctx, actor, draft)
}
