package packtest_test

import (
	"testing"

	"jiaoheng"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest"
)

// Every file of tests of every pack passes, computed by the engine and by the oracle.
func TestPacks(t *testing.T) {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	for _, p := range set.Packs {
		for _, file := range packtest.RunPack(set, p.Name) {
			t.Run(file.Name, func(t *testing.T) {
				for _, f := range file.Faults {
					t.Error(f.Text(message.English))
				}
				for _, r := range file.Results {
					if !r.Passed {
						t.Error(r.Text(message.English))
					}
				}
			})
		}
	}
}
