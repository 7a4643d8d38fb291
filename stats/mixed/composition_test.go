package mixed

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/stats"
	"jiaoheng/stats/table"
)

// The mean of a group made from sums is the column of means made from rows.
func TestMeansOfGroupsComeFromSums(t *testing.T) {
	data := sample(41, 300, 10, 4, 2)
	g, _ := data.Column("g")
	x, _ := data.Column("x")
	sum, count := make([]float64, len(g.Levels)), make([]float64, len(g.Levels))
	for i, k := range g.Codes {
		sum[k] += x.Numbers[i]
		count[k]++
	}
	mean := table.Column{Name: "mean", Numbers: make([]float64, data.Rows)}
	for i, k := range g.Codes {
		mean.Numbers[i] = sum[k] / count[k]
	}
	wide := &table.Table{Rows: data.Rows, Columns: append(slices.Clone(data.Columns), mean)}
	want := fitted(t, sumsOf(t, "y ~ x + a + mean + (1|g) + (1|h)", wide), REML)
	s, err := sumsOf(t, "y ~ x + a + (1|g) + (1|h)", data).WithMeans("x", "g")
	if err != nil {
		t.Fatal(err)
	}
	got := fitted(t, s, REML)
	near(t, "logLik", got.LogLik, want.LogLik, 1e-7)
	for i, c := range got.Coefficient {
		near(t, c.Name, c.Value, want.Coefficient[i].Value, 1e-6*c.SE)
	}
	if name := got.Coefficient[3].Name; name != "mean(x, g)" {
		t.Errorf("the coefficient is called %s", name)
	}
	if _, err := s.WithMeans("x", "nothing"); len(fault.Of(err)) == 0 {
		t.Error("a group that is not there has no means")
	}
	expected, se := got.Line(map[string]float64{"x": 2, "mean(x, g)": 3})
	near(t, "line", expected, got.Coefficient[0].Value+2*got.Coefficient[1].Value+3*got.Coefficient[3].Value, 1e-12)
	if !(se > 0) {
		t.Error("the line has no standard error")
	}
}

// An entry score with error of known variance flattens the slope; taking the variance out puts it right.
func TestErrorsOfTheEntryScoreAreTakenOut(t *testing.T) {
	stream := stats.NewStream(6)
	cells := [][]string{{"exit", "entry", "school"}}
	for i := range 20_000 {
		school := i % 40
		able := stream.Normal() + 0.3*float64(school%5)
		entry, exit := able+0.5*stream.Normal(), 0.8*able+0.3*math.Sin(float64(school))+0.6*stream.Normal()
		cells = append(cells, []string{strconv.FormatFloat(exit, 'f', 5, 64), strconv.FormatFloat(entry, 'f', 5, 64), "s" + strconv.Itoa(school)})
	}
	data, err := table.FromRows(cells, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	s := sumsOf(t, "exit ~ entry + (1 | school)", data)
	flat := fitted(t, s, REML)
	near(t, "slope with error", flat.Coefficient[1].Value, 0.8/1.25, 0.03)
	r, err := Fit(s, Options{EntryError: map[string]float64{"entry": 0.25}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope without", r.Coefficient[1].Value, 0.8, 0.03)
	zero, err := Fit(s, Options{EntryError: map[string]float64{"entry": 0}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "no error changes nothing", zero.LogLik, flat.LogLik, 1e-8)
	for want, options := range map[string]Options{"mixed.error_large": {EntryError: map[string]float64{"entry": 5}},
		"mixed.error_column": {EntryError: map[string]float64{"exit": 0.1}}, "mixed.method": {Method: "MCMC"}} {
		if _, err := Fit(s, options); len(fault.Of(err)) == 0 || fault.Of(err)[0].Code != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	squared := sumsOf(t, "exit ~ entry + I(entry^2) + (1 | school)", data)
	if _, err := Fit(squared, Options{EntryError: map[string]float64{"entry": 0.1}}); fault.Of(err)[0].Code != "mixed.error_product" {
		t.Errorf("a square of a score with error: %v", err)
	}
}
