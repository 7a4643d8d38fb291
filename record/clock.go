package record

import (
	"context"
	"errors"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// clockRows is how many reminders and escalations one action raises.
const clockRows = 1000

// manyAlike is from how many rows on a person is told of them in one notice.
const manyAlike = 4

// clockSeries is the run of numbers that the clock takes from: two clocks at once work one after the other.
const clockSeries = "record-clock"

// ClockReport says what the clock did.
type ClockReport struct {
	Day       period.Date
	Rows      int // with a deadline that runs
	Reminders int
	Late      int // escalations
	Letters   int
	Opened    int // rows
	Told      int // persons, each once for each notice
	Failed    []ClockFailure
}

// ClockFailure is a step that could not be done. It is tried again the next time.
type ClockFailure struct {
	Of     Ref
	Key    string
	Faults fault.List
}

// pending is a step that is due and was not raised.
type pending struct {
	register *pack.Register
	id       string // of the row
	unit     string
	state    string
	due      period.Date
	alarm    lifecycle.Alarm
}

// alarmID is the id under which a step of a row stands once and for all.
func (p pending) alarmID() string { return p.register.Name + "/" + p.id + " " + p.alarm.Key }

// simple tells that the step only tells people.
func (p pending) simple() bool { return p.alarm.Step.Letter == "" && len(p.alarm.Step.Opens) == 0 }

// Clock raises the reminders and escalations that are due by the day, each exactly once, also when two programs run it at
// the same time or nobody ran it for days. A letter that cannot be written, or a row that cannot be opened, stops only its
// own step.
func (d *Desk) Clock(ctx context.Context, day period.Date) (ClockReport, error) {
	report := ClockReport{Day: day}
	if day.IsZero() {
		report.Day = d.store.Today()
	}
	calendar, err := d.calendar(ctx)
	if err != nil {
		return report, err
	}
	var plain, heavy []pending
	for _, r := range d.Registers() {
		due, rows, err := d.pendingOf(ctx, r, report.Day, calendar)
		if err != nil {
			return report, err
		}
		report.Rows += rows
		for _, one := range due {
			if one.simple() {
				plain = append(plain, one)
			} else {
				heavy = append(heavy, one)
			}
		}
	}
	// Rows of one unit are raised together: then whoever is told of many is told once.
	slices.SortStableFunc(plain, func(a, b pending) int { return strings.Compare(a.unit, b.unit) })
	for part := range slices.Chunk(plain, clockRows) {
		if err := d.raise(ctx, part, &report); err != nil {
			return report, err
		}
	}
	for _, one := range heavy {
		err := d.raise(ctx, []pending{one}, &report)
		if faults := fault.Of(err); faults != nil && !busy(faults) {
			report.Failed = append(report.Failed, ClockFailure{Of: Ref{one.register.Name, one.id}, Key: one.alarm.Key, Faults: faults})
		} else if err != nil {
			return report, err
		}
	}
	return report, nil
}

func busy(faults fault.List) bool {
	return slices.ContainsFunc(faults, func(f *fault.Fault) bool { return f.Code == "action.busy" })
}

// pendingOf returns the steps of the rows of a register that are due and were not raised, and how many deadlines run.
func (d *Desk) pendingOf(ctx context.Context, r *pack.Register, day period.Date, calendar period.Calendar) ([]pending, int, error) {
	if !slices.ContainsFunc(r.Life.States, func(s *lifecycle.State) bool { return len(s.Remind)+len(s.Late) > 0 }) {
		return nil, 0, nil
	}
	m, err := d.imageOf(ctx, r)
	if err != nil {
		return nil, 0, err
	}
	due, rows := m.pending(day, calendar)
	m.lock.RUnlock()
	ids := make([]string, len(due))
	for i, one := range due {
		ids[i] = one.alarmID()
	}
	raised, err := d.store.RecordAlarmsKnown(ctx, ids)
	if err != nil {
		return nil, 0, err
	}
	return slices.DeleteFunc(due, func(one pending) bool { return raised[one.alarmID()] }), rows, nil
}

// pending returns every step of the image that is due by the day. Rows of one state and deadline have the same steps.
func (m *image) pending(day period.Date, calendar period.Calendar) (due []pending, rows int) {
	states, dues := m.column(pack.ColumnState), m.column(pack.ColumnDue)
	type key struct {
		state uint16
		due   int32
	}
	steps := map[key][]lifecycle.Alarm{}
	for i, id := range m.ids {
		state := m.state(states, i)
		if state == nil || !state.Running() || dues.days[i] == 0 {
			continue
		}
		rows++
		at := key{states.options[i], dues.days[i]}
		alarms, known := steps[at]
		if !known {
			alarms = m.register.Life.Alarms(lifecycle.Row{State: state.Name, Due: dayNumbered(at.due)}, day, calendar)
			steps[at] = alarms
		}
		for _, alarm := range alarms {
			due = append(due, pending{m.register, id, m.units[m.unit[i]], state.Name, dayNumbered(at.due), alarm})
		}
	}
	return due, rows
}

// raise does some steps in one action.
func (d *Desk) raise(ctx context.Context, steps []pending, report *ClockReport) error {
	done := *report
	err := action.Do(ctx, d.store, action.TheProgram(), action.Write{Name: "record.action.clock", Thing: access.Thing{Class: access.Record},
		Do: func(ctx context.Context, tx action.Tx) error {
			done = *report
			if _, err := tx.Next(ctx, clockSeries); err != nil {
				return err
			}
			w := d.writing(tx, action.TheProgram())
			return w.raise(ctx, steps, &done)
		}})
	if err == nil {
		*report = done
	} else if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// errNothing ends an action in which nothing was left to do.
var errNothing = errors.New("record: nothing to raise")

// raise does the steps that still stand: another clock may have done them, or the row may have moved.
func (w *writing) raise(ctx context.Context, steps []pending, report *ClockReport) error {
	scenes, err := w.standing(ctx, steps)
	if err != nil {
		return err
	}
	var alarms []Alarm
	var tellings []telling
	for i, one := range steps {
		s := scenes[i]
		if s == nil {
			continue
		}
		alarm, err := w.raiseOne(ctx, s, one)
		if err != nil {
			return err
		}
		alarms, tellings = append(alarms, alarm), append(tellings, telling{one, s, alarm})
		report.count(alarm)
	}
	if len(alarms) == 0 {
		return errNothing
	}
	if err := w.desk.store.RecordAlarmsInsert(ctx, alarms...); err != nil {
		return err
	}
	return w.tellAlarms(ctx, tellings, report)
}

func (r *ClockReport) count(a Alarm) {
	if a.Late {
		r.Late++
	} else {
		r.Reminders++
	}
	if a.Letter != "" {
		r.Letters++
	}
	r.Opened += len(a.Opened)
}

// standing returns the scene of each step that still has to be done, nil for the others.
func (w *writing) standing(ctx context.Context, steps []pending) ([]*scene, error) {
	ids, byRegister := make([]string, len(steps)), map[*pack.Register][]string{}
	for i, one := range steps {
		ids[i] = one.alarmID()
		byRegister[one.register] = append(byRegister[one.register], one.id)
	}
	raised, err := w.desk.store.RecordAlarmsKnown(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := map[*pack.Register]map[string]register.Row{}
	for r, some := range byRegister {
		if rows[r], err = w.rowsFor(ctx, r, some, steps); err != nil {
			return nil, err
		}
	}
	scenes := make([]*scene, len(steps))
	shared := map[*pack.Register]*scene{}
	for i, one := range steps {
		row, stands := rows[one.register][one.id]
		if raised[ids[i]] || !stands || !one.stands(row) {
			continue
		}
		if shared[one.register] == nil {
			if shared[one.register], err = w.desk.stage(ctx, one.register, row, w.day); err != nil {
				return nil, err
			}
		}
		s := *shared[one.register]
		s.set(row)
		scenes[i] = &s
	}
	return scenes, nil
}

// stands tells whether the row is still where the step found it.
func (p pending) stands(row register.Row) bool {
	return register.TextOf(p.register, row, pack.ColumnState) == p.state && register.DateOf(p.register, row, pack.ColumnDue) == p.due
}

// rowsFor reads the rows of steps: open and held where a letter or a row comes of it.
func (w *writing) rowsFor(ctx context.Context, r *pack.Register, ids []string, steps []pending) (map[string]register.Row, error) {
	if len(steps) > 1 || steps[0].simple() {
		slices.Sort(ids)
		return w.desk.store.RegisterByID(ctx, r, slices.Compact(ids))
	}
	row, err := w.desk.store.RegisterLock(ctx, r, ids[0])
	if errors.Is(err, register.ErrNotFound) {
		return nil, nil
	}
	return map[string]register.Row{row.ID: row}, err
}

// raiseOne does one step, save the telling.
func (w *writing) raiseOne(ctx context.Context, s *scene, one pending) (Alarm, error) {
	step := one.alarm.Step
	alarm := Alarm{ID: one.alarmID(), Of: Ref{one.register.Name, one.id}, Key: one.alarm.Key, Late: one.alarm.Late, State: s.text(pack.ColumnState),
		Due: register.DateOf(s.register, s.row, pack.ColumnDue), On: one.alarm.On, At: w.tx.Now()}
	var err error
	if alarm.Persons, err = w.persons(ctx, s.ask.Tree, step.To, s.stand()); err != nil {
		return alarm, err
	}
	if alarm.Letter, alarm.Number, err = w.issue(ctx, s, step.Letter, letter.Of{}); err != nil {
		return alarm, err
	}
	alarm.Opened, err = w.open(ctx, s, step.Opens)
	return alarm, err
}

// telling is a step with the row as it stands.
type telling struct {
	pending
	scene *scene
	alarm Alarm
}

// alike are the steps of which one person is told in the same words.
type alike struct {
	person string
	step   *lifecycle.Step
}

// tellAlarms tells each person of the steps: one by one, or all that are alike in one notice when they are many.
func (w *writing) tellAlarms(ctx context.Context, tellings []telling, report *ClockReport) error {
	if w.desk.notices == nil {
		return nil
	}
	groups := map[alike][]int{}
	var order []alike
	for i, one := range tellings {
		for _, p := range one.alarm.Persons {
			at := alike{p, one.pending.alarm.Step}
			if groups[at] == nil {
				order = append(order, at)
			}
			groups[at] = append(groups[at], i)
		}
	}
	single := map[int][]string{} // persons who are told of one step
	var drafts []notice.Draft
	for _, at := range order {
		some := groups[at]
		report.Told++
		if len(some) < manyAlike {
			report.Told += len(some) - 1
			for _, i := range some {
				single[i] = append(single[i], at.person)
			}
			continue
		}
		one := tellings[some[0]]
		args := one.words()
		args["count"] = len(some)
		drafts = append(drafts, notice.Draft{Persons: []string{at.person}, Kind: one.kind(true), Args: args, Register: one.register.Name, Urgent: one.alarm.Late})
	}
	for i, one := range tellings {
		if len(single[i]) == 0 {
			continue
		}
		drafts = append(drafts, notice.Draft{Persons: single[i], Kind: one.kind(false), Args: one.words(), Register: one.register.Name, Row: one.id, Urgent: one.alarm.Late, Key: one.alarm.ID})
	}
	return w.desk.notices.TellMany(ctx, w.tx, drafts)
}

// kind is the kind of notice that tells of the step, or of many that are alike.
func (t telling) kind(many bool) string {
	switch {
	case t.alarm.Late && many:
		return "record.told.late_many"
	case t.alarm.Late:
		return "record.told.late"
	case many:
		return "record.told.remind_many"
	}
	return "record.told.remind"
}

// words are what a notice says: the words of the step, where it has some, stand in front.
func (t telling) words() message.Args {
	args := t.scene.words()
	args["say"] = t.pending.alarm.Step.Say
	args["number"] = ""
	if t.alarm.Number != "" {
		args["number"] = message.Pair{Chinese: "（" + t.alarm.Number + "）", English: " (" + t.alarm.Number + ")"}
	}
	return args
}
