package record

import (
	"context"
	"reflect"
	"slices"
	"time"

	"jiaoheng/access"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
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

// summaries are what was counted of an image, until a minute is over. Units whose rows were written are counted again.
type summaries struct {
	minute  time.Time
	units   map[string]Summary       // without Waiting
	behind  map[int32]bool           // units whose rows were written since
	waiting map[string]*waitingUnits // by post
}

// waitingUnits is how many rows of each unit wait for a post.
type waitingUnits struct {
	post   access.Post
	tree   *unit.Tree // by which rights were worked out
	units  map[string]int
	behind map[int32]bool
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
	if m.counted.units == nil || !m.counted.minute.Equal(minute) {
		m.counted = summaries{minute: minute, units: map[string]Summary{}, behind: m.everyUnit(), waiting: map[string]*waitingUnits{}}
	}
	m.summarise(m.counted.units, m.counted.behind)
	clear(m.counted.behind)
	waiting := m.waitingByUnit(post)
	all := make(map[string]Summary, len(m.counted.units))
	for code, one := range m.counted.units {
		one.Waiting = waiting[code]
		all[code] = one
	}
	return all, nil
}

func (m *image) everyUnit() map[int32]bool {
	all := make(map[int32]bool, len(m.units))
	for u := range m.units {
		all[int32(u)] = true
	}
	return all
}

// recount marks a unit whose rows were written. The lock of the image is held for writing.
func (m *image) recount(unit int32) {
	if m.counted.units == nil {
		return
	}
	m.counted.behind[unit] = true
	for _, one := range m.counted.waiting {
		one.behind[unit] = true
	}
}

// waitingByUnit counts the rows that wait for a post. The lock counting is held.
func (m *image) waitingByUnit(post access.Post) map[string]int {
	known, tree := m.counted.waiting[post.ID], m.desk.units()
	if known == nil || known.tree != tree || !reflect.DeepEqual(known.post, post) {
		if len(m.counted.waiting) >= keptSummaries {
			clear(m.counted.waiting)
		}
		known = &waitingUnits{post: post, tree: tree, units: map[string]int{}, behind: m.everyUnit()}
		m.counted.waiting[post.ID] = known
	}
	if len(known.behind) == 0 {
		return known.units
	}
	waits := m.waitsOf(post)
	for u := range known.behind {
		count := 0
		for _, i := range m.rowsOf[u] {
			count += b2i(waits(int(i)))
		}
		known.units[m.units[u]] = count
	}
	clear(known.behind)
	return known.units
}

// summarise counts the rows of some units.
func (m *image) summarise(into map[string]Summary, units map[int32]bool) {
	if len(m.ids) == 0 || len(units) == 0 {
		return
	}
	column, states := m.column(pack.ColumnState), m.register.Life.States
	overdue, silent := m.clocks(Query{Overdue: true}), m.clocks(Query{Silent: true})
	for u := range units {
		one := Summary{States: map[string]int{}}
		counts := make([]int, len(states)+1)
		var last, still int64
		for _, i := range m.rowsOf[u] {
			counts[column.options[i]]++
			one.All++
			if state := m.state(column, int(i)); state == nil || !state.Open() {
				continue
			}
			one.Open++
			one.Overdue += b2i(overdue(int(i)))
			one.Silent += b2i(silent(int(i)))
			last = max(last, m.changed[i])
			if still == 0 || m.changed[i] < still {
				still = m.changed[i]
			}
		}
		for n, state := range states {
			if counts[n+1] > 0 {
				one.States[state.Name] = counts[n+1]
			}
		}
		if one.Open > 0 {
			one.Last, one.Still = dayOfChange(last), dayOfChange(still)
		}
		into[m.units[u]] = one
	}
}

func dayOfChange(milliseconds int64) period.Date { return period.DayAt(time.UnixMilli(milliseconds)) }

// IsSilent tells whether nobody changed an open row for longer than its state allows.
func (d *Desk) IsSilent(r *pack.Register, row register.Row) bool {
	state := r.Life.State(register.TextOf(r, row, pack.ColumnState))
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
