package period_test

import (
	"testing"
	"time"

	"jiaoheng/message"
	"jiaoheng/period"
	"pgregory.net/rapid"
)

func TestParseAndShow(t *testing.T) {
	cases := []struct{ text, from, to, next, zh string }{
		{"2024", "2024-01-01", "2024-12-31", "2025", "2024年"},
		{"2023-2024", "2023-09-01", "2024-08-31", "2024-2025", "2023—2024学年"},
		{"2023-2024/1", "2023-09-01", "2024-01-31", "2023-2024/2", "2023—2024学年第一学期"},
		{"2023-2024/2", "2024-02-01", "2024-08-31", "2024-2025/1", "2023—2024学年第二学期"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-03", "2024年2月"},
		{"2024-12-31", "2024-12-31", "2024-12-31", "2025-01-01", "2024年12月31日"},
	}
	for _, c := range cases {
		p, ok := period.Parse(c.text)
		if !ok {
			t.Errorf("%s is not read", c.text)
			continue
		}
		if p.String() != c.text || p.From().String() != c.from || p.To().String() != c.to || p.Next().String() != c.next || p.Text(message.Chinese) != c.zh {
			t.Errorf("%s: %s from %s to %s next %s %s", c.text, p, p.From(), p.To(), p.Next(), p.Text(message.Chinese))
		}
		if back := p.Next().Previous(); back != p {
			t.Errorf("%s: next and back gives %s", c.text, back)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "24", "2024-13", "2023-2025", "2023-2024/3", "2023-02-29", "2024-3", "２０２４", "2024-03-15 ", "abcd", "2024-1a"} {
		if p, ok := period.Parse(text); ok {
			t.Errorf("%q is read as %s", text, p)
		}
	}
}

func TestParseDateTakesUsualForms(t *testing.T) {
	for _, text := range []string{"2024-03-05", "2024-3-5", "2024/3/5", "2024.03.05", "2024年3月5日"} {
		if d, ok := period.ParseDate(text); !ok || d.String() != "2024-03-05" {
			t.Errorf("%q: %v %v", text, d, ok)
		}
	}
	for _, text := range []string{"2024-02-30", "2024-3", "5/3/2024", "2024-03-05x", ""} {
		if d, ok := period.ParseDate(text); ok {
			t.Errorf("%q is read as %v", text, d)
		}
	}
}

func TestEveryDayLiesInItsSchoolYearAndInOneTerm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := period.Date{Year: 2000, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 20000).Draw(t, "days"))
		year := period.SchoolYearOf(d)
		if !year.Contains(d) || year.Next().Contains(d) {
			t.Fatalf("%s is not in %s alone", d, year)
		}
		first, _ := period.Parse(year.String() + "/1")
		second, _ := period.Parse(year.String() + "/2")
		if first.Contains(d) == second.Contains(d) {
			t.Fatalf("%s lies in both terms or in none", d)
		}
	})
}

// Days begin by the clock of China, wherever the program runs.
func TestDayAtIsThatOfChina(t *testing.T) {
	for _, c := range []struct{ instant, day string }{{"2025-12-31T15:59:59Z", "2025-12-31"}, {"2025-12-31T16:00:00Z", "2026-01-01"}, {"2025-12-31T11:00:00-05:00", "2026-01-01"}} {
		at, err := time.Parse(time.RFC3339, c.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := period.DayAt(at).String(); got != c.day {
			t.Errorf("%s: got %s, want %s", c.instant, got, c.day)
		}
	}
}
