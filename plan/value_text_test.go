package plan_test

import (
	"testing"

	"jiaoheng/message"
	"jiaoheng/plan"
)

func TestValueText(t *testing.T) {
	cases := []struct {
		name   string
		fields map[string]string
		want   string
	}{
		{"at least", map[string]string{"comparator": ">=", "value": "95", "unit": "%"}, "不低于 95%"},
		{"at most", map[string]string{"comparator": "<=", "value": "1.5", "unit": "%"}, "不超过 1.5%"},
		{"bare", map[string]string{"comparator": "=", "value": "12345.678", "unit": "人"}, "12,345.678人"},
		{"range", map[string]string{"comparator": "range", "value": "40", "value_max": "1000", "unit": "人"}, "40—1,000人"},
		{"increase, about, per", map[string]string{"comparator": "increase", "value": "3", "unit": "所", "approx": "1", "per": "乡镇"}, "每乡镇约增加 3所"},
		{"decrease", map[string]string{"comparator": "decrease", "value": "-1200", "unit": ""}, "减少 -1,200"},
		{"wording", map[string]string{"verbal": "过半"}, "过半"},
		{"nothing", nil, ""},
	}
	for _, c := range cases {
		if got := plan.ValueText(message.Chinese, c.fields); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDateTextAndOwners(t *testing.T) {
	for date, want := range map[string]string{"2025": "2025年", "2025-06": "2025年6月", "2025-12-31": "2025年12月31日", "2021-2025": "2021—2025年", "每学期": "每学期", "": ""} {
		if got := plan.DateText(message.Chinese, date); got != want {
			t.Errorf("%q: got %q, want %q", date, got, want)
		}
	}
	for text, want := range map[string][2]string{"县教育局、县财政局，各乡镇": {"县教育局", "县财政局、各乡镇"}, "学校": {"学校", ""}, "": {"", ""}, "、": {"", ""}} {
		if lead, others := plan.Owners(text); lead != want[0] || others != want[1] {
			t.Errorf("%q: got %q and %q", text, lead, others)
		}
	}
}
