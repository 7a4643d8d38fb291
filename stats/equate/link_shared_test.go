//go:build shared

package equate

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
)

func sharedRows(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open("../../../shared/quant/fetched/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestLinksOfThePublishedForms(t *testing.T) {
	items := map[string]LinkItem{}
	for _, row := range sharedRows(t, "link_kb04.csv") {
		var p [3]float64
		for i := range p {
			var err error
			if p[i], err = strconv.ParseFloat(row[2+i], 64); err != nil {
				t.Fatal(err)
			}
		}
		items[row[0]+row[1]] = LinkItem{Name: row[1], Slope: p[0], Steps: []float64{p[1]}, Guess: p[2]}
	}
	var fresh, old []LinkItem
	for _, row := range sharedRows(t, "link_kb04_common.csv") {
		fresh, old = append(fresh, items["new"+row[0]]), append(old, items["old"+row[1]])
	}
	var want struct{ Symmetric, Asymmetric [][2]float64 }
	data, err := os.ReadFile("../../../shared/quant/fetched/link_kb04.expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	for i, method := range LinkMethods {
		for symmetric, rows := range map[bool][][2]float64{true: want.Symmetric, false: want.Asymmetric} {
			link, err := LinkScales(fresh, old, method, LinkOptions{Symmetric: symmetric, Factor: 1.7})
			if err != nil {
				t.Fatal(err)
			}
			apart := max(math.Abs(link.Slope-rows[i][0]), math.Abs(link.Intercept-rows[i][1]))
			t.Logf("%s, symmetric %v: %.2g", method, symmetric, apart)
			if apart > 1e-6 || !link.Converged {
				t.Errorf("%s, symmetric %v: %g from the reference, %+v", method, symmetric, apart, link)
			}
		}
	}
}
