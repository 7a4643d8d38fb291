package record

import (
	"context"
	"math"
	"sync"

	"jiaoheng/lifecycle"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// image is what lists, boards and clocks ask of one register, kept in memory: of every row the unit, the time of its last
// change and every column that is stored and not personal. It is true to the store as of an entry of the audit chain and
// brought up to date before each use. A row takes some 250 bytes, a million rows 250 MB; what is kept beside it to answer
// quickly (sets and orders of rows) takes at most 50 MB more. Rows that were written are corrected one by one.
type image struct {
	desk     *Desk
	register *pack.Register
	names    []string // of columns
	number   map[string]int

	lock     sync.RWMutex
	sequence int64 // -1: nothing was read yet
	at       map[string]int32
	ids      []string
	unit     []int32 // number in units
	changed  []int64 // milliseconds
	columns  []imageColumn
	units    []string
	unitAt   map[string]int32
	rowsOf   [][]int32 // by unit, in the order of their ids

	keeping sync.Mutex // of what follows; taken while lock is held for reading
	sets    map[string]*keptSet
	orders  []*keptOrder
	uses    int64

	counting sync.Mutex // of counted; taken while lock is held for reading
	counted  summaries
}

// imageColumn holds the cells of one column; the slice of its sort is as long as there are rows. Empty cells are NaN, 0,
// the option 0, or a text of length -1.
type imageColumn struct {
	declared *pack.Column
	option   map[string]uint16
	numbers  []float64 // of numbers and flags
	options  []uint16  // of choices, from 1
	days     []int32   // of dates, as yyyymmdd
	texts    textColumn
}

// textColumn keeps texts one after the other. A text that changes is written anew at the end.
type textColumn struct {
	data []byte
	from []uint32
	size []int32
}

func (t *textColumn) get(i int) []byte {
	if t.size[i] <= 0 {
		return nil
	}
	return t.data[t.from[i] : t.from[i]+uint32(t.size[i])]
}

func (t *textColumn) set(i int, cell register.Cell) {
	if !cell.Known {
		t.size[i] = -1
		return
	}
	t.from[i], t.size[i] = uint32(len(t.data)), int32(len(cell.Text))
	t.data = append(t.data, cell.Text...)
}

// wasted is from how many bytes of texts on a register is read anew: offsets have 32 bits.
const wasted = math.MaxUint32 - 1<<20

// imageOf returns the image of a living register, true to what is stored now, locked for reading.
func (d *Desk) imageOf(ctx context.Context, r *pack.Register) (*image, error) {
	d.lock.Lock()
	m := d.images[r.Name]
	if m == nil {
		m = newImage(d, r)
		d.images[r.Name] = m
	}
	d.lock.Unlock()
	return m, m.follow(ctx)
}

// Warm reads every living register, so that the first who asks need not wait.
func (d *Desk) Warm(ctx context.Context) error {
	for _, r := range d.Registers() {
		m, err := d.imageOf(ctx, r)
		if err != nil {
			return err
		}
		m.ordered(pack.ColumnDue, false) // the order of every list that nobody sorted
		m.lock.RUnlock()
	}
	return nil
}

func newImage(d *Desk, r *pack.Register) *image {
	m := &image{desk: d, register: r, number: map[string]int{}, sequence: -1}
	for _, c := range r.Columns {
		if register.Stored(c) && !c.Personal {
			m.number[c.Name] = len(m.names)
			m.names = append(m.names, c.Name)
		}
	}
	m.empty(0)
	return m
}

// empty forgets every row.
func (m *image) empty(room int) {
	m.at, m.ids, m.unit, m.changed = make(map[string]int32, room), make([]string, 0, room), make([]int32, 0, room), make([]int64, 0, room)
	m.units, m.unitAt, m.rowsOf = nil, map[string]int32{}, nil
	m.sets, m.orders, m.counted = map[string]*keptSet{}, nil, summaries{}
	m.columns = make([]imageColumn, len(m.names))
	for i, name := range m.names {
		c := m.register.Columns[m.register.At(name)]
		m.columns[i].declared = c
		if c.Type == pack.Choice {
			m.columns[i].option = map[string]uint16{}
			for n, option := range c.Choices {
				m.columns[i].option[option.Name] = uint16(n + 1)
			}
		}
	}
}

// follow brings the image up to what is stored. It returns with the lock held for reading, unless there is an error.
func (m *image) follow(ctx context.Context) error {
	head, err := m.desk.store.Head(ctx)
	if err != nil {
		return err
	}
	m.lock.RLock()
	if m.sequence >= head.Sequence {
		return nil
	}
	m.lock.RUnlock()
	m.lock.Lock()
	if m.sequence < head.Sequence {
		err = m.catchUp(ctx, head.Sequence)
	}
	m.lock.Unlock()
	if err != nil {
		return err
	}
	m.lock.RLock()
	return nil
}

// catchUp reads what was written up to an entry of the chain. The lock is held for writing.
func (m *image) catchUp(ctx context.Context, until int64) error {
	var ids []string
	whole := m.sequence < 0
	if !whole {
		var err error
		if ids, whole, err = m.desk.store.RegisterChanged(ctx, m.register, m.sequence, until); err != nil {
			return err
		}
	}
	whole = whole || len(ids) > 1000 && len(ids) > len(m.ids)/2 // to read all of them at once is quicker
	for i := range m.columns {
		whole = whole || len(m.columns[i].texts.data) > wasted
	}
	if whole {
		room := len(m.ids)
		m.sequence, ids = -1, nil
		m.empty(room)
	} else if len(ids) == 0 {
		m.sequence = until
		return nil
	}
	var written []int32
	err := m.desk.store.RegisterCells(ctx, m.register, m.names, ids, func(row register.Row) error {
		if at := m.take(row, whole); !whole {
			m.correct(at)
			written = append(written, at)
		}
		return nil
	})
	if err != nil {
		m.sequence = -1
		return err
	}
	if whole {
		m.file()
	}
	m.reorder(written)
	m.sequence = until
	return nil
}

// take writes a row into the image and returns its number; reading tells that every row is read.
func (m *image) take(row register.Row, reading bool) int32 {
	at, known := m.at[row.ID]
	if !known {
		at = int32(len(m.ids))
		m.at[row.ID] = at
		m.ids = append(m.ids, row.ID)
		m.unit, m.changed = append(m.unit, -1), append(m.changed, 0)
	}
	code, met := m.unitAt[row.Unit]
	if !met {
		code = int32(len(m.units))
		m.units, m.unitAt[row.Unit], m.rowsOf = append(m.units, row.Unit), code, append(m.rowsOf, nil)
	}
	if before := m.unit[at]; before != code {
		if before >= 0 {
			m.unfiled(at, before)
			m.recount(before)
		}
		m.filed(at, code, reading)
	}
	m.recount(code)
	m.unit[at], m.changed[at] = code, row.Origin.At.UnixMilli()
	for i := range m.columns {
		m.columns[i].set(int(at), row.Cells[i])
	}
	return at
}

// set writes a cell; a row after the last one makes room.
func (c *imageColumn) set(i int, cell register.Cell) {
	switch kind := c.declared.Type; {
	case kind.Numeric() || kind == pack.Flag:
		c.numbers = grown(c.numbers, i)
		c.numbers[i] = math.NaN()
		if cell.Known {
			c.numbers[i] = cell.Number
		}
	case kind == pack.Choice:
		c.options = grown(c.options, i)
		c.options[i] = c.option[cell.Text]
	case kind == pack.Date:
		c.days = grown(c.days, i)
		c.days[i] = dayOf(cell.Text)
	default:
		c.texts.from, c.texts.size = grown(c.texts.from, i), grown(c.texts.size, i)
		c.texts.set(i, cell)
	}
}

func grown[T any](list []T, i int) []T {
	for len(list) <= i {
		var zero T
		list = append(list, zero)
	}
	return list
}

// dayOf writes a date as a number that sorts as the date does; 0 for none.
func dayOf(text string) int32 {
	day, ok := period.ParseDate(text)
	if !ok {
		return 0
	}
	return numberOf(day)
}

func numberOf(day period.Date) int32 {
	if day.IsZero() {
		return 0
	}
	return int32(day.Year*10000 + day.Month*100 + day.Day)
}

func dayNumbered(number int32) period.Date {
	return period.Date{Year: int(number / 10000), Month: int(number / 100 % 100), Day: int(number % 100)}
}

// column returns a column by name, nil when it is personal, computed or unknown.
func (m *image) column(name string) *imageColumn {
	if i, known := m.number[name]; known {
		return &m.columns[i]
	}
	return nil
}

// state returns the state of a row, nil when the lifecycle no longer knows it.
func (m *image) state(column *imageColumn, i int) *lifecycle.State {
	if n := int(column.options[i]); n > 0 && n <= len(m.register.Life.States) {
		return m.register.Life.States[n-1]
	}
	return nil
}

// textAt returns a text of a row, "" when the cell is empty.
func (m *image) textAt(name string, i int) string {
	if c := m.column(name); c != nil && c.texts.size != nil {
		return string(c.texts.get(i))
	}
	return ""
}
