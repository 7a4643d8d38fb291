//go:build shared

package irt

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

const quant = "../../../shared/quant/"

type expected struct {
	LogLik     float64         `json:"logLik"`
	Slope      []float64       `json:"slope"`
	Steps      json.RawMessage `json:"step_intercepts"`
	Difficulty json.RawMessage `json:"difficulty"`
	AbilitySD  float64         `json:"ability_sd"`
	SE         []float64       `json:"se"`
	EAP        []float64       `json:"eap"`
	EAPSD      []float64       `json:"eap_sd"`
}

func readShared(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(quant + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// readPatterns reads a table of patterns with a last column of frequencies.
func readPatterns(t *testing.T, name string) Data {
	t.Helper()
	text, err := os.ReadFile(quant + name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	head := strings.Split(lines[0], ",")
	d := Data{Items: head[:len(head)-1]}
	for _, line := range lines[1:] {
		for column, cell := range strings.Split(line, ",") {
			if column == len(d.Items) {
				weight, err := strconv.ParseFloat(cell, 64)
				if err != nil {
					t.Fatal(err)
				}
				d.Weights = append(d.Weights, weight)
				continue
			}
			score := Missing
			if cell != "" {
				if score, err = strconv.Atoi(cell); err != nil {
					t.Fatal(err)
				}
			}
			d.Scores = append(d.Scores, byte(score))
		}
	}
	return d
}

func flat(t *testing.T, raw json.RawMessage) []float64 {
	t.Helper()
	var one []float64
	if json.Unmarshal(raw, &one) == nil {
		return one
	}
	var nested [][]float64
	if err := json.Unmarshal(raw, &nested); err != nil {
		t.Fatal(err)
	}
	return join(nested)
}

func join(nested [][]float64) []float64 {
	var out []float64
	for _, list := range nested {
		out = append(out, list...)
	}
	return out
}

func farthestApart(t *testing.T, got, want []float64) float64 {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d values, want %d", len(got), len(want))
		return math.NaN()
	}
	worst := 0.0
	for i := range got {
		worst = max(worst, math.Abs(got[i]-want[i]))
	}
	return worst
}

func TestReferenceValues(t *testing.T) {
	for _, set := range []string{"irt_lsat6", "irt_mathexam13", "fetched/irt_science4"} {
		var file struct {
			Models map[string]expected `json:"models"`
		}
		readShared(t, set+".expected.json", &file)
		data := readPatterns(t, set+".csv")
		for name, want := range file.Models {
			got, err := Fit(data, Options{Model: Model(name)})
			if err != nil {
				t.Fatal(err)
			}
			checks := []struct {
				what       string
				apart, bar float64
			}{
				{"logLik", math.Abs(got.LogLik - want.LogLik), 1e-8},
				{"slope", farthestApart(t, got.Slope, want.Slope), 1e-7},
				{"step intercepts", farthestApart(t, join(got.Intercepts), flat(t, want.Steps)), 1e-7},
				{"difficulty", farthestApart(t, join(got.Difficulty), flat(t, want.Difficulty)), 1e-7},
				{"ability SD", math.Abs(got.AbilitySD - want.AbilitySD), 1e-7},
				{"se", farthestApart(t, got.SE, want.SE), 1e-6},
				{"eap", farthestApart(t, got.EAP, want.EAP), 1e-7},
				{"eap sd", farthestApart(t, got.EAPSD, want.EAPSD), 1e-7},
				{"gradient", got.Certificate.Gradient, 1e-8},
			}
			for _, c := range checks {
				t.Logf("%s %s: %s %.2g", set, name, c.what, c.apart)
				if !(c.apart <= c.bar) {
					t.Errorf("%s %s: %s is %g away, at most %g", set, name, c.what, c.apart, c.bar)
				}
			}
			t.Logf("%+v", got.Certificate)
			if !got.Certificate.Converged || len(got.Certificate.Boundary) > 0 {
				t.Errorf("%s %s: %+v", set, name, got.Certificate)
			}
		}
	}
}

// The graded response model agrees with the peer within the looseness of its tolerance, and reaches no lower a likelihood.
func TestGradedAgreesWithThePeer(t *testing.T) {
	var file struct {
		Mirt struct {
			Graded struct {
				LogLik float64 `json:"logLik"`
				Coef   map[string]map[string]float64
			}
		}
	}
	readShared(t, "fetched/irt_science4.expected.json", &file)
	want := file.Mirt.Graded
	got, err := Fit(readPatterns(t, "fetched/irt_science4.csv"), Options{Model: GRM})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.LogLik-want.LogLik) > 5e-6 || got.LogLik < want.LogLik-1e-9 {
		t.Errorf("log-likelihood %.9f, peer %.9f", got.LogLik, want.LogLik)
	}
	for item, name := range got.Items {
		peer := []float64{want.Coef[name]["a1"], want.Coef[name]["d1"], want.Coef[name]["d2"], want.Coef[name]["d3"]}
		if apart := farthestApart(t, append([]float64{got.Slope[item]}, got.Intercepts[item]...), peer); !(apart < 1e-5) {
			t.Errorf("%s is %g from the peer", name, apart)
		}
	}
}
