package store_test

import (
	"context"
	"slices"
	"testing"

	"jiaoheng/action"
	"jiaoheng/calendar"
	"jiaoheng/period"
	"jiaoheng/store"
)

func fillHolidays(t *testing.T, s *store.Store) {
	t.Helper()
	days := []calendar.Day{{On: period.Date{Year: 2027, Month: 1, Day: 1}, Name: "元旦", Off: true}, {On: period.Date{Year: 2027, Month: 1, Day: 2}, Name: "补班"}}
	if _, err := calendar.Import(context.Background(), s, action.TheProgram(), days, false); err != nil {
		t.Fatal(err)
	}
}

func TestDaysReadInAreKept(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		fillHolidays(t, s)
		first := period.Date{Year: 2027, Month: 1, Day: 1}
		again := []calendar.Day{{On: first, Name: "元旦", Off: true}, {On: first.AddDays(1), Name: "休息", Off: true}, {On: first.AddDays(2), Name: "元旦", Off: true}}
		for _, dry := range []bool{true, false} {
			changes, err := calendar.Import(ctx, s, action.TheProgram(), again, dry)
			if err != nil || changes != (calendar.Changes{Inserted: 1, Updated: 1, Unchanged: 1}) {
				t.Fatalf("dry %v: %+v %v", dry, changes, err)
			}
		}
		stored, err := s.Holidays(ctx)
		want := []calendar.Day{{On: first, Name: "元旦", Off: true, Version: 1}, {On: first.AddDays(1), Name: "休息", Off: true, Version: 2}, {On: first.AddDays(2), Name: "元旦", Off: true, Version: 1}}
		if err != nil || !slices.Equal(stored, want) {
			t.Errorf("stored %+v %v", stored, err)
		}
		if report, err := s.Verify(ctx); err != nil || len(report.Findings) > 0 {
			t.Errorf("the chain: %+v %v", report.Findings, err)
		}
	})
}
