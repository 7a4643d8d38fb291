package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
)

// rowsOf writes the rows of a source as "unit:cell" in their order.
func rowsOf(t *testing.T, source register.Source, r *pack.Register, query register.Query) (text string) {
	t.Helper()
	for row, err := range source.RegisterEach(context.Background(), r, query) {
		if err != nil {
			t.Fatal(err)
		}
		text += fmt.Sprintf("%s %s:%g ", row.Unit, row.Period, row.Cells[0].Number)
	}
	return text
}

// What was known at an instant is read again whatever was changed, added or taken away since, units included.
func TestThePastIsReadAsItWasKnown(t *testing.T) {
	first := start
	t.Cleanup(func() { start = first })
	number := func(n float64) register.Cell { return register.Cell{Known: true, Number: n} }
	eachDatabase(t, func(t *testing.T, db database) {
		start = first
		s, _, _ := db.open(t)
		ctx := context.Background()
		l := newLive(t, s, county())
		r, _ := l.scope.Register("extra")
		next, _ := period.Parse("2026-2027")
		l.put("extra", "2199000001", number(3))
		start = start.Add(time.Hour)
		l.put("extra", "2199000001", number(5))
		l.year = next
		l.put("extra", "2199000001", number(8))
		units := county()
		units[1].Name = "乙中心学校"
		if _, err := s.UnitsImport(ctx, action.TheProgram(), units, false); err != nil {
			t.Fatal(err)
		}
		start = start.Add(time.Hour)
		l.take("extra", "2199000001") // the row of the first year
		start = start.Add(time.Hour)
		for _, c := range []struct {
			name  string
			hours int
			rows  string
			next  string // of the second year alone
			unit  string
		}{
			{"before anything", -1, "", "", ""},
			{"first", 0, "2199000001 2025-2026:3 ", "", "甲中心学校"},
			{"changed, added, renamed", 1, "2199000001 2025-2026:5 2199000001 2026-2027:8 ", "2199000001 2026-2027:8 ", "乙中心学校"},
			{"taken away", 2, "2199000001 2026-2027:8 ", "2199000001 2026-2027:8 ", "乙中心学校"},
			{"now", 3, "2199000001 2026-2027:8 ", "2199000001 2026-2027:8 ", "乙中心学校"},
		} {
			past, err := s.AsOf(ctx, first.Add(time.Duration(c.hours)*time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			if got := rowsOf(t, past, r, register.Query{}); got != c.rows {
				t.Errorf("%s: got %q, want %q", c.name, got, c.rows)
			}
			if got := rowsOf(t, past, r, register.Query{Period: next}); got != c.next {
				t.Errorf("%s, second year: got %q, want %q", c.name, got, c.next)
			}
			checkPastUnits(t, past, c.name, c.unit)
			reported, err := past.RegisterReported(ctx, r)
			if reports, failed := past.RegisterUnits(ctx, r, register.Query{}); err != nil || failed != nil || len(reported) != reports["2199000001"].Rows {
				t.Errorf("%s: reported %v, %v, %v", c.name, reported, reports, err)
			}
		}
		past, _ := s.AsOf(ctx, start)
		for _, err := range past.RegisterEach(ctx, r, register.Query{Under: "990121"}) {
			if err == nil {
				t.Error("a query that the past cannot answer was answered")
			}
		}
		mustVerify(t, s)
	})
}

func checkPastUnits(t *testing.T, past *store.Past, name, want string) {
	t.Helper()
	units, err := past.Units(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, u := range units {
		if u.Code == "2199000001" {
			got = u.Name
		}
	}
	history, err := past.History(context.Background())
	if err != nil || got != want || history == nil {
		t.Errorf("%s: unit %q, want %q, %v", name, got, want, err)
	}
}
