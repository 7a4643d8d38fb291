package jiaoheng_test

import (
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
