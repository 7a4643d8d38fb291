package letter

import (
	"context"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/letter"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// seen returns those of the letters whose rows the present post may look at.
func (p *Pages) seen(ctx context.Context, letters []letter.Letter) ([]letter.Letter, error) {
	ids := map[string][]string{}
	for _, one := range letters {
		ids[one.Register] = append(ids[one.Register], one.Row)
	}
	rows := map[string]map[string]register.Row{}
	for name, some := range ids {
		of, known := p.scope().Register(name)
		if !known {
			continue
		}
		found, err := p.store.RegisterByID(ctx, of, some)
		if err != nil {
			return nil, err
		}
		rows[name] = found
	}
	var seen []letter.Letter
	for _, one := range letters {
		row, there := rows[one.Register][one.Row]
		if p.maySee(ctx, one, row, there) {
			seen = append(seen, one)
		}
	}
	return seen, nil
}

// maySee tells whether the present post may see a letter: as it may see the row, and the sub-rows when they are about persons.
func (p *Pages) maySee(ctx context.Context, one letter.Letter, row register.Row, there bool) bool {
	post := shell.From(ctx).Actor.Post
	of, known := p.scope().Register(one.Register)
	switch {
	case !known:
		// No pack declares the register any more: what the letter itself says decides whether it is about persons.
		of = &pack.Register{Name: one.Register}
		if one.Content.Personal {
			of.Columns = []*pack.Column{{Personal: true}}
		}
		return p.rows.MaySeeAs(post, of, one.Thing)
	case !there && !p.rows.MaySeeAs(post, of, one.Thing), there && !p.rows.MaySee(post, of, row):
		return false
	}
	declared, known := p.scope().Letter(one.Name)
	if !one.Content.Personal || !known || declared.Rows == nil {
		return true
	}
	parts, known := p.scope().Register(declared.Rows.Register)
	return !known || p.rows.MaySeeAs(post, parts, one.Thing)
}

// note keeps that somebody looks at a letter in which personal values stand.
func (p *Pages) note(ctx context.Context, one letter.Letter) error {
	if !one.Content.Personal {
		return nil
	}
	view := shell.From(ctx)
	thing := access.Thing{Class: access.Record, Unit: person.At(view.Tree, one.Thing.Unit.Code), Lead: one.Thing.Lead, Subject: one.Thing.Subject, Owner: one.Thing.Owner}
	if !access.May(view.Actor.Post, access.See, thing) {
		thing.Owner = view.Actor.Post.Person // the row was made by, or given to, whoever looks; see maySee
	}
	return action.Do(ctx, p.store, view.Actor, action.Write{Name: "letter.action.open", Operation: access.See, Thing: thing, Reason: one.Content.Number,
		Do: func(context.Context, action.Tx) error { return nil }})
}
