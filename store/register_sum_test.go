package store_test

import (
	"context"
	"testing"

	"jiaoheng/register"
)

// TestUnitsAndTotalsOfARegister checks what lists of registers show: rows of each unit, and columns added up.
func TestUnitsAndTotalsOfARegister(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		r := staff()
		openRegisters(t, s, r)
		empty := staffRow("2133010002", "D", "丁", 0)
		empty.Cells[3] = register.Cell{}
		upsert(t, s, r, register.Batch{Rows: []register.Row{staffRow("2133010001", "A", "甲", 12), staffRow("2133010001", "B", "乙", 14.5), empty}})
		ctx := context.Background()
		units, err := s.RegisterUnits(ctx, r, register.Query{})
		if err != nil || len(units) != 2 || units["2133010001"].Rows != 2 || units["2133010002"].Rows != 1 || !units["2133010001"].Last.Equal(start) {
			t.Errorf("units %v, %v", units, err)
		}
		totals, err := s.RegisterTotals(ctx, r, register.Query{}, "hours")
		if err != nil || totals["hours"] != 26.5 {
			t.Errorf("totals %v, %v", totals, err)
		}
		if totals, err = s.RegisterTotals(ctx, r, register.Query{Unit: "2133010002"}, "hours"); err != nil || len(totals) != 0 {
			t.Errorf("totals of empty cells %v, %v", totals, err)
		}
		for _, column := range []string{"name", "title", "points", "none"} {
			if _, err := s.RegisterTotals(ctx, r, register.Query{}, column); err == nil {
				t.Errorf("%s is added up", column)
			}
		}
	})
}
