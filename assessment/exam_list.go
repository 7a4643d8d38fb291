package assessment

import (
	"context"
	"maps"
	"slices"

	"jiaoheng/action"
)

// Listed is an exam of the list with what the viewer may see of it.
type Listed struct {
	Exam
	Sight   Sight
	Pupils  int // that the viewer may look at: all of them, or those of the own schools
	Imports int
}

// List returns the exams of which the actor may know, the latest first. Pupils are not counted yet, see Count.
func (d *Desk) List(ctx context.Context, actor action.Actor) ([]Listed, error) {
	exams, err := d.store.Exams(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var all []Listed
	for _, e := range exams {
		if sight, may := SightOf(tree, actor.Post, e); may {
			all = append(all, Listed{Exam: e, Sight: sight})
		}
	}
	return all, nil
}

// Count fills in how many pupils an exam of the list has.
func (d *Desk) Count(ctx context.Context, one *Listed) error {
	batches, err := d.present(ctx, one.ID)
	if err != nil {
		return err
	}
	one.Imports = len(batches)
	serials := make([]int64, len(batches))
	for n, b := range batches {
		serials[n] = b.Serial
	}
	var units []string
	switch {
	case one.Sight.All, one.Sight.Totals[one.Owner]:
	case len(one.Sight.Units) == 0:
		return nil
	default:
		units = slices.Sorted(maps.Keys(one.Sight.Units))
	}
	one.Pupils, err = d.store.ExamPupilCount(ctx, serials, units)
	return err
}
