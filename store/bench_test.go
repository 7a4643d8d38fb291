package store_test

import (
	"context"
	"fmt"
	"testing"

	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

func benchmarkStore(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(context.Background(), store.Options{DataDir: b.TempDir(), KeyFile: testKey})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

func insertPersons(b *testing.B, s *store.Store, n int) {
	b.Helper()
	err := action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "person.action.create", Do: func(ctx context.Context, tx action.Tx) error {
		persons := make([]person.Person, n)
		for i := range persons {
			persons[i] = person.Person{ID: tx.NewID(), Name: fmt.Sprint("姓名", i), Phone: "13800001234"}
		}
		return s.InsertPersons(ctx, persons...)
	}})
	if err != nil {
		b.Fatal(err)
	}
}

// One action with one row: what a saved form costs, with the sync of the disk.
func BenchmarkOneRow(b *testing.B) {
	s := benchmarkStore(b)
	for b.Loop() {
		insertPersons(b, s, 1)
	}
}

// One action with many rows: what an import costs, three sealed columns and the chain included.
func BenchmarkTenThousandRows(b *testing.B) {
	s := benchmarkStore(b)
	for b.Loop() {
		insertPersons(b, s, 10_000)
	}
}

func BenchmarkVerifyTenThousandRows(b *testing.B) {
	s := benchmarkStore(b)
	insertPersons(b, s, 10_000)
	for b.Loop() {
		if report, err := s.Verify(context.Background()); err != nil || len(report.Findings) > 0 {
			b.Fatal(report, err)
		}
	}
}

// One import of 20,000 rows with two personal columns, the chain included; then the same again with one cell changed in each row.
func BenchmarkTwentyThousandRowsOfARegister(b *testing.B) {
	s := benchmarkStore(b)
	r := staff()
	if err := s.RegistersOpen(context.Background(), r); err != nil {
		b.Fatal(err)
	}
	hours := 0.0
	for b.Loop() {
		hours++
		rows := make([]register.Row, 20_000)
		for i := range rows {
			rows[i] = staffRow(fmt.Sprint("S", i/100), fmt.Sprint(i), "王小明", hours)
		}
		var changes register.Changes
		if err := tryUpsert(s, r, register.Batch{Rows: rows}, &changes); err != nil {
			b.Fatal(err)
		}
	}
}

// facts returns the facts of 10,000 schools with two sections each, in two school years, from a store that holds 40,000 rows.
func facts(b *testing.B) (*store.Store, *register.Live) {
	b.Helper()
	s, scope, ctx := benchmarkStore(b), smallScope(b), context.Background()
	units := []unit.Unit{{Code: "990121", Name: "某县", Kind: unit.County}}
	for i := range 10_000 {
		school := unit.Unit{Code: fmt.Sprint(2199000001 + i), Name: fmt.Sprint("学校", i), Kind: unit.School, Parent: "990121", Stages: []unit.Stage{unit.Primary, unit.Junior}}
		units = append(append(units, school), unit.Sections(school)...)
	}
	if _, err := s.UnitsImport(ctx, action.TheProgram(), units, false); err != nil {
		b.Fatal(err)
	}
	r, _ := scope.Register("section_year")
	if err := s.RegistersOpen(ctx, scope.Registers()...); err != nil {
		b.Fatal(err)
	}
	year, _ := period.Parse("2024-2025")
	periods := []period.Period{year, year.Next()}
	for _, p := range periods {
		var rows []register.Row
		for _, u := range units {
			if u.Kind == unit.Section {
				rows = append(rows, register.Row{Unit: u.Code, Period: p, Cells: []register.Cell{{Known: true, Number: 40}, {Known: true}, {Known: true, Text: "good"}}})
			}
		}
		var changes register.Changes
		if err := tryUpsert(s, r, register.Batch{Rows: rows}, &changes); err != nil {
			b.Fatal(err)
		}
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		b.Fatal(err)
	}
	live, err := register.NewLive(ctx, s, register.Ask{Scope: scope, Tree: tree, Periods: periods})
	if err != nil {
		b.Fatal(err)
	}
	return s, live
}

// What a start reads: every row of the store into the frame.
func BenchmarkFactsAreBuilt(b *testing.B) {
	_, live := facts(b)
	for b.Loop() {
		if err := live.Rebuild(context.Background(), live.Facts().Ask()); err != nil {
			b.Fatal(err)
		}
	}
}

// What follows a stored row: its unit is read again and its totals move.
func BenchmarkFactsFollowARow(b *testing.B) {
	_, live := facts(b)
	for b.Loop() {
		if err := live.Refresh(context.Background(), "section_year", "2199000500-primary"); err != nil {
			b.Fatal(err)
		}
	}
}
