package store_test

import (
	"context"
	"testing"

	"jiaoheng"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/store"
)

// deskFact stores the pupils and the teachers above the required degree of the primary section of the test county.
func deskFact(t *testing.T, s *store.Store, r *pack.Register, p period.Period, pupils, above float64) string {
	t.Helper()
	row := register.Row{Unit: "2199000001-primary", Period: p, Cells: make([]register.Cell, len(r.Columns)), Origin: register.Origin{Kind: "form", At: start}}
	for i, column := range r.Columns {
		switch column.Name {
		case "pupils":
			row.Cells[i] = register.Cell{Known: true, Number: pupils}
		case "teachers_above":
			row.Cells[i] = register.Cell{Known: true, Number: above}
		}
	}
	changes := upsert(t, s, r, register.Batch{Rows: []register.Row{row}})
	return changes.Rows[0].ID
}

// above returns the value of R1 of the school in a period, as text.
func above(t *testing.T, d *round.Desk, p period.Period) string {
	t.Helper()
	outcome, err := d.Evaluate(context.Background(), round.Question{Pack: "balanced", Period: p})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range outcome.Lines() {
		if line.Code == "R1" && line.Unit == "2199000001" && line.Stage == "primary" {
			return line.Value.Text("zh")
		}
	}
	return "no line"
}

// A desk shows what is stored, whoever wrote it: its own program, another one, a new period, a change of units.
func TestDeskFollowsWhatIsStored(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		set, faults := pack.Load(jiaoheng.Packs, nil)
		if faults != nil {
			t.Fatal(faults)
		}
		openRegisters(t, s, set.Everything().Registers()...)
		sections, _ := set.Everything().Register("section_year")
		d := round.NewDesk(set, s)
		year, _ := period.Parse("2025-2026")
		if got := above(t, d, year); got == "4.3" || got == "no line" {
			t.Errorf("nothing reported: %s", got)
		}
		deskFact(t, s, sections, year, 1000, 43)
		if got := above(t, d, year); got != "4.3" {
			t.Errorf("reported: %s", got)
		}
		id := deskFact(t, s, sections, year, 1000, 42)
		if got := above(t, d, year); got != "4.2" {
			t.Errorf("changed: %s", got)
		}
		before := year.Previous()
		deskFact(t, s, sections, before, 500, 25)
		if got := above(t, d, before); got != "5" {
			t.Errorf("another period: %s", got)
		}
		renamed := county()
		renamed[1].Name = "乙中心学校"
		if _, err := s.UnitsImport(ctx, action.TheProgram(), renamed, false); err != nil {
			t.Fatal(err)
		}
		if facts, _, err := d.Facts(ctx); err != nil || facts.Ask().Tree.At(1).Name != "乙中心学校" {
			t.Errorf("units: %v", err)
		}
		err := action.Do(ctx, s, action.TheProgram(), action.Write{Name: "register.action.delete", Reason: "误报", Do: func(ctx context.Context, _ action.Tx) error {
			return s.RegisterDelete(ctx, sections, id)
		}})
		if err != nil {
			t.Fatal(err)
		}
		if got := above(t, d, year); got == "4.2" || got == "no line" {
			t.Errorf("taken away: %s", got)
		}
	})
}
