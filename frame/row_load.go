package frame

import (
	"iter"

	"jiaoheng/fault"
)

// Load writes many rows and then computes every total once. It is how a frame is built at start.
//
// Errors: a fault for every row whose unit, item or period is unknown, whose unit has no duty to report the item, or whose
// cell is taken already. Such rows are left out and the others stand: the caller shows the faults or drops the frame.
func (f *Frame) Load(rows iter.Seq[Row]) fault.List {
	f.lock.Lock()
	defer f.lock.Unlock()
	var faults faultsOf
	shape := f.view.shape
	changed := make([]bool, len(f.view.columns))
	for row := range rows {
		to, wrong := shape.find(row)
		if wrong != nil {
			faults.add(wrong)
			continue
		}
		at := shape.at(to.item, to.period)
		column := f.writable(at).column
		if known(column, to.unit) {
			faults.add(refuse(row, "frame.cell_twice", ""))
			continue
		}
		write(column, to.unit, row.Value, row.Item)
		changed[at] = true
	}
	f.total(changed)
	return faults.all()
}

// total computes every total of the columns again.
func (f *Frame) total(changed []bool) {
	var columns []*Column
	var totals []Totals
	for at, c := range f.view.columns {
		if changed[at] {
			columns, totals = append(columns, c.column), append(totals, c.totals)
		}
	}
	f.view.shape.rollup.Columns(columns, totals)
}
