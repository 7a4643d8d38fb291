package mixed

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/stats"
	"jiaoheng/stats/table"
)

const pretty = "y ~ x*a + (1+x|g) + (1|h)"

func fitted(t *testing.T, s *Sums, method Method) *Result {
	t.Helper()
	r, err := Fit(s, Options{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	if !r.Certificate.Converged {
		t.Errorf("not converged: %+v", r.Certificate)
	}
	return r
}

// same compares two results up to scale factors of the response and of x.
func same(t *testing.T, name string, got, want *Result, byY, byX, allowed float64) {
	t.Helper()
	factor := map[string]float64{"x": byY / byX, "x:aq": byY / byX}
	for i, c := range got.Coefficient {
		by := byY
		if f, known := factor[c.Name]; known {
			by = f
		}
		near(t, name+" "+c.Name, c.Value, by*want.Coefficient[i].Value, allowed*math.Abs(by*want.Coefficient[i].SE))
		near(t, name+" se "+c.Name, c.SE, math.Abs(by)*want.Coefficient[i].SE, allowed*math.Abs(by*want.Coefficient[i].SE))
	}
	for i, v := range got.VarComp {
		by := byY * byY
		if v.Var1 == "x" {
			by /= byX * byX
		}
		if v.Var2 == "x" {
			by /= byX
		}
		size := math.Abs(by) * max(math.Abs(want.VarComp[i].VCov), 1e-3*want.Sigma*want.Sigma)
		near(t, name+" "+v.Group+v.Var1+v.Var2, v.VCov, by*want.VarComp[i].VCov, 20*allowed*size)
	}
}

// change copies a table with one numeric column replaced.
func change(data *table.Table, name string, value func(x float64) float64) *table.Table {
	out := &table.Table{Rows: data.Rows, Columns: slices.Clone(data.Columns)}
	c, _ := out.Column(name)
	c.Numbers = slices.Clone(c.Numbers)
	for i, x := range c.Numbers {
		c.Numbers[i] = value(x)
	}
	return out
}

func TestScalesDoNotMatter(t *testing.T) {
	data := sample(21, 300, 11, 6, 2)
	want := fitted(t, sumsOf(t, pretty, data), REML)
	for _, by := range []float64{1e-4, -3, 1e5} {
		got := fitted(t, sumsOf(t, pretty, change(data, "y", func(y float64) float64 { return by * y })), REML)
		same(t, "y", got, want, by, 1, 1e-6)
		got = fitted(t, sumsOf(t, pretty, change(data, "x", func(x float64) float64 { return by * x })), REML)
		same(t, "x", got, want, 1, by, 1e-6)
	}
	far := fitted(t, sumsOf(t, pretty, change(data, "y", func(y float64) float64 { return y + 1e6 })), ML)
	near(t, "a far response leaves the likelihood", far.LogLik, fitted(t, sumsOf(t, pretty, data), ML).LogLik, 1e-6)
}

func TestOrderAndNamesDoNotMatter(t *testing.T) {
	data := sample(22, 300, 11, 6, 2)
	s := sumsOf(t, pretty, data)
	want := fitted(t, s, REML)
	s2, rows := rowsOf(t, pretty, data)
	turned := NewSums(s2.Design, s2.Centre)
	for i := range rows {
		if err := turned.Add(rows[len(rows)-1-i]); err != nil {
			t.Fatal(err)
		}
	}
	a, errA := json.Marshal(want)
	b, errB := json.Marshal(fitted(t, turned, REML))
	if errA != nil || errB != nil || string(a) != string(b) {
		t.Error("the order of rows shows in the digits")
	}
	renamed := &table.Table{Rows: data.Rows, Columns: slices.Clone(data.Columns)}
	c, _ := renamed.Column("g")
	c.Levels = slices.Clone(c.Levels)
	for i := range c.Levels {
		c.Levels[i] = "学校" + strconv.Itoa(100-i)
	}
	same(t, "relabelled", fitted(t, sumsOf(t, pretty, renamed), REML), want, 1, 1, 1e-7)
}

func TestSumsAddAndSubtract(t *testing.T) {
	data := sample(23, 400, 11, 6, 2)
	whole, rows := rowsOf(t, pretty, data)
	want := fitted(t, whole, REML)
	shards := []*Sums{NewSums(whole.Design, whole.Centre), NewSums(whole.Design, whole.Centre), NewSums(whole.Design, whole.Centre)}
	for i, row := range rows {
		if err := shards[i%3].Add(row); err != nil {
			t.Fatal(err)
		}
	}
	merged := NewSums(whole.Design, whole.Centre)
	for _, k := range []int{2, 0, 1} {
		data, err := json.Marshal(shards[k])
		if err != nil {
			t.Fatal(err)
		}
		var travelled Sums
		if err := json.Unmarshal(data, &travelled); err != nil {
			t.Fatal(err)
		}
		if err := merged.Merge(&travelled); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "merged", fitted(t, merged, REML), want, 1, 1, 1e-8)
	if err := merged.Subtract(shards[1]); err != nil {
		t.Fatal(err)
	}
	rest := NewSums(whole.Design, whole.Centre)
	for _, k := range []int{0, 2} {
		if err := rest.Merge(shards[k]); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "subtracted", fitted(t, merged, REML), fitted(t, rest, REML), 1, 1, 1e-8)
	if err := rest.Subtract(whole); len(fault.Of(err)) == 0 || fault.Of(err)[0].Code != "mixed.subtract_more" {
		t.Errorf("more was subtracted than there is: %v", err)
	}
	other := NewSums(whole.Design, nil)
	if err := other.Merge(whole); len(fault.Of(err)) == 0 || fault.Of(err)[0].Code != "mixed.centres_differ" {
		t.Errorf("centres differ: %v", err)
	}
}

func TestLeavingOneOutIsARefit(t *testing.T) {
	data := sample(24, 300, 9, 5, 2)
	s, rows := rowsOf(t, pretty, data)
	g, _ := data.Column("g")
	for level, name := range g.Levels[:3] {
		rest := NewSums(s.Design, s.Centre)
		for _, row := range rows {
			if row.Codes[s.Design.variable("g")] != int32(level) {
				if err := rest.Add(row); err != nil {
					t.Fatal(err)
				}
			}
		}
		same(t, "without "+name, fitted(t, s.Without("g", name), REML), fitted(t, rest, REML), 1, 1, 1e-8)
	}
}

// A weight of k is k rows of the same values to everything but the degrees of freedom: coefficients and effects agree with the
// duplicated rows when the residual variance is held; here equal weights must change nothing but sigma².
func TestWeightsAndDuplicates(t *testing.T) {
	data := sample(25, 300, 9, 5, 2)
	plain := fitted(t, sumsOf(t, pretty, data), ML)
	constant := change(data, "w", func(float64) float64 { return 4 })
	f, _ := Parse(pretty)
	s, err := FromTableWeighted(f, constant, nil, "w")
	if err != nil {
		t.Fatal(err)
	}
	heavy := fitted(t, s, ML)
	near(t, "sigma", heavy.Sigma, 2*plain.Sigma, 1e-7)
	near(t, "logLik", heavy.LogLik, plain.LogLik, 1e-7)
	for i, c := range heavy.Coefficient {
		near(t, c.Name, c.Value, plain.Coefficient[i].Value, 1e-6*c.SE)
	}
	if _, err := FromTableWeighted(f, data, nil, "a"); err == nil {
		t.Error("words cannot be weights")
	}
	double := NewSums(s.Design, nil)
	s1, rows := rowsOf(t, "y ~ x + (1|g)", data)
	double = NewSums(s1.Design, s1.Centre)
	for range 2 {
		for _, row := range rows {
			if err := double.Add(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	again := fitted(t, double, ML)
	if again.N != 2*plain.N {
		t.Errorf("%d rows after duplication", again.N)
	}
}

func TestDroppedColumnsAndBoundaries(t *testing.T) {
	data := sample(26, 300, 9, 5, 2)
	r := fitted(t, sumsOf(t, "y ~ x + I(2*x-1) + a + I(x*0+1) + (1|g)", data), REML)
	if !slices.Equal(r.Dropped, []string{"I(2 * x - 1)", "I(x * 0 + 1)"}) || len(r.Coefficient) != 3 {
		t.Errorf("dropped %v, kept %v", r.Dropped, r.Coefficient)
	}
	stream := stats.NewStream(9)
	alike := change(data, "y", func(float64) float64 { return stream.Normal() })
	g, _ := alike.Column("g")
	y, _ := alike.Column("y")
	sum, count := make([]float64, len(g.Levels)), make([]float64, len(g.Levels))
	for i, k := range g.Codes {
		sum[k] += y.Numbers[i]
		count[k]++
	}
	for i, k := range g.Codes { // every group has the same mean
		y.Numbers[i] -= sum[k] / count[k]
	}
	r = fitted(t, sumsOf(t, "y ~ 1 + (1|g) + (1|h)", alike), REML)
	if r.VarComp[0].VCov != 0 || !slices.Contains(r.Certificate.Boundary, "var(g.(Intercept)) = 0") {
		t.Errorf("a variance of zero was not named: %+v %v", r.VarComp, r.Certificate.Boundary)
	}
	for _, blup := range r.Effects[0].BLUP {
		if blup[0] != 0 {
			t.Errorf("an effect without variance is %v", blup)
		}
	}
	line := change(alike, "x", func(x float64) float64 { return x })
	x, _ := line.Column("x")
	ly, _ := line.Column("y")
	xx, xy, mean := make([]float64, len(g.Levels)), make([]float64, len(g.Levels)), make([]float64, len(g.Levels))
	for i, k := range g.Codes {
		mean[k] += x.Numbers[i] / count[k]
	}
	for i, k := range g.Codes {
		xx[k] += (x.Numbers[i] - mean[k]) * (x.Numbers[i] - mean[k])
		xy[k] += (x.Numbers[i] - mean[k]) * y.Numbers[i]
	}
	for i, k := range g.Codes { // noise without mean or slope in any group; the effect of a group is a multiple of its slope: correlation 1
		ly.Numbers[i] = y.Numbers[i] - xy[k]/xx[k]*(x.Numbers[i]-mean[k]) + 0.5*float64(k)*(1+x.Numbers[i])
	}
	r = fitted(t, sumsOf(t, "y ~ x + (1+x|g)", line), REML)
	if !slices.Contains(r.Certificate.Boundary, "cor(g.(Intercept), x) = 1") {
		t.Errorf("a correlation of one was not named: %+v %v", r.VarComp, r.Certificate.Boundary)
	}
}

// Where every row of a group has the same value nothing is left for residuals, and the likelihood has no maximum.
func TestGroupsThatExplainEverythingAreAFault(t *testing.T) {
	data := sample(28, 120, 8, 4, 2)
	g, _ := data.Column("g")
	row := -1
	same := change(data, "y", func(float64) float64 { row++; return float64(g.Codes[row]*g.Codes[row]%5) + 0.5 })
	for _, formula := range []string{"y ~ x + (1|g)", "y ~ 1 + (1|g)", "y ~ x + (1+x|g)", "y ~ x + (1|g) + (1|h)"} {
		r, err := Fit(sumsOf(t, formula, same), Options{})
		if faults := fault.Of(err); len(faults) == 0 || faults[0].Code != "mixed.exact_groups" {
			t.Errorf("%s: %v %v", formula, r, err)
		}
	}
}

// A variance of groups that the fixed part holds already, and a covariance of effects that never meet in a group, cannot be told.
func TestFlatLikelihoodsAreNamed(t *testing.T) {
	data := sample(27, 300, 9, 5, 2)
	for formula, want := range map[string]bool{"y ~ b + (1|b) + (1|g)": true, "y ~ x + (1|g)": false, "y ~ x + (1+x|g)": false} {
		r := fitted(t, sumsOf(t, formula, data), REML)
		if r.Certificate.Flat != want || len(r.Notes) > 0 != want {
			t.Errorf("%s: flat %v, notes %v", formula, r.Certificate.Flat, r.Notes)
		}
	}
}

func TestFaultsOfFits(t *testing.T) {
	cells := [][]string{{"y", "x", "g", "one", "id", "t", "c"}}
	for i := range 12 {
		cells = append(cells, []string{strconv.Itoa(i * i % 7), strconv.Itoa(i % 5), "g" + strconv.Itoa(i%4), "same", "p" + strconv.Itoa(i), "缺考", "3"})
	}
	data, err := table.FromRows(cells, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{
		"y ~ x + (1|one)":                "mixed.group_one",
		"y ~ x + (1|id)":                 "mixed.group_rows",
		"y ~ x + (1 + x + I(x^2)|g)":     "mixed.effects_many",
		"c ~ x + (1|g)":                  "mixed.exact_fit",
		"I(2*x) ~ x + (1|g)":             "mixed.exact_fit",
		"t ~ x + (1|g)":                  "mixed.response_text",
		"y ~ one + (1|g)":                "mixed.factor_levels",
		"y ~ log(x) + (1|g)":             "mixed.infinite",
		"y ~ sqrt(x - 100) + (1|g)":      "mixed.no_rows",
		"y ~ x + (0 + I(x - x) | g)":     "mixed.effect_zero",
		"y ~ factor(x)*factor(g)+(1|id)": "mixed.rows_few",
	}
	for formula, want := range cases {
		f, err := Parse(formula)
		if err != nil {
			t.Fatal(err)
		}
		s, err := FromTable(f, data, nil)
		if err == nil {
			_, err = Fit(s, Options{})
		}
		if faults := fault.Of(err); len(faults) == 0 || faults[0].Code != want {
			t.Errorf("%s: got %v, want %s", formula, err, want)
		}
	}
	f, _ := Parse("y ~ x + (1|g)")
	if _, err := FromTable(f, data, map[string][]string{"g": {"g1", "g2"}}); fault.Of(err)[0].Code != "mixed.level_not_given" {
		t.Errorf("a level that is not given: %v", err)
	}
	if _, err := FromTable(f, data, map[string][]string{"q": {"g1"}}); fault.Of(err)[0].Code != "mixed.levels_unknown" {
		t.Errorf("levels of a column that is not there: %v", err)
	}
}
