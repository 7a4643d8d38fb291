package survey

import (
	"math"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/stats"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %.12g, not %.12g", what, got, want)
	}
}

// Two strata of two clusters: everything by hand.
func TestSmallSampleByHand(t *testing.T) {
	s, err := New(Spec{
		Weights:    []float64{2, 2, 2, 2, 3, 3, 3, 3},
		Strata:     []int32{0, 0, 0, 0, 1, 1, 1, 1},
		Clusters:   []int32{0, 0, 1, 1, 0, 0, 1, 1},
		Population: []float64{4, 4, 4, 4, 8, 8, 8, 8},
	})
	if err != nil {
		t.Fatal(err)
	}
	y := []float64{1, 3, 5, 7, 2, 2, 6, 10}
	// Totals of clusters 8, 24 and 12, 48; Var = (1-1/2)·2·(2·8²) + (1-1/4)·2·(2·18²) with m/(m-1) = 2.
	total := s.Total(y, nil)
	near(t, "total", total.Value, 92)
	near(t, "variance of the total", total.SE*total.SE, 0.5*2*128+0.75*2*648)
	mean := s.Mean(y, nil)
	near(t, "mean", mean.Value, 92.0/20)
	// Influence sums of clusters about 4.6: (8-4·4.6)/20 …
	a, b, c, d := (8-18.4)/20, (24-18.4)/20, (12-27.6)/20, (48-27.6)/20
	near(t, "variance of the mean", mean.SE*mean.SE, 0.5*2*(a-b)*(a-b)/2+0.75*2*(c-d)*(c-d)/2)
	if s.Freedom() != 2 || s.Clusters() != 4 || s.Strata() != 2 {
		t.Errorf("%g degrees of freedom, %d clusters, %d strata", s.Freedom(), s.Clusters(), s.Strata())
	}
	only := s.Mean(y, func(i int) bool { return i < 4 })
	near(t, "domain", only.Value, 4)
	apart := s.Difference(y, func(i int) bool { return i >= 4 }, func(i int) bool { return i < 4 })
	near(t, "difference", apart.Value, 1)
	other := s.Mean(y, func(i int) bool { return i >= 4 })
	near(t, "variance of a difference of strata", apart.SE*apart.SE, only.SE*only.SE+other.SE*other.SE)
}

// What was taken whole brings no sampling error: unsampled counties beside a sample.
func TestStrataTakenWholeBringNoError(t *testing.T) {
	s, err := New(Spec{Strata: []int32{0, 0, 1}, Population: []float64{2, 2, 1}})
	if err != nil {
		t.Fatal(err)
	}
	if e := s.Mean([]float64{1, 5, 9}, nil); e.SE != 0 || s.Freedom() != 0 {
		t.Errorf("standard error %g", e.SE)
	}
	low, high := s.Mean([]float64{1, 5, 9}, nil).Interval(0.95)
	if low != 5 || high != 5 {
		t.Errorf("interval %g to %g", low, high)
	}
}

func TestReplicatesAgreeWithLinearisationOfTotals(t *testing.T) {
	stream := stats.NewStream(1)
	var spec Spec
	var y []float64
	for h := range int32(7) {
		for c := range int32(2) {
			for range 3 + stream.Below(4) {
				spec.Strata, spec.Clusters = append(spec.Strata, h), append(spec.Clusters, c)
				spec.Weights = append(spec.Weights, 1+3*stream.Float64())
				y = append(y, 10+float64(c)+stream.Normal())
			}
		}
	}
	s, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	want := s.Total(y, nil).SE
	total := func(weights []float64) []float64 {
		sum := 0.0
		for i, w := range weights {
			sum += w * y[i]
		}
		return []float64{sum}
	}
	jackknife, err := s.Jackknife()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "jackknife", jackknife.Estimate(total).SE[0], want)
	for _, fay := range []float64{0, 0.5} {
		balanced, err := s.Balanced(fay)
		if err != nil {
			t.Fatal(err)
		}
		figures := balanced.Estimate(total)
		near(t, "balanced replicates", figures.SE[0], want)
	}
	var units []int8
	for _, c := range spec.Clusters {
		units = append(units, int8(c))
	}
	for _, both := range []bool{false, true} {
		zones, err := JK2(spec.Weights, spec.Strata, units, both)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "JK2", zones.Estimate(total).SE[0], want)
	}
	bootstrap, err := s.Bootstrap(2000, 5)
	if err != nil {
		t.Fatal(err)
	}
	if got := bootstrap.Estimate(total).SE[0]; math.Abs(got/want-1) > 0.1 {
		t.Errorf("bootstrap %g, linearisation %g", got, want)
	}
}

func TestWeightsMeetWhatIsKnown(t *testing.T) {
	adjusted, err := Adjust([]float64{1, 1, 2, 4}, []int32{0, 0, 1, 1}, []bool{true, false, true, true})
	if err != nil || adjusted[0] != 2 || adjusted[1] != 0 || adjusted[3] != 4 {
		t.Errorf("%v, %v", adjusted, err)
	}
	trimmed, err := Trim([]float64{1, 1, 1, 9}, 4)
	if err != nil || trimmed[3] != 4 || math.Abs(trimmed[0]-8.0/3) > 1e-12 {
		t.Errorf("%v, %v", trimmed, err)
	}
	s, _ := New(Spec{Rows: 6})
	sex, stage := []int32{0, 0, 0, 1, 1, 1}, []int32{0, 1, 1, 0, 0, 1}
	raked, err := s.Rake([]Margin{{sex, []float64{40, 60}}, {stage, []float64{70, 30}}})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{40, 60} {
		hit := func(i int) bool { return sex[i] == int32(k) }
		one := []float64{1, 1, 1, 1, 1, 1}
		got := raked.Total(one, hit)
		near(t, "raked total", got.Value, want)
		if got.SE > 1e-9 {
			t.Errorf("a known total has the standard error %g", got.SE)
		}
	}
	post, err := s.PostStratify(sex, []float64{30, 90})
	if err != nil || math.Abs(post.Weights()[0]-10) > 1e-9 || math.Abs(post.Weights()[5]-30) > 1e-9 {
		t.Errorf("%v, %v", post, err)
	}
}

// Simulated schools: the interval of the share between schools covers the truth as often as it says.
func TestShareBetweenSchoolsIsCovered(t *testing.T) {
	stream := stats.NewStream(3)
	const rounds, truth = 600, 0.2
	covered := 0
	for range rounds {
		var y, weights []float64
		var schools []int32
		for j := range int32(30) {
			effect := math.Sqrt(truth) * stream.Normal()
			for range 15 + stream.Below(20) {
				y = append(y, effect+math.Sqrt(1-truth)*stream.Normal())
				weights, schools = append(weights, 2), append(schools, j)
			}
		}
		between, err := BetweenGroups(y, weights, schools, nil, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if between.Low <= truth && truth <= between.High {
			covered++
		}
	}
	t.Logf("%d of %d intervals cover", covered, rounds)
	if share := float64(covered) / rounds; share < 0.93 || share > 0.97 {
		t.Errorf("%.3f of the intervals cover", share)
	}
}

// Equal groups: the mean squares of the textbook.
func TestShareBetweenEqualGroupsByHand(t *testing.T) {
	y := []float64{1, 3, 5, 7, 9, 11}
	between, err := BetweenGroups(y, []float64{1, 1, 1, 1, 1, 1}, []int32{0, 0, 1, 1, 2, 2}, nil, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	// Means 2, 6, 10: mean square between 2·(16+0+16)/2 = 32, within 6/3 = 2; (32-2)/2 = 15.
	near(t, "within", between.Within, 2)
	near(t, "between", between.Across, 15)
	near(t, "share", between.Share, 15.0/17)
	near(t, "size", between.Typical, 2)
	// F(2,3) quantiles 16.0441, above the ratio 16, and 1/39.1655.
	near(t, "low", between.Low, 0)
	near(t, "high", math.Round(between.High*1e3)/1e3, math.Round(1e3*(16*39.1655-1)/(16*39.1655+1))/1e3)
}

func TestQuantilesAndDeviations(t *testing.T) {
	s, _ := New(Spec{Weights: []float64{1, 1, 2, 4}})
	y := []float64{4, 1, 3, 2}
	near(t, "median", s.Quantile(y, 0.5, nil).Value, 2)
	near(t, "upper quarter", s.Quantile(y, 0.75, nil).Value, 3)
	near(t, "mean", s.Mean(y, nil).Value, 19.0/8)
	if e := s.SD(y, nil); !(e.SE > 0) || !(e.Value > 0) {
		t.Errorf("%v", e)
	}
}

func TestFaultsNameWhatIsWrong(t *testing.T) {
	plain, _ := New(Spec{Rows: 4})
	cases := []struct {
		name, code string
		run        func() error
	}{
		{"no rows", "survey.rows", func() error { _, err := New(Spec{}); return err }},
		{"negative weight", "survey.weights", func() error { _, err := New(Spec{Weights: []float64{1, -1}}); return err }},
		{"not a number", "survey.weights", func() error { _, err := New(Spec{Weights: []float64{1, math.NaN()}}); return err }},
		{"one cluster", "survey.one_cluster", func() error { _, err := New(Spec{Strata: []int32{0, 0, 1}}); return err }},
		{"sizes differ", "survey.population_differs", func() error { _, err := New(Spec{Population: []float64{3, 4}, Rows: 2}); return err }},
		{"too few in the population", "survey.population_small", func() error { _, err := New(Spec{Population: []float64{1, 1}, Rows: 2}); return err }},
		{"columns depend", "survey.columns_depend", func() error {
			_, err := plain.Regress([]float64{1, 2, 3, 4}, [][]float64{{1, 1, 1, 1}, {2, 2, 2, 2}}, nil)
			return err
		}},
		{"empty cell", "survey.empty_cell", func() error { _, err := Adjust([]float64{1}, []int32{0}, []bool{false}); return err }},
		{"trimming below the mean", "survey.trim", func() error { _, err := Trim([]float64{1, 2}, 1); return err }},
		{"margins differ", "survey.margins", func() error {
			_, err := plain.Rake([]Margin{{[]int32{0, 0, 0, 0}, []float64{4}}, {[]int32{0, 0, 0, 0}, []float64{9}}})
			return err
		}},
		{"fay", "survey.fay", func() error { _, err := plain.Balanced(1); return err }},
		{"no pairs", "survey.pairs", func() error { _, err := plain.Balanced(0); return err }},
		{"replicates", "survey.replicates", func() error { _, err := plain.Bootstrap(1, 1); return err }},
		{"one school", "survey.groups", func() error {
			_, err := BetweenGroups([]float64{1, 2}, []float64{1, 1}, []int32{0, 0}, nil, 0.95)
			return err
		}},
	}
	for _, c := range cases {
		faults := fault.Of(c.run())
		if len(faults) == 0 || faults[0].Code != c.code {
			t.Errorf("%s: %v, not %s", c.name, faults, c.code)
			continue
		}
		if text := faults.Text("zh"); strings.Contains(text, "{") {
			t.Errorf("%s: %s", c.name, text)
		}
	}
}
