package home

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"jiaoheng/access"
	"jiaoheng/audit"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// Limits of what the cockpit lists of the rows that live.
const (
	dueDays   = 7 // 本周: today and the days after it
	dueRows   = 5
	closeRows = 2
)

// Rows are the living rows.
type Rows interface {
	Registers() []*pack.Register
	List(ctx context.Context, r *pack.Register, query record.Query) (record.List, error)
	Count(ctx context.Context, r *pack.Register, query record.Query) (int, error)
}

// rowLine is one living row.
type rowLine struct {
	of   *pack.Register
	row  register.Row
	day  period.Date // of the deadline, or on which it was closed
	lead string      // code
}

// lateLine is how many rows of a register are overdue.
type lateLine struct {
	of    *pack.Register
	count int
}

// pulse is what the rows that live say: what is due, what is overdue, what was closed since a day.
type pulse struct {
	due      []rowLine
	dueAll   int
	late     []lateLine // the most first
	lateAll  int
	closed   []rowLine
	closeAll int
}

// pulses keeps the pulse of each post until rows, posts or units change, or the day ends.
type pulses struct {
	rows   Rows
	source PulseSource
	lock   sync.Mutex
	kept   map[string]keptPulse
}

// PulseSource tells whether anything was written since a moment.
type PulseSource interface {
	Head(ctx context.Context) (audit.Head, error)
	Today() period.Date
	TodoChanged(ctx context.Context, after, until int64) (bool, error)
}

type keptPulse struct {
	sequence   int64
	day, since period.Date
	pulse      pulse
}

// maxPulses is for how many posts a pulse is kept.
const maxPulses = 5_000

// of returns the pulse of a post with what was closed on a day or later.
func (p *pulses) of(ctx context.Context, post access.Post, since period.Date) (pulse, error) {
	head, err := p.source.Head(ctx)
	if err != nil {
		return pulse{}, err
	}
	day, key := p.source.Today(), post.ID+"/"+post.Person
	p.lock.Lock()
	known, found := p.kept[key]
	p.lock.Unlock()
	if found && known.day == day && known.since == since {
		changed := false
		if known.sequence != head.Sequence {
			if changed, err = p.source.TodoChanged(ctx, known.sequence, head.Sequence); err != nil {
				return pulse{}, err
			}
		}
		if !changed {
			known.sequence = head.Sequence
			p.keep(key, known)
			return known.pulse, nil
		}
	}
	made, err := p.take(ctx, post, day, since)
	if err == nil {
		p.keep(key, keptPulse{sequence: head.Sequence, day: day, since: since, pulse: made})
	}
	return made, err
}

func (p *pulses) keep(key string, one keptPulse) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.kept == nil || len(p.kept) >= maxPulses {
		p.kept = map[string]keptPulse{}
	}
	p.kept[key] = one
}

// take asks every register that lives.
func (p *pulses) take(ctx context.Context, post access.Post, day, since period.Date) (pulse, error) {
	var all pulse
	if post.Person == "" || post.Role == access.SystemAdministrator {
		return all, nil
	}
	for _, r := range p.rows.Registers() {
		late, err := p.rows.Count(ctx, r, record.Query{Overdue: true, Seen: &post})
		if err != nil {
			return all, err
		}
		if late > 0 {
			all.late, all.lateAll = append(all.late, lateLine{r, late}), all.lateAll+late
		}
		due := record.Query{Open: true, Seen: &post, Query: register.Query{Sort: pack.ColumnDue, Limit: dueRows,
			Filters: []register.Filter{{Column: pack.ColumnState, In: runningStates(r)}, {Column: pack.ColumnDue, From: day.String(), Until: day.AddDays(dueDays - 1).String()}}}}
		if all.due, all.dueAll, err = p.add(ctx, r, due, pack.ColumnDue, all.due, all.dueAll); err != nil {
			return all, err
		}
		final := finalStates(r)
		if since.IsZero() || len(final) == 0 {
			continue
		}
		closed := record.Query{Seen: &post, Query: register.Query{Sort: pack.ColumnSince, Descending: true, Limit: closeRows,
			Filters: []register.Filter{{Column: pack.ColumnState, In: final}, {Column: pack.ColumnSince, From: since.String()}}}}
		if all.closed, all.closeAll, err = p.add(ctx, r, closed, pack.ColumnSince, all.closed, all.closeAll); err != nil {
			return all, err
		}
	}
	slices.SortStableFunc(all.late, func(a, b lateLine) int { return cmp.Compare(b.count, a.count) })
	slices.SortStableFunc(all.due, func(a, b rowLine) int { return strings.Compare(a.day.String(), b.day.String()) })
	slices.SortStableFunc(all.closed, func(a, b rowLine) int { return strings.Compare(b.day.String(), a.day.String()) })
	all.due, all.closed = all.due[:min(len(all.due), dueRows)], all.closed[:min(len(all.closed), closeRows)]
	return all, nil
}

// add appends the first rows of a query, and counts all of them.
func (p *pulses) add(ctx context.Context, r *pack.Register, query record.Query, dated string, lines []rowLine, count int) ([]rowLine, int, error) {
	list, err := p.rows.List(ctx, r, query)
	if err != nil {
		return lines, count, err
	}
	for _, row := range list.Rows {
		lines = append(lines, rowLine{of: r, row: row, day: register.DateOf(r, row, dated), lead: register.TextOf(r, row, pack.ColumnLead)})
	}
	return lines, count + list.Count, nil
}

// runningStates are the states of a register in which the clock runs: a paused row keeps its day, and it means nothing.
func runningStates(r *pack.Register) []string {
	running := []string{}
	for _, s := range r.Life.States {
		if s.Running() && !s.Final {
			running = append(running, s.Name)
		}
	}
	return running
}

// finalStates are the states in which nothing more is done about a row of a register where something had to be done.
func finalStates(r *pack.Register) []string {
	var final []string
	if !r.Life.States[0].Open() {
		return nil
	}
	for _, s := range r.Life.States {
		if s.Final {
			final = append(final, s.Name)
		}
	}
	return final
}

// headingOf is what a row is about.
func headingOf(line rowLine) string { return record.HeadingOf(line.of, line.row) }

// dueText says when a row is due and whose it is.
func dueText(ctx context.Context, line rowLine) string {
	text := line.day.Text(shell.From(ctx).Language)
	code := cmp.Or(line.lead, line.row.Unit)
	if u, known := shell.From(ctx).Tree.Find(code); known {
		return text + " · " + u.Name
	}
	return text
}

// dayOf is the day of a moment; of no moment none.
func dayOf(at time.Time) period.Date {
	if at.IsZero() {
		return period.Date{}
	}
	return period.DayAt(at)
}
