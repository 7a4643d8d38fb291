package frame_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"testing"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
	"pgregory.net/rapid"
)

// sizes are numbers of units around the words of a bitmap.
var sizes = []int{1, 2, 3, 5, 17, 63, 64, 65, 127, 128, 129, 200}

// randomTree returns a tree in which every unit stands below one drawn before it, or is a further root.
func randomTree(t *rapid.T) *unit.Tree {
	n := rapid.SampledFrom(sizes).Draw(t, "units")
	near := rapid.IntRange(1, n).Draw(t, "near") // 1 draws a chain, n a bush
	units := make([]unit.Unit, n)
	for i := range units {
		units[i] = unit.Unit{Code: fmt.Sprintf("%03d", i*37%1009), Kind: unit.County}
		if rapid.Bool().Draw(t, "school") {
			units[i].Kind = unit.School
		}
		if i > 0 && rapid.IntRange(0, 9).Draw(t, "root") > 0 {
			units[i].Parent = units[rapid.IntRange(max(0, i-near), i-1).Draw(t, "above")].Code
		}
	}
	tree, err := unit.Build(units)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

var duties = map[string]frame.Duty{"school": bySchools, "all": func(unit.Unit, period.Date) bool { return true }}

func layoutOf(tree *unit.Tree) frame.Layout {
	return frame.Layout{Tree: tree, Periods: []period.Period{year2023, year2024}, Duties: duties,
		Items: []frame.Item{{Name: "a", Duty: "all"}, {Name: "b", Duty: "school"}, {Name: "c", Duty: "all"}}}
}

// randomRows draws at most one row for each cell of which the unit has the duty.
func randomRows(t *rapid.T, layout frame.Layout, value *rapid.Generator[float64]) []frame.Row {
	var rows []frame.Row
	for n := range layout.Tree.Len() {
		u := layout.Tree.At(n)
		for _, item := range layout.Items {
			for _, p := range layout.Periods {
				if !duties[item.Duty](u, p.To()) {
					continue
				}
				row := frame.Row{Unit: u.Code, Item: item.Name, Period: p, Value: measure.InvalidBecause(measure.OutsideDomain)}
				switch rapid.IntRange(0, 5).Draw(t, "cell") {
				case 0:
					continue
				case 1:
				default:
					row.Value = measure.Of(value.Draw(t, "value"))
				}
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func build(t interface{ Fatal(...any) }, layout frame.Layout, rows []frame.Row) *frame.Frame {
	f, err := frame.New(layout)
	if err != nil {
		t.Fatal(err)
	}
	if faults := f.Load(slices.Values(rows)); len(faults) > 0 {
		t.Fatal(faults)
	}
	return f
}

// quarters are numbers whose sums are exact, so that any order of addition gives the same bits.
var quarters = rapid.Map(rapid.IntRange(-4000, 4000), func(n int) float64 { return float64(n) / 4 })

// below tells whether unit n is top or stands below it, by walking up.
func below(tree *unit.Tree, n, top int) bool {
	for ; n >= 0; n = tree.Parent(n) {
		if n == top {
			return true
		}
	}
	return false
}

func TestRollupAgreesWithBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		layout := layoutOf(randomTree(t))
		tree := layout.Tree
		rows := randomRows(t, layout, quarters)
		v := build(t, layout, rows).Snapshot()
		top := rapid.IntRange(0, tree.Len()-1).Draw(t, "top")
		for i, item := range layout.Items {
			for p, span := range layout.Periods {
				sum, low, high := 0.0, math.Inf(1), math.Inf(-1)
				reported := map[int]bool{}
				for _, row := range rows {
					n, _ := tree.Number(row.Unit)
					if x, is := row.Value.Number(); is && row.Item == item.Name && row.Period == span && below(tree, n, top) {
						sum, low, high = sum+x, min(low, x), max(high, x)
						reported[n] = true
					}
				}
				var silent []int
				expected := 0
				for n := range tree.Len() {
					if below(tree, n, top) && duties[item.Duty](tree.At(n), span.To()) {
						expected++
						if !reported[n] {
							silent = append(silent, n)
						}
					}
				}
				got, extremes := v.Total(top, i, p), v.Extremes(top, i, p)
				if got.Coverage != (frame.Coverage{Reported: len(reported), Expected: expected}) || !slices.Equal(slices.Collect(v.Silent(top, i, p)), silent) {
					t.Fatalf("unit %d: %+v, want %d of %d; silent %v", top, got.Coverage, len(reported), expected, silent)
				}
				if len(reported) == 0 {
					if got.Sum.Known() || extremes.Min.Known() {
						t.Fatalf("a sum of nothing: %v", got.Sum)
					}
					continue
				}
				if !got.Sum.Equal(measure.Of(sum)) || !v.Published(top, i, p).Sum.Equal(got.Sum) || got.Whole().Known() != (silent == nil) {
					t.Fatalf("unit %d: sum %v, want %v", top, got.Sum, sum)
				}
				if !extremes.Min.Equal(measure.Of(low)) || !extremes.Max.Equal(measure.Of(high)) {
					t.Fatalf("extremes %v %v, want %v %v", extremes.Min, extremes.Max, low, high)
				}
			}
		}
	})
}

// Numbers of any size make the bits of a sum depend on the order of addition: an update must keep it.
func TestUpdateHasTheBitsOfARebuild(t *testing.T) {
	anything := rapid.Float64Range(-1e12, 1e12)
	rapid.Check(t, func(t *rapid.T) {
		layout := layoutOf(randomTree(t))
		rows := randomRows(t, layout, anything)
		f := build(t, layout, rows)
		frozen := f.Snapshot()
		before := totalsOf(frozen)
		for range rapid.IntRange(0, 3).Draw(t, "updates") {
			if len(rows) == 0 {
				break
			}
			var changed []frame.Row
			for range rapid.SampledFrom([]int{1, 2, 200}).Draw(t, "rows") {
				i := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
				rows[i].Value = measure.Of(anything.Draw(t, "new"))
				if rapid.IntRange(0, 3).Draw(t, "back") == 0 {
					rows[i].Value = measure.MissingFor(rows[i].Item)
				}
				changed = append(changed, rows[i])
			}
			if faults := f.Update(changed...); len(faults) > 0 {
				t.Fatal(faults)
			}
		}
		want := totalsOf(build(t, layout, rows).Snapshot())
		for i, got := range totalsOf(f.Snapshot()) {
			if got != want[i] {
				t.Fatalf("updated %s\nrebuilt %s", got, want[i])
			}
		}
		if !slices.Equal(totalsOf(frozen), before) {
			t.Fatal("the snapshot has changed")
		}
	})
}

// totalsOf lists every total with its coverage and the cells.
func totalsOf(v *frame.View) []string {
	var all []string
	for n := range v.Tree().Len() {
		for i := range v.Items() {
			for p := range v.Periods() {
				total := v.Total(n, i, p)
				sum, _ := total.Sum.Number()
				all = append(all, fmt.Sprintf("unit %d item %d period %d: %x %s %+v %s", n, i, p, math.Float64bits(sum),
					total.Sum.Text(message.English), total.Coverage, v.Value(n, i, p).Text(message.English)))
			}
		}
	}
	return all
}

func TestTotalsDoNotDependOnProcessors(t *testing.T) {
	tree := province(2_000)
	rollup := frame.NewRollup(tree)
	sums := func(processors int) (bits []uint64) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		columns, totals := make([]*frame.Column, 11), make([]frame.Totals, 11)
		for i := range columns {
			columns[i], totals[i] = frame.NewColumn(tree.Len()), rollup.NewTotals()
			for n := range tree.Len() {
				columns[i].Set(n, measure.Of(math.Sin(float64(n*11+i))*1e6))
			}
		}
		rollup.Columns(columns, totals)
		for i := range columns {
			alone := rollup.NewTotals()
			rollup.Column(columns[i], alone)
			if !slices.Equal(alone.Sums, totals[i].Sums) || !slices.Equal(alone.Counts, totals[i].Counts) {
				t.Errorf("column %d added up alone differs", i)
			}
			for _, sum := range totals[i].Sums {
				bits = append(bits, math.Float64bits(sum))
			}
		}
		return bits
	}
	if one, three := sums(1), sums(3); !slices.Equal(one, three) {
		t.Error("one and three processors differ")
	}
}

// Two items always change together: a reader must never see one without the other, nor without the totals.
func TestReadersSeeWholeRows(t *testing.T) {
	tree := province(1_500)
	f := build(t, layoutOf(tree), nil)
	leaf := tree.Len() - 1
	code := tree.At(leaf).Code
	done := make(chan struct{})
	var wait sync.WaitGroup
	look := func(v *frame.View) {
		a, c := v.Total(0, 0, 0), v.Total(0, 2, 0)
		if !a.Sum.Equal(v.Value(leaf, 0, 0)) || a.Coverage != c.Coverage || c.Sum.Known() && !c.Sum.Equal(a.Sum) {
			t.Errorf("a torn row: %v %v %v", a, c, v.Value(leaf, 0, 0))
		}
	}
	for i := range 3 {
		wait.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if i == 0 {
					look(f.Snapshot())
				} else {
					f.Read(look)
				}
			}
		})
	}
	for i := range 200 {
		faults := f.Update(frame.Row{Unit: code, Item: "a", Period: year2023, Value: measure.Of(float64(i))},
			frame.Row{Unit: code, Item: "c", Period: year2023, Value: measure.Of(float64(i))})
		if len(faults) > 0 {
			t.Fatal(faults)
		}
	}
	close(done)
	wait.Wait()
}

func TestSumKeepsWhatPlainAdditionLoses(t *testing.T) {
	cases := []struct {
		name    string
		numbers []float64
		want    float64
	}{
		{"nothing", nil, 0},
		{"tenths", slices.Repeat([]float64{0.1}, 10), 1},
		{"large ones cancel", []float64{1, 1e100, 1, -1e100}, 2},
		{"negative", []float64{-0.5, 0.25}, -0.25},
	}
	for _, c := range cases {
		if got := frame.Sum(c.numbers); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestEachYieldsTheSetBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom(sizes).Draw(t, "n")
		b, other := frame.NewBitmap(n), frame.NewBitmap(n)
		for i := range n {
			if rapid.Bool().Draw(t, "bit") {
				b.Set(i)
			}
			if rapid.Bool().Draw(t, "other") {
				other.Set(i)
			}
		}
		from := rapid.IntRange(0, n).Draw(t, "from")
		to := rapid.IntRange(from, n).Draw(t, "to")
		var want, both, rest []int
		for i := from; i < to; i++ {
			if b.Get(i) {
				want = append(want, i)
				if other.Get(i) {
					both = append(both, i)
				} else {
					rest = append(rest, i)
				}
			}
		}
		if !slices.Equal(slices.Collect(b.Each(from, to)), want) || !slices.Equal(slices.Collect(b.And(other).Each(from, to)), both) ||
			!slices.Equal(slices.Collect(b.Without(other).Each(from, to)), rest) {
			t.Fatalf("bits of [%d,%d): want %v", from, to, want)
		}
	})
}
