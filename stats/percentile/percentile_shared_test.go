//go:build shared

package percentile

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
	"time"
)

const quant = "../../../shared/quant/fetched/"

func readScores(t testing.TB) (outcome, prior []float64, want []int) {
	file, err := os.Open(quant + "sgp_grade5_1prior.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(unpacked).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		y, _ := strconv.ParseFloat(row[1], 64)
		x, _ := strconv.ParseFloat(row[2], 64)
		p, _ := strconv.Atoi(row[3])
		outcome, prior, want = append(outcome, y), append(prior, x), append(want, p)
	}
	return outcome, prior, want
}

func TestGradeFiveAgreesWithTheReference(t *testing.T) {
	outcome, prior, want := readScores(t)
	var expected struct {
		N      int
		Knots  []Knots
		Losses []float64 `json:"check_loss_tau_0.095_0.495_0.895"`
		Mean   float64   `json:"mean_sgp"`
		Median float64   `json:"median_sgp"`
	}
	data, err := os.ReadFile(quant + "sgp_grade5_1prior.expected.json")
	if err == nil {
		err = json.Unmarshal(data, &expected)
	}
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	result, err := Fit(outcome, [][]float64{prior})
	if err != nil {
		t.Fatal(err)
	}
	// A pupil whose outcome is one of a fitted quantile exactly is not above it; the reference counts such quantiles as its rounding falls.
	equal, near, on := 0, 0, 0
	for i, p := range result.Percentile {
		if p == want[i] {
			equal++
		}
		if p-want[i] <= 1 && want[i]-p <= 1 {
			near++
		}
		ties := result.ties(int32(result.problem.entryOf[i]))
		if ties > 0 {
			on++
		}
		if want[i] < p || want[i] > min(max(p+ties, 1), 99) {
			t.Errorf("pupil %d (%g after %g): %d, not %d, with %d quantiles that equal the outcome", i, outcome[i], prior[i], p, want[i], ties)
		}
	}
	n := float64(len(want))
	t.Logf("%v, %d pivots, gap %.2g, %d groups of %d entries; %d pupils lie on a fitted quantile, all others are equal; equal %.4f, within one %.4f, mean %.4f (%.4f), median %g",
		time.Since(begin), result.Pivots, result.Gap, len(result.problem.first)-1, len(result.problem.raw), on, float64(equal)/n, float64(near)/n, result.Mean, expected.Mean, result.Median)
	if result.Complete != expected.N || float64(equal) < 0.95*n || float64(near) < 0.997*n || result.Median != expected.Median || math.Abs(result.Mean-expected.Mean) > 0.06 {
		t.Errorf("%d pupils, %d equal, %d within one, mean %g, median %g", result.Complete, equal, near, result.Mean, result.Median)
	}
	for k, j := range []int{9, 49, 89} {
		if got := result.Losses[j]; math.Abs(got/expected.Losses[k]-1) > 1e-9 {
			t.Errorf("check loss at %g is %.12g, not %.12g", Tau(j), got, expected.Losses[k])
		}
	}
	for k, knot := range expected.Knots[0].Knots {
		if result.Knots[0].Knots[k] != knot {
			t.Errorf("knots %v", result.Knots)
		}
	}
	for k, boundary := range expected.Knots[0].Boundaries {
		if math.Abs(result.Knots[0].Boundaries[k]-boundary) > 1e-9 {
			t.Errorf("boundaries %v", result.Knots)
		}
	}
}

// ties counts the fitted quantiles that equal an outcome.
func (r *Result) ties(entry int32) int {
	g, count := int(r.problem.group[entry])*Quantiles, 0
	for _, quantile := range r.quantiles[g : g+Quantiles] {
		if math.Abs(quantile-r.problem.raw[entry]) <= 1e-9*max(1, math.Abs(quantile)) {
			count++
		}
	}
	return count
}
