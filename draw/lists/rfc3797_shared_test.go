//go:build shared

package lists_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"jiaoheng/draw/lists"
)

func TestPublishedVectorOfRFC3797(t *testing.T) {
	raw, err := os.ReadFile("../../../shared/optim/rfc3797/vector_rfc.json")
	if err != nil {
		t.Fatal(err)
	}
	var vector struct {
		Key      string   `json:"key_string"`
		Pool     int      `json:"pool"`
		Selected []int    `json:"selected_in_order"`
		MD5      []string `json:"md5_in_order"`
	}
	if err := json.Unmarshal(raw, &vector); err != nil {
		t.Fatal(err)
	}
	picks, err := lists.Select3797(vector.Key, vector.Pool, len(vector.Selected))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(numbers(picks), vector.Selected) {
		t.Errorf("got %v, want %v", numbers(picks), vector.Selected)
	}
	for i, pick := range picks {
		if pick.MD5 != vector.MD5[i] {
			t.Errorf("pick %d: MD5 %s, want %s", i+1, pick.MD5, vector.MD5[i])
		}
	}
}
