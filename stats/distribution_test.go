package stats

import (
	"math"
	"testing"
)

func TestDistributionsAgreeWithTables(t *testing.T) {
	cases := []struct {
		name      string
		got, want float64
	}{
		{"normal quantile", NormalQuantile(0.975), 1.959963984540054},
		{"Student, 10 degrees", StudentQuantile(0.975, 10), 2.228138851964939},
		{"chi-squared, 1 degree", ChiSquaredAbove(3.841458820694124, 1), 0.05},
		{"chi-squared of nothing", ChiSquaredAbove(0, 3), 1},
	}
	for _, c := range cases {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s: got %.12f, want %.12f", c.name, c.got, c.want)
		}
	}
	if !math.IsInf(NormalQuantile(0), -1) || !math.IsInf(NormalQuantile(1), 1) {
		t.Error("the ends of the normal distribution are not infinite")
	}
}

func TestStreamIsTheSameEverywhere(t *testing.T) {
	s := NewStream(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423} {
		if got := s.Uint64(); got != want {
			t.Errorf("number %d is %d, want %d", i, got, want)
		}
	}
	counts := make([]int, 7)
	sum, squares := 0.0, 0.0
	for range 70_000 {
		counts[s.Below(7)]++
		z := s.Normal()
		sum, squares = sum+z, squares+z*z
	}
	for k, n := range counts {
		if n < 9_600 || n > 10_400 {
			t.Errorf("%d was drawn %d times of 70,000", k, n)
		}
	}
	if math.Abs(sum/70_000) > 0.015 || math.Abs(squares/70_000-1) > 0.03 {
		t.Errorf("normal numbers have mean %.4f and mean square %.4f", sum/70_000, squares/70_000)
	}
}
