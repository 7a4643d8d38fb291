package progress

import (
	"fmt"
	"math"
	"testing"

	"jiaoheng/stats"
	"jiaoheng/stats/mixed"
)

// The estimates of a study are those of package stats/mixed, which is held against lme4: coefficients, variances, likelihood, effects
// and their comparative standard deviations.
func TestEstimatesAreThoseOfTheMixedModel(t *testing.T) {
	for _, c := range []struct {
		name, formula string
		slope         bool
		between       float64
	}{{"intercept", "exit ~ entry + (1 | school)", false, 0.4}, {"slope", "exit ~ entry + (1 + entry | school)", true, 0.4}, {"no difference", "exit ~ entry + (1 | school)", false, 0}} {
		t.Run(c.name, func(t *testing.T) {
			formula, err := mixed.Parse(c.formula)
			if err != nil {
				t.Fatal(err)
			}
			design, err := mixed.NewDesign(formula, []mixed.Variable{{Name: "exit"}, {Name: "entry"}, {Name: "school", Text: true}})
			if err != nil {
				t.Fatal(err)
			}
			sums := mixed.NewSums(design, nil)
			s := stats.NewStream(77)
			var units []string
			var rows [][]float64
			for j := range 40 {
				name := fmt.Sprintf("S%02d", j)
				u, v := c.between*s.Normal(), c.between/2*s.Normal()
				for range 10 + s.Below(60) {
					entry := s.Normal()
					exit := 0.6*entry + u + v*entry + s.Normal()
					units, rows = append(units, name), append(rows, []float64{1, entry, exit})
					row := mixed.Row{Numbers: make([]float64, len(design.Variables)), Codes: make([]int32, len(design.Variables))}
					for n, variable := range design.Variables {
						switch variable.Name {
						case "exit":
							row.Numbers[n] = exit
						case "entry":
							row.Numbers[n] = entry
						case "school":
							row.Codes[n] = sums.Level(0, name)
						}
					}
					if err := sums.Add(row); err != nil {
						t.Fatal(err)
					}
				}
			}
			want, err := mixed.Fit(sums, mixed.Options{Method: mixed.REML})
			if err != nil {
				t.Fatal(err)
			}
			got, err := Evaluate(Gather([]string{One, Entry, Exit}, []float64{0, 0, 0}, units, rows), Spec{Slope: c.slope, Level: 0.95})
			if err != nil {
				t.Fatal(err)
			}
			compareFits(t, got, want)
		})
	}
}

func compareFits(t *testing.T, got Estimate, want *mixed.Result) {
	t.Helper()
	near := func(what string, a, b, within float64) {
		if math.Abs(a-b) > within {
			t.Errorf("%s: %.9g, the mixed model says %.9g", what, a, b)
		}
	}
	near("log likelihood", got.LogLikelihood, want.LogLik, 1e-6)
	for n, one := range want.Coefficient {
		near(one.Name, got.Fixed[n], one.Value, 1e-4*one.SE)
		near("error of "+one.Name, got.Errors[n], one.SE, 1e-4*one.SE)
	}
	near("pupil variance", got.PupilVariance, want.Sigma*want.Sigma, 1e-5*got.PupilVariance)
	group := want.Effects[0]
	for n, level := range group.Levels {
		one, known := got.Effect(level)
		if !known {
			t.Fatalf("%s is not there", level)
		}
		comparative := math.Sqrt(group.CondVar[n][0][0])
		near("effect of "+level, one.Effect, group.BLUP[n][0], 1e-3*max(comparative, 0.01))
		near("comparative SD of "+level, one.Comparative, comparative, 1e-3*max(comparative, 0.1))
		if one.Deviation < one.Comparative {
			t.Errorf("%s: the deviation %g is below the comparative one %g", level, one.Deviation, one.Comparative)
		}
	}
}
