package demo

import (
	"context"
	"fmt"

	"jiaoheng"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/calendar"
	"jiaoheng/letter"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	records "jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/store"
)

// tale plays what the people of the demo did with rows that live: every row, number, letter and alarm comes about as it
// would in an office, on days counted back from today. The first fault ends it.
type tale struct {
	ctx      context.Context
	desk     *records.Desk
	store    *backdated
	today    period.Date
	actors   map[string]action.Actor
	units    map[string]string // codes by name
	preparer *attachment.Preparer
	motion   motion
	err      error
}

// backdated is the store on an earlier day: deadlines, numbers and letters follow from the day on which something happened.
// The time of every action in the chain stays the true one.
type backdated struct {
	*store.Store
	day period.Date
}

// Today is the day on which the tale stands.
func (b *backdated) Today() period.Date { return b.day }

// loadRecords tells every tale of the demo.
func loadRecords(ctx context.Context, s *store.Store, actors map[string]action.Actor) error {
	t, err := newTale(ctx, s, actors)
	if err != nil {
		return err
	}
	for _, tell := range []func(*tale){tellFindings, tellFindingsUnderWay, tellRepeats, tellOverdue, tellPraise, tellTasks, tellHazards, tellLessons, tellHomework,
		tellBindings, tellLook, tellSplits, tellDuties, tellPlanTasks, tellProjects, tellYearlyItems, tellLists, tellAppraisal, tellAdmission, tellDraw} {
		tell(t)
		t.store.day = t.today
		if t.err != nil {
			return t.err
		}
	}
	return nil
}

// newTale returns a tale in which nothing was told yet.
func newTale(ctx context.Context, s *store.Store, actors map[string]action.Actor) (*tale, error) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		return nil, err
	}
	b := &backdated{Store: s, day: s.Today()}
	t := &tale{ctx: ctx, store: b, today: b.day, actors: map[string]action.Actor{}, units: map[string]string{}, preparer: attachment.NewPreparer(1)}
	shipped := set.Everything().Calendars()
	days := func(ctx context.Context) (period.Calendar, error) { return calendar.Present(ctx, s, shipped) }
	t.desk = records.New(set, b, days, letter.NewOffice(set, s), notice.Teller{Store: s})
	for login, actor := range actors {
		actor.Post.Unit = person.At(tree, actor.Post.Unit.Code)
		t.actors[login] = actor
	}
	for n := range tree.Len() {
		if u := tree.At(n); t.units[u.Name] == "" {
			t.units[u.Name] = u.Code
		}
	}
	return t, t.openMotion(set, tree)
}

// row is a row of the tale.
type row struct {
	register, id string
}

// at moves the tale to so many days before today.
func (t *tale) at(daysAgo int) *tale {
	t.store.day = t.today.AddDays(-daysAgo)
	return t
}

// daysAgo is a day as it stands in a cell.
func (t *tale) daysAgo(n int) string { return t.today.AddDays(-n).String() }

// make makes a row in the name of an account.
func (t *tale) make(who, name, unitName string, values record) row {
	return t.part(who, name, unitName, row{}, values)
}

// part makes a sub-row of a row.
func (t *tale) part(who, name, unitName string, of row, values record) row {
	if t.err != nil {
		return row{name, ""}
	}
	draft := records.Draft{Register: name, Unit: t.code(unitName), Cells: cellsOf(values), Part: records.Ref{Register: of.register, Row: of.id}}
	made, err := t.desk.Create(t.ctx, t.actor(who), draft)
	t.fail(err, who, name, unitName)
	return row{name, made.ID}
}

// told is what comes with an event beside columns.
type told struct {
	note, lead, owner, file string
}

// do causes an event in the name of an account and returns the rows that it opened.
func (t *tale) do(who string, of row, event string, values record, with told) []records.Ref {
	if t.err != nil {
		return nil
	}
	move := records.Move{Register: of.register, Row: of.id, Event: event, Cells: cellsOf(values), Note: with.note, Owner: with.owner, Day: t.store.day}
	if with.lead != "" {
		move.Lead = t.code(with.lead)
	}
	if with.file != "" {
		file, err := t.preparer.Prepare(t.ctx, "佐证.txt", []byte(with.file))
		t.fail(err, who, event)
		move.Files = []attachment.Prepared{file}
	}
	moved, err := t.desk.Move(t.ctx, t.actor(who), move)
	t.fail(err, who, of.register, event)
	return moved.Opened
}

// clock raises the reminders and escalations that are due on so many days before today, one day after the other.
func (t *tale) clock(daysAgo ...int) {
	for _, n := range daysAgo {
		if t.err == nil {
			t.at(n)
			report, err := t.desk.Clock(t.ctx, t.store.day)
			t.fail(err, "clock", t.store.day.String())
			for _, failed := range report.Failed {
				t.fail(failed.Faults.Err(), "clock", t.store.day.String(), failed.Of, failed.Key)
			}
		}
	}
}

func (t *tale) actor(login string) action.Actor {
	actor, known := t.actors[login]
	if !known {
		panic("demo: no account " + login)
	}
	return actor
}

func (t *tale) code(name string) string {
	code, known := t.units[name]
	if !known {
		panic("demo: no unit " + name)
	}
	return code
}

// fail keeps the first error with what was being told.
func (t *tale) fail(err error, what ...any) {
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("%v: %w", what, err)
	}
}

func cellsOf(values record) map[string]register.Cell {
	cells := map[string]register.Cell{}
	for name, value := range values {
		cells[name] = cellOf(value)
	}
	return cells
}
