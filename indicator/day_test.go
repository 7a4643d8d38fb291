package indicator

import (
	"testing"

	"jiaoheng/period"
)

func parse(t *testing.T, text string) period.Period {
	t.Helper()
	p, ok := period.Parse(text)
	if !ok {
		t.Fatalf("no period %s", text)
	}
	return p
}

func TestDayOfAPeriod(t *testing.T) {
	for text, want := range map[string]string{"2023-2024": "2023-09-01", "2023-2024/1": "2023-09-01", "2023-2024/2": "2024-02-01",
		"2023": "2023-12-31", "2024-02": "2024-02-29", "2024-03-15": "2024-03-15"} {
		if got := Day(parse(t, text)).String(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestPeriodsThatBelongTogether(t *testing.T) {
	cases := []struct {
		of   string
		kind period.Kind
		want string
	}{
		{"2023-2024", period.SchoolYear, "2023-2024"},
		{"2023-2024", period.Year, "2023"},
		{"2023", period.SchoolYear, "2023-2024"},
		{"2023-2024", period.Term, "2023-2024/1"},
		{"2023", period.Term, "2023-2024/1"},
		{"2024-03", period.Term, "2023-2024/2"},
		{"2024-01", period.Term, "2023-2024/1"},
		{"2023-2024/2", period.SchoolYear, "2023-2024"},
		{"2024-03", period.SchoolYear, "2023-2024"},
		{"2023-2024", period.Month, "2024-08"},
		{"2024-03", period.Day, "2024-03-31"},
		{"2023-2024", 0, "2023-2024"},
	}
	for _, c := range cases {
		if got := Match(parse(t, c.of), c.kind).String(); got != c.want {
			t.Errorf("%s as %d: %s, want %s", c.of, c.kind, got, c.want)
		}
	}
}
