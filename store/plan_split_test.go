package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/store"
)

func splitOf(id, parent string, number int, value float64) target.Split {
	goal := target.Goal{Direction: target.AtLeast, Value: target.Sure(value), Unit: "%", Deadline: period.Date{Year: 2027, Month: 12, Day: 31}}
	return target.Split{Decision: target.Decision{ID: id, Number: number, State: target.Proposed, By: "anna", At: start, Reason: "按县域情况"}, Plan: "plan", Target: "1.T1",
		Parent: parent, Shares: []target.Share{{Unit: "S1", Goal: goal}, {Unit: "S2", Goal: goal, Reason: "薄弱"}}}
}

func fillSplit(t *testing.T, s *store.Store) {
	do(t, s, func(ctx context.Context, _ action.Tx) error {
		return s.SplitInsert(ctx, splitOf("split", "county", 1, 95))
	})
}

func TestSplitsHoldFromTheirApprovalToTheNext(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		first, second := start.Add(time.Hour), start.Add(3*time.Hour)
		approve := func(id string, at time.Time) {
			do(t, s, func(ctx context.Context, _ action.Tx) error {
				split, err := s.Split(ctx, id)
				split.State, split.ApprovedBy, split.ApprovedAt = target.Approved, "bert", at
				return errors.Join(err, s.SplitUpdate(ctx, split))
			})
		}
		for i, split := range []target.Split{splitOf("a", "county", 1, 95), splitOf("b", "county", 2, 96), splitOf("c", "other", 1, 90), splitOf("d", "county", 3, 97)} {
			do(t, s, func(ctx context.Context, _ action.Tx) error { return s.SplitInsert(ctx, split) })
			if waiting, err := s.SplitsProposed(ctx, "plan"); err != nil || len(waiting) != i+1 || waiting[i].ID != split.ID {
				t.Fatalf("proposed: %v, %v", waiting, err)
			}
		}
		approve("a", first)
		approve("c", first)
		approve("b", second)
		ids := func(splits []target.Split, err error) (ids string) {
			if err != nil {
				t.Fatal(err)
			}
			for _, split := range splits {
				ids += split.ID
				if len(split.Shares) != 2 || split.Shares[1].Reason != "薄弱" || split.Shares[0].Goal.Unit != "%" {
					t.Errorf("shares of %s: %+v", split.ID, split.Shares)
				}
			}
			return ids
		}
		for _, c := range []struct {
			name, want, got string
		}{
			{"before", "", ids(s.SplitsOn(ctx, "plan", first.Add(-time.Second)))},
			{"on the moment", "ac", ids(s.SplitsOn(ctx, "plan", first))},
			{"between", "ac", ids(s.SplitsOn(ctx, "plan", second.Add(-time.Second)))},
			{"after", "bc", ids(s.SplitsOn(ctx, "plan", second))},
			{"now", "bc", ids(s.SplitsInForce(ctx, "plan"))},
			{"versions", "abd", ids(s.SplitVersions(ctx, "plan", "1.T1", "county"))},
			{"another plan", "", ids(s.SplitsInForce(ctx, "another"))},
		} {
			if c.got != c.want {
				t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
			}
		}
		if _, err := s.Split(ctx, "nobody"); !errors.Is(err, target.ErrNotFound) {
			t.Errorf("no split: %v", err)
		}
		if split, err := s.Split(ctx, "b"); err != nil || split.ApprovedBy != "bert" || !split.ApprovedAt.Equal(second) || split.Reason != "按县域情况" || split.Number != 2 {
			t.Errorf("got %+v, %v", split, err)
		}
		mustVerify(t, s)
	})
}

// BenchmarkSplitsInForce reads 400 targets that a city shared out to 15 counties and these to 60 schools each: 366,000 shares.
func BenchmarkSplitsInForce(b *testing.B) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: b.TempDir(), KeyFile: ""})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	shares := make([]target.Share, 60)
	for i := range shares {
		goal := target.Goal{Direction: target.AtLeast, Value: target.Sure(95.5), Unit: "%", Baseline: target.Sure(88.25 + float64(i)/10), BaselineYear: 2024, Deadline: period.Date{Year: 2027, Month: 12, Day: 31}}
		shares[i] = target.Share{Unit: "3499000" + string(rune('A'+i/10)) + string(rune('0'+i%10)), Goal: goal}
	}
	for n := range 400 {
		err := action.Do(ctx, s, action.TheProgram(), action.Write{Name: "store.action.start", Thing: access.Thing{Class: access.System}, Do: func(ctx context.Context, tx action.Tx) error {
			for parent := range 16 {
				split := splitOf(tx.NewID(), string(rune('a'+parent)), 1, 95)
				split.State, split.ApprovedAt, split.Target, split.Shares = target.Approved, start, target.Track(string(rune('a'+n/20))+string(rune('a'+n%20))), shares
				if parent == 15 {
					split.Shares = shares[:15]
				}
				if err := s.SplitInsert(ctx, split); err != nil {
					return err
				}
			}
			return nil
		}})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for b.Loop() {
		if splits, err := s.SplitsInForce(ctx, "plan"); err != nil || len(splits) != 6400 {
			b.Fatal(len(splits), err)
		}
	}
}
