package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/unit"
)

// ours is the frame under measurement. It holds 300 items, of which the roll-up takes the first 100.
type ours struct {
	layout          frame.Layout
	frame           *frame.Frame
	rollup          *frame.Rollup
	columns         []*frame.Column // of item i and period p at i × periods + p
	totals          []frame.Totals
	megabytes, peak int
}

func newOurs() (*ours, error) {
	tree, err := province()
	if err != nil {
		return nil, err
	}
	o := &ours{layout: layout(tree, memoryItems, periods)}
	before := heap()
	if o.frame, err = frame.New(o.layout); err != nil {
		return nil, err
	}
	if faults := o.frame.Load(rows(o.layout)); len(faults) > 0 {
		return nil, faults
	}
	if o.peak, err = peak(); err != nil {
		return nil, err
	}
	o.megabytes = heap() - before
	o.frame.Read(func(v *frame.View) {
		o.rollup = v.Rollup()
		for i := range items {
			for p := range periods {
				o.columns, o.totals = append(o.columns, v.Column(i, p)), append(o.totals, o.rollup.NewTotals())
			}
		}
	})
	return o, nil
}

// heap returns the megabytes in use after a collection.
func heap() int {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc >> 20)
}

// peak returns the most megabytes of memory that this process has held so far.
func peak() (int, error) {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if rest, found := strings.CutPrefix(lines.Text(), "VmHWM:"); found {
			kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
			return kilobytes >> 10, err
		}
	}
	return 0, fmt.Errorf("%s does not tell the peak", file.Name())
}

func (o *ours) roll() error {
	o.rollup.Columns(o.columns, o.totals)
	return nil
}

// check adds every fact to each unit above it and compares sums and counts.
func (o *ours) check() error {
	if err := o.roll(); err != nil {
		return err
	}
	tree := o.layout.Tree
	for c := range o.columns {
		sums, counts := make([]float64, tree.Len()), make([]int32, tree.Len())
		for n := range tree.Len() {
			number, reported := fact(n, c/periods, c%periods)
			if tree.At(n).Kind != unit.School || !reported {
				continue
			}
			for above := n; above >= 0; above = tree.Parent(above) {
				sums[above] += number
				counts[above]++
			}
		}
		for n := range tree.Len() {
			if k, inner := o.rollup.Ordinal(n); inner && (o.totals[c].Sums[k] != sums[n] || o.totals[c].Counts[k] != counts[n]) {
				return fmt.Errorf("unit %d, column %d: %v of %d, by brute force %v of %d", n, c, o.totals[c].Sums[k], o.totals[c].Counts[k], sums[n], counts[n])
			}
		}
	}
	return nil
}

// total returns the sum and the count that a database must give.
func (o *ours) total(unit, item, period int) (float64, int32, bool) {
	k, inner := o.rollup.Ordinal(unit)
	if !inner || period >= periods {
		return 0, 0, false
	}
	totals := o.totals[item*periods+period]
	return totals.Sums[k], totals.Counts[k], true
}

// reported is how many totals have at least one fact behind them.
func (o *ours) reported() int {
	n := 0
	for _, totals := range o.totals {
		for _, count := range totals.Counts {
			if count > 0 {
				n++
			}
		}
	}
	return n
}

// changes measures how long a changed row takes until the totals of the province show it.
func (o *ours) changes() (bool, error) {
	one, err := o.change(1, false)
	if err != nil {
		return false, err
	}
	wide, err := o.change(items, false)
	if err != nil {
		return false, err
	}
	frozen, err := o.change(items, true)
	if err != nil {
		return false, err
	}
	met := bar("a changed fact in every ancestor", show(median(one)), median(one) <= barChange, show(barChange))
	met = bar("a changed row of 100 items in every ancestor", fmt.Sprintf("%s, 99 of 100 within %s", show(median(wide)), show(wide[len(wide)*99/100])),
		median(wide) <= barChange, show(barChange)) && met
	fmt.Printf("the first change of a row of 100 items after a snapshot: %s (no bar)\n", show(median(frozen)))
	return met, nil
}

func (o *ours) change(width int, frozen bool) ([]time.Duration, error) {
	tree := o.layout.Tree
	times := make([]time.Duration, 1000)
	if frozen {
		times = times[:25]
	}
	for i := range times {
		n := (i*7919 + 17) % tree.Len()
		for tree.At(n).Kind != unit.School {
			n = (n + 1) % tree.Len()
		}
		span := i % periods
		var held *frame.View
		if frozen {
			held = o.frame.Snapshot()
		}
		changed := make([]frame.Row, width)
		want := 0.0
		for j := range changed {
			changed[j] = frame.Row{Unit: tree.At(n).Code, Item: itemName(j), Period: o.layout.Periods[span], Value: measure.Of(float64(i + j))}
		}
		o.frame.Read(func(v *frame.View) {
			before, _ := v.Total(0, width-1, span).Sum.Number()
			own, _ := v.Value(n, width-1, span).Number()
			want = before - own + float64(i+width-1)
		})
		start := time.Now()
		faults := o.frame.Update(changed...)
		got := 0.0
		o.frame.Read(func(v *frame.View) { got, _ = v.Total(0, width-1, span).Sum.Number() })
		times[i] = time.Since(start)
		if len(faults) > 0 {
			return nil, faults
		}
		if got != want {
			return nil, fmt.Errorf("after a change the province has %v, not %v", got, want)
		}
		runtime.KeepAlive(held)
	}
	return times, nil
}
