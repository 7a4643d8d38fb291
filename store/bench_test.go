package store_test

import (
	"context"
	"fmt"
	"testing"

	"jiaoheng/action"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/store"
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
