package publication_test

import (
	"testing"

	"jiaoheng/publication"
)

// One row stands above its own totals: a lone small cell takes another with it, and the sum stays told.
func TestOneRowIsHiddenAsATable(t *testing.T) {
	hidden := publication.Hide(publication.Totals([][]int{{40, 3, 25, 0}}), 10)[0]
	if !hidden[1] || hidden[0] == hidden[2] || hidden[3] || hidden[4] {
		t.Errorf("hidden: %v", hidden)
	}
	for k, one := range publication.Hide(publication.Totals([][]int{{40, 12, 25, 0}}), 10)[0] {
		if one {
			t.Errorf("cell %d is hidden though none is small", k)
		}
	}
}
