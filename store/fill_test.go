package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/secret"
	"jiaoheng/store"
)

// fill writes at least one row into every table, through the same actions as the program.
func fill(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	for range 2 {
		do(t, s, func(ctx context.Context, tx action.Tx) error {
			_, err := tx.Next(ctx, "letter.2026")
			return err
		})
	}
	for i := range 3 {
		if err := s.Sessions().CommitCtx(ctx, fmt.Sprint("token", i), []byte("data"), start.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
		t.Fatal(err)
	}
	fillPlan(t, s)
	master, err := secret.ParseMaster(strings.Repeat("ab", 32))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeMaster(ctx, action.TheProgram(), master); err != nil {
		t.Fatal(err)
	}
}

func do(t *testing.T, s *store.Store, write func(ctx context.Context, tx action.Tx) error) {
	t.Helper()
	err := action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "store.action.start", Thing: access.Thing{Class: access.System}, Do: write})
	if err != nil {
		t.Fatal(err)
	}
}
