package ceremony

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/secret"
)

// Masked is a person behind a line, as the list shows it.
type Masked struct {
	Number int // from 1, in the order in which the roster was handed over
	ID     string
	Name   string
	Who    string // as it stands in the line
}

// Roster returns those behind the lines of a draw with masked ids and names, for the unit that runs it.
//
// Errors: action.Refused for everybody else.
func (d *Desk) Roster(ctx context.Context, actor action.Actor, id string) ([]Masked, error) {
	hidden, err := d.private(ctx, actor, id, "draw.action.look")
	if err != nil {
		return nil, err
	}
	all := make([]Masked, len(hidden.Roster))
	for n, p := range hidden.Roster {
		all[n] = Masked{Number: n + 1, ID: secret.MaskNumber(p.ID, 2, 2), Name: secret.MaskName(p.Name), Who: hidden.Secret.Who(p.ID)}
	}
	return all, nil
}

// private opens what only the unit that runs a draw may see.
func (d *Desk) private(ctx context.Context, actor action.Actor, id, name string) (private, error) {
	one, err := d.Find(ctx, actor, id)
	if err != nil {
		return private{}, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return private{}, err
	}
	if !MayLook(tree, actor.Post, one) {
		return private{}, action.Refused(name)
	}
	return part[private](ctx, d.store, id, PartPrivate)
}

// Look opens one person behind a line. The look stands in the chain with its reason.
func (d *Desk) Look(ctx context.Context, actor action.Actor, id string, number int, reason string) (Person, error) {
	var seen Person
	err := d.opened(ctx, actor, id, "draw.action.look", reason, func(hidden private) error {
		if number < 1 || number > len(hidden.Roster) {
			return ErrNotFound
		}
		seen = hidden.Roster[number-1]
		return nil
	})
	return seen, err
}

// Opened is everything that stands behind the lines of a draw.
type Opened struct {
	Secret draw.Secret
	Roster []Person
	Labels []Label
}

// Open opens everybody behind the lines of a draw at once: for the list with names and for the slips of the families. That it was
// opened, and why, stands in the chain.
func (d *Desk) Open(ctx context.Context, actor action.Actor, id, reason string) (Opened, error) {
	var all Opened
	err := d.opened(ctx, actor, id, "draw.action.open_all", reason, func(hidden private) error {
		all = Opened{hidden.Secret, slices.Clone(hidden.Roster), hidden.Labels}
		return nil
	})
	return all, err
}

func (d *Desk) opened(ctx context.Context, actor action.Actor, id, name, reason string, use func(private) error) error {
	hidden, err := d.private(ctx, actor, id, name)
	if err != nil {
		return err
	}
	one, err := d.store.Draw(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	return action.Do(ctx, d.store, actor, action.Write{Name: name, Operation: access.Open, Thing: thing(tree, one.Unit), Reason: reason,
		Check: func(context.Context) error { return fault.List(reasonWanted(reason)).Err() },
		Do:    func(context.Context, action.Tx) error { return use(hidden) }})
}

// Labels returns what the codes in the lines of a draw stand for, for who may see the draw: no person is named by them.
func (d *Desk) Labels(ctx context.Context, actor action.Actor, id string) ([]Label, error) {
	if _, err := d.Find(ctx, actor, id); err != nil {
		return nil, err
	}
	hidden, err := part[private](ctx, d.store, id, PartPrivate)
	return hidden.Labels, err
}
