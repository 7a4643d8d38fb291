package record

import (
	"context"
	"slices"
	"time"

	"jiaoheng/access"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// keptSummaries is how many posts an image keeps what waits for.
const keptSummaries = 64

// Summary is how many rows of one unit there are, and when the open ones changed.
type Summary struct {
	States  map[string]int
	All     int
	Open    int
	Overdue int
	Silent  int
	Waiting int         // rows in which somebody in the post has to act
	Last    period.Date // the last change of an open row
	Still   period.Date // the change of the open row that has not changed for the longest time
}

// summaries are what was counted of an image, until something changes or a minute is over.
type summaries struct {
	sequence int64
	minute   time.Time
	units    map[string]Summary        // without Waiting
	waiting  map[string]map[string]int // by post, then by unit
}

// Summaries counts the rows of a register by unit, and those that wait for the post. Whoever asks sums up the units that the
// post may see. The counts are at most a minute old where they depend on the hour.
func (d *Desk) Summaries(ctx context.Context, r *pack.Register, post access.Post) (map[string]Summary, error) {
	m, err := d.imageOf(ctx, r)
	if err != nil {
		return nil, err
	}
	defer m.lock.RUnlock()
	m.counting.Lock()
	defer m.counting.Unlock()
	minute := d.store.Now().Truncate(time.Minute)
	if m.counted.units == nil || m.counted.sequence != m.sequence || !m.counted.minute.Equal(minute) {
		m.counted = summaries{sequence: m.sequence, minute: minute, units: m.summarise(), waiting: map[string]map[string]int{}}
	}
	waiting, known := m.counted.waiting[post.ID]
	if !known {
		waiting = map[string]int{}
		for _, one := range m.waits(waitsFor{post: post}) {
			waiting[m.units[m.unit[m.at[one.id]]]]++
		}
		if len(m.counted.waiting) >= keptSummaries {
			clear(m.counted.waiting)
		}
		m.counted.waiting[post.ID] = waiting
	}
	all := make(map[string]Summary, len(m.counted.units))
	for code, one := range m.counted.units {
		one.Waiting = waiting[code]
		all[code] = one
	}
	return all, nil
}

// summarise counts the rows in one pass.
func (m *image) summarise() map[string]Summary {
	if len(m.ids) == 0 {
		return map[string]Summary{}
	}
	type moves struct{ last, still int64 }
	all, moved := make([]Summary, len(m.units)), make([]moves, len(m.units))
	states := m.register.Life.States
	counts := make([]int, len(m.units)*(len(states)+1))
	column := m.column(pack.ColumnState)
	overdue, silent := m.clocks(Query{Overdue: true}), m.clocks(Query{Silent: true})
	for i, u := range m.unit {
		counts[int(u)*(len(states)+1)+int(column.options[i])]++
		one := &all[u]
		one.All++
		if state := m.state(column, i); state == nil || state.Final {
			continue
		}
		one.Open++
		one.Overdue += b2i(overdue(i))
		one.Silent += b2i(silent(i))
		at := &moved[u]
		at.last = max(at.last, m.changed[i])
		if at.still == 0 || m.changed[i] < at.still {
			at.still = m.changed[i]
		}
	}
	units := make(map[string]Summary, len(all))
	for u, one := range all {
		one.States = map[string]int{}
		for n, state := range states {
			if count := counts[u*(len(states)+1)+n+1]; count > 0 {
				one.States[state.Name] = count
			}
		}
		if one.Open > 0 {
			one.Last, one.Still = m.dayOfChange(moved[u].last), m.dayOfChange(moved[u].still)
		}
		units[m.units[u]] = one
	}
	return units
}

// dayOfChange is the day of a time by the clock of the store.
func (m *image) dayOfChange(milliseconds int64) period.Date {
	return period.DateOf(time.UnixMilli(milliseconds).In(m.desk.store.Now().Location()))
}

// IsSilent tells whether nobody changed an open row for longer than its state allows.
func (d *Desk) IsSilent(r *pack.Register, row register.Row) bool {
	state := r.Life.State(textOf(r, row, pack.ColumnState))
	return state != nil && !state.Final && state.Silent > 0 && row.Origin.At.UnixMilli() < silentSince(d.store.Now(), state.Silent)
}

// seen tells which rows somebody in the post may look at.
func (m *image) seen(post access.Post) func(i int) bool {
	around := m.around(post)
	return func(i int) bool {
		stand := around.stand[m.unit[i]]
		stand.Lead, stand.Owner, stand.Maker = m.textAt(pack.ColumnLead, i), m.textAt(pack.ColumnOwner, i), m.textAt(pack.ColumnMaker, i)
		return access.May(post, access.See, thingOf(stand, post)) && single(post, m.register, stand)
	}
}

// waitsOf tells which rows wait for somebody in the post.
func (m *image) waitsOf(post access.Post) func(i int) bool {
	around, states := m.around(post), m.column(pack.ColumnState)
	return func(i int) bool {
		state := m.state(states, i)
		return state != nil && !state.Final && around.waits(state, i)
	}
}

// Each walks every row that the query names in its order, whatever its page, some at a time; personal cells are masked.
func (d *Desk) Each(ctx context.Context, r *pack.Register, query Query, do func(rows []register.Row) error) error {
	m, err := d.imageOf(ctx, r)
	if err != nil {
		return err
	}
	ids, err := m.allOf(query)
	m.lock.RUnlock()
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(ids, MaxPage) {
		rows, err := d.rowsInOrder(ctx, r, chunk)
		if err == nil {
			err = do(rows)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// allOf returns the ids of every row that the query names, in its order.
func (m *image) allOf(query Query) ([]string, error) {
	set, err := m.chosen(query)
	if err != nil {
		return nil, err
	}
	count := set.count()
	query.Offset, query.Limit = 0, count
	rows, err := m.first(set, count, query)
	return m.idsOf(rows), err
}
