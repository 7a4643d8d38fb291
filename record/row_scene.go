package record

import (
	"context"
	"slices"

	"jiaoheng/access"
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// scene is one row with all that formulas, rights and clocks ask about it. Its personal cells are open.
type scene struct {
	register *pack.Register
	rules    *register.Rules
	ask      register.Ask
	day      period.Date
	calendar period.Calendar
	row      register.Row
	last     map[string]string
	grid     *register.Grid // of the row as it stands; nil: to be made
}

// find returns a living register.
func (d *Desk) find(name string) (*pack.Register, error) {
	r, known := d.Register(name)
	if !known {
		return nil, fault.New("record.register_unknown", message.Args{"register": name})
	}
	return r, nil
}

// rulesOf returns the rules of a register, read once.
func (d *Desk) rulesOf(r *pack.Register) (*register.Rules, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if rules := d.rules[r.Name]; rules != nil {
		return rules, nil
	}
	rules, faults := register.RulesOf(r, register.NamesOf(d.scope))
	if faults != nil {
		return nil, faults
	}
	d.rules[r.Name] = rules
	return rules, nil
}

// tree returns the units of today.
func (d *Desk) tree(ctx context.Context) (*unit.Tree, error) {
	head, err := d.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	day, t := d.store.Today(), &d.trees
	t.lock.Lock()
	defer t.lock.Unlock()
	t.looked = d.store.Now()
	if t.tree != nil && t.day == day {
		changed := false
		if t.sequence != head.Sequence {
			if changed, err = d.store.UnitsChanged(ctx, t.sequence, head.Sequence); err != nil {
				return nil, err
			}
		}
		if !changed {
			t.sequence = head.Sequence
			return t.tree, nil
		}
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return nil, err
	}
	t.tree, t.sequence, t.day = tree, head.Sequence, day
	return tree, nil
}

// stage makes the scene of a row; day zero is today.
func (d *Desk) stage(ctx context.Context, r *pack.Register, row register.Row, day period.Date) (*scene, error) {
	rules, err := d.rulesOf(r)
	if err != nil {
		return nil, err
	}
	tree, err := d.tree(ctx)
	if err != nil {
		return nil, err
	}
	calendar, err := d.calendar(ctx)
	if err != nil {
		return nil, err
	}
	if day.IsZero() {
		day = d.store.Today()
	}
	return &scene{register: r, rules: rules, ask: register.Ask{Scope: d.scope, Tree: tree}, day: day, calendar: calendar, row: row}, nil
}

// set replaces the row of the scene.
func (s *scene) set(row register.Row) { s.row, s.grid = row, nil }

// whole is the row with its computed cells, as letters and opened rows are told of it.
func (s *scene) whole() register.Row { return s.computed().Rows()[0] }

func (s *scene) computed() *register.Grid {
	if s.grid == nil {
		s.grid = s.rules.On(s.day, s.ask, []register.Row{s.row})
	}
	return s.grid
}

func (s *scene) value(formula *expr.Written) measure.Value {
	return s.computed().Formula(0, formula.Ready)
}

// holds tells whether a condition holds; nil always does, one that lacks something does not.
func (s *scene) holds(formula *expr.Written) bool {
	if formula == nil {
		return true
	}
	number, known := s.value(formula).Number()
	return known && number != 0
}

func (s *scene) text(column string) string { return register.TextOf(s.register, s.row, column) }

// life is the row as its lifecycle asks about it.
func (s *scene) life() lifecycle.Row { return register.LifeOf(s.register, s.row, s.last, s.value) }

func (s *scene) stand() lifecycle.Stand { return standOf(s.ask.Tree, s.register, s.row) }

// standOf says how a row stands to people.
func standOf(tree *unit.Tree, r *pack.Register, row register.Row) lifecycle.Stand {
	return lifecycle.Stand{Unit: row.Unit, UnitPlace: person.At(tree, row.Unit), Lead: register.TextOf(r, row, pack.ColumnLead), Owner: register.TextOf(r, row, pack.ColumnOwner),
		Maker: register.TextOf(r, row, pack.ColumnMaker), Subject: r.Subject}
}

// thing is what rights are asked about. Whoever made a row counts as its owner beside the one to whom it was given. named
// are those whom the lifecycle names for what is to be done: an office that it names by its subject may act on a row of
// another office's business.
func (s *scene) thing(post access.Post, named ...lifecycle.Who) access.Thing {
	return thingOf(s.stand(), post, named...)
}

func thingOf(stand lifecycle.Stand, post access.Post, named ...lifecycle.Who) access.Thing {
	thing := access.Thing{Class: access.Record, Unit: stand.UnitPlace, Lead: stand.Lead, Subject: stand.Subject, Owner: stand.Owner}
	if stand.Maker != "" && stand.Maker == post.Person {
		thing.Owner = post.Person
	}
	for _, who := range named {
		if who.Subject != "" && who.Subject == post.Subject && who.Fits(post, stand) {
			thing.Subject = who.Subject
		}
	}
	return thing
}

// baseRight is the right under which somebody acts on a row: to change it, or to approve where the post has only that.
func baseRight(post access.Post, thing access.Thing) access.Operation {
	if !access.May(post, access.Change, thing) && access.May(post, access.Approve, thing) {
		return access.Approve
	}
	return access.Change
}

func mayAct(post access.Post, thing access.Thing) bool {
	return access.May(post, access.Change, thing) || access.May(post, access.Approve, thing)
}

// check runs the checks of the register over the row of the scene.
func (s *scene) check() fault.List { return s.computed().Refusals() }

// begin brings the new row of the scene into the first state, without its number.
func (s *scene) begin() fault.List {
	if faults := s.check(); faults != nil {
		return faults
	}
	next, faults := s.register.Life.Begin(s.life(), s.day, s.calendar)
	if faults == nil {
		s.next(next)
	}
	return faults
}

// next writes how the row stands after an event into its columns.
func (s *scene) next(next lifecycle.Next) {
	row := s.row
	row.Cells = slices.Clone(row.Cells)
	register.PutNext(s.register, &row, next)
	s.set(row)
}
