package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"jiaoheng"
	"jiaoheng/action"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/store"
)

// Rows that live are counted in the present periods from the first row on, and grow late when a day passes, although nobody
// writes anything.
func TestADeskCountsRowsThatLiveDayByDay(t *testing.T) {
	folder, now := t.TempDir(), start
	s := mustOpen(t, store.Options{DataDir: folder, KeyFile: testKey, Clock: func() time.Time { return now }})
	ctx := context.Background()
	if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
		t.Fatal(err)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	openRegisters(t, s, set.Everything().Registers()...)
	findings, _ := set.Everything().Register("finding")
	d := round.NewDesk(set, s)
	overdue := func() measure.Value {
		facts, _, err := d.Facts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		view := facts.Frame.Snapshot()
		year, _ := period.Parse("2026")
		item, known := view.Item("findings_overdue")
		at, held := view.Period(year)
		school, _ := facts.Ask().Tree.Number("2199000001")
		if !known || !held {
			t.Fatal("no item or no period")
		}
		return view.Value(school, item, at)
	}
	if got := overdue(); !got.Equal(measure.Of(0)) && !got.Equal(measure.MissingFor("findings_overdue")) {
		t.Errorf("no rows: %s", got.Text("en"))
	}
	row := register.Row{Unit: "2199000001", Cells: make([]register.Cell, len(findings.Columns)), Origin: register.Origin{Kind: "form", At: start}}
	for i, column := range findings.Columns {
		text := map[string]string{"number": "一", "title": "围墙开裂", "found_on": "2026-08-20", pack.ColumnState: findings.Life.States[0].Name,
			pack.ColumnSince: "2026-08-20", pack.ColumnDue: "2026-09-01"}[column.Name]
		if text != "" {
			row.Cells[i] = register.Cell{Known: true, Text: text}
		}
	}
	upsert(t, s, findings, register.Batch{Rows: []register.Row{row}})
	if got := overdue(); !got.Equal(measure.Of(0)) {
		t.Errorf("on the day of the deadline: %s", got.Text("en"))
	}
	if years, err := d.Periods(ctx, period.Year); err != nil || len(years) != 3 || !slices.IsSortedFunc(years, func(a, b period.Period) int { return a.Start.Year - b.Start.Year }) || years[2].String() != "2026" {
		t.Errorf("periods: %v, %v", years, err)
	}
	now = now.Add(24 * time.Hour)
	if got := overdue(); !got.Equal(measure.Of(1)) {
		t.Errorf("the day after: %s", got.Text("en"))
	}
}
