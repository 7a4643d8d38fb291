package frame

import (
	"slices"
	"sync"
)

// Frame holds the facts of one snapshot of the tree: a column for each item and period, and its totals for every unit
// that has units below it.
//
// Readers and one writer at a time may use it together. Rows are written in place under a lock, so that a changed row costs
// its cells and the units above them. A Snapshot shares the columns; a column that a snapshot holds is copied when it is
// first written after that, so a snapshot never changes and costs nothing until then.
type Frame struct {
	lock  sync.RWMutex
	view  View
	epoch uint64 // number of snapshots taken, plus one
}

// cells are one column with its totals. Only a column made in the frame's present epoch may be written.
type cells struct {
	column *Column
	totals Totals
	epoch  uint64
}

// New returns a frame in which nobody has reported anything.
//
// Errors: a fault.List with every item or period that stands twice, every unknown duty and every limit that is passed.
func New(layout Layout) (*Frame, error) {
	if faults := layout.check(); len(faults) > 0 {
		return nil, faults
	}
	shape := newShape(layout)
	columns := make([]*cells, len(shape.items)*len(shape.periods))
	for i := range columns {
		columns[i] = shape.empty
	}
	return &Frame{view: View{shape: shape, columns: columns}, epoch: 1}, nil
}

// Read calls read with a view that no row changes meanwhile. The view must not be used after read has returned, and
// read must neither write to this frame nor take a snapshot of it. Writers wait: whoever reads long takes a Snapshot.
func (f *Frame) Read(read func(v *View)) {
	f.lock.RLock()
	defer f.lock.RUnlock()
	read(&f.view)
}

// Snapshot returns a view that never changes, as a frozen round needs it. It costs one pointer for each column, and one
// copy of each column that is written later.
func (f *Frame) Snapshot() *View {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.epoch++
	return &View{shape: f.view.shape, columns: slices.Clone(f.view.columns)}
}

// writable returns the cells of a column after copying them when a snapshot, or every empty column, shares them.
// The caller holds the lock.
func (f *Frame) writable(at int) *cells {
	c := f.view.columns[at]
	if c.epoch == f.epoch {
		return c
	}
	c = &cells{column: c.column.Clone(), totals: Totals{slices.Clone(c.totals.Sums), slices.Clone(c.totals.Counts)}, epoch: f.epoch}
	f.view.columns[at] = c
	return c
}
