package pack_test

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
	if len(set.Packs) == 0 {
		t.Fatal("there are no packs")
	}
	for _, p := range set.Packs {
		if set.Closure(p.Name) == nil || len(set.Digest(p.Name)) != 64 {
			t.Errorf("%s has no scope or no digest", p.Name)
		}
	}
}
