package todo

import (
	"context"
	"slices"
	"strings"
	"sync"

	"jiaoheng/access"
	"jiaoheng/audit"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Store is what the list is read from, and where the digest is told.
type Store interface {
	notice.Store
	Head(ctx context.Context) (audit.Head, error)
	Today() period.Date
	Tree(ctx context.Context) (*unit.Tree, error)
	Persons(ctx context.Context, after string, limit int) ([]person.Person, error)
	PostsOf(ctx context.Context, personID string) ([]person.Post, error)
	PostsAt(ctx context.Context, unitCode string) ([]person.Post, error)
	// TodoChanged tells whether rows, posts, units or notices were written after one entry of the audit chain up to another.
	TodoChanged(ctx context.Context, after, until int64) (bool, error)
	// TodoTally sums the rows of a register in states, of a unit and those below it ("" all), by what Tally.Key names: the
	// lead unit (by pack.ColumnLead) or the unit of the row (by "unit").
	TodoTally(ctx context.Context, r *pack.Register, states []string, under, by string, today period.Date) ([]Tally, error)
}

// Rows are the living registers and who may see their rows.
type Rows interface {
	Registers() []*pack.Register
	MaySee(post access.Post, r *pack.Register, row register.Row) bool
	// First returns the first rows that a query names in its order, personal cells masked.
	First(ctx context.Context, r *pack.Register, query register.Query) ([]register.Row, error)
}

// Desk makes the lists. It is safe for many at once.
type Desk struct {
	rows     Rows
	store    Store
	calendar func(ctx context.Context) (period.Calendar, error)

	lock   sync.Mutex
	counts map[string]counted
}

// New returns a desk. calendar gives the holidays by which working days are counted.
func New(rows Rows, store Store, calendar func(ctx context.Context) (period.Calendar, error)) *Desk {
	return &Desk{rows: rows, store: store, calendar: calendar, counts: map[string]counted{}}
}

// List is what one person has to do.
type List struct {
	Items []Item // the most pressing first
	More  bool   // a register holds more rows than are looked at
}

// Filter narrows a list. Zero parts do not matter.
type Filter struct {
	Group    Group
	Register string
	Text     string // in heading or unit
}

// Of gathers the list of a post.
func (d *Desk) Of(ctx context.Context, tree *unit.Tree, post access.Post) (List, error) {
	l, err := d.look(ctx, tree, post)
	if err != nil {
		return List{}, err
	}
	return d.gather(ctx, l, MaxRows, true)
}

func (d *Desk) look(ctx context.Context, tree *unit.Tree, post access.Post) (look, error) {
	calendar, err := d.calendar(ctx)
	return look{post: post, tree: tree, today: d.store.Today(), calendar: calendar,
		maySee: func(r *pack.Register, row register.Row) bool { return d.rows.MaySee(post, r, row) }}, err
}

// gather asks every register. Without others only what waits for the post is asked for.
func (d *Desk) gather(ctx context.Context, l look, limit int, others bool) (List, error) {
	var list List
	if l.post.Person == "" || l.post.Role == "" {
		return list, nil
	}
	for _, r := range d.rows.Registers() {
		if !maySeeAny(l.post, r) {
			continue
		}
		seen := map[string]bool{}
		for _, query := range questions(l.post, r, others) {
			query.Sort, query.Limit = pack.ColumnDue, limit
			rows, err := d.rows.First(ctx, r, query)
			if err != nil {
				return list, err
			}
			list.More = list.More || len(rows) == limit
			for _, row := range rows {
				if seen[row.ID] {
					continue
				}
				seen[row.ID] = true
				if i, ok := l.item(r, row); ok && (others || i.Group != Others) {
					list.Items = append(list.Items, i)
				}
			}
		}
	}
	list.Items = sorted(list.Items)
	return list, nil
}

// maySeeAny tells whether the post may see some row of the register at all.
func maySeeAny(post access.Post, r *pack.Register) bool {
	return access.May(post, access.See, access.Thing{Class: access.Record, Unit: post.Unit, Lead: post.Unit.Code, Owner: post.Person, Subject: r.Subject})
}

// questions are the narrow queries that find every row that may wait for the post, and with others also the rows that it
// made, leads or answers for.
func questions(post access.Post, r *pack.Register, others bool) []register.Query {
	byRelation := map[lifecycle.Relation][]string{}
	var open []string
	for _, s := range r.Life.States {
		if s.Final {
			continue
		}
		open = append(open, s.Name)
		for _, who := range s.Waits {
			fits := (who.Role == "" || who.Role == post.Role) && (who.Subject == "" || post.Subject == "" || who.Subject == post.Subject)
			if fits && !slices.Contains(byRelation[who.Relation], s.Name) {
				byRelation[who.Relation] = append(byRelation[who.Relation], s.Name)
			}
		}
	}
	if others && len(open) > 0 {
		byRelation[lifecycle.Lead], byRelation[lifecycle.Owner], byRelation[lifecycle.Maker] = open, open, open
	}
	var all []register.Query
	for _, relation := range []lifecycle.Relation{lifecycle.Own, lifecycle.Above, lifecycle.Lead, lifecycle.Owner, lifecycle.Maker} {
		if states := byRelation[relation]; len(states) > 0 {
			all = append(all, asked(post, relation, states)...)
		}
	}
	return all
}

// asked is the question for the rows to which the post stands in a relation.
func asked(post access.Post, relation lifecycle.Relation, states []string) []register.Query {
	inStates := register.Filter{Column: pack.ColumnState, In: states}
	with := func(column string, values ...string) []register.Query {
		return []register.Query{{Filters: []register.Filter{inStates, {Column: column, In: values}}}}
	}
	codes := codesOf(post)
	switch {
	case relation == lifecycle.Lead:
		return with(pack.ColumnLead, slices.DeleteFunc(codes, func(c string) bool { return c == "" })...)
	case relation == lifecycle.Owner:
		return with(pack.ColumnOwner, post.Person)
	case relation == lifecycle.Maker:
		return with(pack.ColumnMaker, post.Person)
	case relation == lifecycle.Own && !post.Role.AtSchool():
		return []register.Query{{Units: codes, Filters: []register.Filter{inStates}}}
	}
	var all []register.Query
	for _, code := range codes {
		all = append(all, register.Query{Under: code, Filters: []register.Filter{inStates}})
	}
	return all
}

// Counts says how many items each group holds.
func (l List) Counts() map[Group]int {
	counts := map[Group]int{}
	for _, i := range l.Items {
		counts[i.Group]++
	}
	return counts
}

// Only returns the items that the filter names.
func (l List) Only(f Filter, tree *unit.Tree) []Item {
	var kept []Item
	for _, i := range l.Items {
		u, _ := tree.Find(i.Unit)
		if (f.Group == "" || i.Group == f.Group) && (f.Register == "" || i.Register.Name == f.Register) &&
			(f.Text == "" || strings.Contains(i.Heading, f.Text) || strings.Contains(u.Name, f.Text)) {
			kept = append(kept, i)
		}
	}
	return kept
}

// Registers returns the registers that the list holds rows of, in the order of the packs.
func (d *Desk) Registers(l List) []*pack.Register {
	return slices.DeleteFunc(slices.Clone(d.rows.Registers()), func(r *pack.Register) bool {
		return !slices.ContainsFunc(l.Items, func(i Item) bool { return i.Register == r })
	})
}

// Waiting tells whom an item waits for, in words.
func (i Item) Waiting(language message.Language) string {
	return lifecycle.TextOf(i.State.Waits, language)
}
