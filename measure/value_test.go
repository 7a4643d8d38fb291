package measure_test

import (
	"math"
	"testing"

	"jiaoheng/measure"
	"jiaoheng/message"
)

func TestValueIsANumberOrAReason(t *testing.T) {
	cases := []struct {
		name  string
		value measure.Value
		known bool
		text  string
	}{
		{"zero", measure.Value{}, true, "0"},
		{"decimal", measure.Of(93.38), true, "93.38"},
		{"not a number", measure.Of(math.NaN()), false, "结果超出数值范围"},
		{"infinite", measure.Of(math.Inf(-1)), false, "结果超出数值范围"},
		{"missing twice", measure.MissingFor("乙", "甲", "乙"), false, "未报（乙、甲）"},
		{"division", measure.InvalidBecause(measure.DivisionByZero), false, "分母为零"},
	}
	for _, c := range cases {
		if _, known := c.value.Number(); known != c.known || c.value.Known() != c.known || c.value.Text(message.Chinese) != c.text {
			t.Errorf("%s: known %v, %s", c.name, known, c.value.Text(message.Chinese))
		}
	}
}

func TestJoinGathersMissingNamesAndPutsInvalidFirst(t *testing.T) {
	a, b, zero := measure.MissingFor("a"), measure.MissingFor("b"), measure.InvalidBecause(measure.DivisionByZero)
	if _, lacking := measure.Join(measure.Of(1), measure.Of(2)); lacking {
		t.Error("two numbers lack nothing")
	}
	if got, _ := measure.Join(b, measure.Of(1), a); !got.Equal(measure.MissingFor("a", "b")) {
		t.Errorf("missing: %v", got)
	}
	if got, _ := measure.Join(a, zero); !got.Equal(zero) {
		t.Errorf("invalid: %v", got)
	}
}

func TestCompareTakesOutBinaryError(t *testing.T) {
	cases := []struct {
		name string
		a, b float64
		want int
	}{
		{"the threshold itself", 100 * 53.0 / 1000, 5.3, 0},
		{"a tenth three times", 0.1 + 0.1 + 0.1, 0.3, 0},
		{"85 percent of a threshold", 0.85 * 5.3, 4.505, 0},
		{"just below", 4.504999, 4.505, -1},
		{"just above", 4.505001, 4.505, 1},
		{"zero", 0, 0, 0},
		{"negative", -2, -1, -1},
	}
	for _, c := range cases {
		if got := measure.Compare(c.a, c.b); got != c.want {
			t.Errorf("%s: %d", c.name, got)
		}
	}
}
