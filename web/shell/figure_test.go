package shell_test

import (
	"context"
	"testing"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/standard"
	"jiaoheng/web/shell"
)

func TestNumbers(t *testing.T) {
	cases := []struct{ name, got, want string }{
		{"thousands, no zeros at the end", shell.Number(1234567.5, 2), "1,234,567.5"},
		{"all decimals", shell.FixedNumber(7.8, 2), "7.80"},
		{"never -0", shell.Number(-0.001, 2), "0"},
		{"never -0.00", shell.FixedNumber(-0.001, 2), "0.00"},
		{"below zero", shell.FixedNumber(-1234.5, 1), "-1,234.5"},
		{"no decimals keep their zeros", shell.Number(100, 0), "100"},
		{"growth", shell.SignedNumber(0.25, 1), "+0.3"},
		{"a half goes up", shell.Number(2.5, 0), "3"},
		{"beyond what can be scaled", shell.Number(1e300, 9)[:3], "1,0"},
		{"no growth to be seen", shell.SignedNumber(0.001, 1), "0"},
		{"a value that misses its threshold does not look like it", shell.CloseNumber(4.1996, 4.2, 2, shell.FixedNumber), "4.1996"},
		{"one that reaches it does", shell.CloseNumber(4.2, 4.2, 2, shell.FixedNumber), "4.20"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestAmounts(t *testing.T) {
	counts := func(text string) measure.Measure {
		m, err := measure.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	cases := []struct {
		name string
		lack standard.Shortfall
		want string
	}{
		{"never less than is lacking", standard.Shortfall{Amount: measure.Of(0.0001), Counts: counts("m²")}, "0.01 m²"},
		{"people are whole", standard.Shortfall{Amount: measure.Of(2.1), Counts: counts("人"), Whole: true}, "3 人"},
		{"the error of binary arithmetic adds nobody", standard.Shortfall{Amount: measure.Of(2 + 1e-12), Counts: counts("人"), Whole: true}, "2 人"},
		{"a pure number has no word behind it", standard.Shortfall{Amount: measure.Of(0.05), Counts: measure.Measure{}}, "0.05"},
	}
	ctx := shell.With(context.Background(), &shell.View{Language: message.Chinese})
	for _, c := range cases {
		if got := shell.AmountText(ctx, c.lack, 2); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
