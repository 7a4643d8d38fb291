package target

import (
	"testing"

	"jiaoheng/measure"
	"jiaoheng/pack"
)

func TestTheWeakerOfTwoStages(t *testing.T) {
	silent := measure.MissingFor("pupils")
	for _, c := range []struct {
		name      string
		direction pack.Direction
		a, b      measure.Value
		want      bool
	}{
		{"less of what is to rise", pack.Up, measure.Of(90), measure.Of(95), true},
		{"more of what is to rise", pack.Up, measure.Of(95), measure.Of(90), false},
		{"more of what is to fall", pack.Down, measure.Of(6), measure.Of(2), true},
		{"missing against a number", pack.Up, silent, measure.Of(2), true},
		{"a number against missing", pack.Up, measure.Of(2), silent, false},
		{"both missing", pack.Up, silent, silent, false},
		{"no direction", pack.Neutral, measure.Of(1), measure.Of(2), false},
	} {
		if got := weaker(c.direction, c.a, c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
