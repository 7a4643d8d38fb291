package calendar

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
)

// Changes counts what an import changed, or would change.
type Changes struct {
	Inserted  int
	Updated   int
	Unchanged int
}

// Import stores the days as one action; dry only counts. A day that was read in before gets the new name and kind, days of
// which the table says nothing stay as they are.
func Import(ctx context.Context, store Store, actor action.Actor, days []Day, dry bool) (Changes, error) {
	thing := access.Thing{Class: access.Structure}
	if dry {
		if !access.May(actor.Post, access.Change, thing) {
			return Changes{}, action.Refused("calendar.action.import")
		}
		changes, _, _, err := compare(ctx, store, days)
		return changes, err
	}
	var changes Changes
	err := action.Do(ctx, store, actor, action.Write{Name: "calendar.action.import", Thing: thing,
		Do: func(ctx context.Context, _ action.Tx) error {
			counted, fresh, changed, err := compare(ctx, store, days)
			if err != nil {
				return err
			}
			changes = counted
			if err := store.HolidaysInsert(ctx, fresh); err != nil {
				return err
			}
			return store.HolidaysUpdate(ctx, changed)
		}})
	if err != nil {
		return Changes{}, err
	}
	return changes, nil
}

// compare tells the days that are new and those that change.
func compare(ctx context.Context, store Store, days []Day) (counted Changes, fresh, changed []Day, err error) {
	stored, err := store.Holidays(ctx)
	if err != nil {
		return Changes{}, nil, nil, err
	}
	known := map[period.Date]Day{}
	for _, d := range stored {
		known[d.On] = d
	}
	for _, d := range days {
		old, there := known[d.On]
		d.Version = old.Version
		switch {
		case !there:
			d.Version = 1
			fresh = append(fresh, d)
			counted.Inserted++
		case old != d:
			changed = append(changed, d)
			counted.Updated++
		default:
			counted.Unchanged++
		}
	}
	return counted, fresh, changed, nil
}
