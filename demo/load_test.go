package demo_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/person"
	"jiaoheng/plan"
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
	checkPlan(t, s)
	if report, err := s.Verify(ctx); err != nil || len(report.Findings) > 0 {
		t.Errorf("verify: %v %v", report.Findings, err)
	}
}

// The demo shows an adopted plan, reviewed in full, and on the desk its revision, which raises and lowers targets.
func checkPlan(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	desks := plan.NewDesks(s, func(context.Context, string) string { return "" })
	plans, err := desks.Plans(ctx)
	if err != nil || len(plans) != 1 || plans[0].Title != demo.PlanTitle || plans[0].Versions != 1 {
		t.Fatalf("plans %+v, %v", plans, err)
	}
	_, version, err := desks.Version(ctx, plans[0].ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[plan.Kind]int{}
	for _, node := range version.Content.Nodes {
		counts[node.Kind]++
		if node.Unreviewed {
			t.Errorf("%s %s was not reviewed", node.Kind, node.Fields["name"])
		}
	}
	if counts[plan.Target] < 30 || counts[plan.Task] < 15 || counts[plan.Fact] < 5 {
		t.Errorf("read %v", counts)
	}
	drafts, err := desks.Drafts(ctx)
	if err != nil || len(drafts) != 2 || drafts[0].State != plan.Reviewing || drafts[0].Plan != plans[0].ID || drafts[0].Progress.Reviewed == 0 {
		t.Fatalf("drafts %+v, %v", drafts, err)
	}
	_, revised, err := desks.Adopt(ctx, action.TheProgram(), drafts[0].ID, plan.Adoption{Title: demo.PlanTitle, Region: "澄源县", From: "2025", To: "2027", Head: drafts[0].Head, Unreviewed: true})
	if err != nil {
		t.Fatal(err)
	}
	changes := plan.Compare(version.Content, revised.Content)
	for aspect, want := range map[plan.Aspect]int{plan.Raised: 4, plan.Lowered: 2, plan.Dropped: 1, plan.New: 1} {
		if got := changes.Count(plan.Target, aspect); got != want {
			t.Errorf("%d targets are %s, want %d", got, aspect, want)
		}
	}
}
