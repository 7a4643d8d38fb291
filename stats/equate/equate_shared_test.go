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

const quant = "../../../shared/quant/fetched/"

// The ACT mathematics forms of Kolen and Brennan, against the reference.
func TestActMathematicsAgreesWithTheReference(t *testing.T) {
	x, y := actForms(t)
	var want struct {
		Results map[string][]Point `json:"results"`
	}
	data, err := os.ReadFile(quant + "equate_actmath.expected.json")
	if err == nil {
		err = json.Unmarshal(data, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]Options{
		"mean": {Type: Mean}, "linear": {Type: Linear}, "equipercentile": {Type: Equipercentile},
		"equip_loglin": {Type: Equipercentile, Smooth: true, Degree: 6},
	}
	for name, o := range cases {
		result, err := Groups(x, y, o)
		if err != nil {
			t.Fatal(err)
		}
		worst, worstSE := 0.0, 0.0
		for i, point := range result.Points {
			worst = max(worst, math.Abs(point.Equated-want.Results[name][i].Equated))
			if se := want.Results[name][i].SE; se != nil {
				worstSE = max(worstSE, math.Abs(*point.SE-*se))
			}
		}
		t.Logf("%s: largest difference %.2g, of the standard error %.2g", name, worst, worstSE)
		if !(worst <= 1e-9) || !(worstSE <= 1e-9) {
			t.Errorf("%s differs by %g, its standard error by %g", name, worst, worstSE)
		}
	}
}

func actForms(t *testing.T) (Form, Form) {
	t.Helper()
	file, err := os.Open(quant + "equate_actmath.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var x, y Form
	for _, row := range rows[1:] {
		var numbers [3]float64
		for i := range numbers {
			numbers[i], _ = strconv.ParseFloat(row[i], 64)
		}
		x.Scores, x.Counts = append(x.Scores, numbers[0]), append(x.Counts, numbers[1])
		y.Scores, y.Counts = append(y.Scores, numbers[0]), append(y.Counts, numbers[2])
	}
	return x, y
}
