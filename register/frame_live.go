package register

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"jiaoheng/frame"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// manyUnits is the number of changed units from which all rows are read again.
const manyUnits = 2000

// Live holds the facts of a running program and keeps them true to the store. Readers take Facts and use it for one piece of work;
// it may be replaced meanwhile and is then simply a little older.
type Live struct {
	writing sync.Mutex
	source  Source
	facts   atomic.Pointer[Facts]
}

// NewLive builds the facts.
func NewLive(ctx context.Context, source Source, ask Ask) (*Live, error) {
	l := &Live{source: source}
	return l, l.Rebuild(ctx, ask)
}

// Facts returns the facts as they stand.
func (l *Live) Facts() *Facts { return l.facts.Load() }

// Rebuild builds the facts anew, as a change of units, packs or periods asks for, and a new day: clocks of rows go on. Readers see the older facts until it is done.
func (l *Live) Rebuild(ctx context.Context, ask Ask) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	return l.rebuild(ctx, ask)
}

func (l *Live) rebuild(ctx context.Context, ask Ask) error {
	facts, err := Build(ctx, l.source, ask)
	if err != nil {
		return err
	}
	l.facts.Store(facts)
	return nil
}

// Refresh reads the rows of units again after rows of a register were stored or taken away. Call it when the action is done.
// Every cell and total of these units is right when it returns, whatever other refreshes run at the same time.
func (l *Live) Refresh(ctx context.Context, register string, units ...string) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	f := l.facts.Load()
	r, known := f.ask.Scope.Register(register)
	if !known || len(units) == 0 {
		return nil
	}
	slices.Sort(units)
	units = slices.Compact(units)
	if len(units) > manyUnits {
		return l.rebuild(ctx, f.ask)
	}
	moved, err := f.readAgain(ctx, r, units)
	if moved && err == nil {
		return l.rebuild(ctx, f.ask)
	}
	return err
}

// UnitsOf returns the units of rows, for Refresh.
func UnitsOf(rows []Row) []string {
	codes := make([]string, len(rows))
	for i, row := range rows {
		codes[i] = row.Unit
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// readAgain writes the items of units of a register over what stands. It returns true, with nothing written, when other units must
// report than before: duties are fixed in a frame.
func (f *Facts) readAgain(ctx context.Context, r *pack.Register, units []string) (bool, error) {
	var items []frame.Row
	var rows []Row
	read := false
	for _, p := range f.ask.Periods {
		if !f.has(r, p.Kind) {
			continue
		}
		if r.Every != 0 || !read { // rows outside periods are read once for all of them
			var err error
			if rows, err = f.rowsOf(ctx, r, p, units); err != nil {
				return false, err
			}
			read = true
		}
		has := map[string]bool{}
		for _, row := range rows {
			has[row.Unit] = has[row.Unit] || row.Period == p
		}
		for _, code := range units {
			if f.moves(r, p, code, has[code]) {
				return true, nil
			}
		}
		items = append(items, f.itemsOf(r, p, rows, units)...)
	}
	return false, f.Frame.Update(items...).Err()
}

// rowsOf reads the rows of units from which the items of a period are computed.
func (f *Facts) rowsOf(ctx context.Context, r *pack.Register, p period.Period, units []string) ([]Row, error) {
	wanted := query(r, p)
	wanted.Units = units
	var rows []Row
	for row, err := range f.source.RegisterEach(ctx, r, wanted) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// moves tells whether a unit begins or ends to be one that must report because it now has, or has no longer, a row.
func (f *Facts) moves(r *pack.Register, p period.Period, code string, has bool) bool {
	key := Reported{code, p}
	if r.Every == 0 || f.reported[r.Name][key] == has {
		return false
	}
	u, known := f.ask.Tree.Find(code)
	if !known {
		return false
	}
	before := f.must(dutyName(r, p.Kind), u, p)
	f.reported[r.Name][key] = has
	after := f.must(dutyName(r, p.Kind), u, p)
	if before != after {
		f.reported[r.Name][key] = !has
	}
	return before != after
}
