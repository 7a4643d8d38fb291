package frame

import "jiaoheng/fault"

// manyRows is the number of changed cells in a column from which adding up the whole column is cheaper than
// walking from each cell to the root.
const manyRows = 64

// Update writes rows over what stands there, such as an approved submission; the totals of the units above follow.
// Either every row is written or none. Readers see all of it or nothing. The totals have the same bits as those of a
// frame that was built from the changed rows. Of two rows for one cell the later one stands.
//
// Errors: a fault for every row whose unit, item or period is unknown or whose unit has no duty to report the item.
func (f *Frame) Update(rows ...Row) fault.List {
	f.lock.Lock()
	defer f.lock.Unlock()
	shape := f.view.shape
	var faults faultsOf
	cellsOf := make([]cell, len(rows))
	for i, row := range rows {
		var wrong *fault.Fault
		if cellsOf[i], wrong = shape.find(row); wrong != nil {
			faults.add(wrong)
		}
	}
	if list := faults.all(); len(list) > 0 {
		return list
	}
	unitsOf := map[int][]int{}
	for i, row := range rows {
		to := cellsOf[i]
		at := shape.at(to.item, to.period)
		write(f.writable(at).column, to.unit, row.Value, row.Item)
		unitsOf[at] = append(unitsOf[at], to.unit)
	}
	whole := make([]bool, len(f.view.columns))
	for at, units := range unitsOf {
		if len(units) >= manyRows {
			whole[at] = true
			continue
		}
		c := f.view.columns[at]
		for _, n := range units {
			shape.rollup.Ancestors(n, c.column, c.totals)
		}
	}
	f.total(whole)
	return nil
}
