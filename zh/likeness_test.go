package zh_test

import (
	"testing"

	"jiaoheng/zh"
)

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"", "", 0},
		{"", "巩固率", 0},
		{"巩固率", "巩固率", 1},
		{"毛入园率", "毛入学率", 1.0 / 3},
		{"率", "率", 1},
		{"率", "园", 0},
		{"人人人", "人人", 2.0 / 3}, // a pair counts as often as both have it
		{"园入", "入园", 0},
	} {
		if got := zh.Alike(zh.Pairs(c.a), zh.Pairs(c.b)); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
		if there, back := zh.Alike(zh.Pairs(c.a), zh.Pairs(c.b)), zh.Alike(zh.Pairs(c.b), zh.Pairs(c.a)); there != back {
			t.Errorf("%q and %q: %v one way, %v the other", c.a, c.b, there, back)
		}
	}
}
