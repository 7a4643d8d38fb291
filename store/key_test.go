package store_test

import (
	"context"
	"strings"
	"testing"

	"jiaoheng/action"
	"jiaoheng/secret"
	"jiaoheng/store"
)

func TestKeysAreChangedWithoutLosingAnything(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, raw := db.open(t)
		ctx := context.Background()
		p, account := fillPersons(t, s)
		before := texts(t, raw, `select name from person`)[0]
		if err := s.NewPersonKey(ctx, action.TheProgram()); err != nil {
			t.Fatal(err)
		}
		after := texts(t, raw, `select name from person`)[0]
		if key := strings.Split(before, ".")[1]; strings.Contains(after, key) {
			t.Error("the person is still sealed under the older key")
		}
		if got, err := s.Person(ctx, p.ID); err != nil || got.Name != filledName || got.Identity != filledIdentity {
			t.Errorf("got %+v, %v", got, err)
		}
		if got, err := s.AccountByLogin(ctx, filledLogin); err != nil || got.ID != account.ID {
			t.Errorf("got %+v, %v", got, err)
		}
		mustVerify(t, s)
	})
}

func TestAChangedMasterOpensAtTheNextStart(t *testing.T) {
	s, folder, _ := onSQLite().open(t)
	p, _ := fillPersons(t, s)
	digits := strings.Repeat("cd", 32)
	master, err := secret.ParseMaster(digits)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeMaster(context.Background(), action.TheProgram(), master); err != nil {
		t.Fatal(err)
	}
	if err := s.NewPersonKey(context.Background(), action.TheProgram()); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := store.Open(context.Background(), store.Options{DataDir: folder, KeyFile: testKey}); code(err) != "secret.master_wrong" {
		t.Errorf("the older master still opens: %v", err)
	}
	again := mustOpen(t, store.Options{DataDir: folder, KeyFile: digits})
	if got, err := again.Person(context.Background(), p.ID); err != nil || got.Name != filledName {
		t.Errorf("got %+v, %v", got, err)
	}
	mustVerify(t, again)
}
