package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/audit"
	"jiaoheng/person"
	"jiaoheng/store"
)

func TestNumbersHaveNoGapsWhenManyActAtOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		const workers, each = 8, 10
		var mutex sync.Mutex
		var numbers []int64
		failed := errors.New("this one fails and gives its number back")
		var group sync.WaitGroup
		for worker := range workers {
			group.Go(func() {
				for i := range each {
					err := action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "store.action.start", Do: func(ctx context.Context, tx action.Tx) error {
						number, err := tx.Next(ctx, "letter.2026")
						if err == nil && (worker+i)%5 == 0 {
							return failed
						}
						mutex.Lock()
						defer mutex.Unlock()
						numbers = append(numbers, number)
						return err
					}})
					if err != nil && !errors.Is(err, failed) {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		slices.Sort(numbers)
		for i, number := range numbers {
			if number != int64(i+1) {
				t.Fatalf("numbers have gaps or doubles: %v", numbers)
			}
		}
		if len(numbers) != workers*each*4/5 {
			t.Errorf("got %d numbers", len(numbers))
		}
		mustVerify(t, s)
	})
}

// Of several who change the same row at the same time each change is stored or refused as stale, and none is lost.
func TestOneRowChangedByManyAtOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		p, _ := fillPersons(t, s)
		var group sync.WaitGroup
		var mutex sync.Mutex
		stored := int64(0)
		for worker := range 8 {
			group.Go(func() {
				now, err := s.Person(context.Background(), p.ID)
				if err != nil {
					t.Error(err)
					return
				}
				now.Phone = fmt.Sprintf("1380000%04d", worker)
				err = person.Update(context.Background(), s, action.TheProgram(), access.Unit{}, now)
				mutex.Lock()
				defer mutex.Unlock()
				if err == nil {
					stored++
				} else if code(err) != "action.stale" {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if last, err := s.Person(context.Background(), p.ID); err != nil || stored == 0 || last.Version != p.Version+stored {
			t.Errorf("stored %d changes, version %d → %d, %v", stored, p.Version, last.Version, err)
		}
		mustVerify(t, s)
	})
}

// A failing or panicking action leaves nothing behind, neither rows nor an entry.
func TestAFailedActionLeavesNothing(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		before := head(t, s)
		insert := func(ctx context.Context, tx action.Tx) {
			if err := s.InsertPersons(ctx, person.Person{ID: tx.NewID(), Name: "甲"}); err != nil {
				t.Fatal(err)
			}
		}
		failed := errors.New("failed")
		write := action.Write{Name: "person.action.create", Do: func(ctx context.Context, tx action.Tx) error {
			insert(ctx, tx)
			return failed
		}}
		if err := action.Do(context.Background(), s, action.TheProgram(), write); !errors.Is(err, failed) {
			t.Errorf("got %v", err)
		}
		write.Do = func(ctx context.Context, tx action.Tx) error {
			insert(ctx, tx)
			panic("a programmer's error")
		}
		if !panics(func() { _ = action.Do(context.Background(), s, action.TheProgram(), write) }) {
			t.Error("the panic was swallowed")
		}
		if persons, err := s.Persons(context.Background(), "", 10); err != nil || len(persons) != 0 {
			t.Errorf("left behind: %v, %v", persons, err)
		}
		if after := head(t, s); after != before {
			t.Errorf("the chain moved from %v to %v", before, after)
		}
		mustVerify(t, s)
	})
}

func panics(do func()) (did bool) {
	defer func() { did = recover() != nil }()
	do()
	return false
}

func head(t *testing.T, s *store.Store) audit.Head {
	t.Helper()
	h, err := s.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestWritesOutsideOfAnActionPanic(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	if !panics(func() { _ = s.InsertPersons(context.Background(), person.Person{ID: "x"}) }) {
		t.Error("a write without an action was taken")
	}
	var kept context.Context
	do(t, s, func(ctx context.Context, _ action.Tx) error {
		kept = ctx
		return nil
	})
	if !panics(func() { _ = s.InsertPersons(kept, person.Person{ID: "x"}) }) {
		t.Error("a write after its action was taken")
	}
	nested := func() {
		do(t, s, func(ctx context.Context, _ action.Tx) error {
			return action.Do(ctx, s, action.TheProgram(), action.Write{Name: "store.action.start"})
		})
	}
	if !panics(nested) {
		t.Error("actions nest")
	}
}

// The chain is not continued over traces of a hand: a wrong head, an altered row.
func TestNothingIsWrittenOverAlteredRows(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, raw := db.open(t)
		p, _ := fillPersons(t, s)
		execute(t, raw, `update person set name_index = 'x'`)
		if err := person.Update(context.Background(), s, action.TheProgram(), access.Unit{}, p); code(err) != "audit.row_altered" {
			t.Errorf("a write over an altered row: %v", err)
		}
		execute(t, raw, `update audit_head set sequence = sequence - 1`)
		if _, err := person.Create(context.Background(), s, action.TheProgram(), access.Unit{}, person.Person{Name: "甲"}); code(err) != "audit.head_altered" {
			t.Errorf("a write over an altered head: %v", err)
		}
		execute(t, raw, `update failure set tries = 0`)
		if _, err := person.SignIn(context.Background(), s, hasher(t), start, filledLogin, goodPassword, "10.0.0.1"); code(err) != "audit.row_altered" {
			t.Errorf("a sign-in over an altered count: %v", err)
		}
	})
}

func TestSessionsExpireAndAlteredOnesAreNotFound(t *testing.T) {
	folder, now := t.TempDir(), start
	s := mustOpen(t, store.Options{DataDir: folder, KeyFile: testKey, Clock: func() time.Time { return now }})
	ctx, sessions := context.Background(), s.Sessions()
	for _, token := range []string{"a", "b"} {
		if err := sessions.CommitCtx(ctx, token, []byte("data "+token), start.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if err := sessions.CommitCtx(ctx, "a", []byte("newer"), start.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if data, found, err := sessions.FindCtx(ctx, "a"); string(data) != "newer" || !found || err != nil {
		t.Errorf("got %q, %v, %v", data, found, err)
	}
	now = start.Add(90 * time.Minute)
	if _, found, err := sessions.FindCtx(ctx, "b"); found || err != nil {
		t.Errorf("an expired session was found: %v", err)
	}
	if err := s.Tidy(ctx); err != nil {
		t.Fatal(err)
	}
	now = start // the clock goes back: what expired is gone all the same
	if _, found, err := sessions.FindCtx(ctx, "b"); found || err != nil {
		t.Errorf("an expired session was kept: %v", err)
	}
	if err := sessions.DeleteCtx(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := sessions.FindCtx(ctx, "a"); found {
		t.Error("an ended session was found")
	}
	mustVerify(t, s)
}
