package record

import (
	"context"
	"slices"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// stepKind says how a state of the path stands to a row.
type stepKind string

const (
	stepDone     stepKind = "done"
	stepHere     stepKind = "here"
	stepPossible stepKind = "possible"
)

// pathStep is one state of the path of a row.
type pathStep struct {
	title string
	kind  stepKind
}

// pathOf is the way of a row: the states it went through, where it stands, and the shortest way from here to an end.
func pathOf(view rowView, entries []record.Entry) []pathStep {
	m, language := view.register.Life, view.book.language
	var done []string
	for _, one := range slices.Backward(entries) {
		for _, name := range []string{one.From, one.To} {
			if one.Kind == record.EntryEvent && name != "" && name != view.state.Name && !slices.Contains(done, name) {
				done = append(done, name)
			}
		}
	}
	var steps []pathStep
	for _, name := range done {
		if s := m.State(name); s != nil {
			steps = append(steps, pathStep{s.Title.In(language), stepDone})
		}
	}
	steps = append(steps, pathStep{view.state.Title.In(language), stepHere})
	for _, name := range wayOut(m, view.state, register.TextOf(view.register, view.row, pack.ColumnBack)) {
		steps = append(steps, pathStep{m.State(name).Title.In(language), stepPossible})
	}
	return steps
}

// wayOut is the shortest way from a state to a final one, a good one before the others; back is where a pause leads.
func wayOut(m *lifecycle.Machine, from *lifecycle.State, back string) []string {
	if from.Final {
		return nil
	}
	before, queue := map[string]string{from.Name: ""}, []string{from.Name}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, e := range m.Events {
			to := e.To
			if to == lifecycle.Back {
				to = back
			}
			if _, seen := before[to]; seen || m.State(to) == nil || !slices.Contains(e.From, at) {
				continue
			}
			before[to] = at
			queue = append(queue, to)
		}
	}
	best := ""
	for _, s := range m.States {
		if _, reached := before[s.Name]; reached && s.Final && (best == "" || toneOf(m.State(best)) != lifecycle.Good && toneOf(s) == lifecycle.Good) {
			best = s.Name
		}
	}
	var way []string
	for at := best; at != "" && at != from.Name; at = before[at] {
		way = append(way, at)
	}
	slices.Reverse(way)
	return way
}

// dueWords is a deadline in words, with whether it has passed or comes soon.
type dueWords struct {
	text string
	note string
	late bool
	soon bool
}

// soonDays is how many calendar days before a deadline it is shown as coming soon.
const soonDays = 3

// dueOf writes until when somebody has to act.
func (p *Pages) dueOf(ctx context.Context, view rowView) (dueWords, error) {
	today := p.store.Today()
	due, _ := period.ParseDate(register.TextOf(view.register, view.row, pack.ColumnDue))
	switch {
	case view.state == nil || view.state.Final:
		return dueWords{text: shell.Text(ctx, "record.row.due_closed")}, nil
	case view.state.Pause:
		return dueWords{text: shell.Text(ctx, "record.row.due_paused")}, nil
	case due.IsZero():
		return dueWords{text: shell.Text(ctx, "record.row.due_none")}, nil
	}
	days := period.Calendar{}.Between(today, due, period.CalendarDays)
	date := due.Text(shell.From(ctx).Language)
	words := dueWords{late: days < 0, soon: days >= 0 && days <= soonDays}
	switch {
	case days < 0:
		words.text = shell.Text(ctx, "record.row.due_late", message.Args{"date": date, "days": -days})
	case days == 0:
		words.text = shell.Text(ctx, "record.row.due_today", message.Args{"date": date})
	default:
		words.text = shell.Text(ctx, "record.row.due_in", message.Args{"date": date, "days": days})
	}
	return words, nil
}

// waiting is one kind of people who have to act, with the persons who are meant.
type waiting struct {
	text    string
	persons []string
}

// maxNamed is how many persons are named before they are only counted.
const maxNamed = 3

// waitsOf names those for whom the row waits: where somebody holds a post that could act, the posts that nobody holds are left out.
func (p *Pages) waitsOf(ctx context.Context, view rowView) ([]waiting, error) {
	var all []waiting
	for _, who := range view.state.Waits {
		one := waiting{text: who.Text(view.book.language)}
		persons, err := p.records.Persons(ctx, view.register, view.row, who)
		if err != nil {
			return nil, err
		}
		for _, id := range persons[:min(len(persons), maxNamed)] {
			one.persons = append(one.persons, p.personName(ctx, id))
		}
		if len(persons) > maxNamed {
			one.persons = append(one.persons, shell.Text(ctx, "record.row.and_more", message.Args{"count": len(persons)}))
		}
		all = append(all, one)
	}
	if !waitsForNobody(all) {
		all = slices.DeleteFunc(all, func(w waiting) bool { return len(w.persons) == 0 })
	}
	return all, nil
}

// waitsForNobody tells whether nobody holds a post that could act.
func waitsForNobody(waits []waiting) bool {
	return !slices.ContainsFunc(waits, func(w waiting) bool { return len(w.persons) > 0 })
}

func isOffice(u unit.Unit) bool { return u.Kind == unit.Office }

// standingFacts are who leads the row, to whom it was given, who made it and since when it stands where it stands.
func (p *Pages) standingFacts(ctx context.Context, view rowView) []shell.Fact {
	of, row := view.register, view.row
	facts := []shell.Fact{{Name: shell.Text(ctx, "record.row.unit"), Text: registerpages.UnitName(ctx, row.Unit)}}
	if lead := register.TextOf(of, row, pack.ColumnLead); lead != "" {
		facts = append(facts, shell.Fact{Name: shell.Text(ctx, "record.row.lead"), Text: registerpages.UnitName(ctx, lead)})
	}
	if owner := register.TextOf(of, row, pack.ColumnOwner); owner != "" {
		facts = append(facts, shell.Fact{Name: shell.Text(ctx, "record.row.owner"), Text: p.personName(ctx, owner)})
	}
	facts = append(facts, shell.Fact{Name: shell.Text(ctx, "record.row.maker"), Text: p.personName(ctx, register.TextOf(of, row, pack.ColumnMaker))})
	if since, ok := period.ParseDate(register.TextOf(of, row, pack.ColumnSince)); ok {
		facts = append(facts, shell.Fact{Name: shell.Text(ctx, "record.row.since"), Text: since.Text(view.book.language)})
	}
	return facts
}
