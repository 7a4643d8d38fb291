package zh

import (
	"math"
	"testing"
)

func TestNumeral(t *testing.T) {
	cases := []struct {
		name, text string
		value      float64
		length     int
		ok         bool
	}{
		{"one digit", "三所", 3, 1, true},
		{"两", "两所", 2, 1, true},
		{"ten alone", "十所", 10, 1, true},
		{"teens", "十五所", 15, 2, true},
		{"tens", "二十所", 20, 2, true},
		{"hundreds", "一百二十人", 120, 4, true},
		{"a gap", "三百零五人", 305, 4, true},
		{"shortened hundreds", "一百二人", 120, 3, true},
		{"myriads", "两万三千元", 23000, 4, true},
		{"shortened myriads", "三万五元", 35000, 3, true},
		{"hundred millions", "一亿二千万元", 120000000, 5, true},
		{"a year in digits", "二〇三五年", 2035, 4, true},
		{"a decimal before 亿", "三点五亿", 3.5, 3, true},
		{"a decimal that is a time", "三点五十", 3, 1, true},
		{"two digits in a row", "三四所", 0, 0, false},
		{"a bare hundred", "百名", 0, 0, false},
		{"places out of order", "十百", 0, 0, false},
		{"no numeral", "学校", 0, 0, false},
		{"nothing", "", 0, 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			value, length, ok := Numeral([]rune(c.text))
			if value != c.value || length != c.length || ok != c.ok {
				t.Errorf("Numeral(%s) = %v, %d, %v; want %v, %d, %v", c.text, value, length, ok, c.value, c.length, c.ok)
			}
		})
	}
}

func TestShare(t *testing.T) {
	cases := []struct {
		name, text string
		percent    float64
		length     int
		ok         bool
	}{
		{"per cent", "百分之九十五以上", 95, 6, true},
		{"per cent with decimals", "百分之九十五点五", 95.5, 8, true},
		{"the whole", "百分之百", 100, 4, true},
		{"per mille", "千分之三", 0.3, 4, true},
		{"a fraction", "三分之二以上", 200.0 / 3, 4, true},
		{"tenths", "三成以上", 30, 2, true},
		{"tenths and a half", "三成五", 35, 3, true},
		{"not tenths", "一成为", 0, 0, false},
		{"a half", "一半", 50, 2, true},
		{"half of the heads", "半数以上", 50, 2, true},
		{"no share", "三所", 0, 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			percent, length, ok := Share([]rune(c.text))
			if math.Abs(percent-c.percent) > 1e-9 || length != c.length || ok != c.ok {
				t.Errorf("Share(%s) = %v, %d, %v; want %v, %d, %v", c.text, percent, length, ok, c.percent, c.length, c.ok)
			}
		})
	}
}

func FuzzNumeral(f *testing.F) {
	f.Add("一百二十")
	f.Add("百分之九十五点五")
	f.Fuzz(func(t *testing.T, text string) {
		runes := []rune(text)
		if _, n, _ := Numeral(runes); n > len(runes) {
			t.Errorf("Numeral(%q) reads %d of %d runes", text, n, len(runes))
		}
		if _, n, _ := Share(runes); n > len(runes) {
			t.Errorf("Share(%q) reads %d of %d runes", text, n, len(runes))
		}
	})
}
