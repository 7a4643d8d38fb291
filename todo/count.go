package todo

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Number is what the top bar shows.
type Number struct {
	Waiting int // rows that wait for the post, at most MaxCount
	Unread  int // unread notices of the person
}

// counted is a number with the moment for which it holds.
type counted struct {
	sequence int64
	day      period.Date
	number   Number
}

// maxCounted is for how many posts numbers are kept.
const maxCounted = 20_000

// Count returns how many rows wait for the post and how many notices are unread. It is kept until rows, posts, units or
// notices change, or the day ends.
func (d *Desk) Count(ctx context.Context, tree *unit.Tree, post access.Post) (Number, error) {
	if post.Person == "" {
		return Number{}, nil
	}
	head, err := d.store.Head(ctx)
	if err != nil {
		return Number{}, err
	}
	day, key := d.store.Today(), post.ID+"/"+post.Person
	d.lock.Lock()
	known, found := d.counts[key]
	d.lock.Unlock()
	if found && known.day == day {
		changed := false
		if known.sequence != head.Sequence {
			if changed, err = d.store.TodoChanged(ctx, known.sequence, head.Sequence); err != nil {
				return Number{}, err
			}
		}
		if !changed {
			d.keep(key, counted{head.Sequence, day, known.number})
			return known.number, nil
		}
	}
	number, err := d.count(ctx, tree, post)
	if err == nil {
		d.keep(key, counted{head.Sequence, day, number})
	}
	return number, err
}

func (d *Desk) keep(key string, c counted) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if len(d.counts) >= maxCounted {
		clear(d.counts)
	}
	d.counts[key] = c
}

func (d *Desk) count(ctx context.Context, tree *unit.Tree, post access.Post) (Number, error) {
	var number Number
	l, err := d.look(ctx, tree, post)
	if err != nil {
		return number, err
	}
	list, err := d.gather(ctx, l, MaxCount, false)
	if err != nil {
		return number, err
	}
	number.Waiting = min(len(list.Items), MaxCount)
	number.Unread, err = d.store.NoticesUnread(ctx, post.Person)
	return number, err
}
