package shell

import (
	"strings"
	"testing"
)

func TestACodeHoldsTheWholeAddress(t *testing.T) {
	for _, length := range []int{20, 120, 220} {
		path, width, err := CodePath("https://" + strings.Repeat("a", length))
		if err != nil || width < 21+8 || !strings.HasPrefix(path, "M") || strings.ContainsAny(path, "\"<>") {
			t.Errorf("%d letters: width %d, %v", length, width, err)
		}
	}
	if _, _, err := CodePath(strings.Repeat("a", 5000)); err == nil {
		t.Error("a code for 5,000 letters")
	}
}
