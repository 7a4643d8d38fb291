package item_test

import (
	"math"
	"testing"

	"jiaoheng/stats"
	"jiaoheng/stats/item"
)

// invented is a made-up paper: n pupils, items with the given full marks, ability by a seeded stream.
func invented(n int, full []int, seed uint64) [][]float64 {
	s := stats.NewStream(seed)
	columns := make([][]float64, len(full))
	for range n {
		ability := s.Normal()
		for i, f := range full {
			score := 0.0
			for range f {
				if s.Float64() < 1/(1+math.Exp(-ability+float64(i)/4-0.5)) {
					score++
				}
			}
			columns[i] = append(columns[i], score)
		}
	}
	return columns
}

func names(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "q" + string(rune('a'+i))
	}
	return out
}

func analyse(t *testing.T, d item.Data, columns [][]float64, o item.Options) item.Result {
	t.Helper()
	if d.Names == nil {
		d.Names = names(len(columns))
	}
	scores, scale, faults := item.Pack(d.Names, columns)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	d.Scores, d.Scale = scores, scale
	result, faults := item.Analyse(d, o)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return result
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12*math.Max(1, math.Abs(want)) || got != got {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

// The sums over bits agree with sums written out, for items of one mark, of several marks and of half marks.
func TestAgreesWithSumsWrittenOut(t *testing.T) {
	cases := []struct {
		name string
		full []int
		unit float64
	}{
		{"right or wrong", []int{1, 1, 1, 1, 1, 1}, 1},
		{"several marks", []int{1, 4, 12, 3, 60}, 1},
		{"choice of four marks", []int{1, 1, 1, 1}, 4},
		{"half marks", []int{2, 5, 1, 9}, 0.5},
		{"tenths", []int{20, 55, 10, 9}, 0.1},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			columns := invented(517, test.full, 9)
			for i := range columns {
				for p := range columns[i] {
					columns[i][p] *= test.unit
				}
			}
			got := analyse(t, item.Data{}, columns, item.Options{}).Test
			total := make([]float64, len(columns[0]))
			for _, column := range columns {
				for p, v := range column {
					total[p] += v
				}
			}
			near(t, "mean", got.Mean, mean(total))
			near(t, "sd", got.SD1, math.Sqrt(covariance(total, total)))
			within, k := 0.0, float64(len(columns))
			for i, column := range columns {
				within += covariance(column, column)
				rest := make([]float64, len(total))
				for p := range total {
					rest[p] = total[p] - column[p]
				}
				near(t, "item-rest", *got.Item[i].RestR, covariance(column, rest)/math.Sqrt(covariance(column, column)*covariance(rest, rest)))
				near(t, "item-total", *got.Item[i].TotalR, covariance(column, total)/math.Sqrt(covariance(column, column)*covariance(total, total)))
			}
			near(t, "alpha", *got.Alpha, k/(k-1)*(1-within/covariance(total, total)))
		})
	}
}

func mean(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s / float64(len(x))
}

func covariance(x, y []float64) float64 {
	mx, my, s := mean(x), mean(y), 0.0
	for p := range x {
		s += (x[p] - mx) * (y[p] - my)
	}
	return s / float64(len(x)-1)
}

func TestMissingAnswers(t *testing.T) {
	nan := math.NaN()
	columns := [][]float64{
		{1, 1, 0, nan, nan, 1, 0, 1},
		{1, 0, nan, 1, nan, 1, 0, -3},
		{1, nan, nan, 0, nan, 0, 0, 1},
	}
	scores, _, faults := item.Pack(names(3), columns)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	item.TellNotReached(scores)
	d := item.Data{Names: names(3), Scale: 1, Scores: scores}
	zero, faults := item.Analyse(d, item.Options{})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if got := zero.Test; got.N != 6 || got.LeftOut != 2 {
		t.Errorf("n = %d, left out %d; want 6 and 2: nobody without any answer, nobody without the item", got.N, got.LeftOut)
	}
	last := zero.Test.Item[2]
	if last.Omitted != 1 || last.NotReached != 1 {
		t.Errorf("last item: %d omitted, %d not reached; want 1 and 1", last.Omitted, last.NotReached)
	}
	near(t, "difficulty", last.Difficulty, 1.0/6)
	near(t, "difficulty of those who reached it", *last.Reached, 1.0/5)
	complete, faults := item.Analyse(d, item.Options{Complete: true})
	if len(faults) > 0 || complete.Test.N != 3 {
		t.Errorf("complete: n = %d, %v; want 3", complete.Test.N, faults)
	}
}

// Figures that do not exist are nil, never not a number.
func TestConstantsHaveNoCorrelation(t *testing.T) {
	got := analyse(t, item.Data{}, [][]float64{{1, 1, 1, 1}, {0, 1, 0, 1}, {0, 0, 0, 0}}, item.Options{}).Test
	if got.Item[0].TotalR != nil || got.Item[2].RestR != nil || got.Item[1].RestR != nil || got.Lambda6 != nil {
		t.Errorf("constants have correlations: %+v", got)
	}
	flat := analyse(t, item.Data{}, [][]float64{{1, 1}, {1, 1}}, item.Options{}).Test
	if flat.Alpha != nil || flat.Error != nil || flat.Skew != nil {
		t.Errorf("a test without variance has reliability: %+v", flat)
	}
}

// Whole groups of equal totals belong to the tails.
func TestTails(t *testing.T) {
	got := analyse(t, item.Data{}, [][]float64{
		{3, 3, 3, 2, 2, 1, 1, 0, 0, 0}, {1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
	}, item.Options{Tail: 0.2}).Test
	if got.High != 3 || got.Low != 3 {
		t.Errorf("tails of %d and %d; want 3 and 3", got.High, got.Low)
	}
	near(t, "D", got.Item[0].D, 1)
	same := analyse(t, item.Data{}, [][]float64{{1, 1, 1}, {0, 0, 0}}, item.Options{}).Test
	if same.High != 3 || same.Low != 3 || same.Item[0].D != 0 {
		t.Errorf("equal totals: %d and %d, D %v", same.High, same.Low, same.Item[0].D)
	}
}

func TestChoices(t *testing.T) {
	d := item.Data{Choices: []item.Choice{
		{Options: []string{"A", "B", "C"}, Key: "B", Picked: []uint8{1, 1, 1, 0, 2, 0, 0, item.NoGroup}}, {},
	}}
	got := analyse(t, d, [][]float64{{1, 1, 1, 0, 0, 0, 0, 0}, {3, 3, 2, 2, 1, 1, 0, 0}}, item.Options{}).Choices
	if len(got) != 1 || len(got[0].Options) != 4 {
		t.Fatalf("%+v", got)
	}
	b, blank := got[0].Options[1], got[0].Options[3]
	if !b.Right || b.High != 2 || b.Middle != 1 || b.Low != 0 || b.All != 3 || blank.Low != 1 {
		t.Errorf("%+v", got[0].Options)
	}
	near(t, "mean total", *b.Mean, 11.0/3)
}

func TestFaults(t *testing.T) {
	cases := []struct {
		name    string
		columns [][]float64
		code    string
	}{
		{"below 0", [][]float64{{-0.5, 1}, {1, 1}}, "item.score_below"},
		{"three decimals", [][]float64{{0.125, 1}, {1, 1}}, "item.score_fine"},
		{"number of a pupil", [][]float64{{20240001, 1}, {1, 1}}, "item.score_above"},
		{"one item", [][]float64{{1, 0}}, "item.few_items"},
		{"nobody answered", [][]float64{{math.NaN(), math.NaN()}, {math.NaN(), math.NaN()}}, "item.few_pupils"},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			scores, scale, faults := item.Pack(names(len(test.columns)), test.columns)
			if len(faults) == 0 {
				_, faults = item.Analyse(item.Data{Names: names(len(test.columns)), Scores: scores, Scale: scale}, item.Options{})
			}
			if len(faults) == 0 || faults[0].Code != test.code {
				t.Errorf("%v; want %s", faults, test.code)
			}
		})
	}
}

// 1,000,000 pupils and 40 items.
func BenchmarkMillion(b *testing.B) {
	full := make([]int, 40)
	for i := range full {
		full[i] = 1
	}
	small := invented(20_000, full, 3)
	d := item.Data{Groups: []string{"a", "b"}}
	columns := make([][]float64, 40)
	for i := range columns {
		for range 50 {
			columns[i] = append(columns[i], small[i]...)
		}
	}
	for p := range columns[0] {
		d.Group = append(d.Group, uint8(p%2))
	}
	d.Names = make([]string, 40)
	d.Scores, d.Scale, _ = item.Pack(d.Names, columns)
	for b.Loop() {
		if _, faults := item.Analyse(d, item.Options{}); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
