package jiaoheng_test

import (
	"os"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/message"
	"jiaoheng/pack"
)

func TestThePacksOfTheProgramHaveNoFaults(t *testing.T) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	for _, p := range set.Packs {
		if set.Closure(p.Name) == nil || len(set.Digest(p.Name)) != 64 {
			t.Errorf("%s has no scope or no digest", p.Name)
		}
	}
	if set.Closure("balanced") == nil {
		t.Error("there is no pack balanced")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, faults := pack.Load(jiaoheng.Packs, nil); faults != nil {
			b.Fatal(faults.Text(message.Chinese))
		}
	}
}

// The page about the pack of plans names all its registers and every parameter of the lights, so that nobody has to guess them.
func TestThePageAboutThePackOfPlansNamesWhatItHolds(t *testing.T) {
	page, err := os.ReadFile("docs/plan-pack.md")
	if err != nil {
		t.Fatal(err)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	plans, known := set.Pack("plan")
	if !known {
		t.Fatal("there is no pack plan")
	}
	said := func(name string) bool { return strings.Contains(string(page), "`"+name+"`") }
	for _, r := range plans.Registers {
		if !said(r.Name) {
			t.Errorf("docs/plan-pack.md does not name the register %s", r.Name)
		}
		if r.Name != "plan_task" {
			continue
		}
		for _, state := range r.Life.States {
			if !state.Final && !state.Pause && !said(state.Name) {
				t.Errorf("docs/plan-pack.md does not name the state %s", state.Name)
			}
		}
	}
	for _, p := range plans.Parameters {
		if lights := strings.HasPrefix(p.Name, "light_") || strings.HasPrefix(p.Name, "rollup_"); lights && !said(p.Name) {
			t.Errorf("docs/plan-pack.md does not name the parameter %s", p.Name)
		}
	}
}
