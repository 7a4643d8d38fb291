package record

import (
	"context"
	"slices"

	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
)

// Preview tells how a row would stand after an event, so that whoever is about to cause it can read it before. It is not known
// when it depends on what comes with the event.
func (d *Desk) Preview(ctx context.Context, r *pack.Register, row register.Row, event *lifecycle.Event) (lifecycle.Next, bool, error) {
	s, err := d.stage(ctx, r, row, d.store.Today())
	if err != nil {
		return lifecycle.Next{}, false, err
	}
	var changed []string
	for _, set := range event.Set {
		changed = append(changed, set.Column)
	}
	changed = slices.Concat(changed, event.Asks, event.Takes)
	depends := func(formula *expr.Written) bool {
		return formula != nil && slices.ContainsFunc(changed, func(column string) bool { return reads(formula, column) })
	}
	if depends(event.Extend) {
		return lifecycle.Next{}, false, nil
	}
	if to := r.Life.State(event.To); to != nil && to.Due != nil &&
		(depends(to.Due.Within) || slices.Contains(changed, to.Due.From) || slices.Contains(changed, to.Due.On)) {
		return lifecycle.Next{}, false, nil
	}
	next, faults := r.Life.After(event, s.life(), s.day, s.calendar)
	return next, faults == nil, nil
}

// Persons returns the persons with a post today who are meant by a lifecycle, for a row.
func (d *Desk) Persons(ctx context.Context, r *pack.Register, row register.Row, who ...lifecycle.Who) ([]string, error) {
	tree, err := d.tree(ctx)
	if err != nil {
		return nil, err
	}
	return d.writing(nil, action.Actor{}).persons(ctx, tree, who, standOf(tree, r, row))
}

// Attach hands in files with a row beside any event.
func (d *Desk) Attach(ctx context.Context, actor action.Actor, r *pack.Register, id string, files []attachment.Prepared) error {
	row, err := d.Find(ctx, r, id)
	if err != nil {
		return err
	}
	if !d.MaySee(actor.Post, r, row) {
		return action.Refused("record.action.attach")
	}
	thing := thingOf(standOf(d.units(), r, row), actor.Post)
	return action.Do(ctx, d.store, actor, action.Write{Name: "record.action.attach", Operation: baseRight(actor.Post, thing), Thing: thing,
		Check: func(context.Context) error {
			if len(files) > MaxFiles {
				return fault.List{fault.At(fault.Place{Column: "files"}, "record.files_many", message.Args{"limit": MaxFiles})}
			}
			return nil
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			_, err := d.writing(tx, actor).attach(ctx, r, row, files)
			return err
		}})
}
