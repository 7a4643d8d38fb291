package standard

import (
	"testing"

	"jiaoheng/pack"
)

func TestComparators(t *testing.T) {
	cases := []struct {
		comparator       pack.Comparator
		value, threshold float64
		want             bool
	}{
		{pack.AtLeast, 5.3, 5.3, true}, {pack.AtLeast, 53.0 * 100 / 1000, 5.3, true}, {pack.AtLeast, 5.2999, 5.3, false},
		{pack.AtMost, 0.45, 0.45, true}, {pack.AtMost, 0.4501, 0.45, false},
		{pack.Above, 5, 5, false}, {pack.Above, 5.01, 5, true}, {pack.Below, 0.15, 0.15, false}, {pack.Below, 0.1499, 0.15, true},
		{pack.Exactly, 0, 0, true}, {pack.Exactly, 1, 0, false}, {pack.Holds, 1, 1, true}, {pack.Holds, 0, 1, false},
	}
	for _, c := range cases {
		if got := Met(c.comparator, c.value, c.threshold); got != c.want {
			t.Errorf("%v %s %v: %v", c.value, c.comparator, c.threshold, got)
		}
	}
}

func TestTheFloorIsNotRounded(t *testing.T) {
	floor := floorOf(pack.AtLeast, 5.3, 0.85)
	for value, reached := range map[float64]bool{4.507: true, 4.505: true, 4.504: false} {
		if Met(pack.AtLeast, value, floor) != reached {
			t.Errorf("%v reaches %v: want %v", value, floor, reached)
		}
	}
	if got := floorOf(pack.AtMost, 17, 0.85); got != 20 {
		t.Errorf("the floor of at most 17 is %v", got)
	}
}

func TestWholeOnesAreRoundedUp(t *testing.T) {
	cases := []struct {
		amount float64
		strict bool
		want   float64
	}{{0.2, false, 1}, {1, false, 1}, {1 + 1e-12, false, 1}, {1.01, false, 2}, {3, true, 4}, {2.5, true, 3}, {1e-12, false, 0}}
	for _, c := range cases {
		if got := wholeUp(c.amount, c.strict); got != c.want {
			t.Errorf("%v, strict %v: %v, want %v", c.amount, c.strict, got, c.want)
		}
	}
}
