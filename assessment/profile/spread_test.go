package profile

import (
	"math"
	"testing"

	"jiaoheng/measure"
)

func values(numbers ...float64) []measure.Value {
	var all []measure.Value
	for _, n := range numbers {
		if math.IsNaN(n) {
			all = append(all, measure.MissingFor("x"))
			continue
		}
		all = append(all, measure.Of(n))
	}
	return all
}

func TestSpreadAndBands(t *testing.T) {
	gap := math.NaN()
	for _, c := range []struct {
		name           string
		values         []measure.Value
		least          int
		known          bool
		low, mid, high float64
		own            float64
		up, down       Band
	}{
		{"at the lower end", values(1, 2, 3, 4, 5), 5, true, 2, 3, 4, 2, Worse, Better},
		{"at the upper end", values(5, 4, 3, 2, 1), 5, true, 2, 3, 4, 4, Better, Worse},
		{"between", values(1, 2, 3, 4, 5), 5, true, 2, 3, 4, 3.5, Middle, Middle},
		{"the silent do not count", values(1, gap, 2, 3, gap, 4, 5), 5, true, 2, 3, 4, 1, Worse, Better},
		{"too few", values(1, 2, gap, 4, 5), 5, false, 0, 0, 0, 1, NoBand, NoBand},
		{"all alike", values(7, 7, 7, 7, 7), 5, true, 7, 7, 7, 7, Middle, Middle},
		{"most alike, the other above", values(7, 7, 7, 7, 9), 5, true, 7, 7, 7, 9, Better, Worse},
	} {
		s := spreadOf(c.values, 25, c.least)
		if s.Known != c.known || s.Low != c.low || s.Mid != c.mid || s.High != c.high {
			t.Errorf("%s: %+v", c.name, s)
		}
		if up, down := s.band(measure.Of(c.own), false), s.band(measure.Of(c.own), true); up != c.up || down != c.down {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, up, down, c.up, c.down)
		}
	}
	if band := spreadOf(values(1, 2, 3), 25, 3).band(measure.MissingFor("x"), false); band != NoBand {
		t.Errorf("a missing value lies in %q", band)
	}
}

func TestStandingIsTheShareOfOtherSchools(t *testing.T) {
	for _, c := range []struct {
		name   string
		own    float64
		values []measure.Value
		down   bool
		want   float64
	}{
		{"best", 9, values(1, 5, 9), false, 100},
		{"best where less is better", 1, values(1, 5, 9), true, 100},
		{"a tie counts one half", 5, values(1, 5, 5, 9, 9), false, 37.5},
		{"worst", 1, values(1, 5, 9), false, 0},
	} {
		if got, known := standing(measure.Of(c.own), c.values, c.down); !known || got != c.want {
			t.Errorf("%s: %v %v, want %v", c.name, got, known, c.want)
		}
	}
	if _, known := standing(measure.Of(1), values(1), false); known {
		t.Error("one school alone has a standing")
	}
}

func TestScoreIsTheMeanOfStandings(t *testing.T) {
	if got, known := scoreOf([]Figure{{Standing: 20, Stands: true}, {}, {Standing: 60, Stands: true}}); !known || got != 40 {
		t.Errorf("%v %v", got, known)
	}
	if _, known := scoreOf([]Figure{{}}); known {
		t.Error("a side without standings has a score")
	}
}
