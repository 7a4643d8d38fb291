package record

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
)

// Tie is a link as the page of one of its ends shows it.
type Tie struct {
	ID     string
	Other  Ref
	Name   string // what the other end is called
	State  string // of a row that lives; ""
	Reason string
	Known  bool // the other end is there
}

// Link ties a row to another one, or to a thing that is no row (see Elsewhere).
func (d *Desk) Link(ctx context.Context, actor action.Actor, from, to Ref, reason string) error {
	return d.tie(ctx, actor, from, "record.action.link", func(ctx context.Context, tx action.Tx, links []LinkRow) error {
		if from == to {
			return fault.New("record.link_self", nil)
		}
		if _, _, known, err := d.nameOf(ctx, to); err != nil || !known {
			return errors.Join(err, fault.List{fault.At(fault.Place{Column: "to"}, "record.link_unknown", message.Args{"row": to.String()})}.Err())
		}
		if may, err := d.mayName(ctx, actor, to); err != nil || !may {
			return errors.Join(err, fault.List{fault.At(fault.Place{Column: "to"}, "record.link_unknown", message.Args{"row": to.String()})}.Err())
		}
		if slices.ContainsFunc(links, func(l LinkRow) bool { return l.other(from) == to }) {
			return fault.New("record.link_twice", nil)
		}
		if len(links) >= MaxLinks {
			return fault.New("record.links_many", message.Args{"limit": MaxLinks})
		}
		return d.store.RecordLinkInsert(ctx, LinkRow{ID: tx.NewID(), From: from, To: to, Reason: strings.TrimSpace(reason), Person: actor.Post.Person, At: tx.Now()})
	}, reason)
}

// Unlink takes the link between two rows away.
func (d *Desk) Unlink(ctx context.Context, actor action.Actor, from, to Ref, reason string) error {
	return d.tie(ctx, actor, from, "record.action.unlink", func(ctx context.Context, _ action.Tx, links []LinkRow) error {
		for _, l := range links {
			if l.other(from) == to {
				return d.store.RecordLinkDelete(ctx, l.ID)
			}
		}
		return fault.New("record.link_gone", nil)
	}, reason)
}

// tie runs a change of the links of a living row.
func (d *Desk) tie(ctx context.Context, actor action.Actor, from Ref, name string, do func(ctx context.Context, tx action.Tx, links []LinkRow) error, reason string) error {
	r, err := d.find(from.Register)
	if err != nil {
		return err
	}
	row, err := d.Find(ctx, r, from.Row)
	if err != nil {
		return err
	}
	if !d.MaySee(actor.Post, r, row) {
		return action.Refused(name)
	}
	thing := thingOf(standOf(d.units(), r, row), actor.Post)
	return action.Do(ctx, d.store, actor, action.Write{Name: name, Operation: baseRight(actor.Post, thing), Thing: thing,
		Check: func(context.Context) error {
			if utf8.RuneCountInString(reason) > action.MaxReason {
				return fault.New("action.reason_long", message.Args{"limit": action.MaxReason})
			}
			return nil
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			if _, err := d.store.RegisterLock(ctx, r, from.Row); err != nil {
				return err
			}
			links, err := d.store.RecordLinks(ctx, from)
			if err != nil {
				return err
			}
			return do(ctx, tx, links)
		}})
}

// mayName tells whether whoever ties a row to another one may see that one: else a link would tell what it is about. Who may
// see things that are no rows is for the pages to ask.
func (d *Desk) mayName(ctx context.Context, actor action.Actor, to Ref) (bool, error) {
	r, declared := d.scope.Register(to.Register)
	if !declared {
		return d.elsewhere[to.Register] != nil, nil
	}
	row, err := d.store.RegisterRow(ctx, r, to.Row, false)
	if err != nil {
		return false, err
	}
	if r.Living() {
		return d.MaySee(actor.Post, r, row), nil
	}
	return access.May(actor.Post, access.See, access.Thing{Class: access.Fact, Unit: person.At(d.units(), row.Unit)}), nil
}

// nameOf returns what an end of a link is called, and the state of a row that lives.
func (d *Desk) nameOf(ctx context.Context, of Ref) (name, state string, known bool, err error) {
	if find := d.elsewhere[of.Register]; find != nil {
		name, known, err = find(ctx, of.Row)
		return name, "", known, err
	}
	r, declared := d.scope.Register(of.Register)
	if !declared {
		return of.String(), "", false, nil
	}
	row, err := d.store.RegisterRow(ctx, r, of.Row, false)
	if errors.Is(err, register.ErrNotFound) {
		return of.String(), "", false, nil
	}
	if err != nil {
		return "", "", false, err
	}
	return HeadingOf(r, row), register.TextOf(r, row, pack.ColumnState), true, nil
}

// Links returns what a row is tied to, the oldest first.
func (d *Desk) Links(ctx context.Context, r *pack.Register, id string) ([]Tie, error) {
	of := Ref{r.Name, id}
	links, err := d.store.RecordLinks(ctx, of)
	if err != nil {
		return nil, err
	}
	ties := make([]Tie, len(links))
	for i, l := range links {
		ties[i] = Tie{ID: l.ID, Other: l.other(of), Reason: l.Reason}
		if ties[i].Name, ties[i].State, ties[i].Known, err = d.nameOf(ctx, ties[i].Other); err != nil {
			return nil, err
		}
	}
	return ties, nil
}

// PartsOf are the sub-rows of a row in one register.
type PartsOf struct {
	Register *pack.Register
	Rows     []register.Row
	More     bool // there are more than MaxPage
}

// Parts returns the sub-rows of a row by register, personal cells masked.
func (d *Desk) Parts(ctx context.Context, r *pack.Register, id string) ([]PartsOf, error) {
	above := register.TextCell(Ref{r.Name, id}.String())
	var all []PartsOf
	for _, part := range d.Registers() {
		if part.PartOf != r.Name {
			continue
		}
		rows, err := d.store.RegisterRows(ctx, part, register.Query{Filters: []register.Filter{{Column: pack.ColumnPart, Is: &above}}, Limit: MaxPage + 1})
		if err != nil {
			return nil, err
		}
		one := PartsOf{Register: part, Rows: rows}
		if one.More = len(rows) > MaxPage; one.More {
			one.Rows = rows[:MaxPage]
		}
		all = append(all, one)
	}
	return all, nil
}
