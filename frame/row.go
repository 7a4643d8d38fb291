package frame

import (
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Row is one fact: the value of an item that a unit reports for a period. A value that is missing under the item's own
// name takes the fact back.
type Row struct {
	Unit   string // code
	Item   string
	Period period.Period
	Value  measure.Value
}

// cell is where a row goes.
type cell struct{ unit, item, period int }

// find returns the cell of a row, or what is wrong with the row.
func (s *shape) find(row Row) (cell, *fault.Fault) {
	var to cell
	var known bool
	if to.unit, known = s.tree.Number(row.Unit); !known {
		return cell{}, refuse(row, "frame.unit_unknown", "")
	}
	if to.item, known = s.item[row.Item]; !known {
		return cell{}, refuse(row, "frame.item_unknown", "")
	}
	if to.period, known = s.period[row.Period]; !known {
		return cell{}, refuse(row, "frame.period_unknown", "")
	}
	if !s.expected[s.at(to.item, to.period)].units.Get(to.unit) {
		return cell{}, refuse(row, "frame.not_its_duty", s.tree.At(to.unit).Name)
	}
	return to, nil
}

func refuse(row Row, code, name string) *fault.Fault {
	return fault.New(code, message.Args{"unit": row.Unit, "item": row.Item, "period": row.Period, "name": name})
}

// write puts the value into cell n of a column of the item. A cell that merely was not reported needs no reason.
func write(column *Column, n int, value measure.Value, item string) {
	column.Set(n, value)
	if !value.Known() && value.Equal(measure.MissingFor(item)) {
		delete(column.Reasons, n)
	}
}

// known tells whether something stands in cell n: a number or a reason.
func known(column *Column, n int) bool {
	if column.Present.Get(n) {
		return true
	}
	_, reason := column.Reasons[n]
	return reason
}

// faultsOf gathers the faults of rows up to MaxFaults and counts the rest.
type faultsOf struct {
	list fault.List
	more int
}

func (f *faultsOf) add(fault *fault.Fault) {
	if len(f.list) >= MaxFaults {
		f.more++
		return
	}
	f.list.Add(fault)
}

func (f *faultsOf) all() fault.List {
	if f.more > 0 {
		f.list.Add(fault.New("frame.more_faults", message.Args{"count": f.more, "limit": MaxFaults}))
	}
	return f.list
}
