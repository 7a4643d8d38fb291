package matching_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/optimise/matching"
)

// drawnMarket is a random market with orders, small enough for an oracle when most is small.
type drawnMarket struct {
	seats         []int
	wishes, order [][]int
}

func drawMarket(t *rapid.T, most int) drawnMarket {
	n, k := rapid.IntRange(1, most).Draw(t, "applicants"), rapid.IntRange(1, most).Draw(t, "schools")
	d := drawnMarket{seats: make([]int, k), wishes: make([][]int, n), order: make([][]int, k)}
	everybody, all := make([]int, n), make([]int, k)
	for i := range everybody {
		everybody[i] = i
	}
	for s := range d.seats {
		all[s] = s
		d.seats[s] = rapid.IntRange(0, 3).Draw(t, "seats")
		listed := n
		if rapid.IntRange(0, 3).Draw(t, "some") == 0 {
			listed = rapid.IntRange(0, n).Draw(t, "listed")
		}
		d.order[s] = rapid.Permutation(everybody).Draw(t, "order")[:listed]
	}
	for a := range d.wishes {
		d.wishes[a] = rapid.Permutation(all).Draw(t, "wishes")[:rapid.IntRange(0, k).Draw(t, "count")]
	}
	return d
}

func (d drawnMarket) market(t *rapid.T) *matching.Market {
	m, err := matching.Ranked(d.seats, d.wishes, d.order)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// rank is how applicant a likes school s: the less the better; without a school last.
func (d drawnMarket) rank(a, s int) int {
	if at := slices.Index(d.wishes[a], s); at >= 0 {
		return at
	}
	return len(d.wishes[a])
}

// stable tells by the definition alone, without keys, whether a result has neither envy nor waste nor an overfull school.
func (d drawnMarket) stable(result []int) bool {
	in := make([][]int, len(d.seats))
	for a, s := range result {
		if s != matching.None {
			in[s] = append(in[s], a)
		}
	}
	for s := range in {
		if len(in[s]) > d.seats[s] {
			return false
		}
	}
	for a, got := range result {
		for _, s := range d.wishes[a][:d.rank(a, got)] {
			mine := slices.Index(d.order[s], a)
			if mine < 0 {
				continue
			}
			if len(in[s]) < d.seats[s] || slices.ContainsFunc(in[s], func(b int) bool { return slices.Index(d.order[s], b) > mine }) {
				return false
			}
		}
	}
	return true
}

// every calls visit with every way to give applicants a wished and listing school or none.
func (d drawnMarket) every(visit func(result []int)) {
	result := make([]int, len(d.wishes))
	var place func(a int)
	place = func(a int) {
		if a == len(result) {
			visit(result)
			return
		}
		result[a] = matching.None
		place(a + 1)
		for _, s := range d.wishes[a] {
			if slices.Contains(d.order[s], a) {
				result[a] = s
				place(a + 1)
			}
		}
	}
	place(0)
}

func TestRandomMarketsHaveNoBlockingPair(t *testing.T) {
	markets := 0
	for markets < 1000 {
		rapid.Check(t, func(t *rapid.T) {
			d := drawMarket(t, 30)
			m := d.market(t)
			result := matching.DeferredAcceptance(m)
			report := matching.Check(m, result)
			if report.Blocking+report.Overfull+report.Unwished != 0 || !d.stable(result) {
				t.Fatalf("%+v: %v", report, result)
			}
			markets++
		})
		if t.Failed() {
			return
		}
	}
}

func TestDeferredAcceptanceIsTheBestStableResultForAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawMarket(t, 5)
		result := matching.DeferredAcceptance(d.market(t))
		found := false
		d.every(func(other []int) {
			if !d.stable(other) {
				return
			}
			found = found || slices.Equal(other, result)
			for a := range other {
				if d.rank(a, other[a]) < d.rank(a, result[a]) {
					t.Fatalf("%d is better off in %v than in %v", a, other, result)
				}
			}
		})
		if !found {
			t.Fatalf("%v is not among the stable results", result)
		}
	})
}

func TestNobodyGainsByNamingOtherWishes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawMarket(t, 4)
		truth := matching.DeferredAcceptance(d.market(t))
		trade, err := matching.TopTradingCycles(d.market(t), d.order)
		if err != nil {
			t.Fatal(err)
		}
		a := rapid.IntRange(0, len(d.wishes)-1).Draw(t, "liar")
		wishes := d.wishes[a]
		for _, lie := range lists(len(d.seats)) {
			told := d
			told.wishes = slices.Clone(d.wishes)
			told.wishes[a] = lie
			if got := matching.DeferredAcceptance(told.market(t))[a]; d.rank(a, got) < d.rank(a, truth[a]) {
				t.Fatalf("deferred acceptance: %d wishes %v, says %v and gets %d instead of %d", a, wishes, lie, got, truth[a])
			}
			other, err := matching.TopTradingCycles(told.market(t), d.order)
			if err != nil {
				t.Fatal(err)
			}
			if d.rank(a, other[a]) < d.rank(a, trade[a]) {
				t.Fatalf("cycles: %d wishes %v, says %v and gets %d instead of %d", a, wishes, lie, other[a], trade[a])
			}
		}
	})
}

// lists returns every ordered list of some of k schools.
func lists(k int) [][]int {
	all := [][]int{{}}
	for from := 0; from < len(all); from++ {
		for s := range k {
			if !slices.Contains(all[from], s) {
				all = append(all, append(slices.Clone(all[from]), s))
			}
		}
	}
	return all
}

func TestTradingLeavesNobodyToBeMadeBetterOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawMarket(t, 4)
		result, err := matching.TopTradingCycles(d.market(t), d.order)
		if err != nil {
			t.Fatal(err)
		}
		room := make([]int, len(d.seats))
		d.every(func(other []int) {
			copy(room, d.seats)
			better := false
			for a, s := range other {
				if d.rank(a, s) > d.rank(a, result[a]) {
					return
				}
				better = better || d.rank(a, s) < d.rank(a, result[a])
				if s != matching.None {
					if room[s]--; room[s] < 0 {
						return
					}
				}
			}
			if better {
				t.Fatalf("%v is better for some than %v and worse for nobody", other, result)
			}
		})
	})
}

func TestBandsOfOneAreBoston(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t, 12).market(t)
		if a, b := matching.Parallel(m, []int{1}), matching.Boston(m); !slices.Equal(a, b) {
			t.Fatalf("%v, %v", a, b)
		}
		if a, b := matching.Parallel(m, []int{1000}), matching.DeferredAcceptance(m); !slices.Equal(a, b) {
			t.Fatalf("%v, %v", a, b)
		}
	})
}
