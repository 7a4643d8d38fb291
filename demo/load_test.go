package demo_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"jiaoheng/demo"
	"jiaoheng/person"
	"jiaoheng/store"
)

func TestLoadMakesPeopleWhoCanSignInOnce(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("0a", 32)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	hasher, err := person.NewHasher(person.Cost{Memory: 64, Passes: 1, Threads: 1}, 2, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time finds everything there
		if err := demo.Load(ctx, s, hasher); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range demo.Members() {
		account, err := person.SignIn(ctx, s, hasher, time.Now(), m.Account, demo.Password, "127.0.0.1")
		if err != nil {
			t.Errorf("%s: %v", m.Account, err)
			continue
		}
		presence, err := person.PresenceOf(ctx, s, account.ID, account.Generation, "2026-09-01")
		if err != nil || presence.Post.Role != m.Role || presence.Person.Name != m.Name {
			t.Errorf("%s: %+v %v", m.Account, presence.Post, err)
		}
	}
	if report, err := s.Verify(ctx); err != nil || len(report.Findings) > 0 {
		t.Errorf("verify: %v %v", report.Findings, err)
	}
}
