package matching_test

import (
	"slices"
	"testing"

	"jiaoheng/optimise/matching"
)

func ranked(t *testing.T, seats []int, wishes, order [][]int) *matching.Market {
	t.Helper()
	m, err := matching.Ranked(seats, wishes, order)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Examples whose answers are published or can be followed by hand.
func TestExamples(t *testing.T) {
	cases := []struct {
		name          string
		seats         []int
		wishes, order [][]int
		deferred      []int
		boston        []int
		cycles        []int
	}{
		// Abdulkadiroğlu and Sönmez 2003, example 1: the stable result is worse for both 0 and 1 than trading.
		{"trading is better for all, but somebody envies", []int{1, 1, 1},
			[][]int{{1, 0, 2}, {0, 1, 2}, {0, 1, 2}}, [][]int{{0, 2, 1}, {1, 0, 2}, {1, 0, 2}},
			[]int{0, 1, 2}, []int{1, 2, 0}, []int{1, 0, 2}},
		// Gale and Shapley 1962, example of three men and three women: every first wish differs.
		{"all first wishes differ", []int{1, 1, 1},
			[][]int{{0, 1, 2}, {1, 2, 0}, {2, 0, 1}}, [][]int{{1, 2, 0}, {2, 0, 1}, {0, 1, 2}},
			[]int{0, 1, 2}, []int{0, 1, 2}, []int{0, 1, 2}},
		// Gale and Shapley 1962, example 2: only one result is stable.
		{"one stable result", []int{1, 1, 1, 1},
			[][]int{{0, 1, 2, 3}, {0, 3, 2, 1}, {1, 0, 2, 3}, {3, 1, 2, 0}}, [][]int{{3, 2, 0, 1}, {1, 3, 0, 2}, {3, 0, 1, 2}, {2, 1, 0, 3}},
			[]int{2, 3, 0, 1}, []int{0, 2, 1, 3}, []int{2, 0, 1, 3}},
		{"a second wish comes too late for Boston", []int{1, 1, 1},
			[][]int{{0, 1}, {0, 1}, {1, 2}}, [][]int{{0, 1, 2}, {0, 1, 2}, {0, 1, 2}},
			[]int{0, 1, 2}, []int{0, matching.None, 1}, []int{0, 1, 2}},
		{"quotas, an unlisted applicant, a school without places", []int{2, 0, 1},
			[][]int{{1, 0}, {0, 2}, {0, 2}, {2, 0}}, [][]int{{3, 2, 0, 1}, {0}, {2, 1}},
			[]int{matching.None, 2, 0, 0}, []int{matching.None, 2, 0, 0}, []int{matching.None, 2, 0, 0}},
		{"nobody", []int{1}, nil, [][]int{nil}, []int{}, []int{}, []int{}},
	}
	for _, c := range cases {
		m := ranked(t, c.seats, c.wishes, c.order)
		deferred := matching.DeferredAcceptance(m)
		if !slices.Equal(deferred, c.deferred) {
			t.Errorf("%s: deferred acceptance %v, want %v", c.name, deferred, c.deferred)
		}
		if report := matching.Check(m, deferred); report.Blocking != 0 {
			t.Errorf("%s: %+v", c.name, report)
		}
		if got := matching.Boston(m); !slices.Equal(got, c.boston) {
			t.Errorf("%s: Boston %v, want %v", c.name, got, c.boston)
		}
		got, err := matching.TopTradingCycles(m, c.order)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, c.cycles) {
			t.Errorf("%s: top trading cycles %v, want %v", c.name, got, c.cycles)
		}
	}
}

func TestBandsLieBetweenBostonAndDeferredAcceptance(t *testing.T) {
	// 0 and 1 want school 0; 1 falls to school 1, which 2 took as first wish when wishes count one by one. 3 stands first at
	// school 1, but it is their third wish: only one band of all wishes lets it count in time, and then 1 goes without a school.
	m := ranked(t, []int{1, 1, 1, 1}, [][]int{{0}, {0, 1, 2}, {1, 2}, {0, 2, 1, 3}}, [][]int{{0, 1, 3}, {3, 1, 2}, {2, 1, 3}, {3}})
	cases := []struct {
		name  string
		bands []int
		want  []int
	}{
		{"one by one", []int{1}, []int{0, matching.None, 1, 2}},
		{"two, then two", []int{2}, []int{0, 1, 2, 3}},
		{"one, then the rest", []int{1, 3}, []int{0, 2, 1, 3}},
		{"all", nil, []int{0, matching.None, 2, 1}},
	}
	for _, c := range cases {
		if got := matching.Parallel(m, c.bands); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCheckerNamesEveryKindOfFault(t *testing.T) {
	m := ranked(t, []int{1, 1}, [][]int{{0, 1}, {0, 1}, {1}}, [][]int{{0, 1}, {0, 1, 2}})
	cases := []struct {
		name   string
		result []int
		want   matching.Report
	}{
		{"stable", []int{0, 1, matching.None}, matching.Report{Placed: 2, First: [2]int{-1, -1}}},
		{"envy", []int{1, 0, matching.None}, matching.Report{Placed: 2, Envy: 1, Blocking: 1, First: [2]int{0, 0}}},
		{"waste", []int{0, matching.None, matching.None}, matching.Report{Placed: 1, Waste: 2, Blocking: 2, First: [2]int{1, 1}}},
		{"overfull", []int{0, 0, 1}, matching.Report{Placed: 3, Overfull: 1, First: [2]int{-1, -1}}},
		{"unwished", []int{0, 1, 0}, matching.Report{Placed: 3, Unwished: 1, First: [2]int{-1, -1}}},
	}
	for _, c := range cases {
		if got := matching.Check(m, c.result); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestMarketsThatCannotBeAreRefused(t *testing.T) {
	cases := []struct {
		name   string
		seats  []int
		wishes [][]int
		keys   [][]uint64
	}{
		{"unknown school", []int{1}, [][]int{{1}}, [][]uint64{{0}}},
		{"wished twice", []int{1}, [][]int{{0, 0}}, [][]uint64{{0, 0}}},
		{"negative places", []int{-1}, nil, nil},
		{"keys lack", []int{1}, [][]int{{0}}, [][]uint64{{}}},
		{"lists lack", []int{1}, [][]int{{0}}, nil},
	}
	for _, c := range cases {
		if _, err := matching.New(c.seats, c.wishes, c.keys); err == nil {
			t.Errorf("%s: taken", c.name)
		}
	}
	if _, err := matching.Ranked([]int{1}, [][]int{{0}}, [][]int{{0, 0}}); err == nil {
		t.Error("an applicant who stands twice in an order is taken")
	}
}
