package frame_test

import (
	"testing"

	"jiaoheng/frame"
	"jiaoheng/measure"
	"pgregory.net/rapid"
)

func TestColumnKeepsNumbersAndReasons(t *testing.T) {
	c := frame.NewColumn(3)
	c.Set(0, measure.Of(4.5))
	c.Set(1, measure.InvalidBecause(measure.DivisionByZero))
	cases := []measure.Value{measure.Of(4.5), measure.InvalidBecause(measure.DivisionByZero), measure.MissingFor("pupils")}
	for i, want := range cases {
		if got := c.Get(i, "pupils"); !got.Equal(want) {
			t.Errorf("cell %d: %v, want %v", i, got, want)
		}
	}
	c.Set(1, measure.Of(0))
	if got := c.Get(1, "pupils"); !got.Equal(measure.Of(0)) || c.Present.Count(0, 3) != 2 {
		t.Errorf("rewritten: %v, %d present", got, c.Present.Count(0, 3))
	}
}

func TestCountAgreesWithBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "n")
		b := frame.NewBitmap(n)
		for range n / 2 {
			b.Set(rapid.IntRange(0, n-1).Draw(t, "set"))
		}
		from := rapid.IntRange(0, n).Draw(t, "from")
		to := rapid.IntRange(from, n).Draw(t, "to")
		want := 0
		for i := from; i < to; i++ {
			if b.Get(i) {
				want++
			}
		}
		if got := b.Count(from, to); got != want {
			t.Fatalf("%d bits in [%d,%d), want %d", got, from, to, want)
		}
	})
}
