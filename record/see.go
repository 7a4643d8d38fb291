package record

import (
	"context"
	"slices"
	"time"

	"jiaoheng/access"
	"jiaoheng/lifecycle"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// HasPersonal tells whether a register holds columns about persons.
func HasPersonal(r *pack.Register) bool {
	return slices.ContainsFunc(r.Columns, func(c *pack.Column) bool { return c.Personal })
}

// Single tells whether somebody in the post may look at the rows of a unit one by one. Of registers with personal columns,
// whoever stands above the school sees counts only, except the posts that the register names.
func (d *Desk) Single(post access.Post, r *pack.Register, unitCode string) bool {
	return single(post, r, lifecycle.Stand{Unit: unitCode, UnitPlace: person.At(d.units(), unitCode), Subject: r.Subject})
}

func single(post access.Post, r *pack.Register, stand lifecycle.Stand) bool {
	if !HasPersonal(r) || post.Role == access.Program {
		return true
	}
	own := lifecycle.Who{Relation: lifecycle.Own}
	return own.Fits(post, stand) || lifecycle.AnyFits(r.Names, post, stand) ||
		post.Person != "" && (stand.Owner == post.Person || stand.Maker == post.Person)
}

// MaySee tells whether somebody in the post may look at a row.
func (d *Desk) MaySee(post access.Post, r *pack.Register, row register.Row) bool {
	stand := standOf(d.units(), r, row)
	return access.May(post, access.See, thingOf(stand, post)) && single(post, r, stand)
}

// MaySeeAs tells whether somebody in the post may look at a row of which only is kept how it stood: its unit, who led it and
// whose it was. The place of the unit is that of today.
func (d *Desk) MaySeeAs(post access.Post, r *pack.Register, thing access.Thing) bool {
	stand := lifecycle.Stand{Unit: thing.Unit.Code, UnitPlace: person.At(d.units(), thing.Unit.Code), Lead: thing.Lead, Owner: thing.Owner, Subject: thing.Subject}
	return access.May(post, access.See, thingOf(stand, post)) && single(post, r, stand)
}

// MayCreate tells whether somebody in the post may make rows of the unit.
func (d *Desk) MayCreate(post access.Post, r *pack.Register, unitCode string) bool {
	tree := d.units()
	u, known := tree.Find(unitCode)
	if !r.Living() || !known || !register.Keeps(r, u) {
		return false
	}
	stand := lifecycle.Stand{Unit: unitCode, UnitPlace: person.At(tree, unitCode), Maker: post.Person, Subject: r.Subject}
	return lifecycle.AnyFits(r.Life.Create, post, stand) && mayAct(post, thingOf(stand, post, r.Life.Create...))
}

// MayEdit returns the columns of a row that somebody in the post may change while the row stands where it stands.
func (d *Desk) MayEdit(post access.Post, r *pack.Register, row register.Row) []*pack.Column {
	state := r.Life.State(register.TextOf(r, row, pack.ColumnState))
	if state == nil {
		return nil
	}
	stand := standOf(d.units(), r, row)
	var columns []*pack.Column
	for _, c := range r.Columns {
		if editable(r, c) && slices.ContainsFunc(state.Edit, func(e lifecycle.Edit) bool {
			return (len(e.Columns) == 0 || slices.Contains(e.Columns, c.Name)) && lifecycle.AnyFits(e.By, post, stand) &&
				mayAct(post, thingOf(stand, post, e.By...))
		}) {
			columns = append(columns, c)
		}
	}
	return columns
}

// editable tells whether a column can be changed by itself at all: a key tells rows apart and stays.
func editable(r *pack.Register, c *pack.Column) bool {
	return r.Written(c) && !c.Locked && !slices.Contains(r.Key, c.Name)
}

// treeFor is how long questions about rights take the units to be what they were.
const treeFor = time.Second

// units returns the units of today, at most treeFor old; when they cannot be read, those that were read last, or none. It
// is asked once for each row of a list, so it does not look at the store each time.
func (d *Desk) units() *unit.Tree {
	t := &d.trees
	t.lock.Lock()
	tree, now := t.tree, d.store.Now()
	fresh := tree != nil && !now.Before(t.looked) && now.Sub(t.looked) < treeFor && t.day == d.store.Today()
	t.lock.Unlock()
	if fresh {
		return tree
	}
	if read, err := d.tree(context.Background()); err == nil {
		return read
	}
	if tree == nil {
		return new(unit.Tree)
	}
	return tree
}
