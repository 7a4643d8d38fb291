//go:build shared

package survey

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"jiaoheng/stats/table"
)

const quant = "../../../shared/quant/"

func readColumns(t *testing.T, name string) *table.Table {
	t.Helper()
	file, err := os.Open(quant + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out, err := table.Read(file, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func numbers(t *testing.T, from *table.Table, name string) []float64 {
	t.Helper()
	column, found := from.Column(name)
	if !found || column.Text {
		t.Fatalf("no column %s of numbers", name)
	}
	return column.Numbers
}

func codes(t *testing.T, from *table.Table, name string) ([]int32, []string) {
	t.Helper()
	column, found := from.Column(name)
	if !found {
		t.Fatalf("no column %s", name)
	}
	factor := column.Factor()
	return factor.Codes, factor.Levels
}

func expectedJSON(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(quant + name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

type pair struct{ Est, SE float64 }
type list struct{ Est, SE []float64 }
type apiResults struct {
	Mean   pair `json:"mean_api00"`
	Enroll pair `json:"total_enroll"`
	Ratio  pair
	Stype  list
	Median float64
	Deff   float64
	Reg    list
	ByType []struct {
		Stype     string
		Api00, SE float64
	} `json:"by_type"`
}

// checkAPI compares the estimates of one design with those of the reference.
func checkAPI(t *testing.T, name string, s *Sample, from *table.Table, want apiResults) {
	near := func(what string, got, want, tolerance float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
			t.Errorf("%s: %s is %.12g, not %.12g", name, what, got, want)
		}
	}
	both := func(what string, got Estimate, want pair) {
		t.Helper()
		near(what, got.Value, want.Est, 1e-9)
		near("error of "+what, got.SE, want.SE, 1e-7)
	}
	api00, api99 := numbers(t, from, "api00"), numbers(t, from, "api99")
	both("mean", s.Mean(api00, nil), want.Mean)
	both("total", s.Total(numbers(t, from, "enroll"), nil), want.Enroll)
	both("ratio", s.Ratio(api00, api99, nil), want.Ratio)
	kinds, levels := codes(t, from, "stype")
	for k, level := range levels {
		is := func(i int) bool { return kinds[i] == int32(k) }
		both("share of "+level, s.Share(is, nil), pair{want.Stype.Est[k], want.Stype.SE[k]})
		both("mean of "+level, s.Mean(api00, is), pair{want.ByType[k].Api00, want.ByType[k].SE})
	}
	near("median", s.Quantile(api00, 0.5, nil).Value, want.Median, 0)
	near("design effect", s.DesignEffect(api00, nil), want.Deff, 1e-9)
	one := make([]float64, s.Rows())
	for i := range one {
		one[i] = 1
	}
	fit, err := s.Regress(api00, [][]float64{one, numbers(t, from, "ell"), numbers(t, from, "meals")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for k := range fit.Values {
		both("coefficient", Estimate{Value: fit.Values[k], SE: fit.SE[k]}, pair{want.Reg.Est[k], want.Reg.SE[k]})
	}
}

func TestSchoolsOfCaliforniaAgreeWithTheReference(t *testing.T) {
	var want struct {
		Strat      apiResults `json:"apistrat_linearised"`
		Clus       apiResults `json:"apiclus1_linearised"`
		JKn        pair       `json:"apistrat_JKn_nofpc"`
		JK1        pair       `json:"apiclus1_JK1_nofpc"`
		Calibrated struct{ Mean pair }
	}
	expectedJSON(t, "survey_api.expected.json", &want)
	strat, clus := readColumns(t, "survey_apistrat.csv"), readColumns(t, "survey_apiclus1.csv")
	strata, _ := codes(t, strat, "stype")
	stratified, err := New(Spec{Weights: numbers(t, strat, "pw"), Strata: strata, Population: numbers(t, strat, "fpc")})
	if err != nil {
		t.Fatal(err)
	}
	checkAPI(t, "strata", stratified, strat, want.Strat)
	districts, _ := codes(t, clus, "dnum")
	clustered, err := New(Spec{Weights: numbers(t, clus, "pw"), Clusters: districts, Population: numbers(t, clus, "fpc")})
	if err != nil {
		t.Fatal(err)
	}
	checkAPI(t, "clusters", clustered, clus, want.Clus)
	kinds, _ := codes(t, clus, "stype")
	one := make([]float64, len(kinds))
	marks := indicators(kinds, 3)
	for i := range one {
		one[i] = 1
	}
	calibrated, err := clustered.Calibrate([][]float64{one, marks[1], marks[2]}, []float64{6194, 755, 1018})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		s      *Sample
		values []float64
		want   pair
		jack   bool
	}{
		"calibrated": {calibrated, numbers(t, clus, "api00"), want.Calibrated.Mean, false},
		"JKn":        {stratified, numbers(t, strat, "api00"), want.JKn, true},
		"JK1":        {clustered, numbers(t, clus, "api00"), want.JK1, true},
	} {
		got := c.s.Mean(c.values, nil)
		if c.jack {
			replicates, err := c.s.Jackknife()
			if err != nil {
				t.Fatal(err)
			}
			figures := replicates.Estimate(func(weights []float64) []float64 { return MeanOf(c.values, weights) })
			got = Estimate{Value: figures.Values[0], SE: figures.SE[0]}
		}
		t.Logf("%s: %.12g (%.12g), differences %.2g and %.2g", name, got.Value, got.SE, got.Value-c.want.Est, got.SE-c.want.SE)
		if math.Abs(got.Value-c.want.Est) > 1e-9*c.want.Est || math.Abs(got.SE-c.want.SE) > 1e-7*c.want.SE {
			t.Errorf("%s: %.12g (%.12g), not %.12g (%.12g)", name, got.Value, got.SE, c.want.Est, c.want.SE)
		}
	}
}

func TestPlausibleValuesAgreeWithTheReference(t *testing.T) {
	type figure struct {
		Est      any
		Sampling any `json:"sampling_var"`
		Between  any `json:"imputation_var"`
		SE       any
		One      any `json:"se_first_pv_rule"`
	}
	var want struct{ Results map[string]map[string]figure }
	expectedJSON(t, "fetched/pv_timssaut.expected.json", &want)
	data := readColumns(t, "fetched/pv_timssaut.csv")
	zones, _ := codes(t, data, "JKZONE")
	var units []int8
	for _, unit := range numbers(t, data, "JKREP") {
		units = append(units, int8(unit))
	}
	replicates, err := JK2(numbers(t, data, "TOTWGT"), zones, units, false)
	if err != nil {
		t.Fatal(err)
	}
	one := make([]float64, data.Rows)
	for i := range one {
		one[i] = 1
	}
	statistics := map[string]func(values, weights []float64) []float64{
		"mean": MeanOf, "sd": SDOf, "reg_female": RegressionOf([][]float64{one, numbers(t, data, "female")}),
	}
	for subject, figures := range want.Results {
		var values [][]float64
		for _, k := range "12345" {
			values = append(values, numbers(t, data, "PV"+string(k)+subject))
		}
		for name, expected := range figures {
			got := replicates.Combine(values, statistics[name])
			for what, sides := range map[string][2][]float64{
				"est": {got.Values, floats(expected.Est)}, "sampling": {got.Sampling, floats(expected.Sampling)},
				"between": {got.Imputation, floats(expected.Between)}, "se": {got.SE, floats(expected.SE)}, "first": {got.SEOne, floats(expected.One)},
			} {
				for k := range sides[1] {
					if a, b := sides[0][k], sides[1][k]; !(math.Abs(a-b) <= 1e-8*math.Abs(b)) {
						t.Errorf("%s %s %s: %.12g, not %.12g", subject, name, what, a, b)
					}
				}
			}
		}
	}
}

func floats(of any) []float64 {
	if one, ok := of.(float64); ok {
		return []float64{one}
	}
	var out []float64
	for _, value := range of.([]any) {
		out = append(out, value.(float64))
	}
	return out
}
