package record

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/lifecycle"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
)

// Waits counts what waits for somebody.
type Waits struct {
	All   int
	Late  int // the deadline has passed
	Today int // the deadline is today
}

// waitsFor says which rows are asked for: those in which somebody in the post has to act, or those that the person made or
// was given and in which others have to act.
type waitsFor struct {
	post   access.Post
	others bool
}

// waiting is a row that waits, by its place in an image.
type waiting struct {
	register *pack.Register
	id       string
	due      int32
	late     bool
}

// Waiting returns a page of the rows of every living register in which somebody in the post has to act now, the most urgent
// first, and how many there are in all.
func (d *Desk) Waiting(ctx context.Context, post access.Post, offset, limit int) ([]Wait, int, error) {
	return d.waitingPage(ctx, waitsFor{post: post}, offset, limit)
}

// WaitingForOthers returns a page of the open rows that the person made, leads or was given and in which somebody else has
// to act now.
func (d *Desk) WaitingForOthers(ctx context.Context, post access.Post, offset, limit int) ([]Wait, int, error) {
	return d.waitingPage(ctx, waitsFor{post: post, others: true}, offset, limit)
}

// WaitingCount counts the rows in which somebody in the post has to act now.
func (d *Desk) WaitingCount(ctx context.Context, post access.Post) (Waits, error) {
	found, err := d.waits(ctx, waitsFor{post: post})
	today := numberOf(d.store.Today())
	waits := Waits{All: len(found)}
	for _, one := range found {
		if one.late {
			waits.Late++
		}
		if one.due == today {
			waits.Today++
		}
	}
	return waits, err
}

func (d *Desk) waitingPage(ctx context.Context, asked waitsFor, offset, limit int) ([]Wait, int, error) {
	found, err := d.waits(ctx, asked)
	if err != nil {
		return nil, 0, err
	}
	slices.SortFunc(found, func(a, b waiting) int {
		due := func(w waiting) int32 {
			if w.due == 0 {
				return 1<<31 - 1
			}
			return w.due
		}
		return cmp.Or(-cmp.Compare(b2i(a.late), b2i(b.late)), cmp.Compare(due(a), due(b)), strings.Compare(a.register.Name, b.register.Name), strings.Compare(a.id, b.id))
	})
	count := len(found)
	found = found[min(max(offset, 0), count):]
	found = found[:min(max(limit, 0), MaxPage, len(found))]
	ids := map[*pack.Register][]string{}
	for _, one := range found {
		ids[one.register] = append(ids[one.register], one.id)
	}
	rows := map[*pack.Register]map[string]register.Row{}
	for r, some := range ids {
		if rows[r], err = d.store.RegisterByID(ctx, r, some); err != nil {
			return nil, 0, err
		}
	}
	waits := make([]Wait, 0, len(found))
	for _, one := range found {
		row, stands := rows[one.register][one.id]
		if !stands {
			continue
		}
		r := one.register
		waits = append(waits, Wait{Register: r.Name, Row: row.ID, Heading: HeadingOf(r, row), State: textOf(r, row, pack.ColumnState),
			Due: dateOf(r, row, pack.ColumnDue), Late: one.late, Unit: row.Unit, Owner: textOf(r, row, pack.ColumnOwner), Since: dateOf(r, row, pack.ColumnSince)})
	}
	return waits, count, nil
}

// waits finds the rows in the images of all living registers.
func (d *Desk) waits(ctx context.Context, asked waitsFor) ([]waiting, error) {
	var found []waiting
	for _, r := range d.Registers() {
		m, err := d.imageOf(ctx, r)
		if err != nil {
			return nil, err
		}
		found = append(found, m.waits(asked)...)
		m.lock.RUnlock()
	}
	return found, nil
}

func (m *image) waits(asked waitsFor) []waiting {
	if len(m.ids) == 0 {
		return nil
	}
	var found []waiting
	states, due, today := m.column(pack.ColumnState), m.column(pack.ColumnDue), m.desk.store.Today()
	around := m.around(asked.post)
	for i := range m.ids {
		state := m.state(states, i)
		if state == nil || state.Final || asked.others && !m.isOf(asked.post, i) {
			continue
		}
		if around.waits(state, i) == asked.others {
			continue
		}
		one := waiting{register: m.register, id: m.ids[i], due: due.days[i]}
		one.late = state.Running() && overdueOn(one.due, today)
		found = append(found, one)
	}
	return found
}

// isOf tells whether the person of the post made the row, was given it, or is at the unit that leads it.
func (m *image) isOf(post access.Post, i int) bool {
	return post.Person != "" && (m.textAt(pack.ColumnMaker, i) == post.Person || m.textAt(pack.ColumnOwner, i) == post.Person)
}

// around answers whether rows wait for one post. What follows from state and unit alone is worked out once for each pair.
type around struct {
	image *image
	post  access.Post
	stand []lifecycle.Stand           // of a row of each unit of the image, without lead, owner and maker
	known map[*lifecycle.State][]int8 // of each unit: 0 not known yet, 1 fits, -1 does not
	named map[*lifecycle.State]bool   // waits name lead, owner or maker
}

func (m *image) around(post access.Post) *around {
	tree := m.desk.units()
	a := &around{image: m, post: post, known: map[*lifecycle.State][]int8{}, named: map[*lifecycle.State]bool{}}
	for _, code := range m.units {
		a.stand = append(a.stand, lifecycle.Stand{Unit: code, UnitPlace: person.At(tree, code), Subject: m.register.Subject})
	}
	for _, state := range m.register.Life.States {
		a.known[state] = make([]int8, len(m.units))
		a.named[state] = slices.ContainsFunc(state.Waits, func(w lifecycle.Who) bool { return w.Relation != lifecycle.Own && w.Relation != lifecycle.Above })
	}
	return a
}

// waits tells whether the row waits for the post, and the post may see it.
func (a *around) waits(state *lifecycle.State, i int) bool {
	unit := a.image.unit[i]
	if known := a.known[state][unit]; known != 0 && !a.named[state] {
		return known > 0
	}
	stand := a.stand[unit]
	if a.named[state] {
		stand.Lead, stand.Owner, stand.Maker = a.image.textAt(pack.ColumnLead, i), a.image.textAt(pack.ColumnOwner, i), a.image.textAt(pack.ColumnMaker, i)
	}
	fits := lifecycle.AnyFits(state.Waits, a.post, stand) && single(a.post, a.image.register, stand)
	a.known[state][unit] = -1
	if fits {
		a.known[state][unit] = 1
	}
	return fits
}
