package scale_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"jiaoheng/stats"
	"jiaoheng/stats/scale"
)

func fiveBands(ties scale.Ties) scale.Scheme {
	return scale.Scheme{Ties: ties, Zeros: true, Bands: []scale.Band{
		{"A", 15, 100, 86}, {"B", 35, 85, 71}, {"C", 35, 70, 56}, {"D", 13, 55, 41}, {"E", 2, 40, 30}}}
}

// two is a scheme of two halves, small enough to be followed by hand.
func two(change func(*scale.Scheme)) scale.Scheme {
	s := scale.Scheme{Zeros: true, Bands: []scale.Band{{"A", 50, 100, 81}, {"B", 50, 80, 60}}}
	if change != nil {
		change(&s)
	}
	return s
}

func TestAssign(t *testing.T) {
	cases := []struct {
		name   string
		scheme scale.Scheme
		values []float64
		absent int
		want   string // raw:band:assigned
	}{
		{"the cut falls between marks", two(nil), []float64{9, 8, 7, 6}, 0, "9:A:100 8:A:81 7:B:80 6:B:60"},
		{"ties across the cut go up", two(nil), []float64{9, 8, 8, 6}, 0, "9:A:100 8:A:81 6:B:70"},
		{"ties across the cut go down", two(func(s *scale.Scheme) { s.Ties = scale.Within }), []float64{9, 8, 8, 6}, 0, "9:A:91 8:B:80 6:B:60"},
		{"equally near goes up", two(func(s *scale.Scheme) { s.Ties = scale.Nearest }), []float64{9, 8, 8, 6}, 0, "9:A:100 8:A:81 6:B:70"},
		{"nearer is down", two(func(s *scale.Scheme) { s.Ties = scale.Nearest }), []float64{9, 9, 8, 8, 8, 8}, 0, "9:A:91 8:B:70"},
		{"nearer is up", two(func(s *scale.Scheme) { s.Ties = scale.Nearest }), []float64{9, 8, 8, 8, 7, 7, 7}, 0, "9:A:100 8:A:81 7:B:70"},
		{"a share exactly reached takes no more", two(nil), []float64{9, 9, 8, 8}, 0, "9:A:91 8:B:70"},
		{"one mark gets the upper end", two(func(s *scale.Scheme) { s.Single = scale.High }), []float64{9, 8}, 0, "9:A:100 8:B:80"},
		{"one mark gets the lower end", two(func(s *scale.Scheme) { s.Single = scale.Low }), []float64{9, 8}, 0, "9:A:81 8:B:60"},
		{"everybody alike", two(nil), []float64{5, 5, 5}, 0, "5:A:91"},
		{"everybody alike goes down", two(func(s *scale.Scheme) { s.Ties = scale.Within }), []float64{5, 5, 5}, 0, "5:B:70"},
		{"nobody", two(nil), nil, 0, ""},
		{"the absent count", two(func(s *scale.Scheme) { s.Absent = true }), []float64{9, 8}, 2, "9:A:100 8:A:81"},
		{"the absent do not count", two(nil), []float64{9, 8}, 2, "9:A:91 8:B:70"},
		{"zeros do not count", two(func(s *scale.Scheme) { s.Zeros = false }), []float64{9, 8, 0, 0}, 0, "9:A:91 8:B:70 0:B:60"},
		{"zeros count", two(nil), []float64{9, 8, 0, 0}, 0, "9:A:100 8:A:81 0:B:70"},
		{"decimals are decimals", two(nil), []float64{0.3, 0.2, 0.15, 0.1, 0, 0, 0, 0}, 0, "0.3:A:100 0.2:A:91 0.15:A:86 0.1:A:81 0:B:70"},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			marks, _ := scale.Tally(test.values)
			rows, f := test.scheme.Assign(marks, test.absent)
			if f != nil {
				t.Fatal(f)
			}
			got := ""
			for k, r := range rows {
				if k > 0 {
					got += " "
				}
				got += fmt.Sprintf("%v:%s:%d", r.Raw, r.Band, r.Assigned)
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// 59.5 is a half: marks 36 of 33..39 in 56..70 give 63, of 33..45 in 56..70 give 59.5.
func TestRounding(t *testing.T) {
	for rounding, want := range map[scale.Rounding]int{scale.HalfUp: 60, scale.HalfEven: 60, scale.Down: 59, scale.Up: 60, "": 60} {
		s := scale.Scheme{Round: rounding, Bands: []scale.Band{{"C", 100, 70, 56}}}
		rows, f := s.Assign([]scale.Mark{{45, 1}, {36, 1}, {33, 1}}, 0)
		if f != nil || rows[1].Assigned != want || rows[1].Exact != 59.5 {
			t.Errorf("%s: %+v, want %d", rounding, rows, want)
		}
	}
	s := scale.Scheme{Round: scale.HalfEven, Bands: []scale.Band{{"C", 100, 71, 56}}}
	if rows, _ := s.Assign([]scale.Mark{{40, 1}, {29, 1}, {10, 1}}, 0); rows[1].Assigned != 66 { // 65.5 → 66 is even
		t.Errorf("%+v", rows)
	}
	s.Bands[0] = scale.Band{Name: "C", Share: 100, High: 57, Low: 56}
	if rows, _ := s.Assign([]scale.Mark{{3, 1}, {2, 1}, {1, 1}}, 0); rows[1].Assigned != 56 { // 56.5 → 56 is even
		t.Errorf("%+v", rows)
	}
}

// Whatever the marks: a higher mark never gets a lower score, everybody gets a row, scores stay within the scheme.
func TestAssignKeepsOrder(t *testing.T) {
	s := stats.NewStream(4)
	for range 300 {
		values := make([]float64, 1+s.Below(60))
		for k := range values {
			values[k] = float64(s.Below(40)) / 2
		}
		marks, _ := scale.Tally(values)
		for _, ties := range []scale.Ties{scale.Reach, scale.Within, scale.Nearest} {
			rows, f := fiveBands(ties).Assign(marks, 0)
			if f != nil || len(rows) != len(marks) {
				t.Fatalf("%d rows of %d marks, %v", len(rows), len(marks), f)
			}
			if !slices.IsSortedFunc(rows, func(a, b scale.Row) int { return b.Assigned - a.Assigned }) || rows[0].Assigned > 100 || rows[len(rows)-1].Assigned < 30 {
				t.Fatalf("%s %v: %+v", ties, values, rows)
			}
		}
	}
}

func TestSchemesAtFault(t *testing.T) {
	cases := []struct {
		name  string
		bands []scale.Band
		code  string
	}{
		{"no bands", nil, "scale.bands"},
		{"shares of 99", []scale.Band{{"A", 49, 100, 81}, {"B", 50, 80, 60}}, "scale.sum"},
		{"overlap", []scale.Band{{"A", 50, 100, 80}, {"B", 50, 80, 60}}, "scale.interval"},
		{"turned round", []scale.Band{{"A", 100, 60, 80}}, "scale.interval"},
		{"a thousandth", []scale.Band{{"A", 33.333, 100, 80}, {"B", 66.667, 70, 60}}, "scale.share"},
		{"an empty share", []scale.Band{{"A", 0, 100, 80}, {"B", 100, 70, 60}}, "scale.share"},
	}
	for _, test := range cases {
		if f := (scale.Scheme{Bands: test.bands}).Check(); f == nil || f.Code != test.code {
			t.Errorf("%s: %v, want %s", test.name, f, test.code)
		}
	}
}

func TestStandardScores(t *testing.T) {
	marks, missing := scale.Tally([]float64{2, 4, 4, math.NaN(), 4, 5, 5, 7, 9})
	if missing != 1 || scale.Pupils(marks) != 8 {
		t.Fatalf("%v, %d missing", marks, missing)
	}
	mean, sd := scale.Moments(marks)
	if mean != 5 || sd != 2 {
		t.Fatalf("mean %v, sd %v; want 5 and 2, the population form", mean, sd)
	}
	scores, ok := scale.Standard(marks, 50, 10)
	if want := []float64{70, 60, 50, 45, 35}; !ok || !slices.Equal(scores, want) {
		t.Errorf("T %v, want %v", scores, want)
	}
	if want := []float64{93.75, 81.25, 62.5, 31.25, 6.25}; !slices.Equal(scale.PercentileRanks(marks), want) {
		t.Errorf("ranks %v, want %v", scale.PercentileRanks(marks), want)
	}
	normal := scale.Normal(marks, 500, 100, 400, 600)
	if normal[0] != 600 || normal[4] != 400 || math.Abs(normal[2]-(500+100*0.3186393639643752)) > 1e-9 {
		t.Errorf("normal scores %v", normal)
	}
	if _, ok := scale.Standard([]scale.Mark{{3, 10}}, 0, 1); ok {
		t.Error("equal marks have standard scores")
	}
}
