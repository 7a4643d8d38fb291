//go:build shared

package scale_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"jiaoheng/stats/scale"
)

// The reference table of assigned scores is reproduced row by row under all three rules of ties.
func TestPublishedMarks(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "quant")
	file, err := os.Open(filepath.Join(folder, "gcsemv_long.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var values []float64
	for _, line := range lines[1:] {
		if v, err := strconv.ParseFloat(line[4], 64); err == nil && line[3] == "written" {
			values = append(values, v)
		}
	}
	raw, err := os.ReadFile(filepath.Join(folder, "fufen_5band.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		t.Fatal(err)
	}
	marks, _ := scale.Tally(values)
	for _, ties := range []scale.Ties{scale.Reach, scale.Within, scale.Nearest} {
		var want []scale.Row
		if err := json.Unmarshal(parts[string(ties)], &want); err != nil {
			t.Fatal(err)
		}
		got, f := fiveBands(ties).Assign(marks, 0)
		if f != nil {
			t.Fatal(f)
		}
		if len(got) != len(want) {
			t.Fatalf("%s: %d rows, want %d", ties, len(got), len(want))
		}
		for k, w := range want {
			g := got[k]
			if g.Raw != w.Raw || g.Count != w.Count || g.Band != w.Band || g.Assigned != w.Assigned ||
				math.Abs(g.Exact-w.Exact) > 1e-12*w.Exact || math.Abs(g.CumShare-w.CumShare) > 1e-14 {
				t.Errorf("%s: %+v, want %+v", ties, g, w)
			}
		}
	}
}
