package pack_test

import (
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
)

func TestAMinimalPackHasNoFaults(t *testing.T) {
	files := fstest.MapFS{"packs/small/pack.yaml": {Data: []byte(
		"pack: small\nversion: \"1\"\nname: 小\nenglish: Small\nabout: 例\nabout_english: An example\n")}}
	set, faults := pack.Load(files, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	if set.Closure("small") == nil || len(set.Digest("small")) != 64 {
		t.Error("small has no scope or no digest")
	}
}
