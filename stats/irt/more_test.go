package irt

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
)

func TestInformationIsTheCurvatureOfTheAnswers(t *testing.T) {
	for _, c := range allModels {
		r := fitted(t, someTruth(6, c.tops, c.kind, 31).answers(400, 0, 32), Options{Model: c.model})
		const ability, h = 0.4, 1e-5
		want := 0.0
		for item := range r.Items {
			for k := range r.Categories[item] {
				p := plainProbability(r, item, ability, k)
				slope := (plainProbability(r, item, ability+h, k) - plainProbability(r, item, ability-h, k)) / (2 * h)
				want += slope * slope / p
			}
		}
		got := r.Information([]float64{ability})[0]
		if math.Abs(got.Information-want) > 1e-6*want || math.Abs(*got.SEM-1/math.Sqrt(want)) > 1e-6 {
			t.Errorf("%s: information %g, want %g", c.model, got.Information, want)
		}
	}
}

func TestMapHoldsEveryPersonAndStep(t *testing.T) {
	r := fitted(t, someTruth(6, []int{1, 3}, Adjacent, 33).answers(400, 0, 34), Options{Model: GPCM})
	m := r.Map()
	persons := m.Below + m.Above
	for _, n := range m.Persons {
		persons += n
	}
	if persons != 400 || len(m.Items) != 12 {
		t.Errorf("%g persons and %d steps, want 400 and 12", persons, len(m.Items))
	}
	for i := 1; i < len(m.Items); i++ {
		if m.Items[i].Difficulty < m.Items[i-1].Difficulty {
			t.Error("the items do not stand in order of difficulty")
		}
	}
}

func TestLevelsShareAllPersons(t *testing.T) {
	r := fitted(t, someTruth(12, []int{1}, Adjacent, 35).answers(2000, 0, 36), Options{Model: TwoPL})
	levels, err := r.Levels([]float64{-1, 0, 1})
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{0.1587, 0.3413, 0.3413, 0.1587} // of the normal distribution that the model assumes
	share, byMean, persons := 0.0, 0.0, 0.0
	for i, level := range levels {
		share, byMean, persons = share+level.Share, byMean+level.ByMean, persons+level.Persons
		if math.Abs(level.Share-want[i]) > 0.02 {
			t.Errorf("level %d has a share of %g, want about %g", i+1, level.Share, want[i])
		}
	}
	if math.Abs(share-1) > 1e-12 || math.Abs(byMean-1) > 1e-12 || persons != 2000 {
		t.Errorf("shares sum to %g and %g, persons to %g", share, byMean, persons)
	}
	if levels[0].ByMean >= levels[0].Share {
		t.Error("means shrink to the centre: fewer of them lie in the lowest level")
	}
	for _, cuts := range [][]float64{{1, 0}, {0, 0}, {math.NaN()}} {
		if _, err := r.Levels(cuts); err == nil {
			t.Errorf("cuts %v must be refused", cuts)
		}
	}
}

func TestItemFitHoldsItsLevelAndFindsMisfit(t *testing.T) {
	rejected, tested := 0, 0
	for run := range uint64(5) {
		r := fitted(t, someTruth(15, []int{1, 1, 2}, Adjacent, 50+run).answers(1000, 0, 70+run), Options{Model: GPCM})
		for _, f := range r.ItemFits() {
			if f.P == nil {
				t.Fatalf("no fit of %s", f.Item)
			}
			if tested++; *f.P < 0.05 {
				rejected++
			}
		}
	}
	if share := float64(rejected) / float64(tested); share > 0.1 {
		t.Errorf("%d of %d items of a true model rejected at 5 %%", rejected, tested)
	}
	guessed := someTruth(15, []int{1}, Adjacent, 91)
	guessed.kind[4] = Guessed
	guessed.beta[4] = []float64{-2.5, 2.5, -1} // c = 0.27 on a hard, steep item
	r := fitted(t, guessed.answers(4000, 0, 92), Options{Model: Rasch})
	if f := r.ItemFits()[4]; f.P == nil || *f.P > 0.001 {
		t.Errorf("an item that is guessed fits Rasch: %+v", f)
	}
}

func TestPlausibleValues(t *testing.T) {
	known := someTruth(12, []int{1}, Adjacent, 37)
	d := known.answers(1500, 0.02, 38)
	r := fitted(t, d, Options{Model: TwoPL})
	first, err := r.Plausible(5, 99, Groups{})
	if err != nil {
		t.Fatal(err)
	}
	mean, square, n := 0.0, 0.0, 0.0
	for _, values := range first.Values {
		for _, v := range values {
			mean, square, n = mean+v, square+v*v, n+1
		}
	}
	mean /= n
	if sd := math.Sqrt(square/n - mean*mean); math.Abs(mean) > 0.03 || math.Abs(sd-1) > 0.03 {
		t.Errorf("plausible values have mean %g and SD %g, want 0 and 1", mean, sd)
	}
	again, err := r.Plausible(5, 99, Groups{})
	if err != nil || first.Values[3][7] != again.Values[3][7] {
		t.Error("the same seed must give the same values")
	}
	other, err := r.Plausible(5, 100, Groups{})
	if err != nil || first.Values[3][7] == other.Values[3][7] {
		t.Error("another seed must give other values")
	}
	if _, err := r.Plausible(MaxPlausible+1, 1, Groups{}); err == nil {
		t.Error("too many values must be refused")
	}
}

// Groups whose true means are 1 apart keep that distance in plausible values conditioned on them; means of abilities do not.
func TestConditioningKeepsDifferencesOfGroups(t *testing.T) {
	known := someTruth(6, []int{1}, Adjacent, 39)
	high := someTruth(6, []int{1}, Adjacent, 39)
	for item := range high.beta { // an ability of 1 more is a step intercept that is higher by the slope
		high.beta[item][0] += high.beta[item][1]
	}
	low, up := known.answers(4000, 0, 40), high.answers(4000, 0, 41)
	d := Data{Items: low.Items, Scores: append(low.Scores, up.Scores...)}
	groups := Groups{Names: []string{"low", "high"}}
	for row := range d.Rows() {
		groups.Of = append(groups.Of, int32(row/4000))
	}
	r := fitted(t, d, Options{Model: TwoPL})
	pv, err := r.Plausible(1, 5, groups)
	if err != nil {
		t.Fatal(err)
	}
	spread := math.Sqrt(1 + 0.25) // of both groups together, which the model calls 1
	if got := (pv.Groups[1].Mean - pv.Groups[0].Mean) * spread; math.Abs(got-1) > 0.08 || !pv.Converged {
		t.Errorf("groups are %g apart, want 1; %+v", got, pv.Groups)
	}
	drawn, means := 0.0, 0.0
	for row := range d.Rows() {
		sign := float64(2*(row/4000)-1) / 4000
		drawn += sign * pv.Values[0][row]
		means += sign * r.EAP[row]
	}
	if math.Abs(drawn*spread-1) > 0.1 || means > drawn {
		t.Errorf("plausible values differ by %g, means by %g, truth is %g", drawn, means, 1/spread)
	}
}

func TestResultIsOneJSONDocument(t *testing.T) {
	d := someTruth(5, []int{1, 2}, Adjacent, 42).answers(200, 0.1, 43)
	r := fitted(t, d, Options{Model: TwoPL})
	var out bytes.Buffer
	fit := r.Measures()
	fit.Items = r.ItemFits()
	if err := r.WriteJSON(&out, fit, map[string]any{"map": r.Map()}); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Model, Requested string
		LogLik           float64
		Step             [][]float64 `json:"step_intercepts"`
		EAP              []*float64  `json:"eap"`
		Map              *PersonMap
		Certificate      map[string]any
	}
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Model != "GPCM" || back.Requested != "2PL" || back.LogLik != r.LogLik || len(back.Step) != 5 || len(back.EAP) != 200 || back.Map == nil {
		t.Errorf("got %+v", back)
	}
	for _, key := range []string{"maxabs_gradient", "starts", "iterations", "nodes", "boundary", "converged"} {
		if _, there := back.Certificate[key]; !there {
			t.Errorf("the certificate has no %s", key)
		}
	}
}
