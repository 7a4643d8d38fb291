package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/store"
)

// fillRound stores one frozen round and returns it.
func fillRound(t *testing.T, s *store.Store) round.Kept {
	t.Helper()
	p, _ := period.Parse("2024-2025")
	kept := round.Kept{Name: "年度评估", Reason: "年度汇总", Pack: "balanced", Version: "2026.1", Period: p, Unit: "110101", Verdict: "fail", Digest: "abc", Person: "anna",
		Frozen: round.Frozen{Inputs: []byte(`{"units":["` + strings.Repeat("学校", 5000) + `"]}`), Results: []byte(`{"verdict":"fail"}`), Digest: "abc"}}
	err := action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "round.action.keep", Thing: access.Thing{Class: access.Fact},
		Do: func(ctx context.Context, tx action.Tx) error {
			kept.ID, kept.At = tx.NewID(), tx.Now().Truncate(1e6).UTC()
			return s.InsertRound(ctx, kept)
		}})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestRoundsAreKeptAsTheyWere(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		first, second := fillRound(t, s), fillRound(t, s)
		all, err := s.Rounds(context.Background())
		if err != nil || len(all) != 2 || all[0].ID != second.ID && all[1].ID != second.ID || all[0].Frozen.Inputs != nil {
			t.Fatalf("%+v %v", all, err)
		}
		got, err := s.Round(context.Background(), first.ID)
		if err != nil || string(got.Frozen.Inputs) != string(first.Frozen.Inputs) || string(got.Frozen.Results) != string(first.Frozen.Results) ||
			got.Frozen.Digest != "abc" || !got.At.Equal(first.At) || got.Period != first.Period || got.Reason != first.Reason {
			t.Fatalf("%+v %v", got, err)
		}
		if _, err := s.Round(context.Background(), "none"); !errors.Is(err, round.ErrNotFound) {
			t.Fatal(err)
		}
	})
}
