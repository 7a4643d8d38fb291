package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/assessment/progress"
	"jiaoheng/store"
)

// fillStudy stores one study with a result and returns both.
func fillStudy(t *testing.T, s *store.Store) (progress.Study, progress.Kept) {
	t.Helper()
	study := progress.Standard("110101", "2026届进步值", "entry", "exit", true)
	study.Person, study.Version = "anna", 1
	kept := progress.Kept{Person: "anna", Digest: "abc", Inputs: []byte(`{"sums":"` + strings.Repeat("数", 5000) + `"}`), Results: []byte(`{"parts":[]}`)}
	do(t, s, func(ctx context.Context, tx action.Tx) error {
		study.ID, study.At = tx.NewID(), tx.Now().Truncate(1e6).UTC()
		kept.ID, kept.Study, kept.At = tx.NewID(), study.ID, study.At
		return errors.Join(s.StudyInsert(ctx, study), s.StudyResultInsert(ctx, kept))
	})
	return study, kept
}

func TestStudiesAreKeptAsTheyWere(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		study, kept := fillStudy(t, s)
		fillStudy(t, s)
		all, err := s.Studies(ctx, 1)
		if err != nil || len(all) != 1 {
			t.Fatalf("%+v %v", all, err)
		}
		got, err := s.Study(ctx, study.ID)
		if err != nil || got.Name != study.Name || len(got.Waves) != 2 || !got.Waves[0].Elsewhere || !got.At.Equal(study.At) || got.Version != 1 {
			t.Fatalf("%+v %v", got, err)
		}
		results, err := s.StudyResults(ctx, study.ID)
		if err != nil || len(results) != 1 || results[0].Inputs != nil {
			t.Fatalf("%+v %v", results, err)
		}
		result, err := s.StudyResult(ctx, kept.ID)
		if err != nil || string(result.Inputs) != string(kept.Inputs) || string(result.Results) != string(kept.Results) || result.Digest != "abc" {
			t.Fatalf("%+v %v", result, err)
		}
		for _, id := range []string{"none", study.ID} {
			if _, err := s.StudyResult(ctx, id); !errors.Is(err, progress.ErrNotFound) {
				t.Fatal(err)
			}
		}
		got.Publication = "p1"
		stale := got
		write := func(one progress.Study) error {
			return action.Do(ctx, s, action.TheProgram(), action.Write{Name: "progress.action.publish", Thing: access.Thing{Class: access.Fact},
				Do: func(ctx context.Context, _ action.Tx) error { return s.StudyUpdate(ctx, one) }})
		}
		if err := write(got); err != nil {
			t.Fatal(err)
		}
		if again, err := s.Study(ctx, study.ID); err != nil || again.Publication != "p1" || again.Version != 2 {
			t.Fatalf("%+v %v", again, err)
		}
		if err := write(stale); err == nil {
			t.Fatal("a stale version was written")
		}
	})
}
