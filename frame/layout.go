package frame

import (
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Limits of a frame.
const (
	MaxItems   = 5_000
	MaxPeriods = 500
	MaxCells   = 200_000_000 // 1.6 GB of numbers
	MaxFaults  = 1_000       // faults of rows that are told one by one; the rest is counted
)

// Duty says which units must report: it tells whether the unit, as it stands in the snapshot, must report on the day.
type Duty func(u unit.Unit, day period.Date) bool

// Item is one column of facts. Duty names who must report it, in Layout.Duties. Units without the duty may not report
// it: a school and its sections would otherwise both be counted.
type Item struct {
	Name string
	Duty string
}

// Layout says what a frame holds: one snapshot of the tree, items, periods. Day gives the day of a period on which
// duties are judged; nil takes its last day.
type Layout struct {
	Tree    *unit.Tree
	Items   []Item
	Periods []period.Period
	Duties  map[string]Duty
	Day     func(period.Period) period.Date
	// Must, where it is given, is asked instead of Duties and Day: whether a unit must report under a duty for a period.
	Must func(duty string, u unit.Unit, p period.Period) bool
}

// shape is a checked layout with everything that does not change with the rows.
type shape struct {
	tree     *unit.Tree
	items    []Item
	periods  []period.Period
	item     map[string]int
	period   map[period.Period]int
	rollup   *Rollup
	expected []*expectation // of each column; columns of one duty and period share theirs
	empty    *cells
}

// expectation holds the units that must report and how many there are in the subtree of each inner unit.
type expectation struct {
	units  Bitmap
	counts []int32
}

// check finds every fault of the layout.
func (l Layout) check() fault.List {
	var faults fault.List
	item, seen := map[string]bool{}, map[period.Period]bool{}
	for _, i := range l.Items {
		if item[i.Name] {
			faults.Add(fault.New("frame.item_twice", message.Args{"item": i.Name}))
		}
		if l.Must == nil && l.Duties[i.Duty] == nil {
			faults.Add(fault.New("frame.duty_unknown", message.Args{"item": i.Name, "duty": i.Duty}))
		}
		item[i.Name] = true
	}
	for _, p := range l.Periods {
		if seen[p] {
			faults.Add(fault.New("frame.period_twice", message.Args{"period": p}))
		}
		seen[p] = true
	}
	if n := len(l.Items); n > MaxItems {
		faults.Add(fault.New("frame.too_many_items", message.Args{"count": n, "limit": MaxItems}))
	}
	if n := len(l.Periods); n > MaxPeriods {
		faults.Add(fault.New("frame.too_many_periods", message.Args{"count": n, "limit": MaxPeriods}))
	}
	if n := l.Tree.Len() * len(l.Items) * len(l.Periods); n > MaxCells {
		faults.Add(fault.New("frame.too_many_cells", message.Args{"count": n, "limit": MaxCells}))
	}
	return faults
}

func newShape(l Layout) *shape {
	s := &shape{tree: l.Tree, items: append([]Item(nil), l.Items...), periods: append([]period.Period(nil), l.Periods...),
		item: map[string]int{}, period: map[period.Period]int{}, rollup: NewRollup(l.Tree), expected: make([]*expectation, len(l.Items)*len(l.Periods))}
	for i, item := range s.items {
		s.item[item.Name] = i
	}
	for p, span := range s.periods {
		s.period[span] = p
		day := span.To()
		if l.Day != nil {
			day = l.Day(span)
		}
		shared := map[string]*expectation{}
		for i, item := range s.items {
			if shared[item.Duty] == nil {
				shared[item.Duty] = s.expect(l.duty(item.Duty, span), day)
			}
			s.expected[s.at(i, p)] = shared[item.Duty]
		}
	}
	s.empty = &cells{column: NewColumn(l.Tree.Len()), totals: s.rollup.NewTotals()}
	return s
}

// duty returns who must report under a duty for a period.
func (l Layout) duty(name string, p period.Period) Duty {
	if l.Must == nil {
		return l.Duties[name]
	}
	return func(u unit.Unit, _ period.Date) bool { return l.Must(name, u, p) }
}

func (s *shape) expect(must Duty, day period.Date) *expectation {
	e := &expectation{NewBitmap(s.tree.Len()), make([]int32, s.rollup.Inner())}
	for n := range s.tree.Len() {
		if must(s.tree.At(n), day) {
			e.units.Set(n)
		}
	}
	for k := range e.counts {
		e.counts[k] = s.rollup.count(k, e.units, e.counts)
	}
	return e
}

func (s *shape) at(item, period int) int { return item*len(s.periods) + period }
