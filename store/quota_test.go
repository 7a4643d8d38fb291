package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/register"
	"jiaoheng/store"
)

var drawn = register.QuotaDraw{Quota: "observing", Period: "2025-2026/1", Unit: "110000", Seed: "07", Person: "someone", At: time.UnixMilli(1_760_000_000_000).UTC(),
	Share: 5, Least: 2, Units: []register.DrawnUnit{{Unit: "110101", Of: 3, Digest: "ab", Rows: []string{"r2", "r1"}}}}

func insertDraw(s *store.Store) error {
	return action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "quota.action.draw", Thing: access.Thing{Class: access.Record},
		Do: func(ctx context.Context, _ action.Tx) error { return s.QuotaDrawInsert(ctx, drawn) }})
}

func fillQuotaDraws(t *testing.T, s *store.Store) {
	t.Helper()
	if err := insertDraw(s); err != nil {
		t.Fatal(err)
	}
}

func TestADrawIsMadeOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		fillQuotaDraws(t, s)
		if faults := fault.Of(insertDraw(s)); len(faults) != 1 || faults[0].Code != "quota.drawn" {
			t.Errorf("a second draw: %v", faults)
		}
		got, there, err := s.QuotaDraw(context.Background(), "observing", "2025-2026/1", "110000")
		if err != nil || !there || !reflect.DeepEqual(got, drawn) {
			t.Errorf("%+v %v %v", got, there, err)
		}
		if _, there, err := s.QuotaDraw(context.Background(), "observing", "2025-2026/2", "110000"); err != nil || there {
			t.Errorf("another term: %v %v", there, err)
		}
	})
}
