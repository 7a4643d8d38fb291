//go:build shared

package item_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"jiaoheng/stats/item"
)

// The published examination of psychotools has every figure computed elsewhere; ours agree within 1e-12.
func TestPublishedExamination(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "quant")
	data := readExam(t, filepath.Join(folder, "ctt_mathexam13.csv"))
	result, faults := item.Analyse(data, item.Options{})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	raw, err := os.ReadFile(filepath.Join(folder, "ctt_mathexam13.expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want, got map[string]any
	ours, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(ours, &got); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, part := range []string{"ctt", "dif_MH"} {
		compare(t, part, want[part], got[part], &compared)
	}
	if compared < 200 {
		t.Fatalf("only %d figures compared", compared)
	}
}

func compare(t *testing.T, at string, want, got any, compared *int) {
	t.Helper()
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		for key, value := range w {
			if _, ok := g[key]; !ok {
				t.Errorf("%s.%s is missing", at, key)
				continue
			}
			compare(t, at+"."+key, value, g[key], compared)
		}
	case []any:
		g, _ := got.([]any)
		if len(g) != len(w) {
			t.Errorf("%s: %d entries, want %d", at, len(g), len(w))
			return
		}
		for k := range w {
			compare(t, fmt.Sprintf("%s[%d]", at, k), w[k], g[k], compared)
		}
	case float64:
		*compared++
		g, ok := got.(float64)
		if !ok || math.Abs(g-w) > 1e-12*math.Max(1, math.Abs(w)) {
			t.Errorf("%s = %v, want %v", at, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s = %v, want %v", at, got, want)
		}
	}
}

func readExam(t *testing.T, path string) item.Data {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	d := item.Data{Names: rows[0][2:], Groups: []string{"female", "male"}}
	columns := make([][]float64, len(d.Names))
	for _, row := range rows[1:] {
		g := uint8(0)
		if row[1] == "male" {
			g = 1
		}
		d.Group = append(d.Group, g)
		for i := range columns {
			v, err := strconv.ParseFloat(row[i+2], 64)
			if err != nil {
				t.Fatal(err)
			}
			columns[i] = append(columns[i], v)
		}
	}
	scores, scale, faults := item.Pack(d.Names, columns)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	d.Scores, d.Scale = scores, scale
	return d
}
